"""A Markdown page as what can be checked of it, every piece with its line.

Python-Markdown keeps no lines, so a page's blocks are told apart here, by Python-Markdown's own
rules (four spaces inside a list or an admonition, blank lines between blocks). A test holds both to
the same headings, links, images and tables on every page of the site.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

_FENCE = re.compile(r"^(`{3,}|~{3,})[^`]*$")
_HEADING = re.compile(r"^(#{1,6})(.*?)#*$")
# A mention has words of its own.
_ATTRIBUTES = re.compile(r"\{(?!contact:):?[ ]*([^{}\n]*)\}")
_HEADING_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*([^{}\n]*)\}[ ]*$")
_ID = re.compile(r"(?:^|\s)#([^\s}]+)")
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+\.)[ ]+")
_ADMONITION = re.compile(r'^!!! ?([\w-]+)(?: +[\w-]+)*(?: +"(.*?)")? *$')
_SETEXT = re.compile(r"^(=+|-+)[ ]*$")
_QUOTE = re.compile(r"^ {0,3}> ?")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]+)\]:\s*<?([^\s>]+)>?")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LABEL = r"\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
_LINK = re.compile(
    r"(?<!\\)(!?)" + _LABEL + r"""\(\s*(<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+("[^"]*"|'[^']*'))?\s*\)"""
)
_BY_NAME = re.compile(r"(?<!\\)(!?)" + _LABEL + r"\[([^\[\]\n]*)\]")
_HTML_TAG = re.compile(r"<(a|img)\s([^<>]*)>", re.IGNORECASE)
_HTML_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_HTML_ID = re.compile(r"""<[a-z][^<>]*\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)

BULLETS = "•·●▪‣◦"
# What Word and people make lists with, and Markdown does not.
LOOK_ALIKE = re.compile(
    rf"(?:[{BULLETS}]\s*|[–—−]\s+|[-*+](?=[^\W\d])|(\d{{1,2}})(?:\.?\)|\.-|\.(?=[^\W\d]))\s*|[a-zA-Z]\)\s+)(?=\S)"
)

# Letters that never spell a word, a number or a YAML keyword.
_LETTERS = "bcdfghjklmnpqrst"


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, item, quote, table, admonition (its title), code, html or comment.

    ``text`` may span lines, the first of which is ``line``. ``name`` is the id of a heading and the
    type of an admonition, ``level`` that of a heading; ``shape`` is (rows, columns) of a table.
    ``section`` is the place of the heading it stands under: 0 before the first.
    """

    kind: str
    line: int
    text: str
    section: int = 0
    name: str | None = None
    level: int = 0
    shape: tuple[int, int] = (0, 0)

    @cached_property
    def bare(self) -> str:
        """The text with code and attributes blanked out; every character keeps its place."""
        blank = lambda match: re.sub(r"[^\n]", " ", match[0])  # noqa: E731
        return _ATTRIBUTES.sub(blank, _CODE.sub(blank, self.text))

    @cached_property
    def words(self) -> str:
        """The text as a reader sees it: no code, no link targets, no marks."""
        text = _LINK.sub(lambda m: m[2], self.bare)
        text = _BY_NAME.sub(lambda m: m[2], text)
        return re.sub(r"<[^<>\n]+>|[*_\\]", "", text)

    @cached_property
    def prose(self) -> str:
        """The text with all that is no prose filled with NUL; every character keeps its place."""
        return _fill(self.text)

    def line_at(self, offset: int) -> int:
        return self.line + self.text.count("\n", 0, offset)


@dataclass(frozen=True)
class Link:
    """A link or image: where it leads, what it says (an image: its alternative text, maybe None)."""

    line: int
    target: str
    label: str | None
    image: bool
    section: int
    defined: bool = True
    """False: a link by name whose name is not defined anywhere; shown as brackets."""


@dataclass(frozen=True)
class Passage:
    """What stands under one heading (None: before the first), as one line of text."""

    heading: str | None
    line: int
    title: str
    text: str

    @property
    def code(self) -> str:
        return code(self.text)


@dataclass(frozen=True)
class Source:
    """One Markdown file. ``front`` is its front matter (None where there is none), ``start`` the
    line its body begins at."""

    path: str
    front: str | None
    start: int
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "heading")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        names = {
            " ".join(match[1].lower().split()): match[2]
            for block in self.blocks
            if block.kind == "definition"
            for match in _DEFINITION.finditer(block.text)
        }
        return tuple(link for block in self.blocks for link in _links(block, names))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id something on the page has, by braces or in HTML."""
        found = {block.name for block in self.headings if block.name}
        for block in self.blocks:
            if block.kind in ("code", "comment"):
                continue
            text = _CODE.sub("", block.text)
            found |= {id for match in _ATTRIBUTES.finditer(text) for id in _ID.findall(match[1])}
            found |= set(_HTML_ID.findall(text))
        return frozenset(found)

    def passages(self, meta: tuple[str, ...] = ()) -> tuple[Passage, ...]:
        """The page in passages: ``meta`` (title, description…) with what comes first, then one a
        heading."""
        headings = self.headings
        starts = [self.start, *(block.line for block in headings)]
        ends = [*(block.line for block in headings), len(self.lines) + 1]
        found = []
        for place, (start, end) in enumerate(zip(starts, ends)):
            block = headings[place - 1] if place else None
            text = "\n".join(self.lines[start - 1 : end - 1])
            text = text if block else "\n".join((*meta, text))
            title = block.text if block else ""
            found.append(Passage(block.name if block else None, start, title, " ".join(text.split())))
        return tuple(found)


def code(text: str) -> str:
    """Four letters that stand for ``text``, spaces and line breaks not counted."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return "".join(_LETTERS[byte >> 4] + _LETTERS[byte & 15] for byte in digest[:2])


def _fill(text: str) -> str:
    nul = lambda one: re.sub(r"[^\n]", "\0", one)  # noqa: E731
    text = _CODE.sub(lambda m: nul(m[0]), text)
    text = _ATTRIBUTES.sub(lambda m: nul(m[0]), text)
    text = _LINK.sub(lambda m: nul(m[1] + "[") + m[2] + nul(m[0][len(m[1]) + len(m[2]) + 1 :]), text)
    return re.sub(r"<[^<>\n]+>|https?://\S+", lambda m: nul(m[0]), text)


def code_out(text: str) -> str:
    """``text`` with code blanked; every character keeps its place."""
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def without_code(text: str) -> str:
    """The text of a page with all code blanked; every character keeps its place."""
    lines = text.split("\n")
    for block in parse("", text).blocks:
        if block.kind == "code":
            for place in range(block.line - 1, block.line + block.text.count("\n")):
                lines[place] = " " * len(lines[place])
    return code_out("\n".join(lines))


def links_out(text: str) -> str:
    """``text`` with code, attributes and what makes a link a link blanked: its label stays."""
    text = _ATTRIBUTES.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), code_out(text))
    blank = lambda one: re.sub(r"[^\n]", " ", one)  # noqa: E731
    return _LINK.sub(lambda m: blank(m[1] + "[") + m[2] + blank(m[0][len(m[1]) + len(m[2]) + 1 :]), text)


