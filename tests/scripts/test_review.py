"""The reviewer's pass: from whoever answered to whoever reviews and back, by file, with nothing of the answers changed."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.downloads import office
from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, PHONE, add_modules
from tests.pages.test_accessibility import violations
from tests.pages.test_jumps import landed
from tests.scripts.test_documents import choose, save
from tests.scripts.test_plan import keep
from tests.scripts.test_word import choose_language, opened, shown, tokens, with_room
from tests.tool_pages import download, open_file, payload, press, saved, slot
from tests.word_files import WordFile

PAGE = "autoevaluacion/revision/"
HOSTILE = '<img src=x onerror="document.title=1">'
WHO = {"name": "Lic. Ana Pérez, contralora", "office": "Contraloría municipal", "date": "2026-11-30"}
AT = "2026-01-01T00:00:00.000Z"
DAY = """([locale, day]) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day))"""


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


LIST = "autoevaluacion/{id}/"
RESULTS = "autoevaluacion/resultados/"


def list_page(content: Content, code: str = DEFAULT) -> str:
    return start(code) + LIST.format(id=first_list(content).id)


def named(page: Page, text: str):
    return page.locator("dialog[open]").get_by_role("button", name=text, exact=True)


def bring(page: Page, file: dict, words: dict, button: str = "keep") -> None:
    open_on(page, payload(json.dumps(file)))
    named(page, words[button]).click()
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.fixture
def words(project: Project) -> dict:
    return open_texts(project, project.default)["reviews"]


def test_two_reviewers_and_a_later_file_of_one_all_stay(open_page, content: Content, words):
    ids = [one.id for one in first_list(content).criteria]
    page = open_page(list_page(content))
    put(page, answers_file(content))
    bring(page, three(content), words)
    other = review_file(content, "r2", m1=("supported", "Vi el convenio"))
    other["items"]["signed.name"]["text"] = "Universidad del Río"
    bring(page, other, words)
    boxes = page.locator(f'.criterion[data-criterion="{ids[1]}"] .review-mark')
    expect(boxes).to_have_count(2)
    boxes.filter(has_text=WHO["name"]).locator("textarea").fill("Va el oficio")
    boxes.filter(has_text=WHO["name"]).locator("textarea").blur()
    # The reviewer thought again, and gives the file back once more.
    later = three(content)
    later["items"][f"mark.{ids[1]}"] |= {"mark": "supported", "note": "Ya lo vi", "updated": "2026-02-02T00:00:00.000Z"}
    open_on(page, payload(json.dumps(later)))
    expect(page.locator("dialog[open]")).to_contain_text(words["again_text"])
    named(page, words["keep"]).click()
    box = boxes.filter(has_text=WHO["name"])
    expect(box).to_contain_text("Ya lo vi")
    expect(box.locator("textarea")).to_have_value("Va el oficio")
    expect(boxes.filter(has_text="Universidad del Río")).to_contain_text("Vi el convenio")
    # Taken back: the earlier mark, the reply and the other review.
    press(page, "assessments-undo")
    expect(box).to_contain_text("Dice otra cosa")
    expect(box.locator("textarea")).to_have_value("Va el oficio")
    page.reload()
    expect(boxes).to_have_count(2)
    assert kept(page)["checklists"] == answers_file(content)["checklists"]


def test_what_came_is_taken_back_and_a_review_is_taken_away(open_page, content: Content, words):
    page = open_page(list_page(content))
    put(page, answers_file(content))
    bring(page, three(content), words)
    expect(page.locator(".review-mark")).to_have_count(3)
    press(page, "assessments-undo")
    expect(page.locator(".review-mark")).to_have_count(0)
    bring(page, three(content), words)
    expect(page.locator(".review-mark")).to_have_count(3)
    page.goto(page.url.replace(list_page(content), RESULTS))
    slot(page, "reviews-table").get_by_role("button").click()
    expect(slot(page, "reviews")).to_be_hidden()
    assert "marks" not in kept(page)["reviews"]["r"]
    press(page, "assessments-undo")
    expect(slot(page, "reviews-table").locator("tbody tr")).to_have_count(1)
    expect(slot(page, "reviews-table").locator("tbody td").first).to_have_text("1")


def test_where_the_answers_are_not_they_come_with_their_review(open_page, content: Content, words):
    """Another computer, another government: the file of the review brings the answers as they were reviewed."""
    page = open_page(list_page(content))
    open_on(page, payload(json.dumps(three(content))))
    expect(named(page, words["keep"])).to_have_count(0)
    named(page, words["apart"]).click()
    expect(page.locator(".review-mark")).to_have_count(3)
    assert kept(page)["checklists"] == answers_file(content)["checklists"]
    # Beside other answers, one chooses; those in use stay.
    page = open_page(list_page(content))
    mine = answers_file(content, id="otro")
    put(page, {**mine, "id": "p", "title": "Otra"})
    bring(
        page,
        three(content) | {"id": "r9", "items": three(content)["items"] | {"answers": {"assessment": mine}}},
        words,
        "apart",
    )
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('abc.assessment.')).length") == 2
    assert json.loads(page.evaluate("localStorage['abc.assessment.p']"))["title"] == "Otra"


def signatures(page: Page, address: str, content: Content, texts: dict, code: str) -> dict[str, str]:
    """Who signed, as each page and each paper says it."""
    said = lambda place: place.first.text_content().strip()  # noqa: E731
    inside = lambda text: text.partition(" (")[2].partition(")")[0]  # noqa: E731
    page.goto(address + list_page(content, code))
    criterion = said(page.locator(".review-mark > p:first-child > span"))
    page.goto(f"{address}{start(code)}{RESULTS}")
    results = said(slot(page, "reviews-table").locator("tbody th"))
    # After the statement, which is a link, and the mark.
    left = said(slot(page, "reviews-open").locator("li")).removeprefix(said(slot(page, "reviews-open").locator("a")))
    page.goto(f"{address}{start(code)}autoevaluacion/documentos/")
    choose(page, "dossier", code)
    one = texts["reviews"]["marks"]["unsupported"]
    paper = said(page.locator(".report li").filter(has=page.locator(f'strong:text-is("{one}")')))
    page.locator(f'[name="kind"][value="{papers(content)[0].id}"]').check()
    option = page.locator('[name="review"] option[value="r"]')
    expect(option).to_have_count(1)
    return {
        "criterion": criterion,
        "results": results,
        "to attend to": inside(left),
        "dossier": inside(paper),
        "choice": said(option),
    }


@pytest.mark.parametrize("code", ["es", "en"])
def test_who_signed_is_said_alike_on_pages_and_papers(open_page, address, content: Content, project: Project, code):
    texts = open_texts(project, code)
    page = open_page(f"{start(code)}{RESULTS}")
    for missing in ((), ("date",), ("office",), ("name", "office")):
        made = owned(content, three(content))
        made["reviews"]["r"] |= dict.fromkeys(missing, "")
        put(page, made)
        who = ", ".join(WHO[key] for key in ("name", "office") if key not in missing)
        # In a list to choose from, what is not signed is said to be a review.
        unsigned = {"choice": texts["office"]["unsigned"]}
        day = "" if "date" in missing else page.evaluate(DAY, [texts["format"]["locale"], WHO["date"]])
        for place, said in signatures(page, address, content, texts, code).items():
            name = who or unsigned.get(place, texts["reviews"]["unsigned"])
            assert said == ", ".join(filter(None, (name, day))), (place, missing)


@pytest.mark.parametrize("code", ["es", "en"])
@pytest.mark.parametrize("place", ["its list", "its list, all questions", "another list", "results"])
def test_a_kept_review_leads_to_its_first_mark_on_a_phone(
    open_page, address, content: Content, project: Project, code: str, place: str
):
    """What is told of it, pressed, brings the first criterion that it marked to the top of the screen."""
    words = open_texts(project, code)["reviews"]
    where = {
        "another list": start(code) + LIST.format(id=content.checklists[1].id),
        "results": f"{start(code)}{RESULTS}",
    }
    page = open_page(where.get(place, list_page(content, code)), viewport=PHONE, reduced_motion="no-preference")
    put(page, answers_file(content))
    if place == "its list, all questions":
        press(page, "view")
    third = first_list(content).criteria[2].id
    bring(page, review_file(content, m2=("missing", "Falta el oficio"), m3=("supported", "")), words)
    told = slot(page, "assessments-undo-text")
    expect(told).to_be_focused()
    link = told.get_by_role("link", name=words["first_mark"], exact=True)
    assert link.bounding_box()["height"] >= 44
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{list_page(content, code)}#{third}")
    expect(page.locator(f'.criterion[data-criterion="{third}"] .review-mark')).to_be_visible()
    assert 0 <= landed(page, third) <= 60
    # Taken back, there is nothing to go to.
    if place.startswith("its list"):
        press(page, "assessments-undo")
        expect(link).to_have_count(0)
        expect(page.locator(".review-mark")).to_have_count(0)


def test_a_review_opened_apart_leads_to_its_first_mark_too(open_page, content: Content, words):
    page = open_page(RESULTS, viewport=PHONE)
    bring(page, three(content), words, "apart")
    slot(page, "assessments-undo-text").get_by_role("link", name=words["first_mark"]).click()
    first = first_list(content).criteria[0].id
    expect(page.locator(f'.criterion[data-criterion="{first}"] .review-mark')).to_be_visible()
    assert 0 <= landed(page, first) <= 60


@pytest.mark.parametrize("code", ["es", "en"])
def test_what_a_review_holds_is_said_before_anything_is_opened(
    open_page, content: Content, project: Project, code: str
):
    """On the reviewer's own page, in a browser that has not asked for the lists yet."""
    page = open_page(f"{start(code)}{PAGE}")
    slot(page, "file-input").set_input_files(payload(json.dumps(three(content))))
    own = open_texts(project, code)["tools"]["review"]
    expect(slot(page, "file-preview")).to_contain_text(fill(own["progress"], {"marked": "3", "total": "4"}))
    page.locator('[data-action="file-apart"]').click()
    expect(page.locator('[data-slot="reviewed"] input:checked')).to_have_count(3)


