"""Writes the map of the site for search engines: every page in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guide.pages.addresses import Addresses, Alternate, alternates

MAP = "sitemap.xml"


@dataclass(frozen=True)
class Place:
    """A page of one language, and the same page in all of them, itself first."""

    url: str
    alternates: tuple[Alternate, ...]


def places(
    pages: Mapping[str, Sequence[str]], written: Mapping[str, Sequence[str]], addresses: Mapping[str, Addresses]
) -> list[Place]:
    """The places of ``pages``, those of each language in their order; ``written`` are the languages of each page's text."""
    found = []
    for code, paths in pages.items():
        for path in paths:
            there = alternates(path, written[path], addresses)
            order = sorted(there.values(), key=lambda one: (one.code != code, one.code))
            found.append(Place(addresses[code].of(path), tuple(order)))
    return found
