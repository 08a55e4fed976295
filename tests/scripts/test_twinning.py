"""The twinning planner: dates, tasks, waits, the calendar file, the road map."""

from __future__ import annotations

import datetime
import json

import icalendar
import pytest
import yaml
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import DEFAULT, PHONE, ROOT
from tests.pages.test_accessibility import violations
from tests.tool_pages import DENIED, download, open_file, pages_on_paper, payload, press, saved, slot, stored, texts

PAGE = "herramientas/plan-hermanamiento/"
KIND = "twinning"


@pytest.fixture
def words(project: Project) -> dict:
    return open_texts(project, project.default)["tools"]


def start(page: Page, date: str) -> None:
    page.locator("#inicio").fill(date)
    page.locator("#inicio").dispatch_event("change")


def weeks(page: Page, key: str, count: int | str) -> None:
    page.locator(f'[id="{key}"]').fill(str(count))
    page.keyboard.press("Tab")
    drawn(page)


def term(page: Page, date: str) -> None:
    page.locator("#fin-de-gobierno").fill(date)
    page.locator("#fin-de-gobierno").dispatch_event("change")


def no_waits(page: Page) -> None:
    for id in ("dictamen", "cabildo", "firma"):
        weeks(page, f"wait.espera-{id}", 0)


def drawn(page: Page) -> None:
    """Waits until what a change asked for is drawn: the page sets that aside for the moment after the change."""
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def warnings(page: Page) -> list[str]:
    drawn(page)
    return slot(page, "clashes").locator("li").all_inner_texts()


def stretches(page: Page) -> list[tuple[str, str]]:
    """Start and last working day of every row of the table."""
    drawn(page)
    rows = slot(page, "stretches").locator("tbody tr")
    return [tuple(row.locator("td").all_inner_texts()[1:]) for row in rows.all()]


def task(page: Page, id: str):
    return page.locator("li.task").filter(has=page.locator(f'[id="task.{id}.done"]'))


def test_the_chapters_example(open_page, project, words):
    """The calendar that the chapter on twinning shows, as the plan supposes it; nothing stands in its way."""
    page = open_page(PAGE)
    start(page, "2028-05-08")
    term(page, "2030-09-30")
    assert stretches(page) == [
        ("8 may 2028", "2 jun 2028"),
        ("5 jun 2028", "30 jun 2028"),
        ("3 jul 2028", "28 jul 2028"),
        ("31 jul 2028", "8 sep 2028"),
        ("11 sep 2028", "22 sep 2028"),
        ("25 sep 2028", "6 oct 2028"),
        ("9 oct 2028", "1 dic 2028"),
    ]
    assert "{figure:calendario-hermanamiento}" in (project.docs / DEFAULT / "vinculos/hermanamientos.md").read_text(
        "utf-8"
    )
    figure = yaml.safe_load((ROOT / "figures/calendario-hermanamiento.yml").read_text("utf-8"))
    weeks_and_days = [one["note"][DEFAULT].removesuffix(" de 2028") for one in figure["timeline"]["rows"]]
    assert weeks_and_days == [
        "4 semanas: 8 de mayo a 2 de junio",
        "4 semanas: 5 a 30 de junio",
        "4 semanas: 3 a 28 de julio",
        "6 semanas: 31 de julio a 8 de septiembre",
        "2 semanas: 11 a 22 de septiembre",
        "2 semanas: 25 de septiembre a 6 de octubre",
        "8 semanas: 9 de octubre a 1 de diciembre",
    ]
    # Only the question that any term raises.
    assert warnings(page) == [fill(words["twinning"]["clashes"]["votes"], {"term": "30 sep 2030"})]


