"""The e-book of the guide: what EPUB 3.3 asks of it, and that all of the guide is in it and leads somewhere."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from guide.downloads import epub
from guide.downloads.registry import EPUB
from guide.reading.project import Project, open_texts
from tests.conftest import SITE_URL

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
CODES = ("es", "en")


@pytest.fixture(scope="module", params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def book(site: Path, code: str) -> dict[str, bytes]:
    with zipfile.ZipFile(site / EPUB.address(code)) as archive:
        first, *_ = archive.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return {one.filename: archive.read(one) for one in archive.infolist()}


@pytest.fixture(scope="module")
def pages(book: dict[str, bytes]) -> dict[str, ET.Element]:
    """Every page of it, as a reader of XML takes it, by its name inside the book."""
    return {Path(name).name: ET.fromstring(data) for name, data in book.items() if name.endswith(".xhtml")}


def test_what_is_in_it_is_listed_once_and_in_order(book: dict[str, bytes], pages: dict[str, ET.Element], code: str):
    assert book["mimetype"] == b"application/epub+zip"
    root = ET.fromstring(book["META-INF/container.xml"])
    (path,) = [one.attrib["full-path"] for one in root.iter() if "full-path" in one.attrib]
    package = ET.fromstring(book[path])
    items = {one.attrib["id"]: one.attrib for one in package.iter(f"{OPF}item")}
    assert sorted(one["href"] for one in items.values()) == sorted({*pages, "style.css"})
    read = [items[one.attrib["idref"]]["href"] for one in package.iter(f"{OPF}itemref")]
    assert sorted(read) == sorted(pages) and read[:2] == ["title.xhtml", "contents.xhtml"]
    assert [one["href"] for one in items.values() if one.get("properties") == "nav"] == ["contents.xhtml"]
    drawn = {name for name, page in pages.items() if page.find(".//{http://www.w3.org/2000/svg}svg") is not None}
    assert {one["href"] for one in items.values() if one.get("properties") == "svg"} == drawn and len(drawn) >= 18
    said = {one.tag.rpartition("}")[2]: one.text for one in package.iter() if "purl.org" in one.tag}
    assert said["language"] == code and re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said["identifier"])
    assert all(said[name] for name in ("title", "creator", "rights", "date"))


def test_every_chapter_of_the_guide_and_every_source_is_in_it(documents, chapters, pages, project: Project, code: str):
    start = "" if code == project.default else f"{code}/"
    titles = [next(iter(documents[start + one.path].find("h1"))).text.strip() for one in chapters]
    contents = [" ".join("".join(one.itertext()).split()) for one in pages["contents.xhtml"].iter(f"{XHTML}a")]
    assert contents == [*titles, open_texts(project, code)["book"]["sources"]]
    whole = documents[f"{start}guia-completa/"]
    sources = [one for one in whole.find("li") if (one["id"] or "").startswith("bibliografia_")]
    there = {one.attrib.get("id") for one in pages["bibliografia.xhtml"].iter()}
    assert sources and {one["id"] for one in sources} <= there


def test_it_leads_only_to_what_is_there(pages: dict[str, ET.Element]):
    ids = {name: [one.attrib["id"] for one in page.iter() if "id" in one.attrib] for name, page in pages.items()}
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name])), name
        levels = [int(one.tag[-1]) for one in page.iter() if re.fullmatch(r"\{.*\}h[1-6]", one.tag)]
        assert levels[0] == 1 and levels.count(1) == 1, (name, levels)
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), (name, levels)
        for link in page.iter(f"{XHTML}a"):
            there = link.attrib.get("href")
            if there and ":" not in there:
                file, _, id = there.partition("#")
                assert file in pages and (not id or id in ids[file]), (name, there)
            elif there:
                assert there.startswith(("https://", "http://", "mailto:", "tel:")), (name, there)
    inside = [one for page in pages.values() for one in page.iter(f"{XHTML}a") if "#" in one.attrib.get("href", "")]
    assert len(inside) > 500
    assert any(one.attrib["href"].startswith(SITE_URL) for page in pages.values() for one in page.iter(f"{XHTML}a"))


def test_nothing_of_a_page_that_needs_scripts_is_in_it(book: dict[str, bytes]):
    for name, data in book.items():
        text = data.decode("utf-8")
        assert not re.search(r"<(script|button|template)\b| on[a-z]+=| data-| style=\"[^\"]*url", text), name


def test_the_same_day_gives_the_same_bytes(project: Project, monkeypatch: pytest.MonkeyPatch):
    html = (
        '<div class="book-part"><h2 id="parte-1">Uno & dos</h2><section class="book-chapter">'
        '<h3 id="a">A < B</h3><p>Vea <a href="#b">B</a>, <a href="#parte-1">la parte</a>, <a href="../x/">x</a>.<br>'
        '<img src="a.png" alt=""><input type="checkbox" disabled checked>'
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg></p></section><section class="book-chapter"><h3 id="b">B</h3>'
        "</section></div>"
    )
    made = epub.Book(html, "guia-completa/")
    texts = open_texts(project, "es")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first = epub.write(made, texts, SITE_URL)
    assert first == epub.write(made, texts, SITE_URL)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        page = archive.read("book/a.xhtml").decode()
        assert 'href="b.xhtml#b"' in page and 'href="a.xhtml"' in page and f'href="{SITE_URL}x/"' in page
        assert "A &lt; B</h1>" in page and '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' in page
        assert '<img src="a.png" alt=""/>' in page
        assert '<input type="checkbox" disabled="disabled" checked="checked"/>' in page
        assert "<br/>" in page and "Uno &amp; dos" in page
        assert "1970-01-02T00:00:00Z" in archive.read("book/book.opf").decode()
    # Without an address of the site there is nothing that a link to it could lead to.
    with zipfile.ZipFile(io.BytesIO(epub.write(made, texts, ""))) as archive:
        assert "<a>x</a>" in archive.read("book/a.xhtml").decode()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(2 * 86400))
    assert first != epub.write(made, texts, SITE_URL)
