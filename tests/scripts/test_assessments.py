"""Several assessments, and their files: saved, opened, joined, refused, undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT
from tests.scripts.test_assessment import DENIED, FULL, answer_all, open_options, path, radio, slot, stored

LIST = "autoevaluacion/diagnosticos/"


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)["assessments"]


@pytest.fixture
def checklist(content: Content):
    return content.checklists[0]


def save_file(page: Page, folder: Path) -> Path:
    open_options(page)
    with page.expect_download() as download:
        page.locator('.assessments [data-action="assessment-save"]').click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def open_file(page: Page, file: Path | dict) -> None:
    page.locator('[data-slot="open-input"]').set_input_files(file)
    expect(slot(page, "open-dialog")).to_be_visible()


def open_apart(page: Page, file: Path | dict) -> None:
    """Opens a file as an assessment of its own where nothing is kept: at once, without questions."""
    page.locator('[data-slot="open-input"]').set_input_files(file)
    expect(slot(page, "assessments-undo")).to_be_visible()
    expect(slot(page, "open-dialog")).to_be_hidden()


def press(page: Page, action: str) -> None:
    # Not the button that only a learning platform shows.
    page.locator(f'[data-action="{action}"]:not(.lms-box *)').click()


def open_list(open_page, checklist) -> Page:
    """The list of assessments after one answer, level 2 to the first criterion."""
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 2).check()
    page.goto(page.url.replace(path(checklist), LIST))
    return page


def payload(text: str, name: str = "abc-prueba.json") -> dict:
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def assessment(checklist, answers: dict, **more) -> str:
    criteria = {id: {"answer": answer, "updated": "2030-01-01T00:00:00.000Z"} for id, answer in answers.items()}
    return json.dumps(
        {
            "kind": "abc-assessment", "format": 1, "id": "0f0f0f0f-0000-4000-8000-000000000001",
            "title": "Villa Nueva", "round": "2025", "created": "2025-01-01T00:00:00.000Z",
            "updated": "2025-02-01T00:00:00.000Z",
            "checklists": {checklist.id: {"version": checklist.version, "criteria": criteria}}, **more,
        }
    )  # fmt: skip


def test_from_one_computer_to_another(open_page, checklist, tmp_path):
    """Answer here, save the file, open it on another computer, go on there."""
    here = open_page(path(checklist))
    answer_all(here, checklist, 2)
    score = slot(here, "score").text_content()
    file = save_file(here, tmp_path)
    assert file.name.startswith("abc-") and file.suffix == ".json"
    there = open_page(path(checklist))
    there.locator('[data-slot="open-input"]').set_input_files(file)
    expect(slot(there, "score")).to_have_text(score)
    there.reload()
    expect(slot(there, "score")).to_have_text(score)


def test_opening_changes_nothing_until_chosen(open_page, checklist, words):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 1).check()
    before = stored(page)
    open_file(page, payload(assessment(checklist, {checklist.criteria[0].id: 3})))
    preview = slot(page, "open-preview")
    expect(preview).to_contain_text("Villa Nueva · 2025")
    expect(preview).to_contain_text(fill(words["different_one"], {"count": 1}))
    assert stored(page) == before
    press(page, "open-close")
    assert stored(page) == before


def test_opened_apart_and_switched(open_page, checklist, words):
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    radio(page, first, 1).check()
    open_file(page, payload(assessment(checklist, {first: 3})))
    press(page, "open-new")
    expect(radio(page, first, 3)).to_be_checked()
    select = slot(page, "assessments-select")
    expect(select.locator("option")).to_have_count(2)
    open_options(page)
    select.select_option(label=words["unnamed"])
    expect(radio(page, first, 1)).to_be_checked()
    page.reload()
    expect(radio(page, first, 1)).to_be_checked()
    open_options(page)
    select.select_option(label="Villa Nueva · 2025")
    expect(radio(page, first, 3)).to_be_checked()


def test_replaced_and_undone(open_page, checklist):
    page = open_page(path(checklist))
    first, second = (one.id for one in checklist.criteria[:2])
    radio(page, first, 1).check()
    open_file(page, payload(assessment(checklist, {second: 3})))
    press(page, "open-replace")
    expect(radio(page, second, 3)).to_be_checked()
    expect(radio(page, first, 1)).not_to_be_checked()
    expect(slot(page, "assessments-undo-text")).to_be_focused()
    press(page, "assessments-undo")
    expect(radio(page, first, 1)).to_be_checked()
    expect(radio(page, second, 3)).not_to_be_checked()
    page.reload()
    expect(radio(page, first, 1)).to_be_checked()


def test_combined_item_by_item(open_page, checklist, content):
    page = open_page(path(checklist))
    first, second, third, fourth = (one.id for one in checklist.criteria[:4])
    radio(page, first, 1).check()
    radio(page, second, 1).check()
    radio(page, fourth, 0).check()
    open_file(page, payload(assessment(checklist, {first: 3, second: 2, third: 2})))
    press(page, "open-merge")
    groups = page.locator(".merge")
    expect(groups).to_have_count(2)
    expect(groups.first.locator("legend")).to_have_text(checklist.criteria[0].statement[DEFAULT])
    expect(groups.first).to_contain_text(content.scale.levels[1].name[DEFAULT])
    expect(groups.first).to_contain_text(content.scale.levels[3].name[DEFAULT])
    groups.nth(1).locator('input[value="mine"]').check()
    press(page, "merge-confirm")
    for id, level in ((first, 3), (second, 1), (third, 2), (fourth, 0)):
        expect(radio(page, id, level)).to_be_checked()
    press(page, "assessments-undo")
    for id, level in ((first, 1), (second, 1), (fourth, 0)):
        expect(radio(page, id, level)).to_be_checked()
    expect(radio(page, third, 2)).not_to_be_checked()


REFUSED = {
    "another program's": ('{"hello": 1}', "not_ours"),
    "not JSON": ("%PDF-1.7", "not_ours"),
    "cut off": ('{"kind": "abc-assessment", "format": 1, "check', "damaged"),
    "newer": ('{"kind": "abc-assessment", "format": 9}', "newer"),
    "wrong kinds": ('{"kind": "abc-assessment", "format": 1, "id": 3, "checklists": []}', "damaged"),
    "a list": ("[1]", "not_ours"),
    "nothing": ("", "not_ours"),
    "huge": ("x" * 5_000_001, "too_large"),
}


@pytest.mark.parametrize("text, problem", REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_trusted_is_refused_with_a_sentence(open_page, checklist, words, text, problem):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 1).check()
    before = stored(page)
    open_file(page, payload(text, "x.json"))
    expect(slot(page, "open-problem")).to_have_text(fill(words["problems"][problem], {"name": "x.json"}))
    expect(slot(page, "open-choices")).to_be_hidden()
    assert stored(page) == before


def test_a_file_waits_for_the_other_checklists_and_says_where_they_do_not_come(browser, address, checklist, words):
    """The page of a checklist has no other; a file may be of all."""
    # The browser says in its console that the script is not there.
    page = browser.new_page()
    page.route("**/instrument/es.js", lambda route: route.abort())
    page.goto(address + path(checklist))
    answers = {checklist.criteria[0].id: 3}
    open_file(page, payload(assessment(checklist, answers), "x.json"))
    expect(slot(page, "open-problem")).to_have_text(fill(words["problems"]["not_loaded"], {"name": "x.json"}))
    expect(slot(page, "open-choices")).to_be_hidden()
    assert page.evaluate("abc.page.store.list().length") == 1
    press(page, "open-close")
    page.unroute("**/instrument/es.js")
    open_apart(page, payload(assessment(checklist, answers), "x.json"))
    expect(radio(page, checklist.criteria[0].id, 3)).to_be_checked()
    page.context.close()


def test_texts_in_a_file_are_only_ever_text(open_page, checklist):
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    evil = '<img src=x onerror="document.title=1"><b>x</b>'
    file = json.loads(assessment(checklist, {first: 3}, title=evil))
    file["checklists"][checklist.id]["criteria"][first]["note"] = evil
    file["checklists"][checklist.id]["criteria"][evil] = {"answer": 1}
    text = json.dumps(file).replace('"Villa', '"__proto__": {"polluted": 1}, "Villa')
    radio(page, first, 1).check()
    open_file(page, payload(text))
    expect(slot(page, "open-preview")).to_contain_text(evil)
    press(page, "open-merge")
    expect(page.locator(".merge")).to_contain_text(evil)
    press(page, "merge-confirm")
    expect(page.locator(f"#{first}-nota")).to_have_value(evil)
    assert page.title() != "1" and page.evaluate("({}).polluted") is None


def test_unknown_criteria_of_a_file_are_kept_and_saved_again(open_page, checklist, words, tmp_path):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 1).check()
    open_file(page, payload(assessment(checklist, {"old-01": 2})))
    expect(slot(page, "open-preview")).to_contain_text(words["unknown_text_one"])
    press(page, "open-new")
    saved = json.loads(save_file(page, tmp_path).read_text("utf-8"))
    assert saved["checklists"][checklist.id]["criteria"]["old-01"]["answer"] == 2
    assert saved["kind"] == "abc-assessment"


def test_named_duplicated_and_deleted(open_page, checklist, words):
    page = open_list(open_page, checklist)
    cards = slot(page, "assessments-list").locator("li")
    expect(cards).to_have_count(1)
    page.get_by_role("button", name=words["rename"]).click()
    page.locator("#datos-nombre").fill("Villa Nueva")
    page.locator("#datos-ronda").fill("2025")
    page.keyboard.press("Enter")
    expect(cards.first.locator("h3")).to_have_text("Villa Nueva · 2025")
    page.get_by_role("button", name=words["duplicate"]).click()
    expect(page.locator("#datos-nombre")).to_have_value("Villa Nueva")
    page.locator("#datos-ronda").fill("2026")
    page.keyboard.press("Enter")
    expect(cards).to_have_count(2)
    expect(cards.first.locator("h3")).to_have_text("Villa Nueva · 2026")
    expect(cards.first).to_contain_text(words["current"])
    page.reload()
    expect(cards).to_have_count(2)
    page.get_by_role("button", name=f"{words['remove']}: Villa Nueva · 2026").click()
    expect(cards).to_have_count(1)
    press(page, "assessments-undo")
    expect(cards).to_have_count(2)
    expect(slot(page, "assessments-select").locator("option:checked")).to_have_text("Villa Nueva · 2026")


def test_a_new_assessment_starts_empty(open_page, checklist):
    page = open_list(open_page, checklist)
    press(page, "assessment-new")
    page.locator("#datos-nombre").fill("Otro")
    page.keyboard.press("Enter")
    page.goto(page.url.replace(LIST, path(checklist)))
    expect(page.locator("input:checked:not([name=depth])")).to_have_count(0)
    expect(slot(page, "assessments-select").locator("option:checked")).to_have_text("Otro")


def test_a_shared_computer_is_left_clean(open_page, checklist):
    page = open_list(open_page, checklist)
    press(page, "assessments-clear")
    press(page, "clear-confirm")
    assert page.evaluate("Object.keys(localStorage)") == []
    press(page, "assessments-undo")
    page.goto(page.url.replace(LIST, path(checklist)))
    expect(radio(page, checklist.criteria[0].id, 2)).to_be_checked()


def test_with_full_storage_another_assessment_is_refused_with_a_sentence(open_page, checklist, words):
    page = open_list(open_page, checklist)
    page.evaluate(f"() => {{ {FULL} }}")
    page.locator('[data-assessment-action="rename"]').click()
    page.locator("#datos-nombre").fill("Villa")
    page.keyboard.press("Enter")
    for action in ('[data-action="assessment-new"]', '[data-assessment-action="duplicate"]'):
        page.locator(action).click()
        expect(slot(page, "assessments-problem")).to_have_text(words["no_room"])
        expect(slot(page, "describe-dialog")).to_be_hidden()


@pytest.mark.parametrize("script", [DENIED, FULL], ids=["denied", "full"])
def test_a_file_can_be_saved_when_the_browser_keeps_nothing(open_page, checklist, tmp_path, script):
    page = open_page(path(checklist), script=script)
    first = checklist.criteria[0].id
    radio(page, first, 3).check()
    saved = json.loads(save_file(page, tmp_path).read_text("utf-8"))
    assert saved["checklists"][checklist.id]["criteria"][first]["answer"] == 3


def test_a_name_given_in_another_tab_stays(open_page, checklist):
    one = open_page(path(checklist))
    radio(one, checklist.criteria[0].id, 1).check()
    two = one.context.new_page()
    two.goto(one.url.replace(path(checklist), LIST))
    two.locator('[data-assessment-action="rename"]').click()
    two.locator("#datos-nombre").fill("Villa")
    two.keyboard.press("Enter")
    radio(one, checklist.criteria[1].id, 1).check()
    assert stored(one)["title"] == "Villa"


def test_a_reminder_until_a_file_is_saved(open_page, checklist, tmp_path):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 1).check()
    expect(slot(page, "assessments-reminder")).to_be_hidden()
    page.evaluate(
        """() => {
          const key = "abc.assessment." + localStorage["abc.current"];
          localStorage[key] = JSON.stringify({...JSON.parse(localStorage[key]), created: "2020-01-01T00:00:00.000Z"});
        }"""
    )
    page.reload()
    expect(slot(page, "assessments-reminder")).to_be_visible()
    save_file(page, tmp_path)
    expect(slot(page, "assessments-reminder")).to_be_hidden()
    page.reload()
    expect(slot(page, "assessments-reminder")).to_be_hidden()


def test_the_example_is_complete_and_touches_nothing(open_page, content, site):
    example = json.loads((site / "assets/example.json").read_text("utf-8"))
    for one in content.checklists:
        kept = example["checklists"][one.id]
        assert kept["version"] == one.version
        assert set(kept["criteria"]) == {criterion.id for criterion in one.criteria}
        for criterion in one.criteria:
            record = kept["criteria"][criterion.id]
            offered = [0, 1, 2, 3, "no_information", *(["not_applicable"] if criterion.not_applicable else [])]
            assert record["answer"] in offered and bool(record.get("reason")) == (record["answer"] == "not_applicable")
            # What is said to be done or certain is backed.
            assert record.get("confidence") != "sure" or record["evidence"]
    every = [record for one in example["checklists"].values() for record in one["criteria"].values()]
    for name in ("note", "confidence", "target", "evidence", "plan"):
        assert sum(name in record for record in every) >= 5, name
    page = open_page(path(content.checklists[0]))
    first = content.checklists[0].criteria[0].id
    radio(page, first, 0).check()
    mine = stored(page)
    page.goto(page.url.replace(path(content.checklists[0]), LIST))
    press(page, "assessment-example")
    expect(slot(page, "open-preview")).to_contain_text(example["title"])
    press(page, "open-new")
    assert json.loads(page.evaluate("id => localStorage['abc.assessment.' + id]", mine["id"])) == mine


def test_what_was_before_is_kept_for_a_week(open_page, checklist, project: Project, tmp_path):
    """A file that takes the place of the one in use, days later: the other is still there."""
    words = open_texts(project, project.default)["before"]
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    radio(page, first, 1).check()
    open_file(page, payload(assessment(checklist, {first: 3})))
    press(page, "open-replace")
    radio(page, first, 3).wait_for()
    page.goto(page.url.replace(path(checklist), LIST))
    kept = slot(page, "before-list").locator("li")
    assert kept.count() == 1
    kept.get_by_role("button", name=words["recover"]).click()
    assert stored(page)["checklists"][checklist.id]["criteria"][first]["answer"] == 1
    # Another one from eight days ago goes by itself.
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage).filter((one) => one.startsWith("abc.before."));
          const old = new Date(Date.now() - 8 * 24 * 3600 * 1000).toISOString();
          localStorage.setItem(`abc.before.${old}`, localStorage.getItem(key));
        }"""
    )
    page.reload()
    assert slot(page, "before-list").locator("li").count() == 1
    kept.get_by_role("button", name=words["forget"]).click()
    expect(slot(page, "before")).to_be_hidden()
    assert not page.evaluate("Object.keys(localStorage).some((one) => one.startsWith('abc.before.'))")


