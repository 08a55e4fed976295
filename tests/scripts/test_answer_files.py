"""Answer files: the ones people have, for ever, and hundreds of made up ones."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from guide.model.content import Content
from tests.conftest import PHONE, ROOT, add_modules
from tests.scripts.test_assessment import radio, slot, stored
from tests.scripts.test_assessments import open_apart, save_file

# Files as they were saved by every version of the site that people have used. None is ever removed.
KEPT = sorted((ROOT / "tests/answer-files").glob("*.json"))


def test_there_are_files_to_keep():
    assert KEPT


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_every_file_ever_saved_still_opens_with_all_its_answers(open_page, content, file, tmp_path):
    before = json.loads(file.read_text("utf-8"))
    page = open_page("autoevaluacion/")
    open_apart(page, file)
    expect(slot(page, "assessments-undo-text")).to_contain_text(before["title"])
    after = json.loads(save_file(page, tmp_path).read_text("utf-8"))
    for id, checklist in before["checklists"].items():
        for criterion, record in checklist["criteria"].items():
            assert record.items() <= after["checklists"][id]["criteria"][criterion].items()
    one = next(one for one in content.checklists if one.id in before["checklists"])
    page.goto(page.url + f"{one.id}/")
    for criterion in one.criteria:
        answer = before["checklists"][one.id]["criteria"].get(criterion.id, {}).get("answer")
        if answer is not None:
            expect(radio(page, criterion.id, answer)).to_be_checked()


# Made up files: half of them the same at every run, half of them others each time, as this number says.

FRESH = random.randrange(2**32)
TEXTS = ["", "Acta", "«ñ»", "a" * 300, "<b>x</b>", "=1+1", "línea\notra", "🏛", "\u0000", "__proto__"]


def made_up(chance: random.Random, content: Content, id: str) -> dict:
    """An assessment as some version of this site, or a hand, might have written it."""
    text = lambda: chance.choice(TEXTS)  # noqa: E731
    stamp = lambda: f"20{chance.randint(20, 30)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}T00:00:00.000Z"  # noqa: E731

    def record() -> dict:
        found = {"updated": stamp()}
        maybe = {
            "answer": lambda: chance.choice([0, 1, 2, 3, "no_information", "not_applicable"]),
            "reason": text,
            "note": text,
            "confidence": lambda: chance.choice(["sure", "estimated"]),
            "target": lambda: chance.randint(0, 3),
            "evidence": lambda: [
                {"title": text(), "place": text(), "later": chance.random()} for _ in range(chance.randint(1, 3))
            ],
            "plan": lambda: {"what": text(), "who": text(), "due": "2027-01-01"},
            "unheard-of": lambda: [text(), {"x": None}],
        }
        for name, make in maybe.items():
            if chance.random() < 0.5:
                found[name] = make()
        return found

    checklists = {}
    for one in chance.sample(content.checklists, chance.randint(0, len(content.checklists))):
        ids = [c.id for c in one.criteria] + ["gone-01", "later-02"]
        chosen = chance.sample(ids, chance.randint(0, min(6, len(ids))))
        checklists[one.id] = {"version": chance.randint(1, 3), "criteria": {c: record() for c in chosen}}
    if chance.random() < 0.2:
        checklists["unknown-list"] = {"version": 1, "more": text(), "criteria": {"u-01": record()}}
    return {
        "kind": "abc-assessment",
        "format": 1,
        "id": id,
        "title": text(),
        "round": text(),
        "created": stamp(),
        "updated": stamp(),
        "described": stamp(),
        "checklists": checklists,
        "extra": {"kept": True},
    }


@pytest.fixture(scope="module")
def files(content: Content) -> list[dict]:
    return [
        made_up(chance, content, f"id-{number}-{place // 2}")
        for number, chance in enumerate((random.Random(20261125), random.Random(FRESH)))
        for place in range(200)
    ]


def test_saved_and_opened_hundreds_of_files_are_the_same(open_page, files):
    page = add_modules(open_page("autoevaluacion/"))
    wrong = page.evaluate(
        """async (files) => {
          const wrong = [];
          for (const [place, one] of files.entries()) {
            const { document: assessment } = abc.modules.parseAssessment(JSON.stringify(one));
            const text = abc.modules.assessmentText(assessment);
            const back = await abc.modules.readAssessmentFile({ size: text.length, text: async () => text });
            if (JSON.stringify(back.document) !== JSON.stringify(assessment)) wrong.push(place);
            // Nothing of the file is lost on the way in.
            for (const [list, { criteria }] of Object.entries(one.checklists)) {
              for (const [id, record] of Object.entries(criteria)) {
                const kept = assessment.checklists[list].criteria[id];
                for (const key of Object.keys(record)) {
                  if (JSON.stringify(kept[key]) !== JSON.stringify(record[key])) wrong.push([place, id, key]);
                }
              }
            }
            if (assessment.extra?.kept !== true) wrong.push([place, "extra"]);
          }
          return wrong;
        }""",
        files,
    )
    assert wrong == [], FRESH


def test_two_of_the_same_assessment_merge_the_same_either_way_and_lose_nothing(open_page, files):
    page = add_modules(open_page("autoevaluacion/"))
    wrong = page.evaluate(
        """(files) => {
          const wrong = [];
          const read = (one) => abc.modules.parseAssessment(JSON.stringify(one)).document;
          const sorted = (value) => JSON.stringify(value, (key, one) =>
            one && typeof one === "object" && !Array.isArray(one)
              ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);
          const say = ({ title, round, described, checklists }) => sorted({ title, round, described, checklists });
          for (let at = 0; at < files.length; at += 2) {
            const pair = [files[at], files[at + 1]];
            const [one, other] = [read(pair[0]), read(pair[1])];
            abc.modules.mergeAssessments(one, read(pair[1]));
            abc.modules.mergeAssessments(other, read(pair[0]));
            if (say(one) !== say(other)) wrong.push(at);
            const again = say(one);
            abc.modules.mergeAssessments(one, read(pair[1]));
            if (say(one) !== again) wrong.push([at, "again"]);
            for (const source of pair) {
              for (const [list, { criteria }] of Object.entries(source.checklists)) {
                for (const [id, record] of Object.entries(criteria)) {
                  const kept = one.checklists[list].criteria[id];
                  const candidates = pair.map((file) => file.checklists[list]?.criteria[id]).filter(Boolean);
                  const newest = candidates.map(({ updated }) => updated).sort().at(-1);
                  if (kept.updated !== newest) wrong.push([at, id, "not the newest"]);
                  if (record.updated === newest && candidates.length === 1)
                    for (const key of Object.keys(record))
                      if (sorted(kept[key]) !== sorted(record[key])) wrong.push([at, id, key]);
                }
              }
            }
          }
          return wrong;
        }""",
        files,
    )
    assert wrong == [], FRESH


# Any value at any place

VALUES = [
    None, True, -1, 4, 1.5, 1e308, "", "x", "a" * 10_000, "\u202e\u0000", "<img src=x onerror=document.title=1>",
    "javascript:document.title=1", "9999-12-31", "2026-02-31", "+275760-09-13T00:00:00.000Z", [], [[]], [None, 1, "x"],
    {}, {"a": {"b": 1}}, {"toString": 1, "length": -1},
]  # fmt: skip


def places(value: object, way: tuple = ()) -> list[tuple]:
    """The way to everything inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(*way, key) for key, _ in inside] + [one for key, below in inside for one in places(below, (*way, key))]


