"""The course: what its files may say, its pages, and what a reader sees of their own progress."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from guide.model.addresses import Redirect
from guide.model.content import Content, load
from guide.model.course import HOURS, add_up
from guide.pages.course import CourseWriter
from guide.reading import inline_markdown
from guide.reading.project import Project, open_project, open_texts
from tests.conftest import copy_small_project
from tests.model.test_loader import sentences
from tools import plain_yaml

DENIED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The smallest project, with a course of one module."""
    copy_small_project(tmp_path)
    (tmp_path / "course").mkdir()
    text = {"es": "Uno.", "en": "One."}
    module = {
        "title": text, "short": text, "summary": text, "minutes": [hours * 60 for hours in HOURS],
        "objectives": [{"level": "apply", "text": text}],
        "path": [{"page": "guia.md", "title": text, "minutes": [400, 200, 80]}, {"checklist": "uno", "minutes": [0, 0, 0]}],
        "activities": [
            {
                "id": "hacer", "title": text, "grouping": "pairs", "materials": [text],
                "steps": [{"minutes": [1000, 500, 200], "text": text} for _ in range(2)],
                "deliver": text, "look_for": [text],
            }
        ],
        "assessment": [text], "notes": [text],
    }  # fmt: skip
    write(tmp_path, module)
    return tmp_path


def write(root: Path, module: dict, name: str = "modulo-0.yml") -> None:
    (root / "course" / name).write_text(plain_yaml.dump(module), "utf-8")


def read(root: Path) -> dict:
    return yaml.safe_load((root / "course/modulo-0.yml").read_text("utf-8"))


def change(module: dict, path: str, value) -> None:
    *steps, last = [int(one) if one.isdigit() else one for one in path.split(".")]
    for one in steps:
        module = module[one]
    module[last] = value


WRONG = [
    (
        "minutes",
        [2400, 1200, 470],
        "course/modulo-0.yml:",
        "minutes: en el curso de 8 horas, lecturas y pasos suman 480 minutos y aquí dice 470",
    ),
    ("minutes", [2400, 1200], "course/modulo-0.yml:", "minutes: la lista debe tener 3 elementos y tiene 2."),
    (
        "path.0.minutes",
        [410, 200, 80],
        "course/modulo-0.yml:",
        "minutes: en el curso de 40 horas, lecturas y pasos suman 2410",
    ),
    (
        "path.0.page",
        "gia.md",
        "course/modulo-0.yml:",
        "path.1.page: no existe la página «gia.md»; ¿quiso escribir «guia.md»?",
    ),
    (
        "path.1.checklist",
        "unos",
        "course/modulo-0.yml:",
        "path.2.checklist: no existe la lista «unos»; ¿quiso escribir «uno»?",
    ),
    ("path.1.page", "guia.md", "course/modulo-0.yml:", "path.2: cada parada del recorrido lleva"),
    ("objectives.0.level", "aplicar", "course/modulo-0.yml:", "objectives.1.level: «aplicar» no es un valor conocido"),
    ("notes", [{"es": "a", "en": "[b](nada.md)"}], "course/modulo-0.yml:", "notes.1: no existe la página «nada.md»"),
    (
        "summary",
        {"es": "a", "en": "[b](guia.md#nada)"},
        "course/modulo-0.yml:",
        "summary: el capítulo no tiene un apartado",
    ),
    ("title", {"es": "a"}, "course/modulo-0.yml:", "title.en: falta el texto"),
    (
        "activities.0.id",
        "Hacer Algo",
        "course/modulo-0.yml:",
        "activities.1.id: «Hacer Algo» no sirve como identificador",
    ),
]


@pytest.mark.parametrize("place, value, file, sentence", WRONG)
def test_an_author_is_told_what_is_wrong_and_where(small: Path, place, value, file, sentence):
    assert sentences(small) == []
    module = read(small)
    change(module, place, value)
    write(small, module)
    lines = sentences(small)
    assert any(line.startswith(file) and sentence in line for line in lines), lines


