"""The whole instrument as an Excel workbook, to be answered without the site.

Pure: content and words in, the bytes of an ``.xlsx`` file out, the same bytes every time. Formulas
work in Excel 2010 and newer and in LibreOffice Calc; what they must give is held by
``tests/cases/score-vectors.yml`` and ``tests/cases/order-vectors.yml``, as in the browser. They speak to each other by defined names, so that they can be read.

Nothing is merged, protected or said by colour alone; every sheet is one table from cell A1, except
the first, which is text.
"""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from markupsafe import escape
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from guide.model.content import LEVELS, Checklist, Content, Criterion, Translated
from guide.reading import inline_markdown
from guide.reading.colours import read_colours
from guide.reading.project import direction
from guide.reading.schema import in_language
from guide.reading.texts import Texts, fill

_TOP = LEVELS - 1
_PROVISIONAL_BELOW = 0.8
# Any fixed date: a file that says when it was built would differ with every build.
_CREATED = datetime(2026, 1, 1)
_FIRST_DUE = date(2000, 1, 1)

# Cells are coloured as the pages are in light; what is to be filled in has a ground that pages do not know.
_LIGHT = {name: colour.light for name, colour in read_colours().items()}
_INK, _SOFT, _LINE, _ACCENT, _ACCENT_SOFT = (
    _LIGHT[name] for name in ("ink", "ink-soft", "line", "accent", "accent-soft")
)
_INPUT, _INPUT_LINE, _INPUT_HEAD = "#fffbe9", "#b9a45f", "#6b5300"
# Letters and ground of each light.
_LIGHTS = {name: (_LIGHT[name], _LIGHT[f"{name}-soft"]) for name in ("behind", "in-progress", "optimal")}


@dataclass(frozen=True)
class _Column:
    """A column of a sheet; ``key`` names its word, ``width`` is in characters."""

    key: str
    width: float
    kind: str = "text"


_LIST = (
    _Column("id", 8),
    _Column("criterion", 36),
    _Column("marks", 13),
    *(_Column(f"level{value}", 22) for value in range(LEVELS)),
    _Column("answer", 17, "input"),
    _Column("light", 14, "word"),
    _Column("points", 8, "count"),
    _Column("weight", 7, "count"),
    _Column("counting", 36),
    _Column("evidence", 28),
    _Column("note", 26, "input"),
    _Column("place", 22, "input"),
    _Column("target", 17, "input"),
    _Column("next_step", 36),
    _Column("what", 32, "input"),
    _Column("who", 20, "input"),
    _Column("due", 13, "date"),
)
# The columns that begin a new page when a checklist is printed; the first two are repeated.
_PAGE_STARTS = ("points", "target")
_PRINT_SCALE = 70  # per cent: the widest of the three parts fits a letter sheet

# The lights, in the order they are counted.
_COUNTED = ("optimal", "in-progress", "behind", "not_applicable", "unanswered")
# What the law flags stands before the score, and how the score stands before its reading.
_RESULTS = (
    _Column("checklist", 40, "link"),
    _Column("flagged", 11, "count"),
    _Column("flagged_ids", 24, "word"),
    _Column("completeness", 13, "percent"),
    _Column("provisional", 22, "word"),
    _Column("score", 12, "percent"),
    _Column("mean", 11, "mean"),
    _Column("band", 26, "word"),
    _Column("strict", 11, "percent"),
    _Column("strict_of", 16, "word"),
    _Column("criteria", 10, "count"),
    *(_Column(key, 11, "count") for key in _COUNTED),
    _Column("at_top", 10, "count"),
    _Column("reached", 11, "count"),
    _Column("possible", 11, "count"),
    _Column("drawn", 11, "percent"),
    _Column("drawn_provisional", 11, "percent"),
)
# What is printed of the results: the columns after it only explain the figures.
_RESULTS_PRINTED = "strict_of"

_PLAN = (
    _Column("place_in_plan", 7, "count"),
    _Column("checklist", 13),
    _Column("id", 8),
    _Column("criterion", 34),
    _Column("marks", 13),
    _Column("answer", 14),
    _Column("target", 14),
    _Column("next_step", 36),
    _Column("what", 28),
    _Column("who", 14),
    _Column("due", 11, "date-shown"),
    _Column("gap", 9, "count"),
    _Column("weight", 7, "count"),
    _Column("priority", 9, "count"),
)
# What is printed of the plan: the columns after it only explain the order.
_PLAN_PRINTED = "due"
# In points. A row does not grow by itself with what a formula gives, nor in every program with a text.
_LINE_HEIGHT, _PADDING, _TITLE_HEIGHT = 13, 5, 26
_PLAN_LINES = 4
_ROW_PIXELS = 20

# The hidden sheet that puts the plan in order: one row a criterion, in the order of the checklists.
_ORDER = (
    "id", "checklist", "criterion", "marks", "next_step", "critical", "quick", "tie", "row", "light", "points",
    "goal", "weight", "gap", "flag", "priority", "rank", "from", "answer", "target", "what", "who", "due",
)  # fmt: skip


