"""Inline Markdown of checklist texts: emphasis, strong, code and links, and nothing else.

HTML in a text is shown as text. Links may go to http(s) addresses or to pages of the guide,
written from the language's root (``consideraciones/genero.md#cuidados``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from markupsafe import Markup, escape

from guide.sanitiser import is_link

_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\w*])")
_MARKED = re.compile(r"[`*_\[]")
_WEB = re.compile(r"https?://[^\s<>\"]+")


class Foreign(str):
    """A text in another language than the page's; as HTML it says which.

    In an attribute, where HTML cannot say it, write ``plain(text)``.
    """

    language: str

    def __new__(cls, text: str, language: str) -> Foreign:
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> str:
        return f"{foreign(self.language)}{escape(str(self))}</span>"

    def __str__(self) -> str:
        return "".join(self)


def foreign(language: str) -> Markup:
    """The tag before a text that stands in for a translation; the text says which way it runs."""
    return Markup('<span lang="{}" dir="auto" data-untranslated>').format(language)


def html(text: str, page_url: Callable[[str], str]) -> Markup:
    """``text`` as HTML. ``page_url`` turns ``page.md#id`` into the address of the page."""
    if isinstance(text, Foreign):
        return foreign(text.language) + html(str(text), page_url) + Markup("</span>")
    if not _MARKED.search(text):
        return escape(text)
    kept: list[str] = []

    def keep(markup: str) -> str:
        kept.append(markup)
        return f"\0{len(kept) - 1}\0"

    def link(match: re.Match[str]) -> str:
        target = match[2].replace("&amp;", "&")
        # Whatever it is read as, before and after the page has been through a reader of entities.
        if not (is_link(target) and is_link(unescape(target))):
            return match[0]
        url = target if _WEB.fullmatch(target) else page_url(target)
        return keep(f'<a href="{escape(url)}">') + match[1] + keep("</a>")

    out = str(escape(text.replace("\0", "")))
    out = _CODE.sub(lambda m: keep(f"<code>{m[1]}</code>"), out)
    out = _LINK.sub(link, out)
    out = _STRONG.sub(r"<strong>\1</strong>", out)
    out = _EMPHASIS.sub(r"<em>\1</em>", out)
    for place in range(len(kept) - 1, -1, -1):
        out = out.replace(f"\0{place}\0", kept[place])
    return Markup(out)


def plain(text: str) -> str:
    """``text`` without its marks, for titles, attributes and descriptions."""
    if not _MARKED.search(text):
        return str(text)
    text = _LINK.sub(r"\1", _CODE.sub(r"\1", text))
    return _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))


def without_links(text: str) -> str:
    """``text`` without code and links: what is left of them is no link."""
    return _LINK.sub("", _CODE.sub("", text))


def links(text: str) -> Iterator[str]:
    """The targets of the links to pages of the guide in ``text``."""
    for match in _LINK.finditer(_CODE.sub("", text)):
        if not _WEB.fullmatch(match[2]):
            yield match[2]
