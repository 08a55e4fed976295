"""Names every look of a cell: colours, borders, how numbers and dates are shown."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from guide.reading.colours import read_colours
from guide.reading.texts import Texts

# Cells are coloured as pages are in light; what is to be filled in has a ground that pages do not know.
_LIGHT = {name: colour.light for name, colour in read_colours().items()}
INK, _SOFT, LINE, ACCENT, _ACCENT_SOFT = (_LIGHT[name] for name in ("ink", "ink-soft", "line", "accent", "accent-soft"))
_INPUT, _INPUT_LINE, _INPUT_HEAD = "#fffbe9", "#b9a45f", "#6b5300"
# Letters and ground of each light.
_LIGHTS = {name: (_LIGHT[name], _LIGHT[f"{name}-soft"]) for name in ("behind", "in-progress", "optimal")}


def formats_of(book: xlsxwriter.Workbook, texts: Texts) -> dict[str, Format]:
    """Returns every look by its name. A text is marked as one: it stays a text even when edited."""
    percent = texts["format"]["percent"]
    # 100 % only when nothing is missing.
    shown = percent.replace("{value}", "0")
    percent = f'[>=1]{shown};[>=0.99]"{percent.replace("{value}", "99")}";{shown}'
    date_shown = texts["workbook"]["date_format"]
    base = {"font_size": 10, "font_color": INK, "text_wrap": True, "valign": "top"}
    left = base | {"align": "left", "indent": 1}
    text = left | {"quote_prefix": True}
    lined = {"bottom": 1, "bottom_color": LINE}
    input = left | {"bg_color": _INPUT, "border": 1, "border_color": _INPUT_LINE, "locked": False}
    head = left | {"bold": True, "font_color": _LIGHT["on-accent"], "bg_color": ACCENT, "valign": "vcenter"}
    number = base | lined | {"align": "center"}
    looks: dict[str, dict[str, Any]] = {
        "text": text | lined,
        "plain": text,
        "shown": left | lined,
        "soft": text | {"font_color": _SOFT},
        "title": text | {"bold": True, "font_size": 18, "font_color": ACCENT},
        "heading": text | {"bold": True, "font_size": 13, "font_color": ACCENT},
        "head": head,
        "head-number": head | {"align": "center", "indent": 0},
        "head-input": head | {"bg_color": _INPUT_HEAD},
        "input": input,
        "date": input | {"num_format": date_shown, "align": "center", "indent": 0},
        "date-shown": number | {"num_format": date_shown},
        "word": left | lined | {"bold": True},
        "count": number,
        "percent": number | {"num_format": percent},
        "mean": number | {"num_format": "0.0"},
        "hatched": {"pattern": 14, "fg_color": LINE, "bg_color": _LIGHT["ground"], "italic": True},
        "link": text | lined | {"font_color": ACCENT, "underline": 1},
        "filled": lined,
        **{f"light-{id}": {"font_color": ink, "bg_color": ground} for id, (ink, ground) in _LIGHTS.items()},
    }
    looks |= {
        f"{name}-bold": looks[name] | {"bold": True, "top": 2, "top_color": ACCENT, "bg_color": _ACCENT_SOFT}
        for name in ("link", "percent", "mean", "word", "count")
    }
    looks |= {f"{name}-free": looks[name] | {"bottom": 0} for name in ("shown", "count", "date-shown")}
    looks["link-bold"] |= {"font_color": INK, "underline": 0}
    return {name: book.add_format(look) for name, look in looks.items()}
