"""Reads the figures of the guide: ``figures/<id>.yml``, one file per figure, for every language.

A figure has one drawing, and what is drawn is data: steps, rows, bars, tiles. A page places it with ``{figure:<id>}``
in a paragraph of its own; how each drawing looks is in ``guide.pages.figures``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guide.model.file_kind import FileKind
from guide.reading.entries import Known, read_folder
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    IDENTIFIER,
    WRITTEN,
    Choice,
    Context,
    Found,
    Integer,
    ListOf,
    Number,
    Record,
    Reference,
    Text,
    Texts,
    Translated,
)

FOLDER = "figures"
# Where a page places a figure: alone in its paragraph.
PLACE = re.compile(rf"\{{figure:(?P<id>{IDENTIFIER.pattern})\}}")
_ALONE = re.compile(rf"[ ]*{PLACE.pattern}[ ]*")

# Who a step belongs to; each has a look of its own.
BY = Choice(("own", "other", "both"))
# Tones of bars and dots, from the darkest: told apart on paper too.
TONE = Choice(("strong", "mid", "soft", "outline"))
# What a span of a timeline is.
SPAN = Choice(("work", "wait", "light"))
# What stands in a cell of a matrix.
MARK = Choice(("full", "half", "none"))
# The small drawings of cards.
SYMBOL = Choice(("all", "world", "near", "theme", "idea", "box", "coin", "person", "paper", "talk"))
# What a tile of a map says.
TILE = Choice(("here", "strong", "mid", "outline", "land"))


def _record(optional: str = "", **keys: Any) -> Record:
    return Record(keys, optional=frozenset(optional.split()))


_NAME = Texts()
_FLOW = _record(
    steps=ListOf(_record("by who note then", name=_NAME, by=BY, who=Texts(), note=Texts(), then=Texts()), least=2),
)
_LADDER = _record(
    first=Texts(),
    steps=ListOf(_record("note tag", name=_NAME, note=Texts(), tag=Texts()), least=2),
    last=Texts(),
)
_TREE = _record(
    questions=ListOf(_record("note", ask=Texts(), note=Texts(), leave=Texts(), outcome=Texts(), go=Texts())),
    end=Texts(),
)
_TIMELINE = _record(
    start=Number(0, 9999),
    end=Number(0, 9999),
    ticks=ListOf(_record("name", at=Number(0, 9999), name=Texts()), least=2),
    rows=ListOf(
        _record(
            "spans points dates",
            name=_NAME,
            note=Texts(),
            spans=ListOf(_record("kind", start=Number(0, 9999), end=Number(0, 9999), kind=SPAN)),
            points=ListOf(Number(0, 9999)),
            dates=ListOf(_record(month=Integer(1, 12), day=Integer(1, 31))),
        )
    ),
)
_BARS = _record(
    groups=ListOf(
        _record(
            "most total",
            name=_NAME,
            most=Number(0, 999_999_999),
            bars=ListOf(
                _record(
                    name=_NAME,
                    shown=Texts(),
                    parts=ListOf(_record("tone name", value=Number(0, 999_999_999), tone=TONE, name=Texts())),
                )
            ),
            total=Texts(),
        )
    )
)
_UNITS = _record(
    rows=ListOf(_record(name=_NAME, parts=ListOf(_record("tone", count=Integer(1, 60), tone=TONE, name=Texts()))))
)
_TYPES = _record(
    cards=ListOf(_record("who tag", symbol=SYMBOL, name=_NAME, what=Texts(), who=Texts(), tag=Texts()), least=2)
)
_PAIRS = _record(
    left=Texts(),
    right=Texts(),
    pairs=ListOf(_record("when", left=Texts(), right=Texts(), what=Texts(), when=Texts()), least=2),
)
_MAP = _record(
    tiles=ListOf(
        _record(
            "mark note", column=Integer(1, 20), row=Integer(1, 20), code=Text(), name=_NAME, mark=TILE, note=Texts()
        ),
        least=2,
    ),
    legend=ListOf(_record(mark=TILE, name=Texts())),
)
_MATRIX = _record(
    corner=Texts(),
    columns=ListOf(Texts()),
    rows=ListOf(
        _record(
            "highlight note", name=_NAME, cells=ListOf(_record(mark=MARK)), highlight=Choice(("row",)), note=Texts()
        )
    ),
)

DRAWINGS: Mapping[str, Record] = {
    "flow": _FLOW,
    "ladder": _LADDER,
    "tree": _TREE,
    "timeline": _TIMELINE,
    "bars": _BARS,
    "units": _UNITS,
    "types": _TYPES,
    "pairs": _PAIRS,
    "map": _MAP,
    "matrix": _MATRIX,
}

FIGURE = Record(
    {
        "title": Texts(),
        "alternative": Texts(),
        **DRAWINGS,
        "note": Texts(),
        "sources": ListOf(Reference("source")),
    },
    optional=frozenset({*DRAWINGS, "note", "sources"}),
)


def _new_figure(project: Project, id: str) -> Mapping[str, Any]:
    """Returns the steps of something, which is the drawing most often wanted; the others are comments."""
    return {"flow": WRITTEN, "flow.steps.who": WRITTEN, "sources": WRITTEN}


KINDS = (FileKind("figure", f"{FOLDER}/*.yml", FIGURE, start=_new_figure),)


@dataclass(frozen=True)
class Figure:
    """One figure. ``drawing`` is what its ``kind`` of DRAWINGS says, as it was read; ``alternative`` is what someone
    who does not see it is told."""

    id: str
    kind: str
    title: Translated
    alternative: Translated
    drawing: Mapping[str, Any]
    note: Translated | None
    sources: tuple[str, ...]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"{FOLDER}/{self.id}.yml"

    @property
    def yearly(self) -> bool:
        """Whether its rows have dates of every year, which can be taken to a calendar."""
        return self.kind == "timeline" and any(row["dates"] for row in self.drawing["rows"])


def ids(project: Project) -> tuple[str, ...]:
    """The ids of all figures there are, whatever is in their files."""
    return tuple(sorted(path.stem for path in (project.root / FOLDER).glob("*.yml")))


def placed(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yields every place for a figure in the Markdown ``text``: its line from 0, the id, whether it stands alone in its
    paragraph."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        for match in PLACE.finditer(line):
            around = [lines[at] for at in (number - 1, number + 1) if 0 <= at < len(lines)]
            alone = _ALONE.fullmatch(line) is not None and not any(one.strip() for one in around)
            yield number, match["id"], alone


def read_figures(project: Project, problems: Problems, known: Known) -> dict[str, Figure]:
    """Returns every figure by its id; empty with any mistake anywhere."""
    found = read_folder(project, FOLDER, FIGURE, problems, known)
    for id, one in found.items():
        context = Context.of(project, f"{FOLDER}/{id}.yml", problems, known)
        if not IDENTIFIER.fullmatch(id):
            problems.add(context.path, 0, "", "figure_file_name")
        _check(one, context)
    return {} if len(problems) else {id: _figure(id, one) for id, one in found.items()}


def _check(found: Found, context: Context) -> None:
    """What no key can tell by itself."""
    drawn = [name for name in DRAWINGS if name in found.lines]
    if len(drawn) != 1:
        # A file that cannot be read at all has been told.
        if found.lines:
            line = found.lines[drawn[1]] if drawn else 1
            context.problem(line, drawn[1] if drawn else "", "figure_one_drawing", known=", ".join(DRAWINGS))
        return
    (kind,) = drawn
    drawing = found[kind]
    if isinstance(drawing, Found):
        check = _CHECKS.get(kind)
        if check:
            check(drawing, context)


def _check_timeline(drawing: Found, context: Context) -> None:
    start, end = drawing["start"], drawing["end"]
    if start is None or end is None:
        return
    if start >= end:
        context.problem(drawing.lines["end"], "timeline.end", "figure_backwards", first=_said(start), last=_said(end))
        return
    for number, row in enumerate(drawing["rows"] or [], 1):
        _check_row(row, f"timeline.rows.{number}", context)
        _check_dates(row, f"timeline.rows.{number}.dates", context)
    for record, name, key, at in _times(drawing):
        if at is not None and not start <= at <= end:
            details = {"value": _said(at), "first": _said(start), "last": _said(end)}
            context.problem(record.lines.get(name, 0), key, "figure_outside", **details)


def _check_row(row: Found, key: str, context: Context) -> None:
    """A row of a timeline has something in it, and no span ends before it starts."""
    if not row["spans"] and not row["points"] and row.lines:
        context.problem(row.lines.get("name", 0), key, "figure_empty_row")
    for number, span in enumerate(row["spans"] or [], 1):
        first, last = span["start"], span["end"]
        if first is not None and last is not None and first >= last:
            line, place = span.lines["end"], f"{key}.spans.{number}.end"
            context.problem(line, place, "figure_backwards", first=_said(first), last=_said(last))


def _check_dates(row: Found, key: str, context: Context) -> None:
    for number, date in enumerate(row["dates"] or [], 1):
        _check_date(date, f"{key}.{number}.day", context)


def _check_date(date: Found, key: str, context: Context) -> None:
    """The day is one that its month has in every year."""
    month, day = date["month"], date["day"]
    last = calendar.monthrange(2023, month)[1] if month else 31
    if day and day > last:
        context.problem(date.lines["day"], key, "figure_outside", value=day, first=1, last=last)


def _times(drawing: Found) -> Iterator[tuple[Found, str, str, float | None]]:
    """Yields every time in a timeline: the record it is in, its name there, its key in the file, and the time."""
    for number, tick in enumerate(drawing["ticks"] or [], 1):
        yield tick, "at", f"timeline.ticks.{number}.at", tick["at"]
    for place, row in enumerate(drawing["rows"] or [], 1):
        key = f"timeline.rows.{place}"
        for number, span in enumerate(row["spans"] or [], 1):
            for name in ("start", "end"):
                yield span, name, f"{key}.spans.{number}.{name}", span[name]
        for number, at in enumerate(row["points"] or [], 1):
            yield row, "points", f"{key}.points.{number}", at


def _check_bars(drawing: Found, context: Context) -> None:
    for place, group in enumerate(drawing["groups"] or [], 1):
        for number, bar in enumerate(group["bars"] or [], 1):
            _check_bar(bar, f"bars.groups.{place}.bars.{number}", group["most"], context)


def _check_bar(bar: Found, key: str, most: float | None, context: Context) -> None:
    """A bar is no longer than the longest there may be, and its parts have names."""
    parts, line = bar["parts"] or [], bar.lines.get("name", 0)
    values = [part["value"] for part in parts]
    if None in values or not values:
        return
    if most is not None and sum(values) > most:
        context.problem(line, key, "figure_too_long", value=_said(sum(values)), most=_said(most))
    elif len(values) > 1 and any("name" not in part.lines for part in parts):
        # Without a name nobody knows what a tone means.
        context.problem(line, key, "figure_nameless_part")


def _check_map(drawing: Found, context: Context) -> None:
    taken: dict[tuple[int, int], str] = {}
    legend = {one["mark"] for one in drawing["legend"] or []}
    for number, tile in enumerate(drawing["tiles"] or [], 1):
        key, at = f"map.tiles.{number}", (tile["column"], tile["row"])
        if at in taken:
            context.problem(tile.lines["column"], key, "figure_tile_twice", other=taken[at])
        elif None not in at:
            taken[at] = tile["code"] or "…"
        mark = tile["mark"]
        if mark not in (None, "land", *legend):
            context.problem(tile.lines["mark"], f"{key}.mark", "figure_no_legend", value=mark)


def _check_matrix(drawing: Found, context: Context) -> None:
    columns = len(drawing["columns"] or [])
    for number, row in enumerate(drawing["rows"] or [], 1):
        cells = row["cells"]
        if cells is not None and drawing["columns"] is not None and len(cells) != columns:
            key = f"matrix.rows.{number}.cells"
            context.problem(row.lines["cells"], key, "want_length", length=columns, found=len(cells))


_CHECKS: Mapping[str, Callable[[Found, Context], None]] = {
    "timeline": _check_timeline,
    "bars": _check_bars,
    "map": _check_map,
    "matrix": _check_matrix,
}


def _said(number: float) -> str:
    return f"{number:g}"


def _figure(id: str, found: Found) -> Figure:
    kind = next(name for name in DRAWINGS if name in found.lines)
    return Figure(
        id=id,
        kind=kind,
        title=found["title"],
        alternative=found["alternative"],
        drawing=found[kind],
        note=found["note"],
        sources=tuple(found["sources"] or ()),
    )
