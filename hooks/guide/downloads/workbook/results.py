"""Writes the sheet of results: a row per checklist, the overall row, the chart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from guide.downloads.workbook.book import Book
from guide.downloads.workbook.cells import PROVISIONAL_BELOW, TOP, Column, height_of, literal, place_of, quoted
from guide.downloads.workbook.looks import ACCENT, INK, LINE
from guide.downloads.workbook.order import ORDER
from guide.model.content import LEVELS, Checklist
from guide.reading.texts import fill

# The lights, in the order they are counted.
_COUNTED = ("optimal", "in-progress", "behind", "not_applicable", "unanswered")
# What the law flags stands before the score, and how the score stands before its reading.
_RESULTS = (
    Column("checklist", 40, "link"),
    Column("flagged", 11, "count"),
    Column("flagged_ids", 24, "word"),
    Column("completeness", 13, "percent"),
    Column("provisional", 22, "word"),
    Column("score", 12, "percent"),
    Column("mean", 11, "mean"),
    Column("band", 26, "word"),
    Column("strict", 11, "percent"),
    Column("strict_of", 16, "word"),
    Column("criteria", 10, "count"),
    *(Column(key, 11, "count") for key in _COUNTED),
    Column("at_top", 10, "count"),
    Column("reached", 11, "count"),
    Column("possible", 11, "count"),
    Column("drawn", 11, "percent"),
    Column("drawn_provisional", 11, "percent"),
)
# What is printed of the results: the columns after it only explain the figures.
_RESULTS_PRINTED = "strict_of"
_ROW_PIXELS = 20


def write(
    book: Book, sheet: Worksheet, lists: Sequence[tuple[Checklist, Worksheet]], order: Worksheet, count: int
) -> None:
    """Writes the sheet; ``order`` is the sheet that has all ``count`` criteria in one list."""
    words = book.words
    titles = _result_titles(book)
    rows = len(lists) + 1
    book.head(sheet, _RESULTS, titles, rows)
    sheet.freeze_panes(1, 1)
    sheet.fit_to_pages(1, 0)
    for row, (checklist, link) in enumerate(lists, 1):
        book.write_row(sheet, row, _RESULTS, _result(book, checklist, row + 1))
        book.link(sheet, row, link, book.say(checklist.title))
        sheet.set_row(row, height_of([(book.say(checklist.title), _RESULTS[0].width)]))
    book.write_row(sheet, rows, _RESULTS, _overall(book, rows, order, count), "-bold")
    _hatch(book, sheet, rows)
    for name, key in (("overall", "score"), ("overall_completeness", "completeness"), ("overall_strict", "strict")):
        book.define(book.name(name), sheet, f"${xl_col_to_name(place_of(_RESULTS, key))}${rows + 1}")
    below = rows + 2
    for place, name in enumerate(("municipality", "round", "date")):
        cell, kind = book.name(name), "date-shown" if name == "date" else "shown"
        sheet.write_string(below + place, 0, words[name], book.formats["text"])
        sheet.write_formula(below + place, 1, f'=IF({cell}="","",{cell})', book.formats[kind], "")
    sheet.print_area(0, 0, _draw(book, sheet, len(lists), below + 4), place_of(_RESULTS, _RESULTS_PRINTED))


def _result_titles(book: Book) -> list[str]:
    status = {one.id: book.say(one.name) for one in book.content.scale.statuses}
    words = book.words["columns"] | status
    words["not_applicable"] = book.texts["assessment"]["not_applicable"]
    words["unanswered"] = book.texts["results"]["unanswered"]
    return [words[column.key] for column in _RESULTS]


def _result(book: Book, checklist: Checklist, row: int) -> dict[str, object]:
    """Returns the formulas of one checklist, each with what it gives when nothing is answered."""
    at = {column.key: f"{xl_col_to_name(place)}{row}" for place, column in enumerate(_RESULTS)}
    name = {one: book.name(one, checklist) for one in ("ids", "answers", "points", "lights", "weights")}
    count = len(checklist.criteria)

    def lights(key: str) -> str:
        column = xl_col_to_name(place_of(_RESULTS, key))
        return f"=SUMPRODUCT(--({name['lights']}={column}$1))"

    applicable = f"({at['criteria']}-{at['not_applicable']})"
    few = f"2*{applicable}<{at['criteria']}"
    return {
        **_shown(book, at, count, few),
        "score": (f'=IF(OR({few},{at["possible"]}=0),"",{_part(book, at)})', ""),
        "strict": (f'=IF(OR({few},{applicable}=0),"",{at["at_top"]}/{applicable})', 0 if count else ""),
        "strict_of": (f"={_of(book, at['at_top'], applicable)}", _of_text(book, 0, count)),
        "at_top": (f"=SUMPRODUCT(--({name['answers']}={book.answer(TOP)}))", 0),
        **_flags(book, checklist),
        "criteria": (f"=COUNTA({name['ids']})", count),
        **{one: (lights(one), count if one == "unanswered" else 0) for one in _COUNTED},
        "reached": (f"=SUMPRODUCT({name['weights']},{name['points']})", 0),
        "possible": (f'={TOP}*SUMIF({name["points"]},">=0",{name["weights"]})', 0),
    }


def _flags(book: Book, checklist: Checklist) -> dict[str, object]:
    """Returns how many criteria break the law, and which; nothing where no criterion is about it."""
    name = {one: book.name(one, checklist) for one in ("ids", "answers", "points")}
    tests = [
        (
            one.id,
            f'COUNTIFS({name["ids"]},{literal(one.id)},{name["points"]},"<={one.critical}")',
            f"COUNTIFS({name['ids']},{literal(one.id)},{name['answers']},{book.answer(LEVELS)})",
        )
        for one in checklist.criteria
        if one.critical is not None
    ]
    if not tests:
        return {"flagged": 0, "flagged_ids": ""}
    listed = "&".join(
        f"IF({unproven},{literal(', ' + fill(book.words['unproven'], {'id': id}))},"
        f'IF({flagged},{literal(", " + id)},""))'
        for id, flagged, unproven in tests
    )
    return {
        "flagged": (f"={'+'.join(flagged for _, flagged, _ in tests)}", 0),
        "flagged_ids": (f"=MID({listed},3,999)", ""),
    }


def _part(book: Book, at: dict[str, str]) -> str:
    """Returns the score, by a hair more: half a percent is shown rounded up in every program, as on the site."""
    return f"MIN(1,{at['reached']}/{at['possible']}*(1+1E-12))"


def _of(book: Book, part: str, whole: str) -> str:
    """Two cells as ``3 of 12``, inside a formula."""
    before, between, after = re.split(r"\{count\}|\{total\}", book.texts["overview"]["of"])
    return f"{literal(before)}&{part}&{literal(between)}&{whole}&{literal(after)}"


def _of_text(book: Book, part: int, whole: int) -> str:
    return fill(book.texts["overview"]["of"], {"count": part, "total": whole})


def _shown(book: Book, at: dict[str, str], count: int, few: str) -> dict[str, object]:
    """Returns what follows from the other figures of the same row, which has ``count`` criteria.

    ``few`` is the test whether too few of them apply to have a score.
    """
    words, score, provisional = book.words, at["score"], literal(book.words["provisional"])
    answered = f"({at['criteria']}-{at['unanswered']})"
    applicable = f"({at['criteria']}-{at['not_applicable']})"
    # By whole numbers: a third of a sum may miss by a hair the band it is in.
    mean = f"{TOP}*{at['reached']}/{at['possible']}"
    rounded = f"IF({score}=1,{TOP},MIN({TOP}-0.1,ROUND({mean}+1E-9,1)))"
    bands = f"LOOKUP({mean},{book.name('bands_from')},{book.name('bands')})"
    above = f"LOOKUP({at['mean']},{book.name('bands_from')},{book.name('bands')})"
    below = literal(" " + words["below"])
    over = literal(book.say(book.content.scale.over_flags.name))
    final = f'{score}="",{at["completeness"]}<{PROVISIONAL_BELOW}'
    return {
        "mean": (f'=IF({score}="","",{rounded})', ""),
        # No reading while the score is provisional, and none that praises over an open flag.
        "band": (
            f'=IF(OR({final}),"",IF({at["flagged"]}>0,{over},{bands}&IF({above}={bands},"",{below})))', ""
        ),
        "completeness": (f"=IF({at['criteria']}=0,0,{answered}/{at['criteria']})", 0),
        "provisional": (
            f"=IF({few},{_applies(book, applicable, at['criteria'])},"
            f'IF({at["completeness"]}<{PROVISIONAL_BELOW},{provisional},""))',
            words["provisional"],
        ),
        "drawn": (f'=IF(OR({final}),0,{score})', 0),
        "drawn_provisional": (f'=IF({score}="",0,{score}-{at["drawn"]})', 0),
    }  # fmt: skip


def _applies(book: Book, applicable: str, criteria: str) -> str:
    """``1 of 12 criteria applies``, inside a formula."""

    def said(name: str) -> str:
        before, between, after = re.split(r"\{count\}|\{total\}", book.texts["results"][name])
        return f"{literal(before)}&{applicable}&{literal(between)}&{criteria}&{literal(after)}"

    return f"IF({applicable}=1,{said('few_one')},{said('few_other')})"


def _overall(book: Book, lists: int, order: Worksheet, count: int) -> dict[str, object]:
    """Returns the last row: the same sums over all criteria, and the score by the same formula."""
    at = {column.key: f"{xl_col_to_name(place)}{lists + 1}" for place, column in enumerate(_RESULTS)}
    above = {key: f"{cell.rstrip('0123456789')}2:{cell.rstrip('0123456789')}{lists}" for key, cell in at.items()}
    letters = {key: xl_col_to_name(place) for place, key in enumerate(ORDER)}
    light, quick, answers = (
        f"{quoted(order)}!${letters[key]}$2:${letters[key]}${count + 1}" for key in ("light", "quick", "answer")
    )
    unanswered = literal(book.texts["results"]["unanswered"])
    not_applicable = literal(book.texts["assessment"]["not_applicable"])

    def counted(of: int, test: str) -> str:
        return f"SUMPRODUCT(({quick}={of})*({test}))"

    # Whether nothing but the quick assessment was answered: then the strict figure is said of it.
    others, alone = counted(0, f"{light}<>{unanswered}"), counted(1, f"{light}<>{unanswered}")
    only = f"AND({others}=0,{alone}>0,SUM({quick})<{at['criteria']})"
    top = f"IF({only},{counted(1, f'{answers}={book.answer(TOP)}')},{at['at_top']})"
    applicable = f"({at['criteria']}-{at['not_applicable']})"
    whole = f"IF({only},SUM({quick})-{counted(1, f'{light}={not_applicable}')},{applicable})"
    of_quick = f'IF({only},{literal(book.words["of_quick"] + " ")},"")'
    return {
        **_shown(book, at, count, "FALSE"),
        "checklist": book.words["overall"],
        "score": (f'=IF({at["possible"]}=0,"",{_part(book, at)})', ""),
        "strict": (f'=IF({whole}=0,"",{top}/{whole})', 0 if count else ""),
        "strict_of": (f"={of_quick}&{_of(book, top, whole)}", _of_text(book, 0, count)),
        **{
            key: (f"=SUM({above[key]})", count if key in ("criteria", "unanswered") else 0)
            for key in ("at_top", "flagged", "criteria", *_COUNTED, "reached", "possible")
        },
    }


def _hatch(book: Book, sheet: Worksheet, rows: int) -> None:
    """A score that is provisional is hatched; its word stands beside it."""
    place = {key: xl_col_to_name(place_of(_RESULTS, key)) for key in ("score", "mean", "completeness")}
    test = f'=AND(${place["score"]}2<>"",${place["completeness"]}2<{PROVISIONAL_BELOW})'
    for key in ("score", "mean"):
        column = place_of(_RESULTS, key)
        sheet.conditional_format(
            1, column, rows, column, {"type": "formula", "criteria": test, "format": book.formats["hatched"]}
        )
    flags = xl_col_to_name(place_of(_RESULTS, "flagged"))
    format = book.formats["light-behind"]
    last = place_of(_RESULTS, "flagged_ids")
    sheet.conditional_format(
        1, last - 1, rows, last, {"type": "formula", "criteria": f"=${flags}2>0", "format": format}
    )


def _draw(book: Book, sheet: Worksheet, count: int, row: int) -> int:
    """Returns the scores as bars; the table above says the same in figures. Gives the row where it ends."""
    name = sheet.get_name()
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    for key, look in (
        ("drawn", {"fill": {"color": ACCENT}}),
        ("drawn_provisional", {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": ACCENT}}),
    ):
        place = place_of(_RESULTS, key)
        chart.add_series(
            {
                "name": [name, 0, place],
                "categories": [name, 1, 0, count, 0],
                "values": [name, 1, place, count, place],
                "gap": 60,
                **look,
            }
        )
    chart.set_title({"name": book.words["chart"], "name_font": {"size": 12, "color": INK}})
    chart.set_legend({"position": "bottom"})
    percent = book.texts["format"]["percent"].replace("{value}", "0")
    axis = {
        "min": 0,
        "max": 1,
        "num_format": percent,
        "major_gridlines": {"visible": True, "line": {"color": LINE}},
    }
    chart.set_x_axis(axis)
    chart.set_y_axis({"reverse": True, "crossing": "max"})
    height = 60 + 34 * count
    chart.set_size({"width": 860, "height": height})
    alt = fill(book.words["chart_text"], {"column": book.words["columns"]["score"]})
    sheet.insert_chart(row, 0, chart, {"description": alt, "object_position": 1})
    return row + height // _ROW_PIXELS + 1
