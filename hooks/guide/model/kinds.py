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

from guide.model import contacts, glossary, planners, search_words, signing, states
from guide.model.addresses import REDIRECTS
from guide.model.catalogue import LABELS, NETWORK, NETWORKS_PAGE, PRACTICE, PRACTICES_PAGE
from guide.model.content import (
    ASSESSMENTS_PAGE,
    BIBLIOGRAPHY,
    BIBLIOGRAPHY_PAGE,
    BOOK_PAGE,
    CHECKLIST,
    DOCUMENTS_PAGE,
    FORM_PAGE,
    INDEX_PAGE,
    OVERVIEW_PAGE,
    PLAN_PAGE,
    PUBLISHED,
    QUICK_PAGE,
    SCALE,
)
from guide.model.course import COURSE_PAGE, MODULE, MODULE_NAME
from guide.model.office_templates import FORMATS, FORMATS_PAGE
from guide.reading.locale_files import locale_record
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import IDENTIFIER, WRITTEN, Record
from guide.reading.yaml_tree import compose


@dataclass(frozen=True)
class FileKind:
    """One kind of YAML file.

    ``name`` names its JSON Schema and what ``new`` makes; ``files`` are its files, from the root
    (``checklists/*.yml``); ``page`` is the page each of them makes inside a language's folder
    (``{id}`` is the file's name), with ``anchors`` beside the ids that the file gives (None: any).
    ``names`` is what a file may be called, ``like`` one such name. ``start`` gives the values of a new
    file that no kind can guess, by the place of their key; an optional key that has one is written, the
    others are comments.
    """

    name: str
    files: str
    record: Record
    page: str | None = None
    anchors: tuple[str, ...] | None = ()
    names: re.Pattern[str] = IDENTIFIER
    like: str = ""
    start: Callable[[Project, str], Mapping[str, Any]] = field(default=lambda project, id: {})

    @property
    def folder(self) -> str | None:
        """The folder of its files, None for a single file."""
        return self.files.rpartition("/")[0] if "*" in self.files else None

    def paths(self, project: Project) -> Iterator[Path]:
        yield from sorted(project.root.glob(self.files))


# Pages made by the program from many files, and their anchors (None: any).
GENERATED: Mapping[str, tuple[str, ...] | None] = {
    QUICK_PAGE: None,
    ASSESSMENTS_PAGE: ("lista", "archivo", "compartida"),
    OVERVIEW_PAGE: None,
    PLAN_PAGE: None,
    DOCUMENTS_PAGE: None,
    FORM_PAGE: None,
    BOOK_PAGE: None,
    NETWORKS_PAGE: None,
    PRACTICES_PAGE: None,
    contacts.PAGE: None,
    states.PAGE: None,
    COURSE_PAGE: None,
    FORMATS_PAGE: None,
}
# Written by hand, they go on with what the data say.
CONTINUED_PAGES = frozenset({INDEX_PAGE, COURSE_PAGE, FORMATS_PAGE})


def file_kinds(project: Project) -> tuple[FileKind, ...]:
    """All kinds of ``project``; what a locale may say depends on the default language's."""
    return (
        FileKind(
            "checklist",
            "checklists/*.yml",
            CHECKLIST,
            page="autoevaluacion/{id}.md",
            anchors=("criterios", "puntaje"),
            start=_new_checklist,
        ),
        FileKind("scale", "data/scale.yml", SCALE),
        FileKind("bibliography", "data/bibliography.yml", BIBLIOGRAPHY, page=BIBLIOGRAPHY_PAGE),
        FileKind("glossary", glossary.SOURCE, glossary.GLOSSARY, page=glossary.PAGE),
        FileKind("catalogue", "data/catalogue.yml", LABELS),
        FileKind("network", "networks/*.yml", NETWORK, start=_new_network),
        FileKind("practice", "practices/*.yml", PRACTICE, page="directorio/practicas/{id}.md", start=_new_practice),
        FileKind("contact", f"{contacts.FOLDER}/*.yml", contacts.CONTACT, start=_new_contact),
        FileKind("state", f"{states.FOLDER}/*.yml", states.STATE, names=states.NAMES, like="jal", start=_new_state),
        FileKind(
            "module",
            "course/*.yml",
            MODULE,
            page="curso/{id}.md",
            anchors=None,
            names=MODULE_NAME,
            like="modulo-9",
            start=_new_module,
        ),
        FileKind("formats", "formats/formats.yml", FORMATS),
        FileKind("redirects", "data/redirects.yml", REDIRECTS),
        FileKind("search", search_words.SOURCE, search_words.SEARCH),
        FileKind("selection", planners.SELECTION_SOURCE, planners.SELECTION, page=planners.COMPARE_PAGE, anchors=None),
        FileKind("twinning", planners.TWINNING_SOURCE, planners.TWINNING, page=planners.TWINNING_PAGE, anchors=None),
        FileKind("signing", signing.SOURCE, signing.SIGNING, page=signing.PAGE, anchors=None),
        FileKind("published-ids", "data/published-ids.yml", PUBLISHED),
        FileKind("locale", "locales/*.yml", locale_record(project, complete=False)),
    )


def _new_checklist(project: Project, id: str) -> Mapping[str, Any]:
    taken: dict[str, list[int]] = {"order": [0], "foundation": [0]}
    for path in project.checklists.glob("*.yml"):
        node = compose(path, path.name, Problems())
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


def _new_contact(project: Project, id: str) -> Mapping[str, Any]:
    return {"checked": f"{datetime.date.today():%Y-%m}", "page": WRITTEN, **_SOURCE}


def _new_state(project: Project, id: str) -> Mapping[str, Any]:
    """Nothing is claimed of a law that nobody has read yet."""
    return {"seen": "none"}


def _new_module(project: Project, id: str) -> Mapping[str, Any]:
    """No minutes yet: they are told as soon as they do not add up."""
    return {"path.page": "index.md", "activities.id": f"actividad-{id.rpartition('-')[2]}"}


def _taken(project: Project, start: str) -> bool:
    """Whether criteria of another checklist begin with ``start``."""
    return any(
        f"id: {start}-" in path.read_text("utf-8", errors="replace") for path in project.checklists.glob("*.yml")
    )
