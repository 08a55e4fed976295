"""The one table of pages: every page is one entry, whatever it names is there, and a new one is one entry more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from guide.downloads.offline_copy import BUNDLE as WORKER_BUNDLE
from guide.model import site_pages
from guide.model.content import Content
from guide.pages.packaged import BRIDGE
from guide.pages.registry import HOME_SCRIPTS, PAGES, SitePage, script_addresses, site_pages_of
from guide.pages.styles import KINDS
from guide.reading.project import Project
from tests.authoring.test_command import guide
from tests.conftest import REPOSITORY, ROOT, SITE_URL, copy_small_site
from tests.documents import Document
from tests.model.test_loader import change
from tests.search_index import search_entries

OVERRIDES = ROOT / "overrides"
BODIES = ROOT / "hooks/guide/pages/templates"
# What every page loads, and what stands in the skeleton.
ON_EVERY_PAGE = {
    "assets/bundles/page.js",
    "assets/bundles/search.js",
}


def test_every_page_of_the_site_has_one_entry(content: Content):
    assert Counter(entry.page for entry in PAGES) == Counter(dict.fromkeys(site_pages.ANCHORS, 1))
    pages = site_pages_of(content)
    assert {path for path, page in pages.items() if page.entry.each} == {
        *(one.page for one in content.checklists),
        *(one.page for one in content.modules),
        *(site_pages.PARTICIPANTS_PAGE.format(id=one.id) for one in content.modules),
        *(one.page for one in content.catalogue.practices),
    }
    for things in (content.checklists, content.modules, content.catalogue.practices):
        assert all(pages[one.page].source == one.source and pages[one.page].one is one for one in things)


def test_whatever_an_entry_names_is_there(project: Project):
    for entry in PAGES:
        assert (OVERRIDES / entry.frame).is_file(), entry.page
        assert entry.style in KINDS, entry.page
        ours = [one for one in script_addresses(SitePage(entry), "es") if one.startswith("assets/bundles/")]
        assert len(ours) == 1 and (OVERRIDES / ours[0]).is_file(), entry.page
        for pattern in (entry.source, *entry.made_of):
            assert not pattern or next(ROOT.glob(pattern.replace("{id}", "*")), None), (entry.page, pattern)
        assert entry.listed_on in (None, *site_pages.ANCHORS)


def test_no_style_script_or_frame_is_there_for_nothing():
    assert {entry.style for entry in PAGES} | {"home"} == set(KINDS)
    scripts = {one for entry in PAGES for one in script_addresses(SitePage(entry), "es")}
    there = {path.relative_to(OVERRIDES).as_posix() for path in OVERRIDES.glob("assets/bundles/*.js")}
    used = {one for one in scripts if one.startswith("assets/bundles/")} | ON_EVERY_PAGE | {BRIDGE, *HOME_SCRIPTS}
    # What a script loads when it is needed, by its name, and what the copy for offline is begun with.
    written = "".join(path.read_text("utf-8") for path in OVERRIDES.glob("assets/scripts/*/*.js"))
    on_demand = {f"assets/bundles/{name}.js" for name in re.findall(r"\bbundles/(\w+)", written)}
    assert used | on_demand | {WORKER_BUNDLE} == there
    frames = {entry.frame for entry in PAGES} | {"404.html", "home.html"}
    assert frames == {path.name for path in OVERRIDES.glob("*.html")}


def test_a_frame_and_a_body_have_no_name_in_common():
    frames = {path.name.split(".")[0] for path in OVERRIDES.rglob("*.html")}
    assert not frames & {path.name.split(".")[0] for path in BODIES.iterdir()}


def test_templates_ask_the_table_for_styles_and_scripts():
    """No frame says what belongs to a kind of page."""
    said = {}
    for path in OVERRIDES.rglob("*.html"):
        found = set(re.findall(r"assets/(?:styles|bundles)/[\w-]+\.\w+", path.read_text("utf-8")))
        if found:
            said[path.name] = found
    assert set.union(*said.values()) == ON_EVERY_PAGE | {"assets/styles/page.css"}
    assert said.keys() == {"main.html", "head.html", "search.html"}


def test_what_search_finds_is_what_the_table_says(site: Path, project: Project, content: Content):
    found = {one["location"].partition("#")[0] for one in search_entries(site, project.default)}
    for path, page in site_pages_of(content).items():
        address = path.removesuffix("index.md").replace(".md", "/")
        assert (address in found) == page.entry.search, path


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_page_is_added_by_one_entry_and_one_template(tmp_path: Path):
    """And its address, its words and its place in the navigation, which nobody can guess."""
    root = tmp_path / "project"
    copy_small_site(root)
    for verb in ("ids", "reviewed"):
        assert guide(verb, root).returncode == 0
    before = snapshot(root)
    change(
        root,
        "hooks/guide/model/site_pages.py",
        **{
            "from": "    TWINNING_PAGE: None,\n",
            "to": '    TWINNING_PAGE: None,\n    "herramientas/nueva.md": (),\n',
        },
    )
    change(
        root,
        "hooks/guide/pages/registry.py",
        **{
            "from": "    Entry(\n        site_pages.INDEX_PAGE,",
            "to": '    Entry("herramientas/nueva.md", "nueva", frame="wide.html", style="tools", scripts=("course",)),\n'
            "    Entry(\n        site_pages.INDEX_PAGE,",
        },
    )
    (root / "hooks/guide/pages/templates/nueva.html.jinja").write_text("<p>{{ t.nueva.text }}</p>\n", "utf-8")
    change(
        root,
        "mkdocs.yml",
        **{"from": "      - guia.md\n", "to": "      - guia.md\n      - herramientas/nueva.md\n"},
    )
    for code, words in (("es", "Una página nueva"), ("en", "A new page")):
        path = root / f"locales/{code}.yml"
        added = f'nueva:\n  title: "{words}"\n  description: "{words}, y nada más."\n  text: "{words} entera."\n'
        path.write_text(path.read_text("utf-8") + added, "utf-8")
    after = snapshot(root)
    assert {name for name in after if before.get(name) != after[name]} == {
        "hooks/guide/model/site_pages.py",
        "hooks/guide/pages/registry.py",
        "hooks/guide/pages/templates/nueva.html.jinja",
        "locales/en.yml",
        "locales/es.yml",
        "mkdocs.yml",
    }

    environment = {"PYTHONPATH": str(root / "hooks"), "ABC_SITE_URL": SITE_URL, "ABC_REPOSITORY": REPOSITORY}
    done = guide("check", root, **environment)
    assert done.returncode == 0, done.stderr
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for code, start, words in (("es", "", "Una página nueva"), ("en", "en/", "A new page")):
        page = Document((tmp_path / f"site/{start}herramientas/nueva/index.html").read_text("utf-8"))
        assert page.find("h1")[0].text == words and page.find("html")[0].classes == ["page-nueva"]
        assert [one["href"] for one in page.find("link", rel="stylesheet")][-1].endswith("assets/styles/tools.css")
        assert page.find("script")[-1]["src"].endswith("assets/bundles/course.js")
        assert [one["href"] for one in page.find("a", rel="prev")] == ["../../guia/"]
        assert f"{start}herramientas/nueva/" in {one["location"] for one in search_entries(tmp_path / "site", code)}
        assert f"{SITE_URL}{start}herramientas/nueva/" in (tmp_path / "site/sitemap.xml").read_text("utf-8")
