"""Shows the site while it is being written: ``python -m tools.serve HOST:PORT``.

What was saved is shown at once on its own pages (``tools.shown_again``); the whole site is built beside, in a folder
and a process of its own, and shown once it is there, so that no edit waits for it and a mistake (in the settings, in a
template) or a full disk leaves the last good site. Whatever changed since a build began to read is built again.
"""

from __future__ import annotations

import contextlib
import errno
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from mkdocs.livereload import _SCRIPT_TEMPLATE, LiveReloadServer

from guide.pages.policy import allowing
from guide.reading import system
from guide.reading.problems import Problems
from guide.reading.texts import fill
from tools import changes
from tools.build import Told, start_logging, texts
from tools.builder import Begun, Builder, begin

_ADDRESS = re.compile(r"(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})", re.ASCII)
# So many files a person saves at once; so many pages somebody looks at.
_FEW, _VIEWED = 8, 3
# How long nothing may change before the whole is built.
_PAUSE = 0.2


class Server(LiveReloadServer):
    """Answers from the last whole site; a page reloads itself once something else stands at its address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(self._never, host, port, root="")
        self.error_handler = self._error_page
        # Pages are told to reload themselves.
        self._watched_paths = {"": 1}
        self._changed: dict[str, int] = {}
        """Since when each page is as it is; "": all others."""
        self._viewed: dict[str, None] = {}
        self._pages: dict[int, str] = {}
        """What each page that was given out is, by the number it asks with."""
        self._request = threading.local()

    def _never(self) -> None:
        raise NotImplementedError("builders build the site")

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self.root, f"{code}.html")
        return page.read_bytes() if page.is_file() else None

    def start(self, mount: str, url: str) -> None:
        """Begins to answer; requests wait for the first site."""
        self.mount_path, self.url = mount, url
        if not self.serve_thread.is_alive():
            self._wanted_epoch = self._visible_epoch + 1
            self.serve_thread.start()

    def viewed(self) -> list[str]:
        """Returns the pages that somebody asked for last, as paths in the site."""
        return list(self._viewed)[-_VIEWED:]

    @contextlib.contextmanager
    def changing(self) -> Iterator[list[str]]:
        """Lets requests wait while files of the site are written; the list takes those that were."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch + 1
        written: list[str] = []
        try:
            yield written
        finally:
            with self._epoch_cond:
                self._visible_epoch = self._wanted_epoch
                # Whatever is no page may be on any.
                self._reload(dict.fromkeys(one if one.endswith(".html") else "" for one in written))

    def show(self, root: Path) -> None:
        """Answers from ``root``. A page that is there as it was is not loaded again."""
        old, first = Path(self.root), not self.root
        differ = [] if first else [*changes.differing(old, root)]
        with self._epoch_cond:
            self.root = str(root)
            self._visible_epoch = self._wanted_epoch = self._visible_epoch + 1
            self._reload(dict.fromkeys(one if one.endswith(".html") else "" for one in differ))

    def _reload(self, pages: Iterable[str]) -> None:
        for one in pages:
            self._changed[one] = self._visible_epoch
        self._epoch_cond.notify_all()

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        asked = re.fullmatch(r"/livereload/([0-9]+)/([0-9]+)", environ["PATH_INFO"])
        if asked:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"%d" % self._newer(int(asked[1]), self._pages.get(int(asked[2]), ""))]
        # Before the page is looked for: the new site stands in another folder.
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
        self._request.path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        return super()._serve_request(environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Gives the page a number, by which it asks whether it has changed."""
        with self._epoch_cond:
            number = len(self._pages) + 1
            file = self._request.path.removeprefix(self.mount_path)
            self._pages[number] = file + "index.html" if file.endswith("/") or not file else file
        end = content.rfind(b"</body>") if b"</body>" in content else len(content)
        script = _SCRIPT_TEMPLATE.substitute(epoch=epoch, request_id=number).encode()
        return allowing(b"%b<script>%b</script>%b" % (content[:end], script, content[end:]), script)

    def _newer(self, epoch: int, page: str) -> int:
        """Waits until something else stands where ``page`` does than at ``epoch``, for a minute at most."""
        self._viewed.pop(page, None)
        self._viewed[page] = None

        def since() -> int:
            return max(self._changed.get(page, 0), self._changed.get("", 0))

        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: since() > epoch, timeout=self.poll_response_timeout)
            return max(since(), epoch)


def listen(address: str) -> Server:
    """Returns a server that has its port, before anything is built. Raises Told."""
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
    """Returns the next port that nobody has."""
    for one in range(port + 1, min(port + 100, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
            try:
                tried.bind((host, one))
                return one
            except OSError:
                pass
    return 8001


def watch(server: Server, host: str, port: int) -> int:
    """Builds the site, and again at each change, until it is stopped. 1 where there is no first site."""
    with changes.Watch() as watched:
        shown = Shown(server, watched, lambda: begin(host, port, server.socket.close))
        try:
            return shown.go_on()
        finally:
            shown.end()


class Shown:
    """What is shown of the files that change: single pages at once, and the whole once it is built."""

    def __init__(self, server: Server, watched: changes.Watch, first: Callable[[], Builder]) -> None:
        self._server = server
        self._watched = watched
        self._first = first
        self._now: Builder | None = None
        """Who built the site that is shown."""
        self._next: Builder | None = None
        """Who is building the one after it."""
        self._since: set[str] = set()
        """What changed since that one began to read."""

    def go_on(self) -> int:
        """Looks at what changes and at what is built; 1 where there is no first site."""
        self._next = self._first()
        while True:
            if self._next and not self._hear(self._next):
                return 1
            waiting = bool(self._since) and self._next is None
            names = self._watched.wait(self._next.links if self._next else (), _PAUSE if waiting else None)
            if names:
                self._since |= names
                self._show(names)
            elif waiting:
                self._since = set()
                self._next = self._begin()

    def end(self) -> None:
        """Takes away what was built."""
        for one in (self._now, self._next):
            if one:
                one.end()

    def _begin(self) -> Builder:
        try:
            assert self._now
            return self._now.next()
        except (EOFError, OSError):
            # Somebody ended that process.
            return self._first()

    def _show(self, names: Collection[str], errors: Problems | None = None) -> None:
        """Shows at once what can be; more files than a person saves are for the whole build."""
        if self._now and len(names) <= _FEW:
            with self._server.changing() as written:
                written += self._now.show(names, self._server.viewed(), errors)

    def _hear(self, builder: Builder) -> bool:
        """Returns what the next site has come to; whether there is one to go on with."""
        for one in builder.told():
            if isinstance(one, Begun):
                self._watched.look_at(one.places)
                self._server.start(one.mount, one.url)
                builder.go_on()
            elif one.whole:
                self._take(builder)
            else:
                self._next = None
                builder.end()
                if self._now is None:
                    return False
                print(texts()["problems"]["kept"], file=sys.stderr, flush=True)
                if one.problems is not None:
                    self._show(set(), one.problems)
        return True

    def _take(self, builder: Builder) -> None:
        """Shows the site that was built, with what changed meanwhile."""
        if self._since and len(self._since) <= _FEW:
            builder.show(self._since, self._server.viewed())
        if self._now is None:
            print(fill(texts()["setup"]["served"], {"url": self._server.url}), file=sys.stderr, flush=True)
        self._server.show(builder.folder)
        if self._now:
            self._now.end()
        self._now, self._next = builder, None


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
        return watch(server, str(server.server_address[0]), int(server.server_address[1]))
    except _Stopped:
        return 0
    finally:
        server.shutdown()
        state.stream.flush()


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    sys.exit(main(sys.argv[1:]))
