"""The workbook comes back: filled by hand, in a real office program or by the site, no cell of it is lost."""

from __future__ import annotations

import base64
import io
import json
import random
import re
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from guide.downloads import workbook
from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import PHONE, add_modules
from tests.scripts.test_assessment import slot, stored
from tests.scripts.test_assessments import press
from tests.scripts.test_documents import save as save_document
from tests.sheets import read as read_calculated
from tools.office import convert, recalculate

SEED = 16
# Each is filled list by list: 40 fillings by hand, each read twice, and 180 by the site. Half of the site's are the
# same at every run, half of them others each time, as the last number says.
OFFICE_BOOKS, SITE_BOOKS = 4, 20
FRESH = random.randrange(2**32)
KEYS = ("answer", "note", "place", "target", "what", "who", "due")
SAID = [
    "Acta 12/2026",
    "«ñ» & <b>x</b>",
    "=SUMA(A1)",
    "dos\nlíneas",
    "🏛️ Palacio",
    "a" * 300,
    "0012",
    "-3",
    "'comilla",
]


@pytest.fixture(scope="session")
def texts(project: Project):
    return {code: open_texts(project, code) for code in project.codes}


@pytest.fixture(scope="session")
def blank(content: Content, texts) -> dict[str, bytes]:
    return {code: workbook.write(content, words) for code, words in texts.items()}


@pytest.fixture
def page(open_page, content: Content) -> Page:
    page = add_modules(open_page("autoevaluacion/"))
    root = page.url.removesuffix("autoevaluacion/")
    for code in ("es", "en"):
        for name in (f"{code}.js", f"{code}-file.js"):
            page.add_script_tag(url=f"{root}assets/workbook/{name}")
    return page


def column(sheet, title: str) -> int:
    (place,) = [cell.column for cell in sheet[1] if cell.value == title]
    return place


def offered(book: openpyxl.Workbook, words) -> list[str]:
    sheet, _, area = (
        book.defined_names[words["workbook"]["names"]["answers"]].attr_text.replace("$", "").rpartition("!")
    )
    return [row[0].value for row in book[sheet.strip("'")][area]]


# Filled by hand


def typed_answer(chance: random.Random, words: list[str], optional: bool) -> tuple[object, object]:
    """What a person puts into the cell of an answer, and what it means: None where nobody can tell."""
    place = chance.randrange(6 if optional else 5)
    means = [0, 1, 2, 3, "no_information", "not_applicable"][place]
    name = words[place]
    ways: list[object] = [name, name, name, name.upper(), name.split("·")[-1].strip()]
    if place < 4:
        ways += [place, str(place), f"{place}. {name.split('·')[-1].strip()}"]
    if chance.random() < 0.05:
        return chance.choice(["quizá", "2 o 3", "-1", "25"]), None
    return chance.choice(ways), means


def typed_day(chance: random.Random) -> tuple[object, str | None]:
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(2_000))
    if chance.random() < 0.1:
        return chance.choice(["pronto", "31/02/2027", "06/30/2027"]), None
    return chance.choice([day, day, day.strftime("%d/%m/%Y"), day.isoformat()]), day.isoformat()


def said(chance: random.Random, lines: bool) -> tuple[str, str]:
    """A text as it is typed and as it is kept, where only one line is."""
    text = chance.choice(SAID) + chance.choice(["", "", " y más"])
    typed = chance.choice([text, f"  {text} "])
    return typed, text if lines else text.replace("\n", " · ")


