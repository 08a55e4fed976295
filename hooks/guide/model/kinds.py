"""Lists every kind of YAML file the project has: which files, what they may say, which page they make.

The check, the JSON Schemas, the freshness of translations and ``new`` all go through this list. It is made of the
``KINDS`` of every module beside this one: a new kind of file is a module, with sentences about it and its keys in
``files`` and ``fields`` of every file in ``locales/``.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Mapping

import guide.model
from guide.model.addresses import (
    ASSESSMENTS_PAGE,
    BOOK_PAGE,
    DOCUMENTS_PAGE,
    FORM_PAGE,
    INDEX_PAGE,
    OVERVIEW_PAGE,
    PLAN_PAGE,
    QUICK_PAGE,
)
from guide.model.catalogue import NETWORKS_PAGE, PRACTICES_PAGE
from guide.model.course import COURSE_PAGE
from guide.model.file_kind import FileKind
from guide.model.office_templates import FORMATS_PAGE
from guide.reading.locale_files import locale_record
from guide.reading.project import Project

# In which order files are looked at and schemas listed; others follow by name.
_ORDER = (
    "checklist", "scale", "bibliography", "glossary", "catalogue", "network", "practice", "module", "formats",
    "redirects", "search", "selection", "twinning", "published-ids",
)  # fmt: skip

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
    COURSE_PAGE: None,
    FORMATS_PAGE: None,
}
# Written by hand, they go on with what the data say.
CONTINUED_PAGES = frozenset({INDEX_PAGE, COURSE_PAGE, FORMATS_PAGE})


def file_kinds(project: Project) -> tuple[FileKind, ...]:
    """All kinds of ``project``; what a locale may say depends on the default language's."""
    return (*_declared(), FileKind("locale", "locales/*.yml", locale_record(project, complete=False)))


@functools.cache
def _declared() -> tuple[FileKind, ...]:
    """The kinds that the modules of the model declare."""
    names = [one.name for one in pkgutil.iter_modules(guide.model.__path__)]
    modules = [importlib.import_module(f"{guide.model.__name__}.{name}") for name in sorted(names)]
    kinds: list[FileKind] = [kind for module in modules for kind in getattr(module, "KINDS", ())]
    places = {name: place for place, name in enumerate(_ORDER)}
    return tuple(sorted(kinds, key=lambda one: (places.get(one.name, len(places)), one.name)))
