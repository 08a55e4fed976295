"""What two copies of one document come to, of assessments and of what the planners keep: properties over made up
documents, the same at every run."""

from __future__ import annotations

import random

import pytest

from tests.conftest import add_modules

STAMPS = [None, "", *(f"2026-0{month}-01T00:00:00.000Z" for month in (1, 2, 3))]
VALUES = {
    "answer": [0, 1, 2, 3, "no_information", "not_applicable"],
    "reason": ["", "x"],
    "note": ["", "Acta", "acta"],
    "confidence": ["sure", "estimated"],
    "target": [0, 3],
    "evidence": [[], [{"title": "Acta"}], [{"title": "Acta"}, {"title": "Plan"}]],
    "plan": [{"what": "Firmar", "who": "", "due": ""}, {"what": "", "who": "Sindicatura", "due": "2027-01-01"}],
    "unheard-of": [None, 0, ["x"]],
}


def record(chance: random.Random) -> dict:
    found = {key: chance.choice(values) for key, values in VALUES.items() if chance.random() < 0.4}
    stamp = chance.choice(STAMPS)
    return found if stamp is None else {**found, "updated": stamp}


MARKS = {
    "mark": ["supported", "missing", "unsupported", "unheard-of", None],
    "note": ["", "Acta", "acta"],
    "seen": [{}, {"answer": 2}, {"answer": "not_applicable", "reason": "x", "evidence": [{"title": "Acta"}]}],
    "unheard-of": [0, ["x"]],
}


def some(chance: random.Random, fields: dict) -> dict:
    found = {key: chance.choice(values) for key, values in fields.items() if chance.random() < 0.5}
    stamp = chance.choice(STAMPS)
    return found if stamp is None else {**found, "updated": stamp}


def review(chance: random.Random, ids: list[str]) -> dict:
    """What one reviewer signed and marked, with what was replied."""
    head = {"name": ["", "Ana", "Luis"], "office": ["Contraloría"], "date": ["2026-11-30", "x"], "unheard-of": [1]}
    return {
        **some(chance, head),
        "marks": {id: some(chance, MARKS) for id in ids if chance.random() < 0.7},
        "replies": {id: some(chance, {"text": ["", "Va el oficio", "Sí"]}) for id in ids if chance.random() < 0.4},
    }


def made_up(chance: random.Random, kind: str) -> dict:
    """A copy of one document, as somebody went on with it."""
    ids = [one for one in ("a-01", "a-02", "b-01") if chance.random() < 0.7]
    document = {
        "format": 1,
        "id": "x",
        "kind": f"abc-{kind}",
        **{key: chance.choice(["", "x", "y"]) for key in ("title", "round")},
        **{key: chance.choice(STAMPS[1:]) for key in ("created", "updated", "described", "filed")},
    }
    if kind == "assessment":
        lists = [one for one in ("uno", "dos") if chance.random() < 0.8]
        version = lambda: {} if chance.random() < 0.2 else {"version": chance.randint(1, 3)}  # noqa: E731
        held = {one: {**version(), "criteria": {id: record(chance) for id in ids}} for one in lists}
        reviews = {one: review(chance, ids) for one in ("r-1", "r-2") if chance.random() < 0.5}
        return {**document, "checklists": held, **({"reviews": reviews} if chance.random() < 0.8 else {})}
    return {**document, "items": {id: record(chance) for id in ids}}


