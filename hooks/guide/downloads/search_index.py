"""Writes what search works with, for each language: the index as scripts.

Two scripts, not JSON, so that they also load from a folder opened without a server. Titles and headings
with the words people type come first, and are small; the texts follow in the same order.
``overrides/assets/scripts/site/search.js`` reads them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from guide.model.catalogue import Practice
from guide.model.content import Content
from guide.model.glossary import Term
from guide.model.search_words import Typed
from guide.model.site_pages import GLOSSARY_PAGE
from guide.reading.near_names import fold
from guide.reading.schema import in_language

# What search finds: {"location": "page/#heading", "title": …, "text": …}, both plain.
Entry = Mapping[str, str]

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
_UNREAD = frozenset({"object", "script", "style"})
_EXCLUDED = "data-search-exclude"
_BRACKETS = re.compile(r"\s*\([^)]*\)")

# Pages that help somebody who looks for a matter less than the chapter about it: (beginning of the
# address inside its language, worth). Other pages are worth 1.
WORTH = (
    ("bibliografia", 0.05),
    ("glosario", 0.25),
    ("directorio/practicas/", 1),
    ("directorio", 0.5),
    ("curso", 0.5),
    # It shows everything once, and explains nothing.
    ("practica/caso-completo", 0.5),
    ("autoevaluacion", 0.7),
    ("contribuir", 0.3),
    ("alojar", 0.3),
    ("acerca", 0.6),
)


def entries_of_data(url: str, found: Iterable[tuple[str, str, str]]) -> Iterator[Entry]:
    """What search finds on the page at ``url`` according to what it is made from: (heading id, title, plain text)."""
    for id, title, text in found:
        yield _entry(url, id, title, text)


def entries_of_html(url: str, title: str, html: str) -> Iterator[Entry]:
    """What search finds on the page at ``url``, called ``title``: its text by headings, without what is kept from it.

    The entry of the page comes before those of its headings.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for one in reader.sections:
        if not one.hidden:
            yield _entry(url, one.id, "".join(one.title).strip() or title, "".join(one.text))


def _entry(url: str, id: str, title: str, text: str) -> Entry:
    return {"location": f"{url}#{id}" if id else url, "title": _one_line(title), "text": _one_line(text)}


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass
class _Section:
    """A heading and the text below it; ``depth`` counts the elements around it."""

    id: str = ""
    depth: int = 0
    hidden: bool = False
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Divides a page into sections: at every heading that can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [_Section()]
        self._now = self.sections[0]
        # The names of the open elements, how many of them are kept from search, and the heading being read.
        self._open: list[str] = []
        self._kept: list[bool] = []
        self._heading: int | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        said = dict(attributes)
        self._open.append(tag)
        self._kept.append(tag in _UNREAD or _EXCLUDED in said)
        if tag in _HEADINGS and said.get("id"):
            self._now = _Section(said["id"] or "", len(self._open), _EXCLUDED in said)
            self._heading = len(self._open)
            self.sections.append(self._now)
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            return
        self._separate(tag)
        if self._now.depth > len(self._open):
            # The heading stood inside an element that ends: what follows belongs to what came before it.
            self._now = next(one for one in reversed(self.sections) if one.depth <= len(self._open))
        if self._heading == len(self._open):
            self._heading = None
        self._open.pop()
        self._kept.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._kept):
            (self._now.text if self._heading is None else self._now.title).append(data)

    def _separate(self, tag: str) -> None:
        """Words of two paragraphs are not one."""
        if tag in _BLOCKS:
            self.handle_data(" ")


def titles_script(entries: Iterable[Entry], content: Content, code: str, url: Callable[[str], str]) -> str:
    """Returns the titles and headings of ``entries``, and the words people type, as a script.

    ``url`` gives the address of ``page.md#heading`` as ``location`` has it.
    """
    entries = list(entries)
    places = {one["location"]: place for place, one in enumerate(entries)}
    typed = [
        *_typed(content.search.words, code, url),
        *_terms(content.glossary.terms, code, url),
        *_places(content.catalogue.practices, code, url),
    ]
    data = {
        "titles": list(_titles(entries)),
        "ignored": list((content.search.ignored or {}).get(code, ())),
        # Most addresses are there already: their place among the titles says the same in fewer letters.
        "typed": [[means, places.get(see, see), *forms] for means, see, *forms in typed],
        "worth": WORTH,
    }
    return _script("titles", data)


def _titles(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yields where each entry stands, with its title; a heading of the page before it is ``#id`` alone."""
    before = None
    for one in entries:
        page, sharp, id = one["location"].partition("#")
        yield (f"#{id}" if sharp and page == before else one["location"]), one["title"]
        before = page


def texts_script(entries: Iterable[Entry]) -> str:
    """Returns the texts of ``entries``, in the same order, as a script."""
    return _script("texts", [one["text"] for one in entries])


def _typed(words: Iterable[Typed], code: str, url: Callable[[str], str]) -> list[list[str]]:
    """``[what the site calls it, where, form, form…]`` of each; all languages' forms count."""
    return [
        [one.means.get(code, ""), url(one.see) if one.see else "", *_distinct(_all(one.typed.values()))]
        for one in words
    ]


def _terms(terms: Iterable[Term], code: str, url: Callable[[str], str]) -> list[list[str]]:
    """Returns the same of the glossary: its other forms, the forms to avoid, and those of other languages."""
    found = []
    for one in terms:
        own = _BRACKETS.sub("", one.name(code))
        avoided = (form for several in one.avoid.values() for each in several for form in each.forms)
        forms = [own, *_all(one.recognised(other) for other in one.term), *avoided]
        found.append([own, url(one.see or f"{GLOSSARY_PAGE}#{one.id}"), *_distinct(forms)])
    return found


def _places(practices: Iterable[Practice], code: str, url: Callable[[str], str]) -> list[list[str]]:
    """Returns the same of the places of practices, whose titles need not name them."""
    return [["", url(one.page), _BRACKETS.sub("", in_language(one.place, code))] for one in practices]


def _distinct(forms: Iterable[str]) -> Iterable[str]:
    """Each form once: search tells neither capitals nor accents apart."""
    found: dict[str, str] = {}
    for one in forms:
        found.setdefault(fold(one), one)
    return found.values()


def _all(several: Iterable[Iterable[str]]) -> list[str]:
    return [one for each in several for one in each]


def _script(name: str, data: object) -> str:
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"abc.search.{name}({made});\n"
