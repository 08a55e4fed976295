"""Writes when a chapter was last revised, and the sources that it rests on: those it cites, and how each is known."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from guide.model.bibliography import Source
from guide.model.site_pages import BIBLIOGRAPHY_PAGE
from guide.pages.writer import Writer
from guide.reading.texts import fill, when

# How a source may be known, as the bibliography says it.
_SEEN = ("first-hand", "secondary", "background")
_CITED = re.compile(rf'href="[^"#]*{PurePosixPath(BIBLIOGRAPHY_PAGE).stem}[^"#]*#([a-z0-9-]+)"')


def revision(writer: Writer, revised: str, html: str) -> str:
    """Returns what a chapter says of its last revision; ``revised`` is its month, ``html`` the chapter."""
    words = writer.texts["revision"]
    ids = dict.fromkeys(id for id in _CITED.findall(html) if id in writer.content.sources)
    sources = [writer.content.sources[id] for id in ids]
    counts = Counter(one.seen for one in sources)
    known = [fill(words["seen"][name], {"count": counts[name]}) for name in _SEEN if counts[name]]
    date = when(revised, writer.texts["catalogue"])
    return RevisionWriter.of(writer).revision(fill(words["revised"], {"date": date}), known, sources)


class RevisionWriter(Writer):
    """Writes the end of a chapter."""

    def revision(self, revised: str, known: list[str], sources: list[Source]) -> str:
        return self._render(
            "revision.html.jinja",
            words=self.texts["revision"],
            revised=revised,
            known=known,
            cited=sources,
            bibliography=BIBLIOGRAPHY_PAGE,
        )
