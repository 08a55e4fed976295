"""Explains terms of the glossary where a page first uses them.

A finished page is read as HTML; only running text is touched, and what is added is a link to the
glossary that a script turns into a button. Quiet on purpose: few on a page, never two in a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup

from guide.model.glossary import Term
from guide.model.site_pages import GLOSSARY_PAGE

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_GOES_ON = re.compile(r"\w|-\w")
_MARK = Markup('<a class="term" href="{}" data-term="{}">{}</a>')
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"p", "li", "td", "dd", "dt", "blockquote"})
# Other people's words, words that do something already, and words that name something.
_CLOSED = _HEADINGS | {
    "a", "abbr", "button", "caption", "cite", "code", "dfn", "dialog", "em", "figure", "i", "kbd",
    "label", "legend", "nav", "option", "pre", "q", "samp", "script", "select", "style", "summary",
    "svg", "template", "textarea", "th", "thead",
}  # fmt: skip
_CLOSED_CLASSES = frozenset({"admonition-title", "objectives", "no-script"})
_CLOSED_ATTRIBUTES = frozenset({"lang", "hidden", "data-search-exclude"})
_OPENING_MARKS = frozenset("«“‘\"'-")


@dataclass(frozen=True)
class Manner:
    """How much a kind of page explains.

    ``most`` is the number of terms a page explains, ``each`` the number between two headings.
    ``opening`` is how the paragraphs begin whose text counts, None for all text: a self-assessment
    is long, and reading all of it for a few of its paragraphs would slow every build down.
    """

    most: int
    each: int
    opening: str | None = None


CHAPTER = Manner(most=8, each=2)
CHECKLIST = Manner(most=6, each=6, opening='<p class="why">')


class Lexicon:
    """The terms of one language by the word their forms begin with, the longest form first."""

    def __init__(self, terms: Iterable[Term], code: str) -> None:
        forms = [(form, term) for term in terms for form in term.recognised(code)]
        self._by_word: dict[str, list[tuple[str, Term]]] = {}
        for form, term in sorted(forms, key=lambda pair: len(pair[0]), reverse=True):
            first = _WORD.search(form)
            if first:
                self._by_word.setdefault(first[0].casefold(), []).append((form, term))

    def find(self, text: str) -> Iterable[tuple[int, int, Term]]:
        """Yields where terms stand in ``text``: (start, end, term), in order, none inside another."""
        text = _SPACE.sub(" ", text)
        end = 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            for form, term in self._by_word.get(word[0].casefold(), ()):
                start, after = word.start(), word.start() + len(form)
                if _is_form(text[start:after], form) and not _GOES_ON.match(text, after):
                    end = after
                    yield start, end, term
                    break


def _is_form(text: str, form: str) -> bool:
    """Returns whether ``text`` is ``form``, with a capital at most."""
    return text == form or (text[1:] == form[1:] and form[0].islower() and text[:1] == form[0].upper())


def explain(html: str, lexicon: Lexicon, manner: Manner, page_url: Callable[[str], str]) -> tuple[str, list[Term]]:
    """``html`` with its first uses of terms linked to the glossary, and those terms in their order.

    ``page_url`` gives the address of ``page.md#id`` as seen from the page. Nothing else changes:
    without the links, the result is ``html``.
    """
    reader = _Reader(lexicon, manner)
    try:
        for start, end in _stretches(html, manner.opening):
            reader.read(html, start, end)
    except _Enough:
        pass
    parts, place = [], 0
    for start, end, term in reader.found:
        link = _MARK.format(page_url(f"{GLOSSARY_PAGE}#{term.id}"), term.id, Markup(html[start:end]))
        parts += [html[place:start], link]
        place = end
    return "".join([*parts, html[place:]]), [term for _, _, term in reader.found]


def _stretches(html: str, opening: str | None) -> Iterable[tuple[int, int]]:
    """Yields where the text that counts begins and ends."""
    if opening is None:
        yield 0, len(html)
        return
    place = html.find(opening)
    while place >= 0:
        end = html.find("</p>", place)
        yield place, end
        place = html.find(opening, end)


class _Enough(Exception):
    """All that a page may explain is found."""


class _Reader(HTMLParser):
    """Finds where the terms to explain stand in a page."""

    def __init__(self, lexicon: Lexicon, manner: Manner) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, int, Term]] = []
        self._lexicon = lexicon
        self._manner = manner
        self._seen: set[str] = set()
        self._in_block = self._in_section = 0

    def read(self, html: str, start: int, end: int) -> None:
        """Goes on with a stretch of ``html`` that closes what it opens."""
        self.reset()
        stretch = html[start:end]
        self._lines = [start, *(start + match.end() for match in re.finditer("\n", stretch))]
        # Open elements, and whether their text is closed.
        self._open: list[tuple[str, bool]] = []
        self._closed = 0
        self.feed(stretch)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._in_section = self._in_block = 0
        elif tag in _BLOCKS:
            self._in_block = 0
        if tag in _VOID:
            return
        closed = tag in _CLOSED
        for name, value in attributes:
            if name in _CLOSED_ATTRIBUTES or (
                name == "class" and value and not _CLOSED_CLASSES.isdisjoint(value.split())
            ):
                closed = True
        self._open.append((tag, closed))
        self._closed += closed

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or all(tag != one for one, _ in reversed(self._open)):
            return
        name = ""
        while name != tag:
            name, closed = self._open.pop()
            self._closed -= closed

    def handle_data(self, data: str) -> None:
        if self._closed or self._in_block or self._in_section >= self._manner.each:
            return
        for start, end, term in self._lexicon.find(data):
            if term.id in self._seen or not term.explain:
                continue
            if start and data[start - 1] in _OPENING_MARKS:
                continue
            line, column = self.getpos()
            place = self._lines[line - 1] + column
            self.found.append((place + start, place + end, term))
            self._seen.add(term.id)
            self._in_block += 1
            self._in_section += 1
            if len(self.found) == self._manner.most:
                raise _Enough
            return
