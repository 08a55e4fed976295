"""The workbook: its figures calculated by a real spreadsheet program, its structure, its bytes."""

from __future__ import annotations

import dataclasses
import io
import math
import re
import zipfile
from datetime import date, datetime
from fractions import Fraction

import openpyxl
import pytest
import yaml

from guide.downloads import workbook
from guide.model.content import Checklist, Content, Criterion
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import CASE_FILES
from tests.sheets import EMPTY, Cell, read
from tools.office import recalculate

VECTORS = yaml.safe_load((CASE_FILES / "score-vectors.yml").read_text("utf-8"))
ORDERS = yaml.safe_load((CASE_FILES / "order-vectors.yml").read_text("utf-8"))
RISKY = ("=1+1", "+1", "-1", "@SUM(1)", "<b>a & b</b>", '"')
# Answers of the real checklists, to see the plan: levels, no information, not applicable, unanswered.
LETTERS = "3120nx.1"
BLANK, TAKEN = "es", "en"
# The vectors are spread over this many workbooks: the more sheets one has, the longer the program takes for each.
PARTS = 4


def text(one: str) -> dict[str, str]:
    return {"es": one, "en": one}


@pytest.fixture(scope="session")
def texts(project: Project):
    return {code: open_texts(project, code) for code in project.codes}


@pytest.fixture(scope="session")
def vectors(content: Content) -> Content:
    """A content whose checklists are the vectors."""
    (base, *_) = content.checklists
    (model, *_) = base.criteria
    plain = dataclasses.replace(model, critical=None, not_applicable=text("x"))
    return dataclasses.replace(
        content,
        checklists=tuple(
            Checklist(
                **vars(base)
                | {
                    "id": f"v-{place}",
                    "short": text(f"V {place}"),
                    "title": text(vector["name"]),
                    "criteria": tuple(
                        dataclasses.replace(
                            plain,
                            quick=False,
                            id=f"v-{place}-{number}",
                            weight=(vector.get("weights") or [1] * 999)[number - 1],
                            critical=vector.get("critical", {}).get(number),
                        )
                        for number in range(1, len(vector["answers"]) + 1)
                    ),
                }
            )
            for place, vector in enumerate(VECTORS)
        ),
    )


def ordered(content: Content, vector: dict) -> Content:
    """A content whose checklists are those of an order vector."""
    (base, *_) = content.checklists
    (model, *_) = base.criteria
    return dataclasses.replace(
        content,
        checklists=tuple(
            Checklist(
                **vars(base)
                | {
                    "id": f"l-{place}",
                    "short": text(f"L {place}"),
                    "foundation": one["foundation"],
                    "criteria": tuple(
                        dataclasses.replace(
                            model,
                            id=id,
                            weight=said.get("weight", 1),
                            critical=said.get("critical"),
                            quick=said.get("quick", False),
                            review="once",
                            not_applicable=text("x"),
                        )
                        for id, said in one["criteria"].items()
                    ),
                }
            )
            for place, one in enumerate(vector["lists"])
        ),
    )


def answer_order(book: openpyxl.Workbook, words, vector: dict) -> None:
    """Types the answers and targets of an order vector."""
    offered, columns = choices(book, words, "targets"), words["workbook"]["columns"]
    given = [[str(vector.get("all", said["answer"])) for said in one["criteria"].values()] for one in vector["lists"]]
    answer(book, words, given)
    for sheet, one in zip(book.worksheets[1:], vector["lists"]):
        for row, said in enumerate(one["criteria"].values(), 2):
            # A target of 0 is none of those that are offered: it asks for nothing.
            if said.get("target"):
                sheet.cell(row, column(sheet, columns["target"])).value = offered[said["target"] - 1]


@pytest.fixture(scope="session")
def risky(content: Content) -> Content:
    """A content all of whose texts could be taken for formulas."""

    def spoilt(criterion: Criterion, place: int) -> Criterion:
        one = text(RISKY[place % len(RISKY)])
        names = ("statement", "evidence", "next_step", "guidance")
        return dataclasses.replace(criterion, levels=(one,) * 4, **dict.fromkeys(names, one))

    return dataclasses.replace(
        content,
        checklists=tuple(
            dataclasses.replace(
                one,
                title=text(RISKY[place % len(RISKY)]),
                short=text(f"={place}['a']"),
                criteria=tuple(spoilt(each, number) for number, each in enumerate(one.criteria)),
            )
            for place, one in enumerate(content.checklists)
        ),
    )


