"""Tells a project as it stands from any other: all that a check of it may read, as one digest.

Its files, what the environment says, the day, what git knows of earlier versions. Whatever is asked for beside these must
be added here.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from guide.reading import git
from guide.reading.kept import files_below
from guide.reading.project import SETTINGS, Project, content_folders

# What stands beside the folders and is no file of the content: a site that was packed may be large.
_LARGE = 2_000_000
_ALWAYS = ("ABC_", "LC_", "LANG", "SOURCE_DATE_EPOCH")


def everything(project: Project) -> tuple[bytes, ...]:
    """All that a check of ``project`` reads."""
    return (*all_but(project), repr(_versions(project.root)).encode())


def all_but(project: Project, *folders: str) -> tuple[bytes, ...]:
    """All that reading ``project`` reads, but for what stands in ``folders``, and for what git knows."""
    told = hashlib.sha256()
    for name, data in _files(project.root, folders):
        told.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    settings = project.files.lines_joined(SETTINGS)
    return told.digest(), repr((*_environment(settings), datetime.date.today())).encode()


def _files(root: Path, left_out: Collection[str]) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(os.scandir(root), key=lambda one: one.name):
        if entry.is_file() and entry.stat().st_size < _LARGE:
            yield entry.name, Path(entry.path).read_bytes()
    for folder in content_folders(root):
        if folder.name not in left_out:
            yield from ((f"{folder.name}/{name}", data) for name, data in files_below(folder))


def _environment(settings: str) -> Iterator[tuple[str, str]]:
    """What is set of all that the settings may ask for by name, or the program by itself."""
    named = set(re.findall(r"\w+", settings))
    return ((name, value) for name, value in sorted(os.environ.items()) if name in named or name.startswith(_ALWAYS))


def _versions(root: Path) -> tuple[str, str]:
    """What git can tell of earlier versions: all that its names stand for, and how far back it goes."""
    shallow = git.ask(root, "rev-parse", "--git-path", "shallow").strip()
    depth = root / shallow if shallow else root
    return git.ask(root, "show-ref", "--head"), depth.read_text("utf-8") if depth.is_file() else ""
