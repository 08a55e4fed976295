"""The bundles of scripts: in step with their sources, alone in the site, and light."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.scripts import BUNDLES, SCRIPTS, entries, out_of_step, sources


def test_bundles_are_in_step_with_the_scripts():
    assert out_of_step() == [], "Run `make scripts` and commit what it writes."


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (SCRIPTS, BUNDLES):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "tools/node").mkdir(parents=True)
    shutil.copy(ROOT / "tools/node/package-lock.json", tmp_path / "tools/node")
    return tmp_path


def test_what_is_not_in_step_is_named(copy: Path):
    assert out_of_step(copy) == []
    first = sources(copy / SCRIPTS / "entries/search.js")[0]
    first.write_text(first.read_text("utf-8") + "// More.\n", "utf-8")
    assert f"{BUNDLES}/search.js" in out_of_step(copy)
    assert f"{BUNDLES}/compare.js" not in out_of_step(copy)
    (copy / BUNDLES / "left.js").write_text("", "utf-8")
    (copy / BUNDLES / "page.js").unlink()
    assert {f"{BUNDLES}/left.js", f"{BUNDLES}/page.js"} <= set(out_of_step(copy))


def test_every_script_is_in_a_bundle():
    used = {path for entry in entries().values() for path in sources(entry)}
    assert {path.resolve() for path in (ROOT / SCRIPTS).rglob("*.js")} == used


def test_a_page_gets_bundles_and_no_module(site: Path):
    assert not (site / "assets/scripts").exists()
    assert {path.name for path in (site / "assets/bundles").iterdir()} == {Path(name).name for name in entries()}
    for name in entries():
        head, *code = (site / "assets/bundles" / Path(name).name).read_text("utf-8").splitlines()
        assert head.startswith("/* make scripts: ") and code


def test_bundles_are_made_of_a_newer_esbuild_too(copy: Path):
    lock = copy / "tools/node/package-lock.json"
    packages = json.loads(lock.read_text("utf-8"))
    packages["packages"]["node_modules/esbuild"]["version"] += ".1"
    lock.write_text(json.dumps(packages), "utf-8")
    assert out_of_step(copy) == sorted(entries(copy))
