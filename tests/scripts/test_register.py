"""The register of agreements on its page: what a person writes, looks for, brings in, takes away and opens again."""

from __future__ import annotations

import datetime
import json
import random
from pathlib import Path

import icalendar
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, PHONE
from tests.pages.test_accessibility import violations
from tests.tool_pages import download, open_file, pages_on_paper, payload, press, saved, slot, stored, texts

PAGE = "herramientas/registro-acuerdos/"
KIND = "register"
HOSTILE = '<img src=x onerror="document.title=1">'


@pytest.fixture
def words(project: Project) -> dict:
    return open_texts(project, project.default)["tools"]


@pytest.fixture
def own(words) -> dict:
    return words["register"]


def do(page: Page, name: str) -> None:
    page.locator(f'[data-do="{name}"]:visible').first.click()


def take(page: Page, name: str, folder: Path) -> Path:
    return download(page, name, folder, do)


def agreements(page: Page) -> list[dict]:
    """What the browser keeps, by partner."""
    found: dict[str, dict] = {}
    for key, item in (stored(page, KIND) or {"items": {}})["items"].items():
        id, field = key.split(".")
        if item.get("text"):
            found.setdefault(id, {})[field] = item["text"]
    return sorted(found.values(), key=lambda one: str(one.get("partner")))


def write(page: Page, field: str, value: str, place: int = -1) -> None:
    """Writes a fact of the open agreement, and leaves the field."""
    control = page.locator(f'[id$=".{field}"]:visible').nth(place)
    if control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)
    control.blur()


def names(page: Page) -> list[str]:
    return page.locator(".agreement-name").all_inner_texts()


def file_of(rows: list[dict], title: str = "San Gabriel") -> dict:
    items = {
        f"a{at}.{field}": {"text": text, "updated": "2026-01-01T10:00:00.000Z"}
        for at, row in enumerate(rows)
        for field, text in row.items()
    }
    made = {"kind": "abc-register", "format": 1, "id": "uno", "title": title, "items": items}
    return payload(json.dumps(made), "registro.json")


def day(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days)).isoformat()


def test_an_agreement_is_written_down_and_told_of(open_page, words, own):
    page = open_page(PAGE)
    expect(slot(page, "agreements-count")).to_have_text(own["none"])
    do(page, "add")
    expect(page.locator('[id$=".partner"]')).to_be_focused()
    page.keyboard.type("Renton")
    write(page, "country", "Estados Unidos")
    write(page, "kind", "twinning")
    write(page, "state", "active")
    write(page, "signed", "15 de abril de 2024")
    write(page, "opinion", "none")
    write(page, "until", "1/2/2024")
    fold = page.locator(".agreement summary")
    for said in (
        "Renton, Estados Unidos",
        own["flags"]["opinion_none"],
        own["flags"]["vote_missing"],
        own["flags"]["expired_active"],
    ):
        expect(fold).to_contain_text(said)
    assert agreements(page) == [
        {"partner": "Renton", "country": "Estados Unidos", "kind": "twinning", "state": "active", "signed": "2024-04-15",
         "opinion": "none", "until": "2024-02-01"}
    ]  # fmt: skip
    # What is no date stays as it was, and says so.
    write(page, "until", "pronto")
    expect(page.locator('[id$=".until.error"]')).to_be_visible()
    assert page.locator('[id$=".until"]:visible').get_attribute("aria-invalid") == "true"
    assert agreements(page)[0]["until"] == "2024-02-01"
    write(page, "until", "indefinida")
    expect(page.locator('[id$=".until.error"]')).to_be_hidden()
    expect(fold).to_contain_text(own["terms"]["indefinite"])
    saved(page, words)
    page.reload()
    assert names(page) == ["Renton, Estados Unidos"]
    page.locator(".agreement summary").click()
    assert page.locator('[id$=".signed"]').input_value() == "15/04/2024"
    do(page, "remove")
    expect(page.locator(".agreement")).to_have_count(0)
    press(page, "kept-undo")
    assert names(page) == ["Renton, Estados Unidos"] and agreements(page)[0]["until"] == "indefinite"