@pytest.fixture(scope="session")
def files(content: Content, texts) -> dict[str, bytes]:
    return {code: workbook.write(content, words) for code, words in texts.items()}


@pytest.fixture(scope="session")
def books(files) -> dict[str, openpyxl.Workbook]:
    """The workbooks as they are written; tests only read them."""
    return {code: opened(file) for code, file in files.items()}


@pytest.fixture(scope="session")
def calculated(tmp_path_factory, content, texts, files, vectors, risky) -> dict[str, dict[str, list[list[Cell]]]]:
    """Every workbook of these tests after a spreadsheet program has calculated it, by its name."""
    folder = tmp_path_factory.mktemp("workbooks")
    for code in texts:
        for part in range(PARTS):
            some = dataclasses.replace(vectors, checklists=vectors.checklists[part::PARTS])
            book = opened(workbook.write(some, texts[code]))
            answer(book, texts[code], [one["answers"] for one in VECTORS[part::PARTS]])
            book.save(folder / f"vectors-{code}-{part}.xlsx")
    # The default language blank and the last one answered: with the vectors, both have been calculated.
    opened(files[BLANK]).save(folder / "blank.xlsx")
    book = opened(files[TAKEN])
    answer(book, texts[TAKEN], [(LETTERS * 3)[: len(one.criteria)] for one in content.checklists])
    plan_for(book, texts[TAKEN])
    book.save(folder / "taken.xlsx")
    opened(workbook.write(risky, texts[BLANK])).save(folder / "risky.xlsx")
    for place, vector in enumerate(ORDERS):
        book = opened(workbook.write(ordered(content, vector), texts[BLANK]))
        answer_order(book, texts[BLANK], vector)
        book.save(folder / f"order-{place}.xlsx")
    book = opened(files[BLANK])
    answer(book, texts[BLANK], ["".join("2" if c.quick else "." for c in one.criteria) for one in content.checklists])
    book.save(folder / "quick.xlsx")
    recalculate(sorted(folder.glob("*.xlsx")), folder)
    return {path.stem: read(path) for path in folder.glob("*.fods")}


def opened(file: bytes) -> openpyxl.Workbook:
    """Without the values the file came with: saved again, all of them have to be calculated."""
    return openpyxl.load_workbook(io.BytesIO(file))


def column(sheet, title: str) -> int:
    """The place of the column with this title, from 1."""
    (place,) = [cell.column for cell in sheet[1] if cell.value == title]
    return place


def choices(book: openpyxl.Workbook, words, name: str) -> list[str]:
    """The words a drop-down list of this name offers."""
    cells = book.defined_names[words["workbook"]["names"][name]].attr_text.replace("$", "")
    sheet, _, area = cells.rpartition("!")
    return [row[0].value for row in book[sheet.strip("'")][area]]


def answer(book: openpyxl.Workbook, words, letters: list[str]) -> None:
    """Types answers into the sheets, as a reader would with the list."""
    offered = choices(book, words, "answers")
    typed = {**{str(level): offered[level] for level in range(4)}, "n": offered[4], "x": offered[5], ".": None}
    for sheet, given in zip(book.worksheets[1:], letters):
        place = column(sheet, words["workbook"]["columns"]["answer"])
        for row, letter in enumerate(given, 2):
            sheet.cell(row, place).value = typed.get(letter, letter)


def plan_for(book: openpyxl.Workbook, words) -> None:
    """A target below the top, one already reached, and a plan for one criterion, in the first checklist."""
    sheet, columns = book.worksheets[1], words["workbook"]["columns"]
    targets = choices(book, words, "targets")
    for row, target in ((3, targets[1]), (4, targets[0])):
        sheet.cell(row, column(sheet, columns["target"])).value = target
    for key, value in (("what", "=Una mesa"), ("who", "Planeación"), ("due", date(2027, 6, 30))):
        cell = sheet.cell(5, column(sheet, columns[key]))
        cell.value = value
        cell.data_type = "d" if key == "due" else "s"


