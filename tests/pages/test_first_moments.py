"""What a person does before the scripts have come, where the focus goes, and how large targets are."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, DESKTOP, PHONE, add_style
from tests.scripts.test_assessment import open_options, path, radio, slot, stored
from tests.scripts.test_assessments import LIST, assessment, payload


@pytest.fixture
def checklist(content: Content):
    return content.checklists[0]


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def load_slowly(page: Page, url: str) -> list:
    """Begins to load a page; its own script waits in the list that is given."""
    held: list = []
    page.route("**/bundles/checklist.js", lambda route: held.append(route))
    page.goto(url, wait_until="commit")
    page.locator("#resultado").wait_for(state="attached")
    while not held:
        page.wait_for_timeout(10)
    return held


def test_what_is_done_before_the_scripts_come_is_kept(open_page, checklist):
    page = open_page(path(checklist))
    first, second, third = (one.id for one in checklist.criteria[:3])
    radio(page, first, 1).check()
    page.locator(f'[data-criterion="{third}"] .note summary').click()
    page.locator(f"#{third}-nota").fill("Cajón 3")
    page.wait_for_function("() => Object.values(localStorage).some((text) => text.includes('Cajón 3'))")
    held = load_slowly(page, page.url)
    radio(page, second, 2).check()
    page.locator(f'[data-criterion="{third}"] .note summary').click()
    page.locator(f"#{third}-nota").fill("Lo tiene Ana")
    for one in held:
        one.continue_()
    expect(slot(page, "results")).to_be_visible()
    expect(page.locator(f'[data-criterion="{third}"] [data-record="confidence"]')).to_be_visible()
    page.unroute("**/bundles/checklist.js")
    page.reload()
    expect(radio(page, first, 1)).to_be_checked()
    expect(radio(page, second, 2)).to_be_checked()
    expect(page.locator(f"#{third}-nota")).to_have_value("Cajón 3\nLo tiene Ana")


def test_what_the_browser_puts_back_is_no_answer(open_page, checklist):
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    radio(page, first, 1).check()
    held = load_slowly(page, page.url)
    # As a browser does that fills in forms by itself.
    page.evaluate("id => { document.querySelector(`[name=${id}][value='3']`).checked = true }", first)
    for one in held:
        one.continue_()
    expect(slot(page, "results")).to_be_visible()
    expect(radio(page, first, 1)).to_be_checked()
    assert stored(page)["checklists"][checklist.id]["criteria"][first]["answer"] == 1


def focused(page: Page) -> str:
    """What has the focus, once every script has had its turn."""
    return page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() =>
        done(document.activeElement === document.body ? "" : document.activeElement.outerHTML.slice(0, 120))))))"""
    )


def by_key(page: Page, selector: str, key: str = "Enter") -> str:
    page.locator(selector).first.focus()
    page.keyboard.press(key)
    return focused(page)


def test_focus_is_never_lost_in_the_list_of_assessments(open_page, checklist):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 2).check()
    page.goto(page.url.replace(path(checklist), LIST))
    lost = []

    def step(name: str, found: str, wanted: str = "") -> None:
        if not found or wanted not in found:
            lost.append(f"{name}: {found}")

    rename = '[data-assessment-action="rename"]'
    for key in ("Escape", "Enter"):
        by_key(page, rename)
        page.locator("#datos-nombre").fill("Villa")
        page.keyboard.press(key)
        expect(slot(page, "describe-dialog")).to_be_hidden()
        step(f"rename, {key}", focused(page), 'data-assessment-action="rename"')
    by_key(page, '[data-assessment-action="duplicate"]')
    page.keyboard.press("Enter")
    step("duplicate", focused(page), "<h3")
    step("use", by_key(page, '[data-assessment-action="use"]'), "<h3")
    step("remove", by_key(page, '[data-assessment-action="remove"]'), "assessments-undo-text")
    step("undo", by_key(page, '[data-action="assessments-undo"]'), "<select")
    by_key(page, '[data-action="assessments-clear"]')
    page.keyboard.press("Escape")
    step("clear, Escape", focused(page), "assessments-clear")
    by_key(page, '[data-action="assessments-clear"]')
    step("clear", by_key(page, '[data-action="clear-confirm"]'), "assessments-undo-text")
    step("undo", by_key(page, '[data-action="assessments-undo"]'))
    for key in ("Escape", "Enter"):
        page.evaluate("document.activeElement.blur()")
        slot(page, "open-input").set_input_files(payload("x", "x.json"))
        expect(slot(page, "open-dialog")).to_be_visible()
        page.keyboard.press(key)
        expect(slot(page, "open-dialog")).to_be_hidden()
        step(f"refused file, {key}", focused(page), "assessment-open")
    assert lost == []


