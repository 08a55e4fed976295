"""Writes questions as GIFT, a plain text that many platforms read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from guide.downloads.question_bank.bank import Words, asked
from guide.model.course import Module, Question
from guide.reading.texts import Texts

_MARKS = re.compile(r"[~=#{}:\\]")


def write(modules: Iterable[Module], texts: Texts, link: Callable[[str], str]) -> str:
    """Returns all questions, one after another with a line between."""
    words = Words(texts, link)
    parts: list[str] = []
    for module, questions in asked(modules):
        name = "/".join(one.replace("/", "//") for one in words.category(module))
        parts.append(f"$CATEGORY: $course$/top/{name}")
        parts += ["\n".join(_question(one, words)) for one in questions]
    return "\n\n".join(parts) + "\n"


def _escaped(text: str) -> str:
    """Returns a text in which nothing is a mark of the format."""
    return _MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def _question(one: Question, words: Words) -> Iterator[str]:
    yield f"::{one.id}::[html]{_escaped(words.html(one.question))} {{"
    if one.kind == "choice":
        for each in one.options:
            said = f"#{_escaped(words.html(each.feedback))}" if each.feedback else ""
            yield f"  {'=' if each.right else '~'}{_escaped(words.html(each.text))}{said}"
    elif one.kind == "true_false":
        yield f"  {'TRUE' if one.right else 'FALSE'}"
    for pair in one.pairs:
        yield f"  ={_escaped(words.html(pair.item))} -> {_escaped(words.plain(pair.match))}"
    yield f"  ####{_escaped(words.html(one.answer))}"
    yield "}"
