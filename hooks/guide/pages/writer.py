"""Holds what the writers of all pages share: words, templates, addresses.

Pure functions from content to HTML; whoever builds the site says what a page's address is. Each family of pages
has a module of its own, and ``registry`` is the one table of pages.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guide.downloads import office
from guide.downloads.registry import WORKBOOK
from guide.model.content import Content
from guide.model.site_pages import (
    ASSESSMENTS_PAGE,
    DOCUMENTS_PAGE,
    FORM_PAGE,
    INDEX_PAGE,
    OVERVIEW_PAGE,
    PLAN_PAGE,
    QUICK_PAGE,
)
from guide.pages.styles import paper_style
from guide.reading import inline_markdown
from guide.reading.project import Language
from guide.reading.schema import Translated
from guide.reading.texts import Texts, fill, plural

Headings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """A generated page: its front matter, its HTML and its headings as (id, title)."""

    title: str
    short: str
    description: str
    html: str
    headings: tuple[tuple[str, str], ...]
    entries: tuple[tuple[str, str, str], ...] = ()
    """What search finds: (heading id, title, plain text). Empty: whatever the HTML says."""


@dataclass(frozen=True)
class Part:
    """What is put under the text of a page that is written in Markdown; ``headings`` as in Page."""

    html: str
    headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Writer:
    """Writes pages of one language.

    ``page_url`` gives the address of ``page.md#id`` (from the language's root), or of a download
    (from the site's), as seen from the page being written.
    """

    content: Content
    texts: Texts
    page_url: Callable[[str], str]
    languages: tuple[Language, ...] = ()
    """The languages of the site: a document can be made in each."""
    repository: str = ""
    """Its address, where files are proposed."""
    new_file: Callable[[str, Texts], str] = lambda folder, texts: ""
    """What a new file of a folder begins with."""
    site_url: str = ""
    """The address of the published site; "" where pages cannot be framed from there."""

    @classmethod
    def of(cls, writer: Writer, **more: Any) -> Self:
        """Returns the writer of a family of pages in the place of ``writer``."""
        return cls(**{one.name: getattr(writer, one.name) for one in fields(Writer)}, **more)

    def of_template(self, name: str, headings: Headings = ()) -> Page:
        """Returns a page that its template alone says; ``name`` is that of the template and of its words."""
        words = self.texts[name]
        html = self._render(
            f"{name}.html.jinja",
            manage=ASSESSMENTS_PAGE,
            quick_page=QUICK_PAGE,
            scale=self.content.scale,
            languages=self.languages,
        )
        entries = (("", words["title"], words["description"]),)
        return Page(words["title"], words["title"], words["description"], html, headings, entries)

    def _say(self, text: Translated) -> str:
        """Returns the text in this language, or the default language's, which says so in HTML."""
        if self.texts.code in text:
            return text[self.texts.code]
        language, words = next(iter(text.items()))
        return inline_markdown.Foreign(words, language)

    def _render(self, template: str, **values: Any) -> str:
        return (
            _environment()
            .get_template(template)
            .render(
                t=self.texts.words,
                say=self._say,
                inline=lambda text: inline_markdown.html(text, self.page_url),
                plain=inline_markdown.plain,
                page_url=self.page_url,
                fill=lambda text, **details: fill(text, details),
                plural=plural,
                paper_style=paper_style,
                number=lambda value: f"{value:g}",
                checklists=self.content.checklists,
                frames=self.content.crosswalk.frames,
                form_page=FORM_PAGE,
                index_page=INDEX_PAGE,
                results=OVERVIEW_PAGE,
                plan=PLAN_PAGE,
                documents=DOCUMENTS_PAGE,
                office=office.filled(self.content),
                workbook=WORKBOOK.address(self.texts.code),
                **values,
            )
        )


class _Environment(Environment):
    """Templates whose ``words.copy`` is the word of that name, not what Python calls so of any mapping."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@functools.cache
def _environment() -> Environment:
    return _Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