def test_the_page_is_printed_until_a_paper_is_chosen(open_page, content: Content):
    page = open_page(PAGE)
    page.emulate_media(media="print")
    expect(page.locator("#como-funciona")).to_be_visible()
    page.emulate_media(media="screen")
    begin(page, payload(json.dumps(answers_file(content))))
    slot(page, "paper-choice").select_option("acta-revision")
    page.emulate_media(media="print")
    expect(slot(page, "paper").locator(".report")).to_be_visible()
    expect(page.locator("#como-funciona")).to_be_hidden()
    expect(slot(page, "reviewed")).to_be_hidden()
    slot(page, "paper-choice").evaluate("one => { one.value = ''; one.dispatchEvent(new Event('change')) }")
    expect(slot(page, "reviewed")).to_be_visible()


def hostile(content: Content) -> dict:
    """A review with what no reviewer of this site says."""
    found = three(content)
    found["items"] |= {
        "mark.no-existe-01": {"mark": "supported", "seen": {}, "updated": AT},
        "mark.ali-09": {"mark": "excelente", "note": HOSTILE, "seen": 7, "updated": "ayer"},
        "mark.__proto__": {"mark": "supported"},
        "mark.ali-08": "supported",
        "signed.date": {"text": "31 de febrero", "updated": AT},
        "signed.name": {"text": HOSTILE, "updated": AT},
    }
    return found


