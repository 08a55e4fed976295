"""Finds Markdown that would be shown as it stands, or in the wrong place.

Errors are what cannot be right; warnings what now and then may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.checks.corpus import READ, Page
from guide.reading import icons
from guide.reading.markdown import RUNNING, Block, Source, cells, code_out, links_out, look_alike
from guide.reading.problems import Problems
from guide.reading.sanitiser import ADMONITIONS
from guide.reading.schema import Context, short

_TEXTS = (*RUNNING, "heading", "setext", "table")
_BROKEN = re.compile(
    r"\[[^\[\]\n]*\]\([^\s()]*[^()\n]*\)?"
    r"|\[[^\[\]()\n]*\((?:https?:|\.\./|[\w/-]+\.md)[^()\s]*\)"
    r"|\([^()\n]*\)\[(?:https?:|www\.|#|[\w./-]*\.md)[^\[\]\n]*\]"
    r"|\[\[[^\[\]\n]+\]\]"
)
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
_BARE = re.compile(r"(?<![\w/<\"'=])(?:https?://|www\.)[^\s<>\"»”)]+[^\s<>\"»”).,;:]")
_UNKNOWN = re.compile(r"~~\S[^~\n]*~~|==\S[^=\n]*==|(?<![\w:]):[a-z_]{3,}:(?![\w:])")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![*\w])")
# What makes a link a link is NUL here: marks stand around it as around a word.
_LEFT = re.compile(r"\*\*|`|(?<!\S)\*(?=[\w\0])|(?<=[\w\0])\*(?!\S)")
_TAB = re.compile(r"={3}[+!]* ?[^=\s]")
_ADMONITION = re.compile(r"(?:!{2,}|¡{2,}|\?{3}\+?|:{3}) ?\w|\[!\w+\]")
_HEADING = re.compile(r"#{1,6} ?\S.*\{#|#{2,6} ")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?=[\s/>])([^<>]*)>")
# A part of what a page may hold: for the rest there is Markdown.
_TAGS = frozenset(
    {
        "a",
        "abbr",
        "br",
        "cite",
        "details",
        "dfn",
        "div",
        "figcaption",
        "figure",
        "img",
        "kbd",
        "mark",
        "q",
        "small",
        "span",
        "sub",
        "summary",
        "sup",
        "time",
    }
)
_VOID = frozenset({"br", "img"})


def check(page: Page, errors: Problems, warnings: Problems) -> None:
    """Records the marks of ``page`` that do not do what they should."""
    for block in page.source.blocks:
        if block.kind in _TEXTS:
            _admonition_lost(page, block, errors)
            _text(page, block, errors, warnings)
        if block.kind in ("admonition", "tab"):
            _holds(page, block, errors)
        if block.kind == "admonition":
            _admonition(page, block, errors)
        elif block.kind == "table":
            _rows(page, block, errors)
        elif block.kind == "paragraph":
            _paragraph(page, block, errors, warnings)
        _indent(page, block, warnings)
    _numbered(page, warnings)
    _notes(page, errors, warnings)
    _html(page, errors)
    for key in READ:
        if re.search(r"\*\w|\w\*|`|\]\(", page.meta[key] or ""):
            warnings.add(page.file, page.meta.lines[key], key, "plain_text")


def left_over(text: str) -> Iterator[tuple[int, str]]:
    """(offset, what is shown) of the first mark of emphasis or code in ``text`` that has no other half."""
    if re.fullmatch(r"[*\s]{3,}", text):  # A line across the page.
        return
    text = _blank(r"\\.|<[^<>\n]+>|https?://\S+", code_out(text))
    text = _EMPHASIS.sub(r" \1 ", _STRONG.sub(r"  \1  ", text))
    if match := _LEFT.search(text):
        yield match.start(), _around(text, match.start())


def _text(page: Page, block: Block, errors: Problems, warnings: Problems) -> None:
    bare = links_out(block.text, "\0")
    text = _blank(r"<[^<>\n]+>", bare) if "<" in bare else bare
    for problems, code, found in _marks(block, text, errors, warnings):
        problems.add(page.file, block.line_at(found.start()), "", code, text=short(found[0]))
    if ("*" in bare or "`" in bare) and not block.text.startswith(("```", "~~~")) and look_alike(block) is None:
        for offset, shown in left_over(bare):
            warnings.add(page.file, block.line_at(offset), "", "mark_open", text=shown)


def _marks(
    block: Block, text: str, errors: Problems, warnings: Problems
) -> Iterator[tuple[Problems, str, re.Match[str]]]:
    """Yields what in a text is no mark of Markdown, or not of this site's, and where it is to be recorded."""
    if "[" in text:
        yield from ((errors, "link_broken", found) for found in _BROKEN.finditer(text))
    if "://" in text or "www." in text:
        yield from ((warnings, "bare_address", found) for found in _BARE.finditer(_blank(_BROKEN, text)))
    if block.kind == "item" and not block.ticked and (tick := re.match(r"\[[ xX]?\](?=\s|$)", block.text)):
        yield warnings, "tick_form", tick
    yield from ((warnings, "mark_unknown", found) for found in _UNKNOWN.finditer(text))


