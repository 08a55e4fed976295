"""``make check`` and ``make ids`` as their users meet them, and the build with wrong content."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest

from guide.__main__ import main
from guide.model.content import Content
from guide.reading.kept import kept
from tests.conftest import ROOT, mkdocs


def run(command: str, root: Path, *arguments: str, **environment: str) -> SimpleNamespace:
    """Runs a command in this process, as ``guide`` does in one of its own: a third of the time."""
    out, err, keeping = io.StringIO(), io.StringIO(), kept.on
    with (
        contextlib.chdir(root),
        mock.patch.dict(os.environ, environment),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main([command, *arguments])
    if keeping:
        kept.begin(ROOT)
    return SimpleNamespace(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())


def guide(command: str, root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "guide", command, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks"), **environment},
        capture_output=True,
        text=True,
    )


def copy_project(folder: Path) -> Path:
    """The whole project, in a folder of its own below ``folder``."""
    root = folder / "project"
    ignored = shutil.ignore_patterns(".git", ".venv", "site", "tests", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, root, ignore=ignored)
    return root


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The whole project, to break."""
    return copy_project(tmp_path)


def spoil(root: Path, content: Content) -> None:
    """One mistake in each of the first two checklists."""
    first, second = (root / one.source for one in content.checklists[:2])
    first.write_text(first.read_text("utf-8").replace("minutes:", "minuts:"), "utf-8")
    second.write_text(second.read_text("utf-8").replace("version: 1", "version: no"), "utf-8")


def test_the_content_of_the_site_is_right():
    """Ids that are not listed yet are no error: who adds an entry in the browser cannot run ``make ids``."""
    done = guide("check", ROOT, ABC_LANG="en")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_lists_every_mistake_of_every_file_in_the_authors_language(copy, content):
    spoil(copy, content)
    for code, expected in (("es", "¿quiso escribir «minutes»?"), ("en", "did you mean “minutes”?")):
        done = guide("check", copy, ABC_LANG=code)
        assert done.returncode == 1
        assert expected in done.stderr
        for one in content.checklists[:2]:
            assert f"{one.source}:" in done.stderr
        assert "Traceback" not in done.stderr


def test_wrong_content_stops_the_build_and_leaves_the_last_site(copy, content):
    site = copy / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site")
    spoil(copy, content)
    page = copy / "docs/en/acerca.md"
    page.write_text(page.read_text("utf-8").replace("](bibliografia.md)", "](biblografia.md)", 1), "utf-8")
    done = mkdocs("build", "--strict", root=copy, ABC_LANG="en")
    assert done.returncode == 1
    assert "the page “biblografia.md” does not exist; did you mean “bibliografia.md”?" in done.stderr
    assert "Traceback" not in done.stderr
    for one in content.checklists[:2]:
        assert f"{one.source}:" in done.stderr
    assert (site / "index.html").read_text() == "the last good site"


def test_ids_adds_what_is_new_and_forgets_nothing(copy, content):
    listed = copy / "data/published-ids.yml"
    assert guide("ids", copy).returncode == 0
    before = listed.read_text("utf-8")
    first = content.checklists[0]
    listed.write_text(before.replace(f"      - {first.criteria[-1].id}\n", ""), "utf-8")
    assert guide("ids", copy).returncode == 0
    assert listed.read_text("utf-8") == before
    assert guide("ids", copy).returncode == 0
    assert listed.read_text("utf-8") == before


def test_knowledge_of_checklists_does_not_need_mkdocs():
    code = (
        "import sys; sys.modules['mkdocs'] = None\n"
        "import guide.__main__, guide.pages.registry, guide.pages.explained_terms, guide.downloads.registry"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
