"""MkDocs hook: lets a browser keep the published site for where there is no network."""

from __future__ import annotations

from pathlib import Path

from mkdocs.plugins import event_priority

import languages
from building import build
from guide.downloads.offline_copy import WORKER, worker
from guide.pages.policy import header_files
from guide.reading.project import open_texts


def on_page_context(context, page, config, nav):
    context["kept_offline"] = _wanted(config)


# Once every other file is written.
@event_priority(-300)
def on_post_build(config):
    if languages.is_first(config) and _wanted(config):
        texts, site = open_texts(build.project, build.project.default), Path(config.site_dir)
        (site / WORKER).write_text(worker(site, texts, header_files()), encoding="utf-8")


def _wanted(config):
    """A site opened from a folder is a copy already; what is shown while it is written must not be kept."""
    return config.use_directory_urls and not build.preview
