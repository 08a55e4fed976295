"""Permanent links: what was published stays, or leads to where it went."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.content import Content, load
from guide.problems import ContentError
from guide.project import Project, open_project, open_texts
from guide.published import address, redirect_page
from tests.conftest import ROOT, copy_small_project
from tests.documents import Document
from tests.test_command import guide
from tools.server import serve

LIST = "data/published-pages.txt"
REDIRECTS = "data/redirects.yml"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The smallest project, with a page that was published and a file of redirects."""
    copy_small_project(tmp_path)
    (tmp_path / LIST).write_text("# Permanent.\n/guia/\n/vieja/pagina/\n", "utf-8")
    redirect(tmp_path, "/vieja/pagina/", "guia.md#primera")
    return tmp_path


def redirect(root: Path, source: str, target: str) -> None:
    text = f"redirects:\n  - from: {source}\n    to: {target}\n"
    (root / REDIRECTS).write_text(text, "utf-8")


def told(root: Path) -> list[str]:
    project = open_project(root)
    try:
        load(project)
    except ContentError as error:
        return error.problems.report(open_texts(project, "es")).splitlines()
    return []


def test_the_list_holds_the_addresses_of_the_built_site(documents, content: Content, project: Project):
    """All but those of entries added since: who adds one in the browser cannot run ``make ids``."""
    lines = (ROOT / LIST).read_text("utf-8").splitlines()
    listed = {line for line in lines if not line.startswith("#")}
    others = tuple(f"{code}/" for code in project.codes[1:])
    built = {f"/{path}" for path in documents if not path.startswith(others)}
    assert built - listed == set(content.new_pages)


@pytest.mark.parametrize(
    "page, expected",
    [
        ("index.md", "/"),
        ("curso/index.md", "/curso/"),
        ("curso/modulo-0.md", "/curso/modulo-0/"),
        ("acerca.md", "/acerca/"),
    ],
)
def test_the_address_of_a_page(page: str, expected: str):
    assert address(page) == expected


def test_a_page_that_goes_without_leading_anywhere_is_told(small: Path):
    assert told(small) == []
    (small / REDIRECTS).unlink()
    assert told(small) == [
        f"{LIST}:3: la página «/vieja/pagina/» ya se publicó y no está; recupérela o diga a dónde "
        f"lleva ahora en {REDIRECTS}."
    ]


@pytest.mark.parametrize(
    "source, target, sentence",
    [
        ("/guia/", "guia.md", f"{REDIRECTS}:2: redirects.1.from: en «/guia/» hay una página (guia.md)"),
        ("vieja/pagina", "guia.md", f"{REDIRECTS}:2: redirects.1.from: «vieja/pagina» no es la dirección"),
        ("/vieja/pagina/", "gia.md", f"{REDIRECTS}:3: redirects.1.to: no existe la página «gia.md»"),
        ("/vieja/pagina/", "guia.md#nada", f"{REDIRECTS}:3: redirects.1.to: el capítulo no tiene un apartado"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_told(small: Path, source: str, target: str, sentence: str):
    redirect(small, source, target)
    assert any(line.startswith(sentence) for line in told(small)), told(small)


def test_an_address_has_one_redirect(small: Path):
    text = (small / REDIRECTS).read_text("utf-8")
    (small / REDIRECTS).write_text(text + text.removeprefix("redirects:\n"), "utf-8")
    assert told(small) == [
        f"{REDIRECTS}:4: redirects.2.from: «/vieja/pagina/» ya tiene una redirección en la línea 2; deje solo una."
    ]


def test_ids_adds_new_pages_in_order_and_forgets_none(small: Path):
    (small / "docs/es/acerca.md").write_text("---\ntitle: x\n---\n", "utf-8")
    assert guide("ids", small).returncode == 0
    lines = (small / LIST).read_text("utf-8").splitlines()
    assert lines[0] == "# Permanent." and lines[1:] == sorted(lines[1:])
    assert {"/acerca/", "/guia/", "/vieja/pagina/", "/autoevaluacion/uno/"} <= set(lines)
    before = (small / LIST).read_text("utf-8")
    assert guide("ids", small).returncode == 0
    assert (small / LIST).read_text("utf-8") == before


def test_an_old_address_leads_on_with_or_without_scripts(browser, tmp_path: Path, project: Project):
    texts = open_texts(project, project.default)
    html = redirect_page(texts, "../../nueva/#antes", "https://abc.example/nueva/#antes")
    page = Document(html)
    assert page.find("html")[0]["lang"] == project.default
    assert [one["href"] for one in page.find("link", rel="canonical")] == ["https://abc.example/nueva/#antes"]
    for name, text in (("vieja/pagina", html), ("nueva", "<!doctype html><title>x</title>")):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(text, "utf-8")
    with serve(tmp_path) as start:
        for scripts, asked, reached in (
            (True, "vieja/pagina/", "nueva/#antes"),
            (True, "vieja/pagina/?embed#aqui", "nueva/?embed#aqui"),
            (False, "vieja/pagina/", "nueva/#antes"),
        ):
            context = browser.new_context(java_script_enabled=scripts)
            opened = context.new_page()
            opened.goto(start + asked)
            opened.wait_for_url(start + reached)
            context.close()


def test_the_build_writes_a_page_at_every_old_address(small: Path, monkeypatch):
    """The hook's own step, in every language, without building a whole site."""
    import generated_pages as hook

    opened = open_project(small)
    urls = {"es": {"index.md": "./", "guia.md": "guia/"}, "en": {"index.md": "en/", "guia.md": "en/guia/"}}
    build = hook._Build(opened, load(opened), freshness=None, generated={}, urls=urls)
    monkeypatch.setattr(hook, "_build", build, raising=False)
    config = type("Config", (), {"site_dir": str(small / "site"), "site_url": "https://abc.example/"})
    for code, where in (("es", ""), ("en", "en/")):
        hook._write_redirect(build.content.redirects[0], open_texts(opened, code), config)
        page = Document((small / "site" / where / "vieja/pagina/index.html").read_text("utf-8"))
        assert page.find("a")[0]["href"] == "../../guia/#primera"
        assert page.find("link", rel="canonical")[0]["href"] == f"https://abc.example/{where}guia/#primera"
