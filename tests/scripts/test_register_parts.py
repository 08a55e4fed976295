"""What the register of agreements is made of, apart from its page: dates, standings, proofs, tables and back."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from guide.model.content import Content
from tests.conftest import add_modules, modules_on
from tools.office import convert

PAGE = "herramientas/registro-acuerdos/"
# So many registers are the same at every run, and as many are others each time: the number of one makes it again.
REGISTERS = 200
MOST = 3_000_000
# A register of 1 to 3 agreements, of texts that programs and people stumble over; the same for the same number.
MAKE = """(seed, groups) => {
  let state = seed * 2654435761 % 4294967296;
  const next = (below) => (state = (1664525 * state + 1013904223) % 4294967296) % below;
  const signs = ["=", "+", "-", "@", "|", "%", "'", "''", '"', "\\t", "\\n", "\\r\\n", ";", ",", "<b>", "&amp;", "é", "Ñ",
    " ", "  ", "\\u00a0", "\\u200b", "\\ufeff", "\\u202e", "👩‍👩‍👧", "国", "_x0041_", "_x000D_", "0012", "2015", "-5", "1.5",
    "12/03/2015", "=HYPERLINK(1)", "\\u0000", "\\u0007", "\\ud83d", "__proto__", "null", "ا", "]]>", "\\\\", "a", "sep=;",
    "no consta", "＝1"];
  const text = () => Array.from({ length: 1 + next(6) }, () => signs[next(signs.length)]).join("");
  const two = (most) => String(1 + next(most)).padStart(2, "0");
  const date = () => {
    const year = String(1900 + next(200));
    return [year, `${year}-${two(12)}`, `${year}-${two(12)}-${two(28)}`, "unknown"][next(4)];
  };
  const { tidy } = abc.modules;
  const one = () => {
    const facts = { partner: tidy(text()) || "x" };
    for (const { id, kind, choices } of groups.flatMap((group) => group.fields)) {
      if (next(3) === 0) continue;
      if (kind === "choice") facts[id] = choices[next(choices.length)].id;
      else if (kind === "year") facts[id] = String(1900 + next(200));
      else if (kind === "until" && next(5) === 0) facts[id] = "indefinite";
      else if (kind === "date" || kind === "until") facts[id] = date();
      else facts[id] = tidy(next(60) ? text() : text().repeat(900)) || "x";
    }
    return { id: abc.modules.newId(), facts };
  };
  return Array.from({ length: 1 + next(3) }, one);
}"""
ROUND_TRIPS = f"""async ({{first, last}}) => {{
  const make = {MAKE};
  const m = abc.modules;
  const data = JSON.parse(document.querySelector('[data-slot="tool-data"]').textContent);
  const words = new m.FactWords(data.groups, data.own, data.format.locale);
  const fields = [...words.fields.values()];
  const sorted = (all) => JSON.stringify(
    all.map(({{ updated, ...one }}) => Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  const read = (rows) => {{
    const head = m.headerRow(rows, fields, [data.own.id_column]);
    const columns = m.guessColumns(rows[head], fields, [data.own.id_column]);
    const table = {{ header: rows[head], rows: rows.slice(head + 1), columns, monthFirst: false, first: head + 2 }};
    const found = m.importOf(table, words.fields, {{ items: {{}} }});
    if (found.left.length) throw new Error(JSON.stringify(found.left));
    return found.added.map(({{ id, facts }}) => ({{ id, ...facts }}));
  }};
  const wrong = [];
  for (let seed = first; seed < last; seed += 1) {{
    const made = make(seed, data.groups);
    const items = m.itemsOfAgreements(made);
    const agreements = m.agreementsIn({{ items }});
    const wanted = sorted(made.map(({{ id, facts }}) => ({{ id, ...facts }})));
    const stamped = Object.fromEntries(Object.entries(items).map(([key, item]) =>
      [key, {{ ...item, updated: "2026-11-30T10:00:00.000Z" }}]));
    const file = JSON.stringify({{ ...m.newPlan("register", "x"), items: stamped }}, null, 2);
    const json = m.agreementsIn(m.parseRegister(file).document);
    const csv = read(m.readTable(m.registerTable(words, agreements)));
    const opened = await m.readSpreadsheet(await m.registerWorkbook(words, agreements));
    const excel = read(m.plainRows(opened.spreadsheet.sheets[0].rows).rows);
    for (const [name, found] of Object.entries({{ json, csv, excel }})) {{
      if (sorted(found) !== wanted) wrong.push([seed, name, wanted, sorted(found)]);
    }}
  }}
  return wrong.slice(0, 3);
}}"""


@pytest.fixture(scope="module")
def modules(browser: Browser, address: str) -> Iterator[Page]:
    with modules_on(browser, address, PAGE) as page:
        yield page


@pytest.mark.parametrize("language", ["", "en/"])
def test_hundreds_of_registers_come_back_from_file_text_table_and_workbook(open_page, language):
    """Not a letter is lost, whatever it is, nor taken for a formula or for markup."""
    page = add_modules(open_page(language + PAGE))
    half = REGISTERS // 2
    for first in (half if language else 0, random.randrange(REGISTERS, MOST)):
        assert page.evaluate(ROUND_TRIPS, {"first": first, "last": first + half}) == []


def test_no_program_takes_a_text_for_a_formula(modules: Page, tmp_path: Path):
    """A workbook and a text table of hostile texts, opened by a real spreadsheet program and given back."""
    hostile = [
        "=1+1",
        "+52 33 1234",
        "-2+3",
        "@SUM(1)",
        '=HYPERLINK("http://x")',
        " \u200b=1+1",
        "'=1+1",
        "0012",
        "dos\nlíneas",
    ]
    agreements = [
        {"id": f"a{at}", "partner": text, "signed": "2020-02-29", "until": "2031"} for at, text in enumerate(hostile)
    ]
    code = """([agreements, name]) => {
      const data = JSON.parse(document.querySelector('[data-slot="tool-data"]').textContent);
      const words = new abc.modules.FactWords(data.groups, data.own, data.format.locale);
      const made = Promise.resolve(abc.modules[name](words, agreements));
      return made.then((file) => new Response(file).arrayBuffer()).then((buffer) => Array.from(new Uint8Array(buffer)));
    }"""
    (tmp_path / "r.xlsx").write_bytes(bytes(modules.evaluate(code, [agreements, "registerWorkbook"])))
    made = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert [row[0].value for row in made.iter_rows(min_row=2)] == hostile
    assert {row[0].data_type for row in made.iter_rows(min_row=2)} == {"s"}
    text = bytes(modules.evaluate(code, [agreements, "registerTable"])).decode("utf-16")
    cells = [line.split("\t")[0].strip('"') for line in text.split("\r\n")[1:] if line]
    assert [one[0] for one in cells[:7]] == ["'"] * 7
    (tmp_path / "again").mkdir()
    convert([tmp_path / "r.xlsx"], tmp_path / "again", "xlsx")
    again = openpyxl.load_workbook(tmp_path / "again/r.xlsx").active
    assert [row[0].value for row in again.iter_rows(min_row=2)] == hostile
    signed = next(cell.column for cell in again[1] if cell.value == "Fecha de firma")
    assert str(again.cell(2, signed).value)[:10] == "2020-02-29"


@pytest.mark.parametrize(
    "typed, how, kept",
    [
        ("14/03/2015", {}, "2015-03-14"),
        ("3-4-2015", {}, "2015-04-03"),
        ("3/4/2015", {"monthFirst": True}, "2015-03-04"),
        ("31/02/2015", {}, None),
        ("29/02/2023", {}, None),
        ("29/02/2024", {}, "2024-02-29"),
        ("2015-03-14", {}, "2015-03-14"),
        ("2015-03-14T00:00:00", {}, "2015-03-14"),
        ("14 de marzo de 2015", {}, "2015-03-14"),
        ("1º de enero de 1998", {}, "1998-01-01"),
        ("14 MAR 2015", {}, "2015-03-14"),
        ("March 14th, 2015", {}, "2015-03-14"),
        ("setiembre de 2015", {}, "2015-09"),
        ("03/2015", {}, "2015-03"),
        ("13/2015", {}, None),
        ("2015", {}, "2015"),
        ("2015", {"serial": True}, "2015"),
        ("42077", {"serial": True}, "2015-03-14"),
        ("42077", {}, None),
        ("No consta.", {}, "unknown"),
        ("Indefinida", {"endless": True}, "indefinite"),
        ("Indefinida", {}, None),
        ("tres años", {}, None),
        ("__proto__", {}, None),
        ("", {}, ""),
    ],
)
def test_dates_as_offices_write_them(modules: Page, typed, how, kept):
    assert modules.evaluate("([typed, how]) => abc.modules.dates.parseDate(typed, how)", [typed, how]) == kept


OPEN = {"kind": "twinning", "state": "active", "signed": "2020-05-10", "opinion": "favourable", "opined": "2020-05-10",
        "voted": "2020-05-10", "minutes": "14", "registered": "2020-08-01", "partner": "Renton", "country": "EUA"}  # fmt: skip


def standing(page: Page, today: str = "2026-11-30", **facts) -> dict:
    agreement = {"id": "a", "updated": "", **OPEN, **facts}
    return page.evaluate("([one, today]) => abc.modules.standingOf(one, today)", [agreement, today])


@pytest.mark.parametrize(
    "until, code, count, soon, expired",
    [
        ("2026-11-30", "ends_today", None, True, False),
        ("2026-12-01", "ends_days", 1, True, False),
        ("2027-01-29", "ends_days", 60, True, False),
        ("2027-01-30", "ends_months", 2, True, False),
        ("2027-11-30", "ends_months", 12, True, False),
        ("2027-12-01", "ends_months", 12, False, False),
        ("2028-11-29", "ends_months", 23, False, False),
        ("2028-11-30", "ends_years", 2, False, False),
        ("2026-11-29", "ended_days", 1, False, True),
        ("2026-09-30", "ended_months", 2, False, True),
        ("2024-11-30", "ended_years", 2, False, True),
        # A month and a year end on their last day.
        ("2026-11", "ends_today", None, True, False),
        ("2026", "ends_days", 31, True, False),
        ("2025", "ended_months", 11, False, True),
        ("indefinite", "indefinite", None, False, False),
        ("unknown", "term_unknown", None, False, False),
        ("", "term_missing", None, False, False),
        ("2026-02-31", "term_missing", None, False, False),
    ],
)
def test_when_a_term_ends(modules: Page, until, code, count, soon, expired):
    found = standing(modules, until=until)
    assert (found["term"]["code"], found["term"].get("count")) == (code, count)
    assert (found["soon"], found["expired"]) == (soon, expired)
    assert found["inForce"] is not expired


def test_terms_at_the_end_of_months(modules: Page):
    """From the last day of a long month to that of a short one is a month; in leap years too."""
    for today, until, count in (
        ("2026-12-31", "2027-02-28", 2),
        ("2027-12-31", "2028-02-29", 2),
        ("2026-10-31", "2026-12-31", 2),
    ):
        assert standing(modules, today, until=until)["term"] == {"code": "ends_months", "count": count, "date": until}
    assert standing(modules, "2028-02-29", until="2029-02-28")["soon"]
    assert not standing(modules, "2028-02-28", until="2029-03-01")["soon"]


def test_one_that_renews_itself_does_not_expire(modules: Page):
    assert standing(modules, until="2027-03-30", renewal="automatic")["term"]["code"] == "renews_months"
    found = standing(modules, until="2026-11-29", renewal="automatic")
    assert (found["term"]["code"], found["expired"], found["inForce"]) == ("renewed", False, True)
    assert standing(modules, until="2020", state="ended")["term"] == {"code": "ended"}


@pytest.mark.parametrize(
    "facts, flags",
    [
        ({}, []),
        ({"opinion": ""}, ["opinion_missing"]),
        ({"opinion": "none", "opined": ""}, ["opinion_none!"]),
        ({"opinion": "requested", "opined": ""}, ["opinion_requested!"]),
        ({"opinion": "unfavourable"}, ["opinion_unfavourable!"]),
        ({"opined": "2020-05-11"}, ["opinion_late!"]),
        # Of the same month nobody knows which came first.
        ({"opined": "2020-05"}, []),
        ({"opined": "2020-06"}, ["opinion_late!"]),
        ({"voted": "2020-05-11"}, ["vote_late!"]),
        ({"voted": "", "minutes": ""}, ["vote_missing"]),
        ({"voted": "unknown"}, ["vote_unknown"]),
        ({"voted": "", "minutes": "", "majority": "not-needed"}, []),
        ({"registered": ""}, ["registration_missing"]),
        ({"registered": "", "registration": "acuse 3"}, []),
        ({"registered": "unknown"}, ["registration_unknown"]),
        ({"registered": "", "sent": "2026-05-30"}, []),
        ({"registered": "", "sent": "2026-05-29"}, ["sent_long_ago"]),
        ({"registered": "", "signed": "2026-11-10"}, []),
        ({"registered": "", "signed": "2026-11-09"}, ["registration_missing"]),
        ({"until": "2026-11-29"}, ["expired_active"]),
        ({"until": "2026-11-30"}, []),
        ({"activity": "2025-11-30"}, []),
        ({"activity": "2025-11-29"}, ["no_activity"]),
        # The law came into force on 3 January 1992; it does not speak of private contracts, nor of drafts.
        ({"signed": "1992-01-02", "opinion": "", "opined": ""}, []),
        ({"signed": "1992-01-03", "opinion": "", "opined": "", "voted": "1992"}, ["opinion_missing"]),
        ({"kind": "private", "opinion": "none"}, []),
        ({"state": "preparing", "opinion": "none"}, []),
    ],
)  # fmt: skip
def test_what_is_told_of_papers_and_dates(modules: Page, facts, flags):
    found = standing(modules, **facts)["flags"]
    assert [one["code"] + "!" * one["law"] for one in found] == flags


def test_what_an_inventory_lacks(modules: Page):
    assert standing(modules, until="2030")["missing"] == []
    assert standing(modules, until="unknown", registered="unknown", signed="unknown")["missing"] == []
    assert standing(modules, until="", registered="", country="")["missing"] == ["country", "until", "registered"]
    assert standing(modules, kind="private", until="", registered="")["missing"] == ["until"]
    assert standing(modules, state="preparing", signed="", until="", registered="")["missing"] == []


PROGRAMMED = {"until": "2030", "programme": "Tres", "year": "2026", "closing": "Cláusula 9", "file": "Caja 2"}


@pytest.mark.parametrize(
    "rule, agreements, expected",
    [
        ("inventory", [PROGRAMMED], (2, "complete", 1, 1)),
        ("inventory", [PROGRAMMED, {"until": ""}], (1, "lacking", 2, 1)),
        ("opinion", [{}], (2, "before", 1, 1)),
        ("opinion", [{"opinion": "none"}, {}], (0, "broken", 2, 1)),
        ("opinion", [{"opinion": ""}, {}], (None, "lacking", 2, 1)),
        ("opinion", [{"state": "preparing", "signed": "", "opinion": "requested"}], (1, "asked", 1, 1)),
        # Only those of the last three years are looked at, where there are any; else the latest.
        ("opinion", [{"signed": "2023-11-30", "opined": "2023-11-30"}, {"opinion": "none"}], (2, "before", 1, 1)),
        ("opinion", [{"signed": "2023-11-29", "opinion": "none"}, {}], (0, "broken", 1, 1)),
        ("council", [{}], (1, "before", 1, 1)),
        ("council", [{"voted": "2021"}], (0, "broken", 1, 1)),
        ("council", [{"minutes": ""}], (None, "lacking", 1, 1)),
        ("registration", [{}], (3, "registered", 1, 1)),
        ("registration", [{"registered": "", "sent": "2026-06-01"}], (2, "sent", 1, 1)),
        ("registration", [{"registered": "", "sent": "2026-05-01"}], (1, "late", 1, 1)),
        ("registration", [{"registered": ""}], (None, "lacking", 1, 1)),
        ("programme", [PROGRAMMED, {"until": "2030"}], (1, "planned", 2, 1)),
        ("programme", [PROGRAMMED, {"until": "2030"}, {"until": "2030"}], (None, "lacking", 3, 2)),
        ("programme", [{**PROGRAMMED, "year": "2025"}], (None, "lacking", 1, 1)),
        ("programme", [{**PROGRAMMED, "until": "2026-11-29"}], None),
        ("closing", [PROGRAMMED], (2, "all", 1, 1)),
        ("closing", [PROGRAMMED, {"until": "2030"}], (1, "some", 2, 1)),
        ("closing", [{"until": "indefinite", "closing": "Cláusula"}], (None, "lacking", 1, 1)),
        ("files", [PROGRAMMED], (None, "all", 1, 1)),
        ("files", [PROGRAMMED, {}], (None, "lacking", 2, 1)),
        ("council", [{"kind": "private"}], None),
        ("inventory", [], None),
    ],
)  # fmt: skip
def test_what_a_register_proves(modules: Page, rule, agreements, expected):
    """A proof is proposed with its level where the papers noted bear it, and never beyond what they say."""
    all = [{"id": f"a{at}", "updated": "", **OPEN, **facts} for at, facts in enumerate(agreements)]
    code = "([rule, all]) => abc.modules.proofOf(rule, all, '2026-11-30')"
    found = modules.evaluate(code, [rule, all])
    assert (found and (found["level"], found["code"], found["of"], len(found["looked"]))) == expected


def test_every_proof_has_its_rule_and_its_words(modules: Page, content: Content, project):
    from guide.reading.project import open_texts

    proofs = {one.id: one.criterion for one in content.register.proofs}
    assert {"acu-01", "acu-04", "acu-07"} <= set(proofs.values())
    for code in project.codes:
        assert open_texts(project, code)["tools"]["register"]["proofs"].keys() == proofs.keys()
    all = [{"id": "a", "updated": "", **OPEN, **PROGRAMMED}]
    for rule in proofs:
        assert modules.evaluate("([rule, all]) => abc.modules.proofOf(rule, all, '2026-11-30')", [rule, all])


def test_two_registers_join_fact_by_fact(modules: Page):
    """What two people changed of one agreement in two files stands in both, whichever is joined with the other."""
    item = {"text": "x", "updated": "2026-01-01T00:00:00.000Z"}
    items = {"a.partner": item, "a.country": item, "b.partner": item}
    later = {"text": "y", "updated": "2026-02-01T00:00:00.000Z"}
    gone = {"updated": "2026-03-01T00:00:00.000Z"}
    one, other = {**items, "a.partner": later}, {**items, "a.country": later, "b.partner": gone}
    code = """([one, other]) => {
      const file = (items) => JSON.stringify({ ...abc.modules.newPlan("register", "x"), items });
      const kind = { merge: (mine, theirs) => false };
      const [a, b] = [one, other].map((items) => abc.modules.parseRegister(file(items)).document);
      const merged = {};
      for (const key of Object.keys({ ...a.items, ...b.items })) {
        merged[key] = abc.modules.newer(a.items[key] ?? {}, b.items[key] ?? {});
      }
      return abc.modules.agreementsIn({ items: merged }).map(({ updated, ...rest }) => rest);
    }"""
    wanted = [{"id": "a", "partner": "y", "country": "y"}]
    assert modules.evaluate(code, [one, other]) == modules.evaluate(code, [other, one]) == wanted


def test_texts_of_strangers_files_are_texts(modules: Page):
    """What is no text, names no agreement or goes deeper is not there; nothing breaks."""
    items = {"a.partner": {"text": 7}, "b.partner.x": {"text": "x"}, "c": {"text": "x"}, "d.partner": {"text": " \u0000 "},
             "e.partner": {"text": "sí"}, "__proto__.partner": {"text": "x"}, "f.partner": None}  # fmt: skip
    text = json.dumps({"kind": "abc-register", "format": 1, "id": "x", "items": items})
    code = "text => abc.modules.agreementsIn(abc.modules.parseRegister(text).document)"
    assert modules.evaluate(code, text) == [{"id": "e", "partner": "sí", "updated": ""}]
