"""What a group answered: many files opened at once, told apart, counted and shown, and nothing of anybody taken along."""

from __future__ import annotations

import csv
import io
import json
import random
import statistics
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill, plural
from tests.conftest import PHONE, add_modules
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import slot

PAGE = "autoevaluacion/grupo/"
ANSWERS = [0, 1, 2, 3, "no_information", "not_applicable", None]
NAMES = ("Villa Nueva", "San Pedro", "La Laguna")


@pytest.fixture
def own(project: Project):
    return open_texts(project, project.default)["group"]


@pytest.fixture
def told(project: Project):
    return open_texts(project, project.default)["files_opened"]


def person(content: Content, number: int, diligence: float = 0.9, **more) -> dict:
    """A participant's answers, the same for the same number."""
    chance = random.Random(number)
    checklists = {
        one.id: {
            "version": one.version,
            "criteria": {
                each.id: {"answer": chance.choice(ANSWERS[:6]), "updated": "2026-10-01T10:00:00.000Z"}
                for each in one.criteria
                if chance.random() < diligence
            },
        }
        for one in content.checklists
    }
    return {
        "kind": "abc-assessment", "format": 1, "id": f"{number:08x}-0000-4000-8000-000000000000",
        "title": f"{NAMES[number % 3]} {number}", "round": "2026", "created": "2026-09-01T10:00:00.000Z",
        "updated": "2026-10-01T10:00:00.000Z", "checklists": checklists, **more,
    }  # fmt: skip


def with_notes(file: dict) -> dict:
    """The same as somebody keeps it who writes much: notes and evidence with every answer."""
    for one in file["checklists"].values():
        for record in one["criteria"].values():
            record["note"] = "Está en el acta de la sesión de marzo, con el anexo. " * 2
            record["evidence"] = [{"title": "Acta 12", "place": "Archivo municipal, caja 4", "date": "2026-03-12"}]
    return file


def file_of(data: object, name: str) -> dict:
    text = data if isinstance(data, str) else json.dumps(data)
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def files_of(content: Content, count: int, diligence: float = 0.9) -> list[dict]:
    return [file_of(person(content, one, diligence), f"abc-persona-{one}.json") for one in range(count)]


def open_files(page: Page, files: list[dict]) -> None:
    slot(page, "files-input").set_input_files(files)
    expect(slot(page, "files")).to_have_attribute("aria-busy", "false")


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for place, (name, text) in enumerate(files.items()):
            made.writestr(name, text, zipfile.ZIP_DEFLATED if place % 2 else zipfile.ZIP_STORED)
    return buffer.getvalue()


def test_files_are_told_apart_and_none_is_passed_over_in_silence(open_page, content: Content, told):
    page = open_page(PAGE)
    before = page.evaluate("JSON.stringify(localStorage)")
    one, two = person(content, 1), person(content, 2)
    cut = json.dumps(person(content, 3))[:500]
    files = [
        file_of(one, "a.json"),
        # Saved twice: only when it was saved to a file differs.
        file_of({**one, "filed": "2026-11-01T10:00:00.000Z"}, "a (1).json"),
        file_of(two, "b.json"),
        file_of({"hello": 1}, "otra-cosa.json"),
        file_of("un texto", "texto.json"),
        file_of({"kind": "abc-comparison", "format": 1, "id": "x", "items": {}}, "redes.json"),
        file_of({"kind": "abc-group-report", "format": 1}, "informe.json"),
        file_of(cut, "cortado.json"),
        file_of({**one, "format": 99}, "futuro.json"),
        file_of({**one, "id": "vacio", "checklists": {}}, "vacio.json"),
    ]
    texts = {f"Ana_{n}_assignsubmission_file/c{n}.json": json.dumps(person(content, n)) for n in (4, 5)}
    packed = zipped({**texts, "__MACOSX/._c4.json": "x", "carpeta/": ""})
    files.append({"name": "entregas.zip", "mimeType": "application/zip", "buffer": packed})
    files.append({"name": "roto.zip", "mimeType": "application/zip", "buffer": packed[:200]})
    open_files(page, files)
    counts = {"same": 1, "not_ours": 2, "other_tool": 1, "report": 1, "damaged": 1, "newer": 1, "empty": 1, "zip": 1}
    state = slot(page, "files-state").inner_text()
    assert state.startswith(plural(told, "opened", 4))
    for problem, count in counts.items():
        assert plural(told["skipped"], problem, count) in state, problem
    slot(page, "files-details").locator("summary").click()
    listed = slot(page, "files-skipped-list").locator("li").all_inner_texts()
    assert len(listed) == sum(counts.values())
    assert fill(told["problems"]["same"], {"name": "a (1).json", "like": "a.json"}) in listed
    assert slot(page, "files-opened").locator("li").count() == 4
    # Nothing of it is kept.
    assert page.evaluate("JSON.stringify(localStorage)") == before
    # What is taken out is no longer counted.
    slot(page, "files-opened").locator("button").first.click()
    assert slot(page, "files-state").inner_text().startswith(plural(told, "opened", 3))


