"""What a person does with a self-assessment, in a browser."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guide.model.content import Checklist, Content
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, DESKTOP, PHONE

DENIED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = function () {
  throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.fixture
def checklist(content: Content) -> Checklist:
    """One with a criterion that may not apply, and with a quick one."""
    return next(one for one in content.checklists if one.quick and any(c.not_applicable for c in one.criteria))


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def path(checklist: Checklist) -> str:
    return f"autoevaluacion/{checklist.id}/"


def radio(page: Page, criterion: str, value: object):
    return page.locator(f'input[name="{criterion}"][value="{value}"]')


def open_options(page: Page) -> None:
    """Opens the row of what a page offers besides its questions, where it is closed."""
    if page.locator(".options:not([open])").count():
        page.locator(".options > summary").click()


def show_all(page: Page) -> None:
    """Shows all questions of a list at once, where they are shown one by one."""
    if page.locator("html.one").count():
        page.locator('[data-action="view"]').click()


def slot(page: Page, name: str):
    return page.locator(f'[data-slot="{name}"]')


def answer_all(page: Page, checklist: Checklist, value: object) -> None:
    """Clicks that answer for every criterion, faster than a person would."""
    page.evaluate(
        "([ids, value]) => ids.forEach((id) => document.querySelector(`[name=${id}][value='${value}']`).click())",
        [[one.id for one in checklist.criteria], value],
    )


def stored(page: Page) -> dict:
    """The assessment this browser keeps."""
    return json.loads(page.evaluate("localStorage['abc.assessment.' + localStorage['abc.current']]"))


def test_answering_with_the_keyboard_alone(open_page, checklist, words):
    page = open_page(path(checklist))
    first, second = checklist.criteria[:2]
    radio(page, first.id, 0).focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(radio(page, first.id, 3)).to_be_checked()
    # One answer is no result yet: how much is answered stands in its place, and the score is provisional.
    in_short = {"count": 1, "total": len(checklist.criteria)}
    expect(slot(page, "score")).to_have_text(fill(words["results"]["in_short"], in_short))
    expect(slot(page, "provisional")).to_contain_text(re.compile(r"^100"))
    # On to the next criterion by Tab, without a trap on the way.
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == second.id:
            break
    page.keyboard.press("Space")
    expect(radio(page, second.id, 0)).to_be_checked()
    counted = {"count": 2, "total": len(checklist.criteria)}
    expect(slot(page, "completeness-text")).to_have_text(fill(words["results"]["completeness_text"], counted))
    # Every figure of the result: how much is answered, and how much of it stands at the top.
    percent = lambda count: fill(words["format"]["percent"], {"value": int(100 * count / counted["total"] + 0.5)})  # noqa: E731
    expect(slot(page, "completeness")).to_have_text(percent(2))
    expect(slot(page, "strict")).to_have_text(percent(1))
    expect(slot(page, "strict-text")).to_have_text(fill(words["results"]["strict_text"], {**counted, "count": 1}))
    expect(slot(page, "bar-progress")).to_contain_text(fill(words["results"]["in_short"], counted))
    for bar in ("completeness-bar", "bar-fill"):
        width = slot(page, bar).evaluate("bar => parseFloat(bar.style.inlineSize)")
        assert width == pytest.approx(200 / counted["total"], abs=0.01), bar


def test_answers_notes_and_score_survive_a_reload(open_page, checklist):
    page = open_page(path(checklist))
    first = checklist.criteria[0]
    answer_all(page, checklist, 2)
    page.locator(f'[data-criterion="{first.id}"] .note summary').click()
    page.locator(f"#{first.id}-nota").fill("Archivo, cajón 3")
    score = slot(page, "score").text_content()
    page.reload()
    expect(page.locator('.criterion input[value="2"]:checked')).to_have_count(len(checklist.criteria))
    expect(page.locator(f"#{first.id}-nota")).to_have_value("Archivo, cajón 3")
    criterion = page.locator(f'[data-criterion="{first.id}"]')
    expect(criterion.locator('[data-slot="kept"]')).to_contain_text("Archivo, cajón 3")
    criterion.locator(".note summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{first.id}-nota")).to_be_visible()
    assert slot(page, "score").text_content() == score


def test_the_other_language_has_the_same_answers_at_the_same_place(open_page, checklist, project):
    for code in project.codes[1:]:
        page = open_page(path(checklist))
        answer_all(page, checklist, 1)
        percent = slot(page, "score").text_content().strip("% \u00a0")
        place = checklist.criteria[len(checklist.criteria) // 2].id
        page.locator(f"#{place}").scroll_into_view_if_needed()
        page.evaluate("id => document.getElementById(id).scrollIntoView()", place)
        # As by keyboard: the link is at the top of the page and pressing it must not lose the place.
        page.locator(f'a[data-language][hreflang="{code}"]').first.evaluate("link => link.click()")
        page.wait_for_url(f"**/{code}/{path(checklist)}#{place}")
        expect(page.locator(f"#{place}")).to_be_in_viewport()
        expect(page.locator('.criterion input[value="1"]:checked')).to_have_count(len(checklist.criteria))
        assert slot(page, "score").text_content().strip("% \u00a0") == percent
        expect(page.locator("html")).to_have_attribute("lang", code)


def test_the_quick_assessment_and_the_checklist_share_answers(open_page, checklist):
    page = open_page("autoevaluacion/rapida/")
    radio(page, checklist.quick[0].id, 2).check()
    page.goto(page.url.replace("rapida", checklist.id))
    expect(radio(page, checklist.quick[0].id, 2)).to_be_checked()


def test_quick_or_complete(open_page, checklist, words):
    page = open_page(path(checklist))
    answer_all(page, checklist, 3)
    quick = checklist.quick[0]
    radio(page, quick.id, 0).check()
    open_options(page)
    page.locator('[name="depth"][value="quick"]').check()
    expect(page.locator(".criterion:visible")).to_have_count(len(checklist.quick))
    counted = {"count": len(checklist.quick), "total": len(checklist.quick)}
    expect(slot(page, "completeness-text")).to_have_text(fill(words["results"]["completeness_text"], counted))
    page.reload()
    expect(page.locator(".criterion:visible")).to_have_count(len(checklist.quick))
    # A link to a hidden criterion shows it.
    hidden = next(one for one in checklist.criteria if not one.quick)
    page.evaluate("id => { location.hash = id }", hidden.id)
    expect(page.locator(f"#{hidden.id}")).to_be_in_viewport()
    expect(page.locator('[name="depth"][value="complete"]')).to_be_checked()


def test_not_applicable_asks_for_a_reason(open_page, checklist):
    page = open_page(path(checklist))
    one = next(c for c in checklist.criteria if c.not_applicable)
    reason = page.locator(f"#{one.id}-motivo")
    expect(reason).to_be_hidden()
    radio(page, one.id, "not_applicable").check()
    reason.fill("No hay frontera")
    page.reload()
    expect(reason).to_have_value("No hay frontera")
    assert stored(page)["checklists"][checklist.id]["criteria"][one.id]["reason"] == "No hay frontera"
    radio(page, one.id, 1).check()
    expect(reason).to_be_hidden()


def test_results_say_what_the_answers_are_worth(open_page, checklist, words, content):
    page = open_page(path(checklist))
    expect(slot(page, "score")).to_have_text("—")
    answer_all(page, checklist, 0)
    expect(slot(page, "score")).to_have_text(re.compile(r"^0\W"))
    expect(page.locator('[data-count="behind"]')).to_have_text(str(len(checklist.criteria)))
    radio(page, checklist.criteria[0].id, 3).check()
    expect(page.locator('[data-count="optimal"]')).to_have_text("1")
    expect(slot(page, "next-list").locator("li")).to_have_count(5)
    # The heaviest of what is left, then the quick ones.
    rest = sorted(checklist.criteria[1:], key=lambda one: (-one.weight, not one.quick))
    first = next((one for one in rest if one.critical is not None), rest[0])
    step = slot(page, "next-list").locator("li").first
    expect(step).to_contain_text(inline_markdown.plain(first.statement[DEFAULT]))
    expect(step).to_contain_text(inline_markdown.plain(first.next_step[DEFAULT]))
    answer_all(page, checklist, 3)
    expect(slot(page, "next-list").locator("li")).to_have_count(0)
    expect(slot(page, "band")).to_have_text(content.scale.bands[-1].name[DEFAULT])
    expect(slot(page, "provisional")).to_be_hidden()


def test_legal_compliance_at_level_0_is_flagged(open_page, words, content: Content):
    checklist = next((one for one in content.checklists if any(c.critical is not None for c in one.criteria)), None)
    assert checklist, "No checklist has a criterion of legal compliance."
    critical = next(one for one in checklist.criteria if one.critical is not None)
    page = open_page(path(checklist))
    answer_all(page, checklist, 3)
    expect(slot(page, "flagged")).to_be_hidden()
    radio(page, critical.id, 0).check()
    expect(slot(page, "flagged")).to_be_visible()
    expect(slot(page, "flagged-list")).to_contain_text(critical.statement[DEFAULT])
    radio(page, critical.id, "no_information").check()
    expect(slot(page, "flagged-list")).to_have_text(
        fill(words["results"]["unproven"], {"criterion": inline_markdown.plain(critical.statement[DEFAULT])})
    )
    radio(page, critical.id, critical.critical + 1).check()
    expect(slot(page, "flagged")).to_be_hidden()


def test_starting_over_asks_first_and_can_be_undone(open_page, checklist, words):
    page = open_page(path(checklist))
    reset = page.locator('[data-action="reset"]')
    expect(reset).to_be_hidden()
    answer_all(page, checklist, 2)
    open_options(page)
    reset.click()
    page.locator('[data-action="reset-cancel"]').click()
    expect(radio(page, checklist.criteria[0].id, 2)).to_be_checked()
    reset.click()
    expect(slot(page, "reset-text")).to_contain_text(str(len(checklist.criteria)))
    page.locator('[data-action="reset-confirm"]').click()
    expect(slot(page, "undo-text")).to_be_focused()
    expect(page.locator("input:checked:not([name=depth])")).to_have_count(0)
    page.locator('[data-action="undo"]').click()
    expect(page.locator("input:checked:not([name=depth])")).to_have_count(len(checklist.criteria))
    page.reload()
    expect(page.locator("input:checked:not([name=depth])")).to_have_count(len(checklist.criteria))


def test_clearing_one_answer(open_page, checklist):
    page = open_page(path(checklist))
    one = checklist.criteria[0]
    clear = page.locator(f'[data-criterion="{one.id}"] [data-action="clear"]')
    expect(clear).to_be_hidden()
    radio(page, one.id, 1).check()
    clear.click()
    expect(page.locator("input:checked:not([name=depth])")).to_have_count(0)
    assert "answer" not in stored(page)["checklists"][checklist.id]["criteria"][one.id]


@pytest.mark.parametrize("script, state", [(DENIED, "denied"), (FULL, "full")])
def test_without_storage_the_page_says_so_and_goes_on(open_page, checklist, words, script, state):
    page = open_page(path(checklist), script=script)
    answer_all(page, checklist, 2)
    expect(page.get_by_role("alert")).to_have_text(words["store"][state])
    expect(slot(page, "score")).to_have_text(re.compile(r"^67\W"))
    # Leaving would lose the answers: the browser asks first.
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


GARBAGE = {
    "not JSON": "}{",
    "another thing": "[1, 2]",
    "no format": '{"checklists": {}}',
    "checklists of the wrong kind": '{"format": 1, "id": "x", "checklists": 3}',
}


@pytest.mark.parametrize("text", GARBAGE.values(), ids=GARBAGE.keys())
def test_damaged_answers_are_put_aside(open_page, checklist, words, text):
    page = open_page("autoevaluacion/")
    key = "abc.assessment.00000000-0000-4000-8000-000000000000"
    page.evaluate(
        "([key, text]) => { localStorage[key] = text; localStorage['abc.current'] = key.slice(15) }",
        [key, text],
    )
    page.goto(page.url + checklist.id + "/")
    expect(page.get_by_role("alert")).to_have_text(words["store"]["damaged"])
    assert page.evaluate("key => localStorage[key + '.damaged']", key) == text
    radio(page, checklist.criteria[0].id, 1).check()
    page.reload()
    expect(radio(page, checklist.criteria[0].id, 1)).to_be_checked()


def test_answers_of_a_newer_site_are_left_alone(open_page, checklist, words):
    page = open_page("autoevaluacion/")
    text = '{"format": 99, "id": "x"}'
    page.evaluate("text => { localStorage['abc.assessment.x'] = text; localStorage['abc.current'] = 'x' }", text)
    page.goto(page.url + checklist.id + "/")
    expect(page.get_by_role("alert")).to_have_text(words["store"]["newer"])
    radio(page, checklist.criteria[0].id, 1).check()
    assert page.evaluate("localStorage['abc.assessment.x']") == text


def test_what_this_site_does_not_know_is_kept(open_page, checklist):
    """Answers survive a checklist that was reworded, gained and lost criteria."""
    page = open_page("autoevaluacion/")
    known = checklist.criteria[0].id
    text = json.dumps(
        {
            "format": 1, "id": "x", "title": "Villa", "later": [1], "checklists": {
                checklist.id: {"version": 7, "criteria": {
                    known: {"answer": 2, "confidence": "sure", "updated": "2020-01-01T00:00:00.000Z"},
                    "gone-01": {"answer": 1, "updated": "2020-01-01T00:00:00.000Z"}}},
                "other": {"version": 1, "criteria": {"o-1": {"answer": 3}}},
                "__proto__": {"version": 1, "criteria": {"polluted": {"answer": 3}}},
            },
        }
    )  # fmt: skip
    page.evaluate("text => { localStorage['abc.assessment.x'] = text; localStorage['abc.current'] = 'x' }", text)
    page.goto(page.url + checklist.id + "/")
    expect(radio(page, known, 2)).to_be_checked()
    radio(page, checklist.criteria[1].id, 3).check()
    found = stored(page)
    assert (found["title"], found["later"]) == ("Villa", [1])
    assert found["checklists"]["other"]["criteria"] == {"o-1": {"answer": 3, "version": 1}}
    kept = found["checklists"][checklist.id]["criteria"]
    assert kept["gone-01"]["answer"] == 1 and kept[known]["confidence"] == "sure"
    assert kept[checklist.criteria[1].id]["answer"] == 3
    assert "__proto__" not in found["checklists"]
    assert page.evaluate("({}).polluted === undefined && ({}).criteria === undefined")


def test_what_another_tab_began_meanwhile_keeps_its_name(open_page, checklist):
    page = open_page(path(checklist))
    begun = {"format": 1, "id": "x", "title": "Villa", "described": "2020-01-01T00:00:00.000Z", "checklists": {}}
    page.evaluate(
        "text => { localStorage['abc.assessment.x'] = text; localStorage['abc.current'] = 'x' }", json.dumps(begun)
    )
    radio(page, checklist.criteria[0].id, 2).check()
    found = stored(page)
    assert (found["id"], found["title"]) == ("x", "Villa")
    assert found["checklists"][checklist.id]["criteria"][checklist.criteria[0].id]["answer"] == 2


def test_what_a_newer_site_began_in_another_tab_is_not_written_over(open_page, checklist):
    page = open_page(path(checklist))
    text = '{"format": 99, "id": "x"}'
    page.evaluate("text => { localStorage['abc.assessment.x'] = text; localStorage['abc.current'] = 'x' }", text)
    radio(page, checklist.criteria[0].id, 2).check()
    assert page.evaluate("localStorage['abc.assessment.x']") == text
    assert stored(page)["checklists"][checklist.id]["criteria"][checklist.criteria[0].id]["answer"] == 2


def test_two_tabs_end_with_both_answers(open_page, checklist):
    one = open_page(path(checklist))
    two = one.context.new_page()
    two.goto(one.url)
    first, second = checklist.criteria[:2]
    radio(one, first.id, 2).check()
    expect(radio(two, first.id, 2)).to_be_checked()
    radio(two, second.id, 1).check()
    expect(radio(one, second.id, 1)).to_be_checked()
    one.reload()
    expect(radio(one, first.id, 2)).to_be_checked()
    expect(radio(one, second.id, 1)).to_be_checked()


def test_changes_are_announced_once_when_they_come_to_rest(open_page, checklist, words):
    page = open_page(path(checklist))
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => said.push(
        document.querySelector('[data-slot=announce]').textContent)).observe(
        document.querySelector('[data-slot=announce]'), {childList: true, characterData: true, subtree: true}) }"""
    )
    answer_all(page, checklist, 3)
    total = len(checklist.criteria)
    percent = fill(words["format"]["percent"], {"value": 100})
    sentence = fill(words["results"]["announce"], {"score": percent, "count": total, "total": total})
    expect(slot(page, "announce")).to_have_text(sentence)
    assert page.evaluate("said") == [sentence]


