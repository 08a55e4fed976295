"""Writes the pages of both catalogues: the directory of networks, the bank of practices, one page per practice.

Pages are complete as plain HTML; catalogue.js filters and sorts what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from guide.model.catalogue import (
    DETAILS,
    FEES,
    MEMBERS,
    MEXICO,
    NEW_NAME,
    RESULTS,
    STATUSES,
    Label,
    Network,
    Practice,
)
from guide.model.site_pages import BIBLIOGRAPHY_PAGE
from guide.pages.template_words import icon
from guide.pages.writer import Page, Writer
from guide.reading import inline_markdown
from guide.reading.texts import fill, when

MOST_DESCRIPTION = 300
# Above this many values a filter starts folded.
OPEN_UP_TO = 6

# What an entry is filtered by: {filter: (value, …)}.
Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Option:
    """A value of a filter, how it is called and how many entries have it."""

    id: str
    name: str
    count: int


@dataclass(frozen=True)
class Filter:
    """One thing entries are filtered by; ``folded`` says how it starts."""

    id: str
    name: str
    options: tuple[Option, ...]
    folded: bool


@dataclass(frozen=True)
class Group:
    """Entries that stand under one heading."""

    id: str
    name: str
    meaning: str | None
    entries: tuple[Any, ...]


@dataclass(frozen=True)
class CatalogueWriter(Writer):
    """Writes the pages of the catalogues."""

    def networks(self) -> Page:
        """Returns the directory: every network under its category."""
        catalogue = self.content.catalogue
        words = self.texts["catalogue"]["networks"]
        known: list[tuple[str, Mapping[str, str]]] = [
            ("category", self._labels(catalogue.categories)),
            ("themes", self._labels(catalogue.themes)),
            ("regions", self._labels(catalogue.regions)),
            ("mexico", self._words("mexico", MEXICO)),
            ("open_to", self._words("open_to", MEMBERS)),
            ("fee", self._words("fee", FEES)),
            ("languages", self._labels(catalogue.languages)),
            ("status", self._words("status", STATUSES)),
            ("data", self._words("data", ("checked", "unchecked"))),
        ]
        checked = sum(one.verified for one in catalogue.networks)
        return self._catalogue(
            "networks",
            catalogue.networks,
            network_values,
            known,
            [
                Group(
                    f"tipo-{one.id}",
                    self._say(one.name),
                    self._say(one.meaning),
                    tuple(entry for entry in catalogue.networks if entry.category == one.id),
                )
                for one in catalogue.categories
            ],
            entries=tuple(self._network_entry(one) for one in catalogue.networks),
            headings=tuple((one.id, self._say(one.name)) for one in catalogue.networks),
            how=[
                fill(words["how_checked"], {"count": checked}),
                fill(words["how_unchecked"], {"count": len(catalogue.networks) - checked}),
                words["how_mexico"],
                words["how_kinds"],
                words["how_date"],
            ],
        )

    def practices(self) -> Page:
        """Returns the bank: every practice under its region, each with a page of its own."""
        catalogue = self.content.catalogue
        checklists = {one.id: self._say(one.short) for one in self.content.checklists}
        known: list[tuple[str, Mapping[str, str]]] = [
            ("themes", self._labels(catalogue.themes)),
            ("regions", self._labels(catalogue.regions)),
            ("checklists", checklists),
            ("results", self._words("results", RESULTS)),
            ("tells", self._words("details", DETAILS)),
        ]
        return self._catalogue(
            "practices",
            catalogue.practices,
            practice_values,
            known,
            [
                Group(
                    f"region-{one.id}",
                    self._say(one.name),
                    None,
                    tuple(entry for entry in catalogue.practices if entry.region == one.id),
                )
                for one in catalogue.regions
            ],
            # A practice is found by search on its own page.
            entries=(),
            headings=tuple((one.id, self._say(one.title)) for one in catalogue.practices),
            how=[],
        )

    def practice(self, practice: Practice) -> Page:
        """Returns the page of one practice."""
        words = self.texts["catalogue"]["practices"]
        title = self._say(practice.title)
        checklists = [one for one in self.content.checklists if one.id in practice.checklists]
        html = self._entry_page("practice.html.jinja", practice=practice, illustrated=checklists)
        headings = [("que-se-hizo", words["done"]), ("resultado", words["result"]), ("leccion", words["lesson"])]
        if practice.details:
            headings.append(("para-hacerlo", words["do_the_same"]))
        if checklists:
            headings.append(("que-ilustra", words["illustrates"]))
        headings.append(("fuentes", self.texts["catalogue"]["sources"]))
        place = f"{self._say(practice.place)}, {self._say(practice.country)}"
        said = (practice.summary, practice.result, practice.lesson, *practice.details.values())
        texts = [place, *map(self._say, said)]
        return Page(
            title,
            title,
            brief(f"{place}. {inline_markdown.plain(self._say(practice.summary))}"),
            html,
            tuple(headings),
            (("", title, inline_markdown.plain(" ".join(texts))),),
        )

    def _catalogue(
        self,
        kind: str,
        all_entries: tuple[Any, ...],
        values_of: Callable[[Any], Values],
        known: list[tuple[str, Mapping[str, str]]],
        groups: list[Group],
        *,
        entries: tuple[tuple[str, str, str], ...],
        headings: tuple[tuple[str, str], ...],
        how: list[str],
    ) -> Page:
        words = self.texts["catalogue"][kind]
        groups = [one for one in groups if one.entries]
        model = self.new_file(kind, self.texts)
        html = self._entry_page(
            "catalogue.html.jinja",
            kind=kind,
            words=words,
            groups=groups,
            total=len(all_entries),
            values_of=values_of,
            filters=self._filters(known, [values_of(one) for one in all_entries]),
            how=how,
            model=model,
            forms=f"{self.repository}/issues/new/choose",
            propose=self._new_file(kind, f"{NEW_NAME}.yml"),
            year=lambda years: int(years.removeprefix("c. ")[:4]),
        )
        found = (*((one.id, one.name) for one in groups), *headings, ("proponer", words["propose"]))
        entry = ("", words["title"], words["description"])
        return Page(words["title"], words["title"], words["description"], html, found, (entry, *entries))

    def _new_file(self, folder: str, name: str) -> str:
        """Returns where the repository begins a new file of ``folder``, with every key explained."""
        model = quote(self.new_file(folder, self.texts), safe="")
        return f"{self.repository}/new/main/{folder}?filename={name}&value={model}"

    def _entry_page(self, template: str, **values: Any) -> str:
        catalogue = self.content.catalogue
        names = {
            kind: self._labels(labels)
            for kind, labels in (
                ("theme", catalogue.themes),
                ("region", catalogue.regions),
                ("language", catalogue.languages),
            )
        }
        return self._render(
            template,
            c=self.texts["catalogue"],
            names=names,
            cited=self.content.sources,
            bibliography=BIBLIOGRAPHY_PAGE,
            edit=lambda entry: f"{self.repository}/edit/main/{entry.source}",
            when=lambda text: when(text, self.texts["catalogue"]),
            icon=icon,
            motif=self._motif,
            host=lambda url: urlsplit(url).netloc.removeprefix("www."),
            **values,
        )

    def _motif(self, entry: Network | Practice) -> Markup:
        """Returns the icon of what an entry is first about: its name stands among the themes."""
        drawn = {one.id: one.icon for one in self.content.catalogue.themes}
        name = next((drawn[id] for id in entry.themes if drawn.get(id)), None)
        return Markup('<span class="motif">{}</span>').format(icon(name)) if name else Markup("")

    def _filters(self, known: list[tuple[str, Mapping[str, str]]], values: Iterable[Values]) -> list[Filter]:
        """Returns what tells entries apart: filters with the values that occur, two at least."""
        values = list(values)
        filters: list[Filter] = []
        for id, names in known:
            counts = {value: sum(value in one[id] for one in values) for value in names}
            options = tuple(Option(value, names[value], count) for value, count in counts.items() if count)
            if len(options) > 1:
                name = self.texts["catalogue"]["names"][id]
                filters.append(Filter(id, name, options, len(options) > OPEN_UP_TO or len(filters) > 3))
        return filters

    def _labels(self, labels: Iterable[Label]) -> dict[str, str]:
        return {one.id: self._say(one.name) for one in labels}

    def _words(self, name: str, ids: Iterable[str]) -> dict[str, str]:
        return {id: self.texts["catalogue"][name][id] for id in ids}

    def _network_entry(self, network: Network) -> tuple[str, str, str]:
        texts = [network.acronym, *(self._say(one) for one in (network.members, network.note) if one)]
        return network.id, self._say(network.name), inline_markdown.plain(" ".join(filter(None, texts)))


def network_values(network: Network) -> Values:
    """Returns what a network is filtered by."""
    return {
        "category": (network.category,),
        "themes": network.themes,
        "regions": network.regions,
        "mexico": (network.mexico,),
        "open_to": network.open_to,
        "fee": (network.fee,) if network.fee else (),
        "languages": network.languages,
        "status": (network.status,),
        "data": ("checked" if network.verified else "unchecked",),
    }


def practice_values(practice: Practice) -> Values:
    """Returns what a practice is filtered by."""
    return {
        "themes": practice.themes,
        "regions": (practice.region,),
        "checklists": practice.checklists,
        "results": (practice.results,),
        "tells": tuple(practice.details),
    }


def brief(text: str) -> str:
    """As many whole sentences of ``text`` as a page's description holds."""
    if len(text) <= MOST_DESCRIPTION:
        return text
    end = text.rfind(". ", 0, MOST_DESCRIPTION)
    return text[: end + 1] if end > 0 else text[: MOST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"
