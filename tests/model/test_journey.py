"""Signing an agreement, from start to finish: its file, its page, and what a reader has done of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from tests.conftest import CASE_FILES, copy_with_entries
from tests.model.test_catalogue import shows
from tests.model.test_loader import change, sentences
from tests.pages.test_site import in_language

CASES = yaml.safe_load((CASE_FILES / "journey-cases.yml").read_text("utf-8"))
PAGE = "herramientas/firmar-un-acuerdo/"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with a journey and the contact it names."""
    return copy_with_entries(tmp_path / "project", contacto="contacts/oficina.yml", camino="data/journey.yml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_author_is_told_every_mistake_where_it_is(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "data/journey.yml", **one})
    assert sorted(sentences(small)) == sorted(case["expect"])


def test_a_step_that_was_published_is_never_lost(small: Path):
    with (small / "data/published-ids.yml").open("a", encoding="utf-8") as file:
        file.write("journey:\n  - empezar\n  - paso-cero\n")
    (told,) = sentences(small)
    assert "journey.paso-cero" in told and "data/journey.yml" in told


def test_every_step_leads_to_its_paper_and_the_ministry_comes_before_the_council(content: Content):
    steps = [one.id for one in content.journey.steps]
    assert (
        steps.index("paso-sre") < steps.index("paso-cabildo") < steps.index("paso-firma") < steps.index("paso-registro")
    )
    led = {way.to.partition("#")[2] for one in content.journey.steps for way in one.ways if "plantillas" in way.to}
    # The others are papers of what comes after a signature, or of other work.
    others = {"memorando-red", "acta-comite", "entrega-acuerdo", "informe-mision", "renglones-transparencia"}
    reviews = {"acta-revision", "opinion-revision"}
    assert led >= {one.id for one in content.formats} - others - reviews
    assert all(one.ways for one in content.journey.steps)


def test_the_list_is_whole_without_scripts(documents, content: Content, project: Project):
    for code in project.codes:
        document = documents[in_language(PAGE, code, project)]
        shown = document.find("main")[0].text
        for one in content.journey.steps:
            for text in (one.title, one.who, one.do, one.paper, *(way.text for way in one.ways)):
                assert shows(shown, text[code])
        assert [one["data-step"] for one in document.find("li") if one["data-step"]] == [
            one.id for one in content.journey.steps
        ]


def boxes(page: Page):
    return page.locator(".tick input")


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('abc.journey')"))


def test_ticks_are_kept_lead_on_and_are_given_back(open_page, content: Content, project: Project):
    page = open_page(PAGE)
    words, steps = open_texts(project, "es")["journey"], content.journey.steps
    expect(page.locator('[data-slot="again"]')).to_be_hidden()
    boxes(page).nth(0).check()
    boxes(page).nth(2).check()
    assert kept(page) == {"done": [steps[0].id, steps[2].id]}
    expect(page.locator('[data-slot="next"] a')).to_have_text(steps[1].title["es"])
    assert page.locator('[data-slot="next"] a').get_attribute("href") == f"#{steps[1].id}"
    page.goto(page.url.replace(PAGE, "en/" + PAGE))
    expect(boxes(page).nth(2)).to_be_checked()
    expect(page.locator('[data-slot="progress"]')).to_contain_text(f"2 of {len(steps)}")
    page.go_back()
    page.get_by_role("button", name=words["again"]).click()
    expect(boxes(page).nth(0)).not_to_be_checked()
    expect(page.locator('[data-slot="again-said"]')).to_have_text(words["cleared"])
    page.get_by_role("button", name=words["undo"]).click()
    expect(boxes(page).nth(2)).to_be_checked()
    assert kept(page) == {"done": [steps[0].id, steps[2].id]}


def test_all_steps_done_says_so_and_what_somebody_else_kept_breaks_nothing(
    open_page, content: Content, project: Project
):
    page = open_page(PAGE)
    for text in ("{", "null", '{"done": {"a": 1}}', '{"done": [1, null, "<img src=x>", {"x": 1}]}'):
        page.evaluate("text => localStorage.setItem('abc.journey', text)", text)
        page.reload()
        expect(page.locator('[data-slot="progress"]')).to_contain_text(f"0 de {len(content.journey.steps)}")
    for box in boxes(page).all():
        box.check()
    expect(page.locator('[data-slot="next"]')).to_have_text(open_texts(project, "es")["journey"]["done_all"])
