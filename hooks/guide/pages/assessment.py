"""Writes the pages of the self-assessment: one per checklist, the quick one, their index, the form, those of scripts."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

from guide.model.content import Checklist, Content, Criterion
from guide.model.packages import QUICK
from guide.model.site_pages import ASSESSMENTS_PAGE, BIBLIOGRAPHY_PAGE, QUICK_PAGE
from guide.pages.writer import Page, Part, Writer
from guide.reading import inline_markdown
from guide.reading.schema import Translated
from guide.reading.texts import fill, when

# What checklist_scope.js can narrow a checklist to.
_FILTERS = ("all", "unanswered", "behind", "gap", "estimated", "no_evidence", "review")
_MINUTES_PER_QUICK_CRITERION = 1.5


@dataclass(frozen=True)
class _Group:
    heading: str
    title: Translated
    checklist: Checklist
    criteria: tuple[tuple[int, Criterion], ...]
    complete: str | None = None


@dataclass(frozen=True)
class AssessmentWriter(Writer):
    """Writes the pages of the self-assessment."""

    def checklist(self, checklist: Checklist) -> Page:
        """Returns the page of one checklist with all its criteria."""
        group = _Group(
            "criterios",
            {self.texts.code: self.texts["assessment"]["criteria"]},
            checklist,
            tuple(enumerate(checklist.criteria, 1)),
        )
        return self._assessment(
            id=checklist.id,
            title=self._say(checklist.title),
            short=self._say(checklist.short),
            description=inline_markdown.plain(self._say(checklist.summary)),
            summary=self._say(checklist.summary),
            minutes=checklist.minutes,
            version=checklist.version,
            chapter=checklist.chapter,
            quick_count=len(checklist.quick),
            next=self._after(checklist),
            groups=[group],
        )

    def quick(self) -> Page:
        """Returns the quick assessment: the quick criteria of every checklist."""
        words = self.texts["quick"]
        numbers = itertools.count(1)
        groups = [
            _Group(one.id, one.title, one, tuple((next(numbers), each) for each in one.quick), one.page)
            for one in self.content.checklists
            if one.quick
        ]
        total = sum(len(group.criteria) for group in groups)
        return self._assessment(
            id=QUICK,
            title=words["title"],
            short=words["short"],
            description=words["description"],
            summary=fill(words["summary"], {"count": total, "lists": len(self.content.checklists)}),
            minutes=quick_minutes(self.content),
            version=None,
            chapter=None,
            quick_count=0,
            next=None,
            groups=groups,
        )

    def _after(self, checklist: Checklist) -> Checklist | None:
        """Returns the list that follows, or None after the last one."""
        lists = self.content.checklists
        place = lists.index(checklist) + 1
        return lists[place] if place < len(lists) else None

    def index(self) -> Part:
        """The cards of all self-assessments, to stand under the index page's own text."""
        html = self._render(
            "index.html.jinja",
            quick_page=QUICK_PAGE,
            quick_count=sum(len(one.quick) for one in self.content.checklists),
            quick_minutes=quick_minutes(self.content),
            manage=ASSESSMENTS_PAGE,
        )
        return Part(html, (("descargas", self.texts["downloads"]["title"]),))

    def your_assessments(self) -> Page:
        """Returns the page that lists, names, saves and opens assessments."""
        words = self.texts["assessments"]
        html = self._render("your_assessments.html.jinja", manage=None)
        headings = (("lista", words["list"]), ("archivo", words["file"]), ("compartida", words["shared"]))
        return Page(words["title"], words["title"], words["description"], html, headings)

    def plan(self) -> Page:
        """Returns the page that lists every gap with its plan."""
        return self.of_template("plan", (("brechas", self.texts["plan"]["title_gaps"]),))

    def documents(self) -> Page:
        """Returns the page that makes documents of an assessment."""
        words = self.texts["documents"]
        return self.of_template("documents", (("elegir", words["choose"]), ("vista", words["preview"])))

    def overview(self) -> Page:
        """Returns the page that shows the results of all checklists together."""
        return self.of_template("overview")

    def form(self) -> Page:
        """Returns every checklist as a blank form for paper, with the table that adds it up."""
        words = self.texts["form"]
        html = self._render("form.html.jinja", scale=self.content.scale)
        headings = [("diagnostico", words["about"]), ("contestar", words["how"])]
        headings += [(one.id, self._say(one.title)) for one in self.content.checklists]
        headings.append(("suma", words["sum"]))
        return Page(words["title"], words["title"], words["description"], html, tuple(headings))

    def comptroller(self) -> Page:
        """Returns what a comptroller's office can look at, in the words of the municipal performance guide."""
        words = self.texts["comptroller"]
        legal = [one for checklist in self.content.checklists for one in checklist.criteria if one.critical is not None]
        html = self._render(
            "comptroller.html.jinja",
            scale=self.content.scale,
            legal=len(legal),
            walk=self.content.crosswalk,
            named=self._named(),
        )
        names = (("semaforo", "lights"), ("revisar", "how"), ("ley", "law"), ("cada-ano", "annual"))
        entries = (("", words["title"], f"{words['description']} {words['lead']}"),)
        headings = tuple((id, words[name]) for id, name in names)
        return Page(words["title"], words["short"], words["description"], html, headings, entries)

    def _named(self) -> dict[str, dict[str, str]]:
        """Returns the names of what criteria go with, by frame and id."""
        frames = self.content.crosswalk.frames
        return {frame.id: {one.id: self._say(one.name) for one in frame.entries} for frame in frames}

    def crosswalk(self) -> Page:
        """With what of other instruments each criterion goes."""
        words, walk = self.texts["crosswalk"], self.content.crosswalk
        html = self._render(
            "crosswalk.html.jinja",
            walk=walk,
            named=self._named(),
            corresponding={frame.id: sum(bool(one.of(frame)) for one in walk.criteria) for frame in walk.frames},
            bibliography=BIBLIOGRAPHY_PAGE,
            sources=self.content.sources,
            month=when(walk.checked, self.texts["catalogue"]),
        )
        headings = [("instrumentos", words["frames"]), ("tabla", words["table"])]
        return Page(words["title"], words["short"], words["description"], html, tuple(headings))

    def _assessment(self, *, groups: list[_Group], title: str, short: str, description: str, **values: Any) -> Page:
        criteria = [criterion for group in groups for _, criterion in group.criteria]
        used = {name for criterion in criteria for name in criterion.sources}
        html = self._render(
            "assessment.html.jinja",
            groups=groups,
            scale=self.content.scale,
            statuses={one.id: one for one in self.content.scale.statuses},
            light=self._light(),
            sources={name: self.content.sources[name] for name in used},
            bibliography=BIBLIOGRAPHY_PAGE,
            total=len(criteria),
            critical=sum(one.critical is not None for one in criteria),
            manage=ASSESSMENTS_PAGE,
            filters=_FILTERS,
            **values,
        )
        headings = [("puntaje", self.texts["assessment"]["how"])]
        for group in groups:
            headings.append((group.heading, self._say(group.title)))
            headings += [(one.id, inline_markdown.plain(self._say(one.statement))) for _, one in group.criteria]
        entries = (("", title, description), *(self._entry(one) for one in criteria))
        return Page(title, short, description, html, tuple(headings), entries)

    def _entry(self, criterion: Criterion) -> tuple[str, str, str]:
        texts = [criterion.why, *criterion.levels, criterion.evidence, criterion.guidance]
        texts += [criterion.not_applicable, criterion.next_step]
        text = " ".join(inline_markdown.plain(self._say(one)) for one in texts if one)
        return criterion.id, inline_markdown.plain(self._say(criterion.statement)), text

    def _light(self) -> list[dict[str, str]]:
        """The lights in the order they are shown: best first, then what has none."""
        words = self.texts["results"]
        lights = [
            {"id": one.id, "name": self._say(one.name), "meaning": self._say(one.meaning)}
            for one in reversed(self.content.scale.statuses)
        ]
        lights.append({"id": "unanswered", "name": words["unanswered"], "meaning": ""})
        lights.append({"id": "not_applicable", "name": words["not_applicable"], "meaning": ""})
        return lights


def quick_minutes(content: Content) -> int:
    """Returns how long the quick assessment takes, in minutes, rounded up to five."""
    count = sum(len(one.quick) for one in content.checklists)
    return max(5, math.ceil(count * _MINUTES_PER_QUICK_CRITERION / 5) * 5)
