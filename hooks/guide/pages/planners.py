"""Writes the pages of the tools: the comparison of networks, the planning of a twinning and the reviewer's pass.

Without scripts each is a form for paper; ``comparison_page.js`` and ``twinning_page.js`` bring the tool to life with
the data the page holds. What the directory says of each network is a script of its own
(``guide.downloads.networks``), loaded when one is chosen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from guide.downloads import office
from guide.model.site_pages import BIBLIOGRAPHY_PAGE, COMPTROLLER_PAGE, NETWORKS_PAGE
from guide.pages.writer import Page, Writer
from guide.reading import inline_markdown


@dataclass(frozen=True)
class ToolsWriter(Writer):
    """Writes the pages of the tools."""

    def compare(self) -> Page:
        """Returns the comparison of networks."""
        selection = self.content.tools.selection
        data = {
            "criteria": [
                {"id": one.id, "name": self._say(one.name), "question": self._say(one.question)}
                for one in selection.criteria
            ],
            "levels": [self._say(one) for one in selection.levels],
            "directory": self.page_url(NETWORKS_PAGE),
            "source": self._cite(selection.sources),
        }
        networks = sorted(self.content.catalogue.networks, key=lambda one: one.listed_name(self.texts.code).casefold())
        return self._tool(
            "compare",
            data,
            ("comparacion", "redes", "puntajes", "resultado", "memorando", "criterios"),
            ("title_kept", "networks_title", "ratings_title", "result_title", "paper_title", "criteria_title"),
            selection=selection,
            networks=networks,
            network_name=lambda one: one.listed_name(self.texts.code),
        )

    def twinning(self) -> Page:
        """Returns the twinning planner."""
        twinning = self.content.tools.twinning
        data = {
            "phases": [
                {
                    "id": phase.id,
                    "weeks": phase.weeks,
                    "title": self._say(phase.title),
                    "sourced": any(task.sourced for task in phase.tasks),
                    "tasks": [
                        {
                            "id": task.id,
                            "title": self._say(task.title),
                            "who": self._say(task.who),
                            "deliverable": self._say(task.deliverable),
                            "week": task.week,
                            "after": task.after,
                            "sourced": task.sourced,
                        }
                        for task in phase.tasks
                    ],
                    "waits": [
                        {
                            "id": one.id,
                            "title": self._say(one.title),
                            "reason": inline_markdown.plain(self._say(one.reason)),
                            "weeks": one.weeks,
                            "last": one.last,
                        }
                        for one in phase.waits
                    ],
                }
                for phase in twinning.phases
            ],
            "source": self._cite(twinning.sources),
        }
        return self._tool(
            "twinning",
            data,
            ("plan", "calendario", "tareas", "hoja-de-ruta", "fases"),
            ("title_kept", "calendar_title", "tasks_title", "paper_title", "phases_title"),
            twinning=twinning,
        )

    def review(self) -> Page:
        """Returns the page for whoever reviews the answers of a municipality."""
        return self._tool(
            "review",
            {"source": ""},
            ("revision", "respuestas", "firmar", "papeles", "como-funciona"),
            ("title_kept", "answers_title", "sign_title", "papers_title", "about_title"),
            review_papers=[one for one in office.filled(self.content) if one.is_of_review],
            comptroller=COMPTROLLER_PAGE,
        )

    def _cite(self, ids: tuple[str, ...]) -> str:
        return "; ".join(self._say(self.content.sources[id].cite) for id in ids)

    def _tool(
        self, name: str, data: dict[str, Any], ids: tuple[str, ...], titles: tuple[str, ...], **values: Any
    ) -> Page:
        own = self.texts["tools"][name]
        words = {"format": self.texts["format"], "kept": self.texts["tools"]["kept"], "own": own, **data}
        made = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        html = self._render(
            f"{name}.html.jinja",
            cited=self.content.sources,
            bibliography=BIBLIOGRAPHY_PAGE,
            data=Markup(made),
            **values,
        )
        headings = tuple(zip(ids, (own[one] for one in titles)))
        entries = (("", own["title"], f"{own['description']} {own['lead']}"),)
        return Page(own["title"], own.get("short", own["title"]), own["description"], html, headings, entries)