def test_more_than_two_hundred_are_told(open_page, content: Content, told):
    page = open_page(PAGE)
    small = [{**person(content, 1, 0.02), "id": f"persona-{one}"} for one in range(203)]
    open_files(page, [file_of(one, f"{place}.json") for place, one in enumerate(small)])
    state = slot(page, "files-state").inner_text()
    assert state.startswith(plural(told, "opened", 200)) and plural(told["skipped"], "too_many", 3) in state


def test_versions_of_one_file_are_told_and_the_last_can_be_kept(open_page, content: Content, told):
    page = open_page(PAGE)
    one = person(content, 1)
    later = {**person(content, 7), "id": one["id"], "updated": "2026-11-20T10:00:00.000Z"}
    open_files(page, [file_of(later, "b.json"), file_of(one, "a.json"), file_of(person(content, 2), "c.json")])
    kin = slot(page, "files-kin")
    expect(kin).to_contain_text(fill(told["kin"], {"count": 2}))
    assert slot(page, "files-state").inner_text() == plural(told, "opened", 3)
    kin.locator("button").click()
    expect(kin).to_be_hidden()
    slot(page, "files-details").locator("summary").click()
    # The list is made once it is opened.
    expect(slot(page, "files-opened")).to_contain_text("b.json")
    assert "a.json" not in slot(page, "files-opened").inner_text()


@pytest.mark.parametrize("way", ["paste-text", "paste-here", "drop"])
def test_files_can_be_pasted_and_dropped(open_page, content: Content, told, way):
    page = open_page(PAGE)
    texts = [json.dumps(person(content, one), indent=2) for one in (1, 2)]
    if way == "paste-text":
        page.locator('[data-files="paste"]').click()
        slot(page, "paste-text").fill("\n\n".join(texts))
        page.locator('[data-files="paste-add"]').click()
    else:
        page.evaluate(
            """([texts, way]) => {
              const transfer = new DataTransfer();
              texts.forEach((text, at) => transfer.items.add(new File([text], `${at}.json`)));
              const event = way === "drop"
                ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
                : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true });
              document.body.dispatchEvent(event);
            }""",
            [texts, way],
        )
    expect(slot(page, "files-state")).to_have_text(plural(told, "opened", 2))