def test_a_hostile_review_is_shown_as_text_and_told_of(open_page, content: Content, project: Project, words):
    texts = open_texts(project, DEFAULT)["assessments"]
    page = open_page(list_page(content))
    put(page, answers_file(content))
    open_on(page, payload(json.dumps(hostile(content))))
    dialog = page.locator("dialog[open]")
    for said in (words["unknown_one"], words["unread_one"], texts["mended_text_one"], HOSTILE):
        expect(dialog).to_contain_text(said)
    named(page, words["keep"]).click()
    expect(page.locator(".review-mark").first).to_contain_text(HOSTILE)
    page.goto(page.url.replace(list_page(content), RESULTS))
    expect(slot(page, "reviews-table")).to_contain_text(HOSTILE)
    reviewer = open_page(PAGE)
    open_file(reviewer, payload(json.dumps(hostile(content))))
    press(reviewer, "file-apart")
    expect(reviewer.locator('[data-slot="reviewed"] > li')).to_have_count(4)
    expect(reviewer.locator('[data-signed="date"]')).to_have_value("")
    assert "1" not in (page.title(), reviewer.title())


def files_that_are_wrong(content: Content) -> dict[str, str]:
    made = json.dumps(three(content))
    deep = "[" * 30 + "]" * 30
    return {
        "damaged": made[:-20],
        "newer": made.replace('"format": 1', '"format": 9', 1),
        "too_large": made + " " * 5_000_001,
        "not_ours": json.dumps({"kind": "otra"}),
        "deep": made.replace('"seen": {', f'"x": {deep}, "seen": {{', 1),
    }


