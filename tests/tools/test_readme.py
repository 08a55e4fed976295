"""README leads to what is there: files, folders, names in them and links, and stays short enough to be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
_PATH = re.compile(r"`([\w*./-]*(?:/|\.(?:py|js|yml|md|txt|css|html|jinja))[\w*-]*/?)`")


def rows(title: str) -> list[str]:
    """The rows of the table under a heading."""
    section = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert section, title
    return [row for row in section[1].splitlines() if row.startswith("| ")][1:]


def named(row: str) -> list[Path]:
    """The files and folders that a row names; one without a folder is beside the one before it, or below the first."""
    found: list[Path] = []
    for name in _PATH.findall(row):
        places = [ROOT / name, *(folder / name for one in found for folder in (one.parent, *list(one.parents)[1:3]))]
        there = next((place for place in places if place.exists()), None)
        assert there is not None, name
        found.append(there)
    return found


@pytest.mark.parametrize("row", rows("Where do I look for…"))
def test_what_the_table_names_is_there(row: str):
    files = named(row)
    assert files, row
    texts = [file.read_text("utf-8") for file in files if file.is_file()]
    # Functions and constants stand in one of the row's files.
    for name in re.findall(r"`([A-Z_]{3,}|[A-Z]?[a-z_]+)`", re.sub(_PATH, "", row.split("|")[2])):
        assert any(re.search(rf"^(?:def |class )?{name}\b", text, re.MULTILINE) for text in texts), name


def test_every_folder_of_the_tree_has_its_line():
    told = " ".join(rows("Folders"))
    for path in ROOT.iterdir():
        hidden = path.name.startswith(".") and path.name != ".github"
        built = path.name in ("site", "site-offline", "__pycache__", "decisions")
        if path.is_dir() and not hidden and not built:
            assert f"`{path.name}/" in told, path.name


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_to_what_is_there(page: str):
    # What stands in code shows how to write a link.
    text = re.sub(r"`[^`]*`", "", (ROOT / page).read_text("utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_it_is_read_in_five_minutes():
    assert len(README.splitlines()) <= 100
    assert len(README.split()) <= 1_100