def test_lengths_and_waits_shift_what_follows_across_years(open_page, words):
    page = open_page(PAGE)
    start(page, "2027-11-29")
    no_waits(page)
    assert stretches(page)[0] == ("29 nov 2027", "24 dic 2027")
    assert stretches(page)[1] == ("27 dic 2027", "21 ene 2028")
    expect(slot(page, "plan-words")).to_contain_text(words["twinning"]["no_wait"])
    # 2028 has a 29 February.
    weeks(page, "phase.fase-2", 9)
    assert stretches(page)[1] == ("27 dic 2027", "25 feb 2028")
    assert stretches(page)[2][0] == "28 feb 2028"
    weeks(page, "wait.espera-cabildo", 3)
    weeks(page, "wait.espera-dictamen", 5)
    expect(slot(page, "plan-words")).to_contain_text(fill(words["twinning"]["waited_other"], {"count": 8}))
    last = stretches(page)[-1][0]
    page.locator("#parallel").check()
    assert stretches(page)[3][0] == stretches(page)[4][0]
    expect(slot(page, "plan-words")).to_contain_text(fill(words["twinning"]["waited_other"], {"count": 5}))
    assert stretches(page)[-1][0] != last
    weeks(page, "phase.fase-2", 0)
    expect(slot(page, "plan-words")).to_contain_text("104")
    assert page.locator('[id="phase.fase-2"]').input_value() == "9"


def test_by_keyboard_from_field_to_field(open_page):
    """Dates change as one goes; the focus stays where one is."""
    page = open_page(PAGE)
    start(page, "2027-01-11")
    page.locator('[id="phase.fase-1"]').focus()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    for expected in ("phase.fase-2", "phase.fase-3", "wait.espera-dictamen"):
        page.keyboard.press("Tab")
        drawn(page)
        assert page.evaluate("document.activeElement.id") == expected
    assert stretches(page)[1][0] == "22 feb 2027"
    page.locator('[id="task.f1-temas.edit"]').press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Elegir")
    page.keyboard.press("Tab")
    page.keyboard.type("Turismo")
    page.wait_for_timeout(600)
    assert stored(page, KIND)["items"]["task.f1-temas"] | {"updated": ""} == {
        "title": "Elegir",
        "who": "Turismo",
        "updated": "",
    }


