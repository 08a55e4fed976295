"""The browser's own scores and order against the vectors."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml

from tests.conftest import CASE_FILES, modules_on

VECTORS = yaml.safe_load((CASE_FILES / "score-vectors.yml").read_text("utf-8"))
ORDERS = yaml.safe_load((CASE_FILES / "order-vectors.yml").read_text("utf-8"))
STATES = {"n": "no_information", "x": "not_applicable", ".": None}

SCORE = """([criteria, answers]) => {
  const given = new Map(answers);
  const score = abc.modules.scoreChecklist(criteria, given);
  const { percentOf: percent, roundMean } = abc.modules;
  return {
    ...score,
    standing: abc.modules.standing(score),
    percent: score.weighted === null ? null : percent(score.weighted),
    shown: score.mean === null ? null : roundMean(score.mean),
    counted: abc.modules.scoreCriteria(criteria, given).weighted,
    strictPart: abc.modules.strictPart(score),
  };
}"""

ORDER = """([lists, records]) => {
  const checklists = Object.fromEntries(lists.map((one) => [one.id, {criteria: records}]));
  const gaps = abc.modules.gapsOf(lists, {checklists});
  const steps = abc.modules.firstSteps(gaps, 5).map((one) => one.criterion.id);
  const { overall } = abc.modules.scoresOf(lists, {checklists});
  return {
    order: gaps.map((one) => one.criterion.id),
    steps,
    flagged: Object.fromEntries(overall.flagged.map((one) => [one.id, one.kind])),
    gapFlags: Object.fromEntries(gaps.filter((one) => one.flag).map((one) => [one.criterion.id, one.flag])),
  };
}"""


@pytest.fixture(scope="module")
def page(browser, address):
    with modules_on(browser, address, "autoevaluacion/") as page:
        yield page


def answer(letter: str | int):
    """What a letter of a vector stands for."""
    return STATES.get(str(letter), int(letter) if str(letter).isdigit() else letter)


def criteria_of(vector: dict) -> list[dict]:
    weights = vector.get("weights") or [1] * len(vector["answers"])
    critical = vector.get("critical", {})
    return [
        {"id": f"c-{place}", "weight": weight, "critical": critical.get(place), "quick": False}
        for place, weight in enumerate(weights, 1)
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_score(page, vector):
    letters, expect = vector["answers"], vector["expect"]
    criteria = criteria_of(vector)
    answers = [[one["id"], answer(letter)] for one, letter in zip(criteria, letters, strict=True)]
    found = page.evaluate(SCORE, [criteria, answers])
    few = expect.get("few", False)
    assert found["total"] == len(letters)
    assert found["answered"] == expect["answered"]
    assert found["unanswered"] == len(letters) - expect["answered"]
    assert found["notApplicable"] == letters.count("x")
    assert found["percent"] == expect["percent"]
    assert [found["strict"]["reached"], found["strict"]["of"]] == expect["strict"]
    reached, of = expect["strict"]
    assert found["strictPart"] == (None if few or not of else pytest.approx(reached / of))
    assert found["provisional"] is expect["provisional"]
    assert found["few"] is few
    flagged = [{"id": f"c-{place}", "kind": kind} for place, kind in expect.get("flagged", {}).items()]
    assert found["flagged"] == flagged
    assert found["completeness"] == pytest.approx(float(Fraction(expect["completeness"])))
    if "counted" in expect:
        points, weight = expect["counted"]
        assert found["counted"] == pytest.approx(points / (3 * weight))
    if expect["weighted"] is None:
        assert found["weighted"] is found["mean"] is None
        assert found["standing"] == ("few" if few else "none")
    else:
        weighted = Fraction(expect["weighted"])
        assert found["weighted"] == pytest.approx(float(weighted))
        assert found["mean"] == pytest.approx(float(3 * weighted))
        assert found["standing"] == ("provisional" if expect["provisional"] else "final")
        if "mean" in expect:
            assert found["shown"] == pytest.approx(expect["mean"])


BAND = """([criteria, answers]) => {
  const score = abc.modules.scoreChecklist(criteria, new Map(answers));
  return [abc.page.say.readingOf(score)?.name ?? null, abc.page.say.meanText(score)];
}"""


@pytest.mark.parametrize("vector", [one for one in VECTORS if "mean" in one["expect"]], ids=lambda one: one["name"])
def test_a_band_is_read_from_the_exact_mean(page, vector, content, project):
    """And the page says so where the rounded one stands in the next."""
    words = page.evaluate("() => abc.page.words")
    criteria, expect = criteria_of(vector), vector["expect"]
    answers = [[one["id"], answer(letter)] for one, letter in zip(criteria, vector["answers"], strict=True)]
    name, said = page.evaluate(BAND, [criteria, answers])
    bands = [one.name["es"] for one in content.scale.bands if 3 * Fraction(expect["weighted"]) >= one.least]
    assert name == (words["over_flags"]["name"] if expect.get("flagged") else bands[-1])
    which = "mean_below" if expect.get("rounded") else "mean"
    assert said == words["results"][which].replace("{value}", f"{expect['mean']:.1f}")


@pytest.mark.parametrize("vector", ORDERS, ids=[one["name"] for one in ORDERS])
def test_order(page, vector):
    lists = [
        {
            "id": f"l-{place}",
            "foundation": one["foundation"],
            "criteria": [
                {
                    "id": id,
                    "weight": said.get("weight", 1),
                    "critical": said.get("critical"),
                    "quick": said.get("quick", False),
                }
                for id, said in one["criteria"].items()
            ],
        }
        for place, one in enumerate(vector["lists"])
    ]
    records = {
        id: {"answer": answer(vector.get("all", said["answer"])), "target": said.get("target")}
        for one in vector["lists"]
        for id, said in one["criteria"].items()
    }
    found = page.evaluate(ORDER, [lists, records])
    assert found["order"] == vector["order"]
    assert found["steps"] == vector["steps"]
    assert found["flagged"] == found["gapFlags"] == vector.get("flagged", {})
