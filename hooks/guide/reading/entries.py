"""Helps every reader: reads a file or a folder, finds repeated ids, checks links, compares with what was published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Context, Found, Record, nothing_found

Known = Mapping[str, Collection[str]]
"""What may be referred to, by kind: ``source``, ``page``, ``section`` (as ``page.md#id``)…"""

Placed = tuple[str, str, Found]
"""A record with its file and its key there: ``("data/scale.yml", "statuses.1", …)``."""


def read_file(
    project: Project, path: str, record: Record, problems: Problems, known: Mapping[str, Collection[str]] = {}
) -> Found:
    """Returns what the file at ``path``, from the project's root, says; ``known`` is what it may refer to."""
    node = project.files.node(path, problems)
    if node is None:
        return nothing_found(record)
    return record.read(node, "", Context.of(project, path, problems, known))


def read_folder(project: Project, folder: str, record: Record, problems: Problems, known: Known) -> dict[str, Found]:
    """Returns what every file of a folder says, by its name without the ending, in order of names."""
    found = {}
    for path in sorted((project.root / folder).glob("*.y*ml")):
        name = f"{folder}/{path.name}"
        if path.suffix == ".yml":
            found[path.stem] = read_file(project, name, record, problems, known)
        else:
            problems.add(name, 0, "", "file_ending")
    return found


def placed(path: str, key: str, records: Iterable[Found] | None) -> Iterator[Placed]:
    """Yields the records of a list that stands at ``key``; none where it could not be read."""
    for place, record in enumerate(records or (), 1):
        yield path, f"{key}.{place}", record


def unique_ids(records: Iterable[Placed], problems: Problems, code: str = "repeated_id") -> dict[str, str]:
    """Returns where each id stands, as ``path:line``. One used twice is told, by the sentence ``code``."""
    where: dict[str, str] = {}
    for path, key, record in records:
        id, line = record["id"], record.lines.get("id", 0)
        if id in where:
            problems.add(path, line, f"{key}.id", code, id=id, where=where[id])
        elif id:
            where[id] = f"{path}:{line}"
    return where


def compare_ids(listed: Iterable[str | None] | None, found: Iterable[str]) -> tuple[list[str], list[str]]:
    """Returns the ids listed as published that are gone, and those found that are not on the list yet.

    ``listed`` is as ``data/published-ids.yml`` gives it: None where it, or one of its ids, could not be read.
    """
    published, here = [id for id in listed or () if id], list(found)
    return [id for id in published if id not in here], [id for id in here if id not in published]


def headings(page: str, known: Known) -> list[str]:
    """Returns the ids of the headings of ``page`` that are known."""
    return [one.partition("#")[2] for one in known["section"] if one.startswith(f"{page}#")]


def check_link(target: str, line: int, key: str, context: Context) -> None:
    """A link leads to a page that exists, and to a heading of it."""
    page, _, heading = target.partition("#")
    if page not in context.known["page"]:
        context.unknown(line, key, "unknown_page", page, context.known["page"])
    elif heading and target not in context.known["section"]:
        context.unknown(line, key, "unknown_section", heading, headings(page, context.known))
