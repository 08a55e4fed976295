"""What somebody probably meant, and where nobody can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.reading.near_names import distance, nearest

SOURCES = ["ley-planeacion", "ley-planeacion-jalisco", "sre-disposiciones", "sre-presentacion", "inegi-2020a", "inegi-2020b",
           "cgcid-guanajuato", "ley-uno", "onu-habitat-2015", "onu-habitat-2016"]  # fmt: skip
PAGES = ["index.md", "vinculos/redes.md", "vinculos/fondos.md", "consideraciones/genero.md", "fundamentos/acuerdos.md"]


@pytest.mark.parametrize(
    "value, known, near",
    [
        # Slips: another letter, one too many, one too few, two swapped.
        ("ley-planeacoin", SOURCES, "ley-planeacion"),
        ("sre-disposicones", SOURCES, "sre-disposiciones"),
        ("ley-unos", SOURCES, "ley-uno"),
        ("ley-un", SOURCES, "ley-uno"),
        # Accents, capitals, underscores, no hyphen.
        ("sre-presentación", SOURCES, "sre-presentacion"),
        ("SRE-Disposiciones", SOURCES, "sre-disposiciones"),
        ("ley_planeacion", SOURCES, "ley-planeacion"),
        ("cgcidguanajuato", SOURCES, "cgcid-guanajuato"),
        # Other names, however much of them is the same.
        ("sre-presupuesto", SOURCES, ""),
        ("ley-planeacion-oaxaca", SOURCES, ""),
        ("ley-dos", SOURCES, ""),
        ("onu-habitat-2017", SOURCES, ""),
        ("onu-habitat-2051", SOURCES, ""),
        ("sre-disposiciones cgcid-guanajuato", SOURCES, ""),
        # As near to one as to the other.
        ("inegi-2020", SOURCES, ""),
        ("inegi-2020c", SOURCES, ""),
        ("inegi-2020c", ["inegi-2020b"], ""),
        ("", SOURCES, ""),
        # Pages.
        ("vinculos/crisis.md", PAGES, ""),
        ("vinculos/rede.md", PAGES, "vinculos/redes.md"),
        ("vínculos/Redes.md", PAGES, "vinculos/redes.md"),
        ("docs/en/vinculos/redes.md", PAGES, "vinculos/redes.md"),
        ("indes.md", PAGES, "index.md"),
        ("guide.md", ["guia.md"], ""),
        # Words of a record.
        ("anual", ["once", "annual"], "annual"),
        ("taskz", ["tasks", "waits"], "tasks"),
        ("ES", ["es", "en"], "es"),
        ("no", ["yo", "so"], ""),
        ("uno-07", ["uno-01"], ""),
        # The same digits in a name with a slip; a name that is a pattern, or all of one.
        ("onu-habitta-2015", SOURCES, "onu-habitat-2015"),
        ("modulo-4b", ["modulo-4", "modulo-5"], ""),
        ("mdulo-12", ["modulo-12", "modulo-21"], "modulo-12"),
        ("[ley-uno", SOURCES, "ley-uno"),
        ("ley-uno)", SOURCES, "ley-uno"),
        ("uno", ["", "ley-uno"], ""),
        ("ley-unoes", SOURCES, "ley-uno"),
        ("redes", ["red"], "red"),
        ("acuerdos", ["acuerdo"], "acuerdo"),
    ],
)
def test_only_what_is_a_slip_away_is_meant(value: str, known: list[str], near: str):
    assert nearest(value, known) == near


@given(one=st.text("abc", max_size=6), other=st.text("abc", max_size=6))
def test_the_distance_is_the_same_both_ways(one: str, other: str):
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)
