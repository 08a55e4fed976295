"""The page of whom to call: every institution under its kind, and a table that leads from a need to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guide.model import contacts
from guide.model.catalogue import NETWORKS_PAGE, NEW_NAME
from guide.pages.catalogue import CatalogueWriter, Group
from guide.pages.writer import Page
from guide.reading import inline_markdown


@dataclass(frozen=True)
class DirectoryWriter(CatalogueWriter):
    """Writes the pages made of many small files that are no catalogue to filter."""

    def contacts(self) -> Page:
        """Whom to call for what."""
        words = self.texts["contacts"]
        every = self.content.contacts
        groups = [
            Group(f"tipo-{kind}", words["kinds"][kind], None, tuple(one for one in every if one.kind == kind))
            for kind in contacts.KINDS
        ]
        groups = [one for one in groups if one.entries]
        html = self._entry_page(
            "contacts.html.jinja",
            words=words,
            groups=groups,
            total=len(every),
            networks={one.id: one for one in self.content.catalogue.networks},
            networks_page=NETWORKS_PAGE,
            call=dialled,
            propose=self._new_file(contacts.FOLDER, f"{NEW_NAME}.yml"),
        )
        headings = [("que-necesita", words["needs"]), *((one.id, one.name) for one in groups)]
        headings += [(one.id, self._say(one.name)) for one in every]
        headings.append(("proponer", words["propose"]))
        entries = [("", words["title"], words["description"])]
        for one in every:
            texts = [one.need, one.purpose, *filter(None, (one.ask, one.note))]
            text = " ".join(inline_markdown.plain(self._say(text)) for text in texts)
            entries.append((one.id, self._say(one.name), text))
        return Page(words["title"], words["title"], words["description"], html, tuple(headings), tuple(entries))


def dialled(telephone: str) -> str:
    """The address that a telephone dials; "" for a number without its country, which not everybody can call."""
    number = re.sub(r"[^\d+]", "", telephone.partition("/")[0].replace("(+", "+"))
    return f"tel:{number}" if re.fullmatch(r"\+\d{8,15}", number) else ""