# What a paragraph begins with that should be something else.
_LOST = (
    (re.compile(r"<!--"), "comment_open"),
    (_HEADING, "heading_lost"),
    (re.compile(r"\|.*\||[^\n]*\|[^\n]*\n[ |:—–-]+(\n|$)"), "table_rule"),
)


def _paragraph(page: Page, block: Block, errors: Problems, warnings: Problems) -> None:
    text = block.text
    if text.startswith(("```", "~~~")):
        # What should close the first looks like one more.
        if block is next(_paragraphs(page, text[:3])):
            errors.add(page.file, block.line, "", "fence_open")
    elif lost := next((code for begins, code in _LOST if begins.match(text)), ""):
        errors.add(page.file, block.line, "", lost)
    elif re.search(r"\S\t+\S", "\n".join(_lines(page.source, block))):
        warnings.add(page.file, block.line, "", "tab_inside")
    elif (place := look_alike(block)) is not None:
        mark = text.split("\n")[place].split()[0]
        warnings.add(page.file, block.line + place, "", "list_mark", mark=short(mark))


def _paragraphs(page: Page, start: str) -> Iterator[Block]:
    return (one for one in page.source.blocks if one.text.startswith(start) and one.kind == "paragraph")


def _admonition_lost(page: Page, block: Block, problems: Problems) -> None:
    for step, line in enumerate(block.text.split("\n")):
        if _ADMONITION.match(line):
            problems.add(page.file, block.line + step, "", "admonition_form", kinds=", ".join(ADMONITIONS))
        elif _TAB.match(line):
            problems.add(page.file, block.line + step, "", "tab_form")


def _admonition(page: Page, block: Block, problems: Problems) -> None:
    # One that folds may be of no kind.
    if block.name not in ADMONITIONS and (block.name or not block.level):
        context = Context(page.file, problems, ())
        context.unknown(block.line, "", "admonition_kind", block.name or "", ADMONITIONS)
    if '"' not in page.source.lines[block.line - 1]:
        problems.add(page.file, block.line, "", "admonition_title")


def _holds(page: Page, block: Block, problems: Problems) -> None:
    """A box or a tab holds what stands below it, four spaces inside."""
    line, *following = page.source.lines[block.line - 1 :]
    first = next((one for one in following if one.strip()), "")
    if _width(first) < _width(line) + 4:
        problems.add(page.file, block.line, "", "admonition_empty")


def _rows(page: Page, block: Block, problems: Problems) -> None:
    wanted = block.shape[1]
    for step, row in enumerate(block.text.split("\n")):
        found = len(cells(row))
        if found != wanted:
            problems.add(page.file, block.line + step, "", "table_cells", found=found, wanted=wanted)


