"""The two catalogues: the directory of networks and the bank of practices.

One file an entry, in ``networks/`` and ``practices/``; its name is the entry's id and never changes.
What classifies them is named in ``data/catalogue.yml``. ``read_catalogue`` is part of ``content.load``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from guide.model.site_pages import PRACTICE_PAGE
from guide.reading.entries import Known, compare_ids, placed, read_file, read_folder, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project, message_texts
from guide.reading.schema import (
    IDENTIFIER,
    Address,
    Boolean,
    Choice,
    Found,
    Identifier,
    Integer,
    ListOf,
    Record,
    Reference,
    Text,
    Texts,
    Translated,
    When,
    in_language,
    slug,
)

# What the file of a new entry is called until its author gives it a name.
NEW_NAME = "nombre"

# Words the code knows: each is named in the locales and some have a shape in the templates.
FEES = ("free", "paid", "unknown")
STATUSES = ("active", "uncertain", "discontinued")
MEMBERS = ("municipalities", "states", "associations", "mayors", "others")
MEXICO = ("open", "indirect", "ask", "closed")
RESULTS = ("evaluated", "third-party", "self-reported", "not-reported")
CONFIDENCES = ("high", "medium", "low")
# What a verified network may still leave to be confirmed.
FIELDS = ("founded", "seat", "members", "fee", "languages")


@dataclass(frozen=True)
class Label:
    """A value entries are classified by, and its name."""

    id: str
    name: Translated


@dataclass(frozen=True)
class Category(Label):
    """A kind of network, and what it is."""

    meaning: Translated


@dataclass(frozen=True)
class EntrySource:
    """Where an entry's data come from, besides the bibliography; ``language`` is the title's."""

    title: str
    url: str | None
    language: str | None


@dataclass(frozen=True)
class Network:
    """A network of local governments; ``id`` is its file's name and its anchor in the directory."""

    id: str
    name: Translated
    acronym: str | None
    category: str
    themes: tuple[str, ...]
    regions: tuple[str, ...]
    open_to: tuple[str, ...]
    mexico: str
    """Whether a Mexican local government can join: one of ``MEXICO``."""
    founded: int | None
    seat: Translated | None
    members: Translated
    fee: str | None
    fee_note: Translated | None
    languages: tuple[str, ...]
    url: str | None
    status: str
    note: Translated | None
    verified: bool
    """Whether founding, seat, members or fee were read in a source; ``unconfirmed`` names the rest."""
    unconfirmed: tuple[str, ...]
    as_of: str
    """The date of the data, as ``When`` reads it; ``checked`` is the month the sources were read."""
    checked: str | None
    cites: tuple[str, ...]
    sources: tuple[EntrySource, ...]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"networks/{self.id}.yml"

    def listed_name(self, code: str) -> str:
        """How it is named in a list, in plain words: with its acronym, where it has one."""
        name = in_language(self.name, code)
        return f"{name} ({self.acronym})" if self.acronym and self.acronym not in name else name


@dataclass(frozen=True)
class Practice:
    """A documented practice; ``id`` is its file's name and its page's."""

    id: str
    title: Translated
    place: Translated
    country: Translated
    region: str
    themes: tuple[str, ...]
    years: str
    summary: Translated
    result: Translated
    results: str
    """Whose word the result is: one of ``RESULTS``."""
    lesson: Translated
    checklists: tuple[str, ...]
    """The self-assessments whose theme it illustrates, by id."""
    confidence: str
    checked: str
    cites: tuple[str, ...]
    sources: tuple[EntrySource, ...]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"practices/{self.id}.yml"

    @property
    def page(self) -> str:
        """The path of its page inside a language's folder."""
        return PRACTICE_PAGE.format(id=self.id)


@dataclass(frozen=True)
class Catalogue:
    """Both catalogues and the labels they share, each in the order it is shown."""

    categories: tuple[Category, ...]
    themes: tuple[Label, ...]
    regions: tuple[Label, ...]
    languages: tuple[Label, ...]
    networks: tuple[Network, ...]
    practices: tuple[Practice, ...]


