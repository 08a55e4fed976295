"""The measures of how easily a page reads: syllables, formulas, words in tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.checks import readability
from guide.checks.corpus import read_site
from guide.checks.readability import FORMULAS, syllables_en, syllables_es
from guide.reading.problems import Problems
from guide.reading.project import open_project, open_texts
from tests.conftest import copy_small_project
from tests.model.test_loader import change

SPANISH = """
a-mi-ga rei-na cau-sa ciu-dad cui-dar viu-da ca-os le-er po-e-ta a-é-re-o pa-ís ba-úl dí-a le-í-ais o-í-a-mos
a-ve-ri-guáis cons-truí-a pin-güi-no que-so gui-ta-rra a-gua ver-güen-za rey re-yes a-yun-ta-mien-to y muy
a-ho-ra bú-ho prohi-bir ve-hí-cu-lo al-ca-che-te chi-i-ta her-ma-na-mien-to in-ter-ins-ti-tu-cio-nal mé-xi-co
o-cé-a-no ta-re-a e-va-lua-ción pa-ra-di-plo-ma-cia SRE
"""


@pytest.mark.parametrize("divided", SPANISH.split())
def test_syllables_of_spanish_words(divided: str):
    assert syllables_es(divided.replace("-", "")) == divided.count("-") + 1


def test_a_compound_has_the_syllables_of_its_parts():
    assert syllables_es("franco-mexicana") == 6 and syllables_en("twenty-one") == 3


ENGLISH = """
ci-ty make asked ta-ble ta-bles pla-ces want-ed state-ment sure-ly na-tion spe-cial so-ci-e-ty ra-di-o a-re-a
ne-go-ti-ate cre-ate ac-tu-al quar-ter a-gree-ment mu-ni-ci-pal-i-ty treat-y may-or sign-ing go-ing the be peo-ple
per-i-od sci-en-tif-ic var-i-ous mu-se-um guide lan-guage cof-fee a-gen-cy work-shop
"""


@pytest.mark.parametrize("divided", ENGLISH.split())
def test_syllables_of_english_words(divided: str):
    assert syllables_en(divided.replace("-", "")) == divided.count("-") + 1


def test_the_formulas_are_those_that_were_published():
    """Six words of twelve syllables in one sentence; nine of nine in two, the figure not counted."""
    spanish = FORMULAS["inflesz"].score(["La ciudad firma el acuerdo mañana."])
    assert spanish == pytest.approx(206.835 - 62.3 * 12 / 6 - 6 / 1)
    english = FORMULAS["flesch"].score(["The cat sat on the mat.", "It slept 14 hours."])
    assert english == pytest.approx(206.835 - 84.6 * 9 / 9 - 1.015 * 9 / 2)
    assert FORMULAS["flesch"].score(["2019-2021.", ""]) is None


@pytest.fixture
def small(tmp_path: Path) -> Path:
    copy_small_project(tmp_path)
    return tmp_path


def _told(root: Path, name: str) -> str:
    project = open_project(root)
    words = open_texts(project, "es")["reading"]
    told = readability.text(read_site(project, Problems()), words).splitlines()
    assert told[0] == words["measures"]
    return next(line for line in told if line.startswith(f"{name}:"))


def test_sources_and_tables_do_not_change_the_score(small: Path):
    before = _told(small, "docs/es/guia.md")
    assert " INFLESZ " in before
    cited = "([Secretaría de Relaciones Exteriores, 2019](bibliografia.md#uno), art. 3)"
    change(small, "docs/es/guia.md", **{"from": "El cabildo.", "to": f"El cabildo {cited}."})
    score = lambda line: line.split(",")[0]  # noqa: E731
    assert score(_told(small, "docs/es/guia.md")) == score(before)
    with (small / "docs/es/guia.md").open("a", encoding="utf-8") as page:
        page.write("\n| Internacionalización | Descentralización |\n|---|---|\n" + "| dos | palabras |\n" * 200)
    after = _told(small, "docs/es/guia.md")
    assert score(after) == score(before) and int(after.split(", ")[1].split(" ")[0]) > 60


def test_what_is_measured_is_what_is_read(small: Path):
    """Who is mentioned by an id is read by name, and what the build fills in has no words of its own."""
    score = lambda line: line.split(",")[0]  # noqa: E731
    change(small, "docs/es/guia.md", **{"from": "El cabildo.", "to": "El cabildo pide ayuda al estado."})
    before = score(_told(small, "docs/es/guia.md"))
    mention = "El cabildo {criteria:uno} pide ayuda al {contact:oficina-internacional-estado estado}."
    change(small, "docs/es/guia.md", **{"from": "El cabildo pide ayuda al estado.", "to": mention})
    assert score(_told(small, "docs/es/guia.md")) == before


def test_a_language_without_a_formula_has_no_score(small: Path):
    change(small, "locales/en.yml", **{"from": "readability: flesch", "to": "readability: none"})
    assert "INFLESZ" not in _told(small, "docs/en/guia.md") and "Flesch" not in _told(small, "docs/en/guia.md")
    assert "INFLESZ" in _told(small, "docs/es/guia.md")
