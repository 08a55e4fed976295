"""Writes the whole guide as an e-book (EPUB 3.3), made of the page that holds all its chapters.

A chapter is a file, and so are the sources; what they say of each other leads there, what they say of the site to its
address. The same page gives the same bytes on the same day.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.downloads.archives import pack
from guide.reading.project import direction
from guide.reading.sanitiser import children
from guide.reading.texts import Texts

_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "wbr"})
_NAMESPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
# Attributes of drawings that are written with capitals, and that the reader of HTML gives in small letters.
_CAPITALS = {
    name.lower(): name for name in ("viewBox", "preserveAspectRatio", "textLength", "refX", "refY", "pathLength")
}
# What is of use on a page with scripts only.
_LEFT = frozenset({"button", "script", "style", "template"})
_OF_SCRIPTS = ("data-", "on", "xmlns", "focusable", "tabindex", "open", "name")
# What HTML says by a name alone, XML says by the name twice; any other may be empty, as the text of a picture.
_ALONE = frozenset({"checked", "disabled", "hidden", "reversed"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
# What a person sees of a page that is read aloud or drawn in one colour; readers have their own for the rest.
_STYLE = """body { line-height: 1.5 } table { border-collapse: collapse } th, td { border: 1px solid; padding: 0.2em 0.4em;
text-align: start; vertical-align: top } figure { margin: 1em 0 } svg { max-width: 100%; height: auto }
.opener svg { max-height: 8em } .part { text-transform: uppercase; font-size: 0.8em; letter-spacing: 0.05em }
.admonition, .callout { border-inline-start: 3px solid; padding-inline-start: 1em } .visually-hidden { display: none }
"""


@dataclass(frozen=True)
class Book:
    """The page of all chapters in one language: its HTML, and its address from the site's root."""

    html: str
    url: str


@dataclass(frozen=True)
class _Chapter:
    """A file of the e-book; ``part`` is the title of the part that begins with it, "" where it goes on."""

    name: str
    title: str
    part: str
    node: LexborNode


def write(book: Book, texts: Texts, site_url: str) -> bytes:
    """Returns the e-book. ``site_url`` is where the site is, "" where nobody knows."""
    day = _day()
    root = LexborHTMLParser(f"<body>{book.html}</body>").body
    assert root is not None
    chapters = tuple(_chapters(root))
    link = _links(root, chapters, urljoin(site_url, book.url))
    files = {"mimetype": b"application/epub+zip", "META-INF/container.xml": _CONTAINER.encode()}
    pages = {one.name: _chapter(one, texts, link) for one in chapters}
    files["book/book.opf"] = _package(chapters, pages, texts, site_url, day).encode()
    files["book/contents.xhtml"] = _contents(chapters, texts).encode()
    files["book/title.xhtml"] = _title(texts, site_url, day).encode()
    files["book/style.css"] = _STYLE.encode()
    return pack(files | {f"book/{name}": page.encode() for name, page in pages.items()})


def _links(root: LexborNode, chapters: tuple[_Chapter, ...], here: str) -> Callable[[str], str | None]:
    """Gives where a link of the page leads in the e-book; None where it can lead nowhere."""
    places = {one.attributes["id"]: chapter.name for chapter in chapters for one in chapter.node.css("[id]")}
    first = {one.part: one.name for one in chapters if one.part}
    parts = {one.attributes["id"]: first.get(one.text()) for one in root.css(".book-part > h2")}

    def link(target: str) -> str | None:
        if target.startswith("#"):
            name = places.get(target[1:])
            return f"{name}{target}" if name else parts.get(target[1:])
        whole = urljoin(here, target)
        return whole if ":" in whole else None

    return link


