"""Says what a kind of YAML file is: its files, its record, its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from guide.model.site_pages import ANCHORS
from guide.reading.project import Project
from guide.reading.schema import IDENTIFIER, Found, Record
from guide.reading.shapes import Shape, make


@dataclass(frozen=True)
class FileKind:
    """One kind of YAML file.

    ``name`` names its JSON Schema and what ``new`` makes; ``files`` are its files, from the root
    (``checklists/*.yml``); ``page`` is the page each of them makes inside a language's folder
    (``{id}`` is the file's name), and ``more`` are others.
    ``names`` is what a file may be called, ``like`` one such name. ``start`` gives the values of a new
    file that no kind can guess, by the place of their key; an optional key that has one is written, the
    others are comments. ``plain`` is a kind without rules of its own: whatever its record reads is its content.
    """

    name: str
    files: str
    record: Record
    page: str | None = None
    more: tuple[str, ...] = ()
    names: re.Pattern[str] = IDENTIFIER
    like: str = ""
    start: Callable[[Project, str], Mapping[str, Any]] = field(default=lambda project, id: {})
    plain: bool = False

    @property
    def folder(self) -> str | None:
        """The folder of its files, None for a single file."""
        return self.files.rpartition("/")[0] if "*" in self.files else None

    @property
    def anchors(self) -> tuple[str, ...] | None:
        """The ids on its page beside those that the file gives; None: any."""
        return ANCHORS[self.page] if self.page else ()

    def paths(self, project: Project) -> Iterator[Path]:
        """Yields every file of the kind, in order of names."""
        yield from sorted(project.root.glob(self.files))

    def make(self, file: str, found: Found) -> Any:
        """Returns the object that one of its files declares; the file's name is its ``id``, where it has one."""
        assert isinstance(self.record, Shape)
        given = {"id": PurePosixPath(file).stem} if "id" in self.record.given else {}
        return make(self.record.of, found, **given)