def test_looking_for_agreements(open_page, own):
    page = open_page(PAGE)
    rows = [
        {"partner": "Zaragoza", "country": "España", "kind": "twinning", "state": "active", "until": day(100), "signed": "2019"},
        {"partner": "Ávila", "country": "España", "kind": "cooperation", "state": "active", "until": day(400), "signed": "2021"},
        {"partner": "Lyon", "country": "Francia", "kind": "private", "state": "ended", "until": day(-400), "signed": "2010",
         "notes": "movilidad"},
        {"partner": "Busan", "country": "Corea", "kind": "twinning", "state": "inactive", "until": day(-1), "signed": "2015"},
    ]  # fmt: skip
    open_file(page, file_of(rows))
    press(page, "file-apart")
    assert names(page) == ["Ávila, España", "Busan, Corea", "Lyon, Francia", "Zaragoza, España"]
    page.locator("#orden-acuerdos").select_option("end")
    assert names(page) == ["Busan, Corea", "Zaragoza, España", "Ávila, España", "Lyon, Francia"]
    page.locator("#orden-acuerdos").select_option("signed")
    assert names(page)[0] == "Lyon, Francia"
    for situation, found in (("soon", ["Zaragoza, España"]), ("expired", ["Busan, Corea"])):
        page.locator("#filtro-situacion").select_option(situation)
        assert names(page) == found
        expect(slot(page, "agreements-count")).to_have_text(fill(own["shown"], {"shown": 1, "total": 4}))
    do(page, "clear")
    page.locator("#buscar-acuerdo").fill("AVILA espana")
    assert names(page) == ["Ávila, España"]
    page.locator("#buscar-acuerdo").fill("movilidad")
    assert names(page) == ["Lyon, Francia"]
    page.locator("#buscar-acuerdo").fill("")
    page.locator("#filtro-kind").select_option("twinning")
    page.locator("#filtro-state").select_option("inactive")
    assert names(page) == ["Busan, Corea"]


