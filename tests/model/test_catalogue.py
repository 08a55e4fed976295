"""The directory of networks and the bank of practices: their files, their pages, and how they are filtered."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from guide.authoring import scaffold
from guide.checks.corpus import read_site
from guide.model.content import Content, load
from guide.pages.catalogue import brief, network_values, practice_values
from guide.reading import inline_markdown
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project, open_texts
from guide.reading.texts import fill, when
from tests.conftest import CASE_FILES, DEFAULT, DESKTOP, PHONE, REPOSITORY, ROOT, copy_small_project
from tests.model.test_loader import change, sentences
from tests.pages.test_site import in_language
from tests.search_index import search_entries

CASES = yaml.safe_load((CASE_FILES / "catalogue-cases.yml").read_text("utf-8"))
NETWORKS = "directorio/redes/"
PRACTICES = "directorio/practicas/"


# Files


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """tests/project with a network and a practice."""
    root = tmp_path / "project"
    copy_small_project(root)
    for kind, name in (("networks", "red"), ("practices", "obra")):
        (root / kind).mkdir()
        shutil.copy(ROOT / f"tests/entries/{name}.yml", root / kind)
    return root


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_author_is_told_every_mistake_where_it_is(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "networks/red.yml", **one})
    assert sorted(sentences(small)) == sorted(case["expect"])


def test_new_entries_are_not_listed_yet(small: Path):
    assert set(load(open_project(small)).unlisted) >= {"networks/red", "practices/obra"}


@pytest.mark.parametrize(
    "text, es, en",
    [
        ("2019", "2019", "2019"),
        ("2025-10", "octubre de 2025", "October 2025"),
        ("c. 2019-2021", "c. 2019–2021", "c. 2019–2021"),
        ("c. 2019-03", "c. marzo de 2019", "c. March 2019"),
    ],
)
def test_dates_in_words(project: Project, text: str, es: str, en: str):
    assert [when(text, open_texts(project, code)["catalogue"]) for code in ("es", "en")] == [es, en]


def test_a_description_is_whole_sentences():
    assert brief("Uno. Dos.") == "Uno. Dos."
    assert brief(f"Uno. {'a' * 400}.") == "Uno."
    assert len(brief("palabra " * 100)) <= 300


# Pages, without JavaScript


def test_the_directory_says_everything_of_every_network(documents, content: Content, project: Project):
    for code in project.codes:
        document = documents[in_language(NETWORKS, code, project)]
        words = open_texts(project, code)["catalogue"]
        articles = {one["aria-labelledby"]: one.text for one in document.find("article", class_="entry")}
        doubts = [up["aria-labelledby"] for one in document.find("span", class_="doubt") for up in one.inside]
        assert set(articles) == {one.id for one in content.catalogue.networks}
        for one in content.catalogue.networks:
            shown = articles[one.id]
            texts = [one.name, one.members, one.note, one.seat, one.fee_note]
            for text in filter(None, texts):
                assert shows(shown, text[code]), (one.id, text[code])
            assert words["data"]["checked" if one.verified else "unchecked"] in shown
            assert fill(words["as_of"], {"date": when(one.as_of, words)}) in shown
            assert (words["status"][one.status] in shown) == (one.status != "active")
            assert doubts.count(one.id) == len(one.unconfirmed)
            for source in one.sources:
                assert source.title in shown
            if one.checked:
                assert fill(words["checked_on"], {"date": when(one.checked, words)}) in shown
            else:
                assert words["networks"]["not_compared" if one.cites or one.sources else "no_source"] in shown


def shows(shown: str, text: str) -> bool:
    plain = " ".join(inline_markdown.plain(text).split())
    return re.sub(r"(?<=\d)\s%", "\u00a0%", plain) in re.sub(r"(?<=\d)\s%", "\u00a0%", shown)


def test_a_practice_has_a_page_that_says_everything(documents, content: Content, project: Project):
    checklists = {one.id: one for one in content.checklists}
    for code in project.codes:
        listed = documents[in_language(PRACTICES, code, project)].find("main")[0].text
        words = open_texts(project, code)["catalogue"]
        for one in content.catalogue.practices:
            document = documents[in_language(f"{PRACTICES}{one.id}/", code, project)]
            shown = document.find("main")[0].text
            for text in (one.title, one.place, one.country, one.summary, one.result, one.lesson):
                assert shows(shown, text[code]), (one.id, text[code])
            for text in (one.title, one.place, one.summary):
                assert shows(listed, text[code]), (one.id, text[code])
            assert words["results"][one.results] in shown and words["practices"]["not_evaluated"] in shown
            for name, text in one.details.items():
                assert words["details"][name] in shown and shows(shown, text[code])
            assert words["confidence"][one.confidence] in shown
            assert fill(words["checked_on"], {"date": when(one.checked, words)}) in shown
            for id in one.checklists:
                assert checklists[id].title[code] in shown


def test_practices_follow_one_another(documents, content: Content):
    path, seen = PRACTICES, []
    for _ in content.catalogue.practices:
        (after,) = [one["href"] for one in documents[path].find("a", rel="next")]
        path = "/".join(part for part in Path("/", path, after).resolve().parts[1:]) + "/"
        seen.append(path)
        assert documents[path].find("a", rel="prev")
    assert seen == [f"{PRACTICES}{one.id}/" for one in content.catalogue.practices]


def test_an_entry_is_corrected_and_proposed_in_its_own_file(documents, content: Content, project: Project):
    document = documents[NETWORKS]
    corrections = [one["href"] for one in document.find("a") if "data-correct" in one.attributes]
    assert sorted(corrections) == sorted(f"{REPOSITORY}/edit/main/{one.source}" for one in content.catalogue.networks)
    for one in content.catalogue.practices:
        (edit,) = documents[f"{PRACTICES}{one.id}/"].find("a", class_="edit")
        assert edit["href"] == f"{REPOSITORY}/edit/main/{one.source}"
    site = read_site(project, Problems())
    for path, kind in ((NETWORKS, "networks"), (PRACTICES, "practices")):
        for code in project.codes:
            document = documents[in_language(path, code, project)]
            (link,) = [one["href"] for one in document.find("a") if "data-propose" in one.attributes]
            assert link.startswith(f"{REPOSITORY}/new/main/{kind}?")
            # What a server takes as an address.
            assert len(link) < 8_000
            (model,) = parse_qs(urlsplit(link).query)["value"]
            # The same file that `make new` writes, valid as test_schemas shows.
            assert model == scaffold.model(site, kind, open_texts(project, code))
            assert open_texts(project, code)["fields"][kind.removesuffix("s")]["checked"] in model


def test_filters_count_what_is_on_the_page(documents, content: Content):
    for path, entries, values_of in (
        (NETWORKS, content.catalogue.networks, network_values),
        (PRACTICES, content.catalogue.practices, practice_values),
    ):
        for option in documents[path].find("input", type="checkbox"):
            group = next(up for up in reversed(option.inside) if up["data-filter"])
            label = next(up for up in reversed(option.inside) if up.tag == "label")
            count = sum(option["value"] in values_of(one)[group["data-filter"]] for one in entries)
            assert count and label.text.endswith(f" {count}"), (group["data-filter"], option["value"])


def test_without_javascript_nothing_is_missing_and_no_tool_is_in_sight(open_page, content: Content):
    for path, entries in ((NETWORKS, content.catalogue.networks), (PRACTICES, content.catalogue.practices)):
        page = open_page(path, java_script_enabled=False)
        expect(page.locator("[data-entry]")).to_have_count(len(entries))
        assert all(one.is_visible() for one in page.locator("[data-entry]").all())
        for tool in ("tools", "bar", "active", "empty"):
            expect(page.locator(f'[data-slot="{tool}"]')).to_be_hidden()


# Filters, in the browser


def shown(page: Page) -> list[str]:
    """The ids of the entries in sight, in their order."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.eval_on_selector_all(
        "[data-entry] h3", "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)"
    )


