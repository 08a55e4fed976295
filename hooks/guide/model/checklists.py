"""Reads the self-assessments, a file each: ``checklists/<id>.yml``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from guide.model.bibliography import check_target
from guide.model.file_kind import FileKind
from guide.model.scale import LEVELS
from guide.model.site_pages import CHECKLIST_PAGE, names_beside
from guide.reading import inline_markdown
from guide.reading.entries import Known, Placed, compare_ids, headings, placed, read_folder, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import (
    IDENTIFIER,
    Boolean,
    Choice,
    Context,
    Day,
    Found,
    Identifier,
    Integer,
    ListOf,
    Reference,
    Text,
    Texts,
    Translated,
)
from guide.reading.shapes import Default, list_of, make, shape_of
from guide.reading.yaml_tree import value_of

# Lists that do not say when they are built come after those that do, in their own order.
_AFTER_THE_OTHERS = 1_000_001
# No checklist can have the name of one of these pages.
_TAKEN = names_beside(CHECKLIST_PAGE)


@dataclass(frozen=True)
class Criterion:
    """One criterion of a checklist; ``section`` is ``page.md#id`` of the guide, or None."""

    id: Annotated[str, Identifier()]
    statement: Annotated[Translated, Texts()]
    why: Annotated[Translated, Texts()]
    levels: Annotated[tuple[Translated, ...], ListOf(Texts(), length=LEVELS)]
    evidence: Annotated[Translated, Texts()]
    next_step: Annotated[Translated, Texts()]
    section: Annotated[str | None, Text()]
    sources: Annotated[tuple[str, ...], ListOf(Reference("source"))]
    guidance: Annotated[Translated | None, Texts()]
    weight: Annotated[float, Integer(1, 10), Default(1)]
    quick: Annotated[bool, Boolean(), Default(False)]
    critical: Annotated[int | None, Integer(0, LEVELS - 2, "want_threshold")]
    """The highest level that is still a breach of the law, which the top never is; None where no law demands it."""
    not_applicable: Annotated[Translated | None, Texts()]
    review: Annotated[str, Choice(("once", "annual")), Default("once")]


@dataclass(frozen=True)
class Retired:
    """A criterion that was published once and is no longer asked; answers to it are kept."""

    id: Annotated[str, Identifier()]
    statement: Annotated[Translated, Texts()]
    reason: Annotated[Translated, Texts()]


@dataclass(frozen=True)
class Change:
    """What a version of a checklist changed for those who had answered an earlier one.

    Each list holds criterion ids: ``added``; ``reworded`` (the answer stands); ``meaning`` (another
    sense: the answer is to be reviewed); ``retired``.
    """

    version: Annotated[int, Integer(2)]
    date: Annotated[datetime.date, Day()]
    added: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    reworded: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    meaning: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    retired: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]


_CHANGED = ("added", "reworded", "meaning", "retired")


