"""Pages say in words how many there are of everything, and are never behind."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from guide.checks import check
from guide.reading import counts
from guide.reading.project import open_project, open_texts
from tests.authoring.test_command import copy, run  # noqa: F401
from tests.conftest import ROOT, copy_small_project, mkdocs
from tests.documents import Document
from tests.model.test_loader import change

pytestmark = pytest.mark.usefixtures("keeping")
# Not one of these stands in a page by hand: it would be false with the next checklist.
BY_HAND = {
    "es": r"\b(nueve|diez|trece|dieciocho) (listas|temas|módulos|capítulos|criterios y toma)\b",
    "en": r"\b(nine|ten|thirteen|eighteen) (full )?(checklists|topics|themes|modules|chapters|criteria and takes)\b",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    copy_small_project(tmp_path)
    return tmp_path


def sentences(root: Path) -> list[str]:
    project = open_project(root)
    return check(project, history=False).errors.report(open_texts(project, "es")).splitlines()


def test_everything_that_is_counted_is_counted_as_it_is_read(project, content):
    """Counts are read off the files for themselves, as pages need them where the content has errors."""
    lists = {
        "checklists": content.checklists,
        "criteria": [one for checklist in content.checklists for one in checklist.criteria],
        "quick_criteria": [one for checklist in content.checklists for one in checklist.quick],
        "modules": content.modules,
        "networks": content.catalogue.networks,
        "practices": content.catalogue.practices,
        "selection_criteria": content.tools.selection.criteria,
        "sources": content.sources,
        "templates": content.formats,
        "terms": content.glossary.terms,
    }
    found = counts.counts(project)
    assert {name: found[name] for name in lists} == {name: len(one) for name, one in lists.items()}
    assert all(lists.values()) and {name.partition(":")[0] for name in found} - set(lists) == {"chapters", "minutes"}


def test_a_checklist_and_a_criterion_more_change_all_that_counts_them(copy: Path, tmp_path: Path):
    text = (copy / "checklists/redes.yml").read_text("utf-8")
    text = re.sub(r"^foundation: .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^order: .*\n", "order: 99\n", text, flags=re.MULTILINE)
    (copy / "checklists/otra.yml").write_text(re.sub(r"- id: [a-z]+-", "- id: otra-", text), "utf-8")
    first = re.search(r"^  - id: .*?(?=^  - id: )", text, re.MULTILINE | re.DOTALL)[0]
    more = re.sub(r"id: ([a-z]+)-\d+", r"id: \1-99", re.sub(r"quick: .*\n", "quick: true\n", first))
    change(copy, "checklists/redes.yml", **{"from": first, "to": more + first})
    folder = tmp_path / "counted"
    built = mkdocs("build", "--strict", "--site-dir", str(folder), root=copy)
    assert built.returncode == 0, built.stderr
    project = open_project(copy)
    quick = {code: counts.fill(project, "{quick_criteria}", code) for code in project.codes}
    assert quick["es"] in ("catorce", "quince", "dieciséis", "diecisiete")
    for path, expected in {
        "": ["Vea las diez listas", f"{quick['es']} criterios de diez temas"],
        "autoevaluacion": ["una de las diez listas completas", f"{quick['es']} criterios, unos 20 minutos"],
        "fundamentos/por-que": [f"{quick['es']} criterios de diez temas"],
        "vinculos/redes": ["La lista tiene once criterios y toma unos 25 minutos"],
        "guia-completa": ["La lista tiene once criterios y toma unos 25 minutos"],
        "en": ["See the ten checklists", f"{quick['en']} criteria from ten topics"],
        "en/vinculos/redes": ["eleven criteria and takes about 25 minutes"],
    }.items():
        text = Document((folder / path / "index.html").read_text("utf-8")).find("main")[0].text
        for one in expected:
            assert one in text, path
    assert "diez listas" in (folder / "index.html").read_text("utf-8").split("</head>")[0]
    assert "once criterios y toma" in (folder / "search/es.js").read_text("utf-8")
    assert run("export", copy, str(tmp_path / "export")).returncode == 0
    exported = (tmp_path / "export/es/docs/index.md").read_text("utf-8")
    assert "Vea las diez listas" in exported and "{checklists}" not in exported


@pytest.mark.parametrize("code", sorted(BY_HAND))
def test_no_page_counts_by_hand(code: str):
    for path in sorted((ROOT / "docs" / code).rglob("*.md")):
        found = re.search(BY_HAND[code], path.read_text("utf-8"), re.IGNORECASE)
        assert found is None, f"{path.name}: {found}"


@pytest.mark.parametrize(
    "lists, text, es, en",
    [
        (1, "{checklists}", "una", "one"),
        (1, "{topics}", "un", "one"),
        (2, "{Checklists}", "Dos", "Two"),
        (21, "{checklists}", "veintiuna", "twenty-one"),
        (21, "{topics}", "veintiún", "twenty-one"),
        (30, "{topics}", "treinta", "thirty"),
        (31, "{topics}", "31", "31"),
        (1, "{checklists lista/listas}", "una lista", "one lista"),
        (2, "{checklists lista/listas}", "dos listas", "two listas"),
        (1, "{criteria:uno}", "un", "one"),
        (1, "{minutes:uno}", "10", "10"),
    ],
)
def test_a_count_in_words(small: Path, lists: int, text: str, es: str, en: str):
    for number in range(lists - 1):
        shutil.copy(small / "checklists/uno.yml", small / f"checklists/l{number}.yml")
    project = open_project(small)
    assert counts.fill(project, text, "es") == es
    assert counts.fill(project, text, "en") == en


def test_what_is_no_count_is_told_where_it_stands_and_code_is_let_be(small: Path):
    for code, words in (
        ("es", "Hay {listas} y {criteria:dos}, y `{nada}`."),
        ("en", "{listas}, {criteria:dos}, `{nada}`"),
    ):
        page = small / f"docs/{code}/guia.md"
        page.write_text(page.read_text("utf-8") + f"\n{words}\n\n```\n{{nada}}\n```\n", "utf-8")
    change(small, "checklists/uno.yml", **{"from": "es: Mide algo.", "to": "es: Mide {cosas}."})
    project = open_project(small)
    last = len((small / "docs/es/guia.md").read_text("utf-8").splitlines()) - 4
    known = open_texts(project, "es")["problems"]["unknown_count"].partition("{known}")[2]
    told = [one for one in sentences(small) if "sepa contar" in one]
    assert [one.partition(":")[0] for one in told] == [
        "checklists/uno.yml",
        *["docs/en/guia.md"] * 2,
        *["docs/es/guia.md"] * 2,
    ]
    assert {one.split("«")[1].split("»")[0] for one in told} == {"{cosas}", "{listas}", "{criteria:dos}"}
    assert all("{checklists}" in one and "{criteria:…}" in one and one.endswith(known) for one in told)
    assert told[3].startswith(f"docs/es/guia.md:{last}: «")


def test_every_language_counts_the_same(small: Path):
    for code, words in (("es", "Hay {topics} temas."), ("en", "There are {checklists} of them.")):
        page = small / f"docs/{code}/guia.md"
        page.write_text(page.read_text("utf-8") + f"\n{words}\n", "utf-8")
    assert sentences(small) == []
    change(small, "docs/en/guia.md", **{"from": "{checklists}", "to": "nine"})
    (told,) = sentences(small)
    assert "faltan: {checklists}; sobran: —" in told


def test_a_text_of_a_file_is_filled_in_too(small: Path):
    for code, words in (("es", "Mide algo."), ("en", "It measures something.")):
        change(small, "checklists/uno.yml", **{"from": f"{code}: {words}", "to": f"{code}: '{words} {{checklists}}'"})
    found = check(open_project(small), history=False)
    assert found.valid().checklists[0].summary == {"es": "Mide algo. una", "en": "It measures something. one"}
