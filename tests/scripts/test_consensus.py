"""Areas that answered apart agree on one assessment: nothing is lost, and who said what is remembered."""

from __future__ import annotations

import json
import random

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import PHONE, add_modules
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import slot
from tests.scripts.test_assessments import open_apart
from tests.scripts.test_group import file_of, open_files
from tests.scripts.test_merging import STAMPS, record

PAGE = "autoevaluacion/acuerdo/"
MOST = 4


@pytest.fixture
def own(project: Project):
    return open_texts(project, project.default)["consensus"]


def area_file(chance: random.Random, number: int) -> dict:
    """What an area gave in; some began with the same file."""
    ids = [one for one in ("a-01", "a-02", "b-01") if chance.random() < 0.8]
    lists = [one for one in ("uno", "dos") if chance.random() < 0.8]
    return {
        "kind": "abc-assessment", "format": 1, "id": chance.choice(["shared", f"area-{number}"]),
        "title": chance.choice(["", "x"]), "round": "", "created": "", "updated": chance.choice(STAMPS[1:]),
        "checklists": {
            one: {"version": chance.randint(1, 3), "criteria": {id: record(chance) for id in ids}} for one in lists
        },
    }  # fmt: skip


JOINED = """(groups) => {
  const { joinInto, parseAssessment, keyOf, mergeAssessments, voicesOf, areasOf, agreedRecord } = abc.modules;
  const sorted = (value) => JSON.stringify(value, (key, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);
  const fresh = () => parseAssessment(JSON.stringify({
    kind: "abc-assessment", format: 1, id: "joined", title: "T", round: "R", created: "2026-12-01T00:00:00.000Z",
    updated: "2026-01-01T00:00:00.000Z", described: "2026-12-01T00:00:00.000Z", checklists: {} })).document;
  // What was settled is reckoned anew when it is asked for.
  const bare = (key, one) => (key === "settled" ? undefined : one);
  const say = ({ checklists, areas, title, round }) =>
    sorted(JSON.parse(JSON.stringify([checklists, areas, title, round], bare)));
  const wrong = [];
  for (const { texts, decided } of groups) {
    const files = texts.map((text) => parseAssessment(text).document);
    const given = files.map((assessment) => ({ key: keyOf(assessment), name: assessment.title, assessment }));
    const hold = (name, found) => { if (!found) wrong.push([name, ...texts]); };
    const of = (...some) => joinInto(fresh(), some);
    // What is agreed on meanwhile in a part of them.
    const agreed = (joined, stamp) => {
      for (const [list, id, answer] of decided) {
        const record = joined.checklists[list]?.criteria[id];
        if (record) joined.checklists[list].criteria[id] =
          { ...agreedRecord(record, { answer, reason: "x", version: 3, answered: stamp }), updated: stamp };
      }
      return joined;
    };
    const asGiven = (joined) => ({ key: "none", name: "", assessment: parseAssessment(JSON.stringify(joined)).document });
    const all = of(...given);
    hold("in any order", say(of(...[...given].reverse())) === say(all));
    const [first, second, ...others] = given;
    const half = agreed(of(first, second), "2026-11-01T00:00:00.000Z");
    const rest = agreed(of(...others), "2026-11-02T00:00:00.000Z");
    const whole = of(asGiven(half), asGiven(rest));
    hold("in any company", say(of(asGiven(rest), asGiven(half))) === say(whole));
    hold("one by one", say(of(asGiven(half), asGiven(rest), ...given)) === say(whole));
    hold("two ways to three", say(of(asGiven(of(asGiven(half), first)), asGiven(rest))) === say(whole));
    hold("once is enough", say(joinInto(structuredClone(whole), [asGiven(whole), ...given])) === say(whole));
    // Kept and read again it is the same.
    hold("as a file", say(parseAssessment(JSON.stringify(whole)).document) === say(whole));
    for (const joined of [all, whole]) {
      for (const { key, assessment } of given) {
        hold("its area", areasOf(joined).has(key));
        for (const [list, { criteria }] of Object.entries(assessment.checklists)) {
          for (const [id, record] of Object.entries(criteria)) {
            const kept = joined.checklists[list]?.criteria[id];
            hold("what it said", kept && sorted(voicesOf(kept).get(key)) === sorted(record));
            const texts = sorted(kept?.evidence ?? []);
            for (const one of record.evidence ?? []) hold("its evidence", texts.includes(one.title));
          }
        }
      }
    }
    for (const { criteria } of Object.values(all.checklists)) {
      for (const record of Object.values(criteria)) {
        const said = new Set([...voicesOf(record).values()].map(({ answer }) => answer).filter((one) => one !== undefined));
        hold("alike is taken, unlike is not", said.size === 1 ? record.answer === [...said][0] : record.answer === undefined);
      }
    }
    for (const [list, id] of decided) {
      const record = whole.checklists[list]?.criteria[id];
      const was = [half, rest].some((one) => one.checklists[list]?.criteria[id]);
      hold("what was agreed stands", !was || (record.note === "x" && record.answer === 3));
    }
  }
  return wrong.slice(0, 2);
}"""


