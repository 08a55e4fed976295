"""Gives the words of the interface in one language, and fills the blanks of sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


class Texts:
    """The words of the interface in one language, read from ``locales/<code>.yml``."""

    def __init__(self, code: str, words: Mapping[str, Any]) -> None:
        self.code = code
        self.words = words

    def __getitem__(self, name: str) -> Any:
        return self.words[name]

    def problem(self, code: str, details: Mapping[str, str]) -> str:
        """Returns the sentence for a problem's code, filled in; the code itself where no language has the sentence."""
        said = self.words["problems"].get(code) or " ".join([code, *details.values()])
        return fill(said, details)


def fill(text: str, details: Mapping[str, object]) -> str:
    """``text`` with every ``{name}`` of ``details`` put in; other braces stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda m: str(details.get(m[1], m[0])), text)


def plural(words: Mapping[str, str], name: str, count: int) -> str:
    """Returns the form of ``name`` for ``count``: ``<name>_one`` or ``<name>_other``."""
    return fill(words[f"{name}_one" if count == 1 else f"{name}_other"], {"count": count})


def when(text: str, words: Mapping[str, Any]) -> str:
    """Returns a date as ``schema.When`` reads it, in words: ``2025-10`` is «octubre de 2025»."""
    about, _, date = text.rpartition(" ")
    year, _, end = date.partition("-")
    if len(end) == 2:
        date = fill(words["month"], {"month": words["months"][f"m{end}"], "year": year})
    date = date.replace("-", "–")
    return f"{words['about']} {date}" if about else date
