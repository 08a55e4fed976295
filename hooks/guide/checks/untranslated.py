"""Lists what is still to be translated into a language.

A text that says the same as the original counts as missing, unless nothing in it is to be translated (a name, a
number, an address) or somebody has recorded it as right (``make reviewed path=…``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from guide.checks import freshness, navigation
from guide.checks.corpus import Site, said
from guide.reading import half_translated
from guide.reading.texts import fill

_MARKDOWN = ("docs/", "formats/")
_LOCALES = "locales/"


@dataclass(frozen=True)
class Missing:
    """What is missing of one sort (``pages``, ``parts``, ``texts``, ``words``, ``sections``), each as a line."""

    sort: str
    total: int
    places: tuple[str, ...]


def missing(site: Site, code: str) -> list[Missing]:
    """Returns everything that the default language has and ``code`` lacks."""
    untouched = freshness.untranslated(site, code)
    return [
        _pages(site, code),
        _parts(site, code, untouched),
        _words(site, code, untouched),
        _sections(site, code),
        _texts(site, code, untouched),
    ]


def _pages(site: Site, code: str) -> Missing:
    project = site.project
    wanted = [f"docs/{{code}}/{path}" for path in site.pages[project.default]]
    # Templates to take away are Markdown too, outside the pages.
    folder = project.root / "formats" / project.default
    wanted += [f"formats/{{code}}/{path.name}" for path in sorted(folder.glob("*.md"))]
    pages = [path.format(code=code) for path in wanted if not (project.root / path.format(code=code)).is_file()]
    return Missing("pages", len(wanted), tuple(pages))


def _parts(site: Site, code: str, untouched: list[freshness.Passage]) -> Missing:
    """Sections of pages that are there; those that repeat the original are missing too."""
    parts, total = [], 0
    for path, first in site.pages[site.project.default].items():
        other = site.pages[code].get(path)
        if other is not None:
            total += len(first.source.headings) + 1
            lacking = half_translated.missing(first.source, other.source)
            parts += [f"{other.file}: {one.text} (#{one.name})" for one in lacking]
    parts += [f"{one.file}:{one.line}: {one.title}" for one in untouched if one.file.startswith(_MARKDOWN)]
    return Missing("parts", total, tuple(parts))


def _words(site: Site, code: str, untouched: list[freshness.Passage]) -> Missing:
    locales = {one.file: _keys(one.node) for one in site.documents if one.kind.name == "locale"}
    words = locales.get(f"locales/{site.project.default}.yml", {})
    found = locales.get(f"locales/{code}.yml", {})
    keys = [key for key in words if key not in found]
    keys += [one.key for one in untouched if one.file.startswith(_LOCALES)]
    return Missing("words", len(words), tuple(keys))


def _sections(site: Site, code: str) -> Missing:
    sections = navigation.sections(site)
    named = navigation.translated(site, code)
    return Missing("sections", len(sections), tuple(one for one in sections if one not in named))


def _texts(site: Site, code: str, untouched: list[freshness.Passage]) -> Missing:
    project = site.project
    texts = [text for document in site.documents if document.kind.name != "locale" for text in said(document, project)]
    lacking = [f"{one.file}:{one.lines[project.default]}: {one.key}" for one in texts if code not in one.texts]
    lacking += [
        f"{one.file}:{one.line}: {one.key.removesuffix('.' + code)}"
        for one in untouched
        if not one.file.startswith((*_MARKDOWN, _LOCALES))
    ]
    return Missing("texts", len(texts), tuple(lacking))


def totals(found: Iterable[Missing]) -> tuple[int, int]:
    """Returns how many pages are missing, and how many texts of any other sort."""
    by_sort = {one.sort: len(one.places) for one in found}
    pages = by_sort.pop("pages")
    return pages, sum(by_sort.values())


def report(site: Site, code: str, words: Mapping[str, str], *, listed: bool = False) -> str:
    """How much is missing as lines and, where ``listed``, each of it; ``words`` are those of ``missing`` in a locale
    file."""
    language = next(one for one in site.project.languages if one.code == code)
    details = {"language": language.name, "code": code}
    found = [one for one in missing(site, code) if one.places]
    if not found:
        return fill(words["nothing"], details)
    titles = [fill(words[one.sort], {"missing": len(one.places), "total": one.total, "code": code}) for one in found]
    lines = [fill(words["title"], details), *titles]
    if not listed:
        return "\n".join([*lines, fill(words["how"], details)])
    for title, one in zip(titles, found):
        lines += ["", title, *(f"  {place}" for place in one.places)]
    return "\n".join(lines)


def _keys(node: yaml.Node | None, key: str = "") -> dict[str, None]:
    found: dict[str, None] = {}
    for name, value in getattr(node, "value", ()) or ():
        place = f"{key}.{name.value}" if key else str(name.value)
        if isinstance(value.value, str):
            found[place] = None
        else:
            found |= _keys(value, place)
    return found
