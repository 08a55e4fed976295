"""MkDocs hook: explains terms of the glossary where a page first uses them."""

from __future__ import annotations

from mkdocs.plugins import event_priority

from building import build
from guide.pages.explained_terms import CHAPTER, explain
from guide.pages.reference import ReferenceWriter
from paths import written_in


# After search has read the page: explanations are not part of its text.
@event_priority(-100)
def on_page_context(context, page, config, nav):
    made = build.generated(page)
    manner = made.entry.explains if made else CHAPTER
    if manner and page is not nav.homepage:
        writer = ReferenceWriter.of(build.writer(page))
        lexicon = build.lexicons[written_in(page.file)]
        page.content, terms = explain(page.content, lexicon, manner, writer.page_url)
        context["explained"] = writer.explanations(terms)
