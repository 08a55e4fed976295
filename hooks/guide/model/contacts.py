"""Reads whom to call: one file an institution, in ``contacts/``; its name is its id and its place on the page.

What an institution is for and how it is reached, as somebody read it and when, and the month in which it is to be read
again. Pages and texts mention it as ``{contact:id}`` (``reading/mentions.py``).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from guide.model.catalogue import NEW_SOURCE, EntrySource, check_published, read_entries
from guide.model.file_kind import FileKind
from guide.reading import mentions
from guide.reading.entries import Known
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    WRITTEN,
    Address,
    Choice,
    Found,
    Integer,
    ListOf,
    Month,
    Reference,
    Text,
    Texts,
    Translated,
    When,
)
from guide.reading.shapes import Default, list_of, make, shape_of

FOLDER = mentions.FOLDER

# In the order of the page; each is named in the locales.
KINDS_OF_CONTACT = ("states", "ministry", "abroad", "cooperation", "agency", "secretariat")
WAYS = ("telephone", "email", "address")
_AFTER_THE_OTHERS = 100


@dataclass(frozen=True)
class Channel:
    """A way to reach an institution, as published; ``published`` is the date of that page, None where it has none."""

    way: Annotated[str, Choice(WAYS)]
    value: Annotated[str, Text()]
    published: Annotated[str | None, When()]
    note: Annotated[Translated | None, Texts()]


@dataclass(frozen=True)
class Contact:
    """An institution; ``id`` is its file's name and its anchor on the page."""

    id: str
    name: Annotated[Translated, Texts()]
    short: Annotated[Translated, Texts()]
    """What it is called in a sentence."""
    kind: Annotated[str, Choice(KINDS_OF_CONTACT)]
    order: Annotated[int, Integer(1, 99), Default(_AFTER_THE_OTHERS)]
    """Its place among those of its kind; those that do not say come after, in the order of ids."""
    need: Annotated[Translated, Texts()]
    """What sends people to it, as they would say it."""
    purpose: Annotated[Translated, Texts()]
    ask: Annotated[Translated | None, Texts()]
    page: Annotated[str | None, Address()]
    network: Annotated[str | None, Reference("network")]
    """The network of the directory whose office it is."""
    channels: Annotated[tuple[Channel, ...], list_of(Channel), Default(())]
    note: Annotated[Translated | None, Texts()]
    checked: Annotated[str, When()]
    next_check: Annotated[str, Month()]
    cites: Annotated[tuple[str, ...], ListOf(Reference("source")), Default(())]
    sources: Annotated[tuple[EntrySource, ...], list_of(EntrySource), Default(())]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"{FOLDER}/{self.id}.yml"


def read(
    project: Project, problems: Problems, known: Known, published: Found
) -> tuple[tuple[Contact, ...], tuple[str, ...]]:
    """Returns all contacts in the order of the page (none with any mistake anywhere), and the ids not published yet.

    ``known`` holds the ids of sources, networks and languages; ``published`` what ``data/published-ids.yml`` lists.
    """
    found = read_entries(project, FOLDER, shape_of(Contact), problems, known)
    for id, one in found.items():
        path = f"{FOLDER}/{id}.yml"
        if one.lines and not {"cites", "sources"} & one.lines.keys():
            problems.add(path, 0, "sources", "contact_without_source")
        if one["checked"] and one["next_check"] and one["next_check"] <= one["checked"].removeprefix("c. "):
            problems.add(path, one.lines["next_check"], "next_check", "next_check_order", checked=one["checked"])
    new = check_published(published, FOLDER, found, problems)
    if len(problems):
        return (), new
    made = (make(Contact, one, id=id) for id, one in found.items())
    return tuple(sorted(made, key=lambda one: (KINDS_OF_CONTACT.index(one.kind), one.order, one.id))), new


def overdue(contact: Contact, today: datetime.date) -> bool:
    """Returns whether the month in which it was to be read again has gone by."""
    return contact.next_check < f"{today:%Y-%m}"


def _new_contact(project: Project, id: str) -> Mapping[str, Any]:
    """Read now; where, whoever writes it says."""
    return {"checked": f"{datetime.date.today():%Y-%m}", "page": WRITTEN, **NEW_SOURCE}


KINDS = (FileKind("contact", f"{FOLDER}/*.yml", shape_of(Contact), start=_new_contact),)