@pytest.fixture(scope="module")
def spoiled(content: Content) -> list[dict]:
    """A whole file with one value in place of another, somewhere."""
    chance = random.Random(20261129)
    first, *_, last = content.checklists
    record = {
        "answer": 2, "reason": "Motivo", "note": "Nota", "confidence": "estimated", "target": 3, "version": 1,
        "evidence": [{"title": "Acta", "place": "Caja", "date": "2026-01-31", "link": "https://ejemplo.mx/"}],
        "plan": {"what": "Firmar", "who": "Secretaría", "due": "2027-01-31"},
        "answered": "2026-01-01T00:00:00.000Z", "updated": "2026-01-01T00:00:00.000Z",
    }  # fmt: skip
    checklists = {one.id: {"version": 1, "criteria": {c.id: record for c in one.criteria[:2]}} for one in (first, last)}
    whole = {**made_up(chance, content, "whole"), "checklists": checklists, "filed": "2026-01-01T00:00:00.000Z"}
    ways = places(whole)
    made = []
    for place in range(160):
        spoiled = json.loads(json.dumps(whole))
        *way, last_key = ways[place % len(ways)] if place < len(ways) else chance.choice(ways)
        inner = spoiled
        for key in way:
            inner = inner[key]
        inner[last_key] = chance.choice(VALUES)
        made.append(spoiled)
    return made


