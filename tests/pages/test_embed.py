"""Pages inside another site's page: ``?embed``, the height they tell, and where their links lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from guide.model.content import Content
from guide.reading.project import Project
from tests.conftest import PHONE
from tests.documents import Document
from tools.server import serve

AROUND = ".masthead, .section-nav, .toc, .breadcrumb, .page-end, .footer, .skip"


def pages(content: Content) -> list[str]:
    """One page of each kind."""
    return [
        "",
        "acerca/",
        "autoevaluacion/",
        f"autoevaluacion/{content.checklists[0].id}/",
        "autoevaluacion/resultados/",
        "herramientas/plantillas/",
        "curso/",
        "curso/modulo-2/",
    ]


def test_an_embedded_page_is_its_content_alone(open_page, content: Content):
    page = open_page("?embed")
    start = page.url.removesuffix("?embed")
    for path in pages(content):
        page.goto(f"{start}{path}?embed")
        assert page.locator(AROUND).locator("visible=true").count() == 0, path
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".embed-source a[data-whole]")).to_be_visible()
        page.goto(start + path)
        expect(page.locator(".masthead")).to_be_visible()
        expect(page.locator(".embed-source")).to_be_hidden()


def test_nothing_flashes(site: Path):
    """The class is set in the head, before anything is drawn."""
    source = (site / "acerca/index.html").read_text("utf-8")
    assert '.has("embed")' in source.partition("</head>")[0]


@pytest.mark.parametrize("width", [320, 700])
def test_an_embedded_page_fits_a_narrow_frame(open_page, content: Content, width: int):
    page = open_page("?embed", viewport={"width": width, "height": 600})
    start = page.url.removesuffix("?embed")
    for path in pages(content):
        page.goto(f"{start}{path}?embed")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_links_stay_embedded_or_open_apart(open_page):
    page = open_page("consideraciones/alineacion/?embed")
    start = page.url.split("consideraciones/")[0]
    page.locator('main a[href*="bibliografia"]').first.click()
    page.wait_for_url(f"{start}bibliografia/?embed=in#*")
    outside = page.locator('.bibliography a[href^="http"]').first
    page.evaluate("addEventListener('click', (event) => event.preventDefault(), { once: true })")
    outside.click()
    assert outside.get_attribute("target") == "_blank" and "noopener" in outside.get_attribute("rel")
    page.goto(f"{start}consideraciones/alineacion/?embed")
    with page.context.expect_page() as opened:
        page.locator(".embed-source a[data-whole]").click()
    expect(opened.value).to_have_url(f"{start}consideraciones/alineacion/")
    expect(opened.value.locator(".masthead")).to_be_visible()


def test_links_within_a_page_do_not_load_it_again(open_page):
    page = open_page("autoevaluacion/rapida/?embed")
    page.evaluate("window.same = true")
    page.evaluate("""document.querySelector('main a[href^="#"]').click()""")
    assert "?embed#" in page.url and page.evaluate("window.same") is True


def test_downloads_are_left_alone(open_page):
    page = open_page("herramientas/plantillas/?embed")
    with page.expect_download() as found:
        page.locator("a[download]").first.click()
    assert found.value.suggested_filename.endswith(".docx")


def test_printing_an_embedded_page_prints_its_content(open_page):
    page = open_page("consideraciones/alineacion/?embed")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    assert page.locator(AROUND).locator("visible=true").count() == 0


@pytest.fixture
def host(tmp_path: Path, documents: dict[str, Document], address: str):
    """Another site whose page holds the snippets of the trainer's page, pasted as they stand."""
    codes = [one for one in documents["curso/docentes/"].find("code") if "<iframe" in one.text]
    assert len(codes) == 2, "the trainer's page offers a frame with a script and one without"
    return codes, tmp_path


def test_the_frame_grows_with_its_page(browser, documents, address: str, host, project: Project):
    """The snippet of the trainer's page, pasted into another site, as it stands."""
    codes, folder = host
    snippet = codes[0].whole.replace("https://abc.example/", address)
    assert address in snippet
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{snippet}", "utf-8")
    with serve(folder) as start:
        # Another host name is another site.
        page = browser.new_page(viewport=PHONE)
        page.goto(start.replace("127.0.0.1", "localhost"))
        frame = page.locator("iframe")
        inner = page.frame_locator("iframe")
        expect(inner.locator("h1")).to_be_visible()
        height = "(frame) => frame.getBoundingClientRect().height"
        page.wait_for_function("() => document.querySelector('iframe').clientHeight > 900")
        assert inner.locator("html").evaluate("(one) => one.scrollHeight - one.clientHeight") == 0
        # Whoever else sends a message does not set the height.
        before = frame.evaluate(height)
        page.evaluate("window.postMessage({type: 'abc-height', height: 5}, '*')")
        page.wait_for_timeout(50)
        assert frame.evaluate(height) == before
        page.close()


def test_nothing_but_the_height_and_the_place_is_told(open_page, content: Content):
    """Answers stay where they are, whatever the page around asks."""
    page = open_page(f"autoevaluacion/{content.checklists[0].id}/?embed")
    address = page.url
    page.goto(address.split("autoevaluacion")[0] + "404.html")
    page.evaluate(
        """(address) => {
          window.told = [];
          addEventListener("message", (event) => told.push(event.data));
          const frame = Object.assign(document.createElement("iframe"), { src: address });
          document.body.append(frame);
        }""",
        address,
    )
    inner = page.frame_locator("iframe")
    # Whoever only opened the page around is not carried off.
    page.wait_for_function("() => told.length > 0")
    page.wait_for_timeout(200)
    assert page.evaluate("told.filter((one) => 'top' in one)") == []
    inner.locator('input[type="radio"]').first.check()
    # Narrow, the frame shows a question at a time.
    inner.locator('[data-slot="question-next"]').press("Enter")
    page.wait_for_function("() => told.some((one) => 'top' in one)")
    keys = page.evaluate("[...new Set(told.flatMap((one) => Object.keys(one)))].sort()")
    assert keys == ["height", "top", "type"]
    assert page.evaluate("told.every(({ type, height }) => type === 'abc-height' && Number.isInteger(height))")
    assert page.evaluate("told.every(({ top }) => top === undefined || Number.isInteger(top))")
    # Whoever went to a page in the frame is at its top, or at the place that the link named, and nowhere else.
    start = address.replace("?embed", "?embed=in")
    place = content.checklists[0].criteria[-1].id
    for hash, at_top in (("", True), (f"#{place}", False), ("#no-such-place", True)):
        page.evaluate(
            """(address) => {
              document.querySelector("iframe").remove();
              told.length = 0;
              const frame = Object.assign(document.createElement("iframe"), { src: address });
              frame.style.inlineSize = "60rem";
              document.body.append(frame);
            }""",
            start + hash,
        )
        page.wait_for_function("() => told.some((one) => 'top' in one)")
        tops = page.evaluate("told.filter((one) => 'top' in one).map(({ top }) => top)")
        assert set(tops) == {0} if at_top else min(tops) > 300, (hash, tops)


def test_the_fixed_frame_needs_no_script(host):
    codes, _ = host
    fixed = codes[1].whole
    assert "<script" not in fixed and 'title="' in fixed and "?embed" in fixed
