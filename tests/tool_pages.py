"""Does what the tests of the planners do with their pages: opens them, reads what is kept, opens files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

DENIED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } });"


def slot(page: Page, name: str):
    return page.locator(f'[data-slot="{name}"]')


def press(page: Page, action: str) -> None:
    page.locator(f'[data-action="{action}"]:visible').first.click()


def saved(page: Page, words: dict) -> None:
    """Waits until the page says that it saved."""
    start = words["kept"]["state"]["saved"].split("{")[0]
    expect(slot(page, "kept-state")).to_contain_text(start)
    # Typing is saved once it pauses.
    page.wait_for_timeout(500)


def stored(page: Page, kind: str) -> dict | None:
    """The document in use as the browser keeps it."""
    text = page.evaluate(f"localStorage['abc.{kind}.' + localStorage['abc.current-{kind}']] ?? null")
    return text and json.loads(text)


def texts(page: Page) -> str:
    """What the memo or road map says."""
    page.wait_for_timeout(300)
    return slot(page, "paper").evaluate("one => one.shadowRoot.querySelector('article').innerText")


def download(page: Page, action: str, folder: Path, press: Callable[[Page, str], None] = press) -> Path:
    """The file that is saved when ``press`` does what ``action`` names."""
    with page.expect_download() as found:
        press(page, action)
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


def open_file(page: Page, file: Path | dict) -> None:
    slot(page, "file-input").set_input_files(file)
    expect(slot(page, "file-dialog")).to_be_visible()


def payload(text: str, name: str = "abc-prueba.json") -> dict:
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def pages_on_paper(page: Page) -> int:
    """How many sheets of letter paper the page prints on."""
    # Set in another face, it takes other pages.
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter", prefer_css_page_size=True)))
