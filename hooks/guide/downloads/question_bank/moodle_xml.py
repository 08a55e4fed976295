"""Writes questions as Moodle XML, the format that keeps most: categories, feedback, and notes for whoever marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from guide.downloads.question_bank.bank import Words, asked
from guide.model.course import Module, Question
from guide.reading.texts import Texts

_TYPES = {"choice": "multichoice", "true_false": "truefalse", "match": "matching", "open": "essay"}


def write(modules: Iterable[Module], texts: Texts, link: Callable[[str], str]) -> str:
    """Returns all questions; the name of each is its id, which never changes."""
    words = Words(texts, link)
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for module, questions in asked(modules):
        parts.append(_category(words.category(module)))
        parts += [_question(one, words) for one in questions]
    return "".join([*parts, "</quiz>\n"])


def _category(path: tuple[str, ...]) -> str:
    # A slash in a name is written twice.
    whole = "/".join(["$course$", "top", *(one.replace("/", "//") for one in path)])
    return f'<question type="category">\n  <category><text>{escape(whole)}</text></category>\n</question>\n'


def _text(tag: str, text: str, format: str = ' format="html"', inside: str = "") -> str:
    return f"<{tag}{format}><text>{escape(text)}</text>{inside}</{tag}>"


def _question(one: Question, words: Words) -> str:
    # What is expected of an open answer is for whoever marks it.
    why = "" if one.kind == "open" else words.html(one.answer)
    lines = [
        _text("name", one.id, ""),
        _text("questiontext", f"<p>{words.html(one.question)}</p>"),
        _text("generalfeedback", why),
        "<defaultgrade>1</defaultgrade>",
        f"<penalty>{1 if one.kind == 'true_false' else 0.3333333}</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{one.id}</idnumber>",
        *_OF_KIND[one.kind](one, words),
    ]
    inside = "".join(f"  {line}\n" for line in lines)
    return f'<question type="{_TYPES[one.kind]}">\n{inside}</question>\n'


def _answer(right: bool, text: str, feedback: str = "", format: str = ' format="html"') -> str:
    return _text("answer", text, f' fraction="{100 if right else 0}"{format}', _text("feedback", feedback))


def _choice(one: Question, words: Words) -> list[str]:
    settings = ["<single>true</single>", "<shuffleanswers>true</shuffleanswers>"]
    settings.append("<answernumbering>abc</answernumbering>")
    return settings + [_answer(each.right, words.html(each.text), words.html(each.feedback)) for each in one.options]


def _true_false(one: Question, words: Words) -> list[str]:
    plain = ' format="moodle_auto_format"'
    return [_answer(one.right is value, str(value).lower(), format=plain) for value in (True, False)]


def _match(one: Question, words: Words) -> list[str]:
    pairs = [
        _text("subquestion", words.html(each.item), inside=_text("answer", words.plain(each.match), ""))
        for each in one.pairs
    ]
    return ["<shuffleanswers>true</shuffleanswers>", *pairs]


def _open(one: Question, words: Words) -> list[str]:
    return [
        "<responseformat>editor</responseformat>",
        "<responserequired>1</responserequired>",
        "<responsefieldlines>10</responsefieldlines>",
        "<attachments>0</attachments>",
        _text("graderinfo", words.html(one.answer)),
        _text("responsetemplate", ""),
    ]


_OF_KIND: dict[str, Callable[[Question, Words], list[str]]] = {
    "choice": _choice,
    "true_false": _true_false,
    "match": _match,
    "open": _open,
}
