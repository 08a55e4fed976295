"""Writes the dates of every year that a figure has as a calendar for other programs (RFC 5545).

Whole days that come back each year, with a reminder a week before. The same content gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.model.figures import Figure
from guide.reading import inline_markdown
from guide.reading.schema import Translated, in_language
from guide.reading.texts import Texts

_LINE = 75
# The year the first of each date stands in: all others follow of themselves.
_FIRST_YEAR = 2026
_MADE = f"{_FIRST_YEAR}0101T000000Z"


def write(figure: Figure, texts: Texts) -> str:
    """Returns the calendar of a figure in one language."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//ABC//ABC//{texts.code.upper()}", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(_plain(figure.title, texts))}")
    lines += [line for event in _events(figure, texts) for line in event]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _events(figure: Figure, texts: Texts) -> Iterator[list[str]]:
    for number, row in enumerate(figure.drawing["rows"], 1):
        name, note = _escaped(_plain(row["name"], texts)), _escaped(_plain(row["note"], texts))
        for place, date in enumerate(row["dates"] or (), 1):
            yield [
                "BEGIN:VEVENT",
                f"UID:{figure.id}-{number}-{place}@abc",
                f"DTSTAMP:{_MADE}",
                f"DTSTART;VALUE=DATE:{_FIRST_YEAR}{date['month']:02}{date['day']:02}",
                "RRULE:FREQ=YEARLY",
                f"SUMMARY:{name}",
                f"DESCRIPTION:{note}",
                "TRANSP:TRANSPARENT",
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                f"DESCRIPTION:{name}",
                "TRIGGER:-P7D",
                "END:VALARM",
                "END:VEVENT",
            ]


def _plain(text: Translated, texts: Texts) -> str:
    return inline_markdown.plain(in_language(text, texts.code))


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", " ".join(text.split()))


def _folded(line: str) -> str:
    """Returns a line in pieces of 75 octets at the most, never in the middle of a letter (3.1)."""
    pieces, size = [""], 0
    for letter in line:
        more = len(letter.encode("utf-8"))
        if size + more > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += more
    return "\r\n".join(pieces)
