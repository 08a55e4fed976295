"""Finds texts in another language than the one they stand under: not translated, or in each other's place.

A language's commonest words (``prose.common_words`` of its locale file) tell it from the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from guide.checks.corpus import READ, Page, Said, Site
from guide.checks.style import Rules
from guide.reading.markdown import NAMES, RUNNING, cells, links_out
from guide.reading.problems import Problems

# So many words of another language, and none of its own.
_ENOUGH = 4
# What is quoted, in italics or in code is often in another language, and so are names.
_SHORT = 8
_WORD = re.compile(r"[^\W\d_]{4,}")
# What is called by its own name, in whatever language that is.
_NAMES = frozenset({"cite", "place", "publisher", "author", "name", "left", "right"})
_FOREIGN = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|\*[^*]+\*|(?:https?://|www\.)\S+")


def check(site: Site, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records the first passage of every page that seems to be in another language."""
    for code, pages in site.pages.items():
        for page in pages.values():
            for block in page.source.blocks:
                if block.kind in RUNNING and (other := _other(block.words, code, rules)):
                    problems.add(page.file, block.line, "", "wrong_language", language=code, other=other)
                    break


@dataclass(frozen=True)
class _Short:
    """A text too short to tell its language by its commonest words, and where it stands."""

    code: str
    text: str
    file: str
    line: int
    key: str


def check_short(
    site: Site,
    texts: Iterable[Said],
    rules: Mapping[str, Rules],
    skipped: Collection[str],
    problems: Problems,
) -> None:
    """Records titles, headings, cells and other short texts that seem to be in another language.

    They have too few of its commonest words: what tells is that the site's own longer texts in the other language
    have all of their words, and those in their own language none. Pages that are ``skipped`` say nothing of a language.
    """
    known: dict[str, Counter[str]] = {code: Counter() for code in site.pages}
    short: list[_Short] = []
    for pages in site.pages.values():
        for page in pages.values():
            if page.file not in skipped:
                short += _short_of_page(page, known[page.code])
    for text in texts:
        short += _short_of_text(text, known)
    for one in short:
        if other := _other_short(one.text, one.code, known, rules):
            problems.add(one.file, one.line, one.key, "wrong_language", language=one.code, other=other)


def _short_of_page(page: Page, known: Counter[str]) -> Iterator[_Short]:
    """Yields the short texts of a page; ``known`` gets the words of the others."""
    for key in READ:
        if page.meta[key]:
            yield _Short(page.code, page.meta[key], page.file, page.meta.lines[key], key)
    for block in page.source.blocks:
        if block.kind == "table":
            for step, row in enumerate(block.text.split("\n")):
                for cell in cells(row):
                    yield _Short(page.code, cell, page.file, block.line + step, "")
        elif block.kind in RUNNING and len(block.words.split()) > _SHORT:
            known.update(set(_WORD.findall(_FOREIGN.sub(" ", block.words))))
        elif block.kind in (*RUNNING, *NAMES):
            yield _Short(page.code, block.bare, page.file, block.line, "")


def _short_of_text(text: Said, known: Mapping[str, Counter[str]]) -> Iterator[_Short]:
    """Yields the short ones of a text of a YAML file; ``known`` gets the words of the others."""
    names = text.key.rpartition(".")[2] in _NAMES
    for code, value in text.texts.items():
        if len(value.split()) > _SHORT:
            known[code].update(set(_WORD.findall(_FOREIGN.sub(" ", links_out(value)))))
        elif not names:
            yield _Short(code, value, text.file, text.lines[code], f"{text.key}.{code}")


def _other_short(text: str, code: str, known: Mapping[str, Counter[str]], rules: Mapping[str, Rules]) -> str:
    """Returns the language a short text seems to be in, where it is not ``code``."""
    words = re.findall(r"[^\W\d_]+", _FOREIGN.sub(" ", links_out(text)))
    if not words or not rules[code].common.isdisjoint(map(str.lower, words)):
        return ""
    plain = _plain(words)
    foreign = plain if known[code].keys().isdisjoint(plain) else []
    for other in filter(code.__ne__, rules):
        common = _count(map(str.lower, words), rules[other].common - rules[code].common)
        if _is_telling(common, words) or (foreign and min(map(known[other].__getitem__, foreign)) >= 2):
            return other
    return ""


def _plain(words: list[str]) -> list[str]:
    """Returns the words that are no names, which are the same in every language, and long enough to tell one."""
    # Only the first may have a capital for another reason.
    plain = [words[0][0].lower() + words[0][1:], *words[1:]]
    return [word for word in plain if word.islower() and len(word) >= 4]


def _is_telling(common: int, words: list[str]) -> bool:
    """Returns whether so many common words of another language among ``words`` tell it; not where all are names."""
    return (common >= 2 or (common == 1 and len(words) <= 4)) and not all(map(str.istitle, words))


def whole(site: Site, rules: Mapping[str, Rules]) -> dict[str, str]:
    """Returns the files of pages that are in another language from end to end, with that language."""
    found = {}
    for pages in site.pages.values():
        for page in pages.values():
            if other := _other_whole(page, rules):
                found[page.file] = other
    return found


def _other_whole(page: Page, rules: Mapping[str, Rules]) -> str:
    """Returns the language that a page seems to be in from end to end, where it is not its folder's."""
    texts = (one.words for one in page.source.blocks if one.kind in (*RUNNING, "heading"))
    listed = re.findall(r"[^\W\d_]+", " ".join(texts).lower())
    mine = rules[page.code].common
    counts = {one: _count(listed, its.common - mine) for one, its in rules.items() if one != page.code}
    own = _count(listed, mine.difference(*(rules[one].common for one in counts)))
    other = max(counts, key=counts.__getitem__, default="")
    return other if other and counts[other] >= 4 * _ENOUGH and counts[other] > 8 * own else ""


def check_text(text: Said, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records where a text of a YAML file seems to be in another language."""
    for code, value in text.texts.items():
        if other := _other(value, code, rules):
            key = f"{text.key}.{code}"
            problems.add(text.file, text.lines[code], key, "wrong_language", language=code, other=other)


def _other(text: str, code: str, rules: Mapping[str, Rules]) -> str:
    """Returns the language ``text`` seems to be in, where it is not ``code``; "" where it is or nobody can tell."""
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
