"""The reviewer's pass: from whoever answered to whoever reviews and back, by file, with nothing of the answers changed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.downloads import office
from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT
from tests.scripts.test_documents import choose, save
from tests.scripts.test_plan import keep
from tests.scripts.test_word import choose_language, opened, shown, tokens, with_room
from tests.tool_pages import download, open_file, payload, press, saved, slot
from tests.word_files import WordFile

PAGE = "autoevaluacion/revision/"
HOSTILE = '<img src=x onerror="document.title=1">'
WHO = {"name": "Lic. Ana Pérez, contralora", "office": "Contraloría municipal", "date": "2026-11-30"}
AT = "2026-01-01T00:00:00.000Z"


def first_list(content: Content):
    return content.checklists[0]


def records(content: Content) -> dict[str, dict]:
    one, two, three, four = [each.id for each in first_list(content).criteria[:4]]
    return {
        one: {
            "answer": 3,
            "note": f"En el plan {HOSTILE}",
            "evidence": [{"title": "Plan municipal", "place": "Caja 2"}],
        },
        two: {"answer": 2},
        three: {"answer": 1, "note": "De palabra"},
        four: {"answer": 0},
    }


def answers_file(content: Content, id: str = "p", **more) -> dict:
    one = first_list(content)
    held = {key: {**record, "version": one.version, "updated": AT} for key, record in records(content).items()}
    checklists = {one.id: {"version": one.version, "criteria": held}}
    return {"kind": "abc-assessment", "format": 1, "id": id, "title": "Villa Nueva", "round": "2026", "created": AT, "updated": AT, "checklists": checklists, **more}  # fmt: skip


def review_file(content: Content, id: str = "r", answers: dict | None = None, **marks) -> dict:
    """A review of the first answers: `marks` are by place."""
    made = answers or answers_file(content)
    kept = made["checklists"][first_list(content).id]["criteria"]
    ids = [one.id for one in first_list(content).criteria]
    items = {
        "answers": {"assessment": made, "updated": AT},
        **{f"signed.{key}": {"text": text, "updated": AT} for key, text in WHO.items()},
    }
    for place, (mark, note) in marks.items():
        id_ = ids[int(place.removeprefix("m"))]
        items[f"mark.{id_}"] = {"mark": mark, "note": note, "seen": kept.get(id_, {}), "updated": AT}
    return {"kind": "abc-review", "format": 1, "id": id, "title": "Villa Nueva · 2026", "created": AT, "updated": AT, "items": items}  # fmt: skip


def start(code: str) -> str:
    return "" if code == DEFAULT else f"{code}/"


def mark(page: Page, id: str, name: str, note: str = "") -> None:
    item = page.locator(f'[data-slot="reviewed"] > li[id="{id}"]')
    item.locator(f'input[value="{name}"]').check()
    if note:
        item.locator("textarea").fill(note)


def begin(page: Page, file: dict) -> None:
    slot(page, "file-input").set_input_files(file)
    expect(slot(page, "with-answers")).to_be_visible()


def open_on(page: Page, file) -> None:
    slot(page, "open-input").set_input_files(file)


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage['abc.assessment.' + localStorage['abc.current']]"))


@pytest.mark.parametrize("code", ["es", "en"])
def test_from_the_owner_to_the_reviewer_and_back(open_page, content: Content, project: Project, code, tmp_path: Path):
    texts = open_texts(project, code)
    own, words = texts["tools"]["review"], texts["reviews"]
    marks, names = words["marks"], [one.id for one in first_list(content).criteria]
    # The owner saves the file.
    owner = open_page(f"{start(code)}autoevaluacion/{first_list(content).id}/")
    keep(owner, records(content), content)
    owner.locator(".options > summary").click()
    given = download(owner, "assessment-save", tmp_path)
    answered = kept(owner)["checklists"]
    # The reviewer opens it, in another browser.
    page = open_page(f"{start(code)}{PAGE}")
    slot(page, "file-input").set_input_files(given)
    expect(slot(page, "kept-undo-text")).to_have_text(fill(own["opened"], {"name": "Villa, Nueva; 1 · 2026"}))
    items = page.locator('[data-slot="reviewed"] > li')
    expect(items).to_have_count(4)
    expect(items.first).to_contain_text(f"En el plan {HOSTILE}")
    expect(items.first).to_contain_text("Plan municipal")
    expect(items.first).to_contain_text(first_list(content).criteria[0].levels[3][code].split(" ")[0])
    mark(page, names[0], "supported")
    mark(page, names[1], "unsupported", f"El acta dice otra cosa {HOSTILE}")
    mark(page, names[2], "missing", "No se vio el oficio")
    expect(slot(page, "lacks")).not_to_be_empty()
    for key, value in WHO.items():
        page.locator(f'[data-signed="{key}"]').fill(value)
        page.locator(f'[data-signed="{key}"]').blur()
    expect(slot(page, "lacks")).to_be_empty()
    saved(page, texts["tools"])
    # Left and come back to, nothing is lost.
    page.reload()
    expect(items.nth(1).locator("textarea")).to_have_value(f"El acta dice otra cosa {HOSTILE}")
    expect(items.nth(2).locator("input:checked")).to_have_value("missing")
    for name in ("supported", "missing", "unsupported", "unseen"):
        expect(slot(page, "sum")).to_contain_text(words["counts"][f"{name}_one"])
    returned = download(page, "kept-save", tmp_path)
    assert returned.name.startswith(f"abc-{own['file']}-villa-nueva-1-2026-")
    # The owner opens what came back: a preview first.
    open_on(owner, returned)
    dialog = owner.locator("dialog[open]")
    expect(dialog).to_contain_text(words["received"])
    expect(dialog).to_contain_text("Lic. Ana Pérez, contralora, Contraloría municipal")
    expect(dialog).to_contain_text(words["counts"]["unsupported_one"])
    assert "reviews" not in kept(owner)
    dialog.get_by_role("button", name=words["keep"]).click()
    expect(slot(owner, "assessments-undo-text")).to_contain_text("Lic. Ana Pérez")
    box = owner.locator(f'.criterion[data-criterion="{names[1]}"] .review-mark')
    expect(box).to_contain_text(marks["unsupported"])
    expect(box).to_contain_text(f"El acta dice otra cosa {HOSTILE}")
    assert kept(owner)["checklists"] == answered
    # A reply; then the answer changes, and the mark says so.
    box.locator("textarea").fill("El acta es la 12, no la 11")
    box.locator("textarea").blur()
    expect(box.locator(".fine")).to_be_hidden()
    owner.locator(f'.criterion[data-criterion="{names[1]}"] input[value="1"]').check()
    expect(box.locator(".fine")).to_contain_text(f"2 {content.scale.levels[2].name[code]}")
    owner.goto(owner.url.replace(f"/{first_list(content).id}/", "/resultados/"))
    table = slot(owner, "reviews-table")
    expect(table.locator("tbody td")).to_have_text(
        ["1", "1", "1", "1", "1", words["remove"] + ": " + ", ".join((WHO["name"], WHO["office"]))]
    )
    expect(slot(owner, "reviews-open").locator("li")).to_have_count(1)
    expect(slot(owner, "reviews-open")).to_contain_text(marks["missing"])
    assert owner.title() != "1" and page.title() != "1"


def owned(content: Content, *files: dict, replies: dict | None = None) -> dict:
    """The owner's answers with reviews kept beside them."""
    reviews = {}
    for file in files:
        items = file["items"]
        reviews[file["id"]] = {
            **{key: items[f"signed.{key}"]["text"] for key in WHO},
            "updated": AT,
            "marks": {key[5:]: item for key, item in items.items() if key.startswith("mark.")},
            "replies": {key: {"text": text, "updated": AT} for key, text in (replies or {}).items()},
        }
    return answers_file(content, reviews=reviews)