def write(content: Content, texts: Texts) -> bytes:
    """The workbook in the language of ``texts``."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    _Book(book, content, texts, _formats(book, texts)).write()
    book.close()
    return _with_language(file.getvalue(), texts["format"]["locale"])


@dataclass(frozen=True)
class _Book:
    """One workbook on its way; its methods write a sheet each."""

    book: xlsxwriter.Workbook
    content: Content
    texts: Texts
    formats: dict[str, Format]

    def write(self) -> None:
        words = self.words
        self._describe()
        lists = self.content.checklists
        names = sheet_names(
            [words["readme"], *(self._say(one.short) for one in lists), words["results"], words["plan"], words["order"]]
        )
        sheets = [self.book.add_worksheet(name) for name in names]
        of_lists = list(zip(lists, sheets[1:-3], strict=True))
        readme, results, plan, order = sheets[0], *sheets[-3:]
        for sheet in sheets:
            self._set_up(sheet)
        self._write_readme(readme, [*of_lists, *((None, sheet) for sheet in sheets[-3:-1])])
        for checklist, sheet in of_lists:
            self._write_checklist(checklist, sheet)
        rows = [(checklist, one) for checklist in lists for one in checklist.criteria]
        self._write_results(results, of_lists, order, len(rows))
        self._write_order(order, rows)
        self._write_plan(plan, order, len(rows))

    # What every sheet shares

    @property
    def words(self) -> dict[str, Any]:
        return self.texts["workbook"]

    def _say(self, text: Translated | None) -> str:
        return " ".join(inline_markdown.plain(in_language(text, self.texts.code)).split()) if text else ""

    def _interface(self, text: str) -> str:
        return " ".join(inline_markdown.plain(text).split())

    def _name(self, name: str, checklist: Checklist | None = None) -> str:
        """A defined name: of the whole workbook, or of one checklist."""
        word = self.words["names"][name]
        return word if checklist is None else f"{word}_{checklist.id.replace('-', '_')}"

    def _define(self, name: str, sheet: Worksheet, cells: str) -> None:
        self.book.define_name(name, f"={_quoted(sheet)}!{cells}")

    def _describe(self) -> None:
        site, words = self.texts["site"], self.words
        self.book.set_properties(
            {
                "title": words["title"],
                "subject": site["claim"],
                "author": site["name"],
                "category": self.texts["assessment"]["kind"],
                "comments": f"{site['independent']} {site['licence']}",
                "created": _CREATED,
            }
        )

    def _set_up(self, sheet: Worksheet) -> None:
        if direction(self.texts.code) == "rtl":
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        site, words = self.texts["site"]["name"], self.words
        page = fill(_printed(words["page"]), {"page": "&P", "pages": "&N"})
        sheet.set_header(f"&L{_printed(site)}&R{_printed(sheet.get_name())}")
        sheet.set_footer(f"&L{_printed(self.texts['site']['licence'])}&R{page}")

    def _head(self, sheet: Worksheet, columns: Sequence[_Column], titles: Sequence[str], rows: int) -> None:
        """Widths, the row of titles, what is repeated on paper."""
        for place, (column, title) in enumerate(zip(columns, titles, strict=True)):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, title, self._head_format(column))
        sheet.set_row(0, 45)
        sheet.repeat_rows(0)
        # Screen readers take titles of rows and columns from a name of this form.
        last = f"{xl_col_to_name(len(columns) - 1)}{rows + 1}".lower()
        name = f"TitleRegion1.a1.{last}.{sheet.index + 1}"
        # XlsxWriter wants the sheet's apostrophes as they are here.
        self._define(f"'{sheet.get_name()}'!{name}", sheet, "$A$1")

    def _table(self, sheet: Worksheet, columns: Sequence[_Column], titles: Sequence[str], rows: int, name: str) -> None:
        """The same with a filter, as a table of its own name."""
        self._head(sheet, columns, titles, rows)
        heads = [
            {"header": title, "header_format": self._head_format(column)}
            for column, title in zip(columns, titles, strict=True)
        ]
        sheet.add_table(0, 0, rows, len(columns) - 1, {"name": name, "style": None, "columns": heads})

    def _head_format(self, column: _Column) -> Format:
        if column.kind in ("input", "date"):
            return self.formats["head-input"]
        return self.formats["head" if column.kind in ("text", "word", "link") else "head-number"]

    # The first sheet

    def _write_readme(self, sheet: Worksheet, links: Sequence[tuple[Checklist | None, Worksheet]]) -> None:
        words, assessment, formats = self.words, self.texts["assessment"], self.formats
        row, width = 0, 96

        def lines(*texts: str, kind: str = "plain") -> None:
            nonlocal row
            for text in texts:
                sheet.write_string(row, 0, text, formats[kind])
                sheet.set_row(row, _height([(text, width)]) if kind == "plain" else _TITLE_HEIGHT)
                row += 1

        def heading(text: str) -> None:
            nonlocal row
            row += 1
            lines(text, kind="heading")

        def cells(*values: object, kinds: Sequence[str] = ("text", "text", "text")) -> None:
            nonlocal row
            for place, (value, kind) in enumerate(zip(values, kinds)):
                if isinstance(value, str):
                    sheet.write_string(row, place, value, formats[kind])
                else:
                    sheet.write_number(row, place, value, formats["count"])
            row += 1

        sheet.set_column(0, 0, width)
        sheet.set_column(1, 2, 26)
        sheet.fit_to_pages(1, 0)
        total = sum(len(one.criteria) for one in self.content.checklists)
        lines(words["title"], kind="title")
        lines(fill(words["lead"], {"lists": len(self.content.checklists), "criteria": total}))

        heading(words["about"])
        for name in ("municipality", "round", "date"):
            sheet.write_string(row, 0, words[name], formats["text"])
            sheet.write_blank(row, 1, None, formats["date" if name == "date" else "input"])
            self._define(self._name(name), sheet, f"$B${row + 1}")
            if name == "date":
                self._ask_date(sheet, row, 1, words["date"], words["date_hint"])
            else:
                self._ask_text(sheet, row, row, 1, words[name], words[f"{name}_hint"])
            row += 1

        heading(words["how"])
        lines(self._interface(assessment["how_answer"]))
        titles = {"answer": words["columns"]["answer"], "plan": words["plan"], "results": words["results"]}
        lines(*(fill(words[name], titles) for name in ("how_list", "how_not_applicable", "how_plan", "how_print")))

        heading(words["figures"])
        names = ("how_weighted", "how_strict", "how_completeness", "how_critical")
        lines(*(self._interface(assessment[name]) for name in names), words["how_mean"], words["how_overall"])

        heading(words["sheets"])
        for checklist, link in links:
            title = self._say(checklist.title) if checklist else link.get_name()
            self._link(sheet, row, link, title)
            if checklist:
                version = f"{assessment['version_label']}: {checklist.version}"
                sheet.write_string(row, 1, version, formats["soft"])
            row += 1

        heading(words["scale"])
        cells(words["scale_answer"], words["scale_points"], words["scale_light"], kinds=("head",) * 3)
        first = row + 1
        for answer, points, light in self._answers():
            cells(answer, points, light)
        for name, column, least, most in (
            ("answers", "A", 0, LEVELS + 1),
            ("answers_applicable", "A", 0, LEVELS),
            ("targets", "A", 1, _TOP),
            ("points", "B", 0, LEVELS + 1),
            ("lights", "C", 0, LEVELS + 1),
        ):
            self._define(self._name(name), sheet, f"${column}${first + least}:${column}${first + most}")

        heading(assessment["how_bands"])
        lines(assessment["how_bands_note"])
        cells(words["band_meaning"], words["band"], words["band_from"], kinds=("head",) * 3)
        first = row + 1
        for band in self.content.scale.bands:
            cells(self._say(band.meaning), self._say(band.name), band.least)
        self._define(self._name("bands"), sheet, f"$B${first}:$B${row}")
        self._define(self._name("bands_from"), sheet, f"$C${first}:$C${row}")

        heading(words["privacy"])
        lines(words["privacy_text"], words["privacy_shared"])
        heading(words["independence"])
        lines(self.texts["site"]["independent"], self.texts["site"]["licence"])

    def _answers(self) -> Iterable[tuple[str, float | str, str]]:
        """What can be answered, what it is worth, its light: levels, then the two that are not."""
        status = {one.id: self._say(one.name) for one in self.content.scale.statuses}
        levels = self.content.scale.levels
        for value, level in enumerate(levels):
            yield f"{value} · {self._say(level.name)}", value, status[level.status]
        words = self.texts["assessment"]
        yield words["no_information"], 0, status[levels[0].status]
        yield words["not_applicable"], self.words["not_counted"], words["not_applicable"]

    # A checklist

    def _write_checklist(self, checklist: Checklist, sheet: Worksheet) -> None:
        titles = self._list_titles()
        count = len(checklist.criteria)
        rows = max(1, count)
        self._table(sheet, _LIST, titles, rows, self._name("table", checklist))
        sheet.freeze_panes(1, 2)
        sheet.repeat_columns(0, 1)
        sheet.set_print_scale(_PRINT_SCALE)
        sheet.print_across()
        sheet.set_v_pagebreaks([_place(_LIST, key) for key in _PAGE_STARTS])
        for row, criterion in enumerate(checklist.criteria, 1):
            self._write_criterion(sheet, row, criterion)
        self._ask(sheet, checklist.criteria)
        self._color(sheet, rows)
        for name, key in (
            ("ids", "id"), ("answers", "answer"), ("points", "points"), ("lights", "light"), ("weights", "weight"),
        ):  # fmt: skip
            column = xl_col_to_name(_place(_LIST, key))
            self._define(self._name(name, checklist), sheet, f"${column}$2:${column}${rows + 1}")
        last = xl_col_to_name(len(_LIST) - 1)
        self._define(self._name("list", checklist), sheet, f"$A$2:${last}${rows + 1}")

    def _list_titles(self) -> list[str]:
        words = self.words["columns"]
        levels = {f"level{value}": answer for value, (answer, *_) in enumerate(self._answers()) if value < LEVELS}
        return [levels.get(column.key) or words[column.key] for column in _LIST]

    def _write_criterion(self, sheet: Worksheet, row: int, criterion: Criterion) -> None:
        answer = f"{xl_col_to_name(_place(_LIST, 'answer'))}{row + 1}"
        found = f"LOOKUP(2,1/({self._name('answers')}={answer}),{{}})"
        unanswered = self.texts["results"]["unanswered"]
        lights, points = self._name("lights"), self._name("points")
        cells: dict[str, object] = {
            "id": criterion.id,
            "criterion": self._say(criterion.statement),
            "marks": self._marks(criterion),
            **{f"level{value}": self._say(text) for value, text in enumerate(criterion.levels)},
            "light": (f"=IFERROR({found.format(lights)},{_literal(unanswered)})", unanswered),
            "points": (f'=IFERROR({found.format(points)}+0,"")', ""),
            "weight": criterion.weight,
            "counting": self._counting(criterion),
            "evidence": self._say(criterion.evidence),
            "next_step": self._say(criterion.next_step),
        }
        self._write_row(sheet, row, _LIST, cells)
        texts = ((cells.get(column.key), column.width) for column in _LIST)
        sheet.set_row(row, _height((text, width) for text, width in texts if isinstance(text, str)))

    def _write_row(
        self, sheet: Worksheet, row: int, columns: Sequence[_Column], cells: dict[str, object], look: str = ""
    ) -> None:
        """Texts as texts, numbers as numbers, a pair as a formula and what it gives in a blank workbook."""
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

    def _marks(self, criterion: Criterion) -> str:
        words = self.texts["assessment"]
        marks = (
            ("critical", criterion.critical is not None),
            ("quick", criterion.quick),
            ("annual", criterion.review == "annual"),
        )
        return "; ".join(words[name] for name, marked in marks if marked)

    def _counting(self, criterion: Criterion) -> str:
        when = self._say(criterion.not_applicable)
        not_applicable = f"{self.texts['assessment']['not_applicable']}: {when}" if when else ""
        return " ".join(filter(None, (self._say(criterion.guidance), not_applicable)))

    def _ask(self, sheet: Worksheet, criteria: Sequence[Criterion]) -> None:
        """What each cell to fill in accepts, and what it says when one stands on it."""
        words, columns = self.words, self.words["columns"]
        last = max(1, len(criteria))
        for row, criterion in enumerate(criteria, 1):
            allowed = "answers" if criterion.not_applicable else "answers_applicable"
            hint = words["answer_hint" if criterion.not_applicable else "answer_hint_applicable"]
            self._ask_choice(sheet, row, row, _place(_LIST, "answer"), self._name(allowed), columns["answer"], hint)
        target = _place(_LIST, "target")
        self._ask_choice(sheet, 1, last, target, self._name("targets"), columns["target"], words["target_hint"])
        for key in ("note", "place", "what", "who"):
            self._ask_text(sheet, 1, last, _place(_LIST, key), columns[key], words[f"{key}_hint"])
        self._ask_date(sheet, 1, _place(_LIST, "due"), columns["due"], words["due_hint"], last)

    def _ask_choice(
        self, sheet: Worksheet, first: int, last: int, column: int, source: str, title: str, hint: str
    ) -> None:
        sheet.data_validation(
            first, column, last, column,
            {"validate": "list", "source": f"={source}", "input_title": title, "input_message": hint,
             "error_title": title, "error_message": self.words["choice_error"]},
        )  # fmt: skip

    def _ask_text(self, sheet: Worksheet, first: int, last: int, column: int, title: str, hint: str) -> None:
        sheet.data_validation(
            first, column, last, column, {"validate": "any", "input_title": title, "input_message": hint}
        )

    def _ask_date(
        self, sheet: Worksheet, first: int, column: int, title: str, hint: str, last: int | None = None
    ) -> None:
        sheet.data_validation(
            first, column, last or first, column,
            {"validate": "date", "criteria": ">=", "value": _FIRST_DUE, "input_title": title,
             "input_message": hint, "error_title": title, "error_message": self.words["date_error"]},
        )  # fmt: skip

    def _color(self, sheet: Worksheet, rows: int) -> None:
        column = _place(_LIST, "light")
        for status in self.content.scale.statuses:
            sheet.conditional_format(
                1, column, rows, column,
                {"type": "cell", "criteria": "==", "value": _literal(self._say(status.name)),
                 "format": self.formats[f"light-{status.id}"]},
            )  # fmt: skip

    # The results

    def _write_results(
        self, sheet: Worksheet, lists: Sequence[tuple[Checklist, Worksheet]], order: Worksheet, count: int
    ) -> None:
        words = self.words
        titles = self._result_titles()
        rows = len(lists) + 1
        self._head(sheet, _RESULTS, titles, rows)
        sheet.freeze_panes(1, 1)
        sheet.fit_to_pages(1, 0)
        for row, (checklist, link) in enumerate(lists, 1):
            self._write_row(sheet, row, _RESULTS, self._result(checklist, row + 1))
            self._link(sheet, row, link, self._say(checklist.title))
            sheet.set_row(row, _height([(self._say(checklist.title), _RESULTS[0].width)]))
        self._write_row(sheet, rows, _RESULTS, self._overall(rows, order, count), "-bold")
        self._hatch(sheet, rows)
        for name, key in (("overall", "score"), ("overall_completeness", "completeness"), ("overall_strict", "strict")):
            self._define(self._name(name), sheet, f"${xl_col_to_name(_place(_RESULTS, key))}${rows + 1}")
        below = rows + 2
        for place, name in enumerate(("municipality", "round", "date")):
            cell, kind = self._name(name), "date-shown" if name == "date" else "shown"
            sheet.write_string(below + place, 0, words[name], self.formats["text"])
            sheet.write_formula(below + place, 1, f'=IF({cell}="","",{cell})', self.formats[kind], "")
        sheet.print_area(0, 0, self._draw(sheet, len(lists), below + 4), _place(_RESULTS, _RESULTS_PRINTED))

    def _result_titles(self) -> list[str]:
        status = {one.id: self._say(one.name) for one in self.content.scale.statuses}
        words = self.words["columns"] | status
        words["not_applicable"] = self.texts["assessment"]["not_applicable"]
        words["unanswered"] = self.texts["results"]["unanswered"]
        return [words[column.key] for column in _RESULTS]

    def _result(self, checklist: Checklist, row: int) -> dict[str, object]:
        """The formulas of one checklist, each with what it gives when nothing is answered."""
        at = {column.key: f"{xl_col_to_name(place)}{row}" for place, column in enumerate(_RESULTS)}
        name = {one: self._name(one, checklist) for one in ("ids", "answers", "points", "lights", "weights")}
        count = len(checklist.criteria)

        def lights(key: str) -> str:
            column = xl_col_to_name(_place(_RESULTS, key))
            return f"=SUMPRODUCT(--({name['lights']}={column}$1))"

        unknown = self._answer(LEVELS)
        tests = [
            (
                one.id,
                f'COUNTIFS({name["ids"]},{_literal(one.id)},{name["points"]},"<={one.critical}")',
                f"COUNTIFS({name['ids']},{_literal(one.id)},{name['answers']},{unknown})",
            )
            for one in checklist.criteria
            if one.critical is not None
        ]
        listed = "&".join(
            f"IF({unproven},{_literal(', ' + fill(self.words['unproven'], {'id': id}))},"
            f'IF({flagged},{_literal(", " + id)},""))'
            for id, flagged, unproven in tests
        )
        applicable = f"({at['criteria']}-{at['not_applicable']})"
        few = f"2*{applicable}<{at['criteria']}"
        return {
            **self._shown(at, count, few),
            "score": (f'=IF(OR({few},{at["possible"]}=0),"",{self._part(at)})', ""),
            "strict": (f'=IF(OR({few},{applicable}=0),"",{at["at_top"]}/{applicable})', 0 if count else ""),
            "strict_of": (f"={self._of(at['at_top'], applicable)}", self._of_text(0, count)),
            "at_top": (f"=SUMPRODUCT(--({name['answers']}={self._answer(_TOP)}))", 0),
            "flagged": (f"={'+'.join(flagged for _, flagged, _ in tests)}", 0) if tests else 0,
            "flagged_ids": (f"=MID({listed},3,999)", "") if tests else "",
            "criteria": (f"=COUNTA({name['ids']})", count),
            **{one: (lights(one), count if one == "unanswered" else 0) for one in _COUNTED},
            "reached": (f"=SUMPRODUCT({name['weights']},{name['points']})", 0),
            "possible": (f'={_TOP}*SUMIF({name["points"]},">=0",{name["weights"]})', 0),
        }

    def _part(self, at: dict[str, str]) -> str:
        """The score, by a hair more: half a percent is shown rounded up in every program, as on the site."""
        return f"MIN(1,{at['reached']}/{at['possible']}*(1+1E-12))"

    def _of(self, part: str, whole: str) -> str:
        """Two cells as ``3 of 12``, inside a formula."""
        before, between, after = re.split(r"\{count\}|\{total\}", self.texts["overview"]["of"])
        return f"{_literal(before)}&{part}&{_literal(between)}&{whole}&{_literal(after)}"

    def _of_text(self, part: int, whole: int) -> str:
        return fill(self.texts["overview"]["of"], {"count": part, "total": whole})

    def _shown(self, at: dict[str, str], count: int, few: str) -> dict[str, object]:
        """What follows from the other figures of the same row, which has ``count`` criteria.

        ``few`` is the test whether too few of them apply to have a score.
        """
        words, score, provisional = self.words, at["score"], _literal(self.words["provisional"])
        answered = f"({at['criteria']}-{at['unanswered']})"
        applicable = f"({at['criteria']}-{at['not_applicable']})"
        # By whole numbers: a third of a sum may miss by a hair the band it is in.
        mean = f"{_TOP}*{at['reached']}/{at['possible']}"
        rounded = f"IF({score}=1,{_TOP},MIN({_TOP}-0.1,ROUND({mean}+1E-9,1)))"
        bands = f"LOOKUP({mean},{self._name('bands_from')},{self._name('bands')})"
        above = f"LOOKUP({at['mean']},{self._name('bands_from')},{self._name('bands')})"
        below = _literal(" " + words["below"])
        over = _literal(self._say(self.content.scale.over_flags.name))
        final = f'{score}="",{at["completeness"]}<{_PROVISIONAL_BELOW}'
        return {
            "mean": (f'=IF({score}="","",{rounded})', ""),
            # No reading while the score is provisional, and none that praises over an open flag.
            "band": (
                f'=IF(OR({final}),"",IF({at["flagged"]}>0,{over},{bands}&IF({above}={bands},"",{below})))', ""
            ),
            "completeness": (f"=IF({at['criteria']}=0,0,{answered}/{at['criteria']})", 0),
            "provisional": (
                f"=IF({few},{self._applies(applicable, at['criteria'])},"
                f'IF({at["completeness"]}<{_PROVISIONAL_BELOW},{provisional},""))',
                words["provisional"],
            ),
            "drawn": (f'=IF(OR({final}),0,{score})', 0),
            "drawn_provisional": (f'=IF({score}="",0,{score}-{at["drawn"]})', 0),
        }  # fmt: skip

    def _applies(self, applicable: str, criteria: str) -> str:
        """``1 of 12 criteria applies``, inside a formula."""

        def said(name: str) -> str:
            before, between, after = re.split(r"\{count\}|\{total\}", self.texts["results"][name])
            return f"{_literal(before)}&{applicable}&{_literal(between)}&{criteria}&{_literal(after)}"

        return f"IF({applicable}=1,{said('few_one')},{said('few_other')})"

    def _overall(self, lists: int, order: Worksheet, count: int) -> dict[str, object]:
        """The last row: the same sums over all criteria, and the score by the same formula."""
        at = {column.key: f"{xl_col_to_name(place)}{lists + 1}" for place, column in enumerate(_RESULTS)}
        above = {key: f"{cell.rstrip('0123456789')}2:{cell.rstrip('0123456789')}{lists}" for key, cell in at.items()}
        letters = {key: xl_col_to_name(place) for place, key in enumerate(_ORDER)}
        light, quick, answers = (
            f"{_quoted(order)}!${letters[key]}$2:${letters[key]}${count + 1}" for key in ("light", "quick", "answer")
        )
        unanswered = _literal(self.texts["results"]["unanswered"])
        not_applicable = _literal(self.texts["assessment"]["not_applicable"])

        def counted(of: int, test: str) -> str:
            return f"SUMPRODUCT(({quick}={of})*({test}))"

        # Whether nothing but the quick assessment was answered: then the strict figure is said of it.
        others, alone = counted(0, f"{light}<>{unanswered}"), counted(1, f"{light}<>{unanswered}")
        only = f"AND({others}=0,{alone}>0,SUM({quick})<{at['criteria']})"
        top = f"IF({only},{counted(1, f'{answers}={self._answer(_TOP)}')},{at['at_top']})"
        applicable = f"({at['criteria']}-{at['not_applicable']})"
        whole = f"IF({only},SUM({quick})-{counted(1, f'{light}={not_applicable}')},{applicable})"
        of_quick = f'IF({only},{_literal(self.words["of_quick"] + " ")},"")'
        return {
            **self._shown(at, count, "FALSE"),
            "checklist": self.words["overall"],
            "score": (f'=IF({at["possible"]}=0,"",{self._part(at)})', ""),
            "strict": (f'=IF({whole}=0,"",{top}/{whole})', 0 if count else ""),
            "strict_of": (f"={of_quick}&{self._of(top, whole)}", self._of_text(0, count)),
            **{
                key: (f"=SUM({above[key]})", count if key in ("criteria", "unanswered") else 0)
                for key in ("at_top", "flagged", "criteria", *_COUNTED, "reached", "possible")
            },
        }

    def _hatch(self, sheet: Worksheet, rows: int) -> None:
        """A score that is provisional is hatched; its word stands beside it."""
        place = {key: xl_col_to_name(_place(_RESULTS, key)) for key in ("score", "mean", "completeness")}
        test = f'=AND(${place["score"]}2<>"",${place["completeness"]}2<{_PROVISIONAL_BELOW})'
        for key in ("score", "mean"):
            column = _place(_RESULTS, key)
            sheet.conditional_format(
                1, column, rows, column, {"type": "formula", "criteria": test, "format": self.formats["hatched"]}
            )
        flags = xl_col_to_name(_place(_RESULTS, "flagged"))
        format = self.formats["light-behind"]
        last = _place(_RESULTS, "flagged_ids")
        sheet.conditional_format(
            1, last - 1, rows, last, {"type": "formula", "criteria": f"=${flags}2>0", "format": format}
        )

    def _answer(self, place: int) -> str:
        """The cell that holds an answer's words, to compare with."""
        return f"INDEX({self._name('answers')},{place + 1})"

    def _draw(self, sheet: Worksheet, count: int, row: int) -> int:
        """The scores as bars; the table above says the same in figures. Gives the row where it ends."""
        name = sheet.get_name()
        chart = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        for key, look in (
            ("drawn", {"fill": {"color": _ACCENT}}),
            ("drawn_provisional", {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": _ACCENT}}),
        ):
            place = _place(_RESULTS, key)
            chart.add_series(
                {
                    "name": [name, 0, place],
                    "categories": [name, 1, 0, count, 0],
                    "values": [name, 1, place, count, place],
                    "gap": 60,
                    **look,
                }
            )
        chart.set_title({"name": self.words["chart"], "name_font": {"size": 12, "color": _INK}})
        chart.set_legend({"position": "bottom"})
        percent = self.texts["format"]["percent"].replace("{value}", "0")
        axis = {
            "min": 0,
            "max": 1,
            "num_format": percent,
            "major_gridlines": {"visible": True, "line": {"color": _LINE}},
        }
        chart.set_x_axis(axis)
        chart.set_y_axis({"reverse": True, "crossing": "max"})
        height = 60 + 34 * count
        chart.set_size({"width": 860, "height": height})
        alt = fill(self.words["chart_text"], {"column": self.words["columns"]["score"]})
        sheet.insert_chart(row, 0, chart, {"description": alt, "object_position": 1})
        return row + height // _ROW_PIXELS + 1

    def _link(self, sheet: Worksheet, row: int, target: Worksheet, title: str) -> None:
        tip = fill(self.words["go"], {"sheet": target.get_name()})
        sheet.write_url(row, 0, f"internal:{_quoted(target)}!A1", self.formats["link"], title, tip)

    # The plan

    def _write_order(self, sheet: Worksheet, rows: Sequence[tuple[Checklist, Criterion]]) -> None:
        """Every criterion with its distance to the target, and its place in the plan."""
        sheet.hide()
        # What decides among equals does not depend on answers: quick criteria, foundation, place.
        equal = sorted(rows, key=lambda one: (not one[1].quick, one[0].foundation))
        ties = {criterion.id: place for place, (_, criterion) in enumerate(equal, 1)}
        for place, key in enumerate(_ORDER):
            sheet.write_string(0, place, key, self.formats["head"])
        last = len(rows) + 1
        column = {key: xl_col_to_name(place) for place, key in enumerate(_ORDER)}
        priorities = f"{column['priority']}$2:{column['priority']}${last}"
        ranks = f"{column['rank']}$2:{column['rank']}${last}"
        for row, (checklist, criterion) in enumerate(rows, 1):
            at = {key: f"${letter}{row + 1}" for key, letter in column.items()}

            def kept(key: str) -> str:
                return f"INDEX({self._name('list', checklist)},{at['row']},{_place(_LIST, key) + 1})"

            gap = f"MAX(0,{at['goal']}-{at['points']})"
            # The law first, then by weight and distance, then by the place among equals.
            unit = len(rows) + 1
            priority = f"({at['flag']}*1000+{at['weight']}*{at['gap']})*{unit}-{at['tie']}"
            legal = criterion.critical is not None
            found = f"LOOKUP(2,1/({self._name('targets')}={kept('target')}),{{1;2;3}})"
            cells: dict[str, object] = {
                "id": criterion.id,
                "checklist": self._say(checklist.short),
                "criterion": self._say(criterion.statement),
                "marks": self._marks(criterion),
                "next_step": self._say(criterion.next_step),
                "critical": criterion.critical if legal else "",
                "quick": int(criterion.quick),
                "tie": ties[criterion.id],
                "row": (
                    f"=MATCH({at['id']},{self._name('ids', checklist)},0)",
                    checklist.criteria.index(criterion) + 1,
                ),
                "light": (f"={kept('light')}", self.texts["results"]["unanswered"]),
                "points": (f"={kept('points')}", ""),
                # No target asks for less than the law.
                "goal": (f"=MAX(IFERROR({found},{_TOP}),{(criterion.critical or 0) + 1 if legal else 0})", _TOP),
                "weight": (f"={kept('weight')}", criterion.weight),
                "gap": (f"=IF(ISNUMBER({at['points']}),{gap},0)", 0),
                "flag": (f"=IF(ISNUMBER({at['points']}),--({at['points']}<={at['critical']}),0)", 0) if legal else 0,
                "priority": (f'=IF({at["gap"]}>0,{priority},"")', ""),
                "rank": (f'=IF({at["gap"]}>0,RANK({at["priority"]},{priorities}),"")', ""),
                "from": (f'=IFERROR(MATCH(ROW()-1,{ranks},0),"")', ""),
                **{key: (f'={kept(key)}&""', "") for key in ("answer", "target", "what", "who")},
                "due": (f'=IF({kept("due")}="","",{kept("due")})', ""),
            }
            self._write_row(sheet, row, [_Column(key, 0) for key in _ORDER], cells)

    def _write_plan(self, sheet: Worksheet, order: Worksheet, count: int) -> None:
        words = self.words["columns"]
        titles = [words[column.key] for column in _PLAN]
        rows = max(1, count)
        self._table(sheet, _PLAN, titles, rows, self._name("plan"))
        sheet.freeze_panes(1, 4)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, rows, _place(_PLAN, _PLAN_PRINTED))
        line = {"type": "formula", "criteria": '=$A2<>""', "format": self.formats["filled"]}
        sheet.conditional_format(1, 0, rows, len(_PLAN) - 1, line)
        letters = {key: xl_col_to_name(place) for place, key in enumerate(_ORDER)}

        def column(key: str) -> str:
            return f"{_quoted(order)}!${letters[key]}$2:${letters[key]}${count + 1}"

        empty = self.texts["overview"]["gaps_none"]
        for row in range(1, count + 1):
            place = f"{_quoted(order)}!${letters['from']}{row + 1}"
            cells: dict[str, object] = {"place_in_plan": (f'=IF({place}="","",ROW()-1)', "")}
            for key in (one.key for one in _PLAN[1:]):
                shown = f"INDEX({column(key)},{place})"
                if key == "priority":
                    shown = f"INDEX({column('weight')},{place})*INDEX({column('gap')},{place})"
                if key == "marks":  # what points to an empty text would be a zero
                    shown += '&""'
                nothing = empty if row == 1 and key == "criterion" else ""
                cells[key] = (f'=IF({place}="",{_literal(nothing)},{shown})', nothing)
            self._write_row(sheet, row, _PLAN, cells, "-free")
            sheet.set_row(row, _LINE_HEIGHT * _PLAN_LINES + _PADDING)


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


def _place(columns: Sequence[_Column], key: str) -> int:
    return next(place for place, column in enumerate(columns) if column.key == key)


def _quoted(sheet: Worksheet) -> str:
    return "'" + sheet.get_name().replace("'", "''") + "'"


def _literal(text: str) -> str:
    """A text inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """The height in points of a row with these texts, each with the width of its column."""
    # A letter of the tables' size is narrower than the unit of widths; the indent takes some.
    lines = max(len(textwrap.wrap(text, max(1, int(1.15 * (width - 1.5))))) for text, width in texts)
    return min(_LINE_HEIGHT * max(1, lines) + _PADDING, 409)


def _printed(text: str) -> str:
    """A text inside a header or footer, where an ampersand begins a code."""
    return text.replace("&", "&&")


def _formats(book: xlsxwriter.Workbook, texts: Texts) -> dict[str, Format]:
    """Every look by its name. A text is marked as one: it stays a text even when edited."""
    percent = texts["format"]["percent"]
    # 100 % only when nothing is missing.
    shown = percent.replace("{value}", "0")
    percent = f'[>=1]{shown};[>=0.99]"{percent.replace("{value}", "99")}";{shown}'
    date_shown = texts["workbook"]["date_format"]
    base = {"font_size": 10, "font_color": _INK, "text_wrap": True, "valign": "top"}
    left = base | {"align": "left", "indent": 1}
    text = left | {"quote_prefix": True}
    lined = {"bottom": 1, "bottom_color": _LINE}
    input = left | {"bg_color": _INPUT, "border": 1, "border_color": _INPUT_LINE, "locked": False}
    head = left | {"bold": True, "font_color": _LIGHT["on-accent"], "bg_color": _ACCENT, "valign": "vcenter"}
    number = base | lined | {"align": "center"}
    looks: dict[str, dict[str, Any]] = {
        "text": text | lined,
        "plain": text,
        "shown": left | lined,
        "soft": text | {"font_color": _SOFT},
        "title": text | {"bold": True, "font_size": 18, "font_color": _ACCENT},
        "heading": text | {"bold": True, "font_size": 13, "font_color": _ACCENT},
        "head": head,
        "head-number": head | {"align": "center", "indent": 0},
        "head-input": head | {"bg_color": _INPUT_HEAD},
        "input": input,
        "date": input | {"num_format": date_shown, "align": "center", "indent": 0},
        "date-shown": number | {"num_format": date_shown},
        "word": left | lined | {"bold": True},
        "count": number,
        "percent": number | {"num_format": percent},
        "mean": number | {"num_format": "0.0"},
        "hatched": {"pattern": 14, "fg_color": _LINE, "bg_color": _LIGHT["ground"], "italic": True},
        "link": text | lined | {"font_color": _ACCENT, "underline": 1},
        "filled": lined,
        **{f"light-{id}": {"font_color": ink, "bg_color": ground} for id, (ink, ground) in _LIGHTS.items()},
    }
    looks |= {
        f"{name}-bold": looks[name] | {"bold": True, "top": 2, "top_color": _ACCENT, "bg_color": _ACCENT_SOFT}
        for name in ("link", "percent", "mean", "word", "count")
    }
    looks |= {f"{name}-free": looks[name] | {"bottom": 0} for name in ("shown", "count", "date-shown")}
    looks["link-bold"] |= {"font_color": _INK, "underline": 0}
    return {name: book.add_format(look) for name, look in looks.items()}


def _with_language(file: bytes, locale: str) -> bytes:
    """The same file with its language among its properties, which XlsxWriter cannot write."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                language = f"<dc:language>{escape(locale)}</dc:language>".encode()
                data = data.replace(b"</cp:coreProperties>", language + b"</cp:coreProperties>")
            target.writestr(part, data)
    return made.getvalue()