def test_files_that_cannot_be_opened_get_a_sentence_and_change_nothing(open_page, content: Content, project: Project):
    texts = open_texts(project, DEFAULT)
    owner, reviewer = open_page(list_page(content)), open_page(PAGE)
    put(owner, answers_file(content))
    before = kept(owner)
    for name, text in files_that_are_wrong(content).items():
        problem = "damaged" if name == "deep" else name
        file = payload(text, f"{name}.json")
        said = fill(texts["tools"]["review"]["problems"][problem], {"name": file["name"]})
        open_file(reviewer, file)
        expect(slot(reviewer, "file-problem")).to_have_text(said)
        press(reviewer, "file-close")
        open_on(owner, file)
        said = fill(texts["assessments"]["problems"][problem], {"name": file["name"]})
        expect(owner.locator("dialog[open] .notice")).to_have_text(said)
        owner.locator("dialog[open]").get_by_role("button", name=texts["reset"]["cancel"]).click()
    empty = payload(json.dumps({**answers_file(content), "checklists": {}}), "vacio.json")
    open_file(reviewer, empty)
    expect(slot(reviewer, "file-problem")).to_have_text(fill(texts["tools"]["review"]["empty"], {"name": "vacio.json"}))
    assert kept(owner) == before


def test_documents_and_workbooks_are_reviewed_too(open_page, content: Content, tmp_path: Path):
    """The dossier as HTML and the filled workbook hold the answers; what became of the cells is told."""
    owner = open_page("autoevaluacion/documentos/")
    put(owner, answers_file(content))
    files = [save(owner, kind, tmp_path) for kind in ("html", "xlsx")]
    for file in files:
        page = open_page(PAGE)
        begin(page, file)
        expect(page.locator('[data-slot="reviewed"] > li')).to_have_count(4)
        expect(slot(page, "workbook-report")).to_be_visible(visible=file.suffix == ".xlsx")


def test_newer_answers_of_the_same_municipality_keep_the_marks(open_page, content: Content, project: Project):
    texts = open_texts(project, DEFAULT)
    ids = [one.id for one in first_list(content).criteria]
    page = open_page(PAGE)
    open_file(page, payload(json.dumps(three(content))))
    press(page, "file-apart")
    newer = answers_file(content, updated="2026-03-03T00:00:00.000Z")
    newer["checklists"][first_list(content).id]["criteria"][ids[1]]["answer"] = 1
    open_file(page, payload(json.dumps(newer)))
    expect(slot(page, "file-preview")).to_contain_text(texts["tools"]["review"]["again"])
    press(page, "file-join")
    item = page.locator(f'[data-slot="reviewed"] > li[id="{ids[1]}"]')
    expect(item.locator("input:checked")).to_have_value("unsupported")
    level = f"2 {content.scale.levels[2].name[DEFAULT]}"
    expect(item.locator(".wrong")).to_have_text(fill(texts["reviews"]["other_answer"], {"answer": level}))
    # Marked anew, it is of the new answer.
    mark(page, ids[1], "missing")
    expect(item.locator(".wrong")).to_be_hidden()


