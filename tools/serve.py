"""Shows the site while it is being written: ``python -m tools.serve HOST:PORT``.

Each build has a folder of its own and is shown once it is whole, so that a mistake (in a page, in the settings, in
a template) or a full disk leaves the last good site. Whatever changed since a build began to read is built again.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from mkdocs.commands import build as commands
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer, _serve_url

from guide.reading import system
from guide.reading.texts import fill
from tools import scripts
from tools.build import Told, explain, settings, start_logging, texts

_ADDRESS = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})", re.ASCII)
_COMMAND = "make serve"
# How often is looked for changes, and how long they have to rest.
_LOOK, _REST = 0.5, 0.1


class Server(LiveReloadServer):
    """Answers from the last whole site; while one is being built, requests wait for it."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(self._never, host, port, root="")
        self.has_site = False
        self.error_handler = self._error_page
        # Pages are told to reload themselves.
        self._watched_paths = {"": 1}

    def _never(self) -> None:
        raise NotImplementedError("the site is built by watch()")

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self.root, f"{code}.html")
        return page.read_bytes() if page.is_file() else None

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        if not environ["PATH_INFO"].startswith("/livereload/"):
            # Before the page is looked for: the new site stands in another folder.
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
        return super()._serve_request(environ, start_response)

    def begin(self) -> None:
        """Lets requests wait for a new site."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch + 1

    def end(self, root: Path | None) -> None:
        """Answers from ``root``; None: goes on with the site there was."""
        with self._epoch_cond:
            if root is None:
                self._wanted_epoch = self._visible_epoch
            else:
                self.root = str(root)
                self.has_site = True
                self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()


def listen(address: str) -> Server:
    """A server that has its port, before anything is built. Raises Told."""
    words = texts()["setup"]
    match = _ADDRESS.fullmatch(address)
    if not match or not 0 < int(match["port"]) < 65536:
        host = match["host"] if match else "127.0.0.1"
        raise Told(fill(words["address_wrong"], {"address": address, "better": f"{host}:8001"}))
    host, port = match["host"].strip("[]"), int(match["port"])
    try:
        server = Server(host, port)
        try:
            server.server_bind()
            server.server_activate()
        except BaseException:
            server.server_close()
            raise
    except socket.gaierror:
        raise Told(fill(words["address_foreign"], {"address": address, "better": f"127.0.0.1:{port}"})) from None
    except OSError as error:
        name = {
            errno.EADDRINUSE: "port_taken",
            errno.EACCES: "port_refused",
            errno.EADDRNOTAVAIL: "address_foreign",
        }.get(error.errno or 0)
        if name is None:
            raise
        better = f"127.0.0.1:{port}"
        if name != "address_foreign":
            better = f"{match['host']}:{_free_port(host, max(port, 8000))}"
        raise Told(fill(words[name], {"address": address, "port": port, "better": better})) from None
    return server


def _free_port(host: str, port: int) -> int:
    """The next port that nobody has."""
    for one in range(port + 1, min(port + 100, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
            try:
                tried.bind((host, one))
                return one
            except OSError:
                pass
    return 8001


Seen = dict[str, tuple[int, int, int]]


def look(places: Iterable[str]) -> Seen:
    """The files at these places, with what tells that they changed. Not hidden ones, nor what Python and editors
    leave beside them."""
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


def wait_for_change(places: Iterable[str], seen: Seen) -> None:
    """Comes back once something differs from ``seen``, and has rested."""
    while (now := look(places)) == seen:
        time.sleep(_LOOK)
    for _ in range(100):
        time.sleep(_REST)
        before, now = now, look(places)
        if now == before:
            return


def watch(server: Server) -> int:
    """Builds the site, and again at each change, until it is stopped. 1 where there is no first site."""
    folders: list[Path] = []
    places: list[str] = []
    url = ""
    try:
        while True:
            server.begin()
            scripts.renew()
            # Before anything is read: what changes from here on is seen.
            seen = look(places)
            root: Path | None = None
            try:
                folder = Path(tempfile.mkdtemp(prefix="abc-"))
                folders.append(folder)
                config = settings(folder)
                if not url:
                    seen = look(places := _places(config))
                    url = _start(server, config)
                places = _places(config)
                config.site_url = url
                commands.build(config, serve_url=url)
                root = folder
            except (Exception, SystemExit) as error:
                explain(error, _COMMAND, tempfile.gettempdir())
                if not server.has_site:
                    return 1
                print(texts()["problems"]["kept"], file=sys.stderr, flush=True)
            else:
                if not server.has_site:
                    print(fill(texts()["setup"]["served"], {"url": url}), file=sys.stderr, flush=True)
            server.end(root)
            # A page of the site before may just be on its way to somebody.
            kept = {Path(server.root), *folders[-2:]}
            for old in [one for one in folders if one not in kept]:
                shutil.rmtree(old, ignore_errors=True)
                folders.remove(old)
            wait_for_change(places, seen)
    finally:
        for one in folders:
            shutil.rmtree(one, ignore_errors=True)


def _places(config: MkDocsConfig) -> list[str]:
    """What the site is made of."""
    return sorted({config.docs_dir, config.config_file_path, *config.watch})


def _start(server: Server, config: MkDocsConfig) -> str:
    """Begins to answer, at the address the site has below this machine's; gives it."""
    config.plugins.on_startup(command="serve", dirty=False)
    host, port = server.server_address[:2]
    server.mount_path = urlsplit(config.site_url or "/").path.rstrip("/") + "/"
    server.url = _serve_url(str(host), int(port), server.mount_path)
    server.serve_thread.start()
    return server.url


class _Stopped(BaseException):
    """Somebody wants the program to end."""


def _stop(*_: object) -> NoReturn:
    raise _Stopped


def main(arguments: list[str]) -> int:
    """Serves until it is stopped; gives the exit code."""
    (address,) = arguments
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, _stop)
    state = start_logging()
    try:
        server = listen(address)
    except Told as told:
        print(told, file=sys.stderr)
        return 1
    except OSError as error:
        print(system.refusal(error, texts(), address), file=sys.stderr)
        return 1
    try:
        return watch(server)
    except _Stopped:
        return 0
    finally:
        server.shutdown()
        state.stream.flush()


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    sys.exit(main(sys.argv[1:]))
