"""Writes an assessment's pages as files of a package for a learning platform: apart from the site, in all its languages.

Their links lead to the published site; where it has no address, they are words. Nothing else is asked of any host.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from guide.downloads import instrument
from guide.model.content import Checklist, Content
from guide.model.packages import QUICK
from guide.model.site_pages import CHECKLIST_PAGE, QUICK_PAGE
from guide.pages.addresses import Addresses
from guide.pages.assessment import AssessmentWriter
from guide.pages.styles import style_address, style_sheet
from guide.pages.writer import Page
from guide.reading.project import Project, direction, open_texts
from guide.reading.schema import in_language

_STYLE = "assessment"
_BUNDLES = ("assets/bundles/lms_page.js", "assets/bundles/checklist.js")
BRIDGE = "assets/bundles/lms_bridge.js"
_FONTS = "assets/fonts"
_EARLY = "overrides/partials/early.html"
_NO_LINK = re.compile(r'<a(?: [^<>]*)? href=""[^<>]*>(.*?)</a>', re.DOTALL)


def early(root: Path) -> Markup:
    """Returns what every page with scripts of its own does before they come."""
    text = (root / _EARLY).read_text("utf-8")
    return Markup(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL).strip())


class _Writer(AssessmentWriter):
    """Writes what stands around an assessment in a package."""

    def around(self, template: str, **values: Any) -> str:
        return self._render(template, code=self.texts.code, direction=direction, languages=self.languages, **values)


@dataclass(frozen=True)
class PackedPages:
    """Gives the files of packages; ``site_url`` is the address of the published site, "" where there is none."""

    content: Content
    project: Project
    addresses: Mapping[str, Addresses]
    site_url: str
    kept: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    """The pages of an assessment, which are the same in the packages of every language."""

    def title(self, id: str, code: str) -> str:
        """Returns what an assessment is called in a language."""
        one = self._checklist(id)
        return in_language(one.title, code) if one else str(open_texts(self.project, code)["quick"]["title"])

    def full(self, id: str, code: str) -> Mapping[str, bytes]:
        """Returns a shell and the pages of an assessment, which open in the language ``code``."""
        if id not in self.kept:
            self.kept[id] = self._pages(id)
        return {**self._shell(id, code, f"{code}.html"), **self.kept[id]}

    def thin(self, id: str, code: str) -> Mapping[str, bytes]:
        """Returns a shell around the page of the published site."""
        return self._shell(id, code, f"{self._whole(id, code)}?embed&lms")

    def _checklist(self, id: str) -> Checklist | None:
        return next((one for one in self.content.checklists if one.id == id), None)

    def _whole(self, id: str, code: str) -> str:
        """Returns the page of the published site; "" without one."""
        return self._link(code, QUICK_PAGE if id == QUICK else CHECKLIST_PAGE.format(id=id))

    def _link(self, code: str, target: str) -> str:
        return self.site_url and f"{self.site_url.rstrip('/')}/{self.addresses[code].of(target)}"

    def _writer(self, code: str) -> _Writer:
        texts = open_texts(self.project, code)
        return _Writer(self.content, texts, functools.partial(self._link, code), self.project.languages)

    def _shell(self, id: str, code: str, address: str) -> dict[str, bytes]:
        title, whole = self.title(id, code), self._whole(id, code)
        html = self._writer(code).around("shell.html.jinja", title=title, address=address, whole=whole, script=BRIDGE)
        return {"index.html": html.encode("utf-8"), BRIDGE: self._file(BRIDGE)}

    def _pages(self, id: str) -> Mapping[str, bytes]:
        """Returns the pages of an assessment in all languages, with what they need."""
        files = {style_address(_STYLE): style_sheet(_STYLE).encode("utf-8")} | {
            one: self._file(one) for one in _BUNDLES
        }
        folder = self.project.root / "overrides" / _FONTS
        files |= {f"{_FONTS}/{path.name}": path.read_bytes() for path in sorted(folder.iterdir())}
        for code in self.project.codes:
            data, words = f"assets/instrument/{code}.js", f"assets/instrument/{code}-lms.js"
            files[f"{code}.html"] = self._page(id, code, data, words).encode("utf-8")
            files[data] = self._data(id, code).encode("utf-8")
            files[words] = instrument.platform_script(open_texts(self.project, code)).encode("utf-8")
        return files

    def _page(self, id: str, code: str, *data: str) -> str:
        writer, one = self._writer(code), self._checklist(id)
        page: Page = writer.checklist(one) if one else writer.quick()
        html = page.html if self.site_url else _NO_LINK.sub(r"\1", page.html)
        return writer.around(
            "packaged.html.jinja",
            page=page,
            html=Markup(html),
            whole=self._whole(id, code),
            style=style_address(_STYLE),
            early=early(self.project.root),
            scripts=(*data, *_BUNDLES),
        )

    def _data(self, id: str, code: str) -> str:
        """Returns what the scripts need: the words, and the one checklist or all of them."""
        one, texts = self._checklist(id), open_texts(self.project, code)
        link = functools.partial(self._link, code)
        if one:
            return instrument.checklist_script(one, self.content, texts, link)
        return instrument.quick_script(self.content, texts, link)

    def _file(self, name: str) -> bytes:
        return (self.project.root / "overrides" / name).read_bytes()
