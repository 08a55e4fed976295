"""Reads the two catalogues: the directory of networks and the bank of practices.

One file an entry, in ``networks/`` and ``practices/``; its name is the entry's id and never changes.
What classifies them is named in ``data/catalogue.yml``. ``read_catalogue`` is part of ``content.load``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from guide.model.file_kind import FileKind
from guide.model.site_pages import PRACTICE_PAGE
from guide.reading.entries import Known, compare_ids, placed, read_file, read_folder, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project, message_texts
from guide.reading.schema import (
    IDENTIFIER,
    WRITTEN,
    Address,
    Boolean,
    Choice,
    Found,
    Icon,
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
from guide.reading.shapes import Default, list_of, make, shape_of

# What the file of a new entry is called until its author gives it a name.
NEW_NAME = "nombre"

# Words the code knows: each is named in the locales and some have a shape in the templates.
FEES = ("free", "paid", "unknown")
STATUSES = ("active", "uncertain", "discontinued")
MEMBERS = ("municipalities", "states", "associations", "mayors", "others")
MEXICO = ("open", "indirect", "ask", "closed")
# What a practice says for whoever wants to do the same, in the order of the page.
DETAILS = ("cost", "team", "time", "small_town", "ask")
RESULTS = ("evaluated", "third-party", "self-reported", "not-reported")
CONFIDENCES = ("high", "medium", "low")
# What a verified network may still leave to be confirmed.
FIELDS = ("founded", "seat", "members", "fee", "languages")


@dataclass(frozen=True)
class Label:
    """A value entries are classified by, and its name."""

    id: Annotated[str, Identifier()]
    name: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Theme(Label):
    """What an entry is about, and the icon it is seen by."""

    icon: Annotated[str | None, Icon(), Default(None)]


@dataclass(frozen=True)
class Category(Label):
    """A kind of network, and what it is."""

    meaning: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class EntrySource:
    """Where an entry's data come from, besides the bibliography; ``language`` is the title's."""

    title: Annotated[str, Text()]
    url: Annotated[str | None, Address()]
    language: Annotated[str | None, Reference("language")]


@dataclass(frozen=True)
class Network:
    """A network of local governments; ``id`` is its file's name and its anchor in the directory."""

    id: str
    name: Annotated[Translated, Texts()]
    acronym: Annotated[str | None, Text()]
    category: Annotated[str, Reference("category")]
    themes: Annotated[tuple[str, ...], ListOf(Reference("theme"))]
    regions: Annotated[tuple[str, ...], ListOf(Reference("region"))]
    open_to: Annotated[tuple[str, ...], ListOf(Choice(MEMBERS)), Default(())]
    mexico: Annotated[str, Choice(MEXICO)]
    """Whether a Mexican local government can join: one of ``MEXICO``."""
    founded: Annotated[int | None, Integer(1800, 2100)]
    seat: Annotated[Translated | None, Texts()]
    members: Annotated[Translated, Texts()]
    fee: Annotated[str | None, Choice(FEES)]
    fee_note: Annotated[Translated | None, Texts()]
    languages: Annotated[tuple[str, ...], ListOf(Reference("language")), Default(())]
    url: Annotated[str | None, Address()]
    status: Annotated[str, Choice(STATUSES)]
    note: Annotated[Translated | None, Texts()]
    verified: Annotated[bool, Boolean()]
    """Whether founding, seat, members or fee were read in a source; ``unconfirmed`` names the rest."""
    unconfirmed: Annotated[tuple[str, ...], ListOf(Choice(FIELDS)), Default(())]
    as_of: Annotated[str, When()]
    """The date of the data, as ``When`` reads it; ``checked`` is the month the sources were read."""
    checked: Annotated[str | None, When()]
    cites: Annotated[tuple[str, ...], ListOf(Reference("source")), Default(())]
    sources: Annotated[tuple[EntrySource, ...], list_of(EntrySource), Default(())]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"networks/{self.id}.yml"

    def listed_name(self, code: str) -> str:
        """Returns how it is named in a list, in plain words: with its acronym, where it has one."""
        name = in_language(self.name, code)
        return f"{name} ({self.acronym})" if self.acronym and self.acronym not in name else name


