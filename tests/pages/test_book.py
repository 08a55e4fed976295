"""The page of all chapters: nothing lost, nothing twice, links that stay on it, a book on paper."""

from __future__ import annotations

import unicodedata
from urllib.parse import urljoin, urlsplit

import pytest
from pypdf import PdfReader

from guide.model.content import Content
from guide.model.site_pages import BIBLIOGRAPHY_PAGE, BOOK_PAGE
from guide.pages import reading_time
from guide.pages.book import BookWriter, Chapter
from guide.reading.project import Project, open_texts
from tests.conftest import Listed
from tests.documents import Document
from tests.sheets_of_paper import beginning

PAGE = BOOK_PAGE.removesuffix(".md") + "/"
BIBLIOGRAPHY = BIBLIOGRAPHY_PAGE.removesuffix(".md")


def in_language(path: str, code: str, project: Project) -> str:
    return path if code == project.default else f"{code}/{path}"


def inside(document: Document, tag: str, holder) -> list:
    return [one for one in document.find(tag) if holder in one.inside]


def anchor(path: str, id: str = "") -> str:
    return path.rstrip("/").replace("/", "-") + (f"_{id}" if id else "")


def test_it_holds_every_chapter_in_order_with_all_its_words(documents, chapters: list[Listed], project):
    for code in project.codes:
        whole = documents[in_language(PAGE, code, project)]
        held = whole.find("section", class_="book-chapter")
        assert len(held) == len(chapters)
        for one, section in zip(chapters, held):
            document = documents[in_language(one.path, code, project)]
            (article,) = document.find("article")
            (time,) = document.find("p", class_="reading-time")
            assert section.text == article.text.replace(f" {time.text} ", " ", 1)
            for tag in ("table", "li", "h2"):
                there = {"h2": "h4"}.get(tag, tag)
                assert len(inside(whole, there, section)) == len(inside(document, tag, article))


def test_its_contents_name_every_chapter_under_its_section(documents, chapters, named, project):
    for code in project.codes:
        whole = documents[in_language(PAGE, code, project)]
        (contents,) = whole.find("nav", class_="book-contents")
        shown = [(one["href"], one.text) for one in inside(whole, "a", contents)]
        expected, section = [], None
        for one in chapters:
            if one.sections != section:
                section = one.sections
                expected.append(named(section[-1], code))
            expected.append(documents[in_language(one.path, code, project)].find("h1")[0].text)
        assert [text for _, text in shown[:-1]] == expected
        headings = {f"#{one['id']}": one.text for tag in ("h2", "h3") for one in whole.find(tag)}
        assert all(headings[target] == text for target, text in shown)


def test_a_link_to_what_it_holds_stays_on_it(documents, chapters, project):
    for code in project.codes:
        here = in_language(PAGE, code, project)
        whole = documents[here]
        held = {f"/{in_language(one.path, code, project)}": anchor(one.path) for one in chapters}
        held[f"/{in_language(BIBLIOGRAPHY + '/', code, project)}"] = BIBLIOGRAPHY
        for one, section in zip(chapters, whole.find("section", class_="book-chapter")):
            path = in_language(one.path, code, project)
            document = documents[path]
            (article,) = document.find("article")
            before = [
                urljoin(f"/{path}", link["href"])
                for link in inside(document, "a", article)
                if "term" not in link.classes
            ]
            after = [urljoin(f"/{here}", link["href"]) for link in inside(whole, "a", section)]
            for target, found in zip(before, after, strict=True):
                parts = urlsplit(target)
                if not parts.netloc and parts.path in held:
                    id = held[parts.path] + (f"_{parts.fragment}" if parts.fragment else "")
                    target = f"/{here}#{id}"
                assert found == target


def test_the_way_through_the_site_passes_it_by(documents, chapters, order: list[Listed], project):
    after = order[order.index(next(one for one in order if one.path == PAGE)) + 1]
    for code in project.codes:
        here = in_language(chapters[-1].path, code, project)
        (link,) = documents[here].find("a", rel="next")
        assert urljoin(f"/{here}", link["href"]) == f"/{in_language(after.path, code, project)}"
        whole = documents[in_language(PAGE, code, project)]
        assert not whole.find("a", rel="next") + whole.find("a", rel="prev")


def test_it_lists_the_sources_that_are_cited_and_no_other(documents, chapters, content: Content, project):
    for code in project.codes:
        cited = set()
        for one in chapters:
            document = documents[in_language(one.path, code, project)]
            (article,) = document.find("article")
            links = [link["href"] for link in inside(document, "a", article)]
            cited |= {link.partition("#")[2] for link in links if f"{BIBLIOGRAPHY}/#" in link}
        whole = documents[in_language(PAGE, code, project)]
        listed = [one["id"].removeprefix(f"{BIBLIOGRAPHY}_") for one in whole.find("li") if one["id"]]
        assert set(listed) == cited < set(content.sources)
        order = [one["id"] for one in documents[in_language(f"{BIBLIOGRAPHY}/", code, project)].find("li") if one["id"]]
        assert listed == [one for one in order if one in cited]


