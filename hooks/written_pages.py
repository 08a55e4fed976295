"""MkDocs hook: cleans what contributors write, whatever the check has seen of it."""

from __future__ import annotations

from mkdocs.plugins import get_plugin_logger

import languages
from building import build
from guide.reading.forms import Forms, filled
from guide.reading.project import message_texts, open_texts
from guide.reading.sanitiser import clean
from guide.reading.texts import fill
from paths import written_in

log = get_plugin_logger("abc")


def on_config(config):
    """What extensions of Markdown make has the forms of this site."""
    if languages.is_first(config):
        config.markdown_extensions.append(Forms())


def on_page_content(html, page, config, files):
    if build.generated(page) is not None:
        return None
    html, dropped = clean(html)
    if dropped:
        words = message_texts(build.project)["problems"]
        log.warning(fill(words["page_dropped"], {"file": f"docs/{page.file.src_uri}"}))
    return filled(html, open_texts(build.project, written_in(page.file))["forms"])