@dataclass(frozen=True)
class Practice:
    """A documented practice; ``id`` is its file's name and its page's."""

    id: str
    title: Annotated[Translated, Texts()]
    place: Annotated[Translated, Texts()]
    country: Annotated[Translated, Texts()]
    region: Annotated[str, Reference("region")]
    themes: Annotated[tuple[str, ...], ListOf(Reference("theme"))]
    years: Annotated[str, When()]
    summary: Annotated[Translated, Texts()]
    result: Annotated[Translated, Texts()]
    results: Annotated[str, Choice(RESULTS)]
    """Whose word the result is: one of ``RESULTS``."""
    lesson: Annotated[Translated, Texts()]
    cost: Annotated[Translated | None, Texts()]
    team: Annotated[Translated | None, Texts()]
    time: Annotated[Translated | None, Texts()]
    """What it cost, who did it and how long it took, as far as a source says."""
    small_town: Annotated[Translated | None, Texts()]
    ask: Annotated[Translated | None, Texts()]
    """What a small town would need, and whom to ask; our reading."""
    checklists: Annotated[tuple[str, ...], ListOf(Reference("checklist")), Default(())]
    """The self-assessments whose theme it illustrates, by id."""
    confidence: Annotated[str, Choice(CONFIDENCES)]
    checked: Annotated[str, When()]
    cites: Annotated[tuple[str, ...], ListOf(Reference("source")), Default(())]
    sources: Annotated[tuple[EntrySource, ...], list_of(EntrySource), Default(())]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"practices/{self.id}.yml"

    @property
    def details(self) -> Mapping[str, Translated]:
        """Those of ``DETAILS`` that it says."""
        return {name: text for name in DETAILS if (text := getattr(self, name))}

    @property
    def page(self) -> str:
        """The path of its page inside a language's folder."""
        return PRACTICE_PAGE.format(id=self.id)


@dataclass(frozen=True)
class Catalogue:
    """Both catalogues and the labels they share, each in the order it is shown."""

    categories: tuple[Category, ...]
    themes: tuple[Theme, ...]
    regions: tuple[Label, ...]
    languages: tuple[Label, ...]
    networks: tuple[Network, ...]
    practices: tuple[Practice, ...]


_LABELS_FILE = "data/catalogue.yml"
_LABELS = {"category": "categories", "theme": "themes", "region": "regions", "language": "languages"}


@dataclass(frozen=True)
class Labels:
    """What ``data/catalogue.yml`` names."""

    categories: Annotated[tuple[Category, ...], list_of(Category)]
    themes: Annotated[tuple[Theme, ...], list_of(Theme)]
    regions: Annotated[tuple[Label, ...], list_of(Label)]
    languages: Annotated[tuple[Label, ...], list_of(Label)]


def read_catalogue(
    project: Project, problems: Problems, known: Known, published: Found
) -> tuple[Catalogue, tuple[str, ...]]:
    """Both catalogues, and the ids that are not published yet, as ``networks/id``.

    ``known`` holds the ids of sources and checklists; ``published`` what ``data/published-ids.yml``
    lists. Mistakes go to ``problems``; with any there, the catalogue is empty.
    """
    labels, known = read_labels(project, problems, known)
    networks = read_entries(project, "networks", shape_of(Network), problems, known)
    practices = read_entries(project, "practices", shape_of(Practice), problems, known)
    _check_sources(networks, practices, problems)
    for folder, entries in (("networks", networks), ("practices", practices)):
        _check_entries(project, folder, entries, published[folder] or (), problems)
    new = check_published(published, "networks", networks, problems)
    new += check_published(published, "practices", practices, problems)
    if len(problems):
        return Catalogue((), (), (), (), (), ()), new
    return _catalogue(make(Labels, labels), networks, practices), new


