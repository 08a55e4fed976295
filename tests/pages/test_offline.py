"""The copy for where there is no network: made when asked for, whole, and never taken for the newest."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.downloads.offline_copy import BUNDLE, WORKER, worker
from guide.pages.policy import header_files
from guide.reading.project import Project, open_texts
from tools.server import serve

GIVEN = re.compile(r"^self\.abcCopy = (\{.*\});$", re.MULTILINE)


@pytest.fixture(scope="module")
def copied(site: Path, tmp_path_factory) -> Path:
    """A site that may be changed."""
    return Path(shutil.copytree(site, tmp_path_factory.mktemp("offline") / "site"))


@pytest.fixture
def start(copied: Path):
    with serve(copied) as address:
        yield address


@pytest.fixture
def words(project: Project):
    return open_texts(project, "es")["offline"]


def keep(page: Page, words) -> None:
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator('[data-slot="offline-state"]')).to_have_text(words["saved"], timeout=120_000)


def notices(page: Page):
    return page.locator("[data-offline]")


def test_the_copy_is_of_every_page_and_of_what_pages_load(site: Path, documents):
    given = json.loads(GIVEN.search((site / WORKER).read_text("utf-8"))[1])
    kept = set(given["files"])
    assert {f"{path}index.html" if path.endswith("/") or not path else path for path in documents} <= kept
    for folder in ("assets/bundles", "assets/styles", "assets/instrument", "assets/fonts", "search"):
        there = {path.relative_to(site).as_posix() for path in (site / folder).rglob("*") if path.is_file()}
        # Without the script that says that a page is a copy, it would be taken for the newest.
        assert there - kept <= {BUNDLE}
    assert not any(name.endswith(".zip") or name in (WORKER, "_headers") for name in kept)
    assert sum((site / name).stat().st_size for name in kept) < 25_000_000


def test_nobody_keeps_a_copy_unasked(open_page):
    page = open_page("glosario/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert page.evaluate("async () => (await caches.keys()).length") == 0


def test_kept_once_everything_opens_without_a_network(browser, start: str, words):
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    page.goto(f"{start}acerca/")
    keep(page, words)
    page.goto(f"{start}glosario/")
    expect(page.locator('[data-slot="offline-state"]')).to_contain_text(words["kept"].split("{")[0])
    expect(notices(page)).to_have_count(0)
    context.set_offline(True)
    for path in ("autoevaluacion/rapida/?embed#resultado", "en/glosario/", "guia-completa/", "index.html"):
        page.goto(start + path)
        expect(page.locator("h1").first).to_be_visible()
        expect(notices(page)).to_have_count(1)
    # What was never there is told, not shown as something else.
    page.goto(f"{start}nada/")
    expect(page.locator("h1")).to_have_text(words["gone_title"])
    # Answers are kept as ever.
    page.goto(f"{start}autoevaluacion/acuerdos/")
    expect(notices(page)).to_contain_text(words["is_copy"].split("{")[0])
    page.evaluate("document.querySelector('.criterion input[type=radio]').click()")
    page.reload()
    expect(page.locator(".criterion input[type=radio]:checked")).to_have_count(1)
    with page.expect_download() as given:
        page.evaluate("location.href = '../../assets/descargas/abc-autoevaluacion-es.xlsx'")
    assert Path(given.value.path()).stat().st_size > 10_000
    # Back where there is one, the page says so, and loads the newest.
    context.set_offline(False)
    expect(notices(page)).to_contain_text(words["online_again"])
    notices(page).get_by_role("button").click()
    expect(notices(page)).to_have_count(0)
    context.close()


def test_a_new_version_is_shown_at_once_and_told_where_an_old_one_is_open(
    browser, start: str, copied: Path, words, project
):
    context = browser.new_context(locale="es-MX")
    page, old = context.new_page(), context.new_page()
    page.goto(f"{start}acerca/")
    keep(page, words)
    page.close()
    # Somebody reads since a while.
    old.clock.install()
    old.goto(f"{start}glosario/")
    old.clock.run_for(120_000)
    file = copied / "glosario/index.html"
    file.write_text(file.read_text("utf-8").replace("</h1>", " (nuevo)</h1>", 1), "utf-8")
    (copied / WORKER).write_text(worker(copied, open_texts(project, "es"), header_files()), "utf-8")
    new = context.new_page()
    new.goto(f"{start}glosario/")
    expect(new.locator("h1").first).to_contain_text("(nuevo)")
    expect(notices(old)).to_contain_text(words["newer"], timeout=60_000)
    expect(notices(new)).to_have_count(0)
    notices(old).get_by_role("button", name=words["reload"]).click()
    expect(old.locator("h1").first).to_contain_text("(nuevo)")
    # The copy is the new one, and the only one.
    context.set_offline(True)
    new.goto(f"{start}glosario/")
    expect(new.locator("h1").first).to_contain_text("(nuevo)")
    assert new.evaluate("async () => (await caches.keys()).length") == 1
    context.close()


def test_a_copy_that_cannot_be_made_whole_is_none(browser, start: str, words):
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    page.goto(f"{start}acerca/")
    # A file is missing, and the page still works from the network alone.
    context.route("**/assets/fonts/bitter-700.woff2", lambda route: route.fulfill(status=404))
    page.get_by_role("button", name=words["save"]).click()
    expect(page.locator('[data-slot="offline-state"]')).to_have_text(words["failed"], timeout=60_000)
    page.goto(f"{start}glosario/")
    assert page.evaluate("navigator.serviceWorker.controller") is None
    context.close()


def test_it_can_be_taken_away(browser, start: str, words):
    context = browser.new_context(locale="es-MX")
    page = context.new_page()
    page.goto(f"{start}acerca/")
    keep(page, words)
    page.reload()
    page.get_by_role("button", name=words["remove"]).click()
    expect(page.locator('[data-slot="offline-state"]')).to_have_text(words["removed"])
    assert page.evaluate(
        "async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
    ) == [0, 0]
    expect(page.get_by_role("button", name=words["save"])).to_be_visible()
    context.close()


def test_the_manifest_leads_to_the_site_in_its_language(site: Path, project: Project):
    for code in project.codes:
        file = site / f"assets/manifest-{code}.webmanifest"
        said = json.loads(file.read_text("utf-8"))
        assert said["lang"] == code and said["name"] == open_texts(project, code)["site"]["name"]
        assert (file.parent / said["start_url"] / "index.html").is_file()
        for icon in said["icons"]:
            size = int.from_bytes((file.parent / icon["src"]).read_bytes()[16:20])
            assert icon["sizes"] == f"{size}x{size}"


def test_the_hosting_page_tells_of_it(documents, words):
    assert f"«{words['save']}»" in documents["alojar/"].source
