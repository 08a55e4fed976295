"""Reads how an agreement is signed, from start to finish, ``data/journey.yml``: stages of steps, each with its paper.

Readers tick steps, and their browser keeps the ids: they are permanent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import JOURNEY_PAGE
from guide.reading.entries import Known, Placed, check_link, compare_ids, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Context, Identifier, ListOf, Reference, Text, Texts, Translated
from guide.reading.shapes import Default, list_of, make, shape_of

SOURCE = "data/journey.yml"


@dataclass(frozen=True)
class Way:
    """Where to go from a step: ``to`` is ``page.md#heading``, ``text`` what the link says."""

    to: Annotated[str, Text()]
    text: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Step:
    """Something to do, who does it and the ``paper`` that it leaves on file; ``wait`` is what may hold it up."""

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    who: Annotated[Translated, Texts()]
    do: Annotated[Translated, Texts()]
    paper: Annotated[Translated, Texts()]
    wait: Annotated[Translated | None, Texts()]
    ways: Annotated[tuple[Way, ...], list_of(Way)]
    contacts: Annotated[tuple[str, ...], ListOf(Reference("contact")), Default(())]


@dataclass(frozen=True)
class Stage:
    """Steps that belong together."""

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    steps: Annotated[tuple[Step, ...], list_of(Step)]


@dataclass(frozen=True)
class Journey:
    """The stages in their order, and what the whole rests on."""

    sources: Annotated[tuple[str, ...], ListOf(Reference("source"))] = ()
    stages: Annotated[tuple[Stage, ...], list_of(Stage)] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for stage in self.stages for step in stage.steps)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that a browser may keep or a link name."""
        return (*(one.id for one in self.stages), *(one.id for one in self.steps))


def read(
    project: Project, problems: Problems, known: Known, published: Collection[str | None] | None
) -> tuple[Journey, tuple[str, ...]]:
    """The journey (empty where there is no such file, or with any mistake anywhere) and the ids not published yet.

    ``known`` holds the ids of sources and contacts, pages and sections; ``published`` what
    ``data/published-ids.yml`` lists.
    """
    if not (project.root / SOURCE).is_file():
        return Journey(), ()
    found = read_file(project, SOURCE, shape_of(Journey), problems, known)
    context = Context.of(project, SOURCE, problems, known)
    stages = list(placed(SOURCE, "stages", found["stages"]))
    steps = [one for path, key, stage in stages for one in placed(path, f"{key}.steps", stage["steps"])]
    gone, new = compare_ids(published, unique_ids([*stages, *steps], problems))
    for key, to, line in _targets(steps):
        check_link(to, line, key, context)
    # A file that cannot be read has already been told; its ids are not gone.
    for id in gone if found["stages"] is not None else ():
        problems.add("data/published-ids.yml", 0, f"journey.{id}", "published_tool_gone")
    return (Journey() if len(problems) else make(Journey, found)), tuple(new)


def _targets(steps: list[Placed]) -> Iterator[tuple[str, str, int]]:
    """Yields every link of every step: its key, where it leads and its line."""
    for _, key, step in steps:
        for place, way in enumerate(step["ways"] or (), 1):
            if way["to"]:
                yield f"{key}.ways.{place}.to", way["to"], way.lines["to"]


KINDS = (FileKind("journey", SOURCE, shape_of(Journey), page=JOURNEY_PAGE),)
