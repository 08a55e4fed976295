"""MkDocs hook: adds what a page says of itself: how long it is, what stops its publication, what is outdated."""

from __future__ import annotations

from building import build
from guide.checks import report
from guide.model.site_pages import BOOK_PAGE
from guide.pages.figures import files_on
from guide.pages.reading_time import reading_time
from guide.reading.project import open_texts
from paths import path_of, written_in


def on_page_context(context, page, config, nav):
    code, path = written_in(page.file), path_of(page.file)
    texts = open_texts(build.project, code)
    if page in build.chapters:
        context["reading_time"] = reading_time(texts, page.content)
    shown = _shown(path)
    # The names of sections and the words of the interface are on all pages of their language.
    files = {f"docs/{one}/{path}" for one in build.project.codes} | {f"locales/{code}.yml", "mkdocs.yml", *shown}
    context["unpublished"] = report.on_page(build.found.errors, files, texts)
    context["behind"] = build.found.freshness.on_page(code, f"docs/{page.file.src_uri}", shown)
    context["original"] = build.addresses[build.project.default].of(path) or "./"


def _shown(path):
    """The files that a page shows, beside its own; they may be patterns."""
    if path == BOOK_PAGE:
        return {f"docs/{chapter.file.src_uri}" for chapter in build.chapters} | {"figures/*.yml"}
    own = build.pages[path].files if path in build.pages else ()
    written = build.found.site.pages[build.project.default].get(path)
    return {*own, *files_on(written and written.source)}
