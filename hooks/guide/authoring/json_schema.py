"""Writes a JSON Schema for every kind of YAML file, so that editors complete and explain keys with no set-up.

Made from the records that the loader reads by; what each key is for is said in ``fields`` of the
locale files, and shown in every language of the site.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guide.model.file_kind import FileKind
from guide.model.kinds import file_kinds
from guide.reading.project import Project, open_texts
from guide.reading.schema import Notes
from guide.reading.texts import Texts

FOLDER = "schemas"
SETTINGS = ".vscode/settings.json"


def files(project: Project) -> dict[str, str]:
    """Returns every file that is made, by its path from the root: a schema a kind, and the editor's settings."""
    kinds = file_kinds(project)
    found = {f"{FOLDER}/{kind.name}.json": _text(schema(kind, project)) for kind in kinds}
    return found | {SETTINGS: _settings(project, kinds)}


def write(project: Project) -> list[str]:
    """Writes what is not up to date; gives the files written."""
    written = []
    for file, text in files(project).items():
        path = project.root / file
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
            written.append(file)
    return written


def schema(kind: FileKind, project: Project) -> dict[str, Any]:
    """Returns the JSON Schema (draft 7, which editors know best) of one kind of file."""
    every = [open_texts(project, one.code) for one in project.languages if not one.in_progress]
    notes = Notes(project.codes, project.in_progress, lambda key: _all(every, "fields", kind.name, key))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": kind.name,
        "description": _all(every, "files", kind.name),
        **kind.record.json_schema("", notes),
    }


def describe(texts: Texts, *names: str) -> str:
    """Returns the sentence about a kind of file (``files``, name) or a key (``fields``, name, place), or ""."""
    found = texts.words
    for name in names:
        found = found.get(name, "") if isinstance(found, Mapping) else ""
    return found if isinstance(found, str) else ""


def _all(every: list[Texts], *names: str) -> str:
    said = [describe(texts, *names) for texts in every]
    return "\n\n".join(dict.fromkeys(one for one in said if one))


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _settings(project: Project, kinds: tuple[FileKind, ...]) -> str:
    """Returns the editor's settings: our mapping from schemas to files; whatever else is there stays."""
    path = project.root / SETTINGS
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        kept = {}
    kept["yaml.schemas"] = {f"./{FOLDER}/{kind.name}.json": kind.files for kind in kinds}
    return _text(kept)