@pytest.mark.parametrize("where", ["resultados/", "plan/", "documentos/", "diagnosticos/", "genero/"])
def test_any_value_at_any_place_of_a_file_is_refused_or_shown_as_text(open_page, spoiled, where):
    """Whatever a file says, each page goes on: it shows it, prints it, puts it in a calendar and a spreadsheet."""
    page = add_modules(open_page(f"autoevaluacion/{where}"))
    title = page.title()
    wrong, taken = page.evaluate(
        r"""async (files) => {
          const { store } = abc.page;
          await abc.page.loadFullInstrument();
          const wrong = [];
          let taken = 0;
          for (const [place, one] of files.entries()) {
            try {
              const text = JSON.stringify(one);
              const { document: found, problem } = await abc.modules.readAssessmentFile({ size: text.length, text: async () => text });
              if (problem) continue;
              taken += 1;
              const before = store.current().id;
              store.add(abc.modules.copyOf(found));
              store.remove([before]);
              abc.page.showAll();
              const main = document.querySelector("main");
              if (main.querySelector('[onerror], img[src="x"], a[href^="javascript"]')) wrong.push([place, "markup"]);
              if (/\b(undefined|NaN|Invalid Date)\b|\[object/.test(main.innerText)) wrong.push([place, "words"]);
            } catch (error) {
              wrong.push([place, String(error)]);
            }
          }
          return [wrong, taken];
        }""",
        spoiled,
    )
    assert wrong == []
    assert len(spoiled) / 2 < taken < len(spoiled)
    page.reload()
    assert page.title() == title


# What all of this is for


def test_from_a_phone_to_the_council(open_page, content: Content, tmp_path):
    """The quick assessment on a phone; finished on another computer; handed over; one page printed."""
    phone = open_page("autoevaluacion/rapida/", viewport=PHONE, has_touch=True, is_mobile=True)
    asked = [(one, criterion) for one in content.checklists for criterion in one.quick]
    for place, (_, criterion) in enumerate(asked):
        radio(phone, criterion.id, place % 3).tap()
        if place + 1 < len(asked):
            phone.locator('[data-action="question-next"]:visible').tap()
    expect(slot(phone, "completeness-text")).to_contain_text(f"{len(asked)} de {len(asked)}")
    file = save_file(phone, tmp_path)

    office = open_page("autoevaluacion/")
    open_apart(office, file)
    # What weighs most is among the first steps that the page for the council shows.
    first, heaviest = max(asked, key=lambda pair: pair[1].weight)
    office.goto(office.url + f"{first.id}/")
    for criterion in first.criteria:
        if not criterion.quick:
            radio(office, criterion.id, 1).check()
    section = office.locator(f'[data-criterion="{heaviest.id}"]')
    section.locator(".note summary").click()
    section.locator('[data-record="who"]').fill("Planeación")
    section.locator('[data-record="due"]').fill("2027-03-01")
    finished = save_file(office, tmp_path)

    colleague = open_page("autoevaluacion/")
    open_apart(colleague, finished)
    answers = stored(colleague)["checklists"]
    for place, (checklist, criterion) in enumerate(asked):
        assert answers[checklist.id]["criteria"][criterion.id]["answer"] == place % 3
    colleague.goto(colleague.url + "documentos/")
    expect(colleague.locator(".report-summary")).to_contain_text("Planeación")
    pages = printed(colleague, tmp_path)
    assert len(pages) == 1 and first.short["es"] in pages[0]


def printed(page: Page, folder: Path) -> list[str]:
    """The text of every page that a printer would put out."""
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.pdf(path=folder / "x.pdf", format="Letter")
    return [one.extract_text() for one in PdfReader(folder / "x.pdf").pages]
