"""The pages of the tools: the comparison of networks and the twinning planner.

Without scripts each is a form for paper; ``compare.js`` and ``twinning.js`` bring the tool to life with
the data the page holds. What the directory says of each network is a script of its own, loaded when
one is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from guide.model.catalogue import NETWORKS_PAGE, Network
from guide.model.content import BIBLIOGRAPHY_PAGE
from guide.pages.catalogue import when
from guide.pages.writer import Page, Writer
from guide.reading import inline_markdown
from guide.reading.schema import Translated
from guide.reading.texts import fill

# Of those a memo has room for, so that it stays one page.
_MOST_SOURCES = 2

# The address of a language's networks from the site's root.
NETWORKS_SCRIPT = "assets/networks/{code}.js"


@dataclass(frozen=True)
class ToolsWriter(Writer):
    """Writes the pages of the tools and the networks' script of one language."""

    def compare(self) -> Page:
        """The comparison of networks."""
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
        networks = sorted(self.content.catalogue.networks, key=lambda one: network_name(one, self._say).casefold())
        return self._tool(
            "compare",
            data,
            ("comparacion", "redes", "puntajes", "resultado", "memorando", "criterios"),
            ("title_kept", "networks_title", "ratings_title", "result_title", "paper_title", "criteria_title"),
            selection=selection,
            networks=networks,
            network_name=lambda one: network_name(one, self._say),
        )

    def twinning(self) -> Page:
        """The twinning planner."""
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

    def networks_script(self) -> str:
        """What a memo says of every network of the directory, as a script: ``abc.networks = {id: …}``."""
        made = {one.id: self._facts(one) for one in self.content.catalogue.networks}
        return f"(window.abc ||= {{}}).networks = {json.dumps(made, ensure_ascii=False, separators=(',', ':'))};\n"

    def _facts(self, network: Network) -> dict[str, Any]:
        """What the directory says of a network, as it can stand in a memo: plain sentences."""
        words = self.texts["catalogue"]
        own = self.texts["tools"]["compare"]
        fee = words["fee"][network.fee] if network.fee else own["fee_none"]
        if network.fee_note:
            fee += f". {inline_markdown.plain(self._say(network.fee_note)).rstrip('.')}"
        sources = [self._say(self.content.sources[id].cite) for id in network.cites]
        sources += [one.title for one in network.sources]
        if more := len(sources[_MOST_SOURCES:]):
            # All of them stand in its entry, to which its name leads.
            name = "more_sources_one" if more == 1 else "more_sources_other"
            sources[_MOST_SOURCES:] = [fill(own[name], {"count": more})]
        if network.verified and network.checked:
            checked = fill(own["checked"], {"date": when(network.checked, words)})
        else:
            checked = own["unchecked"] if sources else own["general"]
        return {
            "name": network_name(network, self._say),
            "short": network.acronym or self._say(network.name),
            "fee": fee,
            "status": words["status"][network.status],
            "active": network.status == "active",
            "mexico": words["mexico"][network.mexico],
            "verified": network.verified,
            "checked": checked,
            "as_of": when(network.as_of, words),
            "doubts": [own["fields"][one] for one in network.unconfirmed],
            "sources": sources,
        }

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
        return Page(own["title"], own["title"], own["description"], html, headings, entries)


def network_name(network: Network, say: Callable[[Translated], str]) -> str:
    """A network as it is named in a list, in plain words: with its acronym, where it has one."""
    name = str(say(network.name))
    return f"{name} ({network.acronym})" if network.acronym and network.acronym not in name else name
