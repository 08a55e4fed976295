"""Writes the first sheet: whose answers these are, how to fill in the rest, how it is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook.book import Book
from guide.downloads.workbook.cells import TITLE_HEIGHT, TOP, height_of
from guide.model.content import LEVELS, Checklist
from guide.reading.texts import fill

# In characters.
_WIDTH = 96


@dataclass
class _Page:
    """The text of the sheet, written from top to bottom; ``row`` is the next that is free."""

    book: Book
    sheet: Worksheet
    row: int = 0

    def lines(self, *texts: str, kind: str = "plain") -> None:
        """Writes each text in a row of its own."""
        for text in texts:
            self.sheet.write_string(self.row, 0, text, self.book.formats[kind])
            self.sheet.set_row(self.row, height_of([(text, _WIDTH)]) if kind == "plain" else TITLE_HEIGHT)
            self.row += 1

    def heading(self, text: str) -> None:
        """Writes a heading under an empty row."""
        self.row += 1
        self.lines(text, kind="heading")

    def cells(self, *values: str | float, kinds: Sequence[str] = ("text", "text", "text")) -> None:
        """Writes a row of a small table."""
        for place, (value, kind) in enumerate(zip(values, kinds)):
            if isinstance(value, str):
                self.sheet.write_string(self.row, place, value, self.book.formats[kind])
            else:
                self.sheet.write_number(self.row, place, value, self.book.formats["count"])
        self.row += 1


def write(book: Book, sheet: Worksheet, links: Sequence[tuple[Checklist | None, Worksheet]]) -> None:
    """Writes the sheet; ``links`` are the other sheets in their order, each with its checklist."""
    words, page = book.words, _Page(book, sheet)
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 2, 26)
    sheet.fit_to_pages(1, 0)
    total = sum(len(one.criteria) for one in book.content.checklists)
    page.lines(words["title"], kind="title")
    page.lines(fill(words["lead"], {"lists": len(book.content.checklists), "criteria": total}))
    _write_whose(page)
    _write_how(page)
    _write_links(page, links)
    _write_scale(page)
    _write_bands(page)
    page.heading(words["privacy"])
    page.lines(words["privacy_text"], words["privacy_shared"])
    page.heading(words["independence"])
    page.lines(book.texts["site"]["independent"], book.texts["site"]["licence"])


def _write_whose(page: _Page) -> None:
    """Asks for the municipality, the round and the date."""
    book, words, formats = page.book, page.book.words, page.book.formats
    page.heading(words["about"])
    for name in ("municipality", "round", "date"):
        page.sheet.write_string(page.row, 0, words[name], formats["text"])
        page.sheet.write_blank(page.row, 1, None, formats["date" if name == "date" else "input"])
        book.define(book.name(name), page.sheet, f"$B${page.row + 1}")
        book.mark(name, page.sheet, f"$B${page.row + 1}")
        if name == "date":
            book.ask_date(page.sheet, page.row, 1, words["date"], words["date_hint"])
        else:
            book.ask_text(page.sheet, page.row, page.row, 1, words[name], words[f"{name}_hint"])
        page.row += 1


def _write_how(page: _Page) -> None:
    """Explains how to answer, and what the figures mean."""
    book, words, assessment = page.book, page.book.words, page.book.texts["assessment"]
    page.heading(words["how"])
    page.lines(book.interface(assessment["how_answer"]))
    titles = {"answer": words["columns"]["answer"], "plan": words["plan"], "results": words["results"]}
    page.lines(
        *(fill(words[name], titles) for name in ("how_list", "how_not_applicable", "how_plan", "how_print", "how_back"))
    )
    page.heading(words["figures"])
    names = ("how_weighted", "how_strict", "how_completeness", "how_critical")
    page.lines(*(book.interface(assessment[name]) for name in names), words["how_mean"], words["how_overall"])


def _write_links(page: _Page, links: Sequence[tuple[Checklist | None, Worksheet]]) -> None:
    """Links to the other sheets, with the version of each checklist."""
    book, words = page.book, page.book.words
    page.heading(words["sheets"])
    for checklist, link in links:
        title = book.say(checklist.title) if checklist else link.get_name()
        book.link(page.sheet, page.row, link, title)
        if checklist:
            version = f"{book.texts['assessment']['version_label']}: {checklist.version}"
            page.sheet.write_string(page.row, 1, version, book.formats["soft"])
            book.mark("version", page.sheet, f"$B${page.row + 1}", checklist)
        page.row += 1


def _write_scale(page: _Page) -> None:
    """Lists what can be answered; the cells to fill in offer it from here."""
    book, words = page.book, page.book.words
    page.heading(words["scale"])
    page.cells(words["scale_answer"], words["scale_points"], words["scale_light"], kinds=("head",) * 3)
    first = page.row + 1
    for answer, points, light in book.answers():
        page.cells(answer, points, light)
    for name, column, least, most in (
        ("answers", "A", 0, LEVELS + 1),
        ("answers_applicable", "A", 0, LEVELS),
        ("targets", "A", 1, TOP),
        ("points", "B", 0, LEVELS + 1),
        ("lights", "C", 0, LEVELS + 1),
    ):
        book.define(book.name(name), page.sheet, f"${column}${first + least}:${column}${first + most}")


def _write_bands(page: _Page) -> None:
    """Lists how a mean level reads."""
    book, words, assessment = page.book, page.book.words, page.book.texts["assessment"]
    page.heading(assessment["how_bands"])
    page.lines(assessment["how_bands_note"])
    page.cells(words["band_meaning"], words["band"], words["band_from"], kinds=("head",) * 3)
    first = page.row + 1
    for band in book.content.scale.bands:
        page.cells(book.say(band.meaning), book.say(band.name), band.least)
    book.define(book.name("bands"), page.sheet, f"$B${first}:$B${page.row}")
    book.define(book.name("bands_from"), page.sheet, f"$C${first}:$C${page.row}")
