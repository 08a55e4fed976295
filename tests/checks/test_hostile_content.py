"""What is kept is never less than before, and hostile files spoil nothing."""

from __future__ import annotations

import json
import random

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from guide.reading.project import open_texts
from guide.reading.texts import fill
from tests.conftest import ROOT, add_modules, modules_on
from tests.scripts.test_assessment import path, radio, slot
from tests.scripts.test_assessments import assessment, open_apart, open_file, payload, press

QUOTA = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"]
# Storage that refuses every write after some, by one of the names browsers have for it.
FAILING = """(allowed, name) => {
  const write = Storage.prototype.setItem;
  let left = allowed;
  Storage.prototype.setItem = function (key, value) {
    if (left-- <= 0) throw Object.assign(new Error("full"), { name });
    write.call(this, key, value);
  };
  window.room = () => { left = Infinity; };
}"""
ANSWERS = """() => Object.keys(localStorage).filter((key) => key.startsWith("abc.assessment."))
  .flatMap((key) => Object.values(JSON.parse(localStorage[key]).checklists)
    .flatMap(({ criteria }) => Object.entries(criteria).map(([id, one]) => `${id} ${one.answer}`)))"""


@pytest.fixture
def words(project):
    return open_texts(project, project.default)["assessments"]


@pytest.fixture
def checklist(content):
    return content.checklists[0]


def fail_after(page, allowed: int, name: str = QUOTA[0]) -> None:
    page.evaluate(f"([allowed, name]) => ({FAILING})(allowed, name)", [allowed, name])


@pytest.mark.parametrize("name", QUOTA)
def test_full_is_told_as_full_whatever_the_browser_calls_it(open_page, checklist, name):
    page = open_page(path(checklist))
    fail_after(page, 0, name)
    radio(page, checklist.criteria[0].id, 1).check()
    assert page.evaluate("abc.page.store.state") == "full"
    assert page.evaluate("abc.page.store.canSwitch()") is False


@pytest.mark.parametrize("allowed", range(4))
def test_replacing_never_leaves_fewer_answers(open_page, checklist, words, allowed):
    page = open_page(path(checklist))
    first, second = (one.id for one in checklist.criteria[:2])
    radio(page, first, 1).check()
    expect(radio(page, first, 1)).to_be_checked()
    open_file(page, payload(assessment(checklist, {second: 3})))
    fail_after(page, allowed)
    press(page, "open-replace")
    kept = page.evaluate(ANSWERS)
    if allowed == 0:
        assert kept == [f"{first} 1"]
        expect(slot(page, "assessments-problem")).to_have_text(words["no_room"])
        expect(radio(page, first, 1)).to_be_checked()
        page.reload()
        expect(radio(page, first, 1)).to_be_checked()
        return
    assert kept == [f"{second} 3"]
    # Undone with no room, the new one stays until there is.
    press(page, "assessments-undo")
    after = page.evaluate(ANSWERS)
    assert after in ([f"{second} 3"], [f"{first} 1"])
    page.evaluate("room()")
    if after == [f"{second} 3"]:
        press(page, "assessments-undo")
    assert page.evaluate(ANSWERS) == [f"{first} 1"]


@pytest.mark.parametrize("seed", range(3))
def test_documents_of_tools_and_assessments_outlast_a_storage_that_fails(open_page, checklist, seed):
    """Whatever is done, what was kept by then is still kept, or was deleted on purpose."""
    page = add_modules(open_page(path(checklist)))
    chance = random.Random(seed)
    steps = [[chance.choice(["add", "replace", "use", "describe", "restore"]), chance.randint(0, 3)] for _ in range(60)]
    wrong = page.evaluate(
        """(steps) => {
          const write = Storage.prototype.setItem;
          let left = Infinity;
          Storage.prototype.setItem = function (key, value) {
            if (left-- <= 0) throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
            write.call(this, key, value);
          };
          const wrong = [];
          for (const [name, open, fresh, put] of [
            ["assessment", () => new abc.modules.AssessmentStore(), () => abc.modules.newAssessment({ title: "x", round: "" }), (store, n) =>
              store.put([{ checklist: "uno", version: 1, criterion: `a-${n}`, record: { answer: 1 } }])],
          ]) {
            localStorage.clear();
            const store = open();
            put(store, 0);
            const filled = () => { const made = fresh(); made.checklists = { uno: { criteria: { "b-1": { answer: 2, updated: "" } } } }; return made; };
            const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(`abc.${name}.`)).length;
            let gone = [];
            steps.forEach(([step, allowed], at) => {
              const before = kept();
              left = allowed;
              if (step === "add") store.add(filled());
              if (step === "replace") gone = store.replace(filled()) || gone;
              if (step === "use") store.use(store.list().at(-1).id);
              if (step === "describe") store.describe({ title: `t${at}` });
              if (step === "restore" && gone.length && store.restore(gone)) gone = [];
              left = Infinity;
              if (kept() < before) wrong.push([name, at, step, allowed]);
              put(store, at);
            });
          }
          Storage.prototype.setItem = write;
          return wrong;
        }""",
        steps,
    )
    assert wrong == []


