"""Every chapter has its drawing and a figure; figures read at any width, in every language, and say what the guide says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Browser

from guide.checks.corpus import numbers
from guide.model.content import Content
from guide.model.figures import DRAWINGS, placed
from guide.model.site_pages import BOOK_PAGE
from guide.pages import figures
from guide.pages.writer import Writer
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from tests.conftest import ROOT, Listed
from tests.documents import Document
from tests.pages.test_book import in_language
from tools.server import serve

# A chapter with its figures, as it is sent.
MOST_BYTES = 60_000
WIDTHS = (360, 1366)
OPENERS = ROOT / "hooks/guide/pages/openers"
# Every piece of text of a figure that is not inside it, or whose line is cut; hidden tables are opened first.
OUTSIDE = """() => {
  const found = [];
  for (const figure of document.querySelectorAll("figure.figure")) {
    figure.querySelectorAll("details").forEach((one) => { one.open = true; });
    const box = figure.getBoundingClientRect();
    const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || node.parentElement.closest(".visually-hidden")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const one of range.getClientRects())
        if (one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 1 || one.bottom > box.bottom + 1)
          found.push(`${figure.id}: ${node.data.trim()}`);
    }
  }
  return found;
}"""
# Words of the axis that lie on each other.
CROWDED = """() => [...document.querySelectorAll(".figure-ticks")].flatMap((axis) => {
  const boxes = [...axis.querySelectorAll("text")].map((one) => one.getBoundingClientRect());
  return boxes.slice(1).filter((one, at) => one.left < boxes[at].right).map(() => axis.closest("figure").id);
})"""


def in_chapters(
    documents: dict[str, Document], chapters: list[Listed], project: Project
) -> Iterator[tuple[str, str, Document]]:
    for code in project.codes:
        for one in chapters:
            yield code, one.path, documents[in_language(one.path, code, project)]


def drawn(document: Document) -> list:
    return document.find("figure", class_="figure")


def test_every_chapter_opens_with_a_drawing_of_its_own_and_has_a_figure(documents, chapters, project):
    assert len(chapters) == 21
    for _, path, document in in_chapters(documents, chapters, project):
        (opener,) = document.find("div", class_="opener")
        assert opener["aria-hidden"] == "true" and not opener.text
        assert (OPENERS / f"{path.strip('/').rpartition('/')[2]}.svg").is_file(), path
        assert drawn(document), path


def test_all_figures_are_placed_and_no_place_is_left_empty(documents, chapters, content: Content, project):
    for code in project.codes:
        found = [
            one["id"]
            for c, _, document in in_chapters(documents, chapters, project)
            if c == code
            for one in drawn(document)
        ]
        assert sorted(found) == sorted(f"figura-{id}" for id in content.figures)
    assert not [
        address
        for address, document in documents.items()
        if "{figure:" in document.source and "contribuir" not in address
    ]


def test_the_page_of_the_whole_guide_has_them_all_each_with_its_own_id(documents, chapters, content, project):
    for code in project.codes:
        whole = documents[in_language(BOOK_PAGE.removesuffix(".md") + "/", code, project)]
        assert len(drawn(whole)) == len(content.figures)
        assert len(whole.find("div", class_="opener")) == len(chapters)
        assert len(whole.ids) == len(set(whole.ids))


def test_a_figure_has_a_title_an_alternative_and_its_sources(documents, chapters, content, project):
    for code, _, document in in_chapters(documents, chapters, project):
        for one in drawn(document):
            figure = content.figures[one["id"].removeprefix("figura-")]
            inside = [each for each in document.elements if one in each.inside]
            (caption,) = [each for each in inside if each.tag == "figcaption"]
            assert caption.text == inline_markdown.plain(figure.title[code])
            said = [each["aria-label"] for each in inside if each["aria-label"]]
            said += [each.text for each in inside if each.tag == "caption"]
            assert inline_markdown.plain(figure.alternative[code]).replace(" %", "\u00a0%") in [
                text.replace(" %", "\u00a0%") for text in said
            ]
            for source in figure.sources:
                assert any((each["href"] or "").endswith(f"#{source}") for each in inside)
            # Shapes are silent: what they show is in words.
            assert all(
                each["aria-hidden"] == "true" or any(up["role"] == "img" for up in each.inside)
                for each in inside
                if each.tag == "svg"
            )
            assert not [each for each in inside if each.tag == "img" or each["style"]]


def test_pictures_of_data_come_with_the_table_of_their_data(documents, chapters, content, project):
    for _, _, document in in_chapters(documents, chapters, project):
        for one in drawn(document):
            kind = content.figures[one["id"].removeprefix("figura-")].kind
            rows = [each for each in document.find("tr") if one in each.inside]
            hidden = [each for each in document.find("details") if one in each.inside]
            assert bool(hidden) == (kind in ("bars", "map", "timeline", "units")), one["id"]
            assert not hidden or len(rows) > 1


def texts(value) -> Iterator[dict]:
    """Every text in several languages inside a drawing."""
    if isinstance(value, dict) and "es" in value:
        yield value
    else:
        for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from texts(below)


def test_a_figure_says_no_number_that_the_guide_does_not(documents, chapters, content: Content, project):
    """Data come from the chapters and from the data of the site, never from the figure alone."""
    counted = {
        str(sum(one.category == kind for one in content.catalogue.networks))
        for kind in {one.category for one in content.catalogue.networks}
    }
    for code in project.codes:
        everything = set(counted)
        for address, document in documents.items():
            if (address.split("/")[0] == "en") == (code == "en"):
                outside = document.source
                everything |= set(
                    numbers(re.sub(r"<figure class=\"figure .*?</figure>", " ", outside, flags=re.DOTALL))
                )
        for figure in content.figures.values():
            for said in texts(figure.drawing):
                odd = set(numbers(said[code])) - everything
                assert not odd, f"{figure.id}: {odd} in {said[code]!r}"


def test_bars_are_as_long_as_what_they_say(content: Content):
    for figure in content.figures.values():
        for group in figure.drawing["groups"] if figure.kind == "bars" else ():
            for bar in group["bars"]:
                (shown,) = numbers(bar["shown"]["es"])
                assert float(shown.replace(",", "")) in (
                    sum(p["value"] for p in bar["parts"]),
                    sum(p["value"] for p in bar["parts"]) / 1000,
                )


def test_the_weeks_of_the_twinning_calendar_follow_each_other(content: Content):
    rows = content.figures["calendario-hermanamiento"].drawing["rows"]
    at = 0.0
    for row in rows:
        (span,) = row["spans"]
        assert span["start"] == at
        at = span["end"]
        assert numbers(row["note"]["es"])[0] == f"{span['end'] - span['start']:g}"
    phases = [phase.weeks for phase in content.tools.twinning.phases]
    works = [
        span["end"] - span["start"]
        for row in rows
        for span in row["spans"]
        if (span["kind"] or "work") == "work" and not row["points"]
    ]
    assert works == phases and sum(phases) == 20 and at == 30


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_of_a_figure_leaves_it_at_any_width(browser: Browser, site, chapters, project, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    with serve(site) as url:
        for code in project.codes:
            for one in chapters:
                page.goto(url + in_language(one.path, code, project))
                assert page.evaluate(OUTSIDE) == []
                assert page.evaluate(CROWDED) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width, one.path
    page.close()


def test_a_chapter_with_its_figures_is_light(documents, chapters, project):
    for _, path, document in in_chapters(documents, chapters, project):
        assert len(document.source.encode()) <= MOST_BYTES, path


def test_the_drawings_have_two_tones_by_name_and_no_words():
    for path in OPENERS.glob("*.svg"):
        text = path.read_text("utf-8")
        assert len(text) < 4000
        assert not re.search(r"<text|<image|href|style=|\sid=|fill=|stroke=|#[0-9a-f]{3}", text), path.name


def test_every_kind_of_drawing_is_used_and_written_in_every_language(content: Content, project):
    assert {one.kind for one in content.figures.values()} == set(DRAWINGS)
    for code in project.codes:
        writer = figures.FigureWriter.of(Writer(content, open_texts(project, code), str))
        for one in content.figures.values():
            made = writer.figure(one)
            assert "\n" not in made and made.startswith('<figure class="figure ') and made.endswith("</figure>")


def test_a_place_is_filled_only_where_it_stands_alone(content: Content, project):
    writer = Writer(content, open_texts(project, "es"), str)
    id = next(iter(content.figures))
    made = figures.FigureWriter.of(writer).figure(content.figures[id])
    assert figures.fill_html(f"<p>{{figure:{id}}}</p>", writer) == made
    for html in (f"<p>Vea {{figure:{id}}}.</p>", "<p>{figure:no-hay}</p>", f"<p><code>{{figure:{id}}}</code></p>"):
        assert figures.fill_html(html, writer) == html
    assert figures.fill_markdown(f"Uno.\n\n    {{figure:{id}}}\n\nDos.", writer) == f"Uno.\n\n    {made}\n\nDos."
    text = f"{{figure:{id}}}\n\nVea {{figure:otra}}.\n"
    assert list(placed(text)) == [(0, id, True), (2, "otra", False)]
    # A line with nothing but spaces parts paragraphs too; one with words does not.
    text = "Uno.\n  \n{figure:a}\n \nDos.\n{figure:b}\n\n{figure:c}\nTres."
    assert list(placed(text)) == [(2, "a", True), (5, "b", False), (7, "c", False)]


def test_a_figure_left_behind_is_said_on_the_page_that_places_it(project):
    """The chapter names its figures among what it is made of."""
    chapter = (ROOT / "docs/es/vinculos/hermanamientos.md").read_text("utf-8")
    assert figures.used(chapter) == ("calendario-hermanamiento",)
    ledger = yaml.safe_load((ROOT / "data/translations/en.yml").read_text("utf-8"))
    assert "figures/calendario-hermanamiento.yml" in ledger
