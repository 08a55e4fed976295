"""What the main branch records by itself after a change made in the browser."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.checks.test_check import build_project
from tests.checks.test_freshness import git
from tests.model.test_loader import change
from tools import record


def shown(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a repository whose main branch somebody has added a term to."""
    root = build_project(tmp_path / "project")
    git(root, "init", "-q", "-b", "main")
    (tmp_path / "host.git").mkdir()
    git(tmp_path / "host.git", "init", "-q", "--bare", "-b", "main")
    git(root, "remote", "add", "origin", "../host.git")
    monkeypatch.chdir(root)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    git(root, "push", "-q", "origin", "main")
    assert record.main() == 0
    text = (root / "checklists/uno.yml").read_text("utf-8")
    (root / "checklists/dos.yml").write_text(text.replace("uno-01", "dos-01").replace("order: 1", "order: 2"), "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "a checklist from the browser")
    git(root, "push", "-q", "origin", "main")
    return root


def test_new_ids_and_translations_are_recorded_and_sent(root: Path):
    assert "dos-01" not in shown(root, "show", "origin/main:data/published-ids.yml")
    assert record.main() == 0
    git(root, "fetch", "-q")
    assert "      - dos-01\n" in shown(root, "show", "origin/main:data/published-ids.yml")
    assert "checklists/dos.yml:" in shown(root, "show", "origin/main:data/translations/en.yml")
    assert shown(root, "log", "-1", "--format=%an", "origin/main") == "github-actions[bot]\n"
    before = shown(root, "rev-parse", "HEAD")
    assert record.main() == 0
    assert shown(root, "rev-parse", "HEAD") == before


def test_what_is_behind_stays_behind(root: Path):
    assert record.main() == 0
    change(root, "docs/es/guia.md", **{"from": "El cabildo.", "to": "El cabildo y la sindicatura."})
    git(root, "commit", "-qam", "in Spanish only")
    before = shown(root, "rev-parse", "HEAD")
    assert record.main() == 0
    assert shown(root, "rev-parse", "HEAD") == before


def test_a_refused_push_is_said_and_a_mistake_stops(root: Path, capsys):
    git(root, "remote", "set-url", "origin", "../nowhere.git")
    assert record.main() == 0
    assert "::warning::Not recorded on main" in capsys.readouterr().out
    change(root, "checklists/dos.yml", **{"from": "order: 2", "to": "order: two"})
    assert record.main() == 1
