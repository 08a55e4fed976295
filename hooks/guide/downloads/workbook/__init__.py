"""Writes the whole instrument as an Excel workbook, to be answered without the site.

Pure: content and words in, the bytes of an ``.xlsx`` file out, the same bytes every time. Formulas
work in Excel 2010 and newer and in LibreOffice Calc; what they must give is held by
``tests/cases/score-vectors.yml`` and ``tests/cases/order-vectors.yml``, as in the browser. They speak to
each other by defined names, so that they can be read. A module writes a sheet; ``book`` is what they share.

Nothing is merged, protected or said by colour alone; every sheet is one table from cell A1, except
the first, which is text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

import xlsxwriter
from markupsafe import escape

from guide.downloads.workbook import checklist, instructions, order, plan, results
from guide.downloads.workbook.book import Book
from guide.downloads.workbook.looks import formats_of
from guide.model.content import Content
from guide.reading.texts import Texts

# Any fixed date: a file that says when it was built would differ with every build.
_CREATED = datetime(2026, 1, 1)


def write(content: Content, texts: Texts) -> bytes:
    """Returns the workbook in the language of ``texts``."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    book = Book(made, content, texts, formats_of(made, texts))
    _describe(book)
    _write_sheets(book)
    made.close()
    return _with_language(file.getvalue(), texts["format"]["locale"])


def _write_sheets(book: Book) -> None:
    words, lists = book.words, book.content.checklists
    names = sheet_names(
        [words["readme"], *(book.say(one.short) for one in lists), words["results"], words["plan"], words["order"]]
    )
    sheets = [book.file.add_worksheet(name) for name in names]
    of_lists = list(zip(lists, sheets[1:-3], strict=True))
    first, results_sheet, plan_sheet, order_sheet = sheets[0], *sheets[-3:]
    for sheet in sheets:
        book.set_up(sheet)
    instructions.write(book, first, [*of_lists, (None, results_sheet), (None, plan_sheet)])
    for one, sheet in of_lists:
        checklist.write(book, one, sheet)
    rows = [(one, criterion) for one in lists for criterion in one.criteria]
    results.write(book, results_sheet, of_lists, order_sheet, len(rows))
    order.write(book, order_sheet, rows)
    plan.write(book, plan_sheet, order_sheet, len(rows))


def _describe(book: Book) -> None:
    """Says in the file's properties what it is and whose."""
    site, words = book.texts["site"], book.words
    book.file.set_properties(
        {
            "title": words["title"],
            "subject": site["claim"],
            "author": site["name"],
            "category": book.texts["assessment"]["kind"],
            "comments": f"{site['independent']} {site['licence']}",
            "created": _CREATED,
        }
    )


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Titles as names Excel accepts for sheets: no ``[]:*?/\\``, at most 31 letters, no two alike."""
    names: list[str] = []
    for title in titles:
        name = " ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split()).strip("'")[:31].strip(" '") or "-"
        stem, count = name, 1
        while name.casefold() in {"history", *(one.casefold() for one in names)}:
            count += 1
            name = f"{stem[: 30 - len(str(count))]} {count}"
        names.append(name)
    return names


def _with_language(file: bytes, locale: str) -> bytes:
    """Returns the same file with its language among its properties, which XlsxWriter cannot write."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                language = f"<dc:language>{escape(locale)}</dc:language>".encode()
                data = data.replace(b"</cp:coreProperties>", language + b"</cp:coreProperties>")
            target.writestr(part, data)
    return made.getvalue()
