"""The site is built whole or not at all, and what stops it is a sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from guide.reading.texts import fill
from tests.conftest import ROOT
from tests.tools.test_serve import change, small, words  # noqa: F401
from tools import build, zip


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def made(tmp_path: Path) -> Path:
    for name in ("index.html", "a/index.html", "b/c/index.html"):
        file = tmp_path / "made" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"new {name}", "utf-8")
    return tmp_path / "made"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A site of before: a page that stays, one that goes, and what MkDocs leaves alone."""
    for name in ("index.html", "a/index.html", "old/index.html", ".git/config", ".nojekyll"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"old {name}", "utf-8")
    return tmp_path / "site"


def test_what_was_built_takes_the_place_of_what_was_there(made: Path, place: Path):
    build.put_in_place(made, place)
    assert held(place) == {**held(made), ".git/config": "old .git/config", ".nojekyll": "old .nojekyll"}
    assert not (place / "old").exists()
    new = place.with_name("nowhere") / "deep"
    build.put_in_place(made, new)
    assert held(new) == held(made)


def test_where_one_file_cannot_be_written_none_is(made: Path, place: Path, monkeypatch: pytest.MonkeyPatch):
    before = held(place)
    whole, count = Path.write_bytes, []

    def write_bytes(path: Path, data: bytes) -> int:
        count.append(path)
        if len(count) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(OSError, match="No space") as told:
        build.put_in_place(made, place)
    assert told.value.filename == str(place)
    assert held(place) == before and not (place / "b").exists()


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.build", *arguments],
        cwd=root, capture_output=True, text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "ABC_LANG": "es", "PYTHONPATH": f"{ROOT / 'hooks'}:{ROOT}"},
    )  # fmt: skip


def test_what_stops_a_build_is_a_sentence_and_leaves_the_last_site(small: Path, words: dict):
    for code in ("es", "en"):
        # Without the links to pages that our hooks make.
        (small / f"docs/{code}/guia.md").write_text("# Guía\n\nEl cabildo.\n", "utf-8")
    assert run(small, "site").returncode == 0
    before = held(small / "site")
    assert "El cabildo." in before["guia/index.html"]
    untouched = fill(words["site_untouched"], {"place": "site"})
    change(small / "docs/es/guia.md", "El cabildo.", "La sindicatura.")

    change(small / "mkdocs.yml", "nav:\n", "nav: [\n")
    done = run(small, "site")
    assert done.returncode == 1 and "mkdocs.yml:" in done.stderr and done.stderr.endswith(untouched + "\n")
    change(small / "mkdocs.yml", "nav: [\n", "nav:\n")

    template = small / "overrides/main.html"
    template.write_text("{% block %}", "utf-8")
    done = run(small, "site")
    assert done.returncode == 1 and "overrides/main.html:1:" in done.stderr and untouched in done.stderr
    template.write_text('{% extends "base.html" %}\n', "utf-8")

    # A warning stops what is to be published.
    change(small / "docs/es/guia.md", "La sindicatura.", "[La sindicatura.](nada.md)")
    assert run(small, "site").returncode == 1
    change(small / "docs/es/guia.md", "[La sindicatura.](nada.md)", "La sindicatura.")

    assert held(small / "site") == before
    (small / "file").write_text("x", "utf-8")
    done = run(small, "file")
    assert done.returncode == 1 and fill(words["in_the_way"], {"place": str(small / "file")}) in done.stderr
    assert "Traceback" not in done.stderr

    assert run(small, "site").returncode == 0
    assert "La sindicatura." in held(small / "site")["guia/index.html"]


def test_an_archive_is_whole_or_the_one_before(made: Path, tmp_path: Path, words: dict, monkeypatch, capsys):
    monkeypatch.setenv("ABC_LANG", "es")
    file = tmp_path / "site.zip"
    assert zip.main(made, file) == 0
    before = file.read_bytes()
    capsys.readouterr()
    for number, name in ((errno.ENOSPC, "disk_full"), (errno.EROFS, "not_allowed")):

        def writestr(*_: object, number: int = number, **__: object) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as broken:
            broken.setattr("zipfile.ZipFile.writestr", writestr)
            assert zip.main(made, file) == 1
        assert capsys.readouterr().err == fill(words[name], {"place": file}) + "\n"
        assert file.read_bytes() == before and not list(tmp_path.glob(".*"))
    (tmp_path / "x.zip").mkdir()
    assert zip.main(made, tmp_path / "x.zip") == 1
    assert capsys.readouterr().err == fill(words["in_the_way"], {"place": tmp_path / "x.zip"}) + "\n"
    assert zip.main(tmp_path / "none", file) == 1
    assert capsys.readouterr().err == fill(words["no_site"], {"place": tmp_path / "none"}) + "\n"