def test_the_index_shows_how_far_each_checklist_has_come(open_page, checklist, words):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 3).check()
    page.goto(page.url.replace(f"{checklist.id}/", ""))
    progress = fill(words["index"]["progress"], {"answered": 1, "total": len(checklist.criteria)})
    card = page.locator(f'.card[data-checklist="{checklist.id}"]')
    expect(card.locator('[data-slot="card-text"]')).to_contain_text(progress)
    others = page.locator(f'.card[data-checklist]:not([data-checklist="{checklist.id}"])')
    expect(others.first.locator('[data-slot="card-text"]')).to_have_text(words["index"]["not_started"])


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_result_is_within_reach(open_page, checklist, viewport):
    page = open_page(path(checklist), viewport=viewport)
    show_all(page)
    radio(page, checklist.criteria[3].id, 2).check()
    if viewport is PHONE:
        expect(slot(page, "bar")).to_be_in_viewport()
        slot(page, "bar").locator("a").click()
    expect(page.locator("#resultado")).to_be_in_viewport()


def test_on_paper_everything_is_open(open_page, checklist):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 2).check()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".more dl").first).to_be_visible()
    expect(page.locator(".masthead-row > .tools")).to_be_hidden()
    expect(slot(page, "score")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".more dl").first).to_be_hidden()
    assert len(page.pdf()) > 10_000