def random_row(chance: random.Random, words: list[str], optional: bool) -> tuple[dict, dict, int]:
    """What is typed into a row, the record it makes, and how many of its cells nobody can understand."""
    typed: dict[str, object] = {}
    kept: dict = {}
    wrong = 0
    if chance.random() < 0.8:
        typed["answer"], means = typed_answer(chance, words, optional)
        wrong += means is None
        if means is not None:
            kept["answer"] = means
    if chance.random() < 0.4:
        typed["note"], note = said(chance, lines=True)
        kept["reason" if kept.get("answer") == "not_applicable" else "note"] = note
    if chance.random() < 0.4:
        typed["place"], place = said(chance, lines=True)
        kept["evidence"] = [{"place": line} for line in place.split("\n")]
    if chance.random() < 0.3:
        level = chance.randint(1, 3)
        typed["target"], kept["target"] = chance.choice([words[level], level]), level
    plan = {}
    for key in ("what", "who"):
        if chance.random() < 0.3:
            typed[key], plan[key] = said(chance, lines=False)
    if chance.random() < 0.3:
        typed["due"], day = typed_day(chance)
        wrong += day is None
        if day:
            plan["due"] = day
    if plan:
        kept["plan"] = plan
    return typed, kept, wrong


def fill_by_hand(
    chance: random.Random, file: bytes, words, content: Content
) -> tuple[openpyxl.Workbook, dict, int, int]:
    """A filled workbook, its records, how many cells are filled and how many of them nobody can understand.

    The rows of every other sheet stand in another order, as after sorting, with empty ones between.
    """
    book = openpyxl.load_workbook(io.BytesIO(file))
    choices, columns = offered(book, words), words["workbook"]["columns"]
    kept: dict[str, dict] = {}
    filled = wrong = 0
    for place, (sheet, checklist) in enumerate(zip(book.worksheets[1:], content.checklists)):
        order = list(checklist.criteria)
        if place % 2:
            chance.shuffle(order)
            for row in range(2, len(order) + 2):
                sheet.cell(row, 1).value = None
        for number, criterion in enumerate(order, 2):
            row = 2 * number if place % 2 else number
            typed, record, missed = random_row(chance, choices, bool(criterion.not_applicable))
            sheet.cell(row, 1).value = criterion.id
            for key, value in typed.items():
                cell = sheet.cell(row, column(sheet, columns[key]))
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
            filled += len(typed)
            wrong += missed
            if record:
                kept[criterion.id] = record
    return book, kept, filled, wrong


def read(page: Page, file: bytes) -> dict:
    """What the site makes of a workbook: its records by criterion, and the report."""
    return page.evaluate(
        """async (data) => {
          const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
          const { spreadsheet } = await abc.modules.readSpreadsheet(new Blob([bytes]));
          const { checklists } = abc.instruments.es;
          const found = abc.modules.readWorkbook(spreadsheet, checklists, Object.values(abc.workbooks), Date.now());
          if (!found) return null;
          const kept = {};
          for (const { criteria } of Object.values(found.assessment.checklists)) {
            for (const [id, { updated, answered, version, ...record }] of Object.entries(criteria)) kept[id] = record;
          }
          return { kept, report: found.report, assessment: found.assessment };
        }""",
        base64.b64encode(file).decode(),
    )


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory, content, texts, blank) -> list[tuple[str, bytes, dict, int, int]]:
    """Workbooks filled by hand: as they are, and saved again by a real office program."""
    typed, again = tmp_path_factory.mktemp("typed"), tmp_path_factory.mktemp("again")
    chance, made = random.Random(SEED), []
    for number in range(OFFICE_BOOKS):
        code = ("es", "en")[number % 2]
        book, *expected = fill_by_hand(chance, blank[code], texts[code], content)
        path = typed / f"{number}.xlsx"
        book.save(path)
        made.append((path, expected))
    convert([path for path, _ in made], again, "xlsx")
    return [
        (f"{folder.name[:5]} {path.name}", (folder / path.name).read_bytes(), *expected)
        for path, expected in made
        for folder in (typed, again)
    ]


