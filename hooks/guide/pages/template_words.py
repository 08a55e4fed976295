"""Returns what every template may use, in one language."""

from __future__ import annotations

import functools
from typing import Any

from markupsafe import Markup

from guide.pages.areas import ICONS, area_of
from guide.pages.policy import policy
from guide.reading import icons
from guide.reading.project import Project, direction, open_texts
from guide.reading.texts import fill


def template_words(project: Project, code: str) -> dict[str, Any]:
    """Returns the words and the small helpers of the templates of pages in the language ``code``."""
    words = open_texts(project, code).words
    return {
        "t": words,
        "fill": lambda text, **details: fill(text, details),
        "language": code,
        "languages": project.languages,
        "name_of": {one.code: one.name for one in project.languages},
        "words_of": {one: open_texts(project, one).words for one in project.codes},
        "direction": direction,
        "written_in": _written_in,
        "name_written_in": functools.partial(_name_written_in, code),
        "first_page": _first_page,
        "area": _area,
        "area_icon": lambda area: icon(ICONS[area]),
        "icon": icon,
        "policy": policy,
    }


def icon(name: str) -> Markup:
    """Returns the drawing of one of the icons of our templates."""
    return Markup(icons.svg(name) or "")


def _area(item: Any) -> str:
    """Returns the area of a page, or of a section of the navigation; "" where there is none."""
    return area_of(_first_page(item).file.src_uri.split("/", 1)[-1]) if item else ""


def _written_in(code: str) -> Markup:
    """Returns the attributes of what is written in another language than the page around it."""
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))


def _name_written_in(code: str, page: Any) -> str:
    """Returns the attributes of a page's name among words of ``code``; none where it is of that language."""
    language = page.meta.get("title_language") or page.file.src_uri.split("/", 1)[0]
    return "" if language == code else _written_in(language)


def _first_page(item: Any) -> Any:
    """Returns where a section of the navigation, however deep, begins; a page begins at itself."""
    return _first_page(item.children[0]) if item.is_section else item
