"""Checks links and images: each leads to a page, heading or file that exists, and says in words what it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

from guide.checks.corpus import Document, Page, Said, Site, scalars
from guide.reading import inline_markdown
from guide.reading.markdown import RUNNING, Link
from guide.reading.near_names import nearest
from guide.reading.problems import Problems
from guide.reading.schema import Context, is_address, tidy_address

_TRACKED = re.compile(r"[?&](?:utm_\w+|fbclid|gclid)=|://[^/]*safelinks\.protection\.outlook\.com/")
_NO_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\n]*\)?")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_SPACE_BETWEEN = re.compile(r"\[[^\[\]\n]+\][ ]+\((?:https?:|[\w./-]+\.md|#)[^()\s]*\)")


def check(site: Site, page: Page, problems: Problems) -> None:
    """Records the links and images of ``page`` that lead nowhere or say nothing."""
    for link in page.source.links:
        if link.defined:
            _label(page, link, problems)
            _target(site, page, link, problems)
        else:
            problems.add(page.file, link.line, "", "link_undefined", name=_short(link.target or "()"))
    for block in page.source.blocks:
        if block.kind in (*RUNNING, "table"):
            for match in _SPACE_BETWEEN.finditer(block.bare):
                problems.add(page.file, block.line_at(match.start()), "", "link_space", link=_short(match[0]))


def _label(page: Page, link: Link, problems: Problems) -> None:
    """Records a link or an image that says nothing."""
    shown = _short(link.target or "()")
    if link.image:
        if not (link.label or "").strip():
            problems.add(page.file, link.line, "", "image_without_text", target=shown)
    elif link.label is not None and not _says(link):
        problems.add(page.file, link.line, "", "link_without_text", target=shown)


def _says(link: Link) -> bool:
    # HTML links are not looked into.
    return link.label == "" or bool(re.sub(r"[*_`\s]", "", link.label or ""))


def _target(site: Site, page: Page, link: Link, problems: Problems) -> None:
    """Records a target that leads nowhere, or not where its author thinks."""
    target = unquote(link.target)
    context = Context.of(site.project, page.file, problems)
    if re.match(r"(https?|mailto|tel):", target, re.IGNORECASE):
        _outside(site, page, link, target, context)
    elif whole := _whole(target):
        context.problem(link.line, "", "link_outside_near", value=_short(target), near=whole)
    elif not target:
        context.problem(link.line, "", "link_empty")
    elif target.startswith("/") and not target.startswith("//"):
        context.problem(link.line, "", "link_absolute", target=_short(target))
    elif _SCHEME.match(target) or target.startswith("//"):
        context.problem(link.line, "", "link_scheme", target=_short(target))
    else:
        _within(site, page, link, target, context)


def _outside(site: Site, page: Page, link: Link, target: str, context: Context) -> None:
    """Records an address that is none, is the site's own, or is better without a part of it."""
    shown = _short(target)
    if (near := tidy_address(target)) != target and is_address(near):
        code = "address_passage_near" if ":~:" in target else "address_twice_near"
        context.problem(link.line, "", code, value=_short(link.target), near=_short(near))
    elif not is_address(target) and re.fullmatch(r"(mailto|tel):\S+", target, re.IGNORECASE) is None:
        context.problem(link.line, "", "want_address", value=shown)
    elif own := _own(site, target):
        _link_own(site, page, link, own, context)
    elif link.image:
        context.problem(link.line, "", "image_outside", value=shown)
    elif _TRACKED.search(target):
        context.problem(link.line, "", "link_tracked", value=shown)


def _within(site: Site, page: Page, link: Link, target: str, context: Context) -> None:
    """Records a path that is no page or file of the site, or a heading that its page does not have."""
    path, _, heading = target.partition("#")
    path = path.partition("?")[0]
    here = posixpath.dirname(page.path)
    there = posixpath.normpath(posixpath.join(here, path)) if path else page.path
    if there not in site.paths:
        # A page of another language is a file too, and would take the reader there.
        if (there.startswith("../") and there.endswith(".md")) or not site.has_file(page.code, there):
            _nowhere(site, link, path, there, here, context)
    elif link.image:
        context.problem(link.line, "", "image_missing", value=_short(target))
    elif heading and (ids := site.ids(page.code, there)) is not None and heading not in ids:
        context.unknown(link.line, "", "link_heading", heading, ids)


def told(problems: Problems) -> frozenset[tuple[str, str]]:
    """(file, key) of the texts of YAML files of which a link that leads nowhere is among ``problems``."""
    return frozenset((one.path, one.key) for one in problems if one.code.startswith("unknown_"))


