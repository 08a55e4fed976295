"""Packages inside a learning platform: what a participant does there, and what of it reaches the grade book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import pytest
import yaml
from playwright.sync_api import Browser, FrameLocator, Page, expect

from guide.model.content import Content
from guide.reading.project import Project
from tests.conftest import CASE_FILES, PHONE, modules_on
from tests.pages.test_accessibility import violations
from tests.platform.stand_in import Activity, StandIn, serve_stand_in
from tests.platform.test_packages import built

VECTORS = yaml.safe_load((CASE_FILES / "score-vectors.yml").read_text("utf-8"))
ANSWER_ALL = """(body, level) => {
  for (const one of document.querySelectorAll(".criterion")) one.querySelector(`input[value="${level}"]`).click();
}"""


@pytest.fixture(scope="module")
def packages(content: Content, project: Project, address: str) -> dict[str, bytes]:
    """All packages by the end of their names: ``acuerdos-es``; the thin ones frame the site as the tests serve it."""
    found = built(content, project, address)
    return {re.sub(r".*abc-scorm-|\.zip$", "", name): data for name, data in found.items()}


@pytest.fixture
def platform() -> StandIn:
    return StandIn()


@dataclass
class Visit:
    """A participant in an activity."""

    page: Page
    start: str
    activity: Activity
    wrong: list[str]

    @property
    def inside(self) -> FrameLocator:
        return self.page.frame_locator("#sco").frame_locator("iframe")

    def slot(self, name: str):
        return self.inside.locator(f'[data-slot="lms-{name}"]')

    def enter(self, query: str = "", mode: str = "normal", again: bool = False) -> Visit:
        """Enters, having left by another page; waits until the shell has spoken."""
        if not again:
            self.leave()
        self.page.goto(f"{self.start}player/lista?{query}")
        expect(self.slot("mode")).not_to_contain_text("Buscando")
        return self

    def leave(self) -> None:
        """Leaves; what the package says at the end has arrived then."""
        says = "/player/" in self.page.url and self.page.evaluate("window.launch.mode") == "normal"
        if says:
            self.activity.tracks.pop("cmi.core.total_time", None)
        self.page.goto("about:blank")
        if says:
            self.settle(lambda tracks: "cmi.core.total_time" in tracks)

    def answer(self, level: int | str = 3) -> None:
        """Answers everything at once."""
        self.inside.locator("body").evaluate(ANSWER_ALL, level)

    def send(self) -> None:
        self.inside.locator('[data-action="lms-send"]').click()
        expect(self.slot("said")).not_to_contain_text("Enviando")

    @property
    def calls(self) -> list[list[str]]:
        return self.page.evaluate("window.calls")

    def wrote(self, name: str) -> list[str]:
        return [one[2] for one in self.calls if one[:2] == ["LMSSetValue", name]]

    def settle(self, tracks: Callable[[dict[str, str]], bool]) -> None:
        """Waits until what the platform keeps is as wanted."""
        for _ in range(100):
            if tracks(self.activity.tracks):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(self.activity.tracks)


@pytest.fixture
def visit(browser: Browser, platform: StandIn, packages: dict[str, bytes]) -> Iterator[Callable[..., Visit]]:
    """``visit(package, query)`` loads a package and enters; at the end nothing may have gone wrong in the run-time."""
    with serve_stand_in(platform) as start:
        contexts, visits = [], []

        def visit(name: str = "acuerdos-es", query: str = "", enter: bool = True, **options) -> Visit:
            activity = platform.load("lista", packages[name])
            context = browser.new_context(**{"locale": "es-MX", "reduced_motion": "reduce", **options})
            contexts.append(context)
            wrong: list[str] = []
            context.on("request", lambda one: one.url.startswith((start, "about:")) or wrong.append(one.url))
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda one: one.type == "error" and wrong.append(one.text))
            visits.append(Visit(page, start, activity, wrong))
            return visits[-1].enter(query, again=True) if enter else visits[-1]

        yield visit
        for one in visits:
            if "/player/" in one.page.url:
                assert one.page.evaluate("window.faults") == []
        for context in contexts:
            context.close()


def test_every_package_brings_its_score_to_the_grade_book(
    browser: Browser, platform: StandIn, packages: dict[str, bytes], address: str
):
    with serve_stand_in(platform) as start:
        context = browser.new_context(locale="es-MX", reduced_motion="reduce")
        page, wrong = context.new_page(), []
        page.on("request", lambda one: one.url.startswith((start, address)) or wrong.append(one.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        inside = page.frame_locator("#sco").frame_locator("iframe")
        for name, package in packages.items():
            activity = platform.load(name, package)
            page.goto(f"{start}player/{name}", wait_until="commit")
            expect(inside.locator('[data-slot="lms-mode"]')).to_contain_text(start.split("/")[2])
            inside.locator("body").evaluate(ANSWER_ALL, 3)
            inside.locator('[data-action="lms-send"]').click()
            expect(inside.locator('[data-slot="lms-said"]')).to_contain_text("100")
            assert (activity.grade, activity.is_done) == (100, True), name
            assert activity.tracks["cmi.core.lesson_status"] == "completed"
            assert len(activity.tracks["cmi.suspend_data"]) <= 4096
            assert page.evaluate("window.faults") == [] and wrong == [], name
        context.close()


def test_nothing_is_sent_before_the_button(visit):
    one = visit()
    assert one.activity.tracks == {"cmi.core.lesson_status": "incomplete"}
    expect(one.inside.locator('[data-action="lms-send"]')).to_be_disabled()
    one.inside.locator(".criterion input[value='2']").first.check()
    one.settle(lambda tracks: "acu-01=2" in tracks.get("cmi.suspend_data", ""))
    expect(one.slot("kept")).to_contain_text("guardadas")
    expect(one.slot("text")).to_contain_text("falta contestar 9")
    one.answer(3)
    expect(one.inside.locator('[data-action="lms-send"]')).to_be_enabled()
    expect(one.slot("text")).to_contain_text("su institución verá 100 de 100")
    one.leave()
    assert one.activity.grade is None and one.activity.tracks["cmi.core.lesson_status"] == "incomplete"
    # Nothing of the person is read or sent but what was answered.
    assert set(one.activity.tracks) == {
        "cmi.core.lesson_status",
        "cmi.suspend_data",
        "cmi.core.exit",
        "cmi.core.total_time",
    }
    assert re.fullmatch(r"\d{4}:\d\d:\d\d", one.activity.tracks["cmi.core.total_time"])
    assert one.activity.tracks["cmi.core.exit"] == "suspend"


@pytest.mark.parametrize("leaves", ["parent.dispatchEvent(new Event('pagehide'))", "location.href = LINK"])
def test_an_answer_given_in_the_last_moment_arrives(visit, leaves: str):
    """Whoever closes the tab, or goes to the other language, before any message can come and go."""
    one = visit()
    link = one.slot("languages").locator("a").get_attribute("href")
    one.inside.locator("#acu-02").evaluate(
        f"""(heading) => {{
          heading.closest("section").querySelector("input[value='no_information']").click();
          {leaves.replace("LINK", repr(link))};
        }}"""
    )
    if "LINK" in leaves:
        expect(one.inside.locator("html")).to_have_attribute("lang", "en")
        expect(one.slot("mode")).to_contain_text("kept in your attempt")
        expect(one.inside.locator(".criterion input:checked")).to_have_value("no_information")
    one.settle(lambda tracks: "acu-02=" in tracks.get("cmi.suspend_data", ""))


def test_what_was_answered_is_there_again_in_another_language(visit):
    one = visit()
    one.answer(1)
    one.inside.locator('#acu-02 >> xpath=ancestor::section >> css=input[value="no_information"]').check()
    one.leave()
    one.enter()
    checked = one.inside.locator(".criterion input:checked")
    assert checked.evaluate_all("(all) => all.map((one) => one.value)")[:3] == ["1", "no_information", "1"]
    # The link stays in the frame: the session of the shell goes on.
    one.slot("languages").locator("a").click()
    expect(one.inside.locator("html")).to_have_attribute("lang", "en")
    expect(one.slot("mode")).to_contain_text("kept in your attempt")
    expect(one.inside.locator(".criterion input:checked")).to_have_count(12)
    one.inside.locator('[data-action="lms-send"]').click()
    expect(one.slot("said")).to_contain_text("Sent")
    assert one.activity.grade == pytest.approx(100 / 3 * 11 / 12, abs=5)
    assert [name for name, *_ in one.calls].count("LMSInitialize") == 1


def test_a_preview_writes_nothing_and_can_be_left(visit):
    one = visit(query="mode=browse")
    expect(one.slot("mode")).to_contain_text("Vista previa")
    one.answer(3)
    expect(one.slot("kept")).to_have_text("")
    expect(one.inside.locator('[data-action="lms-send"]')).to_be_disabled()
    assert {name for name, *_ in one.calls} <= {"LMSInitialize", "LMSGetValue"}
    one.leave()
    assert one.activity.received == [] and not one.activity.is_done
    # Whoever looked first can still answer.
    one.enter()
    expect(one.slot("mode")).to_contain_text("se guardan en su intento")
    one.answer(3)
    one.send()
    assert one.activity.grade == 100


def test_a_review_shows_the_attempt_and_changes_nothing(visit):
    one = visit()
    one.answer(2)
    one.send()
    one.leave()
    before, sent = dict(one.activity.tracks), len(one.activity.received)
    one.enter()
    expect(one.slot("mode")).to_contain_text("Revisión")
    expect(one.inside.locator(".criterion input:checked")).to_have_count(12)
    one.answer(0)
    expect(one.inside.locator('[data-action="lms-send"]')).to_be_disabled()
    one.leave()
    assert one.activity.tracks == before and len(one.activity.received) == sent


def test_a_second_attempt_begins_blank_and_both_count(visit):
    one = visit()
    one.answer(1)
    one.send()
    one.enter("new")
    expect(one.inside.locator(".criterion input:checked")).to_have_count(0)
    one.answer(3)
    one.send()
    assert [each["cmi.core.score.raw"] for each in one.activity.attempts] == ["33.33", "100"]
    assert one.activity.grade == 100


def test_what_was_browsed_is_begun(visit):
    one = visit(enter=False)
    one.activity.attempts.append({"cmi.core.lesson_status": "browsed"})
    one.enter(again=True)
    assert one.activity.tracks["cmi.core.lesson_status"] == "incomplete"


def test_a_finished_attempt_is_never_turned_back(visit, platform: StandIn):
    """Some platforms let a finished attempt go on."""
    one = visit(enter=False)
    one.activity.attempts.append({"cmi.core.lesson_status": "completed", "cmi.suspend_data": "3~1;acu-01=21"})
    one.activity.enter = lambda wanted, new: "normal"
    one.enter(again=True)
    expect(one.inside.locator(".criterion input:checked")).to_have_count(1)
    one.leave()
    assert one.activity.tracks["cmi.core.lesson_status"] == "completed"


def test_without_a_connection_nothing_is_said_to_be_sent(visit):
    """A commit says "true" there."""
    one = visit()
    one.answer(3)
    one.settle(lambda tracks: "acu-12=3" in tracks.get("cmi.suspend_data", ""))
    one.page.context.set_offline(True)
    one.send()
    expect(one.slot("said")).to_contain_text("No se envió, porque no hay conexión")
    assert one.wrote("cmi.core.score.raw") == []
    one.page.context.set_offline(False)
    one.send()
    expect(one.slot("said")).to_contain_text("Enviado")
    assert one.activity.grade == 100


def test_answers_given_without_a_connection_are_kept_when_it_returns(visit):
    one = visit()
    one.page.context.set_offline(True)
    one.answer(2)
    expect(one.slot("kept")).to_contain_text("Sin conexión")
    assert "cmi.suspend_data" not in one.activity.tracks
    one.page.context.set_offline(False)
    one.settle(lambda tracks: "acu-12=2" in tracks.get("cmi.suspend_data", ""))
    expect(one.slot("kept")).to_contain_text("guardadas")


def test_a_connection_that_the_browser_believes_in_is_asked_first(visit):
    one = visit()
    one.answer(3)
    one.page.route("**/pluginfile/**", lambda route: route.abort())
    one.send()
    expect(one.slot("said")).to_contain_text("No se envió")
    assert one.wrote("cmi.core.score.raw") == []
    one.page.unroute("**/pluginfile/**")
    one.send()
    assert one.activity.grade == 100


def test_a_connection_lost_while_sending_is_a_doubt_and_the_next_press_sends_all(visit, platform: StandIn):
    one = visit()
    one.answer(3)
    one.settle(lambda tracks: "acu-12=3" in tracks.get("cmi.suspend_data", ""))
    asked = []

    def first_only(route) -> None:
        asked.append(route)
        route.continue_() if len(asked) == 1 else route.abort()

    one.page.route("**/pluginfile/lista/index.html", first_only)
    platform.lose = True
    one.send()
    expect(one.slot("said")).to_contain_text("No se sabe si llegó")
    assert one.activity.grade is None
    platform.lose = False
    one.page.unroute("**/pluginfile/lista/index.html")
    one.send()
    expect(one.slot("said")).to_contain_text("Enviado")
    assert one.activity.grade == pytest.approx(100, abs=1e-6) and one.activity.grade <= 100
    assert one.activity.tracks["cmi.core.lesson_status"] == "completed"


def test_an_expired_session_is_told(visit, platform: StandIn):
    one = visit()
    one.answer(3)
    platform.logged_in = False
    one.send()
    expect(one.slot("said")).to_contain_text("su sesión del aula terminó")
    assert one.activity.grade is None
    platform.logged_in = True
    one.enter()
    one.answer(3)
    one.send()
    assert one.activity.grade == 100


@pytest.mark.parametrize("name", ["cmi.core.score.raw", "cmi.core.lesson_status", "cmi.suspend_data"])
def test_what_the_platform_refuses_in_silence_is_told(visit, name: str):
    one = visit()
    one.answer(3)
    one.settle(lambda tracks: "acu-12=3" in tracks.get("cmi.suspend_data", ""))
    one.page.evaluate("(name) => { window.refused = [name]; }", name)
    one.send()
    expect(one.slot("said")).to_contain_text("no aceptó los datos")
    assert one.activity.grade is None and not one.activity.is_done


def test_sent_again_after_a_change(visit):
    one = visit()
    one.answer(1)
    one.send()
    one.answer(2)
    one.send()
    assert (one.activity.grade, one.activity.tracks["cmi.core.score.raw"]) == (66.67, "66.67")
    # The same score again is sent too: the running number has changed.
    count = len(one.activity.received)
    one.send()
    expect(one.slot("said")).to_contain_text("Enviado")
    assert len(one.activity.received) == count + 1


def test_a_newer_package_keeps_the_attempt(visit, platform: StandIn, packages: dict[str, bytes]):
    one = visit("acuerdos-es")
    one.answer(2)
    expect(one.slot("kept")).to_contain_text("Guardando")
    # Whoever leaves before it was committed loses nothing.
    one.leave()
    for name in ("acuerdos-en", "acuerdos-es-en-linea"):
        platform.load("lista", packages[name])
        one.enter()
        expect(one.inside.locator(".criterion input:checked")).to_have_count(12)


def test_a_state_of_a_newer_format_is_left_alone(visit):
    one = visit(enter=False)
    one.activity.attempts.append({"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": "3~2;otra cosa"})
    one.enter(again=True)
    expect(one.slot("mode")).to_contain_text("versión más nueva")
    one.answer(3)
    expect(one.inside.locator('[data-action="lms-send"]')).to_be_disabled()
    one.leave()
    assert one.activity.tracks["cmi.suspend_data"] == "3~2;otra cosa"


def test_what_is_not_kept_is_not_offered(visit):
    one = visit(viewport=PHONE)
    for hidden in (".assessments", ".note", ".depth", ".save-state", ".reason"):
        expect(one.inside.locator(hidden).locator("visible=true")).to_have_count(0)
    assert one.inside.locator("html").evaluate("(one) => one.scrollWidth - one.clientWidth") <= 0
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    with one.page.context.expect_page() as opened:
        one.inside.locator(".embed-source a").click()
    opened.value.close()


def test_a_package_can_be_used_by_everybody(visit):
    one = visit("acuerdos-en", enter=False)
    for name in ("es.html", "en.html"):
        one.page.goto(f"{one.start}pluginfile/lista/{name}")
        assert violations(one.page) == []


def test_outside_a_platform_nothing_is_said_to_be_recorded(visit):
    one = visit(enter=False)
    one.page.goto(f"{one.start}pluginfile/lista/index.html")
    inside = one.page.frame_locator("iframe")
    expect(inside.locator('[data-slot="lms-mode"]')).to_contain_text("fuera de un aula virtual")
    inside.locator("body").evaluate(ANSWER_ALL, 3)
    expect(inside.locator('[data-action="lms-send"]')).to_be_disabled()


def test_the_thin_one_looks_at_nothing_the_site_keeps(visit, address: str, packages: dict[str, bytes]):
    one = visit("acuerdos-es-en-linea", enter=False)
    page = one.page.context.new_page()
    page.goto(f"{address}autoevaluacion/acuerdos/")
    page.locator(".criterion input[value='1']").first.check()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "acu-01" in kept
    one.enter(again=True)
    expect(one.inside.locator(".criterion input:checked")).to_have_count(0)
    one.inside.locator(".criterion input[value='3']").nth(1).check()
    one.settle(lambda tracks: "acu-02=3" in tracks.get("cmi.suspend_data", ""))
    assert "acu-01" not in one.activity.tracks["cmi.suspend_data"]
    assert page.evaluate("JSON.stringify(localStorage)") == kept


GREET = """(address) => {
  window.told = [];
  addEventListener("message", ({ data }) => data.type === "abc-lms" && told.push(data));
  document.body.append(Object.assign(document.createElement("iframe"), { src: address, onload() {
    this.contentWindow.postMessage({ type: "abc-lms", say: "open", mode: "normal", state: "" }, "*");
  } }));
}"""


def test_only_the_view_for_packages_answers_and_only_who_greeted(open_page):
    page = open_page("404.html")
    start = page.url.removesuffix("404.html")
    page.evaluate(GREET, f"{start}autoevaluacion/acuerdos/?embed")
    page.frame_locator("iframe").locator("input[value='2']").first.check()
    assert page.evaluate("told") == []
    page.goto(f"{start}autoevaluacion/acuerdos/?embed&lms")
    page.evaluate(
        "window.postMessage({type: 'abc-lms', say: 'open', mode: 'normal', state: '1;acu-01=3'}, location.origin)"
    )
    page.locator("input[value='2']").first.check()
    expect(page.locator('[data-slot="lms-mode"]')).to_contain_text("Buscando")
    expect(page.locator(".criterion input:checked")).to_have_count(1)


# What is kept, and what it is worth


@pytest.fixture(scope="module")
def modules(browser: Browser, address: str) -> Iterator[Page]:
    with modules_on(browser, address, "autoevaluacion/") as page:
        yield page


def test_a_hundred_criteria_fit(modules: Page):
    answers = [
        {
            "id": f"palabra-larga-{place:03}",
            "answer": ["no_information", "not_applicable", 0, 1, 2, 3][place % 6],
            "version": 12,
            "answered": "2026-11-29T12:00:00.000Z",
        }
        for place in range(100)
    ]
    text = modules.evaluate("(all) => abc.modules.stateText(all)", answers)
    assert len(text.encode("utf-16-le")) // 2 <= 4096 - 16 and text.isascii()
    back = modules.evaluate("(text) => abc.modules.readState(text)", text)
    assert [(one["id"], one["answer"], one["version"]) for one in back] == [
        (one["id"], one["answer"], 12) for one in answers
    ]
    assert {one["answered"][:10] for one in back} == {"2026-11-29"}
    # The days go first; answers never.
    for one in answers:
        one["id"] = "x" * 17 + one["id"]
    text = modules.evaluate("(all) => abc.modules.stateText(all)", answers)
    assert text and len(text) <= 4096 - 16 and "." not in text
    for one in answers:
        one["id"] = "x" * 40 + one["id"]
    assert modules.evaluate("(all) => abc.modules.stateText(all)", answers) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("1;", []),
        ("1;a-01=3", [{"id": "a-01", "answer": 3}]),
        ("1;a-01=7,A=1,__proto__=1,a-02=x,<b>=2,a-03=", [{"id": "a-02", "answer": "not_applicable"}]),
        ("2;a-01=3", None),
        ("ruido", None),
    ],
)
def test_what_a_platform_gives_is_not_trusted(modules: Page, text: str, wanted: list | None):
    found = modules.evaluate("(text) => JSON.stringify(abc.modules.readState(text))", text)
    assert yaml.safe_load(found) == wanted


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_a_grade_is_the_score_of_the_vectors(modules: Page, vector: dict):
    weighted = vector["expect"]["weighted"]
    if weighted is None:
        return
    exact = Fraction(str(weighted))
    grade = modules.evaluate("(part) => abc.modules.gradeOf(part)", float(exact))
    assert abs(grade - float(100 * exact)) <= 0.0051 and 0 <= grade <= 100
    assert (grade == 100) == (exact == 1)
