"""Checks the words of the interface: the default language's file says which there are.

Every other ``locales/<code>.yml`` has the same keys with the same ``{blanks}``; one of a language
in progress may lack some.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from guide.reading.problems import Problems
from guide.reading.project import Project, open_texts
from guide.reading.schema import Context, Notes, Record, Text

_BLANK = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Words(Text):
    """A text with exactly these blanks, in any order."""

    blanks: frozenset[str] = frozenset()

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = super().read(node, key, context)
        if value is not None and set(_BLANK.findall(value)) != self.blanks:
            wanted = ", ".join(sorted(self.blanks)) or "—"
            context.problem(node, key, "blanks", wanted=wanted)
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        # There are hundreds, and what they may say depends on the default language's.
        return {}


def locale_record(project: Project, *, complete: bool = True) -> Record:
    """Returns what a file of ``locales/`` may say. Not ``complete``: any key may be missing.

    Nothing where the default language's file cannot be read; ``check_locales`` tells why.
    """
    name = f"locales/{project.default}.yml"
    try:
        return project.files.kept((name,), _record_of, project, complete)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return _record({}, complete)


def _record_of(project: Project, complete: bool) -> Record:
    words = open_texts(project, project.default).words
    return _record(words if isinstance(words, Mapping) else {}, complete)


def check_locales(project: Project, problems: Problems) -> None:
    """Records what is wrong in the files of ``locales/``."""
    node = project.files.node(f"locales/{project.default}.yml", problems)
    if not isinstance(node, yaml.MappingNode):
        # There is nothing to hold the others against.
        return
    for code in project.codes:
        name = f"locales/{code}.yml"
        in_progress = code in project.in_progress
        if not (project.root / name).is_file() or _says_nothing(project, name):
            if not in_progress:
                problems.add(name, 0, "", "missing_locale", default=project.default)
            continue
        node = project.files.node(name, problems)
        if node is not None:
            record = locale_record(project, complete=not in_progress)
            record.read(node, "", Context.of(project, name, problems))


def _says_nothing(project: Project, name: str) -> bool:
    """Returns whether a file holds nothing but comments."""
    try:
        lines = project.files.raw(name).split(b"\n")
    except OSError:
        return False
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in lines)


def _record(words: Mapping[str, Any], complete: bool) -> Record:
    keys = {
        str(key): _record(value, complete)
        if isinstance(value, Mapping)
        else Words(frozenset(_BLANK.findall(str(value))))
        for key, value in words.items()
    }
    return Record(keys, frozenset() if complete else frozenset(keys), "missing_word")
