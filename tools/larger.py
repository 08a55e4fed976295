"""Makes a project many times as large as it is, out of its own content: for measurements and for comparisons."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from guide.model.site_pages import CONTINUED_PAGES
from tools import plain_yaml

_Entry = dict[str, Any]
# It has a frame of its own, which is told what no other page is.
_HOME = "index.md"


def multiply(project: Path, times: int) -> None:
    """Writes all content ``times`` times, under names of its own, into the project's folder.

    Modules of the course stay: they add up to its hours. So do the pages that go on with what data say.
    """
    _multiply_pages(project, times)
    multiply_networks(project, times)
    for entry in sorted((project / "practices").glob("*.yml")):
        _multiply_entry(entry, "title", times)
    for checklist in sorted((project / "checklists").glob("*.yml")):
        _multiply_checklist(checklist, times)
    _multiply_list(project / "data/bibliography.yml", "sources", times, _another_source)
    _multiply_list(project / "data/glossary.yml", "terms", times, _another_term)
    _multiply_list(project / "formats/formats.yml", "formats", times, lambda one, number: {})
    for text in sorted((project / "formats").glob("*/*.md")):
        _copies(text, times)


def _copies(page: Path, times: int) -> None:
    for number in range(2, times + 1):
        shutil.copy(page, page.with_name(f"{page.stem}-{number}.md"))


def _multiply_pages(project: Path, times: int) -> None:
    """Copies every page, and lists the copies after it in ``nav``."""
    config = project / "mkdocs.yml"
    nav = config.read_text("utf-8")
    listed: set[str] = set()
    for page in sorted((project / "docs").glob("*/**/*.md")):
        path = page.relative_to(project / "docs").as_posix().partition("/")[2]
        if path in (*CONTINUED_PAGES, _HOME):
            continue
        _copies(page, times)
        if path in listed:
            continue
        listed.add(path)
        lines = "".join(rf"\n\1{path.removesuffix('.md')}-{number}.md" for number in range(2, times + 1))
        entry = rf"^( *- (?:[^:\n]+: )?){re.escape(path)}$"
        nav = re.sub(entry, rf"\g<0>{lines}", nav, count=1, flags=re.MULTILINE)
    config.write_text(nav, "utf-8")


def _renamed(names: Mapping[str, str], found: re.Match[str]) -> str:
    return names.get(found[0], found[0])


def _multiply_checklist(path: Path, times: int) -> None:
    """Copies a checklist; ids of criteria and its place among the lists get the copy's number.

    A place among the nine foundations is taken once.
    """
    text = path.read_text("utf-8")
    ids = set(re.findall(r"^ *- id: (\S+)$", text, re.MULTILINE))
    (order,) = re.findall(r"^order: (\d+)$", text, re.MULTILINE)
    for number in range(2, times + 1):
        renamed = {id: f"{id}-{number}" for id in ids}
        made = re.sub(r"[a-z0-9-]+", partial(_renamed, renamed), text)
        made = re.sub(r"^order: \d+$", f"order: {int(order) + 100 * number}", made, flags=re.MULTILINE)
        made = re.sub(r"^foundation: .*\n", "", made, flags=re.MULTILINE)
        path.with_name(f"{path.stem}-{number}.yml").write_text(made, "utf-8")


def multiply_networks(project: Path, times: int) -> None:
    """Writes every network ``times`` times, under names of their own."""
    for path in list((project / "networks").glob("*.yml")):
        _multiply_entry(path, "name", times)


def _multiply_entry(path: Path, key: str, times: int) -> None:
    """Copies the entry at ``path``; what it is called, its ``key``, gets the copy's number."""
    text = path.read_text("utf-8")
    made = yaml.safe_load(text)
    for number in range(2, times + 1):
        called = {code: f"{name} {number}" for code, name in made[key].items()}
        copy = f"{text.partition(chr(10))[0]}\n{plain_yaml.dump({**made, key: called})}"
        path.with_name(f"{path.stem}-{number}.yml").write_text(copy, "utf-8")


def _multiply_list(path: Path, key: str, times: int, changed: Callable[[_Entry, int], _Entry]) -> None:
    """Writes every entry of a list ``times`` times; ``changed`` returns what is different in a copy besides the id."""
    text = path.read_text("utf-8")
    document = yaml.safe_load(text)
    document[key] += [
        {**one, "id": f"{one['id']}-{number}", **changed(one, number)}
        for number in range(2, times + 1)
        for one in list(document[key])
    ]
    head = text.partition("\n")[0]
    path.write_text(f"{head}\n{plain_yaml.dump(document)}", "utf-8")


def _another_source(source: _Entry, number: int) -> _Entry:
    """Returns what a copy of a source must not share with it: an address is of one source."""
    return {"url": f"{source['url']}#{number}"} if "url" in source else {}


def _another_term(term: _Entry, number: int) -> _Entry:
    """Returns what a copy of a term must not share with it: a form names one term only."""
    return {
        "term": {code: f"{name} {number}" for code, name in term["term"].items()},
        "abbreviation": {},
        "forms": {code: [f"{form} {number}" for form in forms] for code, forms in term.get("forms", {}).items()},
        "avoid": {},
    }
