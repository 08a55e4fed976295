"""Reads the course: its modules, from ``course/modulo-<n>.yml``.

A module says how long everything takes in each of three lengths of the course, so that a session can
be prepared from its page alone. What it says adds up: readings and steps make the module's minutes, and
the modules make the course's hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from guide.model.bibliography import check_target
from guide.model.file_kind import FileKind
from guide.model.packages import QUICK
from guide.model.site_pages import MODULE_PAGE, PARTICIPANTS_PAGE
from guide.reading import inline_markdown
from guide.reading.entries import Known, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Boolean,
    Choice,
    Context,
    Found,
    Identifier,
    Integer,
    ListOf,
    Reference,
    Texts,
    Translated,
)
from guide.reading.shapes import Default, list_of, make, shape_of

TEACHERS_PAGE = "curso/docentes.md"
# The hours of the whole course in each length; minutes in the files stand in this order.
HOURS = (40, 20, 8)
LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
OPEN = "open"
# What a question needs of its kind, and what no other may have.
PARTS = {"choice": "options", "true_false": "right", "match": "pairs"}
QUESTION_KINDS = (*PARTS, OPEN)
# What the best levels of a rubric add up to.
POINTS = 100
GROUPINGS = ("individual", "pairs", "groups", "plenary")

Minutes = tuple[int, ...]
"""One number for each length of ``HOURS``; 0 where it is left out."""
MODULE_NAME = re.compile(r"modulo-(0|[1-9][0-9]?)")
_MINUTES = ListOf(Integer(0, 10_000), length=len(HOURS))
_PARAGRAPHS = ListOf(Texts())


@dataclass(frozen=True)
class Objective:
    """What a participant will be able to do; ``level`` is its place in Bloom's taxonomy."""

    level: Annotated[str, Choice(LEVELS)]
    text: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Stop:
    """A page to read or a checklist to answer. One of ``page`` and ``checklist`` is None."""

    page: Annotated[str | None, Reference("page")]
    checklist: Annotated[str | None, Reference("checklist")]
    title: Annotated[Translated | None, Texts()]
    minutes: Annotated[Minutes, _MINUTES]


@dataclass(frozen=True)
class Step:
    """A step of an activity."""

    minutes: Annotated[Minutes, _MINUTES]
    text: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Activity:
    """Something a group does; ``handout`` is ready to be shared out, ``key`` is for the trainer."""

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    grouping: Annotated[str, Choice(GROUPINGS)]
    materials: Annotated[tuple[Translated, ...], _PARAGRAPHS]
    steps: Annotated[tuple[Step, ...], list_of(Step)]
    handout: Annotated[tuple[Translated, ...], _PARAGRAPHS, Default(())]
    key: Annotated[tuple[Translated, ...], _PARAGRAPHS, Default(())]
    deliver: Annotated[Translated, Texts()]
    look_for: Annotated[tuple[Translated, ...], _PARAGRAPHS]

    @property
    def minutes(self) -> Minutes:
        return add_up(step.minutes for step in self.steps)


@dataclass(frozen=True)
class RubricRow:
    """A criterion of a rubric with its four levels, the lowest first, and the points that each is worth."""

    criterion: Annotated[Translated, Texts()]
    levels: Annotated[tuple[Translated, ...], ListOf(Texts(), length=4)]
    points: Annotated[Minutes, ListOf(Integer(0, 100), length=4)]


@dataclass(frozen=True)
class Option:
    """An answer to choose; ``feedback`` is for whoever chooses it."""

    text: Annotated[Translated, Texts()]
    right: Annotated[bool, Boolean(), Default(False)]
    feedback: Annotated[Translated | None, Texts()]


