"""The exits: plain projects that other engines build to the same pages, titles and links; a fork of MkDocs."""

from __future__ import annotations

import functools
import os
import posixpath
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from guide.authoring.export import export
from guide.model.content import load
from guide.model.site_pages import BOOK_PAGE
from guide.reading.project import Project, open_project
from tests.authoring.test_command import run as guide
from tests.conftest import REPOSITORY, ROOT, SITE_URL, copy_small_project, mkdocs
from tests.documents import Document, Element
from tests.model.test_loader import change
from tools.server import serve

CODES = open_project(ROOT).codes
ENGINES = ("mkdocs", "zensical")
BOOK = BOOK_PAGE.removesuffix(".md") + "/"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """The folder with a project a language."""
    folder = tmp_path_factory.mktemp("export") / "projects"
    done = guide("export", ROOT, str(folder), ABC_SITE_URL=SITE_URL, ABC_REPOSITORY=REPOSITORY, ABC_LANG="en")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def build(exported: Path):
    """``build(engine, code)`` gives every page of a language's project by its address, built strictly."""

    @functools.cache
    def build(engine: str, code: str) -> tuple[Path, dict[str, Document]]:
        root = exported / code
        if engine == "mkdocs":
            site = root / "site-mkdocs"
            done = mkdocs("build", "--strict", "--site-dir", str(site), root=root)
        else:
            site = root / "site"
            command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
            done = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return site, {_address(path, site): Document(path.read_text("utf-8")) for path in site.rglob("index.html")}

    return build


def _address(path: Path, site: Path) -> str:
    found = path.parent.relative_to(site).as_posix()
    return "" if found == "." else f"{found}/"


def _of_language(documents: dict[str, Document], project: Project, code: str) -> dict[str, Document]:
    """The real site's pages of one language, by their address inside it."""
    others = tuple(f"{one}/" for one in project.codes[1:])
    if code == project.default:
        return {address: page for address, page in documents.items() if not address.startswith(others)}
    return {a.removeprefix(f"{code}/"): page for a, page in documents.items() if a.startswith(f"{code}/")}


def _links(page: Document, address: str, start: str = "", real: bool = False) -> set[str]:
    """Where the text of a page leads, addresses of the site from the language's root."""
    found = set()
    for link in page.find("a"):
        inside = any("prose" in up.classes for up in link.inside) if real else True
        # Explained terms are an addition of the site's own; they lead to the glossary.
        if inside and link["href"] and "term" not in link.classes:
            found.add(_resolved(link["href"], start + address).removeprefix(start))
    return found


def _resolved(href: str, address: str) -> str:
    parts = urlsplit(href.replace(SITE_URL, "/"))
    if parts.scheme or parts.netloc:
        return href
    path = posixpath.normpath(posixpath.join("/", address, parts.path)).lstrip("/")
    path += "/" if path and not posixpath.splitext(path)[1] else ""
    return path + (f"#{parts.fragment}" if parts.fragment else "")


def _title(page: Document) -> Element:
    (title,) = page.find("h1")
    return title


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("engine", ENGINES)
def test_another_engine_builds_the_same_pages_titles_and_links(engine, code, build, documents, project: Project):
    _, built = build(engine, code)
    real = _of_language(documents, project, code)
    # It is put together from pages as our engine renders them (decisions/0003-exits.md).
    del real[BOOK]
    assert set(built) == set(real)
    start = "" if code == project.default else f"{code}/"
    for address, page in real.items():
        other = built[address]
        assert _title(other).text.removesuffix("¶") == _title(page).text, address
        assert _title(other).text in other.find("title")[0].text or not address
        assert other.find("html")[0]["lang"] == code
        missing = _links(page, address, start, real=True) - _links(other, address) - {BOOK}
        assert not missing, (address, sorted(missing)[:5])
        ids = {one["id"] for one in page.elements if one["id"] and any("prose" in up.classes for up in one.inside)}
        assert ids <= set(other.ids), address


@pytest.mark.parametrize("engine", ENGINES)
def test_every_address_in_a_built_page_is_there(engine, build):
    for code in CODES:
        site, built = build(engine, code)
        for address, page in built.items():
            for one in page.elements:
                target = one["href"] if one.tag in ("a", "link") else one["src"]
                if not target or (not any("prose" in up.classes for up in one.inside) and one.tag != "script"):
                    continue
                parts = urlsplit(target)
                if parts.scheme or parts.netloc or target.startswith("#"):
                    continue
                there = site / posixpath.normpath(posixpath.join(address, parts.path))
                assert there.exists(), (code, address, target)
                if parts.fragment and (there / "index.html").is_file():
                    path = posixpath.normpath(posixpath.join("/", address, parts.path)).strip("/")
                    assert parts.fragment in built[f"{path}/" if path else ""].ids, (code, address, target)


@pytest.mark.parametrize("engine", ENGINES)
def test_markdown_leaves_the_html_of_the_data_alone(engine, build, exported):
    """What a page made from data says stands in the built page to the letter."""
    for page in ("autoevaluacion/genero", "glosario", "directorio/redes", "curso/modulo-1", "bibliografia"):
        source = (exported / "es/docs" / page / "index.md").read_text("utf-8")
        article = source[source.index("<article") : source.rindex("</article>")]
        site, _ = build(engine, "es")
        built = (site / page / "index.html").read_text("utf-8")
        # Zensical uses up the marks of what search leaves out.
        assert article.replace(" data-search-exclude", "") in built.replace(" data-search-exclude", ""), page