def _check_sources(networks: Mapping[str, Found], practices: Mapping[str, Found], problems: Problems) -> None:
    """What is verified says where and when it was read, and every practice where it comes from."""
    for id, network in networks.items():
        sourced = network["cites"] or network["sources"]
        if network["verified"] and not (sourced and network["checked"]):
            problems.add(f"networks/{id}.yml", network.lines["verified"], "verified", "verified_without")
    for id, practice in practices.items():
        if practice.lines and not {"cites", "sources"} & practice.lines.keys():
            problems.add(f"practices/{id}.yml", 0, "sources", "practice_without_source")


def _catalogue(labels: Labels, networks: Mapping[str, Found], practices: Mapping[str, Found]) -> Catalogue:
    """Both catalogues in the order they are shown."""
    regions = [one.id for one in labels.regions]
    return Catalogue(
        categories=labels.categories,
        themes=labels.themes,
        regions=labels.regions,
        languages=labels.languages,
        networks=tuple(
            sorted(
                (make(Network, one, id=id) for id, one in networks.items()),
                key=lambda one: (STATUSES.index(one.status), one.id),
            )
        ),
        practices=tuple(
            sorted(
                (make(Practice, one, id=id) for id, one in practices.items()),
                key=lambda one: (regions.index(one.region), one.id),
            )
        ),
    )


def read_labels(project: Project, problems: Problems, known: Known) -> tuple[Found, Known]:
    """Returns the labels, and ``known`` with their ids and what people call them."""
    labels = read_file(project, _LABELS_FILE, shape_of(Labels), problems)
    ids = {}
    for kind, name in _LABELS.items():
        unique_ids(placed(_LABELS_FILE, name, labels[name]), problems, "repeated_label")
        ids[kind] = {one["id"]: _names(one["name"]) for one in labels[name] or () if one["id"]}
    return labels, {**known, **ids}


def _names(name: Mapping[str, str] | None) -> list[str]:
    """Returns what a label is called, whole and in its parts: «Ambiente y agua», «Ambiente», «agua»."""
    return [part for text in (name or {}).values() for part in (text, *re.split(r", | y | and ", text))]


def read_entries(project: Project, folder: str, record: Record, problems: Problems, known: Known) -> dict[str, Found]:
    """Returns every entry of a folder by its id, which is its file's name."""
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


def check_published(published: Found, folder: str, found: Mapping[str, Found], problems: Problems) -> tuple[str, ...]:
    """Nothing that was ever published is gone; gives what is not on the list yet."""
    gone, new = compare_ids(published[folder], found)
    for id in gone:
        problems.add("data/published-ids.yml", 0, f"{folder}.{id}", "published_entry_gone", file=f"{folder}/{id}.yml")
    return tuple(f"{folder}/{id}" for id in new)


NEW_SOURCE = {"sources": WRITTEN, "sources.url": WRITTEN}


def _new_network(project: Project, id: str) -> Mapping[str, Any]:
    """Nothing is claimed of a network that nobody has looked up yet."""
    month = f"{datetime.date.today():%Y-%m}"
    return {"mexico": "ask", "status": "uncertain", "as_of": month, "checked": month, "url": WRITTEN, **NEW_SOURCE}


def _new_practice(project: Project, id: str) -> Mapping[str, Any]:
    """Nothing is said of the results of a practice until somebody has read of them."""
    month = f"{datetime.date.today():%Y-%m}"
    return {"results": "not-reported", "confidence": "low", "checked": month, **NEW_SOURCE}


KINDS = (
    FileKind("catalogue", _LABELS_FILE, shape_of(Labels)),
    FileKind("network", "networks/*.yml", shape_of(Network), start=_new_network),
    FileKind("practice", "practices/*.yml", shape_of(Practice), page=PRACTICE_PAGE, start=_new_practice),
)
