"""Writes the figures of the guide as HTML, and the drawing that opens each chapter.

Words are HTML, so that they wrap, are translated, found and read aloud; only shapes are SVG, and a shape says nothing
that no word says. Figures whose shapes carry the data (``_DRAWN``) are one picture with an alternative, and a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.downloads.registry import CALENDAR, Given
from guide.model.figures import FOLDER, PLACE, Figure, placed
from guide.model.site_pages import BIBLIOGRAPHY_PAGE
from guide.pages.writer import Writer
from guide.reading.markdown import Source

# Of a page that has figures.
_DRAWN = frozenset({"bars", "map", "timeline", "units"})
_TONES = ("strong", "mid", "soft", "outline")
# The paragraph Markdown makes of a place.
_PARAGRAPH = re.compile(rf"<p>\s*{PLACE.pattern}\s*</p>")
_OPENERS = Path(__file__).parent / "openers"
# What a chapter opens with until it has a drawing of its own.
_NO_OPENER = "capitulo"
# The side of a tile of a map, and of the space between two.
_TILE, _GAP = 40, 4


def used(text: str) -> tuple[str, ...]:
    """Returns the ids of the figures that the Markdown ``text`` places."""
    return tuple(id for _, id, _ in placed(text))


def files_on(source: Source | None) -> frozenset[str]:
    """Returns the files of the figures that a page places; ``source`` is None where nobody wrote it by hand."""
    return frozenset(f"{FOLDER}/{id}.yml" for id in used("\n".join(source.lines))) if source else frozenset()


def are_in(html: str) -> bool:
    """Returns whether a page's HTML holds figures."""
    return '<figure class="figure ' in html


def fill_html(html: str, writer: Writer) -> str:
    """Returns a page's HTML with its figures in their places."""
    return _PARAGRAPH.sub(lambda match: _figure(match, writer), html) if "{figure:" in html else html


def fill_markdown(text: str, writer: Writer) -> str:
    """Returns the Markdown of a page with its figures as HTML that every engine leaves alone."""
    pattern = rf"^([ ]*){PLACE.pattern}[ ]*$"
    return re.sub(pattern, lambda match: match[1] + _figure(match, writer), text, flags=re.MULTILINE)


def _figure(match: re.Match[str], writer: Writer) -> str:
    figure = writer.content.figures.get(match["id"])
    # The check tells of what is not there.
    return match[0] if figure is None else FigureWriter.of(writer).figure(figure)


def opener(path: str) -> str:
    """Returns the drawing that opens the chapter at ``path``: decoration, silent to screen readers."""
    own = _OPENERS / f"{Path(path).stem}.svg"
    drawing = (own if own.is_file() else _OPENERS / f"{_NO_OPENER}.svg").read_text("utf-8")
    return f'<div class="opener" aria-hidden="true">{_one_line(drawing)}</div>'


@dataclass(frozen=True)
class FigureWriter(Writer):
    """Writes figures for one page of one language."""

    def figure(self, figure: Figure) -> str:
        """Returns the figure as HTML on one line."""
        cited = [self.content.sources[id] for id in figure.sources]
        made = self._render(
            "figure.html.jinja",
            figure=figure,
            drawing=figure.drawing,
            drawn=figure.kind in _DRAWN,
            cited=cited,
            bibliography=BIBLIOGRAPHY_PAGE,
            data=_DATA[figure.kind](self, figure.drawing) if figure.kind in _DRAWN else (),
            longest=_longest,
            percent=_percent,
            tone=_tone,
            board=_board(figure.drawing) if figure.kind == "map" else None,
            calendar=self._calendar(figure) if figure.yearly else None,
        )
        return _one_line(made)

    def _calendar(self, figure: Figure) -> tuple[str, int]:
        """Returns where the calendar of its dates is, and how heavy."""
        given = Given(self.content, self.texts, self.page_url)
        return CALENDAR.address(self.texts.code, figure), CALENDAR.kilobytes(given, figure)

    def _bars(self, drawing: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Yields a row for every part of every bar: its group, its name, its value."""
        for group in drawing["groups"]:
            for bar in group["bars"]:
                name, parts = self._say(bar["name"]), bar["parts"]
                yield self._say(group["name"]), name, self._say(bar["shown"])
                for part in parts if len(parts) > 1 else ():
                    yield self._say(group["name"]), f"{name}: {self._say(part['name'])}", f"{part['value']:,.10g}"

    def _timeline(self, drawing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for row in drawing["rows"]:
            yield self._say(row["name"]), self._say(row["note"])

    def _units(self, drawing: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        for row in drawing["rows"]:
            for part in row["parts"]:
                yield self._say(row["name"]), self._say(part["name"]), str(part["count"])

    def _map(self, drawing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yields a row for every tile that has something to say."""
        names = {one["mark"]: self._say(one["name"]) for one in drawing["legend"]}
        for tile in drawing["tiles"]:
            if tile["note"] or tile["mark"] in names:
                said = self._say(tile["note"]) if tile["note"] else names[tile["mark"]]
                yield self._say(tile["name"]), said


# The rows of the table behind each kind of picture.
_DATA = {
    "bars": FigureWriter._bars,
    "map": FigureWriter._map,
    "timeline": FigureWriter._timeline,
    "units": FigureWriter._units,
}


@dataclass(frozen=True)
class _Tile:
    x: int
    y: int
    code: str
    mark: str


@dataclass(frozen=True)
class _Board:
    """The tiles of a map with their places, and the size of all."""

    width: int
    height: int
    tiles: tuple[_Tile, ...]


def _board(drawing: Mapping[str, Any]) -> _Board:
    side = _TILE + _GAP
    found = drawing["tiles"]
    left, top = (min(one[name] for one in found) for name in ("column", "row"))
    tiles = tuple(
        _Tile((one["column"] - left) * side, (one["row"] - top) * side, one["code"], one["mark"] or "land")
        for one in found
    )
    width, height = (max(getattr(one, at) for one in tiles) + _TILE for at in ("x", "y"))
    return _Board(width, height, tiles)


def _longest(group: Mapping[str, Any]) -> float:
    return float(max(sum(part["value"] for part in bar["parts"]) for bar in group["bars"]))


def _percent(value: float, whole: float) -> str:
    return f"{100 * value / whole:.4g}%" if whole else "0%"


def _tone(part: Mapping[str, Any], place: int) -> str:
    """Returns the tone of the part at ``place``, from 0: its own, or the next lighter one."""
    return part["tone"] or _TONES[min(place, len(_TONES) - 1)]


def _one_line(html: str) -> str:
    """HTML without line breaks, which end a block of HTML in Markdown."""
    return re.sub(r"\s*\n\s*", " ", html.strip())
