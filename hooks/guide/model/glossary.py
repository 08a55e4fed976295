"""The glossary: what each term is called in every language, what it means, and what not to write.

``data/glossary.yml`` is read as the checklists are: what a file may say is declared in the records
below, and every mistake is told at once. ``explain`` shows terms in pages,
``checks.wording`` looks for forms to avoid.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

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
    Record,
    Reference,
    Text,
    Texts,
    Translated,
    in_language,
)

SOURCE = "data/glossary.yml"


@dataclass(frozen=True)
class Avoided:
    """Forms not to write in one language, what to write instead, and why."""

    forms: tuple[str, ...]
    write: str
    reason: Translated
    allowed: tuple[str, ...]
    """Phrases in which the forms are right."""


@dataclass(frozen=True)
class Term:
    """One term; ``id`` is its address on the glossary's page and never changes."""

    id: str
    term: Translated
    abbreviation: Mapping[str, str]
    definition: Translated
    note: Translated | None
    forms: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[Avoided, ...]]
    related: tuple[str, ...]
    see: str | None
    """The page of the guide that explains it, as ``page.md`` or ``page.md#id``."""
    sources: tuple[str, ...]
    explain: bool
    """Whether pages explain it in place."""

    def name(self, code: str) -> str:
        """The form to write in the language ``code``, or in the default one while it has none there."""
        return in_language(self.term, code)

    def recognised(self, code: str) -> tuple[str, ...]:
        """Every way of writing it in a text of the language ``code``; none while it has no name there."""
        if code not in self.term:
            return ()
        return _recognised(self.term[code], self.abbreviation.get(code), self.forms.get(code, ()))


AVOIDED = Record(
    {"forms": ListOf(Text()), "write": Text(), "reason": Texts(), "except": ListOf(Text())},
    optional=frozenset({"except"}),
)

TERM = Record(
    {
        "id": Identifier(),
        "term": Texts(),
        "abbreviation": ByLanguage(Text()),
        "definition": Texts(),
        "note": Texts(),
        "forms": ByLanguage(ListOf(Text())),
        "avoid": ByLanguage(ListOf(AVOIDED)),
        "related": ListOf(Identifier()),
        "see": Text(),
        "sources": ListOf(Reference("source")),
        "explain": Boolean(),
    },
    optional=frozenset({"abbreviation", "note", "forms", "avoid", "related", "see", "sources", "explain"}),
)

RETIRED = Record({"id": Identifier(), "reason": Texts()})

GLOSSARY = Record({"terms": ListOf(TERM), "retired": ListOf(RETIRED)}, optional=frozenset({"retired"}))


@dataclass(frozen=True)
class Glossary:
    """All terms in the order of the file."""

    terms: tuple[Term, ...]
    ids: tuple[str, ...]
    """Every id that may never mean anything else, those of retired terms included."""
    languages: tuple[Language, ...]


def read(project: Project, problems: Problems, known: Known) -> Glossary:
    """The terms that could be read; ``problems`` gets every mistake.

    ``known`` holds ids of sources, pages, and headings as ``page.md#id``.
    """
    context = Context.of(project, SOURCE, problems, known)
    found = read_file(project, SOURCE, GLOSSARY, problems, known)
    terms, retired = found["terms"] or [], found["retired"] or []
    unique_ids([*placed(SOURCE, "terms", terms), *placed(SOURCE, "retired", retired)], problems)
    _check_links(terms, context)
    _check_forms(terms, context)
    whole = {key for key in TERM.keys if key not in TERM.optional}
    return Glossary(
        tuple(_term(one) for one in terms if all(one[key] for key in whole)),
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
        for other in one["related"] or []:
            if other is not None and (other not in ids or other == one["id"]):
                line = one.lines["related"]
                context.unknown(line, f"terms.{place}.related", "unknown_term", other, ids - {one["id"]})
        targets = [
            (name, target)
            for name in ("definition", "note")
            for text in (one[name] or {}).values()
            for target in inline_markdown.links(text)
        ]
        if one["see"]:
            targets.append(("see", one["see"]))
        for name, target in targets:
            check_link(target, one.lines[name], f"terms.{place}.{name}", context)


def _check_forms(terms: list[Found], context: Context) -> None:
    """A form names one term only, and no form to avoid is one to write."""
    for code in context.languages:
        owners: dict[str, str] = {}
        for place, one in enumerate(terms, 1):
            term = (one["term"] or {}).get(code)
            forms = [form for form in (one["forms"] or {}).get(code, ()) if form]
            for form in _recognised(term, (one["abbreviation"] or {}).get(code), forms) if term else ():
                if form in owners:
                    line = one.lines.get("forms", one.lines["term"])
                    key = f"terms.{place}.forms.{code}"
                    shown = " ".join(form.split())
                    context.problem(line, key, "repeated_form", form=shown, id=owners[form])
                else:
                    owners[form] = one["id"] or ""
        for place, one in enumerate(terms, 1):
            for avoided in (one["avoid"] or {}).get(code, ()):
                for form in avoided["forms"] or []:
                    if form in owners:
                        key = f"terms.{place}.avoid.{code}"
                        shown = " ".join(form.split())
                        line = avoided.lines["forms"]
                        context.problem(line, key, "avoided_form", form=shown, id=owners[form])


def _term(found: Found) -> Term:
    return Term(
        **{
            **found,
            "abbreviation": found["abbreviation"] or {},
            "forms": {code: tuple(filter(None, forms)) for code, forms in (found["forms"] or {}).items()},
            "avoid": {
                code: tuple(_avoided(one) for one in items if one["forms"] and one["write"] and one["reason"])
                for code, items in (found["avoid"] or {}).items()
            },
            "related": tuple(filter(None, found["related"] or ())),
            "sources": tuple(filter(None, found["sources"] or ())),
            "explain": found["explain"] is not False,
        }
    )


def _avoided(found: Found) -> Avoided:
    allowed = tuple(filter(None, found["except"] or ()))
    return Avoided(tuple(filter(None, found["forms"])), found["write"], found["reason"], allowed)