@dataclass(frozen=True)
class Pair:
    """Two things that belong together."""

    item: Annotated[Translated, Texts()]
    match: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Question:
    """A question of a quiz; ``answer`` says why, with its source, or what is expected of an open one.

    Of its kind, it has ``options``, ``pairs`` or what is ``right``; an open one has none.
    """

    id: Annotated[str, Identifier()]
    kind: Annotated[str, Choice(QUESTION_KINDS), Default(OPEN)]
    question: Annotated[Translated, Texts()]
    options: Annotated[tuple[Option, ...], list_of(Option, least=3), Default(())]
    pairs: Annotated[tuple[Pair, ...], list_of(Pair, least=3), Default(())]
    right: Annotated[bool | None, Boolean()]
    answer: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Module:
    """One module; ``number`` begins at 0."""

    number: int
    title: Annotated[Translated, Texts()]
    short: Annotated[Translated, Texts()]
    summary: Annotated[Translated, Texts()]
    minutes: Annotated[Minutes, _MINUTES]
    objectives: Annotated[tuple[Objective, ...], list_of(Objective)]
    path: Annotated[tuple[Stop, ...], list_of(Stop)]
    activities: Annotated[tuple[Activity, ...], list_of(Activity)]
    assessment: Annotated[tuple[Translated, ...], _PARAGRAPHS]
    rubric: Annotated[tuple[RubricRow, ...], list_of(RubricRow), Default(())]
    questions: Annotated[tuple[Question, ...], list_of(Question), Default(())]
    notes: Annotated[tuple[Translated, ...], _PARAGRAPHS]

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


def add_up(all_minutes: Iterable[Sequence[int]]) -> Minutes:
    """Returns the sum of minutes, length by length."""
    return tuple(map(sum, zip(*all_minutes))) or (0,) * len(HOURS)


def read_course(
    project: Project, problems: Problems, known: Known, titles: Mapping[str, Translated]
) -> tuple[Module, ...]:
    """Returns the modules of ``project`` in order; none without the folder.

    ``titles`` are those of the pages written in Markdown.
    """
    # The quick assessment can be part of a module too.
    known = {**known, "checklist": {*known.get("checklist", ()), QUICK}}
    modules: dict[int, Found] = {}
    told = len(problems)
    for path in sorted(project.root.glob("course/*.y*ml")):
        name = f"course/{path.name}"
        match = MODULE_NAME.fullmatch(path.stem)
        if path.suffix == ".yml" and match:
            modules[int(match[1])] = _read_module(project, name, problems, known, titles)
        else:
            problems.add(name, 0, "", "course_file")
    # With a mistake in one of them, what the whole adds up to says nothing.
    if not modules or len(problems) > told:
        return ()
    _check_whole(modules, problems)
    return tuple(_module(number, modules[number], titles) for number in sorted(modules))


def _read_module(
    project: Project, name: str, problems: Problems, known: Known, titles: Mapping[str, Translated]
) -> Found:
    found = read_file(project, name, shape_of(Module), problems, known)
    _check_links(found, "", Context.of(project, name, problems, known))
    _check_path(found, name, problems, titles)
    _check_minutes(found, name, problems)
    _check_rubric(found, name, problems)
    for place, one in enumerate(found["questions"] or [], 1):
        if one is not None:
            _check_question(one, name, f"questions.{place}", problems)
    unique_ids(placed(name, "activities", found["activities"]), problems)
    unique_ids(placed(name, "questions", found["questions"]), problems)
    return found


def _check_whole(modules: Mapping[int, Found], problems: Problems) -> None:
    """No module is missing, and together they last as long as the course."""
    for number, one in enumerate(sorted(modules)):
        if one != number:
            problems.add("course", 0, "", "course_gap", number=number)
            break
    for hours, total in zip(HOURS, add_up(one["minutes"] for one in modules.values())):
        if total != hours * 60:
            problems.add("course", 0, "", "course_total", hours=hours, want=hours * 60, found=total)


def _check_links(found: Found, key: str, context: Context) -> None:
    """Every link of the texts of a module leads somewhere."""
    for place, inner in found.items():
        where = f"{key}.{place}" if key else place
        if isinstance(inner, list):
            for number, one in enumerate(inner, 1):
                _check_value(one, found.lines[place], f"{where}.{number}", context)
        elif inner is not None:
            _check_value(inner, found.lines[place], where, context)


