"""Writes the sheet of the plan: what is missing, the most urgent first."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook.book import Book
from guide.downloads.workbook.cells import LINE_HEIGHT, PADDING, Column, literal, place_of, quoted
from guide.downloads.workbook.order import ORDER

_PLAN = (
    Column("place_in_plan", 7, "count"),
    Column("checklist", 13),
    Column("id", 8),
    Column("criterion", 34),
    Column("marks", 13),
    Column("answer", 14),
    Column("target", 14),
    Column("next_step", 36),
    Column("what", 28),
    Column("who", 14),
    Column("due", 11, "date-shown"),
    Column("gap", 9, "count"),
    Column("weight", 7, "count"),
    Column("priority", 9, "count"),
)
# What is printed of the plan: the columns after it only explain the order.
_PLAN_PRINTED = "due"
_PLAN_LINES = 4


def write(book: Book, sheet: Worksheet, order: Worksheet, count: int) -> None:
    """Writes the sheet; ``order`` puts the ``count`` criteria in order."""
    words = book.words["columns"]
    titles = [words[column.key] for column in _PLAN]
    rows = max(1, count)
    book.table(sheet, _PLAN, titles, rows, book.name("plan"))
    book.mark("plan", sheet, f"$A$2:$A${rows + 1}")
    sheet.freeze_panes(1, 4)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, rows, place_of(_PLAN, _PLAN_PRINTED))
    line = {"type": "formula", "criteria": '=$A2<>""', "format": book.formats["filled"]}
    sheet.conditional_format(1, 0, rows, len(_PLAN) - 1, line)
    letters = {key: xl_col_to_name(place) for place, key in enumerate(ORDER)}

    def column(key: str) -> str:
        return f"{quoted(order)}!${letters[key]}$2:${letters[key]}${count + 1}"

    empty = book.texts["workbook"]["no_gaps"]
    for row in range(1, count + 1):
        place = f"{quoted(order)}!${letters['from']}{row + 1}"
        cells: dict[str, object] = {"place_in_plan": (f'=IF({place}="","",ROW()-1)', "")}
        for key in (one.key for one in _PLAN[1:]):
            shown = f"INDEX({column(key)},{place})"
            if key == "priority":
                shown = f"INDEX({column('weight')},{place})*INDEX({column('gap')},{place})"
            if key == "marks":  # what points to an empty text would be a zero
                shown += '&""'
            nothing = empty if row == 1 and key == "criterion" else ""
            cells[key] = (f'=IF({place}="",{literal(nothing)},{shown})', nothing)
        book.write_row(sheet, row, _PLAN, cells, "-free")
        sheet.set_row(row, LINE_HEIGHT * _PLAN_LINES + PADDING)