def saved(page: Page, action: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.locator(f'[data-group="{action}"]').click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_names_are_hidden_until_asked_for_and_in_no_file_by_themselves(open_page, content: Content, own):
    page = open_page(PAGE)
    open_files(page, files_of(content, 5))
    page.locator(".map-fold summary").click()
    page.locator(".group-table").wait_for()

    def shown() -> str:
        return slot(page, "results").inner_text()

    def has_names(text: str) -> bool:
        return any(name in text for name in (*NAMES, "persona-"))

    heads = page.locator(".group-table tbody th").all_inner_texts()
    assert heads == ["1", "2", "3", "4", "5"] and not has_names(shown())
    page.locator('[name="names"]').check()
    assert has_names(shown())
    for action in ("html", "criteria", "people"):
        name, data = saved(page, action)
        text = data.decode("utf-16" if name.endswith(".csv") else "utf-8")
        assert name.startswith("abc-grupo-") and not has_names(text + name), action
    page.locator('[name="export-names"]').check()
    assert has_names(saved(page, "people")[1].decode("utf-16")) and has_names(saved(page, "html")[1].decode())


def test_figures_are_those_of_the_one_formula(open_page, content: Content, own):
    page = add_modules(open_page(PAGE))
    people = [person(content, one, diligence) for one, diligence in ((1, 0.95), (2, 0.9), (3, 0.4), (4, 1.0))]
    open_files(page, [file_of(one, f"{place}.json") for place, one in enumerate(people)])
    rows = list(csv.reader(io.StringIO(saved(page, "criteria")[1].decode("utf-16")), delimiter="\t"))
    answers = [
        {id: record["answer"] for one in each["checklists"].values() for id, record in one["criteria"].items()}
        for each in people
    ]
    assert len(rows) == 1 + sum(len(one.criteria) for one in content.checklists)
    for row in rows[1:]:
        given = [one.get(row[1]) for one in answers]
        expected = [given.count(level) for level in range(4)]
        expected += [given.count(one) for one in ("no_information", "not_applicable", None)]
        assert [int(cell) for cell in row[3:10]] == expected, row[1]
        worth = [0 if one == "no_information" else one for one in given if one not in ("not_applicable", None)]
        assert (row[10] == "—") == (not worth), row[1]
        if worth:
            mean = sum(worth) / len(worth)
            assert float(row[10].replace(",", ".")) == pytest.approx(mean, abs=0.0501)
    # The page says the same, and how far apart they are.
    shown = page.locator(".group-criteria tbody tr").evaluate_all(
        "rows => rows.map((row) => Array.from(row.querySelectorAll('td'), (one) => one.textContent))"
    )
    for row, cells in zip(rows[1:], shown, strict=True):
        given = [one.get(row[1]) for one in answers]
        worth = [0 if one == "no_information" else one for one in given if one not in ("not_applicable", None)]
        spread = "—"
        if len(worth) > 1:
            part = statistics.pstdev(worth) / 1.5
            name = "near" if part < 0.34 else "apart" if part < 0.67 else "far"
            spread = fill(own["spreads"][name], {"percent": f"{int(100 * part + 0.5)}\xa0%"})
        assert cells == [*row[3:10], row[10], spread], row[1]
    assert len({cells[-1].partition(", ")[2] for cells in shown}) == 4
    # Each score is what the pages of that person alone show.
    scores = page.evaluate(
        """(people) => {
          const { checklists } = abc.instruments[document.documentElement.lang];
          return people.map((one) => {
            const { overall, each } = abc.modules.scoresOf(checklists, one);
            return [overall, ...each].map((score) =>
              score.weighted === null ? null : abc.modules.percentOf(score.weighted));
          }).sort();
        }""",
        people,
    )
    page.locator(".map-fold summary").click()
    page.locator(".group-table").wait_for()
    cells = page.locator(".group-table tbody tr")
    found = [one.locator("td").all_inner_texts()[: 1 + len(content.checklists)] for one in cells.all()]
    number = lambda text: int(text.split("\xa0")[0].split(" ")[0]) if "%" in text else None  # noqa: E731
    assert sorted(([number(one) for one in row] for row in found), key=str) == sorted(scores, key=str)


def test_spread_goes_from_alike_to_half_and_half(open_page):
    page = add_modules(open_page(PAGE))
    spread = lambda *values: page.evaluate("(values) => abc.modules.spreadOf(values)", values)  # noqa: E731
    assert spread(2, 2, 2) == 0 and spread(0, 3, 0, 3) == 1 and spread(1) is None
    assert 0 < spread(1, 2) < spread(0, 2) < spread(0, 3)


def test_filters_narrow_what_is_shown(open_page, content: Content, own):
    page = open_page(PAGE)
    files = [*files_of(content, 4), file_of({**person(content, 9, 0.3), "round": "2025"}, "x.json")]
    open_files(page, files)
    rows = page.locator(".group-criteria tbody tr")
    total = sum(len(one.criteria) for one in content.checklists)
    assert rows.count() == total
    first = content.checklists[0]
    page.locator('[name="list"]').select_option(first.id)
    assert rows.count() == len(first.criteria)
    page.locator('[name="scope"]').select_option("quick")
    assert rows.count() == len(first.quick)
    page.locator('[name="list"]').select_option("")
    page.locator('[name="scope"]').select_option("legal")
    assert rows.count() == sum(one.critical is not None for each in content.checklists for one in each.criteria)
    page.locator('[name="scope"]').select_option("all")
    page.locator('[name="round"]').select_option("2025")
    expect(slot(page, "shown")).to_contain_text(plural(own, "shown", 1))
    page.locator('[name="complete"]').check()
    expect(slot(page, "nobody")).to_be_visible()
    expect(page.locator(".group-criteria").first).to_be_hidden()
    page.locator('[name="round"]').select_option("")
    expect(slot(page, "shown")).to_contain_text(plural(own, "shown", 4))


def test_one_part_a_screen_for_a_projector(open_page, content: Content, own):
    page = open_page(PAGE, viewport={"width": 1366, "height": 768})
    page.locator('[data-group="example"]').click()
    expect(page.locator(".heat").first).to_be_visible()
    page.locator('[data-group="projector"]').click()
    place = slot(page, "projector-place")
    total = 4 + len(content.checklists)
    expect(place).to_have_text(fill(own["place"], {"title": own["results_title"], "number": 1, "total": total}))
    for name in ("map_title", "gaps_title", "apart_title"):
        page.keyboard.press("PageDown")
        assert page.locator("[data-slide]:visible").count() == 1
        expect(page.locator("h2:focus")).to_have_text(own[name])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".masthead")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".masthead")).to_be_visible()
    expect(page.locator('[data-group="projector"]')).to_be_focused()


