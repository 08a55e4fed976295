"""Inside a real page of another site, in a frame as high as its page: where people land, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guide.model.content import Content
from guide.reading.project import Project, open_texts
from tests.conftest import NAME_ASKED
from tests.documents import Document
from tools.server import serve

WINDOW = {"width": 1000, "height": 700}
# As browsers do that keep nothing for a site inside another one.
REFUSED = """if (window.top !== window) Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""
# Before and after the frame there is more, as in a learning platform; what scrolls is a box of the page.
HOST = """<!doctype html><meta charset=utf-8><title>Aula</title><style>body {{ margin: 0 }}
#page {{ block-size: 100vh; overflow: auto }} .more {{ block-size: 900px }}</style>
<div id=page><div class=more>Antes</div>{snippet}<div class=more>Después</div></div>"""


@pytest.fixture
def embed(browser, tmp_path: Path, documents: dict[str, Document], address: str):
    """``embed(path)`` shows a page of the site inside another site's, by the snippet of the trainer's page."""
    (code, _) = [one for one in documents["curso/docentes/"].find("code") if "<iframe" in one.text]
    contexts = []

    def embed(path: str, script: str = "", late: int = 0) -> Page:
        snippet = code.whole.replace("https://abc.example/curso/participantes/modulo-2/", address + path)
        assert f'src="{address}{path}?embed"' in snippet
        if late:
            # A platform that puts scripts in after everything else.
            frame, _, rest = snippet.partition("<script>")
            text = rest.partition("</script>")[0].replace("\\", "\\\\").replace("`", "\\`")
            snippet = f"{frame}<script>setTimeout(() => {{ {text} }}, {late})</script>"
        (tmp_path / "index.html").write_text(HOST.format(snippet=snippet), "utf-8")
        context = browser.new_context(viewport=WINDOW, screen=WINDOW, reduced_motion="reduce", locale="es-MX")
        context.add_init_script(NAME_ASKED + script)
        contexts.append(context)
        page = context.new_page()
        # Another host name is another site.
        page.goto(start.replace("127.0.0.1", "localhost"))
        page.locator("iframe").scroll_into_view_if_needed()
        inner = page.frame_locator("iframe")
        expect(inner.locator("h1")).to_be_visible()
        page.wait_for_function("() => document.querySelector('iframe').clientHeight > 1500")
        return page

    with serve(tmp_path) as start:
        yield embed
        for context in contexts:
            context.close()


def in_window(page: Page, selector: str) -> float:
    """How far below the top of the window of the person an element of the frame stands."""
    box = page.frame_locator("iframe").locator(selector).first.bounding_box()
    assert box
    return box["y"]


def wait_in_window(page: Page, selector: str, most: float = 300) -> None:
    """Waits until it stands near the top, below what a platform holds there."""
    for _ in range(60):
        box = page.frame_locator("iframe").locator(selector).first.bounding_box()
        if box and 0 <= box["y"] <= most:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{selector} stands at {box and box['y']}")


def test_whoever_opens_the_course_is_not_carried_off(embed):
    page = embed("consideraciones/alineacion/")
    page.locator("#page").evaluate("(one) => one.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    assert page.locator("#page").evaluate("(one) => one.scrollTop") == 0


def test_what_a_link_names_stands_in_the_window(embed, content: Content):
    """A source cited in the middle of a chapter; then back, and on to a page without a place of its own."""
    page = embed("consideraciones/alineacion/")
    inner = page.frame_locator("iframe")
    link = inner.locator('main a[href*="bibliografia"]').nth(4)
    name = link.get_attribute("href").partition("#")[2]
    link.click()
    expect(inner.locator(".bibliography").first).to_be_attached()
    wait_in_window(page, f"#{name}")
    # The start of another page, not the middle of it.
    page.goto(page.url)
    inner.locator('main a[href*="autoevaluacion/alineacion"]').last.click()
    expect(inner.locator(".criterion").first).to_be_attached()
    wait_in_window(page, "h1")
    # A place of the same page.
    inner.locator(f'a[href$="#{content.checklists[0].criteria[6].id}"]').first.click()
    wait_in_window(page, f"#{content.checklists[0].criteria[6].id}")


def test_dialogs_open_where_the_person_is(embed):
    page = embed("autoevaluacion/alineacion/")
    inner = page.frame_locator("iframe")
    inner.locator('input[type="radio"]').nth(3).check()
    button = inner.locator('[data-action="reset"]').first
    fold = inner.locator("details", has=button).first
    if fold.count() and not button.is_visible():
        fold.locator("summary").first.click()
    button.click()
    dialog = inner.locator("dialog[open]")
    box = dialog.bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= WINDOW["height"], box


def test_the_saved_state_stands_beside_the_answer(embed, content: Content, project: Project):
    page = embed("autoevaluacion/alineacion/")
    inner = page.frame_locator("iframe")
    one = content.checklists[0].criteria[2].id
    inner.locator(f'input[name="{one}"]').nth(1).check()
    note = inner.locator(f'[data-criterion="{one}"] .answer-note')
    expect(note).to_contain_text(open_texts(project, project.default)["store"]["saved"].partition("{")[0].strip())
    expect(note).to_contain_text("1")
    assert 0 <= in_window(page, ".answer-note") <= WINDOW["height"]


def test_where_nothing_is_kept_the_first_answer_says_so_and_goes_along(embed, content: Content, project: Project):
    page = embed("autoevaluacion/alineacion/", script=REFUSED)
    inner = page.frame_locator("iframe")
    words = open_texts(project, project.default)["store"]
    first, second = (one.id for one in content.checklists[0].criteria[:2])
    above = inner.locator(f'[data-criterion="{first}"] .answer-note')
    expect(above).to_contain_text(words["tab_text"])
    assert above.bounding_box()["y"] < inner.locator(f'input[name="{first}"]').first.bounding_box()["y"]
    inner.locator(f'input[name="{first}"]').nth(2).check()
    inner.locator(f'input[name="{second}"]').nth(3).check()
    note = inner.locator(f'[data-criterion="{second}"] .answer-note')
    expect(note).to_contain_text(words["tab_text"])
    with page.context.expect_page() as opened:
        note.get_by_role("link", name=words["tab"]).click()
    tab = opened.value
    expect(tab).to_have_url(f"{tab.url.partition('?')[0].partition('#')[0]}#{second}")
    expect(tab.locator(".masthead")).to_be_visible()
    expect(tab.locator(f'input[name="{first}"]').nth(2)).to_be_checked()
    expect(tab.locator(f'input[name="{second}"]').nth(3)).to_be_checked()
    # There it is kept.
    tab.reload()
    expect(tab.locator(f'input[name="{second}"]').nth(3)).to_be_checked()


def test_the_other_language_is_one_press_away(embed, project: Project):
    page = embed("consideraciones/alineacion/")
    inner = page.frame_locator("iframe")
    (other,) = (one for one in project.languages if one.code != project.default)
    inner.locator(".embed-source").get_by_role("link", name=other.name).click()
    expect(inner.locator(f'html[lang="{other.code}"]')).to_be_attached()
    expect(inner.locator(".masthead")).to_be_hidden()


def test_a_page_around_that_listens_late_is_told_again(embed):
    page = embed("consideraciones/alineacion/", late=2_000)
    assert page.locator("iframe").evaluate("(one) => one.clientHeight") > 1500