def table(sheet: list[list[Cell]]) -> list[dict[str, Cell]]:
    """The rows under the titles, by title; they end at the first row without its first cell."""
    titles = [cell.shown for cell in sheet[0]]
    rows = []
    for row in sheet[1:]:
        if not row or row[0].value is None:
            break
        rows.append(dict(zip(titles, row + [EMPTY] * len(titles))))
    return rows


def results(calculated, name: str, words) -> list[dict[str, Cell]]:
    """The rows of the results by the keys of their words."""
    titles = words["workbook"]["columns"]
    rows = table(calculated[name][words["workbook"]["results"]])
    return [{key: row.get(title, EMPTY) for key, title in titles.items()} for row in rows]


@pytest.mark.parametrize("code", ["es", "en"])
@pytest.mark.parametrize("place", range(len(VECTORS)), ids=[one["name"] for one in VECTORS])
def test_a_checklist_scores_as_everywhere_else(calculated, texts, vectors, code, place):
    vector, expect = VECTORS[place], VECTORS[place]["expect"]
    found = results(calculated, f"vectors-{code}-{place % PARTS}", texts[code])[place // PARTS]
    assert found["checklist"].shown == vector["name"]
    assert found["criteria"].value == len(vector["answers"])
    assert found["completeness"].value == pytest.approx(float(Fraction(expect["completeness"])))
    reached, of = expect["strict"]
    few, said = expect.get("few", False), texts[code]
    assert found["at_top"].value == reached
    assert found["strict"].value == (pytest.approx(reached / of) if of and not few else None)
    assert found["strict_of"].shown == fill(said["overview"]["of"], {"count": reached, "total": of})
    standing = said["workbook"]["provisional"] if expect["provisional"] else None
    if few:
        standing = fill(
            said["results"]["few_one" if of == 1 else "few_other"], {"count": of, "total": found["criteria"].shown}
        )
    assert found["provisional"].value == standing
    flagged = expect.get("flagged", {})
    assert found["flagged"].value == len(flagged)
    ids = [
        fill(said["workbook"]["unproven"], {"id": id}) if kind == "unproven" else id
        for id, kind in ((f"v-{place}-{number}", kind) for number, kind in flagged.items())
    ]
    assert found["flagged_ids"].shown == ", ".join(ids)
    if expect["weighted"] is None:
        assert found["score"] == found["mean"] == found["band"] == EMPTY
        assert found["drawn"].value == found["drawn_provisional"].value == 0
        return
    weighted = Fraction(expect["weighted"])
    assert found["score"].value == pytest.approx(float(weighted))
    assert found["score"].shown == said["format"]["percent"].replace("{value}", str(expect["percent"]))
    shown = expect.get("mean", 3 if weighted == 1 else min(2.9, int(30 * weighted + Fraction(1, 2)) / 10))
    assert found["mean"].value == pytest.approx(shown)
    bands = [one.name[code] for one in vectors.scale.bands if 3 * weighted >= one.least]
    read = bands[-1] + (f" {said['workbook']['below']}" if expect.get("rounded") else "")
    read = vectors.scale.over_flags.name[code] if flagged else read
    assert found["band"].shown == ("" if expect["provisional"] else read)
    drawn = "drawn_provisional" if expect["provisional"] else "drawn"
    assert {key for key in ("drawn", "drawn_provisional") if found[key].value} == ({drawn} if weighted else set())


@pytest.mark.parametrize("code", ["es", "en"])
@pytest.mark.parametrize("part", range(PARTS))
def test_the_overall_score_is_the_same_sum_over_all_criteria(calculated, content, texts, code, part):
    rows, vectors = results(calculated, f"vectors-{code}-{part}", texts[code]), VECTORS[part::PARTS]
    assert len(rows) == len(vectors) + 1
    found, expected = rows[-1], [one["expect"] for one in vectors]
    points = weights = 0
    for vector in vectors:
        for letter, weight in zip(vector["answers"], vector.get("weights") or [1] * 999):
            if letter in "0123n":
                points += weight * int(letter.replace("n", "0"))
                weights += weight
    assert found["score"].value == pytest.approx(points / (3 * weights))
    total = sum(len(one["answers"]) for one in vectors)
    answered = sum(one["answered"] for one in expected)
    assert found["completeness"].value == pytest.approx(answered / total)
    assert found["strict"].value == pytest.approx(
        sum(one["strict"][0] for one in expected) / sum(one["strict"][1] for one in expected)
    )
    # Every part has some, so that its reading is the one of what has flags.
    assert found["flagged"].value == sum(len(one.get("flagged", [])) for one in expected) > 0
    provisional = answered / total < 0.8
    assert (found["provisional"].value is not None) == provisional
    assert found["band"].shown == ("" if provisional else content.scale.over_flags.name[code])


def test_after_the_quick_assessment_the_strict_figure_is_said_of_it(calculated, content, texts):
    words = texts[BLANK]
    total = results(calculated, "quick", words)[-1]
    of = fill(words["overview"]["of"], {"count": 0, "total": sum(len(one.quick) for one in content.checklists)})
    assert total["strict_of"].shown == f"{words['workbook']['of_quick']} {of}"
    assert total["provisional"].shown == words["workbook"]["provisional"] and total["band"].shown == ""
    assert total["score"].value == pytest.approx(2 / 3)


def test_what_the_law_flags_stands_before_the_score_and_its_reading(books, texts):
    for code, book in books.items():
        titles = [cell.value for cell in book.worksheets[-3][1]]
        columns = texts[code]["workbook"]["columns"]
        places = [titles.index(columns[key]) for key in ("flagged", "flagged_ids", "score", "band")]
        assert places == sorted(places)


@pytest.mark.parametrize("place", range(len(ORDERS)), ids=[one["name"] for one in ORDERS])
def test_the_plan_is_in_the_order_of_everywhere_else(calculated, texts, place):
    vector, words = ORDERS[place], texts[BLANK]
    columns, sheets = words["workbook"]["columns"], calculated[f"order-{place}"]
    assert [
        row[columns["id"]].shown for row in table(sheets[words["workbook"]["plan"]]) if row[columns["id"]].shown
    ] == vector["order"]
    assert results(calculated, f"order-{place}", words)[-1]["flagged"].value == len(vector.get("flagged", {}))


def test_completeness_is_shown_as_complete_only_when_it_is(calculated, texts):
    for code, words in texts.items():
        whole = words["format"]["percent"].replace("{value}", "100")
        for part in range(PARTS):
            for found, vector in zip(results(calculated, f"vectors-{code}-{part}", words), VECTORS[part::PARTS]):
                complete = vector["expect"]["completeness"] == 1
                assert (found["completeness"].shown == whole) == complete, vector["name"]


def test_the_values_a_viewer_shows_are_those_a_program_calculates(calculated, files, books):
    kept = openpyxl.load_workbook(io.BytesIO(files[BLANK]), data_only=True)
    compared = 0
    for sheet in books[BLANK]:
        cells = calculated["blank"][sheet.title]
        for row in sheet.iter_rows():
            for cell in (one for one in row if one.data_type == "f"):
                found = cells[cell.row - 1]
                value = found[cell.column - 1].value if cell.column <= len(found) else None
                assert (kept[sheet.title][cell.coordinate].value or None) == (value or None), (sheet, cell)
                compared += 1
    assert compared > 1_000


def test_no_error_anywhere(calculated):
    for name, sheets in calculated.items():
        for title, rows in sheets.items():
            for number, row in enumerate(rows, 1):
                for cell in row:
                    assert not cell.error and not re.match(r"#\w+[!?/]|Err:", cell.shown), (name, title, number)


def test_a_blank_workbook_has_no_score(calculated, texts):
    words = texts[BLANK]
    for row in results(calculated, "blank", words):
        assert row["score"] == row["mean"] == row["band"] == EMPTY
    (first, *rest) = calculated["blank"][words["workbook"]["plan"]][1:]
    assert [cell.shown for cell in first if cell.shown] == [words["workbook"]["no_gaps"]]
    assert not any(cell.shown for row in rest for cell in row)


def test_the_plan_lists_every_gap(calculated, content, texts):
    words = texts[TAKEN]
    columns, first = words["workbook"]["columns"], content.checklists[0].criteria
    targets = {first[1].id: 2, first[2].id: 1}
    gaps = []
    for checklist in content.checklists:
        for criterion, letter in zip(checklist.criteria, LETTERS * 3):
            value = {"n": 0, "x": None, ".": None}.get(letter, int(letter) if letter.isdigit() else None)
            legal = criterion.critical is not None
            goal = max(targets.get(criterion.id, 3), criterion.critical + 1 if legal else 0)
            if value is not None and value < goal:
                flagged = legal and value <= criterion.critical
                gaps.append(
                    (
                        not flagged,
                        -criterion.weight * (goal - value),
                        not criterion.quick,
                        checklist.foundation,
                        len(gaps),
                        criterion,
                        goal - value,
                    )
                )
    gaps = [(criterion, gap) for *_, criterion, gap in sorted(gaps, key=lambda one: one[:5])]
    found = table(calculated["taken"][words["workbook"]["plan"]])
    assert [row[columns["id"]].shown for row in found] == [criterion.id for criterion, _ in gaps]
    assert first[2].id not in [criterion.id for criterion, _ in gaps]
    for place, (row, (criterion, gap)) in enumerate(zip(found, gaps, strict=True), 1):
        assert row[columns["place_in_plan"]].value == place
        assert row[columns["criterion"]].shown == inline_markdown.plain(criterion.statement[TAKEN])
        assert row[columns["gap"]].value == gap
        assert row[columns["priority"]].value == gap * criterion.weight
    planned = {row[columns["id"]].shown: row for row in found}[first[3].id]
    assert planned[columns["what"]].shown == "=Una mesa"
    assert planned[columns["who"]].shown == "Planeación"
    assert planned[columns["due"]].shown == "30/06/2027"


def test_a_light_is_a_word(calculated, content, texts):
    words = texts[TAKEN]
    columns = words["workbook"]["columns"]
    behind, progress, optimal = (one.name[TAKEN] for one in content.scale.statuses)
    unanswered, not_applicable = words["results"]["unanswered"], words["assessment"]["not_applicable"]
    lights = [optimal, progress, progress, behind, behind, not_applicable, unanswered, progress]
    rows = table(list(calculated["taken"].values())[1])
    assert [row[columns["light"]].shown for row in rows][: len(lights)] == lights


def test_texts_that_look_like_formulas_stay_texts(calculated, risky, texts):
    words = texts[BLANK]["workbook"]["columns"]
    for checklist, sheet in zip(risky.checklists, list(calculated["risky"].values())[1:]):
        for criterion, row in zip(checklist.criteria, table(sheet), strict=True):
            for key in ("criterion", "evidence", "next_step"):
                assert row[words[key]].value == criterion.statement[BLANK]
    cell = opened(workbook.write(risky, texts[BLANK])).worksheets[1].cell(2, 2)
    assert cell.value == "=1+1" and cell.data_type == "s" and cell.quotePrefix


def test_two_builds_give_the_same_bytes(content, texts, files):
    for code, words in texts.items():
        assert workbook.write(content, words) == files[code]
        with zipfile.ZipFile(io.BytesIO(files[code])) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_says_what_it_is_and_in_which_language(books, texts):
    for code, book in books.items():
        properties = book.properties
        assert properties.title == texts[code]["workbook"]["title"]
        assert properties.creator == texts[code]["site"]["name"]
        assert properties.language == texts[code]["format"]["locale"]
        assert properties.created.replace(tzinfo=None) == datetime(2026, 1, 1)


def test_only_allowed_answers_are_offered(books, content, texts):
    for code, book in books.items():
        words = texts[code]
        names, columns = words["workbook"]["names"], words["workbook"]["columns"]
        every = choices(book, words, "answers")
        assert choices(book, words, "answers_applicable") == every[:-1]
        assert every[-1] == words["assessment"]["not_applicable"]
        assert choices(book, words, "targets") == every[1:4]
        for checklist, sheet in zip(content.checklists, book.worksheets[1:]):
            for row, criterion in enumerate(checklist.criteria, 2):
                allowed = "answers" if criterion.not_applicable else "answers_applicable"
                assert validation(sheet, row, columns["answer"]).formula1 == names[allowed], criterion.id
                assert validation(sheet, row, columns["target"]).formula1 == names["targets"]


def validation(sheet, row: int, title: str):
    """What a cell of the column with this title accepts."""
    cell = sheet.cell(row, column(sheet, title)).coordinate
    (found,) = [one for one in sheet.data_validations.dataValidation if cell in one]
    return found


def test_every_cell_to_fill_in_says_what_goes_there(books, texts):
    for code, book in books.items():
        columns = texts[code]["workbook"]["columns"]
        for sheet in book.worksheets[1:-3]:
            for row in range(2, sheet.max_row + 1):
                for key in ("answer", "note", "place", "target", "what", "who", "due"):
                    found = validation(sheet, row, columns[key])
                    assert found.promptTitle == columns[key] and found.prompt and found.showInputMessage
                    assert found.allow_blank
                    assert not sheet.cell(row, column(sheet, columns[key])).protection.locked
        for name in ("municipality", "round", "date"):
            cell = book.defined_names[texts[code]["workbook"]["names"][name]].attr_text
            sheet, _, place = cell.replace("$", "").rpartition("!")
            assert any(place in one for one in book[sheet.strip("'")].data_validations.dataValidation)


def test_sheets_are_plain_tables_with_titles_kept_in_sight(books, content):
    for book in books.values():
        assert len(book.sheetnames) == len(content.checklists) + 4
        for sheet in book:
            assert not sheet.merged_cells.ranges and not sheet.protection.sheet
            assert len(sheet.title) <= 31
            assert sheet.page_setup.orientation == "landscape"
            assert "&P" in sheet.oddFooter.right.text and sheet.oddHeader.left.text
        for sheet in book.worksheets[1:-1]:
            titles = [cell.value for cell in sheet[1]]
            assert all(titles) and len(set(titles)) == len(titles)
            assert sheet.freeze_panes and sheet.print_title_rows == "$1:$1"
        for sheet in [*book.worksheets[1:-3], book.worksheets[-2]]:
            (one,) = sheet.tables.values()
            assert one.autoFilter and one.ref.startswith("A1:")
        assert book.worksheets[-1].sheet_state == "hidden"
        assert all(one.sheet_state == "visible" for one in book.worksheets[:-1])


def test_every_row_is_high_enough_for_its_texts(books):
    """By a measure of its own, which asks for less than any face of letters: no title is cut through."""
    for code, book in books.items():
        for sheet in book.worksheets[1:-1]:
            low = []
            # Columns of one width are kept as one.
            widths = {
                place: one.width for one in sheet.column_dimensions.values() for place in range(one.min, one.max + 1)
            }
            for row in sheet.iter_rows(min_row=2):
                for cell in row:
                    if not (isinstance(cell.value, str) and cell.alignment.wrap_text) or cell.data_type == "f":
                        continue
                    lines = math.ceil(len(cell.value) / (1.3 * widths[cell.column]))
                    height = sheet.row_dimensions[cell.row].height or 15
                    if height < min(12 * lines, 400):
                        low.append((cell.coordinate, cell.value, height))
            assert low == [], (code, sheet.title)


def test_the_chart_is_told_in_words(files, texts):
    for code, file in files.items():
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            (drawing,) = [
                parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")
            ]
        assert texts[code]["workbook"]["columns"]["score"] in re.search(r'descr="([^"]+)"', drawing)[1]


def test_both_languages_have_the_same_structure(books):
    def structure(book: openpyxl.Workbook):
        return [
            (
                sheet.dimensions, sheet.freeze_panes,
                {cell.coordinate: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None},
                sorted(str(one.sqref) for one in sheet.data_validations.dataValidation),
                [str(one.sqref) for one in sheet.conditional_formatting],
            )
            for sheet in book
        ]  # fmt: skip

    first, *others = map(structure, books.values())
    assert all(one == first for one in others)


def test_names_of_sheets_are_those_excel_accepts():
    titles = ["A: b/c?", "a b c", "'x'", "History", "y" * 40, "y" * 40, "[]"]
    names = workbook.sheet_names(titles)
    assert len({one.casefold() for one in names}) == len(titles)
    for name in names:
        assert 0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) and name != "History"
