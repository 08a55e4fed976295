"""The questions of the course: good ones in every module, whole in both formats, and the same in every language."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest

from guide.downloads import question_bank
from guide.downloads.question_bank.moodle_xml import _TYPES
from guide.model.content import Content
from guide.model.course import POINTS
from guide.pages.addresses import by_language
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from tests.conftest import SITE_URL

LEAST, MOST = 8, 10


def link_of(project: Project, code: str):
    return lambda target: SITE_URL + by_language(project.codes, True)[code].of(target)


@pytest.fixture(params=["es", "en"])
def code(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def quiz(content: Content, project: Project, code: str) -> ElementTree.Element:
    text = question_bank.moodle_xml(content.modules, open_texts(project, code), link_of(project, code))
    return ElementTree.fromstring(text)


def test_every_module_asks_enough_and_in_several_ways(content: Content):
    assert len(content.modules) == 9
    for module in content.modules:
        assert LEAST <= len(module.questions) <= MOST, module.id
        assert [one.id for one in module.questions] == [
            f"{module.id}-{place:02}" for place in range(1, len(module.questions) + 1)
        ] or len({one.id for one in module.questions}) == len(module.questions)
        kinds = Counter(one.kind for one in module.questions)
        # A platform can mark most of them.
        assert len(kinds) >= 2 and kinds["open"] <= len(module.questions) / 2, module.id


def test_options_are_alike_so_that_length_gives_nothing_away(content: Content):
    """The right one is the longest no more often than chance and a sentence to check allow."""
    choices = [one for module in content.modules for one in module.questions if one.kind == "choice"]
    assert len(choices) >= 45
    places: Counter[int] = Counter()
    for one in choices:
        texts = [inline_markdown.plain(each.text["es"]) for each in one.options]
        assert len(set(texts)) == len(texts) >= 3, one.id
        assert not [text for text in texts if re.match(r"(?i)(todas|ninguna) (las|de las) anteriores", text)], one.id
        places[next(place for place, each in enumerate(one.options) if each.right)] += 1
    assert max(places.values()) <= len(choices) / 2


def test_no_text_names_an_option_by_its_letter(content: Content):
    """Platforms shuffle them."""
    for module in content.modules:
        for one in module.questions:
            texts = [one.question, one.answer, *(each.feedback for each in one.options if each.feedback)]
            for text in texts:
                assert not re.search(r"(?i)\b(la|opción|option) [a-d]\b[^.]| [a-d]\) ", " ".join(text.values())), one.id


def test_moodle_xml_is_whole(quiz: ElementTree.Element, content: Content):
    questions = [one for one in quiz if one.get("type") != "category"]
    wanted = [one for module in content.modules for one in module.questions]
    assert [one.findtext("name/text") for one in questions] == [one.id for one in wanted]
    assert [one.findtext("idnumber") for one in questions] == [one.id for one in wanted]
    for made, one in zip(questions, wanted, strict=True):
        assert made.get("type") == _TYPES[one.kind]
        assert made.findtext("questiontext/text", "").startswith("<p>")
        fractions = [each.get("fraction") for each in made.findall("answer")]
        if one.kind == "choice":
            assert sorted(fractions) == ["0"] * (len(one.options) - 1) + ["100"]
            assert made.findtext("single") == made.findtext("shuffleanswers") == "true"
        elif one.kind == "true_false":
            assert {each.findtext("text"): each.get("fraction") for each in made.findall("answer")} == {
                "true": "100" if one.right else "0",
                "false": "0" if one.right else "100",
            }
        elif one.kind == "match":
            assert len(made.findall("subquestion")) == len(one.pairs)
        else:
            assert made.findtext("graderinfo/text") and not made.findtext("generalfeedback/text")
        assert one.kind == "open" or made.findtext("generalfeedback/text")


def test_each_module_has_its_category(quiz: ElementTree.Element, content: Content):
    found = [one.findtext("category/text", "") for one in quiz if one.get("type") == "category"]
    assert len(found) == len(set(found)) == len(content.modules)
    assert all(one.startswith("$course$/top/") and one.count("/") == 3 for one in found)


def test_links_lead_to_the_site(quiz: ElementTree.Element):
    links = [link for text in quiz.iter("text") for link in re.findall(r'href="([^"]+)"', text.text or "")]
    assert len(links) > 30
    assert not [one for one in links if not one.startswith((SITE_URL, "https://"))]


def test_without_a_published_site_there_are_no_links(content: Content, project: Project):
    texts = open_texts(project, "es")
    for write in (question_bank.moodle_xml, question_bank.gift):
        assert "href" not in write(content.modules, texts, lambda target: "")


def unescaped(text: str, mark: str) -> int:
    return len(re.findall(rf"(?<!\\){re.escape(mark)}", text))


def test_gift_says_the_same(content: Content, project: Project, code: str):
    text = question_bank.gift(content.modules, open_texts(project, code), link_of(project, code))
    blocks = text.strip().split("\n\n")
    assert len([one for one in blocks if one.startswith("$CATEGORY: ")]) == len(content.modules)
    questions = [one for one in blocks if not one.startswith("$CATEGORY")]
    wanted = [one for module in content.modules for one in module.questions]
    for block, one in zip(questions, wanted, strict=True):
        assert block.startswith(f"::{one.id}::[html]") and block.endswith("\n}")
        # What is no mark of the format is written with a stroke before it.
        assert unescaped(block, "{") == unescaped(block, "}") == 1, one.id
        rights = {"choice": 1, "match": len(one.pairs)}.get(one.kind, 0)
        assert unescaped(block, "=") == rights, one.id
        assert unescaped(block, "~") == max(0, len(one.options) - 1), one.id
        assert ("  TRUE" in block or "  FALSE" in block) == (one.kind == "true_false")


def test_what_grades_has_points(content: Content):
    graded = [one for one in content.modules if one.rubric]
    assert [one.number for one in graded] == [1, 2, 3, 4, 5, 6, 7, 8]
    for module in graded:
        assert sum(row.points[-1] for row in module.rubric) == POINTS, module.id
