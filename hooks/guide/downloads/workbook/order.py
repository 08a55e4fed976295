"""Writes the hidden sheet that puts the plan in order: a row per criterion."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook.book import Book
from guide.downloads.workbook.cells import TOP, Column, place_of
from guide.downloads.workbook.checklist import LIST
from guide.model.content import Checklist, Criterion

# The columns; the rows are in the order of the checklists.
ORDER = (
    "id", "checklist", "criterion", "marks", "next_step", "critical", "quick", "tie", "row", "light", "points",
    "goal", "weight", "gap", "flag", "priority", "rank", "from", "answer", "target", "what", "who", "due",
)  # fmt: skip


def write(book: Book, sheet: Worksheet, rows: Sequence[tuple[Checklist, Criterion]]) -> None:
    """Writes every criterion with its distance to the target, and its place in the plan."""
    sheet.hide()
    # What decides among equals does not depend on answers: quick criteria, foundation, place.
    equal = sorted(rows, key=lambda one: (not one[1].quick, one[0].foundation))
    ties = {criterion.id: place for place, (_, criterion) in enumerate(equal, 1)}
    for place, key in enumerate(ORDER):
        sheet.write_string(0, place, key, book.formats["head"])
    columns = [Column(key, 0) for key in ORDER]
    for row, (checklist, criterion) in enumerate(rows, 1):
        texts = _texts(book, checklist, criterion) | {"tie": ties[criterion.id]}
        book.write_row(sheet, row, columns, texts | _figures(book, checklist, criterion, row, len(rows)))


def _texts(book: Book, checklist: Checklist, criterion: Criterion) -> dict[str, object]:
    """Returns what does not depend on answers."""
    return {
        "id": criterion.id,
        "checklist": book.say(checklist.short),
        "criterion": book.say(criterion.statement),
        "marks": book.marks(criterion),
        "next_step": book.say(criterion.next_step),
        "critical": criterion.critical if criterion.critical is not None else "",
        "quick": int(criterion.quick),
    }


def _figures(book: Book, checklist: Checklist, criterion: Criterion, row: int, count: int) -> dict[str, object]:
    """Returns the formulas of one of ``count`` criteria, each with what it gives when nothing is answered."""
    letters = {key: xl_col_to_name(place) for place, key in enumerate(ORDER)}
    at = {key: f"${letter}{row + 1}" for key, letter in letters.items()}
    priorities, ranks = (f"{letters[key]}$2:{letters[key]}${count + 1}" for key in ("priority", "rank"))

    def kept(key: str) -> str:
        return f"INDEX({book.name('list', checklist)},{at['row']},{place_of(LIST, key) + 1})"

    gap = f"MAX(0,{at['goal']}-{at['points']})"
    # The law first, then by weight and distance, then by the place among equals.
    priority = f"({at['flag']}*1000+{at['weight']}*{at['gap']})*{count + 1}-{at['tie']}"
    found = f"LOOKUP(2,1/({book.name('targets')}={kept('target')}),{{1;2;3}})"
    flag: object = 0
    least = 0
    if criterion.critical is not None:
        flag = (f"=IF(ISNUMBER({at['points']}),--({at['points']}<={at['critical']}),0)", 0)
        # No target asks for less than the law.
        least = criterion.critical + 1
    return {
        "row": (f"=MATCH({at['id']},{book.name('ids', checklist)},0)", checklist.criteria.index(criterion) + 1),
        "light": (f"={kept('light')}", book.texts["results"]["unanswered"]),
        "points": (f"={kept('points')}", ""),
        # Level 0 is not offered, but the site lets one ask for no more than that.
        "goal": (f"=MAX(IFERROR({found},IF({kept('target')}={book.answer(0)},0,{TOP})),{least})", TOP),
        "weight": (f"={kept('weight')}", criterion.weight),
        "gap": (f"=IF(ISNUMBER({at['points']}),{gap},0)", 0),
        "flag": flag,
        "priority": (f'=IF({at["gap"]}>0,{priority},"")', ""),
        "rank": (f'=IF({at["gap"]}>0,RANK({at["priority"]},{priorities}),"")', ""),
        "from": (f'=IFERROR(MATCH(ROW()-1,{ranks},0),"")', ""),
        **{key: (f'={kept(key)}&""', "") for key in ("answer", "target", "what", "who")},
        "due": (f'=IF({kept("due")}="","",{kept("due")})', ""),
    }
