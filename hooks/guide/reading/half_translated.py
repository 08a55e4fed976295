"""Completes pages of which only some sections are translated: the others stand in the default language, and say so.

A section is what stands under one heading, down to the next. One whose heading is there and nothing under it
counts as missing.
"""

from __future__ import annotations

from dataclasses import replace

from guide.reading.markdown import Block, Source


def missing(first: Source, other: Source) -> tuple[Block, ...]:
    """Returns the headings of ``first`` whose sections ``other``, its translation, lacks."""
    here = {block.name for block in other.headings} - _empty(first, other)
    return tuple(block for block in first.headings if block.name and block.name not in here)


def without_missing(first: Source, other: Source) -> tuple[Source, Source]:
    """Both without the sections that ``other`` lacks: what is left can be held against each other."""
    gone = {block.name for block in missing(first, other)}
    return _without(first, gone), _without(other, gone)


def completed(first: Source, other: Source, language: str) -> str | None:
    """The text of ``other`` with the sections it lacks from ``first``, marked as in ``language``; None where it lacks
    none."""
    gone = {block.name for block in missing(first, other)}
    if not gone:
        return None
    pieces = [one for one in _sections(other) if one[0] not in gone]
    for name, lines in _sections(first):
        if name in gone:
            wrapped = ["", f'<div lang="{language}" dir="auto" markdown="1">', "", *lines, "", "</div>", ""]
            pieces.insert(_place(first, name, [one for one, _ in pieces]), (name, wrapped))
    return "\n".join(line for _, lines in pieces for line in lines)


def _place(first: Source, name: str | None, there: list[str | None]) -> int:
    """Where among the sections ``there`` one belongs: after the last of those that come before it in ``first``."""
    order = [block.name for block in first.headings]
    before = order[: order.index(name)]
    return 1 + max(at for at, one in enumerate(there) if at == 0 or one in before)


def _sections(source: Source) -> list[tuple[str | None, list[str]]]:
    """Returns every section with its lines; the first, of no heading, with the front matter."""
    starts = [0, *(block.line - 1 for block in source.headings)]
    names = [None, *(block.name for block in source.headings)]
    ends = [*starts[1:], len(source.lines)]
    return [(name, list(source.lines[start:end])) for name, start, end in zip(names, starts, ends)]


def _empty(first: Source, other: Source) -> set[str | None]:
    """Returns the headings under which ``other`` says nothing, and ``first`` something."""

    def silent(source: Source) -> set[str | None]:
        spoken = {block.section for block in source.blocks if block.kind not in ("heading", "comment")}
        return {block.name for place, block in enumerate(source.headings, 1) if place not in spoken}

    return silent(other) - silent(first)


def _without(source: Source, gone: set[str | None]) -> Source:
    kept = [0]
    for place, block in enumerate(source.headings, 1):
        if block.name not in gone or not block.name:
            kept.append(place)
    places = {old: new for new, old in enumerate(kept)}
    blocks = tuple(replace(block, section=places[block.section]) for block in source.blocks if block.section in places)
    return replace(source, blocks=blocks)
