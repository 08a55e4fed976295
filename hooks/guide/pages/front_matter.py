"""Writes what a page tells the engine that builds it."""

from __future__ import annotations

from typing import Any

from guide.pages.registry import SitePage
from guide.pages.writer import Page
from guide.reading.inline_markdown import Foreign, foreign


def front_matter(page: SitePage, made: Page, code: str, default: str) -> dict[str, Any]:
    """The front matter of a page made from data, in the language ``code``, one of a site that speaks ``default``."""
    meta = {"title": str(made.title), "short": str(made.short), "description": str(made.description)}
    if isinstance(made.title, Foreign):
        meta["title_language"] = made.title.language
    if code != default and foreign(default) in made.html:
        meta["partly_in"] = default
    meta["template"] = page.entry.frame
    return meta
