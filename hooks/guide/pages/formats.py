"""Writes the part of the templates' page that describes each one."""

from __future__ import annotations

from dataclasses import dataclass

from guide.downloads.registry import DOCUMENT, Given
from guide.pages.writer import Part, Writer


@dataclass(frozen=True)
class FormatsWriter(Writer):
    """Writes what stands under the text of the page of templates."""

    def formats(self) -> Part:
        """The templates to take away, to stand under their page's own text."""
        given, code = Given(self.content, self.texts, self.page_url), self.texts.code
        files = {one.id: (DOCUMENT.address(code, one), DOCUMENT.kilobytes(given, one)) for one in self.content.formats}
        html = self._render(
            "formats.html.jinja",
            formats=self.content.formats,
            files=files,
            code=code,
            names={one.code: one.name for one in self.languages},
        )
        return Part(html, tuple((one.id, self._say(one.title)) for one in self.content.formats))
