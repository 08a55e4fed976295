"""Which original a translation follows, from the first change to `make reviewed`."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from pathlib import Path

import pytest

from guide.checks import check
from guide.reading.project import open_project
from tests.authoring.test_command import run as guide
from tests.checks.test_check import build_project
from tests.conftest import ROOT
from tests.model.test_loader import change

SPANISH, ENGLISH, CHECKLIST = "docs/es/guia.md", "docs/en/guia.md", "checklists/uno.yml"


IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The test project with every translation recorded and committed."""
    root = build_project(tmp_path / "project")
    assert guide("reviewed", root).returncode == 0
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    return root


def behind(root: Path) -> list[tuple[str, int, str]]:
    found = check(open_project(root)).freshness.behind
    return [(one.file, one.line, one.title) for one, _ in found]


def unrecorded(root: Path) -> int:
    return len(check(open_project(root)).freshness.unrecorded)


def test_what_is_recorded_is_fresh(root: Path):
    assert behind(root) == [] and unrecorded(root) == 0
    assert guide("reviewed", root, ABC_LANG="en").stdout == "Everything was recorded.\n"


def test_a_page_names_what_is_behind_on_it(root: Path):
    """Its own sections by their headings, each once; what comes from other files, without."""
    change(root, CHECKLIST, **{"from": "es: Lista uno", "to": "es: Lista primera"})
    found = check(open_project(root)).freshness
    passage = found.behind[0][0]
    make = lambda **values: (dataclasses.replace(passage, language="en", **values), "")  # noqa: E731
    found = dataclasses.replace(
        found,
        behind=(
            make(file=ENGLISH, anchor="uno", title="One"),
            make(file=ENGLISH, anchor="uno", title="One"),
            make(file=ENGLISH, anchor="", title="Lost"),
            make(file="docs/en/otra.md", anchor="dos", title="Two"),
            make(file="networks/c40.yml", anchor="", title=""),
            make(file="networks/uno.yml", anchor="", title=""),
        ),
    )
    assert found.on_page("en", ENGLISH) == [("uno", "One"), ("", "")]
    assert found.on_page("en", "docs/en/otra.md", ["networks/*.yml"]) == [("dos", "Two"), ("", "")]
    assert found.on_page("en", "docs/en/redes.md", ["practices/*.yml", "networks/*.yml"]) == [("", "")]
    assert found.on_page("en", "docs/en/redes.md", ["practices/*.yml"]) == []
    assert found.on_page("pt", ENGLISH, ["networks/*.yml"]) == []


def test_what_changed_is_read_as_the_file_it_stands_in_is_read(root: Path):
    """The glossary has texts below a language; the first kind of file has none there."""
    change(root, "data/glossary.yml", **{"from": "celebra tratados.", "to": "celebra tratados nuevo"})
    told = guide("check", root, ABC_LANG="es").stdout
    assert (
        "terms.1.avoid.es.1.reason.en: «terms.1.avoid.es.1.reason» cambió" in told
        and "[-tratados.-] {+tratados nuevo+}" in told
    )


def test_a_changed_original_names_the_passage_and_what_changed(root: Path):
    change(root, SPANISH, **{"from": "El cabildo.", "to": "El cabildo y la sindicatura."})
    change(root, CHECKLIST, **{"from": "es: Porque sí.", "to": "es: Porque lo dice la ley."})
    assert behind(root) == [(ENGLISH, 23, "Detail"), (CHECKLIST, 21, "criteria.1.why")]
    told = guide("check", root, ABC_LANG="es")
    assert told.returncode == 0
    assert f"{ENGLISH}:23: «Detail» cambió en {SPANISH}:22" in told.stdout
    assert "[-cabildo.-] {+cabildo y la sindicatura.+}" in told.stdout
    assert "Porque [-sí.-] {+lo dice la ley.+}" in told.stdout


def test_the_change_is_shown_when_it_is_committed_and_not_needed_in_a_shallow_clone(root: Path, tmp_path: Path):
    change(root, SPANISH, **{"from": "El cabildo.", "to": "El pleno."})
    git(root, "commit", "-qam", "change")
    assert "[-El cabildo.-]" in guide("check", root).stdout or "[-cabildo.-]" in guide("check", root).stdout
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", str(clone))
    told = guide("check", clone, ABC_LANG="en")
    assert f"{ENGLISH}:23: “Detail” changed in {SPANISH}:22 after this translation; compare" in told.stdout


def test_spaces_and_line_breaks_are_no_change(root: Path):
    change(root, SPANISH, **{"from": "¿Quién firma? El cabildo.", "to": "¿Quién firma?\nEl cabildo."})
    change(root, CHECKLIST, **{"from": "es: Porque sí.", "to": "es: >-\n        Porque\n        sí."})
    assert behind(root) == [] and unrecorded(root) == 0


def test_who_changes_both_languages_has_nothing_to_mark(root: Path):
    change(root, SPANISH, **{"from": "El cabildo.", "to": "El pleno."})
    change(root, ENGLISH, **{"from": "The council.", "to": "The full council."})
    change(root, CHECKLIST, **{"from": "es: Porque sí.", "to": "es: Por ley."})
    change(root, CHECKLIST, **{"from": "en: Because.", "to": "en: By law."})
    assert behind(root) == [] and unrecorded(root) == 2
    assert guide("reviewed", root).returncode == 0
    assert unrecorded(root) == 0