def test_what_is_filled_by_hand_comes_back_without_a_lost_cell(page, by_hand):
    for name, file, kept, filled, wrong in by_hand:
        found = read(page, file)
        assert found["kept"] == kept, name
        report = found["report"]
        assert len(report["refused"]) == wrong > 0, name
        assert sum(map(len, report.values())) == filled, name
        assert all(one["said"].strip() and re.fullmatch("[A-Z]+[0-9]+", one["cell"]) for one in report["refused"])


# Filled by the site


def random_assessment(chance: random.Random, content: Content, number: int) -> dict:
    """An assessment as the pages of the site write it."""
    text = lambda: chance.choice([*SAID, "línea\n\notra", "_x0041_ literal"])  # noqa: E731
    line = lambda: text().replace("\n", " ")  # noqa: E731
    checklists = {}
    for one in content.checklists:
        criteria = {}
        for criterion in one.criteria:
            if chance.random() < 0.4:
                continue
            record: dict = {"updated": "2026-11-02T00:00:00.000Z"}
            if chance.random() < 0.85:
                most = 5 if criterion.not_applicable else 4
                record["answer"] = [0, 1, 2, 3, "no_information", "not_applicable"][chance.randint(0, most)]
                record |= {"version": one.version, "answered": "2026-11-01T00:00:00.000Z"}
            if record.get("answer") == "not_applicable" and chance.random() < 0.8:
                record["reason"] = text()
            maybe = {
                "note": text,
                "confidence": lambda: chance.choice(["sure", "estimated"]),
                "target": lambda: chance.randint(0, 3),
                "evidence": lambda: [
                    {key: value for key, value in {
                        "title": line(), "place": line(),
                        "date": chance.choice(["", "2026-01-31"]),
                        "link": chance.choice(["", "https://abc.example/a?b=1"]),
                    }.items() if value}
                    for _ in range(chance.randint(1, 3))
                ],
                "plan": lambda: {"what": line(), "due": "2027-06-30"},
            }  # fmt: skip
            record |= {name: make() for name, make in maybe.items() if chance.random() < 0.3}
            if len(record) > 1:
                criteria[criterion.id] = record
        checklists[one.id] = {"version": one.version, "criteria": criteria}
    return {
        "kind": "abc-assessment", "format": 1, "id": f"libro-{number}", "title": f"Villa {number} «ñ»", "round": "2026",
        "created": "2026-11-01T00:00:00.000Z", "updated": "2026-11-02T00:00:00.000Z", "checklists": checklists,
    }  # fmt: skip


