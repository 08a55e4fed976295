"""Reports one mistake per cause: leaves out what only follows from another, or tells it as what it is.

A page that was renamed, an id mistyped in the bibliography or a list that is none bring mistakes with them all over the
site. Whoever made the one slip is told of it, where it was made, and not of its consequences.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import yaml

from guide.checks import lost_ids
from guide.checks.corpus import Page, Site, redirects
from guide.model.addresses import address
from guide.reading import git
from guide.reading.markdown import parse
from guide.reading.near_names import nearest
from guide.reading.problems import Problem, Problems
from guide.reading.schema import Found, slug
from guide.reading.yaml_tree import items_of, line_of, value_of

_BIBLIOGRAPHY = "data/bibliography.yml"
_PAGES = "data/published-pages.txt"
# Of a source that is cited in so many places and in no bibliography, the places are not told one by one.
_MANY = 6
_SHOWN = 3
# How much of a page's headings and words another has that is the same page.
_SAME = 0.6

# What makes a page of one language unlike the others, beside what is missing or said otherwise.
_BROKEN = frozenset(
    [
        "conflict",
        "needs_blank_line",
        "list_mark",
        "indent",
        "code_indented",
        "html_tag",
        "html_open",
        "fence_open",
        "comment_open",
        "table_rule",
        "tab_inside",
        "heading_lost",
        "link_broken",
        "admonition_form",
        "admonition_empty",
        "table_cells",
        "heading_braces",
        "heading_underlined",
        "link_space",
    ]
)
_CONSEQUENCES = frozenset(
    [
        "parity_items",
        "parity_code",
        "parity_tables",
        "parity_table",
        "parity_numbers",
        "parity_admonitions",
        "parity_tabs",
        "parity_meanings",
        "parity_abbreviations",
        "parity_ticks",
        "parity_footnotes",
        "parity_icons",
        "parity_link_missing",
        "parity_link_extra",
        "parity_heading_missing",
        "parity_heading_extra",
        "figure_without_source",
    ]
)

# How the codes begin of what is told of a link or an image for where it leads, not for its words.
_LEADS_NOWHERE = (
    *("link_page", "link_heading", "link_file", "link_undefined", "link_outside", "link_empty", "link_absolute"),
    *("link_scheme", "link_own", "image_missing", "image_outside", "page_moved", "want_address"),
)


def settle(site: Site, errors: Problems, warnings: Problems, *, history: bool = True) -> None:
    """Puts causes in the place of their consequences. ``history``: git may be asked."""
    _conflicts(errors, warnings)
    _wrong_names(site, errors)
    _moved_pages(site, errors, history)
    lost_ids.settle(site, errors)
    _sources(site, errors)
    _wrong_links(errors)
    _broken_pages(site, errors, warnings)


def _conflicts(errors: Problems, warnings: Problems) -> None:
    """A mark of a conflict is that, and nothing else of its line is worth telling."""
    marks = {(one.path, one.line): one for one in errors if one.code == "conflict"}
    for problems in (errors, warnings) if marks else ():
        problems.drop([one for one in problems if (one.path, one.line) in marks])
    for one in marks.values():
        errors.add(one.path, one.line, "", one.code)


# Pages


def _missing(one: Problem) -> str:
    """The page, inside its language's folder, that a problem says is not there; "" where it says nothing of the kind."""
    details = dict(one.details)
    if one.code in ("link_page", "link_page_near"):
        return _leads_to(one.path, details["value"])
    if one.code in ("unknown_page", "unknown_page_near", "nav_page", "nav_page_near", "not_in_nav"):
        return details["value"]
    if one.code == "published_page_gone":
        return details["address"].strip("/") + ".md"
    return _inside(one.path) if one.code in ("parity_page_missing", "parity_page_extra") else ""


def _inside(file: str) -> str:
    return file.split("/", 2)[2] if file.startswith("docs/") and file.count("/") > 1 else ""


def _leads_to(file: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(_inside(file)), target.partition("#")[0]))


def _wrong_names(site: Site, errors: Problems) -> None:
    """A page whose file has a name that no page has: that it is not there follows from it."""
    meant = set()
    for one in errors:
        if one.code in ("page_ending", "page_name") and (inside := _inside(one.path)):
            *folders, name = PurePosixPath(inside).parts
            meant.add("/".join([*map(slug, folders), slug(PurePosixPath(name).stem) + ".md"]))
            meant.add(inside)
    if meant:
        errors.drop([one for one in errors if _missing(one) in meant])


def _moved_pages(site: Site, errors: Problems, history: bool) -> None:
    """Whatever names a page by its old name is told the new one."""
    gone = {_missing(one) for one in errors if one.code in ("published_page_gone", "parity_page_extra")}
    moved = {**_redirected(site), **_renamed(site, gone - site.paths, history)}
    for one in list(errors) if moved else ():
        old = _missing(one)
        if one.code == "not_in_nav" and old in moved.values():
            errors.drop([one])
        # What lacks its translation is told by the page that has it.
        if old in moved and one.code != "parity_page_missing":
            errors.drop([one])
            _tell_moved(one, old, moved[old], errors)


