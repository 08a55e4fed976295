"""Writes the pages for the answers of several: what a group answered, and what areas of one government agree on."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from guide.model.site_pages import ASSESSMENTS_PAGE, CONSENSUS_PAGE, GROUP_PAGE, OVERVIEW_PAGE
from guide.pages.writer import Page, Writer

# Words of these pages that stand on them already, and that no script asks for.
_ON_PAGE = frozenset(
    [
        "title",
        "short",
        "description",
        "lead",
        "invite",
        "private",
        "no_script",
        "gather",
        "gather_title",
        "gather_note",
        "group_note",
        "names_text",
        "after",
    ]
)


@dataclass(frozen=True)
class GroupWriter(Writer):
    """Writes the pages on which many files are opened at once."""

    def group(self) -> Page:
        """Returns the page that shows what a group answered."""
        headings = ("archivos", "files_title"), ("resultado", "results_title"), ("mapa", "map_title")
        more = ("brechas", "gaps_title"), ("diferencias", "apart_title"), ("criterios", "criteria_title")
        return self._page("group", (*headings, *more))

    def consensus(self) -> Page:
        """Returns the page on which areas agree on one assessment."""
        return self._page(
            "consensus", (("archivos", "files_title"), ("acuerdo", "agree_title"), ("despues", "after_title"))
        )

    def _page(self, name: str, headings: tuple[tuple[str, str], ...]) -> Page:
        own = self.texts[name]
        words = {key: text for key, text in own.items() if key not in _ON_PAGE}
        words["files"] = self.texts["files_opened"]
        made = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        html = self._render(
            f"{name}.html.jinja",
            manage=ASSESSMENTS_PAGE,
            group=GROUP_PAGE,
            consensus=CONSENSUS_PAGE,
            overview=OVERVIEW_PAGE,
            own=own,
            data=Markup(made),
        )
        entries = (("", own["title"], f"{own['description']} {own['lead']}"),)
        titled = tuple((id, own[key]) for id, key in headings)
        return Page(own["title"], own["short"], own["description"], html, titled, entries)
