"""Results and plan by what criteria correspond to in other instruments, and what is to be looked at again."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import PHONE
from tests.scripts.test_assessment import slot
from tests.scripts.test_overview import keep

RESULTS, PLAN = "autoevaluacion/resultados/", "autoevaluacion/plan/"


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def named(frame, entry, code: str) -> str:
    return f"{entry.id} {entry.name[code]}" if entry.id[0].isdigit() else entry.name[code]


@pytest.mark.parametrize("place", range(3), ids=["gdm", "sdg", "g20"])
def test_results_are_grouped_by_another_instrument(open_page, words, content: Content, place):
    frame = content.crosswalk.frames[place]
    page = open_page(RESULTS)
    keep(page, content, "now", "2026", lambda one, criterion: 3 if criterion.id < "d" else 0, True)
    page.reload()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    expect(slot(page, "grouped")).to_be_hidden()
    slot(page, "frame").select_option(frame.id)
    rows = slot(page, "grouped-rows").locator("tr")
    none = [one for one in content.crosswalk.criteria if not one.of(frame)]
    expect(rows).to_have_count(len(frame.entries) + bool(none))
    assert len([one for one in asked if "crosswalk" in one]) == 1
    criteria = {one.id: one for each in content.checklists for one in each.criteria}
    for number, entry in enumerate(frame.entries):
        members = [criteria[one.id] for one in content.crosswalk.criteria if entry.id in one.of(frame)]
        reached = sum(one.weight for one in members if one.id < "d")
        percent = int(100 * reached / sum(one.weight for one in members) + 0.5)
        row = rows.nth(number)
        expect(row.locator("summary")).to_have_text(named(frame, entry, "es"))
        expect(row.locator("td").first).to_contain_text(
            fill(words["format"]["percent"], {"value": percent}).replace("\u00a0", " ")
        )
        expect(row.locator("li")).to_have_count(len(members))
    if none:
        expect(rows.last.locator("summary")).to_have_text(
            fill(words["crosswalk"]["none"], {"frame": frame.short["es"]})
        )
    slot(page, "frame").select_option("")
    expect(slot(page, "grouped")).to_be_hidden()


def test_the_plan_is_grouped_each_gap_once(open_page, content: Content):
    frame = content.crosswalk.frames[1]
    page = open_page(f"en/{PLAN}", viewport=PHONE)
    keep(page, content, "now", "2026", lambda one, criterion: 1, True)
    page.reload()
    gaps = page.locator(".gap")
    expect(gaps).to_have_count(sum(len(one.criteria) for one in content.checklists))
    before = sorted(gaps.locator("h3").evaluate_all("all => all.map(({ id }) => id)"))
    slot(page, "frame").select_option(frame.id)
    expect(page.locator(".plan-group").first).to_have_text(named(frame, frame.entries[0], "en"))
    assert sorted(gaps.locator("h3").evaluate_all("all => all.map(({ id }) => id)")) == before
    # Under the name of its group stands what belongs to it.
    first = [one.id for one in content.crosswalk.criteria if frame.entries[0].id in one.of(frame)]
    shown = slot(page, "plan-list").locator("li.plan-group, li.gap h3").evaluate_all("all => all.map(({ id }) => id)")
    assert {one.removeprefix("brecha-") for one in shown[1 : len(first) + 1]} == set(first) and shown[
        len(first) + 1
    ] == ""
    # No wider than a phone.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_does_not_come_is_said_and_may_be_chosen_again(browser, address, words, content):
    context = browser.new_context()
    page: Page = context.new_page()
    page.goto(address + RESULTS)
    page.route("**/crosswalk/*.js", lambda route: route.abort())
    slot(page, "frame").select_option("gdm")
    expect(slot(page, "frame-state")).to_have_text(words["crosswalk"]["failed"])
    expect(slot(page, "frame")).to_have_value("")
    page.unroute("**/crosswalk/*.js")
    slot(page, "frame").select_option("gdm")
    expect(slot(page, "grouped")).to_be_visible()
    expect(slot(page, "frame-state")).to_have_text("")
    context.close()


def test_every_yearly_criterion_comes_back_on_its_day(open_page, words, content: Content):
    """On its list, the index, the results and the plan: a year after it was answered, not a day before."""
    checklist = content.checklists[0]
    annual = [one for one in checklist.criteria if one.review == "annual"]
    once = next(one for one in checklist.criteria if one.review == "once")
    year = date.today().replace(day=15) - timedelta(days=365)
    past, recent = year - timedelta(days=45), year + timedelta(days=45)
    page = open_page("autoevaluacion/")
    criteria = {
        one.id: {"answer": 1, "answered": f"{day}T12:00:00.000Z", "updated": f"{date.today()}T00:00:00.000Z"}
        for one, day in [*((one, past) for one in annual[1:]), (annual[0], recent), (once, past)]
    }
    text = json.dumps({"format": 1, "id": "x", "checklists": {checklist.id: {"version": 1, "criteria": criteria}}})
    page.evaluate("(text) => { localStorage['abc.assessment.x'] = text; localStorage['abc.current'] = 'x' }", text)
    page.reload()
    due = fill(words["review"]["due_other"], {"count": len(annual) - 1})
    expect(page.locator(f'[data-checklist="{checklist.id}"] [data-slot="card-text"]')).to_contain_text(due)
    expect(page.locator('[data-slot="card-text"]', has_text=due)).to_have_count(1)
    for path in (RESULTS, PLAN):
        page.goto(page.url.partition("autoevaluacion/")[0] + path)
        expect(slot(page, "old-list").locator("li")).to_have_count(len(annual) - 1)
    page.goto(page.url.partition("autoevaluacion/")[0] + f"autoevaluacion/{checklist.id}/")
    for one in checklist.criteria:
        review = page.locator(f'[data-criterion="{one.id}"] [data-slot="review"]')
        if one in annual[1:]:
            expect(review).to_contain_text(words["review"]["criterion"])
        else:
            assert not review.evaluate("(one) => !one.hidden"), one.id