def test_a_chapter_says_how_long_it_is_and_nothing_else_does(documents, chapters, project):
    for code in project.codes:
        says = open_texts(project, code)["book"]["reading_other"]
        expected = {}
        for one in chapters:
            path = in_language(one.path, code, project)
            (article,) = documents[path].find("article")
            words = article.text.split()
            (time,) = documents[path].find("p", class_="reading-time")
            expected[path] = time.text
            # Punctuation is counted a little differently: a minute either way.
            about = len(words) / reading_time.WORDS_A_MINUTE
            assert time.text in {says.replace("{count}", str(round(about) + more)) for more in (-1, 0, 1)}
        found = {
            path: one.text
            for path, document in documents.items()
            if path.split("/")[0] == code or (code == project.default and path.split("/")[0] not in project.codes)
            for one in document.find("p", class_="reading-time")
        }
        assert found == expected


@pytest.mark.parametrize("words, minutes", [(0, 1), (1, 1), (200, 1), (290, 1), (310, 2), (1600, 8)])
def test_minutes_are_whole_and_at_least_one(words, minutes):
    assert reading_time.minutes('<p class="a b c">' + "<em>voz</em> " * words + "</p>") == minutes


def write(content: Content, project: Project, *chapters: Chapter) -> Document:
    """The page of these chapters, as it stands beside them in the site's root."""
    writer = BookWriter(
        content,
        open_texts(project, project.default),
        page_url=lambda target: f"../{target.replace('.md', '/')}",
        address=lambda url: f"../{url}",
    )
    return Document(writer.book(chapters).html)


def test_only_ids_links_and_headings_change(content, project):
    source = next(iter(content.sources))
    one = f"""<h2 id="plan">Plan</h2>
<p data-id="plan" title="id='x'">Escriba id="plan" y href="./" &lt;h2&gt; tal cual.</p>
<p><a href="#plan">1</a> <a href="../b/#plan">2</a> <a href="../b/">3</a> <a href="../../bibliografia/#{source}">4</a></p>
<p><a href="../../autoevaluacion/">5</a> <a href="https://example.org/#plan">6</a> <a href="mailto:x@example.org">7</a></p>
<p><img alt="" src="../../assets/x.svg"><a href="../../assets/x.svg">8</a> <a href="../../">9</a></p><h5>Hondo</h5>"""
    other = '<h2 id="plan">Otro</h2>'
    document = write(
        content,
        project,
        Chapter("f/a.md", "f/a/", "F", "A", project.default, one),
        Chapter("f/b.md", "f/b/", "F", "B", "xx", other),
    )
    assert [one["id"] for one in document.find("h4")] == ["f-a_plan", "f-b_plan"]
    assert [one["href"] for one in document.find("a") if one.text.isdigit()] == [
        "#f-a_plan", "#f-b_plan", "#f-b", f"#bibliografia_{source}", "../autoevaluacion/",
        "https://example.org/#plan", "mailto:x@example.org", "../assets/x.svg", "../",
    ]  # fmt: skip
    assert document.find("img")[0]["src"] == "../assets/x.svg"
    (paragraph,) = [one for one in document.find("p") if one["data-id"]]
    assert (paragraph["data-id"], paragraph["title"]) == ("plan", "id='x'")
    assert paragraph.text == 'Escriba id="plan" y href="./" <h2> tal cual.'
    assert [one.text for one in document.find("h6")] == ["Hondo"]
    assert [one["id"] for one in document.find("li") if one["id"]] == [f"bibliografia_{source}"]
    assert [one["lang"] for one in document.find("section")] == [None, "xx"]


def letters(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def test_on_paper_it_is_a_book(open_page, documents, chapters, project, tmp_path):
    page = open_page(PAGE, java_script_enabled=False)
    page.pdf(path=tmp_path / "x.pdf", format="Letter")
    # Without spaces: where letters are moved together, one may be read inside a word.
    cover, *sheets = PdfReader(tmp_path / "x.pdf").pages
    pages = [letters(cover.extract_text()), *(letters(beginning(one)) for one in sheets)]
    texts = open_texts(project, project.default)
    assert pages[0].startswith(letters(texts["site"]["name"])) and letters(texts["site"]["licence"]) in pages[0]
    # No page without its number but the first.
    for number, text in enumerate(pages[1:], 2):
        assert text.startswith(f"{number}"), text[:80]
        pages[number - 1] = text.removeprefix(f"{number}")
    assert pages[1].startswith(letters(texts["book"]["contents"]))
    # Every chapter begins a page, under the name of its section where it is the first of it.
    begins, place = [], 1
    for before, one in zip([None, *chapters], chapters):
        title = documents[one.path].find("h1")[0].text
        first = title if before and before.sections == one.sections else f"{one.sections[-1]} {title}"
        place = next(at for at in range(place + 1, len(pages)) if pages[at].startswith(letters(first)))
        begins.append(place)
    assert len(set(begins)) == len(chapters) and begins[0] == 2