def _indent(page: Page, block: Block, problems: Problems) -> None:
    """Lists and admonitions hold what stands four spaces inside them, no fewer."""
    line = page.source.lines[block.line - 1]
    if block.kind == "code":
        if not line.lstrip().startswith(("```", "~~~")):
            problems.add(page.file, block.line, "", "code_indented")
    elif block.kind not in ("comment", "html", "definition") and _width(line) % 4 and not _HEADING.match(block.text):
        problems.add(page.file, block.line, "", "indent", found=_width(line), wanted=-(-_width(line) // 4) * 4)


def _notes(page: Page, errors: Problems, warnings: Problems) -> None:
    """Every mark of a note has its note, and every note a mark; icons are among those there are."""
    blocks = page.source.blocks
    notes = {block.name for block in blocks if block.kind == "footnote"}
    marked = set()
    for block in blocks:
        if block.kind in ("code", "comment", "html", "definition"):
            continue
        text = code_out(block.text)
        for found in _FOOTNOTE.finditer(text) if "[^" in text else ():
            marked.add(found["name"])
            if found["name"] not in notes:
                errors.add(page.file, block.line_at(found.start()), "", "footnote", text=found[0], name=found["name"])
        for found in icons.PLACE.finditer(text) if ":" in text else ():
            _icon(page, block.line_at(found.start()), found["icon"], errors)
    for block in blocks:
        if block.kind == "footnote" and block.name not in marked:
            warnings.add(page.file, block.line, "", "footnote_unused", name=block.name)


def _icon(page: Page, line: int, name: str, problems: Problems) -> None:
    if icons.svg(name) is None:
        alike = icons.alike(name)
        problems.add(page.file, line, "", "icon_unknown_near" if alike else "icon_unknown", value=name, near=alike)


def _numbered(page: Page, problems: Problems) -> None:
    """Lists that do not begin at 1: a browser numbers them from there anyway."""
    going_on: set[int] = set()
    for block in page.source.blocks:
        line = page.source.lines[block.line - 1]
        width = _width(line)
        number = re.match(r"\s*(\d+)\.", line) if block.kind == "item" else None
        if number and width not in going_on and int(number[1]) != 1:
            problems.add(page.file, block.line, "", "list_number", found=number[1])
        going_on = {one for one in going_on if one < width} | ({width} if number else set())


def _html(page: Page, problems: Problems) -> None:
    """Few tags are of use here, and one that stays open swallows the rest of the page."""
    opened: list[tuple[str, int]] = []
    for block in page.source.blocks:
        if block.kind not in ("code", "comment"):
            for match in _TAG.finditer(code_out(block.text)):
                _tag(page, match, block.line_at(match.start()), opened, problems)
    for tag, line in opened:
        problems.add(page.file, line, "", "html_open", tag=tag)


def _tag(page: Page, match: re.Match[str], line: int, opened: list[tuple[str, int]], problems: Problems) -> None:
    """Opens or closes a tag: ``opened`` are those that are open."""
    closing, tag = bool(match[1]), match[2].lower()
    known = tag in _TAGS
    if not closing and (not known or re.search(r"\son\w+\s*=|\sstyle\s*=", match[3], re.IGNORECASE)):
        problems.add(page.file, line, "", "html_tag", tag=short(match[0]))
    if not known:
        return
    if not closing:
        if tag not in _VOID:
            opened.append((tag, line))
    elif opened and opened[-1][0] == tag:
        opened.pop()
    else:
        problems.add(page.file, line, "", "html_closed", tag=tag)


def _lines(source: Source, block: Block) -> tuple[str, ...]:
    return source.lines[block.line - 1 : block.line + block.text.count("\n")]


def _width(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _blank(pattern: str | re.Pattern[str], text: str) -> str:
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _around(text: str, offset: int) -> str:
    return " ".join(text[max(0, offset - 10) : offset + 30].replace("\0", " ").split())
