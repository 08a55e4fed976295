"""Reads the search index of a built site, as its two scripts have it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def script_data(path: Path, name: str) -> Any:
    """What a script of the index hands to the search."""
    return json.loads(path.read_text("utf-8").removeprefix(f"abc.search.{name}(").removesuffix(");\n"))


def search_entries(site: Path, code: str) -> list[dict[str, str]]:
    """Every entry of one language: its location, title and text."""
    titles = script_data(site / f"search/{code}-titles.js", "titles")["titles"]
    texts = script_data(site / f"search/{code}.js", "texts")
    found: list[dict[str, str]] = []
    for (location, title), text in zip(titles, texts, strict=True):
        # A heading of the page before it says its id alone.
        page = found[-1]["location"].partition("#")[0] if location.startswith("#") and found else ""
        found.append({"location": page + location, "title": title, "text": text})
    return found
