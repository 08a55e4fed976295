"""Returns the headings of what is made from data, as MkDocs keeps those of a page."""

from __future__ import annotations

from markupsafe import escape
from mkdocs.structure.toc import AnchorLink, TableOfContents


def replace(page, made):
    """Gives ``page`` the headings of what was made of it."""
    page.toc = TableOfContents(_links(made))
    # Links from chapters to a criterion or a source are checked against these.
    page.present_anchor_ids = {id for id, _ in made.headings}


def add(page, part):
    """Puts the headings of ``part`` among those of its page."""
    page.toc.items += _links(part)
    page.present_anchor_ids |= {id for id, _ in part.headings}


def _links(made):
    return [AnchorLink(escape(title), id, 2) for id, title in made.headings]
