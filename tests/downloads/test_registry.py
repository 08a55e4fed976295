"""The one table of files beside the pages: all of them are written, and a new one is one entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.authoring.export import export
from guide.downloads.registry import EPUB, FILES, File, Given, written
from guide.model.content import Content
from guide.pages.addresses import by_language
from guide.pages.packaged import PackedPages
from guide.reading.project import Project, open_texts
from tests.conftest import ROOT, SITE_URL


def given(content: Content, project: Project, code: str) -> Given:
    addresses = by_language(project.codes, True)
    packed = PackedPages(content, project, addresses, SITE_URL)
    return Given(content, open_texts(project, code), addresses[code].of, ROOT, packed=packed)


def test_the_site_holds_every_file_of_the_table_and_no_other(site: Path, content: Content, project: Project):
    expected = {}
    # What is made of rendered pages has tests of its own.
    made = [one for one in FILES if not one.of_search and one is not EPUB]
    for code in project.codes:
        expected |= dict(written(given(content, project, code), made))
    assert {name: (site / name).read_bytes() == data for name, data in expected.items()} == dict.fromkeys(
        expected, True
    )
    names = {one.address(code, each) for one in FILES for code in project.codes for each in one.each(content)}
    for folder in ("assets/descargas", "assets/paquetes", "assets/instrument", "assets/networks", "search"):
        there = {path.relative_to(site).as_posix() for path in (site / folder).rglob("*") if path.is_file()}
        assert there == {name for name in names if name.startswith(f"{folder}/")}


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> File:
    """A table with one entry more."""
    new = File(
        "assets/descargas/{id}-{code}.txt", lambda given, one: one.title["es"], lambda content: content.checklists
    )
    for module in ("guide.downloads.registry", "guide.authoring.export"):
        monkeypatch.setattr(f"{module}.FILES", (*FILES, new))
    return new


def test_a_new_file_is_one_entry(one_more: File, content: Content, project: Project, tmp_path: Path):
    from guide.downloads import registry

    first = content.checklists[0]
    name = f"assets/descargas/{first.id}-en.txt"
    assert one_more.address("en", first) == name
    assert dict(written(given(content, project, "en"), registry.FILES))[name] == first.title["es"].encode("utf-8")
    assert one_more.kilobytes(given(content, project, "en"), first) == 1
    export(project, content, tmp_path / "out")
    assert (tmp_path / "out/es/docs" / name).read_text("utf-8") == first.title["es"]


def test_an_export_takes_along_what_another_engine_can_use(content: Content, project: Project, tmp_path: Path):
    export(project, content, tmp_path / "out")
    for code in project.codes:
        docs = tmp_path / "out" / code / "docs"
        for file in FILES:
            for other in project.codes:
                # The e-book is made of the pages of a site that has been built.
                wanted = not file.of_search and (other == code or not file.offered) and file is not EPUB
                for one in file.each(content):
                    assert (docs / file.address(other, one)).is_file() == wanted, (code, file.address(other, one))
