"""The browser's own scoring against the vectors."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

VECTORS = yaml.safe_load((Path(__file__).parent / "score-vectors.yml").read_text("utf-8"))
STATES = {"n": "no_information", "x": "not_applicable", ".": None}

SCORE = """([criteria, answers]) => {
  const score = abc.score(criteria, new Map(answers));
  return {...score, percent: score.weighted === null ? null : abc.percent(score.weighted)};
}"""


@pytest.fixture(scope="module")
def score(browser, address):
    page = browser.new_page()
    page.goto(address + "autoevaluacion/")
    yield lambda *given: page.evaluate(SCORE, list(given))
    page.close()


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_score(score, vector):
    letters = vector["answers"]
    weights = vector.get("weights") or [1] * len(letters)
    critical = vector.get("critical", [])
    criteria = [
        {"id": f"c-{place}", "weight": weight, "critical": 0 if place in critical else None}
        for place, weight in enumerate(weights, 1)
    ]
    answers = [
        [one["id"], STATES.get(letter, int(letter) if letter.isdigit() else letter)]
        for one, letter in zip(criteria, letters, strict=True)
    ]
    found, expect = score(criteria, answers), vector["expect"]
    assert found["total"] == len(letters)
    assert found["answered"] == expect["answered"]
    assert found["unanswered"] == len(letters) - expect["answered"]
    assert found["percent"] == expect["percent"]
    assert [found["strict"]["reached"], found["strict"]["of"]] == expect["strict"]
    assert found["provisional"] is expect["provisional"]
    assert found["flagged"] == [f"c-{place}" for place in expect.get("flagged", [])]
    assert found["completeness"] == pytest.approx(float(Fraction(expect["completeness"])))
    if expect["weighted"] is None:
        assert found["weighted"] is found["mean"] is None
    else:
        weighted = float(Fraction(expect["weighted"]))
        assert found["weighted"] == pytest.approx(weighted)
        assert found["mean"] == pytest.approx(3 * weighted)
