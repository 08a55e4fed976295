"""Tells which files of the project have changed, as soon as the system says that something did."""

from __future__ import annotations

import filecmp
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

# How often is looked where the system tells nothing, as on some shared folders; and how long a change has to rest.
_LOOK, _REST = 0.5, 0.02

Seen = dict[str, tuple[int, int, int]]


def look(places: Iterable[str]) -> Seen:
    """Returns the files at these places, with what tells that they changed.

    Not hidden ones, nor what Python and editors leave beside them.
    """
    return {file: (stat.st_mtime_ns, stat.st_size, stat.st_ino) for place in places for file, stat in _files(place)}


def _files(place: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        if not os.path.isdir(place):
            yield place, os.stat(place)
            return
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith((".", "__pycache__")) or entry.name.endswith("~"):
                    continue
                if entry.is_dir():
                    yield from _files(entry.path)
                else:
                    yield entry.path, entry.stat()
    except OSError:
        # It went away while being looked at.
        return


def differing(one: Path, other: Path) -> Iterator[str]:
    """Yields what pages or looks of two sites differ, or are on one of them only, as paths in the site."""
    for pattern in ("*.html", "*.css"):
        for path in {folder.relative_to(root) for root in (one, other) for folder in root.rglob(pattern)}:
            a, b = one / path, other / path
            if not (a.is_file() and b.is_file() and filecmp.cmp(a, b, shallow=False)):
                yield path.as_posix()


class Watch(FileSystemEventHandler):
    """Waits for changes of what the site is made of, and for whoever else has something to say."""

    def __init__(self) -> None:
        self._places: list[str] = []
        self._seen: Seen = {}
        self._woken, self._wake = Pipe(duplex=False)
        self._observer = Observer()
        self._told = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def look_at(self, places: Sequence[str]) -> None:
        """Sets what is looked at; what has changed there before is none of what changes."""
        if list(places) == self._places:
            return
        known = set(self._places)
        self._places = list(places)
        # Only what is new: what changed elsewhere meanwhile is still to be told.
        self._seen |= look(one for one in places if one not in known)
        self._listen()

    def _listen(self) -> None:
        """Has the system tell of changes, where it can."""
        try:
            self._observer.unschedule_all()
            folders = {one if os.path.isdir(one) else os.path.dirname(one): os.path.isdir(one) for one in self._places}
            for folder, below in folders.items():
                self._observer.schedule(self, folder, recursive=below)
            if not self._observer.is_alive():
                self._observer.start()
        except OSError:
            # Too many folders for this system: they are looked at.
            self._observer.unschedule_all()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in ("opened", "closed_no_write") and not self._told:
            self._told = True
            self._wake.send_bytes(b"!")

    def wait(self, others: Sequence[Connection], most: float | None) -> set[str]:
        """Returns the files that changed, as paths from the project's root; none once one of ``others`` speaks.

        ``most``: how long to wait at most, in seconds; None: until one of these.
        """
        end = None if most is None else time.monotonic() + most
        while True:
            left = _LOOK if end is None else max(0.0, min(_LOOK, end - time.monotonic()))
            ready = wait([self._woken, *others], left)
            if self._woken in ready:
                self._woken.recv_bytes()
                self._told = False
                time.sleep(_REST)
            names = self._changed()
            if names or any(one in ready for one in others) or (end is not None and time.monotonic() >= end):
                return names

    def _changed(self) -> set[str]:
        before, self._seen = self._seen, look(self._places)
        here = os.getcwd()
        return {os.path.relpath(name, here) for name, _ in before.items() ^ self._seen.items()}
