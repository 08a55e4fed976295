"""Returns the addresses of pages from the site's root, language by language, and as seen from each other."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guide.model.addresses import address


@dataclass(frozen=True)
class Addresses:
    """Those of one language, whose pages begin at ``start`` ("" or ``en/``); without ``directories``, each is a file."""

    start: str = ""
    directories: bool = True

    def of(self, target: str) -> str:
        """Returns the address of ``page.md#heading``; what is no page is shared by all languages."""
        page, hash, heading = target.partition("#")
        if not page.endswith(".md"):
            return target
        there = address(page).lstrip("/") if self.directories else page.removesuffix(".md") + ".html"
        return self.start + there + hash + heading

    def seen_from(self, page: str, target: str) -> str:
        """Returns the address of ``target`` as seen from ``page``, both inside this language's folder."""
        path, hash, heading = target.partition("#")
        return relative(self.of(path), self.of(page)) + hash + heading


@dataclass(frozen=True)
class Alternate:
    """A page as it stands in one language; ``written`` says whether its text is of that language."""

    code: str
    url: str
    """From the site's root."""
    written: bool


def alternates(page: str, written: Collection[str], addresses: Mapping[str, Addresses]) -> dict[str, Alternate]:
    """``page`` in every language that shows it, by code; ``written`` are those whose text it has.

    The default one, the first of ``addresses``, stands in for the others.
    """
    default = next(iter(addresses))
    shown = addresses if default in written else written
    return {code: Alternate(code, addresses[code].of(page), code in written) for code in addresses if code in shown}


def relative(there: str, here: str) -> str:
    """Returns the address ``there`` as seen from the page at ``here``, both from the site's root."""
    folder = posixpath.dirname(f"/{here}")
    found = posixpath.relpath(f"/{there}", folder)
    return found + "/" if not there or there.endswith("/") else found


def by_language(codes: tuple[str, ...], directories: bool) -> dict[str, Addresses]:
    """Returns the addresses of every language; the first, the default one, begins at the root."""
    return {code: Addresses("" if code == codes[0] else f"{code}/", directories) for code in codes}