def _tell_moved(one: Problem, old: str, new: str, errors: Problems) -> None:
    """Records in the place of a problem that its page moved."""
    details = dict(one.details)
    if one.code == "published_page_gone":
        errors.add(one.path, one.line, "", "page_moved_published", address=details["address"], page=new)
    elif one.code == "parity_page_extra":
        wanted = one.path.removesuffix(old) + new
        errors.drop([other for other in errors if other.code == "parity_page_missing" and other.path == wanted])
        errors.add(one.path, 0, "", "page_moved_file", page=new, wanted=wanted)
    else:
        here = posixpath.dirname(_inside(one.path)) if one.code.startswith("link_") else ""
        near = posixpath.relpath(new, here or ".")
        errors.add(one.path, one.line, one.key, "page_moved", value=details["value"], near=near)


def _redirected(site: Site) -> dict[str, str]:
    """Returns where pages went, as ``data/redirects.yml`` says."""
    found = {}
    for record in redirects(site):
        old, new = record.get("from", ""), record.get("to", "").partition("#")[0]
        if old.startswith("/") and new in site.paths:
            found[old.strip("/") + ".md"] = new
    return found


def _renamed(site: Site, gone: set[str], history: bool) -> dict[str, str]:
    """Each of the pages ``gone`` with the new page that has its text."""
    project = site.project
    listed = project.files.lines_joined(_PAGES).split() if (project.root / _PAGES).is_file() else []
    new = [path for path in site.pages[project.default] if address(path) not in listed]
    found = ((old, _successor(site, old, new, history)) for old in sorted(gone)) if new else ()
    return {old: path for old, path in found if path}


def _successor(site: Site, old: str, new: list[str], history: bool) -> str:
    """Returns the one of the pages ``new`` that has the text of a page that is gone, or its name; "" where none has."""
    default = site.pages[site.project.default]
    before = _before(site, old) if history else None
    # Where only one language moved, the other still stands there.
    twin = next((site.pages[code][old] for code in site.project.codes if old in site.pages[code]), None)
    same = {path: _likeness(default[path], before, twin) for path in new}
    best = max(same, key=same.__getitem__)
    if same[best] >= _SAME:
        return best
    return "" if before or twin else _namesake(old, new)


def _namesake(old: str, new: list[str]) -> str:
    """Returns the one page that has the name of another, in whatever folder; "" where there is none, or several."""
    named = [path for path in new if PurePosixPath(path).name == PurePosixPath(old).name != "index.md"]
    return named[0] if len(named) == 1 else ""


def _before(site: Site, old: str) -> Page | None:
    """Returns the page at ``old`` as the last commit, or the main branch, has it."""
    root, code = site.project.root, site.project.default
    for commit in ("HEAD", git.base(root)):
        text = git.ask(root, "show", f"{commit}:./docs/{code}/{old}") if commit else ""
        if text:
            return Page(code, old, parse(old, text), Found())
    return None


def _likeness(page: Page, before: Page | None, twin: Page | None) -> float:
    """Returns how much of a page is that of another: of its words, or of the ids of its headings."""
    found = [_shared(_words(page), _words(before))] if before else []
    return max([*found, *(_shared(_heading_ids(page), _heading_ids(one)) for one in (before, twin) if one)], default=0)


def _heading_ids(page: Page) -> set[str]:
    return {block.name for block in page.source.headings if block.name}


def _words(page: Page) -> set[str]:
    return {word for block in page.source.blocks for word in block.words.split() if len(word) > 3}


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0


# Sources


def _sources(site: Site, errors: Problems) -> None:
    """A source that is cited by another name than it has."""
    cited = _cited_often(site, errors)
    if not cited:
        return
    document = next((one for one in site.documents if one.file == _BIBLIOGRAPHY), None)
    lines = dict(_ids(document.node if document else None))
    used = _used(site)
    unused = [id for id in lines if id not in used]
    for value, places in cited.items():
        if near := nearest(value, unused):
            _tell_name(value, places, lines[near], errors)
        elif len(places) >= _MANY:
            _tell_gone(value, places, errors)


def _cited_often(site: Site, errors: Problems) -> dict[str, list[Problem]]:
    """Names that are of no source and cited three times or more, each with the problems that tell it."""
    cited: dict[str, list[Problem]] = {}
    for one in errors:
        value = dict(one.details).get("value", "")
        if _cites(site, one, value):
            cited.setdefault(value, []).append(one)
    return {value: places for value, places in cited.items() if len(places) >= 3}


def _cites(site: Site, one: Problem, value: str) -> bool:
    """Returns whether a problem is that a source is cited which is not there."""
    if one.code in ("unknown_source", "unknown_source_near"):
        return True
    heading = one.code.startswith(("link_heading", "unknown_section"))
    return bool(site.cited) and heading and _of_sources(site, one, value)


