"""Templates for an office to take away: what each is, and its text as blocks.

``formats/formats.yml`` lists them; ``formats/<language>/<id>.md`` holds the text of each in a small
Markdown: ``##`` and ``###`` headings, paragraphs, ``>`` notes that are deleted before use, lists with
``-``, ``1.`` or ``- [ ]``, and tables with ``|``. Inside them ``**strong**``, ``*emphasis*``,
``[links](https://…)`` and ``[[fields to fill in]]``. Anything else is a mistake with its line, so that
nothing is lost on the way to a document. ``word`` writes them as .docx.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide.reading.entries import Known, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Day,
    Found,
    Identifier,
    ListOf,
    Record,
    Reference,
    Texts,
    Translated,
    short,
)

_INDEX = "formats/formats.yml"


@dataclass(frozen=True)
class Run:
    """A piece of text; a ``field`` is a blank to fill in, and its text says with what."""

    text: str
    strong: bool = False
    emphasis: bool = False
    field: bool = False
    url: str | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3 (the title of the document is level 1)."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a ``note`` explains how to use the document and is deleted before use."""

    runs: Runs
    note: bool = False


@dataclass(frozen=True)
class Items:
    """A list: ``kind`` is bullet, number or check (boxes to tick)."""

    kind: str
    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first row is its header. ``widths`` are shares of the whole, summing to 1."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Runs, ...], ...]


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Format:
    """One document template in every language; ``id`` is its file's name and never changes."""

    id: str
    title: Translated
    purpose: Translated
    when: Translated
    page: str
    """The page of the guide that explains what it is for."""
    revised: datetime.date
    blocks: Mapping[str, tuple[Block, ...]]
    """By language, the default first; one in progress may be missing."""

    @property
    def source(self) -> str:
        """The folder-relative path of its texts; ``{language}`` stands for the locale code."""
        return f"formats/{{language}}/{self.id}.md"

    def written(self, code: str) -> str:
        """The language its text has for readers of ``code``: the default one while it lacks theirs."""
        return code if code in self.blocks else next(iter(self.blocks))

    def outline(self, code: str) -> tuple[str, ...]:
        """Its headings of the second level, as plain text, in the language ``written`` gives."""
        return tuple(
            plain(block.runs)
            for block in self.blocks[self.written(code)]
            if isinstance(block, Heading) and block.level == 2
        )


_FORMAT = Record(
    {
        "id": Identifier(),
        "title": Texts(),
        "purpose": Texts(),
        "when": Texts(),
        "page": Reference("page"),
        "revised": Day(),
    }
)
FORMATS = Record({"formats": ListOf(_FORMAT)})


def read_formats(project: Project, problems: Problems, known: Known) -> tuple[Format, ...]:
    """The templates of ``project`` in the order of their list; none when there is no list."""
    if not (project.root / _INDEX).is_file():
        return ()
    found = read_file(project, _INDEX, FORMATS, problems, known)["formats"] or []
    ids = unique_ids(placed(_INDEX, "formats", found), problems)
    for text in (project.root / "formats").glob("*/*.md"):
        if text.stem not in ids:
            name = text.relative_to(project.root).as_posix()
            problems.add(name, 0, "", "format_unlisted", id=text.stem)
    return tuple(_format(project, one, problems) for one in found if one["id"])


def _format(project: Project, found: Found, problems: Problems) -> Format:
    blocks, lines, names = {}, {}, {}
    for code in project.codes:
        names[code] = f"formats/{code}/{found['id']}.md"
        if code in project.in_progress and not (project.root / names[code]).is_file():
            continue
        if code != project.default and not (project.root / names[code]).is_file():
            problems.add(names[code], 0, "", "parity_page_missing", source=names[project.default])
            continue
        text = project.files.text(names[code], problems)
        if text is None:
            continue
        if not text.strip():
            problems.add(names[code], 0, "", "empty_file")
        blocks[code], lines[code] = parse(text, names[code], problems)
    first = project.default
    for code in blocks if first in blocks else ():
        for place in range(max(len(blocks[first]), len(blocks[code]))):
            here = shape(blocks[code][place]) if place < len(blocks[code]) else "—"
            there = shape(blocks[first][place]) if place < len(blocks[first]) else "—"
            if here != there:
                line = lines[code][min(place, len(lines[code]) - 1)] if lines[code] else 0
                where = lines[first][min(place, len(lines[first]) - 1)] if lines[first] else 0
                problems.add(
                    names[code], line, "", "format_differs",
                    here=here, there=there, where=f"{names[first]}:{where}",
                )  # fmt: skip
                # What follows is out of step for the same reason.
                break
    return Format(**found, blocks=blocks)


def plain(runs: Runs) -> str:
    """The text of ``runs``; a field stands in brackets."""
    return "".join(f"[{run.text}]" if run.field else run.text for run in runs)


def shape(block: Block) -> str:
    """What must be the same in every language, in the signs of the source: ``## [[ ]]``, ``| 3 × 4 |``."""
    if isinstance(block, Heading):
        sign, all_runs = "#" * block.level, [block.runs]
    elif isinstance(block, Paragraph):
        sign, all_runs = (">" if block.note else "¶"), [block.runs]
    elif isinstance(block, Items):
        sign = f"{_ITEM_SIGNS[block.kind]} × {len(block.items)}"
        all_runs = list(block.items)
    else:
        sign = f"| {len(block.rows)} × {len(block.widths)} |"
        all_runs = [cell for row in block.rows for cell in row]
    runs = [run for some in all_runs for run in some]
    fields = sum(run.field for run in runs)
    urls = [run.url for run in runs if run.url]
    return " ".join([sign, *([f"[[ ]] × {fields}"] if fields else []), *urls])


