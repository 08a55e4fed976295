"""A new kind of YAML is one module and its words: nothing else of the code is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, copy_small_project

MODULE = '''"""Reads the holidays, a file each: ``holidays/<id>.yml``."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from guide.model.file_kind import FileKind
from guide.reading.schema import Boolean, Day, Texts, Translated
from guide.reading.shapes import Default, shape_of


@dataclass(frozen=True)
class Holiday:
    """A day off; ``id`` is its file's name."""

    id: str
    name: Annotated[Translated, Texts()]
    day: Annotated[datetime.date, Day()]
    official: Annotated[bool, Boolean(), Default(True)]


KINDS = (FileKind("holiday", "holidays/*.yml", shape_of(Holiday), plain=True),)
'''
WORDS = {
    "es": ("Un día festivo.", "Cómo se llama.", "Qué día cae.", "Si lo da la ley."),
    "en": ("A holiday.", "What it is called.", "Which day it is.", "Whether the law gives it."),
}
GOOD = "name: {es: Año nuevo, en: New Year}\nday: 2026-01-01\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a copy of the code, a module more and its words."""
    root = tmp_path_factory.mktemp("kind") / "project"
    copy_small_project(root)
    shutil.copytree(ROOT / "hooks/guide", root / "hooks/guide", ignore=shutil.ignore_patterns("__pycache__"))
    # Where the colours of the workbook stand.
    shutil.copytree(ROOT / "overrides/styles", root / "overrides/styles")
    (root / "hooks/guide/model/holidays.py").write_text(MODULE, "utf-8")
    for code, (kind, *keys) in WORDS.items():
        path = root / f"locales/{code}.yml"
        fields = "".join(f"    {key}: {said}\n" for key, said in zip(("name", "day", "official"), keys))
        text = path.read_text("utf-8").replace("\nfiles:\n", f"\nfiles:\n  holiday: {kind}\n", 1)
        path.write_text(text.replace("\nfields:\n", f"\nfields:\n  holiday:\n{fields}", 1), "utf-8")
    return root


def run(root: Path, *arguments: str) -> str:
    """What a command of the copied code says, right or wrong."""
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "ABC_LANG": "es"}
    done = subprocess.run([sys.executable, *arguments], cwd=root, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_a_new_kind_is_one_module_and_its_words(project: Path):
    said = run(project, "-m", "guide", "new", "holiday", "ano-nuevo")
    started = project / "holidays/ano-nuevo.yml"
    assert started.is_file(), said
    # Every key is explained, and what may be left out is a comment.
    text = started.read_text("utf-8")
    assert all(word in text for word in WORDS["es"][1:])
    assert set(yaml.safe_load(text)) == {"name", "day"} and "#official" in text

    run(project, "-m", "guide", "schemas")
    schema = json.loads((project / "schemas/holiday.json").read_text("utf-8"))
    assert list(schema["properties"]) == ["name", "day", "official"]
    assert schema["required"] == ["name", "day"]
    assert WORDS["en"][0] in schema["description"]

    started.write_text(GOOD, "utf-8")
    said = run(
        project,
        "-c",
        "from pathlib import Path\n"
        "from guide.model.content import load\n"
        "from guide.reading.project import open_project\n"
        "(one,) = load(open_project(Path('.'))).plain['holiday']\n"
        "print(one.id, one.name['en'], one.day.isoformat(), one.official)",
    )
    assert said.split("\n")[0] == "ano-nuevo New Year 2026-01-01 True"


def test_its_mistakes_are_told_like_any_others(project: Path):
    (project / "holidays").mkdir(exist_ok=True)
    (project / "holidays/malo.yml").write_text("nam: {es: Uno, en: One}\nday: mañana\nofficial: si\n", "utf-8")
    said = run(project, "-m", "guide", "check")
    assert "holidays/malo.yml:1: nam" in said and "name" in said
    assert "holidays/malo.yml:2: day: " in said
    assert "holidays/malo.yml:3: official: " in said
    (project / "holidays/malo.yml").unlink()
