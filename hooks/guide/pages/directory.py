"""Writes the pages that list many small files: whom to call, and the municipal law of every state."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from guide.model import contacts, states
from guide.model.catalogue import NEW_NAME
from guide.model.site_pages import NETWORKS_PAGE
from guide.pages.catalogue import CatalogueWriter, Group
from guide.pages.writer import Page
from guide.reading import inline_markdown
from guide.reading.texts import fill


@dataclass(frozen=True)
class DirectoryWriter(CatalogueWriter):
    """Writes the pages made of many small files that are no catalogue to filter."""

    def contacts(self) -> Page:
        """Whom to call for what."""
        words = self.texts["contacts"]
        every = self.content.contacts
        groups = [
            Group(f"tipo-{kind}", words["kinds"][kind], None, tuple(one for one in every if one.kind == kind))
            for kind in contacts.KINDS_OF_CONTACT
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

    def states(self) -> Page:
        """The municipal law of every state, everywhere in the alphabet of the default language: headings keep their order."""
        words, catalogue = self.texts["states"], self.texts["catalogue"]
        first = self.languages[0].code
        every = sorted(self.content.states, key=lambda one: _letters(one.name[first]))
        seen = Counter(one.seen for one in every)
        html = self._entry_page(
            "states.html.jinja",
            words=words,
            states=every,
            counts={name: seen[name] or words["no_state"] for name in states.SEEN},
            marks=_MARKS,
            rules=states.RULES,
            day=lambda day: _day(day, words["day"], catalogue["months"]),
        )
        headings = [("que-buscar", words["look"]), ("estados", words["states"]), ("fichas", words["entries"])]
        headings += [(one.id, self._say(one.name)) for one in every]
        entries = [("", words["title"], words["description"])]
        for one in every:
            texts = [one.agreements, one.majority, one.signer, one.note]
            text = " ".join(inline_markdown.plain(self._say(text)) for text in texts if text)
            entries.append((one.id, self._say(one.name), f"{one.law or ''} {text}".strip()))
        return Page(words["title"], words["title"], words["description"], html, tuple(headings), tuple(entries))


# The shape beside what was read of a law.
_MARKS = {"articles": "checked", "opening": "third-party", "name": "unchecked", "none": "not-reported"}


def _letters(name: str) -> str:
    """``name`` as it is ordered: without accents and capitals."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _day(day: datetime.date, words: str, months: Mapping[str, str]) -> str:
    return fill(words, {"day": day.day, "month": months[f"m{day:%m}"], "year": day.year})


def dialled(telephone: str) -> str:
    """Returns the address that a telephone dials; "" for a number without its country, which not everybody can call."""
    number = re.sub(r"[^\d+]", "", telephone.partition("/")[0].replace("(+", "+"))
    return f"tel:{number}" if re.fullmatch(r"\+\d{8,15}", number) else ""