# How each kind reads and merges, and its records by their place.
KINDS = {
    "assessment": """{
      read: (text) => abc.modules.parseAssessment(text).document,
      merge: abc.modules.mergeAssessments,
      records: ({ checklists, reviews }) => [
        ...Object.entries(checklists).flatMap(([list, { criteria }]) =>
          Object.entries(criteria).map(([id, record]) => [`${list}.${id}`, record])),
        ...Object.entries(reviews ?? {}).flatMap(([id, { marks, replies, ...head }]) => [
          [`review.${id}`, head],
          ...Object.entries(marks).map(([one, record]) => [`mark.${id}.${one}`, record]),
          ...Object.entries(replies).map(([one, record]) => [`reply.${id}.${one}`, record]),
        ]),
      ],
    }""",
    # The tools merge what they keep by the store only: another tab is the other copy.
    "comparison": """{
      read: (text) => abc.modules.parsePlan("comparison", text).document,
      merge: (mine, theirs) => {
        localStorage.clear();
        localStorage["abc.comparison.x"] = JSON.stringify(mine);
        localStorage["abc.current-comparison"] = "x";
        const store = new abc.modules.PlannerStore("comparison");
        const before = say(store.current());
        localStorage["abc.comparison.x"] = JSON.stringify(theirs);
        store.refresh();
        Object.assign(mine, structuredClone(store.current()));
        return say(mine) !== before;
      },
      records: ({ items }) => Object.entries(items),
    }""",
}
PROPERTIES = """(copies) => {
  const sorted = (value) => JSON.stringify(value, (key, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);
  // When a copy was begun is its own.
  const say = ({ created, ...rest }) => sorted(rest);
  const { read, merge, records } = KIND;
  const wrong = [];
  for (const three of copies) {
    const texts = three.map((one) => JSON.stringify(one));
    const [a, b, c] = texts.map(read);
    const joined = (...order) => {
      const [first, ...others] = order.map((one) => structuredClone(one));
      for (const one of others) merge(first, one);
      return first;
    };
    const hold = (name, found) => { if (!found) wrong.push([name, ...texts]); };
    const both = joined(a, b);
    hold("either way", say(both) === say(joined(b, a)));
    hold("in any order", new Set([[a, b, c], [b, c, a], [c, a, b], [c, b, a]].map((one) => say(joined(...one)))).size === 1);
    hold("in any company", say(joined(a, joined(b, c))) === say(joined(joined(a, b), c)));
    hold("once is enough", say(joined(both, a, b)) === say(both));
    hold("nothing of itself", merge(structuredClone(a), structuredClone(a)) === false);
    const changed = structuredClone(a);
    const told = merge(changed, structuredClone(b));
    const of = (one) => new Map(records(one));
    const named = ({ title, round, described }) => sorted([described, title, round]);
    const moved = sorted([...of(changed)].sort()) !== sorted([...of(a)].sort());
    hold("what changed is told", told || (!moved && named(changed) === named(a)));
    const [mine, theirs, found] = [a, b, both].map(of);
    for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
      const one = mine.get(key) ?? theirs.get(key);
      const other = theirs.get(key) ?? one;
      const [now, then] = [one, other].map(({ updated }) => updated || "");
      const newest = now > then ? [one] : now < then ? [other] : [one, other];
      hold(`the newer of ${key}`, newest.some((record) => sorted(record) === sorted(found.get(key))));
    }
    for (const key of ["updated", "filed"]) hold(key, both[key] === [a[key], b[key]].sort()[1]);
    const last = a.described === b.described ? null : a.described > b.described ? a : b;
    hold("the name given last", !last || named(both) === named(last));
    for (const [list, { version }] of Object.entries(both.checklists || {})) {
      const seen = [a, b].map((one) => one.checklists[list]?.version || 0);
      hold("the later version", (version || 0) === Math.max(...seen));
    }
  }
  return wrong;
}"""


@pytest.mark.parametrize(
    "kind, path", [("assessment", "autoevaluacion/"), ("comparison", "herramientas/comparar-redes/")]
)
def test_copies_come_to_the_same_whoever_joins_them(open_page, kind, path):
    chance = random.Random(20261129)
    copies = [[made_up(chance, kind) for _ in range(3)] for _ in range(200)]
    page = add_modules(open_page(path))
    assert page.evaluate(PROPERTIES.replace("KIND", KINDS[kind]), copies)[:2] == []


DIFFERENCES = """(values) => {
  const of = FORM;
  const wrong = [];
  const stamps = [{}, { updated: "2026-01-01T00:00:00.000Z" }, { updated: "2026-02-02T00:00:00.000Z" }];
  for (const [key, all] of Object.entries(values)) {
    for (const one of all) for (const other of all) for (const mine of stamps) for (const theirs of stamps) {
      // The same in another order is the same.
      const found = differs(of({ extra: 1, [key]: one, ...mine }), of({ ...theirs, [key]: other, extra: 1 }));
      if (found !== (JSON.stringify(one) !== JSON.stringify(other))) wrong.push([key, one, other, mine, theirs]);
    }
    if (!differs(of({}), of({ [key]: all[0] })) || differs(of({}), of({ updated: "x" }))) wrong.push([key, "alone"]);
  }
  return wrong;
}"""
FORMS = {
    "assessment": """(record) => ({ checklists: { uno: { version: 1, criteria: { "a-01": record } } } });
      const differs = (one, other) => {
        const { different, onlyTheirs } = abc.modules.compareAssessments(one, other);
        return different.length + onlyTheirs.length > 0;
      }""",
    "comparison": """(record) => ({ items: { "a-01": record } });
      const differs = (one, other) => abc.modules.differences(one, other).length > 0""",
}


@pytest.mark.parametrize(
    "kind, path", [("assessment", "autoevaluacion/"), ("comparison", "herramientas/comparar-redes/")]
)
def test_two_records_differ_by_what_they_say_and_not_by_when(open_page, kind, path):
    page = add_modules(open_page(path))
    assert page.evaluate(DIFFERENCES.replace("FORM", FORMS[kind]), VALUES) == []