@dataclass(frozen=True)
class Checklist:
    """One self-assessment; ``id`` is its file's name and never changes."""

    id: str
    version: Annotated[int, Integer()]
    order: Annotated[int, Integer()]
    foundation: Annotated[int, Integer(), Default(_AFTER_THE_OTHERS)]
    """When a municipality builds what the list asks, from 1; the plan goes by it among equals."""
    title: Annotated[Translated, Texts()]
    short: Annotated[Translated, Texts()]
    summary: Annotated[Translated, Texts()]
    chapter: Annotated[str | None, Reference("page")]
    minutes: Annotated[int, Integer(1, 600)]
    criteria: Annotated[tuple[Criterion, ...], list_of(Criterion)]
    retired: Annotated[tuple[Retired, ...], list_of(Retired), Default(())]
    changes: Annotated[tuple[Change, ...], list_of(Change), Default(())]
    """One for each version after the first, in order."""

    @property
    def page(self) -> str:
        """The path of its page inside a language's folder."""
        return CHECKLIST_PAGE.format(id=self.id)

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"checklists/{self.id}.yml"

    @property
    def quick(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.quick)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of this checklist that may never mean anything else."""
        return (*(one.id for one in self.criteria), *(one.id for one in self.retired))


def read_checklists(project: Project, problems: Problems, known: Known) -> dict[str, Found]:
    """Returns the records of all checklists by their ids."""
    found = read_folder(project, "checklists", shape_of(Checklist), problems, known)
    if not found:
        problems.add("checklists", 0, "", "no_checklists")
    _check_across(found, project, known, problems)
    return found


def checklists_in_order(found: Mapping[str, Found]) -> tuple[Checklist, ...]:
    """Returns the checklists as they are shown."""
    made = []
    for id, one in found.items():
        checklist = make(Checklist, one, id=id)
        if one["foundation"] is None:
            checklist = replace(checklist, foundation=_AFTER_THE_OTHERS + checklist.order)
        made.append(checklist)
    return tuple(sorted(made, key=lambda one: one.order))


def _check_across(found: Mapping[str, Found], project: Project, known: Known, problems: Problems) -> None:
    """What no file can tell by itself: ids and places used twice, sections that do not exist."""
    unique_ids((one for name, checklist in found.items() for one in _criteria(name, checklist)), problems)
    taken: dict[tuple[str, int], str] = {}
    for name, checklist in found.items():
        context = Context.of(project, f"checklists/{name}.yml", problems, known)
        if not IDENTIFIER.fullmatch(name) or name in _TAKEN:
            problems.add(context.path, 0, "", "file_name", taken=", ".join(_TAKEN))
        _check_places(checklist, taken, context)
        chapter = checklist["chapter"] or ("" if "chapter" in checklist.lines else None)
        for _, key, record in _criteria(name, checklist):
            _check_section(record, key, chapter, context)
            _check_links(record, key, context)
        _check_changes(checklist, context)


def _check_places(checklist: Found, taken: dict[tuple[str, int], str], context: Context) -> None:
    """No other list has its place; ``taken`` says which are, and gets its."""
    for key in ("order", "foundation"):
        place = checklist[key]
        if (key, place) in taken:
            where = taken[key, place]
            context.problem(checklist.lines[key], key, "repeated_order", order=place, where=where)
        elif place is not None:
            taken[key, place] = context.path


def _criteria(name: str, checklist: Found) -> list[Placed]:
    """Returns every criterion of a checklist, those retired too."""
    path = f"checklists/{name}.yml"
    return [one for key in ("criteria", "retired") for one in placed(path, key, checklist[key])]


def _check_changes(checklist: Found, context: Context) -> None:
    """Every version after the first says what it changed, of criteria that exist."""
    changes = checklist["changes"] or []
    versions = [one["version"] for one in changes]
    last = checklist["version"]
    if last is not None and None not in versions and versions != list(range(2, last + 1)):
        line = checklist.lines.get("changes") or checklist.lines["version"]
        context.problem(line, "changes", "changes_order", version=last)
    ids = set(_ids("", checklist))
    for line, key, id in _changed(changes):
        if id not in ids:
            context.unknown(line, key, "unknown_criterion", id, ids)


def _changed(changes: list[Found]) -> Iterator[tuple[int, str, str]]:
    """(line, key, id) of every criterion that a version changed."""
    for place, change in enumerate(changes, 1):
        for name in _CHANGED:
            for id in filter(None, change[name] or []):
                yield change.lines[name], f"changes.{place}.{name}", id


def _check_section(record: Found, key: str, chapter: str | None, context: Context) -> None:
    """The section of a criterion is one of the guide; then it is given with its page.

    ``chapter`` is "" where it does not exist: that has been told, and says nothing of its sections.
    """
    section = record.get("section")
    if not section:
        if chapter and "statement" in record and key.startswith("criteria"):
            context.problem(record.lines.get("id", 0), f"{key}.section", "missing_section")
        return
    line, place = record.lines["section"], f"{key}.section"
    if "#" in section[1:]:
        check_target(section, line, place, context)
    elif chapter is None:
        context.problem(line, place, "section_without_chapter")
    elif chapter:
        target = f"{chapter}#{section}"
        if target not in context.known["section"]:
            context.unknown(line, place, "unknown_section", section, headings(chapter, context.known))
        record["section"] = target


def _check_links(record: Found, key: str, context: Context) -> None:
    """Every link of a criterion leads to a page and heading of the guide."""
    for name, value in record.items():
        for texts in value if isinstance(value, list) else [value]:
            for text in texts.values() if isinstance(texts, dict) else ():
                for target in inline_markdown.links(text or ""):
                    check_target(target, record.lines[name], f"{key}.{name}", context)


def check_published(listed_ids: Found, found: Mapping[str, Found], problems: Problems) -> tuple[str, ...]:
    """Reports checklists and criteria that were published and are gone; returns those not on the list yet."""
    published = {one["id"]: one["criteria"] for one in listed_ids["checklists"] or [] if one["id"]}
    for id in published:
        if id not in found:
            problems.add("data/published-ids.yml", 0, f"checklists.{id}", "published_file_gone", id=id)
    unlisted: list[str] = []
    for id, checklist in found.items():
        gone, new = compare_ids(published.get(id), _ids(id, checklist))
        # A file that cannot be read has already been told; its ids are not gone.
        for criterion in gone if checklist["criteria"] is not None else ():
            line = checklist.lines["criteria"]
            problems.add(f"checklists/{id}.yml", line, "criteria", "published_id_gone", id=criterion)
        unlisted += [*([id] if id not in published else []), *(f"{id}/{one}" for one in new)]
    return tuple(unlisted)


def _ids(id: str, checklist: Found) -> list[str]:
    return [one["id"] for _, _, one in _criteria(id, checklist) if one["id"]]


def _new_checklist(project: Project, id: str) -> Mapping[str, Any]:
    """A new list comes after the others, with ids of its own."""
    taken: dict[str, list[int]] = {"order": [0], "foundation": [0]}
    for path in project.checklists.glob("*.yml"):
        node = project.files.node(project.files.name(path), Problems())
        for key, places in taken.items():
            value = getattr(value_of(node, key), "value", "")
            if isinstance(value, str) and value.isdigit():
                places.append(int(value))
    start = id[:3].strip("-") or "nue"
    return {
        **{name: max(places) + 1 for name, places in taken.items()},
        "minutes": 20,
        "criteria.id": f"{id}-01" if _taken(project, start) else f"{start}-01",
    }


def _taken(project: Project, start: str) -> bool:
    """Returns whether criteria of another checklist begin with ``start``."""
    return any(
        f"id: {start}-" in project.files.lines_joined(project.files.name(path))
        for path in project.checklists.glob("*.yml")
    )


KINDS = (
    FileKind(
        "checklist",
        "checklists/*.yml",
        shape_of(Checklist),
        page=CHECKLIST_PAGE,
        start=_new_checklist,
    ),
)
