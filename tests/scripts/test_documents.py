"""The documents of an assessment: what they say, on paper, as files, and back again."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guide.model.content import Content
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, PHONE, ROOT
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import slot, stored
from tests.scripts.test_assessments import open_apart, open_file
from tests.scripts.test_plan import keep

PAGE = "autoevaluacion/documentos/"
EVIL = '<img src=x onerror="document.title=1">=1+1'


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


@pytest.fixture
def other(project: Project):
    return open_texts(project, project.codes[1])


@pytest.fixture
def example() -> dict:
    return json.loads((ROOT / "overrides/assets/example.json").read_text("utf-8"))


def full(content: Content) -> dict[str, dict]:
    """A record for every criterion, with everything a record can hold, and legal ones at 0."""
    records = {}
    for one in content.checklists:
        for place, criterion in enumerate(one.criteria):
            records[criterion.id] = {
                "answer": 0 if criterion.critical is not None else place % 4,
                "note": f"Nota de {criterion.id}",
                "confidence": "estimated",
                "target": 3,
                "evidence": [{"title": f"Acta de {criterion.id}", "place": "Caja 12", "link": "https://ejemplo.mx/"}],
                "plan": {
                    "what": "Redactar y aprobar en cabildo " * 2,
                    "who": "Dirección de Planeación",
                    "due": "2027-05-31",
                },
            }
    return records


def choose(page: Page, kind: str, *languages: str) -> None:
    page.locator(f'[name="kind"][value="{kind}"]').check()
    for box in page.locator('[name="language"]').all():
        if languages and box.get_attribute("value") in languages:
            box.check()
    for box in page.locator('[name="language"]').all():
        if languages and box.get_attribute("value") not in languages:
            box.uncheck()
    # The document before may be of the same kind: what counts is that the page is done with this one.
    expect(slot(page, "report")).to_have_attribute("aria-busy", "false")
    expect(page.locator(f".report-{kind}")).to_have_count(len(languages) or 1)
    for code in languages:
        expect(page.locator(f'.report-{kind}[lang="{code}"]')).to_have_count(1)


def on_paper(page: Page, file: Path, **options) -> PdfReader:
    """What comes out of the printer when the page's own button is pressed: it prints once all is there."""
    page.evaluate("() => { window.asked = new Promise((done) => { window.print = done; }); }")
    page.locator('[data-document="print"]').click()
    page.evaluate("() => window.asked")
    page.pdf(path=file, **options)
    return PdfReader(file)


