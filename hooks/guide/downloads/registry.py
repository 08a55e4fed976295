"""The one table of files that stand beside the pages: those people take away, and those the scripts read.

A new one is one entry here: whoever builds the site writes all of them, the page that offers documents says
how heavy each is, and ``make export`` takes along what another engine can use.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.downloads import instrument, networks, search_index, word, workbook, year_calendar
from guide.model.content import Content
from guide.reading.texts import Texts


@dataclass(frozen=True)
class Given:
    """What the files of one language are made from."""

    content: Content
    texts: Texts
    address: Callable[[str], str]
    """Gives the address of ``page.md#heading`` from the site's root."""
    root: Path = Path()
    """The project's folder."""
    entries: Sequence[Mapping[str, str]] = ()
    """What search finds: location, title and plain text."""


def _once(content: Content) -> Iterable[Any]:
    return (None,)


@dataclass(frozen=True)
class File:
    """A file in every language, or one in every language for each of many things.

    ``name`` is its address from the site's root; ``{code}`` is the language, ``{id}`` the thing's.
    """

    name: str
    write: Callable[[Given, Any], str | bytes]
    each: Callable[[Content], Iterable[Any]] = _once
    offered: bool = False
    """A document that people take away; other files are for scripts."""
    of_search: bool = False
    """Whether it is of use only with the site's own search."""

    def address(self, code: str, one: Any = None) -> str:
        return self.name.format(code=code, id=getattr(one, "id", ""))

    def content(self, given: Given, one: Any = None) -> bytes:
        made = self.write(given, one)
        return made.encode("utf-8") if isinstance(made, str) else made

    def kilobytes(self, given: Given, one: Any = None) -> int:
        """How heavy it is, as its page says it."""
        return math.ceil(len(self.content(given, one)) / 1000)


WORKBOOK = File(
    "assets/descargas/abc-autoevaluacion-{code}.xlsx",
    lambda given, _: workbook.write(given.content, given.texts),
    offered=True,
)
DOCUMENT = File(
    "assets/descargas/{id}-{code}.docx",
    lambda given, one: word.write(one, given.texts),
    each=lambda content: content.formats,
    offered=True,
)
CALENDAR = File(
    "assets/descargas/{id}-{code}.ics",
    lambda given, one: year_calendar.write(one, given.texts),
    each=lambda content: [one for one in content.figures.values() if one.yearly],
    offered=True,
)
FILES = (
    WORKBOOK,
    DOCUMENT,
    CALENDAR,
    File("assets/instrument/{code}.js", lambda given, _: instrument.script(given.content, given.texts, given.address)),
    File(
        "assets/instrument/{code}/{id}.js",
        lambda given, one: instrument.checklist_script(one, given.content, given.texts, given.address),
        each=lambda content: content.checklists,
    ),
    File("assets/instrument/{code}-texts.js", lambda given, _: instrument.texts_script(given.content, given.texts)),
    File("assets/networks/{code}.js", lambda given, _: networks.script(given.content, given.texts)),
    File("assets/example.js", lambda given, _: instrument.example_script(given.root)),
    File(
        "search/{code}-titles.js",
        lambda given, _: search_index.titles_script(given.entries, given.content, given.texts.code, given.address),
        of_search=True,
    ),
    File("search/{code}.js", lambda given, _: search_index.texts_script(given.entries), of_search=True),
)


def written(given: Given, table: Iterable[File] = FILES) -> Iterator[tuple[str, bytes]]:
    """The address and the content of every file of one language."""
    for file in table:
        for one in file.each(given.content):
            yield file.address(given.texts.code, one), file.content(given, one)
