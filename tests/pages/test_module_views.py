"""A module for whoever gives it and for whoever takes it: views, texts to paste, big screen, paper, plan of sessions."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from guide.model.content import Content
from guide.model.course import HOURS, add_up
from guide.reading import inline_markdown
from tests.conftest import PHONE, add_modules
from tests.documents import Document
from tests.pages.test_accessibility import violations


def secrets(module, code: str) -> list[str]:
    """What only a trainer may see of a module."""
    texts = [*module.notes, *(one.answer for one in module.questions)]
    texts += [text for one in module.activities for text in (*one.key, *one.look_for)]
    texts += [each.feedback for one in module.questions for each in one.options if each.feedback]
    return [inline_markdown.plain(text[code]) for text in texts]


@pytest.mark.parametrize("code", ["es", "en"])
def test_what_participants_open_holds_no_key_answer_or_note(
    documents: dict[str, Document], content: Content, code: str
):
    start = "" if code == "es" else f"{code}/"
    for module in content.modules:
        page = documents[f"{start}curso/participantes/{module.id}/"]
        (main,) = page.find("main")
        text = " ".join(main.text.split())
        for secret in secrets(module, code):
            assert " ".join(secret.split()) not in text, (module.id, secret)
        for one in module.activities:
            assert one.title[code] in text
        for one in module.questions:
            assert " ".join(inline_markdown.plain(one.question[code]).split())[:40] in text.replace("\u00a0", " ")


def test_the_trainers_parts_are_behind_a_switch_that_is_off(open_page):
    page = open_page("curso/modulo-4/")
    hidden = page.locator(".teacher")
    assert hidden.count() > 5
    expect(hidden.locator("visible=true")).to_have_count(0)
    switch = page.locator('[data-action="teacher-view"]')
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".notes")).to_be_visible()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(page) == []
    # Off again each time: the next to look at the screen may be a participant.
    page.reload()
    expect(page.locator(".notes")).to_be_hidden()
    # A link to what stands folded elsewhere is none to see the trainer's parts.
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<details><p id=folded>x</p></details>')"
    )
    page.evaluate("location.hash = 'folded'")
    expect(page.locator("#folded")).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "false")
    # A link to the notes is a wish to see them.
    page.locator('.toc a[href="#notas"]').click()
    expect(page.locator(".notes")).to_be_visible()


def test_they_are_neither_printed_nor_embedded(open_page):
    page = open_page("curso/modulo-4/")
    page.locator('[data-action="teacher-view"]').click()
    page.emulate_media(media="print")
    expect(page.locator(".teacher").locator("visible=true")).to_have_count(0)
    page.emulate_media(media="screen")
    page.goto(page.url.split("#")[0] + "?embed")
    expect(page.locator('[data-action="teacher-view"]')).to_be_hidden()
    page.evaluate("document.documentElement.classList.add('shows-teacher')")
    expect(page.locator(".teacher").locator("visible=true")).to_have_count(0)


def test_the_text_of_an_assignment_and_the_rubric_are_copied(open_page):
    page = open_page("curso/modulo-7/", permissions=["clipboard-read", "clipboard-write"])
    page.locator('[data-action="teacher-view"]').click()
    first = page.locator(".activity").first
    first.locator("details", has=page.locator(".task")).locator("summary").click()
    read = """async (type) => {
      const [item] = await navigator.clipboard.read();
      return (await item.getType(type)).text();
    }"""
    button = first.locator('[data-action="copy"]')
    expect(button).to_have_text("Copiar el texto")
    button.click()
    expect(first.locator('[data-slot="copied"]')).to_contain_text("Copiado")
    html = page.evaluate(read, "text/html")
    assert "Una cartera de tres redes" in html and "Fecha de entrega" in html
    assert not re.findall(r'href="(?!http)[^"]*"', html)
    assert "Memorando" not in page.evaluate(read, "text/plain").splitlines()[0]
    page.locator('.rubric [data-action="copy"]').click()
    expect(page.locator('.rubric [data-slot="copied"]')).to_contain_text("Copiado")
    html = page.evaluate(read, "text/html")
    assert "table-scroll" not in html and html.count("<tr>") == 4 and "40 puntos" in html
    assert "\t" in page.evaluate(read, "text/plain")


def test_activities_are_projected_one_thing_at_a_time(open_page, content: Content):
    module = content.modules[4]
    page = open_page(f"curso/participantes/{module.id}/")
    page.locator('[data-action="project"]').click()
    slide, place = page.locator('[data-slot="slide"]'), page.locator('[data-slot="place"]')
    expect(slide).to_contain_text("Módulo 4")
    assert violations(page) == []
    total = int(place.inner_text().split()[-1])
    steps = sum(1 for one in module.activities for step in one.steps if step.minutes[0])
    handouts = sum(bool(one.handout) for one in module.activities)
    assert total == 1 + 2 * len(module.activities) + steps + handouts
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slide).to_contain_text("Paso 1 de")
    expect(slide).to_contain_text(f"{module.activities[0].steps[0].minutes[0]} min")
    page.keyboard.press("ArrowLeft")
    expect(slide).to_contain_text("Materiales")
    page.locator('[data-slot="length"]').select_option("2")
    assert int(place.inner_text().split()[-1]) < total
    assert page.evaluate("document.querySelectorAll('.projector [id]').length") == 0
    page.keyboard.press("Escape")
    expect(page.locator(".projector")).to_be_hidden()
    expect(page.locator('[data-action="project"]')).to_be_focused()


def test_worksheets_are_printed_alone(open_page):
    page = open_page(
        "curso/participantes/modulo-4/",
        "window.print = () => { window.printed = document.documentElement.className; };",
    )
    page.locator('[data-action="print-sheets"]').click()
    page.wait_for_function("() => window.printed")
    assert "prints-sheets" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".activity")).to_have_count(3)
    for part in (".sheet-lines", ".sheet-name"):
        expect(page.locator(part).locator("visible=true")).to_have_count(3)
    expect(page.locator("#objetivos")).to_be_hidden()
    expect(page.locator(".activity td.minutes").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#objetivos")).to_be_visible()


@pytest.mark.parametrize(("place", "minutes", "count"), [(0, 300, 8), (1, 150, 8), (2, 480, 1)])
def test_a_plan_holds_the_whole_course(open_page, content: Content, place: int, minutes: int, count: int):
    page = add_modules(open_page("curso/sesiones/", viewport=PHONE))
    wishes = {"start": "2027-01-12", "weekdays": [2, 4], "minutes": minutes, "length": place, "atHome": False}
    found = page.evaluate(
        """(wishes) => {
          const { parts } = JSON.parse(document.querySelector("#session-data").textContent);
          return abc.modules.sessionsOf(parts, wishes);
        }""",
        wishes,
    )
    assert len(found) == count
    done = sum(piece["minutes"] for one in found for piece in one["pieces"])
    assert done == add_up(one.minutes for one in content.modules)[place] == HOURS[place] * 60
    days = [date.fromisoformat(one["day"]) for one in found]
    assert days[0] == date(2027, 1, 12) and {one.weekday() for one in days} <= {1, 3} and days == sorted(set(days))
    assert max(sum(piece["minutes"] for piece in one["pieces"]) for one in found) <= minutes + 25


def test_a_plan_is_made_and_taken_to_a_calendar(open_page):
    page = open_page("curso/sesiones/", viewport=PHONE)
    expect(page.locator('[data-slot="sessions-state"]')).to_contain_text("Elija el primer día")
    page.locator('[data-slot="start"]').fill("2027-01-12")
    expect(page.locator('[data-slot="sessions-state"]')).to_contain_text("8 sesiones")
    expect(page.locator('[data-slot="days"] input:checked')).to_have_value("2")
    page.get_by_label("Curso de 8 horas").check()
    expect(page.locator('[data-slot="sessions-rows"] tr')).to_have_count(1)
    page.locator('[data-slot="home"]').check()
    expect(page.locator('[data-slot="sessions-rows"]')).to_contain_text("Actividad:")
    page.get_by_label("Curso de 20 horas").check()
    page.locator('[data-slot="time"]').fill("16:30")
    with page.expect_download() as found:
        page.locator('[data-action="sessions-calendar"]').click()
    text = found.value.path().read_bytes().decode("utf-8")
    assert "DTSTART:20270112T163000\r\n" in text and "DTEND:20270112T190000\r\n" in text and "TRIGGER:-P1D" in text
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
