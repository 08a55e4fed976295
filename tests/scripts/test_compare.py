"""The comparison of networks: rated, explained, printed, kept, taken along."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, Page, expect

from guide.downloads import networks
from guide.model.content import Content
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.conftest import PHONE
from tests.pages.test_accessibility import violations
from tests.tool_pages import DENIED, download, open_file, pages_on_paper, payload, press, saved, slot, stored, texts

PAGE = "herramientas/comparar-redes/"
KIND = "comparison"
# The script runs in frames without storage too.
KEPT = "try { localStorage['abc.comparison.x'] ??= 'TEXT'; localStorage['abc.current-comparison'] ??= 'x' } catch {}"


@pytest.fixture
def words(project: Project) -> dict:
    return open_texts(project, project.default)["tools"]


def add(page: Page, *names: str) -> None:
    for name in names:
        slot(page, "add-name").fill(name)
        page.keyboard.press("Enter")


def rate(page: Page, network: str, criterion: str, value: int | str) -> None:
    page.locator(f'[id="rating.{network}.{criterion}.{value}"]').check()


def rate_all(page: Page, content: Content, network: str, values: list[int]) -> None:
    for criterion, value in zip(content.tools.selection.criteria, values, strict=True):
        rate(page, network, criterion.id, value)


def reason_of(page: Page, network: str, criterion: str) -> Locator:
    """Where a reason is written, unfolded."""
    fold = page.locator(f"#motivos-{criterion}")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return page.locator(f'[id="rating.{network}.{criterion}.reason"]')


def words_of_result(page: Page) -> list[str]:
    return slot(page, "result-words").locator("p").all_inner_texts()


def test_networks_from_the_directory_bring_their_facts(open_page, content, project, words):
    for code in project.codes:
        own = open_texts(project, code)["tools"]["compare"]
        page = open_page(PAGE if code == project.default else f"{code}/{PAGE}")
        add(page, "C40", "Rainbow Cities Network" if code == "en" else "rcn", "Red del Sur")
        found = slot(page, "chosen").locator("li")
        expect(found).to_have_count(3)
        expect(found.nth(0)).to_contain_text(own["doubts"].split("{")[0])
        assert found.nth(0).locator("a").get_attribute("href").endswith("directorio/redes/#c40")
        expect(found.nth(1)).to_contain_text("1,000")
        expect(found.nth(2)).to_contain_text(own["not_in_directory"])
        add(page, "C40")
        expect(slot(page, "add-state")).to_contain_text("C40")
        expect(found).to_have_count(3)


# Fields of a network, and what the directory then says of it in Spanish.
FACTS = [
    ({"verified": True, "checked": "2026-03"}, {"checked": "Datos consultados en marzo de 2026", "verified": True}),
    ({"verified": False, "checked": "2026-03", "cites": ["uno"]}, {"checked": "Sin verificar: no se cotejó con la red"}),
    ({"verified": True, "checked": None, "sources": ["B"]}, {"checked": "Sin verificar: no se cotejó con la red"}),
    ({"verified": False}, {"checked": "Sin verificar: conocimiento general, sin fuente", "verified": False}),
    ({}, {"sources": [], "doubts": [], "fee": "Sin dato en el directorio", "as_of": "c. 2019–2020"}),
    ({"cites": ["uno"], "sources": ["B"]}, {"sources": ["Obra uno", "B"]}),
    ({"sources": ["B", "C", "D"]}, {"sources": ["B", "C", "1 fuente más en su ficha"]}),
    ({"cites": ["uno", "dos"], "sources": ["B", "C"]}, {"sources": ["Obra uno", "Obra dos", "2 fuentes más en su ficha"]}),
    ({"fee": "unknown", "fee_note": {"es": "Se pide *cada año*."}}, {"fee": "{unknown}. Se pide cada año"}),
    ({"fee_note": {"es": "De 1 a 2 mil."}}, {"fee": "Sin dato en el directorio. De 1 a 2 mil"}),
    ({"unconfirmed": ["seat", "fee"]}, {"doubts": ["sede", "cuota"]}),
    ({"acronym": "RED"}, {"name": "Red Grande (RED)", "short": "RED"}),
    ({"acronym": None}, {"name": "Red Grande", "short": "Red Grande"}),
    ({"status": "active"}, {"active": True}),
    ({"status": "discontinued"}, {"active": False}),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "said"), FACTS, ids=[" ".join(fields) or "none" for fields, _ in FACTS])
def test_what_the_directory_says_of_a_network(content, project, fields: dict, said: dict):
    real = content.catalogue.networks[0]
    bare = {"name": {"es": "Red Grande"}, "acronym": None, "fee": None, "fee_note": None, "verified": False}
    bare |= {"checked": None, "as_of": "c. 2019-2020", "unconfirmed": (), "cites": (), "sources": ()}
    given = bare | fields
    titled = tuple(SimpleNamespace(title=one) for one in given["sources"])
    one = replace(real, **given | {"sources": titled})
    known = {name: SimpleNamespace(cite={"es": f"Obra {name}"}) for name in ("uno", "dos")}
    held = SimpleNamespace(catalogue=SimpleNamespace(networks=[one]), sources=known)
    texts = open_texts(project, "es")
    text = networks.script(held, texts)
    found = json.loads(text.removeprefix("(window.abc ||= {}).networks = ").removesuffix(";\n"))
    wanted = {key: fill(value, texts["catalogue"]["fee"]) if key == "fee" else value for key, value in said.items()}
    assert found.keys() == {real.id} and {key: found[real.id][key] for key in said} == wanted


def test_networks_are_offered_in_the_order_of_the_alphabet(documents, content, project):
    """Whatever is written in capitals: «ICLEI» stands after «Iberoamericana»."""
    for code in project.codes:
        page = documents[PAGE if code == project.default else f"{code}/{PAGE}"]
        offered = [one["value"] for one in page.find("option") if one["data-id"]]
        assert len(offered) == len(content.catalogue.networks)
        assert offered == sorted(offered, key=str.casefold) != sorted(offered)


def test_five_at_the_most(open_page, words):
    page = open_page(PAGE)
    add(page, *"abcdef")
    expect(slot(page, "add-state")).to_have_text(words["compare"]["add_full"])
    expect(slot(page, "chosen").locator("li")).to_have_count(5)


def test_rated_with_the_keyboard_and_weighed(open_page, content, words):
    own, criteria = words["compare"], content.tools.selection.criteria
    page = open_page(PAGE)
    add(page, "C40", "Mercociudades")
    rate_all(page, content, "c40", [3, 1, 2, 1, 3, 3, 1])
    rate_all(page, content, "mercociudades", [2, 1, 2, 1, 3, 3, 2])
    # 14 of 21 is what the chapter's example adds up to, too.
    points = fill(own["points"], {"points": 14, "most": 21, "percent": "67\xa0%"})
    assert words_of_result(page) == [fill(own["tie"], {"names": "C40 y Mercociudades", "points": points})]
    # One arrow on the radio buttons of a criterion.
    page.locator(f'[id="rating.c40.{criteria[1].id}.1"]').focus()
    page.keyboard.press("ArrowRight")
    first, second = (
        fill(own["points"], {"points": n, "most": 21, "percent": f"{p}\xa0%"}) for n, p in ((15, 71), (14, 67))
    )
    assert words_of_result(page) == [
        fill(own["leader"], {"name": "C40", "points": first}),
        fill(own["follows"], {"names": "Mercociudades", "points": second}),
    ]
    page.locator(f"#peso-{criteria[6].id}").select_option("3")
    first, second = (
        fill(own["points"], {"points": n, "most": 27, "percent": f"{p}\xa0%"}) for n, p in ((18, 67), (17, 63))
    )
    assert words_of_result(page) == [
        fill(own["leader"], {"name": "Mercociudades", "points": first}),
        fill(own["follows"], {"names": "C40", "points": second}),
        fill(own["even_other"], {"names": "C40"}),
    ]
    # Not rated is left out, never zero.
    rate(page, "mercociudades", criteria[0].id, "x")
    assert words_of_result(page)[2] == own["missing_one"]
    table = slot(page, "result").locator("table").first
    expect(table.locator("tbody tr").nth(1)).to_contain_text("6 de 7")
    expect(slot(page, "result").locator("svg")).to_have_count(2)
    press(page, "even-weights")
    assert page.locator(f"#peso-{criteria[6].id}").input_value() == "1"
    press(page, "kept-undo")
    assert page.locator(f"#peso-{criteria[6].id}").input_value() == "3"


# What is rated (seven values a network, "." for none), with which weights, and what is then said: sentences of
# ``tools.compare`` with the networks they name and, for ``points``, points, most points and percentage.
RESULTS = [
    ({}, "1111111", [("none",)]),
    ({"A": "......."}, "1111111", [("unrated",)]),
    ({"A": "3333333"}, "0000000", [("unrated",)]),
    ({"A": "3121331"}, "1111111", [("single", "A", (14, 21, 67))]),
    ({"A": "0000000", "B": "3333333"}, "1111111", [("leader", "B", (21, 21, 100)), ("follows", "A", (0, 21, 0))]),
    (
        {"A": "3121331", "B": "2121332", "C": "1111111"},
        "1111111",
        [("tie", "A+B", (14, 21, 67))],
    ),
    (
        {"A": "1111111", "B": "1111111", "C": "1111112", "D": "......."},
        "1111111",
        [("leader", "C", (8, 21, 38)), ("follows", "A+B", (7, 21, 33)), ("missing_other", 7)],
    ),
    # What is not rated is left out, never zero: 2 of 3 is more than 13 of 21.
    (
        {"A": "2......", "B": "3333100"},
        "1111111",
        [("leader", "A", (2, 3, 67)), ("follows", "B", (13, 21, 62)), ("missing_other", 6)],
    ),
    # What does not count is not missing either; half a percent is rounded up.
    ({"A": "111000."}, "2111110", [("single", "A", (4, 21, 19))]),
    ({"A": "1100000"}, "2111111", [("single", "A", (3, 24, 13))]),
    ({"A": "11000.0"}, "1111111", [("single", "A", (2, 18, 11)), ("missing_one", 1)]),
    # With even weights the order is another, or the same, or nobody's alone.
    (
        {"A": "3000000", "B": "0110000"},
        "0110000",
        [("leader", "B", (2, 6, 33)), ("follows", "A", (0, 6, 0)), ("even_other", "A")],
    ),
    (
        {"A": "3000000", "B": "0100000"},
        "3111111",
        [("leader", "A", (9, 27, 33)), ("follows", "B", (1, 27, 4)), ("even_same",)],
    ),
    (
        {"A": "1000000", "B": "0100000"},
        "2111111",
        [("leader", "A", (2, 24, 8)), ("follows", "B", (1, 24, 4)), ("even_other", "A+B")],
    ),
    # All weights alike are even ones, whatever they are.
    ({"A": "2000000", "B": "1000000"}, "2222222", [("leader", "A", (4, 42, 10)), ("follows", "B", (2, 42, 5))]),
]  # fmt: skip


def comparison(content: Content, ratings: dict[str, str], weights: str, **names: str) -> str:
    """A kept comparison of networks; ``names`` are those of the directory, by its id."""
    criteria = [one.id for one in content.tools.selection.criteria]
    items: dict[str, dict] = {f"weight.{id}": {"weight": int(one)} for id, one in zip(criteria, weights, strict=True)}
    for place, (name, values) in enumerate(ratings.items()):
        ref = names.get(name)
        id = ref or f"x-{place}"
        items[f"network.{id}"] = {"ref": ref, "name": name, "order": f"2026-01-01T00:00:0{place}.000Z"}
        for criterion, value in zip(criteria, values, strict=True):
            if value != ".":
                items[f"rating.{id}.{criterion}"] = {"value": int(value)}
    return json.dumps({"kind": "abc-comparison", "format": 1, "id": "x", "title": "", "items": items})


def keep(page: Page, text: str) -> None:
    """Opens the page again with a comparison kept before."""
    page.evaluate(
        "text => { localStorage['abc.comparison.x'] = text; localStorage['abc.current-comparison'] = 'x' }", text
    )
    page.reload()


@pytest.mark.parametrize("code", ["es", "en"])
def test_every_sentence_and_figure_on_the_page_and_in_the_memo(open_page, content, project, code):
    own, form = (open_texts(project, code)[one] for one in ("tools", "format"))
    own = own["compare"]
    between = {"es": " y ", "en": " and "}[code]
    join = lambda names: between.join(names.split("+"))  # noqa: E731
    percent = lambda value: fill(form["percent"], {"value": value})  # noqa: E731
    points = lambda found: fill(  # noqa: E731
        own["points"], {"points": found[0], "most": found[1], "percent": percent(found[2])}
    )
    shown = (
        "box => Array.from(box.querySelectorAll('tbody tr'), (row) => Array.from(row.cells, (one) => one.textContent))"
    )
    page = open_page(PAGE if code == project.default else f"{code}/{PAGE}")
    for ratings, weights, said in RESULTS:
        keep(page, comparison(content, ratings, weights))
        expected = []
        for key, *values in said:
            names = join(values[0]) if values and isinstance(values[0], str) else ""
            details = {"name": names, "names": names, "count": values[0] if values else ""}
            details["points"] = points(values[1]) if len(values) > 1 else ""
            expected.append(fill(own[key], details))
        assert words_of_result(page) == expected, (ratings, weights)
        page.wait_for_function(
            "wanted => document.querySelector('[data-slot=paper]').shadowRoot?.textContent.includes(wanted)",
            arg=expected[-1],
        )
        memo = texts(page)
        assert all(one in memo for one in expected), (ratings, weights)
        if not ratings:
            continue
        # The tables: what each network adds up to, and every rating with its weight.
        asked = [place for place, weight in enumerate(weights) if weight != "0"]
        scores, lines = (slot(page, "result").locator("table").nth(place).evaluate(shown) for place in (0, 1))
        totals = []
        for (name, values), row in zip(ratings.items(), scores, strict=True):
            rated = [place for place in asked if values[place] != "."]
            most = 3 * sum(int(weights[place]) for place in rated)
            got = sum(int(weights[place]) * int(values[place]) for place in rated)
            part = int(100 * got / most + 0.5) if most else None
            totals.append(points((got, most, part)) if most else "—")
            assert row == [
                name,
                percent(part) if most else "—",
                fill(own["points_of"], {"points": got, "most": most}) if most else "—",
                fill(own["rated_of"], {"count": len(rated), "total": len(asked)}),
            ]
        names = [one.name[code] for one in content.tools.selection.criteria]
        every = [
            [f"{place + 1}. {name}", weights[place], *(one[place].replace(".", "—") for one in ratings.values())]
            for place, name in enumerate(names)
        ]
        assert lines == [*every, [own["total"], "", *totals]]
        assert slot(page, "paper").evaluate(
            f"one => ({shown})(one.shadowRoot.querySelector('table:not(.facts)'))"
        ) == lines  # fmt: skip


def test_kept_through_reload_and_language(open_page, content, words):
    first = content.tools.selection.criteria[0].id
    page = open_page(PAGE)
    expect(slot(page, "kept-state")).to_have_text(words["kept"]["state"]["empty"])
    add(page, "C40", "<img src=x onerror=alert(1)>")
    rate(page, "c40", first, 2)
    reason_of(page, "c40", first).fill("Cuota cubierta")
    page.locator("#recomendacion").fill("Ingresar <b>ya</b>")
    saved(page, words)
    page.reload()
    expect(page.locator(f'[id="rating.c40.{first}.2"]')).to_be_checked()
    assert page.locator(f'[id="rating.c40.{first}.reason"]').input_value() == "Cuota cubierta"
    memo = texts(page)
    assert "Ingresar <b>ya</b>" in memo and "Cuota cubierta" in memo and "<img src=x" in memo
    page.locator("a[data-language]").first.click()
    expect(page.locator(f'[id="rating.c40.{first}.2"]')).to_be_checked()
    expect(slot(page, "chosen").locator("li").first).to_contain_text("Climate Leadership")


def test_a_network_taken_out_comes_back_with_its_scores(open_page, content):
    first = content.tools.selection.criteria[0].id
    page = open_page(PAGE)
    add(page, "C40", "UCCI")
    rate(page, "c40", first, 3)
    slot(page, "chosen").locator("button").first.click()
    expect(slot(page, "chosen").locator("li")).to_have_count(1)
    expect(slot(page, "kept-undo-text")).to_be_focused()
    press(page, "kept-undo")
    expect(slot(page, "chosen").locator("li")).to_have_count(2)
    expect(page.locator(f'[id="rating.c40.{first}.3"]')).to_be_checked()


def test_several_named_copied_and_deleted(open_page, words):
    page = open_page(PAGE)
    add(page, "C40")
    # As they are kept: a list shows no spaces.
    kept = "all => all.map((one) => one.textContent)"
    names = lambda: slot(page, "kept-select").locator("option").evaluate_all(kept)  # noqa: E731
    for action, name in (("kept-rename", "  Clima "), ("kept-duplicate", "Clima 2"), ("kept-new", "Agua")):
        press(page, action)
        slot(page, "name-field").fill(name)
        page.keyboard.press("Enter")
        expect(slot(page, "name-dialog")).to_be_hidden()
    assert sorted(names()) == ["Agua", "Clima", "Clima 2"]
    expect(slot(page, "chosen").locator("li")).to_have_count(0)
    slot(page, "kept-select").select_option(label="Clima 2")
    expect(slot(page, "chosen").locator("li")).to_have_count(1)
    press(page, "kept-remove")
    assert sorted(names()) == ["Agua", "Clima"]
    press(page, "kept-undo")
    assert sorted(names()) == ["Agua", "Clima", "Clima 2"]
    page.reload()
    assert sorted(names()) == ["Agua", "Clima", "Clima 2"]


@pytest.mark.parametrize("action", ["kept-save", "paper-html"])
def test_from_one_computer_to_another(open_page, content, tmp_path, action):
    first = content.tools.selection.criteria[0].id
    page = open_page(PAGE)
    add(page, "C40", "Red </script><b>del</b> Sur")
    rate(page, "c40", first, 3)
    page.locator("#pregunta").fill("¿Cuál?")
    press(page, "kept-rename")
    slot(page, "name-field").fill("Clima, 2027")
    page.keyboard.press("Enter")
    file = download(page, action, tmp_path)
    assert file.name.startswith("abc-redes-clima-2027-")
    other = open_page(PAGE)
    open_file(other, file)
    expect(slot(other, "file-preview")).to_contain_text("Clima, 2027")
    expect(slot(other, "chosen").locator("li")).to_have_count(0)
    press(other, "file-apart")
    expect(slot(other, "chosen").locator("li")).to_have_count(2)
    expect(other.locator(f'[id="rating.c40.{first}.3"]')).to_be_checked()
    assert stored(other, KIND)["items"]["question"]["text"] == "¿Cuál?"
    press(other, "kept-undo")
    expect(slot(other, "chosen").locator("li")).to_have_count(0)


def test_the_file_opens_without_the_site(open_page, browser, tmp_path):
    page = open_page(PAGE)
    add(page, "C40")
    page.locator("#pregunta").fill("¿Cuál?")
    file = download(page, "paper-html", tmp_path)
    context = browser.new_context(java_script_enabled=False, offline=True)
    other = context.new_page()
    other.goto(file.as_uri())
    assert "¿Cuál?" in other.locator("article").inner_text()
    assert other.locator("h1").count() == 1
    context.close()


def test_combined_entry_by_entry(open_page, content, tmp_path):
    one, two = (criterion.id for criterion in content.tools.selection.criteria[:2])
    page = open_page(PAGE)
    add(page, "C40")
    rate(page, "c40", one, 1)
    file = download(page, "kept-save", tmp_path)
    found = json.loads(file.read_text("utf-8"))
    found["items"][f"rating.c40.{two}"] = {"value": 2, "updated": "2099-01-01T00:00:00.000Z"}
    found["items"][f"rating.c40.{one}"] = {"value": 0, "updated": "2000-01-01T00:00:00.000Z"}
    open_file(page, payload(json.dumps(found)))
    press(page, "file-join")
    expect(page.locator(f'[id="rating.c40.{one}.1"]')).to_be_checked()
    expect(page.locator(f'[id="rating.c40.{two}.2"]')).to_be_checked()
    press(page, "kept-undo")
    expect(page.locator(f'[id="rating.c40.{two}.x"]')).to_be_checked()


@pytest.mark.parametrize(
    "text, problem",
    [
        ('{"kind": "abc-comparison", "format": 2, "id": "x", "items": {}}', "newer"),
        ('{"kind": "abc-comparison", "format": 1, "id": "x"', "damaged"),
        ('{"kind": "abc-comparison", "format": 1, "id": "x"}', "damaged"),
        ('{"kind": "abc-assessment", "format": 1, "id": "x", "checklists": {}}', "not_ours"),
        ("hola", "not_ours"),
        ("<!doctype html><p>hola", "not_ours"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_a_sentence(open_page, words, text, problem):
    page = open_page(PAGE)
    add(page, "C40")
    before = stored(page, KIND)
    open_file(page, payload(text, "otro.json"))
    expect(slot(page, "file-problem")).to_have_text(fill(words["compare"]["problems"][problem], {"name": "otro.json"}))
    expect(slot(page, "file-choices")).to_be_hidden()
    press(page, "file-close")
    assert stored(page, KIND) == before


def test_nonsense_in_a_file_harms_nothing(open_page, content):
    first = content.tools.selection.criteria[0].id
    nonsense = {
        "network.c40": {"ref": 7, "name": "C40"},
        "network.x-1": {"name": {"a": 1}},
        f"rating.c40.{first}": {"value": 99, "reason": ["x"]},
        f"weight.{first}": {"weight": -4},
        "question": {"text": 5},
        "Ñ..": {"a": 1},
        "__proto__": {"value": 1},
        "rating": {"value": 1},
    }
    document = {"kind": "abc-comparison", "format": 1, "id": "n", "title": 9, "items": nonsense}
    page = open_page(PAGE)
    open_file(page, payload(json.dumps(document)))
    press(page, "file-apart")
    expect(slot(page, "chosen").locator("li")).to_have_count(1)
    expect(page.locator(f'[id="rating.c40.{first}.x"]')).to_be_checked()
    assert page.locator(f"#peso-{first}").input_value() == "1"


def test_two_tabs_lose_nothing(open_page, content, words):
    one, two = (criterion.id for criterion in content.tools.selection.criteria[:2])
    page = open_page(PAGE)
    add(page, "C40")
    other = page.context.new_page()
    other.goto(page.url)
    rate(page, "c40", one, 3)
    expect(other.locator(f'[id="rating.c40.{one}.3"]')).to_be_checked()
    expect(slot(other, "kept-state")).to_have_text(words["kept"]["state"]["elsewhere"])
    rate(other, "c40", two, 1)
    expect(page.locator(f'[id="rating.c40.{two}.1"]')).to_be_checked()
    # Someone who writes in one tab keeps the cursor while the other saves.
    reason_of(page, "c40", one).press_sequentially("Hay")
    rate(other, "c40", one, 2)
    expect(page.locator(f'[id="rating.c40.{one}.2"]')).to_be_checked()
    page.keyboard.type(" dinero")
    page.wait_for_timeout(500)
    assert stored(page, KIND)["items"][f"rating.c40.{one}"]["reason"] == "Hay dinero"


def test_what_was_deleted_in_another_tab_does_not_come_back(open_page, content, words):
    one = content.tools.selection.criteria[0].id
    page = open_page(PAGE)
    add(page, "C40")
    rate(page, "c40", one, 3)
    page.locator(f'[id="rating.c40.{one}.reason"]').evaluate(
        """(reason) => {
        reason.value = "Hay dinero";
        reason.dispatchEvent(new Event("input", {bubbles: true}));
        for (const key of Object.keys(localStorage)) if (/^abc[.](comparison|current-)/.test(key)) localStorage.removeItem(key);
        }"""
    )
    expect(slot(page, "kept-problem")).to_have_text(words["kept"]["state"]["removed"])
    page.wait_for_timeout(600)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('abc.comparison.'))") == []
    rate(page, "c40", content.tools.selection.criteria[1].id, 1)
    assert stored(page, KIND)["items"][f"rating.c40.{one}"]["reason"] == "Hay dinero"


@pytest.mark.parametrize(
    "script, state",
    [
        (DENIED, "denied"),
        ("Storage.prototype.setItem = () => { throw new DOMException('x', 'QuotaExceededError'); };", "full"),
        (KEPT.replace("TEXT", '{"kind'), "damaged"),
        (KEPT.replace("TEXT", '{"format": 9}'), "newer"),
    ],
)
def test_trouble_with_storage_is_said_and_work_goes_on(open_page, words, tmp_path, script, state):
    page = open_page(PAGE, script=script)
    if state == "damaged":
        expect(slot(page, "kept-problem")).to_have_text(words["kept"]["state"][state])
    add(page, "C40")
    expect(slot(page, "chosen").locator("li")).to_have_count(1)
    if state != "damaged":
        expect(slot(page, "kept-problem")).to_have_text(words["kept"]["state"][state])
    if state == "newer":
        assert page.evaluate("localStorage['abc.comparison.x']") == '{"format": 9}'
    assert "C40" in download(page, "kept-save", tmp_path).read_text("utf-8")


def test_a_shared_computer_is_left_clean_and_can_be_undone(open_page):
    page = open_page(PAGE)
    add(page, "C40")
    page.goto(page.url.replace(PAGE, "autoevaluacion/diagnosticos/"))
    page.locator('[data-action="assessments-clear"]').click()
    page.locator('[data-action="clear-confirm"]').click()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('abc.'))") == []
    page.locator('[data-action="assessments-undo"]').click()
    page.goto(page.url.replace("autoevaluacion/diagnosticos/", PAGE))
    expect(slot(page, "chosen").locator("li")).to_have_count(1)


@pytest.mark.parametrize("viewport, most", [({"width": 1366, "height": 768}, 2.2), (PHONE, 4)], ids=["laptop", "phone"])
def test_networks_are_rated_in_a_matrix_that_does_not_move(open_page, content, viewport, most):
    """Criteria down, networks across: controls of one width, in line, whatever is chosen; the names stay in sight."""
    page = open_page(PAGE, viewport=viewport)
    add(page, "C40", "Mercociudades", "Red de Ciudades del Agua y la Sustentabilidad")
    boxes = lambda: page.locator(".rating-levels label").evaluate_all(  # noqa: E731
        "all => all.map((one) => one.getBoundingClientRect()).map(({ x, width, height }) => [x, width, height])"
    )
    before = boxes()
    criteria = content.tools.selection.criteria
    assert len(before) == 5 * 3 * len(criteria)
    assert len({round(width, 1) for _, width, _ in before}) == 1 and min(height for *_, height in before) >= 44
    # One column a control: a network's stand under each other.
    across = 5 * (3 if viewport["width"] > 1000 else 1)
    assert len({round(x) for x, *_ in before}) == across
    for criterion in criteria:
        rate(page, "c40", criterion.id, 3)
    assert boxes() == before
    height = page.locator(".matrix").bounding_box()["height"]
    assert height <= most * viewport["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_memo_says_to_whom_from_whom_about_what_and_when_in_whole_words(open_page, content, words):
    page = open_page(PAGE)
    add(page, "Red de Ciudades del Agua y la Sustentabilidad", "Mercociudades", "C40")
    letter = page.locator(".report-letter")
    names = [words["kept"]["letter"][one] for one in ("to", "from", "subject", "date")]
    expect(letter.locator("dt")).to_have_text(names)
    # What is not known yet is a line to write on.
    expect(letter.locator(".unwritten")).to_have_count(3)
    page.locator("#decide").fill("Presidencia municipal")
    page.locator("#prepara").fill("Dirección de Vinculación")
    page.locator("#pregunta").fill("¿A qué red ingresamos?")
    expect(letter.locator("dd").nth(2)).to_have_text("¿A qué red ingresamos?")
    said = letter.locator("dd").all_inner_texts()
    assert said[:2] == ["Presidencia municipal", "Dirección de Vinculación"] and "20" in said[3]
    # Each word of a network's name stands on one line: as many rectangles as words need no more lines than words.
    broken = page.locator(".report-memo :is(th, td)").evaluate_all(
        """all => all.flatMap((cell) => {
          const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          const found = [];
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (const match of node.data.matchAll(/[\\p{L}]+/gu)) {
              const range = document.createRange();
              range.setStart(node, match.index);
              range.setEnd(node, match.index + match[0].length);
              if (range.getClientRects().length > 1) found.push(match[0]);
            }
          }
          return found;
        })"""
    )
    assert broken == []


def fill_memo(page: Page, content: Content) -> None:
    add(page, "C40", "RCN", "Red del Sur")
    for place, network in enumerate(("c40", "rainbow-cities")):
        rate_all(page, content, network, [3, 1, 2, 1, 3, 3 - place, 2])
    for criterion in content.tools.selection.criteria[:5]:
        reason_of(page, "c40", criterion.id).fill("Informe anual de 2025 y dos ciudades consultadas.")
    page.locator("#pregunta").fill("¿A qué red de clima ingresamos en 2027?")
    page.locator("#recomendacion").fill("Ingresar por dos años, por buenas prácticas y contactos.")
    page.locator("#sin-verificar").fill("El gasto de viajes\nLa cuota de 2027")
    page.locator("#decide").fill("Presidencia municipal")
    page.wait_for_timeout(700)


def test_the_memo_says_everything_on_one_sheet(open_page, content, words):
    own = words["compare"]
    page = open_page(PAGE)
    fill_memo(page, content)
    memo = texts(page)
    for text in (
        "¿A qué red de clima",
        "1,000 euros",
        "Informe anual de 2025",
        "El gasto de viajes",
        "Ingresar por dos años",
        "Presidencia municipal",
        own["not_in_directory"],
        "15 de 21",
    ):
        assert text in memo, text
    assert memo.count("Informe anual de 2025") == 5
    assert pages_on_paper(page) == 1, len(memo)


def test_a_memo_of_five_networks_with_much_to_say_is_one_sheet(open_page, content):
    length = lambda one: sum(len(text) for text in [(one.fee_note or {}).get("es", ""), *one.unconfirmed])  # noqa: E731
    most = sorted(content.catalogue.networks, key=length)[-5:]
    page = open_page(PAGE)
    add(page, *(one.name["es"] for one in most))
    for one in most:
        rate_all(page, content, one.id, [3, 1, 2, 1, 3, 2, 2])
    for criterion in content.tools.selection.criteria[:5]:
        reason_of(page, most[0].id, criterion.id).fill("Informe anual y dos ciudades consultadas.")
    page.locator("#recomendacion").fill("Ingresar por dos años, por buenas prácticas y contactos.")
    page.wait_for_timeout(700)
    assert pages_on_paper(page) == 1, len(texts(page))


@pytest.mark.parametrize("scheme, viewport", [("light", None), ("dark", PHONE)])
def test_accessible_when_filled(open_page, content, project, scheme, viewport):
    options = {"viewport": viewport} if viewport else {}
    page = open_page(PAGE, color_scheme=scheme, **options)
    fill_memo(page, content)
    found = violations(page)
    press(page, "kept-rename")
    found += violations(page)
    page.keyboard.press("Escape")
    open_file(page, payload('{"kind": "abc-comparison", "format": 1, "id": "x", "items": {}}'))
    found += violations(page)
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_it_is_a_form(browser, address, content, project):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE)
    for criterion in content.tools.selection.criteria:
        row = page.locator("tbody tr", has_text=criterion.name[project.default])
        expect(row).to_contain_text(criterion.question[project.default])
        assert row.locator("td").count() == 6
    expect(page.locator("[data-tool]")).to_be_hidden()
    context.close()


def test_criteria_are_called_as_in_the_chapter(content, documents, project):
    for code in project.codes:
        chapter = documents[("" if code == project.default else f"{code}/") + "vinculos/redes/"].find("main")[0].text
        for criterion in content.tools.selection.criteria:
            assert criterion.name[code] in chapter and criterion.question[code] in chapter
