"""What is still to be translated into a language.

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


@dataclass(frozen=True)
class Missing:
    """What is missing of one sort (``pages``, ``parts``, ``texts``, ``words``, ``sections``), each as a line."""

    sort: str
    total: int
    places: tuple[str, ...]


def missing(site: Site, code: str) -> list[Missing]:
    """Everything that the default language has and ``code`` lacks."""
    project = site.project
    wanted = [f"docs/{{code}}/{path}" for path in site.pages[project.default]]
    # Templates to take away are Markdown too, outside the pages.
    folder = project.root / "formats" / project.default
    wanted += [f"formats/{{code}}/{path.name}" for path in sorted(folder.glob("*.md"))]
    pages = [path.format(code=code) for path in wanted if not (project.root / path.format(code=code)).is_file()]
    texts = [text for document in site.documents if document.kind.name != "locale" for text in said(document, project)]
    lacking = [f"{one.file}:{one.lines[project.default]}: {one.key}" for one in texts if code not in one.texts]
    locales = {one.file: _keys(one.node) for one in site.documents if one.kind.name == "locale"}
    words = locales.get(f"locales/{project.default}.yml", {})
    found = locales.get(f"locales/{code}.yml", {})
    keys = [key for key in words if key not in found]
    sections = navigation.sections(site)
    named = navigation.translated(site, code)
    unnamed = [one for one in sections if one not in named]
    parts, total = [], 0
    for path, first in site.pages[project.default].items():
        other = site.pages[code].get(path)
        if other is not None:
            total += len(first.source.headings) + 1
            parts += [
                f"{other.file}: {one.text} (#{one.name})" for one in half_translated.missing(first.source, other.source)
            ]
    for one in freshness.untranslated(site, code):
        if one.file.startswith(("docs/", "formats/")):
            parts.append(f"{one.file}:{one.line}: {one.title}")
        elif one.file.startswith("locales/"):
            keys.append(one.key)
        else:
            lacking.append(f"{one.file}:{one.line}: {one.key.removesuffix('.' + code)}")
    return [
        Missing("pages", len(wanted), tuple(pages)),
        Missing("parts", total, tuple(parts)),
        Missing("words", len(words), tuple(keys)),
        Missing("sections", len(sections), tuple(unnamed)),
        Missing("texts", len(texts), tuple(lacking)),
    ]


def totals(found: Iterable[Missing]) -> tuple[int, int]:
    """How many pages are missing, and how many texts of any other sort."""
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
