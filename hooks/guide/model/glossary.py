"""Reads the glossary: what each term is called in every language, what it means, and what not to write.

``pages.explained_terms`` explains terms in pages, ``checks.forbidden_terms`` looks for forms to avoid.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import GLOSSARY_PAGE
from guide.reading import inline_markdown
from guide.reading.entries import Known, check_link, compare_ids, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Language, Project
from guide.reading.schema import (
    Boolean,
    ByLanguage,
    Context,
    Found,
    Identifier,
    ListOf,
    Reference,
    Text,
    Texts,
    Translated,
    in_language,
)
from guide.reading.shapes import Default, Key, list_of, make, shape_of

SOURCE = "data/glossary.yml"


@dataclass(frozen=True)
class Avoided:
    """Forms not to write in one language, what to write instead, and why."""

    forms: Annotated[tuple[str, ...], ListOf(Text())]
    write: Annotated[str, Text()]
    reason: Annotated[Translated, Texts()]
    allowed: Annotated[tuple[str, ...], ListOf(Text()), Key("except"), Default(())]
    """Phrases in which the forms are right."""


@dataclass(frozen=True)
class Term:
    """One term; ``id`` is its address on the glossary's page and never changes."""

    id: Annotated[str, Identifier()]
    term: Annotated[Translated, Texts()]
    abbreviation: Annotated[Mapping[str, str], ByLanguage(Text()), Default({})]
    definition: Annotated[Translated, Texts()]
    note: Annotated[Translated | None, Texts()]
    forms: Annotated[Mapping[str, tuple[str, ...]], ByLanguage(ListOf(Text())), Default({})]
    avoid: Annotated[Mapping[str, tuple[Avoided, ...]], ByLanguage(list_of(Avoided)), Default({})]
    related: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    see: Annotated[str | None, Text()]
    """The page of the guide that explains it, as ``page.md`` or ``page.md#id``."""
    sources: Annotated[tuple[str, ...], ListOf(Reference("source")), Default(())]
    explain: Annotated[bool, Boolean(), Default(True)]
    """Whether pages explain it in place."""

    def name(self, code: str) -> str:
        """The form to write in the language ``code``, or in the default one while it has none there."""
        return in_language(self.term, code)

    def recognised(self, code: str) -> tuple[str, ...]:
        """Returns every way of writing it in a text of the language ``code``; none while it has no name there."""
        if code not in self.term:
            return ()
        return _recognised(self.term[code], self.abbreviation.get(code), self.forms.get(code, ()))


@dataclass(frozen=True)
class Retired:
    """A term that was published once; its id never means anything else."""

    id: Annotated[str, Identifier()]
    reason: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class GlossaryFile:
    """What ``data/glossary.yml`` says."""

    terms: Annotated[tuple[Term, ...], list_of(Term)]
    retired: Annotated[tuple[Retired, ...], list_of(Retired), Default(())]


KINDS = (FileKind("glossary", SOURCE, shape_of(GlossaryFile), page=GLOSSARY_PAGE),)


@dataclass(frozen=True)
class Glossary:
    """All terms in the order of the file."""

    terms: tuple[Term, ...]
    ids: tuple[str, ...]
    """Every id that may never mean anything else, those of retired terms included."""
    languages: tuple[Language, ...]


def read(project: Project, problems: Problems, known: Known) -> Glossary:
    """Returns the terms that could be read; ``problems`` gets every mistake.

    ``known`` holds ids of sources, pages, and headings as ``page.md#id``.
    """
    context = Context.of(project, SOURCE, problems, known)
    found = read_file(project, SOURCE, shape_of(GlossaryFile), problems, known)
    terms, retired = found["terms"] or [], found["retired"] or []
    unique_ids([*placed(SOURCE, "terms", terms), *placed(SOURCE, "retired", retired)], problems)
    _check_links(terms, context)
    for code in context.languages:
        owners = _check_forms(terms, code, context)
        _check_avoided(terms, code, owners, context)
    return Glossary(
        tuple(make(Term, one) for one in terms if shape_of(Term).is_whole(one)),
        tuple(one["id"] for one in (*terms, *retired) if one["id"]),
        project.languages,
    )


