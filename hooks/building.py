"""Holds the one build that all hooks share, from event to event. No hook itself.

MkDocs runs all events once per language on the same configuration; what is of one language is kept by its code.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from guide.authoring import scaffold
from guide.checks import check
from guide.pages.addresses import by_language
from guide.pages.explained_terms import Lexicon
from guide.pages.registry import site_pages_of
from guide.pages.template_words import template_words
from guide.pages.writer import Writer
from guide.reading.project import open_texts
from paths import path_of, written_in


class Build:
    """What a build knows. ``start`` reads everything; ``begin`` goes on to the next language."""

    preview = False
    """Whether the site is only shown to whoever is writing."""
    project, beside = None, {}  # Processes that build other languages, by their codes.

    def start(self, project, config, then):
        """Reads and checks the project; raises ContentError where it cannot be shown. ``then``: see ``check``."""
        self.found = check(project, then=then)
        self.content = self.found.shown() if self.preview else self.found.valid()
        # While a page is being written, the default language stands in for what others lack.
        self.project = project.with_gaps() if self.preview else project
        self.repository, self.site_url = config.extra["repository"].rstrip("/"), config.site_url or ""
        self.pages = site_pages_of(self.content)
        self.addresses = by_language(project.codes, config.use_directory_urls)
        self.words = {code: template_words(self.project, code) for code in project.codes}
        self.lexicons = {code: Lexicon(self.content.glossary.terms, code) for code in project.codes}
        self.entries = {code: ([], []) for code in project.codes}
        """What search finds: on pages as they are rendered, and according to the data."""
        self.shown, self.kept, self.books, self.among = {}, {}, {}, {}
        """Of each language: its pages in order; what shows one again; the page of all; what pages are rendered among."""

    def begin(self, language):
        self.language = language
        self.made, self.chapters = {}, []
        """The generated pages that are read and not rendered yet, by their file; the chapters of the guide, in order."""

    def written(self, path):
        """The languages that ``path`` has a text of: all of them, where it is made from data."""
        if path in self.pages and not self.pages[path].entry.continued:
            return self.project.codes
        return [code for code in self.project.codes if path in self.found.site.pages[code]]

    def page(self, page):
        """The entry of the table for a page of MkDocs, None where it has none."""
        return self.pages.get(path_of(page.file))

    def generated(self, page):
        """The same, for a page that is made from data alone."""
        entry = self.page(page)
        return None if entry is None or Path(page.file.abs_src_path).is_file() else entry

    def writer(self, page):
        """A writer of ``page``, in the language it is written in, whose addresses are as seen from it."""
        return Writer(
            self.content,
            open_texts(self.project, written_in(page.file)),
            partial(self.addresses[self.language].seen_from, path_of(page.file)),
            self.project.languages,
            self.repository,
            partial(scaffold.model, self.found.site),
            self.site_url,
            tuple(sorted(self.found.site.paths)),
        )


build = Build()
