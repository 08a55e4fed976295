"""MkDocs hook: keeps what search finds on every page."""

from __future__ import annotations

from building import build
from guide.downloads import search_index


def on_page_context(context, page, config, nav):
    found = build.page(page)
    if found and not found.entry.search:
        return
    rendered, of_data = build.entries[build.language]
    made = build.made.get(page.file.src_uri)
    # What comes from the data: reading it out of the HTML again takes longer than all else.
    if made and made.entries:
        of_data += search_index.entries_of_data(page.file.url, made.entries)
    else:
        title = page.meta.get("title") or page.title
        rendered += search_index.entries_of_html(page.url, title, page.content)
