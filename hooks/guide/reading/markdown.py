"""Parts a Markdown page into what can be checked of it, every piece with its line.

Python-Markdown keeps no lines, so a page's blocks are told apart here, by Python-Markdown's own
rules (four spaces inside a list or an admonition, blank lines between blocks). A test holds both to
the same headings, links, images and tables on every page of the site.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from guide.reading.icons import PLACE as ICON

_FENCE = re.compile(r"^(`{3,}|~{3,})[^`]*$")
_HEADING = re.compile(r"^(#{1,6})(.*?)#*$")
# A mention has words of its own.
_ATTRIBUTES = re.compile(r"\{(?!contact:):?[ ]*([^{}\n]*)\}")
_HEADING_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*([^{}\n]*)\}[ ]*$")
_ID = re.compile(r"(?:^|\s)#([^\s}]+)")
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+\.)[ ]+")
_ADMONITION = re.compile(r'^!!! ?([\w-]+)(?: +[\w-]+)*(?: +"(.*?)")? *$')
# A box that folds, closed or with a plus sign open; its kind may be left out.
_FOLD = re.compile(r'^\?{3}(\+?) ?(?:([\w-]+)(?: +[\w-]+)*(?: +"(.*?)")?|"(.*?)") *$')
_TAB = re.compile(r'^={3} ?[+!]{0,2} +"(.*?)" *$')
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\n]*)\]:[ ]*(.*)$")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\n]*\]")
_ABBREVIATION = re.compile(r"^\*\[([^\]\\]+)\][ ]?:[ ]*(.*)$")
_MEANING = re.compile(r"^ {0,3}:[ ]{1,3}(.*)$")
_TICK = re.compile(r"^\[[ xX]\](?= )")
_SETEXT = re.compile(r"^(=+|-+)[ ]*$")
_QUOTE = re.compile(r"^ {0,3}> ?")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:\s*<?([^\s>]+)>?")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
# What readers see as something else than letters: ticks, marks of notes, icons.
_OUT_OF_SIGHT = re.compile(rf"{_TICK.pattern}|{_FOOTNOTE_MARK.pattern}|{ICON.pattern}")
_LABEL = r"\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
_LINK = re.compile(
    r"(?<!\\)(!?)" + _LABEL + r"""\(\s*(<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+("[^"]*"|'[^']*'))?\s*\)"""
)
_BY_NAME = re.compile(r"(?<!\\)(!?)" + _LABEL + r"\[([^\[\]\n]*)\]")
_TAG_OR_ADDRESS = re.compile(r"<[^<>\n]+>|https?://\S+")
_MARKS = re.compile(r"<[^<>\n]+>|[*_\\]")
_HTML_TAG = re.compile(r"<(a|img)\s([^<>]*)>", re.IGNORECASE)
_HTML_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_HTML_ID = re.compile(r"""<[a-z][^<>]*\sid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)

# Kinds of block: what is read sentence by sentence, and what is only a name or a few words.
RUNNING = ("paragraph", "item", "quote", "footnote", "meaning")
NAMES = ("heading", "admonition", "tab", "term", "abbreviation")
# What opens and holds what stands four spaces inside it.
_OPENERS = ("!!!", "???", "===", "[^")

BULLETS = "•·●▪‣◦"
# What Word and people make lists with, and Markdown does not.
LOOK_ALIKE = re.compile(
    rf"(?:[{BULLETS}]\s*|[–—−]\s+|[-*+](?=[^\W\d])|(\d{{1,2}})(?:\.?\)|\.-|\.(?=[^\W\d]))\s*|[a-zA-Z]\)\s+)(?=\S)"
)

# Letters that never spell a word, a number or a YAML keyword.
_LETTERS = "bcdfghjklmnpqrst"


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, item, quote, table, admonition (its title), tab (the same), footnote, term, meaning
    (of the term above it), abbreviation (what it stands for), code, html or comment.

    ``text`` may span lines, the first of which is ``line``. ``name`` is the id of a heading, the type of an
    admonition, the name of a footnote and of an abbreviation; ``level`` that of a heading, and of an admonition how it
    folds: 0 not at all, 1 closed, 2 open. ``shape`` is (rows, columns) of a table. ``section`` is the place of the
    heading it stands under: 0 before the first.
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
        """The text with code, attributes, icons, ticks and marks of notes blanked; every character keeps its place."""
        text = _attributes_out(code_out(self.text))
        return _OUT_OF_SIGHT.sub(_blanked, text) if ":" in text or "[" in text else text

    @property
    def ticked(self) -> str:
        """Of an item of what is to be done: "x" or a space; of any other block, nothing."""
        return self.text[1].lower() if self.kind == "item" and _TICK.match(self.text) else ""

    @cached_property
    def words(self) -> str:
        """The text as a reader sees it: no code, no link targets, no marks."""
        text = self.bare
        if "[" in text:
            text = _BY_NAME.sub(lambda m: m[2], _LINK.sub(lambda m: m[2], text))
        return _MARKS.sub("", text)

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
        """Returns the page in passages: ``meta`` (title, description…) with what comes first, then one a
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


# The words of the interface are asked for again in every build, and seldom change.
@functools.lru_cache(maxsize=1 << 15)
def code(text: str) -> str:
    """Four letters that stand for ``text``, spaces and line breaks not counted."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return "".join(_LETTERS[byte >> 4] + _LETTERS[byte & 15] for byte in digest[:2])


def _fill(text: str) -> str:
    def nul(one: str) -> str:
        return re.sub(r"[^\n]", "\0", one)

    # Most texts have none of these marks: to look for one letter costs nothing.
    if "`" in text:
        text = _CODE.sub(lambda m: nul(m[0]), text)
    if "{" in text:
        text = _ATTRIBUTES.sub(lambda m: nul(m[0]), text)
    if ":" in text or "[" in text:
        text = _OUT_OF_SIGHT.sub(lambda m: nul(m[0]), text)
    if "](" in text:
        text = _LINK.sub(lambda m: nul(m[1] + "[") + m[2] + nul(m[0][len(m[1]) + len(m[2]) + 1 :]), text)
    if "<" in text or "://" in text:
        text = _TAG_OR_ADDRESS.sub(lambda m: nul(m[0]), text)
    return text


def code_out(text: str) -> str:
    """``text`` with code blanked; every character keeps its place."""
    return _CODE.sub(_blanked, text) if "`" in text else text


def _attributes_out(text: str) -> str:
    return _ATTRIBUTES.sub(_blanked, text) if "{" in text else text


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blanked(match: re.Match[str]) -> str:
    return _blank(match[0])


def without_code(text: str) -> str:
    """Returns the text of a page with all code blanked; every character keeps its place."""
    lines = text.split("\n")
    for block in parse("", text).blocks:
        if block.kind == "code":
            for place in range(block.line - 1, block.line + block.text.count("\n")):
                lines[place] = " " * len(lines[place])
    return code_out("\n".join(lines))


def links_out(text: str, mark: str = " ") -> str:
    """``text`` with code and attributes blanked; of a link its label stays, what made it a link becomes ``mark``."""

    def label(match: re.Match[str]) -> str:
        after = match[0][len(match[1]) + len(match[2]) + 1 :]
        return mark * (len(match[1]) + 1) + match[2] + re.sub(r"[^\n]", mark, after)

    text = _attributes_out(code_out(text))
    return _LINK.sub(label, text) if "](" in text else text


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
    """Returns a line with all that is no prose (code, link targets, HTML) filled with NUL."""
    return _fill(line)


def cells(row: str) -> list[str]:
    """Returns the cells of a row of a table; a bar in code or after a backslash is none of its bars."""
    row = row.strip()
    bare = _CODE.sub(lambda m: m[0].replace("|", " "), row.replace("\\|", "  "))
    start, end = bare.startswith("|"), bare.endswith("|") and len(bare) > 1
    bars = [place for place, letter in enumerate(bare) if letter == "|"]
    edges = [*([] if start else [-1]), *bars, *([] if end else [len(row)])]
    return [row[one + 1 : other].strip() for one, other in zip(edges, edges[1:])]


def is_table(header: str, rule: str) -> bool:
    """Returns whether these two lines begin a table: as many dashes as names."""
    wanted = cells(header)
    if not set(rule.strip()) <= set("|:- ") or "-" not in rule:
        return False
    return len(cells(rule)) == len(wanted) and (len(wanted) > 1 or header.strip().startswith("|"))


def parse(path: str, text: str) -> Source:
    """Returns the page ``text`` of the file ``path``. Never fails: what it cannot tell apart is a paragraph."""
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


@dataclass(frozen=True)
class _Line:
    """A line of text: its ``body`` is without the indent ``base`` of the list or admonition it is in."""

    number: int
    body: str
    base: int
    after_blank: bool


# A tag on its own line: what follows it may be Markdown (md_in_html).
_HTML_LINE = re.compile(r"</?(?!a\b|em\b|strong\b|span\b|code\b|abbr\b)[a-z]")


class _Scanner:
    """Tells the blocks of a page apart, one line after the other."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines = lines
        self.place = first
        self.inside: list[int] = []
        """The indents of the lists and admonitions that are open."""
        self.open: tuple[str, int, list[str], str | None] | None = None
        """The paragraph, item, quote, meaning, footnote or HTML that goes on: kind, line, text, name."""
        self.last = ""
        """The kind of the block before."""
        # What a line may begin, the first that it can be.
        self.matchers = (
            self._indented_code, self._comment, self._heading, self._admonition, self._tab, self._footnote,
            self._abbreviation, self._item, self._meaning, self._table, self._underline, self._definition,
            self._quote, self._html,
        )  # fmt: skip

    def blocks(self) -> Iterator[Block]:
        """Yields all blocks, in their order."""
        for block in self._blocks():
            self.last = block.kind
            yield block

    def _blocks(self) -> Iterator[Block]:
        after_blank = True
        while self.place < len(self.lines):
            line = self.lines[self.place].expandtabs(4).rstrip()
            if line.strip():
                yield from self._line(line, after_blank)
                after_blank = False
            else:
                yield from self._close()
                after_blank = True
            self.place += 1
        yield from self._close()

    def _line(self, text: str, after_blank: bool) -> list[Block]:
        """Returns the blocks that end with this line, or are whole with it."""
        found = self._fence(text)
        if found is not None:
            return found
        line = self._inside(text, after_blank)
        for match in self.matchers:
            found = match(line)
            if found is not None:
                return found
        return self._go_on(line.body, "paragraph")

    def _inside(self, text: str, after_blank: bool) -> _Line:
        """Returns the line as what it is in sees it; lists and admonitions that end before it are closed."""
        indent = len(text) - len(text.lstrip())
        starts = _ITEM.match(text.lstrip()) or text.lstrip().startswith(_OPENERS) or _MEANING.match(text.lstrip())
        if after_blank or starts or _HEADING.match(text):
            while self.inside and indent < self.inside[-1]:
                self.inside.pop()
        base = self.inside[-1] if self.inside else 0
        return _Line(self.place + 1, text[min(indent, base) :], base, after_blank)

    @property
    def _going_on(self) -> str | None:
        """The kind of what goes on."""
        return self.open[0] if self.open else None

    def _close(self) -> list[Block]:
        """Returns what went on until here."""
        if self.open is None:
            return []
        kind, start, text, name = self.open
        self.open = None
        return [Block(kind, start, "\n".join(text), name=name)]

    def _go_on(self, text: str, kind: str) -> list[Block]:
        """Adds a line to what goes on, or begins something of this kind."""
        if self.open:
            self.open[2].append(text.strip())
        else:
            self.open = (kind, self.place + 1, [text.strip()], None)
        return []

    def _fence(self, text: str) -> list[Block] | None:
        fence = _FENCE.match(text)
        if fence is None:
            return None
        for end in range(self.place + 1, len(self.lines)):
            if self.lines[end].rstrip() == fence[1]:
                code = Block("code", self.place + 1, "\n".join(self.lines[self.place : end + 1]))
                self.place = end
                return [*self._close(), code]
        # One that is never closed is text.
        return None

    def _indented_code(self, line: _Line) -> list[Block] | None:
        if not line.after_blank or not line.body.startswith("    "):
            return None
        start = end = self.place
        for place in range(start, len(self.lines)):
            text = self.lines[place].expandtabs(4)
            if text.strip() and not text[line.base :].startswith("    "):
                break
            end = place if text.strip() else end
        self.place = end
        return [Block("code", start + 1, "\n".join(self.lines[start : end + 1]))]

    def _comment(self, line: _Line) -> list[Block] | None:
        # One that is never closed is text.
        if not line.body.startswith("<!--") or not any("-->" in one for one in self.lines[self.place :]):
            return None
        start = self.place
        while "-->" not in self.lines[self.place]:
            self.place += 1
        return [*self._close(), Block("comment", start + 1, "\n".join(self.lines[start : self.place + 1]))]

    def _heading(self, line: _Line) -> list[Block] | None:
        match = _HEADING.match(line.body)
        if match is None:
            return None
        text = match[2].strip()
        name = None
        if attributes := _HEADING_ATTRIBUTES.search(" " + text):
            ids = _ID.findall(attributes[1])
            name = ids[-1] if ids else None
            text = (" " + text)[: attributes.start()].strip()
        return [*self._close(), Block("heading", line.number, text, name=name, level=len(match[1]))]

    def _admonition(self, line: _Line) -> list[Block] | None:
        if match := _ADMONITION.match(line.body):
            title, name, level = match[2], match[1], 0
        elif match := _FOLD.match(line.body):
            title, name, level = match[3] or match[4], match[2] or "", 2 if match[1] else 1
        else:
            return None
        self.inside.append(line.base + 4)
        return [*self._close(), Block("admonition", line.number, title or "", name=name, level=level)]

    def _tab(self, line: _Line) -> list[Block] | None:
        match = _TAB.match(line.body)
        if match is None:
            return None
        self.inside.append(line.base + 4)
        return [*self._close(), Block("tab", line.number, match[1])]

    def _footnote(self, line: _Line) -> list[Block] | None:
        match = _FOOTNOTE.match(line.body)
        if match is None:
            return None
        return self._begin("footnote", line, match[2], match[1])

    def _abbreviation(self, line: _Line) -> list[Block] | None:
        match = _ABBREVIATION.match(line.body)
        if match is None or self._going_on is not None:
            return None
        return [Block("abbreviation", line.number, match[2], name=match[1])]

    def _meaning(self, line: _Line) -> list[Block] | None:
        """Returns what a term means: the term is the line right above it."""
        match = _MEANING.match(line.body)
        if match is None or (self._going_on or self.last) not in ("paragraph", "meaning"):
            return None
        closed = self._begin("meaning", line, match[1])
        closed = [replace(one, kind="term") if one.kind == "paragraph" else one for one in closed]
        if item := _ITEM.match(match[1]):
            # What it means begins with a list.
            closed.append(Block("meaning", line.number, ""))
            self.open = ("item", line.number, [match[1][item.end() :]], None)
            self.inside.append(line.base + 8)
        return closed

    def _begin(self, kind: str, line: _Line, text: str, name: str | None = None) -> list[Block]:
        """Begins what goes on and holds what stands four spaces inside it; gives what went on before."""
        closed = self._close()
        self.open = (kind, line.number, [text.strip()], name)
        self.inside.append(line.base + 4)
        return closed

    def _item(self, line: _Line) -> list[Block] | None:
        match = _ITEM.match(line.body)
        if match is None or self._going_on not in (None, "item"):
            return None
        closed = self._close()
        self.open = ("item", line.number, [line.body[match.end() :]], None)
        self.inside.append(line.base + 4)
        return closed

    def _table(self, line: _Line) -> list[Block] | None:
        here = self.lines[self.place : self.place + 2]
        if self.open or "|" not in line.body or len(here) < 2 or not is_table(*here):
            return None
        start = self.place
        while self.place + 1 < len(self.lines) and self.lines[self.place + 1].strip():
            self.place += 1
        rows = [one.strip() for one in self.lines[start : self.place + 1]]
        return [Block("table", line.number, "\n".join(rows), shape=(len(rows) - 1, len(cells(rows[1]))))]

    def _underline(self, line: _Line) -> list[Block] | None:
        if self.open is None or self._going_on != "paragraph" or not _SETEXT.match(line.body):
            return None
        _, start, text, _ = self.open
        self.open = None
        return [Block("setext", start, "\n".join(text), level=1 if line.body[0] == "=" else 2)]

    def _definition(self, line: _Line) -> list[Block] | None:
        if self.open or not _DEFINITION.match(line.body):
            return None
        return [Block("definition", line.number, line.body)]

    def _quote(self, line: _Line) -> list[Block] | None:
        if self._going_on not in (None, "quote") or not _QUOTE.match(line.body):
            return None
        return self._go_on(_QUOTE.sub("", line.body), "quote")

    def _html(self, line: _Line) -> list[Block] | None:
        if not _HTML_LINE.match(line.body):
            return None
        return [*self._close(), Block("html", line.number, line.body)]


def _links(block: Block, names: dict[str, str]) -> Iterator[Link]:
    if block.kind in ("code", "comment", "definition", "abbreviation") or not ("[" in block.text or "<" in block.text):
        return
    text = code_out(block.text)

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
