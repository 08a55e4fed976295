"""What contributors' Markdown may bring to a page: nothing alive, and what is dropped is told."""

from __future__ import annotations

import random
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from playwright.sync_api import Browser

from guide.checks import check, rendered
from guide.checks.broken_markdown import _TAGS
from guide.reading import inline_markdown, sanitiser
from guide.reading.project import open_project, open_texts, read_settings
from guide.reading.sanitiser import clean
from tests.conftest import CASE_FILES, ROOT, copy_small_project

pytestmark = pytest.mark.usefixtures("keeping")
HOSTILE = yaml.safe_load((CASE_FILES / "hostile-markdown.yml").read_text("utf-8"))
ALIVE = [one for kind in HOSTILE["alive"].values() for one in kind]
PAYLOADS = [*ALIVE, *HOSTILE["dead"]]
USED = rendered.extensions(read_settings(open_project(ROOT)))


def render(text: str) -> str:
    """``text`` as Markdown makes it, before anything is dropped."""
    return rendered.renderer(USED).reset().convert(text)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[int, list[tuple[int, str]]]:
    """(line, sentence) of what the check tells of each payload, on a page of its own, by its number."""
    root = tmp_path_factory.mktemp("hostile") / "project"
    copy_small_project(root)
    nav = []
    for number, payload in enumerate(PAYLOADS):
        for code in ("es", "en"):
            page = (root / f"docs/{code}/guia.md").read_text("utf-8")
            (root / f"docs/{code}/p-{number:03}.md").write_text(f"{page}\n{payload}\n", "utf-8")
        nav.append(f"      - p-{number:03}.md\n")
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("      - guia.md\n", "      - guia.md\n" + "".join(nav)), "utf-8"
    )
    project = open_project(root)
    found: dict[int, list[tuple[int, str]]] = {number: [] for number in range(len(PAYLOADS))}
    for one in check(project).errors:
        if match := re.fullmatch(r"docs/es/p-(\d+)\.md", one.path):
            found[int(match[1])].append((one.line, one.sentence(open_texts(project, "es"))))
    return found


@pytest.mark.parametrize(
    ("address", "linked", "own"),
    [
        # An address yet to be written leads to the page itself; an image without one is none.
        ("", True, False),
        ("a.md", True, True),
        ("../a/#b", True, True),
        ("#b", True, True),
        ("?a:b", True, True),
        ("/a", True, True),
        ("https://a.org/b?c#d", True, False),
        ("HTTP://a.org", True, False),
        ("https:", False, False),
        ("https:///a", False, False),
        ("mailto:a@b.org", True, False),
        ("mailto:", False, False),
        ("tel:+52", True, False),
        ("//a.org", False, False),
        ("javascript:alert(1)", False, False),
        ("data:text/html,x", False, False),
        ("a\\b", False, False),
        ("java\tscript:x", False, False),
        ("a\x7fb", False, False),
        ("a\u2028b", False, False),
        ('a"b', False, False),
        ("a>b", False, False),
    ],
)
def test_where_a_page_may_lead(address: str, linked: bool, own: bool):
    assert (sanitiser.is_link(address), sanitiser.is_own(address)) == (linked, own)


def test_there_are_payloads_enough_of_every_kind():
    assert len(ALIVE) > 200 and len(HOSTILE["alive"]) >= 9 and len(set(PAYLOADS)) == len(PAYLOADS)


def test_whoever_writes_it_is_told_on_the_line_that_brings_it(told):
    first = (ROOT / "tests/project/docs/es/guia.md").read_text("utf-8").count("\n") + 2
    silent = [PAYLOADS[number] for number in range(len(ALIVE)) if not told[number]]
    assert silent == []
    for number, payload in enumerate(ALIVE):
        last = first + payload.count("\n")
        assert any(first <= line <= last for line, _ in told[number]), (payload, told[number])


