"""Stands in for the host of the repository, as an answer to a proposal meets it: what GitHub takes and refuses."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
NUMBER = 7
TOKEN = "a-token"


class FakeHost:
    """One pull request of the repository ``ciudades/abc``: the branch ``head`` of ``root`` against ``main``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.comments: list[dict] = []
        self.on_lines: list[dict] = []
        self.requests: list[str] = []
        self.failures: list[int] = []
        self._next = 1

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout

    def event(self) -> dict:
        """What a workflow is told of the pull request."""
        repository = {"full_name": "ciudades/abc", "html_url": "https://host.example/ciudades/abc"}
        fork = {"full_name": "ana/abc", "html_url": "https://host.example/ana/abc"}
        return {
            "number": NUMBER,
            "pull_request": {
                "number": NUMBER,
                "html_url": f"https://host.example/ciudades/abc/pull/{NUMBER}",
                "head": {"sha": self.git("rev-parse", "head").strip(), "ref": "un cambio", "repo": fork},
                "base": {"repo": repository},
            },
        }

    def say(self, kind: str, user: str, **comment: object) -> dict:
        """Adds a comment of ``kind`` (``comments``, ``on_lines``)."""
        made = {"id": self._next, "user": {"login": user}, **comment}
        self._next += 1
        getattr(self, kind).append(made)
        return made

    def files(self) -> list[dict]:
        names = self.git("diff", "--name-only", "-z", "main...head").rstrip("\0").split("\0")
        names = [name for name in names if name]
        return [{"filename": one, "patch": self._patch(one)} for one in names]

    def _patch(self, name: str) -> str:
        whole = self.git("diff", "main...head", "--", name)
        return whole[whole.index("@@") :].rstrip("\n") if "@@" in whole else ""

    def _in_diff(self, name: str, line: int) -> bool:
        heads = re.findall(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", self._patch(name), re.MULTILINE)
        return any(int(start) <= line < int(start) + int(count or 1) for start, count in heads)

    def answer(self, method: str, path: str, body: dict | None) -> tuple[int, object]:
        """The status and what comes with it."""
        address = urlsplit(path)
        page = int(parse_qs(address.query).get("page", ["1"])[0]) - 1
        size = int(parse_qs(address.query).get("per_page", ["30"])[0])
        self.requests.append(f"{method} {address.path}")
        if self.failures:
            return self.failures.pop(0), {"message": "no"}
        place = address.path.removeprefix("/repos/ciudades/abc")
        lists = {
            f"/pulls/{NUMBER}/files": self.files,
            f"/issues/{NUMBER}/comments": lambda: self.comments,
            f"/pulls/{NUMBER}/comments": lambda: self.on_lines,
        }
        if method == "GET" and place in lists:
            return 200, lists[place]()[page * size : (page + 1) * size]
        if method == "POST" and place == f"/issues/{NUMBER}/comments":
            return self._too_long(body) or (201, self.say("comments", BOT, body=body["body"]))
        if found := re.fullmatch(r"/issues/comments/(\d+)", place):
            (one,) = [one for one in self.comments if one["id"] == int(found[1])]
            one["body"] = body["body"]
            return self._too_long(body) or (200, one)
        if method == "DELETE" and (found := re.fullmatch(r"/pulls/comments/(\d+)", place)):
            self.on_lines = [one for one in self.on_lines if one["id"] != int(found[1])]
            return 204, None
        if method == "POST" and place == f"/pulls/{NUMBER}/reviews":
            return self._review(body)
        return 404, {"message": "Not Found"}

    def _too_long(self, body: dict) -> tuple[int, object] | None:
        return (422, {"message": "Body is too long"}) if len(body["body"]) > 65536 else None

    def _review(self, body: dict) -> tuple[int, object]:
        assert body["event"] == "COMMENT" and body["commit_id"] == self.git("rev-parse", "head").strip()
        if not all(one["side"] == "RIGHT" and self._in_diff(one["path"], one["line"]) for one in body["comments"]):
            return 422, {"message": "Line could not be resolved"}
        for one in body["comments"]:
            self.say("on_lines", BOT, path=one["path"], line=one["line"], body=one["body"])
        return 200, {}


@contextmanager
def serve_host(host: FakeHost) -> Iterator[str]:
    """The address of the host's API while the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                status, said = 401, {"message": "Bad credentials"}
            else:
                status, said = host.answer(self.command, self.path, body)
            self.send_response(status)
            self.end_headers()
            if status != 204:
                self.wfile.write(json.dumps(said).encode())

        do_GET = do_POST = do_PATCH = do_DELETE = handle_any

        def log_message(self, *arguments) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
