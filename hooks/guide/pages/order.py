"""Orders the pages: which one comes before and after each, by the navigation and the table of pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.model.site_pages import INDEX_PAGE
from guide.pages.registry import SitePage


def way(listed: Sequence[str], pages: Mapping[str, SitePage]) -> tuple[str, ...]:
    """``listed``, the pages of the navigation in its order, as they are passed one after the other.

    Those that stand on a page follow it; those that are passed by are left out.
    """
    following: dict[str, list[str]] = {}
    for path, page in pages.items():
        if page.entry.listed_on:
            following.setdefault(page.entry.listed_on, []).append(path)
    whole = (each for one in listed for each in (one, *following.get(one, ())))
    return tuple(one for one in whole if not (one in pages and pages[one].entry.passed_by))


def neighbours(way: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
    """Returns the pages before and after each of ``way``."""
    return {one: (before, after) for before, one, after in zip([None, *way], way, [*way[1:], None])}


def add_to_nav(items: list[Any], pages: list[str]) -> bool:
    """Puts ``pages`` at the end of the navigation section that holds the index of self-assessments.

    ``items`` is ``nav`` as ``mkdocs.yml`` has it; False where no section of it holds that index. Where the section
    ends with one of its own, they go there.
    """
    for item in items:
        if item == INDEX_PAGE:
            last = next(iter(items[-1].values())) if isinstance(items[-1], dict) else None
            into = last if isinstance(last, list) else items
            into += [page for page in pages if page not in into]
            return True
        for below in item.values() if isinstance(item, dict) else ():
            if isinstance(below, list) and add_to_nav(below, pages):
                return True
    return False