def test_focus_is_never_lost_while_answering(open_page, checklist):
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    section = f'[data-criterion="{first}"]'
    lost = []

    def step(name: str, found: str) -> None:
        if not found:
            lost.append(name)

    radio(page, first, 1).check()
    step("clear", by_key(page, f'{section} [data-action="clear"]'))
    radio(page, first, 1).check()
    page.locator(f"{section} .note summary").click()
    step("add evidence", by_key(page, f'{section} [data-record-action="add"]'))
    step("remove evidence", by_key(page, f'{section} [data-record-action="remove"]'))
    open_options(page)
    slot(page, "filter").select_option("behind")
    step("filter again", by_key(page, '[data-action="filter-again"]'))
    step("filter off", by_key(page, '[data-action="filter-all"]'))
    for button in ("reset-cancel", "reset-confirm"):
        by_key(page, '[data-action="reset"]')
        step(button, by_key(page, f'[data-action="{button}"]'))
    step("undo", by_key(page, '[data-action="undo"]'))
    step("workshop", by_key(page, '[data-action="workshop"]'))
    for _ in checklist.criteria:
        step(
            "workshop, next",
            by_key(page, '[data-action="workshop-next"]:not(:disabled), [data-action="workshop-previous"]'),
        )
    step("workshop, close", by_key(page, '[data-action="workshop-close"]'))
    # Whatever takes away what has the focus: what held it has it then.
    page.evaluate(
        """id => { const one = document.getElementById(id); one.focus();
        one.addEventListener("keydown", () => one.closest("fieldset").remove()) }""", first,
    )  # fmt: skip
    page.keyboard.press("x")
    step("removed", focused(page))
    assert lost == []


def test_a_filter_taken_away_leaves_the_focus(open_page):
    page = open_page("directorio/redes/")
    page.evaluate("document.querySelectorAll('[data-filter] input')[0].click()")
    assert by_key(page, ".chip")
    page.locator('[data-slot="query"]').fill("xqzw")
    assert by_key(page, '[data-slot="empty"] [data-action="catalogue-reset"]')


def test_a_refused_file_says_why_to_those_who_listen(open_page, checklist, words):
    page = open_page(path(checklist))
    slot(page, "open-input").set_input_files(payload("x", "x.json"))
    reason = fill(words["assessments"]["problems"]["not_ours"], {"name": "x.json"})
    expect(slot(page, "open-dialog")).to_have_accessible_description(reason)


def test_what_is_done_is_said(open_page, content, words):
    checklist = next(one for one in content.checklists if any(c.critical is not None for c in one.criteria))
    critical = next(one for one in checklist.criteria if one.critical is not None)
    page = open_page(path(checklist))
    for answer, flag in ((0, "breach"), ("no_information", "unproven")):
        radio(page, critical.id, answer).check()
        sentence = fill(words["results"]["said"][flag], {"statement": critical.statement[DEFAULT]})
        expect(slot(page, "breach")).to_have_text(sentence)
    radio(page, critical.id, 3).check()
    expect(slot(page, "breach")).to_have_text("")
    page.goto(page.url.replace(path(checklist), LIST))
    page.locator('[data-assessment-action="rename"]').click()
    page.locator("#datos-nombre").fill("Villa")
    page.keyboard.press("Enter")
    said = slot(page, "assessments-state")
    expect(said).to_have_text(fill(words["assessments"]["renamed"], {"name": "Villa"}))
    page.locator('[data-assessment-action="duplicate"]').click()
    page.keyboard.press("Enter")
    second = f"Villa · {fill(words['assessments']['round_number'], {'number': 2})}"
    expect(said).to_have_text(fill(words["assessments"]["switched"], {"name": second}))
    slot(page, "assessments-select").select_option(label="Villa")
    expect(said).to_have_text(fill(words["assessments"]["switched"], {"name": "Villa"}))
    page.goto(page.url.replace(LIST, "autoevaluacion/documentos/"))
    page.locator('[name="language"][value="en"]').check()
    expect(slot(page, "documents-state")).to_have_text(
        fill(words["documents"]["shown_in"], {"languages": "Español y English"})
    )