def test_an_assessment_works_under_another_theme(build, browser):
    site, _ = build("mkdocs", "es")
    with serve(site) as address:
        page = browser.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda one: one.url.startswith(address) or wrong.append(one.url))
        page.goto(f"{address}autoevaluacion/genero/")
        page.locator(".criterion").first.locator("input[type=radio]").nth(3).check(force=True)
        page.wait_for_function("() => document.body.textContent.includes('1 de 10')")
        page.reload()
        assert page.locator(".criterion").first.locator("input[type=radio]").nth(3).is_checked()
        page.close()
    assert wrong == []


@pytest.mark.parametrize("engine", ENGINES)
def test_what_filled_buttons_say_can_be_read_under_another_theme(engine, build, browser):
    site, _ = build(engine, "es")
    with serve(site) as address:
        page = browser.new_page()
        for path, selector in (
            ("autoevaluacion/documentos/", "[data-document=word]"),
            ("autoevaluacion/resultados/", "a.button"),
        ):
            page.goto(address + path)
            found = page.locator(f"article {selector}").first
            found.wait_for()
            style = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
            assert found.evaluate(style) == ["rgb(255, 255, 255)", "rgb(29, 63, 143)"], path
        page.close()


def test_a_project_needs_nothing_of_ours(exported: Path):
    for code in CODES:
        config = yaml.safe_load((exported / code / "mkdocs.yml").read_text("utf-8"))
        assert not {"hooks", "plugins", "INHERIT"} & set(config)
        assert "custom_dir" not in config["theme"]
        for page in (exported / code / "docs").rglob("*.md"):
            front = yaml.safe_load(page.read_text("utf-8").split("---\n")[1])
            assert set(front) == {"title", "description"}, page
            assert "este-sitio.example" not in page.read_text("utf-8"), page
    titles = [next(iter(item)) for item in config["nav"] if isinstance(item, dict)]
    assert titles[0] == "Guide"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The smallest project with the looks of the real one, an old address and a page that is not translated."""
    root = tmp_path / "project"
    copy_small_project(root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    (root / "data/redirects.yml").write_text("redirects:\n  - from: /vieja/pagina/\n    to: guia.md#primera\n", "utf-8")
    change(root, "mkdocs.yml", **{"from": "site_name: Prueba\n", "to": SETTINGS})
    (root / "docs/en/guia.md").unlink()
    (root / "docs/es/plano.pdf").write_text("Plano", "utf-8")
    return root


SETTINGS = """site_name: Prueba
site_url: https://abc.example/
extra:
  repository: !ENV [NOT_SET, "https://code.example/abc"]
  in_progress: [en]
markdown_extensions: [admonition, attr_list, md_in_html, tables]
"""


def test_files_old_addresses_and_missing_translations_go_along(small: Path, tmp_path: Path):
    folder = tmp_path / "out"
    project = open_project(small)
    assert export(project, load(project), folder) == ("es", "en")
    docs = folder / "en/docs"
    assert (docs / "plano.pdf").read_text("utf-8") == "Plano"
    assert (docs / "assets/mapa.svg").is_file()
    assert "# Guía" in (docs / "guia.md").read_text("utf-8")
    old = Document((docs / "vieja/pagina/index.html").read_text("utf-8"))
    assert old.find("a")[0]["href"] == "../../guia/#primera"
    assert old.find("link", rel="canonical")[0]["href"] == "https://abc.example/en/guia/#primera"
    config = yaml.safe_load((folder / "en/mkdocs.yml").read_text("utf-8"))
    assert config["nav"][1] == {"Parts": ["guia.md"]}
    # Links to what stands elsewhere now, but not in code.
    text = (docs / "guia.md").read_text("utf-8")
    assert "](bibliografia/index.md#ley-uno)" in text and "[esto](un-enlace.md)" in text


def test_nothing_is_written_over_what_is_there(small: Path, tmp_path: Path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", "utf-8")
    done = guide("export", small, str(folder), ABC_LANG="en")
    assert (done.returncode, done.stdout) == (2, "") and str(folder) in done.stderr
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
    assert guide("export", small).returncode == 2


def test_wrong_content_is_told_and_not_exported(small: Path, tmp_path: Path):
    change(small, "docs/es/guia.md", **{"from": "](index.md)", "to": "](nada.md)"})
    done = guide("export", small, str(tmp_path / "out"), ABC_LANG="en")
    assert done.returncode == 1 and "docs/es/guia.md:6:" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_fork_of_mkdocs_builds_the_same_site(site: Path, tmp_path: Path):
    """ProperDocs, with the hooks and the i18n plugin as they are: every file the same to the byte."""
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml"]
    done = subprocess.run(
        [*command, "--site-dir", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "ABC_SITE_URL": SITE_URL, "ABC_REPOSITORY": REPOSITORY},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert _files(tmp_path) == _files(site)


def _files(folder: Path) -> dict[str, int]:
    # The compressed map of the site carries the time.
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz")
    return {path.relative_to(folder).as_posix(): zlib.crc32(path.read_bytes()) for path in paths}
