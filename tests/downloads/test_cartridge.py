"""The file of links: what Moodle restores of it, and that every link leads to a page."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from guide.downloads import cartridge
from guide.downloads.archives import unpack
from guide.model.content import Content
from guide.pages.addresses import by_language
from guide.reading.project import Project, open_texts
from tests.conftest import SITE_URL

COMMON = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
LINK = "{http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1}"


@pytest.fixture(params=["es", "en"])
def files(request: pytest.FixtureRequest, content: Content, project: Project) -> dict[str, bytes]:
    code, addresses = request.param, by_language(project.codes, True)

    def made() -> bytes:
        return cartridge.write(content, open_texts(project, code), lambda target: SITE_URL + addresses[code].of(target))

    assert made() == made()
    return unpack(made())


def test_it_is_of_the_version_that_moodle_takes(files: dict[str, bytes]):
    root = ElementTree.fromstring(files["imsmanifest.xml"])
    assert root.findtext(f"{COMMON}metadata/{COMMON}schema") == "IMS Common Cartridge"
    assert root.findtext(f"{COMMON}metadata/{COMMON}schemaversion") == "1.1.0"


def test_the_first_folder_says_how_and_the_others_are_the_modules(files: dict[str, bytes], content: Content):
    root = ElementTree.fromstring(files["imsmanifest.xml"])
    folders = root.findall(f".//{COMMON}organization/{COMMON}item/{COMMON}item")
    titles = [one.findtext(f"{COMMON}title", "") for one in folders]
    assert len(folders) == len(content.modules) + 1
    assert titles[0] in ("Cómo usar estos enlaces", "How to use these links")
    for module, folder in zip(content.modules, folders[1:], strict=True):
        links = [one.findtext(f"{COMMON}title", "") for one in folder.findall(f"{COMMON}item")]
        assert len(links) == len(module.path) + 1
        # The titles of folders do not stay names: each link says its module.
        assert all(one.startswith(f"{module.number}.") for one in links), links


def test_everything_that_is_named_is_there_once(files: dict[str, bytes]):
    root = ElementTree.fromstring(files["imsmanifest.xml"])
    names = [one.get("identifier") for one in root.iter() if one.get("identifier")]
    assert len(names) == len(set(names))
    resources = {one.get("identifier"): one for one in root.iter(f"{COMMON}resource")}
    asked = [one.get("identifierref") for one in root.iter(f"{COMMON}item") if one.get("identifierref")]
    assert sorted(asked) == sorted(resources)
    assert {one.get("type") for one in resources.values()} == {"imswl_xmlv1p1"}
    hrefs = [one.get("href") for one in root.iter(f"{COMMON}file")]
    assert sorted(hrefs) == sorted(set(files) - {"imsmanifest.xml"})


def test_every_link_leads_to_a_page(files: dict[str, bytes], site: Path):
    for name in set(files) - {"imsmanifest.xml"}:
        link = ElementTree.fromstring(files[name])
        address = link.find(f"{LINK}url").get("href")
        assert link.findtext(f"{LINK}title") and re.match(re.escape(SITE_URL), address)
        assert (site / address.removeprefix(SITE_URL) / "index.html").is_file(), address
