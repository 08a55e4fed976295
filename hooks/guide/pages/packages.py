"""Writes the part of the packages' page that describes each one."""

from __future__ import annotations

from dataclasses import dataclass

from guide.downloads.registry import LINKS, PACKAGE, QUESTIONS, QUESTIONS_GIFT, THIN_PACKAGE
from guide.downloads.scorm import Package, packages_of
from guide.model.site_pages import QUICK_PAGE
from guide.pages.assessment import quick_minutes
from guide.pages.writer import Part, Writer


@dataclass(frozen=True)
class _Row:
    page: str
    title: str
    criteria: int
    minutes: int
    full: str
    thin: str


@dataclass(frozen=True)
class PackagesWriter(Writer):
    """Writes what stands under the text of the page of packages."""

    def packages(self) -> Part:
        """All packages in this language, to stand under their page's own text."""
        rows = [self._row(one) for one in packages_of(self.content)]
        online, words = self.site_url != "", self.texts["packages"]
        whole = [("links", LINKS), ("questions", QUESTIONS), ("questions_gift", QUESTIONS_GIFT)]
        files = [(words[name], file.address(self.texts.code)) for name, file in whole if online or file is not LINKS]
        html = self._render("packages.html.jinja", packages=rows, online=online, files=files)
        return Part(html, (("paquetes", words["title"]), ("todo-el-curso", words["whole"])))

    def _row(self, package: Package) -> _Row:
        code = self.texts.code
        files = PACKAGE.address(code, package), THIN_PACKAGE.address(code, package)
        for one in self.content.checklists:
            if one.id == package.id:
                return _Row(one.page, self._say(one.title), len(one.criteria), one.minutes, *files)
        count = sum(len(one.quick) for one in self.content.checklists)
        return _Row(QUICK_PAGE, self.texts["quick"]["title"], count, quick_minutes(self.content), *files)
