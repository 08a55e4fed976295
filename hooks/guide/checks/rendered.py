"""Finds what a page would bring to its readers' browsers and may not: judged on its HTML, told on its line.

Python-Markdown keeps no lines. Where something is to be told, ever shorter beginnings of the page are
rendered until the line is found that brought it.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import markdown

from guide.checks.corpus import Page, Site
from guide.reading import counts, mentions
from guide.reading.forms import Forms
from guide.reading.problems import Problems
from guide.reading.project import Project, read_settings
from guide.reading.sanitiser import ADMONITIONS, CLASSES, Dropped, clean, is_id
from guide.reading.schema import short

# What MkDocs adds by itself.
_BUILT_IN = ("toc", "tables", "fenced_code")
# How often a page is rendered again to find lines; what is left over is told where its search stopped.
_MOST_RENDERED = 120
_CODES = {
    "attribute": "page_attribute",
    "class": "page_class",
    "element": "page_element",
    "id": "page_id",
    "image": "image_outside",
    "link": "link_scheme",
    "structure": "page_structure",
    "value": "page_value",
}
# What cannot bring anything, written as on nearly all pages: a link, the id of a heading, a button, a box.
_ORDINARY = re.compile(
    r"\]\((?:https://\w[\w./?=%#@,:;~+-]*|[\w./-]+\.md(?:#[\w-]+)?|#[\w-]+)\)"
    r"|(?<= )\{#(?P<id>[\w-]+)\}$"
    r"|\{ ?\.button ?\}"
    rf"|^ *(?:!!!|\?\?\?\+?) (?:{'|'.join(ADMONITIONS)})(?: \"[^\"]*\")?$",
    re.MULTILINE,
)
# Where anything else begins that could: a tag, an attribute list, an address, an image, a box, ever deeper nesting.
_SPECIAL = re.compile(r"[<{]|\]\(|\]:|!\[|!!!|\?\?\?|\[TOC\]|[ \t>]{40}|\[{10}")
# One mistake is told once: these say of the source what is seen here in the HTML.
_SAID = frozenset(
    {
        "admonition_kind",
        "comment_open",
        "heading_braces",
        "heading_without_id",
        "html_closed",
        "html_open",
        "html_tag",
        "image_outside",
        "link_absolute",
        "link_broken",
        "link_outside",
        "link_scheme",
        "want_address",
        "want_identifier",
    }
)


def check(site: Site, errors: Problems) -> None:
    """Records everything that pages may not hold, but for what ``errors`` tells of the same lines."""
    said = {(one.path, one.line) for one in errors if one.code.removesuffix("_near") in _SAID}
    used = extensions(read_settings(site.project) or {})
    for name, options in used.items():
        if not _is_extension(name, options):
            errors.add("mkdocs.yml", 0, "markdown_extensions", "extension_unknown", value=short(name))
            # Without it no page is what it will be.
            return
    for pages in site.pages.values():
        for page in pages.values():
            _page(site.project, page, used, said, errors)


def extensions(settings: Any) -> dict[str, dict[str, Any]]:
    """Returns the extensions of Markdown that the site uses, with what is set of each."""
    found: dict[str, dict[str, Any]] = {name: {} for name in _BUILT_IN}
    listed = settings.get("markdown_extensions") if isinstance(settings, dict) else None
    for one in listed if isinstance(listed, list) else [listed] if listed else ():
        for name, options in one.items() if isinstance(one, dict) else [(one, {})]:
            found[str(name)] = options or {}
    return found


def _is_extension(name: str, options: Any) -> bool:
    """Returns whether Python-Markdown knows the extension and what is set of it."""
    try:
        _made_renderer(json.dumps({name: options}, default=str))
    # An extension may refuse its options in any way.
    except Exception:
        return False
    return True


def is_ordinary(text: str) -> bool:
    """Returns whether a page can be told harmless without rendering it, as nearly all can."""
    ids = [match["id"] for match in _ORDINARY.finditer(text) if match["id"]]
    return _SPECIAL.search(_ORDINARY.sub(" ", text)) is None and all(map(is_id, ids))


def renderer(used: dict[str, dict[str, Any]]) -> markdown.Markdown:
    """Returns what makes HTML of a page, as MkDocs makes it."""
    return _made_renderer(json.dumps(used, default=str))


def _page(
    project: Project, page: Page, used: dict[str, dict[str, Any]], said: set[tuple[str, int]], errors: Problems
) -> None:
    text = counts.fill_page(project, "\n".join(page.source.lines[page.source.start - 1 :]), page.code)
    text = mentions.fill_page(project, text, page.code, page.path)
    if is_ordinary(text):
        return
    for line, one in _found(text, json.dumps(used, default=str)):
        if one is None:
            errors.add(page.file, 0, "", "page_unreadable")
            continue
        place = page.source.start + line
        # Of a page that goes wrong as a whole, whatever is said of its tags says it better.
        told = any(path == page.file for path, _ in said) if one.kind == "structure" else (page.file, place) in said
        if not told:
            errors.add(page.file, place, "", _CODES[one.kind], **_details(one))


def _details(one: Dropped) -> dict[str, str]:
    if one.kind == "link":
        return {"target": short(one.value)}
    if one.kind in ("image", "id"):
        return {"value": short(one.value)}
    if one.kind == "class":
        return {"value": short(one.value), "known": ", ".join(sorted(CLASSES))}
    if one.kind == "structure":
        return {}
    details = {"tag": short(one.element)}
    if one.attribute:
        details["attribute"] = short(one.attribute)
    if one.kind == "value":
        details["value"] = short(one.value)
    return details


@functools.lru_cache(maxsize=4096)
def _found(text: str, used: str) -> tuple[tuple[int, Dropped | None], ...]:
    """(line from 0, what may not be there) of a page's text; None for a page that cannot be rendered."""
    renderer = _made_renderer(used)
    try:
        dropped = clean(renderer.reset().convert(text))[1]
        return tuple(_placed(renderer, text.split("\n"), dropped)) if dropped else ()
    # Python-Markdown calls itself once a level, of quotes or brackets too.
    except RecursionError:
        return ((0, None),)


