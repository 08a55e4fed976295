"""Reads the municipal law of every state: which it is, what it asks of an agreement, and how much of it somebody has read.

One file a state, in ``states/``, named by the state's code (ISO 3166-2, small letters). The Constitution leaves to
these laws when two thirds of the council must vote (art. 115-II-b): nothing is said of articles that nobody read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from guide.model.catalogue import EntrySource
from guide.model.file_kind import FileKind
from guide.reading.entries import Known, read_folder
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Address, Choice, Day, Found, ListOf, Reference, Text, Texts, Translated, When
from guide.reading.shapes import Default, list_of, make, shape_of

FOLDER = "states"

CODES = (
    "agu", "bcn", "bcs", "cam", "chh", "chp", "cmx", "coa", "col", "dur", "gro", "gua", "hid", "jal", "mex", "mic",
    "mor", "nay", "nle", "oax", "pue", "que", "roo", "sin", "slp", "son", "tab", "tam", "tla", "ver", "yuc", "zac",
)  # fmt: skip
NAMES = re.compile("|".join(CODES))

# From what says most to what says nothing; each is named in the locales.
SEEN = ("articles", "opening", "name", "none")
# What only whoever read the articles can say.
RULES = ("agreements", "majority", "signer")


@dataclass(frozen=True)
class State:
    """A state's municipal law; ``id`` is the state's code, its file's name and its anchor on the page."""

    id: str
    name: Annotated[Translated, Texts()]
    law: Annotated[str | None, Text()]
    text: Annotated[str | None, Address()]
    """Where the text of the law is."""
    congress: Annotated[str | None, Address()]
    gazette: Annotated[str | None, Text()]
    published: Annotated[datetime.date | None, Day()]
    reformed: Annotated[datetime.date | None, Day()]
    """The last reform that the copy tells of."""
    agreements: Annotated[Translated | None, Texts()]
    majority: Annotated[Translated | None, Texts()]
    signer: Annotated[Translated | None, Texts()]
    note: Annotated[Translated | None, Texts()]
    seen: Annotated[str, Choice(SEEN)]
    checked: Annotated[str | None, When()]
    cites: Annotated[tuple[str, ...], ListOf(Reference("source")), Default(())]
    sources: Annotated[tuple[EntrySource, ...], list_of(EntrySource), Default(())]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"{FOLDER}/{self.id}.yml"


def read(project: Project, problems: Problems, known: Known) -> tuple[State, ...]:
    """Returns the laws of all states, in the order of their codes; none with any mistake anywhere.

    ``known`` holds the ids of sources and languages.
    """
    found = read_folder(project, FOLDER, shape_of(State), problems, known)
    for id, one in found.items():
        if id not in CODES:
            problems.add(f"{FOLDER}/{id}.yml", 0, "", "state_code", known=", ".join(CODES))
        elif one.lines:
            _check(f"{FOLDER}/{id}.yml", one, problems)
    if len(problems):
        return ()
    return tuple(make(State, one, id=id) for id, one in sorted(found.items()))


def _check(path: str, one: Found, problems: Problems) -> None:
    """What is said of a law has been read, and where and when is said too."""
    seen, line = one["seen"], one.lines.get("seen", 0)
    if seen is None:
        return
    _check_rules(path, one, problems)
    if seen != "none":
        needed = [name for name in ("law", "checked") if name not in one.lines]
        needed += [] if {"cites", "sources"} & one.lines.keys() else ["sources"]
        if needed:
            problems.add(path, line, "seen", "state_without", missing=", ".join(needed))
    if one["published"] and one["reformed"] and one["reformed"] < one["published"]:
        problems.add(path, one.lines["reformed"], "reformed", "state_reform")


def _check_rules(path: str, one: Found, problems: Problems) -> None:
    """Whoever read the articles says every rule, whoever did not says none."""
    if one["seen"] == "articles":
        missing = [name for name in RULES if name not in one.lines]
        if missing:
            problems.add(path, one.lines.get("seen", 0), "seen", "state_articles", missing=", ".join(missing))
        return
    for name in RULES:
        if name in one.lines:
            problems.add(path, one.lines[name], name, "state_unread")


def _new_state(project: Project, id: str) -> Mapping[str, Any]:
    """Nothing is claimed of a law that nobody has read yet."""
    return {"seen": "none"}


KINDS = (FileKind("state", f"{FOLDER}/*.yml", shape_of(State), names=NAMES, like="jal", start=_new_state),)
