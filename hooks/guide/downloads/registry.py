"""Lists the files that stand beside the pages: those people take away, and those the scripts read.

A new one is one entry here: whoever builds the site writes all of them, the page that offers documents says
how heavy each is, and ``make export`` takes along what another engine can use.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from guide.downloads import (
    cartridge,
    crosswalk,
    epub,
    instrument,
    networks,
    office,
    offline_copy,
    question_bank,
    register_template,
    scorm,
    search_index,
    word,
    workbook,
    year_calendar,
)
from guide.downloads.workbook import reading
from guide.model.content import Content
from guide.reading.kept import Work, kept
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
    packed: scorm.PackedFiles | None = None
    """What stands in packages beside their manifests; None for whoever writes none."""
    book: epub.Book | None = None
    """The page of all chapters; None for whoever has none."""

    @property
    def site_url(self) -> str:
        """The address of the published site, "" where there is none."""
        return self.packed.site_url if self.packed else ""

    def link(self, target: str) -> str:
        """Returns the whole address of ``page.md#heading``; "" where there is no published site."""
        return self.site_url and f"{self.site_url.rstrip('/')}/{self.address(target)}"


def _book(given: Given) -> bytes:
    assert given.book is not None
    return epub.write(given.book, given.texts, given.site_url)


def _once(content: Content) -> Iterable[Any]:
    return (None,)


def _all(given: Given, one: Any) -> tuple[object, ...]:
    """What most are made of: the content, and the words of their language."""
    return one, given.texts.code, kept.digest(given.content), kept.digest(given.texts.words)


def _of_packages(given: Given, one: Any) -> tuple[object, ...]:
    assert given.packed, "packages need their pages"
    return *_all(given, one), *given.packed.read


def _of_book(given: Given, one: Any) -> tuple[object, ...]:
    return given.book, given.texts.code, kept.digest(given.texts.words), given.site_url, epub.day()


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
    wanted: Callable[[Given], bool] = lambda given: True
    """Whether there is one, with what is given."""
    read: Callable[[Given, Any], tuple[object, ...]] | None = None
    """All that it is made of, for one that is dear to make: then it is kept. None: it is made each time."""

    def address(self, code: str, one: Any = None) -> str:
        return self.name.format(code=code, id=getattr(one, "id", ""))

    def content(self, given: Given, one: Any = None) -> bytes:
        make, read = self.made_of(given, one)
        return kept(make, *read) if read else make()

    def made_of(self, given: Given, one: Any) -> tuple[Callable[[], bytes], tuple[object, ...]]:
        """Returns what makes it, and all that it is made of; nothing of one that is not kept."""
        read = (self.name, *self.read(given, one)) if self.read else ()
        return functools.partial(self._made, given, one), read

    def _made(self, given: Given, one: Any) -> bytes:
        made = self.write(given, one)
        return made.encode("utf-8") if isinstance(made, str) else made

    def kilobytes(self, given: Given, one: Any = None) -> int:
        """Returns how heavy it is, as its page says it."""
        return math.ceil(len(self.content(given, one)) / 1000)


