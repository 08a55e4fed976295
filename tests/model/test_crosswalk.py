"""The crosswalk: every criterion says what it corresponds to in the GDM, the SDGs and the G20 principles."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guide.model.content import Content, load
from guide.model.crosswalk import FRAMES, SOURCE, check_missing
from guide.reading.problems import Problems
from guide.reading.project import open_project
from tests.conftest import ROOT, copy_small_project
from tests.model.test_loader import change, sentences


def test_every_criterion_is_compared_with_every_frame(content: Content):
    walk = content.crosswalk
    assert tuple(one.id for one in walk.frames) == FRAMES
    assert {one.id for one in walk.criteria} == {one.id for each in content.checklists for one in each.criteria}
    for frame in walk.frames:
        named = {id for one in walk.criteria for id in one.of(frame)}
        # Nothing is listed that corresponds to no criterion.
        assert named == {one.id for one in frame.entries}, frame.id


def test_targets_and_indicators_have_the_form_of_their_frames(content: Content):
    forms = {"gdm": r"[1-8]\.\d\.\d+", "sdg": r"(1[0-7]|[1-9])\.(\d+|[a-d])", "g20": r"[a-z]+"}
    for frame in content.crosswalk.frames:
        assert all(re.fullmatch(forms[frame.id], one.id) for one in frame.entries), frame.id
        assert all(one in content.sources for one in frame.sources)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with a crosswalk."""
    root = tmp_path / "project"
    copy_small_project(root)
    shutil.copy(ROOT / "tests/entries/correspondencia.yml", root / SOURCE)
    return root


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("checked: 2026-11", "checked: 2026-11", ""),
        ("  - id: uno-01\n", "  - id: uno-02\n", "criteria.1.id: esta lista no tiene un criterio «uno-02»"),
        ('gdm: ["1.2.3"]', 'gdm: ["9.9.9"]', "criteria.1.gdm: «9.9.9» no está entre las entradas"),
        ("g20: [territorial]", "g20: [teritorial]", "criteria.1.g20: «teritorial» no está entre las entradas de ese instrumento; ¿quiso"),
        ("  - id: gdm\n", "  - id: gdn\n", "«gdn» no es un instrumento de la correspondencia; los que hay son"),
        ("    sdg: []\n", "", "sdg"),
        ("sources: [ley-uno]", "sources: [ley-dos]", "ley-dos"),
    ],
)  # fmt: skip
def test_an_author_is_told_every_mistake_where_it_is(small: Path, before: str, after: str, told: str):
    change(small, SOURCE, **{"from": before, "to": after})
    found = sentences(small)
    if not told:
        assert found == []
        return
    (line,) = [one for one in found if told in one]
    assert line.startswith(SOURCE)


def test_what_nobody_has_compared_yet_is_a_warning(small: Path):
    walk = load(open_project(small)).crosswalk
    told = Problems()
    check_missing(walk, ["uno-01", "uno-03"], told)
    assert [dict(one.details)["id"] for one in told] == ["uno-03"]


def test_the_page_says_of_every_criterion_what_it_goes_with_and_when_it_was_compared(documents, content: Content):
    for code, month in (("es", "noviembre de 2026"), ("en", "November 2026")):
        page = documents[("" if code == "es" else "en/") + "autoevaluacion/correspondencia/"]
        text = " ".join(" ".join(one.text.split()) for one in page.find("article"))
        assert month in text
        for frame in content.crosswalk.frames:
            assert frame.name[code] in text and frame.about[code] in text
            assert all(entry.name[code] in text for entry in frame.entries)
        assert all(one.id in text for one in content.crosswalk.criteria)
