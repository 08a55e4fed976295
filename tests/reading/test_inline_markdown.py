"""Inline Markdown of the texts in YAML files, as HTML and as plain text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.reading import inline_markdown


class Nested(HTMLParser):
    """The text of a piece of HTML; a tag that closes another than the last one opened is a failure."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        assert tag in ("a", "code", "em", "strong")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "text, html",
    [
        ("a *b* _c_ **d** `e`", "a <em>b</em> <em>c</em> <strong>d</strong> <code>e</code>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("***a***", "<strong><em>a</em></strong>"),
        ("*a **b* c**", "*a <strong>b* c</strong>"),
        ("**a [b** c](x.md)", '**a <a href="/x.md">b** c</a>'),
        ("**[*a*](x.md#b)** & <i>", '<strong><a href="/x.md#b"><em>a</em></a></strong> &amp; &lt;i&gt;'),
        ("[a](https://b.org/?c&d)", '<a href="https://b.org/?c&amp;d">a</a>'),
        ("[a](b`c`.md)", "[a](b<code>c</code>.md)"),
        ("[a](https://b.org/c'd)", '<a href="https://b.org/c&#39;d">a</a>'),
    ],
)
def test_marks_become_tags(text: str, html: str):
    assert inline_markdown.html(text, lambda target: f"/{target}") == html


MARKS = [
    "*",
    "**",
    "***",
    "_",
    "`",
    "[",
    "](",
    ")",
    "[a](b.md)",
    "**c**",
    "\0",
    "<",
    "&",
    "a",
    " ",
    "1",
    "é",
    "\n",
    "*" * 41,
    "'",
]


@settings(max_examples=500, deadline=None)
@given(text=st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=24).map("".join))
def test_tags_are_nested_whatever_the_text_and_say_what_plain_text_says(text: str):
    html = inline_markdown.html(text, lambda target: f"/{target}")
    assert Nested(str(html)).text.replace("\0", "") == inline_markdown.plain(text).replace("\0", "")
