"""Writes what stands in cells: names of columns, texts in formulas, heights of rows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from guide.model.content import LEVELS

TOP = LEVELS - 1
PROVISIONAL_BELOW = 0.8
# In points. A row does not grow by itself with what a formula gives, nor in every program with a text.
LINE_HEIGHT, PADDING, TITLE_HEIGHT = 13, 5, 26


@dataclass(frozen=True)
class Column:
    """A column of a sheet; ``key`` names its word, ``width`` is in characters."""

    key: str
    width: float
    kind: str = "text"


def place_of(columns: Sequence[Column], key: str) -> int:
    return next(place for place, column in enumerate(columns) if column.key == key)


def quoted(sheet: Worksheet) -> str:
    name: str = sheet.get_name()
    return "'" + name.replace("'", "''") + "'"


def literal(text: str) -> str:
    """Returns a text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """Returns the height in points of a row with these texts, each with the width of its column."""
    # A letter of the tables' size is narrower than the unit of widths; the indent takes some.
    lines = max(len(textwrap.wrap(text, max(1, int(1.15 * (width - 1.5))))) for text, width in texts)
    return min(LINE_HEIGHT * max(1, lines) + PADDING, 409)


def printed(text: str) -> str:
    """Returns a text inside a header or footer, where an ampersand begins a code."""
    return text.replace("&", "&&")