def test_the_report_is_a_file_of_its_own(open_page, content: Content, own, told, tmp_path):
    page = open_page(PAGE)
    open_files(page, files_of(content, 6))
    name, data = saved(page, "html")
    file = tmp_path / name
    file.write_bytes(data)
    alone = page.context.browser.new_page(viewport=PHONE)
    asked: list[str] = []
    alone.on("request", lambda one: asked.append(one.url))
    alone.goto(file.as_uri())
    assert alone.locator(".group-criteria tbody tr").count() == sum(len(one.criteria) for one in content.checklists)
    assert alone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(alone.locator("h1")).to_have_text(own["report_title"])
    assert asked == [file.as_uri()]
    alone.close()
    # It holds results and no answers: opened here, that is said.
    open_files(page, [{"name": name, "mimeType": "text/html", "buffer": data}])
    expect(slot(page, "files-state")).to_contain_text(plural(told["skipped"], "report", 1))


# What the scripts do on the page, counted.
COUNTED = """window.work = { parsed: 0, made: 0 };
const parse = JSON.parse;
JSON.parse = (...all) => { work.parsed += 1; return parse(...all); };
const make = document.createElement;
Document.prototype.createElement = function (...all) { work.made += 1; return make.apply(this, all); };"""


@pytest.mark.parametrize("count", [60, 200])
def test_many_files_take_no_more_work_than_there_is_to_show(open_page, content: Content, count):
    """Each is read twice, whole and to know what it says, and what is shown is drawn once. ``make bench`` tells how
    long that takes on a slow machine."""
    page = open_page(PAGE, script=COUNTED)
    before = page.evaluate("({ ...work })")
    files = [file_of(with_notes(person(content, one)), f"{one}.json") for one in range(count)]
    open_files(page, files)
    assert page.locator(".heat-row").last.locator("i").count() == count
    work = page.evaluate("work")
    assert work["parsed"] - before["parsed"] == 2 * count
    shown = page.evaluate("document.querySelectorAll('main *').length")
    assert work["made"] - before["made"] <= shown < 3000 + 10 * count


def test_it_reads_without_colours_and_by_everybody(open_page, content: Content):
    page = open_page(PAGE, forced_colors="active")
    open_files(page, files_of(content, 4))
    grounds = page.evaluate(
        """[0, 1, 2, 3].map((level) =>
          getComputedStyle(document.querySelector(`.answers-key .answers-${level}`)).background)"""
    )
    assert len(set(grounds)) == 4
    for options in ({"viewport": PHONE}, {"color_scheme": "dark"}):
        page = open_page(PAGE, **options)
        open_files(page, files_of(content, 4))
        page.locator(".map-fold summary").click()
        page.locator(".group-table").wait_for()
        slot(page, "files-details").locator("summary").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