def look_alike(block: Block) -> int | None:
    """The line of a paragraph, from 0, at which begins what looks like a list and is none; None where nothing does.

    One bullet is enough; of what may also begin a sentence there must be two.
    """
    lines = block.text.split("\n")
    marked = [place for place, line in enumerate(lines) if LOOK_ALIKE.match(line)]
    if block.kind == "paragraph" and marked and (len(marked) > 1 or lines[marked[0]][0] in BULLETS):
        return marked[0]
    return None


def prose(line: str) -> str:
    """A line with all that is no prose (code, link targets, HTML) filled with NUL."""
    return _fill(line)


def cells(row: str) -> list[str]:
    """The cells of a row of a table; a bar in code or after a backslash is none of its bars."""
    row = row.strip()
    bare = _CODE.sub(lambda m: m[0].replace("|", " "), row.replace("\\|", "  "))
    start, end = bare.startswith("|"), bare.endswith("|") and len(bare) > 1
    bars = [place for place, letter in enumerate(bare) if letter == "|"]
    edges = [*([] if start else [-1]), *bars, *([] if end else [len(row)])]
    return [row[one + 1 : other].strip() for one, other in zip(edges, edges[1:])]


def is_table(header: str, rule: str) -> bool:
    """Whether these two lines begin a table: as many dashes as names."""
    wanted = cells(header)
    if not set(rule.strip()) <= set("|:- ") or "-" not in rule:
        return False
    return len(cells(rule)) == len(wanted) and (len(wanted) > 1 or header.strip().startswith("|"))