_ITEM_SIGNS = {"bullet": "-", "number": "1.", "check": "- [ ]"}
# A box to tick begins as a bullet does: the first that fits is the one.
_ITEM_MARKS = {"check": re.compile(r"- \[ \] "), "bullet": re.compile(r"- "), "number": re.compile(r"\d+\. ")}
# A box to tick that is written in another way would be printed as it stands.
_BOX_SLIP = re.compile(r"(?!- \[ \] )\s*[-*+]?\s*\[(?:\s*|[xX])\](?![(\[])")
_RULE = re.compile(r"\|(\s*-+\s*\|)+")
_INLINE = re.compile(
    r"\[\[(?P<field>[^\[\]]+)\]\]"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<url>https?://[^()\s<>\"]+)\)"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|\*(?P<emphasis>[^*\s][^*]*)\*"
)
# What is left of marks that were not understood, and HTML.
_LEFT = re.compile(r"\[\[|\]\]|\]\(|\*\*|<[a-zA-Z/!]|`")


def parse(text: str, name: str, problems: Problems) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """The blocks of a source and the line where each begins; mistakes go to ``problems``."""
    lines = text.splitlines()
    blocks: list[Block] = []
    starts: list[int] = []
    place = 0
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        end = place + 1
        while end < len(lines) and lines[end].strip():
            end += 1
        block = _block(lines[place:end], place + 1, name, problems)
        if block is not None:
            if isinstance(block, Heading) and block.level == 3:
                if not any(isinstance(one, Heading) for one in blocks):
                    problems.add(name, place + 1, "", "format_heading")
            blocks.append(block)
            starts.append(place + 1)
        place = end
    return tuple(blocks), tuple(starts)


def _block(lines: list[str], line: int, name: str, problems: Problems) -> Block | None:
    first = lines[0]

    def runs(text: str, offset: int = 0) -> Runs:
        return _runs(text.strip(), line + offset, name, problems)

    for offset, one in enumerate(lines):
        if _BOX_SLIP.match(one):
            problems.add(name, line + offset, "", "format_box", value=short(one.strip()))
            return None
    if first.startswith("#"):
        heading = re.fullmatch(r"(##|###) (\S.*)", first)
        if not heading or len(lines) > 1:
            problems.add(name, line, "", "format_heading")
            return None
        return Heading(len(heading[1]), runs(heading[2]))
    if first.startswith(">"):
        for offset, one in enumerate(lines):
            if not one.startswith("> "):
                problems.add(name, line + offset, "", "format_block")
                return None
        return Paragraph(runs(" ".join(one[2:].strip() for one in lines)), note=True)
    if first.startswith("|"):
        return _table(lines, line, name, problems)
    if item := _item(first):
        return _items(item[0], lines, line, name, problems)
    for offset, one in enumerate(lines):
        if re.match(r"\s|```|---|===|[*+] |!\[|#|>|\||- |\d+\. ", one):
            problems.add(name, line + offset, "", "format_block")
            return None
    return Paragraph(runs(" ".join(one.strip() for one in lines)))


def _item(line: str) -> tuple[str, str] | None:
    """The kind and the text of an item that begins in ``line``."""
    for kind, mark in _ITEM_MARKS.items():
        if match := mark.match(line):
            return kind, line[match.end() :].strip()
    return None


def _items(kind: str, lines: list[str], line: int, name: str, problems: Problems) -> Items | None:
    items: list[tuple[int, str]] = []
    for offset, one in enumerate(lines):
        item = _item(one)
        if item and item[0] == kind:
            items.append((line + offset, item[1]))
        elif re.match(r"  +[^\s-]", one):
            items[-1] = (items[-1][0], f"{items[-1][1]} {one.strip()}")
        else:
            problems.add(name, line + offset, "", "format_block")
            return None
    return Items(kind, tuple(_runs(text, where, name, problems) for where, text in items))


def _table(lines: list[str], line: int, name: str, problems: Problems) -> Table | None:
    if len(lines) < 3 or not _RULE.fullmatch(lines[1].strip()):
        problems.add(name, line, "", "format_table_rule")
        return None
    widths = [one.count("-") for one in lines[1].strip().strip("|").split("|")]
    rows = []
    for offset, one in enumerate(lines):
        if offset == 1:
            continue
        row = one.strip()
        cells = row[1:-1].split("|") if row.endswith("|") and len(row) > 1 else []
        if not row.startswith("|") or len(cells) != len(widths):
            problems.add(name, line + offset, "", "format_table_columns", want=len(widths), found=len(cells))
            return None
        rows.append(tuple(_runs(cell.strip(), line + offset, name, problems) for cell in cells))
    return Table(tuple(width / sum(widths) for width in widths), tuple(rows))


def _runs(text: str, line: int, name: str, problems: Problems) -> Runs:
    found: list[Run] = []

    def add(piece: str, **how: Any) -> None:
        left = _LEFT.search(piece)
        if left:
            problems.add(name, line, "", "format_mark", value=piece[left.start() :][:40].strip())
        if piece:
            found.append(Run(piece, **how))

    place = 0
    for match in _INLINE.finditer(text):
        add(text[place : match.start()])
        if match["field"]:
            add(match["field"].strip(), field=True)
        elif match["label"]:
            add(match["label"], url=match["url"])
        elif match["strong"]:
            add(match["strong"], strong=True)
        else:
            add(match["emphasis"], emphasis=True)
        place = match.end()
    add(text[place:])
    return tuple(found)
