"""Lists the ids that were ever published, which may never mean anything else: ``data/published-ids.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.reading.schema import Identifier, ListOf
from guide.reading.shapes import Default, list_of, shape_of

SOURCE = "data/published-ids.yml"


@dataclass(frozen=True)
class PublishedChecklist:
    """A checklist and its criteria, those retired too."""

    id: Annotated[str, Identifier()]
    criteria: Annotated[tuple[str, ...], ListOf(Identifier())]


@dataclass(frozen=True)
class PublishedPackage:
    """An assessment and the identifiers in the manifest of its packages: manifest, organization, item, resource."""

    id: Annotated[str, Identifier()]
    identifiers: Annotated[tuple[str, ...], ListOf(Identifier(), length=4)]


@dataclass(frozen=True)
class PublishedIds:
    """Every id by what it names."""

    checklists: Annotated[tuple[PublishedChecklist, ...], list_of(PublishedChecklist)]
    networks: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    practices: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    contacts: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    terms: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    tools: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    packages: Annotated[tuple[PublishedPackage, ...], list_of(PublishedPackage), Default(())]
    journey: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]
    register: Annotated[tuple[str, ...], ListOf(Identifier()), Default(())]


KINDS = (FileKind("published-ids", SOURCE, shape_of(PublishedIds)),)
