"""The way from page to page: a pure function of the navigation and the table of pages."""

from __future__ import annotations

from guide.model.content import Content
from guide.model.site_pages import BOOK_PAGE, PRACTICES_PAGE
from guide.pages.order import neighbours, way
from guide.pages.registry import site_pages_of


def test_what_stands_on_a_page_follows_it_and_the_book_is_passed_by(content: Content):
    pages = site_pages_of(content)
    practices = [one.page for one in content.catalogue.practices]
    found = way(["a.md", BOOK_PAGE, PRACTICES_PAGE, "b.md"], pages)
    assert found == ("a.md", PRACTICES_PAGE, *practices, "b.md")
    beside = neighbours(found)
    assert beside["a.md"] == (None, PRACTICES_PAGE)
    assert beside[PRACTICES_PAGE] == ("a.md", practices[0])
    assert beside["b.md"] == (practices[-1], None)
    assert BOOK_PAGE not in beside


def test_without_pages_there_is_no_way():
    assert way([], {}) == () and neighbours(()) == {}
    assert neighbours(("a.md",)) == {"a.md": (None, None)}