def test_nothing_is_dropped_without_a_word(told):
    silent = [PAYLOADS[number] for number in range(len(PAYLOADS)) if not told[number]]
    assert set(silent) <= set(HOSTILE["dead"]) and len(silent) > 10
    assert [one for one in silent if clean(render(one))[1]] == []


# What a page in a browser is asked about itself: everything in `data-place` that could act.
LOOK = """() => {
  const found = {};
  const tell = (node, what) => {
    const place = node.closest("[data-place]").dataset.place;
    (found[place] ||= []).push(what);
  };
  const addresses = ["href", "src", "cite", "action", "data", "poster", "background", "srcset", "xlink:href", "srcdoc"];
  const own = new URL(document.baseURI).host;
  for (const node of document.querySelectorAll("[data-place] *")) {
    const name = node.localName;
    if (/^(script|style|link|meta|base|iframe|frame|object|embed|form|input|button|select|textarea|dialog|svg|math|template|video|audio)$/.test(name)) tell(node, name);
    if (getComputedStyle(node).position === "fixed") tell(node, "fixed");
    for (const { name: key, value } of node.attributes) {
      if (/^on/i.test(key) || /^data-/.test(key) || ["name", "ping", "target", "tabindex", "contenteditable", "popover"].includes(key)) tell(node, key);
      if (key === "style" && !/^text-align: \\w+;$/.test(value)) tell(node, value);
      const taken = () => Array.from(document.querySelectorAll(`[id="${value}"]`)).some((one) => !one.closest("[data-place]"));
      if (key === "id" && (value === "abc" || taken())) tell(node, `#${value}`);
      if (!addresses.includes(key)) continue;
      let url;
      try { url = new URL(value, document.baseURI); } catch { tell(node, value); continue; }
      const links = name === "a" ? ["http:", "https:", "mailto:", "tel:"] : [];
      if (name === "a" ? !links.includes(url.protocol) : url.host !== own) tell(node, `${key} ${value}`);
    }
  }
  return found;
}"""


POLICY = r'<meta http-equiv="Content-Security-Policy"[^>]*>'


@pytest.fixture(scope="module")
def chapter(site: Path) -> str:
    """A page of the site, with a mark where its text would stand."""
    page = (site / "consideraciones/genero/index.html").read_text("utf-8")
    # Without its policy: the lists are looked at by themselves.
    page = re.sub(POLICY, "", page, count=1)
    return re.sub(r'(<article class="prose">).*?(</article>)', r"\1TEXT\2", page, flags=re.DOTALL)


