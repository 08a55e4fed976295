"""What the criteria of this site promise, beyond their form."""

from __future__ import annotations

import re

import pytest

from guide.model.content import Content, Criterion

FOUNDATION = {"acu-01", "cap-02", "cap-03", "cap-10"}
LAWS = re.compile(r"constitucion$|ley-|leyes-")
# Words of levels that no paper can prove or belie.
UNPROVABLE = re.compile(
    r"\bde palabra\b|\bverbal|\bpor costumbre\b|\bcaso por caso\b|\bnadie\b|\bse conoce\b"
    r"|\borally\b|\bword of mouth\b|\bby custom\b|\bcase by case\b|\bnobody\b|\bis known\b",
    re.IGNORECASE,
)
BREACH = {
    ("es", 0): "Es incumplimiento legal en el nivel 0: ",
    ("es", 1): "Es incumplimiento legal en los niveles 0 y 1: ",
    ("en", 0): "Level 0 is a legal breach: ",
    ("en", 1): "Levels 0 and 1 are a legal breach: ",
}


@pytest.fixture(scope="module")
def criteria(content: Content) -> list[Criterion]:
    return [one for checklist in content.checklists for one in checklist.criteria]


def ids(found: list[Criterion]) -> set[str]:
    return {one.id for one in found}


def test_every_list_has_its_place_among_the_thirteen_quick_criteria(content, criteria):
    quick = [one for one in criteria if one.quick]
    assert len(quick) == 13  # The pages say «trece».
    assert all(any(one.quick for one in checklist.criteria) for checklist in content.checklists)
    assert {"acu-04", "acu-05"} | FOUNDATION <= ids(quick)


def test_what_holds_up_the_rest_weighs_most(criteria):
    assert ids([one for one in criteria if one.weight == 3]) == FOUNDATION
    assert max(one.weight for one in criteria) == 3


def test_a_breach_names_its_law_and_its_levels(criteria):
    critical = [one for one in criteria if one.critical is not None]
    assert len(critical) > 5
    for one in critical:
        assert one.weight >= 2, one.id
        assert any(LAWS.match(source) for source in one.sources), one.id
        for language in ("es", "en"):
            told = one.guidance[language].split(BREACH[language, one.critical], 1)
            assert len(told) == 2, (one.id, language)
            assert re.match(r"(artículos?|articles?) \d", told[1]), (one.id, language)
    for one in criteria:
        if one.critical is None and one.guidance is not None:
            assert not any(words in text for words in BREACH.values() for text in one.guidance.values()), one.id


def test_a_municipality_that_never_signed_nor_travelled_breaks_no_law_but_the_ones_for_all(criteria):
    for_all = [one for one in criteria if one.critical is not None and one.not_applicable is None]
    assert ids(for_all) == {"cap-10", "cap-11"}


def test_levels_can_be_told_by_looking_at_a_paper(criteria):
    for one in criteria:
        for number, level in enumerate(one.levels):
            for language in ("es", "en"):
                assert not UNPROVABLE.search(level[language]), (one.id, number, language)


def test_no_committee_is_counted_once(criteria):
    by_id = {one.id: one for one in criteria}
    assert by_id["soc-02"].not_applicable is None
    for other in ("soc-03", "acu-09"):
        assert re.search(r"no hay (órgano|.*comité)", by_id[other].not_applicable["es"]), other


def test_a_yearly_review_says_why(criteria):
    for one in criteria:
        if one.review == "annual":
            assert "evisión es anual" in one.guidance["es"], one.id
            assert "eview is yearly" in one.guidance["en"], one.id


def test_what_looks_at_twelve_months_is_reviewed_every_year(criteria):
    for one in criteria:
        if any("últimos doce meses" in level["es"] for level in one.levels):
            assert one.review == "annual", one.id
