"""MkDocs hook: puts the checklists into the navigation, and leads from page to page."""

from __future__ import annotations

from pathlib import Path

from building import build
from guide.model.site_pages import BOOK_PAGE
from guide.pages.order import add_to_nav, neighbours, way
from guide.reading import counts
from paths import path_of


def on_config(config):
    add_to_nav(config.nav, [one.page for one in build.content.checklists])


def on_nav(nav, config, files):
    _count(nav.items)
    pages = {path_of(file): file.page for file in files.documentation_pages()}
    build.shown[build.language] = list(pages)
    listed = [path_of(page.file) for page in nav.pages]
    through = neighbours(way(listed, build.pages))
    for path, page in pages.items():
        before, after = through.get(path, (None, None))
        page.previous_page, page.next_page = pages.get(before), pages.get(after)
        listing = build.pages[path].entry.listed_on if path in build.pages else None
        if listing:
            page.parent = pages[listing].parent
    section = pages[BOOK_PAGE].ancestors[-1:]
    chapters = (page for page in nav.pages if section and page.ancestors[-1:] == section)
    build.chapters = [page for page in chapters if Path(page.file.abs_src_path).is_file()]


def _count(items):
    """Fills in the numbers that names of sections ask for, once they are translated."""
    for item in items:
        if item.is_section:
            item.title = counts.fill(build.project, item.title, build.language)
            _count(item.children)
