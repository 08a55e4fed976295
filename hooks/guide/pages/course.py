"""The pages of the course: a module each, and the list of modules under the course page's own text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guide.model.course import HOURS, QUICK, Module, add_up
from guide.model.site_pages import QUICK_PAGE
from guide.pages.writer import Page, Part, Writer
from guide.reading import inline_markdown
from guide.reading.texts import fill


@dataclass(frozen=True)
class CourseWriter(Writer):
    """Writes the pages of the course."""

    def module(self, module: Module) -> Page:
        """The page of one module of the course."""
        words = self.texts["course"]
        html = self._render("module.html.jinja", module=module, **self._course())
        headings = [("duracion", words["lengths"]), ("objetivos", words["objectives"]), ("recorrido", words["path"])]
        headings.append(("actividades", words["activities"]))
        headings += [(one.id, self._say(one.title)) for one in module.activities]
        headings.append(("evaluacion", words["assessment"]))
        headings += [("rubrica", words["rubric"])] if module.rubric else []
        headings += [("preguntas", words["questions"])] if module.questions else []
        headings.append(("notas", words["notes"]))
        number = fill(words["module"], {"number": module.number})
        return Page(
            f"{number}. {self._say(module.title)}",
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

    def _course(self) -> dict[str, Any]:
        """What the templates of the course use."""
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
        """What a page was ticked as at the addresses it had before: a move takes no tick away."""
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
