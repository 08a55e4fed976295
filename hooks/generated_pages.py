"""MkDocs hook: the pages that are made from data, one per language.

MkDocs runs all events once per language on the same configuration: everything here may run again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from guide.checks import check
from guide.checks import report as reports
from guide.checks.freshness import Freshness
from guide.content import (
    ASSESSMENTS_PAGE,
    BIBLIOGRAPHY_PAGE,
    DOCUMENTS_PAGE,
    INDEX_PAGE,
    OVERVIEW_PAGE,
    PLAN_PAGE,
    QUICK_PAGE,
    Content,
)
from guide.inline import Foreign
from guide.pages import Page, Writer
from guide.problems import ContentError, report
from guide.project import Project, message_texts, open_project, open_texts

log = get_plugin_logger("abc")


@dataclass(frozen=True)
class _Generated:
    """How one generated page is made."""

    write: Callable[[Writer], Page]
    source: str | None
    """The file it is made from, None for one made of many."""
    template: str | None = "assessment.html"


@dataclass
class _Build:
    """What one build keeps between events."""

    project: Project
    content: Content
    freshness: Freshness
    generated: dict[str, _Generated]
    """Every generated page by its path inside a language's folder."""
    urls: dict[str, dict[str, str]] = field(default_factory=dict)
    """The address of every page from the site's root, by language and path."""
    entries: list[dict[str, str]] = field(default_factory=list)
    """What search finds on generated pages, in the form of MkDocs' search index."""
    language: str = ""
    """The one being built."""
    pages: dict[str, Page] = field(default_factory=dict)


_build: _Build
# Whether the last try stopped at a mistake in the content, before anything was written.
_stopped = False


def on_config(config):
    global _build, _stopped
    if not config.plugins["i18n"].building:
        project = open_project(Path(config.config_file_path).parent)
        _stopped = True
        found, texts = check(project), message_texts(project)
        if len(found.errors):
            raise PluginError(report(ContentError(found.errors), texts))
        _build = _Build(project, found.content, found.freshness, _generated(found.content))
        _stopped = False
        # Not as warnings: a translation left behind is to be looked at, not to stop a strict build.
        for line in reports.warnings(found, texts):
            log.info(line)
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
            log.warning(message_texts(project)["problems"]["kept"])

    server.builder = rebuild_or_keep
    return server


def on_files(files, config):
    for code in _build.project.codes:
        for path in _build.generated:
            files.append(
                File(f"{code}/{path}", config.docs_dir, config.site_dir, config.use_directory_urls)
            )


def on_nav(nav, config, files):
    _build.language = config.plugins["i18n"].current_language
    _build.urls[_build.language] = {_path(file): file.url for file in files.documentation_pages()}


def on_page_read_source(page, config):
    generated = _build.generated.get(_path(page.file))
    if generated is None or Path(page.file.abs_src_path).is_file():
        return None
    made = generated.write(_writer(page))
    _build.pages[page.file.src_uri] = made
    page.edit_url = generated.source and config.edit_uri.removesuffix("docs/") + generated.source
    meta = {"title": str(made.title), "short": str(made.short), "description": str(made.description)}
    if isinstance(made.title, Foreign):
        meta["title_language"] = made.title.language
    if made.entries:
        # They come from the data: reading them out of the HTML again takes longer than all else.
        meta["search"] = {"exclude": True}
        for id, title, text in made.entries:
            location = page.file.url + (f"#{id}" if id else "")
            _build.entries.append({"location": location, "title": title, "text": escape(text)})
    if generated.template:
        meta["template"] = generated.template
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n"


def on_page_content(html, page, config, files):
    if _path(page.file) == INDEX_PAGE:
        page.meta["template"] = "assessment_index.html"
        return html + _writer(page).index()
    made = _build.pages.pop(page.file.src_uri, None)
    if made is None:
        return None
    page.toc = TableOfContents([AnchorLink(escape(title), id, 2) for id, title in made.headings])
    # Links from chapters to a criterion or a source are checked against these.
    page.present_anchor_ids = {id for id, _ in made.headings}
    return made.html


def on_page_context(context, page, config, nav):
    """Whether the page's translation may be behind its original, and in which sections."""
    code, path = page.file.src_uri.split("/", 1)
    generated = _build.generated.get(path)
    files = {f"docs/{page.file.src_uri}", generated.source if generated else None}
    context["behind"] = _build.freshness.in_files(code, files)
    original = page.file.alternates.get(_build.project.default)
    context["original"] = original and original.url


# After the i18n plugin has built the other languages.
@event_priority(-200)
def on_post_build(config):
    """What the scripts share and what search finds, once all languages are built."""
    if config.plugins["i18n"].building:
        return
    folder = Path(config.site_dir, "assets/instrument")
    folder.mkdir(parents=True, exist_ok=True)
    index = Path(config.site_dir, "search/search_index.json")
    found = json.loads(index.read_text("utf-8"))
    found["docs"] += _build.entries
    index.write_text(json.dumps(found), "utf-8")
    for code in _build.project.codes:
        writer = Writer(_build.content, open_texts(_build.project, code), _build.urls[code].__getitem__)
        (folder / f"{code}.js").write_text(writer.instrument(), "utf-8")
        (folder / f"{code}-texts.js").write_text(writer.criterion_texts(), "utf-8")


def _generated(content: Content) -> dict[str, _Generated]:
    templates = "hooks/guide/templates"
    return {
        **{one.page: _Generated(lambda writer, one=one: writer.checklist(one), one.source) for one in content.checklists},
        QUICK_PAGE: _Generated(Writer.quick, None),
        OVERVIEW_PAGE: _Generated(Writer.overview, f"{templates}/overview.html.jinja", "overview.html"),
        PLAN_PAGE: _Generated(Writer.plan, f"{templates}/plan.html.jinja", "plan.html"),
        DOCUMENTS_PAGE: _Generated(Writer.documents, f"{templates}/documents.html.jinja", "documents.html"),
        ASSESSMENTS_PAGE: _Generated(
            Writer.your_assessments, f"{templates}/your_assessments.html.jinja", "assessment_index.html"
        ),
        BIBLIOGRAPHY_PAGE: _Generated(Writer.bibliography, "data/bibliography.yml", None),
    }


def _path(file) -> str:
    """The path of a page inside its language's folder."""
    return file.src_uri.split("/", 1)[-1]


def _writer(page) -> Writer:
    def page_url(target: str) -> str:
        path, hash, heading = target.partition("#")
        return get_relative_url(urls[path], page.file.url) + hash + heading

    urls = _build.urls[_build.language]
    texts = open_texts(_build.project, page.file.src_uri.split("/", 1)[0])
    return Writer(_build.content, texts, page_url, _build.project.languages)


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
