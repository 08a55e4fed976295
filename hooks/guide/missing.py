"""What is still to be translated into a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from guide.checks import navigation
from guide.checks.site import Site, said
from guide.project import fill


@dataclass(frozen=True)
class Missing:
    """What is missing of one sort (``pages``, ``texts``, ``words``, ``sections``), each as a line."""

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
    return [
        Missing("pages", len(wanted), tuple(pages)),
        Missing("words", len(words), tuple(keys)),
        Missing("sections", len(sections), tuple(unnamed)),
        Missing("texts", len(texts), tuple(lacking)),
    ]


def report(site: Site, code: str, words: Mapping[str, str]) -> str:
    """The list as lines; ``words`` are those of ``missing`` in a locale file."""
    language = next(one for one in site.project.languages if one.code == code)
    details = {"language": language.name, "code": code}
    found = [one for one in missing(site, code) if one.places]
    if not found:
        return fill(words["nothing"], details)
    lines = [fill(words["title"], details)]
    for one in found:
        lines.append(fill(words[one.sort], {"missing": len(one.places), "total": one.total, "code": code}))
        lines += [f"  {place}" for place in one.places]
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
