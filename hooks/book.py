"""MkDocs hook: makes the page of all chapters of what they hold."""

from __future__ import annotations

from functools import partial

import headings
from building import build
from guide.downloads.epub import Book
from guide.model.site_pages import BOOK_PAGE
from guide.pages.addresses import relative
from guide.pages.book import BookWriter, Chapter
from guide.pages.figures import opener
from paths import path_of, written_in


# All pages are rendered and none is written yet.
def on_env(env, config, files):
    whole = next(file.page for file in files.documentation_pages() if path_of(file) == BOOK_PAGE)
    chapters = (
        Chapter(
            path=path_of(page.file),
            url=page.file.url,
            section=page.parent.title,
            title=page.meta.get("title") or page.title,
            language=written_in(page.file),
            html=opener(path_of(page.file)) + page.content,
        )
        for page in build.chapters
    )
    writer = BookWriter.of(build.writer(whole), address=partial(relative, here=whole.file.url), pdf=config.extra["pdf"])
    made = writer.book(chapters)
    whole.content = made.html
    build.books[build.language] = Book(made.html, whole.file.url)
    headings.replace(whole, made)
