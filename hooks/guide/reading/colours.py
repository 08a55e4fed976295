"""Reads the colours of the site, which stand once: ``overrides/styles/base/colours.css``.

Pages take them as they are. What is on paper or in a workbook is always light, and takes the first of each pair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

FILE = Path(__file__).parents[3] / "overrides/styles/base/colours.css"
_COLOUR = re.compile(r"--(?P<name>[a-z-]+): (?:light-dark\((?P<light>#\w+), (?P<dark>#\w+)\)|(?P<both>#\w+));")


class Colour(NamedTuple):
    """A colour in both schemes, as ``#rrggbb``; ``#rrggbbaa`` where what is under it shines through."""

    light: str
    dark: str


def read_colours() -> Mapping[str, Colour]:
    """Returns every colour by its name, without the two hyphens."""
    found = _COLOUR.finditer(FILE.read_text("utf-8"))
    return MappingProxyType(
        {one["name"]: Colour(_whole(one["light"] or one["both"]), _whole(one["dark"] or one["both"])) for one in found}
    )


def _whole(colour: str) -> str:
    """``#abc`` as ``#aabbcc``: not every program reads the short form."""
    return colour if len(colour) > 4 else "#" + "".join(letter * 2 for letter in colour[1:])
