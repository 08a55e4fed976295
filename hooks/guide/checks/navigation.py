"""Checks the navigation in ``mkdocs.yml``: its pages exist, all pages are in it, its words are translated."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

from guide.checks.corpus import Site
from guide.reading.problems import Problems
from guide.reading.schema import Context
from guide.reading.yaml_tree import items_of, line_of, value_of

FILE = "mkdocs.yml"


def check(site: Site, problems: Problems) -> None:
    """Records pages that the navigation lacks or names wrongly, and sections without translation."""
    config = value_of(site.config, "nav")
    if config is None:
        return
    entries = list(_entries(config))
    listed = _check_listed(site, [(value, line) for kind, value, line in entries if kind == "page"], problems)
    silent = str(getattr(value_of(site.config, "not_in_nav"), "value", "")).split()
    for path, page in site.pages[site.project.default].items():
        if path not in listed and not any(fnmatch.fnmatch("/" + path, one) for one in silent):
            problems.add(page.file, 0, "", "not_in_nav", value=path)
    _check_sections(site, [(value, line) for kind, value, line in entries if kind == "section"], problems)


def _check_listed(site: Site, pages: list[tuple[str, int]], problems: Problems) -> dict[str, int]:
    """Records pages listed twice or that are not there; returns the line of each."""
    context = Context.of(site.project, FILE, problems)
    listed: dict[str, int] = {}
    for value, line in pages:
        if "://" in value:
            continue
        if value in listed:
            context.problem(line, "nav", "nav_repeated", value=value, line=listed[value])
            continue
        listed[value] = line
        if value not in site.paths:
            context.unknown(line, "nav", "nav_page", value, site.paths)
    return listed


def _check_sections(site: Site, found: list[tuple[str, int]], problems: Problems) -> None:
    """Records sections that have no name in another language."""
    # Of a section that stands there twice, the first line is told.
    lines = dict(reversed(found))
    for code, words in _translations(site):
        known = {key.value for key, _ in words.value} if isinstance(words, yaml.MappingNode) else set()
        for section, line in lines.items() if code not in site.project.in_progress else ():
            if section not in known:
                problems.add(FILE, line, "nav", "nav_translation", section=section, language=code)


def sections(site: Site) -> list[str]:
    """Returns the names of the navigation's sections."""
    return [value for kind, value, _ in _entries(value_of(site.config, "nav")) if kind == "section"]


def translated(site: Site, code: str) -> set[str]:
    """Returns the sections that have a name in the language ``code``."""
    for one, words in _translations(site):
        if one == code and isinstance(words, yaml.MappingNode):
            return {key.value for key, _ in words.value}
    return set()


def line_of_language(site: Site, code: str) -> int:
    """Returns where the settings say that there is the language ``code``."""
    for one in _languages(site.config):
        locale = value_of(one, "locale")
        if locale is not None and locale.value == code:
            return line_of(locale)
    return 0


def add_language(path: Path, code: str, name: str) -> None:
    """Writes a language in progress into the settings at ``path``: its block, and its code in ``extra``."""
    lines = path.read_text("utf-8").split("\n")
    root = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    last = list(_languages(root))[-1]
    block = [_written("locale", code), _written("name", name)]
    indent = " " * (last.start_mark.column - 2)
    # What is to be put in the place of which lines; from the end to the beginning, lines keep their numbers.
    edits = [(_after(last), 0, [f"{indent}- {block[0]}", f"{indent}  {block[1]}"])]
    extra = value_of(root, "extra")
    listed = value_of(extra, "in_progress")
    codes = [one.value for one in listed.value] if isinstance(listed, yaml.SequenceNode) else []
    written = ", ".join(_written("x", one).removeprefix("x: ") for one in [*codes, code])
    if not isinstance(extra, yaml.MappingNode):
        edits.append((0, 0, ["extra:", f"  in_progress: [{written}]"]))
    else:
        inside = " " * extra.start_mark.column
        key = next((one for one, _ in extra.value if one.value == "in_progress"), None)
        at = key.start_mark.line if key else extra.start_mark.line
        gone = max(_after(listed) - at, 1) if listed else 0
        edits.append((at, gone, [f"{inside}in_progress: [{written}]"]))
    for at, gone, new in sorted(edits, reverse=True):
        lines[at : at + gone] = new
    path.write_text("\n".join(lines), "utf-8")


def _written(key: str, value: str) -> str:
    """Returns a key with its value as a line of YAML."""
    return yaml.safe_dump({key: value}, allow_unicode=True, width=1000).rstrip("\n")


def _after(node: yaml.Node) -> int:
    """Returns the line after the last in which ``node`` says something; comments and empty lines are not part of it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _after(last[1] if isinstance(last, tuple) else last)
    return node.end_mark.line + (1 if node.end_mark.column else 0)


def add(path: Path, page: str) -> bool:
    """Writes ``page`` into the ``nav`` of the file at ``path``, under the last page of its folder.

    False where there is none of its folder, and nothing is written.
    """
    lines = path.read_text("utf-8").split("\n")
    folder = page.rpartition("/")[0]
    node = value_of(yaml.compose("\n".join(lines), Loader=yaml.SafeLoader), "nav")
    same = [
        line for kind, value, line in _entries(node) if kind == "page" and folder and value.rpartition("/")[0] == folder
    ]
    if not same:
        return False
    last = max(same)
    indent = lines[last - 1][: len(lines[last - 1]) - len(lines[last - 1].lstrip())]
    lines.insert(last, f"{indent}- {page}")
    path.write_text("\n".join(lines), "utf-8")
    return True


def _entries(node: yaml.Node | None, depth: int = 0) -> Iterator[tuple[str, str, int]]:
    """("page" or "section", value, line) of everything in a navigation."""
    if depth > 20 or node is None:
        return
    if isinstance(node, yaml.ScalarNode):
        yield "page", node.value, node.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _entries(child, depth + 1)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            # A page that is given a name takes it in every language, as a section does.
            yield "section", str(key.value), key.start_mark.line + 1
            yield from _entries(value, depth + 1)


def _translations(site: Site) -> Iterator[tuple[str, yaml.Node | None]]:
    """(code, nav_translations) of every language but the default."""
    for one in _languages(site.config):
        code = getattr(value_of(one, "locale"), "value", None)
        if code in site.project.codes[1:]:
            yield code, value_of(one, "nav_translations")


def _languages(config: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yields the blocks of the languages in the settings."""
    for plugin in items_of(value_of(config, "plugins")):
        yield from items_of(value_of(value_of(plugin, "i18n"), "languages"))
    yield from items_of(value_of(value_of(config, "extra"), "languages"))


def check_chapters(site: Site, problems: Problems) -> None:
    """Records the chapters that no longer lead to the checklist that goes with them."""
    for document in site.documents:
        chapter = value_of(document.node, "chapter") if document.kind.name == "checklist" else None
        if not isinstance(chapter, yaml.ScalarNode):
            continue
        wanted = str(document.kind.page).replace("{id}", PurePosixPath(document.file).stem)
        for page in (pages[chapter.value] for pages in site.pages.values() if chapter.value in pages):
            # A link that leads nowhere, or is none, is told as that.
            if not any(wanted.removesuffix(".md") in line for line in page.source.lines):
                link = posixpath.relpath(wanted, posixpath.dirname(page.path) or ".")
                problems.add(page.file, 0, "", "chapter_without_list", link=link, list=document.file)