def test_any_number_of_files_come_to_the_same_in_whatever_order_and_company(open_page):
    chance = random.Random(20261130)
    groups = [
        {
            "texts": [json.dumps(area_file(chance, number)) for number in range(chance.randint(3, 6))],
            "decided": [["uno", "a-01", 3]] if chance.random() < 0.6 else [],
        }
        for _ in range(300)
    ]
    page = add_modules(open_page(PAGE))
    assert page.evaluate(JOINED, groups) == []


COPIES = """([text, edits]) => {
  const { parseAssessment, mergeAssessments, joinInto, keyOf } = abc.modules;
  const sorted = (value) => JSON.stringify(value, (key, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);
  const copies = edits.map((records) => {
    const copy = parseAssessment(text).document;
    for (const [id, change] of Object.entries(records)) {
      copy.checklists.uno.criteria[id] = { ...copy.checklists.uno.criteria[id], ...change };
    }
    return copy;
  });
  const joined = (...order) => {
    const [first, ...others] = order.map((one) => structuredClone(copies[one]));
    for (const one of others) mergeAssessments(first, one);
    const bare = (key, one) => (key === "settled" ? undefined : one);
    return sorted(JSON.parse(JSON.stringify(first.checklists, bare)));
  };
  return Array.from(new Set([joined(0, 1, 2), joined(1, 2, 0), joined(2, 0, 1), joined(2, 1, 0)]));
}"""


def test_two_tabs_on_an_agreement_lose_nothing(open_page):
    """Copies of a joined assessment that went on apart come to the same, whoever is merged into whom."""
    voices = {
        "x": {"answer": 1, "updated": "2026-01-01T00:00:00.000Z"},
        "y": {"answer": 1, "updated": "2026-01-02T00:00:00.000Z"},
    }
    criteria = {id: {"answer": 1, "settled": {"answer": 1}, "voices": voices} for id in ("a-01", "a-02")}
    text = json.dumps(
        {"kind": "abc-assessment", "format": 1, "id": "j", "checklists": {"uno": {"version": 1, "criteria": criteria}}}
    )
    edits = [
        {"a-01": {"answer": 3, "note": "x", "updated": "2026-05-01T00:00:00.000Z"}},
        {"a-01": {"voices": {**voices, "z": {"answer": 2, "updated": "2026-04-01T00:00:00.000Z"}}}},
        {"a-02": {"answer": None, "updated": "2026-06-01T00:00:00.000Z"}},
    ]
    page = add_modules(open_page(PAGE))
    (found,) = page.evaluate(COPIES, [text, edits])
    first, second = (json.loads(found)["uno"]["criteria"][id] for id in ("a-01", "a-02"))
    assert first["answer"] == 3 and first["note"] == "x" and set(first["voices"]) == {"x", "y", "z"}
    # An answer that was taken away does not come back by itself.
    assert second["answer"] is None


