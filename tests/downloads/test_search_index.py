"""What search finds on a page, read out of its HTML."""

from __future__ import annotations

import pytest

from guide.downloads.search_index import entries_of_data, entries_of_html


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<p>Uno</p><p>dos</p>", [("p/", "Título", "Uno dos")]),
        ("", [("p/", "Título", "")]),
        (
            '<p>Antes</p><h2 id="a">La <em>primera</em></h2><ul><li>x</li><li>y &amp; z</li></ul><h2 id="b">Otra</h2>',
            [("p/", "Título", "Antes"), ("p/#a", "La primera", "x y & z"), ("p/#b", "Otra", "")],
        ),
        # What stands in one word stays one; a cell is no paragraph.
        ("<p>in<strong>ter</strong>no</p>", [("p/", "Título", "interno")]),
        # A heading without an id can be led to by none: its words belong to the text.
        ("<h2>Suelto</h2><p>y más</p>", [("p/", "Título", "Suelto y más")]),
        # What follows an element with a heading belongs to what was before it.
        (
            '<p>A</p><section><h2 id="s">S</h2><p>dentro</p></section><p>B</p>',
            [("p/", "Título", "A B"), ("p/#s", "S", "dentro")],
        ),
        # Kept from search, whatever is inside, and only that.
        (
            "<div data-search-exclude><div>no</div> tampoco</div><p>sí</p><script>no()</script>",
            [("p/", "Título", "sí")],
        ),
        ('<h2 id="n" data-search-exclude>No</h2><p>suyo</p>', [("p/", "Título", "")]),
        ("<p>a<br>b<img src=x alt=no></p>", [("p/", "Título", "ab")]),
    ],
)
def test_a_page_is_read_by_its_headings(html, expected):
    found = entries_of_html("p/", "Título", html)
    assert [(one["location"], one["title"], one["text"]) for one in found] == expected


def test_what_comes_from_the_data_is_kept_as_it_is():
    found = list(entries_of_data("p/", [("", "Página", " uno\ndos "), ("a", "A", "<b>")]))
    assert found == [
        {"location": "p/", "title": "Página", "text": "uno dos"},
        {"location": "p/#a", "title": "A", "text": "<b>"},
    ]
