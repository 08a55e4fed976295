"""Formats warnings, findings and figures on how the pages read."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from guide.checks import untranslated
from guide.checks.corpus import Site
from guide.checks.style import LONG_SENTENCE, sentences
from guide.model.content import Content
from guide.reading.markdown import RUNNING
from guide.reading.problems import Problems
from guide.reading.project import Project, is_own, message_texts
from guide.reading.texts import Texts, fill

if TYPE_CHECKING:
    from guide.checks import Report

# Files named where translations are not recorded.
_SHOWN = 5


def text(site: Site, words: Mapping[str, str]) -> str:
    """Words, sentences and the longest sentence of every page, then every sentence over
    ``LONG_SENTENCE`` words; ``words`` are those of ``reading`` in a locale file."""
    lines, long = [words["title"]], []
    for pages in site.pages.values():
        for page in pages.values():
            counts = []
            for block in page.source.blocks:
                if block.kind not in RUNNING:
                    continue
                for sentence in sentences(block):
                    count = len(re.findall(r"\w[\w'’-]*", sentence))
                    if not count:
                        continue
                    line = block.line_at(max(block.text.find(sentence[:15]), 0))
                    counts.append((count, line))
                    if count > LONG_SENTENCE:
                        details = {"file": page.file, "line": line, "count": count, "text": sentence[:80] + "…"}
                        long.append(fill(words["long"], details))
            if counts:
                total = sum(count for count, _ in counts)
                longest, line = max(counts)
                details = {
                    "file": page.file, "words": total, "sentences": len(counts),
                    "mean": f"{total / len(counts):.0f}", "longest": longest, "line": line,
                }  # fmt: skip
                lines.append(fill(words["line"], details))
    return "\n".join([*lines, *long])


def on_page(errors: Problems, files: Collection[str], texts: Texts) -> list[str]:
    """Returns the errors in ``files``, which may be patterns, as sentences in the language of ``texts``."""
    return [one.sentence(texts) for one in errors if any(fnmatch.fnmatchcase(one.path, file) for file in files)]


def on_lines(found: Report, texts: Texts) -> list[str]:
    """Errors and warnings as the commands by which GitHub shows them on the lines of a proposal."""
    return [
        f"::{level} file={_property(one.path)}{f',line={one.line}' if one.line else ''}::{_data(one.advice(texts))}"
        for level, problems in (("error", found.errors), ("warning", found.warnings))
        for one in problems
    ]


def findings(
    project: Project, errors: Problems, warnings: Problems, better: Mapping[tuple[str, int], str]
) -> list[dict[str, object]]:
    """Errors and warnings as data: ``level``, ``code``, ``path``, ``line`` (0: the file as a whole), ``sentences`` by
    language, ``now``, the line as it is, and ``better``, the line as it should be, None where only a
    person can tell."""
    texts = {code: message_texts(project, code) for code in project.codes}
    files: dict[str, list[str]] = {}
    listed: list[dict[str, object]] = []
    for level, problems in (("error", errors), ("warning", warnings)):
        for one in problems:
            if one.path not in files:
                files[one.path] = _lines(project, one.path)
            now = files[one.path][one.line - 1 : one.line] if one.line else []
            listed.append(
                {
                    "level": level, "code": one.code, "path": one.path, "line": one.line,
                    "sentences": {code: one.advice(words) for code, words in texts.items()},
                    "now": now[0] if now else "", "better": better.get((one.path, one.line)),
                }
            )  # fmt: skip
    return listed


def _lines(project: Project, name: str) -> list[str]:
    """Returns the lines of a file; none where it cannot be read."""
    try:
        whole = is_own(project.root, project.root / name) and not project.files.decoded(name)[1]
        return project.files.lines_joined(name).split("\n") if whole else []
    except OSError:
        return []


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def unpublished(found: Report, texts: Texts) -> str:
    """Returns what stops publication and not the preview, as lines."""
    title = fill(texts["problems"]["unpublished"], {"count": len(found.errors)})
    return f"{title}\n{found.errors.report(texts)}"


def warnings(found: Report, texts: Texts) -> list[str]:
    """Returns everything that is no error, as lines."""
    words = texts["problems"]
    lines = []
    if len(found.warnings):
        lines.append(fill(words["warnings"], {"count": len(found.warnings)}))
        lines += found.warnings.report(texts).splitlines()
    if found.freshness.unrecorded:
        files = sorted({one.file for one in found.freshness.unrecorded})
        shown = ", ".join(files[:_SHOWN]) + (", …" if len(files) > _SHOWN else "")
        lines.append(fill(words["unrecorded"], {"count": len(found.freshness.unrecorded), "files": shown}))
    lines += _left(found.site, words)
    for name, key, new in _unlisted(found.content) if found.content else ():
        if new:
            lines.append(fill(words[name], {key: ", ".join(new)}))
    return lines


def _left(site: Site, words: Mapping[str, str]) -> Iterator[str]:
    """Yields how much each language in progress lacks."""
    for code in site.project.codes:
        if code in site.project.in_progress:
            pages, left = untranslated.totals(untranslated.missing(site, code))
            name = "language_left" if pages or left else "language_whole"
            yield fill(words[name], {"language": code, "pages": pages, "texts": left})


def _unlisted(content: Content) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(sentence, its blank, what is not on a list of what was published yet)."""
    yield "unlisted", "ids", content.unlisted
    yield "unlisted_pages", "pages", content.new_pages
    yield "unlisted_sections", "sections", content.new_sections