def test_what_is_typed_after_tab_takes_the_place_of_what_was_there(open_page):
    """Each field is drawn anew once the one before has changed."""
    page = open_page(PAGE)
    fields = [page.locator(f'[id="wait.espera-{id}"]') for id in ("dictamen", "cabildo", "firma")]
    fields[0].focus()
    page.keyboard.press("Control+a")
    for number in ("8", "0", "10"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
        drawn(page)
    assert [one.input_value() for one in fields] == ["8", "0", "10"]


def test_what_is_being_typed_stays_while_the_page_is_drawn_anew(open_page):
    """Whatever draws it, another tab or the field before: a number counts whole once its field is left."""
    page = open_page(PAGE)
    start(page, "2027-01-11")
    other = page.context.new_page()
    other.goto(page.url)
    field = page.locator('[id="wait.espera-firma"]')

    def type_while_the_other_ticks(first: str, id: str, then: str) -> None:
        page.evaluate("() => { window.told = false; addEventListener('storage', () => { window.told = true }) }")
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(first)
        other.locator(f'[id="task.{id}.done"]').check()
        page.wait_for_function("window.told")
        drawn(page)
        page.keyboard.type(then)
        page.keyboard.press("Tab")
        # What came meanwhile is shown by now.
        expect(page.locator(f'[id="task.{id}.done"]')).to_be_checked()
        expect(field).to_have_value("12")

    type_while_the_other_ticks("1", "f1-areas", "2")
    assert stored(page, KIND)["items"]["wait.espera-firma"]["weeks"] == 12
    # What is typed and comes to the same as before is no change: the page is drawn all the same.
    type_while_the_other_ticks("1", "f1-temas", "2")


def test_signing_waits_for_the_opinion_and_then_the_council(open_page):
    """One order everywhere: text to SRE, comments dealt with, the council's vote, the signature."""
    page = open_page(PAGE)
    start(page, "2027-01-11")
    no_waits(page)
    for id in ("f3-sre", "f3-observaciones", "f3-cabildo", "f3-firma"):
        expect(task(page, id)).to_contain_text("2 abr 2027")
    weeks(page, "wait.espera-dictamen", 8)
    expect(task(page, "f3-sre")).to_contain_text("2 abr 2027")
    for id in ("f3-observaciones", "f3-cabildo", "f3-firma"):
        expect(task(page, id)).to_contain_text("28 may 2027")
    weeks(page, "wait.espera-cabildo", 2)
    expect(task(page, "f3-observaciones")).to_contain_text("28 may 2027")
    for id in ("f3-cabildo", "f3-comite", "f3-firma"):
        expect(task(page, id)).to_contain_text("11 jun 2027")
    weeks(page, "wait.espera-firma", 1)
    expect(task(page, "f3-cabildo")).to_contain_text("11 jun 2027")
    for id in ("f3-firma", "f3-registro"):
        expect(task(page, id)).to_contain_text("18 jun 2027")
    # With the vote first, nothing is signed before the longer of both waits is over.
    page.locator("#parallel").check()
    expect(task(page, "f3-cabildo")).to_contain_text("16 abr 2027")
    expect(task(page, "f3-observaciones")).to_contain_text("28 may 2027")
    expect(task(page, "f3-firma")).to_contain_text("4 jun 2027")
    order = [one.get_attribute("id") for one in page.locator('[id^="task.f3-"][id$=".done"]').all()]
    assert order.index("task.f3-cabildo.done") < order.index("task.f3-firma.done")


def test_the_committee_is_set_up_before_it_works(content):
    """Whoever prepares the programme exists by then, and has rules."""
    phases = content.tools.twinning.phases
    places = {one.id: (number, one.week or 0) for number, phase in enumerate(phases) for one in phase.tasks}
    committee = [
        places[one.id] for phase in phases for one in phase.tasks if one.who["en"].startswith(("Sister", "Committee"))
    ]
    assert committee and places["f3-comite"] < places["f4-reglamento"] < min(committee)


def test_waits_are_supposed_until_somebody_says(open_page):
    """A plan opened for the first time waits; none at all is kept as such."""
    page = open_page(PAGE)
    assert [page.locator(f'[id="wait.espera-{id}"]').input_value() for id in ("dictamen", "cabildo", "firma")] == [
        "6",
        "2",
        "2",
    ]
    weeks(page, "wait.espera-dictamen", 0)
    assert stored(page, KIND)["items"]["wait.espera-dictamen"]["weeks"] == 0
    page.reload()
    expect(page.locator('[id="wait.espera-dictamen"]')).to_have_value("0")
    weeks(page, "wait.espera-dictamen", 6)
    assert "weeks" not in stored(page, KIND)["items"].get("wait.espera-dictamen", {})


@pytest.mark.parametrize(
    "begin, kinds",
    [
        # Easter is on 28 March 2027 and on 16 April 2028; federal elections on 6 June 2027.
        ("2027-01-11", ["holy", "election"]),
        ("2028-01-10", ["holy"]),
        ("2028-04-24", []),
        ("2028-05-22", []),
        # The last day is 22 December.
        ("2028-05-29", ["year_end"]),
        # 2029 has no federal elections; those of 2030 are on 2 June.
        ("2029-04-09", []),
        ("2029-11-26", ["year_end", "holy", "election"]),
        # From election day on; up to the first and from the last day of the holidays at the end of the year.
        ("2030-06-03", ["year_end"]),
        ("2030-05-27", ["year_end", "election"]),
        ("2031-01-06", ["year_end", "holy"]),
        ("2031-01-07", ["holy"]),
    ],
)
def test_warnings_of_elections_and_holidays(open_page, words, begin, kinds):
    page = open_page(PAGE)
    start(page, begin)
    own = words["twinning"]
    found = warnings(page)
    openings = {kind: own["clashes"][kind].partition("{")[0] for kind in ("holy", "year_end", "election")}
    assert sorted(next(kind for kind, text in openings.items() if one.startswith(text)) for one in found) == sorted(
        kinds
    )
    if not kinds:
        expect(slot(page, "clashes")).to_be_hidden()
        expect(slot(page, "plan-words")).not_to_contain_text(own["clashes_title"])
    else:
        told = own["clashes_told_one"] if len(kinds) == 1 else fill(own["clashes_told_other"], {"count": len(kinds)})
        expect(slot(page, "plan-words")).to_contain_text(told)


def test_a_warning_says_which_stretches(open_page, words):
    """The calendar that the chapter showed before: Holy Week in phase 3, campaigns from phase 3 on."""
    own = words["twinning"]["clashes"]
    page = open_page(PAGE)
    start(page, "2027-01-11")
    weeks(page, "wait.espera-cabildo", 0)
    weeks(page, "wait.espera-firma", 0)
    weeks(page, "wait.espera-dictamen", 8)
    assert warnings(page) == [
        fill(own["holy"], {"from": "22 mar 2027", "to": "2 abr 2027", "stretches": "3. Formalización"}),
        fill(
            own["election"],
            {
                "to": "6 jun 2027",
                "stretches": "3. Formalización, Espera del dictamen de la SRE y 4. Implementación",
            },
        ),
    ]
    paper = texts(page)
    assert all(one in paper for one in warnings(page))


@pytest.mark.parametrize(
    "end, kind",
    [("2028-11-30", "after_term"), ("2028-12-01", "late_term"), ("2029-05-31", "late_term"), ("2029-06-01", None)],
)
def test_warnings_of_the_end_of_the_term(open_page, words, end, kind):
    own = words["twinning"]["clashes"]
    page = open_page(PAGE)
    start(page, "2028-05-08")
    term(page, end)
    said = page.evaluate(
        "date => new Intl.DateTimeFormat('es-MX', {dateStyle: 'medium', timeZone: 'UTC'}).format(new Date(date))", end
    )
    values = {"end": "1 dic 2028", "term": said}
    assert warnings(page) == [fill(own[one], values) for one in [kind, "votes"] if one]
    term(page, "")
    assert warnings(page) == []


def test_the_term_goes_with_the_plan(open_page, tmp_path):
    page = open_page(PAGE)
    start(page, "2028-05-08")
    term(page, "2030-09-30")
    file = download(page, "kept-save", tmp_path)
    other = open_page(PAGE)
    open_file(other, file)
    press(other, "file-apart")
    assert other.locator("#fin-de-gobierno").input_value() == "2030-09-30"


def test_tasks_ticked_changed_removed_and_added(open_page, words):
    own = words["twinning"]
    page = open_page(PAGE)
    start(page, "2027-01-11")
    page.locator('[id="task.f1-areas.done"]').focus()
    page.keyboard.press("Space")
    expect(slot(page, "plan-words")).to_contain_text(fill(own["progress"], {"done": 1, "total": 23}))
    task(page, "f1-temas").locator("summary").click()
    page.locator('[id="task.f1-temas.title"]').fill("Elegir dos temas")
    page.locator('[id="task.f1-temas.who"]').fill("")
    page.locator('[id="task.f1-temas.due"]').fill("2027-03-01")
    page.keyboard.press("Tab")
    expect(task(page, "f1-temas")).to_contain_text("Elegir dos temas")
    expect(task(page, "f1-temas")).to_contain_text(own["outside"])
    expect(task(page, "f1-temas").locator(".task-line")).not_to_contain_text("Presidencia")
    page.locator("#agregar-fase-2").click()
    assert page.evaluate("document.activeElement.id").startswith("task.x-")
    page.keyboard.type("Traducir el borrador")
    page.keyboard.press("Tab")
    expect(slot(page, "tasks")).to_contain_text("Traducir el borrador")
    task(page, "f1-areas").locator("summary").click()
    task(page, "f1-areas").get_by_role("button", name=own["remove_task"]).click()
    expect(task(page, "f1-areas")).to_have_count(0)
    press(page, "kept-undo")
    expect(page.locator('[id="task.f1-areas.done"]')).to_be_checked()
    saved(page, words)
    page.reload()
    expect(task(page, "f1-temas")).to_contain_text("Elegir dos temas")
    expect(task(page, "f1-temas")).to_contain_text("1 mar 2027")
    expect(slot(page, "tasks")).to_contain_text("Traducir el borrador")
    # What was not changed is in the reader's language.
    page.locator("a[data-language]").first.click()
    expect(task(page, "f1-temas")).to_contain_text("Elegir dos temas")
    expect(task(page, "f1-ciudades")).to_contain_text("Compare three cities")


@pytest.mark.parametrize("code, date", [("es", "11 ene 2027"), ("en", "11 Jan 2027")])
def test_the_plan_in_a_few_words(open_page, project, code, date):
    """When it begins and what is done, whichever of both is said; a task that was removed does not count."""
    own = open_texts(project, code)["tools"]["twinning"]
    begins, one, two = fill(own["starts"], {"date": date}), own["done_one"], fill(own["done_other"], {"count": 2})
    none = fill(own["done_other"], {"count": 0})
    summary = "[data-slot=kept-summary]"
    begin = {"start": {"date": "2027-01-11"}}
    done = {f"task.f1-{id}": {"done": True} for id in ("areas", "temas")}
    page = open_page(PAGE if code == project.default else f"{code}/{PAGE}")
    for items, said in (
        ({}, own["nothing_yet"]),
        ({"task.f1-areas": {"done": False}}, own["nothing_yet"]),
        ({"start": {"date": "2027-02-31"}}, own["nothing_yet"]),
        (begin, f"{begins} · {none}"),
        ({"task.f1-areas": {"done": True}}, one),
        ({"task.f1-areas": {"done": True, "gone": True}}, own["nothing_yet"]),
        (done, two),
        ({**begin, **done}, f"{begins} · {two}"),
        ({**begin, **done, "task.f1-temas": {"done": True, "gone": True}}, f"{begins} · {one}"),
    ):
        text = json.dumps({"kind": "abc-twinning", "format": 1, "id": "x", "items": items})
        page.evaluate(
            "text => { localStorage['abc.twinning.x'] = text; localStorage['abc.current-twinning'] = 'x' }", text
        )
        page.reload()
        expect(page.locator(summary)).to_have_text(said)


def test_a_task_set_free_follows_its_phase_again(open_page):
    page = open_page(PAGE)
    start(page, "2027-01-11")
    task(page, "f1-temas").locator("summary").click()
    due = page.locator('[id="task.f1-temas.due"]')
    due.fill("2027-02-03")
    page.keyboard.press("Tab")
    start(page, "2027-01-18")
    expect(task(page, "f1-temas")).to_contain_text("3 feb 2027")
    page.locator('[id="task.f1-temas.due"]').fill("")
    page.keyboard.press("Tab")
    expect(task(page, "f1-temas")).to_contain_text("29 ene 2027")


def test_the_calendar_is_valid_and_says_the_plan(open_page, content, words, tmp_path):
    page = open_page(PAGE)
    expect(page.locator('[data-action="calendar"]')).to_be_disabled()
    start(page, "2026-11-30")
    no_waits(page)
    weeks(page, "wait.espera-cabildo", 2)
    page.locator('[id="task.f1-areas.done"]').check()
    raw = download(page, "calendar", tmp_path).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert not any(event.errors for event in events)
    plan = stored(page, KIND)["id"]
    found = {str(event["UID"]).removeprefix(f"{plan}-").removesuffix("@abc"): event for event in events}
    tasks = {one.id for phase in content.tools.twinning.phases for one in phase.tasks}
    assert found.keys() == (tasks - {"f1-areas"}) | {"fase-1", "fase-2", "fase-3", "fase-4", "espera-cabildo"}
    assert found["fase-1"].decoded("DTSTART") == datetime.date(2026, 11, 30)
    # The day after the last one.
    assert found["fase-1"].decoded("DTEND") == datetime.date(2026, 12, 26)
    assert found["espera-cabildo"].decoded("DTSTART") == datetime.date(2027, 2, 22)
    assert found["f3-firma"].decoded("DTSTART") == datetime.date(2027, 3, 5)
    assert found["f2-contacto"].decoded("DTSTART") == datetime.date(2027, 1, 1)
    sre = next(one for one in content.tools.twinning.phases[2].tasks if one.id == "f3-sre")
    assert str(found["f3-sre"]["SUMMARY"]) == sre.title[DEFAULT]
    assert sre.who[DEFAULT] in found["f3-sre"]["DESCRIPTION"]


@pytest.mark.parametrize("action", ["kept-save", "paper-html"])
def test_from_one_computer_to_another(open_page, tmp_path, action):
    page = open_page(PAGE)
    start(page, "2027-01-11")
    page.locator("#socia").fill("Villa & <Nueva>")
    page.locator('[id="task.f1-areas.done"]').check()
    file = download(page, action, tmp_path)
    assert file.name.startswith("abc-hermanamiento-")
    other = open_page(PAGE)
    open_file(other, file)
    press(other, "file-apart")
    assert other.locator("#inicio").input_value() == "2027-01-11"
    assert other.locator("#socia").input_value() == "Villa & <Nueva>"
    expect(other.locator('[id="task.f1-areas.done"]')).to_be_checked()
    # The same file again is another copy: nothing is overwritten.
    start(other, "2028-01-10")
    open_file(other, file)
    press(other, "file-apart")
    expect(slot(other, "kept-select").locator("option")).to_have_count(2)


def test_nonsense_in_a_file_harms_nothing(open_page, words):
    nonsense = {
        "start": {"date": "2027-02-31"},
        "phase.fase-1": {"weeks": 1e9},
        "wait.espera-cabildo": {"weeks": "3"},
        "task.f1-areas": {"title": ["x"], "due": 5, "done": "yes"},
        "task.x-1": {"phase": "fase-9", "title": "perdida"},
        "task.x-2": {"phase": "fase-1", "title": "<b>mía</b>", "due": "x"},
    }
    page = open_page(PAGE)
    open_file(page, payload(json.dumps({"kind": "abc-twinning", "format": 1, "id": "n", "items": nonsense})))
    press(page, "file-apart")
    expect(slot(page, "plan-words")).to_contain_text(fill(words["twinning"]["no_start"], {"weeks": 30}))
    expect(slot(page, "tasks")).to_contain_text("<b>mía</b>")
    expect(slot(page, "tasks")).not_to_contain_text("perdida")
    open_file(page, payload('{"kind": "abc-comparison", "format": 1, "id": "x", "items": {}}', "red.json"))
    expect(slot(page, "file-problem")).to_have_text(
        fill(words["twinning"]["problems"]["not_ours"], {"name": "red.json"})
    )


def test_two_tabs_lose_nothing(open_page):
    page = open_page(PAGE)
    start(page, "2027-01-11")
    other = page.context.new_page()
    other.goto(page.url)
    page.locator('[id="task.f1-areas.done"]').check()
    expect(other.locator('[id="task.f1-areas.done"]')).to_be_checked()
    weeks(other, "wait.espera-dictamen", 8)
    expect(page.locator('[id="wait.espera-dictamen"]')).to_have_value("8")
    keys = stored(page, KIND)["items"].keys()
    assert {"start", "task.f1-areas", "wait.espera-dictamen"} <= keys


def test_it_goes_on_when_the_browser_keeps_nothing(open_page, words, tmp_path):
    page = open_page(PAGE, script=DENIED)
    expect(slot(page, "kept-problem")).to_have_text(words["kept"]["state"]["denied"])
    start(page, "2027-01-11")
    assert stretches(page)[0] == ("11 ene 2027", "5 feb 2027")
    assert "2027-01-11" in download(page, "kept-save", tmp_path).read_text("utf-8")


def test_the_road_map_says_everything(open_page, content, words):
    page = open_page(PAGE)
    start(page, "2027-01-11")
    page.locator("#socia").fill("Villa Nueva")
    weeks(page, "wait.espera-cabildo", 3)
    paper = texts(page)
    for phase in content.tools.twinning.phases:
        for one in phase.tasks:
            assert one.title[DEFAULT] in paper and one.deliverable[DEFAULT] in paper
    assert "Villa Nueva" in paper
    assert paper.count(f"({words['twinning']['sourced']})") == sum(
        one.sourced for phase in content.tools.twinning.phases for one in phase.tasks
    )
    assert pages_on_paper(page) == 2


@pytest.mark.parametrize("scheme, viewport", [("light", None), ("dark", PHONE)])
def test_accessible_when_filled(open_page, scheme, viewport):
    page = open_page(PAGE, color_scheme=scheme, **({"viewport": viewport} if viewport else {}))
    start(page, "2027-01-11")
    weeks(page, "wait.espera-cabildo", 3)
    task(page, "f1-temas").locator("summary").click()
    page.locator("#agregar-fase-2").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_it_is_a_form(browser, address, content: Content):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    shown = page.locator("main").inner_text()
    for phase in content.tools.twinning.phases:
        assert phase.source[DEFAULT] in shown
        for one in phase.tasks:
            assert one.title[DEFAULT] in shown and one.who[DEFAULT] in shown
    context.close()
