"""Lists every kind of YAML file the project has: which files, what they may say, which page they make.

The check, the JSON Schemas, the freshness of translations and ``new`` all go through this list. It is made of the
``KINDS`` of every module beside this one: a new kind of file is a module, with sentences about it and its keys in
``files`` and ``fields`` of every file in ``locales/``.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil

import guide.model
from guide.model.file_kind import FileKind
from guide.reading.locale_files import locale_record
from guide.reading.project import Project

# In which order files are looked at and schemas listed; others follow by name.
_ORDER = (
    "checklist", "scale", "bibliography", "glossary", "catalogue", "network", "practice", "figure", "contact", "state", "module",
    "formats", "redirects", "search", "selection", "twinning", "signing", "journey", "register", "crosswalk", "published-ids",
)  # fmt: skip


def file_kinds(project: Project) -> tuple[FileKind, ...]:
    """Returns all kinds of ``project``; what a locale may say depends on the default language's."""
    return (*_declared(), FileKind("locale", "locales/*.yml", locale_record(project, complete=False)))


@functools.cache
def _declared() -> tuple[FileKind, ...]:
    """Returns the kinds that the modules of the model declare."""
    names = [one.name for one in pkgutil.iter_modules(guide.model.__path__)]
    modules = [importlib.import_module(f"{guide.model.__name__}.{name}") for name in sorted(names)]
    kinds: list[FileKind] = [kind for module in modules for kind in getattr(module, "KINDS", ())]
    places = {name: place for place, name in enumerate(_ORDER)}
    return tuple(sorted(kinds, key=lambda one: (places.get(one.name, len(places)), one.name)))
