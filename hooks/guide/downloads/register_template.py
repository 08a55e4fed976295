"""Writes the template of the register of agreements: an Excel workbook with a row for each, which the site reads again."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook import sheet_names
from guide.downloads.workbook.looks import formats_of
from guide.model.content import Content
from guide.model.register import CHOICE, Field
from guide.reading import inline_markdown
from guide.reading.schema import Translated, in_language
from guide.reading.texts import Texts

# Any fixed date: a file that says when it was built would differ with every build.
_CREATED = datetime(2026, 1, 1)
_ROWS = 300
_WIDTHS = {"text": 28, "long": 48, "date": 15, "year": 12, "until": 15, CHOICE: 24}
# What Excel shows of a cell when one stands on it, at most.
_MOST_TITLE, _MOST_HINT = 32, 255


def write(content: Content, texts: Texts) -> bytes:
    """Returns the template in the language of ``texts``."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    words = texts["tools"]["register"]
    book.set_properties({"title": words["title"], "author": texts["site"]["name"], "created": _CREATED})
    formats = formats_of(book, texts)
    rows, readme = (book.add_worksheet(name) for name in sheet_names([words["sheet"], words["readme"]]))
    fields = content.register.fields
    for place, field in enumerate(fields):
        _column(rows, place, field, texts, formats)
    rows.freeze_panes(1, 1)
    rows.repeat_rows(0)
    rows.set_landscape()
    rows.set_row(0, 45)
    rows.autofilter(0, 0, _ROWS, len(fields) - 1)
    _explain(readme, fields, texts, formats)
    book.close()
    return file.getvalue()


def _say(text: Translated | None, texts: Texts) -> str:
    return inline_markdown.plain(in_language(text, texts.code)) if text else ""


def _column(sheet: Worksheet, place: int, field: Field, texts: Texts, formats: dict[str, Format]) -> None:
    """Writes a title, and what its cells may say."""
    label = _say(field.label, texts)
    sheet.set_column(place, place, _WIDTHS[field.kind], formats["input"])
    sheet.write_string(0, place, label, formats["head-input"])
    hint = {"input_title": label[:_MOST_TITLE], "input_message": _hint(field, texts)[:_MOST_HINT]}
    asked: dict[str, Any] = {"validate": "any", **hint}
    if field.kind == CHOICE:
        names = [_say(one.name, texts) for one in field.choices]
        error = {"error_title": label[:_MOST_TITLE], "error_message": texts["tools"]["register"]["choice_error"]}
        # A comma would make two words of one.
        source = [name.replace(",", "") for name in names]
        asked = {"validate": "list", "source": source, **hint, **error, "error_type": "warning"}
    sheet.data_validation(1, place, _ROWS, place, asked)


def _hint(field: Field, texts: Texts) -> str:
    own = texts["tools"]["register"]
    dates = "" if field.kind in ("text", "long", CHOICE) else own["dates_text"]
    return " ".join(part for part in (_say(field.hint, texts), dates) if part) or own["fields_text"]


def _explain(sheet: Worksheet, fields: tuple[Field, ...], texts: Texts, formats: dict[str, Format]) -> None:
    """Writes what each column is for."""
    own = texts["tools"]["register"]
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, own["title"], formats["title"])
    sheet.write_string(1, 1, own["readme_text"], formats["plain"])
    sheet.set_row(1, 60)
    sheet.write_row(3, 0, [own["field"], own["says"]], formats["head"])
    for row, field in enumerate(fields, 4):
        choices = "; ".join(_say(one.name, texts) for one in field.choices)
        said = " ".join(part for part in (_say(field.hint, texts), choices) if part)
        sheet.write_string(row, 0, _say(field.label, texts), formats["text"])
        sheet.write_string(row, 1, said, formats["text"])
