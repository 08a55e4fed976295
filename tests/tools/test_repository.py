"""What the host of the repository reads: workflows, forms, owners; and the commands the texts name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from guide.checks.corpus import read_site
from guide.checks.report import _data, _property
from guide.model.content import Content
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project
from tests.authoring.test_command import run as guide
from tests.conftest import ROOT, copy_small_project
from tests.documents import Document
from tests.model.test_loader import change
from tools.zip import pack

GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
FORMS = sorted(path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.name != "config.yml")
COMMANDS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def read(path: Path):
    return yaml.safe_load(path.read_text("utf-8"))


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_of_a_workflow_is_pinned(path: Path):
    """By its full commit, with the version behind it for people."""
    used = [step["uses"] for step in steps(read(path)) if "uses" in step]
    assert used
    for one in used:
        assert PINNED.fullmatch(one), one
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_our_commands_and_may_do_little(path: Path):
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 45
        assert job["runs-on"] == "ubuntu-24.04"
        kept = [one["with"]["persist-credentials"] for one in job["steps"] if "/checkout@" in one.get("uses", "")]
        # Only what records on main may write to the repository, and only it keeps what it needs to push.
        writes = job.get("permissions", {}).get("contents") == "write"
        assert not writes or (job["steps"][-1]["run"] == "make record" and job["if"] == "github.event_name == 'push'")
        assert all(one is writes for one in kept)
    for step in steps(workflow):
        if "run" in step:
            assert re.fullmatch(r"make ([a-z]+)( \w+=[\w./]+)?", step["run"])[1] in COMMANDS
    # Whoever proposes a change can put anything into titles and branch names.
    assert not re.search(r"github\.(head_ref|event\.(pull_request|issue|comment|head_commit))", path.read_text("utf-8"))


def test_only_the_main_branch_is_published_and_only_after_all_checks():
    jobs = read(GITHUB / "workflows/site.yml")["jobs"]
    assert jobs["build"]["if"] == "github.event_name == 'push'"
    assert set(jobs["build"]["needs"]) == {"check", "test"}
    assert jobs["deploy"]["needs"] == "build"
    # `on` is a boolean for YAML 1.1.
    assert read(GITHUB / "workflows/site.yml")[True]["push"] == {"branches": ["main"]}


def test_whoever_changes_a_text_is_not_asked_for_layout():
    """The folders where no code is, and no others."""
    folders = {path.split("/")[0] for path in read(GITHUB / "workflows/code.yml")[True]["pull_request"]["paths-ignore"]}
    kinds = {kind.files.split("/")[0] for kind in read_site(open_project(ROOT), Problems()).kinds}
    assert kinds - {"mkdocs.yml"} <= folders
    for folder in folders:
        assert {path.suffix for path in (ROOT / folder).rglob("*.*")} <= {".md", ".svg", ".txt", ".yml", ".png"}, folder


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_is_what_the_host_reads(path: Path):
    form = read(path)
    assert set(form) == {"name", "description", "title", "body"}
    ids = [one["id"] for one in form["body"] if one["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 3
    for one in form["body"]:
        assert one["type"] in ("markdown", "input", "textarea", "dropdown")
        assert one["type"] == "markdown" or one["attributes"]["label"]
        assert set(one) <= {"type", "id", "attributes", "validations"}
    # Spanish first, then English.
    for text in [form["name"], form["description"], *(one["attributes"].get("label", "·") for one in form["body"])]:
        assert "·" in text, text


def test_forms_offer_what_the_catalogue_knows(content: Content):
    known = {
        name: [f"{one.id}: {one.name['es']} · {one.name['en']}" for one in getattr(content.catalogue, name)]
        for name in ("categories", "themes", "regions")
    }
    fields = {"category": "categories", "themes": "themes", "region": "regions", "regions": "regions"}
    for path in FORMS:
        for one in read(path)["body"]:
            if one["type"] == "dropdown":
                assert one["attributes"]["options"] == known[fields[one["id"]]], (path.name, one["id"])


def test_owners_own_what_is_there():
    lines = (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines()
    named = {line.split()[1] for line in lines if line.startswith("#   @")}
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    for pattern, *owners in rules:
        assert pattern == "*" or (ROOT / pattern.strip("/")).exists(), pattern
        assert owners and named.issuperset(owners)
    codes = open_project(ROOT).codes
    assert {f"/docs/{code}/curso/" for code in codes} <= {pattern for pattern, *_ in rules}


def test_what_runs_before_a_commit_is_ours():
    (repository,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["entry"].split() == ["make", hook["id"]] and hook["id"] in COMMANDS


def test_the_template_of_proposals_is_five_lines():
    assert len((GITHUB / "pull_request_template.md").read_text("utf-8").splitlines()) == 5


@pytest.mark.parametrize(
    "name",
    [
        "CONTRIBUTING.md",
        "README.md",
        *(f"docs/{code}/{page}.md" for code in open_project(ROOT).codes for page in ("contribuir", "alojar")),
    ],
)
def test_texts_name_commands_that_exist(name: str):
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"(?:`|^|= ?|\d/? )make ([a-z]+)", text, re.MULTILINE))
    assert named and named <= COMMANDS, named - COMMANDS


def test_contributing_is_a_page_a_language_with_the_browser_first():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    # Recipes and what is for developers come after both.
    spanish, english = text.partition("\n## Recipes\n")[0].split("\n## English\n")
    for half, browser, machine in (
        (spanish, "**En el navegador**", "**En su equipo.**"),
        (english, "**In the browser**", "**On your machine.**"),
    ):
        assert half.index(browser) < half.index(machine)
        assert len(half.splitlines()) < 45


def test_annotations_stand_at_the_line_of_the_mistake(tmp_path: Path):
    copy_small_project(tmp_path)
    change(tmp_path, "docs/es/guia.md", **{"from": "](index.md)", "to": "](nada.md)"})
    done = guide("check", tmp_path, "--annotations", ABC_LANG="en")
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if line.startswith("::error")]
    line = next(line for line in told if line.startswith("::error file=docs/es/guia.md,line=6::"))
    # The same is in the log, with its place, for those who read there.
    assert "docs/es/guia.md:6: " + line.split("::")[2] in done.stderr
    assert len(told) == len(done.stderr.splitlines()) - 1
    warned = [line for line in done.stdout.splitlines() if line.startswith("::warning")]
    assert all(re.match(r"::warning file=[^:,]+(,line=\d+)?::\S", line) for line in warned)


def test_annotations_keep_per_cent_signs_and_commas_apart():
    assert _data("100%\nof") == "100%25%0Aof"
    assert _property("a:b,c%") == "a%3Ab%2Cc%25"


def test_the_same_files_make_the_same_archive(tmp_path: Path):
    for name, order in (("one", "abc"), ("two", "cba")):
        for letter in order:
            (tmp_path / name / letter).mkdir(parents=True)
            (tmp_path / name / letter / "index.html").write_text(letter * 100, "utf-8")
    (tmp_path / "two/a/index.html").chmod(0o600)
    assert pack(tmp_path / "one", tmp_path / "one.zip") == 3
    pack(tmp_path / "two", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["a/index.html", "b/index.html", "c/index.html"]
    done = subprocess.run(
        [sys.executable, "-m", "tools.zip", str(tmp_path / "none"), str(tmp_path / "x.zip")],
        cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "hooks"},
    )  # fmt: skip
    assert done.returncode == 1 and "make build" in done.stderr


def test_the_site_opens_from_a_folder(offline: Path, browser):
    """Without a server: every link leads to a file, and an assessment keeps its answers."""
    for path in offline.rglob("*.html"):
        if path.name == "404.html":
            continue
        for link in Document(path.read_text("utf-8")).find("a"):
            target = (link["href"] or "#").partition("#")[0]
            if target and not re.match(r"[a-z]+:", target):
                assert (path.parent / target.partition("?")[0]).is_file(), (path, target)
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((offline / "autoevaluacion/genero.html").as_uri())
    answer = page.locator(".criterion input[type=radio]").nth(2)
    answer.check(force=True)
    page.reload()
    assert answer.is_checked()
    page.locator('[data-action="search"]').click()
    page.fill("#buscador-palabras", "hermanamiento")
    page.locator(".search-results a").first.click()
    page.wait_for_url("file://**.html**")
    assert page.locator("h1").count() == 1
    page.close()
    assert wrong == []


def test_catalogues_of_software_and_of_texts_are_told_what_is_true(settings: dict, project: Project):
    """The two files that others' programs read say the addresses, licences and languages of the site."""
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    site, repository = (re.search(rf'\[ABC_{name}, "(.+)"\]', text)[1] for name in ("SITE_URL", "REPOSITORY"))
    assert (code["url"], code["landingURL"]) == (repository, site) == (cited["repository-code"], cited["url"])
    assert code["localisation"]["availableLanguages"] == list(project.codes) == list(code["description"])
    for about in code["description"].values():
        assert len(about["shortDescription"]) <= 150 <= len(about["longDescription"]) <= 10_000
        assert all(len(one) <= 100 for one in about["features"])
    assert f"{code['legal']['license']} License" in (ROOT / "LICENSE").read_text("utf-8")
    assert cited["license"] == "CC-BY-4.0" and "CC BY 4.0" in (ROOT / "LICENSE-CONTENT").read_text("utf-8")
    assert {"cff-version", "message", "title", "authors"} < set(cited)


def test_what_changed_is_told_day_by_day_in_both_languages():
    """One list a language, with the same days and as many entries on each."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    spanish, english = re.search(r"\n## Cambios\n(.*)\n## Changes\n(.*)", text, re.DOTALL).groups()
    days = [
        [re.findall(r"\d+", one)[::2] for one in re.findall(r"^### (.+)$", half, re.MULTILINE)]
        for half in (spanish, english)
    ]
    assert days[0] == days[1] != []
    entries = [[one.count("\n- ") for one in half.split("\n### ")[1:]] for half in (spanish, english)]
    assert entries[0] == entries[1] and min(entries[0]) > 0
