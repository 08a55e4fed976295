"""Collects mistakes in the content, and says them to the person who can mend them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from guide.reading.texts import Texts

# Letters that steer a terminal, turn the direction of a line or cannot be written at all.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """``text`` as it may be printed: what steers a terminal, or is not seen, stands as its number."""
    return _STEERING.sub(lambda match: " " if match[0] in "\t\n\r" else _number(match[0]), text)


def _number(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"


# What is only out of step between languages, beside all that begins with ``parity_``.
_BETWEEN_LANGUAGES = frozenset(
    {"format_differs", "language_incomplete", "missing_language", "missing_locale", "missing_word", "nav_translation"}
)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is and which sentence of ``locales/`` tells what to do.

    ``path`` is relative to the project, ``line`` counts from 1 (0: the file as a whole),
    ``key`` is the dotted place in the document (``criteria.2.levels``), ``code`` names the
    sentence and ``details`` fills it in; a detail named ``reason@es`` is the ``reason`` of the
    sentence in that language.
    """

    path: str
    line: int
    key: str
    code: str
    details: tuple[tuple[str, str], ...] = field(default=())

    @property
    def between_languages(self) -> bool:
        """Whether it only sets one language against another: it stops publication, and never the preview."""
        return self.code.startswith("parity_") or self.code in _BETWEEN_LANGUAGES

    def lacks(self, language: str) -> bool:
        """Returns whether it tells of something that ``language`` does not have yet."""
        if self.code == "parity_page_missing":
            return self.path.split("/")[1:2] == [language]
        if self.code in ("missing_locale", "missing_word"):
            return self.path == f"locales/{language}.yml"
        return self.code in ("missing_language", "nav_translation") and ("language", language) in self.details

    def sentence(self, texts: Texts) -> str:
        """Returns the line shown to the author: ``checklists/x.yml:12: title.en: what to do``."""
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return where + self.advice(texts)

    def advice(self, texts: Texts) -> str:
        """Returns the sentence without its place in the files: ``title.en: what to do``."""
        details = {
            name.partition("@")[0]: value
            for name, value in self.details
            if "@" not in name or name.endswith(f"@{texts.code}")
        }
        return (f"{self.key}: " if self.key else "") + texts.problem(self.code, details)


class Problems:
    """Collects mistakes so that all of them can be told at once."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, path: str, line: int, key: str, code: str, /, **details: object) -> None:
        flat = tuple(sorted((name, visible(str(value))) for name, value in details.items()))
        self._found.add(Problem(visible(path), line, visible(key), code, flat))

    def take(self, problem: Problem) -> None:
        """Takes over one that others found."""
        self._found.add(problem)

    def update(self, others: Problems) -> None:
        """Takes over what others found."""
        self._found |= others._found

    @property
    def between_languages(self) -> bool:
        """Whether there are any, and each is only between languages."""
        return bool(self._found) and all(one.between_languages for one in self._found)

    def drop(self, others: Iterable[Problem]) -> None:
        """Leaves out what is told in another way, or follows from what is told."""
        self._found.difference_update(others)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)

    def report(self, texts: Texts) -> str:
        """Returns all sentences, one a line, in the order of files and lines."""
        return "\n".join(problem.sentence(texts) for problem in self)


class ContentError(Exception):
    """The content has mistakes; ``problems`` lists every one of them."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{len(problems)} problem(s) in the content")
        self.problems = problems


def report(error: ContentError, texts: Texts) -> str:
    """Returns every mistake as a line, under a title that counts them."""
    title = texts["problems"]["title"].replace("{count}", str(len(error.problems)))
    return f"{title}\n{error.problems.report(texts)}"
