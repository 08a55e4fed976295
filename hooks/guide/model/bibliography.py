"""Reads what is cited: ``data/bibliography.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import BIBLIOGRAPHY_PAGE
from guide.reading.entries import check_link, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Address, Choice, Context, Found, Identifier, Language, Text, Texts, Translated, When
from guide.reading.shapes import list_of, make, shape_of

SOURCES = "data/bibliography.yml"
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography."""

    id: Annotated[str, Identifier()]
    author: Annotated[str, Text()]
    date: Annotated[str | None, When()]
    title: Annotated[str, Text()]
    publisher: Annotated[str | None, Text()]
    language: Annotated[str, Language()]
    url: Annotated[str | None, Address()]
    cite: Annotated[Translated, Texts()]
    seen: Annotated[str, Choice(("first-hand", "secondary", "background"))]
    note: Annotated[Translated | None, Texts()]


@dataclass(frozen=True)
class Bibliography:
    """All sources in the order of the file."""

    sources: Annotated[tuple[Source, ...], list_of(Source)]


KINDS = (FileKind("bibliography", SOURCES, shape_of(Bibliography), page=BIBLIOGRAPHY_PAGE),)


def read_sources(project: Project, problems: Problems) -> list[Found] | None:
    """Returns the records of sources that have an id; None where the list cannot be read."""
    found = read_file(project, SOURCES, shape_of(Bibliography), problems)["sources"]
    if found is None:
        return None
    sources = [one for one in found if one["id"]]
    unique_ids(placed(SOURCES, "sources", sources), problems)
    _check_sources(sources, problems)
    return sources


def sources_by_id(found: Iterable[Found]) -> dict[str, Source]:
    """Returns the sources by their ids."""
    return {one["id"]: make(Source, one) for one in found}


def check_target(target: str, line: int, key: str, context: Context) -> None:
    """Records a link of a text that leads nowhere; what is cited is checked by its id."""
    if not target.startswith(f"{BIBLIOGRAPHY_PAGE}#"):
        check_link(target, line, key, context)


def _check_sources(sources: Iterable[Found], problems: Problems) -> None:
    """No two sources are at one address, and what is cited is the year the source has."""
    first: dict[str, str] = {}
    for one in sources:
        if one["url"]:
            # The same page, however it is asked for.
            bare = re.sub(r"^https?://(?:www\.)?", "", one["url"]).rstrip("/")
            other = first.setdefault(bare, one["id"])
            if other != one["id"]:
                problems.add(SOURCES, one.lines["url"], "url", "source_address_twice", id=one["id"], other=other)
        _check_year(one, problems)


def _check_year(one: Found, problems: Problems) -> None:
    years = set(_YEAR.findall(one["date"] or ""))
    for code, text in (one["cite"] or {}).items() if years else ():
        cited = set(_YEAR.findall(text))
        if cited and not cited & years:
            problems.add(SOURCES, one.lines["cite"], f"cite.{code}", "cited_year", cited=min(cited), date=one["date"])
