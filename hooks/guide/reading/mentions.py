"""Links institutions where a text sends people to them: ``{contact:amexcid}`` is a link to whom to call.

Pages and texts of YAML files say who is to be asked; how to reach them stands once, in ``contacts/``. A mention becomes
what the file calls the institution in a sentence (``short``), as a link to its place on the page of contacts. The
sentence may have words of its own: ``{contact:amexcid the agency}``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

import yaml

from guide.reading import counts
from guide.reading.near_names import nearest
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.yaml_tree import value_of

FOLDER = "contacts"
PAGE = "directorio/contactos.md"
_MENTION = re.compile(r"\{contact:(?P<id>[\w-]+)(?:[ \n]+(?P<said>[^{}\[\]]+?))?\}")


def wanted(text: str) -> Iterator[str]:
    """Returns the ids that ``text`` mentions, in order."""
    return (match["id"] for match in _MENTION.finditer(text))


def fill(project: Project, text: str, code: str) -> str:
    """Returns a text of a YAML file in the language ``code`` with its mentions as links, from the language's root."""
    return _filled(project, text, code, text, PAGE) if "{contact:" in text else text


def fill_page(project: Project, text: str, code: str, page: str) -> str:
    """The Markdown of ``page`` (its path inside the language's folder) with its mentions as links, but for those in code."""
    if "{contact:" not in text:
        return text
    return _filled(
        project, text, code, counts.without_code(text), posixpath.relpath(PAGE, posixpath.dirname(page) or ".")
    )


def _filled(project: Project, text: str, code: str, looked_at: str, there: str) -> str:
    out, at, known = [], 0, names(project)
    for match in _MENTION.finditer(looked_at):
        if match["id"] in known:
            called = known[match["id"]]
            name = match["said"] or called.get(code) or called.get(project.default) or match["id"]
            out += [text[at : match.start()], f"[{name}]({there}#{match['id']})"]
            at = match.end()
    return "".join([*out, text[at:]])


def names(project: Project) -> Mapping[str, Mapping[str, str]]:
    """Returns what every institution is called in a sentence, by id and language. What cannot be read has no name."""
    return project.files.once(_names, project)


def _names(project: Project) -> Mapping[str, Mapping[str, str]]:
    found = {}
    for path in sorted((project.root / FOLDER).glob("*.yml")):
        node = value_of(project.files.node(project.files.name(path), Problems()), "short")
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        said = {key.value: value.value for key, value in pairs if isinstance(value, yaml.ScalarNode)}
        # A bracket would end the link early.
        found[path.stem] = {code: re.sub(r"[\[\]]", "", text).strip() for code, text in said.items()}
    return found


def check(project: Project, text: str, add: Callable[..., None]) -> None:
    """Tells ``add`` of every mention of nobody: the line from 0, the code of the sentence and its details."""
    if "{contact:" not in text:
        return
    known = names(project)
    for match in _MENTION.finditer(text):
        if (id := match["id"]) not in known:
            line, near = text.count("\n", 0, match.start()), nearest(id, known)
            if near:
                add(line, "unknown_mention_near", value=id, near=near)
            else:
                add(line, "unknown_mention", value=id, known=", ".join(sorted(known)) or "—")
