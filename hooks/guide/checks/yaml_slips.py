"""Finds YAML that does not say what its author meant: lost comments, quotes that are shown, marks nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from guide.checks.broken_markdown import left_over
from guide.checks.corpus import Document, Page, Said
from guide.reading.markdown import links_out
from guide.reading.problems import Problems
from guide.reading.yaml_tree import compose_text, line_of

_HASH = re.compile(r":[ ]+[^\s\"'#|>\[{].*[^\s] #.*\S")
_OPENED = re.compile(r"[:-][ ]+[“‘]")
_CURLY = re.compile(r"[“‘].*[”’]", re.DOTALL)
_HTML = re.compile(r"</?[a-zA-Z][\w-]*(?=[\s/>])[^<>]*>|&(?:[a-z]+|#\d+);")


def check(document: Document, text: str, problems: Problems) -> None:
    """Records texts of which a part, or the quotes around them, is not what it seems."""
    _check(document.file, document.node, text.removeprefix("\ufeff"), problems)
    for number, line in enumerate(text.split("\n") if "\t" in text else (), 1):
        if re.search(r"\S *\t+ *[^\s#]", line):
            problems.add(document.file, number, "", "tab_in_text")


def check_front(page: Page, problems: Problems) -> None:
    """The same in the front matter of a page."""
    front = page.source.front or ""
    if _HASH.search(front) or _OPENED.search(front):
        _check(page.file, compose_text(front, page.file, Problems()), front, problems)


def _check(file: str, root: yaml.Node | None, text: str, problems: Problems) -> None:
    # Most files hold neither: then they need not be walked.
    if root is None or not (_HASH.search(text) or _OPENED.search(text)):
        return
    lines = text.split("\n")
    for node, key in _plain(root, "", 0):
        end = node.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        # One word, as true or an id, may well have its note beside it.
        if re.match(r"\s*#\S", rest) or (re.match(r"\s*#", rest) and " " in node.value):
            problems.add(file, line_of(node), key, "text_after_hash")
        if _CURLY.fullmatch(node.value) and not re.search(r"[”’].*[“‘]", node.value):
            problems.add(file, line_of(node), key, "curly_quotes")


def check_text(text: Said, problems: Problems) -> None:
    """Records marks and HTML in a text of a YAML file that are shown as they stand."""
    for code, value in text.texts.items():
        place = (text.file, text.lines[code], f"{text.key}.{code}")
        if "*" in value or "`" in value:
            for _, shown in left_over(links_out(value, "\0")):
                problems.add(*place, "mark_open", text=shown)
        if ("<" in value or "&" in value) and (found := _HTML.search(links_out(value))):
            problems.add(*place, "html_in_text", text=found[0][:60])


def _plain(node: yaml.Node, key: str, depth: int) -> Iterator[tuple[yaml.ScalarNode, str]]:
    """Yields every text without quotation marks below ``node``, and its key."""
    if isinstance(node, yaml.ScalarNode):
        if not node.style:
            yield node, key
    elif depth < 50:
        pairs = [(str(place), child) for place, child in enumerate(node.value, 1)]
        if isinstance(node, yaml.MappingNode):
            pairs = [(str(name.value), child) for name, child in node.value]
        for name, child in pairs:
            yield from _plain(child, f"{key}.{name}" if key else name, depth + 1)