def test_on_paper_a_list_takes_few_sheets(open_page, content, tmp_path):
    """Two criteria a sheet and more, with the result on the first one and how it is scored on the last."""
    for checklist in content.checklists:
        page = open_page(path(checklist))
        for place, one in enumerate(checklist.criteria):
            page.evaluate(
                '([id, value]) => document.querySelector(`[name="${id}"][value="${value}"]`).click()',
                [one.id, str(place % 4)],
            )
        page.pdf(path=tmp_path / "x.pdf", format="Letter", prefer_css_page_size=True)
        sheets = len(PdfReader(tmp_path / "x.pdf").pages)
        assert sheets <= 7, (checklist.id, sheets)


def test_on_paper_the_blank_form_takes_few_sheets(open_page, project, tmp_path):
    for code in project.codes:
        page = open_page(f"{'' if code == project.default else code + '/'}autoevaluacion/formulario/")
        page.pdf(path=tmp_path / "x.pdf", format="Letter", prefer_css_page_size=True)
        sheets = PdfReader(tmp_path / "x.pdf").pages
        assert len(sheets) <= 16, (code, len(sheets))
        # Whoever fills it in sees every box of a criterion on the same sheet, and its number.
        assert open_texts(project, code)["form"]["note"] in sheets[-2].extract_text()


