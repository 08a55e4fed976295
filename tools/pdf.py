"""Prints the whole guide as PDF, one file per language: with bookmarks, numbered pages and tags for screen readers.

``tools.build`` asks for it where the setting ``extra.pdf`` is on (``make build pdf=1``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Route
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from guide.model.site_pages import BOOK_PAGE
from guide.pages.addresses import Addresses
from guide.pages.book import PDF
from tools.browser import open_browser

# What a tag is called by others; Chromium numbers them as it comes to them.
_NODE = re.compile(rb"\(node(\d{8})\)")
_HEADINGS = "all => all.map((one) => one.textContent)"


def write(site: Path, addresses: Mapping[str, Addresses], site_url: str) -> None:
    """Writes the files into ``site``, whose addresses are given by language; it is to be published at ``site_url``.

    Raises RuntimeError where no browser has been set up.
    """

    def answer(route: Route) -> None:
        # Links of the document lead to where the site will be, so the browser has to be there.
        path = unquote(urlsplit(route.request.url.removeprefix(site_url)).path)
        file = site / path / "index.html" if not path or path.endswith("/") else site / path
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.abort()

    with open_browser() as browser:
        # Pages are complete without scripts, and stand still.
        page = browser.new_page(java_script_enabled=False)
        page.route("**", answer)
        for code, one in addresses.items():
            page.goto(site_url + one.of(BOOK_PAGE))
            page.evaluate("() => document.fonts.ready.then(() => true)")
            # The sheet and its numbers are those of the style for paper.
            made = page.pdf(format="Letter", prefer_css_page_size=True, outline=True, tagged=True)
            headings = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(_HEADINGS)
            (site / PDF.format(code=code)).write_bytes(with_names(made, headings))


def with_names(pdf: bytes, headings: Iterable[str]) -> bytes:
    """Returns the document with its bookmarks named as the headings are.

    Chromium loses the space where a heading goes on in the next line, and names it twice where it moved to the next
    sheet.
    """
    names = {_letters(one): " ".join(one.split()) for one in headings}
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    for one in _all_of(writer.get_outline_root()):
        letters = _letters(str(one["/Title"]))
        half = letters[: len(letters) // 2]
        name = names.get(letters) or (names.get(half) if half * 2 == letters else None)
        if name:
            one[NameObject("/Title")] = TextStringObject(name)
    # The same guide gives the same bytes, whenever it is printed.
    writer.metadata = {name: said for name, said in (writer.metadata or {}).items() if not name.endswith("Date")}
    made = io.BytesIO()
    writer.write(made)
    numbers: dict[bytes, int] = {}
    return _NODE.sub(lambda one: b"(node%08d)" % numbers.setdefault(one[1], len(numbers)), made.getvalue())


def _all_of(above: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yields the bookmarks below one, or below the root, in their order."""
    one = above.get("/First")
    while one is not None:
        found = cast(DictionaryObject, one.get_object())
        yield found
        yield from _all_of(found)
        one = found.get("/Next")


def _letters(text: str) -> str:
    return "".join(text.split())