def expected(content: Content, **asked) -> list[str]:
    """The networks that have one of the values asked for in every filter."""
    return [
        one.id
        for one in content.catalogue.networks
        if all(set(values) & set(network_values(one)[name]) for name, values in asked.items())
    ]


def check(page: Page, filter: str, value: str) -> None:
    group = page.locator(f'[data-filter="{filter}"]')
    if not group.is_visible():
        page.locator(f"#filtro-{filter}").click()
    group.locator(f'input[value="{value}"]').check()


def address_has(page: Page, **asked: str) -> None:
    """The address holds exactly what was asked for, a moment later."""
    page.wait_for_function(
        "asked => JSON.stringify(Object.fromEntries([...new URLSearchParams(location.search)].sort())) === asked",
        arg=json.dumps(dict(sorted(asked.items())), separators=(",", ":"), ensure_ascii=False),
    )


def test_filters_narrow_and_values_widen(open_page, content: Content, project: Project):
    page = open_page(NETWORKS)
    words = open_texts(project, DEFAULT)["catalogue"]["networks"]
    total = len(content.catalogue.networks)
    count = page.get_by_role("status").filter(has_text=str(total))
    expect(count).to_have_text(fill(words["total"], {"total": total}))

    check(page, "category", "thematic")
    assert sorted(shown(page)) == sorted(expected(content, category=["thematic"]))
    check(page, "category", "universal")
    both = expected(content, category=["thematic", "universal"])
    assert sorted(shown(page)) == sorted(both)
    check(page, "mexico", "open")
    narrowed = expected(content, category=["thematic", "universal"], mexico=["open"])
    assert sorted(shown(page)) == sorted(narrowed)
    sentence = fill(words["shown_other"], {"count": len(narrowed), "total": total})
    expect(page.locator('[data-slot="count"]')).to_have_text(sentence)

    # Beside a value: how many it would show, given the other filters.
    for value in ("regional", "universal"):
        counter = page.locator(f'[data-filter="category"] label:has([value="{value}"]) .filter-count')
        expect(counter).to_have_text(str(len(expected(content, category=[value], mexico=["open"]))))
    counter = page.locator('[data-filter="mexico"] label:has([value="closed"]) .filter-count')
    expect(counter).to_have_text(str(len(expected(content, category=["thematic", "universal"], mexico=["closed"]))))
    # Groups without entries in sight are gone.
    expect(page.locator("#tipo-regional")).to_be_hidden()
    address_has(page, category="universal,thematic", mexico="open")


