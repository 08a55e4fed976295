"""A build in several processes is the build in one: its files, what it tells, and what stops it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guide.reading import beside
from tests.conftest import ROOT
from tests.reading.test_beside import is_there
from tests.tools.test_kept_builds import copy_strict_site
from tests.tools.test_serve import change

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or beside._processors() < 2 or sys.platform == "darwin",
    reason="where there is one process, it does it all",
)
# Tells who builds English, and does there what a test wants.
PROBE = """
import logging, os, signal, time
from pathlib import Path
from mkdocs.exceptions import PluginError

def on_startup(command, dirty):
    os.environ["PROBE_FIRST"] = str(os.getpid())
    %(start)s

def on_env(env, config, files):
    if config.plugins["i18n"].current_language == "en":
        beside = os.environ["PROBE_FIRST"] != str(os.getpid())
        with Path("built-by").open("a") as file:
            file.write("beside " if beside else "here ")
        %(english)s
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    copy_strict_site(root)
    change(root / "mkdocs.yml", "  - hooks/preview.py\n", "  - hooks/preview.py\n  - probe.py\n")
    probe(root)
    return root


def probe(root: Path, english: str = "pass", start: str = "pass") -> None:
    (root / "probe.py").write_text(PROBE % {"english": english, "start": start}, "utf-8")


def command(root: Path, site: str, first: str = "pass", **environment: str) -> dict:
    (root / "tmp").mkdir(exist_ok=True)
    run = f"import runpy, sys; {first}; sys.argv[1:] = [{site!r}]; runpy.run_module('tools.build', run_name='__main__')"
    given = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1780000000", "ABC_LANG": "es", "ABC_CACHE": ""}
    given |= {"PYTHONPATH": f"{ROOT / 'hooks'}{os.pathsep}{ROOT}", "TMPDIR": str(root / "tmp")}
    return {"args": [sys.executable, "-c", run], "cwd": root, "env": {**os.environ, **given, **environment}}


def build(root: Path, site: str, first: str = "pass", **environment: str) -> tuple[int, str, dict[str, bytes], str]:
    """The exit code, what was told, the files of the site, and who built English."""
    done = subprocess.run(**command(root, site, first, **environment), capture_output=True, text=True)
    told = re.sub(r"[\w/.-]*/abc-\w+|in [\d.]+ seconds", "…", done.stderr)
    folder = root / site
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    by, built_by = "", root / "built-by"
    if built_by.exists():
        by = built_by.read_text("utf-8").strip()
        built_by.unlink()
    assert not [*(root / "tmp").iterdir()]
    return done.returncode, told + done.stdout, files, by


def test_the_site_is_the_same_in_one_process_and_in_several(root: Path, tmp_path: Path):
    code, told, files, by = build(root, "beside")
    assert (code, by) == (0, "beside")
    assert "en/index.html" in files and b"/en/" in files["sitemap.xml"] and told.count("Building 'en'") == 1
    assert build(root, "asked", ABC_ONE_PROCESS="1") == (0, told, files, "here")
    for name in ("keeping", "kept"):
        assert build(root, name, ABC_CACHE=str(tmp_path / "kept")) == (0, told, files, "beside"), name


@pytest.mark.parametrize(
    ("first", "helps"),
    [
        ("pass", True),
        ("import os; del os.fork", False),
        ("import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})", False),
        (
            "import threading; threading.Thread(target=lambda: threading.Event().wait(), daemon=True).start()",
            False,
        ),
        ("import os; os.environ['ABC_ONE_PROCESS'] = '1'", False),
    ],
    ids=["as it is", "unable", "one core", "threads", "asked"],
)
def test_where_a_second_process_would_not_help_there_is_one(first: str, helps: bool):
    run = f"{first}; from guide.reading import beside; print(beside.helps())"
    environment = {name: value for name, value in os.environ.items() if name != "ABC_ONE_PROCESS"}
    environment["PYTHONPATH"] = str(ROOT / "hooks")
    done = subprocess.run([sys.executable, "-c", run], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(helps)


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ('logging.getLogger("mkdocs.plugins.probe").warning("only in English")', "only in English"),
        ('raise ValueError("only in English")', "probe.py:15"),
        ('raise PluginError("only in English")', "only in English"),
    ],
    ids=["a warning", "an error", "an error of ours"],
)
def test_what_stops_the_second_language_is_told_once_and_as_in_one_process(root: Path, english: str, said: str):
    probe(root, english)
    code, told, files, by = build(root, "site")
    assert (code, files, by) == (1, {}, "beside here")
    assert told.count(said) == 1 and told.count("only in English") == 1
    assert build(root, "site", ABC_ONE_PROCESS="1") == (1, told, {}, "here")


def test_what_a_process_that_was_killed_left_is_made_up_for(root: Path):
    _, told, files, _ = build(root, "whole")
    probe(root, "beside and os.kill(os.getpid(), signal.SIGKILL)")
    assert build(root, "killed") == (0, told, files, "beside here")
    # Each of them, before it has done anything: the one of the downloads too.
    probe(root, start="os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGKILL))")
    assert build(root, "all-killed") == (0, told, files, "here")


def test_a_check_finds_the_same_in_one_process_and_in_several(root: Path, tmp_path: Path):
    change(root / "checklists/uno.yml", "en: Nothing.", "en: See [this](nada.md)  and {that}.")
    change(root / "docs/es/guia.md", "(index.md", "(nada.md")

    def check(**environment: str) -> tuple[int, str]:
        options = command(root, "", **environment) | {"args": [sys.executable, "-m", "guide", "check"]}
        done = subprocess.run(**options, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    code, told = check(ABC_ONE_PROCESS="1")
    assert code == 1 and "checklists/uno.yml" in told and "docs/es/guia.md" in told
    for name in ("keeping", "kept"):
        assert check(ABC_CACHE=str(tmp_path / "kept")) == (code, told), name


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_no_process_outlives_the_first_and_no_file_is_left(root: Path, number: signal.Signals):
    probe(root, 'beside and (Path("pid").write_text(str(os.getpid())), time.sleep(600))')
    with subprocess.Popen(
        **command(root, "site"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not (root / "pid").exists() or not (pid := (root / "pid").read_text("utf-8")):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(number)
        told = process.communicate()
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number), told
    assert "Traceback" not in told[1]
    while is_there(int(pid)):
        time.sleep(0.05)
    assert not (root / "site").exists()
    # Nobody can take away what a process leaves that is killed itself.
    assert number == signal.SIGKILL or not [*(root / "tmp").iterdir()]
