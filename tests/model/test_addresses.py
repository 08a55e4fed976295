"""Permanent links: what was published stays, or leads to where it went."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.model.addresses import Redirect, address
from guide.model.content import Content, load
from guide.pages.addresses import by_language
from guide.pages.redirects import redirect_page, redirect_pages, with_old_sections
from guide.reading.project import Project, open_project, open_texts
from tests.authoring.test_command import guide, run
from tests.conftest import ROOT, copy_small_project
from tests.documents import Document
from tests.model.test_loader import sentences
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
    assert sentences(small) == []
    (small / REDIRECTS).unlink()
    assert sentences(small) == [
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
    assert any(line.startswith(sentence) for line in sentences(small)), sentences(small)


def test_an_address_has_one_redirect(small: Path):
    text = (small / REDIRECTS).read_text("utf-8")
    (small / REDIRECTS).write_text(text + text.removeprefix("redirects:\n"), "utf-8")
    assert sentences(small) == [
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


def test_there_is_a_page_at_every_old_address_in_every_language(small: Path):
    opened = open_project(small)
    redirects, addresses = load(opened).redirects, by_language(opened.codes, directories=True)
    for code, where in (("es", ""), ("en", "en/")):
        made = dict(redirect_pages(open_texts(opened, code), redirects, addresses[code], "https://abc.example/"))
        assert list(made) == [f"{where}vieja/pagina/index.html"]
        page = Document(made[f"{where}vieja/pagina/index.html"])
        assert page.find("a")[0]["href"] == "../../guia/#primera"
        assert page.find("link", rel="canonical")[0]["href"] == f"https://abc.example/{where}guia/#primera"


SECTIONS = "data/published-sections.txt"


@pytest.fixture
def listed(small: Path) -> Path:
    """The small project, whose sections were published."""
    assert run("ids", small).returncode == 0
    lines = (small / SECTIONS).read_text("utf-8").splitlines()
    assert lines == ["/guia/#detalle", "/guia/#primera", "/guia/#segunda"]
    return small


def rename(root: Path, old: str, new: str) -> None:
    for code in ("es", "en"):
        page = root / f"docs/{code}/guia.md"
        page.write_text(page.read_text("utf-8").replace(f"{{#{old}}}", f"{{#{new}}}"), "utf-8")


def test_the_list_holds_every_section_of_the_pages(content: Content, documents):
    lines = [line for line in (ROOT / SECTIONS).read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(set(lines)) and len(lines) > 200
    here = {f"/{path}#{one.attributes.get('id')}" for path, page in documents.items() for one in page.elements}
    moved = {one.source for one in content.redirects}
    assert set(lines) <= here | moved


def test_a_section_that_goes_in_all_languages_is_told_with_what_to_write(listed: Path):
    assert sentences(listed) == []
    rename(listed, "segunda", "otra")
    assert sentences(listed) == [
        "docs/es/guia.md: el apartado «segunda» ya se publicó y no está, y otros sitios enlazan a él; devuélvale su "
        "identificador o diga en data/redirects.yml a dónde lleva: `- from: /guia/#segunda` y, debajo, "
        "`to: guia.md#otra`."
    ]
    text = (listed / REDIRECTS).read_text("utf-8")
    (listed / REDIRECTS).write_text(text + "  - from: /guia/#segunda\n    to: guia.md#otra\n", "utf-8")
    assert sentences(listed) == []
    # What is led on from is no section any more, and nothing is forgotten.
    assert run("ids", listed).returncode == 0
    assert {"/guia/#segunda", "/guia/#otra"} <= set((listed / SECTIONS).read_text("utf-8").splitlines())
    rename(listed, "otra", "segunda")
    assert any("«/guia/#segunda» es un apartado de guia.md" in line for line in sentences(listed))


def test_the_sections_of_a_page_that_moved_go_along_or_are_told(listed: Path):
    for code in ("es", "en"):
        (listed / f"docs/{code}/guia.md").rename(listed / f"docs/{code}/manual.md")
    text = "redirects:\n  - from: /guia/\n    to: manual.md\n  - from: /vieja/pagina/\n    to: manual.md\n"
    (listed / REDIRECTS).write_text(text, "utf-8")
    assert not any("ya se publicó" in line for line in sentences(listed))
    for code in ("es", "en"):
        page = listed / f"docs/{code}/manual.md"
        page.write_text(page.read_text("utf-8").replace("{#detalle}", "{#otro}"), "utf-8")
    (line,) = [line for line in sentences(listed) if "ya se publicó" in line]
    assert line.startswith("docs/es/manual.md: el apartado «detalle» ya se publicó y no está")
    assert line.endswith("`- from: /guia/#detalle` y, debajo, `to: manual.md#…`.")


def test_an_old_id_leads_to_the_new_place_without_scripts(browser, tmp_path: Path, project: Project):
    texts = open_texts(project, "es")
    redirects = [
        Redirect("/guia/#viejo", "guia.md#nuevo"),
        Redirect("/guia/#mudado", "otra.md#aqui"),
        Redirect("/otra/#ajeno", "guia.md#nuevo"),
    ]
    written = (
        '<p>Antes.</p><div style="height:3000px"></div><h2 id="nuevo">Título</h2><div style="height:3000px"></div>'
    )
    html = with_old_sections(written, "guia.md", redirects, texts, lambda target: f"../{target.replace('.md', '/')}")
    assert "ajeno" not in html
    style = "<style>.moved:not(:target) { display: none }</style>"
    for name, text in (("guia", html + style), ("otra", "<title>x</title>")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f'<!doctype html><meta charset="utf-8">{text}', "utf-8")
    with serve(tmp_path) as start:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{start}guia/#viejo")
        assert -1 < page.locator("h2").bounding_box()["y"] < 60
        assert not page.get_by_text(texts["published"]["section_moved"]).is_visible()
        page = context.new_page()
        page.goto(f"{start}guia/#mudado")
        page.get_by_role("link", name=texts["published"]["section_go"]).click()
        page.wait_for_url(f"{start}otra/#aqui")
        context.close()


def test_the_page_at_an_old_address_knows_the_sections_that_went_elsewhere(browser, tmp_path: Path, project: Project):
    texts = open_texts(project, "es")
    html = redirect_page(texts, "../nueva/", "https://abc.example/nueva/", {"aparte": "../otra/#lugar"})
    for name, text in (("vieja", html), ("nueva", "<title>x</title>"), ("otra", "<title>x</title>")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f'<!doctype html><meta charset="utf-8">{text}', "utf-8")
    with serve(tmp_path) as start:
        for asked, reached in (("#aparte", "otra/#lugar"), ("#queda", "nueva/#queda"), ("", "nueva/")):
            page = browser.new_page()
            page.goto(f"{start}vieja/{asked}")
            page.wait_for_url(start + reached)
            page.close()
