"""Writes what lets a browser keep the whole site for where there is no network: a service worker and its manifest.

Only whoever presses the button of the footer gets the copy (``overrides/assets/scripts/offline``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from html import escape
from pathlib import Path

from guide.downloads.data_script import compact, data_script
from guide.reading.colours import read_colours
from guide.reading.project import direction
from guide.reading.texts import Texts

WORKER = "sw.js"
BUNDLE = "assets/bundles/offline_worker.js"
# Packages are loaded into a platform, not read here; what only search engines read is of no use offline.
_LEFT_OUT = ("assets/paquetes/", BUNDLE, "sitemap.xml", WORKER)
_ICONS = (192, 512)


def worker(site: Path, texts: Texts, for_servers: Iterable[str]) -> str:
    """The script that keeps every file of ``site`` and answers with them; its bytes change when any of them does.

    ``for_servers`` are the files that no browser asks for.
    """
    left_out = (*_LEFT_OUT, *for_servers)
    files = {
        name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in sorted(site.rglob("*"))
        if path.is_file() and not (name := path.relative_to(site).as_posix()).startswith(left_out)
    }
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    given = {"version": version, "files": files, "gone": _gone(texts)}
    script = (site / BUNDLE).read_text("utf-8")
    return f"self.abcCopy = {compact(given)};\n{script}"


def _gone(texts: Texts) -> str:
    """Returns the page of an address that is not in the copy."""
    words = texts["offline"]
    return (
        f'<!doctype html><html lang="{texts.code}" dir="{direction(texts.code)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(words['gone_title'])}</title><h1>{escape(words['gone_title'])}</h1><p>{escape(words['gone'])}</p>"
    )


def words_script(texts: Texts) -> str:
    """Returns the words of the button and of what it says, as a script: most pages never need them."""
    return data_script("offline", texts.code, texts["offline"])


def manifest(texts: Texts, start: str) -> str:
    """What a browser needs to put the site among a person's applications; ``start`` is its first page from the root."""
    site, colours = texts["site"], read_colours()
    return json.dumps(
        {
            "name": site["name"],
            "short_name": site["short_name"],
            "lang": texts.code,
            "dir": direction(texts.code),
            "start_url": f"../{start}",
            "scope": "../",
            "display": "minimal-ui",
            "background_color": colours["ground"].light,
            "theme_color": colours["hero"].light,
            "icons": [
                {"src": f"icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
                for size in _ICONS
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
