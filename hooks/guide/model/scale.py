"""Reads the scale that every criterion is answered on: ``data/scale.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.reading.entries import placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Choice, Found, Number, Texts, Translated
from guide.reading.shapes import Key, list_of, make, shape_of

SOURCE = "data/scale.yml"
LEVELS = 4
# Each has a shape in templates/macros.html.jinja and a colour in the style sheet.
STATUS = Choice(("behind", "in-progress", "optimal"))


@dataclass(frozen=True)
class Level:
    """One step of the scale; its place in ``Scale.levels`` is its value, 0 to 3."""

    name: Annotated[Translated, Texts()]
    status: Annotated[str, STATUS]


@dataclass(frozen=True)
class Status:
    """One light of the traffic light."""

    id: Annotated[str, STATUS]
    name: Annotated[Translated, Texts()]
    meaning: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Band:
    """How a mean level of at least ``least`` reads."""

    least: Annotated[float, Number(0, 3), Key("from")]
    name: Annotated[Translated, Texts()]
    meaning: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Reading:
    """What a result is called, and what that means."""

    name: Annotated[Translated, Texts()]
    meaning: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Scale:
    """The scale every criterion is answered on."""

    levels: Annotated[tuple[Level, ...], list_of(Level, length=LEVELS)]
    statuses: Annotated[tuple[Status, ...], list_of(Status, length=3)]
    bands: Annotated[tuple[Band, ...], list_of(Band)]
    over_flags: Annotated[Reading, shape_of(Reading)]
    """What is read instead of a band while something is flagged for the law."""


KINDS = (FileKind("scale", SOURCE, shape_of(Scale)),)


def read_scale(project: Project, problems: Problems) -> Scale:
    """Returns the scale; with any mistake in it, not all of it."""
    found = read_file(project, SOURCE, shape_of(Scale), problems)
    _check(found, problems)
    return make(Scale, found)


def _check(found: Found, problems: Problems) -> None:
    """Each status once, and bands that leave no mean unread."""
    unique_ids(placed(SOURCE, "statuses", found["statuses"]), problems)
    least = [one["from"] for one in found["bands"] or []]
    if least and None not in least and (least[0] != 0 or least != sorted(set(least))):
        problems.add(SOURCE, found.lines["bands"], "bands", "bands_order")