def test_reviewed_records_what_is_named_and_leaves_the_rest_behind(root: Path):
    change(root, SPANISH, **{"from": "El cabildo.", "to": "El pleno."})
    change(root, CHECKLIST, **{"from": "es: Porque sí.", "to": "es: Por ley."})
    done = guide("reviewed", root, ABC_LANG="en")
    assert done.returncode == 0 and "Still to be looked at (2)" in done.stdout
    assert len(behind(root)) == 2
    assert guide("reviewed", root, ENGLISH).returncode == 0
    assert behind(root) == [(CHECKLIST, 21, "criteria.1.why")]
    # Recording what is behind a second time does not make it fresh.
    assert guide("reviewed", root).returncode == 0
    assert behind(root) == [(CHECKLIST, 21, "criteria.1.why")]
    assert guide("reviewed", root, "--all").returncode == 0
    assert behind(root) == []


def test_one_passage_of_a_file_can_be_marked(root: Path):
    change(root, CHECKLIST, **{"from": "es: Porque sí.", "to": "es: Por ley."})
    change(root, CHECKLIST, **{"from": "es: Todo.", "to": "es: Completo."})
    (why, level) = behind(root)
    assert guide("reviewed", root, f"{CHECKLIST}:{why[1]}").returncode == 0
    assert behind(root) == [level]
    assert guide("reviewed", root, f"{CHECKLIST}:1").returncode == 2


def test_a_typo_in_the_original_is_marked_by_naming_the_original(root: Path):
    change(root, SPANISH, **{"from": "El cabildo.", "to": "El Cabildo."})
    assert guide("reviewed", root, "--typo").returncode == 2
    assert guide("reviewed", root, "--typo", SPANISH).returncode == 0
    assert behind(root) == [] and unrecorded(root) == 0


def test_a_word_of_the_interface_is_followed_too(root: Path):
    change(root, "locales/es.yml", **{"from": "skip: Ir al contenido", "to": "skip: Saltar al contenido"})
    (found,) = behind(root)
    assert found[0] == "locales/en.yml" and found[2] == "page.skip"


def test_a_wrong_path_and_a_damaged_record_get_a_sentence(root: Path):
    assert guide("reviewed", root, "docs/en/nada.md").returncode == 2
    record = root / "data/translations/en.yml"
    record.write_text("<<<<<<< HEAD\nx: [\n", "utf-8")
    told = guide("check", root, ABC_LANG="en")
    assert told.returncode == 0 and "data/translations/en.yml: some lines stand here twice" in told.stdout
    assert guide("reviewed", root).returncode == 0
    assert unrecorded(root) == 0
    assert "<<<" not in record.read_text("utf-8")


def both(root: Path, file: str, old: tuple[str, str], new: tuple[str, str]) -> None:
    """A change of both languages on the branch that is checked out, recorded and committed."""
    for before, after in zip(old, new):
        change(root, file, **{"from": before, "to": after})
    assert guide("reviewed", root).returncode == 0
    git(root, "commit", "-qam", "both")


@pytest.mark.parametrize("union", [True, False], ids=["joined", "in conflict"])
def test_two_branches_record_the_same_criterion(root: Path, union: bool):
    """Their lines are joined by git, or left in conflict where it does not know how; both count."""
    if union:
        shutil.copy(ROOT / ".gitattributes", root)
        git(root, "add", "-A")
        git(root, "commit", "-qm", "attributes")
    git(root, "branch", "other")
    both(root, CHECKLIST, ("es: Porque sí.", "en: Because."), ("es: Por ley.", "en: By law."))
    git(root, "checkout", "-q", "other")
    both(root, CHECKLIST, ("es: Nada", "en: Nothing"), ("es: Cero", "en: Zero"))
    change(root, CHECKLIST, **{"from": "es: Todo", "to": "es: Completo"})
    git(root, "commit", "-qam", "behind")
    merged = subprocess.run(["git", *IDENTITY, "merge", "-qm", "merge", "-"], cwd=root, capture_output=True)
    assert (merged.returncode == 0) is union
    record = (root / "data/translations/en.yml").read_text("utf-8")
    assert ("<<<<<<<" in record) is not union
    assert "data/translations/en.yml:" in guide("check", root).stdout
    assert [title for _, _, title in behind(root)] == ["criteria.1.levels.4"] and unrecorded(root) == 0
    assert guide("reviewed", root).returncode == 0
    assert [title for _, _, title in behind(root)] == ["criteria.1.levels.4"]
    assert "data/translations/en.yml:" not in guide("check", root).stdout


def test_a_template_to_take_away_is_followed_by_its_headings(root: Path):
    texts = {"es": "Al inicio.\n\n## Uno\n\nNada.\n", "en": "At first.\n\n## One\n\nNothing.\n"}
    for code, text in texts.items():
        (root / "formats" / code).mkdir(parents=True)
        (root / "formats" / code / "carta.md").write_text(text, "utf-8")
    assert unrecorded(root) == 2
    assert guide("reviewed", root).returncode == 0
    git(root, "add", "-A")
    git(root, "commit", "-qm", "template")
    change(root, "formats/es/carta.md", **{"from": "Nada.", "to": "Algo."})
    assert behind(root) == [("formats/en/carta.md", 3, "One")]
    assert "[-Nada.-] {+Algo.+}" in guide("check", root).stdout + guide("check", root).stderr
    assert guide("reviewed", root, "formats/en/carta.md").returncode == 0
    assert behind(root) == [] and unrecorded(root) == 0


def test_it_works_where_there_is_no_git(root: Path):
    shutil.rmtree(root / ".git")
    change(root, SPANISH, **{"from": "El cabildo.", "to": "El pleno."})
    assert behind(root) == [(ENGLISH, 23, "Detail")]
    assert guide("check", root, PATH="").returncode == 0