def test_both_kinds_of_difference_and_neither(open_page, checklist):
    """Whether two records say the same is what they say, not when."""
    page = add_modules(open_page(path(checklist)))
    found = page.evaluate(
        """() => {
          const of = (answer, updated) => ({ checklists: { uno: { version: 1, criteria: { "a-1": { answer, updated, version: 1 } } } } });
          const [one, other] = ["2026-01-01T00:00:00.000Z", "2026-02-02T00:00:00.000Z"];
          return [[1, one, 1, one], [1, one, 1, other], [1, one, 2, one], [1, one, 2, other]].map(([a, s, b, t]) => {
            const { same, different } = abc.modules.compareAssessments(of(a, s), of(b, t));
            return [same, different.length];
          });
        }"""
    )
    assert found == [[1, 0], [1, 0], [0, 1], [0, 1]]


def test_the_later_version_seen_stands_and_ids_are_uuids(open_page, checklist):
    page = add_modules(open_page(path(checklist)))
    version = page.evaluate(
        """() => [[1, 3], [3, 1]].map(([a, b]) => {
          const of = (version) => ({ ...abc.modules.newAssessment({ title: "", round: "" }), checklists: { uno: { version, criteria: {} } } });
          const mine = of(a);
          abc.modules.mergeAssessments(mine, of(b));
          return mine.checklists.uno.version;
        })"""
    )
    assert version == [3, 3]
    shape = "/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/"
    assert page.evaluate(f"() => Array.from({{ length: 200 }}, abc.modules.uuid).every((id) => {shape}.test(id))")


