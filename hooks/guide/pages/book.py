"""Writes the whole guide as one page, to be read offline or printed: its chapters, then the sources they cite.

Made of the chapters as they are already rendered; only what must differ on one page is written
anew: ids, links and the levels of headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote, urljoin, urlsplit

from markupsafe import Markup

from guide.downloads.registry import EPUB
from guide.model.site_pages import BIBLIOGRAPHY_PAGE
from guide.pages.reference import by_author
from guide.pages.writer import Page, Writer

PDF = "assets/descargas/abc-guia-{code}.pdf"
# The page's title, then sections, then chapters: a chapter's own second level is the page's fourth.
_DEEPER = 2

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
_HEADING = re.compile(r"h[1-6]")
_ATTRIBUTE = re.compile(r'(?<=\s)(id|href|src|name)="([^"]*)"')


@dataclass(frozen=True)
class Chapter:
    """A chapter as it is rendered.

    ``path`` is that of its page inside the language's folder, ``url`` its address from the site's
    root, ``section`` the title of the section it stands in, ``language`` the one it is written in.
    """

    path: str
    url: str
    section: str
    title: str
    language: str
    html: str


@dataclass(frozen=True)
class _Part:
    """Chapters that follow each other in one section."""

    id: str
    title: str
    chapters: tuple[_Joined, ...]


@dataclass(frozen=True)
class _Joined:
    """A chapter as it stands on the page of all."""

    id: str
    title: str
    language: str
    html: Markup


@dataclass(frozen=True)
class BookWriter(Writer):
    """Writes the page of all chapters.

    ``address`` turns an address from the site's root into one as seen from the page.
    """

    address: Callable[[str], str] = str
    pdf: bool = False
    """Whether the site has it as PDF as well."""

    def book(self, chapters: Iterable[Chapter] = ()) -> Page:
        """Returns the page; without chapters, only what its front matter says."""
        words = self.texts["book"]
        chapters = tuple(chapters)
        bibliography = self.page_url(BIBLIOGRAPHY_PAGE)
        anchor = _anchor(BIBLIOGRAPHY_PAGE)
        anchors = {**{self.address(one.url): _anchor(one.path) for one in chapters}, bibliography: anchor}
        cited: set[str] = set()

        def link(target: str, base: str) -> str:
            page, fragment = self._led_to(target, base)
            if page == bibliography:
                cited.add(unquote(fragment))
            if page in anchors:
                return f"#{_inside(anchors[page], fragment)}"
            return target if page is None else page + (f"#{fragment}" if fragment else "")

        parts = _parts(chapters, link)
        html = self._render(
            "book.html.jinja",
            parts=parts,
            count=len(chapters),
            sources=sorted((one for one in self.content.sources.values() if one.id in cited), key=by_author),
            anchor=anchor,
            source_id=lambda id: _inside(anchor, id),
            language=self.texts.code,
            epub=EPUB.address(self.texts.code),
            pdf=PDF.format(code=self.texts.code) if self.pdf else "",
        )
        headings = (("indice", words["contents"]), *((one.id, one.title) for one in parts), (anchor, words["sources"]))
        return Page(words["title"], words["title"], words["description"], html, headings)

    def _led_to(self, target: str, base: str) -> tuple[str | None, str]:
        """The page of the site that a link of the page ``base`` leads to, as seen from this one, and the place on it."""
        parts = urlsplit(urljoin(f"/{base}", target))
        if parts.scheme or parts.netloc:
            return None, ""
        return self.address(parts.path.lstrip("/")), parts.fragment


def _parts(chapters: Iterable[Chapter], link: Callable[[str, str], str]) -> tuple[_Part, ...]:
    """Returns the chapters by their sections, with links as ``link(target, base)`` gives them."""
    return tuple(
        _Part(
            f"parte-{number}",
            title,
            tuple(_Joined(_anchor(one.path), one.title, one.language, Markup(_joined(one, link))) for one in group),
        )
        for number, (title, group) in enumerate(groupby(chapters, lambda one: one.section), 1)
    )


def _anchor(path: str) -> str:
    """Returns the id of a page's place on the page of all."""
    return path.removesuffix(".md").replace("/", "-")


def _inside(anchor: str, id: str) -> str:
    """Returns the id of a heading of that page. No path or id has an underscore: none is made twice."""
    return f"{anchor}_{id}" if id else anchor


def _joined(chapter: Chapter, link: Callable[[str, str], str]) -> str:
    """Returns the chapter's HTML with its own ids, links as ``link(target, base)`` gives them, deeper headings."""
    anchor = _anchor(chapter.path)

    def attribute(match: re.Match[str]) -> str:
        name, value = match.groups()
        return f'{name}="{_inside(anchor, value) if name in ("id", "name") else link(value, chapter.url)}"'

    def tag(match: re.Match[str]) -> str:
        slash, name, rest = match.groups()
        if _HEADING.fullmatch(name):
            name = f"h{min(6, int(name[1]) + _DEEPER)}"
        return f"<{slash}{name}{_ATTRIBUTE.sub(attribute, rest)}>"

    return _TAG.sub(tag, chapter.html)
