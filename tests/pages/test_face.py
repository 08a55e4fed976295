"""The face: two small files of letters that move nothing, five hues that read in light and in the dark, a foot that is a place."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from guide.pages.areas import ICONS, area_of
from guide.reading.colours import read_colours
from tests.conftest import PHONE, ROOT, add_style

AREAS = tuple(area for area in ICONS if area)
FACES = ("source-sans-3.woff2", "bitter-700.woff2")
FONTS = ROOT / "overrides/assets/fonts"
A_PAGE_OF_EACH = {
    "guide": "fundamentos/por-que/",
    "assessment": "autoevaluacion/acuerdos/",
    "directory": "glosario/",
    "tools": "herramientas/plantillas/",
    "course": "curso/",
    "": "acerca/",
}
SPANISH = "ÁÉÍÓÚÜÑáéíóúüñ¿¡«»“”–—…%0123456789ÃÕÇâêôãõçà"


def light_of(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((light_of(one), light_of(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("area", AREAS)
def test_every_hue_reads(area, scheme):
    colours = {name: getattr(colour, scheme) for name, colour in read_colours().items()}
    grounds = [colours[name] for name in ("ground", "ground-soft", f"{area}-soft")]
    for words in (area, f"{area}-strong"):
        assert min(contrast(colours[words], ground) for ground in grounds) >= 4.5, words
        # Words on a filled button, also while it is pointed at.
        assert contrast(colours["on-accent"], colours[words]) >= 4.5, words
    assert contrast(colours["ink"], colours[f"{area}-soft"]) >= 7


def test_the_hues_are_five():
    for scheme in ("light", "dark"):
        assert len({getattr(read_colours()[area], scheme) for area in AREAS}) == len(AREAS) == 5


def test_a_section_is_one_area(order):
    """A new folder of pages has its line among the areas, whatever the section is called."""
    found: dict[str, set[str]] = {}
    for one in order:
        found.setdefault(one.sections[0] if one.sections else "", set()).add(area_of(f"{one.path.strip('/')}.md"))
    assert all(len(areas) == 1 for areas in found.values()), found
    assert {area for areas in found.values() for area in areas} == set(ICONS)


def test_pages_of_an_area_have_its_hue_and_say_its_name(open_page):
    page = open_page("acerca/")
    start = page.url.removesuffix("acerca/")
    found = {}
    for area, path in A_PAGE_OF_EACH.items():
        page.goto(start + path)
        assert page.locator("html").get_attribute("data-area") == (area or None)
        found[area] = page.locator(".masthead").evaluate("one => getComputedStyle(one).borderBottomColor")
        # Never the only sign: the section in use is named, and marked for whoever hears the page.
        current = page.locator(".sections [aria-current]")
        assert current.inner_text().strip() and current.locator("svg").count() == 1
    assert len(set(found.values())) == 6


def test_both_faces_are_small_and_are_there_in_time(open_page):
    assert sum((FONTS / name).stat().st_size for name in FACES) <= 30_000
    asked = []
    page = open_page("acerca/")
    page.on("request", lambda one: asked.append(one.url.rpartition("/")[2]))
    page.reload()
    page.evaluate("document.fonts.ready")
    # Letters of other languages are fetched where a page has any, and not before.
    assert sorted(one for one in asked if one.endswith(".woff2")) == sorted(FACES)
    for face in ("400 1rem 'Source Sans 3'", "700 1rem 'Source Sans 3'", "700 1rem Bitter"):
        assert page.evaluate("([face, text]) => document.fonts.check(face, text)", [face, SPANISH]), face
    page.evaluate("document.body.append('Ćwiczenia, Łódź, Ā')")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.wait_for_timeout(100)
    assert "source-sans-3-more.woff2" in asked
    assert {path.name for path in FONTS.glob("LICENSE-*")} == {"LICENSE-bitter.txt", "LICENSE-source-sans-3.txt"}


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1366, "height": 768}], ids=["phone", "laptop"])
def test_nothing_moves_when_the_faces_come(open_page, viewport):
    """What stands in until then is as wide and as high: with Arial in its place a chapter keeps its length."""
    page = open_page("fundamentos/por-que/", viewport=viewport)
    page.evaluate("document.fonts.ready")
    height = page.locator(".prose").bounding_box()["height"]
    add_style(page, ":root { --text: 'Text until then'; --display: 'Titles until then'; }")
    until_then = page.locator(".prose").bounding_box()["height"]
    assert abs(until_then - height) / height < 0.02


def test_a_chapter_opens_with_its_scene_set_large(open_page, chapters):
    page = open_page("acerca/")
    start = page.url.removesuffix("acerca/")
    for path in [one.path for one in chapters][::6]:
        page.goto(start + path)
        first = page.locator(".reading-time + p")
        size, face = first.evaluate(
            "one => [parseFloat(getComputedStyle(one).fontSize), getComputedStyle(one).fontFamily]"
        )
        assert size > 20 and face.startswith("Bitter")
        assert page.locator(".prose > .objectives").count() == 1


def test_a_chapter_has_two_tables_at_most(documents, chapters, project):
    # One shows papers as they look when they are filled in, tables and all.
    told = [one for one in chapters if one.path != "practica/caso-completo/"]
    for code in project.codes:
        for one in told:
            path = one.path if code == project.default else f"{code}/{one.path}"
            # Those of figures are folded beside them.
            tables = [
                table for table in documents[path].find("table") if not any(a.tag == "figure" for a in table.inside)
            ]
            assert len(tables) <= 2, path


def test_what_to_do_on_monday_prints_with_boxes_to_tick(open_page):
    page = open_page("fundamentos/capacidad/")
    items = page.locator("#lunes + ol > li")
    assert items.count() > 2
    look = "one => { const s = getComputedStyle(one, '::before'); return [s.content, s.borderTopWidth, s.borderRadius, s.width] }"
    assert items.first.evaluate(look)[0].startswith("counter")
    page.emulate_media(media="print")
    content, border, radius, width = items.first.evaluate(look)
    assert content.startswith('""') and float(border.removesuffix("px")) >= 1.5
    assert float(width.removesuffix("px")) >= 15 and not radius.startswith("50%")
    dashed = page.locator("#lunes").evaluate("one => getComputedStyle(one).borderTopStyle")
    assert dashed == "dashed"


def test_the_foot_leads_on(open_page, project):
    page = open_page("fundamentos/capacidad/")
    foot = page.locator("footer.footer")
    links = foot.locator("a").evaluate_all("all => all.map((one) => new URL(one.href).pathname + one.hash)")
    for path in ("acerca/", "acerca/#privacidad", "acerca/#licencia", "bibliografia/", "contribuir/"):
        assert any(one.endswith(path) for one in links), path
    assert any(one.endswith("/en/fundamentos/capacidad/") for one in links)
    # Right above it a chapter says when it was revised.
    expect(page.locator("main")).to_contain_text("Revisado en noviembre de 2026")
    assert len(foot.locator("[data-area]").all()) == 5
    sizes = foot.locator("a").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 24


@pytest.mark.parametrize("path", ["directorio/practicas/", "directorio/redes/"])
def test_entries_have_a_motif_a_number_and_a_place(open_page, path):
    page = open_page(path)
    entries = page.locator("[data-entry]")
    count = entries.count()
    assert entries.filter(has=page.locator(".motif svg")).count() == count
    assert entries.filter(has=page.locator(".entry-place, .entry-year")).count() > 0.8 * count
    if "practicas" in path:
        city = page.locator(".entry-city").first
        assert city.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") > 24
        assert page.locator(".entry-year").count() == count
