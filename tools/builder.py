"""Builds the site in a process of its own, which then shows single pages of it again and begins the next one.

Each is a fork of the one before: it has read already what has not changed since, and what it does, another goes on
answering. Where the system cannot fork, all of it is done here, one after the other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from typing import Any, NoReturn, Protocol
from urllib.parse import urlsplit

from mkdocs.commands import build as commands
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import _serve_url

from building import build
from guide.reading.beside import can_fork
from guide.reading.problems import Problems
from tools import scripts
from tools.build import explain, settings
from tools.shown_again import show

COMMAND = "make serve"


@dataclass(frozen=True)
class Begun:
    """A build has read the settings: what the site is made of, and where it is served."""

    places: list[str]
    mount: str
    url: str


@dataclass(frozen=True)
class Built:
    """A build has ended. ``problems``: what is wrong with the content; None: nothing, or something else was told."""

    whole: bool
    problems: Problems | None = None


Tell = Callable[[Begun | Built], None]


def make(folder: Path, host: str, port: int, tell: Tell) -> None:
    """Builds the site into ``folder``; what stops it is explained."""
    before = getattr(build, "found", None)
    try:
        scripts.renew()
        config = settings(folder)
        mount = urlsplit(config.site_url or "/").path.rstrip("/") + "/"
        url = _serve_url(host, port, mount)
        tell(Begun(_places(config), mount, url))
        config.plugins.on_startup(command="serve", dirty=False)
        config.site_url = url
        commands.build(config, serve_url=url)
    except (Exception, SystemExit) as error:
        explain(error, COMMAND, tempfile.gettempdir())
        found = getattr(build, "found", None)
        tell(Built(False, found.errors if found is not before and found is not None else None))
    else:
        tell(Built(True))


def _places(config: MkDocsConfig) -> list[str]:
    """Returns what the site is made of."""
    return sorted({config.docs_dir, config.config_file_path, *config.watch})


class Builder(Protocol):
    """What has a site in ``folder``, or is building it."""

    folder: Path

    def told(self) -> list[Begun | Built]:
        """Returns what it has said since it was asked last; it ended, where it says nothing when it could be heard."""

    @property
    def links(self) -> Sequence[Connection]:
        """Where it can be heard."""

    def go_on(self) -> None:
        """Lets it read, once what it reads is looked at."""

    def show(self, names: Collection[str], viewed: Collection[str], errors: Problems | None = None) -> list[str]:
        """Shows files again that changed; gives what was written, as paths in the site."""

    def next(self) -> Builder:
        """Begins to build the site anew."""

    def end(self) -> None:
        """Ends, with the folder."""


@dataclass
class Here:
    """A builder in this very process, where there can be no other."""

    host: str
    port: int
    folder: Path = field(init=False)
    _told: list[Begun | Built] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="abc-"))
        self._make = True

    def told(self) -> list[Begun | Built]:
        if self._make:
            self._make = False
            make(self.folder, self.host, self.port, self._told.append)
        told, self._told = self._told, []
        return told

    @property
    def links(self) -> Sequence[Connection]:
        return ()

    def go_on(self) -> None:
        pass

    def show(self, names: Collection[str], viewed: Collection[str], errors: Problems | None = None) -> list[str]:
        return show(names, viewed, errors)

    def next(self) -> Builder:
        return Here(self.host, self.port)

    def end(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Forked:
    """A builder in a process of its own, at the other end of ``link``."""

    link: Connection
    pid: int
    folder: Path

    def told(self) -> list[Begun | Built]:
        told: list[Begun | Built] = []
        try:
            while self.link.poll():
                told.append(self.link.recv())
        except (EOFError, OSError):
            if not told:
                told.append(Built(False))
        return told

    @property
    def links(self) -> Sequence[Connection]:
        return (self.link,)

    def go_on(self) -> None:
        with contextlib.suppress(OSError):
            self.link.send("go on")

    def show(self, names: Collection[str], viewed: Collection[str], errors: Problems | None = None) -> list[str]:
        try:
            self.link.send(("show", sorted(names), sorted(viewed), errors))
            found: list[str] = self.link.recv()
        except (EOFError, OSError):
            return []
        return found

    def next(self) -> Builder:
        folder = Path(tempfile.mkdtemp(prefix="abc-"))
        self.link.send(("next", folder))
        pid = self.link.recv()
        return Forked(Connection(recv_handle(self.link)), pid, folder)

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(EOFError, OSError):
            # Until it writes no more.
            while True:
                self.link.recv()
        with contextlib.suppress(ChildProcessError):
            # The first one is a child of this process, the others are of each other.
            os.waitpid(self.pid, 0)
        self.link.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(host: str, port: int, close: Callable[[], object]) -> Builder:
    """Returns the first builder. ``close`` gives up what only this process should have."""
    if not can_fork():
        return Here(host, port)
    folder = Path(tempfile.mkdtemp(prefix="abc-"))
    ours, theirs = Pipe()
    if pid := os.fork():
        theirs.close()
        return Forked(ours, pid, folder)
    ours.close()
    close()
    # Whoever wants the program to end tells the first process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)
    _live(theirs, folder, host, port)


def _live(link: Connection, folder: Path, host: str, port: int) -> NoReturn:
    """Builds, then does what is asked for, until nobody listens any more."""
    code = 1
    try:
        make(folder, host, port, _telling(link))
        while True:
            asked: tuple[Any, ...] = link.recv()
            if asked[0] == "show":
                link.send(_shown(*asked[1:]))
            else:
                link, folder = _fork(link, asked[1])
                if folder is not None:
                    make(folder, host, port, _telling(link))
    except (EOFError, OSError):
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _telling(link: Connection) -> Tell:
    """Says what a build has come to; nothing is read before somebody looks at what will be."""

    def tell(said: Begun | Built) -> None:
        link.send(said)
        if isinstance(said, Begun):
            link.recv()

    return tell


def _shown(names: list[str], viewed: list[str], errors: Problems | None) -> list[str]:
    try:
        return show(names, viewed, errors)
    except Exception as error:
        # The whole build that follows tells it, where it is more than a moment's.
        if os.environ.get("ABC_TRACEBACK"):
            explain(error, COMMAND, tempfile.gettempdir())
        return []


def _fork(link: Connection, folder: Path) -> tuple[Connection, Any]:
    """Begins the next builder: in the new process its link and folder, in this one the link it had and None."""
    ours, theirs = Pipe()
    if pid := os.fork():
        theirs.close()
        link.send(pid)
        send_handle(link, ours.fileno(), pid)
        ours.close()
        return link, None
    link.close()
    ours.close()
    return theirs, folder
