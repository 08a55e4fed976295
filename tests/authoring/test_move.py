"""A page that moves is one command, after which nothing is broken and no translation passes for fresh."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from guide.checks import check
from guide.reading.project import open_project, open_texts
from tests.authoring.test_command import copy_project, run
from tests.conftest import copy_small_project

OLD, NEW = "vinculos/redes.md", "redes/ciudades/elegir-red.md"


def sentences(root: Path) -> list[str]:
    project = open_project(root)
    return check(project, history=False).errors.report(open_texts(project, "es")).splitlines()


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole project, of which a page moved while its translation was behind in one section."""
    copy = copy_project(tmp_path_factory.mktemp("moved"))
    page = copy / "docs/es" / OLD
    text = page.read_text("utf-8")
    heading = re.search(r"^## .*\{#salir\}\n\n", text, re.MULTILINE)[0]
    page.write_text(text.replace(heading, f"{heading}Una frase nueva, que nadie ha traducido. "), "utf-8")
    assert [one.anchor for one, _ in check(open_project(copy)).freshness.behind] == ["salir"]
    done = run("move", copy, OLD, NEW, ABC_LANG="es")
    assert done.returncode == 0, done.stderr
    return copy


@pytest.fixture
def moved(after: Path, tmp_path: Path, keeping: None) -> Path:
    """The same, to change."""
    return shutil.copytree(after, tmp_path / "project")


def test_nothing_is_broken_after_a_move(moved: Path):
    assert sentences(moved) == []
    assert not list((moved / "docs").glob(f"*/{OLD}"))
    for code in ("es", "en"):
        assert (moved / "docs" / code / NEW).is_file()
    for path in moved.rglob("*"):
        if path.suffix in (".md", ".yml", ".html") and path.name not in ("published-pages.txt", "search-cases.yml"):
            assert OLD not in path.read_text("utf-8"), path
    # Pages from the folder that it left, of its new one and of none lead to it.
    assert "](../redes/ciudades/elegir-red.md" in (moved / "docs/es/regiones/asia-pacifico.md").read_text("utf-8")
    assert "](redes/ciudades/elegir-red.md" in (moved / "docs/es/index.md").read_text("utf-8")
    assert "](../../bibliografia.md#" in (moved / "docs/es" / NEW).read_text("utf-8")
    assert "          - redes/ciudades/elegir-red.md\n" in (moved / "mkdocs.yml").read_text("utf-8")
    redirects = yaml.safe_load((moved / "data/redirects.yml").read_text("utf-8"))
    assert redirects == {"redirects": [{"from": "/vinculos/redes/", "to": NEW}]}
    found = check(open_project(moved), history=False)
    assert found.content.new_pages == () and found.content.new_sections == ()


def test_what_a_translation_follows_stays_as_it_was(moved: Path):
    fresh = check(open_project(moved)).freshness
    assert [(one.file, one.anchor) for one, _ in fresh.behind] == [(f"docs/en/{NEW}", "salir")]
    assert fresh.unrecorded == ()


def test_a_page_that_comes_back_leads_on_no_more(moved: Path):
    assert run("move", moved, NEW, OLD).returncode == 0
    assert sentences(moved) == []
    redirects = yaml.safe_load((moved / "data/redirects.yml").read_text("utf-8"))
    assert redirects == {"redirects": [{"from": "/redes/ciudades/elegir-red/", "to": OLD}]}


def test_links_of_every_form_are_mended_and_code_is_not(tmp_path: Path):
    copy_small_project(tmp_path)
    for code in ("es", "en"):
        (tmp_path / f"docs/{code}/otra.md").write_text(
            "---\ntitle: Otra\ndescription: Una página que enlaza a la guía de todas las maneras que hay.\n---\n\n"
            '[a](guia.md#primera) [b](<guia.md>) [c][d] <a href="guia.md">e</a> `[f](guia.md)`\n\n'
            "[d]: guia.md\n\n```\n[g](guia.md)\n```\n",
            "utf-8",
        )
    done = run("move", tmp_path, "docs/es/guia.md", "partes/manual")
    assert "partes/manual.md" in done.stdout
    text = (tmp_path / "docs/en/otra.md").read_text("utf-8")
    assert text.count("partes/manual.md") == 4 and text.count("guia.md") == 2
    assert "`[f](guia.md)`" in text and "\n[g](guia.md)\n" in text
    page = (tmp_path / "docs/es/partes/manual.md").read_text("utf-8")
    assert "](../index.md)" in page and "](../assets/mapa.svg)" in page and "](../bibliografia.md#ley-uno)" in page


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("gia.md", "otra.md", "no existe la página «gia.md» en docs/es/"),
        ("", "otra.md", "no existe la página «»"),
        ("../../etc/passwd", "otra.md", "no existe la página"),
        ("bibliografia.md", "fuentes.md", "«bibliografia.md» no se escribe en docs/es/"),
        ("guia.md", "Guía nueva.md", "«Guía nueva.md» no sirve como nombre de página"),
        ("guia.md", "../guia.md", "«../guia.md» no sirve como nombre de página"),
        ("guia.md", "guia", "«guia.md» ya está ahí"),
        ("guia.md", "bibliografia.md", "en «bibliografia.md» ya hay una página"),
        ("guia.md", "index.md", "en «index.md» ya hay una página"),
        # Also where only one language has it.
        ("guia.md", "suelta.md", "en «suelta.md» ya hay una página"),
        ("guia.md", "una/suelta.md", "en «una/suelta.md» ya hay una página"),
        ("index.md", "otra.md", "«index.md» tiene un lugar fijo"),
    ],
)
def test_what_cannot_move_is_a_sentence_and_nothing_changes(tmp_path: Path, old: str, new: str, told: str):
    copy_small_project(tmp_path)
    (tmp_path / "docs/es/una").mkdir()
    for name in ("en/suelta.md", "es/una/suelta.md"):
        shutil.copy(tmp_path / "docs/en/guia.md", tmp_path / "docs" / name)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run("move", tmp_path, old, new, ABC_LANG="es")
    assert done.returncode == 2 and done.stderr.startswith(told), done.stderr
    assert "No se mudó nada." in done.stderr and "make move from=" in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
