"""The results of all checklists together, and the comparison with another round."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, PHONE
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import slot
from tests.scripts.test_plan import keep as keep_records

PAGE = "autoevaluacion/resultados/"


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


def keep(page: Page, content: Content, id: str, round: str, answer, current: bool) -> None:
    """Puts an assessment into the browser; ``answer(checklist, criterion)`` gives each answer."""
    checklists = {
        one.id: {
            "version": one.version,
            "criteria": {
                criterion.id: {"answer": value, "updated": "2026-01-01T00:00:00.000Z"}
                for criterion in one.criteria
                if (value := answer(one, criterion)) is not None
            },
        }
        for one in content.checklists
    }
    text = json.dumps(
        {
            "kind": "abc-assessment", "format": 1, "id": id, "title": "Villa Nueva", "round": round,
            "created": "2026-01-01T00:00:00.000Z", "updated": f"{round}-01-01T00:00:00.000Z",
            "checklists": checklists,
        }
    )  # fmt: skip
    page.evaluate("([id, text]) => { localStorage['abc.assessment.' + id] = text }", [id, text])
    if current:
        page.evaluate("id => { localStorage['abc.current'] = id }", id)


def test_without_answers_there_is_no_score(open_page, words, content):
    page = open_page(PAGE)
    expect(slot(page, "overview-score")).to_have_text("—")
    expect(slot(page, "overview-mean")).to_have_text(words["results"]["none"])
    expect(slot(page, "rows").locator("tr")).to_have_count(len(content.checklists) + 1)
    expect(slot(page, "gaps-text")).to_have_text(words["overview"]["gaps_none"])
    # What to do first is the only thing to do: there is no plan to make.
    expect(slot(page, "begin").get_by_role("link").first).to_have_attribute("href", "../rapida/")
    expect(slot(page, "go-on")).to_be_hidden()
    expect(slot(page, "compare-line")).to_be_hidden()


def test_overall_is_the_sum_over_all_criteria(open_page, words, content):
    """Not the mean of the checklists: a criterion weighs as much in a long one as in a short one."""
    page = open_page(PAGE)
    *most, last = content.checklists
    keep(page, content, "now", "2026", lambda one, _: 3 if one.id != last.id else 0, True)
    page.reload()
    weights = {one.id: sum(c.weight for c in one.criteria) for one in content.checklists}
    part = round(100 * sum(weights[one.id] for one in most) / sum(weights.values()))
    expect(slot(page, "overview-score")).to_have_text(fill(words["format"]["percent"], {"value": part}))
    total = sum(len(one.criteria) for one in content.checklists)
    expect(slot(page, "overview-completeness")).to_have_text(
        fill(words["results"]["completeness_text"], {"count": total, "total": total})
    )
    expect(slot(page, "overview-provisional")).to_be_hidden()


def test_a_provisional_score_is_no_headline(open_page, words, content):
    page = open_page(PAGE)
    first, second = content.checklists[:2]
    keep(page, content, "now", "2026", lambda one, c: {first.id: 3, second.id: 0}.get(one.id), True)
    page.reload()
    answered = len(first.criteria) + len(second.criteria)
    total = sum(len(one.criteria) for one in content.checklists)
    counted = {"count": answered, "total": total}
    expect(slot(page, "overview-score")).to_have_text(fill(words["results"]["in_short"], counted))
    expect(slot(page, "overview-band")).to_be_hidden()
    weights = [sum(c.weight for c in one.criteria) for one in (first, second)]
    percent = fill(words["format"]["percent"], {"value": round(100 * weights[0] / sum(weights))})
    provisional = fill(words["results"]["provisional_score"], {"score": percent})
    expect(slot(page, "overview-provisional").locator(".hatched")).to_have_text(provisional)
    rows = slot(page, "rows").locator("tr")
    expect(rows.nth(0)).to_contain_text("100")
    expect(rows.nth(2)).to_contain_text("—")
    expect(rows.last.locator(".hatched")).to_have_text(provisional)
    bars = slot(page, "bars").locator(".bars-line")
    expect(bars).to_have_count(len(content.checklists))
    expect(bars.nth(0)).to_contain_text("100")
    expect(bars.nth(2)).to_contain_text("—")
    expect(bars.locator(".is-provisional")).to_have_count(0)
    # A list of which only one criterion is answered is hatched.
    keep(page, content, "now", "2026", lambda one, c: 2 if c.id == first.criteria[0].id else None, True)
    page.reload()
    expect(bars.nth(0).locator(".meter.is-provisional")).to_have_count(1)
    expect(slot(page, "provisional-key")).to_be_visible()


def test_gaps_lead_to_their_criteria_and_legal_ones_are_flagged(open_page, content):
    page = open_page(PAGE)
    checklist = next(one for one in content.checklists if any(c.critical is not None for c in one.criteria))
    critical = [one for one in checklist.criteria if one.critical is not None]
    keep(page, content, "now", "2026", lambda one, c: 0 if c.id == critical[0].id else 3, True)
    page.reload()
    expect(slot(page, "flagged-list").locator("li")).to_have_count(1)
    gap = slot(page, "gaps").locator("li a")
    expect(gap).to_have_text(critical[0].statement[DEFAULT])
    gap.click()
    page.wait_for_url(f"**/{checklist.id}/#{critical[0].id}")
    expect(page.locator(f"#{critical[0].id}")).to_be_in_viewport()


def test_compared_with_an_earlier_round(open_page, words, content):
    page = open_page(PAGE)
    first = content.checklists[0]
    keep(page, content, "before", "2025", lambda one, c: 1, False)
    keep(page, content, "now", "2026", lambda one, c: 2 if one is first else 1, True)
    page.reload()
    slot(page, "compare").select_option(label="Villa Nueva · 2025")
    row = slot(page, "rows").locator("tr").first
    # What changed stands beside the name: a phone shows no more than two or three columns at a time.
    heads = page.locator(".overview-figures thead th").locator("visible=true")
    expect(heads.nth(1)).to_have_text(words["overview"]["change"])
    expect(row.locator("td").nth(0)).to_have_text(fill(words["overview"]["points"], {"points": "+34"}))
    expect(heads.nth(3)).to_have_text(words["overview"]["before"])
    expect(row.locator("td").nth(2)).to_have_text(fill(words["format"]["percent"], {"value": 33}))
    dots = slot(page, "bars").locator(".meter b")
    expect(dots).to_have_count(len(content.checklists))
    expect(dots.first).to_have_attribute("style", re.compile(r"inset-inline-start: 33\.3\d*%"))
    expect(slot(page, "changes-text")).to_have_text(
        fill(words["overview"]["changes_text"], {"up": len(first.criteria), "down": 0})
    )
    assert violations(page) == []
    slot(page, "compare").select_option(value="")
    expect(slot(page, "changes-section")).to_be_hidden()
    expect(dots).to_have_count(0)


@pytest.mark.parametrize("size", ["Letter", "A4"])
@pytest.mark.parametrize("flagged", [1, 99], ids=["one flag", "every flag"])
@pytest.mark.parametrize("before", [False, True], ids=["one round", "two rounds"])
def test_on_paper_the_results_are_one_page(open_page, content, tmp_path, before, flagged, size):
    page = open_page(PAGE)
    legal = [one.id for checklist in content.checklists for one in checklist.criteria if one.critical is not None]
    records = {
        one.id: {"answer": "no_information" if one.id in legal[:flagged] else place % 3, "target": 3}
        for checklist in content.checklists
        for place, one in enumerate(checklist.criteria)
    }
    keep_records(page, records, content)
    if before:
        page.evaluate(
            """() => { const { store } = abc.page;
            store.add({ ...structuredClone(store.current()), id: "otra", round: "2025" }); }"""
        )
        page.reload()
        slot(page, "compare").select_option(index=1)
    page.pdf(path=tmp_path / "x.pdf", format=size, prefer_css_page_size=False)
    (only,) = PdfReader(tmp_path / "x.pdf").pages
    text = " ".join(only.extract_text().split())
    assert content.checklists[-1].short["es"] in text


def test_targets_stand_in_the_picture_and_its_table(open_page, words, content):
    page = open_page(PAGE)
    one = content.checklists[0]
    expect(page.locator(".bars .meter i")).to_have_count(0)
    records = {criterion.id: {"answer": 0, "target": 3} for criterion in one.criteria}
    records |= {criterion.id: {"answer": 2} for criterion in content.checklists[1].criteria}
    keep_records(page, records, content)
    # Where nobody chose a target there is none: on the papers as here.
    expect(page.locator(".bars .meter i")).to_have_count(1)
    head = page.locator("th[data-targeted]")
    expect(head).to_be_visible()
    rows = slot(page, "rows").locator("tr")
    expect(rows.nth(0).locator("td").nth(3)).to_have_text(fill(words["format"]["percent"], {"value": 100}))
    expect(rows.nth(1).locator("td").nth(3)).to_have_text("—")
    expect(page.locator(".bars .meter i")).to_have_attribute("style", "inset-inline-start: 100%;")
    assert violations(page) == []


def test_the_first_screen_of_a_phone_says_it_all(open_page, words, content):
    """Figure, word and the first three steps, whatever the law has to say before them."""
    page = open_page(PAGE, viewport=PHONE)
    checklist = next(one for one in content.checklists if any(c.critical is not None for c in one.criteria))
    legal = [one.id for one in checklist.criteria if one.critical is not None]
    for flagged in (0, 1, len(legal)):
        broken = legal[:flagged]
        level = lambda _, c, broken=broken: 0 if c.id in broken else 2 if c.critical is None else 3  # noqa: E731
        keep(page, content, "now", "2026", level, True)
        page.reload()
        expect(slot(page, "gaps").locator("li")).to_have_count(3)
        assert page.locator(".poster .score-figure").bounding_box()["height"] > 40
        for place in (
            slot(page, "overview-score"),
            slot(page, "overview-band"),
            slot(page, "gaps").locator("li a").last,
        ):
            box = place.bounding_box()
            assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], (flagged, box)
        if flagged:
            # The law comes first, and opens by keyboard where it is folded.
            title = page.locator("#atencion-legal")
            assert title.bounding_box()["y"] < slot(page, "overview-score").bounding_box()["y"]
            if flagged > 1:
                page.locator(".flagged summary").focus()
                page.keyboard.press("Enter")
            expect(slot(page, "flagged-list").locator("li").first).to_be_visible()
    assert violations(page) == []
