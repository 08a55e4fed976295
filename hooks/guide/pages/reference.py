"""Writes the pages to look things up: the bibliography and the glossary, and what other pages say of terms."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from guide.model import glossary
from guide.model.content import Source
from guide.model.glossary import Term
from guide.model.site_pages import BIBLIOGRAPHY_PAGE
from guide.pages.writer import Page, Writer
from guide.reading import inline_markdown
from guide.reading.project import Language


@dataclass(frozen=True)
class ReferenceWriter(Writer):
    """Writes the bibliography and the glossary."""

    def bibliography(self) -> Page:
        """Returns every source, ordered by author without regard to case and accents."""
        words = self.texts["bibliography"]
        sources = sorted(self.content.sources.values(), key=by_author)
        html = self._render("bibliography.html.jinja", sources=sources, source_id=str)
        headings = tuple((one.id, self._say(one.cite)) for one in sources)
        entries = tuple(
            (one.id, self._say(one.cite), " ".join(filter(None, (one.author, one.title, one.publisher))))
            for one in sources
        )
        return Page(
            words["title"],
            words["title"],
            words["description"],
            html,
            headings,
            (("", words["title"], words["description"]), *entries),
        )

    def glossary(self) -> Page:
        """Returns every term, in the order of the language's own alphabet."""
        words, code = self.texts["glossary"], self.texts.code
        letters = glossary.alphabetical(self.content.glossary.terms, code, words["alphabet"])
        terms = [term for _, group in letters for term in group]
        html = self._render(
            "glossary.html.jinja",
            letters=letters,
            count=len(terms),
            by_id={one.id: one for one in terms},
            code=code,
            others=self._others(),
            sources=self.content.sources,
            bibliography=BIBLIOGRAPHY_PAGE,
        )
        return Page(
            words["title"],
            words["title"],
            words["description"],
            html,
            tuple((one.id, self._say(one.term)) for one in terms),
            (("", words["title"], words["description"]), *(self._term_entry(one) for one in terms)),
        )

    def explanations(self, terms: Iterable[Term]) -> dict[str, dict[str, str]]:
        """Returns what a page says of the terms it explains: ``{id: {"title", "definition"}}``, plain texts."""
        return {
            one.id: {"title": self._name(one), "definition": inline_markdown.plain(self._say(one.definition))}
            for one in terms
        }

    def _term_entry(self, term: Term) -> tuple[str, str, str]:
        texts = [self._say(term.definition), *([self._say(term.note)] if term.note else [])]
        names = [term.term[one.code] for one in self._others() if one.code in term.term]
        return term.id, self._name(term), " ".join([*map(inline_markdown.plain, texts), *names])

    def _others(self) -> list[Language]:
        return [one for one in self.content.glossary.languages if one.code != self.texts.code]

    def _name(self, term: Term) -> str:
        abbreviation = term.abbreviation.get(self.texts.code)
        return self._say(term.term) + (f" ({abbreviation})" if abbreviation else "")


def by_author(source: Source) -> tuple[str, str]:
    """Returns the key that orders sources by author without regard to case and accents."""
    letters = unicodedata.normalize("NFD", source.author)
    author = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return author.casefold(), source.date or ""