def test_rounds_have_names_that_differ(open_page, checklist, words):
    page = open_page(path(checklist))
    radio(page, checklist.criteria[0].id, 2).check()
    page.goto(page.url.replace(path(checklist), LIST))
    duplicate = page.locator('[data-assessment-action="duplicate"]').last
    duplicate.click()
    page.locator("#datos-nombre").fill("Villa")
    page.locator("#datos-ronda").fill("")
    page.keyboard.press("Enter")
    cards = slot(page, "assessments-list").locator("h3")
    expect(cards).to_have_count(2)
    page.get_by_role("button", name=f"{words['assessments']['duplicate']}: Villa").click()
    expect(page.locator("#datos-ronda")).to_have_value(fill(words["assessments"]["round_number"], {"number": 2}))
    page.locator("#datos-ronda").fill("")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(words["assessments"]["taken"])
    expect(page.locator("#datos-ronda")).to_be_focused()
    page.keyboard.press("Escape")
    # Those that were alike before are told apart.
    page.evaluate(
        """() => { for (const day of ["2026-01-02", "2026-03-04"]) localStorage["abc.assessment." + day] = JSON.stringify(
        {format: 1, id: day, title: "", round: "", checklists: {}, created: day + "T12:00:00Z", updated: ""}) }"""
    )
    page.reload()
    names = cards.all_text_contents()
    assert len(names) == len(set(names)) == 4
    assert sum("2026" in name for name in names) >= 2
    options = slot(page, "assessments-select").locator("option").all_text_contents()
    assert sorted(options) == sorted(names)


def test_the_name_is_asked_once(open_page, checklist, words):
    page = open_page(path(checklist), new=True)
    radio(page, checklist.criteria[0].id, 2).check()
    question = slot(page, "municipality-dialog")
    save = page.locator('.assessments [data-action="assessment-save"]')
    open_options(page)
    save.click()
    expect(question).to_be_visible()
    page.locator("#municipio").fill("San Jacinto")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert "san-jacinto" in download.value.suggested_filename
    assert stored(page)["title"] == "San Jacinto"
    skipped = open_page(path(checklist), new=True)
    radio(skipped, checklist.criteria[0].id, 2).check()
    skipped.goto(skipped.url.replace(path(checklist), "autoevaluacion/documentos/"))
    skipped.locator('[data-document="html"]').click()
    with skipped.expect_download():
        skipped.locator('[data-action="municipality-skip"]').click()
    with skipped.expect_download():
        skipped.locator('[data-action="assessment-save"]:visible').click()
    expect(slot(skipped, "municipality-dialog")).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_file_opens_at_once_where_there_is_nothing(open_page, checklist, viewport):
    page = open_page(path(checklist), viewport=viewport)
    ids = [one.id for one in checklist.criteria]
    slot(page, "open-input").set_input_files(payload(assessment(checklist, {ids[0]: 3, ids[1]: 2, ids[3]: 1})))
    expect(radio(page, ids[2], 0)).to_be_focused()
    expect(slot(page, "open-dialog")).to_be_hidden()
    assert 0 <= page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", ids[2]) <= 60
    expect(slot(page, "assessments-select").locator("option")).to_have_text(["Villa Nueva · 2025"])
    page.locator('[data-action="assessments-undo"]').click()
    expect(radio(page, ids[0], 3)).not_to_be_checked()


def test_the_quick_assessment_counts_from_one(open_page, content):
    page = open_page("autoevaluacion/rapida/")
    statements = [one.statement[DEFAULT] for checklist in content.checklists for one in checklist.quick]
    groups = page.locator(".criterion fieldset.question")
    names = groups.evaluate_all("all => all.map((one) => one.querySelector(':scope > legend').innerText)")
    assert [name.split()[0] for name in names] == [str(number) for number in range(1, len(statements) + 1)]
    for place, statement in enumerate(statements):
        expect(groups.nth(place)).to_have_accessible_name(f"{place + 1} {statement.replace('**', '')}")
        expect(groups.nth(place)).to_have_accessible_description("")


