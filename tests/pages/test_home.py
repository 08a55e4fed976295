"""The home page starts a person: what to press is on the first screen, also on the way back to what was begun."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from tests.conftest import PHONE

NOW = "2026-11-20T10:00:00.000Z"
LAPTOP = {"width": 1366, "height": 768}


def begun(content: Content, *, quick: int = 0, of_list: str = "", answered: int = 0) -> str:
    """Somebody's assessment: the first ``quick`` questions of the quick one, then some of a list, touched later."""
    kept: dict[str, dict] = {}

    def answer(checklist: str, criterion: str, updated: str) -> None:
        criteria = kept.setdefault(checklist, {"version": 1, "criteria": {}})["criteria"]
        criteria[criterion] = {"answer": 2, "updated": updated}

    asked = [(one.id, each.id) for one in content.checklists for each in one.quick]
    for checklist, criterion in asked[:quick]:
        answer(checklist, criterion, NOW)
    for one in content.checklists:
        if one.id == of_list:
            for each in one.criteria[:answered]:
                answer(one.id, each.id, NOW.replace("20T", "21T"))
    document = {
        "kind": "abc-assessment", "format": 1, "id": "x", "title": "San Jacinto", "round": "2026", "created": NOW,
        "updated": NOW, "checklists": kept,
    }  # fmt: skip
    all_kept = {"abc.current": "x", "abc.assessment.x": json.dumps(document)}
    return f"try {{ Object.assign(localStorage, {json.dumps(all_kept)}) }} catch {{}}"


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box and box["height"] >= 44 and box["x"] >= 0
    return box["y"] + box["height"]


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("start", ["", "en/"])
def test_what_to_press_is_on_the_first_screen(open_page, content: Content, viewport, start):
    page = open_page(start, viewport=viewport)
    assert bottom(page, "[data-begin]") <= viewport["height"]
    expect(page.locator("[data-way-back]")).to_be_hidden()
    assert page.locator("[data-begin]").evaluate("one => one.pathname").endswith("/autoevaluacion/rapida/")
    count = sum(len(one.quick) for one in content.checklists)
    assert str(count) in page.locator("[data-begin]").inner_text()
    # It is the one filled button of the page, and comes before any other way into the content.
    assert page.locator("main a").first.get_attribute("data-begin") is not None
    page = open_page(start, viewport=viewport, script=begun(content, quick=7))
    assert bottom(page, "[data-begin]") < bottom(page, "[data-way-back]") <= viewport["height"]
    assert bottom(page, ".hero-read") <= viewport["height"]


def test_without_scripts_the_way_in_is_there(open_page):
    page = open_page(viewport=PHONE, java_script_enabled=False)
    assert bottom(page, "[data-begin]") <= PHONE["height"]
    expect(page.locator("[data-way-back]")).to_be_hidden()


def test_the_way_back_leads_where_somebody_left_off(open_page, content: Content):
    asked = sum(len(one.quick) for one in content.checklists)
    whole = content.checklists[0]
    cases = [
        (begun(content, quick=7), f"7 de {asked}", "Seguir donde se quedó", "/autoevaluacion/rapida/"),
        (begun(content, quick=asked), f"{asked} de {asked}", "Ver su resultado", "/autoevaluacion/resultados/"),
        (
            begun(content, quick=3, of_list=whole.id, answered=len(whole.criteria) - 1),
            f"{len(whole.criteria) - 1} de {len(whole.criteria)}",
            "Seguir donde se quedó",
            f"/autoevaluacion/{whole.id}/",
        ),
    ]
    for script, progress, words, path in cases:
        link = open_page(viewport=PHONE, script=script).locator("[data-way-back]")
        expect(link).to_contain_text(words)
        expect(link).to_contain_text(progress)
        expect(link).to_contain_text("San Jacinto")
        assert link.evaluate("one => one.pathname") == path
        link.click()
        link.page.wait_for_url(f"**{path}")


def test_an_assessment_without_answers_is_no_way_back(open_page, content: Content):
    page = open_page(viewport=PHONE, script=begun(content))
    expect(page.locator("[data-way-back]")).to_be_hidden()
    assert bottom(page, "[data-begin]") <= PHONE["height"]