def _day() -> str:
    """When it is made, ``2026-11-29``; a build that is to be repeated says so in ``SOURCE_DATE_EPOCH`` (seconds)."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(said), UTC) if said else datetime.now(UTC)
    return moment.date().isoformat()


def _chapters(root: LexborNode) -> Iterator[_Chapter]:
    for part in root.css(".book-part"):
        title = part.css_first("h2")
        for place, section in enumerate(part.css(".book-chapter")):
            heading = section.css_first("h3")
            assert title is not None and heading is not None
            name = f"{heading.attributes['id']}.xhtml"
            yield _Chapter(name, heading.text(), title.text() if place == 0 else "", section)
    for sources in root.css(".book-sources"):
        heading = sources.css_first("h2")
        assert heading is not None
        yield _Chapter(f"{heading.attributes['id']}.xhtml", heading.text(), "", sources)


def _page(title: str, body: str, texts: Texts) -> str:
    head = f'<head><title>{escape(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>'
    about = f'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {_language(texts)}'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html {about}>{head}\n<body>\n{body}\n</body></html>\n'


def _language(texts: Texts) -> str:
    return f'lang="{texts.code}" xml:lang="{texts.code}" dir="{direction(texts.code)}"'


def _chapter(chapter: _Chapter, texts: Texts, link: Callable[[str], str | None]) -> str:
    part = f'<p class="part">{escape(chapter.part)}</p>\n' if chapter.part else ""
    # A chapter's heading is the first of its file.
    up = 2 if chapter.node.tag == "section" else 1
    return _page(chapter.title, part + "".join(_written(chapter.node, link, up)), texts)


def _written(node: LexborNode, link: Callable[[str], str | None], up: int) -> Iterator[str]:
    """Yields a part of the page as XHTML, its headings ``up`` levels higher."""
    if node.is_text_node:
        yield str(escape(node.text_content or "")).replace("&#39;", "'").replace("&#34;", '"')
    elif node.is_element_node and not (node.tag or "-").startswith("-") and node.tag not in _LEFT:
        yield from _element(node, link, up)


def _element(node: LexborNode, link: Callable[[str], str | None], up: int) -> Iterator[str]:
    tag = node.tag or ""
    name = f"h{max(1, int(tag[1]) - up)}" if tag in _HEADINGS else tag
    attributes = "".join(_attributes(node, tag, link))
    if tag in _VOID:
        yield f"<{name}{attributes}/>"
        return
    yield f"<{name}{attributes}>"
    for child in children(node):
        yield from _written(child, link, up)
    yield f"</{name}>"


def _attributes(node: LexborNode, tag: str, link: Callable[[str], str | None]) -> Iterator[str]:
    given = {
        name: name if name in _ALONE else value or ""
        for name, value in node.attributes.items()
        if not name.startswith(_OF_SCRIPTS)
    }
    if tag == "a" and "href" in given:
        there = link(given.pop("href"))
        given |= {"href": there} if there else {}
    if tag in _NAMESPACES:
        given = {"xmlns": _NAMESPACES[tag], **given}
    if "lang" in given:
        given["xml:lang"] = given["lang"]
    for name, value in given.items():
        yield f' {_CAPITALS.get(name, name)}="{escape(value)}"'


def _contents(chapters: tuple[_Chapter, ...], texts: Texts) -> str:
    lines, inside = [], False
    for one in chapters:
        entry = f'<a href="{one.name}">{escape(one.title)}</a>'
        closes = inside and (one.part != "" or one.node.tag != "section")
        lines += ["</ol></li>"] * closes
        inside = inside and not closes
        if one.part:
            lines.append(f"<li><span>{escape(one.part)}</span><ol>")
            inside = True
        lines.append(f"<li>{entry}</li>")
    lines += ["</ol></li>"] * inside
    listed = "\n".join(lines)
    title = texts["book"]["contents"]
    return _page(title, f'<nav epub:type="toc"><h1>{escape(title)}</h1>\n<ol>\n{listed}\n</ol></nav>', texts)


def _title(texts: Texts, site_url: str, day: str) -> str:
    site = texts["site"]
    about = [site["claim"], site["independent"], site["licence"], day]
    lines = "\n".join(f"<p>{escape(one)}</p>" for one in about)
    address = f'\n<p><a href="{escape(site_url)}">{escape(site_url)}</a></p>' if site_url else ""
    return _page(site["name"], f"<h1>{escape(site['name'])}</h1>\n{lines}{address}", texts)


def _package(chapters: tuple[_Chapter, ...], pages: Mapping[str, str], texts: Texts, site_url: str, day: str) -> str:
    """Returns what the e-book is and what stands in it, in the order in which it is read."""
    site, book = texts["site"], texts["book"]
    # The same book, whenever it is made: programs that keep books take a newer one for the one they have.
    id = uuid.uuid5(uuid.NAMESPACE_URL, f"{site_url}#{texts.code}")
    drawn = {name for name, page in pages.items() if "<svg" in page}
    items = [
        '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        '<item id="title" href="title.xhtml" media-type="application/xhtml+xml"/>',
    ]
    for place, one in enumerate(chapters):
        more = ' properties="svg"' if one.name in drawn else ""
        items.append(f'<item id="c{place}" href="{one.name}" media-type="application/xhtml+xml"{more}/>')
    order = ['<itemref idref="title"/>', '<itemref idref="contents"/>']
    order += [f'<itemref idref="c{place}"/>' for place in range(len(chapters))]
    said = {
        "dc:identifier": f' id="id">urn:uuid:{id}',
        "dc:title": f">{escape(site['name'])}",
        "dc:language": f">{texts.code}",
        "dc:creator": f">{escape(site['name'])}",
        "dc:description": f">{escape(book['description'])}",
        "dc:rights": f">{escape(site['licence'])}",
        "dc:date": f">{day}",
    }
    about = "\n".join(f"<{name}{value}</{name}>" for name, value in said.items())
    access = "".join(
        f'<meta property="schema:{name}">{value}</meta>\n'
        for name, value in (
            ("accessMode", "textual"),
            ("accessModeSufficient", "textual"),
            ("accessibilityFeature", "structuralNavigation"),
            ("accessibilityFeature", "tableOfContents"),
            ("accessibilityHazard", "none"),
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{texts.code}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{about}\n'
        f'<meta property="dcterms:modified">{day}T00:00:00Z</meta>\n{access}</metadata>\n'
        f"<manifest>\n{_lines(items)}\n</manifest>\n<spine>\n{_lines(order)}\n</spine>\n</package>\n"
    )


def _lines(several: list[str]) -> str:
    return "\n".join(several)