def parse(path: str, text: str) -> Source:
    """The page ``text`` of the file ``path``. Never fails: what it cannot tell apart is a paragraph."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    front, first = None, 0
    if lines[0].rstrip() == "---":
        for place, line in enumerate(lines[1:], 1):
            if line.rstrip() in ("---", "..."):
                # A line in place of the opening one: YAML then counts the file's lines.
                front, first = "\n" + "\n".join(lines[1:place]) + "\n", place + 1
                break
    blocks = []
    section = 0
    for block in _Scanner(lines, first).blocks():
        section += block.kind == "heading"
        blocks.append(replace(block, section=section))
    return Source(path, front, first + 1, tuple(blocks), tuple(lines))


class _Scanner:
    """Tells the blocks of a page apart, one line after the other."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines = lines
        self.place = first
        self.inside: list[int] = []
        """The indents of the lists and admonitions that are open."""
        self.open: tuple[str, int, list[str]] | None = None
        """The paragraph, item, quote or HTML that goes on: kind, line, text."""

    def blocks(self) -> Iterator[Block]:
        after_blank = True
        while self.place < len(self.lines):
            line = self.lines[self.place].expandtabs(4).rstrip()
            if not line.strip():
                yield from self._close()
                after_blank = True
                self.place += 1
                continue
            yield from self._line(line, after_blank)
            after_blank = False
            self.place += 1
        yield from self._close()

    def _line(self, line: str, after_blank: bool) -> Iterator[Block]:
        number = self.place + 1
        indent = len(line) - len(line.lstrip())
        fence = _FENCE.match(line)
        if fence and (end := self._end_of_fence(fence[1])):
            yield from self._close()
            yield Block("code", number, "\n".join(self.lines[self.place : end + 1]))
            self.place = end
            return
        starts = _ITEM.match(line.lstrip()) or line.lstrip().startswith("!!!")
        if after_blank or starts or _HEADING.match(line):
            while self.inside and indent < self.inside[-1]:
                self.inside.pop()
        base = self.inside[-1] if self.inside else 0
        body = line[min(indent, base) :]
        if after_blank and body.startswith("    "):
            yield from self._indented_code(base)
            return
        # One that is never closed is text.
        if body.startswith("<!--") and any("-->" in one for one in self.lines[self.place :]):
            yield from self._close()
            yield from self._comment()
            return
        if match := _HEADING.match(body):
            yield from self._close()
            yield self._heading(number, match)
            return
        if match := _ADMONITION.match(body):
            yield from self._close()
            yield Block("admonition", number, match[2] or "", name=match[1])
            self.inside.append(base + 4)
            return
        going_on = self.open[0] if self.open else None
        if match := _ITEM.match(body):
            if going_on in (None, "item"):
                yield from self._close()
                self.open = ("item", number, [body[match.end() :]])
                self.inside.append(base + 4)
                return
        if going_on is None and "|" in body and self._is_table():
            yield self._table(number)
            return
        if self.open and going_on == "paragraph" and _SETEXT.match(body):
            _, start, text = self.open
            self.open = None
            yield Block("setext", start, "\n".join(text), level=1 if body[0] == "=" else 2)
            return
        if going_on is None and _DEFINITION.match(body):
            yield Block("definition", number, body)
            return
        if _QUOTE.match(body) and going_on in (None, "quote"):
            body = _QUOTE.sub("", body)
            going_on = going_on or "quote"
        elif body.startswith("<") and re.match(r"</?(?!a\b|em\b|strong\b|span\b|code\b|abbr\b)[a-z]", body):
            # A tag on its own line: what follows it may be Markdown (md_in_html).
            yield from self._close()
            yield Block("html", number, body)
            return
        if self.open:
            self.open[2].append(body.strip())
        else:
            self.open = (going_on or "paragraph", number, [body.strip()])

    def _close(self) -> Iterator[Block]:
        if self.open:
            kind, start, text = self.open
            self.open = None
            yield Block(kind, start, "\n".join(text))

    def _end_of_fence(self, fence: str) -> int:
        for place in range(self.place + 1, len(self.lines)):
            if self.lines[place].rstrip() == fence:
                return place
        return 0

    def _indented_code(self, base: int) -> Iterator[Block]:
        start = end = self.place
        for place in range(start, len(self.lines)):
            line = self.lines[place].expandtabs(4)
            if line.strip() and not line[base:].startswith("    "):
                break
            end = place if line.strip() else end
        yield Block("code", start + 1, "\n".join(self.lines[start : end + 1]))
        self.place = end

    def _comment(self) -> Iterator[Block]:
        start = self.place
        while "-->" not in self.lines[self.place]:
            self.place += 1
        yield Block("comment", start + 1, "\n".join(self.lines[start : self.place + 1]))

    def _heading(self, number: int, match: re.Match[str]) -> Block:
        text = match[2].strip()
        name = None
        if attributes := _HEADING_ATTRIBUTES.search(" " + text):
            ids = _ID.findall(attributes[1])
            name = ids[-1] if ids else None
            text = (" " + text)[: attributes.start()].strip()
        return Block("heading", number, text, name=name, level=len(match[1]))

    def _is_table(self) -> bool:
        return self.place + 1 < len(self.lines) and is_table(*self.lines[self.place : self.place + 2])

    def _table(self, number: int) -> Block:
        start = self.place
        while self.place + 1 < len(self.lines) and self.lines[self.place + 1].strip():
            self.place += 1
        rows = [line.strip() for line in self.lines[start : self.place + 1]]
        return Block("table", number, "\n".join(rows), shape=(len(rows) - 1, len(cells(rows[1]))))