def test_search_does_not_mind_accents_and_capitals(open_page):
    page = open_page(NETWORKS)
    query = page.locator('[data-slot="query"]')
    found = []
    for words in ("género", "GENERO", "genero"):
        query.fill(words)
        found.append(shown(page))
    assert found[0] == found[1] == found[2] and "change" in found[0]
    query.fill("panama méxico")
    assert shown(page) == []
    query.fill("educadoras  cabildo")
    assert shown(page) == ["aice"]
    # What is typed is how a word begins.
    query.fill("ducadoras")
    assert shown(page) == []
    query.fill("“(¿uclg?)”")
    assert "uclg" in shown(page)
    query.fill("¿?")
    assert len(shown(page)) == page.locator("[data-entry]").count()


def test_what_is_asked_for_lives_in_the_address(open_page, content: Content):
    page = open_page(f"{NETWORKS}?q=ciudad&themes=climate,food&sort=newest")
    expect(page.locator('[data-slot="query"]')).to_have_value("ciudad")
    expect(page.locator('[data-slot="sort"]')).to_have_value("newest")
    expect(page.locator('[data-filter="themes"] input:checked')).to_have_count(2)
    before = shown(page)
    assert before and set(before) <= set(expected(content, themes=["climate", "food"]))

    # It holds in the other language, on the way back, and after a reload.
    page.locator("a[data-language]:visible").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator('[data-filter="themes"] input:checked')).to_have_count(2)
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", DEFAULT)
    assert shown(page) == before
    page.locator('[data-slot="query"]').fill("")
    address_has(page, themes="climate,food", sort="newest")
    page.reload()
    assert sorted(shown(page)) == sorted(expected(content, themes=["climate", "food"]))


def test_coming_back_from_a_practice(open_page):
    page = open_page(PRACTICES)
    check(page, "regions", "asia-pacific")
    before = shown(page)
    page.locator(f"#{before[0]} a").click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    expect(page.locator('[data-filter="regions"] input:checked')).to_have_count(1)
    assert shown(page) == before


@pytest.mark.parametrize(
    "asked",
    [
        "q=<img src=x>&themes=nada&sort=nada&otra=1",
        "themes=&q=&sort=default",
        "sort=constructor&q=%00",
        "themes=climate,climate,,&data",
    ],
)
def test_a_stranger_address_does_no_harm(open_page, asked):
    page = open_page(f"{NETWORKS}?{asked}")
    expect(page.locator('[data-slot="sort"]')).to_have_value("default")
    page.locator('[data-slot="query"]').fill("")
    assert shown(page)


