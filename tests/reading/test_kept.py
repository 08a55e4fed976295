"""What is kept is what would be made: whatever was edited, and whatever became of the folder it lies in."""

from __future__ import annotations

import datetime
import errno
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.model.content import Content
from guide.model.scale import Level
from guide.reading import kept as module
from guide.reading.kept import Kept
from tests.conftest import ROOT, copy_small_project


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ABC_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def begun(root: Path, **options: bool) -> Kept:
    kept = Kept()
    kept.begin(root, **options)
    return kept


class Maker:
    """Makes a new value each time, and counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[int, str]:
        self.times += 1
        return self.times, "ñ"


def test_what_is_made_of_the_same_is_made_once(folder: Path, tmp_path: Path):
    make = Maker()
    for _ in range(2):
        kept = begun(tmp_path)
        assert kept(make, "a", {"es": [1, None]}) == (1, "ñ")
        # Equal values in other objects, or in one object twice, are the same.
        text = "".join(["x", "y"])
        assert kept(make, "b", [text, text]) == kept(make, "b", ["xy", "".join(["x", "y"])]) == (2, "ñ")
    assert kept(make, "a", {"es": [1, ""]}) == (3, "ñ")
    assert kept(make, "c", {"es": [1, None]}) == (4, "ñ")


def test_nothing_is_kept_of_what_cannot_be_told_apart(folder: Path, tmp_path: Path):
    kept, make = begun(tmp_path), Maker()
    assert kept(make, "a", lambda: 1) != kept(make, "a", lambda: 1)
    assert kept(make, "c", kept.digest(lambda: 1)) != kept(make, "c", kept.digest(lambda: 1))
    assert kept(lambda: Maker, "b") is kept(lambda: Maker, "b") is Maker


def test_nothing_is_kept_where_nobody_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ABC_CACHE", "")
    for kept in (Kept(), begun(tmp_path)):
        make = Maker()
        assert kept(make, "a") != kept(make, "a")
    assert not [*tmp_path.iterdir()]
    monkeypatch.delenv("ABC_CACHE")
    assert begun(tmp_path)(Maker(), "a") and (tmp_path / ".cache").is_dir()


def test_another_program_keeps_its_own(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    hooks, make = tmp_path / "hooks", Maker()
    hooks.mkdir()
    (hooks / "pages.py").write_text("a = 1\n", "utf-8")

    def asked() -> int:
        kept = Kept()
        kept.begin(tmp_path, hooks)
        return kept(make, "a")[0]

    assert asked() == asked() == 1
    (hooks / "pages.py").write_text("a = 2\n", "utf-8")
    assert asked() == asked() == 2
    packages = tmp_path / "packages"
    (packages / "markdown-3.9.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(packages))
    assert asked() == asked() == 3
    (packages / "markdown-3.9.dist-info").rename(packages / "markdown-4.0.dist-info")
    assert asked() == 4


def test_in_memory_lies_what_the_last_two_builds_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ABC_CACHE", "")
    kept, make = begun(tmp_path, remember=True), Maker()
    first, other = kept(make, "a"), kept(make, "b")
    kept.begin(tmp_path, remember=True)
    assert kept(make, "a") is first
    kept.begin(tmp_path, remember=True)
    assert kept(make, "a") is first and kept(make, "b") != other


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(bytes(one ^ 1 for one in path.read_bytes())),
        lambda path: path.write_bytes(b"\x80\x05K\x01."),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to(path.name)),
    ],
    ids=["empty", "cut short", "other bytes", "of another program", "a folder", "a loop"],
)
def test_what_is_broken_is_made_again(folder: Path, tmp_path: Path, harm):
    make = Maker()
    begun(tmp_path)(make, "a")
    for path in files(folder):
        harm(path)
    assert begun(tmp_path)(make, "a") == (2, "ñ")


def test_what_others_put_there_is_not_run(folder: Path, tmp_path: Path):
    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "hostile"),)

    make = Maker()
    begun(tmp_path)(make, "a")
    for value in (Hostile(), Path("a"), module.Kept):
        data = pickle.dumps(value)
        for path in files(folder):
            path.write_bytes(module.hashlib.sha256(data).digest() + data)
        assert begun(tmp_path)(make, "a") == (make.times, "ñ")
    assert make.times == 4 and not (tmp_path / "hostile").exists()


def test_our_own_records_are_kept(folder: Path, tmp_path: Path):
    made = (Level({"es": "a"}, {"es": "b"}), datetime.date(2026, 11, 30), b"d", frozenset({1.5}))
    begun(tmp_path)(lambda: made, "a")
    assert begun(tmp_path)(Maker(), "a") == made


def test_all_content_comes_back_as_it_was(folder: Path, tmp_path: Path, content: Content):
    """Whatever records it is made of: one that cannot be read again would have all of it read anew each time."""
    begun(tmp_path)(lambda: content, "content")
    assert begun(tmp_path)(Maker(), "content") == content


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_where_nothing_can_be_written_it_is_made(folder: Path, tmp_path: Path, monkeypatch, code: int):
    def refuse(*arguments: object) -> int:
        raise OSError(code, os.strerror(code))

    kept, make = begun(tmp_path), Maker()
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert kept(make, "a") != kept(make, "a")
    kept.end()
    assert not files(folder)
    # A file stands where the folder should be.
    monkeypatch.undo()
    monkeypatch.setenv("ABC_CACHE", str(tmp_path / "file"))
    (tmp_path / "file").write_text("mine", "utf-8")
    kept = begun(tmp_path)
    assert kept(make, "a") != kept(make, "a")
    kept.end()
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_what_nobody_asks_for_goes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    kept, make = begun(tmp_path), Maker()
    kept(make, "old"), kept(make, "used")
    for path in files(folder):
        os.utime(path, (0, 0))
    begun(tmp_path)(make, "used")
    kept.end()
    assert len(files(folder)) == 1 and begun(tmp_path)(make, "used") == (2, "ñ")
    monkeypatch.setattr(module, "_MOST", 10)
    kept = begun(tmp_path)
    kept.end()
    assert not files(folder)


# A check of a project that changes


def check(root: Path, cache: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "guide", "check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "ABC_CACHE": cache, "ABC_LANG": "es"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


def edits(root: Path, chance: random.Random) -> Iterator[str]:
    """Makes one edit after the other; some are mistakes."""
    texts = sorted(path for path in root.rglob("*") if path.suffix in (".md", ".yml") and "locales" not in path.parts)
    for _ in range(4):
        path = chance.choice(texts)
        lines = path.read_text("utf-8").split("\n")
        place = chance.randrange(len(lines))
        lines[place] = lines[place][::-1] if chance.random() < 0.5 else f"{lines[place]} 7  "
        path.write_text("\n".join(lines), "utf-8")
        yield f"{path.name}:{place + 1}"
    new = root / "docs/es/nueva.md"
    new.write_text("---\ntitle: Nueva\n---\n\n# Nueva\n", "utf-8")
    yield "a new page"
    new.unlink()
    yield "it is gone"


def test_a_kept_check_says_what_a_check_says(tmp_path: Path):
    root, folder = tmp_path / "project", tmp_path / "kept"
    copy_small_project(root)
    for edit in ["", *edits(root, random.Random(7))]:
        cold = check(root, "")
        assert check(root, str(folder)) == cold, edit
        before = {path: path.read_bytes() for path in files(folder)}
        assert check(root, str(folder)) == cold and before, edit
        assert {path: path.read_bytes() for path in files(folder)} == before
