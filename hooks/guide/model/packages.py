"""Names what stands in the manifest of each package for a learning platform: ``packages`` of ``data/published-ids.yml``.

A platform keeps attempts and grades by these identifiers. With another one, whoever loads a newer package loses
every grade given before, so they are read from the list of what was published and never made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guide.model.published_ids import SOURCE
from guide.reading.problems import Problems
from guide.reading.schema import Found

# The quick assessment is not a checklist, but has packages too.
QUICK = "rapida"


@dataclass(frozen=True)
class PackageIds:
    """The identifiers of one assessment's packages: the same in every language, full or thin."""

    manifest: str
    organization: str
    item: str
    resource: str


def first_ids(id: str) -> PackageIds:
    """Returns the identifiers of an assessment that was never published."""
    return PackageIds(f"abc-{id}", f"abc-{id}-organizacion", f"abc-{id}-actividad", f"abc-{id}-recurso")


def read(
    listed: Iterable[Found] | None, checklists: Iterable[str], problems: Problems
) -> tuple[Mapping[str, PackageIds], tuple[str, ...]]:
    """The identifiers of every assessment's packages by its id, and those not on the list yet, as ``packages/id``."""
    whole = [one for one in listed or () if one["id"] and one["identifiers"] and None not in one["identifiers"]]
    taken: dict[str, str] = {}
    for one in whole:
        _check_names(one, taken, problems)
    published = {one["id"]: PackageIds(*one["identifiers"]) for one in whole}
    ids = [QUICK, *checklists]
    new = tuple(f"packages/{id}" for id in ids if id not in published)
    return {id: published.get(id) or first_ids(id) for id in ids}, new


def _check_names(found: Found, taken: dict[str, str], problems: Problems) -> None:
    """Each identifier is of one thing; ``taken`` says of which, and gets those of this assessment."""
    id, names = found["id"], found["identifiers"]
    for name in dict.fromkeys(names):
        if taken.setdefault(name, id) != id or names.count(name) > 1:
            problems.add(SOURCE, found.lines["identifiers"], f"packages.{id}", "repeated_package_id", id=name)
