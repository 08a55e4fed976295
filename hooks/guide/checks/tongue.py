"""Texts in another language than the one they stand under: not translated, or put in each other's place.

A language's commonest words (``prose.common_words`` of its locale file) tell it from the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from guide.checks.site import Said, Site
from guide.checks.source import links_out
from guide.checks.style import Rules
from guide.problems import Problems

# So many words of another language, and none of its own.
_ENOUGH = 4
# What is quoted, in italics or in code is often in another language, and so are names.
_FOREIGN = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|\*[^*]+\*")


def check(site: Site, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records the first passage of every page that seems to be in another language."""
    for code, pages in site.pages.items():
        for page in pages.values():
            for block in page.source.blocks:
                if block.kind in ("paragraph", "item", "quote") and (other := _other(block.words, code, rules)):
                    problems.add(page.file, block.line, "", "wrong_language", language=code, other=other)
                    break


def whole(site: Site, rules: Mapping[str, Rules]) -> dict[str, str]:
    """The files of pages that are in another language from end to end, with that language."""
    found = {}
    for code, pages in site.pages.items():
        for page in pages.values():
            words = " ".join(
                one.words for one in page.source.blocks if one.kind in ("paragraph", "item", "quote", "heading")
            )
            listed = re.findall(r"[^\W\d_]+", words.lower())
            counts = {one: _count(listed, its.common - rules[code].common) for one, its in rules.items() if one != code}
            own = _count(listed, rules[code].common.difference(*(rules[one].common for one in counts)))
            other = max(counts, key=counts.__getitem__, default="")
            if other and counts[other] >= 4 * _ENOUGH and counts[other] > 8 * own:
                found[page.file] = other
    return found


def check_text(text: Said, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records where a text of a YAML file seems to be in another language."""
    for code, value in text.texts.items():
        if other := _other(value, code, rules):
            key = f"{text.key}.{code}"
            problems.add(text.file, text.lines[code], key, "wrong_language", language=code, other=other)


def _other(text: str, code: str, rules: Mapping[str, Rules]) -> str:
    """The language ``text`` seems to be in, where it is not ``code``; "" where it is or nobody can tell."""
    own = rules[code].common
    # One word of its own is enough: most texts need no closer look.
    if not own.isdisjoint(text.lower().split()):
        return ""
    words = re.findall(r"[^\W\d_]+", _FOREIGN.sub(" ", links_out(text)).lower())
    if len(words) < 2 * _ENOUGH or not own.isdisjoint(words):
        return ""
    counts = {other: _count(words, one.common - own) for other, one in rules.items() if other != code}
    best = max(counts, key=counts.__getitem__, default="")
    return best if best and counts[best] >= _ENOUGH else ""


def _count(words: Iterable[str], common: frozenset[str]) -> int:
    return sum(word in common for word in words)
