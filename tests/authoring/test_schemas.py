"""JSON Schemas for editors, and new files that are valid at once: both come from what the loader reads by."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import fastjsonschema
import pytest
import yaml

from guide.authoring import json_schema, scaffold
from guide.checks import Report, check
from guide.checks.corpus import read_site
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project, open_texts
from guide.reading.schema import ByLanguage, Kind, ListOf, Record
from tests.authoring.test_command import (
    copy,  # noqa: F401
    copy_project,
)
from tests.authoring.test_command import run as guide
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("keeping")
SITE = read_site(open_project(ROOT), Problems())


@pytest.fixture(scope="session")
def kinds(project: Project):
    return SITE.kinds


def test_committed_schemas_are_up_to_date(project: Project):
    for file, text in json_schema.files(project).items():
        assert (ROOT / file).read_text("utf-8") == text, "Run `make schemas` and commit what it writes."


def test_only_what_is_not_up_to_date_is_written(copy: Path):
    project = open_project(copy)
    first, second = sorted(one for one in json_schema.files(project) if one.startswith("schemas/"))[:2]
    (copy / first).unlink()
    (copy / second).write_text("{}\n", "utf-8")
    before = {
        file: (copy / file).stat().st_mtime_ns for file in json_schema.files(project) if file not in (first, second)
    }
    assert sorted(json_schema.write(project)) == [first, second]
    assert {file: (copy / file).stat().st_mtime_ns for file in before} == before
    assert {file: (copy / file).read_text("utf-8") for file in json_schema.files(project)} == json_schema.files(project)
    assert json_schema.write(project) == []


def keys_of(kind: Kind, place: str = ""):
    if isinstance(kind, ListOf | ByLanguage):
        yield from keys_of(kind.item, place)
    elif isinstance(kind, Record):
        for name, inner in kind.keys.items():
            key = f"{place}.{name}" if place else name
            yield key
            yield from keys_of(inner, key)


def test_every_kind_of_file_and_every_key_is_explained_in_every_language(project: Project, kinds):
    for code in project.codes:
        texts = open_texts(project, code)
        for kind in kinds:
            assert json_schema.describe(texts, "files", kind.name), (code, kind.name)
            if kind.name == "locale":
                continue
            said = texts["fields"].get(kind.name, {})
            assert set(said) == set(keys_of(kind.record)), (code, kind.name)


def test_editors_find_the_schema_of_every_file_and_accept_it(kinds, project: Project):
    for kind in kinds:
        accepts = fastjsonschema.compile(json.loads((ROOT / f"schemas/{kind.name}.json").read_text("utf-8")))
        for path in kind.paths(project):
            text = path.read_text("utf-8")
            (named,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", text, re.MULTILINE)
            assert (path.parent / named).resolve() == ROOT / f"schemas/{kind.name}.json"
            accepts(yaml.safe_load(text))


def test_editors_show_what_a_key_that_is_left_out_stands_for():
    """Each can be written too, and a number that only sorts after all others is not shown."""
    file = json.loads((ROOT / "schemas/checklist.json").read_text("utf-8"))
    of_criterion = file["properties"]["criteria"]["items"]["properties"]
    shown = {key: one["default"] for key, one in of_criterion.items() if "default" in one}
    assert shown == {"weight": 1, "quick": False, "review": "once"}
    assert "default" not in file["properties"]["foundation"]
    for key, value in shown.items():
        fastjsonschema.compile(of_criterion[key])(value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda one: one.pop("title"),
        lambda one: one["title"].pop("en"),
        lambda one: one["title"].update(xx="?"),
        lambda one: one.update(minuts=10),
        lambda one: one.update(minutes="10"),
        lambda one: one["criteria"][0].update(id="Uno 01"),
        lambda one: one["criteria"][0].update(review="yearly"),
        lambda one: one["criteria"][0]["levels"].pop(),
        lambda one: one["criteria"].clear(),
    ],
)
def test_editors_mark_what_the_loader_refuses(damage):
    accepts = fastjsonschema.compile(json.loads((ROOT / "schemas/checklist.json").read_text("utf-8")))
    document = yaml.safe_load((ROOT / "tests/project/checklists/uno.yml").read_text("utf-8"))
    accepts(document)
    damage(document)
    with pytest.raises(fastjsonschema.JsonSchemaException):
        accepts(document)


@pytest.fixture(scope="session")
def usual(project: Project) -> set[str]:
    """The warnings of the content as it stands."""
    return {one.code for one in check(project, history=False).warnings}


# A language is begun by tests/checks/test_languages.py.
KINDS = sorted(set(scaffold.kinds(SITE)) - {"language"})
IDS = {"chapter": "consideraciones/recien-nacida", "module": "modulo-9", "state": "jal"}


@dataclass(frozen=True)
class Begun:
    """A project with a new file of every kind, and what the check finds there."""

    project: Project
    found: Report

    def told(self, name: str) -> set[str]:
        """What is said of the new file of a kind, by its codes."""
        id = IDS.get(name, "recien-nacida")
        return {
            one.code
            for one in self.found.warnings
            if Path(one.path).stem == Path(id).name and self.is_of(name, one.path)
        }

    def is_of(self, name: str, path: str) -> bool:
        kind = scaffold.kinds(SITE)[name]
        return path.startswith("docs/") if kind is None else fnmatch(path, kind.files)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    root = copy_project(tmp_path_factory.mktemp("new"))
    # Every state has its file.
    (root / "states/jal.yml").unlink()
    for name in KINDS:
        done = guide("new", root, name, IDS.get(name, "recien-nacida"), ABC_LANG="es")
        assert done.returncode == 0, (name, done.stderr)
    project = open_project(root)
    return Begun(project, check(project, history=False))


def test_new_files_are_valid_at_once(begun: Begun, usual: set[str]):
    """Whatever is still to be written is pointed out, and nothing else."""
    assert begun.found.errors.report(open_texts(begun.project, "es")) == ""
    # A new list is not compared with other instruments yet.
    assert {one.code for one in begun.found.warnings} - usual == {"unwritten", "crosswalk_missing"}


@pytest.mark.parametrize("name", KINDS)
def test_a_new_file_says_what_is_to_be_written_and_explains_every_key(begun: Begun, name: str):
    project, root, id = begun.project, begun.project.root, IDS.get(name, "recien-nacida")
    assert "unwritten" in begun.told(name)
    if name in ("network", "practice"):
        mine = [one for one in begun.found.warnings if one.code == "unwritten" and begun.is_of(name, one.path)]
        assert {"sources.1.title", "sources.1.url"} < {one.key for one in mine}
    kind = scaffold.kinds(SITE)[name]
    if kind is None:
        assert all((root / f"docs/{code}/{id}.md").is_file() for code in project.codes)
        assert (root / "mkdocs.yml").read_text("utf-8").count(f"- {id}.md") == 1
        return
    text = (root / kind.files.replace("*", id)).read_text("utf-8")
    comments = " ".join(" ".join(re.findall(r"^ *# (.*)$", text, re.MULTILINE)).split())
    for key, about in open_texts(project, "es")["fields"][kind.name].items():
        # What is optional as a whole is a comment already; its inner keys need no second one.
        if f"\n#{key.partition('.')[0]}:" not in text:
            assert about in comments, key
    # Taking the number signs off optional keys leaves a file that can be read.
    whole = re.sub(r"^( *)#(?! )(?=\S)|^( *)#(?=  )", r"\1\2", text, flags=re.MULTILINE)
    assert yaml.safe_load(whole).keys() == kind.record.keys.keys()
    # It is laid out as `make format` would: double quotes, notes in the column of the dash below them.
    assert not re.search(r"^[^#]*: '", text, re.MULTILINE)
    for note, item in re.findall(r"^( *)# .*\n( *)- ", text, re.MULTILINE):
        assert note == item


def test_nothing_is_overwritten_and_wrong_names_get_a_sentence(copy: Path):
    for arguments, told in (
        (("checklist", "genero"), "checklists/genero.yml ya existe"),
        (("chapter", "consideraciones/genero"), "docs/es/consideraciones/genero.md ya existe"),
        (("checklist", "Género"), "no sirve como nombre"),
        (("chapter", "../x"), "no sirve como nombre"),
        (("module", "evaluacion"), "escriba uno como modulo-9"),
        (("lista", "x"), "no es algo que se pueda crear"),
    ):
        done = guide("new", copy, *arguments, ABC_LANG="es")
        assert done.returncode == 2 and told in done.stderr, arguments
    assert guide("new", copy, "checklist").returncode == 2
