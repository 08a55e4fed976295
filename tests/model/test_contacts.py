"""Whom to call: the files, the mentions that lead to them, the page, and the month in which they are read again."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from guide.checks import check, reading_dates
from guide.checks.corpus import read_site
from guide.model.contacts import KINDS_OF_CONTACT as KINDS
from guide.model.content import Content, load
from guide.pages.catalogue import when
from guide.pages.directory import dialled
from guide.reading import mentions
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project, open_texts
from guide.reading.texts import fill
from tests.conftest import CASE_FILES, REPOSITORY, ROOT, copy_with_entries
from tests.model.test_catalogue import shows
from tests.model.test_loader import change, sentences
from tests.pages.test_site import in_language

CASES = yaml.safe_load((CASE_FILES / "contact-cases.yml").read_text("utf-8"))
PAGE = "directorio/contactos/"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with a contact and a network."""
    return copy_with_entries(tmp_path / "project", contacto="contacts/oficina.yml", red="networks/red.yml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_author_is_told_every_mistake_where_it_is(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "contacts/oficina.yml", **one})
    assert sorted(sentences(small)) == sorted(case["expect"])


def test_a_new_contact_is_not_listed_yet(small: Path):
    assert "contacts/oficina" in load(open_project(small)).unlisted


# Mentions


def test_a_mention_is_a_link_to_whom_to_call(small: Path):
    project = open_project(small)
    for page, there in (("guia.md", "directorio/contactos.md"), ("vinculos/redes.md", "../directorio/contactos.md")):
        assert mentions.fill_page(project, "Pregunte a la {contact:oficina}.", "es", page) == (
            f"Pregunte a la [oficina de prueba]({there}#oficina)."
        )
    assert (
        mentions.fill(project, "Ask {contact:oficina}.", "en") == "Ask [test office](directorio/contactos.md#oficina)."
    )


def test_a_mention_may_have_words_of_its_own(small: Path):
    project = open_project(small)
    said = mentions.fill_page(project, "**{contact:oficina la ventanilla}**", "es", "guia.md")
    assert said == "**[la ventanilla](directorio/contactos.md#oficina)**"


def test_what_is_code_or_nobody_stays_as_it_is(small: Path):
    project = open_project(small)
    for text in ("`{contact:oficina}`", "```\n{contact:oficina}\n```", "{contact:nadie}", "{contact: oficina}"):
        assert mentions.fill_page(project, text, "es", "guia.md") == text


def test_whoever_mentions_nobody_is_told_whom_there_is(small: Path):
    for code, text in (("es", "A {contact:ofcina} y a {contact:zzz}."), ("en", "Of {contact:ofcina}, {contact:zzz}.")):
        with (small / f"docs/{code}/guia.md").open("a", encoding="utf-8") as page:
            page.write(f"\n{text}\n")
    change(
        small, **{"file": "contacts/oficina.yml", "from": "es: Sirve para probar.", "to": "es: Como {contact:ofcina}."}
    )
    change(
        small, **{"file": "contacts/oficina.yml", "from": "en: It serves to test.", "to": "en: As {contact:ofcina}."}
    )
    found = check(open_project(small), history=False).errors
    told = [(one.path, one.code, dict(one.details)) for one in found if one.code.startswith("unknown_mention")]
    near = ("unknown_mention_near", {"value": "ofcina", "near": "oficina"})
    for code in ("es", "en"):
        assert (f"docs/{code}/guia.md", *near) in told
        assert (f"docs/{code}/guia.md", "unknown_mention", {"value": "zzz", "known": "oficina"}) in told
    assert told.count(("contacts/oficina.yml", *near)) == 2
    # What mentions somebody is no count that the site does not know.
    assert "unknown_count" not in {one.code for one in found}


def test_languages_mention_the_same(small: Path):
    with (small / "docs/es/guia.md").open("a", encoding="utf-8") as page:
        page.write("\nA la {contact:oficina}.\n")
    with (small / "docs/en/guia.md").open("a", encoding="utf-8") as page:
        page.write("\nTo the office.\n")
    told = [(one.path, one.code, dict(one.details)) for one in check(open_project(small), history=False).errors]
    assert ("docs/en/guia.md", "parity_contacts", {"missing": "oficina", "extra": "—"}) in told


# The month of the next reading


def test_what_was_to_be_read_again_is_a_warning(small: Path):
    project = open_project(small)
    site, content = read_site(project, Problems()), load(project)

    def told(day: datetime.date) -> list[str]:
        warnings = Problems()
        reading_dates.check(site, content.contacts, warnings, day)
        return warnings.report(open_texts(project, "es")).splitlines()

    assert told(datetime.date(2099, 12, 31)) == []
    assert told(datetime.date(2100, 1, 1)) == [
        "contacts/oficina.yml:28: next_check: tocaba volver a leer las fuentes en 2099-12; léalas, corrija lo que "
        "cambió y ponga otro mes."
    ]


def test_the_check_warns_of_what_is_due(small: Path):
    change(small, **{"file": "contacts/oficina.yml", "from": "checked: 2026-11", "to": "checked: 2020-01"})
    change(small, **{"file": "contacts/oficina.yml", "from": "next_check: 2099-12", "to": "next_check: 2020-07"})
    found = check(open_project(small), history=False)
    assert [(one.path, one.line) for one in found.warnings if one.code == "check_due"] == [("contacts/oficina.yml", 28)]
    assert "check_due" not in {one.code for one in found.errors}


# The page


@pytest.mark.parametrize(
    "telephone, address",
    [
        ("(+34) 93 34 28 750", "tel:+34933428750"),
        ("+598 1950 9482 / 83", "tel:+59819509482"),
        ("800 80 10 773", ""),
        ("extensión +1", ""),
    ],
)
def test_a_telephone_with_its_country_can_be_dialled(telephone: str, address: str):
    assert dialled(telephone) == address


def test_the_page_says_everything_of_everybody(documents, content: Content, project: Project):
    assert {one.kind for one in content.contacts} == set(KINDS)
    for code in project.codes:
        document = documents[in_language(PAGE, code, project)]
        words = open_texts(project, code)
        rows = document.find("tbody")[0].text
        articles = {one["aria-labelledby"]: one.text for one in document.find("article", class_="entry")}
        assert list(articles) == [one.id for one in content.contacts]
        for one in content.contacts:
            shown = articles[one.id]
            assert shows(rows, one.need[code])
            for text in filter(None, (one.name, one.purpose, one.ask, one.note)):
                assert shows(shown, text[code]), (one.id, text[code])
            assert fill(words["catalogue"]["checked_on"], {"date": when(one.checked, words["catalogue"])}) in shown
            assert fill(words["contacts"]["next"], {"date": when(one.next_check, words["catalogue"])}) in shown
            assert (words["contacts"]["no_channel"] in shown) == (not one.channels)
            assert (words["contacts"]["no_page"] in shown) == (one.page is None)
            for channel in one.channels:
                assert channel.value in shown
            for source in one.sources:
                assert source.title in shown


def test_a_contact_is_corrected_in_its_own_file(documents, content: Content):
    corrections = [one["href"] for one in documents[PAGE].find("a") if "data-correct" in one.attributes]
    assert corrections == [f"{REPOSITORY}/edit/main/{one.source}" for one in content.contacts]


def test_chapters_send_people_to_whom_they_name(documents, project: Project):
    pages = [path for path in (ROOT / "docs/es").rglob("*.md") if list(mentions.wanted(path.read_text("utf-8")))]
    assert sum(len(list(mentions.wanted(path.read_text("utf-8")))) for path in pages) >= 15
    for path in pages:
        page = path.relative_to(ROOT / "docs/es").with_suffix("").as_posix() + "/"
        for code in project.codes:
            links = [one["href"] for one in documents[in_language(page, code, project)].find("a")]
            for id in mentions.wanted(path.read_text("utf-8")):
                assert any(link.endswith(f"directorio/contactos/#{id}") for link in links), (page, code, id)
