"""The plan: gaps in order, what will be done, and the calendar file."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from tests.conftest import DEFAULT, PHONE
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import path, radio, slot, stored

PAGE = "autoevaluacion/plan/"
TODAY = datetime.date.today()


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)["plan"]


def keep(page: Page, records: dict[str, dict], content: Content) -> None:
    """Puts into the browser an assessment with a record for each criterion id, and reloads."""
    checklists = {
        one.id: {
            "version": one.version,
            "criteria": {
                c.id: {**records[c.id], "version": one.version, "updated": "2026-01-01T00:00:00.000Z"}
                for c in one.criteria
                if c.id in records
            },
        }
        for one in content.checklists
    }
    text = json.dumps({"kind": "abc-assessment", "format": 1, "id": "p", "title": "Villa, Nueva; 1", "round": "2026", "created": "2026-01-01T00:00:00.000Z", "updated": "2026-01-01T00:00:00.000Z", "checklists": checklists})  # fmt: skip
    page.evaluate("text => { localStorage['abc.assessment.p'] = text; localStorage['abc.current'] = 'p' }", text)
    page.reload()


def order(page: Page) -> list[str]:
    return page.locator(".gap h3").evaluate_all("all => all.map((one) => one.id.replace('brecha-', ''))")


def test_gaps_by_law_then_weight_and_distance(open_page, content):
    every = [(one, criterion) for one in content.checklists for criterion in one.criteria]
    critical = next(c for _, c in every if c.critical is not None)
    heavy = (
        next(c for _, c in every if c.weight > 1 and c.critical is None)
        if any(c.weight > 1 and c.critical is None for _, c in every)
        else None
    )
    plain = [c for _, c in every if c.weight == 1 and c.critical is None][:4]
    records = {
        critical.id: {"answer": 0},
        plain[0].id: {"answer": 2},  # one to go
        plain[1].id: {"answer": 0},  # three
        plain[2].id: {"answer": 1, "target": 1},  # reached its target
        plain[3].id: {"answer": 3},  # nothing to do
    }
    expected = [critical.id, plain[1].id, plain[0].id]
    if heavy:
        records[heavy.id] = {"answer": 0}
        expected.insert(1, heavy.id)
    page = open_page(PAGE)
    keep(page, records, content)
    assert order(page) == expected
    page.locator('[data-slot="quick"]').check()
    assert order(page) == [plain[0].id]


def test_planned_here_shown_on_the_checklist(open_page, content, words):
    checklist = content.checklists[0]
    first = checklist.criteria[0]
    page = open_page(path(checklist))
    radio(page, first.id, 1).check()
    page.goto(page.url.replace(path(checklist), PAGE))
    page.locator(".gap summary").click()
    expect(page.locator(".plan-step")).to_contain_text(first.next_step[DEFAULT][:30])
    page.locator('[data-record="what"]').fill("Redactar la línea")
    page.locator('[data-record="who"]').fill("Planeación")
    page.locator('[data-record="due"]').fill("2027-05-31")
    expect(page.locator(".gap .kept")).to_contain_text("Planeación")
    assert violations(page) == []
    page.goto(page.url.replace(PAGE, path(checklist)))
    assert stored(page)["checklists"][checklist.id]["criteria"][first.id]["plan"] == {
        "what": "Redactar la línea",
        "who": "Planeación",
        "due": "2027-05-31",
    }
    expect(page.locator(f'[data-criterion="{first.id}"] [data-slot="kept"]')).to_contain_text("31 may 2027")


def test_filtered_by_who_and_when(open_page, content, words):
    ids = [one.id for one in content.checklists[0].criteria[:4]]
    late, soon, far = (str(TODAY + datetime.timedelta(days)) for days in (-3, 10, 200))
    records = {
        ids[0]: {"answer": 0, "plan": {"who": "Planeación", "due": late}},
        ids[1]: {"answer": 0, "plan": {"who": "Turismo", "due": soon}},
        ids[2]: {"answer": 0, "plan": {"who": "Planeación", "due": far}},
        ids[3]: {"answer": 0},
    }
    page = open_page(PAGE, viewport=PHONE)
    keep(page, records, content)
    expect(slot(page, "plan-sums")).to_contain_text(words["overdue_one"])
    assert slot(page, "plan-bar").evaluate("bar => bar.style.inlineSize") == "75%"
    when, owner = slot(page, "when"), slot(page, "owner")
    for value, found in {"overdue": ids[:1], "month": ids[:2], "quarter": ids[:2], "none": ids[3:], "any": ids}.items():
        when.select_option(value)
        assert sorted(order(page)) == sorted(found), value
    owner.select_option(label="Planeación")
    assert sorted(order(page)) == sorted([ids[0], ids[2]])
    owner.select_option(label=words["owner_none"])
    assert order(page) == ids[3:]
    owner.select_option(label="Turismo")
    when.select_option("overdue")
    expect(slot(page, "plan-shown")).to_have_text(words["none_shown"])
    # Whoever is asked for stays so when another tab changes something; who has nothing to do any more does not.
    other = page.context.new_page()
    other.goto(page.url)
    for who, value, label in (("Planeación", "Turismo", "Turismo"), ("Cultura", "", words["owner_any"])):
        item = other.locator(".gap", has=other.locator(f"#brecha-{ids[3] if value else ids[1]}"))
        item.locator("summary").click()
        item.locator('[data-record="who"]').fill(who)
        expect(item.locator(".kept")).to_contain_text(who)
        expect(owner.locator("option", has_text="Cultura")).to_have_count(0 if value else 1)
        expect(owner).to_have_value(value)
        expect(owner.locator("option:checked")).to_have_text(label)


def save_calendar(page: Page, folder: Path) -> bytes:
    with page.expect_download() as download:
        slot(page, "calendar").click()
    assert download.value.suggested_filename.endswith(".ics")
    download.value.save_as(folder / "plan.ics")
    return (folder / "plan.ics").read_bytes()


def test_the_calendar_is_valid_and_says_what_was_planned(open_page, content, tmp_path):
    first, second = content.checklists[0].criteria[:2]
    long = "Reunión con la Secretaría; acuerdo, «firma» y\nregistro: " + "ñ" * 200
    records = {
        first.id: {"answer": 0, "plan": {"what": long, "who": "Jurídico\\Área", "due": "2027-02-28"}},
        second.id: {"answer": 1, "plan": {"what": "sin fecha"}},
    }
    page = open_page(PAGE)
    keep(page, records, content)
    raw = save_calendar(page, tmp_path)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    raw.decode("utf-8")
    calendar = icalendar.Calendar.from_ical(raw)
    events = {str(one["UID"]): one for one in calendar.walk("VEVENT")}
    assert not any(one.errors for one in events.values())
    # What is planned, and the day to look again at what is reviewed every year.
    annual = {f"p-{one.id}-revision@abc" for one in (first, second) if one.review == "annual"}
    assert set(events) == {f"p-{first.id}@abc", *annual}
    for uid in annual:
        assert events[uid].decoded("DTSTART").year == 2027
    event = events[f"p-{first.id}@abc"]
    assert event.decoded("DTSTART") == datetime.date(2027, 2, 28)
    assert event.decoded("DTEND") == datetime.date(2027, 3, 1)
    assert str(event["SUMMARY"]) == long
    assert first.statement[DEFAULT] in event["DESCRIPTION"] and "Jurídico\\Área" in event["DESCRIPTION"]
    assert event.walk("VALARM")[0].decoded("TRIGGER") == datetime.timedelta(days=-7)
    assert str(event["URL"]).endswith(f"/autoevaluacion/{content.checklists[0].id}/#{first.id}")
    # Imported again after a change, it replaces the old one.
    saved = icalendar.Calendar.from_ical(save_calendar(page, tmp_path)).walk("VEVENT")
    again = next(one for one in saved if one["UID"] == event["UID"])
    assert again["UID"] == event["UID"] and int(again["SEQUENCE"]) >= int(event["SEQUENCE"]) > 0


def test_without_gaps_it_says_so(open_page, words):
    page = open_page(PAGE)
    expect(slot(page, "plan-sums")).to_have_text(words["empty"])
    expect(slot(page, "calendar")).to_be_hidden()
    expect(slot(page, "plan-filters")).to_be_hidden()
    begin = slot(page, "begin").get_by_role("link")
    assert [one.evaluate("one => one.pathname") for one in begin.all()] == [
        "/autoevaluacion/rapida/",
        "/autoevaluacion/",
    ]


def test_where_everything_is_reached_it_says_that(open_page, words, content):
    first = content.checklists[0].criteria[0]
    page = open_page(PAGE)
    keep(page, {first.id: {"answer": 3}}, content)
    expect(slot(page, "plan-sums")).to_have_text(words["none"])
    expect(slot(page, "begin")).to_be_hidden()


def test_the_first_ten_are_one_sheet(open_page, content, tmp_path):
    every = [criterion for one in content.checklists for criterion in one.criteria]
    plan = {"what": "Redactar la línea y llevarla al cabildo", "who": "Planeación", "due": "2027-05-31"}
    page = open_page(PAGE)
    keep(page, {one.id: {"answer": place % 3, "plan": plan} for place, one in enumerate(every)}, content)
    titles = page.locator(".gap h3").all_text_contents()
    page.pdf(path=tmp_path / "x.pdf", format="Letter", prefer_css_page_size=True)
    # Where letters are moved together, a space may be read inside a word.
    sheets = ["".join(one.extract_text().split()) for one in PdfReader(tmp_path / "x.pdf").pages]
    # Named above where they break the law, and again in their place.
    assert [title for title in titles[:10] if "".join(title.split()) not in sheets[0]] == []
    legal = set(slot(page, "flagged-list").locator("li").all_text_contents())
    assert not any("".join(title.split()) in sheets[0] for title in titles[10:] if title not in legal)
    assert "".join(titles[10].split()) in sheets[1]
