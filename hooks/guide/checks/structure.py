"""What one page must have by itself: a description of some length, headings with ids, no jumps."""

from __future__ import annotations

from guide.checks.corpus import Page
from guide.reading.problems import Problems
from guide.reading.schema import IDENTIFIER, short, slug
from guide.reading.yaml_tree import CONFLICT

DESCRIPTION = (40, 320)


def check(page: Page, problems: Problems) -> None:
    """Records what is wrong with the description and the headings of ``page``."""
    _description(page, problems)
    file = page.file
    first: dict[str, int] = {}
    level = 1
    for block in page.source.blocks:
        # Front matter that is not recognised looks like one, as does a conflict: both have been told.
        lost = page.source.front is None and block.line < 4
        if block.kind == "setext" and not lost and not CONFLICT.match(block.text):
            problems.add(file, block.line, "", "heading_underlined", title=short(block.text))
            level = max(level, 2)
        if block.kind != "heading":
            continue
        title = short(block.text)
        if not block.text:
            problems.add(file, block.line, "", "heading_empty")
        if block.level == 1:
            problems.add(file, block.line, "", "heading_one", title=title)
        elif block.level > level + 1:
            problems.add(
                file, block.line, "", "heading_jump", title=title, found="#" * block.level, wanted="#" * (level + 1)
            )
        level = max(block.level, 1)
        if block.name is None:
            code = "heading_braces" if "{" in block.text else "heading_without_id"
            problems.add(file, block.line, "", code, title=title, id=slug(block.text.partition("{")[0]))
        elif not IDENTIFIER.fullmatch(block.name):
            problems.add(file, block.line, "", "want_identifier", value=short(block.name))
        elif block.name in first:
            problems.add(file, block.line, "", "heading_repeated_id", id=block.name, line=first[block.name])
        else:
            first[block.name] = block.line


def _description(page: Page, problems: Problems) -> None:
    text = page.meta["description"]
    least, most = DESCRIPTION
    if text is not None and not least <= len(text) <= most:
        line = page.meta.lines["description"]
        problems.add(page.file, line, "description", "description_length", least=least, most=most, found=len(text))
