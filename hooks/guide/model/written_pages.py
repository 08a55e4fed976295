"""Reads what the model needs of the pages written in Markdown: which there are, their headings and titles."""

from __future__ import annotations

import re
from pathlib import Path

from guide.reading import counts
from guide.reading.project import Project
from guide.reading.schema import Translated

_TITLE = re.compile(r"\A---\n(?:.*\n)*?title:[ \t]+(?:\"([^\"\n]+)\"|(\S.*))\n")


def pages_and_sections(project: Project) -> tuple[set[str], set[str]]:
    """Returns the pages written in the default language, and their headings as ``page.md#id``."""
    folder = project.docs / project.default
    pages, sections = set(), set()
    for path in folder.rglob("*.md"):
        page = path.relative_to(folder).as_posix()
        pages.add(page)
        headings = re.findall(r"^#+.*\{[^}]*#([\w-]+)[^}]*\}\s*$", _page_text(project, path), re.MULTILINE)
        sections |= {f"{page}#{heading}" for heading in headings}
    return pages, sections


def _page_text(project: Project, path: Path) -> str:
    """A page however it was saved; whoever reads it tells what is wrong with that."""
    try:
        return re.sub(r"\r\n?", "\n", project.files.decoded(project.files.name(path))[0])
    except OSError:
        return ""


def titles_of_pages(project: Project) -> dict[str, Translated]:
    """Returns the titles of the pages written in Markdown; a page not yet translated keeps its first title."""
    titles: dict[str, dict[str, str]] = {}
    for code in project.codes:
        folder = project.docs / code
        for path in folder.rglob("*.md"):
            found = _TITLE.search(_page_text(project, path))
            page = path.relative_to(folder).as_posix()
            # Whoever reads the page tells that it has no title.
            title = counts.fill_page(project, (found[1] or found[2]).strip(), code) if found else page
            titles.setdefault(page, {})[code] = title
    return {
        page: {code: title.get(code, title[project.default]) for code in project.codes}
        for page, title in titles.items()
        if project.default in title
    }
