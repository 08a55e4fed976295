"""MkDocs hook: writes what stands beside the pages: documents, data of the scripts, search, old addresses."""

from __future__ import annotations

from pathlib import Path

from mkdocs.plugins import event_priority

import languages
from building import build
from guide.downloads.registry import Given, written
from guide.pages.packaged import PackedPages
from guide.pages.redirects import redirect_pages
from guide.reading.project import open_texts


def on_pre_build(config):
    if languages.is_first(config):
        # What packages have in common is made once for all languages.
        build.packed = PackedPages(build.content, build.project, build.addresses, build.site_url)


# Before other languages are built or waited for.
@event_priority(-80)
def on_post_build(config):
    site, code = Path(config.site_dir), build.language
    texts, addresses = open_texts(build.project, code), build.addresses[code]
    entries = [one for several in build.entries[code] for one in several]
    given = Given(build.content, texts, addresses.of, build.project.root, entries, build.packed, build.books.get(code))
    for name, content in written(given):
        _write(site / name, content)
    for name, html in redirect_pages(texts, build.content.redirects, addresses, config.site_url):
        _write(site / name, html.encode("utf-8"))


def _write(file, content):
    """A file of the site, in a folder that may not be there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
