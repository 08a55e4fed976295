"""Reads with what of other instruments each criterion goes, ``data/crosswalk.yml``.

Every criterion says it of every frame, if only that nothing corresponds (an empty list): what was forgotten and what
was not found are different things.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import CROSSWALK_PAGE
from guide.reading.entries import Known, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Context, Found, Identifier, ListOf, Month, Reference, Text, Texts, Translated
from guide.reading.shapes import list_of, make, shape_of

SOURCE = "data/crosswalk.yml"
FRAMES = ("gdm", "sdg", "g20")


@dataclass(frozen=True)
class Entry:
    """Something of a frame: an indicator, a target, a principle. ``id`` is what the frame itself calls it."""

    id: Annotated[str, Text()]
    name: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Frame:
    """An instrument of others, with what of it corresponds to anything here."""

    id: Annotated[str, Identifier()]
    name: Annotated[Translated, Texts()]
    short: Annotated[Translated, Texts()]
    about: Annotated[Translated, Texts()]
    sources: Annotated[tuple[str, ...], ListOf(Reference("source"))]
    entries: Annotated[tuple[Entry, ...], list_of(Entry)]


@dataclass(frozen=True)
class Correspondence:
    """With what a criterion goes: ids of entries, by frame."""

    id: Annotated[str, Identifier()]
    gdm: Annotated[tuple[str, ...], ListOf(Text(), least=0)]
    sdg: Annotated[tuple[str, ...], ListOf(Text(), least=0)]
    g20: Annotated[tuple[str, ...], ListOf(Text(), least=0)]

    def of(self, frame: Frame) -> tuple[str, ...]:
        """Returns the entries of a frame."""
        found: tuple[str, ...] = getattr(self, frame.id)
        return found


@dataclass(frozen=True)
class Crosswalk:
    """The frames, and every criterion; ``checked`` is the month in which somebody compared them."""

    checked: Annotated[str, Month()] = ""
    frames: Annotated[tuple[Frame, ...], list_of(Frame)] = ()
    criteria: Annotated[tuple[Correspondence, ...], list_of(Correspondence)] = ()

    @cached_property
    def by_criterion(self) -> Mapping[str, Correspondence]:
        return {one.id: one for one in self.criteria}


def read(project: Project, problems: Problems, known: Known, criteria: Collection[str]) -> Crosswalk:
    """The crosswalk (empty where there is no such file, or with any mistake); ``criteria`` are the ids of all."""
    if not (project.root / SOURCE).is_file():
        return Crosswalk()
    found = read_file(project, SOURCE, shape_of(Crosswalk), problems, known)
    context = Context.of(project, SOURCE, problems, known)
    frames = {one["id"]: one for one in found["frames"] or [] if one["id"]}
    unique_ids(placed(SOURCE, "frames", found["frames"]), problems)
    unique_ids(placed(SOURCE, "criteria", found["criteria"]), problems)
    for id, frame in frames.items():
        if id not in FRAMES:
            context.unknown(frame.lines["id"], "frames", "unknown_frame", id, FRAMES)
    for _, key, one in placed(SOURCE, "criteria", found["criteria"]):
        if one["id"] and one["id"] not in criteria:
            context.unknown(one.lines["id"], f"{key}.id", "unknown_criterion", one["id"], criteria)
        for name in FRAMES:
            _check_entries(one, f"{key}.{name}", name, _ids(frames.get(name)), context)
    return Crosswalk() if len(problems) else make(Crosswalk, found)


def check_missing(walk: Crosswalk, criteria: Iterable[str], warnings: Problems) -> None:
    """Warns of criteria that nobody has compared yet: a new list need not wait for it."""
    for id in criteria if walk.criteria else ():
        if id not in walk.by_criterion:
            warnings.add(SOURCE, 0, "criteria", "crosswalk_missing", id=id)


def _ids(frame: Found | None) -> list[str]:
    return [one["id"] for one in (frame["entries"] if frame else None) or [] if one["id"]]


def _check_entries(one: Found, key: str, name: str, known: Iterable[str], context: Context) -> None:
    """Whatever a criterion names of a frame is one of its entries."""
    entries = list(known)
    for value in one[name] or ():
        if value and value not in entries:
            context.unknown(one.lines[name], key, "unknown_correspondence", value, entries)


KINDS = (FileKind("crosswalk", SOURCE, shape_of(Crosswalk), page=CROSSWALK_PAGE),)
