"""MkDocs hook: the pages written by hand, as they are shown."""

from __future__ import annotations

from mkdocs.plugins import get_plugin_logger

from building import build, path_of, written_in
from guide.pages.written import shown_text
from guide.reading.project import message_texts
from guide.reading.sanitiser import clean
from guide.reading.texts import fill

log = get_plugin_logger("abc")


def on_page_read_source(page, config):
    if build.generated(page) is None:
        path = path_of(page.file)
        sources = {code: pages[path].source for code, pages in build.found.site.pages.items() if path in pages}
        return shown_text(build.project, sources, written_in(page.file))


def on_page_content(html, page, config, files):
    if build.generated(page) is not None:
        return None
    # Nothing of what contributors write gets past this, whatever the check has seen of it.
    html, dropped = clean(html)
    if dropped:
        words = message_texts(build.project)["problems"]
        log.warning(fill(words["page_dropped"], {"file": f"docs/{page.file.src_uri}"}))
    return html