def _check_value(value: Any, line: int, key: str, context: Context) -> None:
    if isinstance(value, Found):
        _check_links(value, key, context)
    elif isinstance(value, dict):
        for target in (target for text in value.values() for target in inline_markdown.links(text)):
            check_target(target, line, key, context)


def _check_path(found: Found, name: str, problems: Problems, titles: Mapping[str, Translated]) -> None:
    for place, stop in enumerate(found["path"] or [], 1):
        asked = [key for key in ("page", "checklist") if key in stop.lines]
        if len(asked) != 1:
            line = min(stop.lines.values(), default=found.lines["path"])
            problems.add(name, line, f"path.{place}", "course_stop")
        elif stop["page"] and "title" not in stop.lines and stop["page"] not in titles:
            problems.add(name, stop.lines["page"], f"path.{place}.title", "course_title", page=stop["page"])


def _check_minutes(found: Found, name: str, problems: Problems) -> None:
    """Readings and steps make up the module, in each length."""
    whole, parts = found["minutes"], [one["minutes"] for one in _timed(found)]
    if any(one is None or None in one for one in [whole, *parts]):
        return
    for hours, want, total in zip(HOURS, whole, add_up(parts)):
        if want != total:
            problems.add(name, found.lines["minutes"], "minutes", "course_minutes", hours=hours, want=want, found=total)


def _check_rubric(found: Found, name: str, problems: Problems) -> None:
    """Its points rise from level to level, and the best of all rows are ``POINTS``."""
    rows = [one for one in found["rubric"] or () if one is not None]
    points = [one["points"] for one in rows]
    if not rows or any(one is None or None in one for one in points):
        return
    for place, (row, worth) in enumerate(zip(rows, points, strict=True), 1):
        if sorted(set(worth)) != worth:
            problems.add(name, row.lines["points"], f"rubric.{place}.points", "rubric_rises")
    if (total := sum(one[-1] for one in points)) != POINTS:
        problems.add(name, found.lines["rubric"], "rubric", "rubric_total", want=POINTS, found=total)


def _check_question(found: Found, name: str, key: str, problems: Problems) -> None:
    """A question has what its kind needs, and a choice has one right answer."""
    module = name.rpartition("/")[2].removesuffix(".yml")
    if found["id"] and not found["id"].startswith(f"{module}-"):
        problems.add(name, found.lines["id"], f"{key}.id", "question_id", like=f"{module}-01")
    kind = found["kind"] or OPEN
    for of, part in PARTS.items():
        if of == kind and part not in found.lines:
            line = min(found.lines.values(), default=0)
            problems.add(name, line, key, "question_lacks", kind=kind, part=part)
        elif of != kind and part in found.lines:
            problems.add(name, found.lines[part], f"{key}.{part}", "question_not_of_kind", kind=kind, part=part)
    if kind == "choice" and found["options"]:
        _check_right(found, name, key, problems)


def _check_right(found: Found, name: str, key: str, problems: Problems) -> None:
    """One of the options is right."""
    right = sum(bool(one["right"]) for one in found["options"] if one is not None)
    if right != 1:
        problems.add(name, found.lines["options"], f"{key}.options", "question_right", found=right)


def _timed(found: Found) -> Iterator[Found]:
    """Yields everything in a module that takes time."""
    yield from found["path"] or ()
    for one in found["activities"] or ():
        yield from one["steps"] or ()


def _module(number: int, found: Found, titles: Mapping[str, Translated]) -> Module:
    module = make(Module, found, number=number)
    stops = (replace(one, title=one.title or titles.get(one.page or "")) for one in module.path)
    return replace(module, path=tuple(stops))


def _new_module(project: Project, id: str) -> Mapping[str, Any]:
    """No minutes yet: they are told as soon as they do not add up."""
    return {"path.page": "index.md", "activities.id": f"actividad-{id.rpartition('-')[2]}"}


KINDS = (
    FileKind(
        "module",
        "course/*.yml",
        shape_of(Module),
        page=MODULE_PAGE,
        more=(PARTICIPANTS_PAGE,),
        names=MODULE_NAME,
        like="modulo-9",
        start=_new_module,
    ),
)
