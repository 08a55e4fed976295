"""``make mutants``: which faults it puts into code, and what it says of the tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from guide.reading.project import open_texts
from guide.reading.texts import fill
from tests.conftest import CASE_FILES, ROOT
from tools.faults import Fault, can_be_read, faults, tokens
from tools.mutants import _CONCERNED, _PLACES, Mutant, Trial, apart, choose, main

CASES = yaml.safe_load((CASE_FILES / "fault-cases.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["code"].splitlines()[0])
def test_faults(case):
    """Every slip that could be made in a piece of code, and none in what only people read."""
    code = case["code"].rstrip("\n")
    found = [one.put_into(code) for one in faults(code, case["language"])]
    assert sorted(found) == sorted(one.rstrip("\n") for one in case["faults"])


def test_a_script_is_taken_apart_as_browsers_do():
    script = """const a = b / c / d; // e
        return /[/"]+\\/x/g.test(`${f(`${1}`) + 2}·/·${{ g: 3 }.g}`) / 4; /* 5 */ 'it\\'s';"""
    found = r"""const a = b / c / d ;
        return /[/"]+\/x/g . test ( ` ${ f ( ` ${ 1 } ` ) + 2 } ·/· ${ { g : 3 } . g } ` ) / 4 ; 'it\'s' ;"""
    assert [one.text for one in tokens(script)] == found.split()
    for path in sorted((ROOT / "overrides/assets/scripts").rglob("*.js")):
        script = path.read_text("utf-8")
        for one in tokens(script):
            assert script[one.start : one.end] == one.text
            assert not re.search("//|/\\*", one.text) or one.kind in ("string", "pattern", "template"), one


def test_the_same_seed_chooses_the_same_and_only_what_was_asked_for():
    chosen = choose(ROOT, 30, 3)
    assert chosen == choose(ROOT, 30, 3) != choose(ROOT, 30, 4)
    assert len({(one.path, one.fault) for one in chosen}) == 30
    for one in chosen:
        assert one.path.startswith(("hooks/guide/", "overrides/assets/scripts/"))
        assert one.before == (ROOT / one.path).read_text("utf-8") != one.after
        assert can_be_read(one.after, one.language)
    assert {one.language for one in chosen} == {"python", "javascript"}
    below = choose(ROOT, 5, 3, "hooks/guide/checks")
    assert len(below) == 5 and all(one.path.startswith("hooks/guide/checks/") for one in below)
    assert {one.path for one in choose(ROOT, 5, 3, "hooks/guide/pages/book.py")} == {"hooks/guide/pages/book.py"}
    assert choose(ROOT, 5, 3, "docs") == choose(ROOT, 0, 3) == []


def test_faults_that_are_tried_together_stand_in_different_files_of_one_language():
    chosen = choose(ROOT, 40, 5)
    groups = list(apart(chosen))
    assert sorted(map(str, chosen)) == sorted(str(one) for group in groups for one in group)
    for group in groups:
        assert len({one.language for one in group}) == 1
        assert len({one.path for one in group}) == len(group)


def test_every_file_is_tried_against_tests_that_know_it(tmp_path: Path):
    """And whatever is named is there: a file or a test that is called otherwise now would be looked for in vain."""
    trial = Trial(ROOT, tmp_path / "copy")
    called, alone = set(), []
    for folder, pattern, language in _PLACES:
        for path in sorted((ROOT / folder).rglob(pattern)):
            text = path.read_text("utf-8")
            one = Mutant(path.relative_to(ROOT).as_posix(), language, text, Fault(0, 0, "", ""))
            called.add(path.parent.name if path.stem == "__init__" else path.stem)
            # Where a file could be altered at all is the longer question of the two.
            if not trial.concerned(one) and faults(text, language):
                alone.append(one.path)
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests").rglob("test_*.py")}
    assert alone == []
    assert _CONCERNED.keys() - called == set()
    assert {name for names in _CONCERNED.values() for name in names.split()} - tests == set()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A tree of two modules: one is held by its own tests, the other by a line of others."""
    for name, text in {
        "hooks/guide/held.py": "def same(number):\n    return number\n",
        "hooks/guide/loose.py": "def order(names):\n    return sorted(names)\n",
        "tests/test_held.py": "from guide.held import same\n\n\ndef test_same():\n    assert same(5) == 5\n",
        "tests/test_late.py": (
            "from pathlib import Path\n\n\ndef test_return():\n"
            "    assert '(names)\\n' in Path('hooks/guide/loose.py').read_text()\n"
        ),
        "pytest.ini": "[pytest]\npythonpath = hooks\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "-m", "x"], cwd=tmp_path, check=True)
    return tmp_path


def kept(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def test_what_the_tests_notice_is_told_and_the_tree_stays(small: Path, project, capsys, monkeypatch):
    """All there is to alter in it: both returns, and the sorting."""
    monkeypatch.setenv("ABC_LANG", "es")
    own = open_texts(project, "es")["mutants"]
    before = kept(small)
    assert main(["99", "1"], small) == 0
    out, err = capsys.readouterr()
    *lines, result, title, survivor = out.splitlines()
    same = "hooks/guide/held.py:2: return number → return None"
    assert any(
        one == fill(own["found"], {"place": place, "count": 3, "fault": same, "test": "tests/test_held.py::test_same"})
        for place, one in enumerate(lines, 1)
    )
    order = "hooks/guide/loose.py:2: return sorted(names) → return None"
    assert lines[-1] == fill(own["found_later"], {"fault": order, "test": "tests/test_late.py::test_return"})
    assert result == fill(own["result"], {"found": 2, "count": 3, "seed": 1})
    assert title == own["survivors"]
    assert survivor == "  hooks/guide/loose.py:2: return sorted(names) → return list(names)"
    assert (err, kept(small)) == ("", before)


def test_tests_that_fail_by_themselves_find_nothing(small: Path, project, capsys, monkeypatch):
    monkeypatch.setenv("ABC_LANG", "en")
    held = small / "tests/test_held.py"
    held.write_text(held.read_text("utf-8").replace("== 5", "== 6"), "utf-8")
    assert main(["1", "1", "hooks/guide/held.py"], small) == 1
    own = open_texts(project, "en")["mutants"]
    assert capsys.readouterr().err.strip() == fill(own["unreliable"], {"tests": "tests/test_held.py::test_same"})


def test_wrong_use_gets_a_sentence(project, capsys, monkeypatch):
    monkeypatch.setenv("ABC_LANG", "en")
    own = open_texts(project, "en")["mutants"]
    for arguments, key in (
        (["many"], "numbers"),
        (["5", "x"], "numbers"),
        (["5", "1", "docs"], "none"),
        (["0"], "none"),
    ):
        assert main(arguments) == 2
        assert capsys.readouterr() == ("", own[key] + "\n")
