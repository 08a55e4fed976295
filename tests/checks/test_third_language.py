"""A third language is a block in mkdocs.yml, a file of words and pages as they come: no code.

A fourth one, of which almost nothing is there, is written from right to left.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from guide.checks import check
from guide.reading.project import open_project, open_texts
from tests.authoring.test_command import run as guide
from tests.conftest import ROOT, SITE_URL, mkdocs
from tests.documents import Document
from tests.model.test_loader import change
from tools.server import serve

pytestmark = pytest.mark.usefixtures("keeping")
OTHERS = ("ar", "pt", "en")
WORDS = """
page:
  skip: Ir para o conteúdo
  not_translated: Esta página ainda não foi traduzida. É mostrada no idioma original ({language}).
assessment:
  why: Por que importa
freshness:
  behind: O original ({language}) mudou depois desta tradução.
prose:
  straight_quotes: allowed
  opening_marks: none
  units: reais, pessoas, cidades
  own_figures: inventado
  vague_links: aqui
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The project with a few pages, texts and words in Portuguese."""
    root = tmp_path_factory.mktemp("third") / "project"
    ignored = shutil.ignore_patterns(".git", ".venv", "site", "tests", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, root, ignore=ignored)
    config = "mkdocs.yml"
    change(
        root,
        config,
        **{
            "from": "        - locale: en\n",
            "to": "        - locale: ar\n          name: العربية\n        - locale: pt\n          name: Português\n          site_name: ABC da internacionalização das cidades\n          nav_translations:\n            Acerca de: Sobre\n        - locale: en\n",
        },
    )
    change(root, config, **{"from": "extra:\n", "to": "extra:\n  in_progress: [pt, ar]\n"})
    (root / "locales/pt.yml").write_text(WORDS, "utf-8")
    (root / "locales/ar.yml").write_text("page:\n  skip: انتقل إلى المحتوى\n", "utf-8")
    (root / "docs/pt").mkdir()
    page = (root / "docs/es/acerca.md").read_text("utf-8")
    (root / "docs/pt/acerca.md").write_text(
        page.replace("title: Acerca de este sitio", "title: Sobre este site"), "utf-8"
    )
    checklist = "checklists/sociedad-civil.yml"
    change(root, checklist, **{"from": "title:\n", "to": "title:\n  pt: Sociedade civil e cidadania global\n"})
    change(
        root,
        checklist,
        **{"from": "    why:\n", "to": "    why:\n      pt: Sem mapa, convocam-se sempre as mesmas pessoas.\n"},
    )
    # Somebody has looked at it: much of the page says the same as the original.
    assert guide("reviewed", root, "docs/pt/acerca.md").returncode == 0
    change(root, "docs/es/acerca.md", **{"from": "No otorga certificados", "to": "No da certificados"})
    change(root, "docs/es/consideraciones/genero.md", **{"from": "Nadie le preguntó", "to": "Nadie le dijo"})
    change(root, "formats/es/memorando-red.md", **{"from": "## ", "to": "## I. "})
    change(root, "practices/barcelona-justicia-global.yml", **{"from": "La demanda social", "to": "La petición social"})
    return root


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory) -> Path:
    """The site, built strictly."""
    folder = tmp_path_factory.mktemp("third-site")
    built = mkdocs("build", "--strict", "--site-dir", str(folder), root=root, ABC_SITE_URL=SITE_URL)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Document]:
    """Its pages by their address."""
    return {
        path.parent.relative_to(folder).as_posix(): Document(path.read_text("utf-8"))
        for path in folder.rglob("index.html")
    }


def test_what_is_missing_is_no_error_and_what_is_wrong_is(root: Path):
    project = open_project(root)
    texts = open_texts(project, "en")
    found = check(project, history=False)
    assert found.errors.report(texts) == ""
    assert project.codes == ("es", "ar", "pt", "en") and project.in_progress == {"pt", "ar"}


def test_no_language_is_held_to_the_punctuation_of_another(root: Path, tmp_path: Path):
    project = open_project(root)
    assert [open_texts(project, code)["prose"]["straight_quotes"] for code in ("es", "ar")] == ["forbidden", "allowed"]
    copy = tmp_path / "project"
    shutil.copytree(root, copy)
    page = copy / "docs/ar/acerca.md"
    page.parent.mkdir()
    text = (copy / "docs/pt/acerca.md").read_text("utf-8")
    page.write_text(text.replace("{#que-es}\n", '{#que-es}\n\nA "B" C!\n'), "utf-8")
    assert guide("check", copy, "--fix").returncode == 0
    assert 'A "B" C!' in page.read_text("utf-8")
    written = page.read_text("utf-8").split("\n").index('A "B" C!') + 1
    assert f"docs/ar/acerca.md:{written}:" not in guide("check", copy).stdout


def test_every_page_is_there_in_the_third_language(pages):
    third = {path.removeprefix("pt").strip("/") for path in pages if path == "pt" or path.startswith("pt/")}
    first = {path.strip("./") for path in pages if path.split("/")[0] not in OTHERS}
    assert third == first
    for path, page in pages.items():
        expected = path.split("/")[0] if path.split("/")[0] in OTHERS else "es"
        assert page.find("html")[0]["lang"] == expected


def test_a_page_not_translated_says_so_in_the_third_language(pages):
    page = pages["pt/consideraciones/genero"]
    assert page.find("article")[0]["lang"] == "es"
    assert page.find("p", class_="notice")[0].text == (
        "Esta página ainda não foi traduzida. É mostrada no idioma original (Español)."
    )
    assert page.find("a", class_="skip")[0].text == "Ir para o conteúdo"


def test_a_translated_page_is_shown_and_says_when_it_is_behind(pages):
    page = pages["pt/acerca"]
    assert page.find("h1")[0].text == "Sobre este site"
    assert page.find("article")[0]["lang"] is None
    (notice,) = page.find("div", class_="notice")
    assert "O original (Español) mudou depois desta tradução." in notice.text
    links = [one["href"] for one in page.find("a") if notice in one.inside]
    assert links == ["../../acerca/", "#que-es"]
    assert not pages["acerca"].find("div", class_="notice")
    assert pages["en/acerca"].find("div", class_="notice")
    assert not pages["pt/consideraciones/genero"].find("div", class_="notice")


def test_a_page_made_of_many_files_says_when_one_of_them_is_behind(pages):
    for path in ("directorio/practicas", "directorio/practicas/barcelona-justicia-global", "guia-completa"):
        (notice,) = pages[f"en/{path}"].find("div", class_="notice")
        assert "has changed since this translation" in notice.text, path
        # What changed is not on this page by the same heading.
        assert len([one for one in pages[f"en/{path}"].find("a") if notice in one.inside]) == 1
        assert not pages[path].find("div", class_="notice")
    assert pages["en/herramientas/plantillas"].find("div", class_="notice")
    for path in ("directorio/redes", "glosario", "curso"):
        assert not pages[f"en/{path}"].find("div", class_="notice"), path


def test_texts_that_are_missing_stand_in_the_default_language_and_say_so(pages):
    page = pages["pt/autoevaluacion/sociedad-civil"]
    assert page.find("h1")[0].text == "Sociedade civil e cidadania global"
    why = [one.text for one in page.find("p", class_="why")]
    assert why[0] == "Por que importa. Sem mapa, convocam-se sempre as mesmas pessoas."
    spans = [one.text for one in page.find("span", lang="es")]
    content = yaml.safe_load((ROOT / "checklists/sociedad-civil.yml").read_text("utf-8"))
    assert content["criteria"][0]["statement"]["es"] in spans
    assert "Sem mapa, convocam-se sempre as mesmas pessoas." not in spans
    for path, document in pages.items():
        assert "<span lang" not in "".join(str(v) for one in document.elements for v in one.attributes.values()), path
    assert not pages["en/autoevaluacion/sociedad-civil"].find("span", lang="es")


def test_a_page_translated_in_part_says_so(pages):
    said = "Esta página está traducida solo en parte. Lo que falta se muestra en su idioma original (Español)."
    for path in ("pt/autoevaluacion/sociedad-civil", "pt/glosario", "ar/directorio/redes"):
        assert said in [one.text for one in pages[path].find("p", class_="notice")], path
    for path in ("glosario", "en/glosario", "en/autoevaluacion/sociedad-civil", "pt/autoevaluacion/resultados"):
        assert said not in [one.text for one in pages[path].find("p", class_="notice")], path


def test_a_language_from_right_to_left_runs_so_and_what_stands_in_does_not(pages):
    page = pages["ar/consideraciones/genero"]
    assert page.find("html")[0]["dir"] == "rtl"
    assert (page.find("article")[0]["lang"], page.find("article")[0]["dir"]) == ("es", "ltr")
    assert pages["consideraciones/genero"].find("html")[0]["dir"] == "ltr"
    assert all(one["dir"] for one in pages["ar/glosario"].find("span", lang="es"))


def test_the_name_of_a_page_not_translated_says_its_language(pages):
    page = pages["pt/acerca"]
    names = [one for one in page.find("a") if any("section-list" in up.classes for up in one.inside)]
    assert {one["href"]: (one["lang"], one["dir"]) for one in names if one["href"] in ("./", "../contribuir/")} == {
        "./": (None, None),
        "../contribuir/": ("es", "ltr"),
    }
    (following,) = (one for one in page.find("span", lang="es") if any(up["rel"] == "next" for up in one.inside))
    assert following.text and following["dir"] == "ltr"
    assert not pages["en/acerca"].find("span", lang="es")


def test_search_engines_are_told_of_real_translations_only(pages):
    def linked(path: str, **attributes: str) -> list[str]:
        return [one["href"] for one in pages[path].find("link", **attributes)]

    original = f"{SITE_URL}consideraciones/genero/"
    assert linked("pt/consideraciones/genero", rel="canonical") == [original]
    assert linked("consideraciones/genero", rel="canonical") == [original]
    for path in ("pt/consideraciones/genero", "consideraciones/genero"):
        assert linked(path, hreflang="pt") == [] and linked(path, hreflang="en") != []
    assert linked("pt/acerca", rel="canonical") == linked("acerca", hreflang="pt") == [f"{SITE_URL}pt/acerca/"]


def test_a_wrong_address_is_told_once_in_each_language_that_can(folder: Path):
    page = Document((folder / "404.html").read_text("utf-8"))
    assert [one["lang"] for one in page.find("div") if one["lang"]] == ["es", "en"]


def test_the_languages_fit_on_a_phone(folder: Path, browser):
    with serve(folder) as address:
        page = browser.new_page(viewport={"width": 360, "height": 700})
        for path in ("", "pt/", "ar/autoevaluacion/genero/"):
            page.goto(address + path)
            assert page.locator(".drawer [data-language]").count() == 3
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        page.close()


def test_missing_lists_pages_texts_words_and_sections(root: Path):
    summary = guide("missing", root, "pt", ABC_LANG="en").stdout.splitlines()
    assert len(summary) == 6 and summary[0] == "What is missing in Português (pt):"
    assert summary[-1] == "To see each of them: make missing lang=pt list=1"
    done = guide("missing", root, "--list", "pt", ABC_LANG="en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:5] == summary[:5]
    for line in ("docs/pt/consideraciones/genero.md", "search.open", "Guía", "checklists/sociedad-civil.yml:11: short"):
        assert f"\n  {line}" in done.stdout, line
    assert "docs/pt/acerca.md" not in done.stdout and "page.skip" not in done.stdout
    assert guide("missing", root, "en", ABC_LANG="en").stdout == "Nothing is missing in English (en).\n"
    assert guide("missing", root, "fr").returncode == 2


def test_a_complete_language_may_lack_nothing(root: Path, tmp_path: Path):
    """Taking the language off the list makes all that is missing one error, which says what to do."""
    copy = tmp_path / "project"
    shutil.copytree(root, copy)
    change(copy, "mkdocs.yml", **{"from": "  in_progress: [pt, ar]\n", "to": "  in_progress: [ar]\n"})
    done = guide("check", copy, ABC_LANG="en")
    assert done.returncode == 1
    title, sentence = done.stderr.splitlines()
    assert "(1)" in title
    # All but the one that is translated: of the guide, and of the templates to take away.
    written = [*(copy / "docs/es").rglob("*.md"), *(copy / "formats/es").glob("*.md")]
    assert sentence.startswith("mkdocs.yml:") and f"“pt” lacks {len(written) - 1} pages and" in sentence
    assert "put it into `extra.in_progress`" in sentence
    assert "Traceback" not in done.stderr