WORKBOOK = File(
    "assets/descargas/abc-autoevaluacion-{code}.xlsx",
    lambda given, _: workbook.write(given.content, given.texts),
    offered=True,
    read=_all,
)
DOCUMENT = File(
    "assets/descargas/{id}-{code}.docx",
    lambda given, one: word.write(one, given.texts),
    each=lambda content: content.formats,
    offered=True,
    read=lambda given, one: (one, given.texts.code, kept.digest(given.texts.words)),
)
REGISTER_TEMPLATE = File(
    "assets/descargas/abc-registro-acuerdos-{code}.xlsx",
    lambda given, _: register_template.write(given.content, given.texts),
    offered=True,
    wanted=lambda given: given.content.register.groups != (),
    read=_all,
)
PACKAGE = File(
    "assets/paquetes/abc-scorm-{id}-{code}.zip",
    lambda given, one: _package(given, one, "full"),
    each=scorm.packages_of,
    offered=True,
    wanted=lambda given: given.packed is not None,
    read=_of_packages,
)
THIN_PACKAGE = File(
    "assets/paquetes/abc-scorm-{id}-{code}-en-linea.zip",
    lambda given, one: _package(given, one, "thin"),
    each=scorm.packages_of,
    offered=True,
    # There is nothing to frame without a published site.
    wanted=lambda given: given.site_url != "",
    read=_of_packages,
)
LINKS = File(
    "assets/paquetes/abc-enlaces-{code}.imscc",
    lambda given, _: cartridge.write(given.content, given.texts, given.link),
    offered=True,
    wanted=lambda given: given.site_url != "" and given.content.modules != (),
)
QUESTIONS = File(
    "assets/paquetes/abc-preguntas-{code}.xml",
    lambda given, _: question_bank.moodle_xml(given.content.modules, given.texts, given.link),
    offered=True,
)
QUESTIONS_GIFT = File(
    "assets/paquetes/abc-preguntas-gift-{code}.txt",
    lambda given, _: question_bank.gift(given.content.modules, given.texts, given.link),
    offered=True,
)
EPUB = File(
    "assets/descargas/abc-guia-{code}.epub",
    lambda given, _: _book(given),
    offered=True,
    wanted=lambda given: given.book is not None,
    read=_of_book,
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
    REGISTER_TEMPLATE,
    PACKAGE,
    THIN_PACKAGE,
    LINKS,
    QUESTIONS,
    QUESTIONS_GIFT,
    EPUB,
    CALENDAR,
    File("assets/instrument/{code}.js", lambda given, _: instrument.script(given.content, given.texts, given.address)),
    File(
        "assets/instrument/{code}/{id}.js",
        lambda given, one: instrument.checklist_script(one, given.content, given.texts, given.address),
        each=lambda content: content.checklists,
    ),
    File(
        "assets/instrument/{code}-quick.js",
        lambda given, _: instrument.quick_script(given.content, given.texts, given.address),
    ),
    File("assets/instrument/{code}-lms.js", lambda given, _: instrument.platform_script(given.texts)),
    File("assets/instrument/{code}-texts.js", lambda given, _: instrument.texts_script(given.content, given.texts)),
    File("assets/office/{code}.js", lambda given, _: office.script(given.content, given.texts)),
    File("assets/networks/{code}.js", lambda given, _: networks.script(given.content, given.texts)),
    File("assets/crosswalk/{code}.js", lambda given, _: crosswalk.script(given.content, given.texts)),
    File("assets/workbook/{code}.js", lambda given, _: reading.words_script(given.content, given.texts)),
    File("assets/workbook/{code}-file.js", lambda given, _: reading.file_script(WORKBOOK.content(given), given.texts)),
    File("assets/offline/{code}.js", lambda given, _: offline_copy.words_script(given.texts)),
    File(
        "assets/manifest-{code}.webmanifest",
        lambda given, _: offline_copy.manifest(given.texts, given.address("index.md")),
    ),
    File("assets/example.js", lambda given, _: instrument.example_script(given.root)),
    File(
        "search/{code}-titles.js",
        lambda given, _: search_index.titles_script(given.entries, given.content, given.texts.code, given.address),
        of_search=True,
    ),
    File("search/{code}.js", lambda given, _: search_index.texts_script(given.entries), of_search=True),
)


def _package(given: Given, one: scorm.Package, kind: Literal["full", "thin"]) -> bytes:
    assert given.packed, "packages need their pages"
    code = given.texts.code
    files = given.packed.full(one.id, code) if kind == "full" else given.packed.thin(one.id, code)
    return scorm.write(one, files, given.packed.title(one.id, code), given.texts)


def before_pages(givens: Sequence[Given]) -> Iterator[Work]:
    """Yields what is dear to make and needs no page of the site, as ``made_of`` gives it: what pages say the size of first."""
    for file in (DOCUMENT, REGISTER_TEMPLATE, WORKBOOK, PACKAGE, THIN_PACKAGE):
        for given in givens:
            if file.wanted(given):
                yield from (file.made_of(given, one) for one in file.each(given.content))


def written(given: Given, table: Iterable[File] = FILES) -> Iterator[tuple[str, bytes]]:
    """Yields the address and the content of every file of one language."""
    for file in (file for file in table if file.wanted(given)):
        for one in file.each(given.content):
            yield file.address(given.texts.code, one), file.content(given, one)
