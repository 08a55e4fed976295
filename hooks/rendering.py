"""MkDocs hook: the Markdown of a page is rendered once among the same pages, and its links are looked at once."""

from __future__ import annotations

import logging
from functools import partial

from mkdocs.structure.pages import Page

import headings
from building import build
from guide.reading.kept import kept


def on_nav(nav, config, files):
    """What rendering reads beside a page: where all others are, and what is set."""
    there = tuple((file.src_uri, file.url, file.inclusion.name) for file in files)
    extensions = tuple(one if isinstance(one, str) else type(one).__qualname__ for one in config.markdown_extensions)
    build.among[build.language] = there, extensions, repr(config.mdx_configs), repr(config.validation)


def on_pre_page(page, config, files):
    page.render = partial(_render, page)


def _render(page, config, files):
    # A page that is made from data has no Markdown: all of them are the same.
    path = page.file.src_uri if page.markdown else ""
    among = kept.digest(build.among[build.language])
    made = kept(partial(_rendered, page, config, files), "markdown", page.markdown, path, among)
    page.content, found, page._title_from_render, anchors, links, told = made
    page.toc = headings.read(found)
    page.present_anchor_ids = set(anchors)
    page.links_to_anchors = {files.get_file_from_path(one): dict(there) for one, there in links}
    for level, message in told:
        _where_links_are_told().log(level, message)


def _rendered(page, config, files):
    told, log = _Listener(), _where_links_are_told()
    log.addHandler(told)
    log.propagate = False
    try:
        Page.render(page, config, files)
    finally:
        log.propagate = True
        log.removeHandler(told)
    links = tuple((file.src_uri, tuple(there.items())) for file, there in (page.links_to_anchors or {}).items())
    found = headings.written(page.toc)
    return page.content, found, page._title_from_render, sorted(page.present_anchor_ids), links, tuple(told.records)


def _where_links_are_told():
    return logging.getLogger("mkdocs.structure.pages")


class _Listener(logging.Handler):
    """Takes what is told, so that it can be told each time."""

    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append((record.levelno, record.getMessage()))
