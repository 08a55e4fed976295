"""Reads the questions of the course in one language, as every format writes them: category by category, in HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guide.model.course import Module, Question
from guide.reading import inline_markdown
from guide.reading.schema import Translated, in_language
from guide.reading.texts import Texts, fill

_NO_LINK = re.compile(r'<a href="">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Words:
    """Says texts in one language; ``link`` gives the whole address of a page, "" where there is no published site."""

    texts: Texts
    link: Callable[[str], str]

    def html(self, text: Translated | None) -> str:
        """Returns a text as HTML, "" where there is none."""
        said = inline_markdown.html(in_language(text, self.texts.code), self.link) if text else ""
        return _NO_LINK.sub(r"\1", str(said))

    def plain(self, text: Translated) -> str:
        return inline_markdown.plain(in_language(text, self.texts.code))

    def category(self, module: Module) -> tuple[str, str]:
        """Returns where the questions of a module stand in a bank: the site's name, and the module's."""
        number = fill(self.texts["course"]["module"], {"number": module.number})
        return self.texts["site"]["short_name"], f"{number}. {self.plain(module.title)}"


def asked(modules: Iterable[Module]) -> Iterator[tuple[Module, tuple[Question, ...]]]:
    """Returns every module that asks something, with its questions."""
    return ((one, one.questions) for one in modules if one.questions)
