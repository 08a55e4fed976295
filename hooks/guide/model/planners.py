"""Reads what the two planners work with: the criteria for choosing a network and the phases of a twinning.

``data/selection.yml`` and ``data/twinning.yml`` are read as the checklists are. What people keep in
their browsers names criteria, phases, waits and tasks by id: ids are permanent and of one namespace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import COMPARE_PAGE, TWINNING_PAGE
from guide.reading.entries import Known, Placed, compare_ids, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Boolean,
    Found,
    Identifier,
    Integer,
    ListOf,
    Reference,
    Texts,
    Translated,
)
from guide.reading.shapes import Default, list_of, make, shape_of

SELECTION_SOURCE = "data/selection.yml"
TWINNING_SOURCE = "data/twinning.yml"
MOST_WEEKS = 104


@dataclass(frozen=True)
class SelectionCriterion:
    """One criterion networks are compared by; ``look`` says where the answer is found."""

    id: Annotated[str, Identifier()]
    name: Annotated[Translated, Texts()]
    question: Annotated[Translated, Texts()]
    look: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Selection:
    """The criteria and the names of the ratings, from 0 up; more is always better."""

    sources: Annotated[tuple[str, ...], ListOf(Reference("source"))]
    levels: Annotated[tuple[Translated, ...], ListOf(Texts(), length=4)]
    criteria: Annotated[tuple[SelectionCriterion, ...], list_of(SelectionCriterion)]


@dataclass(frozen=True)
class Task:
    """Something to do in a phase; due in its ``week``, or once the wait that ``after`` names is over."""

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    who: Annotated[Translated, Texts()]
    deliverable: Annotated[Translated, Texts()]
    week: Annotated[int | None, Integer(1, MOST_WEEKS)]
    after: Annotated[str | None, Identifier()]
    sourced: Annotated[bool, Boolean(), Default(False)]
    """Whether the source describes it; otherwise it is this site's proposal."""


@dataclass(frozen=True)
class Wait:
    """Time after a phase's own work; ``weeks`` is what a plan supposes until the reader says."""

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    reason: Annotated[Translated, Texts()]
    weeks: Annotated[int, Integer(0, MOST_WEEKS), Default(0)]
    last: Annotated[bool, Boolean(), Default(False)]
    """Whether it begins when the others end, also in a plan where the waits run at the same time."""


@dataclass(frozen=True)
class Phase:
    """A phase of so many ``weeks``; ``source`` is what the source says of it, ``reading`` what we do."""

    id: Annotated[str, Identifier()]
    weeks: Annotated[int, Integer(1, MOST_WEEKS)]
    title: Annotated[Translated, Texts()]
    source: Annotated[Translated, Texts()]
    reading: Annotated[Translated, Texts()]
    tasks: Annotated[tuple[Task, ...], list_of(Task)]
    waits: Annotated[tuple[Wait, ...], list_of(Wait), Default(())]


@dataclass(frozen=True)
class Twinning:
    """The phases in their order."""

    sources: Annotated[tuple[str, ...], ListOf(Reference("source"))]
    phases: Annotated[tuple[Phase, ...], list_of(Phase)]


@dataclass(frozen=True)
class Tools:
    """The data of both tools."""

    selection: Selection
    twinning: Twinning

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that what people kept may name."""
        return tuple(sorted(_ids(self.selection.criteria, self.twinning.phases)))


KINDS = (
    FileKind("selection", SELECTION_SOURCE, shape_of(Selection), page=COMPARE_PAGE),
    FileKind("twinning", TWINNING_SOURCE, shape_of(Twinning), page=TWINNING_PAGE),
)


def read(
    project: Project, problems: Problems, known: Known, published: Collection[str | None] | None
) -> tuple[Tools, tuple[str, ...]]:
    """Returns the data of both tools (empty with any mistake anywhere) and the ids not published yet.

    ``known`` holds the ids of sources; ``published`` what ``data/published-ids.yml`` lists of tools.
    """
    selection = read_file(project, SELECTION_SOURCE, shape_of(Selection), problems, known)
    twinning = read_file(project, TWINNING_SOURCE, shape_of(Twinning), problems, known)
    gone, new = compare_ids(published, unique_ids(_records(selection, twinning), problems))
    _check_weeks(twinning, problems)
    # Files that cannot be read have already been told; their ids are not gone.
    if selection["criteria"] is not None and twinning["phases"] is not None:
        for id in gone:
            problems.add("data/published-ids.yml", 0, f"tools.{id}", "published_tool_gone")
    if len(problems):
        return Tools(Selection((), (), ()), Twinning((), ())), tuple(new)
    return Tools(make(Selection, selection), make(Twinning, twinning)), tuple(new)


def _records(selection: Found, twinning: Found) -> Iterator[Placed]:
    """Yields every record with an id."""
    yield from placed(SELECTION_SOURCE, "criteria", selection["criteria"])
    for path, key, phase in placed(TWINNING_SOURCE, "phases", twinning["phases"]):
        yield path, key, phase
        for name in ("tasks", "waits"):
            yield from placed(path, f"{key}.{name}", phase[name])


def _check_weeks(twinning: Found, problems: Problems) -> None:
    """Every task is due in a week of its phase, or after one of its waits."""
    for place, phase in enumerate(twinning["phases"] or [], 1):
        for below, task in enumerate(phase["tasks"] or [], 1):
            _check_due(task, phase, f"phases.{place}.tasks.{below}", problems)


def _check_due(task: Found, phase: Found, key: str, problems: Problems) -> None:
    line = task.lines.get("week") or task.lines.get("id", 0)
    week, weeks, after = task["week"], phase["weeks"], task["after"]
    if ("after" in task.lines) == ("week" in task.lines):
        problems.add(TWINNING_SOURCE, line, f"{key}.week", "week_or_wait")
    elif after is not None:
        if after not in [one["id"] for one in phase["waits"] or []]:
            problems.add(TWINNING_SOURCE, task.lines["after"], f"{key}.after", "wait_outside", wait=after)
    elif week is not None and weeks is not None and week > weeks:
        problems.add(TWINNING_SOURCE, line, f"{key}.week", "week_outside", week=week, weeks=weeks)


def _ids(criteria: tuple[SelectionCriterion, ...], phases: tuple[Phase, ...]) -> Iterator[str]:
    yield from (one.id for one in criteria)
    for phase in phases:
        yield from (phase.id, *(one.id for one in phase.tasks), *(one.id for one in phase.waits))
