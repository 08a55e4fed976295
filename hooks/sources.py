"""MkDocs hook: returns the source of every page: of one made from data its front matter, of others their text."""

from __future__ import annotations

import yaml

from building import build
from guide.pages.front_matter import front_matter
from guide.pages.written import shown_text
from paths import path_of, written_in


def on_page_read_source(page, config):
    entry = build.generated(page)
    return _written(page) if entry is None else _made(page, entry, config)


def _made(page, entry, config):
    made = build.made[page.file.src_uri] = entry.page(build.writer(page))
    page.edit_url = entry.source and config.edit_uri.removesuffix("docs/") + entry.source
    meta = front_matter(entry, made, written_in(page.file), build.project.default)
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n"


def _written(page):
    path = path_of(page.file)
    sources = {code: pages[path].source for code, pages in build.found.site.pages.items() if path in pages}
    return shown_text(build.project, sources, written_in(page.file))
