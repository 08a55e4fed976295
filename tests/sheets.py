"""Reads spreadsheets as the tests see them: what a spreadsheet program made of a file, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
# Empty cells at the end of rows and sheets are repeated as often as there is room.
_MOST = 1_000


@dataclass(frozen=True)
class Cell:
    """``value`` is a number, a text or None; ``shown`` is what a reader sees."""

    value: float | str | None
    shown: str
    error: bool = False


EMPTY = Cell(None, "")


def read(path: Path) -> dict[str, list[list[Cell]]]:
    """The cells of every sheet of a ``.fods`` file, by the sheet's name."""
    return {
        table.get(_TABLE + "name"): [
            cells
            for row in table.iter(_TABLE + "table-row")
            if int(row.get(_TABLE + "number-rows-repeated", 1)) < _MOST
            for cells in [_cells(row)] * int(row.get(_TABLE + "number-rows-repeated", 1))
        ]
        for table in ElementTree.parse(path).iter(_TABLE + "table")
    }


def _cells(row: ElementTree.Element) -> list[Cell]:
    return [
        cell
        for one in row
        if one.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell")
        and int(one.get(_TABLE + "number-columns-repeated", 1)) < _MOST
        for cell in [_cell(one)] * int(one.get(_TABLE + "number-columns-repeated", 1))
    ]


def _cell(one: ElementTree.Element) -> Cell:
    kind = one.get(_OFFICE + "value-type")
    shown = "\n".join("".join(text.itertext()) for text in one.iter(_TEXT + "p"))
    error = one.get(_CALC + "value-type") == "error"
    if kind in ("float", "percentage", "currency"):
        return Cell(float(one.get(_OFFICE + "value")), shown, error)
    if kind == "date":
        return Cell(one.get(_OFFICE + "date-value"), shown, error)
    return Cell(shown or None, shown, error)