_LABELS = {"category": "categories", "theme": "themes", "region": "regions", "language": "languages"}
_LABEL = {"id": Identifier(), "name": Texts()}
LABELS = Record(
    {
        "categories": ListOf(Record({**_LABEL, "meaning": Texts()})),
        "themes": ListOf(Record(_LABEL)),
        "regions": ListOf(Record(_LABEL)),
        "languages": ListOf(Record(_LABEL)),
    }
)

_SOURCES = {
    "cites": ListOf(Reference("source")),
    "sources": ListOf(
        Record(
            {"title": Text(), "url": Address(), "language": Reference("language")},
            optional=frozenset({"url", "language"}),
        )
    ),
}

NETWORK = Record(
    {
        "name": Texts(),
        "acronym": Text(),
        "category": Reference("category"),
        "themes": ListOf(Reference("theme")),
        "regions": ListOf(Reference("region")),
        "open_to": ListOf(Choice(MEMBERS)),
        "mexico": Choice(MEXICO),
        "founded": Integer(1800, 2100),
        "seat": Texts(),
        "members": Texts(),
        "fee": Choice(FEES),
        "fee_note": Texts(),
        "languages": ListOf(Reference("language")),
        "url": Address(),
        "status": Choice(STATUSES),
        "note": Texts(),
        "verified": Boolean(),
        "unconfirmed": ListOf(Choice(FIELDS)),
        "as_of": When(),
        "checked": When(),
        **_SOURCES,
    },
    optional=frozenset(
        {"acronym", "open_to", "founded", "seat", "fee", "fee_note", "languages", "url", "note"}
        | {"unconfirmed", "checked", "cites", "sources"}
    ),
)

PRACTICE = Record(
    {
        "title": Texts(),
        "place": Texts(),
        "country": Texts(),
        "region": Reference("region"),
        "themes": ListOf(Reference("theme")),
        "years": When(),
        "summary": Texts(),
        "result": Texts(),
        "results": Choice(RESULTS),
        "lesson": Texts(),
        "checklists": ListOf(Reference("checklist")),
        "confidence": Choice(CONFIDENCES),
        "checked": When(),
        **_SOURCES,
    },
    optional=frozenset({"checklists", "cites", "sources"}),
)


def read_catalogue(
    project: Project, problems: Problems, known: Known, published: Found
) -> tuple[Catalogue, tuple[str, ...]]:
    """Both catalogues, and the ids that are not published yet, as ``networks/id``.

    ``known`` holds the ids of sources and checklists; ``published`` what ``data/published-ids.yml``
    lists. Mistakes go to ``problems``; with any there, the catalogue is empty.
    """
    labels, known = _read_labels(project, problems, known)
    networks = _read_entries(project, "networks", NETWORK, problems, known)
    practices = _read_entries(project, "practices", PRACTICE, problems, known)
    for id, network in networks.items():
        sourced = network["cites"] or network["sources"]
        if network["verified"] and not (sourced and network["checked"]):
            problems.add(f"networks/{id}.yml", network.lines["verified"], "verified", "verified_without")
    for id, practice in practices.items():
        if practice.lines and not {"cites", "sources"} & practice.lines.keys():
            problems.add(f"practices/{id}.yml", 0, "sources", "practice_without_source")
    for folder, entries in (("networks", networks), ("practices", practices)):
        _check_entries(project, folder, entries, published[folder] or (), problems)
    new = _check_published(published, "networks", networks, problems)
    new += _check_published(published, "practices", practices, problems)
    if len(problems):
        return Catalogue((), (), (), (), (), ()), new
    regions = [one["id"] for one in labels["regions"]]
    return (
        Catalogue(
            categories=tuple(Category(**one) for one in labels["categories"]),
            themes=tuple(Label(**one) for one in labels["themes"]),
            regions=tuple(Label(**one) for one in labels["regions"]),
            languages=tuple(Label(**one) for one in labels["languages"]),
            networks=tuple(
                sorted(
                    (Network(**_values(id, one)) for id, one in networks.items()),
                    key=lambda one: (STATUSES.index(one.status), one.id),
                )
            ),
            practices=tuple(
                sorted(
                    (Practice(**_values(id, one)) for id, one in practices.items()),
                    key=lambda one: (regions.index(one.region), one.id),
                )
            ),
        ),
        new,
    )


