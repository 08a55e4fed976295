"""Finds what Word, a PDF or a hurried hand leaves in a text: nobody meant it, and it is shown as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from guide.checks.corpus import Page, Said
from guide.checks.style import Rules
from guide.reading.markdown import NAMES, RUNNING, Block
from guide.reading.problems import Problems

# «¡Error! No se encuentra el origen…», “Error! Reference source not found.”
_REFERENCE = re.compile(r"¡?\b(?:Error|Erro|Erreur|Fehler)\s?!\s+[A-ZÁÉÍÓÚÑ][^.!\n]*")
# The number of a footnote; m², km³ and 10⁶ are none.
_FOOTNOTE = re.compile(r"(?<![^\W_])[^\W\d_]{3,}[.,;:»”)]?[¹²³⁰⁴-⁹]+(?!\w)")
_CUT = re.compile(r"([^\W\d_]{2,})-(?:[ ]*\n[ ]*|[ ]+)([^\W\d_]+)")
_SINGLE = re.compile(r"(?<![\w'])'[^\W\d_][^'\n]{0,80}[\w.!?]'(?![\w'])")
_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{2,})\s+((?i:\1))(?![\w-])")


def check(page: Page, rules: Rules, problems: Problems) -> None:
    """Records what is left over on ``page``."""
    for block in page.source.blocks:
        if block.kind in (*RUNNING, *NAMES, "table"):
            for offset, kind, shown in _found(block.prose, rules):
                problems.add(page.file, block.line_at(offset), "", kind, text=shown)
    for key in ("title", "description"):
        for _, kind, shown in _found(page.meta[key] or "", rules):
            problems.add(page.file, page.meta.lines[key], key, kind, text=shown)


def check_text(text: Said, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records what is left over in a text of a YAML file."""
    for code, value in text.texts.items():
        for _, kind, shown in _found(Block("paragraph", 0, value).prose, rules[code]):
            problems.add(text.file, text.lines[code], f"{text.key}.{code}", kind, text=shown)


def _found(prose: str, rules: Rules) -> Iterator[tuple[int, str, str]]:
    """(offset, sentence, what is shown)."""
    for kind, found in _left(prose, rules):
        yield found.start(), kind, " ".join(found[0].replace("\0", "").split())[:60]


def _left(prose: str, rules: Rules) -> Iterator[tuple[str, re.Match[str]]]:
    for kind, mark, pattern, is_left in _LEAVINGS:
        # A quick look: most texts hold none of the marks.
        for found in pattern.finditer(prose) if mark in prose else ():
            if is_left(found, rules):
                yield kind, found


def _is_cut(found: re.Match[str], rules: Rules) -> bool:
    """Returns whether a word is cut in two; «pre- y posevaluación» are two, of which one is not written whole."""
    return found[2].lower() not in rules.common and found[2].islower()


def _is_twice(found: re.Match[str], rules: Rules) -> bool:
    """Returns whether nobody meant a word twice; «Walla Walla» is a name, and some words may follow themselves."""
    return found[2].islower() and found[2] not in rules.twice


# Each with the mark it has, "" for none, and whether what is found may not stand there.
_LEAVINGS: tuple[tuple[str, str, re.Pattern[str], Callable[[re.Match[str], Rules], bool]], ...] = (
    ("left_reference", "!", _REFERENCE, lambda found, rules: True),
    ("left_footnote", "", _FOOTNOTE, lambda found, rules: True),
    ("left_hyphen", "-", _CUT, _is_cut),
    ("single_quotes", "'", _SINGLE, lambda found, rules: not rules.straight_quotes),
    ("word_twice", "", _TWICE, _is_twice),
)
