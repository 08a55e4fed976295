"""Finds ids that are not where the next person looks for them: terms by the alphabet, criteria by their series."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

import yaml

from guide.checks.corpus import Document
from guide.reading.problems import Problems
from guide.reading.yaml_tree import items_of, line_of, value_of

_NUMBERED = re.compile(r"(?P<series>[a-z][a-z-]*)-(?P<number>\d+)")


def check(document: Document, problems: Problems) -> None:
    """Records terms of the glossary out of alphabetical order, and criteria whose id goes on no series of their list."""
    if document.kind.name == "glossary":
        _alphabet(document, problems)
    elif document.kind.name == "checklist":
        _series(document, problems)


def _alphabet(document: Document, problems: Problems) -> None:
    found = _ids(document.node, "terms")
    ids = [node.value for _, node in found]
    in_order = _longest_in_order(ids)
    for place, (key, node) in enumerate(found):
        if place not in in_order:
            after = max((ids[one] for one in in_order if ids[one] < node.value), default="")
            code = "out_of_order" if after else "out_of_order_first"
            problems.add(document.file, line_of(node), key, code, id=node.value, after=after)


def _longest_in_order(values: list[str]) -> set[int]:
    """Returns the places of the most values that stand in ascending order; the others are out of place."""
    last: list[str] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(last, value)
        before.append(ends[at - 1] if at else -1)
        last[at : at + 1] = [value]
        ends[at : at + 1] = [place]
    found = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def _series(document: Document, problems: Problems) -> None:
    found = _ids(document.node, "criteria")
    every = [_numbered(node) for _, node in [*found, *_ids(document.node, "retired")]]
    usual = _usual(series for series, _ in every if series)
    if not usual:
        return
    numbers = {number for series, number in every if series == usual}
    for (key, node), (series, number) in zip(found, every):
        own = number if series == usual else 0
        # Numbers of what was retired stay in the file, so none is left out.
        if own != 1 and (own == 0 or own - 1 not in numbers):
            following = max(numbers - {own}, default=0) + 1
            problems.add(
                document.file, line_of(node), key, "out_of_series", id=node.value, next=f"{usual}-{following:02}"
            )


def _usual(names: Iterable[str]) -> str:
    """Returns the name that stands there most often, "" where there is none."""
    return next((name for name, _ in Counter(names).most_common(1)), "")


def _numbered(node: yaml.ScalarNode) -> tuple[str, int]:
    """Returns the series of an id and its number there; "" and 0 where it is of none."""
    match = _NUMBERED.fullmatch(node.value)
    return (match["series"], int(match["number"])) if match else ("", 0)


def _ids(root: yaml.Node | None, name: str) -> list[tuple[str, yaml.ScalarNode]]:
    """Returns the key and the id of each entry of a list that has one."""
    found = []
    for place, entry in enumerate(items_of(value_of(root, name)), 1):
        id = value_of(entry, "id")
        if isinstance(id, yaml.ScalarNode):
            found.append((f"{name}.{place}.id", id))
    return found
