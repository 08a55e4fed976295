"""What the two tools work with: the criteria for choosing a network and the phases of a twinning.

``data/selection.yml`` and ``data/twinning.yml`` are read as the checklists are. What people keep in
their browsers names criteria, phases, waits and tasks by id: ids are permanent and of one namespace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from guide.reading.entries import Known, Placed, compare_ids, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Boolean,
    Found,
    Identifier,
    Integer,
    ListOf,
    Record,
    Reference,
    Texts,
    Translated,
)

SELECTION_SOURCE = "data/selection.yml"
TWINNING_SOURCE = "data/twinning.yml"
MOST_WEEKS = 104


@dataclass(frozen=True)
class SelectionCriterion:
    """One criterion networks are compared by; ``look`` says where the answer is found."""

    id: str
    name: Translated
    question: Translated
    look: Translated


@dataclass(frozen=True)
class Selection:
    """The criteria and the names of the ratings, from 0 up; more is always better."""

    sources: tuple[str, ...]
    levels: tuple[Translated, ...]
    criteria: tuple[SelectionCriterion, ...]


@dataclass(frozen=True)
class Task:
    """Something to do in a phase; due in its ``week``, or once the wait that ``after`` names is over."""

    id: str
    title: Translated
    who: Translated
    deliverable: Translated
    week: int | None
    after: str | None
    sourced: bool
    """Whether the source describes it; otherwise it is this site's proposal."""


@dataclass(frozen=True)
class Wait:
    """Time after a phase's own work; ``weeks`` is what a plan supposes until the reader says."""

    id: str
    title: Translated
    reason: Translated
    weeks: int
    last: bool
    """Whether it begins when the others end, also in a plan where the waits run at the same time."""


@dataclass(frozen=True)
class Phase:
    """A phase of so many ``weeks``; ``source`` is what the source says of it, ``reading`` what we do."""

    id: str
    weeks: int
    title: Translated
    source: Translated
    reading: Translated
    tasks: tuple[Task, ...]
    waits: tuple[Wait, ...]


@dataclass(frozen=True)
class Twinning:
    """The phases in their order."""

    sources: tuple[str, ...]
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class Tools:
    """The data of both tools."""

    selection: Selection
    twinning: Twinning

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that what people kept may name."""
        return tuple(sorted(_ids(self.selection.criteria, self.twinning.phases)))


_SOURCES = {"sources": ListOf(Reference("source"))}

SELECTION = Record(
    {
        **_SOURCES,
        "levels": ListOf(Texts(), length=4),
        "criteria": ListOf(Record({"id": Identifier(), "name": Texts(), "question": Texts(), "look": Texts()})),
    }
)

TASK = Record(
    {
        "id": Identifier(),
        "title": Texts(),
        "who": Texts(),
        "deliverable": Texts(),
        "week": Integer(1, MOST_WEEKS),
        "after": Identifier(),
        "sourced": Boolean(),
    },
    optional=frozenset({"week", "after", "sourced"}),
)

WAIT = Record(
    {
        "id": Identifier(),
        "title": Texts(),
        "reason": Texts(),
        "weeks": Integer(0, MOST_WEEKS),
        "last": Boolean(),
    },
    optional=frozenset({"weeks", "last"}),
)

TWINNING = Record(
    {
        **_SOURCES,
        "phases": ListOf(
            Record(
                {
                    "id": Identifier(),
                    "weeks": Integer(1, MOST_WEEKS),
                    "title": Texts(),
                    "source": Texts(),
                    "reading": Texts(),
                    "tasks": ListOf(TASK),
                    "waits": ListOf(WAIT),
                },
                optional=frozenset({"waits"}),
            )
        ),
    }
)


def read(
    project: Project, problems: Problems, known: Known, published: Collection[str | None] | None
) -> tuple[Tools, tuple[str, ...]]:
    """The data of both tools (empty with any mistake anywhere) and the ids not published yet.

    ``known`` holds the ids of sources; ``published`` what ``data/published-ids.yml`` lists of tools.
    """
    selection = read_file(project, SELECTION_SOURCE, SELECTION, problems, known)
    twinning = read_file(project, TWINNING_SOURCE, TWINNING, problems, known)
    gone, new = compare_ids(published, unique_ids(_records(selection, twinning), problems))
    _check_weeks(twinning, problems)
    # Files that cannot be read have already been told; their ids are not gone.
    if selection["criteria"] is not None and twinning["phases"] is not None:
        for id in gone:
            problems.add("data/published-ids.yml", 0, f"tools.{id}", "published_tool_gone")
    if len(problems):
        return Tools(Selection((), (), ()), Twinning((), ())), tuple(new)
    return Tools(_selection(selection), _twinning(twinning)), tuple(new)


def _records(selection: Found, twinning: Found) -> Iterator[Placed]:
    """Every record with an id."""
    yield from placed(SELECTION_SOURCE, "criteria", selection["criteria"])
    for path, key, phase in placed(TWINNING_SOURCE, "phases", twinning["phases"]):
        yield path, key, phase
        for name in ("tasks", "waits"):
            yield from placed(path, f"{key}.{name}", phase[name])


def _check_weeks(twinning: Found, problems: Problems) -> None:
    """Every task is due in a week of its phase, or after one of its waits."""
    for place, phase in enumerate(twinning["phases"] or [], 1):
        waits = [one["id"] for one in phase["waits"] or []]
        for below, task in enumerate(phase["tasks"] or [], 1):
            key, line = f"phases.{place}.tasks.{below}.week", task.lines.get("week") or task.lines.get("id", 0)
            week, weeks = task["week"], phase["weeks"]
            if ("after" in task.lines) == ("week" in task.lines):
                problems.add(TWINNING_SOURCE, line, key, "week_or_wait")
            elif task["after"] is not None and task["after"] not in waits:
                where = task.lines["after"]
                problems.add(
                    TWINNING_SOURCE, where, f"phases.{place}.tasks.{below}.after", "wait_outside", wait=task["after"]
                )
            elif week is not None and weeks is not None and week > weeks:
                problems.add(TWINNING_SOURCE, line, key, "week_outside", week=week, weeks=weeks)


def _ids(criteria: tuple[SelectionCriterion, ...], phases: tuple[Phase, ...]) -> Iterator[str]:
    yield from (one.id for one in criteria)
    for phase in phases:
        yield from (phase.id, *(one.id for one in phase.tasks), *(one.id for one in phase.waits))


def _selection(found: Found) -> Selection:
    return Selection(
        tuple(found["sources"]),
        tuple(found["levels"]),
        tuple(SelectionCriterion(**one) for one in found["criteria"]),
    )


def _twinning(found: Found) -> Twinning:
    return Twinning(tuple(found["sources"]), tuple(_phase(one) for one in found["phases"]))


def _phase(found: Found) -> Phase:
    tasks = tuple(Task(**{**one, "sourced": bool(one["sourced"])}) for one in found["tasks"])
    waits = tuple(
        Wait(**{**one, "weeks": one["weeks"] or 0, "last": bool(one["last"])}) for one in found["waits"] or []
    )
    return Phase(**{**found, "tasks": tasks, "waits": waits})
