"""Reads the words people type when they search, for what the site calls otherwise: ``data/search.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.reading.entries import Known, check_link, read_file
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import ByLanguage, Context, ListOf, Text, Texts
from guide.reading.shapes import Default, list_of, make, shape_of

SOURCE = "data/search.yml"


@dataclass(frozen=True)
class Typed:
    """Words that people type, in each language; what the site calls it; where it is explained.

    ``see`` is ``page.md`` or ``page.md#heading``.
    """

    typed: Annotated[Mapping[str, tuple[str, ...]], ByLanguage(ListOf(Text()))]
    means: Annotated[Mapping[str, str], Texts(), Default({})]
    see: Annotated[str | None, Text()]


@dataclass(frozen=True)
class SearchWords:
    """``data/search.yml``: words that people type, and those that say nothing of what is looked for."""

    words: Annotated[tuple[Typed, ...], list_of(Typed, least=0)] = ()
    ignored: Annotated[Mapping[str, tuple[str, ...]], ByLanguage(ListOf(Text()))] = field(default_factory=dict)


KINDS = (FileKind("search", SOURCE, shape_of(SearchWords)),)


def read(project: Project, problems: Problems, known: Known) -> SearchWords:
    """Returns what ``data/search.yml`` says; nothing where there is no such file."""
    if not (project.root / SOURCE).is_file():
        return SearchWords()
    found = read_file(project, SOURCE, shape_of(SearchWords), problems, known)
    context = Context.of(project, SOURCE, problems, known)
    for place, one in enumerate(found["words"] or [], 1):
        if one["see"]:
            check_link(one["see"], one.lines["see"], f"words.{place}.see", context)
    return make(SearchWords, found)
