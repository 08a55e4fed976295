"""Shows pages again, in the folder of a site, while the whole is built anew beside it.

A page is rendered and written as the whole build does it, with what that build kept of its language
(``hooks/preview.py``): what comes out is the same to the byte.
"""

from __future__ import annotations

import fnmatch
import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.commands import build as commands

import languages
from building import build
from guide.checks.corpus import read_page
from guide.model.content import load_for_preview
from guide.pages.figures import files_on
from guide.pages.registry import site_pages_of
from guide.pages.styles import write_style_sheets
from guide.reading.problems import ContentError, Problems
from paths import path_of, written_in

_TEMPLATES = ("overrides/*.html", "hooks/guide/pages/templates/*")
_DATA = ("checklists/*", "contacts/*", "course/*", "figures/*", "networks/*", "practices/*", "states/*")


def show(names: Collection[str], viewed: Collection[str] = (), errors: Problems | None = None) -> list[str]:
    """Writes again the pages that show the files ``names``; gives what was written, as paths in the site.

    ``viewed`` are paths of pages that somebody looks at: they show a changed template. ``errors``: what the whole
    build found wrong (None: it has not looked yet).
    """
    if build.project is None:
        return []
    if errors is not None:
        build.found = replace(build.found, errors=errors)
        names = {*names, *(one.path for one in errors)}
    again = errors is not None or any(_is_one(name, _TEMPLATES) for name in names)
    pages = list(_pages(_read(names), viewed if again else ()))
    for file, code in pages:
        _write(file.page, code)
    return [file.dest_uri for file, _ in pages] + list(_beside(names))


def _is_one(name: str, patterns: Collection[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _beside(names: Collection[str]) -> Iterator[str]:
    """Puts styles and what is published as it is where they go; gives what was written."""
    site = Path(next(iter(build.kept.values())).config.site_dir)
    if any(name.startswith("overrides/styles/") for name in names):
        write_style_sheets(site)
        yield "assets/styles"
    for name in names:
        there = name.removeprefix("overrides/")
        if (site / there).is_file() and Path(name).is_file() and there.startswith("assets/"):
            shutil.copy(name, site / there)
            yield there


def _read(names: Collection[str]) -> set[str]:
    """Takes over the files that changed; gives those that can be shown."""
    site = build.found.site
    read = [page for name in sorted(names) if (page := read_page(site, name))]
    pages = {
        code: {**there, **{one.path: one for one in read if one.code == code}} for code, there in site.pages.items()
    }
    build.found = replace(build.found, site=replace(site, pages=pages))
    data = {name for name in names if _is_one(name, _DATA)}
    try:
        if data:
            build.content = load_for_preview(site.project)
            build.pages = site_pages_of(build.content)
    except ContentError:
        # The whole build tells what is wrong; the pages stay as they are.
        return set(names) - data
    return set(names)


def _pages(names: Collection[str], viewed: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Yields the files of the pages that show ``names``, with the language of the site that each stands in."""
    for code, kept in build.kept.items():
        for file in kept.files.documentation_pages():
            shown = {f"docs/{file.src_uri}", *_shown(file)}
            if file.dest_uri in viewed or any(_is_one(name, shown) for name in names):
                yield file, code


def _shown(file: Any) -> set[str]:
    path = path_of(file)
    written = build.found.site.pages[written_in(file)].get(path)
    return {*(build.pages[path].files if path in build.pages else ()), *files_on(written and written.source)}


def _write(page: Any, code: str) -> None:
    kept = build.kept[code]
    languages.go_to(kept.config, code)
    build.begin(code)
    build.chapters = kept.chapters
    commands._populate_page(page, kept.config, kept.files)
    commands._build_page(page, kept.config, kept.files.documentation_pages(), kept.nav, kept.env)