def _links(block: Block, names: dict[str, str]) -> Iterator[Link]:
    if block.kind in ("code", "comment", "definition"):
        return
    text = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), block.text)

    def link(offset: int, target: str, label: str | None, image: bool, defined: bool = True) -> Link:
        return Link(block.line_at(offset), target.strip("<>"), label, image, block.section, defined)

    for match in _LINK.finditer(text):
        yield link(match.start(), match[3], match[2], bool(match[1]))
        # An image inside a link.
        for inner in _LINK.finditer(match[2]):
            yield link(match.start(2) + inner.start(), inner[3], inner[2], bool(inner[1]))
    text = _LINK.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    for match in _BY_NAME.finditer(text):
        name = " ".join((match[3] or match[2]).lower().split())
        yield link(match.start(), names.get(name, match[3] or match[2]), match[2], bool(match[1]), name in names)
    for match in _HTML_TAG.finditer(text):
        pairs = _HTML_ATTRIBUTE.findall(match[2])
        attributes = {key.lower(): value.strip("\"'") for key, value in pairs}
        if match[1].lower() == "img":
            alt = attributes.get("alt")
            yield link(match.start(), attributes.get("src", ""), alt, True)
        elif attributes.get("href"):
            yield link(match.start(), attributes["href"], "", False)