def test_modules_are_numbered_without_gaps_and_make_up_the_course(small: Path):
    write(small, read(small), "modulo-2.yml")
    lines = sentences(small)
    assert any("falta modulo-1.yml" in line for line in lines), lines
    assert any("los módulos suman 4800 minutos y el curso de 40 horas son 2400" in line for line in lines)
    (small / "course/modulo-2.yml").rename(small / "course/dos.yml")
    assert sentences(small) == [
        "course/dos.yml: los módulos se llaman modulo-0.yml, modulo-1.yml…; cámbiele el nombre."
    ]


def test_the_tenth_module_follows_the_ninth(small: Path, monkeypatch):
    """By number, though the name of its file stands before that of the second."""
    module = read(small)
    monkeypatch.setattr("guide.model.course.HOURS", (1, 2, 3))
    module["minutes"] = [5, 10, 15]
    module["path"] = [{**module["path"][0], "minutes": [3, 6, 9]}]
    module["activities"][0]["steps"] = [{**module["activities"][0]["steps"][0], "minutes": [2, 4, 6]}]
    for number in range(12):
        write(small, module, f"modulo-{number}.yml")
    assert sentences(small) == []
    assert [one.number for one in load(open_project(small)).modules] == list(range(12))
    (small / "course/modulo-9.yml").unlink()
    assert any("falta modulo-9.yml" in line for line in sentences(small))


def test_an_activity_has_an_id_of_its_own(small: Path):
    module = read(small)
    module["activities"] *= 2
    write(small, module)
    assert any("el identificador «hacer» ya se usa en course/modulo-0.yml:" in line for line in sentences(small))


def test_a_stop_without_a_title_takes_that_of_its_page(small: Path):
    module = read(small)
    del module["path"][0]["title"]
    write(small, module)
    module["path"][0]["page"] = "glosario.md"
    write(small, module)
    assert any(
        "path.1.title: «glosario.md» no es un archivo de Markdown con título" in line for line in sentences(small)
    )
    module["path"][0]["page"] = "guia.md"
    write(small, module)
    page = small / "docs/es/guia.md"
    (small / "docs/en/guia.md").unlink()
    text = page.read_text("utf-8").rpartition("---\n")[2]
    page.write_text(f"---\ntitle: La guía\n---\n{text}", "utf-8")
    assert sentences(small) == []
    (found,) = load(open_project(small)).modules
    assert found.path[0].title == {"es": "La guía", "en": "La guía"}


def test_nine_modules_make_up_three_courses(content: Content):
    assert [one.number for one in content.modules] == list(range(9))
    assert add_up(one.minutes for one in content.modules) == tuple(hours * 60 for hours in HOURS)
    for module in content.modules:
        parts = [stop.minutes for stop in module.path] + [one.minutes for one in module.activities]
        assert add_up(parts) == module.minutes


def test_every_checklist_is_part_of_the_course(content: Content):
    used = {stop.checklist for module in content.modules for stop in module.path}
    assert used >= {one.id for one in content.checklists}


def test_a_module_is_a_page_with_all_it_says(documents, content: Content, project: Project):
    for module in content.modules:
        for code in project.codes:
            path = f"curso/modulo-{module.number}/"
            page = documents[path if code == project.default else f"{code}/{path}"]
            shown = page.find("main")[0].text
            texts = [module.summary, *(one.text for one in module.objectives), *module.assessment, *module.notes]
            for one in module.activities:
                texts += [one.title, one.deliver, *one.materials, *one.handout, *one.key, *one.look_for]
                texts += [step.text for step in one.steps]
            texts += [text for row in module.rubric for text in (row.criterion, *row.levels)]
            texts += [text for one in module.questions for text in (one.question, one.answer)]
            for text in texts:
                wanted = " ".join(inline_markdown.plain(text[code]).replace(" %", "\u00a0%").split())
                assert wanted in shown, (path, text[code])


def test_paths_work_without_scripts(documents, content: Content):
    """The boxes wait for the script; the links do not."""
    for module in content.modules:
        page = documents[f"curso/modulo-{module.number}/"]
        stops = [one for one in page.find("li") if one["data-read"] or one["data-criteria"]]
        assert len(stops) == len(module.path)
        for box in page.find("input", type="checkbox"):
            (label,) = [up for up in box.inside if up.tag == "label"]
            assert "hidden" in label.attributes and label.text


