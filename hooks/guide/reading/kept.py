"""Keeps what is dear to make, by a digest of everything it is made of: ``kept(make, *read)``.

No times, no names of files, no notes of what depends on what: whoever made the same of the same, with the same program,
need not make it again. What is kept may be lost at any time; a folder that is broken, foreign, full or locked is as
good as none. ``decisions/0015-kept-results.md`` says what is kept, and why it may be.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import pickle
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from guide.reading import beside

Made = TypeVar("Made")
# What makes something, and all that it is made of.
Work = tuple[Callable[[], object], tuple[object, ...]]
NAME = ".cache"
# How long what nobody asked for again stays, in seconds, and how much may lie there, in bytes.
_STAYS, _MOST = 14 * 86400, 400_000_000
# How long to wait before looking again, in seconds.
_MOMENT = 0.005
_SUM = 32
# What is no plain value: nobody can tell it from others, or write it down.
_UNTOLD = (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError)
# Records hold days, which are no records of ours.
_DAY = ("datetime", "date")


class Kept:
    """Everything that is kept. Off until ``begin``: then everything is made anew."""

    def __init__(self) -> None:
        self.on = False
        self._folder: Path | None = None
        self._program = b""
        self._memory: dict[str, Any] | None = None
        self._asked: set[str] = set()
        self._known: dict[int, tuple[object, bytes]] = {}
        self._passing = False
        self._maker: beside.Beside[None] | None = None
        self._promised: frozenset[str] = frozenset()

    def begin(self, root: Path, *more: Path, remember: bool = False, passing: bool = False) -> None:
        """Keeps from here on what is made with this program, beside it in ``root`` or where ``ABC_CACHE`` says.

        ``more``: folders with more of the program, as hooks and templates. ``remember``: in memory too, of what this
        build and the one before asked for. ``passing``: until ``end`` in any case, where it is to be kept no longer.
        """
        if self._passing or self._maker:
            self.end()
        self._folder = folder_of(root)
        self._passing = self._folder is None and passing
        if self._passing:
            with contextlib.suppress(OSError):
                self._folder = Path(tempfile.mkdtemp(prefix="abc-"))
        self.on = self._folder is not None or remember
        self._program = _program(more) if self.on else b""
        self._memory = (
            {key: one for key, one in (self._memory or {}).items() if key in self._asked} if remember else None
        )
        self._asked.clear()
        self._known.clear()

    def end(self) -> None:
        """Keeps nothing any more, and takes away what has not been asked for in a long time."""
        if self._maker is not None:
            self._maker.end()
        if self._passing and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        elif self._folder is not None:
            with contextlib.suppress(OSError):
                _tidy(self._folder)
        self.__init__()  # type: ignore[misc]

    def __call__(self, make: Callable[[], Made], *read: object) -> Made:
        """``make()``, or what it gave when everything ``read`` was as it is now.

        ``read`` begins with the name of what is made. What cannot be told apart from others is made anew.
        """
        key = self._key(read)
        if not key:
            return make()
        self._asked.add(key)
        found = self._memory.get(key, self) if self._memory is not None else self
        if found is self:
            self._wait(key)
            found = self._from_folder(key)
            if found is self:
                found = make()
                self._into_folder(key, found)
            if self._memory is not None:
                self._memory[key] = found
        made: Made = found  # type: ignore[assignment]
        return made

    def beside(self, work: Iterable[Work]) -> None:
        """Has things made in a process beside, in their order; whoever asks for one of them waits until it is there.

        What is to be in memory is made here.
        """
        if not self.on or self._memory is not None or not beside.helps():
            return
        keys = ((self._key(read), make) for make, read in work)
        todo = {key: make for key, make in keys if key and self._folder and not self._is_there(key)}
        if todo:
            self._maker = beside.begin(functools.partial(self._make, todo))
            self._promised = frozenset(todo)

    def _make(self, todo: Mapping[str, Callable[[], object]]) -> None:
        for key, make in todo.items():
            self._into_folder(key, make())
            if not self._is_there(key):
                # Where nothing can be written, nobody would get it.
                break

    def _wait(self, key: str) -> None:
        """Waits for what is being made beside; whatever stops that, it is over then."""
        if self._maker is not None and key in self._promised:
            while not self._is_there(key) and self._maker.works(_MOMENT):
                pass

    def _key(self, read: tuple[object, ...]) -> str:
        """What tells it from all others; "" where nothing does, or nothing is kept."""
        if not self.on:
            return ""
        try:
            return hashlib.sha256(self._program + _bytes(read)).hexdigest()
        except _UNTOLD:
            return ""

    def _place(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / key[2:]

    def _is_there(self, key: str) -> bool:
        return os.path.exists(self._place(key))

    def digest(self, value: object) -> bytes:
        """What tells ``value`` from others, worked out once: for what many things are made of and nobody changes."""
        if not self.on:
            return b""
        found = self._known.get(id(value))
        if found is None:
            try:
                told = hashlib.sha256(_bytes(value)).digest()
            except _UNTOLD:
                # Like nothing else.
                told = os.urandom(_SUM)
            found = self._known[id(value)] = (value, told)
        return found[1]

    def _from_folder(self, key: str) -> Any:
        """What was kept as ``key``; this object itself where nothing usable was."""
        if self._folder is None:
            return self
        place = self._place(key)
        try:
            data = place.read_bytes()
            if hashlib.sha256(data[_SUM:]).digest() != data[:_SUM]:
                return self
            found = _Reader(io.BytesIO(data[_SUM:])).load()
        # Whatever is wrong with it, it can be made.
        except Exception:
            return self
        with contextlib.suppress(OSError):
            # It was asked for: once a day is enough to know.
            if time.time() - place.stat().st_mtime > 86400:
                os.utime(place)
        return found

    def _into_folder(self, key: str, made: object) -> None:
        if self._folder is None:
            return
        place = self._place(key)
        new = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            data = pickle.dumps(made, protocol=5)
            data = hashlib.sha256(data).digest() + data
            try:
                new.write_bytes(data)
            except FileNotFoundError:
                # A folder for each of them, which most find there.
                place.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(data)
            new.replace(place)
        except (OSError, *_UNTOLD):
            # Nobody misses it but the next build's seconds.
            with contextlib.suppress(OSError):
                new.unlink()


kept = Kept()
"""The one place where things are kept: begun by the commands, and off for whoever only uses the modules."""


class _Reader(pickle.Unpickler):
    """Reads plain values and our own records, and calls nothing else whatever the data say."""

    def find_class(self, module: str, name: str) -> Any:
        # What is ours is in memory already, where it was asked for by whoever knows it.
        ours = module.startswith("guide.") or (module, name) == _DAY
        found = getattr(sys.modules.get(module), name, None) if ours else None
        if isinstance(found, type) and ((module, name) == _DAY or _is_record(found)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _is_record(one: type) -> bool:
    """Returns whether what is made of a class holds values, and does nothing."""
    return hasattr(one, "__dataclass_fields__") or issubclass(one, dict)


def _bytes(value: object) -> bytes:
    """The same for equal values, in whatever objects they lie."""
    file = io.BytesIO()
    pickler = pickle.Pickler(file, protocol=5)
    # Else it would matter which of them are one object.
    pickler.fast = True
    pickler.dump(value)
    return file.getvalue()


def folder_of(root: Path) -> Path | None:
    """Where a command keeps things: what ``ABC_CACHE`` names, nowhere where that is empty, else beside the program."""
    named = os.environ.get("ABC_CACHE")
    return root / NAME if named is None else Path(named) if named else None


def _program(more: Iterable[Path]) -> bytes:
    """What tells this program from others: its files, those in ``more`` folders, its packages with their versions."""
    told = hashlib.sha256(sys.version.encode())
    for folder in (Path(__file__).parents[1], *more):
        for name, data in files_below(folder):
            told.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    for path in sys.path:
        with contextlib.suppress(OSError):
            told.update(
                "\0".join(sorted(one for one in os.listdir(path or ".") if one.endswith(".dist-info"))).encode()
            )
    return told.digest()


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of every file below ``folder``, in order; nothing hidden, nothing compiled."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if one[0] != "." and one != "__pycache__")
        for name in sorted(names):
            path = f"{place}/{name}"
            try:
                yield os.path.relpath(path, folder), Path(path).read_bytes()
            except OSError as error:
                # That it cannot be read tells as well.
                yield f"{os.path.relpath(path, folder)}\0{error.errno}", b""


def _tidy(folder: Path) -> None:
    """Takes away what nobody asked for in a long time; all of it, where there is too much."""
    now, size, files = time.time(), 0, []
    for place, _, names in os.walk(folder):
        for name in names:
            path = f"{place}/{name}"
            found = os.stat(path)
            size += found.st_size
            files.append((now - found.st_mtime > _STAYS, path))
    for old, path in files:
        if old or size > _MOST:
            os.unlink(path)
