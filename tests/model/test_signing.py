"""May this be signed? The tree of questions: its file, its page as a list, and its picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from guide.model.content import Content
from guide.model.signing import TONES
from guide.pages.signing import SigningWriter
from guide.reading.project import Project, open_texts
from tests.conftest import CASE_FILES, copy_with_entries
from tests.model.test_catalogue import shows
from tests.model.test_loader import change, sentences
from tests.pages.test_site import in_language

CASES = yaml.safe_load((CASE_FILES / "signing-cases.yml").read_text("utf-8"))
PAGE = "herramientas/puedo-firmar/"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with a tree and the contact it names."""
    return copy_with_entries(tmp_path / "project", contacto="contacts/oficina.yml", firma="data/signing.yml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_author_is_told_every_mistake_where_it_is(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "data/signing.yml", **one})
    assert sorted(sentences(small)) == sorted(case["expect"])


def test_every_path_ends(content: Content):
    """Every answer of every question leads to some end, and one lets people sign."""
    tree = content.signing
    steps = {one.id: [answer.to for answer in one.answers] for one in tree.questions}
    ends = {one.id for one in tree.ends}

    def reached(id: str) -> set[str]:
        return {id} if id in ends else set().union(*map(reached, steps[id]))

    assert reached(tree.questions[0].id) == ends
    assert [one.id for one in tree.ends if one.tone == "go"] == ["firme"]
    assert {one.tone for one in tree.ends} == set(TONES)


def test_what_the_law_asks_stands_with_its_article(content: Content):
    for one in content.signing.questions:
        assert one.sources, one.id


def test_the_list_is_complete_without_the_picture(documents, content: Content, project: Project):
    ends = {one.id: one for one in content.signing.ends}
    for code in project.codes:
        document = documents[in_language(PAGE, code, project)]
        (listed,) = (one.text for one in document.find("ol", class_="tree-list"))
        shown = document.find("main")[0].text
        words = open_texts(project, code)["signing"]
        for one in content.signing.questions:
            assert shows(listed, one.question[code]) and shows(listed, one.why[code])
            for answer in one.answers:
                assert shows(listed, answer.text[code])
                if answer.to in ends:
                    assert shows(listed, ends[answer.to].title[code]) and shows(listed, ends[answer.to].text[code])
        for one in ends.values():
            assert words["tones"][one.tone] in shown


@pytest.mark.parametrize("code", ["es", "en"])
def test_the_picture_holds_the_same_words_as_text(open_page, content: Content, project: Project, code: str):
    page = open_page(in_language(PAGE, code, project), viewport={"width": 360, "height": 800})
    said = page.evaluate(
        "[...document.querySelectorAll('svg.tree text')].map((one) => [...one.children].map((line) => line.textContent).join(' '))"
    )
    told = " | ".join(said)
    for place, one in enumerate(content.signing.questions, 1):
        assert f"{place}. {one.question[code]}" in told
        for answer in one.answers:
            assert answer.text[code] in told
    for one in content.signing.ends:
        assert one.title[code] in told
    # It reads on a phone: nothing is cut off, letters are big enough, nothing scrolls sideways.
    sizes = page.evaluate(
        """() => {
          const tree = document.querySelector("svg.tree"), box = tree.getBoundingClientRect();
          const words = [...tree.querySelectorAll("text")].map((one) => one.getBoundingClientRect());
          const scale = box.width / tree.viewBox.baseVal.width;
          return { inside: words.every((one) => one.left >= box.left && one.right <= box.right),
                   letters: 14.5 * scale, wide: document.documentElement.scrollWidth };
        }"""
    )
    assert sizes["inside"] and sizes["letters"] >= 13 and sizes["wide"] <= 360
    tree = page.locator("svg.tree")
    assert tree.get_attribute("role") == "img" and tree.get_attribute("aria-label")
    assert page.locator(f"#{tree.get_attribute('aria-describedby')}").count() == 1


def test_a_shape_says_what_a_colour_says(content: Content, project: Project):
    html = SigningWriter(content, open_texts(project, "es"), str).signing().html
    drawn = re.findall(r'class="tree-end tree-(\w+)".*?class="tree-shape" d="([^"]+)"', html)
    assert len(drawn) == len(content.signing.ends)
    shapes = {tone: {re.sub(r"[\d ]+", "", shape) for kind, shape in drawn if kind == tone} for tone in TONES}
    assert all(len(one) == 1 for one in shapes.values())
    assert len(set().union(*shapes.values())) == len(TONES)


@pytest.mark.parametrize("code", ["es", "en"])
def test_questions_come_one_at_a_time_and_lead_to_what_to_do(open_page, content: Content, project: Project, code: str):
    """By keyboard: each answer leads on, can be changed, and an end says what to do and whom to call."""
    page = open_page(in_language(PAGE, code, project))
    tree, path = content.signing, page.locator('[data-slot="path"]')
    first, second = tree.questions[:2]
    expect(path.locator("h2")).to_have_text(first.question[code])
    assert path.locator("[data-answer]").all_inner_texts() == [one.text[code] for one in first.answers]
    path.locator("[data-answer]").first.press("Enter")
    expect(path.locator("h2")).to_be_focused()
    expect(path.locator("h2")).to_have_text(second.question[code])
    expect(path.locator("ol li")).to_contain_text([first.answers[0].text[code]])
    leaves = next(at for at, one in enumerate(second.answers) if one.to == "sin-compromiso")
    path.locator("[data-answer]").nth(leaves).click()
    end = next(one for one in tree.ends if one.id == "sin-compromiso")
    expect(path.locator(".ask-end h2")).to_have_text(end.title[code])
    assert path.locator(".ask-end a").count() >= 1 and path.locator("[data-answer]").count() == 0
    path.locator("[data-back]").nth(1).click()
    expect(path.locator("h2")).to_have_text(second.question[code])
    path.locator('[data-action="ask-again"]').click()
    expect(path.locator("h2")).to_have_text(first.question[code])
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map((one) => one.id)).size") == page.evaluate(
        "document.querySelectorAll('[id]').length"
    )
