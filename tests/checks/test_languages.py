"""A language starts with one command, and what it lacks is a number and a list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from guide.checks import check
from guide.reading.project import open_project, open_texts
from tests.authoring.test_command import run
from tests.conftest import copy_small_project
from tests.model.test_loader import change

pytestmark = pytest.mark.usefixtures("keeping")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    copy_small_project(tmp_path)
    return tmp_path


@pytest.fixture
def begun(small: Path) -> Path:
    assert run("new", small, "language", "pt", "Português").returncode == 0
    return small


def sentences(root: Path) -> list[str]:
    project = open_project(root)
    return check(project, history=False).errors.report(open_texts(project, "es")).splitlines()


def test_a_language_starts_with_one_command(small: Path):
    done = run("new", small, "language", "pt", "Português: a língua", ABC_LANG="es")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Se escribió mkdocs.yml, locales/pt.yml.")
    project = open_project(small)
    assert [(one.code, one.name) for one in project.languages][-1] == ("pt", "Português: a língua")
    assert project.in_progress == {"pt"}
    done = run("check", small, ABC_LANG="es")
    assert done.returncode == 0, done.stderr
    (line,) = [one for one in done.stdout.splitlines() if "«pt»" in one]
    assert re.fullmatch(r"A «pt» le faltan 2 páginas y \d+ textos: make missing lang=pt", line)


@pytest.mark.parametrize(
    "extra, expected",
    [
        ("", ["pt"]),
        ("extra:\n  repository: x\n", ["pt"]),
        ("extra:\n  in_progress: [ca] # uno\n  otra: 1\n", ["ca", "pt"]),
        ("extra:\n  in_progress:\n    - ca\n    - 'no'\n\n  otra: 1\n", ["ca", "no", "pt"]),
        ("extra:\n  in_progress: []\n", ["pt"]),
        ("extra:\n  in_progress:\n  otra: 1\n", ["pt"]),
    ],
)
def test_the_settings_are_written_whatever_they_said(small: Path, extra: str, expected: list[str]):
    settings = small / "mkdocs.yml"
    before = extra + settings.read_text("utf-8")
    settings.write_text(before, "utf-8")
    assert run("new", small, "language", "pt", "Português").returncode == 0
    old, new = yaml.safe_load(before), yaml.safe_load(settings.read_text("utf-8"))
    assert new["extra"].pop("in_progress") == expected
    (old.get("extra") or {}).pop("in_progress", None)
    assert new.pop("extra") == (old.pop("extra", None) or {})
    languages = new["plugins"][0]["i18n"]["languages"]
    assert languages.pop() == {"locale": "pt", "name": "Português"}
    assert new == old
    assert before.count("#") == settings.read_text("utf-8").count("#") or "# uno" in before


@pytest.mark.parametrize(
    "arguments, told, better",
    [
        (("pt",), "falta cómo se llama a sí mismo el idioma «pt»", "make new kind=language id=pt name=…"),
        (("pt", "  "), "falta cómo se llama", "make new kind=language id=pt name=…"),
        (("PT", "x"), "«PT» no es el código de un idioma", "make new kind=language id=… name=…"),
        (("../x", "x"), "«../x» no es el código", "make new kind=language id=… name=…"),
        (("en", "x"), "el idioma «en» ya está en mkdocs.yml", "make new kind=language id=… name=…"),
    ],
)
def test_what_is_no_language_is_told_and_nothing_is_written(small: Path, arguments, told: str, better: str):
    before = (small / "mkdocs.yml").read_text("utf-8")
    done = run("new", small, "language", *arguments, ABC_LANG="es")
    assert done.returncode == 2
    assert done.stderr.startswith(told) and done.stderr.endswith(better + "\n")
    assert (small / "mkdocs.yml").read_text("utf-8") == before and not (small / "locales/pt.yml").exists()


def test_a_language_that_nobody_said_is_begun_is_one_error(begun: Path):
    change(begun, "mkdocs.yml", **{"from": "  in_progress: [pt]\n", "to": "  in_progress: []\n"})
    (told,) = sentences(begun)
    assert re.match(
        r"mkdocs\.yml:\d+: a «pt» le faltan 2 páginas y \d+ textos\. Mientras se completa, póngalo en", told
    )
    done = run("ids", begun, ABC_LANG="es")
    assert done.returncode == 1 and done.stderr.splitlines()[1:] == [told]


def test_a_copy_of_the_original_is_no_translation(begun: Path):
    before = run("missing", begun, "pt").stdout
    words = (begun / "locales/es.yml").read_text("utf-8")
    (begun / "locales/pt.yml").write_text(words, "utf-8")
    (begun / "docs/pt").mkdir()
    page = begun / "docs/pt/guia.md"
    page.write_text((begun / "docs/es/guia.md").read_text("utf-8"), "utf-8")
    assert sentences(begun) == []
    listed = run("missing", begun, "--list", "pt").stdout.splitlines()
    assert "  page.skip" in listed and "  site.claim" in listed
    assert [one for one in listed if one.startswith("  docs/pt/guia.md:")]
    # What is no language, and what a program fills in, is right as it is.
    for key in ("format.locale", "format.percent"):
        assert f"  {key}" not in listed
    # The main branch records nothing of it…
    assert run("reviewed", begun).returncode == 0
    assert run("missing", begun, "--list", "pt").stdout.splitlines() == listed
    # …until somebody says that it is right so.
    line = next(at for at, one in enumerate(words.splitlines(), 1) if one.startswith("  skip:"))
    assert run("reviewed", begun, f"locales/pt.yml:{line}").returncode == 0
    assert "  page.skip" not in run("missing", begun, "--list", "pt").stdout.splitlines()
    assert before != run("missing", begun, "pt").stdout


HALF = "---\ntitle: Guia\ndescription: Uma página de teste com o que a revisão olha.\n---\n\nAbre.\n\n{}"
SECTION = "## Segunda parte {#segunda}\n\n"


def test_a_page_half_translated_is_welcome_and_what_is_wrong_in_it_is_told(begun: Path):
    text = (begun / "docs/es/guia.md").read_text("utf-8")
    intro = text.partition("## ")[0].split("---\n", 2)[2]
    last = "## " + text.rpartition("\n## ")[2]
    (begun / "docs/pt").mkdir()
    page = begun / "docs/pt/guia.md"
    head = "---\ntitle: Guia\ndescription: Uma página de teste com tudo o que a revisão olha.\n---\n"
    page.write_text(head + intro + last, "utf-8")
    assert sentences(begun) == []
    listed = run("missing", begun, "--list", "pt").stdout
    assert "  docs/pt/guia.md: Primera parte (#primera)\n" in listed
    assert "  docs/pt/guia.md: Detalle (#detalle)\n" in listed
    # A heading alone is a section still to come.
    page.write_text(head + intro + "## Primeira parte {#primera}\n\n" + last, "utf-8")
    assert sentences(begun) == []
    # A link, a figure or an id that the original has not is an error as ever.
    page.write_text(head + intro + last + "\nSão 37 [mais](index.md).\n", "utf-8")
    assert len(sentences(begun)) == 2
    page.write_text(head + intro + last + "\n## Outra {#outra}\n\nTexto.\n", "utf-8")
    (told,) = sentences(begun)
    assert "el título «Outra» no está en docs/es/guia.md" in told
    # In a language that is complete, all is missing that is.
    change(begun, "docs/en/guia.md", **{"from": "### Detail {#detalle}", "to": "Detail."})
    assert any(one.startswith("docs/en/guia.md:") and "{#detalle}» de docs/es" in one for one in sentences(begun))


def test_a_folder_of_no_language_says_how_to_add_one(small: Path):
    for name in ("index.md", "guia.md"):
        (small / "docs/pt").mkdir(exist_ok=True)
        (small / f"docs/pt/{name}").write_text("Olá.\n", "utf-8")
    (told,) = sentences(small)
    assert told.startswith("docs/pt: el sitio no tiene el idioma «pt»")
    assert "`make new kind=language id=pt name=…`" in told and "docs/es/, docs/en/" in told


def test_the_sections_still_to_come_stand_at_their_place_in_the_original_language(small: Path):
    from guide.reading.half_translated import completed
    from guide.reading.markdown import parse

    first = parse("a", (small / "docs/es/guia.md").read_text("utf-8"))
    other = parse("b", HALF.format(SECTION + "Texto.\n"))
    text = completed(first, other, "es")
    places = [text.index(one) for one in ("Abre.", "{#primera}", "{#detalle}", "{#segunda}")]
    assert places == sorted(places) and text.count('<div lang="es" dir="auto" markdown="1">') == 2
    assert text.count("{#segunda}") == 1 and "Texto." in text
    assert completed(first, first, "es") is None
