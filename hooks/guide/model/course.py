"""The course: its modules, read from ``course/modulo-<n>.yml``.

A module says how long everything takes in each of three lengths of the course, so that a session can
be prepared from its page alone. What it says adds up: readings and steps make the module's minutes, and
the modules make the course's hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from guide.model.site_pages import MODULE_PAGE
from guide.reading.entries import Known, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Choice,
    Found,
    Identifier,
    Integer,
    ListOf,
    Record,
    Reference,
    Texts,
    Translated,
)

TEACHERS_PAGE = "curso/docentes.md"
# The hours of the whole course in each length; minutes in the files stand in this order.
HOURS = (40, 20, 8)
# The quick assessment is not a checklist, but can be part of a module's path.
QUICK = "rapida"
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
GROUPINGS = ("individual", "pairs", "groups", "plenary")

Minutes = tuple[int, ...]
"""One number for each length of ``HOURS``; 0 where it is left out."""
LinkCheck = Callable[[Translated, int, str, str], None]
"""Checks where the links of a text lead, given its line, key and file."""


@dataclass(frozen=True)
class Objective:
    """What a participant will be able to do; ``level`` is its place in Bloom's taxonomy."""

    level: str
    text: Translated


@dataclass(frozen=True)
class Stop:
    """A page to read or a checklist to answer. One of ``page`` and ``checklist`` is None."""

    page: str | None
    checklist: str | None
    title: Translated | None
    minutes: Minutes


@dataclass(frozen=True)
class Step:
    """A step of an activity."""

    minutes: Minutes
    text: Translated


@dataclass(frozen=True)
class Activity:
    """Something a group does; ``handout`` is ready to be shared out, ``key`` is for the trainer."""

    id: str
    title: Translated
    grouping: str
    materials: tuple[Translated, ...]
    steps: tuple[Step, ...]
    handout: tuple[Translated, ...]
    key: tuple[Translated, ...]
    deliver: Translated
    look_for: tuple[Translated, ...]

    @property
    def minutes(self) -> Minutes:
        return add_up(step.minutes for step in self.steps)


@dataclass(frozen=True)
class RubricRow:
    """A criterion of a rubric with its four levels, the lowest first."""

    criterion: Translated
    levels: tuple[Translated, ...]


@dataclass(frozen=True)
class Question:
    """A question of a quiz with what is expected of an answer."""

    question: Translated
    answer: Translated


@dataclass(frozen=True)
class Module:
    """One module; ``number`` begins at 0."""

    number: int
    title: Translated
    short: Translated
    summary: Translated
    minutes: Minutes
    objectives: tuple[Objective, ...]
    path: tuple[Stop, ...]
    activities: tuple[Activity, ...]
    assessment: tuple[Translated, ...]
    rubric: tuple[RubricRow, ...]
    questions: tuple[Question, ...]
    notes: tuple[Translated, ...]

    @property
    def id(self) -> str:
        """The name of its file."""
        return f"modulo-{self.number}"

    @property
    def page(self) -> str:
        """The path of its page inside a language's folder."""
        return MODULE_PAGE.format(id=self.id)

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"course/{self.id}.yml"


_MINUTES = ListOf(Integer(0, 10_000), length=len(HOURS))
_STOP = Record(
    {"page": Reference("page"), "checklist": Reference("checklist"), "title": Texts(), "minutes": _MINUTES},
    optional=frozenset({"page", "checklist", "title"}),
)
_ACTIVITY = Record(
    {
        "id": Identifier(),
        "title": Texts(),
        "grouping": Choice(GROUPINGS),
        "materials": ListOf(Texts()),
        "steps": ListOf(Record({"minutes": _MINUTES, "text": Texts()})),
        "handout": ListOf(Texts()),
        "key": ListOf(Texts()),
        "deliver": Texts(),
        "look_for": ListOf(Texts()),
    },
    optional=frozenset({"handout", "key"}),
)
MODULE = Record(
    {
        "title": Texts(),
        "short": Texts(),
        "summary": Texts(),
        "minutes": _MINUTES,
        "objectives": ListOf(Record({"level": Choice(LEVELS), "text": Texts()})),
        "path": ListOf(_STOP),
        "activities": ListOf(_ACTIVITY),
        "assessment": ListOf(Texts()),
        "rubric": ListOf(Record({"criterion": Texts(), "levels": ListOf(Texts(), length=4)})),
        "questions": ListOf(Record({"question": Texts(), "answer": Texts()})),
        "notes": ListOf(Texts()),
    },
    optional=frozenset({"rubric", "questions"}),
)
MODULE_NAME = re.compile(r"modulo-(0|[1-9][0-9]?)")


