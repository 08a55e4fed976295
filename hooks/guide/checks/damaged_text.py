"""Finds letters damaged on the way, and what git leaves of a conflict, in pages and data."""

from __future__ import annotations

import re

from guide.reading.problems import Problems
from guide.reading.yaml_tree import CONFLICT, CONFLICT_BETWEEN

# UTF-8 read as Windows' own encoding: Ã³ for ó, â€œ for “. U+FFFD: a letter that was lost.
_AFTER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_SIGNS = re.compile(rf"Ã[{_AFTER}]|Â[\u00a0-\u00bf]|â€[{_AFTER}]?|\ufffd")
_DAMAGED = re.compile(rf"\w*(?:{_SIGNS.pattern})\w*")


def check(file: str, text: str, problems: Problems) -> None:
    """Records a conflict and damaged letters in ``text`` of ``file``: the first of a line."""
    marked = "<<<<" in text or ">>>>" in text or "||||" in text
    match = CONFLICT.search(text) if marked else None
    if match is None and "=======" in text:
        match = next(filter(lambda one: _alone(file, text, one), CONFLICT_BETWEEN.finditer(text)), None)
    if match:
        problems.add(file, _line(text, match), "", "conflict")
    told = 0
    for match in _DAMAGED.finditer(text) if _SIGNS.search(text) else ():
        line = _line(text, match)
        if line != told:
            problems.add(file, line, "", "damaged", text=match[0])
        told = line


def _alone(file: str, text: str, match: re.Match[str]) -> bool:
    """Returns whether a line of equal signs is not the one under a title."""
    above = text[: match.start()].removesuffix("\n").rpartition("\n")[2]
    return not file.endswith(".md") or not above.strip()


def _line(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1
