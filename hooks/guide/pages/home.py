"""Writes what the home page begins with: the way into the quick assessment, and back to one that was begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide.model.site_pages import OVERVIEW_PAGE, QUICK_PAGE
from guide.pages.assessment import quick_minutes
from guide.pages.writer import Writer
from guide.reading import inline_markdown


@dataclass(frozen=True)
class HomeWriter(Writer):
    """Writes what the home page says of the self-assessment."""

    def start(self) -> Mapping[str, Any]:
        """How long the quick assessment is, where it stands, and what a script needs to lead back to answers."""
        quick = {one.id: [each.id for each in one.quick] for one in self.content.checklists if one.quick}
        return {
            "page": self.page_url(QUICK_PAGE),
            "count": sum(map(len, quick.values())),
            "minutes": quick_minutes(self.content),
            "way_back": {
                "words": self.texts["home"]["way_back"],
                "results": self.page_url(OVERVIEW_PAGE),
                "quick": {
                    "name": self.texts["quick"]["short"],
                    "page": self.page_url(QUICK_PAGE),
                    "criteria": quick,
                },
                "checklists": [
                    {
                        "name": inline_markdown.plain(self._say(one.short)),
                        "page": self.page_url(one.page),
                        "criteria": {one.id: [each.id for each in one.criteria]},
                    }
                    for one in self.content.checklists
                ],
            },
        }
