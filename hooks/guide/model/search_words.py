"""The words people type when they search, for what the site calls otherwise: ``data/search.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guide.reading.entries import Known, check_link, read_file
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import ByLanguage, Context, ListOf, Record, Text, Texts

SOURCE = "data/search.yml"

TYPED = Record(
    {"typed": ByLanguage(ListOf(Text())), "means": Texts(), "see": Text()}, optional=frozenset({"means", "see"})
)
SEARCH = Record({"words": ListOf(TYPED, least=0), "ignored": ByLanguage(ListOf(Text()))})


@dataclass(frozen=True)
class Typed:
    """Words that people type, in each language; what the site calls it; where it is explained.

    ``see`` is ``page.md`` or ``page.md#heading``.
    """

    typed: Mapping[str, tuple[str, ...]]
    means: Mapping[str, str]
    see: str | None


@dataclass(frozen=True)
class SearchWords:
    """``data/search.yml``: words that people type, and those that say nothing of what is looked for."""

    words: tuple[Typed, ...] = ()
    ignored: Mapping[str, tuple[str, ...]] | None = None


def read(project: Project, problems: Problems, known: Known) -> SearchWords:
    """What ``data/search.yml`` says; nothing where there is no such file."""
    if not (project.root / SOURCE).is_file():
        return SearchWords()
    found = read_file(project, SOURCE, SEARCH, problems, known)
    context = Context.of(project, SOURCE, problems, known)
    made = []
    for place, one in enumerate(found["words"] or [], 1):
        if one["see"]:
            check_link(one["see"], one.lines["see"], f"words.{place}.see", context)
        made.append(Typed(_by_language(one["typed"]), one["means"] or {}, one["see"]))
    return SearchWords(tuple(made), _by_language(found["ignored"]))


def _by_language(found: Mapping[str, list[str | None]] | None) -> dict[str, tuple[str, ...]]:
    return {code: tuple(filter(None, texts)) for code, texts in (found or {}).items()}
