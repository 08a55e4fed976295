"""Reads Word documents as the tests see them: what an office program read in one, what keeps people from reading it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Paragraphs that say nothing: they stand between two tables, and where a page ends.
_SILENT = "AfterTable"
_HEADINGS = {"Title": 0, "Heading1": 1, "Heading2": 2}
_LEAST_ALTERNATIVE = 30


def opened_text(path: Path) -> str:
    """The words of the body of a ``.fodt`` file, as an office program understood it, without headers and footers."""
    body = ElementTree.parse(path).find(f".//{_OFFICE}body")
    assert body is not None
    return " ".join(" ".join(_words(one)) for one in body.iter() if one.tag in (_TEXT + "p", _TEXT + "h"))


def _words(element: Element) -> Iterator[str]:
    """The text of a paragraph; paragraphs inside a frame of it are others."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in (_TEXT + "s", _TEXT + "tab", _TEXT + "line-break"):
            pieces.append(" ")
        elif child.tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:drawing"):
            pass
        else:
            pieces.extend(_words(child))
        pieces.append(child.tail or "")
    yield "".join(pieces)


class WordFile:
    """A .docx file, part by part."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            self.names = package.namelist()
            parts = {name: package.read(name) for name in self.names if name.endswith((".xml", ".rels"))}
        self.parts = {name: ElementTree.fromstring(body) for name, body in parts.items()}
        self.body = self.parts["word/document.xml"]
        self.styles = self.parts["word/styles.xml"]

    @property
    def title(self) -> str:
        return self.parts["docProps/core.xml"].findtext(_DC + "title") or ""

    @property
    def language(self) -> str:
        found = self.styles.find(f".//{_W}lang")
        return "" if found is None else found.get(_W + "val", "")

    def paragraphs(self) -> list[tuple[str, str]]:
        """The style and the text of every paragraph."""
        return [(_style(one), _text(one)) for one in self.body.iter(_W + "p")]

    def tables(self) -> list[list[list[str]]]:
        """The texts of the cells of every table, row by row."""
        return [
            [[_text(cell) for cell in row.iter(_W + "tc")] for row in table.iter(_W + "tr")]
            for table in self.body.iter(_W + "tbl")
        ]

    def alternatives(self) -> list[str]:
        """What is said of each picture to whoever does not see it."""
        return [one.get("descr", "") for one in self.body.iter(_DRAWING + "docPr")]

    def blanks(self) -> list[str]:
        """The texts of the places to fill in."""
        return [_text(one) for one in self.body.iter(_W + "sdt") if one.find(f".//{_W}showingPlcHdr") is not None]

    def languages(self) -> set[str]:
        """Those that runs name apart from that of the document."""
        return {one.get(_W + "val", "") for one in self.body.iter(_W + "lang")}

    def shortcomings(self) -> list[str]:
        """What would keep somebody from reading it, by screen reader or at all; nothing where it is as it should be."""
        return [*self._document(), *self._headings(), *self._tables(), *self._pictures(), *self._references()]

    def _document(self) -> Iterator[str]:
        if not self.title.strip():
            yield "no title"
        if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", self.language):
            yield f"no language: {self.language!r}"
        ids = [one.get(_W + "val") for one in self.body.iter(_W + "id")]
        if len(ids) != len(set(ids)):
            yield "two places to fill in with one id"
        for style, text in self.paragraphs():
            if not text.strip() and style not in (_SILENT, "Picture", "TableText"):
                yield f"an empty paragraph of style {style}"

    def _headings(self) -> Iterator[str]:
        levels = [_HEADINGS[style] for style, _ in self.paragraphs() if style in _HEADINGS]
        if not levels or levels[0] != 0:
            yield "the first heading is not the title"
        yield from (f"from level {a} to level {b}" for a, b in zip(levels, levels[1:]) if b > a + 1)

    def _tables(self) -> Iterator[str]:
        for table in self.body.iter(_W + "tbl"):
            headers = [row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in table.iter(_W + "tr")]
            if not headers[0] or any(headers[1:]):
                yield f"header rows: {headers}"
            first = next(table.iter(_W + "tr"))
            if not all(_text(cell).strip() for cell in first.iter(_W + "tc")):
                yield "a column without a name"
            if table.find(f"{_W}tblPr/{_W}tblCaption") is None:
                yield "a table without a caption"
            widths = {len(list(row.iter(_W + "tc"))) for row in table.iter(_W + "tr")}
            if widths != {len(list(table.iter(_W + "gridCol")))}:
                yield f"rows of {widths} cells"

    def _pictures(self) -> Iterator[str]:
        yield from (f"a picture says {one!r}" for one in self.alternatives() if len(one) < _LEAST_ALTERNATIVE)

    def _references(self) -> Iterator[str]:
        known = {one.get(_W + "styleId") for one in self.styles.iter(_W + "style")}
        for name in ("pStyle", "rStyle", "tblStyle"):
            used = {one.get(_W + "val") for one in self.body.iter(_W + name)}
            yield from (f"no style {one}" for one in used - known)
        relations = {one.get("Id"): one.get("Target") for one in self.parts["word/_rels/document.xml.rels"]}
        for one in self.body.iter():
            for key in (_R + "id", _R + "embed"):
                if one.get(key) and one.get(key) not in relations:
                    yield f"nothing is {one.get(key)}"
        for target in relations.values():
            if target and not re.match(r"https?:", target) and f"word/{target}" not in self.names:
                yield f"no part {target}"
        numbers = [one.get(_W + "numId") for one in self.parts["word/numbering.xml"].iter(_W + "num")]
        yield from (f"two lists {one}" for one in set(numbers) if numbers.count(one) > 1)
        used = {one.get(_W + "val") for one in self.body.iter(_W + "numId")}
        yield from (f"no list {one}" for one in used - set(numbers))


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else found.get(_W + "val", "")


def _text(element: Element) -> str:
    pieces = []
    for one in element.iter():
        if one.tag == _W + "t":
            pieces.append(one.text or "")
        elif one.tag in (_W + "br", _W + "tab"):
            pieces.append(" ")
    return "".join(pieces)
