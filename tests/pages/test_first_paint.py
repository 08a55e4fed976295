"""Nothing that is being read moves when the scripts come: pages painted before their scripts, then with them."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from guide.reading.project import Project
from tests.conftest import ROOT
from tests.documents import Document

MOST = 0.05
NOW = "2026-01-01T00:00:00.000Z"

WATCH = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    const moved = one.sources.map(({ node, previousRect, currentRect }) =>
      `${node?.outerHTML?.slice(0, 60) ?? "text"} ${previousRect.top} to ${currentRect.top}`);
    shifts.push([one.value, moved]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def document(kind: str, id: str, **more) -> dict:
    return {
        "kind": f"abc-{kind}",
        "format": 1,
        "id": id,
        "title": "Villa Nueva",
        "created": NOW,
        "updated": NOW,
        **more,
    }


def kept() -> dict[str, str]:
    """What somebody who came before has in the browser: two rounds, a comparison, a twinning plan."""
    example = json.loads((ROOT / "overrides/assets/example.json").read_text("utf-8"))
    networks = {f"network.{id}": {"ref": id, "name": id, "order": str(n)} for n, id in enumerate(("c40", "eurocities"))}
    items = {"start": {"date": "2027-01-04", "updated": NOW}}
    documents = {
        "abc.assessment.now": example | {"id": "now"},
        "abc.assessment.before": example | {"id": "before", "round": "2025"},
        "abc.comparison.x": document("comparison", "x", items=networks),
        "abc.twinning.y": document("twinning", "y", items=items),
    }
    in_use = {"abc.current": "now", "abc.current-comparison": "x", "abc.current-twinning": "y"}
    return {key: json.dumps(value) for key, value in documents.items()} | in_use


class _Held(http.server.SimpleHTTPRequestHandler):
    """Serves scripts only once they are let go, and never from the browser's own store."""

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.split("?")[0].endswith(".js"):
            self.server.let_go.wait(30)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture(scope="module")
def held(site: Path) -> Iterator[tuple[str, threading.Event]]:
    """Where the site is served, and what lets its scripts go."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Held, directory=site)) as server:
        server.let_go = threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", server.let_go
        server.let_go.set()
        server.shutdown()


def of_each_kind(documents: dict[str, Document], project: Project, code: str) -> list[str]:
    """One page of each kind: of one template, with the same places for scripts to fill."""
    found: dict[tuple, str] = {}
    for path, page in documents.items():
        first = path.split("/")[0]
        if (first if first in project.codes else project.default) != code:
            continue
        template = " ".join(page.find("html")[0].classes)
        names = {name for one in page.elements for name in one.attributes if name.startswith("data-")}
        slots = {one["data-slot"] for one in page.elements if one["data-slot"]}
        found.setdefault((template, frozenset(names | slots)), path)
    return list(found.values())


def shifts(page: Page, address: str, let_go: threading.Event) -> list[tuple[float, list[str]]]:
    let_go.clear()
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    page.evaluate(TWO_FRAMES)
    let_go.set()
    page.wait_for_load_state("networkidle")
    page.evaluate(TWO_FRAMES)
    return page.evaluate("shifts")


@pytest.mark.parametrize("state", ["fresh", "kept"])
@pytest.mark.parametrize("width, height", [(412, 823), (1350, 940)])
def test_nothing_moves_when_the_scripts_come(browser: Browser, held, documents, project, width, height, state):
    start, let_go = held
    context = browser.new_context(viewport={"width": width, "height": height}, locale="es-MX")
    context.add_init_script(WATCH)
    page = context.new_page()
    if state == "kept":
        let_go.set()
        page.goto(f"{start}404.html")
        page.evaluate("(all) => Object.assign(localStorage, all)", kept())
    found = {}
    for code in project.codes:
        # The other languages' pages differ in the length of their words only.
        if code != project.default and (width, state) not in ((412, "fresh"), (1350, "kept")):
            continue
        for path in of_each_kind(documents, project, code):
            moved = shifts(page, start + path, let_go)
            if sum(value for value, _ in moved) >= MOST:
                found[path] = moved
    context.close()
    assert found == {}
