"""Finds the Chromium of the tests: installs one where it may, writes down which, opens it.

``python -m tools.browser FILE`` writes ``{"executable": path}`` (null: Playwright's own) once the
browser has really opened a page. Exit code 1 with a sentence when there is none: tests need it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Error, sync_playwright

from tools.packages import ROOT, install, may_install, run, say, starts

# Quiet on the network, and able to start as root in a container.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
# The browser without its windows, as Playwright's own download is: tests take a third of the time.
_SHELL = "chromium-headless-shell"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Opens the browser that was written down. Raises RuntimeError where none has been."""
    file = Path(sys.prefix, "browser.json")
    if not file.is_file():
        raise RuntimeError("No browser has been set up. Run the tests with: make test")
    executable = json.loads(file.read_text("utf-8"))["executable"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def works(executable: str | None) -> bool:
    """Returns whether the browser starts and shows a page."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            page = browser.new_page()
            page.set_content("<h1>ABC</h1>")
            found = page.inner_text("h1")
            browser.close()
        except Error:
            return False
    return found == "ABC"


def installed(*names: str) -> str | None:
    """Returns the path of the first program of the system by one of these names that works."""
    return next((path for name in names if (path := shutil.which(name)) and works(path)), None)


def find() -> dict[str, str | None] | None:
    """Returns the browser to use, installing it if need be; None when there is no way."""
    playwright = [sys.executable, "-m", "playwright"]
    if works(None):
        return {"executable": None}
    if run(*playwright, "install", "--only-shell", "chromium"):
        if works(None) or (may_install() and run(*ROOT, *playwright, "install-deps", "chromium") and works(None)):
            return {"executable": None}
    for names in ((_SHELL,), _NAMES):
        if path := installed(*names):
            return {"executable": path}
        if install(names[0]) and (path := installed(*names)):
            return {"executable": path}
    return None


def main(file: str) -> int:
    # Playwright drives the browser with a Node of its own, which has needs too.
    node, _ = compute_driver_executable()
    if not starts(node):
        return 1
    say("looking", program="Chromium")
    found = find()
    if found is None:
        say("no_browser", package="chromium")
        return 1
    Path(file).write_text(json.dumps(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
