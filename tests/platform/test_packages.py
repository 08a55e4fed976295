"""Packages for learning platforms as files: manifest, zip, identifiers, weight, and what their pages ask for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.downloads import scorm
from guide.downloads.archives import unpack
from guide.downloads.registry import PACKAGE, THIN_PACKAGE, Given, written
from guide.downloads.scorm.faults import faults
from guide.downloads.scorm.manifest import FILE, manifest
from guide.model import packages
from guide.model.content import Content, load
from guide.model.packages import PackageIds, first_ids
from guide.pages.addresses import by_language
from guide.pages.packaged import PackedPages
from guide.reading.problems import ContentError, Problems
from guide.reading.project import Project, open_texts
from tests.conftest import ROOT, SITE_URL, copy_small_project, open_again

IDS = PackageIds("m-uno", "o-uno", "a-uno", "r-uno")


def built(content: Content, project: Project, site_url: str = SITE_URL) -> dict[str, bytes]:
    """All packages, made anew."""
    addresses = by_language(project.codes, True)
    packed = PackedPages(content, project, addresses, site_url)
    found: dict[str, bytes] = {}
    for code in project.codes:
        given = Given(content, open_texts(project, code), addresses[code].of, ROOT, packed=packed)
        found |= dict(written(given, (PACKAGE, THIN_PACKAGE)))
    return found


@pytest.fixture(scope="module")
def made(content: Content, project: Project) -> dict[str, bytes]:
    return built(content, project)


def test_there_is_one_of_each(made: dict[str, bytes], content: Content, project: Project, site: Path):
    ids = ["rapida", *(one.id for one in content.checklists)]
    names = {
        f"assets/paquetes/abc-scorm-{id}-{code}{kind}.zip"
        for id in ids
        for code in project.codes
        for kind in ("", "-en-linea")
    }
    assert made.keys() == names
    there = {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "assets/paquetes").glob("*zip")}
    assert there == made


def test_they_are_light_and_always_the_same(made: dict[str, bytes], content: Content, project: Project):
    assert built(content, project) == made
    assert max(map(len, made.values())) <= scorm.MOST_BYTES == 400_000


def test_a_zip_says_nothing_of_the_machine(made: dict[str, bytes]):
    for name, data in made.items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
        assert entries[0].filename == FILE, name
        assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}, name
        assert len({one.filename for one in entries}) == len(entries), name
        assert not [one for one in entries if "\\" in one.filename or one.is_dir()], name


def test_nothing_is_wrong_with_any(made: dict[str, bytes], content: Content):
    for name, data in made.items():
        (id,) = [one for one in content.packages if re.search(rf"-{one}-(es|en)(-en-linea)?\.zip$", name)]
        assert faults(unpack(data), content.packages[id]) == [], name


def test_without_a_published_site_there_are_no_thin_ones_and_no_links(content: Content, project: Project):
    alone = built(content, project, "")
    assert not [name for name in alone if "en-linea" in name]
    page = unpack(alone[f"assets/paquetes/abc-scorm-{content.checklists[0].id}-es.zip"])["es.html"].decode()
    assert not re.findall(r'href="(?!#|assets/|[a-z]{2}\.html)[^"]*"', page)


def test_a_full_package_asks_for_nothing_outside_itself(made: dict[str, bytes]):
    for name, data in made.items():
        files = unpack(data)
        for page in (one for one in files if one.endswith(".html")):
            text = files[page].decode()
            loaded = re.findall(r'<(?:script|img|iframe)[^>]* (?:src|data-page)="([^"]+)"', text)
            loaded += re.findall(r'<link[^>]* href="([^"]+)"', text)
            outside = [one for one in loaded if one not in files]
            assert outside == ([] if "en-linea" not in name else [one for one in outside if one.startswith(SITE_URL)])
            assert "en-linea" not in name or len(outside) == 1


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


GOOD = {"index.html": b"x", "b/c.js": b"y"}
BROKEN: dict[str, tuple[Callable[[str], str] | None, str]] = {
    "there is none": (None, "no manifest at the root"),
    "no XML": (lambda text: text[:-20], "the manifest is no XML"),
    "another namespace": (lambda text: changed(text, "imscp_rootv1p1p2", "imscp_v1p1"), "root or namespace"),
    "no schema": (lambda text: changed(text, "<schema>ADL SCORM</schema>", ""), "schema"),
    "another version": (
        lambda text: changed(text, "<schemaversion>1.2", "<schemaversion>2004 4th Edition"),
        "schemaversion",
    ),
    "default that is not there": (lambda text: changed(text, 'default="o-uno"', 'default="o-dos"'), "default"),
    "no title": (
        lambda text: changed(text, "<title>Uno &amp; dos</title>\n      <item", "<item"),
        "title of the organ",
    ),
    "item without title": (
        lambda text: changed(text, "<title>Uno &amp; dos</title>\n      </item>", "</item>"),
        "title of the item",
    ),
    "leads nowhere": (lambda text: changed(text, 'identifierref="r-uno"', 'identifierref="r-dos"'), "identifierref"),
    "leads to nothing": (lambda text: changed(text, ' identifierref="r-uno"', ""), "identifierref"),
    "mastery": (
        lambda text: changed(text, "</item>", "<adlcp:masteryscore>80</adlcp:masteryscore></item>"),
        "masteryscore",
    ),
    "asset": (lambda text: changed(text, 'scormtype="sco"', 'scormtype="asset"'), "scormtype"),
    "no type": (lambda text: changed(text, ' type="webcontent"', ""), "type of the resource"),
    "another start": (lambda text: changed(text, 'href="index.html">', 'href="es.html">'), "start"),
    "unlisted file": (lambda text: changed(text, '      <file href="b/c.js"/>\n', ""), "not listed: b/c.js"),
    "missing file": (lambda text: changed(text, "b/c.js", "b/d.js"), "missing: b/d.js"),
    "listed twice": (lambda text: changed(text, "</resource>", '<file href="index.html"/></resource>'), "listed twice"),
    "identifier of the item": (lambda text: changed(text, '"a-uno"', '"a-dos"'), "identifier of the item"),
    "identifier of all": (lambda text: changed(text, '"m-uno"', '"m-dos"'), "identifier of the manifest"),
    "two organizations": (
        lambda text: changed(text, "</organizations>", '<organization identifier="x"/></organizations>'),
        "one organization",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_manifest_is_refused(name: str):
    breaks, told = BROKEN[name]
    good = manifest(IDS, "Uno & dos", list(GOOD))
    assert faults({FILE: good.encode(), **GOOD}, IDS) == []
    files = {**GOOD} if breaks is None else {FILE: breaks(good).encode(), **GOOD}
    found = faults(files, IDS)
    assert [one for one in found if one.startswith(told)], found


@pytest.mark.parametrize("name", ["b\\c.js", "/etc/x", "../x.js"])
def test_names_of_files_are_checked(name: str):
    files = {**GOOD, name: b""}
    assert faults({FILE: manifest(IDS, "Uno", list(files)).encode(), **files}, IDS) == [f"name {name}"]


def test_a_faulty_or_heavy_package_is_not_written(project: Project, monkeypatch: pytest.MonkeyPatch):
    package, texts = scorm.Package("uno", IDS), open_texts(project, "es")
    with pytest.raises(scorm.Faulty, match="name"):
        scorm.write(package, {**GOOD, "b\\c.js": b""}, "Uno", texts)
    with pytest.raises(scorm.Faulty, match="bytes"):
        scorm.write(package, {**GOOD, "big.png": bytes(range(256)) * 1600}, "Uno", texts)
    # As heavy as may be, and one byte more.
    data = scorm.write(package, GOOD, "Uno", texts)
    monkeypatch.setattr(scorm, "MOST_BYTES", len(data))
    assert scorm.write(package, GOOD, "Uno", texts) == data
    monkeypatch.setattr(scorm, "MOST_BYTES", len(data) - 1)
    with pytest.raises(scorm.Faulty, match=f"{len(data)} bytes"):
        scorm.write(package, GOOD, "Uno", texts)


# Identifiers


def test_every_language_and_kind_has_the_published_identifiers(made: dict[str, bytes], content: Content):
    for id, ids in content.packages.items():
        names = [name for name in made if f"-{id}-" in name]
        assert len(names) == 4
        assert {tuple(re.findall(r'identifier="([^"]+)"', unpack(made[name])[FILE].decode())) for name in names} == {
            (ids.manifest, ids.organization, ids.item, ids.resource)
        }


def test_published_identifiers_stand_whatever_the_code_would_make(tmp_path: Path):
    copy_small_project(tmp_path)
    file = tmp_path / "data/published-ids.yml"
    file.write_text(file.read_text("utf-8").replace("abc-uno-actividad", "abc-uno-viejo"), "utf-8")
    content = load(open_again(tmp_path))
    assert content.packages["uno"].item == "abc-uno-viejo" != first_ids("uno").item
    assert not [one for one in content.unlisted if one.startswith("packages/")]


def test_a_new_assessment_is_told_until_it_is_listed(tmp_path: Path):
    copy_small_project(tmp_path)
    file = tmp_path / "data/published-ids.yml"
    file.write_text(file.read_text("utf-8").partition("packages:")[0], "utf-8")
    assert {"packages/rapida", "packages/uno"} <= set(load(open_again(tmp_path)).unlisted)


def test_an_identifier_is_of_one_thing(tmp_path: Path):
    copy_small_project(tmp_path)
    file = tmp_path / "data/published-ids.yml"
    file.write_text(file.read_text("utf-8").replace("abc-uno-recurso", "abc-rapida"), "utf-8")
    with pytest.raises(ContentError) as error:
        load(open_again(tmp_path))
    assert [one.code for one in error.value.problems] == ["repeated_package_id"]
    problems = Problems()
    assert packages.read(None, ["uno"], problems)[1] == ("packages/rapida", "packages/uno") and not len(problems)
