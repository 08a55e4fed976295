"""The bundles of scripts: in step with their sources, alone in the site, and light."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest

from guide.downloads import instrument
from guide.downloads.instrument import ON_PAGES
from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import ROOT
from tools.scripts import BUNDLES, SCRIPTS, can_bundle, entries, imported, out_of_step, renew, sources


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
    last = sources(copy / SCRIPTS / "entries/search.js")[-1]
    last.write_text(last.read_text("utf-8") + "// More.\n", "utf-8")
    assert f"{BUNDLES}/search.js" in out_of_step(copy)
    assert f"{BUNDLES}/compare.js" not in out_of_step(copy)
    (copy / BUNDLES / "left.js").write_text("", "utf-8")
    (copy / BUNDLES / "page.js").unlink()
    assert {f"{BUNDLES}/left.js", f"{BUNDLES}/page.js"} <= set(out_of_step(copy))


def test_serve_brings_bundles_into_step_or_says_how(copy: Path, project: Project, capsys, monkeypatch):
    monkeypatch.setenv("ABC_LANG", "es")
    words = open_texts(project, "es")["scripts"]
    name = f"{BUNDLES}/search.js"
    entry = copy / SCRIPTS / "entries/search.js"
    before = (copy / name).read_bytes()
    entry.write_text(entry.read_text("utf-8") + 'document.title = "Otro";\n', "utf-8")
    renew(copy)
    assert capsys.readouterr().err.strip() == fill(words["old"], {"files": name})
    assert (copy / name).read_bytes() == before
    if not can_bundle(ROOT):
        pytest.skip("Node is not there: make lint brings it.")
    (copy / ".venv").symlink_to(ROOT / ".venv")
    renew(copy)
    assert capsys.readouterr().err.strip() == fill(words["written"], {"files": name})
    assert out_of_step(copy) == [] and b'document.title="Otro"' in (copy / name).read_bytes()
    # A mistake leaves the last good bundle; esbuild says where it is.
    good = (copy / name).read_bytes()
    entry.write_text("const = 1;\n", "utf-8")
    renew(copy)
    assert (copy / name).read_bytes() == good and out_of_step(copy) == [name]


def test_every_script_is_in_a_bundle():
    used = {path for entry in entries().values() for path in sources(entry)}
    assert {path.resolve() for path in (ROOT / SCRIPTS).rglob("*.js")} == used - {ROOT / "tests/scripts/modules.js"}


# What modules of a folder may import beside their own (decisions/0007-scripts.md).
ARROWS = {
    "core": set(),
    "assessment": {"core"},
    "group": {"core", "assessment"},
    "lms": {"core"},
    "planners": {"core"},
    "register": {"core", "planners"},
    "review": {"core", "assessment", "planners"},
    "offline": {"core"},
    "word": {"core"},
    "office": {"core", "assessment", "planners", "register", "review"},
    "site": {"core", "assessment/score.js"},
    "entries": {
        "core",
        "assessment",
        "group",
        "lms",
        "planners",
        "site",
        "word",
        "office",
        "register",
        "review",
        "offline",
    },
}


def test_modules_import_what_their_folder_may_and_in_no_circle():
    scripts = ROOT / SCRIPTS
    imports = {path: set(imported(path)) for path in scripts.rglob("*.js")}
    assert {path.parent.name for path in imports} == ARROWS.keys()
    for path, others in imports.items():
        for other in others - {one for one in others if one.parent == path.parent}:
            names = {other.parent.name, other.relative_to(scripts).as_posix()}
            assert names & ARROWS[path.parent.name], f"{path.name} imports {other.name}"
    while free := {path for path, others in imports.items() if not others & imports.keys()}:
        imports = {path: others for path, others in imports.items() if path not in free}
    assert not imports, "a circle: " + ", ".join(sorted(path.name for path in imports))


def test_a_page_gets_bundles_and_no_module(site: Path):
    assert not (site / "assets/scripts").exists()
    names = [name for name in entries() if name.startswith(BUNDLES)]
    assert {path.name for path in (site / "assets/bundles").iterdir()} == {Path(name).name for name in names}
    for name in names:
        head, *code = (site / "assets/bundles" / Path(name).name).read_text("utf-8").splitlines()
        assert head.startswith("/* make scripts: ") and code


def test_a_checklist_asks_for_few_scripts_and_no_other_list(open_page, address, site: Path, content: Content):
    """At most six scripts; all that is loaded, both faces too, is 91 kB at most, compressed."""
    first, *others = content.checklists
    asked: list[str] = []
    page = open_page()
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{address}autoevaluacion/{first.id}/", wait_until="networkidle")
    names = (url.removeprefix(address) for url in dict.fromkeys(asked) if url.startswith(address))
    loaded = {name: (site / name / ("index.html" if name.endswith("/") else "")).read_bytes() for name in names}
    scripts = [body.decode("utf-8") for name, body in loaded.items() if name.endswith(".js")]
    assert 1 < len(scripts) <= 6
    for one in others:
        assert not any(one.criteria[0].statement["es"] in script for script in scripts), one.id
    packed = [len(one if name.endswith((".woff2", ".png")) else gzip.compress(one)) for name, one in loaded.items()]
    assert sum(packed) <= 91_000, sorted(zip(packed, loaded))


def test_words_that_scripts_do_not_get_are_none_they_ask_for(project: Project):
    code = "".join(path.read_text("utf-8") for path in (ROOT / SCRIPTS).rglob("*.js"))
    for section, names in ON_PAGES.items():
        words = open_texts(project, project.default)[section]
        for name in names:
            assert name in words and not re.search(rf"\b{re.sub('_(one|other)$', '', name)}\b", code), (section, name)


def test_scripts_get_every_word_but_those_that_stand_on_the_page(content: Content, project: Project):
    for code in project.codes:
        texts = open_texts(project, code)
        whole = instrument.script(content, texts, lambda page: page)
        small = (
            instrument.quick_script(content, texts, lambda page: page),
            instrument.checklist_script(content.checklists[0], content, texts, lambda page: page),
        )
        for script in (whole, *small):
            words = json.loads(script.partition("] = ")[2].removesuffix(";\n"))["words"]
            for section in ON_PAGES.keys() & words.keys():
                others = frozenset() if script is whole else instrument._WORDS_OF_ALL.get(section, frozenset())
                assert words[section].keys() == texts[section].keys() - ON_PAGES[section] - others, section
            assert ON_PAGES.keys() <= words.keys() or script in small
            assert ("report" in words) == (script is whole)


def test_a_failing_element_is_told_with_what_it_lacks(browser, address):
    """What a page's script does not find is named with the page, the selector and the kind it should be."""
    page = browser.new_page()
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.route("**/glosario/", lambda route: route.fulfill(body=route.fetch().text().replace("glossary-letters", "x")))
    page.goto(address + "glosario/")
    page.wait_for_load_state("load")
    page.close()
    assert told == ["/glosario/: #document .glossary-letters is not there; it should be a HTMLElement"]


def test_bundles_are_made_of_a_newer_esbuild_too(copy: Path):
    lock = copy / "tools/node/package-lock.json"
    packages = json.loads(lock.read_text("utf-8"))
    packages["packages"]["node_modules/esbuild"]["version"] += ".1"
    lock.write_text(json.dumps(packages), "utf-8")
    assert out_of_step(copy) == sorted(entries(copy))
