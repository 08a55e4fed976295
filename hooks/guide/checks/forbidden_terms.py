"""Looks in the texts of every language for words that the glossary says not to write.

What is inside quotation marks, italics, code, HTML or an address is somebody else's wording and
is left alone. Only texts are read: Markdown pages, values under a language's key in YAML files, and
the interface's words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from guide.model.glossary import SOURCE, Avoided, Term
from guide.reading.problems import Problems
from guide.reading.project import Project

# Folders of the project that hold no texts of the site.
_OTHER = frozenset({"benchmarks", "decisions", "docs", "hooks", "node_modules", "overrides", "site", "tests", "tools"})
# Keys of the glossary that name the very words it says not to write.
_NAMED = frozenset({"avoid", "forms"})

# Blanked before looking. Block code first: what it holds is not Markdown.
_NOT_OURS = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^(```|~~~).*?\n(?:.*\n)*?\1",
        r"`[^`\n]+`",
        r"<!--[\s\S]*?-->",
        r"</?[a-zA-Z][^<>]*>",
        r"(?<=\])\([^()\s]*\)",
        r"\{[#.][^{}\n]*\}",
        r"https?://[^\s<>\"()]+",
        r"«[^»]*»",
        r"“[^”]*”",
        r"\"[^\"\n]*\"",
        r"(?<![*\w])\*(?![*\s])[^*\n]+(?<![*\s])\*(?![*\w])",
        r"(?<![_\w])_(?![_\s])[^_\n]+(?<![_\s])_(?![_\w])",
    )
]
# A caption or a note in italics from end to end is ours.
_WHOLE_LINE = re.compile(r"^([*_])(?![*_ ])(.+)\1$", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """A form to avoid: where it begins in the text, and what the glossary says of it."""

    place: int
    found: str
    avoided: Avoided


class Watch:
    """What not to write in one language."""

    def __init__(self, terms: Iterable[Term], code: str) -> None:
        self._avoided = {
            form: avoided for term in terms for avoided in term.avoid.get(code, ()) for form in avoided.forms
        }
        self._longest = sorted(self._avoided, key=len, reverse=True)

    def possible(self, text: str) -> list[str]:
        """Returns the forms that may stand in ``text``, longest first: a quick look, for most texts hold none."""
        squeezed = " ".join(text.split())
        return [form for form in self._longest if form[1:] in squeezed and pattern_of(form).search(squeezed)]

    def find(self, text: str) -> list[Finding]:
        """Returns every form to avoid in a Markdown text, in its order; a longer form hides the ones inside it."""
        forms = self.possible(text)
        ours = _ours(text) if forms else ""
        found: dict[range, Finding] = {}
        for form in forms:
            avoided = self._avoided[form]
            for match in pattern_of(form).finditer(ours):
                inside = any(match.start() in one for one in found)
                if not inside and not _allowed(match, avoided, ours):
                    found[range(*match.span())] = Finding(match.start(), " ".join(match[0].split()), avoided)
        return sorted(found.values(), key=lambda one: one.place)


@functools.cache
def pattern_of(form: str) -> re.Pattern[str]:
    """Finds ``form`` as whole words: any white space between them, a first capital allowed."""
    words = r"\s+".join(re.escape(word) for word in form.split())
    first = form[0]
    start = f"[{first}{first.upper()}]{words[1:]}" if first.islower() else words
    return re.compile(rf"(?<![\w-]){start}(?!\w|-\w)")


def check(project: Project, terms: Iterable[Term], problems: Problems) -> None:
    """Records every form to avoid in the texts of ``project``."""
    watches = {code: Watch(terms, code) for code in project.codes}
    for code, watch in watches.items():
        # Pages, and the templates to take away.
        folders = (project.docs / code, project.root / "formats" / code)
        for path in sorted(path for folder in folders for path in folder.rglob("*.md")):
            name = project.files.name(path)
            text = project.files.lines_joined(name)
            _tell(watch.find(text), text, 0, name, "", problems)
    for path in _yaml_files(project.root):
        _check_yaml(path, project, watches, problems)


def _check_yaml(path: Path, project: Project, watches: dict[str, Watch], problems: Problems) -> None:
    name = project.files.name(path)
    text = project.files.lines_joined(name).removeprefix("\ufeff")
    # Most files hold nothing to tell: then they need not be read as YAML.
    if not any(watch.possible(text) for watch in watches.values()):
        return
    # What cannot be read is told by whoever reads the file for its content.
    node = project.files.node(name, Problems())
    if node is None:
        return
    # What YAML takes for the end of a line.
    starts = [0, *(match.end() for match in re.finditer("\r\n|[\r\n\x85\u2028\u2029]", text))]
    code = path.stem if path.parent == project.locales else None
    skipped = _NAMED if name == SOURCE else frozenset()
    for key, language, scalar in _texts(node, "", code, project.codes, skipped):
        start = starts[scalar.start_mark.line] + scalar.start_mark.column
        end = starts[scalar.end_mark.line] + scalar.end_mark.column
        if scalar.style in ("'", '"'):
            start, end = start + 1, end - 1
        _tell(watches[language].find(text[start:end]), text, start, name, key, problems)


def _texts(
    node: yaml.Node, key: str, code: str | None, codes: tuple[str, ...], skipped: frozenset[str]
) -> Iterator[tuple[str, str, yaml.ScalarNode]]:
    """Yields the texts below ``node`` as (key, language, scalar)."""
    if isinstance(node, yaml.ScalarNode):
        if code:
            yield key, code, node
    elif isinstance(node, yaml.SequenceNode):
        for place, child in enumerate(node.value, 1):
            yield from _texts(child, f"{key}.{place}", code, codes, skipped)
    else:
        for name, child in node.value:
            if name.value not in skipped:
                inner = name.value if name.value in codes else code
                yield from _texts(child, f"{key}.{name.value}".lstrip("."), inner, codes, skipped)


def _tell(findings: Iterable[Finding], text: str, start: int, name: str, key: str, problems: Problems) -> None:
    for one in findings:
        line = text.count("\n", 0, start + one.place) + 1
        reasons = {f"reason@{code}": reason for code, reason in one.avoided.reason.items()}
        problems.add(name, line, key, "avoided", found=one.found, write=one.avoided.write, **reasons)


def _ours(text: str) -> str:
    """``text`` with everything that is not this site's wording blanked; places stay the same."""
    text = _WHOLE_LINE.sub(lambda match: f" {match[2]} ", text)
    for blanked in _NOT_OURS:
        text = blanked.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def _allowed(match: re.Match[str], avoided: Avoided, text: str) -> bool:
    """Returns whether ``match`` stands inside a phrase in which the form is right."""
    for phrase in avoided.allowed:
        for around in pattern_of(phrase).finditer(text):
            if around.start() <= match.start() and match.end() <= around.end():
                return True
    return False


def _yaml_files(root: Path) -> list[Path]:
    folders = [one for one in root.iterdir() if one.is_dir() and one.name not in _OTHER and one.name[0] != "."]
    return sorted(path for folder in folders for path in folder.rglob("*.yml"))