def open_with(browser: Browser, address: str, chapter: str, texts: list[str]):
    """A page of the site that holds ``texts``; and what it asked of other hosts, and what ran."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    body = "".join(f'<div data-place="{number}">{text}</div>' for number, text in enumerate(texts))
    whole = chapter.replace("TEXT", body)
    place = address + "consideraciones/genero/"
    page.route("**/*", lambda route: route.abort())
    page.route(f"{address}**", lambda route: route.continue_())
    page.route(place, lambda route: route.fulfill(body=whole, content_type="text/html; charset=utf-8"))
    page.on("request", lambda one: one.url.startswith((address, "data:", "blob:")) or asked.append(one.url))
    # What the policy of the page kept back was not asked.
    page.on("requestfailed", lambda one: one.failure == "csp" and one.url in asked and asked.remove(one.url))
    page.add_init_script("window.hits = []; window.hit = () => window.hits.push('hit')")
    page.goto(place)
    return page, asked


def act(page) -> None:
    """What a reader does, to everything at once."""
    page.evaluate(
        """() => {
          document.addEventListener("click", (event) => event.preventDefault());
          for (const node of document.querySelectorAll("[data-place] *")) {
            for (const name of ["mouseover", "pointerover", "click", "focus", "toggle", "animationstart"]) {
              node.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
            }
          }
        }"""
    )


def test_nothing_of_it_is_alive_in_a_browser(browser, address, chapter):
    """Not even of what the check tells: should a page be shown all the same, it is dead."""
    page, asked = open_with(browser, address, chapter, [clean(render(one))[0] for one in PAYLOADS])
    assert page.locator("[data-place]").count() == len(PAYLOADS)
    act(page)
    alive = {PAYLOADS[int(place)]: what for place, what in page.evaluate(LOOK).items()}
    assert alive == {}
    assert asked == [] and page.evaluate("hits") == []
    # The site's own scripts found nothing in their way.
    assert page.evaluate("typeof abc") == "object" and page.locator("#contenido").count() == 1
    page.context.close()


def test_without_the_lists_most_of_it_would_be(browser, address, chapter):
    """What the last test looks for is there to be found."""
    texts = [render(one) for kind in ("handlers", "attribute lists", "addresses") for one in HOSTILE["alive"][kind]]
    whole = [one for one in texts if clean(one)[1] and "structure" not in {d.kind for d in clean(one)[1]}]
    page, _ = open_with(browser, address, chapter, whole)
    act(page)
    assert page.evaluate("hits.length") > 50
    assert len(page.evaluate(LOOK)) > 0.8 * len(whole)
    page.context.close()


def test_with_the_policy_none_of_it_runs_even_so(browser, address, chapter, site: Path):
    """Were the lists to fail, the page's own policy still stands."""
    policy = re.search(POLICY, (site / "consideraciones/genero/index.html").read_text("utf-8"))
    texts = [render(one) for kinds in HOSTILE["alive"].values() for one in kinds]
    page, asked = open_with(browser, address, chapter.replace("<head>", f"<head>{policy[0]}", 1), texts)
    act(page)
    assert page.evaluate("hits") == []
    assert asked == []
    page.context.close()


AROUND = [
    "{}",
    "- uno\n\n    {}",
    "> {}",
    '!!! example "T"\n\n    {}',
    '<div class="map" markdown>\n\n{}\n\n</div>',
    "<details markdown>\n<summary>S</summary>\n\n{}\n\n</details>",
    "1. uno\n2. {}",
    "| a | b |\n|---|---|\n| {} | c |",
    "Texto *con* {} y más.",
    "## {} {{#hostil}}",
]


def mutated(chance: random.Random, payload: str) -> str:
    """``payload`` written otherwise, and somewhere else."""
    letters = list(payload)
    for place, letter in enumerate(letters):
        if letter.isalpha() and chance.random() < 0.15:
            letters[place] = letter.swapcase()
        elif letter == " " and chance.random() < 0.15:
            letters[place] = chance.choice(["\n", "\t", "/", "  ", "\x0c"])
        elif chance.random() < 0.01:
            letters[place] = chance.choice(
                ["", letter * 2, f"&#{ord(letter)};", "\0" + letter, f"\\{letter}", '"', "'"]
            )
    around = chance.choice(AROUND)
    indent = re.search(r"^( *|> )\{\}", around, re.MULTILINE)
    return around.format("".join(letters).replace("\n", "\n" + (indent[1] if indent else "")))


@pytest.mark.parametrize("seed", range(3))
def test_however_it_is_written_nothing_gets_through(seed):
    """What is left is of the list by a second reading, says the same once more, and was told."""
    chance = random.Random(seed)
    for payload in PAYLOADS * 3:
        text = mutated(chance, payload)
        made, dropped = clean(render(text))
        assert clean(made) == (made, ()), text
        assert not re.search(r"<[^>]*\son\w+=\"|<(?:script|style|iframe|svg|form|input|img [^>]*src=\"\w+:)", made), (
            text
        )
        if rendered.is_ordinary(text):
            assert not dropped, text


def test_every_page_of_the_site_is_the_same_before_and_after(project):
    pages = sorted(project.docs.rglob("*.md"))
    assert len(pages) > 50
    for path in pages:
        html = render(path.read_text("utf-8").split("---\n", 2)[2])
        assert clean(html) == (html, ()), path


