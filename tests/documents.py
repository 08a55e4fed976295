"""Reads a page of the built site as a list of its elements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """An element with the text of everything inside it."""

    tag: str
    attributes: dict[str, str | None]
    inside: tuple[Element, ...]
    data: list[str]
    """All texts of the page, of which its own are those from ``start`` to ``end``."""
    start: int
    end: int | None = None

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def whole(self) -> str:
        """Its text as it stands, with every space."""
        return "".join(self.data[self.start : self.end])

    @property
    def text(self) -> str:
        return " ".join(self.whole.split())

    @property
    def classes(self) -> list[str]:
        return (self["class"] or "").split()


class Document(HTMLParser):
    """A page; ``source`` is its HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in their order. Found once somebody asks: most tests look at a few pages of hundreds."""
        self._found: list[Element] = []
        self._data: list[str] = []
        self._open: list[Element] = []
        self.feed(self.source)
        return self._found

    def handle_starttag(self, tag, attributes):
        element = Element(tag, dict(attributes), tuple(self._open), self._data, len(self._data))
        self._found.append(element)
        if tag in VOID:
            element.end = element.start
        else:
            self._open.append(element)

    def handle_endtag(self, tag):
        while self._open:
            last = self._open.pop()
            last.end = len(self._data)
            if last.tag == tag:
                break

    def handle_data(self, data):
        self._data.append(data)

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag with these attributes; ``class_`` asks for one class."""
        wanted = attributes.pop("class_", None)
        return [
            one
            for one in self.elements
            if one.tag == tag
            and (wanted is None or wanted in one.classes)
            and all(one[name.replace("_", "-")] == value for name, value in attributes.items())
        ]

    @property
    def ids(self) -> list[str]:
        return [one["id"] for one in self.elements if one["id"]]

    @property
    def headings(self) -> list[tuple[str, str | None]]:
        """Tags and ids of the headings inside the main part."""
        return [
            (one.tag, one["id"])
            for one in self.elements
            if one.tag in ("h1", "h2", "h3", "h4") and any(up.tag == "main" for up in one.inside)
        ]