def test_the_bar_of_a_phone_keeps_its_height(open_page, content):
    page = open_page("autoevaluacion/rapida/", viewport=PHONE)
    height = "document.querySelector('.result-bar').offsetHeight"
    before = page.evaluate(height)
    for checklist in content.checklists:
        for one in checklist.quick:
            page.evaluate("id => document.querySelector(`[name=${id}]`).click()", one.id)
            assert page.evaluate(height) == before


def test_fields_left_open_follow_another_tab(open_page, checklist):
    one = open_page(path(checklist))
    first = checklist.criteria[0].id
    radio(one, first, 2).check()
    two = one.context.new_page()
    two.goto(one.url)
    for page in (one, two):
        page.locator(f'[data-criterion="{first}"] .note summary').click()
    section = [page.locator(f'[data-criterion="{first}"]') for page in (one, two)]
    section[0].locator('[data-record-action="add"]').click()
    section[1].locator('[data-record="what"]').fill("Pedirlo")
    expect(section[0].locator('[data-record="what"]')).to_have_value("Pedirlo")
    section[1].locator('[data-record-action="add"]').click()
    section[1].locator('[data-evidence-field="title"]').fill("Acta 5")
    expect(section[0].locator("[data-evidence]")).to_have_count(2)
    section[0].locator('[data-evidence-field="title"]').first.fill("Oficio 7")
    one.wait_for_function("() => Object.values(localStorage).some((text) => text.includes('Oficio 7'))")
    record = stored(one)["checklists"][checklist.id]["criteria"][first]
    assert record["plan"] == {"what": "Pedirlo"}
    assert sorted(item["title"] for item in record["evidence"]) == ["Acta 5", "Oficio 7"]
    # And what is begun anew, and taken back.
    two.evaluate("document.activeElement.blur()")
    open_options(one)
    one.locator('[data-action="reset"]').click()
    one.locator('[data-action="reset-confirm"]').click()
    expect(section[1].locator('[data-record="what"]')).to_have_value("")
    expect(section[1].locator('[data-evidence-field="title"]')).to_have_count(0)
    one.locator('[data-action="undo"]').click()
    expect(section[1].locator('[data-record="what"]')).to_have_value("Pedirlo")


SMALL = """() => {
  for (const one of document.querySelectorAll("main details")) one.open = true;
  const inText = (one) => {
    if (one.tagName !== "A" || getComputedStyle(one).display !== "inline") return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    return block.textContent.trim() !== one.textContent.trim();
  };
  const all = 'a[href], button, input, select, textarea, summary, [role="button"], [tabindex="0"]';
  return Array.from(document.querySelectorAll(all))
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !inText(one) && !one.matches(".skip"))
    .filter((one) => [one, ...(one.labels || [])].map((each) => each.getBoundingClientRect())
      .every(({ width, height }) => width < 24 || height < 24))
    .map((one) => one.outerHTML.slice(0, 200));
}"""


def test_every_target_is_large_enough_for_a_finger(open_page, documents):
    """WCAG 2.2, 2.5.8, on one page of each kind: 24 px both ways, links inside a text excepted."""
    kinds = {}
    for place, document in documents.items():
        if not place.startswith("en/"):
            kinds.setdefault((tuple(document.find("html")[0].classes), place.split("/")[0]), place)
    page = open_page()
    start, wrong = page.url, {}
    for place in kinds.values():
        page.goto(start + place)
        # What is laid out only once it is near has no size before.
        add_style(page, "* { content-visibility: visible !important }")
        page.evaluate("document.querySelectorAll('.criterion input:first-of-type').forEach((one) => one.click())")
        for width, height in ((360, 740), (1366, 768)):
            page.set_viewport_size({"width": width, "height": height})
            if small := page.evaluate(SMALL):
                wrong[place, width] = small[:5]
    assert wrong == {}, json.dumps([str(one) for one in wrong.items()], indent=1)