@pytest.mark.parametrize(
    "updated", ["+275760-09-13T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "x", "", "-000001-01-01T00:00:00Z"]
)
def test_no_time_in_a_file_keeps_a_criterion_from_changing(open_page, checklist, words, updated):
    page = open_page(path(checklist))
    first = checklist.criteria[0].id
    found = json.loads(assessment(checklist, {first: 3}))
    found["updated"] = found["described"] = found["checklists"][checklist.id]["criteria"][first]["updated"] = updated
    open_apart(page, payload(json.dumps(found)))
    # What was taken out of it is said; what is merely not there is no mistake.
    told = fill(words["mended_text_other"], {"count": 3})
    undo = slot(page, "assessments-undo-text")
    expect(undo).to_contain_text(told) if updated else expect(undo).not_to_contain_text(told[1:])
    radio(page, first, 1).check()
    expect(radio(page, first, 1)).to_be_checked()
    page.reload()
    expect(radio(page, first, 1)).to_be_checked()


@pytest.mark.parametrize("id", ["", "x.damaged", "../x", "a b", "x" * 65, "__proto__", "abc.current"])
def test_an_id_that_is_none_of_ours_is_given_anew_and_that_is_said(open_page, checklist, words, id):
    page = open_page(path(checklist))
    first, second = (one.id for one in checklist.criteria[:2])
    # Beside what is kept, by the preview.
    radio(page, second, 2).check()
    open_file(page, payload(assessment(checklist, {first: 3}, id=id)))
    said = slot(page, "open-preview").locator("dt", has_text=words["mended"]).locator("xpath=following-sibling::dd[1]")
    expect(said).to_have_text(words["mended_text_one"])
    page.evaluate("localStorage.clear()")
    page.reload()
    open_apart(page, payload(assessment(checklist, {first: 3}, id=id)))
    page.reload()
    expect(radio(page, first, 3)).to_be_checked()
    assert len(page.evaluate("abc.page.store.list()")) == 1


@pytest.mark.parametrize("depth", [25, 9_000, 60_000])
def test_what_is_nested_too_deeply_is_refused_with_a_sentence(open_page, checklist, words, depth):
    page = open_page(path(checklist))
    text = assessment(checklist, {checklist.criteria[0].id: 3})[:-1] + ', "x": ' + "[" * depth + "]" * depth + "}"
    open_file(page, payload(text))
    expect(slot(page, "open-problem")).to_contain_text("abc-prueba.json")
    expect(slot(page, "open-choices")).to_be_hidden()


@pytest.mark.parametrize(
    "before", ["", "\0", "\x01\x02", "\u200b", "\ufeff", "\u00ad", " \0 ", "\u202e", "\u0301", "\t"]
)
@pytest.mark.parametrize("sign", "=+-@|%＝＋－＠")
def test_no_cell_begins_a_formula(open_page, sign, before, request):
    page = request.getfixturevalue("cells")
    data = page.evaluate("text => Array.from(abc.modules.spreadsheetBytes([[text]]))", f"{before}{sign}1+1")
    cell = bytes(data).decode("utf-16").removesuffix("\r\n")
    assert cell.strip('" ').startswith("'")


@pytest.fixture(scope="module")
def cells(browser, address, content):
    with modules_on(browser, address, "autoevaluacion/plan/") as page:
        yield page


def test_days_that_no_calendar_takes_are_left_out(cells):
    days = ["0000-01-01", "1899-12-31", "1900-01-01", "2200-12-31", "2201-01-01", "9999-12-31", "2026-13-01", "x"]
    events = [{"uid": day, "start": day, "title": day, "text": ""} for day in days]
    text = cells.evaluate("events => abc.modules.calendarText('x', events, new Date())", events)
    kept = [str(one["SUMMARY"]) for one in Calendar.from_ical(text).walk("VEVENT")]
    assert kept == ["1900-01-01", "2200-12-31"]


def test_the_plan_says_which_days_its_calendar_does_not_take(open_page, checklist, project):
    texts = open_texts(project, project.default)["plan"]
    page = open_page("autoevaluacion/plan/")
    first, second = (one.id for one in checklist.criteria[:2])
    for due, told in (("2300-01-01", True), ("2027-01-01", False)):
        page.evaluate(
            """([list, first, second, due]) => abc.page.store.put([
            [first, "2027-02-01"], [second, due]].map(([criterion, due]) => (
            {checklist: list, version: 1, criterion, record: {answer: 0, plan: {what: "Firmar", due}}})))""",
            [checklist.id, first, second, due],
        )
        page.reload()
        with page.expect_download():
            slot(page, "calendar").click()
        shown = slot(page, "plan-shown")
        expect(shown).to_have_text(texts["calendar_left_one"]) if told else expect(shown).not_to_contain_text("1900")


def test_the_planner_says_which_days_its_calendar_does_not_take(open_page, project, tmp_path):
    own = open_texts(project, project.default)["tools"]["twinning"]
    page = open_page("herramientas/plan-hermanamiento/")
    with page.expect_download():
        page.evaluate(
            """() => {
            const key = "abc.twinning.x", now = new Date().toISOString();
            localStorage["abc.current-twinning"] = "x";
            localStorage[key] = JSON.stringify({kind: "abc-twinning", format: 1, id: "x", title: "x", created: now,
              updated: now, described: now, items: {start: {date: "2200-12-20", updated: now}}});
            }"""
        )
        page.reload()
        page.locator('[data-action="calendar"]').first.click()
    words = slot(page, "plan-words")
    expect(words).to_contain_text(own["calendar_left_other"].split("{count}")[1])
    # A plan within the years says nothing of them.
    slot(page, "start").fill("2027-01-11")
    with page.expect_download():
        page.locator('[data-action="calendar"]').first.click()
    expect(words).not_to_contain_text(own["calendar_left_other"].split("{count}")[1])


def test_from_a_folder_the_example_opens_and_the_console_is_silent(browser, offline):
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda one: one.type in ("error", "warning") and said.append(one.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((offline / "autoevaluacion/diagnosticos.html").as_uri())
    press(page, "assessment-example")
    example = json.loads((ROOT / "overrides/assets/example.json").read_text("utf-8"))
    # With nothing kept yet it opens at once.
    expect(slot(page, "assessments-undo-text")).to_contain_text(example["title"])
    for place in ("index.html", "consideraciones/genero.html", "en/directorio/redes.html"):
        page.goto((offline / place).as_uri())
        page.wait_for_load_state("load")
    assert said == []
    context.close()
