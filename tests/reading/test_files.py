"""Every file of the content is read once, and again only when somebody has changed it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from guide.reading.files import Files
from guide.reading.problems import Problems
from tests.conftest import ROOT

# What a check opens, as the interpreter itself reports it.
WATCHED = """
import json, os, sys
opened = []
def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.append(os.path.abspath(arguments[0]))
sys.addaudithook(hear)
from guide.__main__ import main
code = main(sys.argv[1:])
print(json.dumps({"code": code, "opened": opened}))
"""
CONTENT = ("checklists/", "course/", "data/", "docs/", "formats/", "locales/", "networks/", "practices/", "mkdocs.yml")


def opened(*arguments: str) -> Counter[str]:
    """How often each file of the content is opened by a command."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["code"] == 0, done.stderr
    names = (str(Path(one).relative_to(ROOT)) for one in found["opened"] if Path(one).is_relative_to(ROOT))
    return Counter(name for name in names if name.startswith(CONTENT))


@pytest.mark.parametrize("option", [(), ("--report",)])
def test_a_check_opens_every_file_of_the_content_once(option):
    found = opened("check", *option)
    assert {one.split("/")[0] for one in found} == {one.rstrip("/") for one in CONTENT}
    assert len(found) > 200
    assert {name: times for name, times in found.items() if times > 1} == {}


def test_a_file_is_read_again_when_it_has_changed(tmp_path: Path):
    files, path = Files(tmp_path), tmp_path / "uno.yml"
    path.write_text("a: 1\n", "utf-8")
    first = files.node("uno.yml", Problems())
    assert files.node("uno.yml", Problems()) is first
    path.write_text("a: 12\n", "utf-8")
    second = files.node("uno.yml", Problems())
    assert second is not first and second.value[0][1].value == "12"
    assert files.raw("uno.yml") == b"a: 12\n"


def test_what_is_wrong_with_a_file_is_told_to_everybody_who_asks(tmp_path: Path):
    files = Files(tmp_path)
    (tmp_path / "uno.yml").write_text("a: [\n", "utf-8")
    for _ in range(2):
        problems = Problems()
        assert files.node("uno.yml", problems) is None
        assert [one.path for one in problems] == ["uno.yml"]


def test_a_file_that_appears_or_goes_is_noticed(tmp_path: Path):
    files, path = Files(tmp_path), tmp_path / "uno.yml"

    def codes() -> list[str]:
        problems = Problems()
        files.node("uno.yml", problems)
        return [one.code for one in problems]

    assert codes() == ["unreadable"]
    path.write_text("a: 1\n", "utf-8")
    assert codes() == []
    path.unlink()
    assert codes() == ["unreadable"]
    with pytest.raises(FileNotFoundError):
        files.raw("uno.yml")
