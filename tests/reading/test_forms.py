"""What writers know of Material has the forms of this site: complete without scripts, and nobody else's HTML gets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.checks.rendered import extensions, renderer
from guide.model.content import Content
from guide.pages.areas import ICONS
from guide.reading import icons
from guide.reading.forms import filled, icons_in_markdown
from guide.reading.project import Project, open_texts, read_settings
from guide.reading.sanitiser import clean
from tests.conftest import ROOT
from tests.documents import Document

WORDS = {"to_do": "Por hacer", "done": "Hecho", "notes": "Notas", "back": "Volver"}
TEXT = """
??? tip "Plegado"

    Dentro.

???+ "Sin tipo"

    Abierto.

=== "Uno"

    Primero.

=== "Dos"

    Segundo.

- [ ] Pedir
- [x] Reunir

Firma SRE, y otra vez SRE.[^a]

[^a]: La nota.

*[SRE]: Secretaría

Término
:   Qué es.

:material-account: Quién, `:material-account:`, :material-nadie:
"""


@pytest.fixture(scope="module")
def used() -> dict:
    from guide.reading.project import open_project

    return extensions(read_settings(open_project(ROOT)))


def shown(used: dict, text: str) -> tuple[Document, str]:
    html, dropped = clean(renderer(used).reset().convert(text))
    assert dropped == ()
    html = filled(html, WORDS)
    return Document(html), html


def test_every_form_is_complete_html(used):
    document, html = shown(used, TEXT)
    closed, opened, *tabs = document.find("details")
    assert closed.classes == ["admonition", "tip"] and closed["open"] is None
    assert opened["open"] is not None
    # One of a name is open at a time, with no script.
    assert [one["name"] for one in tabs] == ["tabs-1", "tabs-1"]
    assert [one["open"] is not None for one in tabs] == [True, False]
    assert [one.text for one in document.find("summary")] == ["Plegado", "Sin tipo", "Uno", "Dos"]
    assert not document.find("input") and not document.find("label")
    listed = [one.text for one in document.find("li")]
    assert listed[:2] == ["Por hacer: Pedir", "Hecho: Reunir"]
    assert [one["title"] for one in document.find("abbr")] == ["Secretaría"] * 2
    # Where a finger or the keyboard opens it, and paper writes it out: once.
    assert [one["tabindex"] for one in document.find("abbr")] == ["0", None]
    assert "Notas" in html and "↩" in html and "Volver" in html
    assert [one.text for one in document.find("dt") + document.find("dd")] == ["Término", "Qué es."]
    assert html.count("<svg") == 1 and "<code>:material-account:</code>" in html and ":material-nadie:" in html
    assert 'aria-hidden="true"' in html and "http://" not in html.replace("http://www.w3.org", "")


def test_tabs_are_numbered_on_their_page(used):
    document, _ = shown(used, '=== "A"\n\n    a\n\nEntre.\n\n=== "B"\n\n    b\n\n    === "C"\n\n        c\n')
    assert [one["name"] for one in document.find("details")] == ["tabs-1", "tabs-2", "tabs-3"]


@pytest.mark.parametrize(
    "text",
    [
        '<div class="tabbed-set"><input type="radio"><label>a</label></div>',
        '<input type="checkbox" onclick="alert(1)">',
        "Texto.\n{: .visually-hidden }",
        '<details name="menu"><summary>a</summary></details>',
        '<i class="icon-material-account icon-evil"></i>',
        '<svg onload="alert(1)"></svg>',
        '=== "<img src=x onerror=alert(1)>"\n\n    a',
        '??? note "<script>alert(1)</script>"\n\n    a',
        "[^a]\n\n[^a]: <iframe src=x></iframe>",
        '*[SRE]: a\\" onmouseover="alert(1)\n\nSRE <b onclick=alert(1)>x</b>',
    ],
)
def test_html_of_others_is_still_cleaned(used, text):
    html, dropped = clean(renderer(used).reset().convert(text))
    assert dropped
    document = Document(html)
    assert not [one for one in document.elements if one.tag in ("input", "script", "iframe", "label", "svg")]
    assert not [name for one in document.elements for name in one.attributes if name.startswith("on")]
    assert "visually-hidden" not in html and "icon-evil" not in html and 'name="menu"' not in html


def test_icons_of_templates_and_data_stay_without_the_theme(content: Content):
    named = {*ICONS.values(), *(one.icon for one in content.catalogue.themes if one.icon)}
    written = "".join(path.read_text("utf-8") for path in (ROOT / "hooks/guide/pages/templates").iterdir())
    written += "".join(path.read_text("utf-8") for path in (ROOT / "overrides").rglob("*.html"))
    named |= set(re.findall(r'icon\("([a-z-]+)"\)', written))
    there = {
        path.relative_to(ROOT / "overrides/.icons").with_suffix("").as_posix().replace("/", "-")
        for path in (ROOT / "overrides/.icons").rglob("*.svg")
    }
    assert named == there
    assert all(icons.svg(one) for one in named)


def test_an_icon_is_drawn_for_other_engines_too():
    made = icons_in_markdown(
        "Un :material-account: y `:material-account:` y :material-nadie:\n\n```\n:material-account:\n```\n"
    )
    assert made.count("<svg") == 1 and made.count(":material-account:") == 2 and ":material-nadie:" in made


def test_every_language_has_the_words(project: Project):
    for code in project.codes:
        assert open_texts(project, code)["forms"].keys() == WORDS.keys()


def test_every_set_of_icons_can_be_named():
    for name in ("material-account", "octicons-heart-16", "fontawesome-solid-user", "simple-github"):
        assert icons.svg(name), name
    for name in ("material-../../../x", "evil-account", "material-", ""):
        assert icons.svg(name) is None, name
    assert icons.alike("material-acount") == "material-account"


@pytest.mark.parametrize(
    "drawing",
    [
        '<svg viewBox="0 0 24 24"><script>alert(1)</script></svg>',
        '<svg viewBox="0 0 24 24"><path onclick="alert(1)" d="M0 0"/></svg>',
        '<svg viewBox="0 0 24 24"><image href="https://evil.example/x.png"/></svg>',
        '<svg viewBox="0 0 24 24"><path style="fill: url(https://evil.example)" d="M0 0"/></svg>',
        '<svg><path d="M0 0"/></svg>',
        "nothing drawn",
        "",
    ],
)
def test_a_drawing_that_could_do_anything_is_no_icon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawing: str):
    (tmp_path / "material").mkdir()
    good = '<svg xmlns="x" viewBox="0 0 24 24"><path d="M0 0h24"/></svg>'
    for name, text in (("bad", drawing), ("good", good)):
        (tmp_path / f"material/{name}.svg").write_text(text, "utf-8")
    monkeypatch.setattr(icons, "_folders", lambda: (tmp_path,))
    assert icons.svg.__wrapped__("material-bad") is None
    assert '<path d="M0 0h24"/></svg>' in icons.svg.__wrapped__("material-good")


def test_the_icons_are_told_where_they_come_from():
    assert Path(ROOT / "overrides/.icons/README.md").is_file()
