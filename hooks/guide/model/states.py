"""The municipal law of every state: which it is, what it asks of an agreement, and how much of it somebody has read.

One file a state, in ``states/``, named by the state's code (ISO 3166-2, small letters). The Constitution leaves to
these laws when two thirds of the council must vote (art. 115-II-b): nothing is said of articles that nobody read.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from guide.model.catalogue import SOURCES, EntrySource, values
from guide.reading.entries import Known, read_folder
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Address, Choice, Day, Found, Record, Text, Texts, Translated, When

FOLDER = "states"
PAGE = "directorio/leyes-municipales.md"

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
    name: Translated
    law: str | None
    text: str | None
    """Where the text of the law is."""
    congress: str | None
    gazette: str | None
    published: datetime.date | None
    reformed: datetime.date | None
    """The last reform that the copy tells of."""
    agreements: Translated | None
    majority: Translated | None
    signer: Translated | None
    note: Translated | None
    seen: str
    checked: str | None
    cites: tuple[str, ...]
    sources: tuple[EntrySource, ...]

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"{FOLDER}/{self.id}.yml"


STATE = Record(
    {
        "name": Texts(),
        "law": Text(),
        "text": Address(),
        "congress": Address(),
        "gazette": Text(),
        "published": Day(),
        "reformed": Day(),
        "agreements": Texts(),
        "majority": Texts(),
        "signer": Texts(),
        "note": Texts(),
        "seen": Choice(SEEN),
        "checked": When(),
        **SOURCES,
    },
    optional=frozenset(
        {"law", "text", "congress", "gazette", "published", "reformed", *RULES, "note", "checked", "cites", "sources"}
    ),
)


def read(project: Project, problems: Problems, known: Known) -> tuple[State, ...]:
    """The laws of all states, in the order of their codes; none with any mistake anywhere.

    ``known`` holds the ids of sources and languages.
    """
    found = read_folder(project, FOLDER, STATE, problems, known)
    for id, one in found.items():
        if id not in CODES:
            problems.add(f"{FOLDER}/{id}.yml", 0, "", "state_code", known=", ".join(CODES))
        elif one.lines:
            _check(f"{FOLDER}/{id}.yml", one, problems)
    if len(problems):
        return ()
    return tuple(State(**values(id, one)) for id, one in sorted(found.items()))


def _check(path: str, one: Found, problems: Problems) -> None:
    """What is said of a law has been read, and where and when is said too."""
    seen, line = one["seen"], one.lines.get("seen", 0)
    if seen is None:
        return
    rules = [name for name in RULES if name in one.lines]
    if seen == "articles" and len(rules) < len(RULES):
        missing = ", ".join(name for name in RULES if name not in one.lines)
        problems.add(path, line, "seen", "state_articles", missing=missing)
    if seen != "articles":
        for name in rules:
            problems.add(path, one.lines[name], name, "state_unread")
    if seen != "none":
        needed = [name for name in ("law", "checked") if name not in one.lines]
        needed += [] if {"cites", "sources"} & one.lines.keys() else ["sources"]
        if needed:
            problems.add(path, line, "seen", "state_without", missing=", ".join(needed))
    if one["published"] and one["reformed"] and one["reformed"] < one["published"]:
        problems.add(path, one.lines["reformed"], "reformed", "state_reform")