def check_published(published: Collection[str | None] | None, found: Glossary, problems: Problems) -> tuple[str, ...]:
    """No term that was ever published is gone; gives what is not on the list yet, as ``terms/id``."""
    gone, new = compare_ids(published, found.ids)
    # A glossary that cannot be read has already been told; its ids are not gone.
    for id in gone if found.ids else ():
        problems.add(SOURCE, 0, "terms", "published_term_gone", id=id)
    return tuple(f"terms/{id}" for id in new)


def alphabetical(terms: Iterable[Term], code: str, alphabet: str) -> list[tuple[str, list[Term]]]:
    """Terms by the letter they begin with, in the order of a language's own alphabet.

    A letter of ``alphabet`` is a letter of its own (the Spanish ñ); any other counts as the one it is
    written on (á as a). What begins with none, a digit for instance, comes first, under "0".
    """
    groups: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda one: sorting_key(one.name(code), alphabet)):
        first = next(_letters(term.name(code), alphabet), "")
        groups.setdefault(first if first in alphabet and first else "0", []).append(term)
    return list(groups.items())


def sorting_key(text: str, alphabet: str) -> tuple[list[int], str]:
    """Puts texts in the order of ``alphabet``, without regard to case, accents and marks."""
    return [alphabet.find(letter) for letter in _letters(text, alphabet)], text


def _letters(text: str, alphabet: str) -> Iterator[str]:
    for letter in text.casefold():
        if letter in alphabet:
            yield letter
        else:
            plain = unicodedata.normalize("NFD", letter)[0]
            if plain.isalnum() or plain.isspace():
                yield plain


def _recognised(term: str, abbreviation: str | None, forms: Iterable[str]) -> tuple[str, ...]:
    # What stands in brackets tells readers which sense is meant; no text writes it so.
    bare = () if "(" in term else (term,)
    return tuple(dict.fromkeys((*bare, *filter(None, (abbreviation,)), *forms)))


def _check_links(terms: list[Found], context: Context) -> None:
    """Related terms exist, and what a term links to."""
    ids = {one["id"] for one in terms if one["id"]}
    for place, one in enumerate(terms, 1):
        for other in filter(None, one["related"] or []):
            if other not in ids or other == one["id"]:
                line = one.lines["related"]
                context.unknown(line, f"terms.{place}.related", "unknown_term", other, ids - {one["id"]})
        for name, target in _targets(one):
            check_link(target, one.lines[name], f"terms.{place}.{name}", context)


def _targets(term: Found) -> Iterator[tuple[str, str]]:
    """Yields what a term links to, with the key that does."""
    for name in ("definition", "note"):
        for text in (term[name] or {}).values():
            yield from ((name, target) for target in inline_markdown.links(text))
    if term["see"]:
        yield "see", term["see"]


def _check_forms(terms: list[Found], code: str, context: Context) -> dict[str, str]:
    """Returns a form names one term only; returns the id of the term of each."""
    owners: dict[str, str] = {}
    for place, one in enumerate(terms, 1):
        for form in _forms(one, code):
            if form in owners:
                line, key = one.lines.get("forms", one.lines["term"]), f"terms.{place}.forms.{code}"
                context.problem(line, key, "repeated_form", form=" ".join(form.split()), id=owners[form])
            else:
                owners[form] = one["id"] or ""
    return owners


def _forms(term: Found, code: str) -> tuple[str, ...]:
    """Returns every way of writing a term in a language; none while it has no name there."""
    name = (term["term"] or {}).get(code)
    forms = [form for form in (term["forms"] or {}).get(code, ()) if form]
    return _recognised(name, (term["abbreviation"] or {}).get(code), forms) if name else ()


def _check_avoided(terms: list[Found], code: str, owners: Mapping[str, str], context: Context) -> None:
    """No form to avoid is one to write; ``owners`` says which are."""
    for place, one in enumerate(terms, 1):
        for avoided in (one["avoid"] or {}).get(code, ()):
            for form in avoided["forms"] or []:
                if form in owners:
                    line, key = avoided.lines["forms"], f"terms.{place}.avoid.{code}"
                    context.problem(line, key, "avoided_form", form=" ".join(form.split()), id=owners[form])