def check_text(site: Site, text: Said, told: Collection[tuple[str, str]], problems: Problems) -> None:
    """Records the links in a text of a YAML file that lead nowhere, but for those ``told`` by whoever reads it."""
    if not re.search(r"\][ ]?\(", "".join(text.texts.values())):
        return
    for code, value in text.texts.items():
        if match := _SPACE_BETWEEN.search(value) or _NO_LINK.search(inline_markdown.without_links(value)):
            place = (text.file, text.lines[code], f"{text.key}.{code}")
            problems.add(*place, "link_broken", text=_short(match[0]))
    known = {(text.file, text.key), (text.file, text.key.rpartition(".")[0])}.intersection(told)
    for code, value in text.texts.items():
        context = Context.of(site.project, text.file, problems)
        key = f"{text.key}.{code}"
        for target in inline_markdown.links(value):
            if not known or _whole(target):
                _check_inside(site, code, target, text.lines[code], key, context)


def check_words(site: Site, document: Document, problems: Problems) -> None:
    """Records the links in the words of the interface that lead nowhere."""
    code = posixpath.basename(document.file).partition(".")[0]
    if code not in site.pages:
        return
    context = Context.of(site.project, document.file, problems)
    for key, (value, line) in scalars(document.node):
        if "](" not in value and "] (" not in value:
            continue
        # What the check itself says shows how a link is written, right or wrong.
        if not key.startswith("problems.") and (match := _SPACE_BETWEEN.search(value)):
            problems.add(document.file, line, key, "link_broken", text=_short(match[0]))
        for target in inline_markdown.links(value):
            # Some are filled in by the program.
            if "{" not in target and not key.startswith("problems."):
                _check_inside(site, code, target, line, key, context)


def _check_inside(site: Site, code: str, target: str, line: int, key: str, context: Context) -> None:
    """Records a target, as texts of data write it, that is no page or no heading of it."""
    path, _, heading = target.partition("#")
    if whole := _whole(target):
        context.problem(line, key, "link_outside_near", value=_short(target), near=whole)
    elif path not in site.paths:
        context.unknown(line, key, "unknown_page", path, site.paths)
    elif heading and (ids := site.ids(code, path)) is not None and heading not in ids:
        context.unknown(line, key, "unknown_section", heading, ids)


def _whole(target: str) -> str:
    """Returns an address that lacks its beginning, with it; "" for any other."""
    if re.match(r"www\.[\w-]+\.", target):
        return f"https://{target}"
    return f"mailto:{target}" if re.fullmatch(r"[\w.+-]+@[\w-]+\.[\w.-]+", target) else ""


def _own(site: Site, target: str) -> str | None:
    """Returns what follows the site's own address in ``target``, None for any other address."""
    own = site.address
    return target.removeprefix(own) if own and (target + "/").startswith(own + "/") else None


def _link_own(site: Site, page: Page, link: Link, own: str, context: Context) -> None:
    path, _, heading = own.strip("/").partition("#")
    path = re.sub(r"(/?index)?\.html$", "", path.rstrip("/"))
    for code in site.project.codes[1:]:
        path = path.removeprefix(f"{code}/")
    found = [one for one in (f"{path}.md", f"{path}/index.md".lstrip("/")) if one in site.paths]
    shown = _short(link.target)
    if found:
        near = posixpath.relpath(found[0], posixpath.dirname(page.path) or ".") + (f"#{heading}" if heading else "")
        context.problem(link.line, "", "link_own_near", value=shown, near=near)
    else:
        context.problem(link.line, "", "link_own", value=shown)


def _nowhere(site: Site, link: Link, path: str, there: str, here: str, context: Context) -> None:
    """Records a link that leads nowhere, with the page that was probably meant."""
    if link.image:
        context.problem(link.line, "", "image_missing", value=_short(path))
        return
    # A page has a name without an ending, or one of these.
    ending = posixpath.splitext(there)[1].lower()
    if re.fullmatch(r"\.[a-z0-9]{2,5}", ending) and ending not in (".md", ".html", ".htm"):
        inside = re.sub(r"^(?:\.\./)+", "", there)
        wanted = f"docs/{inside}" if inside.startswith("assets/") else f"docs/assets/{posixpath.basename(inside)}"
        context.problem(link.line, "", "link_file", value=_short(path), wanted=wanted)
    elif near := _meant(site, path, there):
        meant = posixpath.relpath(near, here or ".")
        context.problem(link.line, "", "link_page_near", value=_short(path), near=meant)
    else:
        context.problem(link.line, "", "link_page", value=_short(path))


def _meant(site: Site, path: str, there: str) -> str:
    """Returns the page that was probably meant; "" where there is none, or several might be."""
    stem = re.sub(r"(/index)?\.html?$", "", there.rstrip("/"))
    exact = site.paths & {f"{stem}.md", f"{stem}/index.md"}
    by_case = [one for one in site.paths if one.lower() == there.lower()]
    by_name = [one for one in site.paths if posixpath.basename(one) == posixpath.basename(there) != "index.md"]
    # Too many or too few steps up: what follows them says which page is meant.
    steps = re.sub(r"^(?:\.\./|\./|docs/)*", "", path.replace("\\", "/"))
    for code in site.project.codes:
        steps = steps.removeprefix(f"{code}/")
    only = (next(iter(one)) for one in (exact, site.paths & {steps}, by_case, by_name) if len(one) == 1)
    return next(only, "") or nearest(there, site.paths)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
