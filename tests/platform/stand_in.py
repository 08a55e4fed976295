"""Stands in for a learning platform: takes packages, opens them, keeps attempts and grades as Moodle does."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from guide.downloads.archives import unpack

API = Path(__file__).with_name("api.js")
FINISHED = ("completed", "passed", "failed")


@dataclass
class Activity:
    """A package in a course, with what one participant did: the tracks of each attempt."""

    files: dict[str, bytes]
    attempts: list[dict[str, str]] = field(default_factory=list)
    received: list[dict[str, str]] = field(default_factory=list)

    @property
    def tracks(self) -> dict[str, str]:
        """Those of the last attempt."""
        return self.attempts[-1] if self.attempts else {}

    @property
    def grade(self) -> float | None:
        """The highest score of all attempts, as the grade book has it."""
        found = [float(one["cmi.core.score.raw"]) for one in self.attempts if "cmi.core.score.raw" in one]
        return max(found, default=None)

    @property
    def is_done(self) -> bool:
        return any(one.get("cmi.core.lesson_status") in FINISHED for one in self.attempts)

    def enter(self, wanted: str, new: bool) -> str:
        """The mode in which it opens: what is finished can only be looked at, but in a new attempt."""
        if new or not self.attempts:
            self.attempts.append({})
        return "review" if self.tracks.get("cmi.core.lesson_status") in FINISHED else wanted


class StandIn:
    """Its activities by name, and whether the participant is logged in."""

    def __init__(self) -> None:
        self.activities: dict[str, Activity] = {}
        self.logged_in = True
        self.standard = True
        self.lose = False
        """Whether what is sent gets lost on its way, though the platform answers."""
        self.requests: list[str] = []

    def load(self, name: str, package: bytes) -> Activity:
        """Loads a package; where there is one by that name, it takes its place and the attempts stay."""
        files = unpack(package)
        if name in self.activities:
            self.activities[name].files = files
        else:
            self.activities[name] = Activity(files)
        return self.activities[name]

    def player(self, name: str, query: dict[str, list[str]]) -> str:
        activity = self.activities[name]
        mode = activity.enter(query.get("mode", ["normal"])[0], "new" in query)
        launch = {
            "attempt": [name, len(activity.attempts) - 1],
            "mode": mode,
            "tracks": activity.tracks,
            "standard": self.standard,
        }
        return f"""<!doctype html><html lang="es"><title>Aula</title>
<script>window.launch = {json.dumps(launch)}</script><script src="/api.js"></script>
<style>body {{ margin: 0 }} iframe {{ width: 100%; height: 600px; border: 0 }}</style>
<iframe id="sco" title="Actividad" src="/pluginfile/{name}/index.html"></iframe>"""

    def keep(self, body: bytes) -> str:
        """What the run-time sends: an activity, the number of its attempt, values."""
        if not self.logged_in:
            return "false"
        sent = json.loads(body)
        name, place = sent["attempt"]
        activity = self.activities[name]
        activity.received.append(sent["values"])
        if not self.lose:
            # It keeps what comes, whatever the mode: only the package's restraint guards a grade.
            activity.attempts[place].update(sent["values"])
        return "true"


@contextmanager
def serve_stand_in(platform: StandIn) -> Iterator[str]:
    """The address of the platform while the context lasts, with a final slash."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, kind: str, body: bytes, **more: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            platform.requests.append(f"{self.command} {address.path}")
            _, *parts = address.path.split("/")
            if parts == ["api.js"]:
                return self._answer(200, "text/javascript", API.read_bytes())
            if parts == ["favicon.ico"]:
                return self._answer(204, "image/png", b"")
            if not platform.logged_in:
                return self._answer(303, "text/html", b"", Location="/login")
            if parts[0] == "player":
                page = platform.player(parts[1], parse_qs(address.query, keep_blank_values=True))
                return self._answer(200, "text/html; charset=utf-8", page.encode())
            data = platform.activities[parts[1]].files.get("/".join(parts[2:])) if parts[0] == "pluginfile" else None
            if data is None:
                return self._answer(404, "text/plain", b"")
            return self._answer(200, mimetypes.guess_type(parts[-1])[0] or "application/octet-stream", data)

        do_HEAD = do_GET

        def do_POST(self) -> None:
            said = platform.keep(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(200, "text/plain", said.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