def test_sorting(open_page, content: Content):
    page = open_page(NETWORKS)
    by_kind = shown(page)
    sort = page.locator('[data-slot="sort"]')
    sort.select_option("oldest")
    years = {one.id: one.founded or 9999 for one in content.catalogue.networks}
    ordered = shown(page)
    assert [years[id] for id in ordered] == sorted(years.values())
    expect(page.locator("#tipo-universal")).to_be_hidden()
    sort.select_option("newest")
    known = [years[id] for id in shown(page) if years[id] != 9999]
    assert known == sorted(known, reverse=True) and years[shown(page)[-1]] == 9999
    sort.select_option("name")
    names = page.eval_on_selector_all("[data-entry] h3", "all => all.map((one) => one.textContent)")
    assert names == page.evaluate("names => [...names].sort(new Intl.Collator('es', {numeric: true}).compare)", names)
    address_has(page, sort="name")
    sort.select_option("default")
    assert shown(page) == by_kind
    expect(page.locator("#tipo-universal")).to_be_visible()


def test_nothing_found_says_what_to_do(open_page, project: Project, content: Content):
    page = open_page(NETWORKS)
    check(page, "regions", "europe")
    page.locator('[data-slot="query"]').fill("xqzw")
    assert shown(page) == []
    empty = page.locator('[data-slot="empty"]')
    words = open_texts(project, DEFAULT)["catalogue"]
    expect(empty).to_contain_text(words["empty_text"])
    expect(empty.locator('a[href="#proponer"]')).to_be_visible()
    expect(page.locator('[data-slot="count"]')).to_contain_text("0 ")
    # Groups out of sight are not read out either.
    expect(page.locator(".catalogue").get_by_role("region")).to_have_count(0)
    empty.get_by_role("button").click()
    expect(page.locator('[data-slot="query"]')).to_be_focused()
    assert len(shown(page)) == len(content.catalogue.networks)
    expect(page.locator('[data-slot="active"]')).to_be_hidden()
    address_has(page)


def test_words_that_come_faster_than_frames_lose_no_entry(open_page, content: Content):
    """What was to be hidden after the next frame is not hidden when the next word wants it back."""
    page = open_page(NETWORKS)
    page.locator('[data-slot="query"]').evaluate(
        """(query) => {
          for (const words of ["metropolis", "xqzw", ""]) {
            query.value = words;
            query.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    assert len(shown(page)) == len(content.catalogue.networks)


def test_everything_by_keyboard(open_page, content: Content):
    page = open_page(NETWORKS)
    page.locator('[data-slot="query"]').focus()
    page.keyboard.type("clima")
    page.keyboard.press("Enter")
    by_word = shown(page)
    page.keyboard.press("Tab")
    expect(page.locator("#filtro-category")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert shown(page) == [id for id in by_word if id in expected(content, category=["universal"])]
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#filtro-themes")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator('[data-filter="themes"] input').first).to_be_checked()
    expect(page.locator(".chip")).to_have_count(2)
    # What is asked for goes one by one; focus stays among what is left.
    page.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".chip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[data-slot="query"]')).to_be_focused()
    assert shown(page) == by_word


def test_on_a_phone_filters_are_folded_and_say_how_many_are_on(open_page, content: Content):
    page = open_page(NETWORKS, viewport=PHONE, has_touch=True)
    expect(page.locator('[data-filter="category"]')).to_be_hidden()
    title = page.locator('[data-slot="filters-title"]')
    title.tap()
    page.locator('[data-filter="category"] label').first.tap()
    title.tap()
    expect(title).to_contain_text("(1)")
    assert sorted(shown(page)) == sorted(expected(content, category=["universal"]))
    page.set_viewport_size(DESKTOP)
    expect(page.locator('[data-filter="category"]')).to_be_visible()


def test_an_address_with_an_entry_shows_it(open_page):
    for options in ({}, {"viewport": PHONE}):
        page = open_page(f"{NETWORKS}#mercociudades", **options)
        expect(page.locator("#mercociudades")).to_be_in_viewport()


def test_the_site_search_finds_networks_and_practices(documents, site: Path, content: Content, project: Project):
    for code in project.codes:
        found = {one["location"] for one in search_entries(site, code)}
        for network in content.catalogue.networks:
            assert f"{in_language(NETWORKS, code, project)}#{network.id}" in found
