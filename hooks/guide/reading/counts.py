"""Counts what pages and texts name by number: ``{checklists} listas`` is "nueve listas".

The number is in words up to thirty, in the gender that ``counts`` of the locale file gives to what is counted.
``{Checklists}`` begins a sentence. ``{criteria:redes}`` are those of one list, ``{minutes:redes}`` how long it takes,
in digits. ``{criteria:redes criterio/criterios}`` has the noun too, which may be one. ``{networks:regional}`` are those of one
category.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import yaml

from guide.reading.kept import kept
from guide.reading.problems import Problems
from guide.reading.project import SETTINGS, Project, open_texts, read_settings
from guide.reading.yaml_tree import items_of, value_of

_PLACE = re.compile(r"\{(?P<name>[A-Za-z_]+)(?::(?P<of>[\w-]+))?(?: (?P<one>[^{}/\n]+)/(?P<more>[^{}/\n]+))?\}")
_CODE = re.compile(
    r"^[ ]*(?P<fence>```+|~~~+).*?^[ ]*(?P=fence)|(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_HEADING = re.compile(r"^[ ]{0,3}(#{1,6}[ ].*\})[ ]*$", re.MULTILINE)
# What stands between the same signs and is no count.
_NOT_COUNTED = ("contact",)
# What is counted by two names, of different gender in some language.
_SAME = {"topics": "checklists"}
# The category of a network: a whole file a network is too much to read for one word.
_CATEGORY = re.compile(r"^category: ([a-z-]+)", re.MULTILINE)
# All chapters on one page: what stands in the same section of the navigation is a chapter.
_BOOK = "guia-completa.md"
# What places a picture: ``{figure:acuerdo-flujo}``.
_FIGURE = "figure:"
_CHECKLISTS = "checklists/*.yml"
_FOLDERS = {"modules": "course/*.yml", "networks": "networks/*.yml", "practices": "practices/*.yml"}
_LISTS = {
    "selection_criteria": ("data/selection.yml", "criteria"),
    "sources": ("data/bibliography.yml", "sources"),
    "templates": ("formats/formats.yml", "formats"),
    "terms": ("data/glossary.yml", "terms"),
}


@dataclass(frozen=True)
class Place:
    """A place to fill in: from ``start`` to ``end`` of its text, and which count it wants."""

    start: int
    end: int
    wanted: str
    capital: bool
    nouns: tuple[str, str] | None


def places(text: str) -> Iterator[Place]:
    """Yields every place of ``text`` that wants a count."""
    for match in _PLACE.finditer(text):
        name = match["name"]
        if name in _NOT_COUNTED:
            continue
        wanted = name[0].lower() + name[1:] + (f":{match['of']}" if match["of"] else "")
        nouns = (match["one"], match["more"]) if match["one"] else None
        yield Place(match.start(), match.end(), wanted, name[0].isupper(), nouns)


def same(wanted: str) -> str:
    """Returns what ``wanted`` counts, whatever it is called."""
    return _SAME.get(wanted, wanted)


def is_figure(place: Place) -> bool:
    """Returns whether a place is for a figure, which is no count and is checked for itself."""
    return place.wanted.startswith(_FIGURE)


def fill(project: Project, text: str, code: str) -> str:
    """Returns a text of a YAML file in the language ``code`` with its counts; what is no count stays as it is."""
    return _filled(project, text, code, text) if "{" in text else text


def fill_page(project: Project, text: str, code: str) -> str:
    """Returns the Markdown of a page with its counts, but for those in code."""
    return _filled(project, text, code, without_code(text)) if _PLACE.search(text) else text


def without_code(text: str) -> str:
    """Returns the Markdown of a page with its code blanked; every character keeps its place."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _filled(project: Project, text: str, code: str, looked_at: str) -> str:
    wanted = list(places(looked_at))
    if not wanted:
        return text
    out, at, known = [], 0, counts(project)
    for place in wanted:
        count = known.get(same(place.wanted))
        if count is not None:
            out += [text[at : place.start], _said(project, place, count, code)]
            at = place.end
    return "".join([*out, text[at:]])


