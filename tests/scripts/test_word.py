"""Papers as Word documents: an office program reads in them what the page says, and so does whoever cannot see."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guide.downloads import office, word
from guide.model.content import Content
from guide.model.office_templates import FACTS
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, NAME_ASKED, PHONE
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import slot
from tests.scripts.test_documents import EVIL, PAGE, choose, full, save
from tests.scripts.test_plan import keep
from tests.word_files import WordFile, opened_text
from tools.office import convert

OWN = ("summary", "plan", "dossier", "handover")
ON_DEMAND = re.compile(r"/assets/(bundles/word|office/\w+)\.js$")
# What a person reads of the papers on the page, in words; pictures are not read.
SHOWN = """all => all.map((one) => {
  const copy = one.cloneNode(true);
  copy.querySelectorAll('[aria-hidden="true"]').forEach((hidden) => hidden.remove());
  copy.querySelectorAll('dt').forEach((name) => name.append(':'));
  copy.querySelectorAll('p, li, ul, ol, dt, dd, th, td, h3, h4, h5, h6, figcaption, .step').forEach((inner) => {
    inner.before(' ');
    inner.after(' ');
  });
  return copy.textContent;
}).join(' ')"""
PLAN = {
    "kind": "abc-twinning", "format": 1, "id": "plan-a", "title": "Agua y residuos", "created": "2026-01-01T00:00:00.000Z",
    "updated": "2026-01-01T00:00:00.000Z",
    "items": {
        "partner": {"text": "Villa Real, Portugal"},
        "prepares": {"text": "Oficina internacional"},
        "decides": {"text": "Presidencia municipal"},
        "term": {"date": "2027-09-30"},
        "task.propia": {"title": "Traducir el texto", "who": "Área jurídica", "due": "2027-02-01", "phase": "fase-2"},
    },
}  # fmt: skip


AGREEMENT = {
    "partner": "Ciudad de Ponta Alta", "country": "Brasil", "kind": "twinning", "subject": "Acuerdo de hermanamiento",
    "languages": "español y portugués", "state": "active", "opinion": "favourable", "opined": "2025-02-18",
    "reference": "DGCP-031", "voted": "2025-02-27", "majority": "two-thirds", "minutes": "Acta 07/2025",
    "signed": "2025-03-14", "registered": "2025-06", "registration": "Folio 88", "until": "2031-12-31",
    "renewal": "agreed", "year": "2026", "programme": "Programa anual", "person": "Dirección de Enlace",
    "file": "Archivo, caja 9", "notes": "Se renueva en cabildo",
}  # fmt: skip
COMPARISON = {
    "kind": "abc-comparison", "format": 1, "id": "comp-a", "title": "Redes 2027", "created": "2026-01-01T00:00:00.000Z",
    "updated": "2026-01-01T00:00:00.000Z",
    "items": {
        "network.uno": {"ref": "c40", "name": "C40", "order": 1}, "prepares": {"text": "Oficina"},
        "network.dos": {"name": "Red del río", "order": 2}, "rating.uno.visibilidad": {"value": 2},
    },
}  # fmt: skip
REGISTER = {
    "kind": "abc-register", "format": 1, "id": "reg-a", "title": "", "created": "2026-01-01T00:00:00.000Z",
    "updated": "2026-01-01T00:00:00.000Z",
    "items": {
        **{f"uno.{field}": {"text": said} for field, said in AGREEMENT.items()},
        "dos.partner": {"text": "Empresa ajena"}, "dos.kind": {"text": "private"},
        "tres.partner": {"text": "Ayuntamiento de Ribera"}, "tres.until": {"text": "indefinite"},
    },
}  # fmt: skip


def tokens(text: str) -> Counter[str]:
    """The words and figures of a text, with the signs that stand for lights left out."""
    return Counter(re.findall(r"[^\s●◆▲○▬☐]+", text))


def shown(page: Page) -> str:
    return page.locator(".report").evaluate_all(SHOWN)


def opened(files: list[Path], folder: Path) -> dict[str, str]:
    """What an office program reads in each file, by its stem."""
    convert(files, folder, "fodt")
    return {one.stem: opened_text(folder / f"{one.stem}.fodt") for one in files}


def with_room(found: Counter[str], project: Project, kind: str, codes: list[str]) -> Counter[str]:
    """The words of papers and what their document has beside: room for what an office writes, and how to use its note."""
    for code in codes:
        words, formats = open_texts(project, code)["office"], open_texts(project, code)["formats"]
        found += tokens(f"[{formats['crest']}] {formats['own_line']}")
        if kind in OWN:
            blanks = " ".join(f"[{words['missing']}: {words[name]}]" for name in ("number", "place", "copy_to"))
            found += tokens(f"{words['number_name']} {words['place_name']} {words['copy_name']} {blanks}")
        if kind == "summary":
            # The picture has a column of its own beside the figures.
            found += tokens(open_texts(project, code)["overview"]["checklists"])
        if kind == "handover":
            # Who signs is written there.
            signature = open_texts(project, code)["report"]["signature"]
            found = found - tokens(f"{signature} " * 2) + tokens(f"[{words['missing']}: {signature}] " * 2)
    return found


@pytest.fixture
def filled_page(open_page, content: Content):
    """The page of documents with an assessment that holds everything a record can."""
    page = open_page(PAGE)
    records = full(content)
    first = content.checklists[0].criteria[1].id
    records[first]["note"] = f"{EVIL}\nsegundo renglón & \u0007\ud800 fin 🏙"
    page.evaluate("text => { localStorage['abc.twinning.plan-a'] = text }", json.dumps(PLAN))
    keep(page, records, content)
    return page


def test_an_office_program_reads_in_every_paper_what_the_page_says(filled_page, project: Project, tmp_path: Path):
    page = filled_page
    wanted, files = {}, []
    for kind in OWN:
        for codes in ([project.codes[0]], [project.codes[1]], list(project.codes)):
            choose(page, kind, *codes)
            folder = tmp_path / f"{kind}-{'-'.join(codes)}"
            folder.mkdir()
            file = save(page, "word", folder)
            name = open_texts(project, DEFAULT)["documents"]["files"][kind]
            assert re.fullmatch(rf"abc-{name}-villa-nueva-1-2026-\d{{4}}-\d\d-\d\d\.docx", file.name)
            file = file.rename(tmp_path / f"{folder.name}.docx")
            files.append(file)
            wanted[file.stem] = with_room(tokens(shown(page)), project, kind, codes)
            check_structure(WordFile(file), page, project, codes)
    for stem, text in opened(files, tmp_path).items():
        # Letters no file can hold are left out of it; the page shows them as a box.
        said = {re.sub(r"[\u0000-\u001f\ufffd\ud800-\udfff]", "", one): count for one, count in wanted[stem].items()}
        found = tokens(text)
        said = Counter({one: count for one, count in said.items() if one})
        assert (said - found, found - said) == (Counter(), Counter()), stem


def test_the_summary_for_the_council_is_one_page_in_word_too(
    open_page, content: Content, project: Project, tmp_path: Path
):
    """At its fullest, with every legal criterion flagged, with next steps in full, and in both languages, a page each."""
    page = open_page(PAGE)
    criteria = [one.id for each in content.checklists for one in each.criteria]
    wanted, files = {}, []
    for name, records in {
        "full": full(content),
        "unknown": {one: {"answer": "no_information"} for one in criteria},
        "begun": {one: {"answer": 1} for one in criteria},
    }.items():
        keep(page, records, content)
        for codes in ([project.codes[0]], [project.codes[1]], list(project.codes)):
            choose(page, "summary", *codes)
            file = tmp_path / f"{name}-{'-'.join(codes)}.docx"
            files.append(save(page, "word", tmp_path).rename(file))
            wanted[file.stem] = len(codes)
            assert WordFile(file).shortcomings() == []
    convert(files, tmp_path, "pdf")
    assert {one.stem: len(PdfReader(one.with_suffix(".pdf")).pages) for one in files} == wanted


def check_structure(file: WordFile, page: Page, project: Project, codes: list[str]) -> None:
    """Headings, tables, pictures, title and languages of a document, against the page it was made of."""
    assert file.shortcomings() == []
    report = page.locator(f'.report[lang="{codes[0]}"]')
    assert file.title == f"{report.locator('.report-kind').text_content()} · Villa, Nueva; 1 · 2026"
    locales = [open_texts(project, code)["format"]["locale"] for code in codes]
    assert (file.language, file.languages()) == (locales[0], set(locales[1:]))
    headings = [text for style, text in file.paragraphs() if style in ("Title", "Heading1", "Heading2")]
    assert [" ".join(one.split()) for one in headings] == [
        " ".join(one.split()) for one in page.locator(".report").locator("h3, h4, h5, h6").all_text_contents()
    ]
    named = [
        [" ".join(cell.split()) for cell in row]
        for row in page.locator(".report table").evaluate_all(
            "all => all.map((one) => Array.from(one.rows[0].cells, (cell) => cell.textContent))"
        )
    ]
    assert [table[0] for table in file.tables() if table[0] in named] == named
    pictures = page.locator(".report .radar")
    assert len(file.alternatives()) == pictures.count()
    for text, names in zip(file.alternatives(), page.locator(".pictures").all()):
        for row in names.locator("tbody tr").all():
            name, score = row.locator("th, td").all_text_contents()[:2]
            assert f"{name}, {score.strip()}" in text


def test_what_is_no_document_for_everybody_is_told(tmp_path: Path):
    """What looks at the documents does see what is wrong."""
    made = docx.Document()
    made.add_heading("Dos", 2)
    made.add_table(1, 2)
    made.save(str(tmp_path / "malo.docx"))
    found = WordFile(tmp_path / "malo.docx").shortcomings()
    for trouble in (
        "no title",
        "the first heading is not the title",
        "a column without a name",
        "a table without a caption",
    ):
        assert trouble in found
    assert "header rows: [False]" in found


def test_nothing_is_loaded_before_a_paper_is_asked_for_and_little_then(
    open_page, address, site: Path, content, project
):
    asked: list[str] = []
    page = open_page(PAGE)
    keep(page, full(content), content)
    page.on("request", lambda one: ON_DEMAND.search(one.url) and asked.append(one.url.removeprefix(address)))
    page.reload(wait_until="networkidle")
    for kind in OWN:
        choose(page, kind)
    assert asked == []
    with page.expect_download():
        page.locator('[data-document="word"]').click()
    assert asked == ["assets/bundles/word.js", f"assets/office/{DEFAULT}.js"]
    with page.expect_download():
        page.locator('[data-document="word"]').click()
    assert len(asked) == 2
    assert sum(len(gzip.compress((site / one).read_bytes())) for one in asked) < 35_000


def test_a_document_that_cannot_be_made_is_said(browser, address, content, words):
    page = browser.new_context().new_page()
    page.add_init_script(NAME_ASKED)
    page.goto(address + PAGE)
    keep(page, full(content), content)
    page.route("**/bundles/word.js", lambda route: route.abort())
    page.locator('[data-document="word"]').click()
    expect(slot(page, "documents-state")).to_have_text(words["documents"]["failed"])
    page.context.close()


def test_it_works_from_a_folder_and_where_the_browser_cannot_pack(browser, offline: Path, content, tmp_path):
    page = browser.new_context().new_page()
    page.add_init_script(f"{NAME_ASKED}; delete window.CompressionStream;")
    page.goto((offline / "autoevaluacion/documentos.html").as_uri())
    keep(page, full(content), content)
    expect(page.locator(".report").first).to_contain_text("Villa, Nueva; 1 · 2026")
    file = save(page, "word", tmp_path)
    assert WordFile(file).shortcomings() == []
    assert "Villa, Nueva; 1 · 2026" in opened([file], tmp_path)[file.stem]
    page.context.close()


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def test_a_paper_of_the_office_is_its_template_with_what_is_known(open_page, content, project, tmp_path):
    """Nothing known, nothing put in: what is read is what the blank document says, field for field."""
    page = open_page(PAGE)
    files = []
    for one in office.filled(content):
        for code in project.codes:
            texts = open_texts(project, code)
            file = tmp_path / f"blanco-{one.id}-{code}.docx"
            file.write_bytes(word.write(one, texts))
            files.append(file)
            page.locator(f'[name="kind"][value="{one.id}"]').check()
            choose_language(page, code)
            file = save(page, "word", tmp_path)
            files.append(file.rename(tmp_path / f"lleno-{one.id}-{code}.docx"))
            assert WordFile(files[-1]).shortcomings() == []
            assert WordFile(files[-1]).title == one.title[code]
    found = opened(files, tmp_path)
    for one in office.filled(content):
        for code in project.codes:
            words = open_texts(project, code)["office"]
            made = found[f"lleno-{one.id}-{code}"].replace(f"[{words['missing']}: ", "[")
            made, blank = tokens(made), tokens(found[f"blanco-{one.id}-{code}"])
            # The day of today is always known; rows of criteria name them and say that they are not answered.
            assert sum((blank - made).values()) <= 20 + 30 * ("evidence.criterion" in facts_of(one)), (one.id, code)
            kept = [
                text
                for style, text in WordFile(tmp_path / f"blanco-{one.id}-{code}.docx").paragraphs()
                if style == "Note"
            ]
            notes = [
                text
                for style, text in WordFile(tmp_path / f"lleno-{one.id}-{code}.docx").paragraphs()
                if style == "Note"
            ]
            assert notes == kept


def of_agreements(content: Content) -> list:
    """Those that an agreement or a plan fills in; those of a review stand in test_review.py."""
    return [one for one in office.filled(content) if not one.is_of_review]


def facts_of(one) -> set[str]:
    return {
        run.fact for block in next(iter(one.blocks.values())) for runs in runs_of(block) for run in runs if run.fact
    }


def runs_of(block):
    if hasattr(block, "rows"):
        return [cell for row in block.rows for cell in row]
    return block.items if hasattr(block, "items") else [block.runs]


def choose_language(page: Page, code: str) -> None:
    page.locator(f'[name="language"][value="{code}"]').check()
    for box in page.locator(f'[name="language"]:not([value="{code}"])').all():
        box.uncheck()
    expect(slot(page, "report")).to_have_attribute("aria-busy", "false")
    expect(page.locator(f'.report-office[lang="{code}"]')).to_have_count(1)


def test_all_that_may_be_known_is_put_in_from_an_agreement_of_the_register(open_page, content: Content, project):
    """Every fact stands in a template, and none stays open where answers, plan and register say all."""
    assert {fact for one in office.filled(content) for fact in facts_of(one)} == FACTS
    page = open_page(PAGE)
    for kept in (PLAN, REGISTER):
        page.evaluate(
            "([name, text]) => { localStorage[name] = text }",
            [f"{kept['kind'].replace('-', '.')}.{kept['id']}", json.dumps(kept)],
        )
    keep(page, full(content), content)
    for code in project.codes:
        choices = {one.id: one.name[code] for field in content.register.fields for one in field.choices}
        for one in of_agreements(content):
            page.locator(f'[name="kind"][value="{one.id}"]').check()
            choose_language(page, code)
            page.locator('[name="matter"]').select_option(
                label="Ciudad de Ponta Alta, Brasil · Acuerdo de hermanamiento"
            )
            for name, value in (("government_end", "2027-09-30"), ("members", "10")):
                page.locator(f'[name="{name}"]').fill(value)
                page.locator(f'[name="{name}"]').press("Tab")
            expect(slot(page, "report")).to_have_attribute("aria-busy", "false")
            expect(page.locator(".report")).to_contain_text("Ciudad de Ponta Alta, Brasil")
            left = page.locator(".report .blank").evaluate_all(
                "all => all.map((one) => one.dataset.fact).filter(Boolean)"
            )
            # Who decides is known of plans alone; of the row of another agreement, what nobody wrote.
            assert {fact for fact in left if not fact.startswith("agreements.")} <= {"decides"}, one.id
        page.locator('[name="kind"][value="entrega-acuerdo"]').check()
        expect(page.locator(".report")).to_contain_text(choices["favourable"])
        for said in (
            choices["active"],
            choices["two-thirds"],
            choices["agreed"],
            "DGCP-031",
            "Folio 88",
            "Archivo, caja 9",
        ):
            expect(page.locator(".report")).to_contain_text(said)
        # What is published is what the municipality signed: neither a contract nor a plan.
        page.locator('[name="kind"][value="renglones-transparencia"]').check()
        rows = page.locator(".report table").first.locator("tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.nth(1)).to_contain_text("Ayuntamiento de Ribera")


def test_where_agreements_and_plans_are_their_papers_are_linked_to(open_page, content, project):
    for path in ("herramientas/plan-hermanamiento/", "herramientas/registro-acuerdos/"):
        page = open_page(path)
        for one in of_agreements(content):
            link = page.get_by_role("link", name=one.title[DEFAULT], exact=True)
            expect(link).to_have_attribute("href", re.compile(rf"autoevaluacion/documentos/#papel-{one.id}$"))
        page.locator('.office-links a[href$="#papel-acta-comite"]').click()
        expect(page.locator('[name="kind"][value="acta-comite"]')).to_be_checked()
        expect(page.locator(".report-office")).to_have_count(1)


def test_papers_of_the_office_are_filled_from_answers_and_plan(filled_page, content, project, tmp_path):
    page = filled_page
    files, wanted = [], {}
    for code in project.codes:
        words = open_texts(project, code)["office"]
        for one in of_agreements(content):
            page.locator(f'[name="kind"][value="{one.id}"]').check()
            choose_language(page, code)
            for name, value in (("agreement_end", "2031-12-31"), ("members", "10")):
                page.locator(f'[name="{name}"]').fill(value)
                page.locator(f'[name="{name}"]').press("Tab")
            expect(slot(page, "report")).to_have_attribute("aria-busy", "false")
            expect(page.locator(".report")).to_contain_text("Villa, Nueva; 1")
            expect(page.locator(".report .blank").first).to_contain_text(f"[{words['missing']}: ")
            left = page.locator(".report .blank").count()
            filled = page.locator(".report .filled").count()
            expect(slot(page, "documents-state")).to_have_text(
                fill(words["state"], {"filled": filled, "missing": left})
            )
            file = save(page, "word", tmp_path).rename(tmp_path / f"{one.id}-{code}.docx")
            files.append(file)
            wanted[file.stem] = with_room(tokens(shown(page)), project, one.id, [code])
            document = WordFile(file)
            assert document.shortcomings() == []
            # Room for the crest is one more place to fill in.
            assert len(document.blanks()) == left + 1
            assert all(text.startswith(f"[{words['missing']}: ") for text in document.blanks()[1:])
    for stem, text in opened(files, tmp_path).items():
        found = tokens(text)
        assert (wanted[stem] - found, found - wanted[stem]) == (Counter(), Counter()), stem


@pytest.mark.parametrize(
    ("ends", "members", "majority"),
    [
        ("2027-09-30", "9", None),
        ("2027-10-01", "9", "6"),
        ("2031-12-31", "10", "7"),
        ("2031-12-31", "", ""),
        ("", "9", None),
    ],
)
def test_two_thirds_are_asked_for_where_the_council_s_term_is_exceeded(
    open_page, content, project, ends, members, majority
):
    page = open_page(PAGE)
    keep(page, {}, content)
    page.locator('[name="kind"][value="punto-de-acuerdo"]').check()
    expect(page.locator(".report-office")).to_have_count(1)
    for name, value in (("government_end", "2027-09-30"), ("agreement_end", ends), ("members", members)):
        page.locator(f'[name="{name}"]').fill(value)
        page.locator(f'[name="{name}"]').press("Tab")
    words = open_texts(project, DEFAULT)["office"]
    report = page.locator(".report")
    for key, is_said in (("exceeds", majority is not None), ("stays", majority is None and ends != "")):
        text = fill(words[key], {"date": "30 de septiembre de 2027"})
        assert report.get_by_text(text, exact=True).count() == int(is_said), key
    said = (
        words["two_thirds"] if majority == "" else fill(words["two_thirds_of"], {"votes": majority, "members": members})
    )
    assert report.get_by_text(said, exact=True).count() == int(majority is not None)


def test_the_rows_for_transparency_are_a_spreadsheet_too(filled_page, project, tmp_path):
    page = filled_page
    page.locator('[name="kind"][value="renglones-transparencia"]').check()
    expect(page.locator(".report-office")).to_have_count(1)
    rows = save(page, "csv", tmp_path).read_text("utf-16")
    assert "Villa Real, Portugal" in rows and len(rows.splitlines()) > 8


def test_the_page_of_papers_is_for_everybody_and_fits_a_phone(open_page, content):
    page = open_page(PAGE, viewport=PHONE)
    keep(page, full(content), content)
    page.locator('[name="kind"][value="entrega-acuerdo"]').check()
    expect(page.locator(".report-office")).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_a_planner_makes_is_a_word_document_too(open_page, address, project, tmp_path):
    wanted, files = {}, []
    for code in project.codes:
        for path, kept in (
            ("herramientas/plan-hermanamiento/", PLAN),
            ("herramientas/registro-acuerdos/", REGISTER),
            ("herramientas/comparar-redes/", COMPARISON),
        ):
            page = open_page(path if code == DEFAULT else f"{code}/{path}")
            kind = kept["kind"].removeprefix("abc-")
            page.evaluate(
                "([name, text]) => { localStorage[name] = text }", [f"abc.{kind}.{kept['id']}", json.dumps(kept)]
            )
            asked: list[str] = []
            page.on("request", lambda one, asked=asked: ON_DEMAND.search(one.url) and asked.append(one.url))
            page.reload(wait_until="networkidle")
            assert asked == []
            with page.expect_download() as download:
                page.locator('[data-action="paper-word"]').click()
            assert len(asked) == 2 and download.value.suggested_filename.endswith(".docx")
            file = tmp_path / f"{kind}-{code}.docx"
            download.value.save_as(file)
            document = WordFile(file)
            assert document.shortcomings() == []
            assert document.language == open_texts(project, code)["format"]["locale"]
            files.append(file)
            wanted[file.stem] = with_room(tokens(shown(page)), project, "plan", [code])
    for stem, text in opened(files, tmp_path).items():
        code = stem[-2:]
        found, said = bare(tokens(text)), bare(wanted[stem])
        assert said - found == Counter(), stem
        # Lines to write on and to sign are places to fill in, which say with what.
        tools = open_texts(project, code)["tools"]
        names = [*tools["kept"]["letter"].values(), tools["compare"]["prepares"], tools["compare"]["decides"]]
        allowed = bare(tokens(" ".join([open_texts(project, code)["office"]["missing"], *names])))
        assert set(found - said) <= set(allowed), stem


def bare(found: Counter[str]) -> Counter[str]:
    """The same words without the brackets and colons of places to fill in."""
    made: Counter[str] = Counter()
    for one, count in found.items():
        made[one.strip("[]:")] += count
    return made
