"""Finds the same text where two different ones should stand: copied to begin with, and then left as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from guide.checks.corpus import Page, Said
from guide.reading.markdown import RUNNING
from guide.reading.problems import Problems

# What may well be said of several things in the same words.
_SHARED = frozenset({"not_applicable", "note", "reason", "cite", "who", "source", "reading", "short", "materials"})
# Of shorter paragraphs and items, the same words may be meant.
_LEAST = 40


def check(page: Page, problems: Problems) -> None:
    """Records the paragraphs and items of ``page`` that stand there before."""
    first: dict[str, int] = {}
    for block in page.source.blocks:
        words = _folded(block.words) if block.kind in RUNNING else ""
        if len(words) < _LEAST:
            continue
        if words in first:
            problems.add(page.file, block.line, "", "text_repeated", where=f"{page.file}:{first[words]}")
        first.setdefault(words, block.line)


def check_texts(texts: Iterable[Said], unwritten: Collection[str], problems: Problems) -> None:
    """Records texts of YAML files that say what one in the same place of another entry says.

    What is still to be written, ``unwritten``, is told as that.

    Steps of one ladder (``levels.1``) are told apart from each other, entries of a list by each of their texts.
    """
    first: dict[tuple[str, str, str, str], Said] = {}
    for text in texts:
        name = re.sub(r"(\.\d+)+$", "", text.key).rpartition(".")[2]
        ladder = re.fullmatch(r"(.+\.levels)\.\d+", text.key)
        least = 1
        if name in _SHARED:
            continue
        if ladder:
            scope = (text.file, ladder[1])
        elif name == "statement":
            # Criteria of other lists are asked beside these.
            scope = ("", name)
        elif re.search(r"\.\d+(?:\.|$)", text.key):
            scope, least = (text.file, re.sub(r"\.\d+", "", text.key)), _LEAST
        else:
            continue
        for code, value in text.texts.items():
            if value in unwritten:
                continue
            words = _folded(value)
            before = first.setdefault((*scope, code, words), text) if len(words) >= least else text
            if before is not text:
                where = f"{before.file}:{before.lines[code]}"
                problems.add(text.file, text.lines[code], f"{text.key}.{code}", "text_repeated", where=where)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
