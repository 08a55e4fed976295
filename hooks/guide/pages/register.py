"""Writes the page of the register of agreements: what is noted of each, and what ``register_page.js`` works with.

Without scripts it explains what an inventory notes and offers the templates for Excel and Word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guide.downloads.registry import REGISTER_TEMPLATE, Given
from guide.model.register import CHOICE, Field, Option
from guide.model.site_pages import CHECKLIST_PAGE, FORMATS_PAGE
from guide.pages.planners import ToolsWriter
from guide.pages.writer import Page
from guide.reading import inline_markdown
from guide.reading.schema import Translated

# The Word template of the same inventory.
_INVENTORY = f"{FORMATS_PAGE}#inventario-acuerdos"


class RegisterWriter(ToolsWriter):
    """Writes the page of the register."""

    def register(self) -> Page:
        register, code = self.content.register, self.texts.code
        data = {
            "groups": [
                {"id": group.id, "title": self._say(group.title), "fields": [self._field(one) for one in group.fields]}
                for group in register.groups
            ],
            "proofs": list(self._proofs()),
            "source": "",
        }
        return self._tool(
            "register",
            data,
            ("registro", "acuerdos", "tabla", "prueba", "llevar", "datos"),
            ("title_kept", "agreements_title", "import_heading", "proofs_title", "take_title", "fields_title"),
            register=register,
            workbook_template=REGISTER_TEMPLATE.address(code),
            size=REGISTER_TEMPLATE.kilobytes(Given(self.content, self.texts, self.page_url)),
            word=_INVENTORY,
            criteria=list(self._proofs()),
        )

    def _field(self, field: Field) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": field.id,
            "kind": field.kind,
            "label": self._say(field.label),
            "hint": inline_markdown.plain(self._say(field.hint)) if field.hint else "",
            "also": self._names(field.label, field.also),
            "choices": [self._choice(one) for one in field.choices] if field.kind == CHOICE else [],
        }
        return made

    def _choice(self, choice: Option) -> dict[str, Any]:
        return {"id": choice.id, "name": self._say(choice.name), "also": self._names(choice.name, choice.also)}

    def _names(self, name: Translated, also: tuple[str, ...]) -> list[str]:
        """Returns what else it is called: in the other languages, and in tables of offices."""
        return [*(text for code, text in name.items() if code != self.texts.code), *also]

    def _proofs(self) -> Iterator[dict[str, Any]]:
        """Yields the criteria that a register helps to answer."""
        proofs = {one.criterion: one.id for one in self.content.register.proofs}
        for checklist in self.content.checklists:
            page = CHECKLIST_PAGE.format(id=checklist.id)
            for one in checklist.criteria:
                if one.id in proofs:
                    yield {
                        "id": proofs[one.id],
                        "criterion": one.id,
                        "statement": inline_markdown.plain(self._say(one.statement)),
                        "levels": [inline_markdown.plain(self._say(level)) for level in one.levels],
                        "url": self.page_url(f"{page}#{one.id}"),
                    }