def test_what_the_site_fills_in_comes_back_as_it_was(page, content):
    chances = (random.Random(SEED), random.Random(FRESH))
    made = [random_assessment(chances[number * 2 // SITE_BOOKS], content, number) for number in range(SITE_BOOKS)]
    wrong = page.evaluate(
        """async (made) => {
          const wrong = [];
          const { checklists } = abc.instruments.es;
          for (const [place, one] of made.entries()) {
            const code = ["es", "en"][place % 2];
            const bytes = await abc.modules.fillWorkbook(abc.workbookFiles[code], one, checklists, abc.workbooks[code]);
            const { spreadsheet } = await abc.modules.readSpreadsheet(new Blob([bytes]));
            const found = abc.modules.readWorkbook(spreadsheet, checklists, Object.values(abc.workbooks), Date.now());
            const { title, round } = found.assessment;
            if (title !== one.title || round !== one.round) wrong.push([place, title, round]);
            if (found.report.refused.length || found.report.changed.length) wrong.push([place, found.report]);
            const laid = abc.modules.layOver(one, found.assessment);
            const { same, onlyTheirs, different } = abc.modules.compareAssessments(one, laid);
            const all = Object.values(one.checklists).flatMap(({ criteria }) => Object.values(criteria));
            // What only says how sure somebody is has no cell.
            const without = all.filter((record) => Object.keys(record).every((key) => ["updated", "confidence"].includes(key)));
            if (same !== all.length - without.length || onlyTheirs.length || different.length)
              wrong.push([place, same, all.length, without.length, onlyTheirs[0], different[0]]);
          }
          return wrong.slice(0, 3);
        }""",
        made,
    )
    assert wrong == [], FRESH


@pytest.fixture(scope="module")
def answered(content: Content) -> dict:
    return random_assessment(random.Random(7), content, 0)


def keep(page: Page, assessment: dict) -> None:
    """Makes an assessment the one that the browser keeps."""
    page.evaluate(
        "(one) => { localStorage['abc.assessment.' + one.id] = JSON.stringify(one); localStorage['abc.current'] = one.id }",
        assessment,
    )
    page.reload()


def test_the_filled_workbook_calculates_what_the_site_shows(open_page, content, texts, answered, tmp_path):
    page = open_page("autoevaluacion/documentos/")
    keep(page, answered)
    path = save_document(page, "xlsx", tmp_path)
    assert path.suffix == ".xlsx"
    recalculate([path], tmp_path)
    sheets, words = read_calculated(tmp_path / f"{path.stem}.fods"), texts["es"]
    assert not any(cell.error for rows in sheets.values() for row in rows for cell in row)
    # The plan lists the same gaps in the same order, and nowhere says a zero that is none.
    expected = add_modules(page).evaluate(
        "(one) => abc.modules.gapsOf(abc.instruments.es.checklists, one).map(({ criterion }) => criterion.id)", answered
    )
    title, *rows = sheets[words["workbook"]["plan"]]
    place = [cell.shown for cell in title].index(words["workbook"]["columns"]["id"])
    shown = [row for row in rows if row and row[0].shown]
    assert [row[place].shown for row in shown] == expected and len(expected) > 10
    assert not [cell for row in shown for cell in row if cell.shown.strip() == "0"]
    # As many rows are printed as there are.
    with zipfile.ZipFile(path) as parts:
        areas = re.findall(r'name="_xlnm.Print_Area"[^>]*>([^<]+)', parts.read("xl/workbook.xml").decode())
    assert f"Plan!$A$1:$K${len(expected) + 1}" in areas
    page.goto(page.url.replace("documentos/", "resultados/"))
    titles, *lines = sheets[words["workbook"]["results"]]
    score = lines[len(content.checklists)][[cell.shown for cell in titles].index("Puntaje ponderado")].shown
    expect(page.locator("main")).to_contain_text(re.compile(score.replace("\u00a0", r"\s")))


def open_workbook(page: Page, file: bytes, name: str = "libro.xlsx") -> None:
    slot(page, "open-input").set_input_files({"name": name, "mimeType": "", "buffer": file})
    expect(slot(page, "open-dialog")).to_be_visible()


def typed(blank: bytes, words, content: Content, said: dict[str, dict[str, object]], title: str = "") -> bytes:
    """The blank workbook with a few cells filled in, by criterion and column."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for sheet, checklist in zip(book.worksheets[1:], content.checklists):
        for row, criterion in enumerate(checklist.criteria, 2):
            for key, value in said.get(criterion.id, {}).items():
                cell = sheet.cell(row, column(sheet, words["workbook"]["columns"][key]))
                cell.value = value
    if title:
        sheet, _, cell = book.defined_names["abc_municipality"].attr_text.replace("$", "").rpartition("!")
        book[sheet.strip("'")][cell].value = title
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_person_sees_what_became_of_each_cell_merges_and_undoes(open_page, content, texts, blank):
    checklist = content.checklists[0]
    first, second, third, *_ = checklist.criteria
    own = texts["es"]["workbook_file"]
    page = open_page(f"{checklist.page.removesuffix('.md')}/")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    keep(page, {
        "kind": "abc-assessment", "format": 1, "id": "x", "title": "Villa", "round": "", "created": "", "updated": "",
        "checklists": {checklist.id: {"version": 1, "criteria": {
            first.id: {"answer": 1, "updated": "2026-01-01T00:00:00.000Z"},
            second.id: {
                "answer": 2, "note": "mía", "confidence": "sure", "updated": "2026-01-01T00:00:00.000Z",
                "evidence": [{"title": "Acta", "place": "Archivo", "date": "2026-01-31"}],
            },
        }}},
    })  # fmt: skip
    assert not [one for one in asked if "workbook" in one]
    # Filled in English, by somebody who typed instead of choosing.
    file = typed(blank["en"], texts["en"], content, {
        first.id: {"answer": "3 · Consolidated", "due": "30/06/2027"},
        second.id: {"note": "suya", "place": "Archivo\nOficialía"},
        third.id: {"answer": "quizá", "target": 2},
    })  # fmt: skip
    open_workbook(page, file)
    report = page.locator(".cells-report")
    for count, name in ((1, "refused_one"), (2, "changed_other"), (3, "taken_other")):
        expect(report.locator("summary", has_text=fill(own[name], {"count": count}))).to_have_count(1)
    rows = report.locator("tbody tr")
    expect(rows.filter(has_text="quizá")).to_contain_text(own["reasons"]["not_understood"])
    expect(rows.filter(has_text="30/06/2027")).to_contain_text("30 jun 2027")
    press(page, "open-merge")
    expect(page.locator('[data-slot="merge-list"] fieldset')).to_have_count(2)
    for id in (first.id, second.id):
        page.locator(f'[name="merge-{id}"][value="theirs"]').check()
    press(page, "merge-confirm")
    kept = stored(page)["checklists"][checklist.id]["criteria"]
    assert kept[first.id]["answer"] == 3 and kept[first.id]["plan"] == {"due": "2027-06-30"}
    # What a workbook cannot say stays.
    one = kept[second.id]
    assert [one[key] for key in ("answer", "note", "confidence")] == [2, "suya", "sure"]
    assert one["evidence"] == [{"title": "Acta", "place": "Archivo", "date": "2026-01-31"}, {"place": "Oficialía"}]
    assert kept[third.id]["target"] == 2 and "answer" not in kept[third.id]
    press(page, "assessments-undo")
    kept = stored(page)["checklists"][checklist.id]["criteria"]
    assert kept[first.id]["answer"] == 1 and kept[second.id]["note"] == "mía" and "target" not in kept[third.id]


def test_in_a_new_browser_it_becomes_the_only_assessment(open_page, content, texts, blank):
    (first, *_) = content.checklists[2].criteria
    page = open_page("en/autoevaluacion/", viewport=PHONE)
    open_workbook(page, typed(blank["es"], texts["es"], content, {first.id: {"answer": "1 · Inicial"}}, "Villa Nueva"))
    press(page, "open-new")
    expect(slot(page, "assessments-undo-text")).to_contain_text("Villa Nueva")
    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('abc.assessment.'))")
    assert kept == [page.evaluate("'abc.assessment.' + localStorage['abc.current']")]
    assert stored(page)["checklists"][content.checklists[2].id]["criteria"][first.id]["answer"] == 1


def test_what_cannot_be_read_is_a_sentence_and_changes_nothing(open_page, texts, blank):
    own = texts["es"]["workbook_file"]["problems"]
    other, document = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(other)
    with zipfile.ZipFile(document, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    page = open_page("autoevaluacion/")
    before = page.evaluate("JSON.stringify(localStorage)")
    for problem, name, file in (
        ("empty", "vacío.xlsx", blank["es"]),
        ("not_ours", "otro.xlsx", other.getvalue()),
        ("open_document", "libro.ods", document.getvalue()),
        ("locked", "viejo.xls", b"\xd0\xcf\x11\xe0" + bytes(600)),
        ("damaged", "roto.xlsx", blank["es"][:9_000]),
        ("not_xlsx", "texto.xlsx", b"a,b"),
        ("too_large", "enorme.xlsx", bytes(5_000_001)),
    ):
        open_workbook(page, file, name)
        expect(slot(page, "open-problem")).to_have_text(fill(own[problem], {"name": name}))
        expect(slot(page, "open-choices")).to_be_hidden()
        expect(page.locator(".cells-report")).to_have_count(0)
        press(page, "open-close")
    assert page.evaluate("JSON.stringify(localStorage)") == before


def test_columns_are_known_by_their_names_or_by_their_titles(page, content, texts, blank):
    (first, *_) = content.checklists[0].criteria
    said = {first.id: {"answer": "2 · En desarrollo", "note": "aquí"}}
    file = typed(blank["es"], texts["es"], content, said)

    def changed(*changes: tuple[str, str, str]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(made, "w") as target:
            for name in source.namelist():
                text = source.read(name).decode()
                for start, before, after in changes:
                    text = re.sub(before, after, text) if name.startswith(start) else text
                target.writestr(name, text)
        return made.getvalue()

    no_names = ("xl/workbook.xml", "<definedNames>.*</definedNames>", "")
    no_titles = ("xl/worksheets/", "<t>(Clave|Respuesta|Nota)</t>", "<t>otra cosa</t>")
    for changes in (no_names, no_titles):
        assert read(page, changed(changes))["kept"] == {first.id: {"answer": 2, "note": "aquí"}}, changes
    assert read(page, changed(no_names, no_titles)) is None


def test_a_criterion_that_stands_twice_or_is_unknown_is_told(page, content, texts, blank):
    book = openpyxl.load_workbook(io.BytesIO(blank["es"]))
    sheet, columns = book.worksheets[1], texts["es"]["workbook"]["columns"]
    answer, note = (column(sheet, columns[key]) for key in ("answer", "note"))
    (first, *_) = content.checklists[0].criteria
    sheet.cell(2, answer).value = "1 · Inicial"
    for row, (id, value, text) in enumerate(
        [(first.id, "2 · En desarrollo", "otra"), ("zzz-99", "1 · Inicial", None), (None, None, "suelta")], 40
    ):
        sheet.cell(row, 1).value, sheet.cell(row, answer).value, sheet.cell(row, note).value = id, value, text
    place, never = next(
        (row, one) for row, one in enumerate(content.checklists[0].criteria, 2) if row > 2 and not one.not_applicable
    )
    sheet.cell(place, answer).value = texts["es"]["assessment"]["not_applicable"]
    sheet.cell(2, note).value, sheet.cell(2, note).data_type = "#REF!", "e"
    file = io.BytesIO()
    book.save(file)
    found = read(page, file.getvalue())
    # What an unknown row says besides is told too.
    told = {(one["why"], one["said"]) for one in found["report"]["refused"]}
    assert told == {
        ("repeated", "2 · En desarrollo"),
        ("unknown_id", "1 · Inicial"),
        ("no_id", "suelta"),
        ("error", ""),
        ("not_applicable", texts["es"]["assessment"]["not_applicable"]),
    }
    assert found["kept"] == {first.id: {"answer": 1, "note": "otra"}} and never.id not in found["kept"]


def test_from_a_folder_a_workbook_goes_out_and_comes_back(browser, offline, content, answered, tmp_path):
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto((offline / "autoevaluacion/documentos.html").as_uri())
    keep(page, answered)
    path = save_document(page, "xlsx", tmp_path)
    page.evaluate("localStorage.clear()")
    page.reload()
    open_workbook(page, path.read_bytes())
    expect(slot(page, "open-preview")).to_contain_text(answered["title"])
    press(page, "open-new")
    lists = json.loads(page.evaluate("localStorage['abc.assessment.' + localStorage['abc.current']]"))["checklists"]
    ids = {id for one in lists.values() for id in one["criteria"]}
    # Who is sure and who estimates has no cell.
    assert ids == {
        id
        for one in answered["checklists"].values()
        for id, record in one["criteria"].items()
        if record.keys() - {"updated", "confidence"}
    }
    context.close()
