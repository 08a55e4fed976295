"""Setting up, and using the commands wrongly: as anybody, in the language of whoever does it."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.reading.project import open_project, open_texts
from guide.reading.texts import fill
from tests.authoring.test_command import run
from tests.conftest import ROOT, copy_small_project
from tests.reading.test_locale_files import flat
from tools import browser, office, packages

CODES = open_project(ROOT).codes
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
NOBODY = 65534
# A Python that makes environments as the system's does: with a link to itself. Without a network, in a moment.
SYSTEM_PYTHON = """#!/bin/sh
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin" && ln -s "$(readlink -f "$0")" "$3/bin/python" ;;
    *sys._base_executable*) readlink -f "$0" ;;
    *'version_info[:2]'*) echo 3.11 ;;
    *sys.version_info*) exit 0 ;;
    *"import pip"*) exit 0 ;;
    *) exit 1 ;;
esac
"""


def as_nobody() -> dict:
    """How to be a user who may not write to the interpreter."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@pytest.fixture
def place() -> Iterator[Path]:
    """What the set-up needs of the project, in a folder of that user's own."""
    # pytest keeps its folders from others.
    root = Path(tempfile.mkdtemp())
    for name in ("Makefile", "mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, root / name)
    for name in ("tools", "locales", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    if os.geteuid() == 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    yield root
    shutil.rmtree(root)


@pytest.fixture
def system_python() -> Iterator[Path]:
    """A Python that nobody but its owner may write, nor anything beside it, as old as a package is."""
    folder = Path(tempfile.mkdtemp())
    python = folder / "python3"
    python.write_text(SYSTEM_PYTHON, "utf-8")
    os.utime(python, (1_600_000_000, 1_600_000_000))
    python.chmod(0o555)
    folder.chmod(0o555)
    yield python
    folder.chmod(0o755)
    shutil.rmtree(folder)


def make(root: Path, *arguments: str, nobody: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ABC_", "LC_", "LANG", "MAKE", "PYTHON"))
    }
    return subprocess.run(
        ["make", *arguments],
        cwd=root,
        env={**kept, "HOME": str(root), "ABC_LANG": "en", **environment},
        capture_output=True,
        text=True,
        **(as_nobody() if nobody else {}),
    )


def words(code: str) -> dict[str, str]:
    return open_texts(open_project(ROOT), code).words


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("nobody", [True, False])
def test_whoever_does_not_own_the_interpreter_can_set_up(place: Path, system_python: Path, named: bool, nobody: bool):
    """Once, and without a change to what belongs to the system; as the system's own user, too."""
    options = {"nobody": nobody, "PATH": f"{system_python.parent}:{os.environ['PATH']}"}
    name = [f"PYTHON={system_python}"] if named else []
    before = system_python.stat()
    done = make(place, ".venv/made", *name, **options)
    assert (done.returncode, done.stderr) == (0, "")
    interpreter, made = place / ".venv/bin/python", place / ".venv/made"
    assert interpreter.is_symlink() and os.path.realpath(interpreter) == str(system_python)
    assert stat.S_ISREG(made.lstat().st_mode)
    after = system_python.stat()
    assert (before.st_mtime_ns, before.st_ctime_ns) == (after.st_mtime_ns, after.st_ctime_ns)

    # Nothing is to be done again: neither without a name nor with the same one.
    dated = made.stat().st_mtime_ns
    assert make(place, "--question", ".venv/made", **options).returncode == 0
    assert make(place, ".venv/made", f"PYTHON={system_python}", **options).returncode == 0
    assert made.stat().st_mtime_ns == dated


def test_an_environment_that_works_is_kept(place: Path, system_python: Path):
    """Where the script is newer; where another Python is named, another environment is made of it."""
    options = {"nobody": True, "PATH": f"{system_python.parent}:{os.environ['PATH']}"}
    assert make(place, ".venv/made", **options).returncode == 0
    kept, made = place / ".venv/kept", place / ".venv/made"
    kept.touch()
    dated = made.stat().st_mtime - 60
    os.utime(place / "tools/venv.sh")
    os.utime(made, (dated, dated))
    assert make(place, "--question", ".venv/made", **options).returncode == 1
    assert make(place, ".venv/made", **options).returncode == 0
    assert kept.exists() and make(place, "--question", ".venv/made", **options).returncode == 0

    # A Python that is not there is told, not passed over.
    for wrong in ("/nonexistent", "nonesuch", str(place)):
        refused = make(place, ".venv/made", f"PYTHON={wrong}", **options)
        assert fill(words("en")["setup"]["named_python"], {"python": wrong}) == refused.stderr.splitlines()[0]
        assert refused.returncode == 2 and kept.exists()

    another = place / "python3.12"
    another.write_text(SYSTEM_PYTHON, "utf-8")
    another.chmod(0o755)
    assert make(place, ".venv/made", f"PYTHON={another}", **options).returncode == 0
    assert os.path.realpath(place / ".venv/bin/python") == str(another) and not kept.exists()


def test_a_folder_that_may_not_be_written_is_told(place: Path, system_python: Path):
    place.chmod(0o555)
    done = make(place, ".venv/made", f"PYTHON={system_python}", nobody=True, ABC_LANG="es")
    place.chmod(0o755)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == fill(words("es")["setup"]["folder_refused"], {"folder": str(place)})


def test_nothing_is_promised_to_who_may_not_install(place: Path):
    """A Python without its module for environments, and a user who cannot be root."""
    python = place / "python3"
    python.write_text(re.sub(r'"-m venv"\).*', '"-m venv") exit 1 ;;', SYSTEM_PYTHON), "utf-8")
    python.chmod(0o755)
    for name in ("sudo", "apt-get"):
        (place / name).write_text("#!/bin/sh\nexit 1\n", "utf-8")
        (place / name).chmod(0o755)
    package = "python3.11-venv"
    for code in CODES:
        done = make(
            place, ".venv/made", f"PYTHON={python}", nobody=True, ABC_LANG=code, PATH=f"{place}:{os.environ['PATH']}"
        )
        expected = fill(words(code)["setup"]["no_venv"], {"python": str(python), "package": package})
        assert done.returncode == 2 and not done.stdout
        assert done.stderr.splitlines()[0] == expected
        assert len(done.stderr.splitlines()) == 2, done.stderr


def say(*arguments: str, **environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ABC_", "LC_", "LANG"))}
    return subprocess.run(
        ["sh", "tools/say.sh", *arguments],
        cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_the_shell_finds_every_word_as_python_does(code: str):
    known = {f"setup.{key}": text for key, text in flat(words(code)["setup"]).items()}
    script = "for key do sh tools/say.sh $key; done"
    said = subprocess.run(
        ["sh", "-c", script, "sh", *known], cwd=ROOT, env={**os.environ, "ABC_LANG": code},
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert said == list(known.values())
    assert list(words(code)["commands"]) == list(words(code)["written"])
    listed = say("--commands", ABC_LANG=code).splitlines()
    expected = [
        line for name, does in words(code)["commands"].items() for line in (words(code)["written"][name], f"    {does}")
    ]
    assert listed == expected


def test_the_language_is_that_of_all_messages():
    """ABC_LANG, LC_ALL, LC_MESSAGES, LANG, and the site's own; the first that is known."""
    for environment, code in (
        ({}, "es"),
        ({"LANG": "C.UTF-8"}, "es"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "es_MX.UTF-8", "LANG": "en_GB.UTF-8"}, "es"),
        ({"LC_ALL": "EN_gb", "LC_MESSAGES": "es_MX.UTF-8"}, "en"),
        ({"ABC_LANG": "en", "LC_ALL": "es_MX.UTF-8"}, "en"),
        ({"ABC_LANG": "xx", "LC_ALL": "en_US.UTF-8"}, "en"),
    ):
        assert say("setup.no_python", **environment) == words(code)["setup"]["no_python"] + "\n", environment
        shown = {name: environment.get(name, "") for name in ("ABC_LANG", "LC_ALL", "LC_MESSAGES", "LANG")}
        python = subprocess.run(
            [sys.executable, "-c", "from guide.reading.project import *; print(message_language(open_project(Path())))"],
            cwd=ROOT, env={**os.environ, **shown, "PYTHONPATH": "hooks"}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert python.stdout.strip() == code, environment


def test_a_value_is_said_as_it_is():
    odd = r"a&b\1 {python} $(x) 'y' \"z\" %s /"
    expected = words("en")["setup"]["named_python"].replace("{python}", odd)
    assert say("setup.named_python", f"python={odd}", ABC_LANG="en") == expected + "\n"


def test_every_command_is_explained_in_every_language():
    (listed,) = re.findall(r"^COMMANDS := (.*)$", MAKEFILE, re.MULTILINE)
    rules = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)) - {"named"}
    assert rules == set(listed.split())
    for code in CODES:
        assert set(words(code)["commands"]) == rules
        for name, written in words(code)["written"].items():
            for one in written.split(" · "):
                assert re.fullmatch(rf"make {name}( \w+=\S+)*", one), one
                # What is shown to be right is taken as such.
                assert make(ROOT, "--dry-run", *one.split()[1:], GITHUB_ACTIONS="true").returncode == 0, one


@pytest.mark.parametrize("code", CODES)
def test_wrong_use_answers_with_the_command_as_it_should_be(code: str):
    """Before anything is set up, and never with how a program of ours is called."""
    said = words(code)
    for arguments, sentence, details in (
        (["new"], "lacking", {"command": "new", "name": "kind"}),
        (["new", "kind=practice"], "lacking", {"command": "new", "name": "id"}),
        (["new", "kind=practice", "id="], "lacking", {"command": "new", "name": "id"}),
        (["new", "kind=practice", "id=x", "nome=y"], "extra", {"command": "new", "name": "nome"}),
        (["export"], "lacking", {"command": "export", "name": "to"}),
        (["missing"], "lacking", {"command": "missing", "name": "lang"}),
        (["serve", "PORT=8001"], "extra", {"command": "serve", "name": "PORT"}),
        (["zip", "ofline=1"], "extra", {"command": "zip", "name": "ofline"}),
        (["test", "file=x"], "extra", {"command": "test", "name": "file"}),
    ):
        done = make(ROOT, *arguments, ABC_LANG=code)
        lines = done.stderr.splitlines()
        assert lines[:2] == [fill(said["setup"][sentence], details), said["written"][details["command"]]], arguments
        assert done.returncode == 2 and done.stdout == "" and len(lines) == 3, arguments
    for arguments, unknown in (
        (["serv"], "serv"),
        (["new", "practice", "toluca"], "practice"),
        (["check", "docs/es/acerca.md"], "docs/es/acerca.md"),
        (["it's"], "it's"),
    ):
        done = make(ROOT, *arguments, ABC_LANG=code)
        first, *others = done.stderr.splitlines()
        assert first == fill(said["setup"]["unknown"], {"command": unknown})
        assert "\n".join(others).startswith(say("--commands", ABC_LANG=code)) and done.returncode == 2
    for command in ("answer", "record"):
        done = make(ROOT, command, *(["findings=x"] if command == "answer" else []), ABC_LANG=code, GITHUB_ACTIONS="")
        assert done.stderr.splitlines()[0] == fill(said["setup"]["only_workflow"], {"command": command})
        assert done.returncode == 2


@pytest.fixture
def small(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    copy_small_project(root)
    return root


@pytest.mark.parametrize("code", CODES)
def test_odd_arguments_answer_with_the_command_that_was_meant(code: str, small: Path):
    (small / "practices").mkdir()
    kinds = "chapter, checklist, contact, figure, language, module, network, practice, state"
    for arguments, sentence, details, meant in (
        (["new", "practice", "Toluca Huertos"], "new.bad_id", {"id": "Toluca Huertos"}, "new kind=practice id=toluca-huertos"),
        (["new", "practice", "Mérida"], "new.bad_id", {"id": "Mérida"}, "new kind=practice id=merida"),
        (["new", "practica", "x"], "new.unknown_kind", {"kind": "practica", "known": kinds}, "new kind=practice id=x"),
        (["new", "zzz", "x"], "new.unknown_kind", {"kind": "zzz", "known": kinds}, "new kind=… id=x"),
        (["new", "practice", "¿?"], "new.bad_id", {"id": "¿?"}, "new kind=practice id=…"),
        (["new", "module", "x"], "new.bad_name", {"id": "x", "like": "modulo-9"}, "new kind=module id=modulo-9"),
        (["new", "chapter", "Vínculos/A B"], "new.bad_id", {"id": "Vínculos/A B"}, "new kind=chapter id=vinculos/a-b"),
        (["missing", "pt"], "missing.unknown", {"code": "pt", "known": "en"}, "missing lang=en"),
        (["missing", "es"], "missing.original", {"code": "es", "known": "en"}, "missing lang=en"),
        (["reviewed", "nada.md"], "reviewed.unknown_path", {"path": "nada.md"}, "reviewed · make reviewed path=docs/en/"),
        (["export", "docs"], "export.not_empty", {"folder": "docs"}, "export to="),
        (["ids", "x"], "setup.wrong", {"command": "ids"}, "ids"),
        (["check", "docs/es/index.md"], "setup.wrong", {"command": "check"}, "check"),
        (["new", "practice"], "setup.wrong", {"command": "new"}, "new kind="),
        (["missing"], "setup.wrong", {"command": "missing"}, "missing lang="),
        (["move", "guia.md"], "setup.wrong", {"command": "move"}, "move from="),
        (["move", "nada.md", "otra.md"], "move.no_page", {"page": "nada.md", "folder": "docs/es/"}, "move from="),
        (["schemas", "x"], "setup.wrong", {"command": "schemas"}, "schemas"),
        (["export"], "setup.wrong", {"command": "export"}, "export to="),
        (["reviewed", "--x"], "setup.wrong", {"command": "reviewed"}, "reviewed"),
        (["reviewed", "--typo"], "reviewed.typo_needs_path", {}, "reviewed · make reviewed path="),
        (["new", "practice", "toluca"], "new.exists", {"file": "practices/toluca.yml"}, "new kind=practice id=…"),
    ):  # fmt: skip
        if sentence == "new.exists":
            (small / "practices/toluca.yml").write_text("x: 1\n", "utf-8")
        done = run(arguments[0], small, *arguments[1:], ABC_LANG=code)
        expected = fill(flat(words(code))[sentence], details)
        first, second = done.stderr.splitlines()[-2:]
        assert first == expected and second.startswith(f"make {meant}"), (arguments, done.stderr)
        assert done.returncode == 2 and "python -m" not in done.stderr


def test_a_folder_that_is_no_project_is_told(tmp_path: Path):
    """Also where not a word of it can be read: the words are those that came with the code."""
    for root in (tmp_path, tmp_path / "none"):
        for code in CODES:
            done = run("check", ROOT, "--findings", str(tmp_path / "x"), "--root", str(root), ABC_LANG=code)
            assert done.returncode == 1 and "mkdocs.yml: " in done.stderr
            assert done.stderr.startswith(words(code)["problems"]["title"].replace("{count}", "1"))


def test_what_the_system_refuses_is_a_sentence(small: Path, monkeypatch: pytest.MonkeyPatch):
    said = words("es")["setup"]
    for number, name in (
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "not_allowed"),
        (errno.EACCES, "not_allowed"),
        (errno.EISDIR, "in_the_way"),
        (errno.EIO, "system"),
    ):
        for command, arguments in (
            ("new", ["practice", "x"]),
            ("schemas", []),
            ("ids", []),
            ("reviewed", []),
        ):

            def write_text(path: Path, *_: object, number: int = number) -> None:
                raise OSError(number, os.strerror(number), str(path))

            with monkeypatch.context() as broken:
                broken.setattr(Path, "write_text", write_text)
                done = run(command, small, *arguments, ABC_LANG="es")
            if done.returncode == 0:
                # There was nothing to write.
                assert command in ("ids", "reviewed")
                continue
            (sentence,) = done.stderr.splitlines()
            place = re.search(str(small) + r"[\w./-]*[\w]|schemas[\w./-]*\w", sentence)
            assert place and sentence == fill(said[name], {"place": place[0], "reason": os.strerror(number)})
            assert done.returncode == 1


@pytest.mark.parametrize("command", [["missing", "en"], ["check"], ["check", "--report"]])
def test_a_reader_who_leaves_is_no_mistake(command: list[str], small: Path):
    """``make missing | head``: what is left is let go, and the command does what it was to do."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "guide", *command], cwd=small, stdout=writer, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
    )  # fmt: skip
    os.close(writer)
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
    assert done.returncode == 0, done.stderr


def test_a_mending_whose_reader_leaves_is_finished(small: Path):
    page = small / "docs/es/guia.md"
    page.write_text(page.read_text("utf-8") + "\nDos  espacios.   \n", "utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    subprocess.run(
        [sys.executable, "-m", "guide", "check", "--fix"], cwd=small, stdout=writer, stderr=writer,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
    )  # fmt: skip
    os.close(writer)
    assert page.read_text("utf-8").endswith("\nDos espacios.\n")


# A program that lacks a library of the system until its package is there.
LACKING = """#!/bin/sh
[ -e "{there}" ] && exit 0
echo "$0: error while loading shared libraries: {library}: cannot open shared object file" >&2
exit 127
"""


def test_a_library_that_is_missing_is_installed_or_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    program, there = tmp_path / "node", tmp_path / "there"
    installed = []

    def install(package: str) -> bool:
        installed.append(package)
        there.touch()
        return True

    def lacking(library: str) -> None:
        program.write_text(LACKING.format(there=there, library=library), "utf-8")
        program.chmod(0o755)

    for code in CODES:
        said = words(code)["setup"]
        monkeypatch.setenv("ABC_LANG", code)
        lacking("libatomic.so.1")
        monkeypatch.setattr(packages, "install", lambda package: False)
        assert not packages.starts(str(program))
        details = {"program": "Node", "library": "libatomic.so.1", "package": "libatomic1"}
        assert capsys.readouterr().err == fill(said["no_library"], details) + "\n"

        monkeypatch.setattr(packages, "install", install)
        assert packages.starts(str(program)) and installed.pop() == "libatomic1"
        assert capsys.readouterr().err == ""
        there.unlink()

        # Of a library we know nothing of, nothing is installed.
        lacking("libnada.so.3")
        assert not packages.starts(str(program)) and not installed
        details = {"program": "Node", "library": "libnada.so.3", "package": "libnada.so.3"}
        assert capsys.readouterr().err == fill(said["no_library"], details) + "\n"
        program.unlink()
        assert not packages.starts(str(program))
        assert capsys.readouterr().err.startswith(fill(said["no_start"], {"program": "Node", "reason": ""}))


@pytest.mark.parametrize(
    ("there", "packages", "found", "asked"),
    [
        (["chromium-headless-shell", "chromium"], [], "chromium-headless-shell", []),
        (["chromium"], ["chromium-headless-shell"], "chromium-headless-shell", ["chromium-headless-shell"]),
        (["google-chrome"], [], "google-chrome", ["chromium-headless-shell"]),
        ([], ["chromium"], "chromium", ["chromium-headless-shell", "chromium"]),
        ([], [], None, ["chromium-headless-shell", "chromium"]),
    ],
    ids=["both", "a window only", "may not install", "no shell to be had", "none"],
)
def test_the_browser_without_windows_comes_first(there, packages, found, asked, monkeypatch):
    installed, tried = list(there), []

    def install(package: str) -> bool:
        tried.append(package)
        installed.extend(one for one in packages if one == package)
        return package in packages

    monkeypatch.setattr(browser, "run", lambda *command, **_: False)
    monkeypatch.setattr(browser, "works", lambda executable: executable is not None)
    monkeypatch.setattr(browser, "install", install)
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/usr/bin/{name}" if name in installed else None)
    assert browser.find() == (found and {"executable": f"/usr/bin/{found}"})
    assert tried == asked


@pytest.mark.parametrize(("tool", "sentence"), [(browser, "no_browser"), (office, "no_office")])
def test_a_program_that_cannot_be_had_is_a_sentence(tool, sentence: str, tmp_path: Path, monkeypatch, capsys):
    """To a user who may not install, nothing is promised."""
    calls = []
    monkeypatch.setenv("ABC_LANG", "es")
    monkeypatch.setattr(packages, "may_install", lambda: False)
    monkeypatch.setattr(packages, "run", lambda *command, **_: calls.append(command))
    monkeypatch.setattr(tool, "installed", lambda *names: None)
    if tool is browser:
        monkeypatch.setattr(browser, "may_install", lambda: False)
        monkeypatch.setattr(browser, "works", lambda executable: False)
        monkeypatch.setattr(browser, "run", lambda *command, **_: calls.append(command))
    assert tool.main(str(tmp_path / "found.json")) == 1
    said = words("es")["setup"]
    looking, last = capsys.readouterr().err.splitlines()
    assert looking.startswith(said["looking"].split("{")[0])
    assert last.startswith(said[sentence].split("{")[0]) and "apt-get install" in last
    assert not any("apt-get" in one or "sudo" in one for one in calls)
    assert not (tmp_path / "found.json").exists()


# An office program that writes the first file it is asked for and half of the second, and then crashes.
CRASHING = """#!/bin/sh
echo "$MAX_CONCURRENCY" >> "{calls}"
while [ "$1" != --outdir ]; do shift; done
[ -z "{writes}" ] || echo whole > "$2/$(basename "$3" .xlsx).fods"
[ -z "{writes}" ] || [ -n "$4" ] || exit 0
[ -z "{writes}" ] || echo ha > "$2/$(basename "$4" .xlsx).fods"
echo crashed >&2
kill -SEGV $$
"""


@pytest.mark.parametrize(("count", "writes", "left"), [(3, "yes", []), (4, "yes", ["3.xlsx"]), (1, "", ["0.xlsx"])])
def test_files_an_office_program_crashed_on_are_asked_for_again(count: int, writes: str, left: list, tmp_path: Path):
    program, calls = tmp_path / "soffice", tmp_path / "calls"
    program.write_text(CRASHING.format(calls=calls, writes=writes), "utf-8")
    program.chmod(0o755)
    files = [tmp_path / f"{at}.xlsx" for at in range(count)]
    for one in files:
        # Of what it was asked for before, nothing stands for what it is asked for now.
        one.with_suffix(".fods").write_text("old", "utf-8")
    if left:
        with pytest.raises(RuntimeError, match=rf"did not write {re.escape(str(left))}: crashed"):
            office._convert(str(program), files, tmp_path, "fods")
    else:
        office._convert(str(program), files, tmp_path, "fods")
    made = {one.name: one.with_suffix(".fods").read_text("utf-8").strip() for one in files}
    assert made == {one.name: "old" if one.name in left else "whole" for one in files}
    assert calls.read_text("utf-8").split() == ["1"] * 3
