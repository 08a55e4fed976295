"""Guesses which name somebody meant to write: only one that is a slip of the pen away.

A suggestion that is wrong is worse than none: it is taken, and then nothing tells that it was wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# A name of so many letters may have one slip in it; a longer one, one for each eight of its letters.
_LEAST = 4
_LETTERS_A_SLIP = 8


def fold(text: str) -> str:
    """``text`` without what people do not see as another name: case, accents, and which of - _ and spaces it has."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"[-_\s]+", "-", "".join(one for one in letters if not unicodedata.combining(one)).strip())


def nearest(value: str, known: Collection[str]) -> str:
    """Returns the one of ``known`` that ``value`` was meant to be; "" where there is none, or more than one."""
    wanted = fold(value)
    if value.endswith(".md"):
        # The steps to a page, from its file's folder or from that of its language.
        inside = re.sub(r"^(?:\.{0,2}/)*(?:docs/)?(?:[a-z]{2}/)?", "", value)
        wanted = fold(inside) if inside in known else wanted
    best, found = 2.0, []
    for one in known:
        slips = _slips(wanted, fold(one))
        if slips < best:
            best, found = slips, [one]
        elif slips == best < 2:
            found.append(one)
    return found[0] if len(found) == 1 else ""


def _slips(value: str, other: str) -> float:
    """0: the same name; 1: one with a slip of the pen; 2: another name."""
    if value == other:
        return 0
    if value.replace("-", "") == other.replace("-", ""):
        return 0.5
    # 7 is no slip for 1: numbers are told apart by their digits.
    if re.findall(r"\d+", value) != re.findall(r"\d+", other) or not value or not other:
        return 2
    if value in (other + "s", other + "es"):
        return 1
    return 1 if _is_near(value, other) else 2


def _is_near(value: str, other: str) -> bool:
    """Returns whether two names have no more slips between them than their length allows."""
    least = min(len(value), len(other))
    most = max(1, least // _LETTERS_A_SLIP) if least >= _LEAST else 0
    if abs(len(value) - len(other)) > most or _has_another_word(value, other):
        return False
    return distance(value, other) <= most


def _has_another_word(value: str, other: str) -> bool:
    """Returns whether one of several words is more than a slip away: two sources of one body differ in a whole word."""
    mine, theirs = re.split(r"[-./]", value), re.split(r"[-./]", other)
    if len(mine) != len(theirs) or len(mine) == 1:
        return False
    return any(one != word and _is_another(one, word) for one, word in zip(mine, theirs))


def _is_another(one: str, word: str) -> bool:
    short = min(len(one), len(word)) < (3 if len(one) == len(word) else 2)
    return short or re.search(r"\d", word) is not None or distance(one, word) > max(1, len(word) // 6)


def distance(one: str, other: str) -> int:
    """How many letters are to be put in, taken out, changed or swapped with the next to make ``other`` of ``one``."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