def save(page: Page, what: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f'[data-document="{what}"]').click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def letters(text: str) -> str:
    """What is read, without spaces: where letters are moved apart or together, a space may be read inside a word, and
    letters that the face draws as one are two."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


def test_the_summary_for_the_council_is_one_page_at_its_fullest(open_page, content, project, tmp_path):
    page = open_page(PAGE)
    keep(page, full(content), content)
    for code in project.codes:
        choose(page, "summary", code)
        for paper in ("Letter", "A4"):
            pages = on_paper(page, tmp_path / "x.pdf", format=paper).pages
            assert len(pages) == 1, (code, paper)
            # Letters that the face draws as one are two in what people read.
            text = letters(pages[0].extract_text())
            words = open_texts(project, code)
            assert letters(words["report"]["priorities"]) in text and letters("Villa, Nueva; 1 · 2026") in text
            for one in content.checklists:
                assert letters(one.short[code]) in text
            for one in (c for c in content.checklists for c in c.criteria if c.critical is not None):
                assert letters(one.statement[code]) in text
    # Both languages: one after the other, each on its page.
    choose(page, "summary", *project.codes)
    assert len(on_paper(page, tmp_path / "x.pdf", format="Letter").pages) == len(project.codes)


@pytest.mark.parametrize("answer", [0, 1, "no_information"])
def test_the_summary_for_the_council_is_one_page_whatever_was_answered(open_page, content, project, tmp_path, answer):
    """Without a plan the next steps stand in full, and every legal criterion may be flagged."""
    page = open_page(PAGE)
    keep(page, {one.id: {"answer": answer} for each in content.checklists for one in each.criteria}, content)
    for code in project.codes:
        choose(page, "summary", code)
        for paper in ("Letter", "A4"):
            assert len(on_paper(page, tmp_path / "x.pdf", format=paper).pages) == 1, (code, paper)


PRINTS = "window.prints = []; window.print = () => window.prints.push(%s)"
LANGUAGES = """Array.from(document.querySelector('[data-slot="report"]').shadowRoot.querySelectorAll('.report'),
  (one) => one.lang).join()"""


def test_printing_waits_for_the_document_that_was_asked_for(open_page, content, project):
    """The words of another language come when they come: until then its document is not what is on the page."""
    other = project.codes[1]
    page = open_page(PAGE, PRINTS % LANGUAGES)
    keep(page, full(content), content)
    choose(page, "summary", DEFAULT)
    held = []
    page.route(f"**/{other}-texts.js", lambda route: held.append(route))
    page.locator(f'[name="language"][value="{other}"]').check()
    page.locator(f'[name="language"][value="{DEFAULT}"]').uncheck()
    page.locator('[data-document="print"]').click()
    page.wait_for_function("() => document.querySelector('[data-slot=report]').ariaBusy === 'true'")
    # By keyboard nobody can be made to wait: what is not the document is not printed for it.
    page.emulate_media(media="print")
    expect(page.locator(".report")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator(".report")).to_be_visible()
    assert page.evaluate("window.prints") == []
    for one in held:
        one.continue_()
    page.unroute(f"**/{other}-texts.js")
    page.wait_for_function("() => window.prints.length")
    assert page.evaluate("window.prints") == [other]


def test_what_cannot_come_is_said_and_nothing_else_is_printed(browser, address, content, project, words):
    other = project.codes[1]
    page = browser.new_context().new_page()
    page.add_init_script(PRINTS % LANGUAGES)
    page.goto(address + PAGE)
    keep(page, full(content), content)
    choose(page, "summary", DEFAULT)
    page.route(f"**/{other}-texts.js", lambda route: route.abort())
    page.locator(f'[name="language"][value="{other}"]').check()
    expect(slot(page, "documents-state")).to_have_text(words["documents"]["failed"])
    expect(page.locator(".report")).to_have_count(0)
    page.locator('[data-document="print"]').click()
    page.locator(f'[name="language"][value="{other}"]').uncheck()
    expect(page.locator(".report")).to_have_count(1)
    page.locator('[data-document="print"]').click()
    page.wait_for_function("() => window.prints.length")
    assert page.evaluate("window.prints") == [DEFAULT]
    page.context.close()


@pytest.mark.parametrize(
    ("address_of_page", "button"),
    [
        (PAGE, '[data-document="print"]'),
        ("autoevaluacion/plan/", '[data-slot="print"]'),
        ("autoevaluacion/resultados/", '[data-action="print"]'),
        ("autoevaluacion/genero/", '[data-action="print"]'),
        ("herramientas/comparar-redes/", '[data-action="paper-print"]'),
    ],
)
def test_printing_waits_for_the_face_of_the_words(open_page, content, address_of_page, button):
    """Set in another face, a document takes other pages."""
    page = open_page(address_of_page, PRINTS % "document.fonts.status")
    keep(page, {content.checklists[0].criteria[0].id: {"answer": 2}}, content)
    held = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.reload(wait_until="domcontentloaded")
    page.wait_for_function("() => document.fonts.status === 'loading'")
    page.locator(button).first.evaluate("one => one.click()")
    assert page.evaluate("window.prints") == []
    for one in held:
        one.continue_()
    page.unroute("**/*.woff2")
    page.wait_for_function("() => window.prints.length")
    assert page.evaluate("window.prints") == ["loaded"]


def test_the_dossier_holds_everything_in_either_language(open_page, content, project):
    page = open_page(PAGE)
    keep(page, full(content), content)
    choose(page, "dossier", *project.codes)
    for code in project.codes:
        shown = page.locator(f'.report[lang="{code}"]').inner_text()
        for one in content.checklists:
            assert one.title[code] in shown
            for place, criterion in enumerate(one.criteria):
                level = 0 if criterion.critical is not None else place % 4
                assert inline_markdown.plain(criterion.statement[code]) in shown
                assert inline_markdown.plain(" ".join(criterion.levels[level][code].split())) in " ".join(shown.split())
                assert f"Acta de {criterion.id}" in shown and f"Nota de {criterion.id}" in shown


def test_the_hand_over_says_where_everything_is_and_what_is_missing(open_page, content, words):
    first, second, third = content.checklists[0].criteria[:3]
    records = {
        first.id: {
            "answer": 3,
            "evidence": [{"title": "Plan municipal", "place": "Archivo, caja 3", "date": "2025-04-01"}],
        },
        second.id: {"answer": 2},
        third.id: {"answer": 1, "plan": {"what": "Pedir el acta", "who": "Jurídico", "due": "2027-01-15"}},
    }
    page = open_page(PAGE)
    keep(page, records, content)
    choose(page, "handover")
    tables = page.locator(".report table.lines")
    expect(tables.nth(0).locator("tbody tr")).to_have_count(1)
    expect(tables.nth(0)).to_contain_text("Archivo, caja 3")
    expect(tables.nth(1).locator("tbody tr")).to_have_count(1)
    expect(tables.nth(1)).to_contain_text(second.statement[DEFAULT])
    expect(tables.nth(2)).to_contain_text("Pedir el acta")
    expect(page.locator(".report")).to_contain_text(words["report"]["receives"])


def test_a_saved_document_stands_alone_and_opens_again(open_page, browser, content, project, tmp_path):
    page = open_page(PAGE)
    records = full(content)
    evil = content.checklists[0].criteria[0]
    records[evil.id]["note"] = EVIL + "</script><script>document.title=2</script>"
    keep(page, records, content)
    mine = stored(page)
    choose(page, "dossier", *project.codes)
    file = save(page, "html", tmp_path)
    assert re.fullmatch(r"abc-expediente-villa-nueva-1-2026-\d{4}-\d\d-\d\d\.html", file.name)
    # From a folder, offline, without scripts: complete.
    context = browser.new_context(java_script_enabled=False, offline=True)
    asked = []
    context.on("request", lambda one: asked.append(one.url))
    alone = context.new_page()
    alone.goto(file.as_uri())
    assert asked == [file.as_uri()]
    expect(alone.locator("article")).to_have_count(len(project.codes))
    expect(alone.locator("article").first).to_contain_text(EVIL)
    expect(alone.locator("h1")).to_have_count(len(project.codes))
    context.close()
    with_scripts = browser.new_context().new_page()
    with_scripts.goto(file.as_uri())
    assert with_scripts.title() == "Villa, Nueva; 1 · 2026"
    assert violations(with_scripts) == []
    with_scripts.context.close()
    # On another computer.
    there = open_page("autoevaluacion/")
    open_apart(there, file)
    found = stored(there)
    assert found["checklists"] == mine["checklists"] and found["title"] == mine["title"]
    assert there.title() not in ("1", "2")


def test_a_foreign_page_is_refused(open_page, words):
    page = open_page("autoevaluacion/")
    text = "<!doctype html><title>x</title><script>document.title=1</script>"
    open_file(page, {"name": "x.html", "mimeType": "text/html", "buffer": text.encode()})
    expect(slot(page, "open-problem")).to_have_text(
        fill(words["assessments"]["problems"]["not_ours"], {"name": "x.html"})
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "  =", "%", "|"])
def test_no_cell_of_the_spreadsheet_starts_a_formula(open_page, content, start, tmp_path):
    first = content.checklists[0].criteria[0]
    page = open_page(PAGE)
    keep(page, {first.id: {"answer": 2, "note": f'{start}CMD("x")\n;,"ñ"'}}, content)
    rows = table(save(page, "csv", tmp_path))
    note = next(row for row in rows if first.id in row)
    assert not any(re.match(r"\s*[=+\-@|%]", cell) for row in rows for cell in row)
    assert any('CMD("x") ;,"ñ"' in cell for cell in note)


def table(file: Path) -> list[list[str]]:
    """The rows of a saved spreadsheet, as Excel reads it: by its mark UTF-16, with tabs."""
    raw = file.read_bytes()
    assert raw.startswith(b"\xff\xfe")
    return list(csv.reader(io.StringIO(raw.decode("utf-16"), newline=""), delimiter="\t"))


def row_of(checklist, criterion, record: dict, code: str, words) -> list[str]:
    """What stands in the row of a criterion, column by column."""
    answer, states = record.get("answer"), words["assessments"]["states"]
    level = {"no_information": 0, "not_applicable": None, None: None}.get(answer, answer)
    least = 0 if criterion.critical is None else criterion.critical + 1
    goal = max(record.get("target", 3), least)
    plan = record.get("plan", {})
    said = words["record"].get(record.get("confidence"), "")
    return [
        checklist.short[code],
        criterion.id,
        inline_markdown.plain(criterion.statement[code]),
        str(criterion.weight),
        words["report"]["yes"] if criterion.critical is not None else "",
        states[answer or "unanswered"] if not isinstance(answer, int) else words["levels"][answer],
        "" if level is None else str(level),
        said,
        str(record.get("target", "")),
        "" if level is None else str(max(0, goal - level)),
        record.get("reason", ""),
        record.get("note", ""),
        " | ".join(
            ", ".join(one[key] for key in ("title", "place", "date", "link") if key in one)
            for one in record.get("evidence", [])
        ),
        *(plan.get(key, "").strip() for key in ("what", "who", "due")),
    ]


def test_the_spreadsheet_has_a_row_for_each_criterion(open_page, content, project, words, other, tmp_path):
    page = open_page(PAGE)
    records = full(content)
    free = [c.id for one in content.checklists for c in one.criteria if c.critical is None]
    acts = [
        {"title": "Acta", "date": "2026-03-12"},
        {"title": "Plan", "place": "Caja 1", "link": "https://ejemplo.mx/"},
    ]
    optional = next(c.id for one in content.checklists for c in one.criteria if c.not_applicable is not None)
    records |= {
        free[0]: {"answer": "no_information", "evidence": acts},
        # A target that has been passed.
        free[1]: {"answer": 3, "target": 1},
        free[2]: {"answer": 0, "target": 2, "plan": {"who": "Turismo"}},
        free[3]: {"note": "Sin respuesta"},
        optional: {"answer": "not_applicable", "reason": "No hay"},
    }
    keep(page, records, content)
    for code, said in ((project.codes[1], other), (DEFAULT, words)):
        choose(page, "summary", code)
        rows = table(save(page, "csv", tmp_path))
        every = [c for one in content.checklists for c in one.criteria]
        assert len(rows) == 1 + len(every) and {len(row) for row in rows} == {16}
        # Every cell of every row.
        levels = [f"{value} {level.name[code]}" for value, level in enumerate(content.scale.levels)]
        told = {name: said[name] for name in ("assessments", "record", "report")} | {"levels": levels}
        expected = [
            row_of(one, c, records.get(c.id, {}), code, told) for one in content.checklists for c in one.criteria
        ]
        assert [[cell.strip() for cell in row] for row in rows[1:]] == expected


def test_a_document_in_no_language_cannot_be_asked_for(open_page, project):
    page = open_page(PAGE)
    boxes = page.locator('[name="language"]')
    expect(boxes).to_have_count(len(project.codes))
    page.locator(f'[name="language"][value="{DEFAULT}"]').click()
    expect(page.locator(f'[name="language"][value="{DEFAULT}"]')).to_be_checked()


def test_an_empty_assessment_says_that_its_document_is_empty(open_page, words):
    page = open_page(PAGE, viewport=PHONE)
    expect(slot(page, "documents-state")).to_have_text(words["documents"]["empty"])
    assert violations(page) == []


@pytest.mark.parametrize("kind", ["summary", "dossier", "handover"])
def test_documents_have_no_violations(open_page, content, kind):
    page = open_page(PAGE)
    keep(page, full(content), content)
    choose(page, kind)
    assert violations(page) == []
