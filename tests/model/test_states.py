"""The municipal law of every state: its files, and the page that says how much of each was read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from guide.authoring import scaffold
from guide.checks.corpus import read_site
from guide.model.content import Content, load
from guide.model.states import CODES, SEEN
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project, open_texts
from tests.conftest import CASE_FILES, REPOSITORY, copy_with_entries
from tests.model.test_loader import change, sentences
from tests.pages.test_site import in_language

CASES = yaml.safe_load((CASE_FILES / "state-cases.yml").read_text("utf-8"))
PAGE = "directorio/leyes-municipales/"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with one state's law."""
    return copy_with_entries(tmp_path / "project", estado="states/jal.yml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_author_is_told_every_mistake_where_it_is(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "states/jal.yml", **one})
    assert sorted(sentences(small)) == sorted(case["expect"])


def test_a_new_file_claims_nothing_and_is_right(small: Path):
    project = open_project(small)
    site, texts = read_site(project, Problems()), open_texts(project, "es")
    assert scaffold.new(site, "state", "oax", texts) == ["states/oax.yml"]
    assert sentences(small) == []
    assert {one.id: one.seen for one in load(project).states} == {"jal": "articles", "oax": "none"}


def test_a_state_has_a_code(small: Path):
    project = open_project(small)
    site, texts = read_site(project, Problems()), open_texts(project, "es")
    with pytest.raises(scaffold.Refused) as refused:
        scaffold.new(site, "state", "oaxaca", texts)
    assert refused.value.code == "bad_name" and refused.value.details["like"] == "jal"


def test_all_states_have_a_file(content: Content):
    assert [one.id for one in content.states] == sorted(CODES)


def test_the_page_says_how_much_of_each_law_was_read(documents, content: Content, project: Project):
    seen = Counter(one.seen for one in content.states)
    for code in project.codes:
        document = documents[in_language(PAGE, code, project)]
        words = open_texts(project, code)["states"]
        articles = {one["aria-labelledby"]: one.text for one in document.find("article", class_="entry")}
        assert sorted(articles) == sorted(CODES)
        rows = document.find("tbody")[0].text
        for one in content.states:
            assert words["seen"][one.seen] in articles[one.id]
            assert one.name[code] in rows and (one.law or "") in rows
            assert (one.law or "") in articles[one.id]
            # What the law orders is said where its articles were read, and nowhere else.
            for name in ("agreements", "majority", "signer"):
                assert (f"{words[name]}." in articles[one.id]) == (one.seen == "articles")
        assert sum(seen.values()) == 32 and set(seen) <= set(SEEN)


def test_whoever_read_a_law_completes_its_file(documents, content: Content):
    links = [one["href"] for one in documents[PAGE].find("a") if "data-correct" in one.attributes]
    assert sorted(links) == sorted(f"{REPOSITORY}/edit/main/{one.source}" for one in content.states)
