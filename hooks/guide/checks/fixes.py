"""Puts right what a machine can, and says so.

A mend takes the text of a file and gives it back changed, with what it changed and where. Run without
writing, the same mends are the warnings of the check.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from guide.checks.style import Rules
from guide.reading.markdown import BULLETS, LOOK_ALIKE, RUNNING, Block, Source, is_table, parse, prose
from guide.reading.schema import slug
from guide.reading.yaml_tree import ODD_SPACES, UNSEEN

_ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
# What stands for one or two letters, or a hyphen, in a PDF: no search would find the word.
_LETTERS = {
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    "\u2010": "-",
    "\u2011": "-",
}
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_ITEM = re.compile(r"(?:[-*+]|\d{1,2}\.) \S")
# The attributes that a line ends with.
_BRACES = re.compile(r" *\{:?([^{}]*)\}$")
_MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Mend:
    """One thing put right: its line, the sentence that tells it, and what fills it in."""

    line: int
    code: str
    details: dict[str, str] = field(default_factory=dict)


def page(path: str, text: str, rules: Rules, ids: Mapping[int, str], *, invent: bool) -> tuple[str, list[Mend]]:
    """Returns a Markdown page put right.

    ``ids`` are those that headings without one had or have in another language, by their place; where there is
    none, one is made of the heading's words if ``invent``.
    """
    text, mends = _letters(text)
    lines = text.split("\n")
    source = parse(path, text)
    in_prose, in_code = _lines(source)
    for place, line in enumerate(lines):
        number = place + 1
        steps: list[tuple[str, Callable[[str], str]]] = [("mend_space", ordinary)] if number not in in_code else []
        following = lines[place + 1] if place + 1 < len(lines) else ""
        steps.append(("mend_trailing", _keep_break if number in in_prose and following.strip() else _bare))
        if number in in_prose:
            steps.append(("mend_double", _singles))
            steps += [] if rules.straight_quotes else [("mend_quotes", _quotes)]
        for code, mend in steps:
            mended = mend(line)
            if mended != line:
                mends.append(Mend(number, code))
                line = mended
        lines[place] = line
    _lists(source, lines, mends)
    _heading_ids(source, ids, invent, lines, mends)
    return "\n".join(lines), sorted(mends, key=lambda one: one.line)


def _bare(line: str) -> str:
    return line.rstrip()


def _keep_break(line: str) -> str:
    """A line without spaces at its end, but for the two that break it."""
    bare = line.rstrip()
    return line if bare and line.endswith("  ") else bare


def data(text: str, schema: str, *, spaces: bool = True) -> tuple[str, list[Mend]]:
    """Returns a YAML file put right; ``schema`` is where its JSON Schema is, as seen from the file.

    Without ``spaces`` those that are no ordinary ones stay: the interface has some on purpose.
    """
    text, mends = _letters(text)
    lines = text.split("\n")
    for place, line in enumerate(lines):
        plain = ordinary(line) if spaces else line
        if plain != line:
            mends.append(Mend(place + 1, "mend_space"))
        if plain != plain.rstrip():
            mends.append(Mend(place + 1, "mend_trailing"))
        lines[place] = plain.rstrip()
    text = "\n".join(lines)
    found = _MODELINE.search(text)
    if found is None or found[1] != schema:
        mends.append(Mend(1, "mend_modeline"))
        text = _MODELINE.sub("", text, count=1).lstrip("\n") if found else text
        text = f"# yaml-language-server: $schema={schema}\n{text}"
    return text, sorted(mends, key=lambda one: one.line)


def ordinary(text: str) -> str:
    """``text`` with ordinary spaces for odd ones, and without what nobody sees."""
    return _UNSEEN.sub("", _ODD_SPACE.sub(" ", text))


def _letters(text: str) -> tuple[str, list[Mend]]:
    """Line endings, and accents that stand beside their letter as Macs write them: a search would not find it."""
    text, mends = _endings(text)
    if _LETTER.search(text):
        lines = text.split("\n")
        for place, line in enumerate(lines):
            lines[place] = _LETTER.sub(lambda match: _LETTERS[match[0]], line)
            if lines[place] != line:
                mends.append(Mend(place + 1, "mend_letters"))
        text = "\n".join(lines)
    if not unicodedata.is_normalized("NFC", text):
        lines = text.split("\n")
        for place, line in enumerate(lines):
            lines[place] = unicodedata.normalize("NFC", line)
            if lines[place] != line and not any(one.code == "mend_accents" for one in mends):
                mends.append(Mend(place + 1, "mend_accents"))
        text = "\n".join(lines)
    return text, mends


def _endings(text: str) -> tuple[str, list[Mend]]:
    mends = []
    if "\r" in text or text.startswith("\ufeff"):
        mends.append(Mend(1, "mend_endings"))
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.strip() and not (text.endswith("\n") and not text.endswith("\n\n")):
        mends.append(Mend(text.rstrip("\n").count("\n") + 1, "mend_final"))
        text = text.rstrip("\n") + "\n"
    return text, mends


def _lines(source: Source) -> tuple[set[int], set[int]]:
    """Returns the lines of prose and those of code, HTML and comments."""
    in_prose: set[int] = set()
    in_code: set[int] = set()
    for block in source.blocks:
        lines = range(block.line, block.line + block.text.count("\n") + 1)
        if block.kind in (*RUNNING, "heading", "setext"):
            in_prose |= set(lines)
        elif block.kind in ("code", "comment", "html"):
            in_code |= set(lines)
    return in_prose, in_code


def _singles(line: str) -> str:
    masked = prose(line)
    out = list(line)
    start = len(line) - len(line.lstrip())
    marker = re.match(r"(?:[-*+]|\d+\.|>|#+|:)\s+", line[start:])
    start += marker.end() if marker else 0
    end = len(line.rstrip())
    for match in re.finditer(r"(?<=\S)  +(?=\S)", masked):
        if start <= match.start() and match.end() <= end and "\0" not in match[0]:
            for place in range(match.start() + 1, match.end()):
                out[place] = ""
    return "".join(out)


def _quotes(line: str) -> str:
    masked = prose(line)
    places = [place for place, letter in enumerate(masked) if letter == '"']
    if len(places) % 2:
        return line
    out = list(line)
    for opening, closing in zip(places[::2], places[1::2]):
        out[opening], out[closing] = "«", "»"
    return "".join(out)


def _lists(source: Source, lines: list[str], mends: list[Mend]) -> None:
    """Paragraphs that end with what can only be a list or a table become one."""
    for block in source.blocks:
        if block.kind != "paragraph":
            continue
        rows = block.text.split("\n")
        first = block.line - 1
        table = next((at for at in range(1, len(rows) - 1) if is_table(rows[at], rows[at + 1])), None)
        if table is not None and not rows[0].startswith("|"):
            lines[first + table] = "\n" + lines[first + table]
            mends.append(Mend(first + table + 1, "mend_list"))
        elif (start := _start_of_list(rows)) is not None:
            _write_list(rows, first, start, lines)
            mends.append(Mend(first + start + 1, "mend_list"))


def _start_of_list(rows: list[str]) -> int | None:
    """Returns where in a paragraph the rows begin that can only be a list; None where there are none."""
    start = len(rows)
    while start and _is_row(rows[start - 1]):
        start -= 1
    listed = rows[start:]
    introduced = start and rows[start - 1].endswith(":")
    if not listed or (len(listed) == 1 and not introduced and listed[0][0] not in BULLETS):
        return None
    return None if any(re.match(r"[a-zA-Z]\)", one) for one in listed) else start


def _is_row(row: str) -> bool:
    return (_ITEM.match(row) or LOOK_ALIKE.match(row)) is not None


def _write_list(rows: list[str], first: int, start: int, lines: list[str]) -> None:
    """Gives the rows from ``start`` the marks of a list, and a blank line before them."""
    for at, row in enumerate(rows[start:], first + start):
        mark = None if _ITEM.match(row) else LOOK_ALIKE.match(row)
        if mark:
            indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
            lines[at] = indent + (f"{mark[1]}. " if mark[1] else "- ") + lines[at].lstrip()[mark.end() :]
    if start:
        lines[first + start] = "\n" + lines[first + start]


def _heading_ids(source: Source, ids: Mapping[int, str], invent: bool, lines: list[str], mends: list[Mend]) -> None:
    used = {block.name for block in source.headings if block.name}
    for place, block in enumerate(source.headings):
        if not _lacks_id(block):
            continue
        id = ids.get(place) or (_free(slug(block.text), used) if invent else "")
        if id and id not in used:
            used.add(id)
            lines[block.line - 1] = _with_id(lines[block.line - 1], id)
            mends.append(Mend(block.line, "mend_heading_id", {"id": id}))


def _lacks_id(block: Block) -> bool:
    """Returns whether a heading says something and has no id; half an id is a person's to finish."""
    return bool(block.text) and not block.name and "{" not in block.text


def _with_id(line: str, id: str) -> str:
    """Returns a heading with an id."""
    # Braces without the mark are taken for an attribute: the id was meant, or stands beside it.
    title, _, rest = _BRACES.sub("\0\\1", line.rstrip(" #")).partition("\0")
    others = "" if rest.strip() in ("", id) else f" {rest.strip()}"
    return f"{title} {{#{id}{others}}}"


def _free(id: str, used: set[str]) -> str:
    names: Iterator[str] = (id if not n else f"{id}-{n + 1}" for n in range(len(used) + 1))
    return next(one for one in names if one not in used)
