"""Holds what all sheets of a workbook share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook.cells import Column, printed, quoted
from guide.model.content import Checklist, Content, Criterion
from guide.reading import inline_markdown
from guide.reading.project import direction
from guide.reading.schema import Translated, in_language
from guide.reading.texts import Texts, fill

_FIRST_DUE = date(2000, 1, 1)


def mark_of(key: str, checklist: Checklist | None = None) -> str:
    """Returns the name of what a workbook says of a checklist, or of all: the same in every language."""
    return "_".join(("abc", *([checklist.id.replace("-", "_")] if checklist else ()), key))


@dataclass(frozen=True)
class Book:
    """A workbook being written: what is said in it, its looks, and how a table or a question is put on a sheet."""

    file: xlsxwriter.Workbook
    content: Content
    texts: Texts
    formats: dict[str, Format]

    @property
    def words(self) -> Mapping[str, Any]:
        """The words of the workbook, as the locale file has them."""
        found: Mapping[str, Any] = self.texts["workbook"]
        return found

    def say(self, text: Translated | None) -> str:
        """Returns a text of the content in the workbook's language, without Markdown; "" for None."""
        return " ".join(inline_markdown.plain(in_language(text, self.texts.code)).split()) if text else ""

    def interface(self, text: str) -> str:
        """Returns words of the interface without Markdown."""
        return " ".join(inline_markdown.plain(text).split())

    def name(self, name: str, checklist: Checklist | None = None) -> str:
        """Returns a defined name: of the whole workbook, or of one checklist."""
        word: str = self.words["names"][name]
        return word if checklist is None else f"{word}_{checklist.id.replace('-', '_')}"

    def define(self, name: str, sheet: Worksheet, cells: str) -> None:
        """Gives cells of a sheet the name by which formulas call them."""
        self.file.define_name(name, f"={quoted(sheet)}!{cells}")

    def mark(self, key: str, sheet: Worksheet, cells: str, checklist: Checklist | None = None) -> None:
        """Gives cells the name by which the site finds them again, in any language and wherever they were moved."""
        self.define(mark_of(key, checklist), sheet, cells)

    def set_up(self, sheet: Worksheet) -> None:
        """Sets how a sheet runs and how it is printed."""
        if direction(self.texts.code) == "rtl":
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        site, words = self.texts["site"]["name"], self.words
        page = fill(printed(words["page"]), {"page": "&P", "pages": "&N"})
        sheet.set_header(f"&L{printed(site)}&R{printed(sheet.get_name())}")
        sheet.set_footer(f"&L{printed(self.texts['site']['licence'])}&R{page}")

    def head(self, sheet: Worksheet, columns: Sequence[Column], titles: Sequence[str], rows: int) -> None:
        """Writes widths, the row of titles, what is repeated on paper."""
        for place, (column, title) in enumerate(zip(columns, titles, strict=True)):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, title, self._head_format(column))
        sheet.set_row(0, 45)
        sheet.repeat_rows(0)
        # Screen readers take titles of rows and columns from a name of this form.
        last = f"{xl_col_to_name(len(columns) - 1)}{rows + 1}".lower()
        name = f"TitleRegion1.a1.{last}.{sheet.index + 1}"
        # XlsxWriter wants the sheet's apostrophes as they are here.
        self.define(f"'{sheet.get_name()}'!{name}", sheet, "$A$1")

    def table(self, sheet: Worksheet, columns: Sequence[Column], titles: Sequence[str], rows: int, name: str) -> None:
        """Writes the same with a filter, as a table of its own name."""
        self.head(sheet, columns, titles, rows)
        heads = [
            {"header": title, "header_format": self._head_format(column)}
            for column, title in zip(columns, titles, strict=True)
        ]
        sheet.add_table(0, 0, rows, len(columns) - 1, {"name": name, "style": None, "columns": heads})

    def _head_format(self, column: Column) -> Format:
        if column.kind in ("input", "date"):
            return self.formats["head-input"]
        return self.formats["head" if column.kind in ("text", "word", "link") else "head-number"]

    def write_row(
        self, sheet: Worksheet, row: int, columns: Sequence[Column], cells: dict[str, object], look: str = ""
    ) -> None:
        """Writes texts as texts, numbers as numbers, a pair as a formula and what it gives in a blank workbook."""
        for place, column in enumerate(columns):
            value = cells.get(column.key)
            # A cell marked as text would turn its formula into one when edited.
            kind = "shown" if column.kind == "text" and isinstance(value, tuple) else column.kind
            format = self.formats[kind + look]
            if value is None:
                sheet.write_blank(row, place, None, format)
            elif isinstance(value, str):
                sheet.write_string(row, place, value, format)
            elif isinstance(value, tuple):
                sheet.write_formula(row, place, value[0], format, value[1])
            else:
                sheet.write_number(row, place, value, format)

    def link(self, sheet: Worksheet, row: int, target: Worksheet, title: str) -> None:
        """Writes a link to another sheet into the first cell of a row."""
        tip = fill(self.words["go"], {"sheet": target.get_name()})
        sheet.write_url(row, 0, f"internal:{quoted(target)}!A1", self.formats["link"], title, tip)

    def ask_choice(
        self, sheet: Worksheet, first: int, last: int, column: int, source: str, title: str, hint: str
    ) -> None:
        """Lets cells be one of the words named ``source``."""
        sheet.data_validation(
            first, column, last, column,
            {"validate": "list", "source": f"={source}", "input_title": title, "input_message": hint,
             "error_title": title, "error_message": self.words["choice_error"]},
        )  # fmt: skip

    def ask_text(self, sheet: Worksheet, first: int, last: int, column: int, title: str, hint: str) -> None:
        """Says what cells are for when one stands on them."""
        sheet.data_validation(
            first, column, last, column, {"validate": "any", "input_title": title, "input_message": hint}
        )

    def ask_date(
        self, sheet: Worksheet, first: int, column: int, title: str, hint: str, last: int | None = None
    ) -> None:
        """Lets cells be a date."""
        sheet.data_validation(
            first, column, last or first, column,
            {"validate": "date", "criteria": ">=", "value": _FIRST_DUE, "input_title": title,
             "input_message": hint, "error_title": title, "error_message": self.words["date_error"]},
        )  # fmt: skip

    def answers(self) -> Iterable[tuple[str, float | str, str]]:
        """Yields what can be answered, what it is worth, its light: levels, then the two that are not."""
        status = {one.id: self.say(one.name) for one in self.content.scale.statuses}
        levels = self.content.scale.levels
        for value, level in enumerate(levels):
            yield f"{value} · {self.say(level.name)}", value, status[level.status]
        words = self.texts["assessment"]
        yield words["no_information"], 0, status[levels[0].status]
        yield words["not_applicable"], self.words["not_counted"], words["not_applicable"]

    def answer(self, place: int) -> str:
        """Returns the cell that holds an answer's words, to compare with."""
        return f"INDEX({self.name('answers')},{place + 1})"

    def marks(self, criterion: Criterion) -> str:
        """Returns what is special about a criterion, in words."""
        words = self.texts["assessment"]
        marks = (
            ("critical", criterion.critical is not None),
            ("quick", criterion.quick),
            ("annual", criterion.review == "annual"),
        )
        return "; ".join(words[name] for name, marked in marks if marked)