def test_what_is_of_use_may_stand_on_a_page():
    """Boxes, buttons, tables, notes that open, pictures, other languages: as they are, and without a word."""
    useful = {
        '!!! example "T"\n    Uno.': 'class="admonition example"',
        "[Ver](index.md){ .button }": 'class="button"',
        "| a | b |\n|:---|---:|\n| c | d |": 'style="text-align: right;"',
        '<table><tr><th scope="col">a</th></tr></table>': 'scope="col"',
        "## Parte {#parte}": 'id="parte"',
        '<div class="map" markdown>\n\n**a**\n\n</div>': "<strong>a</strong>",
        "<details markdown>\n<summary>S</summary>\n\n*a*\n\n</details>": "<details>",
        "<figure markdown>\n![Mapa](../assets/mapa.svg)\n<figcaption>M</figcaption>\n</figure>": "<figcaption>",
        'La *soft law* (<span lang="en">soft law</span>).': 'lang="en"',
        '<abbr title="Organización de las Naciones Unidas">ONU</abbr>': "<abbr title=",
        "![Mapa](../assets/mapa.svg){ width=300 }": 'width="300"',
        "[Correo](mailto:a@abc.example) y [teléfono](tel:+525512345678)": 'href="tel:',
        "<https://abc.example/a_(b)?c=d&e=f#g>": "c=d&amp;e=f#g",
        "<a@abc.example>": "&#109;",
        "H<sub>2</sub>O y <kbd>Ctrl</kbd>": "<sub>",
        "```python\nx\n```": 'class="language-python"',
        "<!-- una nota -->\n\nTexto.": "<!-- una nota -->",
        "3. tres\n4. cuatro": "<ol",
    }
    for text, wanted in useful.items():
        html = render(text)
        assert wanted in html and clean(html) == (html, ()), text


def test_html_that_two_readers_may_differ_about_is_written_anew():
    """Whatever reads the page afterwards by its letters, as the page of all chapters does, reads what a browser does."""
    assert clean("<img title='q src=\"x' alt=/../y\" src='assets/x.svg'>") == (
        '<img title="q src=&#34;x" alt="/../y&#34;" src="assets/x.svg">',
        (),
    )
    assert clean('<a href="a.md" href="b.md">x</a>') == ('<a href="a.md">x</a>', ())
    assert clean("<B>x</B>") == ("<b>x</b>", ())


@pytest.mark.parametrize(
    "deep", ["<div>", "<b>", "<span lang=es>", "<table><tr><td>", "<a href=x>", "<svg>", "</div>", "<!--"]
)
def test_endless_html_is_refused_at_once(deep):
    made, dropped = clean(deep * 50_000)
    assert len(made) < 50_000 * len(deep) and dropped


def test_no_template_has_an_id_that_pages_may_use():
    templates = [*ROOT.glob("overrides/**/*.html"), *ROOT.glob("hooks/guide/pages/templates/*.jinja")]
    shared = {
        id
        for path in ROOT.glob("overrides/**/*.html")
        for id in re.findall(r'\bid="([a-z-]+)"', path.read_text("utf-8"))
    }
    assert templates and shared <= sanitiser.RESERVED


def test_what_the_source_may_say_the_page_may_hold():
    assert _TAGS <= sanitiser.ELEMENTS


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_of_a_data_file_brings_nothing_either(payload):
    """Pages of checklists, catalogues, tools, course and glossary, and what search shows of them."""
    made = str(inline_markdown.html(payload, lambda target: target))
    assert clean(made) == (made, ())


def test_the_build_shows_nothing_that_got_past_the_check(project, monkeypatch, caplog):
    """And says so, as a warning, which stops publication."""
    import written_pages

    monkeypatch.setattr(written_pages, "build", SimpleNamespace(generated=lambda page: None, project=project))
    page = SimpleNamespace(file=SimpleNamespace(src_uri="es/acerca.md"))
    with caplog.at_level("WARNING"):
        shown = written_pages.on_page_content('<p onclick="x()">Texto</p>', page, None, None)
    assert shown == "<p>Texto</p>"
    assert "docs/es/acerca.md" in caplog.text
