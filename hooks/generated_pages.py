"""MkDocs hook: the pages that are made from data, one per language.

MkDocs runs all events once per language on the same configuration: everything here may run again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from guide.__main__ import report
from guide.content import BIBLIOGRAPHY_PAGE, INDEX_PAGE, QUICK_PAGE, Content, load
from guide.pages import Page, Writer
from guide.problems import ContentError
from guide.project import Project, message_language, open_project, open_texts

log = get_plugin_logger("abc")


@dataclass
class _Build:
    """What one build keeps between events."""

    project: Project
    content: Content
    urls: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)


_build: _Build
# Whether the last try stopped at a mistake in the content, before anything was written.
_stopped = False


def on_config(config):
    global _build, _stopped
    if not config.plugins["i18n"].building:
        project = open_project(Path(config.config_file_path).parent)
        _stopped = True
        try:
            _build = _Build(project, load(project))
            _stopped = False
        except ContentError as error:
            raise PluginError(report(error, open_texts(project, message_language(project)))) from None
    _add_to_nav(config.nav, [one.page for one in _build.content.checklists])


def on_serve(server, config, builder):
    """A mistake in the content leaves the last good site standing.

    MkDocs would let every request wait until the mistake is mended.
    """
    rebuild = server.builder

    def rebuild_or_keep():
        try:
            rebuild()
        except SystemExit:
            if not _stopped:
                raise
            project = open_project(Path(config.config_file_path).parent)
            log.warning(open_texts(project, message_language(project))["problems"]["kept"])

    server.builder = rebuild_or_keep
    return server


def on_files(files, config):
    for code in _build.project.codes:
        for path in _sources():
            files.append(
                File(f"{code}/{path}", config.docs_dir, config.site_dir, config.use_directory_urls)
            )


def on_nav(nav, config, files):
    _build.urls = {_path(file): file.url for file in files.documentation_pages()}


def on_page_read_source(page, config):
    source = _sources().get(_path(page.file))
    if source is None or Path(page.file.abs_src_path).is_file():
        return None
    made = _write(page)
    _build.pages[page.file.src_uri] = made
    page.edit_url = config.edit_uri.removesuffix("docs/") + source
    meta = {"title": made.title, "short": made.short, "description": made.description}
    if _path(page.file) != BIBLIOGRAPHY_PAGE:
        meta["template"] = "assessment.html"
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n"


def on_page_content(html, page, config, files):
    if _path(page.file) == INDEX_PAGE:
        page.meta["template"] = "assessment_index.html"
        return html + _writer(page).index()
    made = _build.pages.pop(page.file.src_uri, None)
    if made is None:
        return None
    page.toc = TableOfContents([AnchorLink(title, id, 2) for id, title in made.headings])
    # Links from chapters to a criterion or a source are checked against these.
    page.present_anchor_ids = {id for id, _ in made.headings}
    return made.html


def _sources() -> dict[str, str]:
    """Every generated page and the file of the project it is made from."""
    sources = {one.page: one.source for one in _build.content.checklists}
    return {
        **sources,
        QUICK_PAGE: "checklists",
        BIBLIOGRAPHY_PAGE: "data/bibliography.yml",
    }


def _path(file) -> str:
    """The path of a page inside its language's folder."""
    return file.src_uri.split("/", 1)[-1]


def _writer(page) -> Writer:
    def page_url(target: str) -> str:
        path, hash, heading = target.partition("#")
        return get_relative_url(_build.urls[path], page.file.url) + hash + heading

    texts = open_texts(_build.project, page.file.src_uri.split("/", 1)[0])
    return Writer(_build.content, texts, page_url)


def _write(page) -> Page:
    path, writer = _path(page.file), _writer(page)
    if path == BIBLIOGRAPHY_PAGE:
        return writer.bibliography()
    if path == QUICK_PAGE:
        return writer.quick()
    return writer.checklist(next(one for one in _build.content.checklists if one.page == path))


def _add_to_nav(items: list, pages: list[str]) -> bool:
    """Puts ``pages`` at the end of the navigation section that holds the index page."""
    for item in items:
        if item == INDEX_PAGE:
            items += [page for page in pages if page not in items]
            return True
        for below in item.values() if isinstance(item, dict) else ():
            if isinstance(below, list) and _add_to_nav(below, pages):
                return True
    return False
