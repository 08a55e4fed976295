"""The style sheets: layers, parts, one definition of each rule and colour, one sheet a page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from guide.downloads import workbook
from guide.pages import styles
from guide.pages.styles import FIGURES, FOLDER, KINDS, LAYERS, PAPERS, own_sheets, paper_style, style_sheet
from guide.reading.colours import FILE, read_colours
from guide.reading.project import open_texts

LINES_OF_A_SHEET = 250
LINES = 7_720
LIGHTS = ("behind", "in-progress", "optimal")
# Where a rule holds: what opens a block that has rules in it.
_BLOCK = re.compile(r"@(media|supports|container|layer)\b")


class Rule(NamedTuple):
    """A rule of a sheet, with the conditions under which it holds."""

    conditions: tuple[str, ...]
    selector: str
    body: tuple[str, ...]


def rules(css: str, conditions: tuple[str, ...] = ()) -> Iterator[Rule]:
    """What a sheet says, white space and comments apart."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    start = 0
    while (opening := css.find("{", start)) >= 0:
        head = " ".join(css[start:opening].rpartition(";")[2].split())
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        inside = css[opening + 1 : end - 1]
        if _BLOCK.match(head):
            yield from rules(inside, (*conditions, head))
        else:
            yield Rule(conditions, head, tuple(" ".join(line.split()) for line in inside.split(";") if line.strip()))
        start = end


def named() -> dict[str, Path]:
    return {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in sorted(FOLDER.rglob("*.css"))}


def test_every_sheet_is_of_a_layer_and_of_a_page():
    used = {*styles._EVERY, *own_sheets(*KINDS)}
    used |= {name for sheets in (*PAPERS.values(), *styles.BESIDE.values()) for name in sheets}
    assert used == set(named())
    assert {name.partition("/")[0] for name in used} == set(LAYERS)
    # Joined, a brace too many would take the rest of the page's rules with it.
    for name, path in named().items():
        css = path.read_text("utf-8")
        assert css.count("{") == css.count("}"), name


def test_sheets_stay_short():
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in named().items()}
    assert {name: count for name, count in lines.items() if count > LINES_OF_A_SHEET} == {}
    assert sum(lines.values()) <= LINES


def test_no_rule_is_written_twice():
    """Neither the same rule in two places, nor what a rule of some length says under two selectors."""
    paper = "@media print"
    found = [
        (name, rule)
        for name, path in named().items()
        for rule in rules(path.read_text("utf-8"), (paper,) if name.startswith("print/") else ())
    ]
    assert len(found) > 500
    # A document has a rule of its own for what a page has too, since it may be a file of its own: not to the letter.
    twice = Counter(rule for _, rule in found)
    assert [rule for rule, count in twice.items() if count > 1] == []
    bodies = Counter((rule.conditions, tuple(sorted(rule.body))) for _, rule in found if len(rule.body) > 2)
    assert [body for body, count in bodies.items() if count > 1] == []
    once = Counter((name, rule.conditions, rule.selector) for name, rule in found if not rule.selector.startswith("@"))
    assert [one for one, count in once.items() if count > 1] == []


def test_the_order_of_layers_is_said_once_and_first():
    for css in (*(style_sheet(kind) for kind in KINDS), *(paper_style(kind) for kind in PAPERS)):
        assert css.startswith("@layer base, part, page, state, print;\n")
        assert re.findall(r"@layer ([a-z, ]+)", css) == [", ".join(LAYERS), *(f"{layer} " for layer in LAYERS)]
        # Nothing stands outside a layer but the colours of a document: it would win over everything.
        outside = {rule.selector for rule in rules(css) if not any(one.startswith("@layer") for one in rule.conditions)}
        assert outside <= {":root, :host"}


def test_a_page_has_one_sheet(documents, site: Path):
    used = set()
    for path, document in documents.items():
        sheet, *beside = [one["href"] for one in document.find("link", rel="stylesheet")]
        # Drawings have their sheet beside that of the kind, on the pages that have any.
        assert len(beside) <= 1 and all(one.endswith(FIGURES) for one in beside), path
        used.add(sheet.rpartition("/")[2].removesuffix(".css"))
        assert sheet.endswith(".css"), path
    assert used == set(KINDS)
    published = {path.relative_to(site).as_posix() for path in site.rglob("*.css")}
    assert published == {FIGURES, *(f"assets/styles/{kind}.css" for kind in KINDS)}
    for kind in KINDS:
        assert (site / f"assets/styles/{kind}.css").read_text("utf-8") == style_sheet(kind)
        assert "/*" not in style_sheet(kind)


