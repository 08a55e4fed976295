"""Checks what one page must have by itself: a description of some length, headings with ids, no jumps."""

from __future__ import annotations

from guide.checks.corpus import Page
from guide.reading.markdown import Block
from guide.reading.problems import Problems
from guide.reading.schema import IDENTIFIER, short, slug
from guide.reading.yaml_tree import CONFLICT

DESCRIPTION = (40, 320)


def check(page: Page, problems: Problems) -> None:
    """Records what is wrong with the description and the headings of ``page``."""
    _description(page, problems)
    first: dict[str, int] = {}
    level = 1
    for block in page.source.blocks:
        # Front matter that is not recognised looks like one, as does a conflict: both have been told.
        lost = page.source.front is None and block.line < 4
        if block.kind == "setext" and not lost and not CONFLICT.match(block.text):
            problems.add(page.file, block.line, "", "heading_underlined", title=short(block.text))
            level = max(level, 2)
        if block.kind == "heading":
            _level(page, block, level, problems)
            _id(page, block, first, problems)
            level = max(block.level, 1)


def _level(page: Page, block: Block, above: int, problems: Problems) -> None:
    """A heading says something, and is at most one level below the one ``above``."""
    title = short(block.text)
    if not block.text:
        problems.add(page.file, block.line, "", "heading_empty")
    if block.level == 1:
        problems.add(page.file, block.line, "", "heading_one", title=title)
    elif block.level > above + 1:
        found, wanted = "#" * block.level, "#" * (above + 1)
        problems.add(page.file, block.line, "", "heading_jump", title=title, found=found, wanted=wanted)


def _id(page: Page, block: Block, first: dict[str, int], problems: Problems) -> None:
    """A heading has an id of its own; ``first`` has the line of those before it, and gets its."""
    if block.name is None:
        code = "heading_braces" if "{" in block.text else "heading_without_id"
        id = slug(block.text.partition("{")[0])
        problems.add(page.file, block.line, "", code, title=short(block.text), id=id)
    elif not IDENTIFIER.fullmatch(block.name):
        problems.add(page.file, block.line, "", "want_identifier", value=short(block.name))
    elif block.name in first:
        problems.add(page.file, block.line, "", "heading_repeated_id", id=block.name, line=first[block.name])
    else:
        first[block.name] = block.line


def _description(page: Page, problems: Problems) -> None:
    text = page.meta["description"]
    least, most = DESCRIPTION
    if text is not None and not least <= len(text) <= most:
        line = page.meta.lines["description"]
        problems.add(page.file, line, "description", "description_length", least=least, most=most, found=len(text))