SHARING = """(() => {
  window.given = [];
  navigator.canShare = ({ files }) => files.every(({ name }) => name.endsWith(ALLOWED));
  navigator.share = async ({ files }) => { window.given.push([files[0].name, await files[0].text()]); };
})()"""


def test_a_phone_hands_the_file_to_another_app(open_page, checklist, project: Project):
    texts = open_texts(project, project.default)["assessments"]
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    # Where files for programs may not be handed on, it goes as a text, which opens just as well.
    page = open_page(path(checklist), script=SHARING.replace("ALLOWED", '".txt"'), **phone)
    first = checklist.criteria[0].id
    radio(page, first, 2).check()
    open_options(page)
    share = page.locator('.assessments [data-action="assessment-share"]')
    expect(share).to_have_text(texts["share_file"])
    share.click()
    page.wait_for_function("() => given.length === 1")
    name, text = page.evaluate("given[0]")
    assert name.endswith(".txt") and stored(page)["filed"]
    other = open_page(path(checklist))
    open_apart(other, payload(text, name))
    expect(radio(other, first, 2)).to_be_checked()
    open_options(other)
    # Without a sheet there is no button, and with a mouse neither.
    assert other.locator('[data-action="assessment-share"]').count() == 0


def test_it_is_asked_to_keep_things_when_something_is_taken_away(open_page, checklist, tmp_path):
    asking = """if (navigator.storage) Object.assign(navigator.storage, {
      persist: async () => { (window.asked ??= []).push(1); return true; },
      persisted: async () => { (window.looked ??= []).push(1); return Boolean(window.isKept); },
    });
    const { createObjectURL, revokeObjectURL } = URL;
    Object.assign(URL, {
      createObjectURL: (one) => (window.made = createObjectURL(one)),
      revokeObjectURL: (one) => revokeObjectURL((window.left = one)),
    });"""
    page = open_page(path(checklist), script=asking)
    page.clock.install()
    radio(page, checklist.criteria[0].id, 2).check()
    assert page.evaluate("window.asked") is None
    save_file(page, tmp_path)
    page.wait_for_function("() => window.asked?.length === 1")
    save_file(page, tmp_path)
    # What a file was made of takes no room for ever.
    assert page.evaluate("made !== window.left")
    page.clock.fast_forward(10_000)
    assert page.evaluate("made === left")
    # Nor is it asked for where it is so already.
    page.evaluate("localStorage.removeItem('abc.keep-asked'); window.isKept = true; window.looked = []")
    save_file(page, tmp_path)
    page.wait_for_function("() => looked.length === 1")
    assert page.evaluate("window.asked.length") == 1
