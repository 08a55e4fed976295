"""Names every look of a cell: colours, borders, how numbers and dates are shown."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from guide.reading.texts import Texts

INK, _SOFT, LINE, ACCENT, _ACCENT_SOFT = "#1a1f2b", "#475167", "#d3dbe8", "#1d3f8f", "#e5ecf9"
_INPUT = "#fffbe9"
# Letters and ground of each light, as on the site.
_LIGHTS = {
    "behind": ("#a3261d", "#fcecea"),
    "in-progress": ("#7f5300", "#fdf3dd"),
    "optimal": ("#17663a", "#e6f4eb"),
}


def formats_of(book: xlsxwriter.Workbook, texts: Texts) -> dict[str, Format]:
    """Every look by its name. A text is marked as one: it stays a text even when edited."""
    percent = texts["format"]["percent"]
    # 100 % only when nothing is missing.
    shown = percent.replace("{value}", "0")
    percent = f'[>=1]{shown};[>=0.99]"{percent.replace("{value}", "99")}";{shown}'
    date_shown = texts["workbook"]["date_format"]
    base = {"font_size": 10, "font_color": INK, "text_wrap": True, "valign": "top"}
    left = base | {"align": "left", "indent": 1}
    text = left | {"quote_prefix": True}
    lined = {"bottom": 1, "bottom_color": LINE}
    input = left | {"bg_color": _INPUT, "border": 1, "border_color": "#b9a45f", "locked": False}
    head = left | {"bold": True, "font_color": "#ffffff", "bg_color": ACCENT, "valign": "vcenter"}
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
        "head-input": head | {"bg_color": "#6b5300"},
        "input": input,
        "date": input | {"num_format": date_shown, "align": "center", "indent": 0},
        "date-shown": number | {"num_format": date_shown},
        "word": left | lined | {"bold": True},
        "count": number,
        "percent": number | {"num_format": percent},
        "mean": number | {"num_format": "0.0"},
        "hatched": {"pattern": 14, "fg_color": LINE, "bg_color": "#ffffff", "italic": True},
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
