"""Every kind of YAML file the project has, once: which files, what they may say, which page they make.

The check, the JSON Schemas, the freshness of translations and ``new`` all go through this list. A new
kind of file (networks, practices, a glossary) is one more entry here, with sentences about its keys in
``files`` and ``fields`` of every file in ``locales/``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.model import glossary, planners, search_words
from guide.model.addresses import REDIRECTS
from guide.model.catalogue import LABELS, NETWORK, PRACTICE
from guide.model.content import BIBLIOGRAPHY, CHECKLIST, PUBLISHED, SCALE
from guide.model.course import MODULE, MODULE_NAME
from guide.model.office_templates import FORMATS
from guide.model.site_pages import (
    ANCHORS,
    BIBLIOGRAPHY_PAGE,
    CHECKLIST_PAGE,
    COMPARE_PAGE,
    GLOSSARY_PAGE,
    MODULE_PAGE,
    PRACTICE_PAGE,
    TWINNING_PAGE,
)
from guide.reading.locale_files import locale_record
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import IDENTIFIER, WRITTEN, Record


@dataclass(frozen=True)
class FileKind:
    """One kind of YAML file.

    ``name`` names its JSON Schema and what ``new`` makes; ``files`` are its files, from the root
    (``checklists/*.yml``); ``page`` is the page each of them makes inside a language's folder
    (``{id}`` is the file's name).
    ``names`` is what a file may be called, ``like`` one such name. ``start`` gives the values of a new
    file that no kind can guess, by the place of their key; an optional key that has one is written, the
    others are comments.
    """

    name: str
    files: str
    record: Record
    page: str | None = None
    names: re.Pattern[str] = IDENTIFIER
    like: str = ""
    start: Callable[[Project, str], Mapping[str, Any]] = field(default=lambda project, id: {})

    @property
    def folder(self) -> str | None:
        """The folder of its files, None for a single file."""
        return self.files.rpartition("/")[0] if "*" in self.files else None

    @property
    def anchors(self) -> tuple[str, ...] | None:
        """The ids on its page beside those that the file gives; None: any."""
        return ANCHORS[self.page] if self.page else ()

    def paths(self, project: Project) -> Iterator[Path]:
        yield from sorted(project.root.glob(self.files))


def file_kinds(project: Project) -> tuple[FileKind, ...]:
    """All kinds of ``project``; what a locale may say depends on the default language's."""
    return (
        FileKind(
            "checklist",
            "checklists/*.yml",
            CHECKLIST,
            page=CHECKLIST_PAGE,
            start=_new_checklist,
        ),
        FileKind("scale", "data/scale.yml", SCALE),
        FileKind("bibliography", "data/bibliography.yml", BIBLIOGRAPHY, page=BIBLIOGRAPHY_PAGE),
        FileKind("glossary", glossary.SOURCE, glossary.GLOSSARY, page=GLOSSARY_PAGE),
        FileKind("catalogue", "data/catalogue.yml", LABELS),
        FileKind("network", "networks/*.yml", NETWORK, start=_new_network),
        FileKind("practice", "practices/*.yml", PRACTICE, page=PRACTICE_PAGE, start=_new_practice),
        FileKind(
            "module",
            "course/*.yml",
            MODULE,
            page=MODULE_PAGE,
            names=MODULE_NAME,
            like="modulo-9",
            start=_new_module,
        ),
        FileKind("formats", "formats/formats.yml", FORMATS),
        FileKind("redirects", "data/redirects.yml", REDIRECTS),
        FileKind("search", search_words.SOURCE, search_words.SEARCH),
        FileKind("selection", planners.SELECTION_SOURCE, planners.SELECTION, page=COMPARE_PAGE),
        FileKind("twinning", planners.TWINNING_SOURCE, planners.TWINNING, page=TWINNING_PAGE),
        FileKind("published-ids", "data/published-ids.yml", PUBLISHED),
        FileKind("locale", "locales/*.yml", locale_record(project, complete=False)),
    )


def _new_checklist(project: Project, id: str) -> Mapping[str, Any]:
    taken: dict[str, list[int]] = {"order": [0], "foundation": [0]}
    for path in project.checklists.glob("*.yml"):
        node = project.files.node(project.files.name(path), Problems())
        pairs = getattr(node, "value", ()) if node is not None else ()
        for key, value in pairs:
            if key.value in taken and value.value.isdigit():
                taken[key.value].append(int(value.value))
    start = id[:3].strip("-") or "nue"
    return {
        **{name: max(places) + 1 for name, places in taken.items()},
        "minutes": 20,
        "criteria.id": f"{id}-01" if _taken(project, start) else f"{start}-01",
    }


_SOURCE = {"sources": WRITTEN, "sources.url": WRITTEN}


def _new_network(project: Project, id: str) -> Mapping[str, Any]:
    """Nothing is claimed of a network that nobody has looked up yet."""
    month = f"{datetime.date.today():%Y-%m}"
    return {"mexico": "ask", "status": "uncertain", "as_of": month, "checked": month, "url": WRITTEN, **_SOURCE}


def _new_practice(project: Project, id: str) -> Mapping[str, Any]:
    return {"results": "not-reported", "confidence": "low", "checked": f"{datetime.date.today():%Y-%m}", **_SOURCE}


def _new_module(project: Project, id: str) -> Mapping[str, Any]:
    """No minutes yet: they are told as soon as they do not add up."""
    return {"path.page": "index.md", "activities.id": f"actividad-{id.rpartition('-')[2]}"}


def _taken(project: Project, start: str) -> bool:
    """Whether criteria of another checklist begin with ``start``."""
    return any(
        f"id: {start}-" in project.files.lines_joined(project.files.name(path))
        for path in project.checklists.glob("*.yml")
    )