def _tell_gone(value: str, places: list[Problem], errors: Problems) -> None:
    """Records in the place of what follows from it that a source which is cited is not there."""
    errors.drop(places)
    where = list(dict.fromkeys(f"{one.path}:{one.line}" for one in places))
    shown = ", ".join(where[:_SHOWN]) + (", …" if len(where) > _SHOWN else "")
    errors.add(_BIBLIOGRAPHY, 0, "", "source_gone", value=value, count=len(places), places=shown)


def _tell_name(value: str, places: list[Problem], line: int, errors: Problems) -> None:
    """Records in the place of what follows from it that the source on ``line`` is cited by another name."""
    errors.drop(places)
    wrong = (_BIBLIOGRAPHY, line, "want_identifier")
    errors.drop([one for one in errors if (one.path, one.line, one.code) == wrong])
    errors.add(_BIBLIOGRAPHY, line, "", "source_called_otherwise", value=value, count=len(places))


def _of_sources(site: Site, one: Problem, value: str) -> bool:
    """Returns whether a link to a heading that is not there was one to a source."""
    for pages in site.pages.values():
        page = pages.get(_inside(one.path))
        if page and page.file == one.path:
            return any(
                link.line == one.line and link.target.endswith(f"{site.cited}#{value}") for link in page.source.links
            )
    return False


def _used(site: Site) -> set[str]:
    """Returns every id that something cites."""
    found = set()
    for pages in site.pages.values():
        for page in pages.values():
            found |= {link.target.partition("#")[2] for link in page.source.links if "#" in link.target}
    for document in site.documents:
        if document.file != _BIBLIOGRAPHY:
            found |= set(_values(document.node, 0))
    return found


def _values(node: yaml.Node | None, depth: int) -> Iterator[str]:
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.CollectionNode) and depth < 50:
        for one in node.value:
            for inner in one if isinstance(one, tuple) else (one,):
                yield from _values(inner, depth + 1)


def _ids(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """(id, line) of every source, its id right or wrong."""
    for record in items_of(value_of(node, "sources")):
        id = value_of(record, "id")
        if isinstance(id, yaml.ScalarNode):
            yield id.value, line_of(id)


# Languages


def _wrong_links(errors: Problems) -> None:
    """A link that leads nowhere is not the one that the other languages have: where it leads is the mistake."""
    wrong = {f"{one.path}:{one.line}" for one in errors if one.code.startswith(_LEADS_NOWHERE)}
    links = [one for one in errors if one.code in ("parity_link_missing", "parity_link_extra")]
    errors.drop([one for one in links if {f"{one.path}:{one.line}", dict(one.details).get("where", "")} & wrong])


def _broken_pages(site: Site, errors: Problems, warnings: Problems) -> None:
    """A page with a mark that makes no list, table or heading differs from its translations: the mark is the mistake."""
    by_file: dict[str, list[Problem]] = {}
    for one in (*errors, *warnings):
        by_file.setdefault(one.path, []).append(one)
    for path, page in site.pages[site.project.default].items():
        files = [pages[path].file for pages in site.pages.values() if path in pages]
        for file in files:
            # What the default language's page brings about is told of each translation.
            told = files if file == page.file else [file]
            _tell_mark(by_file.get(file, []), [one for each in told for one in by_file.get(each, ())], errors, warnings)


def _tell_mark(here: list[Problem], told: list[Problem], errors: Problems, warnings: Problems) -> None:
    """Leaves out of what is ``told`` the consequences of a mark ``here``, where languages differ by it."""
    marks = [one for one in here if one.code in _BROKEN]
    follow = [one for one in told if one.code in _CONSEQUENCES]
    if not marks or not any(one.code.startswith("parity") for one in follow):
        return
    errors.drop(follow)
    warnings.drop([*follow, *marks])
    for one in marks:
        errors.add(one.path, one.line, one.key, one.code, **dict(one.details))


def _targets(site: Site, code: str, one: Problem) -> set[str]:
    """Returns the pages of a language that the links of the line lead to which a problem is about."""
    page = site.pages[code].get(_inside(one.path)) if one.path.startswith(f"docs/{code}/") else None
    links = page.source.links if page else ()
    return {_leads_to(one.path, link.target) for link in links if link.line == one.line}


def whole_pages(site: Site, languages: Mapping[str, str], errors: Problems, warnings: Problems) -> None:
    """A page all of which is in another language than its folder's: nothing else of it is worth telling.

    ``languages`` gives that language by file.
    """
    for file, other in languages.items():
        code, inside = file.split("/")[1], _inside(file)
        found = [one for problems in (errors, warnings) for one in problems if one.path == file]
        # Nor are the headings there that other pages link to.
        headings = (one for one in errors if one.code.startswith("link_heading"))
        found += [one for one in headings if inside in _targets(site, code, one)]
        errors.drop(found)
        warnings.drop(found)
        errors.add(file, 0, "", "page_language", language=code, other=other)