def area(content: Content, name: str, answers: dict, **more) -> dict:
    lists: dict[str, dict] = {}
    for one in content.checklists:
        for each in one.criteria:
            if each.id in answers:
                kept = lists.setdefault(one.id, {"version": one.version, "criteria": {}})
                given = answers[each.id] if isinstance(answers[each.id], dict) else {"answer": answers[each.id]}
                kept["criteria"][each.id] = {**given, "updated": "2026-10-01T10:00:00.000Z"}
    return {
        "kind": "abc-assessment", "format": 1, "id": f"id-{name.lower()}", "title": "Villa Nueva", "round": "",
        "created": "2026-09-01T10:00:00.000Z", "updated": "2026-10-01T10:00:00.000Z", "checklists": lists, **more,
    }  # fmt: skip


def kept_in(page: Page) -> list[dict]:
    """The assessments that the browser keeps."""
    return page.evaluate(
        """Object.entries(localStorage)
          .filter(([key]) => key.startsWith("abc.assessment.")).map(([, text]) => JSON.parse(text))"""
    )


def names(page: Page) -> list:
    return slot(page, "area-names").locator("input").all()


def begin(page: Page, files: dict[str, dict]) -> None:
    """Opens the files, says whose each is and brings them together."""
    open_files(page, [file_of(data, f"{name}.json") for name, data in files.items()])
    for field in names(page):
        name = next(one for one in files if one in field.locator("..").inner_text())
        field.fill(f"Área {name}")


def test_areas_agree_on_one_assessment(open_page, content: Content, own, project: Project, tmp_path):
    same, differs, alone = (one.id for one in content.checklists[0].criteria[:3])
    evidence = {"title": "Acta 12", "place": "Archivo municipal"}
    files = {
        "Tesorería": area(content, "tesoreria", {same: 2, differs: {"answer": 3, "evidence": [evidence]}}),
        "Obras": area(content, "obras", {same: 2, differs: {"answer": 1, "note": "Falta el acta"}, alone: 0}),
        "Jurídico": area(content, "juridico", {differs: "no_information"}),
    }
    page = open_page(PAGE)
    begin(page, files)
    slot(page, "start-button").click()
    expect(slot(page, "assessments-state")).to_have_text(fill(own["joined"], {"count": 3, "open": 1}))
    expect(page.locator("#acuerdo")).to_be_focused()
    counted = {"differ": 1, "agreed": 0, "alike": 1, "alone": 1}
    expect(slot(page, "agree-state")).to_have_text(fill(own["state"], counted))
    (question,) = page.locator("[data-question]").all()
    for text in ("Área Tesorería", "Área Obras", "Área Jurídico", "Falta el acta"):
        expect(question).to_contain_text(text)
    # Nobody is asked to agree with what is there already.
    expect(question.locator("input:checked")).to_have_count(0)
    # Neither a level alone nor a reason alone is an agreement.
    question.locator("button[type=submit]").click()
    expect(question.get_by_role("alert")).to_have_text(own["no_level"])
    question.locator('input[value="2"]').check()
    question.locator("button[type=submit]").click()
    expect(question.get_by_role("alert")).to_have_text(own["no_reason"])
    question.locator("textarea").fill("El acta existe; falta publicarla.")
    question.locator("button[type=submit]").click()
    expect(slot(page, "agree-said")).to_have_text(fill(own["said_agreed"], {"count": 0}))
    question = page.locator("[data-question]")
    expect(question).to_contain_text("El acta existe; falta publicarla.")
    expect(question.locator("form")).to_have_count(0)
    # Whoever thinks again finds what was agreed, and the form goes when it is agreed anew.
    for before, after in (("2", "1"), ("1", "2")):
        question.get_by_role("button", name=own["change"]).click()
        expect(question.locator("input:checked")).to_have_value(before)
        expect(question.locator("input").first).to_be_focused()
        expect(question.locator("textarea")).to_have_value("El acta existe; falta publicarla.")
        question.locator(f'input[value="{after}"]').check()
        question.locator("button[type=submit]").click()
        expect(question.locator("form")).to_have_count(0)
        expect(slot(page, "agree-state")).to_have_text(fill(own["state"], {**counted, "agreed": 1}))
    # It is an assessment like any other, and remembers.
    (kept,) = (one for one in kept_in(page) if one.get("areas"))
    records = kept["checklists"][content.checklists[0].id]["criteria"]
    assert (records[same]["answer"], records[differs]["answer"], records[alone]["answer"]) == (2, 2, 0)
    assert records[differs]["note"] == "El acta existe; falta publicarla."
    assert records[differs]["evidence"][0]["title"] == "Acta 12"
    assert {one["answer"] for one in records[differs]["voices"].values()} == {3, 1, "no_information"}
    assert sorted(one["name"] for one in kept["areas"].values()) == ["Área Jurídico", "Área Obras", "Área Tesorería"]
    # Closed and opened again, on another machine too.
    page.reload()
    expect(slot(page, "agree-state")).to_have_text(fill(own["state"], {**counted, "agreed": 1}))
    with page.expect_download() as download:
        page.locator('[data-slot="agree"] [data-action="assessment-save"]').click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    other = open_page("autoevaluacion/documentos/")
    open_apart(other, file)
    other.locator('[name="kind"][value="dossier"]').check()
    paper = other.locator('[data-slot="report"]')
    voices = open_texts(project, project.default)["report"]["voices"]
    expect(paper).to_contain_text(voices)
    expect(paper).to_contain_text("Área Obras")
    expect(paper).to_contain_text("Falta el acta")


