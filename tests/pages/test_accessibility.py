"""axe on every page, in every language, light and dark, empty and answered."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import DESKTOP, PHONE, add_style
from tests.scripts.test_assessment import open_options

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
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


# The whole guide is every chapter once more, and each is looked at on its own page.
ONE_CHAPTER = """() => document.querySelectorAll(".book-chapter, .book-sources li").forEach((one, place) => {
  if (place > 0) one.remove();
})"""


# Contrast is most of what axe takes its time for, and texts painted alike have the same: of those with the same
# element, classes, colours and letters all the way up, that are as much seen and said, it looks at one. Every other
# rule looks at everything.
PAINTED_ALIKE = r"""() => {
  const seen = new Map();
  const walk = (one, above) => {
    const style = getComputedStyle(one);
    const text = one.textContent.trim();
    const own = Array.from(one.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const kind = [above, one.localName, one.getAttribute("class"), one.type, style.color, style.backgroundColor,
      style.backgroundImage, style.opacity, style.visibility, style.display, style.position, style.fontSize,
      style.fontWeight, style.textShadow, one.checkVisibility(), own, text.length > 1, /[\p{L}\p{N}]/u.test(text),
      Boolean(one.value), one.disabled, one.control?.disabled, one.ariaDisabled, one.inert].join();
    if (!seen.has(kind)) one.dataset.look = seen.set(kind, seen.size).size;
    for (const below of [...(one.shadowRoot?.children ?? []), ...one.children]) walk(below, seen.get(kind));
  };
  walk(document.body, 0);
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
}"""
LOOK = r"""async (rules) => {
  const { violations } = await axe.run(rules);
  const everything = [document];
  for (const root of everything)
    for (const one of root.querySelectorAll("*")) {
      delete one.dataset?.look;
      if (one.shadowRoot) everything.push(one.shadowRoot);
    }
  // What axe does not look at: what explains a field is read out with it, and what names another thing finds it, once.
  const all = everything.map((root) => Array.from(root.querySelectorAll("*")));
  const named = (one, name) => one.getAttribute(name)?.split(/\s+/).filter(Boolean) ?? [];
  const own = all.flat().flatMap((one) => named(one, "aria-describedby"));
  const wrong = all.flatMap((each) => {
    const ids = Map.groupBy(each, (one) => one.id);
    return each.flatMap((one) => [
      one.matches(".hint[id], .field .hint") && !own.includes(one.id) && "explains no field",
      one.id && ids.get(one.id).length > 1 && "id used twice",
      ["for", "list", "form", "aria-controls", "aria-describedby", "aria-labelledby", "aria-owns", "headers"]
        .some((name) => named(one, name).some((id) => !ids.has(id))) && "names what is not there",
    ].filter(Boolean).map((what) => `${what}: ${one.outerHTML.slice(0, 200)}`));
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)).concat(wrong);
}"""


def violations(page) -> list[str]:
    page.evaluate(ONE_CHAPTER)
    add_style(page, STILL)
    page.evaluate(Axe().axe_script)
    page.evaluate(PAINTED_ALIKE)
    return [f"{page.url} {one}" for one in page.evaluate(LOOK, RULES)]


# Pages of a kind come from one template and differ in their words only.
OF_A_KIND = 3


def chosen(documents, project, scheme: str) -> list[str]:
    """What axe looks at. In light, in the default language: every page written by hand and some of
    each kind that is made from data. In the other languages, whose pages have the same headings, links
    and tables, and in dark: one of each kind."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for path, document in documents.items():
        first = path.split("/")[0]
        code = first if first in project.codes else project.default
        kind = next((one for one in document.find("html")[0].classes if one.startswith("page-")), "")
        if scheme == "light" and code == project.default:
            most = len(documents) if kind == "" else OF_A_KIND
        else:
            # The whole guide is all chapters once more: long, and nothing of its own.
            most = 0 if kind == "page-book" or (scheme == "dark" and code != project.default) else 1
        if seen.get((code, kind), 0) < most:
            seen[code, kind] = seen.get((code, kind), 0) + 1
            found.append(path)
    return found


@pytest.mark.parametrize("scheme, viewport", [("light", DESKTOP), ("dark", PHONE)], ids=["light", "dark"])
def test_no_violations(open_page, documents, project, scheme, viewport):
    page = open_page(color_scheme=scheme, viewport=viewport)
    start, found = page.url, []
    for path in chosen(documents, project, scheme):
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
    open_options(page)
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
