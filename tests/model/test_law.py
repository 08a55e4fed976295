"""What decides whether a signature is valid is said alike wherever somebody may read only that page."""

from __future__ import annotations

import re

import pytest
import yaml

from guide.reading.project import Project

TWO_THIRDS = {"es": "dos terceras partes", "en": "two thirds"}


def text(project: Project, path: str) -> str:
    return (project.root / path).read_text("utf-8")


def steps(project: Project, language: str) -> list[str]:
    """The steps of the chapter on agreements, in their order."""
    section = text(project, f"docs/{language}/fundamentos/acuerdos.md").split("{#pasos}")[1].split("\n## ")[0]
    assert "{figure:acuerdo-flujo}" in section
    figure = yaml.safe_load(text(project, "figures/acuerdo-flujo.yml"))
    return [f"{one['name'][language]} · {one['who'][language]}" for one in figure["flow"]["steps"]]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "docs/{}/fundamentos/acuerdos.md",
        "docs/{}/vinculos/hermanamientos.md",
        "docs/{}/consideraciones/alineacion.md",
        "formats/{}/acuerdo-interinstitucional.md",
        "course/modulo-2.yml",
        "data/twinning.yml",
        "data/glossary.yml",
        "locales/{}.yml",
    ],
)
def test_two_thirds_are_told(project, path, language):
    assert TWO_THIRDS[language] in text(project, path.format(language))


@pytest.mark.parametrize("language, ministry, council", [("es", "SRE", "Autorización"), ("en", "SRE", "Authorisation")])
def test_the_council_votes_what_the_ministry_has_seen(project, language, ministry, council):
    found = steps(project, language)
    assert len(found) == 8
    assert next(i for i, one in enumerate(found) if ministry in one) < next(
        i for i, one in enumerate(found) if one.startswith(council)
    )


@pytest.mark.parametrize(
    "language, mediated, current, outside",
    [
        ("es", "directa o indirectamente", "moneda extranjera", ("fuera del país", "fuera del territorio nacional")),
        ("en", "directly or indirectly", "foreign currency", ("outside the country", "outside the national territory")),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "docs/{}/fundamentos/acuerdos.md",
        "docs/{}/vinculos/fondos.md",
        "formats/{}/acuerdo-interinstitucional.md",
        "formats/{}/ficha-proyecto.md",
    ],
)
def test_three_bans_and_no_intermediary(project, path, language, mediated, current, outside):
    """Foreign lenders, foreign currency, payment abroad: each is enough, and nobody in between mends it."""
    found = text(project, path.format(language))
    assert mediated in found and current in found and any(one in found for one in outside)


@pytest.mark.parametrize("language, no, halfway", [("es", "No", "No directamente"), ("en", "No", "Not directly")])
@pytest.mark.parametrize("chapter, section", [("fundamentos/capacidad", "fondos"), ("vinculos/fondos", "que-puede")])
def test_foreign_credit_is_a_plain_no(project, chapter, section, language, no, halfway):
    part = text(project, f"docs/{language}/{chapter}.md").split(f"{{#{section}}}")[1].split("\n## ")[0]
    rows = re.findall(
        r"^\| (?:Crédito de un gobierno|A? ?[Ll]oan from a foreign)[^|]*\| ([^|]+) \|", part, re.MULTILINE
    )
    assert rows == [no]
    assert halfway not in part