def test_an_area_that_comes_late_opens_what_was_agreed(open_page, content: Content, own):
    differs = content.checklists[0].criteria[0].id
    files = {"A": area(content, "a", {differs: 3}), "B": area(content, "b", {differs: 1})}
    page = open_page(PAGE)
    begin(page, files)
    slot(page, "start-button").click()
    question = page.locator("[data-question]")
    question.locator('input[value="1"]').check()
    question.locator("textarea").fill("Así quedó.")
    question.locator("button[type=submit]").click()
    begin(page, {"C": area(content, "c", {differs: 0})})
    page.locator('[data-consensus="add"]').click()
    expect(question).to_contain_text(fill(own["late"], {"areas": "Área C"}))
    expect(question.locator("textarea")).to_have_value("Así quedó.")
    expect(question.locator("input:checked")).to_have_value("1")
    question.locator('input[value="0"]').check()
    question.locator("button[type=submit]").click()
    expect(slot(page, "agree-state")).to_contain_text("1")
    slot(page, "agree-filter").select_option("agreed")
    expect(question).to_contain_text("Así quedó.")
    assert len([one for one in kept_in(page) if one.get("areas")]) == 1


def test_areas_that_began_with_one_file_are_not_taken_for_one(open_page, content: Content, own):
    differs = content.checklists[0].criteria[0].id
    files = {name: area(content, "x", {differs: answer}, id="the-same") for name, answer in (("Norte", 3), ("Sur", 0))}
    others = {
        "uno": area(content, "uno", {differs: 1}, title="Obras"),
        "dos": area(content, "dos", {differs: 2}, title=""),
    }
    page = open_page(PAGE)
    open_files(page, [file_of(data, f"{name}.json") for name, data in (files | others).items()])
    # What tells an area from the others: its title, or else its file.
    found = {field.locator("..").inner_text(): field.input_value() for field in names(page)}
    guessed = {"Norte": "Norte", "Sur": "Sur", "dos": "dos", "uno": "Obras"}
    assert found == {fill(own["area"], {"file": f"{file}.json"}): name for file, name in guessed.items()}
    page.reload()
    begin(page, files)
    slot(page, "start-button").click()
    question = page.locator("[data-question]")
    expect(question).to_contain_text("Área Norte")
    expect(question).to_contain_text("Área Sur")


def test_the_page_is_for_everybody(open_page, content: Content):
    ids = [one.id for one in content.checklists[0].criteria[:3]]
    files = {name: area(content, name, dict.fromkeys(ids, level)) for name, level in (("a", 3), ("b", 1))}
    for options in ({"viewport": PHONE}, {"color_scheme": "dark"}):
        page = open_page(PAGE, **options)
        begin(page, files)
        assert violations(page) == []
        slot(page, "start-button").click()
        expect(page.locator("[data-question]")).to_have_count(3)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
