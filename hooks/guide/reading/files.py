"""Reads every file of the project once, and keeps what was made of it while the file stays as it is.

A project has one ``Files``: loader, checks, counts, words and freshness ask it instead of the disk. What it gives is
shared, so nobody changes it. A file that was written since, by a person or by the program, is read again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from guide.reading.markdown import Source, parse
from guide.reading.problems import Problems
from guide.reading.yaml_tree import MAX_BYTES, compose_text, decode

Made = TypeVar("Made")
_Stamp = tuple[int, int, int, int] | None


class Files:
    """The files below ``root``. Each is called by its path from there, as messages call it: ``data/scale.yml``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kept: dict[tuple[Hashable, ...], tuple[tuple[_Stamp, ...], Any]] = {}

    def name(self, path: Path) -> str:
        """Returns what the file at ``path`` is called here."""
        return path.relative_to(self.root).as_posix()

    def kept(self, names: tuple[str, ...], make: Callable[..., Made], *arguments: Hashable) -> Made:
        """Returns ``make(*arguments)``, made again only when one of the files ``names`` has changed."""
        key = (names, make, arguments)
        stamps = tuple(map(self._stamp, names))
        found = self._kept.get(key)
        if found is None or found[0] != stamps:
            found = self._kept[key] = (stamps, make(*arguments))
        made: Made = found[1]
        return made

    def raw(self, name: str) -> bytes:
        """Returns the bytes of a file. Raises OSError where it cannot be read."""
        return self.kept((name,), self._read, name)

    def decoded(self, name: str) -> tuple[str, int]:
        """Returns the text of a file, and the line that is not UTF-8 (0: none). Raises OSError."""
        return self.kept((name,), self._decode, name)

    def lines_joined(self, name: str) -> str:
        """The text of a file with every end of a line as ``\\n``, what is not UTF-8 replaced. Raises OSError."""
        return self.kept((name,), self._replace, name)

    def text(self, name: str, problems: Problems, *, damaged: bool = False) -> str | None:
        """Returns the text of a file, or None with a problem recorded.

        ``damaged``: one that is not UTF-8 is reported, and returned all the same.
        """
        try:
            size = len(self.raw(name))
        except OSError as error:
            problems.add(name, 0, "", "unreadable", reason=error.strerror or error)
            return None
        if size > MAX_BYTES:
            problems.add(name, 0, "", "too_large", limit=MAX_BYTES // 1000)
            return None
        text, wrong = self.decoded(name)
        if wrong:
            problems.add(name, wrong, "", "not_utf8")
        return text if damaged or not wrong else None

    def node(self, name: str, problems: Problems) -> yaml.Node | None:
        """Returns the root node of a YAML file, or None with a problem recorded.

        Unreadable, empty, oversized, badly encoded, too deeply nested and syntactically wrong files are reported as
        problems, never raised.
        """
        node, found = self.kept((name,), self._compose, name)
        problems.update(found)
        return node

    def page(self, name: str, problems: Problems) -> Source | None:
        """Returns a Markdown page apart in blocks, or None with a problem recorded; damaged letters are reported."""
        page, found = self.kept((name,), self._parse, name)
        problems.update(found)
        return page

    def _stamp(self, name: str) -> _Stamp:
        try:
            found = os.stat(f"{self.root}/{name}")
        except OSError:
            # Whoever reads it learns why.
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

    def _read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def _decode(self, name: str) -> tuple[str, int]:
        return decode(self.raw(name))

    def _replace(self, name: str) -> str:
        return self.raw(name).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")

    def _compose(self, name: str) -> tuple[yaml.Node | None, Problems]:
        problems = Problems()
        text = self.text(name, problems)
        return (None if text is None else compose_text(text, name, problems)), problems

    def _parse(self, name: str) -> tuple[Source | None, Problems]:
        problems = Problems()
        text = self.text(name, problems, damaged=True)
        return (None if text is None else parse(name, text)), problems
