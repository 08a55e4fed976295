"""Writes the pages of the course: one per module, and the list of modules under the course page's own text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guide.model.course import HOURS, Minutes, Module, Question, add_up
from guide.model.packages import QUICK
from guide.model.site_pages import PARTICIPANTS_PAGE, QUICK_PAGE
from guide.pages.writer import Page, Part, Writer
from guide.reading import inline_markdown
from guide.reading.schema import Translated
from guide.reading.texts import fill

# How long a session lasts in each length, until somebody says otherwise.
SESSION_MINUTES = (300, 150, 480)


def shuffled(question: Question) -> list[Translated]:
    """Returns what is to be matched, in another order than its pairs, and always in the same one."""
    found = [one.match for one in question.pairs]
    return sorted(found, key=lambda one: hashlib.sha256(next(iter(one.values())).encode()).digest())


@dataclass(frozen=True)
class CourseWriter(Writer):
    """Writes the pages of the course."""

    def module(self, module: Module, teacher: bool = True) -> Page:
        """The page of one module of the course; without ``teacher``, for whoever takes it: no key, answer or note."""
        words = self.texts["course"]
        html = self._render(
            "module.html.jinja",
            module=module,
            teacher=teacher,
            participants=PARTICIPANTS_PAGE.format(id=module.id),
            shuffled=shuffled,
            **self._course(),
        )
        headings = [("duracion", words["lengths"]), ("objetivos", words["objectives"]), ("recorrido", words["path"])]
        headings.append(("actividades", words["activities"]))
        headings += [(one.id, self._say(one.title)) for one in module.activities]
        headings.append(("evaluacion", words["assessment"]))
        headings += [("rubrica", words["rubric"])] if module.rubric else []
        headings += [("preguntas", words["questions"])] if module.questions else []
        headings += [("notas", words["notes"])] if teacher else []
        number = fill(words["module"], {"number": module.number})
        title = f"{number}. {self._say(module.title)}"
        return Page(
            title if teacher else fill(words["participants_title"], {"title": title}),
            f"{module.number}. {self._say(module.short)}",
            inline_markdown.plain(self._say(module.summary)),
            html,
            tuple(headings),
        )

    def course(self) -> Part:
        """All modules with their paths, to stand under the course page's own text."""
        words = self.texts["course"]
        html = self._render("course.html.jinja", modules=self.content.modules, **self._course())
        return Part(html, (("modulos", words["modules"]), ("duraciones", words["durations"])))

    def sessions(self) -> Page:
        """Returns the page that plans the sessions of a course."""
        words = self.texts["sessions"]
        data = {
            "parts": [part for module in self.content.modules for part in self._parts(module)],
            "hours": HOURS,
            "minutes": SESSION_MINUTES,
            "words": words["script"],
            "format": self.texts["format"],
        }
        html = self._render("sessions.html.jinja", data=data, hours=HOURS, minutes=SESSION_MINUTES)
        entries = (("", words["title"], words["description"]),)
        return Page(words["title"], words["short"], words["description"], html, (), entries)

    def _parts(self, module: Module) -> Iterator[dict[str, Any]]:
        """Yields what a module is made of, in the order in which it is done."""
        pages = {one.id: (one.page, self._say(one.title)) for one in self.content.checklists}
        pages[QUICK] = (QUICK_PAGE, self.texts["course"]["quick"])
        for stop in module.path:
            page, title = pages.get(stop.checklist or "", (stop.page or "", ""))
            said = self._say(stop.title) if stop.title else title
            kind = "read" if stop.page else "answer"
            yield self._part(module, kind, said, page, stop.minutes)
        for one in module.activities:
            yield self._part(module, "activity", self._say(one.title), f"{module.page}#{one.id}", one.minutes)

    def _part(self, module: Module, kind: str, title: str, page: str, minutes: Minutes) -> dict[str, Any]:
        said = {"title": inline_markdown.plain(title), "url": self.page_url(page)}
        return {"module": module.number, "kind": kind, "minutes": minutes, **said}

    def _course(self) -> dict[str, Any]:
        """Returns what the templates of the course use."""
        checklists = {
            one.id: (one.page, self._say(one.title), [f"{one.id}/{c.id}" for c in one.criteria])
            for one in self.content.checklists
        }
        quick = [f"{one.id}/{c.id}" for one in self.content.checklists for c in one.quick]
        checklists[QUICK] = (QUICK_PAGE, self.texts["course"]["quick"], quick)
        return {
            "lists": checklists,
            "hours": HOURS,
            "duration": self._duration,
            "add_up": add_up,
            "read_before": self._read_before,
        }

    def _read_before(self, page: str) -> list[str]:
        """Returns what a page was ticked as at the addresses it had before: a move takes no tick away."""
        moved = [one for one in self.content.redirects if not one.section and one.target.partition("#")[0] == page]
        old = [one.source.strip("/") for one in moved]
        return [name for one in old for name in (one, f"{one}/index")]

    def _duration(self, minutes: int) -> str:
        words = self.texts["course"]
        if minutes < 60:
            return fill(words["minutes"], {"count": minutes})
        if minutes % 60 == 0:
            return fill(words["hours"], {"count": minutes // 60})
        return fill(words["hours_minutes"], {"hours": minutes // 60, "minutes": minutes % 60})
