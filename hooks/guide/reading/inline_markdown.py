"""Reads the inline Markdown of texts in YAML: emphasis, strong, code and links, and nothing else.

HTML in a text is shown as text. Links may go to http(s) addresses or to pages of the guide,
written from the language's root (``consideraciones/genero.md#cuidados``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from markupsafe import Markup, escape

from guide.reading.sanitiser import is_link

_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s\0]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)")
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
    """Returns the tag before a text that stands in for a translation; the text says which way it runs."""
    return Markup('<span lang="{}" dir="auto" data-untranslated>').format(language)


def html(text: str, page_url: Callable[[str], str]) -> Markup:
    """``text`` as HTML. ``page_url`` turns ``page.md#id`` into the address of the page."""
    if isinstance(text, Foreign):
        return foreign(text.language) + html(str(text), page_url) + Markup("</span>")
    if not _MARKED.search(text):
        return escape(text)

    def link(target: str) -> tuple[str, str] | None:
        # As it was written, before the text was made HTML.
        target = unescape(target)
        # Whatever it is read as, before and after the page has been through a reader of entities.
        if not (is_link(target) and is_link(unescape(target))):
            return None
        url = target if _WEB.fullmatch(target) else page_url(target)
        return f'<a href="{escape(url)}">', "</a>"

    return Markup(_spans(str(escape(text)), link, lambda name: (f"<{name}>", f"</{name}>")))


def plain(text: str) -> str:
    """``text`` without its marks, for titles, attributes and descriptions."""
    if not _MARKED.search(text):
        return str(text)
    return _spans(text, lambda target: ("", ""), lambda name: ("", ""))


def _spans(text: str, link: Callable[[str], tuple[str, str] | None], tag: Callable[[str], tuple[str, str]]) -> str:
    """``text`` with what opens and closes each code, link, strong text and emphasis in the place of its marks.

    ``link`` gives None for what is no link: it stays as it is written. What was found is one piece for what is looked for next: nothing ends inside what it does not begin in.
    """
    kept: list[str] = []

    def keep(around: tuple[str, str], inside: str) -> str:
        kept.append(inside.join(around))
        return f"\0{len(kept) - 1}\0"

    def strong(text: str) -> str:
        return emphasis(_STRONG.sub(lambda match: keep(tag("strong"), emphasis(match[1])), text))

    def emphasis(text: str) -> str:
        return _EMPHASIS.sub(lambda match: keep(tag("em"), match[1]), text)

    def linked(match: re.Match[str]) -> str:
        around = link(match[2])
        return keep(around, strong(match[1])) if around else match[0]

    out = _CODE.sub(lambda match: keep(tag("code"), match[1]), text.replace("\0", ""))
    out = _LINK.sub(linked, out)
    out = strong(out)
    for place in range(len(kept) - 1, -1, -1):
        out = out.replace(f"\0{place}\0", kept[place])
    return out


def without_links(text: str) -> str:
    """``text`` without code and links: what is left of them is no link."""
    return _LINK.sub("", _CODE.sub("\0", text)).replace("\0", "")


def links(text: str) -> Iterator[str]:
    """Yields the targets of the links to pages of the guide in ``text``."""
    for match in _LINK.finditer(_CODE.sub("\0", text)):
        if not _WEB.fullmatch(match[2]):
            yield match[2]