def test_without_javascript_the_page_is_complete(open_page, checklist, words):
    page = open_page(path(checklist), java_script_enabled=False)
    expect(page.get_by_text(words["assessment"]["no_script"])).to_be_visible()
    for name in ("tools", "results", "bar", "undo"):
        expect(slot(page, name)).to_be_hidden()
    for one in checklist.criteria:
        expect(page.locator(f"#{one.id}")).to_be_visible()
        expect(radio(page, one.id, 0)).to_be_visible()


def test_a_clock_that_was_set_back_does_not_undo_answers(open_page, checklist):
    page = open_page("autoevaluacion/")
    first = checklist.criteria[0].id
    keep_record(page, checklist, first, {"answer": 2, "updated": "2099-01-01T00:00:00.000Z"})
    page.goto(page.url + checklist.id + "/")
    radio(page, first, 0).check()
    page.reload()
    expect(radio(page, first, 0)).to_be_checked()


def keep_record(page: Page, checklist: Checklist, criterion: str, record: dict) -> None:
    """Puts an assessment with one record into the browser."""
    checklists = {checklist.id: {"version": 1, "criteria": {criterion: record}}}
    text = json.dumps({"format": 1, "id": "x", "checklists": checklists})
    page.evaluate("text => { localStorage['abc.assessment.x'] = text; localStorage['abc.current'] = 'x' }", text)


