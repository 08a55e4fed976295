"""A site of which much is kept is, byte for byte, the site that is made anew."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, copy_small_site
from tests.tools.test_serve import change


def build(root: Path, site: str, cache: Path | None) -> dict[str, bytes]:
    paths = f"{ROOT / 'hooks'}{os.pathsep}{ROOT}"
    done = subprocess.run(
        [sys.executable, "-m", "tools.build", "--quiet", site],
        cwd=root, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1780000000",
             "ABC_CACHE": str(cache or "")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    folder = root / site
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def of_a_page(root: Path, chance: random.Random) -> None:
    for code, said in (("es", "El cabildo firma."), ("en", "The council signs.")):
        path = root / f"docs/{code}/guia.md"
        paragraphs = path.read_text("utf-8").split("\n\n")
        paragraphs.insert(chance.randrange(2, 4), said)
        path.write_text("\n\n".join(paragraphs), "utf-8")


def of_data(root: Path, chance: random.Random) -> None:
    change(root / "checklists/uno.yml", "en: Nothing.", f"en: Nothing at all, {chance.choice('abc')}.")


def copy_strict_site(root: Path) -> None:
    """The small site, with nothing that a strict build warns of."""
    copy_small_site(root)
    # Its navigation holds two of its pages only.
    change(root / "mkdocs.yml", "omitted_files: warn", "omitted_files: ignore")
    for code in ("es", "en"):
        # What it draws stands where only the default language looks.
        path = root / f"docs/{code}/guia.md"
        path.write_text(
            "\n".join(line for line in path.read_text("utf-8").split("\n") if "mapa.svg" not in line), "utf-8"
        )


def test_what_is_kept_changes_no_byte(tmp_path: Path):
    root, cache, chance = tmp_path / "project", tmp_path / "kept", random.Random(18)
    copy_strict_site(root)
    edits: list[Callable[[Path, random.Random], None]] = [of_a_page, of_data]
    chance.shuffle(edits)
    made = build(root, "first", cache)
    assert any(cache.rglob("*")), "something is kept"
    for number, edit in enumerate(edits):
        edit(root, chance)
        kept, before, made = build(root, f"kept-{number}", cache), made, build(root, f"made-{number}", None)
        differ = [name for name in {*kept, *made} if kept.get(name) != made.get(name)]
        assert not differ, edit.__name__
        assert kept != before, f"{edit.__name__} is to be seen"
    # What is of no use any more stops nothing.
    for path in cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: chance.randrange(60)])
    assert build(root, "again", cache) == made
