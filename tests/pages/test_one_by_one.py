"""A list begins with its question; a phone shows one at a time; nothing of it is lost on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Checklist, Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, DESKTOP, PHONE
from tests.pages.test_accessibility import violations
from tests.pages.test_jumps import SCREEN, STILL
from tests.scripts.test_assessment import answer_all, open_options, path, radio, slot, stored

QUICK = "autoevaluacion/rapida/"


@pytest.fixture
def checklist(content: Content) -> Checklist:
    return content.checklists[0]


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def lists(content: Content) -> list[str]:
    return [QUICK, *(path(one) for one in content.checklists)]


def press(page: Page, name: str) -> None:
    page.locator(f'[data-action="question-{name}"]').click()


def shown(page: Page) -> list[str]:
    """The criteria that are to be seen."""
    return page.locator(".criterion:visible").evaluate_all("all => all.map((one) => one.dataset.criterion)")


def top(page: Page, id: str) -> float:
    page.evaluate(STILL)
    return page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)


@pytest.mark.parametrize("viewport, most", [(PHONE, 640), (SCREEN, 768)], ids=["phone", "desktop"])
@pytest.mark.parametrize("code", ["es", "en"])
def test_the_question_comes_first(open_page, content, project, viewport, most, code):
    page = open_page("404.html", viewport=viewport)
    start, late = page.url.removesuffix("404.html"), {}
    for one in lists(content):
        page.goto(start + ("" if code == project.default else f"{code}/") + one)
        first = page.locator(".criterion:visible input").first.bounding_box()
        if first["y"] + first["height"] > most:
            late[one] = first["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert late == {}


def test_a_criterion_is_one_screen_of_a_phone(open_page, content):
    page = open_page("404.html", viewport=PHONE)
    start, long = page.url.removesuffix("404.html"), {}
    for code in ("", "en/"):
        for one in content.checklists:
            page.goto(start + code + path(one))
            heights = page.evaluate(
                """() => Object.fromEntries(Array.from(document.querySelectorAll(".criterion"), (one) => {
                document.querySelector(".current").classList.remove("current");
                one.classList.add("current");
                return [one.dataset.criterion, one.offsetHeight] }))"""
            )
            assert len(heights) == len(one.criteria)
            long |= {id: height for id, height in heights.items() if height > PHONE["height"]}
    assert long == {}


@pytest.mark.parametrize("viewport", [SCREEN, {"width": 1024, "height": 768}], ids=["1366", "1024"])
def test_the_workshop_shows_a_whole_criterion(open_page, content, viewport):
    page = open_page("404.html", viewport=viewport)
    start, cut = page.url.removesuffix("404.html"), {}
    for code in ("", "en/"):
        for checklist in content.checklists:
            page.goto(start + code + path(checklist))
            page.evaluate("document.querySelector('[data-action=workshop]').click()")
            for one in checklist.criteria:
                assert shown(page) == [one.id]
                low, bar, at = page.evaluate(
                    """() => [".workshop-current .levels", ".workshop-bar", ".workshop-current h3"].map((one, place) =>
                    document.querySelector(one).getBoundingClientRect()[place ? "top" : "bottom"])"""
                )
                if low > bar or at < 0:
                    cut[code + one.id] = (low, bar)
                page.keyboard.press("PageDown")
    assert cut == {}


def test_one_question_after_the_other(open_page, checklist, words):
    page = open_page(path(checklist), viewport=PHONE)
    first, second, third = (one.id for one in checklist.criteria[:3])
    total = len(checklist.criteria)
    place = words["one_by_one"]["place"]
    assert shown(page) == [first]
    expect(slot(page, "question-place")).to_have_text(fill(place, {"number": 1, "total": total}))
    expect(page.locator('[data-action="question-back"]')).to_be_hidden()
    radio(page, first, 2).check()
    expect(slot(page, "question-kept")).to_contain_text(words["one_by_one"]["saved"].split(" ")[0])
    press(page, "next")
    assert shown(page) == [second] and page.url.endswith(f"#{second}")
    assert 0 <= top(page, second) <= 60
    expect(page.locator(f"#{second}")).to_be_focused()
    expect(slot(page, "question-place")).to_have_text(fill(place, {"number": 2, "total": total}))
    # A question may be passed over.
    press(page, "next")
    assert shown(page) == [third]
    press(page, "back")
    expect(page.locator(f"#{second}")).to_be_visible()
    assert shown(page) == [second]
    # Back of the browser goes where one was; at the end it leaves the page.
    press(page, "next")
    page.go_back()
    expect(page.locator(f"#{second}")).to_be_visible()
    page.go_back()
    expect(page.locator(f"#{first}")).to_be_visible()
    assert shown(page) == [first]
    expect(radio(page, first, 2)).to_be_checked()
    page.go_forward()
    expect(page.locator(f"#{second}")).to_be_visible()
    page.reload()
    assert shown(page) == [second]


def test_who_comes_back_goes_on_where_they_left(open_page, checklist):
    page = open_page(path(checklist), viewport=PHONE)
    first, second = (one.id for one in checklist.criteria[:2])
    radio(page, first, 2).check()
    page.goto(page.url.split("#")[0])
    assert shown(page) == [second]
    press(page, "back")
    assert shown(page) == [first]
    answer_all(page, checklist, 1)
    page.goto("about:blank")
    page.go_back()
    page.goto(page.url.split("#")[0])
    expect(page.locator("#revisar")).to_be_visible()
    assert shown(page) == []


def test_links_to_a_question_show_it(open_page, address, checklist, content):
    seventh = checklist.criteria[6].id
    page = open_page(f"{path(checklist)}#{seventh}", viewport=PHONE)
    assert shown(page) == [seventh]
    assert 0 <= top(page, seventh) <= 60
    page.evaluate("id => { location.hash = id }", checklist.criteria[3].id)
    expect(page.locator(f"#{checklist.criteria[3].id}")).to_be_visible()
    assert shown(page) == [checklist.criteria[3].id]
    topic = next(one for one in content.checklists[2:] if one.quick)
    page.goto(f"{address}{QUICK}#{topic.id}")
    assert shown(page) == [topic.quick[0].id]


def test_all_questions_are_one_press_away_and_remembered(open_page, checklist, content, words):
    page = open_page(path(checklist), viewport=PHONE)
    view = page.locator('[data-action="view"]')
    expect(view).to_have_text(words["one_by_one"]["all"])
    press(page, "next")
    view.click()
    assert len(shown(page)) == len(checklist.criteria)
    second = checklist.criteria[1].id
    assert 0 <= top(page, second) <= 60
    expect(page.locator(f"#{second}")).to_be_focused()
    page.goto(page.url.replace(path(checklist), path(content.checklists[1])).split("#")[0])
    assert len(shown(page)) == len(content.checklists[1].criteria)
    view.click()
    assert len(shown(page)) == 1
    wide = open_page(path(checklist), viewport=SCREEN)
    assert len(shown(wide)) == len(checklist.criteria)
    wide.locator('[data-action="view"]').click()
    assert len(shown(wide)) == 1
    expect(slot(wide, "results")).to_be_visible()
    wide.reload()
    assert len(shown(wide)) == 1


def test_answers_are_checked_before_the_result(open_page, checklist, words):
    page = open_page(path(checklist), viewport=PHONE)
    ids = [one.id for one in checklist.criteria]
    for one in ids:
        if one != ids[2]:
            radio(page, one, 2).check()
        expect(page.locator("#resultado")).to_be_hidden()
        press(page, "next")
    expect(page.locator("#revisar")).to_be_focused()
    lines = slot(page, "check-list").locator("li")
    expect(lines).to_have_count(len(ids))
    expect(slot(page, "check-text")).to_have_text(fill(words["check"]["missing_one"], {"total": len(ids)}))
    expect(lines.nth(0)).to_contain_text(checklist.criteria[0].statement[DEFAULT])
    expect(lines.nth(2)).to_contain_text(words["results"]["unanswered"])
    assert violations(page) == []
    lines.nth(2).locator("a").click()
    expect(page.locator(f"#{ids[2]}")).to_be_visible()
    assert shown(page) == [ids[2]]
    radio(page, ids[2], 1).check()
    page.go_back()
    expect(slot(page, "check-text")).to_have_text(fill(words["check"]["complete"], {"total": len(ids)}))
    press(page, "next")
    expect(page.locator("#resultado")).to_be_visible()
    expect(page.locator("#revisar")).to_be_hidden()
    assert violations(page) == []
    page.locator(".results .onward a").first.click()
    page.wait_for_url("**/autoevaluacion/*/")
    assert path(checklist) not in page.url


def test_a_filter_narrows_what_one_goes_through(open_page, checklist, words):
    page = open_page(path(checklist), viewport=PHONE)
    ids = [one.id for one in checklist.criteria]
    for one in (ids[0], ids[2]):
        page.evaluate("id => document.querySelector(`[name=${id}]`).click()", one)
    open_options(page)
    slot(page, "filter").select_option("behind")
    assert shown(page) == [ids[0]]
    expect(slot(page, "question-place")).to_have_text(fill(words["one_by_one"]["place"], {"number": 1, "total": 2}))
    press(page, "next")
    assert shown(page) == [ids[2]]


def test_on_paper_all_questions_are_there(open_page, checklist):
    page = open_page(path(checklist), viewport=PHONE)
    assert len(shown(page)) == 1
    page.emulate_media(media="print")
    assert len(shown(page)) == len(checklist.criteria)
    expect(page.locator(".question-bar")).to_be_hidden()


def test_without_its_script_a_phone_shows_every_question(browser, address, checklist):
    # The browser says in its console that the script is not there.
    page = browser.new_page(viewport=PHONE)
    page.route("**/bundles/checklist.js", lambda route: route.abort())
    page.goto(address + path(checklist))
    assert len(shown(page)) == len(checklist.criteria)
    page.context.close()


def test_what_the_law_asks_is_said_where_it_is_answered(open_page, content, words):
    checklist = next(one for one in content.checklists if any(c.critical is not None for c in one.criteria))
    one = next(c for c in checklist.criteria if c.critical is not None)
    page = open_page(f"{path(checklist)}#{one.id}", viewport=PHONE)
    law = page.locator(f'[data-criterion="{one.id}"] [data-slot="law"]')
    radio(page, one.id, 0).check()
    expect(law).to_have_text(words["results"]["law"]["breach"])
    radio(page, one.id, 3).check()
    expect(law).to_have_text("")
    assert stored(page)["checklists"][checklist.id]["criteria"][one.id]["answer"] == 3


def test_the_way_is_on_every_page_with_its_state(open_page, content, checklist, words):
    page = open_page(path(checklist), viewport=PHONE)
    state = page.locator('[data-path="answer"] [data-slot="path-state"]')
    total = len(checklist.criteria)
    expect(state).to_have_text(fill(words["results"]["in_short"], {"count": 0, "total": total}))
    radio(page, checklist.criteria[0].id, 0).check()
    expect(state).to_have_text(fill(words["results"]["in_short"], {"count": 1, "total": total}))
    start, whole = page.url.removesuffix(path(checklist)), sum(len(one.criteria) for one in content.checklists)
    here = {
        "resultados": "results",
        "plan": "plan",
        "documentos": "documents",
        "diagnosticos": None,
        "acuerdo": None,
        "": None,
    }
    for name, step in here.items():
        page.goto(f"{start}autoevaluacion/{name}{'/' if name else ''}")
        expect(page.locator(".path-steps a")).to_have_count(4)
        expect(state).to_have_text(fill(words["results"]["in_short"], {"count": 1, "total": whole}))
        results = page.locator('[data-path="results"] [data-slot="path-state"]')
        expect(results).to_have_text(words["results"]["provisional"])
        current = page.locator('.path-steps [aria-current="step"]')
        expect(current).to_have_count(1 if step else 0)
        if step:
            expect(page.locator(f'[data-path="{step}"].here')).to_have_count(1)
    page.goto(f"{start}autoevaluacion/formulario/")
    expect(page.locator(".path-steps a")).to_have_count(4)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_options_open_by_keyboard_and_without_scripts(open_page, checklist, viewport):
    page = open_page(path(checklist), viewport=viewport, java_script_enabled=False)
    how = page.locator("#puntaje")
    expect(how).to_be_hidden()
    page.locator(".options > summary").focus()
    page.keyboard.press("Enter")
    expect(how).to_be_visible()
    assert len(shown(page)) == len(checklist.criteria)