def _said(project: Project, place: Place, count: int, code: str) -> str:
    words = open_texts(project, code)["counts"]
    name = place.wanted.partition(":")[0]
    feminine = name in words["feminine_names"].split(", ")
    # A language that has not said how yet writes digits; so does everyone for minutes and for one category of many.
    in_words = name != "minutes" and not place.wanted.startswith("networks:")
    numbers = list(filter(None, words["feminine" if feminine else "masculine"].split(", ")))
    said = numbers[count - 1] if 0 < count <= len(numbers) and in_words else str(count)
    if place.capital:
        said = said[0].upper() + said[1:]
    return f"{said} {place.nouns[count != 1]}" if place.nouns else said


def counts(project: Project) -> Mapping[str, int]:
    """Returns how many there are of everything that can be asked for. What cannot be read counts for nothing."""
    return project.files.once(_counts, project)


def _counts(project: Project) -> Mapping[str, int]:
    names = [SETTINGS, *(file for file, _ in _LISTS.values())]
    for pattern in (_CHECKLISTS, *_FOLDERS.values()):
        names += sorted(map(project.files.name, project.root.glob(pattern)))
    return project.files.kept(tuple(names), _counted, project, tuple(names), frozenset(os.environ.items()))


def _counted(project: Project, names: tuple[str, ...], environment: frozenset[tuple[str, str]]) -> Mapping[str, int]:
    """Counts what is in the files ``names``; ``environment`` sets some of what ``mkdocs.yml`` says."""
    read = [(name, project.files.raw(name)) for name in names if (project.root / name).is_file()]
    return kept(partial(_counted_now, project), "counts", read, sorted(environment))


def _counted_now(project: Project) -> Mapping[str, int]:
    root = project.root
    found = {"checklists": 0, "criteria": 0, "quick_criteria": 0, "chapters": len(chapters(project))}
    found |= {name: len(list(root.glob(pattern))) for name, pattern in _FOLDERS.items()}
    for name, (file, key) in _LISTS.items():
        found[name] = len(items_of(value_of(_read(project, file), key)))
    for path in root.glob(_FOLDERS["networks"]):
        kind = _CATEGORY.search(project.files.decoded(project.files.name(path))[0])
        if kind:
            found[f"networks:{kind[1]}"] = found.get(f"networks:{kind[1]}", 0) + 1
    for path in root.glob(_CHECKLISTS):
        node = _read(project, project.files.name(path))
        criteria = items_of(value_of(node, "criteria"))
        found["checklists"] += 1
        found["criteria"] += len(criteria)
        found["quick_criteria"] += sum(getattr(value_of(one, "quick"), "value", "") == "true" for one in criteria)
        found[f"criteria:{path.stem}"] = len(criteria)
        minutes = getattr(value_of(node, "minutes"), "value", "")
        if isinstance(minutes, str) and minutes.isdecimal():
            found[f"minutes:{path.stem}"] = int(minutes)
    return found


def chapters(project: Project) -> list[str]:
    """Returns the pages of the guide's chapters, in their order; none where the settings do not say."""
    nav = (read_settings(project) or {}).get("nav")
    for section in nav if isinstance(nav, list) else ():
        pages = list(_pages(section))
        if _BOOK in pages:
            return [page for page in pages if page != _BOOK]
    return []


def _pages(item: Any) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    for below in item.values() if isinstance(item, dict) else item if isinstance(item, list) else ():
        yield from _pages(below)


def _read(project: Project, name: str) -> yaml.Node | None:
    return project.files.node(name, Problems()) if (project.root / name).is_file() else None


def check(project: Project, text: str, add: Callable[[int, str, str], None]) -> None:
    """Tells ``add`` of every place of ``text`` that wants what is not counted: the line from 0, the place, and what
    can be asked for. What ends a heading is its id, missing its mark: the check of headings tells of it."""
    wanted = list(places(text))
    if not wanted:
        return
    known = counts(project)
    ends = {match.end(1) for match in _HEADING.finditer(text)}
    for place in wanted:
        kind, _, of = place.wanted.partition(":")
        # What keeps the minutes of a list that is there from being read is told of the list.
        if is_figure(place) or (kind == "minutes" and f"criteria:{of}" in known):
            continue
        if same(place.wanted) not in known and place.end not in ends:
            names = sorted({one.partition(":")[0] + (":…" if ":" in one else "") for one in [*known, *_SAME]})
            listed = ", ".join(f"{{{one}}}" for one in names)
            add(text.count("\n", 0, place.start), text[place.start : place.end], listed)
