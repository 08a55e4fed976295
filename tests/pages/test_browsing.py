"""Search, light and dark, and how pages fit their screens."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from guide.reading.project import Project, open_texts
from tests.conftest import CASE_FILES, DESKTOP, PHONE

SEARCHES = yaml.safe_load((CASE_FILES / "search-cases.yml").read_text("utf-8"))


def search(page: Page, words: str) -> list[tuple[str, str]]:
    """Addresses and texts of the results."""
    page.locator("#buscador-palabras").fill(words)
    expect(page.locator("#buscador-estado")).not_to_have_text("")
    results = page.locator(".search-results li")
    results.first.wait_for()
    return [(one.get_attribute("href"), one.text_content()) for one in results.locator("a").all()]


def open_search(page: Page) -> None:
    page.locator('[data-action="search"]').click()
    expect(page.locator("#buscador")).to_have_attribute("data-found", "texts")


def test_search_does_not_mind_accents_and_marks(open_page):
    page = open_page()
    open_search(page)
    for plain, written in (("genero", "género"), ("existe", "¿Existe"), ("evaluacion", "Evaluación")):
        assert search(page, plain) == search(page, written)
        marked = {one.casefold() for one in page.locator(".search-results mark").all_text_contents()}
        assert {plain, written.strip("¿").casefold()} & marked
    # The chapter or its checklist before the definition.
    first = search(page, "genero")[0][1]
    assert "Género" in first and "Glosario" not in first


def test_each_language_finds_its_own_pages(open_page, project: Project):
    for code in project.codes:
        start = "" if code == project.default else f"{code}/"
        page = open_page(start)
        open_search(page)
        title = open_texts(project, code)["bibliography"]["title"]
        assert title in search(page, title)[0][1]
        others = "".join(f"/{other}/" for other in project.codes if other not in (code, project.default))
        assert not any(others and others in address for address, _ in search(page, "2030"))
        page.locator(".search-results a").first.click()
        expect(page.locator("html")).to_have_attribute("lang", code)


@pytest.mark.parametrize("code", SEARCHES)
def test_what_people_type_leads_where_they_want(open_page, address, code, project: Project):
    page = open_page("" if code == project.default else f"{code}/")
    open_search(page)
    wrong = {}
    for words, wanted in SEARCHES[code].items():
        page.locator("#buscador-palabras").fill(words)
        results = page.eval_on_selector_all(".search-results a", "links => links.map((one) => one.href)")
        found = results[0].removeprefix(address) if results else None
        if found != wanted and ("#" in wanted or not found or found.split("#")[0] != wanted):
            wrong[words] = (found, wanted)
    assert wrong == {}


def test_search_marks_only_words_that_were_asked_for(open_page):
    page = open_page()
    open_search(page)
    search(page, "quien firma un convenio")
    marked = set(page.eval_on_selector_all(".search-results mark", "all => all.map((one) => one.innerText)"))
    assert marked
    begin = ("firm", "conven", "acuerd")
    assert {one for one in marked if not one.casefold().startswith(begin)} == set()


def test_search_says_when_no_page_has_all_the_words(open_page, project):
    words = open_texts(project, project.default)["search"]
    page = open_page()
    open_search(page)
    results = search(page, "hermanamiento xqzwk")
    said = words["some"].replace("{query}", "hermanamiento xqzwk").replace("{count}", str(len(results)))
    expect(page.locator("#buscador-estado")).to_have_text(said)


def test_search_begins_with_titles(open_page, site: Path, project: Project):
    for code in project.codes:
        assert len(gzip.compress((site / f"search/{code}-titles.js").read_bytes())) < 25_000
    page = open_page()
    held = []
    page.route("**/search/es.js", lambda route: held.append(route))
    page.locator('[data-action="search"]').click()
    expect(page.locator("#buscador")).to_have_attribute("data-found", "titles")
    assert search(page, "sister city")[0][0].endswith("vinculos/hermanamientos/")
    expect(page.locator(".search-results mark")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("#buscador")).to_have_attribute("data-found", "texts")
    expect(page.locator(".search-results mark").first).to_be_visible()


@pytest.mark.parametrize("script", ["assets/bundles/search.js", "search/es-titles.js", "assets/vendor/minisearch.js"])
def test_search_that_cannot_be_loaded_says_so_and_tries_again(browser, address, project, script):
    # The browser says in its console that the script is not there.
    page = browser.new_page()
    page.goto(address)
    page.route(f"**/{script}", lambda route: route.abort())
    page.locator('[data-action="search"]').click()
    failed = open_texts(project, project.default)["search"]["failed"]
    expect(page.locator("#buscador-estado")).to_have_text(failed)
    page.unroute(f"**/{script}")
    page.keyboard.press("Escape")
    open_search(page)
    assert search(page, "genero")
    page.context.close()


def test_search_by_keyboard(open_page, project):
    page = open_page("acerca/")
    page.keyboard.press("Control+k")
    expect(page.locator("#buscador-palabras")).to_be_focused()
    page.keyboard.type("hermanamiento")
    page.locator(".search-results a").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#buscador")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.locator("#buscador-palabras").fill("xqzw")
    none = open_texts(project, project.default)["search"]["none"].replace("{query}", "xqzw")
    expect(page.locator("#buscador-estado")).to_have_text(none)


def test_nothing_of_the_search_is_loaded_before_it_is_used(open_page):
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if "search/" in url or "minisearch" in url]
    open_search(page)
    search(page, "red")
    assert [url for url in asked if "search/" in url]


def test_light_and_dark(open_page):
    page = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.locator('[data-action="theme"]:visible').click()
    light = page.evaluate(ground)
    assert light == "rgb(255, 255, 255)" != dark
    page.reload()
    assert page.evaluate(ground) == light
    page.locator('[data-action="theme"]:visible').click()
    assert page.evaluate(ground) == dark
    page.emulate_media(media="print")
    assert page.evaluate(ground) == light


# A page in a frame, made wider step by step: what is wider than its frame, and on a phone than its place in the page.
FITS = """([path, widths, phone]) => new Promise((done) => {
  const frame = document.createElement("iframe");
  Object.assign(frame.style, { position: "fixed", left: "-3000px", width: `${widths[0]}px`, height: "800px", border: 0 });
  frame.addEventListener("load", () => {
    const wide = [];
    for (const width of widths) {
      frame.style.width = `${width}px`;
      const page = frame.contentDocument;
      if (page.documentElement.scrollWidth > width) wide.push([path, width]);
      if (width !== phone) continue;
      for (const box of page.querySelectorAll(".table-scroll:not(:has(th:nth-child(3)))"))
        if (box.scrollWidth > box.clientWidth + 1) wide.push([path, box.innerText]);
    }
    frame.remove();
    done(wide);
  });
  frame.src = path;
  document.body.append(frame);
})"""


def test_every_page_fits_its_screen_whatever_its_width(open_page, documents, address):
    """No page is wider than the screen, and on a phone no table of two columns wider than its place. Each page is
    opened once, on the narrowest, and then made wider."""
    page = open_page("404.html")
    widths, wrong = [320, PHONE["width"], 768, 1280, 1920], []
    for path in documents:
        wrong += page.evaluate(FITS, [address + path, widths, PHONE["width"]])
    assert wrong == []


def test_a_table_that_goes_on_is_as_narrow_as_it_can_be_and_fits_again(open_page):
    """Its cells do not become one long line each; on a wider screen nothing is left of it."""
    page = open_page("vinculos/redes/", viewport=PHONE)
    box = page.locator(".table-scroll:has(th:nth-child(3))").first
    goes_on = re.compile(r"\bgoes-on-after\b")
    expect(box).to_have_class(goes_on)
    marked, plain = box.evaluate(
        """box => {
          const width = () => box.querySelector("table").offsetWidth;
          const marked = width();
          box.style.display = "block";
          const plain = width();
          box.style.display = "";
          return [marked, plain];
        }"""
    )
    assert marked == plain
    page.set_viewport_size(DESKTOP)
    expect(box).not_to_have_class(goes_on)


def test_skip_link(open_page):
    page = open_page("acerca/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#contenido")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_targets_are_large_enough_for_a_finger(open_page, content, viewport):
    """WCAG 2.2, 2.5.8: 24 px at least, links inside a sentence excepted."""
    page = open_page(viewport=viewport)
    start = page.url
    for path in (
        "",
        "autoevaluacion/",
        f"autoevaluacion/{content.checklists[0].id}/",
        "autoevaluacion/resultados/",
        "directorio/redes/",
    ):
        page.goto(start + path)
        small = page.evaluate(
            """() => Array.from(document.querySelectorAll(
            "button, select, summary, header a, nav a, .button, .door a, .facts a, label:has(input)"))
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24)
            .map((one) => one.outerHTML)"""
        )
        assert small == []


def test_search_on_a_page_that_does_not_exist(open_page, address, site):
    page = open_page("404.html")
    open_search(page)
    link, _ = search(page, "genero")[0]
    page.locator(".search-results a").first.click()
    expect(page).to_have_url(address + link.lstrip("/"))
