"""Returns how long a chapter takes to read."""

from __future__ import annotations

import re

from guide.reading.texts import Texts, plural

WORDS_A_MINUTE = 200
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>")
_WORD = re.compile(r"\w+")


def minutes(html: str) -> int:
    """Returns how long the text of ``html`` takes to read, in whole minutes, at least one."""
    return max(1, round(len(_WORD.findall(_TAG.sub(" ", html))) / WORDS_A_MINUTE))


def reading_time(texts: Texts, html: str) -> str:
    """Returns what a chapter says of how long it takes."""
    return plural(texts["book"], "reading", minutes(html))
