"""MkDocs hook: nothing of what contributors write gets past this, whatever the check has seen of it."""

from __future__ import annotations

from mkdocs.plugins import get_plugin_logger

from building import build
from guide.reading.project import message_texts
from guide.reading.sanitiser import clean
from guide.reading.texts import fill

log = get_plugin_logger("abc")


def on_page_content(html, page, config, files):
    if build.generated(page) is not None:
        return None
    html, dropped = clean(html)
    if dropped:
        words = message_texts(build.project)["problems"]
        log.warning(fill(words["page_dropped"], {"file": f"docs/{page.file.src_uri}"}))
    return html
