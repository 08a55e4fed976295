"""Evidence that holds until a day: kept through every file, told on results, plan, calendar and papers."""

from __future__ import annotations

import datetime
import json

import icalendar
import pytest
from playwright.sync_api import expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import path, radio, slot, stored
from tests.scripts.test_assessments import open_apart, open_file
from tests.scripts.test_documents import PAGE as DOCUMENTS
from tests.scripts.test_documents import choose, save
from tests.scripts.test_plan import PAGE as PLAN
from tests.scripts.test_plan import keep, save_calendar
from tests.scripts.test_record import open_fields


@pytest.fixture
def words(project: Project) -> dict:
    return open_texts(project, project.default).words


def day(days: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days)).isoformat()


def in_words(page, date: str) -> str:
    code = "date => new Intl.DateTimeFormat('es-MX', {dateStyle: 'medium', timeZone: 'UTC'}).format(new Date(date))"
    return page.evaluate(code, date)


def evidence(*days: int) -> dict:
    return {"answer": 2, "evidence": [{"title": f"Acta {one}", "place": "Caja 12", "until": day(one)} for one in days]}


def test_a_person_says_until_when_a_document_holds(open_page, content: Content, words):
    checklist = content.checklists[0]
    page = open_page(path(checklist))
    first = checklist.criteria[0]
    radio(page, first.id, 2).check()
    section = open_fields(page, first)
    section.locator('[data-record-action="add"]').click()
    section.locator('[data-evidence-field="title"]').fill("Convenio")
    section.get_by_label(words["record"]["evidence_until"]).fill(day(-1))
    page.reload()
    record = stored(page)["checklists"][checklist.id]["criteria"][first.id]
    assert record["evidence"] == [{"title": "Convenio", "until": day(-1)}] and record["answer"] == 2
    section = page.locator(f'[data-criterion="{first.id}"]')
    expect(section.locator('[data-slot="kept"]')).to_contain_text(words["record"]["evidence_ended"])
    section = open_fields(page, first)
    expect(section.locator('[data-evidence-field="until"]')).to_have_value(day(-1))
    section.locator('[data-evidence-field="until"]').fill(day(0))
    expect(section.locator('[data-slot="kept"]')).not_to_contain_text(words["record"]["evidence_ended"])


@pytest.mark.parametrize("where", ["autoevaluacion/resultados/", PLAN])
def test_results_and_plan_name_what_has_ended_or_does_soon(open_page, content: Content, words, where):
    """From the last day on for three months, the earliest first; what holds longer is not there."""
    first, second = content.checklists[0].criteria[:2]
    page = open_page(where)
    keep(page, {first.id: evidence(91, 90, 0), second.id: evidence(-1)}, content)
    place = slot(page, "ending")
    expect(place).to_be_visible()
    told = [one.inner_text() for one in place.locator("li").all()]
    own = words["plan"]
    assert told == [
        f"{second.statement[DEFAULT]} Acta -1: {fill(own['evidence_ended'], {'date': in_words(page, day(-1))})}",
        f"{first.statement[DEFAULT]} Acta 0: {fill(own['evidence_ends'], {'date': in_words(page, day(0))})}",
        f"{first.statement[DEFAULT]} Acta 90: {fill(own['evidence_ends'], {'date': in_words(page, day(90))})}",
    ]
    assert violations(page) == []
    keep(page, {first.id: evidence(91)}, content)
    expect(slot(page, "ending")).to_be_hidden()


def test_the_day_it_ends_is_in_the_calendar(open_page, content: Content, words, tmp_path):
    first = content.checklists[0].criteria[0]
    page = open_page(PLAN)
    keep(page, {first.id: evidence(200, 100)}, content)
    events = icalendar.Calendar.from_ical(save_calendar(page, tmp_path)).walk("VEVENT")
    found = {str(one["UID"]): one for one in events if "evidencia" in one["UID"]}
    assert found.keys() == {f"p-{first.id}-evidencia-{at}@abc" for at in (0, 1)}
    event = found[f"p-{first.id}-evidencia-1@abc"]
    assert event.decoded("DTSTART").isoformat() == day(100)
    assert str(event["SUMMARY"]) == fill(words["plan"]["evidence_event"], {"evidence": "Acta 100"})


def test_it_goes_through_every_file(open_page, content: Content, words, tmp_path):
    first, second = content.checklists[0].criteria[:2]
    page = open_page(DOCUMENTS)
    keep(page, {first.id: evidence(200)}, content)
    choose(page, "dossier", DEFAULT)
    holds = fill(words["record"]["holds_until"], {"date": in_words(page, day(200))})
    expect(page.locator(".report")).to_contain_text(holds)
    saved = save(page, "html", tmp_path)
    table = save(page, "csv", tmp_path).read_bytes().decode("utf-16")
    assert fill(words["record"]["holds_until"], {"date": day(200)}) in table
    there = open_page("autoevaluacion/")
    open_apart(there, saved)
    assert stored(there)["checklists"] == stored(page)["checklists"]
    # Joined with another file, whose evidence for the same criterion ends on another day.
    other = json.loads(json.dumps(stored(page)))
    criteria = other["checklists"][content.checklists[0].id]["criteria"]
    criteria[first.id] |= {"evidence": evidence(300)["evidence"], "updated": "2026-06-01T00:00:00.000Z"}
    criteria[second.id] = {**evidence(50), "updated": "2026-06-01T00:00:00.000Z"}
    file = {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(other).encode()}
    open_file(page, file)
    page.locator('[data-action="open-merge"]').click()
    shown = page.locator(".merge")
    expect(shown).to_contain_text(holds)
    expect(shown).to_contain_text(fill(words["record"]["holds_until"], {"date": in_words(page, day(300))}))
    page.locator('[data-action="merge-confirm"]').click()
    merged = stored(page)["checklists"][content.checklists[0].id]["criteria"]
    assert [merged[one.id]["evidence"][0]["until"] for one in (first, second)] == [day(300), day(50)]


def test_a_day_that_is_none_is_not_shown(open_page, content: Content):
    first = content.checklists[0].criteria[0]
    page = open_page(PLAN)
    bad = [{"title": "x", "until": value} for value in ("ayer", 7, None, {}, "2026-13-01", "")]
    keep(page, {first.id: {"answer": 2, "evidence": bad}}, content)
    expect(slot(page, "ending")).to_be_hidden()
