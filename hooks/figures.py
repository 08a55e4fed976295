"""MkDocs hook: draws the figures that a page places, and what opens each chapter."""

from __future__ import annotations

from mkdocs.plugins import event_priority

from building import build
from guide.pages import figures
from guide.pages.styles import FIGURES
from guide.pages.written import opened
from paths import path_of


# Listed after what cleans contributors' HTML, and before what makes tables scroll.
def on_page_content(html, page, config, files):
    if build.generated(page) is not None:
        return None
    return figures.fill_html(opened(html) if page in build.chapters else html, build.writer(page))


# After what the table of pages says of styles.
@event_priority(-10)
def on_page_context(context, page, config, nav):
    if page in build.chapters:
        context["opener"] = figures.opener(path_of(page.file))
    if page in build.chapters or figures.are_in(page.content):
        context["styles"] = (*context["styles"], FIGURES)