def test_a_note_just_typed_survives_what_comes_right_after(open_page, checklist):
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    radio(page, first, 1).check()
    page.evaluate(
        """id => {
          const note = document.getElementById(id + "-nota");
          note.value = "Cajón 3";
          note.dispatchEvent(new Event("input", {bubbles: true}));
          document.querySelector(`[data-criterion="${id}"] [data-action="clear"]`).click();
        }""",
        first,
    )
    page.reload()
    expect(page.locator(f"#{first}-nota")).to_have_value("Cajón 3")


def test_undoing_a_new_start_keeps_what_was_answered_since(open_page, checklist):
    page = open_page(path(checklist))
    first, second = (one.id for one in checklist.criteria[:2])
    radio(page, first, 0).check()
    radio(page, second, 0).check()
    open_options(page)
    page.locator('[data-action="reset"]').click()
    page.locator('[data-action="reset-confirm"]').click()
    radio(page, first, 3).check()
    page.locator('[data-action="undo"]').click()
    expect(radio(page, first, 3)).to_be_checked()
    expect(radio(page, second, 0)).to_be_checked()


def test_two_tabs_that_save_at_once_lose_nothing(open_page, checklist):
    one = open_page(path(checklist))
    two = one.context.new_page()
    two.goto(one.url)
    first, second, third = (one.id for one in checklist.criteria[:3])
    radio(one, first, 1).check()
    expect(radio(two, first, 1)).to_be_checked()
    # Tab two did not see what tab one saved when it wrote over it.
    before = one.evaluate("localStorage['abc.assessment.' + localStorage['abc.current']]")
    radio(one, second, 2).check()
    overwritten = json.loads(before)
    overwritten["checklists"][checklist.id]["criteria"][third] = {
        "answer": 3, "updated": "2098-01-01T00:00:00.000Z",
    }  # fmt: skip
    two.evaluate(
        "text => { localStorage['abc.assessment.' + localStorage['abc.current']] = text }",
        json.dumps(overwritten),
    )
    expect(radio(one, third, 3)).to_be_checked()
    one.wait_for_timeout(300)
    one.reload()
    expect(radio(one, second, 2)).to_be_checked()
    expect(radio(one, third, 3)).to_be_checked()


