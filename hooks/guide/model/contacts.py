"""Whom to call: one file an institution, in ``contacts/``; its name is its id and its place on the page.

What an institution is for and how it is reached, as somebody read it and when, and the month in which it is to be read
again. Pages and texts mention it as ``{contact:id}`` (``reading/mentions.py``).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from guide.model.catalogue import SOURCES, EntrySource, check_published, read_entries, values
from guide.reading import mentions
from guide.reading.entries import Known
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Address,
    Choice,
    Integer,
    ListOf,
    Month,
    Record,
    Reference,
    Text,
    Texts,
    Translated,
    When,
)

FOLDER = mentions.FOLDER
PAGE = mentions.PAGE

# In the order of the page; each is named in the locales.
KINDS = ("states", "ministry", "abroad", "cooperation", "agency", "secretariat")
WAYS = ("telephone", "email", "address")
_AFTER_THE_OTHERS = 100


@dataclass(frozen=True)
class Channel:
    """A way to reach an institution, as published; ``published`` is the date of that page, None where it has none."""

    way: str
    value: str
    published: str | None
    note: Translated | None


@dataclass(frozen=True)
class Contact:
    """An institution; ``id`` is its file's name and its anchor on the page."""

    id: str
    name: Translated
    short: Translated
    """What it is called in a sentence."""
    kind: str
    order: int
    """Its place among those of its kind; those that do not say come after, in the order of ids."""
    need: Translated
    """What sends people to it, as they would say it."""
    purpose: Translated
    ask: Translated | None
    page: str | None
    network: str | None
    """The network of the directory whose office it is."""
    channels: tuple[Channel, ...]
    note: Translated | None
    checked: str
    next_check: str
    cites: tuple[str, ...]
    sources: tuple[EntrySource, ...]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"{FOLDER}/{self.id}.yml"


CONTACT = Record(
    {
        "name": Texts(),
        "short": Texts(),
        "kind": Choice(KINDS),
        "order": Integer(1, 99),
        "need": Texts(),
        "purpose": Texts(),
        "ask": Texts(),
        "page": Address(),
        "network": Reference("network"),
        "channels": ListOf(
            Record(
                {"way": Choice(WAYS), "value": Text(), "published": When(), "note": Texts()},
                optional=frozenset({"published", "note"}),
            )
        ),
        "note": Texts(),
        "checked": When(),
        "next_check": Month(),
        **SOURCES,
    },
    optional=frozenset({"order", "ask", "page", "network", "channels", "note", "cites", "sources"}),
)


def read(
    project: Project, problems: Problems, known: Known, published: Collection[str | None] | None
) -> tuple[tuple[Contact, ...], tuple[str, ...]]:
    """All contacts in the order of the page (none with any mistake anywhere), and the ids not published yet.

    ``known`` holds the ids of sources, networks and languages.
    """
    found = read_entries(project, FOLDER, CONTACT, problems, known)
    for id, one in found.items():
        path = f"{FOLDER}/{id}.yml"
        if one.lines and not {"cites", "sources"} & one.lines.keys():
            problems.add(path, 0, "sources", "contact_without_source")
        if one["checked"] and one["next_check"] and one["next_check"] <= one["checked"].removeprefix("c. "):
            problems.add(path, one.lines["next_check"], "next_check", "next_check_order", checked=one["checked"])
    new = check_published({FOLDER: published}, FOLDER, found, problems)
    if len(problems):
        return (), new
    made = (_contact(id, one) for id, one in found.items())
    return tuple(sorted(made, key=lambda one: (KINDS.index(one.kind), one.order, one.id))), new


def overdue(contact: Contact, today: datetime.date) -> bool:
    """Whether the month in which it was to be read again has gone by."""
    return contact.next_check < f"{today:%Y-%m}"


def _contact(id: str, found: Mapping[str, Any]) -> Contact:
    made = values(id, found)
    made["order"] = made["order"] or _AFTER_THE_OTHERS
    return Contact(**{**made, "channels": tuple(Channel(**one) for one in made["channels"] or ())})
