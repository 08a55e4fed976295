"""The search index of one language as a script the browser loads when search is first used.

A script, not JSON: it also works from a folder opened without a server.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping

_TAGS = re.compile(r"<[^>]*>")


def split(entries: Iterable[Mapping[str, str]], languages: tuple[str, ...]) -> dict[str, list[dict[str, str]]]:
    """Entries by language; ``languages[0]`` lives at the root, the others under ``<code>/``.

    An entry is ``{"location": "page/#heading", "title": …, "text": HTML}``; in the result its
    text is plain and it has ``page``, the title of the page it belongs to.
    """
    found: dict[str, list[dict[str, str]]] = {code: [] for code in languages}
    titles: dict[str, str] = {}
    for entry in entries:
        first = entry["location"].split("/", 1)[0]
        language = first if first in languages[1:] else languages[0]
        page, _, heading = entry["location"].partition("#")
        title = _plain(entry["title"])
        if not heading:
            titles[page] = title
        found[language].append(
            {
                "location": entry["location"],
                "title": title,
                "page": titles.get(page, title),
                "text": _plain(entry["text"]),
            }
        )
    return found


def script(entries: list[dict[str, str]]) -> str:
    """The index as a script that hands it to the search."""
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"abc.search.load({data});\n"


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", markup)).split())
