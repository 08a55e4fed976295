"""Reads the Word templates for an office: what each is, and its text as blocks.

``formats/formats.yml`` lists them; ``formats/<language>/<id>.md`` holds the text of each in a small
Markdown: ``##`` and ``###`` headings, paragraphs, ``>`` notes that are deleted before use, lists with
``-``, ``1.`` or ``- [ ]``, and tables with ``|``. Inside them ``**strong**``, ``*emphasis*``,
``[links](https://…)`` and ``[[fields to fill in]]``; ``[[partner=a field]]`` names what the site may know of it, and
fills in the browser (one of ``FACTS``). Anything else is a mistake with its line, so that
nothing is lost on the way to a document. ``downloads.word`` writes them as .docx.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from guide.model.file_kind import FileKind
from guide.reading.entries import Known, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Day,
    Found,
    Identifier,
    ListOf,
    Reference,
    Texts,
    Translated,
    short,
)
from guide.reading.shapes import Default, list_of, make, shape_of

_INDEX = "formats/formats.yml"
# What scripts/office/facts.js may know of a field. Those of a list, such as ``plans.who``, repeat the row they stand in.
FACTS = frozenset({
    "municipality", "today", "partner", "members", "prepares", "decides", "agreement.title",
    "agreement.kind", "agreement.languages", "agreement.term", "agreement.exceeds",
    "agreement.term_exceeds", "agreement.majority", "agreement.opinion", "agreement.vote",
    "agreement.signed", "agreement.registration", "agreement.state", "agreement.programme", "agreement.person",
    "agreement.file", "agreement.notes", "evidence.criterion", "evidence.answer", "evidence.papers", "plans.what",
    "plans.who", "plans.due", "agreements.partner", "agreements.title", "agreements.signed", "agreements.term",
    "agreements.vote", "agreements.opinion", "agreements.registration", "agreements.file", "review.of", "review.name",
    "review.office", "review.date", "review.supported", "review.missing", "review.unsupported", "review.unseen",
    "review.changed", "marks.criterion", "marks.answer", "marks.mark", "marks.note", "marks.reply", "open.criterion",
    "open.mark", "open.note", "open.reply",
})  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A piece of text; a ``field`` is a blank to fill in, and its text says with what; ``fact`` is what the site may know."""

    text: str
    strong: bool = False
    emphasis: bool = False
    field: bool = False
    url: str | None = None
    fact: str = ""


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

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    purpose: Annotated[Translated, Texts()]
    when: Annotated[Translated, Texts()]
    page: Annotated[str, Reference("page")]
    """The page of the guide that explains what it is for."""
    revised: Annotated[datetime.date, Day()]
    criteria: Annotated[tuple[str, ...], ListOf(Reference("criterion")), Default(())]
    """What the self-assessment says of these goes into the paper."""
    blocks: Mapping[str, tuple[Block, ...]]
    """By language, the default first; one in progress may be missing."""

    @property
    def source(self) -> str:
        """The folder-relative path of its texts; ``{language}`` stands for the locale code."""
        return f"formats/{{language}}/{self.id}.md"

    def written(self, code: str) -> str:
        """The language its text has for readers of ``code``: the default one while it lacks theirs."""
        return code if code in self.blocks else next(iter(self.blocks))

    @property
    def is_filled(self) -> bool:
        """Whether the site knows some of what it asks for."""
        return bool(self._facts)

    @property
    def is_of_review(self) -> bool:
        """Whether it is about what a reviewer said of the answers, not about an agreement or a plan."""
        return any(fact.startswith("review.") for fact in self._facts)

    @property
    def _facts(self) -> frozenset[str]:
        texts = (text for block in next(iter(self.blocks.values())) for text in _sign(block)[1])
        return frozenset(run.fact for text in texts for run in text if run.fact)

    def outline(self, code: str) -> tuple[str, ...]:
        """Its headings of the second level, as plain text, in the language ``written`` gives."""
        return tuple(
            plain(block.runs)
            for block in self.blocks[self.written(code)]
            if isinstance(block, Heading) and block.level == 2
        )


@dataclass(frozen=True)
class FormatList:
    """What ``formats/formats.yml`` lists."""

    formats: Annotated[tuple[Format, ...], list_of(Format)]


KINDS = (FileKind("formats", _INDEX, shape_of(FormatList)),)


def read_formats(project: Project, problems: Problems, known: Known) -> tuple[Format, ...]:
    """Returns the templates of ``project`` in the order of their list; none when there is no list."""
    if not (project.root / _INDEX).is_file():
        return ()
    found = read_file(project, _INDEX, shape_of(FormatList), problems, known)["formats"] or []
    ids = unique_ids(placed(_INDEX, "formats", found), problems)
    for text in (project.root / "formats").glob("*/*.md"):
        if text.stem not in ids:
            name = text.relative_to(project.root).as_posix()
            problems.add(name, 0, "", "format_unlisted", id=text.stem)
    return tuple(_format(project, one, problems) for one in found if one["id"])


def _format(project: Project, found: Found, problems: Problems) -> Format:
    texts: dict[str, _Text] = {}
    for code in project.codes:
        text = _read_text(project, f"formats/{{}}/{found['id']}.md", code, problems)
        if text is not None:
            texts[code] = text
    if project.default in texts:
        for text in texts.values():
            _compare(texts[project.default], text, problems)
    return make(Format, found, blocks={code: text.blocks for code, text in texts.items()})


@dataclass(frozen=True)
class _Text:
    """The text of a template in one language: its file, its blocks and the line where each begins."""

    file: str
    blocks: tuple[Block, ...]
    lines: tuple[int, ...]

    def shape_at(self, place: int) -> str:
        return shape(self.blocks[place]) if place < len(self.blocks) else "—"

    def line_at(self, place: int) -> int:
        return self.lines[min(place, len(self.lines) - 1)] if self.lines else 0


