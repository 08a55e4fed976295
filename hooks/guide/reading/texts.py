"""The words of the interface in one language, and sentences with blanks."""

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
        """The sentence for a problem's code, filled in; the code itself where no language has the sentence."""
        said = self.words["problems"].get(code) or " ".join([code, *details.values()])
        return fill(said, details)


def fill(text: str, details: Mapping[str, object]) -> str:
    """``text`` with every ``{name}`` of ``details`` put in; other braces stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda m: str(details.get(m[1], m[0])), text)