def office_table() -> tuple[list[list[str]], list[str]]:
    """A table as an office keeps it: a title, columns of its own, 200 rows, dates as each wrote them, hostile cells."""
    chance = random.Random(16)
    header = ["No.", "Ciudad hermana", "Nación", "Tipo de acuerdo", "Suscripción", "Vencimiento", "Estatus", "Dictamen",
              "Acta de cabildo", "Dependencia", "Presupuesto", "Observaciones"]  # fmt: skip
    rows = [["Inventario municipal 2026"], [], header]
    kinds = ["Hermanamiento", "ACUERDO DE HERMANAMIENTO", "Convenio", "Carta de intención", "Memorándum raro"]
    dates = ["14/03/2015", "2016", "marzo de 2017", "2018-05-02", "No consta", "por confirmar", "31/12/2019"]
    for at in range(200):
        name = [f"Ciudad {at}", HOSTILE, "=1+1", "@SUM(A1)"][0 if at % 50 else 1 + at // 50 % 3]
        rows.append(
            [str(at + 1), f"{name} {at}", chance.choice(["España", "Francia", "Corea; del Sur"]), chance.choice(kinds),
             chance.choice(dates), chance.choice([*dates, "Indefinida"]), chance.choice(["Vigente", "Inactivo", "Terminado"]),
             chance.choice(["Favorable", "No", "Pendiente", ""]), f"Acta {at}", 'Área "Internacional"\nPlanta 2',
             f"{at * 1000}", chance.choice(["", "Línea 1\nlínea 2"])]
        )  # fmt: skip
    return rows, header


def as_csv(rows: list[list[str]]) -> dict:
    """As Excel in Spanish writes it: semicolons, Windows-1252."""
    lines = [
        ";".join(f'"{one.replace(chr(34), chr(34) * 2)}"' if any(x in one for x in ';"\n') else one for one in row)
        for row in rows
    ]
    return {"name": "acuerdos.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode("cp1252")}


def as_excel(rows: list[list[str]], path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Portada"
    sheet = book.create_sheet("Acuerdos")
    for place, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(place, column, text)
            # openpyxl makes formulas of what begins so.
            cell.data_type = "s"
    book.save(path)
    return path


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_of_an_office_is_brought_in_with_its_columns_matched(open_page, own, tmp_path, form):
    rows, header = office_table()
    page = open_page(PAGE)
    do(page, "add")
    write(page, "partner", "Uno que ya estaba")
    file = as_csv(rows) if form == "csv" else as_excel(rows, tmp_path / "acuerdos.xlsx")
    slot(page, "import-input").set_input_files(file)
    area = slot(page, "import-area")
    expect(area).to_be_visible()
    # The row of titles was found below the title of the table, and most columns by their names.
    assert (
        page.locator("#titulos")
        .evaluate("one => one.selectedOptions[0].textContent")
        .startswith("3: No. · Ciudad hermana")
    )
    chosen = [page.locator(f"#columna-{at}").input_value() for at in range(len(header))]
    assert chosen == [
        "",
        "partner",
        "country",
        "kind",
        "signed",
        "until",
        "state",
        "opinion",
        "minutes",
        "person",
        "",
        "notes",
    ]
    # The person says of the budget that it goes into the notes, and of the number nothing.
    page.locator("#columna-10").select_option("+notes")
    expect(page.locator("#columna-10")).to_be_focused()
    expect(area).to_contain_text(fill(own["import_added_other"], {"count": 200}))
    unclear = sum(row[3] == "Memorándum raro" for row in rows[3:]) + sum(
        row[4:6].count("por confirmar") for row in rows[3:]
    )
    expect(area).to_contain_text(fill(own["import_left_other"], {"count": unclear}))
    assert [one["partner"] for one in agreements(page)] == ["Uno que ya estaba"]
    page.locator("#traer").click()
    expect(area).to_be_hidden()
    expect(page.locator(".agreement")).to_have_count(201)
    # Markup and formulas are texts.
    assert page.title() != "1" and page.locator(".agreements img").count() == 0
    found = {one["partner"]: one for one in agreements(page)}
    assert len(found) == 201
    for row in rows[3:]:
        one = found[row[1]]
        assert one["country"] == row[2] and one["person"] == 'Área "Internacional"\nPlanta 2'
        assert f"Presupuesto: {row[10]}" in one["notes"] and row[11] in one["notes"]
        assert ("kind" in one) == (row[3] != "Memorándum raro")
        assert "kind" in one or "Tipo de acuerdo: Memorándum raro" in one["notes"]
        dates = {
            "14/03/2015": "2015-03-14",
            "marzo de 2017": "2017-03",
            "No consta": "unknown",
            "31/12/2019": "2019-12-31",
        }
        assert one.get("signed", "por confirmar") == dates.get(row[4], row[4])
    # Taken back, all of it.
    press(page, "kept-undo")
    assert names(page) == ["Uno que ya estaba"]


def test_a_table_brought_in_again_changes_what_differs(open_page, own):
    """Rows that say what is kept change nothing; an empty cell takes nothing away; what was noted here stays."""
    page = open_page(PAGE)
    head = ["Socio", "Firma", "Vigencia", "Notas"]
    first = as_csv([head, ["Renton", "2015", "2030", "a"], ["Lyon", "2016", "", "b"]])
    slot(page, "import-input").set_input_files(first)
    page.locator("#traer").click()
    slot(page, "import-input").set_input_files(first)
    expect(page.locator("#traer")).to_be_disabled()
    expect(slot(page, "import-area")).to_contain_text(fill(own["import_same_other"], {"count": 2}))
    second = as_csv([head, ["Renton", "2015", "", "c"], ["Lyon", "2016", "2031", ""], ["Busan", "2017", "", ""]])
    slot(page, "import-input").set_input_files(second)
    expect(slot(page, "import-area")).to_contain_text(own["import_added_one"])
    page.locator("#traer").click()
    assert agreements(page) == [
        {"partner": "Busan", "signed": "2017"},
        {"partner": "Lyon", "signed": "2016", "until": "2031", "notes": "b"},
        {"partner": "Renton", "signed": "2015", "until": "2030", "notes": "a\nc"},
    ]
    press(page, "kept-undo")
    assert [one.get("notes") for one in agreements(page)] == ["b", "a"]


def test_whether_the_month_comes_first_is_asked_where_it_cannot_be_told(open_page):
    page = open_page(PAGE)
    slot(page, "import-input").set_input_files(as_csv([["Socio", "Firma"], ["Renton", "03/04/2015"]]))
    page.locator("#orden-fechas").select_option("month")
    page.locator("#traer").click()
    assert agreements(page)[0]["signed"] == "2015-03-04"
    slot(page, "import-input").set_input_files(as_csv([["Socio", "Firma"], ["Lyon", "03/25/2015"]]))
    expect(page.locator("#orden-fechas")).to_have_count(0)
    page.locator("#traer").click()
    assert agreements(page)[0]["signed"] == "2015-03-25"


@pytest.mark.parametrize(
    "name, content, problem",
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"Socio;Firma\r\n", "empty"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "locked"),
        ("a.csv", b"\x89PNG\r\n\x00\x00", "not_table"),
        ("a.csv", b"Socio;x\r\n" * 600_000, "too_large"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_table_is_told_and_changes_nothing(open_page, own, name, content, problem):
    page = open_page(PAGE)
    slot(page, "import-input").set_input_files({"name": name, "mimeType": "", "buffer": content})
    expect(slot(page, "import-problem")).to_have_text(fill(own["table_problems"][problem], {"name": name}))
    expect(slot(page, "import-area")).to_be_hidden()
    assert agreements(page) == []


FULL = [
    {"partner": "Renton", "country": "EUA", "kind": "twinning", "state": "active", "signed": "2015-03-14", "until": "2031-05",
     "opinion": "favourable", "opined": "unknown", "majority": "two-thirds", "notes": "uno\ndos", "year": "2026"},
    {"partner": HOSTILE, "country": "=1+1", "kind": "private", "signed": "1890-01-05", "until": "indefinite"},
]  # fmt: skip


@pytest.mark.parametrize("form", ["excel", "csv"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_what_leaves_as_a_table_comes_back_elsewhere(open_page, tmp_path, form, language):
    """In another browser, which keeps nothing and speaks the other language too."""
    page = open_page(PAGE)
    open_file(page, file_of(FULL))
    press(page, "file-apart")
    file = take(page, form, tmp_path)
    other = open_page(language + PAGE)
    # The page in English reads the columns' names of both languages.
    slot(other, "import-input").set_input_files(file)
    other.locator("#traer").click()
    assert agreements(other) == agreements(page)
    # And changed there, it changes here what is the same agreement.
    if not language:
        page.locator(".agreement summary").first.click()
        slot(page, "import-input").set_input_files(file)
        expect(page.locator("#traer")).to_be_disabled()


def test_the_file_opens_elsewhere_and_joins(open_page, own, words, tmp_path):
    page = open_page(PAGE)
    open_file(page, file_of(FULL))
    press(page, "file-apart")
    file = download(page, "kept-save", tmp_path)
    other = open_page(PAGE)
    open_file(other, file)
    expect(slot(other, "file-preview")).to_contain_text(fill(own["agreements_other"], {"count": 2}))
    press(other, "file-apart")
    assert agreements(other) == agreements(page)
    # A colleague changes one fact there while another is changed here.
    other.locator(".agreement summary").last.click()
    write(other, "person", "Sindicatura")
    again = download(other, "kept-save", tmp_path)
    page.locator(".agreement summary").last.click()
    write(page, "file", "Caja 9")
    open_file(page, again)
    press(page, "file-join")
    joined = next(one for one in agreements(page) if one["partner"] == "Renton")
    assert (joined["person"], joined["file"]) == ("Sindicatura", "Caja 9")
    press(page, "kept-undo")
    assert "person" not in next(one for one in agreements(page) if one["partner"] == "Renton")
    open_file(page, payload("{", "roto.json"))
    expect(slot(page, "file-problem")).to_have_text(fill(own["problems"]["not_ours"], {"name": "roto.json"}))


def test_two_tabs_lose_nothing(open_page, words):
    page = open_page(PAGE)
    open_file(page, file_of(FULL))
    press(page, "file-apart")
    other = page.context.new_page()
    other.goto(page.url)
    # The same agreement, a fact each; and one more in each tab.
    for one, field, value in ((page, "person", "Sindicatura"), (other, "file", "Caja 9")):
        one.locator(".agreement summary", has_text="Renton").click()
        write(one, field, value)
        do(one, "add")
        one.keyboard.type(f"De {field}")
        one.keyboard.press("Tab")
    page.wait_for_timeout(600)
    found = agreements(page)
    assert [one.get("partner") for one in found] == [HOSTILE, "De file", "De person", "Renton"]
    assert (found[3]["person"], found[3]["file"]) == ("Sindicatura", "Caja 9")
    assert sorted(names(page)) == sorted(names(other))


def test_what_expires_goes_into_a_calendar(open_page, own, tmp_path):
    page = open_page(PAGE)
    open_file(page, file_of([{"partner": "Lejos", "signed": "2015", "until": day(400)}]))
    press(page, "file-apart")
    do(page, "calendar")
    expect(slot(page, "calendar-said")).to_have_text(own["calendar_none"])
    rows = [
        {"partner": "Renton", "signed": "2015", "until": day(200), "renewal": "agreed", "person": "Sindicatura"},
        {"partner": "Lyon", "signed": "2015", "until": day(30)},
        {"partner": "Pasó", "signed": "2015", "until": day(-1)},
    ]
    other = open_page(PAGE)
    open_file(other, file_of(rows))
    press(other, "file-apart")
    made = icalendar.Calendar.from_ical(take(other, "calendar", tmp_path).read_bytes())
    events = {str(one["SUMMARY"]): one for one in made.walk("VEVENT")}
    end, decide = (fill(own[name], {"name": "Renton"}) for name in ("calendar_end", "calendar_decide"))
    assert set(events) == {end, decide, fill(own["calendar_end"], {"name": "Lyon"})}
    assert events[end].decoded("DTSTART").isoformat() == day(200)
    assert 180 <= (events[end].decoded("DTSTART") - events[decide].decoded("DTSTART")).days <= 184
    assert "Sindicatura" in events[end]["DESCRIPTION"]


def test_the_inventory_and_the_sheets_on_paper(open_page, own):
    page = open_page(PAGE)
    open_file(page, file_of(FULL))
    press(page, "file-apart")
    said = texts(page)
    assert "San Gabriel" in said and own["private_title"] in said and HOSTILE in said
    assert pages_on_paper(page) == 1
    page.locator("#que-imprimir").select_option("sheets")
    assert texts(page).count(own["sheet_kind"]) == 2
    assert pages_on_paper(page) == 2
    page.locator(".agreement summary", has_text="Renton").click()
    page.evaluate("window.print = () => { window.printed = true }")
    do(page, "sheet")
    page.wait_for_function("window.printed")
    assert texts(page).count(own["sheet_kind"]) == 1 and "Renton" in texts(page)


def test_it_proposes_and_never_answers(open_page, own, content: Content):
    page = open_page(PAGE)
    expect(slot(page, "no-proofs")).to_be_visible()
    open_file(page, file_of([{"partner": "Renton", "country": "EUA", "kind": "twinning", "state": "active", "signed": day(-300),
                              "opinion": "none"}]))  # fmt: skip
    press(page, "file-apart")
    proofs = slot(page, "proofs")
    criterion = next(one for checklist in content.checklists for one in checklist.criteria if one.id == "acu-04")
    proposal = proofs.locator("li", has_text="acu-04")
    expect(proposal).to_contain_text(fill(own["proposes"], {"level": 0, "text": criterion.levels[0][DEFAULT]}))
    expect(proposal).to_contain_text("Renton")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('abc.assessment'))") == []
    proposal.get_by_role("link").click()
    assert page.url.endswith("autoevaluacion/acuerdos/#acu-04")


def test_the_template_filled_in_by_hand_is_read(open_page, content: Content, site: Path, tmp_path):
    for code, start in (("es", ""), ("en", "en/")):
        book = openpyxl.load_workbook(site / f"assets/descargas/abc-registro-acuerdos-{code}.xlsx")
        sheet = book.worksheets[0]
        head = [cell.value for cell in sheet[1]]
        assert head == [one.label[code] for one in content.register.fields]
        asked = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
        assert sum(one.type == "list" for one in asked.values()) == sum(
            bool(one.choices) for one in content.register.fields
        )
        for column, field in enumerate(content.register.fields, 1):
            value = {"date": datetime.date(2020, 2, 29), "until": datetime.date(2030, 12, 31), "year": 2026}.get(
                field.kind, "Texto"
            )
            # The list of a cell has no commas.
            sheet.cell(2, column, field.choices[-1].name[code].replace(",", "") if field.choices else value)
        book.save(tmp_path / f"{code}.xlsx")
        page = open_page(start + PAGE)
        slot(page, "import-input").set_input_files(tmp_path / f"{code}.xlsx")
        page.locator("#traer").click()
        (found,) = agreements(page)
        expected = {"date": "2020-02-29", "until": "2030-12-31", "year": "2026"}
        assert found == {
            one.id: one.choices[-1].id if one.choices else expected.get(one.kind, "Texto")
            for one in content.register.fields
        }


def test_without_scripts_it_explains_and_offers_the_templates(open_page, content: Content, project: Project):
    for code in project.codes:
        page = open_page(PAGE if code == DEFAULT else f"{code}/{PAGE}", java_script_enabled=False)
        shown = page.locator("main").inner_text()
        assert all(one.label[code] in shown for one in content.register.fields)
        assert page.locator('main a[href$=".xlsx"]:visible').count() == 1
        expect(page.locator("[data-tool]")).to_be_hidden()


@pytest.mark.parametrize("scheme, viewport", [("light", None), ("dark", PHONE)])
def test_no_violations_with_agreements_and_a_table(open_page, scheme, viewport):
    page = open_page(PAGE, color_scheme=scheme, **({"viewport": viewport} if viewport else {}))
    open_file(page, file_of(FULL))
    press(page, "file-apart")
    page.locator(".agreement summary").first.click()
    write(page, "until", "pronto")
    slot(page, "import-input").set_input_files(as_csv([["Socio", "Firma"], ["Lyon", "03/04/2015"], ["x", "raro"]]))
    expect(slot(page, "import-area")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_of_two_hundred_agreements_only_what_changes_is_drawn_again(open_page):
    """A field that is written in makes one element more for each of the others, which stay those they were."""
    work = []
    for count in (1, 200):
        page = open_page(PAGE)
        open_file(page, file_of([{**FULL[0], "partner": f"Ciudad {at}"} for at in range(count)]))
        press(page, "file-apart")
        expect(page.locator(".agreement")).to_have_count(count)
        page.locator(".agreement summary").nth(count // 2).click()
        expect(page.locator('[id$=".person"]')).to_be_visible()
        work.append(page.evaluate(WRITTEN))
    alone, among_many = work
    assert alone["moved"] == among_many["moved"] == 0
    assert among_many["made"] - alone["made"] < 200


# How many elements are made, and how many agreements taken away or put in, when a field is written in.
WRITTEN = """async () => {
  const work = { made: 0, moved: 0 };
  const make = document.createElement;
  Document.prototype.createElement = function (...all) { work.made += 1; return make.apply(this, all); };
  new MutationObserver((all) => {
    const nodes = all.flatMap((one) => [...one.addedNodes, ...one.removedNodes]);
    work.moved += nodes.filter((one) => one.classList?.contains("agreement")).length;
  }).observe(document.body, { childList: true, subtree: true });
  const field = document.querySelector('[id$=".person"]');
  field.value = "x";
  field.dispatchEvent(new Event("input"));
  field.dispatchEvent(new Event("change"));
  await new Promise((done) => setTimeout(done));
  return work;
}"""
