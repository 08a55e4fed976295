"""What is kept of a criterion besides its answer; where one is; the workshop view."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, PHONE
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import answer_all, open_options, path, radio, show_all, slot, stored


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)


@pytest.fixture
def checklist(content: Content):
    return next(one for one in content.checklists if any(c.not_applicable for c in one.criteria))


def kept(page: Page, checklist, criterion) -> dict:
    return stored(page)["checklists"][checklist.id]["criteria"][criterion.id]


def open_fields(page: Page, criterion):
    """Opens what is kept with a criterion, by keyboard, and gives its place."""
    section = page.locator(f'[data-criterion="{criterion.id}"]')
    section.locator(".note summary").focus()
    page.keyboard.press("Enter")
    expect(section.locator('[data-record="target"]')).to_be_visible()
    return section


def fill_in(section) -> None:
    section.locator('[data-record="confidence"]').select_option("estimated")
    section.locator('[data-record="target"]').select_option("2")
    section.locator('[data-record-action="add"]').click()
    expect(section.locator('[data-evidence-field="title"]')).to_be_focused()
    section.locator('[data-evidence-field="title"]').fill("Acta 14/2025")
    section.locator('[data-evidence-field="place"]').fill("Archivo municipal, caja 12")
    section.locator('[data-evidence-field="date"]').fill("2025-03-01")
    section.locator('[data-evidence-field="link"]').fill("https://ejemplo.mx/acta")
    section.locator('[data-record="what"]').fill("Publicar el acta")
    section.locator('[data-record="who"]').fill("Secretaría del Ayuntamiento")
    section.locator('[data-record="due"]').fill("2027-02-15")


FILLED = {
    "confidence": "estimated",
    "target": 2,
    "evidence": [
        {
            "title": "Acta 14/2025",
            "place": "Archivo municipal, caja 12",
            "date": "2025-03-01",
            "link": "https://ejemplo.mx/acta",
        }
    ],
    "plan": {"what": "Publicar el acta", "who": "Secretaría del Ayuntamiento", "due": "2027-02-15"},
}


def test_evidence_confidence_target_and_plan_are_kept(open_page, checklist, words):
    page = open_page(path(checklist))
    first = checklist.criteria[0]
    expect(page.locator('[data-record="target"]')).to_have_count(0)
    fill_in(open_fields(page, first))
    page.reload()
    record = kept(page, checklist, first)
    assert {name: record[name] for name in FILLED} == FILLED
    section = page.locator(f'[data-criterion="{first.id}"]')
    # Told while closed, one key press away.
    for text in (words["record"]["estimated"], fill(words["record"]["has_evidence_one"], {}), "15 feb 2027"):
        expect(section.locator('[data-slot="kept"]')).to_contain_text(text)
    open_fields(page, first)
    expect(section.locator('[data-evidence-field="place"]')).to_have_value("Archivo municipal, caja 12")
    expect(section.locator('[data-record="due"]')).to_have_value("2027-02-15")
    assert violations(page) == []
    section.locator('[data-record-action="remove"]').click()
    section.locator('[data-record="target"]').select_option("")
    page.reload()
    record = kept(page, checklist, first)
    assert "evidence" not in record and "target" not in record and record["plan"] == FILLED["plan"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ejemplo.mx", "ftp://ejemplo.mx/x", "data:text/html,x"])
def test_a_link_that_may_not_be_followed_is_refused_with_a_sentence(open_page, checklist, words, link):
    page = open_page(path(checklist))
    first = checklist.criteria[0]
    section = open_fields(page, first)
    section.locator('[data-record-action="add"]').click()
    section.locator('[data-evidence-field="title"]').fill("Acta")
    section.locator('[data-evidence-field="link"]').fill(link)
    expect(section.locator('[data-slot="link-problem"]')).to_have_text(words["record"]["link_problem"])
    expect(section.locator('[data-evidence-field="link"]')).to_have_attribute("aria-invalid", "true")
    # What was typed stays to be mended; it is not kept.
    section.locator('[data-record="what"]').fill("x")
    expect(section.locator('[data-evidence-field="link"]')).to_have_value(link)
    page.reload()
    assert kept(page, checklist, first)["evidence"] == [{"title": "Acta"}]


def test_fields_never_change_the_answer_or_the_score(open_page, checklist):
    page = open_page(path(checklist))
    answer_all(page, checklist, 2)
    score = slot(page, "score").text_content()
    fill_in(open_fields(page, checklist.criteria[1]))
    page.reload()
    assert kept(page, checklist, checklist.criteria[1])["answer"] == 2
    assert slot(page, "score").text_content() == score


def test_a_record_of_the_wrong_shape_is_shown_as_far_as_it_can_be(open_page, checklist):
    page = open_page(path(checklist))
    first = checklist.criteria[0]
    radio(page, first.id, 2).check()
    page.evaluate(
        """([list, id]) => {
          const key = "abc.assessment." + localStorage["abc.current"];
          const kept = JSON.parse(localStorage[key]);
          Object.assign(kept.checklists[list].criteria[id], {
            confidence: {}, target: 9, plan: "x", note: 3,
            evidence: [null, "x", 4, {title: 5}, {title: "Acta", link: "javascript:alert(1)", date: "ayer"}],
          });
          localStorage[key] = JSON.stringify(kept);
        }""",
        [checklist.id, first.id],
    )
    page.reload()
    section = open_fields(page, first)
    expect(section.locator("[data-evidence]")).to_have_count(1)
    expect(section.locator('[data-evidence-field="link"]')).to_have_value("")
    expect(section.locator('[data-record="target"]')).to_have_value("")
    expect(radio(page, first.id, 2)).to_be_checked()


# Where one is


def test_the_map_tells_the_state_of_every_criterion(open_page, checklist, content, words):
    page = open_page(path(checklist))
    first, second = checklist.criteria[:2]
    marks = page.locator("[data-map]")
    expect(marks).to_have_count(len(checklist.criteria))
    radio(page, first.id, 3).check()
    mark = page.locator(f'[data-map="{first.id}"]')
    expect(mark).to_have_attribute("data-light", "optimal")
    expect(mark).to_contain_text(content.scale.levels[3].name[DEFAULT])
    expect(page.locator(f'[data-map="{second.id}"]')).to_contain_text(words["results"]["unanswered"])
    mark = page.locator(f'[data-map="{checklist.criteria[-1].id}"]')
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{checklist.criteria[-1].id}")).to_be_in_viewport()


def test_the_quick_assessment_tells_how_far_each_topic_has_come(open_page, content, words):
    page = open_page("autoevaluacion/rapida/", viewport=PHONE)
    show_all(page)
    one = next(one for one in content.checklists if len(one.quick) > 1)
    state = page.locator(f'.section-map [data-section-state="{one.id}"]')
    expect(state).to_have_text(fill(words["results"]["in_short"], {"count": 0, "total": len(one.quick)}))
    for criterion in one.quick:
        radio(page, criterion.id, 1).check()
    expect(state).to_have_class("complete")
    expect(page.locator(".section-map .complete")).to_have_count(1)


def test_a_filter_never_takes_away_what_is_being_answered(open_page, checklist, words):
    page = open_page(path(checklist))
    first, second = checklist.criteria[:2]
    radio(page, first.id, 3).check()
    open_options(page)
    slot(page, "filter").select_option("unanswered")
    shown = page.locator(".criterion:visible")
    expect(shown).to_have_count(len(checklist.criteria) - 1)
    radio(page, second.id, 3).check()
    expect(page.locator(f"#{second.id}")).to_be_visible()
    expect(shown).to_have_count(len(checklist.criteria) - 1)
    # Still scored: what is not shown counts.
    counted = {"count": 2, "total": len(checklist.criteria)}
    expect(slot(page, "completeness-text")).to_have_text(fill(words["results"]["completeness_text"], counted))
    page.locator('[data-action="filter-again"]').click()
    expect(shown).to_have_count(len(checklist.criteria) - 2)
    page.locator('[data-action="filter-all"]').click()
    expect(shown).to_have_count(len(checklist.criteria))
    expect(slot(page, "filter")).to_be_focused()


def test_filters_by_what_is_kept(open_page, checklist, words):
    page = open_page(path(checklist))
    answer_all(page, checklist, 2)
    first, second = checklist.criteria[:2]
    fill_in(open_fields(page, first))
    radio(page, second.id, 0).check()
    open_options(page)
    shown = page.locator(".criterion:visible")
    expected = {
        "estimated": [first.id],
        "behind": [second.id],
        "no_evidence": [one.id for one in checklist.criteria[2:]],
        "gap": [one.id for one in checklist.criteria[1:]],
        "review": [],
        "all": [one.id for one in checklist.criteria],
    }
    for name, ids in expected.items():
        slot(page, "filter").select_option(name)
        assert shown.evaluate_all("all => all.map((one) => one.dataset.criterion)") == ids, name
    slot(page, "filter").select_option("review")
    expect(slot(page, "filter-text")).to_have_text(words["filter"]["none"])


def test_a_link_to_a_filtered_criterion_shows_it(open_page, checklist):
    page = open_page(path(checklist))
    answer_all(page, checklist, 3)
    open_options(page)
    slot(page, "filter").select_option("unanswered")
    page.evaluate("id => { location.hash = id }", checklist.criteria[3].id)
    expect(page.locator(f"#{checklist.criteria[3].id}")).to_be_in_viewport()


# Workshop


def test_a_workshop_with_the_keyboard_alone(open_page, checklist):
    page = open_page(path(checklist))
    open_options(page)
    page.locator('[data-action="workshop"]').focus()
    page.keyboard.press("Enter")
    shown = page.locator(".criterion:visible")
    expect(shown).to_have_count(1)
    expect(page.locator(f"#{checklist.criteria[0].id}")).to_be_focused()
    expect(page.locator(".masthead")).to_be_hidden()
    page.keyboard.press("3")
    expect(radio(page, checklist.criteria[0].id, 3)).to_be_checked()
    page.keyboard.press("PageDown")
    expect(page.locator(f"#{checklist.criteria[1].id}")).to_be_focused()
    page.keyboard.press("i")
    expect(radio(page, checklist.criteria[1].id, "no_information")).to_be_checked()
    # A key for an answer that is not offered does nothing.
    plain = next(place for place, one in enumerate(checklist.criteria) if not one.not_applicable)
    for _ in range(len(checklist.criteria)):
        page.keyboard.press("PageUp")
    for _ in range(plain):
        page.keyboard.press("PageDown")
    before = stored(page)
    page.keyboard.press("a")
    assert stored(page) == before
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".masthead")).to_be_visible()
    expect(shown).to_have_count(len(checklist.criteria))
    expect(page.locator(f"#{checklist.criteria[plain].id}")).to_be_in_viewport()


def test_keys_of_the_workshop_do_not_touch_what_is_typed(open_page, checklist):
    page = open_page(path(checklist))
    open_options(page)
    page.locator('[data-action="workshop"]').click()
    first = checklist.criteria[0]
    page.locator(f'[data-criterion="{first.id}"] .note summary').click()
    page.locator(f"#{first.id}-nota").press_sequentially("3 actas ia")
    expect(page.locator(f"#{first.id}-nota")).to_have_value("3 actas ia")
    expect(page.locator(f'[name="{first.id}"]:checked')).to_have_count(0)
    page.keyboard.press("Escape")
    # Closed, the keys mean nothing.
    page.locator(f"#{first.id}").focus()
    page.keyboard.press("3")
    expect(page.locator(f'[name="{first.id}"]:checked')).to_have_count(0)
