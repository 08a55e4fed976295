"""Where links lead: what they name stands at the top of the screen, and has the focus where it can.

Drivers scroll by themselves before they press something, so links are pressed from within the page or by keyboard.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from tests.conftest import PHONE, add_style
from tests.scripts.test_assessment import open_options, radio, show_all, slot

SCREEN = {"width": 1366, "height": 768}
QUICK = "autoevaluacion/rapida/"
# Until nothing moves for a while, whatever moves it, and all pieces of a long guide are laid out: between a piece and
# the next frame the page says where things were.
STILL = """() => new Promise((done) => {
  let last = "", same = 0;
  const look = () => {
    const now = `${scrollY}/${document.documentElement.scrollHeight}`;
    same = now === last ? same + 1 : 0;
    last = now;
    const pieces = document.querySelector(".book-chapter:not([data-laid-out]), .book-sources:not([data-laid-out])");
    if (same > 12 && !pieces) done(); else requestAnimationFrame(look);
  };
  look();
})"""
TOP = """(id) => {
  const { scrollHeight } = document.documentElement;
  const top = Math.round(document.getElementById(id).getBoundingClientRect().top);
  // What stands in the last screenful cannot come to the top.
  return scrollY + innerHeight >= scrollHeight - 1 && top > 60 && top < innerHeight ? 60 : top;
}"""


@pytest.fixture(params=[PHONE, SCREEN], ids=["phone", "desktop"])
def moving(request, open_page) -> Page:
    """A page whose browser does not ask for less motion."""
    return open_page(viewport=request.param, reduced_motion="no-preference")


def landed(page: Page, id: str) -> int:
    page.evaluate(STILL)
    return page.evaluate(TOP, id)


def press(page: Page, selector: str) -> str:
    """Presses a link without scrolling to it first; gives the id it names."""
    return page.evaluate(
        "selector => { const link = document.querySelector(selector); link.click(); return link.hash.slice(1) }",
        selector,
    )


def test_addresses_land(moving: Page, address: str, content: Content):
    lists = [f"autoevaluacion/{one.id}/#{one.criteria[at].id}" for one in content.checklists[:3] for at in (6, -1)]
    places = [
        *lists,
        f"autoevaluacion/{content.checklists[0].id}/#niveles",
        "directorio/redes/#eurocities",
        "directorio/redes/#iccar",
        "directorio/practicas/#region-europe",
        "directorio/practicas/#medellin-aci",
        "glosario/#paradiplomacia",
        "bibliografia/#sre-presentacion",
        "guia-completa/#consideraciones-genero",
        "en/directorio/redes/#c40",
        *([f"{QUICK}#resultado"] if moving.viewport_size == PHONE else []),
    ]
    wrong = {}
    for place in places:
        moving.goto("about:blank")
        moving.goto(address + place)
        id = place.split("#")[1]
        if not 0 <= (top := landed(moving, id)) <= 60:
            wrong[place] = top
    assert wrong == {}


def test_links_inside_a_page_land(moving: Page, address: str, content: Content):
    checklist = content.checklists[0]
    pages = {
        QUICK: [".section-map li:nth-child(2) a", ".section-map li:last-child a"],
        f"autoevaluacion/{checklist.id}/": [".map li:nth-child(5) a", ".map li:last-child a"],
        "glosario/": [".glossary-letters li:nth-child(8) a", '.glossary-links a[href^="#"]'],
        "guia-completa/": ['main li a[href^="#"]', 'main li:last-child a[href^="#"]'],
        "consideraciones/genero/": [".toc li:nth-child(4) a", ".toc li:last-child a"],
        "directorio/redes/": [".lead a"],
    }
    if moving.viewport_size == PHONE:
        pages[QUICK].append(".result-bar a")
    wrong = {}
    for path, selectors in pages.items():
        moving.goto(address + path)
        for selector in selectors:
            moving.evaluate("scrollTo(0, 0)")
            if not 0 <= (top := landed(moving, press(moving, selector))) <= 60:
                wrong[path, selector] = top
    assert wrong == {}


def test_by_keyboard_the_next_stop_follows_the_place(moving: Page, address: str, content: Content):
    checklist = content.checklists[0]
    moving.goto(f"{address}autoevaluacion/{checklist.id}/")
    show_all(moving)
    last = checklist.criteria[-1].id
    moving.evaluate("document.querySelector('.map li:last-child a').focus({preventScroll: true})")
    moving.keyboard.press("Enter")
    assert 0 <= landed(moving, last) <= 60
    expect(moving.locator(f"#{last}")).to_be_focused()
    moving.keyboard.press("Tab")
    assert moving.evaluate("document.activeElement.name") == last
    # Back is where one was.
    moving.mouse.wheel(0, -3000)
    moving.wait_for_function("top => document.getElementById(top).getBoundingClientRect().top > 1000", arg=last)
    moving.evaluate(STILL)
    before = moving.evaluate("scrollY")
    press(moving, ".map li:nth-child(2) a")
    assert 0 <= landed(moving, checklist.criteria[1].id) <= 60
    moving.go_back()
    moving.evaluate(STILL)
    # Browsers return to where one was, or to what the address names.
    assert abs(moving.evaluate("scrollY") - before) < 3 or 0 <= landed(moving, last) <= 60
    moving.go_forward()
    moving.evaluate(STILL)
    assert 0 <= landed(moving, checklist.criteria[1].id) <= 60


def test_next_lands_on_what_is_not_answered(moving: Page, address: str, content: Content):
    moving.goto(address + QUICK)
    show_all(moving)
    ids = [one.id for checklist in content.checklists for one in checklist.quick]
    moving.evaluate("ids => ids.forEach((id) => document.querySelector(`[name=${id}]`).click())", ids[:-3])
    moving.reload()
    moving.evaluate("scrollTo(0, 0)")
    moving.evaluate(
        "Array.from(document.querySelectorAll('[data-action=next-unanswered]')).find(one => one.offsetParent).click()"
    )
    assert 0 <= landed(moving, ids[-3]) <= 60
    expect(radio(moving, ids[-3], 0)).to_be_focused()


def test_a_link_to_what_a_filter_hides_shows_it(moving: Page, address: str, content: Content):
    moving.goto(f"{address}directorio/redes/#eurocities")
    query = moving.locator('[data-slot="query"]')
    query.fill("xqzw")
    expect(moving.locator("#eurocities")).to_be_hidden()
    # An address that is shared leads to what it shows: it names no entry that is filtered out.
    moving.wait_for_url("**/redes/?q=xqzw")
    moving.evaluate(
        """() => { const link = document.createElement("a"); link.href = "#eurocities"; link.id = "again";
        document.querySelector(".lead").append(link) }"""
    )
    press(moving, "#again")
    assert 0 <= landed(moving, "eurocities") <= 60
    expect(query).to_have_value("")
    expect(moving.locator("#eurocities")).to_be_visible()
    moving.goto(f"{address}glosario/")
    moving.locator("#filtro").fill("xqzw")
    moving.evaluate("location.hash = 'paradiplomacia'")
    assert 0 <= landed(moving, "paradiplomacia") <= 60
    expect(moving.locator("#paradiplomacia")).to_be_visible()
    # The address is the same: pressing the link again changes nothing in it.
    moving.locator("#filtro").fill("xqzw")
    moving.evaluate(
        """() => { const link = document.createElement("a"); link.href = "#paradiplomacia"; link.id = "again";
        document.querySelector(".lead").append(link) }"""
    )
    press(moving, "#again")
    assert 0 <= landed(moving, "paradiplomacia") <= 60
    expect(moving.locator("#paradiplomacia")).to_be_visible()
    checklist = content.checklists[0]
    moving.goto(f"{address}autoevaluacion/{checklist.id}/")
    open_options(moving)
    slot(moving, "filter").select_option("behind")
    press(moving, ".map li:nth-child(6) a")
    assert 0 <= landed(moving, checklist.criteria[5].id) <= 60
    expect(moving.locator(f"#{checklist.criteria[5].id}")).to_be_visible()
    # What is filtered out does not come back by loading the page again.
    moving.goto(f"{address}directorio/redes/?q=xqzw")
    expect(moving.locator("#eurocities")).to_be_hidden()


def test_a_place_stays_while_the_page_above_it_grows(moving: Page, address: str, content: Content):
    checklist = content.checklists[0]
    moving.goto(f"{address}autoevaluacion/{checklist.id}/#{checklist.criteria[4].id}")
    add_style(moving, ".lead { padding-block-end: 40rem } .assessment { overflow-anchor: none }")
    assert 0 <= landed(moving, checklist.criteria[4].id) <= 60


def test_a_place_stays_while_a_slow_page_still_grows(moving: Page, address: str):
    moving.goto(f"{address}glosario/#paradiplomacia")
    add_style(moving, "* { overflow-anchor: none !important }")
    for _ in range(3):
        moving.wait_for_timeout(1200)
        moving.evaluate(
            "document.querySelector('.lead').before(Object.assign(document.createElement('p'), "
            "{style: 'block-size: 30rem'}))"
        )
    assert 0 <= landed(moving, "paradiplomacia") <= 60


@pytest.mark.parametrize("path", ["directorio/redes/#%", "glosario/#%E0%A4%A", "autoevaluacion/rapida/#%", "#%"])
def test_an_address_that_means_nothing_breaks_nothing(open_page, path):
    page = open_page(path)
    expect(page.locator("h1").first).to_be_visible()
    page.evaluate("location.hash = '%zz'")


def test_the_other_language_opens_at_the_same_entry(moving: Page, address: str):
    moving.goto(f"{address}glosario/#paradiplomacia")
    moving.evaluate(STILL)
    press(moving, "a[data-language]")
    moving.wait_for_url("**/en/glosario/#*")
    assert moving.url.endswith("#paradiplomacia")
    assert 0 <= landed(moving, "paradiplomacia") <= 60
