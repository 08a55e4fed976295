"""Holds what every command shares: options with a value, and how the end of a check is said."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def option(name: str, arguments: list[str]) -> tuple[list[str], str]:
    """Returns the arguments without an option and its value, and the value; "" where it is not there."""
    if name not in arguments[:-1]:
        return arguments, ""
    place = arguments.index(name)
    return arguments[:place] + arguments[place + 2 :], arguments[place + 1]


def tell(lines: Iterable[str], wrong: str) -> int:
    """Says what a check has found, and what is wrong; gives the exit code."""
    for line in lines:
        print(line)
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0