def _read_labels(project: Project, problems: Problems, known: Known) -> tuple[Found, Known]:
    """The labels, and ``known`` with their ids and what people call them."""
    path = "data/catalogue.yml"
    labels = read_file(project, path, LABELS, problems)
    ids = {}
    for kind, name in _LABELS.items():
        unique_ids(placed(path, name, labels[name]), problems, "repeated_label")
        ids[kind] = {one["id"]: _names(one["name"]) for one in labels[name] or () if one["id"]}
    return labels, {**known, **ids}


def _names(name: Mapping[str, str] | None) -> list[str]:
    """What a label is called, whole and in its parts: «Ambiente y agua», «Ambiente», «agua»."""
    return [part for text in (name or {}).values() for part in (text, *re.split(r", | y | and ", text))]


def _read_entries(project: Project, folder: str, record: Record, problems: Problems, known: Known) -> dict[str, Found]:
    """Every entry of a folder by its id, which is its file's name."""
    found = read_folder(project, folder, record, problems, known)
    for id in found:
        if not IDENTIFIER.fullmatch(id):
            problems.add(f"{folder}/{id}.yml", 0, "", "entry_name", wanted=f"{slug(id)}.yml")
        elif id == NEW_NAME:
            problems.add(f"{folder}/{id}.yml", 0, "", "entry_new_name")
    return found


def _check_entries(
    project: Project, folder: str, entries: Mapping[str, Found], published: Collection[str], problems: Problems
) -> None:
    """What has been read has been: no date of it is still to come. No two entries have the same name: of two, the one
    that is not published yet is the copy."""
    unwritten = message_texts(project, project.default).words.get("new", {}).get("text", "")
    month = f"{datetime.date.today():%Y-%m}"
    first: dict[str, str] = {}
    for id, one in sorted(entries.items(), key=lambda entry: entry[0] not in published):
        path = f"{folder}/{id}.yml"
        for key in ("founded", "as_of", "checked"):
            date = str(one.get(key) or "").removeprefix("c. ")
            if date > month[: len(date)]:
                problems.add(path, one.lines[key], key, "in_future", value=date)
        key = "name" if "name" in one else "title"
        written = in_language(one[key], project.default) if one[key] else unwritten
        name = " ".join(written.lower().split())
        if written == unwritten or not IDENTIFIER.fullmatch(id):
            continue
        if name in first:
            problems.add(path, one.lines[key], key, "repeated_entry", value=name[:60], where=first[name])
        first.setdefault(name, path)


def _check_published(published: Found, folder: str, found: Mapping[str, Found], problems: Problems) -> tuple[str, ...]:
    """Nothing that was ever published is gone; gives what is not on the list yet."""
    gone, new = compare_ids(published[folder], found)
    for id in gone:
        problems.add("data/published-ids.yml", 0, f"{folder}.{id}", "published_entry_gone", file=f"{folder}/{id}.yml")
    return tuple(f"{folder}/{id}" for id in new)


def _values(id: str, found: Found) -> dict[str, Any]:
    """The values of an entry as its record wants them: tuples for lists, empty where there is none."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    for name in ("open_to", "languages", "unconfirmed", "checklists", "cites", "sources"):
        if name in values:
            values[name] = values[name] or ()
    values["sources"] = tuple(EntrySource(**one) for one in values["sources"])
    return {"id": id, **values}
