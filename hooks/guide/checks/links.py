"""Links and images: each leads to a page, heading or file that exists, and says in words what it is."""

from __future__ import annotations

import difflib
import posixpath
import re
from urllib.parse import unquote

from guide.checks.site import Page, Site
from guide.checks.source import Link
from guide.problems import Problems
from guide.schema import Context

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SPACE_BETWEEN = re.compile(r"\[[^\[\]\n]+\][ ]+\((?:https?:|[\w./-]+\.md|#)[^()\s]*\)")


def check(site: Site, page: Page, problems: Problems) -> None:
    """Records the links and images of ``page`` that lead nowhere or say nothing."""
    for link in page.source.links:
        shown = _short(link.target or "()")
        if not link.defined:
            problems.add(page.file, link.line, "", "link_undefined", name=shown)
            continue
        if link.image and not (link.label or "").strip():
            problems.add(page.file, link.line, "", "image_without_text", target=shown)
        elif not link.image and link.label is not None and not _says(link):
            problems.add(page.file, link.line, "", "link_without_text", target=shown)
        _target(site, page, link, problems)
    for block in page.source.blocks:
        if block.kind in ("paragraph", "item", "quote", "table"):
            for match in _SPACE_BETWEEN.finditer(block.bare):
                problems.add(page.file, block.line_at(match.start()), "", "link_space", link=_short(match[0]))


def _says(link: Link) -> bool:
    # HTML links are not looked into.
    return link.label == "" or bool(re.sub(r"[*_`\s]", "", link.label or ""))


def _target(site: Site, page: Page, link: Link, problems: Problems) -> None:
    target = unquote(link.target)
    shown = _short(target)
    context = Context.of(site.project, page.file, problems)
    if re.match(r"(https?|mailto|tel):", target, re.IGNORECASE):
        if re.fullmatch(r"https?://[^\s/]+\.[^\s]+|(mailto|tel):\S+", target, re.IGNORECASE) is None:
            context.problem(link.line, "", "want_address", value=shown)
        return
    if not target:
        context.problem(link.line, "", "link_empty")
        return
    if target.startswith("/") and not target.startswith("//"):
        context.problem(link.line, "", "link_absolute", target=shown)
        return
    if _SCHEME.match(target) or target.startswith("//"):
        context.problem(link.line, "", "link_scheme", target=shown)
        return
    path, _, heading = target.partition("#")
    path = path.partition("?")[0]
    here = posixpath.dirname(page.path)
    there = posixpath.normpath(posixpath.join(here, path)) if path else page.path
    if there in site.paths:
        if link.image:
            context.problem(link.line, "", "image_missing", value=shown)
            return
        ids = site.ids(page.code, there)
        if heading and ids is not None and heading not in ids:
            context.unknown(link.line, "", "link_heading", heading, ids)
    elif not site.has_file(page.code, there):
        _nowhere(site, link, path, there, here, context)


def _nowhere(site: Site, link: Link, path: str, there: str, here: str, context: Context) -> None:
    """Records a link that leads nowhere, with the page that was probably meant."""
    if link.image:
        context.problem(link.line, "", "image_missing", value=_short(path))
        return
    stem = re.sub(r"(/index)?\.html?$", "", there.rstrip("/"))
    exact = [one for one in (f"{stem}.md", f"{stem}/index.md") if one in site.paths]
    by_case = [one for one in site.paths if one.lower() == there.lower()]
    by_name = [one for one in site.paths if posixpath.basename(one) == posixpath.basename(there)]
    near = exact or by_case or by_name or difflib.get_close_matches(there, site.paths, 1, 0.7)
    if near:
        meant = posixpath.relpath(near[0], here or ".")
        context.problem(link.line, "", "link_page_near", value=_short(path), near=meant)
    else:
        context.problem(link.line, "", "link_page", value=_short(path))


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