@functools.lru_cache(maxsize=32)
def _made_renderer(used: str) -> markdown.Markdown:
    chosen = json.loads(used)
    return markdown.Markdown(extensions=[*chosen, Forms()], extension_configs=chosen)


def _placed(
    renderer: markdown.Markdown, lines: list[str], dropped: tuple[Dropped, ...]
) -> Iterator[tuple[int, Dropped]]:
    """Each of ``dropped`` with the line, from 0, that brought it."""
    left = Counter(dropped)
    rendered = {0: Counter[Dropped](), len(lines): left.copy()}

    def until(end: int) -> Counter[Dropped]:
        if end not in rendered:
            try:
                rendered[end] = Counter(clean(renderer.reset().convert("\n".join(lines[:end])))[1])
            except RecursionError:
                rendered[end] = Counter()
        return rendered[end]

    def search(start: int, end: int) -> Iterator[tuple[int, Dropped]]:
        # What a page cut short seems to hold, and the whole one does not, is none of it.
        new = (until(end) - until(start)) & left
        if not new:
            return
        if end - start == 1 or len(rendered) > _MOST_RENDERED:
            left.subtract(new)
            yield from ((_start(lines, end - 1, one), one) for one in new)
        else:
            middle = (start + end) // 2
            yield from search(start, middle)
            yield from search(middle, end)

    yield from search(0, len(lines))
    yield from ((_start(lines, len(lines) - 1, one), one) for one in +left)


def _start(lines: list[str], end: int, one: Dropped) -> int:
    """The line, up to ``end`` and in one piece with it, on which what was dropped by then begins."""
    if one.kind == "structure":
        return end
    name = one.value if one.kind in ("class", "id", "image", "link") else one.attribute or f"<{one.element}"
    place = end
    while place >= 0 and (lines[place].strip() or place == end):
        if name and name.lower() in lines[place].lower():
            return place
        place -= 1
    return end