def add_up(all_minutes: Iterable[Sequence[int]]) -> Minutes:
    """The sum of minutes, length by length."""
    return tuple(map(sum, zip(*all_minutes))) or (0,) * len(HOURS)


def read_course(
    project: Project,
    problems: Problems,
    known: Known,
    titles: Mapping[str, Translated],
    check_links: LinkCheck,
) -> tuple[Module, ...]:
    """The modules of ``project`` in order; none without the folder.

    ``titles`` are those of the pages written in Markdown.
    """
    modules: dict[int, Found] = {}
    told = len(problems)
    for path in sorted(project.root.glob("course/*.y*ml")):
        name = f"course/{path.name}"
        match = MODULE_NAME.fullmatch(path.stem)
        if path.suffix != ".yml" or not match:
            problems.add(name, 0, "", "course_file")
            continue
        found = read_file(project, name, MODULE, problems, known)
        _check_links(found, "", name, check_links)
        _check_path(found, name, problems, titles)
        _check_minutes(found, name, problems)
        unique_ids(placed(name, "activities", found["activities"]), problems)
        modules[int(match[1])] = found
    # With a mistake in one of them, what the whole adds up to says nothing.
    if not modules or len(problems) > told:
        return ()
    for number, one in enumerate(sorted(modules)):
        if one != number:
            problems.add("course", 0, "", "course_gap", number=number)
            break
    for hours, total in zip(HOURS, add_up(one["minutes"] for one in modules.values())):
        if total != hours * 60:
            problems.add("course", 0, "", "course_total", hours=hours, want=hours * 60, found=total)
    return tuple(_module(number, modules[number], titles) for number in sorted(modules))


def _check_links(found: Found, key: str, name: str, check_links: LinkCheck) -> None:
    for place, inner in found.items():
        where = f"{key}.{place}" if key else place
        for number, one in enumerate(inner if isinstance(inner, list) else [inner], 1):
            deeper = f"{where}.{number}" if isinstance(inner, list) else where
            if isinstance(one, Found):
                _check_links(one, deeper, name, check_links)
            elif isinstance(one, dict):
                check_links(one, found.lines[place], deeper, name)


def _check_path(found: Found, name: str, problems: Problems, titles: Mapping) -> None:
    for place, stop in enumerate(found["path"] or [], 1):
        asked = [key for key in ("page", "checklist") if key in stop.lines]
        if len(asked) != 1:
            line = min(stop.lines.values(), default=found.lines["path"])
            problems.add(name, line, f"path.{place}", "course_stop")
        elif stop["page"] and "title" not in stop.lines and stop["page"] not in titles:
            problems.add(name, stop.lines["page"], f"path.{place}.title", "course_title", page=stop["page"])


def _check_minutes(found: Found, name: str, problems: Problems) -> None:
    """Readings and steps make up the module, in each length."""
    steps = [step for one in found["activities"] or [] for step in one["steps"] or []]
    parts = [one["minutes"] for one in [*(found["path"] or []), *steps]]
    whole = found["minutes"]
    if whole is None or any(one is None or None in one for one in [whole, *parts]):
        return
    for hours, want, total in zip(HOURS, whole, add_up(parts)):
        if want != total:
            problems.add(name, found.lines["minutes"], "minutes", "course_minutes", hours=hours, want=want, found=total)


def _module(number: int, found: Found, titles: Mapping[str, Translated]) -> Module:
    return Module(
        number=number,
        title=found["title"],
        short=found["short"],
        summary=found["summary"],
        minutes=tuple(found["minutes"]),
        objectives=tuple(Objective(**one) for one in found["objectives"]),
        path=tuple(
            Stop(one["page"], one["checklist"], one["title"] or titles.get(one["page"]), tuple(one["minutes"]))
            for one in found["path"]
        ),
        activities=tuple(_activity(one) for one in found["activities"]),
        assessment=tuple(found["assessment"]),
        rubric=tuple(RubricRow(one["criterion"], tuple(one["levels"])) for one in found["rubric"] or ()),
        questions=tuple(Question(**one) for one in found["questions"] or ()),
        notes=tuple(found["notes"]),
    )


def _activity(found: Found) -> Activity:
    lists = {key: tuple(found[key] or ()) for key in ("materials", "handout", "key", "look_for")}
    steps = tuple(Step(tuple(one["minutes"]), one["text"]) for one in found["steps"])
    return Activity(**{**found, **lists, "steps": steps})
