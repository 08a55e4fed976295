"""Writes the sheet of a checklist: a row per criterion, with what to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook.book import Book
from guide.downloads.workbook.cells import Column, height_of, literal, place_of
from guide.model.content import LEVELS, Checklist, Criterion

LIST = (
    Column("id", 8),
    Column("criterion", 36),
    Column("marks", 13),
    *(Column(f"level{value}", 22) for value in range(LEVELS)),
    Column("answer", 17, "input"),
    Column("light", 14, "word"),
    Column("points", 8, "count"),
    Column("weight", 7, "count"),
    Column("counting", 36),
    Column("evidence", 28),
    Column("note", 26, "input"),
    Column("place", 22, "input"),
    Column("target", 17, "input"),
    Column("next_step", 36),
    Column("what", 32, "input"),
    Column("who", 20, "input"),
    Column("due", 13, "date"),
)
# What the site reads of a filled workbook, beside the ids: what is to be filled in.
FILLED = ("answer", "note", "place", "target", "what", "who", "due")
# The columns that begin a new page when a checklist is printed; the first two are repeated.
_PAGE_STARTS = ("points", "target")
_PRINT_SCALE = 70  # per cent: the widest of the three parts fits a letter sheet


def write(book: Book, checklist: Checklist, sheet: Worksheet) -> None:
    """Writes the sheet of ``checklist``."""
    titles = _list_titles(book)
    count = len(checklist.criteria)
    rows = max(1, count)
    book.table(sheet, LIST, titles, rows, book.name("table", checklist))
    sheet.freeze_panes(1, 2)
    sheet.repeat_columns(0, 1)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.print_across()
    sheet.set_v_pagebreaks([place_of(LIST, key) for key in _PAGE_STARTS])
    for row, criterion in enumerate(checklist.criteria, 1):
        _write_criterion(book, sheet, row, criterion)
    _ask(book, sheet, checklist.criteria)
    _color(book, sheet, rows)
    for name, key in (
        ("ids", "id"), ("answers", "answer"), ("points", "points"), ("lights", "light"), ("weights", "weight"),
    ):  # fmt: skip
        column = xl_col_to_name(place_of(LIST, key))
        book.define(book.name(name, checklist), sheet, f"${column}$2:${column}${rows + 1}")
    for key in ("id", *FILLED):
        column = xl_col_to_name(place_of(LIST, key))
        book.mark(key, sheet, f"${column}$2:${column}${rows + 1}", checklist)
    last = xl_col_to_name(len(LIST) - 1)
    book.define(book.name("list", checklist), sheet, f"$A$2:${last}${rows + 1}")


def _list_titles(book: Book) -> list[str]:
    words = book.words["columns"]
    levels = {f"level{value}": answer for value, (answer, *_) in enumerate(book.answers()) if value < LEVELS}
    return [levels.get(column.key) or words[column.key] for column in LIST]


def _write_criterion(book: Book, sheet: Worksheet, row: int, criterion: Criterion) -> None:
    answer = f"{xl_col_to_name(place_of(LIST, 'answer'))}{row + 1}"
    found = f"LOOKUP(2,1/({book.name('answers')}={answer}),{{}})"
    unanswered = book.texts["results"]["unanswered"]
    lights, points = book.name("lights"), book.name("points")
    cells: dict[str, object] = {
        "id": criterion.id,
        "criterion": book.say(criterion.statement),
        "marks": book.marks(criterion),
        **{f"level{value}": book.say(text) for value, text in enumerate(criterion.levels)},
        "light": (f"=IFERROR({found.format(lights)},{literal(unanswered)})", unanswered),
        "points": (f'=IFERROR({found.format(points)}+0,"")', ""),
        "weight": criterion.weight,
        "counting": _counting(book, criterion),
        "evidence": book.say(criterion.evidence),
        "next_step": book.say(criterion.next_step),
    }
    book.write_row(sheet, row, LIST, cells)
    texts = ((cells.get(column.key), column.width) for column in LIST)
    sheet.set_row(row, height_of((text, width) for text, width in texts if isinstance(text, str)))


def _counting(book: Book, criterion: Criterion) -> str:
    when = book.say(criterion.not_applicable)
    not_applicable = f"{book.texts['assessment']['not_applicable']}: {when}" if when else ""
    return " ".join(filter(None, (book.say(criterion.guidance), not_applicable)))


def _ask(book: Book, sheet: Worksheet, criteria: Sequence[Criterion]) -> None:
    """Adds data validation and input messages to the cells to fill in."""
    words, columns = book.words, book.words["columns"]
    last = max(1, len(criteria))
    for row, criterion in enumerate(criteria, 1):
        allowed = "answers" if criterion.not_applicable else "answers_applicable"
        hint = words["answer_hint" if criterion.not_applicable else "answer_hint_applicable"]
        book.ask_choice(sheet, row, row, place_of(LIST, "answer"), book.name(allowed), columns["answer"], hint)
    target = place_of(LIST, "target")
    book.ask_choice(sheet, 1, last, target, book.name("targets"), columns["target"], words["target_hint"])
    for key in ("note", "place", "what", "who"):
        book.ask_text(sheet, 1, last, place_of(LIST, key), columns[key], words[f"{key}_hint"])
    book.ask_date(sheet, 1, place_of(LIST, "due"), columns["due"], words["due_hint"], last)


def _color(book: Book, sheet: Worksheet, rows: int) -> None:
    column = place_of(LIST, "light")
    for status in book.content.scale.statuses:
        sheet.conditional_format(
            1, column, rows, column,
            {"type": "cell", "criteria": "==", "value": literal(book.say(status.name)),
             "format": book.formats[f"light-{status.id}"]},
        )  # fmt: skip