def test_what_is_shown_can_be_narrowed_and_a_mark_taken_away(open_page, content: Content, project: Project):
    own = open_texts(project, DEFAULT)["tools"]["review"]
    ids = [one.id for one in first_list(content).criteria]
    page = open_page(PAGE)
    open_file(page, payload(json.dumps(three(content))))
    press(page, "file-apart")
    items = page.locator('[data-slot="reviewed"] > li')
    for value, count in (("unseen", 1), ("marked", 3), ("evidence", 1), ("all", 4)):
        slot(page, "show-filter").select_option(value)
        expect(items).to_have_count(count)
    slot(page, "list-filter").select_option(content.checklists[1].id)
    expect(slot(page, "shown-count")).to_have_text(own["none_shown"])
    slot(page, "list-filter").select_option("")
    item = page.locator(f'[data-slot="reviewed"] > li[id="{ids[2]}"]')
    item.get_by_role("button").click()
    expect(item.locator("input:checked")).to_have_count(0)
    expect(item.locator("textarea")).to_have_value("Falta el oficio")
    expect(item.locator("input").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(item.locator("input:checked")).to_have_value("missing")


@pytest.mark.parametrize(
    "look", [{"viewport": PHONE}, {"viewport": PHONE, "forced_colors": "active"}, {"color_scheme": "dark"}]
)
def test_reviewing_and_its_answer_are_for_everybody_and_fit_a_phone(open_page, content: Content, words, look):
    page = open_page(PAGE, **look)
    assert violations(page) == []
    open_file(page, payload(json.dumps(three(content))))
    assert violations(page) == []
    press(page, "file-apart")
    expect(page.locator('[data-slot="reviewed"] > li')).to_have_count(4)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(page.url.replace(PAGE, list_page(content)))
    put(page, answers_file(content))
    open_on(page, payload(json.dumps(three(content))))
    expect(page.locator("dialog[open]")).to_be_visible()
    assert violations(page) == []
    named(page, words["keep"]).click()
    expect(page.locator(".review-mark")).to_have_count(3)
    # On a phone, one question at a time.
    if look.get("viewport") == PHONE:
        press(page, "view")
    expect(page.locator(".review-mark").first).to_be_visible()
    assert violations(page) == []
    page.goto(page.url.replace(list_page(content), RESULTS).split("#")[0])
    expect(slot(page, "reviews-open").locator("li")).to_have_count(2)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


TRIPS = """(made) => made.map(([answers, review]) => {
  const { kept, reviews, parseAssessment, assessmentText, scoresOf } = abc.modules;
  const { checklists } = abc.instruments.es;
  const document = reviews.parseReview(JSON.stringify(review)).document;
  const mine = parseAssessment(JSON.stringify(answers)).document;
  const before = [JSON.stringify(mine.checklists), JSON.stringify(scoresOf(checklists, mine))];
  mine.reviews = kept.joinReviews(mine.reviews, { [document.id]: reviews.reviewOf(document) });
  const back = parseAssessment(assessmentText(mine)).document;
  const [found] = kept.reviewsIn(back);
  const same = JSON.stringify(back.checklists) === before[0] && JSON.stringify(scoresOf(checklists, back)) === before[1];
  return [same, found.name, [...found.marks].map(([id, { mark, note }]) => [id, mark, note]),
    kept.countsOf(found, checklists, back)];
})"""


def test_reviews_come_whole_through_every_file_and_touch_no_answer_and_no_score(open_page, content: Content):
    chance = random.Random(20261130)
    made, wanted = [], []
    criteria = [(one, each.id) for one in content.checklists for each in one.criteria]
    for _ in range(300):
        records = {id: {"answer": chance.choice([0, 1, 2, 3, "no_information"]), "note": chance.choice(["", "ñ", HOSTILE])} for _, id in criteria if chance.random() < 0.6}  # fmt: skip
        seen = {id: record if chance.random() < 0.7 else {**record, "answer": 9} for id, record in records.items()}
        marks = {id: (chance.choice(["supported", "missing", "unsupported"]), chance.choice(["", "Falta", HOSTILE])) for _, id in criteria if id in records and chance.random() < 0.6}  # fmt: skip
        lists = {one.id: {"version": 1, "criteria": {}} for one in content.checklists}
        for one, id in criteria:
            if id in records:
                lists[one.id]["criteria"][id] = {**records[id], "version": 1, "updated": AT}
        answers = {**answers_file(content), "checklists": lists}
        items = {"answers": {"assessment": answers}, "signed.name": {"text": "Ana", "updated": AT}}
        items |= {
            f"mark.{id}": {"mark": one, "note": note, "seen": seen[id], "updated": AT}
            for id, (one, note) in marks.items()
        }
        made.append([answers, {**review_file(content), "items": items}])
        figures = Counter(one for one, _ in marks.values())
        wanted.append([
            True,
            "Ana",
            sorted([id, *said] for id, said in marks.items()),
            {
                **{name: figures[name] for name in ("supported", "missing", "unsupported")},
                "unseen": len(records) - len(marks),
                "changed": sum(seen[id] != records[id] for id in marks),
            },
        ])  # fmt: skip
    page = add_modules(open_page(RESULTS))
    found = page.evaluate(TRIPS, made)
    for one in found:
        one[2].sort()
    assert found == wanted