def kept(page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('abc.course')"))


def test_ticks_are_kept_and_shared_by_all_pages(open_page, project: Project):
    page = open_page("curso/modulo-2/")
    boxes = page.locator('.tick input[type="checkbox"]')
    words = open_texts(project, project.default)["course"]["progress"]
    say = lambda done, total: words.replace("{done}", str(done)).replace("{total}", str(total))  # noqa: E731
    expect(page.locator('[data-slot="progress"]')).to_have_text(say(0, 2))
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(boxes.first).to_be_checked()
    expect(page.locator('[data-slot="progress"]')).to_have_text(say(1, 2))
    # Ids and nothing else.
    assert kept(page) == {"read": ["fundamentos/acuerdos"]}
    start = page.url.split("curso/")[0]
    for path in ("curso/", "en/curso/modulo-2/", "curso/modulo-2/"):
        page.goto(start + path)
        expect(page.locator('[data-read="fundamentos/acuerdos"] input').first).to_be_checked()
    boxes.first.uncheck()
    assert kept(page) == {"read": []}


def test_a_page_that_moves_keeps_its_tick(open_page, content: Content, project: Project, site: Path):
    module = content.modules[2]
    moved = replace(content, redirects=(*content.redirects, Redirect("/vieja/direccion/", module.path[0].page)))
    texts = open_texts(project, project.default)
    given = 'data-read="fundamentos/acuerdos" data-read-before="vieja/direccion vieja/direccion/index"'
    assert given in CourseWriter(moved, texts, lambda asked: asked).module(module).html
    page = open_page("curso/")
    html = (site / "curso/modulo-2/index.html").read_text("utf-8")
    assert 'data-read="fundamentos/acuerdos"' in html
    body = html.replace('data-read="fundamentos/acuerdos"', given)
    page.route("**/curso/modulo-2/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.evaluate("localStorage['abc.course'] = '{\"read\": [\"vieja/direccion\"]}'")
    page.goto(page.url + "modulo-2/")
    boxes = page.locator(".tick input")
    expect(boxes.nth(0)).to_be_checked()
    boxes.nth(1).check()
    assert sorted(kept(page)["read"])[0] == "fundamentos/acuerdos" and len(kept(page)["read"]) == 2
    boxes.nth(0).uncheck()
    assert "fundamentos/acuerdos" not in kept(page)["read"] and len(kept(page)["read"]) == 1


def test_a_tick_in_another_tab_shows_and_is_not_lost(open_page):
    page = open_page("curso/modulo-2/")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".tick input").nth(0).check()
    expect(page.locator(".tick input").nth(0)).to_be_checked()
    page.locator(".tick input").nth(1).check()
    assert len(kept(page)["read"]) == 2


def test_answers_are_shown_and_left_alone(open_page, content: Content, project: Project):
    page = open_page("autoevaluacion/capacidad/")
    page.evaluate(
        "document.querySelectorAll('.criterion').forEach((one, place) => place < 2 && one.querySelectorAll('input')[1].click())"
    )
    before = page.evaluate("JSON.stringify(localStorage)")
    page.goto(page.url.replace("autoevaluacion/capacidad", "curso/modulo-2"))
    (checklist,) = [one for one in content.checklists if one.id == "capacidad"]
    words = open_texts(project, project.default)["course"]["answered"]
    text = words.replace("{done}", "2").replace("{total}", str(len(checklist.criteria)))
    expect(page.locator('[data-slot="answered"]').first).to_have_text(text)
    assert page.evaluate("JSON.stringify(localStorage)") == before
    # Which one is in use may be lost; what was put aside as damaged is none.
    page.evaluate(
        """() => {
        const key = Object.keys(localStorage).find((one) => one.startsWith("abc.assessment."));
        delete localStorage["abc.current"];
        localStorage["abc.assessment.x.damaged"] = localStorage[key].replaceAll('"answer":1', '"answer":null');
        }"""
    )
    page.reload()
    expect(page.locator('[data-slot="answered"]').first).to_have_text(text)
    page.evaluate(
        """() => {
        for (const key of Object.keys(localStorage).filter((one) => /^abc.assessment.[^.]+$/.test(one))) {
          localStorage["abc.assessment.x.damaged"] = localStorage[key];
          delete localStorage[key];
        }
        }"""
    )
    page.reload()
    expect(page.locator('[data-slot="answered"]').first).to_be_hidden()


@pytest.mark.parametrize(
    "entries",
    [
        {"abc.course": "{"},
        {"abc.course": '{"read": {"a": 1}}'},
        {"abc.course": '{"read": [1, null, "<img src=x>", {"x": 1}]}'},
        {"abc.course": "null", "abc.current": "x", "abc.assessment.x": "{"},
        {"abc.current": "x", "abc.assessment.x": '{"format": 9, "checklists": {"capacidad": 3}}'},
        {"abc.current": "x", "abc.assessment.x": '{"format": 1, "checklists": {"capacidad": {"criteria": null}}}'},
        {"abc.current": "x", "abc.assessment.x": "[]"},
    ],
)
def test_whatever_is_stored_breaks_nothing(open_page, entries: dict):
    sets = "".join(f"localStorage.setItem({json.dumps(name)}, {json.dumps(text)});" for name, text in entries.items())
    # The empty page before the first has no storage.
    script = f"if (location.protocol !== 'about:') {{ {sets} }}"
    page = open_page("curso/modulo-2/", script=script)
    box = page.locator(".tick input").first
    expect(box).not_to_be_checked()
    expect(page.locator('[data-slot="answered"]').first).to_be_hidden()
    box.check()
    assert kept(page) == {"read": ["fundamentos/acuerdos"]}


def test_without_storage_ticks_last_as_long_as_the_page_and_say_so(open_page, project: Project):
    page = open_page("curso/modulo-2/", script=DENIED)
    page.locator(".tick input").first.check()
    expect(page.locator(".tick input").first).to_be_checked()
    words = open_texts(project, project.default)["course"]["denied"]
    expect(page.locator('[data-slot="ticks-note"]')).to_have_text(words)


QUESTION = {"id": "modulo-0-01", "question": {"es": "¿Uno?", "en": "One?"}, "answer": {"es": "Uno.", "en": "One."}}
OPTIONS = [{"text": {"es": word, "en": word}} for word in ("a", "b", "c")]
RIGHT = [{**OPTIONS[0], "right": True}, *OPTIONS[1:]]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ({}, ""),
        ({"kind": "choice", "options": RIGHT}, ""),
        ({"kind": "true_false", "right": False}, ""),
        ({"kind": "choice"}, "una pregunta «choice» lleva `options`"),
        ({"kind": "match"}, "una pregunta «match» lleva `pairs`"),
        ({"kind": "true_false"}, "una pregunta «true_false» lleva `right`"),
        ({"options": RIGHT}, "`options` no va en una pregunta «open»"),
        ({"kind": "choice", "options": OPTIONS}, "una sola opción es la correcta (`right: true`); hay 0"),
        ({"kind": "choice", "options": [RIGHT[0]] * 3}, "una sola opción es la correcta (`right: true`); hay 3"),
        ({"kind": "choice", "options": RIGHT[:2]}, "options"),
        ({"id": "otra-01"}, "escriba uno como modulo-0-01"),
    ],
)
def test_a_question_has_what_its_kind_needs(small: Path, question: dict, wanted: str):
    module = read(small)
    write(small, {**module, "questions": [{**QUESTION, **question}]})
    found = sentences(small)
    assert wanted in " ".join(found) if wanted else found == []


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ([[25, 50, 75, 100]], ""),
        ([[10, 20, 30, 40], [10, 20, 30, 60]], ""),
        ([[10, 20, 30, 40]], "suman 40; deben sumar 100"),
        ([[25, 20, 75, 100]], "los puntos de un criterio suben"),
    ],
)
def test_the_points_of_a_rubric_rise_to_a_hundred(small: Path, points: list, wanted: str):
    module, text = read(small), {"es": "Uno.", "en": "One."}
    rows = [{"criterion": text, "levels": [text] * 4, "points": one} for one in points]
    write(small, {**module, "rubric": rows})
    found = sentences(small)
    assert wanted in " ".join(found) if wanted else found == []
