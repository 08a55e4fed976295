"""Reads what the register of agreements notes of each, ``data/register.yml``: the fields and what they can prove.

Registers that people keep name fields and choices by their ids: they are permanent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.model.site_pages import REGISTER_PAGE
from guide.reading.entries import Known, Placed, compare_ids, placed, read_file, unique_ids
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Choice, Identifier, ListOf, Reference, Text, Texts, Translated
from guide.reading.shapes import Default, list_of, make, shape_of

SOURCE = "data/register.yml"
CHOICE = "choice"
# ``until`` is a date that may also be "indefinite"; ``long`` a text of many lines.
KINDS_OF_FIELD = ("text", "long", "date", "year", "until", CHOICE)


@dataclass(frozen=True)
class Option:
    """One thing that a field may say; ``also`` is what tables of offices call it."""

    id: Annotated[str, Identifier()]
    name: Annotated[Translated, Texts()]
    also: Annotated[tuple[str, ...], ListOf(Text()), Default(())]


@dataclass(frozen=True)
class Field:
    """One fact of an agreement; ``also`` is what tables of offices call its column."""

    id: Annotated[str, Identifier()]
    kind: Annotated[str, Choice(KINDS_OF_FIELD)]
    label: Annotated[Translated, Texts()]
    hint: Annotated[Translated | None, Texts()]
    also: Annotated[tuple[str, ...], ListOf(Text()), Default(())]
    choices: Annotated[tuple[Option, ...], list_of(Option), Default(())]


@dataclass(frozen=True)
class Group:
    """Fields that are filled in together."""

    id: Annotated[str, Identifier()]
    title: Annotated[Translated, Texts()]
    fields: Annotated[tuple[Field, ...], list_of(Field)]


@dataclass(frozen=True)
class Proof:
    """Something that a register can prove, and the criterion that it helps to answer."""

    id: Annotated[str, Identifier()]
    criterion: Annotated[str, Reference("criterion")]


@dataclass(frozen=True)
class Register:
    """The fields in their groups, and what they can prove."""

    sources: Annotated[tuple[str, ...], ListOf(Reference("source"))] = ()
    groups: Annotated[tuple[Group, ...], list_of(Group)] = ()
    proofs: Annotated[tuple[Proof, ...], list_of(Proof)] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for group in self.groups for field in group.fields)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that a kept register may name."""
        return tuple(sorted({name for one in self.fields for name in (one.id, *(item.id for item in one.choices))}))


def read(
    project: Project, problems: Problems, known: Known, published: Collection[str | None] | None
) -> tuple[Register, tuple[str, ...]]:
    """The register (empty where there is no such file, or with any mistake anywhere) and the ids not published yet.

    ``known`` holds the ids of sources and criteria; ``published`` what ``data/published-ids.yml`` lists.
    """
    if not (project.root / SOURCE).is_file():
        return Register(), ()
    found = read_file(project, SOURCE, shape_of(Register), problems, known)
    fields = [
        one for path, key, group in placed(SOURCE, "groups", found["groups"]) for one in _in(path, key, group, "fields")
    ]
    where = unique_ids(fields, problems)
    choices: set[str] = set()
    for path, key, field in fields:
        choices |= unique_ids(_in(path, key, field, "choices"), problems).keys()
        if (field["kind"] == CHOICE) != bool(field["choices"]) and field["kind"]:
            problems.add(path, field.lines["kind"], f"{key}.choices", "choices_or_not")
    unique_ids(placed(SOURCE, "proofs", found["proofs"]), problems)
    gone, new = compare_ids(published, [*where, *sorted(choices - where.keys())])
    # A file that cannot be read has already been told; its ids are not gone.
    for id in gone if found["groups"] is not None else ():
        problems.add("data/published-ids.yml", 0, f"register.{id}", "published_tool_gone")
    return (Register() if len(problems) else make(Register, found)), tuple(new)


def _in(path: str, key: str, record: object, name: str) -> Iterator[Placed]:
    """Yields the records of a list inside a record."""
    assert isinstance(record, dict)
    yield from placed(path, f"{key}.{name}", record[name])


KINDS = (FileKind("register", SOURCE, shape_of(Register), page=REGISTER_PAGE),)