def test_a_colour_is_named_in_one_place():
    for name, path in named().items():
        if path == FILE:
            continue
        values = " ".join(value for rule in rules(path.read_text("utf-8")) for value in rule.body)
        assert not re.search(
            r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(|\b(?:white|black)(?!-)\b", values
        ), name
    known = re.findall(r"^  --([a-z-]+):", FILE.read_text("utf-8"), re.MULTILINE)
    assert list(read_colours()) == known
    assert len(known) == len(set(known)) > 20


@pytest.mark.parametrize("kind", PAPERS)
def test_documents_have_the_colours_of_pages_in_light(open_page, browser, kind):
    """On a page that is dark, too: paper is light."""
    # Those of no area: a document goes its own ways.
    page = open_page("acerca/", color_scheme="light")
    on_screen = page.evaluate(COLOURS, list(read_colours()))
    css = str(paper_style(kind))
    alone = browser.new_page()
    alone.set_content(f"<style>{css}</style><article class=report><p>1</p></article>")
    assert alone.evaluate(COLOURS, list(read_colours())) == on_screen
    alone.close()
    dark = open_page("autoevaluacion/acuerdos/", color_scheme="dark")
    assert dark.evaluate(COLOURS, list(read_colours())) != on_screen
    inside = dark.evaluate(
        """([css, names]) => {
          const host = document.body.appendChild(document.createElement("div"));
          host.attachShadow({ mode: "open" }).innerHTML = "<p class=report></p>";
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          host.shadowRoot.adoptedStyleSheets = [sheet];
          const one = host.shadowRoot.querySelector("p");
          return names.map((name) => {
            one.style.color = `var(--${name})`;
            return getComputedStyle(one).color;
          });
        }""",
        [css, list(read_colours())],
    )
    assert inside == on_screen


COLOURS = """(names) => names.map((name) => {
  const one = document.body.appendChild(document.createElement("i"));
  one.style.color = `var(--${name})`;
  return getComputedStyle(one).color;
})"""


def test_the_workbook_has_the_lights_of_pages(content, project):
    """Letters and ground of each light, as the rules for cells of a list have them."""
    code = project.default
    texts = open_texts(project, code)
    file = openpyxl.load_workbook(io.BytesIO(workbook.write(content, texts)))
    found = set()
    for sheet in file:
        for cells in sheet.conditional_formatting:
            for rule in cells.rules:
                if rule.dxf and rule.dxf.font and rule.dxf.fill and rule.dxf.font.color and rule.dxf.fill.bgColor:
                    found.add((rule.dxf.font.color.rgb, rule.dxf.fill.bgColor.rgb))
    colours = read_colours()
    as_excel = lambda name: "FF" + colours[name].light[1:].upper()  # noqa: E731
    assert {(as_excel(light), as_excel(f"{light}-soft")) for light in LIGHTS} <= found


# Borders that cannot be seen, and what they become where colours are forced.
UNSEEN = """() => [...document.querySelectorAll("body :not([aria-current])")].filter((one) => {
  const { borderBottomWidth: width, borderBottomStyle: style, borderBottomColor: colour } = getComputedStyle(one);
  return parseFloat(width) > 1 && style === "solid" && colour === "rgba(0, 0, 0, 0)";
})"""
SEEN = f"""() => {{ window.unseen = ({UNSEEN})(); return window.unseen.length; }}"""
BECAME = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const canvas = getComputedStyle(probe).color;
  return window.unseen.filter((one) => getComputedStyle(one).borderBottomColor !== canvas).map((one) => one.outerHTML.slice(0, 200));
}"""


def test_where_one_is_can_be_seen_in_forced_colours(open_page):
    """A line without colour, which keeps the room of the one that says so, is not drawn there."""
    paths = (
        "",
        "consideraciones/genero/",
        "autoevaluacion/acuerdos/",
        "autoevaluacion/resultados/",
        "directorio/redes/",
    )
    page = open_page("acerca/")
    start, looked_at = page.url.removesuffix("acerca/"), 0
    for path in paths:
        page.emulate_media(forced_colors="none")
        page.goto(start + path)
        looked_at += page.evaluate(SEEN)
        page.emulate_media(forced_colors="active")
        assert page.evaluate(BECAME) == [], path
    assert looked_at > 20
    page.goto(f"{start}autoevaluacion/resultados/")
    here, other = (page.locator(f".path-steps {one}").first for one in (".here", "li:not(.here)"))
    colour = "one => getComputedStyle(one).borderBottomColor"
    assert here.evaluate(colour) != other.evaluate(colour)
