"""axe on every page, in every language, light and dark, empty and answered."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import DESKTOP, PHONE

RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ANSWER = """() => document.querySelectorAll(".criterion").forEach((one, place) => {
  const radios = one.querySelectorAll("input[type=radio]");
  radios[place % radios.length].click();
  for (const details of one.querySelectorAll("details")) details.open = true;
})"""

NARROW = """() => {
  for (const details of document.querySelectorAll("main details")) details.open = true;
  document.querySelector("[data-filter] input").click();
}"""


FILE = b'{"kind": "abc-assessment", "format": 1, "id": "x", "checklists": {}}'
# Held in place, the bar at the foot of a phone's screen would hide whatever it happens to stand over;
# what is not laid out yet has no size.
STILL = """.result-bar { position: static !important }
.criterion, .entry { content-visibility: visible !important }"""


def violations(page) -> list[str]:
    page.add_style_tag(content=STILL)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("scheme, viewport", [("light", DESKTOP), ("dark", PHONE)], ids=["light", "dark"])
def test_no_violations(open_page, documents, project, scheme, viewport):
    """Every page in every language in light; in dark on a phone, one language: colours are the same."""
    page = open_page(color_scheme=scheme, viewport=viewport)
    start, found = page.url, []
    for path in documents:
        if scheme == "dark" and path.split("/")[0] in project.codes:
            continue
        page.goto(start + path)
        found += violations(page)
        if page.locator("[data-assessment]").count():
            page.evaluate(ANSWER)
            found += violations(page)
        if page.locator("[data-catalogue]").count():
            page.evaluate(NARROW)
            found += violations(page)
            page.locator('[data-slot="query"]').fill("xqzw")
            found += violations(page)
    assert found == []


def test_no_violations_in_dialogs(open_page, content):
    page = open_page(f"autoevaluacion/{content.checklists[0].id}/")
    page.evaluate(ANSWER)
    page.locator('[data-action="reset"]').click()
    found = violations(page)
    page.locator('[data-action="reset-confirm"]').click()
    found += violations(page)
    file = {"name": "abc.json", "mimeType": "application/json", "buffer": FILE}
    page.locator('[data-slot="open-input"]').set_input_files(file)
    found += violations(page)
    page.locator('[data-action="open-merge"]').click()
    page.keyboard.press("Escape")
    page.locator('[data-action="search"]').click()
    page.locator("#buscador-palabras").fill("red")
    page.locator(".search-results a").first.wait_for()
    found += violations(page)
    assert found == []
