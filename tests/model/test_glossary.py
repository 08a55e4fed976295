"""The glossary: what its author is told, its order, terms explained in place, words to avoid."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from guide.checks import check, forbidden_terms
from guide.model import glossary
from guide.model.content import Content, load
from guide.model.glossary import Term
from guide.pages import explained_terms
from guide.pages.explained_terms import CHAPTER, CHECKLIST, Lexicon
from guide.reading.problems import ContentError, Problems
from guide.reading.project import Project, open_texts
from tests.conftest import CASE_FILES, PHONE, ROOT, open_again
from tests.model.test_loader import change
from tests.model.test_loader import project as small  # noqa: F401
from tests.pages.test_accessibility import violations
from tests.scripts.test_assessment import show_all
from tests.search_index import search_entries

pytestmark = pytest.mark.usefixtures("keeping")
CASES = yaml.safe_load((CASE_FILES / "glossary-cases.yml").read_text("utf-8"))
CHAPTER_PAGE = "consideraciones/alineacion/"
CHECKLIST_PAGE = "autoevaluacion/sociedad-civil/"


def named(kind: str):
    return pytest.mark.parametrize("case", CASES[kind], ids=[case["name"] for case in CASES[kind]])


def told(root: Path) -> list[str]:
    opened = open_again(root)
    try:
        load(opened)
    except ContentError as error:
        return error.problems.report(open_texts(opened, "es")).splitlines()
    return []


@named("loader")
def test_an_author_is_told_what_is_wrong_in_the_glossary(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **{"file": "data/glossary.yml", **one})
    assert told(small) == case["expect"]


@named("wording")
def test_an_author_is_told_which_words_to_avoid(small: Path, case: dict):
    for one in case["changes"]:
        change(small, **one)
    assert words_told(small, "es") == case["expect"]


def words_told(root: Path, code: str) -> list[str]:
    """What the whole check says of words to avoid: it is an error, with the others."""
    opened = open_again(root)
    errors = check(opened, history=False).errors
    return [one.sentence(open_texts(opened, code)) for one in errors if one.code == "avoided"]


def test_a_word_to_avoid_is_told_with_the_mistakes_of_other_files(small: Path):
    change(small, "docs/es/guia.md", **{"from": "El cabildo.", "to": "Un tratado local."})
    change(small, "docs/es/guia.md", **{"from": "(index.md)", "to": "(inicio.md)"})
    change(small, "checklists/uno.yml", **{"from": "minutes:", "to": "minuts:"})
    codes = {one.code for one in check(open_again(small)).errors}
    assert {"avoided", "unknown_key_near"} < codes and any(code.startswith("link") for code in codes), codes


def test_the_reason_is_in_the_authors_language(small: Path):
    change(small, "docs/es/guia.md", **{"from": "## Segunda", "to": "Un tratado local.\n## Segunda"})
    (line,) = words_told(small, "en")
    assert line.endswith("A municipality concludes no treaties.")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_at_any_place_of_the_glossary_is_told_or_right(small: Path, data):
    path = small / "data/glossary.yml"
    document = yaml.safe_load((ROOT / "tests/project/data/glossary.yml").read_text("utf-8"))
    values = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    values |= st.lists(values, max_size=2) | st.dictionaries(st.sampled_from(["es", "en", "x"]), values, max_size=2)
    inner = document["terms"]
    while True:
        key = data.draw(st.sampled_from(list(inner) if isinstance(inner, dict) else range(len(inner))))
        if not isinstance(inner[key], dict | list) or not inner[key] or data.draw(st.booleans()):
            break
        inner = inner[key]
    inner[key] = data.draw(values)
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    assert all(line.startswith("data/glossary.yml") for line in told(small))
    opened = open_again(small)
    terms = glossary.read(opened, Problems(), {"page": (), "section": ()}).terms
    forbidden_terms.check(opened, terms, Problems())


def test_the_sites_own_glossary(content: Content):
    terms = content.glossary.terms
    assert len(terms) >= 70
    assert [one.id for one in terms] == sorted(one.id for one in terms), "Keep the order of ids."
    # Every text is clean: `make check` says so too, in test_command.


def term(id: str, es: str, explained: bool = True, *forms: str) -> Term:
    return Term(
        id=id, term={"es": es, "en": es}, abbreviation={}, definition={"es": "d", "en": "d"}, note=None,
        forms={"es": forms}, avoid={}, related=(), see=None, sources=(), explain=explained,
    )  # fmt: skip


TERMS = (
    term("acuerdo", "acuerdo", True, "acuerdos"),
    term("acuerdo-de-paz", "acuerdo de paz"),
    term("red", "red", False),
    term("cid", "CID"),
    term("lgbti", "LGBTI+"),
)
LINK = re.compile(r'<a class="term" href="[^"]*" data-term="[^"]*">(.*?)</a>', re.DOTALL)


@named("explain")
def test_terms_are_explained_where_they_are_first_used(case: dict):
    manner = CHECKLIST if case.get("manner") else CHAPTER
    html, _ = explained_terms.explain(case["html"], Lexicon(TERMS, "es"), manner, lambda target: target)
    assert LINK.sub(r"[\1]", html) == case["expect"]


def test_a_page_explains_few_terms():
    many = [term(f"t{place}", f"palabra{place}") for place in range(30)]
    html = "".join(f"<h2>x</h2><p>Una palabra{place}.</p>" for place in range(30))
    for manner, most in ((CHAPTER, 8), (CHECKLIST, 6)):
        given_html = html.replace("<p>", '<p class="why">')
        _, found = explained_terms.explain(given_html, Lexicon(many, "es"), manner, str)
        assert len(found) == most


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<li class=x>",
                "</li>",
                "<a href='>'>",
                "</a>",
                "acuerdo",
                " ",
                "\n",
                "<",
                ">",
                "&",
                "&amp;",
                "<!--",
                "-->",
                "<br>",
                "«",
                "CID",
                "</",
                "<script>",
                "é",
            ]
        )
    )
)
def test_nothing_but_links_is_added(parts: list[str]):
    html = "".join(parts)
    for manner in (CHAPTER, CHECKLIST):
        out, _ = explained_terms.explain(html, Lexicon(TERMS, "es"), manner, lambda target: target)
        assert LINK.sub(r"\1", out) == html


def test_each_language_has_its_own_order():
    words = ["ñandú", "nube", "Ángel", "ancla", "zona", "ozono", "2030", "acción"]
    terms = [term(str(place), word) for place, word in enumerate(words)]
    orders = {
        "abcdefghijklmnñopqrstuvwxyz": ["2030", "acción", "ancla", "Ángel", "nube", "ñandú", "ozono", "zona"],
        "abcdefghijklmnopqrstuvwxyz": ["2030", "acción", "ancla", "Ángel", "ñandú", "nube", "ozono", "zona"],
    }
    for alphabet, order in orders.items():
        letters = glossary.alphabetical(terms, "es", alphabet)
        assert [one.term["es"] for _, group in letters for one in group] == order
        assert [letter for letter, _ in letters][:2] == ["0", "a"]
        assert ("ñ" in dict(letters)) == ("ñ" in alphabet)


# The built site


def terms_on(document) -> list:
    return document.find("a", class_="term")


def test_every_term_has_its_place_on_the_page_of_every_language(documents, content, project: Project):
    for code in project.codes:
        document = documents["glosario/" if code == project.default else f"{code}/glosario/"]
        places = [one["id"] for one in document.elements if "glossary-term" in one.classes]
        assert set(places) == {one.id for one in content.glossary.terms}
        names = [one.text for one in document.find("dfn")]
        alphabet = open_texts(project, code)["glossary"]["alphabet"]
        assert names == sorted(names, key=lambda one: glossary.sorting_key(one, alphabet))


def test_explained_terms_are_links_once_a_page_and_never_inside_a_label(documents):
    marked = 0
    for path, document in documents.items():
        terms = terms_on(document)
        ids = [one["data-term"] for one in terms]
        assert len(ids) == len(set(ids)) <= 8, path
        marked += bool(ids)
        for one in terms:
            assert one["href"].endswith(f"glosario/#{one['data-term']}"), path
            inside = {up.tag for up in one.inside}
            assert not inside & {"a", "h1", "h2", "h3", "label", "legend", "button", "th", "summary", "code"}, path
            assert not any({"objectives", "admonition-title"} & set(up.classes) for up in one.inside), path
        data = [one.text for one in document.find("script", id="explicaciones")]
        assert [list(json.loads(one)) for one in data] == ([sorted(ids)] if ids else []), path
    assert marked >= 20
    assert terms_on(documents[CHAPTER_PAGE]) and terms_on(documents[CHECKLIST_PAGE])
    assert not terms_on(documents[""]) and not terms_on(documents["bibliografia/"])


def test_search_knows_nothing_of_explanations(site: Path, documents, project: Project):
    for code in project.codes:
        assert "data-term" not in (site / f"search/{code}.js").read_text("utf-8")
        entries = search_entries(site, code)
        chapters = [one for one in entries if "consideraciones/" in one["location"]]
        # Marked text would have a space before the full stop that follows a term.
        terms = {re.escape(one.text) for path in documents for one in terms_on(documents[path])}
        assert not any(re.search(rf"\b({'|'.join(terms)}) [.,;:]", one["text"]) for one in chapters)


def test_the_script_is_tiny(site: Path):
    assert len(gzip.compress((site / "assets/bundles/glossary.js").read_bytes())) < 4_600


# In a browser


def panel(page: Page):
    return page.locator("#explicacion")


def test_a_term_opens_and_closes_by_keyboard(open_page):
    page = open_page(CHAPTER_PAGE)
    term = page.locator("a.term").first
    for key in ("Enter", "Space"):
        term.focus()
        expect(term).to_have_attribute("aria-expanded", "false")
        page.keyboard.press(key)
        expect(panel(page)).to_be_visible()
        expect(panel(page)).to_be_focused()
        expect(term).to_have_attribute("aria-expanded", "true")
        assert page.url.endswith(CHAPTER_PAGE)
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
        expect(term).to_be_focused()
        expect(term).to_have_attribute("aria-expanded", "false")
    # The keyboard goes on through the explanation to what follows the term.
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(panel(page).locator("a")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(panel(page)).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('article') !== null")
    term.focus()
    page.keyboard.press("Enter")
    panel(page).locator("button").click()
    expect(panel(page)).to_be_hidden()
    expect(term).to_be_focused()


def test_a_term_says_what_the_glossary_says(open_page, content: Content):
    page = open_page(f"en/{CHAPTER_PAGE}")
    terms = {one.id: one for one in content.glossary.terms}
    for link in page.locator("a.term").all():
        one = terms[link.get_attribute("data-term")]
        link.click()
        expect(panel(page).locator("p").nth(0)).to_contain_text(one.term["en"])
        expect(panel(page).locator("p").nth(1)).to_have_text(one.definition["en"])
        page.keyboard.press("Escape")
    page.locator("a.term").first.click()
    panel(page).locator("a").click()
    expect(page.locator(".glossary-term:target")).to_be_in_viewport()


def term_in_sight(page: Page) -> Locator:
    """The first term that is explained, with what it is folded in open."""
    if page.locator("html.one").count():
        show_all(page)
    term = page.locator("a.term").first
    term.evaluate("one => { const fold = one.closest('details'); if (fold) fold.open = true }")
    return term


def test_a_term_opens_and_closes_by_touch(open_page):
    page = open_page(CHECKLIST_PAGE, viewport=PHONE, has_touch=True)
    term = term_in_sight(page)
    term.scroll_into_view_if_needed()
    term.tap()
    expect(panel(page)).to_be_visible()
    box = panel(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    term.tap()
    expect(panel(page)).to_be_hidden()
    term.tap()
    expect(panel(page)).to_be_visible()
    page.locator("h1").tap(force=True)
    expect(panel(page)).to_be_hidden()


def test_a_term_of_a_criterion_answers_nothing(open_page):
    page = open_page(CHECKLIST_PAGE)
    term_in_sight(page).click()
    page.keyboard.press("Escape")
    assert page.locator("input[type=radio]:checked:not([name=depth])").count() == 0


def test_without_a_script_a_term_is_a_link(open_page):
    page = open_page(CHAPTER_PAGE, java_script_enabled=False)
    expect(panel(page)).to_be_hidden()
    term = page.locator("a.term").first
    id = term.get_attribute("data-term")
    term.click()
    assert page.url.endswith(f"glosario/#{id}")
    expect(page.locator(f"#{id}")).to_be_in_viewport()
    expect(page.locator("#filtro")).to_be_hidden()
    assert page.locator(".glossary-term").count() == page.locator(".glossary-term:visible").count()


def test_an_older_browser_keeps_the_links(open_page):
    page = open_page(CHAPTER_PAGE, script="delete HTMLElement.prototype.showPopover")
    expect(panel(page)).to_be_hidden()
    page.locator("a.term").first.click()
    expect(page.locator(".glossary-term:target")).to_be_in_viewport()


def test_the_glossary_filters_as_one_types(open_page, content: Content):
    page = open_page("glosario/")
    field, shown = page.locator("#filtro"), page.locator(".glossary-term:visible")
    field.fill("GENERO perspectiva")
    expect(page.locator("#perspectiva-de-genero")).to_be_visible()
    expect(page.locator("#hermanamiento")).to_be_hidden()
    expect(page.locator("#filtro-estado")).to_contain_text(str(shown.count()))
    assert page.locator(".glossary-letter-name:visible").count() <= shown.count()
    field.fill("twinning")
    expect(page.locator("#hermanamiento")).to_be_visible()
    # A link to a term the filter hides shows it.
    page.locator("#hermanamiento .glossary-links a").first.click()
    expect(page.locator(".glossary-term:target")).to_be_in_viewport()
    expect(field).to_have_value("")
    # How many there are is said for none, for one and for several.
    status = page.locator("#filtro-estado")
    texts = page.locator(".glossary-term").all_inner_texts()
    words = sorted(set(re.findall(r"\b[a-z]{9,}\b", " ".join(texts))))
    only = next(word for word in words if sum(word in one.lower() for one in texts) == 1)
    wanted = status.evaluate("({ dataset }) => ({ ...dataset })")
    for typed, key in ((only, "countOne"), ("a", "countOther"), ("xqzw", "none")):
        field.fill(typed)
        said = wanted[key].replace("{count}", str(shown.count())).replace("{query}", typed)
        assert (shown.count() == 1, shown.count() > 1) == (key == "countOne", key == "countOther"), typed
        expect(status).to_have_text(said)
    field.fill("xqzw")
    expect(shown).to_have_count(0)
    expect(page.locator("#filtro-estado")).to_contain_text("xqzw")
    field.fill("")
    expect(shown).to_have_count(len(content.glossary.terms))


@pytest.mark.parametrize("scheme, viewport", [("light", None), ("dark", PHONE)])
def test_no_violations_with_an_explanation_open(open_page, scheme, viewport):
    options = {"viewport": viewport} if viewport else {}
    page = open_page(CHAPTER_PAGE, color_scheme=scheme, **options)
    start = page.url.removesuffix(CHAPTER_PAGE)
    found = []
    for path in (CHAPTER_PAGE, CHECKLIST_PAGE):
        page.goto(start + path)
        term_in_sight(page).click()
        expect(panel(page)).to_be_visible()
        found += violations(page)
    assert found == []