def test_the_index_says_too_that_answers_were_damaged(open_page, words):
    page = open_page("autoevaluacion/")
    page.evaluate("localStorage['abc.assessment.x'] = '}{'; localStorage['abc.current'] = 'x'")
    page.reload()
    expect(page.get_by_role("alert")).to_have_text(words["store"]["damaged"])


def test_going_to_the_next_unanswered(open_page, checklist):
    page = open_page(path(checklist))
    first, second, third = (one.id for one in checklist.criteria[:3])
    radio(page, first, 1).check()
    radio(page, third, 1).check()
    page.evaluate("scrollTo(0, 0)")
    button = page.locator('[data-action="next-unanswered"]:visible').first
    button.click()
    expect(radio(page, second, 0)).to_be_focused()
    expect(page.locator(f"#{second}")).to_be_in_viewport()
    answer_all(page, checklist, 2)
    expect(button).to_be_hidden()


@pytest.mark.parametrize("at_once", [True, False], ids=["before it is told", "once it is told"])
def test_what_was_deleted_in_another_tab_does_not_come_back_with_a_change_on_its_way(
    open_page, checklist, words, at_once
):
    page = open_page(path(checklist))
    first, second = (one.id for one in checklist.criteria[:2])
    radio(page, first, 1).check()
    section = page.locator(f'[data-criterion="{first}"]')
    section.locator(".note summary").click()
    note = section.locator('[data-field="note"]')
    # In one go: the change waits to be saved when the entry goes, with or without word of it.
    note.evaluate(
        """(note, atOnce) => {
        note.value = "Acta 12";
        note.dispatchEvent(new Event("input", {bubbles: true}));
        const key = "abc.assessment." + localStorage["abc.current"];
        localStorage.removeItem(key);
        localStorage.removeItem("abc.current");
        if (!atOnce) dispatchEvent(new StorageEvent("storage", {key, newValue: null}));
        }""",
        at_once,
    )
    expect(page.get_by_role("alert")).to_have_text(words["store"]["removed"])
    page.wait_for_timeout(600)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('abc.assessment.'))") == []
    # The next change keeps all that is on the page.
    radio(page, second, 2).check()
    page.reload()
    expect(radio(page, first, 1)).to_be_checked()
    expect(note).to_have_value("Acta 12")


def test_storage_cleared_half_way_is_said_and_work_goes_on(open_page, checklist, words):
    page = open_page(path(checklist))
    first, second = (one.id for one in checklist.criteria[:2])
    radio(page, first, 1).check()
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("localStorage.clear()")
    other.close()
    expect(page.get_by_role("alert")).to_have_text(words["store"]["removed"])
    radio(page, second, 2).check()
    page.reload()
    expect(radio(page, first, 1)).to_be_checked()
    expect(radio(page, second, 2)).to_be_checked()