def put(page: Page, assessment: dict) -> None:
    page.evaluate(
        "text => { localStorage['abc.assessment.p'] = text; localStorage['abc.current'] = 'p' }", json.dumps(assessment)
    )
    page.reload()


def three(content: Content, id: str = "r") -> dict:
    return review_file(
        content,
        id,
        m0=("supported", ""),
        m1=("unsupported", f"Dice otra cosa {HOSTILE}"),
        m2=("missing", "Falta el oficio"),
    )


def papers(content: Content) -> list:
    return [one for one in office.filled(content) if one.is_of_review]


def test_minutes_opinion_and_dossier_say_what_was_marked_in_both_languages(
    open_page, content: Content, project: Project, tmp_path: Path
):
    names = [one.id for one in first_list(content).criteria]
    page = open_page("autoevaluacion/documentos/")
    made = owned(content, three(content), replies={names[1]: "El acta es la 12"})
    # Changed since it was reviewed.
    made["checklists"][first_list(content).id]["criteria"][names[2]]["answer"] = 2
    put(page, made)
    wanted, files = {}, []
    for code in project.codes:
        texts = open_texts(project, code)
        marks, blank = texts["reviews"]["marks"], texts["office"]["missing"]
        assert len(papers(content)) == 2
        for one in papers(content):
            page.locator(f'[name="kind"][value="{one.id}"]').check()
            choose_language(page, code)
            expect(page.locator('[name="review"]')).to_have_value("r")
            expect(page.locator('[name="agreement_end"]')).to_be_hidden()
            report = page.locator(".report")
            for said in (WHO["name"], WHO["office"], marks["unsupported"], HOSTILE, "El acta es la 12", f"[{blank}: "):
                expect(report).to_contain_text(said)
            left = report.locator(".blank").evaluate_all("all => all.map((one) => one.dataset.fact).filter(Boolean)")
            assert left == [], one.id
            file = save(page, "word", tmp_path).rename(tmp_path / f"{one.id}-{code}.docx")
            assert WordFile(file).shortcomings() == []
            files.append(file)
            wanted[file.stem] = with_room(tokens(shown(page)), project, one.id, [code])
        choose(page, "dossier", code)
        report = page.locator(".report")
        expect(report).to_contain_text(f"{marks['unsupported']} ({WHO['name']}, {WHO['office']}, ")
        expect(report).to_contain_text(fill(texts["reviews"]["replied"], {"text": "El acta es la 12"}))
        level = f"1 {content.scale.levels[1].name[code]}"
        expect(report).to_contain_text(fill(texts["reviews"]["then"], {"answer": level}))
        file = save(page, "word", tmp_path).rename(tmp_path / f"expediente-{code}.docx")
        files.append(file)
        wanted[file.stem] = with_room(tokens(shown(page)), project, "dossier", [code])
    for stem, text in opened(files, tmp_path).items():
        found = tokens(text)
        assert (wanted[stem] - found, found - wanted[stem]) == (Counter(), Counter()), stem


@pytest.mark.parametrize("code", ["es", "en"])
def test_the_reviewer_takes_minutes_and_opinion_away(
    open_page, content: Content, project: Project, code, tmp_path: Path
):
    texts = open_texts(project, code)
    page = open_page(f"{start(code)}{PAGE}")
    open_file(page, payload(json.dumps(three(content))))
    press(page, "file-apart")
    for one in papers(content):
        slot(page, "paper-choice").select_option(one.id)
        expect(slot(page, "paper-area")).to_be_visible()
        report = page.locator('[data-slot="paper"] .report')
        expect(report).to_contain_text(one.title[code])
        for said in (WHO["name"], texts["reviews"]["marks"]["missing"], "Falta el oficio", texts["office"]["missing"]):
            expect(report).to_contain_text(said)
        file = WordFile(download(page, "paper-word", tmp_path))
        assert file.shortcomings() == [] and file.title == one.title[code]
