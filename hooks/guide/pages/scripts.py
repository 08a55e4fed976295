"""The scripts as they are published."""

from __future__ import annotations

import re

# A comment that has its lines to itself: what stands beside code may be part of a text.
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*[\s\S]*?\*/[ \t]*)\n", re.MULTILINE)


def without_comments(script: str) -> str:
    """A script without its comments, a quarter of what it weighs; they stay in the repository."""
    return _COMMENT.sub("", script)
