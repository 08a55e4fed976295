"""Finds files that nobody would read: another ending, a folder of no language, a name that is no address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from guide.checks.corpus import Site
from guide.model.site_pages import CONTINUED_PAGES
from guide.reading.problems import Problems
from guide.reading.schema import IDENTIFIER, slug

# What somebody may have written a page or an entry in. Images and papers to download may stand beside pages.
_WRITTEN = frozenset({".doc", ".docx", ".htm", ".html", ".markdown", ".md", ".mdown", ".odt", ".rtf", ".txt"})
_DATA = frozenset({".json", ".yaml", ".yml"})


def check(site: Site, problems: Problems) -> None:
    """Records files in the folders of the content that have no place or name there."""
    _check_pages(site, problems)
    _check_folders(site, problems)
    single = {kind.files for kind in site.kinds if not kind.folder}
    _check_data(site, single, problems)
    _check_templates(site, single, problems)


def _check_pages(site: Site, problems: Problems) -> None:
    """Records files beside the pages that are none, or cannot be."""
    project = site.project
    folders = ", ".join(f"docs/{code}/" for code in project.codes)
    strange: set[str] = set()
    for path in _files(project.root / "docs"):
        name = project.files.name(path)
        code = name.split("/")[1]
        if path.suffix.lower() not in _WRITTEN | _DATA:
            continue
        if code in project.codes:
            if wrong := _wrong_page(site, name):
                problems.add(name, 0, "", wrong)
        elif not re.fullmatch(r"[a-z]{2}", code):
            problems.add(name, 0, "", "file_outside", folders=folders)
        # Somebody has begun a language: once is enough.
        elif code not in strange:
            strange.add(code)
            problems.add(f"docs/{code}", 0, "", "language_unknown", language=code, folders=folders)


def _wrong_page(site: Site, name: str) -> str:
    """Returns what is wrong with the name of a page, "" where nothing is."""
    path, inside = PurePosixPath(name), name.split("/", 2)[2]
    if path.suffix != ".md":
        return "page_ending"
    if not all(IDENTIFIER.fullmatch(part) for part in path.with_suffix("").parts[2:]):
        return "page_name"
    return "page_taken" if inside in site.anchors and inside not in CONTINUED_PAGES else ""


def _check_folders(site: Site, problems: Problems) -> None:
    """Records files in the folders of a kind that are not of it."""
    root = site.project.root
    for folder in sorted({kind.folder for kind in site.kinds if kind.folder}):
        for path in _files(root / folder):
            # Whoever reads the folder tells of .yaml.
            if path.parent != root / folder or path.suffix not in (".yml", ".yaml"):
                wanted = f"{folder}/{slug(path.stem)}.yml"
                problems.add(site.project.files.name(path), 0, "", "file_place", wanted=wanted)


def _check_data(site: Site, single: Collection[str], problems: Problems) -> None:
    """Records data that nobody reads."""
    folder = site.project.root / "data"
    for path in _files(folder):
        name = site.project.files.name(path)
        if path.suffix.lower() in _DATA and path.parent == folder and name not in single:
            problems.add(name, 0, "", "file_unread")


def _check_templates(site: Site, single: Collection[str], problems: Problems) -> None:
    """Records files among the templates to take away that are none."""
    codes = site.project.codes
    folders = ", ".join(f"formats/{code}/" for code in codes)
    for path in _files(site.project.root / "formats"):
        name = site.project.files.name(path)
        if path.parent.name not in codes:
            if name not in single:
                problems.add(name, 0, "", "file_outside", folders=folders)
        elif path.suffix != ".md":
            problems.add(name, 0, "", "page_ending")


def _files(folder: Path) -> Iterator[Path]:
    """Yields every file below ``folder`` but what systems and programs leave there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "~")) and path.name not in ("Thumbs.db", "desktop.ini"):
            yield path
