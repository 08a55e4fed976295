"""An old file meets a newer checklist: answers stay, and what changed is told in words."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from guide.model.content import Checklist, Content
from guide.reading.project import Project, open_texts
from tests.conftest import DEFAULT, ROOT, mkdocs
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import open_options, path, radio, slot, stored
from tests.scripts.test_assessments import open_apart, open_file, press, save_file
from tools import plain_yaml
from tools.server import serve

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "site", "__pycache__", ".pytest_cache", ".hypothesis")


@pytest.fixture(scope="session")
def checklist(content: Content) -> Checklist:
    """The one that changes: 1 gets another meaning, 2 is reworded, 3 is retired, one is added."""
    return content.checklists[0]


@pytest.fixture(scope="session")
def newer(checklist: Checklist, tmp_path_factory: pytest.TempPathFactory):
    """The address of the site with version 2 of that checklist."""
    root = tmp_path_factory.mktemp("newer") / "project"
    shutil.copytree(ROOT, root, ignore=LEFT_OUT)
    file = root / checklist.source
    data = yaml.safe_load(file.read_text("utf-8"))
    first, second, third = data["criteria"][:3]
    first["statement"] = {code: f"{text} (otro sentido)" for code, text in first["statement"].items()}
    second["statement"] = {code: f"{text} (mejor dicho)" for code, text in second["statement"].items()}
    gone = data["criteria"].pop(2)
    reason = dict.fromkeys(gone["statement"], "Se une a otro.")
    data["retired"] = [{"id": third["id"], "statement": third["statement"], "reason": reason}]
    added = {**data["criteria"][-1], "id": f"{third['id'].split('-')[0]}-99", "quick": False}
    added["statement"] = {code: f"{text} (nuevo)" for code, text in added["statement"].items()}
    data["criteria"].append(added)
    data["version"] = 2
    data["changes"] = [
        {
            "version": 2,
            "date": str(datetime.date.today()),
            "meaning": [first["id"]],
            "reworded": [second["id"]],
            "retired": [third["id"]],
            "added": [added["id"]],
        }
    ]
    file.write_text(plain_yaml.dump(data), "utf-8")
    # Nobody said yet with what the new criterion goes.
    walk = root / "data/crosswalk.yml"
    pairs = yaml.safe_load(walk.read_text("utf-8"))
    pairs["criteria"] = [one for one in pairs["criteria"] if one["id"] != third["id"]]
    walk.write_text(plain_yaml.dump(pairs), "utf-8")
    site = root.parent / "site"
    built = mkdocs("build", "--site-dir", str(site), root=root)
    assert built.returncode == 0, built.stderr
    with serve(site) as address:
        yield address


@pytest.fixture
def words(project: Project):
    return open_texts(project, project.default)["changed"]


@pytest.fixture
def old(open_page, checklist: Checklist, tmp_path: Path) -> Path:
    """A file saved with the checklist as it is: level 2 for its first four criteria."""
    page = open_page(path(checklist))
    for one in checklist.criteria[:4]:
        radio(page, one.id, 2).check()
    return save_file(page, tmp_path)


@pytest.fixture
def open_newer(browser, newer):
    contexts = []

    def open_newer(path: str = "") -> Page:
        contexts.append(browser.new_context(locale="es-MX", reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(newer + path)
        return page

    yield open_newer
    for context in contexts:
        context.close()


def test_the_preview_tells_what_changed_since_the_file_was_saved(open_newer, old, checklist, words):
    page = open_newer("autoevaluacion/")
    # Where something is kept, what opening would do is shown first.
    page.evaluate("abc.page.store.describe({title: 'Villa', round: ''})")
    open_file(page, old)
    preview = slot(page, "open-preview")
    for name, place, mark in (("meaning", 0, "(otro sentido)"), ("reworded", 1, "(mejor dicho)"), ("retired", 2, "")):
        term = preview.locator("dt", has_text=words[name])
        told = term.locator("xpath=following-sibling::dd[1]")
        expect(told).to_have_text(f"{checklist.criteria[place].statement[DEFAULT]} {mark}".strip())
    expect(preview.locator("dt", has_text=words["added"])).to_have_count(1)


def test_answers_are_kept_and_each_change_has_its_place(open_newer, old, checklist, words):
    page = open_newer(path(checklist))
    open_apart(page, old)
    first, second, third = checklist.criteria[:3]
    expect(radio(page, first.id, 2)).to_be_checked()
    expect(radio(page, second.id, 2)).to_be_checked()
    notice = slot(page, "changed")
    expect(notice).to_be_visible()
    for name in ("added", "reworded", "meaning", "retired"):
        expect(notice).to_contain_text(words[name])
    # What asks something else says so until it is answered again or confirmed.
    section = page.locator(f'[data-criterion="{first.id}"]')
    expect(section.locator('[data-slot="review"]')).to_be_visible()
    expect(page.locator('[data-slot="review"]:visible')).to_have_count(1)
    open_options(page)
    slot(page, "filter").select_option("review")
    expect(page.locator(".criterion:visible")).to_have_count(1)
    page.locator('[data-action="filter-all"]').click()
    # What is no longer asked is shown and does not count.
    retired = slot(page, "retired")
    expect(retired).to_contain_text(third.statement[DEFAULT])
    expect(radio(page, third.id, 2)).to_have_count(0)
    assert violations(page) == []
    press(page, "changed-seen")
    expect(notice).to_be_hidden()
    page.reload()
    expect(notice).to_be_hidden()
    expect(section.locator('[data-slot="review"]')).to_be_visible()
    section.locator('[data-action="review-stands"]').click()
    expect(section.locator('[data-slot="review"]')).to_be_hidden()
    page.reload()
    expect(section.locator('[data-slot="review"]')).to_be_hidden()
    kept = stored(page)["checklists"][checklist.id]["criteria"]
    assert {kept[one.id]["answer"] for one in checklist.criteria[:4]} == {2}


def test_answering_another_criterion_does_not_hide_what_changed(open_newer, old, checklist):
    page = open_newer(path(checklist))
    open_apart(page, old)
    radio(page, checklist.criteria[4].id, 3).check()
    page.reload()
    expect(slot(page, "changed")).to_be_visible()
    expect(page.locator('[data-slot="review"]:visible')).to_have_count(1)
    radio(page, checklist.criteria[0].id, 3).check()
    expect(page.locator('[data-slot="review"]:visible')).to_have_count(0)


def test_someone_new_is_told_nothing(open_newer, checklist):
    page = open_newer(path(checklist))
    radio(page, checklist.criteria[0].id, 3).check()
    page.reload()
    expect(slot(page, "changed")).to_be_hidden()
    expect(page.locator('[data-slot="review"]:visible')).to_have_count(0)
    assert json.loads(json.dumps(stored(page)))["checklists"][checklist.id]["version"] == 2
