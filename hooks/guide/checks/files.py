"""Files that nobody would read: another ending, a folder of no language, a name that is no address."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    project = site.project
    root = project.root
    folders = ", ".join(f"docs/{code}/" for code in project.codes)
    strange: set[str] = set()
    for path in _files(root / "docs"):
        name = path.relative_to(root).as_posix()
        code = name.split("/")[1]
        if path.suffix.lower() not in _WRITTEN | _DATA:
            continue
        if re.fullmatch(r"[a-z]{2}", code) and code not in project.codes:
            # Somebody has begun a language: once is enough.
            if code not in strange:
                strange.add(code)
                problems.add(f"docs/{code}", 0, "", "language_unknown", language=code, folders=folders)
        elif code not in project.codes:
            problems.add(name, 0, "", "file_outside", folders=folders)
        elif path.suffix != ".md":
            problems.add(name, 0, "", "page_ending")
        elif not all(IDENTIFIER.fullmatch(part) for part in PurePosixPath(name).with_suffix("").parts[2:]):
            problems.add(name, 0, "", "page_name")
        elif (inside := name.split("/", 2)[2]) in site.anchors and inside not in CONTINUED_PAGES:
            problems.add(name, 0, "", "page_taken")
    for folder in sorted({kind.folder for kind in site.kinds if kind.folder}):
        for path in _files(root / folder):
            # Whoever reads the folder tells of .yaml.
            if path.parent != root / folder or path.suffix not in (".yml", ".yaml"):
                wanted = f"{folder}/{slug(path.stem)}.yml"
                problems.add(path.relative_to(root).as_posix(), 0, "", "file_place", wanted=wanted)
    single = {kind.files for kind in site.kinds if not kind.folder}
    for path in _files(root / "data"):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in _DATA and path.parent == root / "data" and name not in single:
            problems.add(name, 0, "", "file_unread")
    for path in _files(root / "formats"):
        name = path.relative_to(root).as_posix()
        if path.parent.name in project.codes:
            if path.suffix != ".md":
                problems.add(name, 0, "", "page_ending")
        elif name not in single:
            problems.add(name, 0, "", "file_outside", folders=folders.replace("docs/", "formats/"))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below ``folder`` but what systems and programs leave there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "~")) and path.name not in ("Thumbs.db", "desktop.ini"):
            yield path