def _read_text(project: Project, name: str, code: str, problems: Problems) -> _Text | None:
    """Returns the text of a template in a language; None where it cannot be read, or is still to be written."""
    file = name.format(code)
    if code != project.default and not (project.root / file).is_file():
        if code not in project.in_progress:
            problems.add(file, 0, "", "parity_page_missing", source=name.format(project.default))
        return None
    text = project.files.text(file, problems)
    if text is None:
        return None
    if not text.strip():
        problems.add(file, 0, "", "empty_file")
    return _Text(file, *parse(text, file, problems))


def _compare(first: _Text, other: _Text, problems: Problems) -> None:
    """Records the first block that is not the same in both languages; what follows is out of step with it."""
    for place in range(max(len(first.blocks), len(other.blocks))):
        here, there = other.shape_at(place), first.shape_at(place)
        if here != there:
            problems.add(
                other.file, other.line_at(place), "", "format_differs",
                here=here, there=there, where=f"{first.file}:{first.line_at(place)}",
            )  # fmt: skip
            return


def plain(runs: Runs) -> str:
    """Returns the text of ``runs``; a field stands in brackets."""
    return "".join(f"[{run.text}]" if run.field else run.text for run in runs)


def shape(block: Block) -> str:
    """Returns what must be the same in every language, in the signs of the source: ``## [[ ]]``, ``| 3 × 4 |``."""
    sign, texts = _sign(block)
    runs = [run for text in texts for run in text]
    fields = sum(run.field for run in runs)
    facts = [f"{run.fact}=" for run in runs if run.fact]
    urls = [run.url for run in runs if run.url]
    return " ".join([sign, *([f"[[ ]] × {fields}"] if fields else []), *facts, *urls])


def _sign(block: Block) -> tuple[str, Iterable[Runs]]:
    """Returns what a block is, in the signs of the source, and its texts."""
    if isinstance(block, Heading):
        return "#" * block.level, [block.runs]
    if isinstance(block, Paragraph):
        return (">" if block.note else "¶"), [block.runs]
    if isinstance(block, Items):
        return f"{_ITEM_SIGNS[block.kind]} × {len(block.items)}", block.items
    return f"| {len(block.rows)} × {len(block.widths)} |", (cell for row in block.rows for cell in row)


_ITEM_SIGNS = {"bullet": "-", "number": "1.", "check": "- [ ]"}
# A box to tick begins as a bullet does: the first that fits is the one.
_ITEM_MARKS = {"check": re.compile(r"- \[ \] "), "bullet": re.compile(r"- "), "number": re.compile(r"\d+\. ")}
# A box to tick that is written in another way would be printed as it stands.
_BOX_SLIP = re.compile(r"(?!- \[ \] )\s*[-*+]?\s*\[(?:\s*|[xX])\](?![(\[])")
_RULE = re.compile(r"\|(\s*-+\s*\|)+")
_INLINE = re.compile(
    r"\[\[(?:(?P<fact>[a-z][a-z_.]*)=)?(?P<field>[^\[\]]+)\]\]"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<url>https?://[^()\s<>\"]+)\)"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|\*(?P<emphasis>[^*\s][^*]*)\*"
)
# What is left of marks that were not understood, and HTML.
_LEFT = re.compile(r"\[\[|\]\]|\]\(|\*\*|<[a-zA-Z/!]|`")


def parse(text: str, name: str, problems: Problems) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """Returns the blocks of a source and the line where each begins; mistakes go to ``problems``."""
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
    """Returns the block of these lines, None with a problem recorded."""
    for offset, one in enumerate(lines):
        if _BOX_SLIP.match(one):
            problems.add(name, line + offset, "", "format_box", value=short(one.strip()))
            return None
    first = lines[0]
    if first.startswith("#"):
        return _heading(lines, line, name, problems)
    if first.startswith(">"):
        return _paragraph(lines, line, name, problems, note=True)
    if first.startswith("|"):
        return _table(lines, line, name, problems)
    if item := _item(first):
        return _items(item[0], lines, line, name, problems)
    return _paragraph(lines, line, name, problems)


def _heading(lines: list[str], line: int, name: str, problems: Problems) -> Heading | None:
    heading = re.fullmatch(r"(##|###) (\S.*)", lines[0])
    if not heading or len(lines) > 1:
        problems.add(name, line, "", "format_heading")
        return None
    return Heading(len(heading[1]), _runs(heading[2].strip(), line, name, problems))


# What begins a block of another kind, or nothing that is known here.
_NO_PARAGRAPH = re.compile(r"\s|```|---|===|[*+] |!\[|#|>|\||- |\d+\. ")


def _paragraph(lines: list[str], line: int, name: str, problems: Problems, *, note: bool = False) -> Paragraph | None:
    for offset, one in enumerate(lines):
        if (not one.startswith("> ")) if note else _NO_PARAGRAPH.match(one):
            problems.add(name, line + offset, "", "format_block")
            return None
    text = " ".join(one.removeprefix("> ").strip() for one in lines)
    return Paragraph(_runs(text.strip(), line, name, problems), note)


def _item(line: str) -> tuple[str, str] | None:
    """Returns the kind and the text of an item that begins in ``line``."""
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
            fact = match["fact"] or ""
            if fact and fact not in FACTS:
                problems.add(name, line, "", "format_fact", value=fact, known=", ".join(sorted(FACTS)))
            add(match["field"].strip(), field=True, fact=fact)
        elif match["label"]:
            add(match["label"], url=match["url"])
        elif match["strong"]:
            add(match["strong"], strong=True)
        else:
            add(match["emphasis"], emphasis=True)
        place = match.end()
    add(text[place:])
    return tuple(found)
