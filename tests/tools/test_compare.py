"""What a change leaves as it was: two sites, compared file by file."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import ROOT
from tests.tools.test_serve import change, small_site  # noqa: F401
from tools import compare

PAGE = """<!doctype html>
<link rel="stylesheet" href="{up}assets/styles/page{mark}.css">
<h1>Lunes</h1>
<p>Qué hacer el {day}</p>
<script type="text/css" data-slot="report-style">p {{ color: #{mark} }}</script>
<script src="{up}assets/bundles/page{mark}.js?v={mark}"></script>
"""


def archive(**members: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return held.getvalue()


def write(site: Path, mark: str, day: str = "lunes", **more: bytes) -> Path:
    """A site whose scripts and styles are called by a mark; ``more`` are its other files."""
    files = {
        "index.html": PAGE.format(up="", mark=mark, day=day).encode(),
        "a/index.html": PAGE.format(up="../", mark=mark, day="lunes").encode(),
        f"assets/styles/page{mark}.css": f"p {{ color: #{mark} }}".encode(),
        f"assets/bundles/page{mark}.js": f"alert({mark})".encode(),
        "lista.xlsx": archive(one="1", two=f"el {day}"),
        "paquete.zip": archive(**{"index.html": "1", "assets/styles/page.css": mark}),
        "sitemap.xml.gz": gzip.compress(day.encode(), mtime=int(mark)),
        "mark.png": b"\xff\x00" + day.encode(),
        **more,
    }
    for name, data in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    return site


@pytest.fixture
def said(project: Project) -> dict:
    return open_texts(project, "es")["compare"]


def test_names_of_scripts_and_styles_and_what_is_in_them_may_change(tmp_path: Path, said: dict):
    before, now = write(tmp_path / "before", "111"), write(tmp_path / "now", "222")
    assert dict(compare.differences(before, now, said)) == {}
    assert compare._changed_looks(before, now) == 4


def test_data_that_scripts_read_may_not_change(tmp_path: Path, said: dict):
    before, now = (write(tmp_path / name, "111", **{"assets/instrument/es.js": name.encode()}) for name in ("a", "b"))
    assert list(dict(compare.differences(before, now, said))) == ["assets/instrument/es.js"]


def test_each_file_that_differs_is_a_line_with_the_first_place(tmp_path: Path, said: dict):
    before = write(tmp_path / "before", "111", **{"old.html": b""})
    now = write(tmp_path / "now", "222", day="martes", **{"new.html": b""})
    found = dict(compare.differences(before, now, said))
    assert list(found) == ["index.html", "lista.xlsx", "mark.png", "new.html", "old.html", "sitemap.xml.gz"]
    first, before_, now_ = found["index.html"].splitlines()
    assert "index.html:4:" in first and "el lunes" in before_ and "el martes" in now_
    assert found["lista.xlsx"].startswith("lista.xlsx!two:1:")
    assert found["mark.png"] == fill(said["bytes"], {"file": "mark.png", "byte": 2})
    assert found["new.html"] == fill(said["new"], {"file": "new.html"})
    assert found["old.html"] == fill(said["gone"], {"file": "old.html"})


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@abc.example")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.compare", *arguments],
        cwd=root, capture_output=True, text=True,
        env={**os.environ, "ABC_LANG": "es", "PYTHONPATH": f"{ROOT / 'hooks'}:{ROOT}"},
    )  # fmt: skip


def test_a_revision_and_the_tree_as_it_is_are_built_and_compared(small_site: Path, said: dict):
    git(small_site, "init")
    git(small_site, "add", ".")
    git(small_site, "commit", "-m", "one")
    for wrong, sentence in (
        (["nowhere"], fill(said["no_base"], {"base": "nowhere"})),
        (["HEAD", "diez"], fill(said["times"], {"times": "diez"})),
    ):
        told = run(small_site, *wrong)
        assert (told.returncode, told.stdout, told.stderr.strip()) == (2, "", sentence)
    # What is not committed is of the site as it is now.
    change(small_site / "checklists/uno.yml", "¿Existe un plan?", "¿Existe un mapa?")
    styles = small_site / "overrides/styles/base/text.css"
    styles.write_text(f"{styles.read_text('utf-8')}.new {{\n  color: inherit;\n}}\n", "utf-8")
    done = run(small_site, "HEAD", "")
    assert done.returncode == 1, done.stderr
    *lines, looks, sum_ = done.stdout.splitlines()
    (at,) = [place for place, line in enumerate(lines) if line.startswith("autoevaluacion/uno/index.html:")]
    assert "¿Existe un plan?" in lines[at + 1] and "¿Existe un mapa?" in lines[at + 2]
    assert looks.rstrip("0123456789") == said["looks"].partition("{")[0] and not looks.endswith(" 0")
    assert sum_.startswith(said["different"].partition("{")[0])
