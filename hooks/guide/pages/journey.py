"""Writes the page of signing an agreement: the stages with their steps; ticks are the script's (journey.js)."""

from __future__ import annotations

from guide.model.site_pages import BIBLIOGRAPHY_PAGE, CONTACTS_PAGE
from guide.pages.writer import Page, Writer
from guide.reading import inline_markdown


class JourneyWriter(Writer):
    """Writes the page of the journey."""

    def journey(self) -> Page:
        words, journey = self.texts["journey"], self.content.journey
        numbers = {one.id: number for number, one in enumerate(journey.steps, 1)}
        html = self._render(
            "journey.html.jinja",
            words=words,
            journey=journey,
            numbers=numbers,
            contacts={one.id: one for one in self.content.contacts},
            contacts_page=CONTACTS_PAGE,
            cited=[self.content.sources[id] for id in journey.sources],
            bibliography=BIBLIOGRAPHY_PAGE,
        )
        headings: list[tuple[str, str]] = []
        for stage in journey.stages:
            headings.append((stage.id, self._say(stage.title)))
            headings += [(one.id, self._say(one.title)) for one in stage.steps]
        entries = [("", words["title"], words["description"])]
        entries += [
            (one.id, self._say(one.title), inline_markdown.plain(f"{self._say(one.do)} {self._say(one.paper)}"))
            for one in journey.steps
        ]
        return Page(words["title"], words["short"], words["description"], html, tuple(headings), tuple(entries))
