"""Moves a page: renames it in every language and mends all that leads to it.

Links of pages are as seen from the page, those of YAML texts, templates and settings from the language's
folder. The old address leads on (``data/redirects.yml``), and what translations follow stays as it was.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guide.checks import freshness
from guide.checks.corpus import Site, read_site
from guide.model.addresses import THIS_SITE, address, lead_on
from guide.reading.markdown import without_code
from guide.reading.problems import Problems
from guide.reading.project import Project, is_own
from guide.reading.schema import IDENTIFIER
from guide.reading.texts import Texts, fill

_NAME = re.compile(rf"({IDENTIFIER.pattern}/)*{IDENTIFIER.pattern}\.md")
# Where a page says an address: a link, a definition, HTML.
_TARGET = re.compile(r"""(?<=\]\()<?([^()\s<>]+)|(?<=\]:)[ ]*<?([^\s<>]+)|(?<=href=")([^"]+)|(?<=src=")([^"]+)""")
# Beside the pages: where the path of one may stand.
_OTHERS = (
    "*.md", ".github/**/*.md", "decisions/*.md", "mkdocs.yml", "overrides/**/*.html", "hooks/**/*.py",
    "hooks/**/*.jinja", "locales/*.yml", "formats/*.yml",
)  # fmt: skip


class Refused(Exception):
    """Nothing was moved; the sentence of ``move`` that says why, and what fills it in."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def page_of(project: Project, written: str) -> str:
    """The path inside a language's folder of a page, however somebody wrote it: with the folder, without its ending."""
    path = written.strip().replace("\\", "/").removeprefix("./").strip("/")
    for code in project.codes:
        path = path.removeprefix(f"docs/{code}/")
    return path if path.endswith(".md") or not path else f"{path}.md"


def move(site: Site, old: str, new: str) -> list[str]:
    """Moves the page ``old`` to ``new``, paths inside a language's folder; gives the files written, from the root.

    Raises Refused, and then nothing has changed.
    """
    project = site.project
    old, new = page_of(project, old), page_of(project, new)
    _refuse(site, old, new)
    behind = dict(freshness.judge(site).behind)
    files = {f"docs/{code}/{old}": f"docs/{code}/{new}" for code in project.codes if old in site.pages[code]}
    changed = _write_links(site, old, new)
    for before, after in files.items():
        (project.root / after).parent.mkdir(parents=True, exist_ok=True)
        (project.root / before).rename(project.root / after)
    for before in files:
        _drop_empty(project.root / before, project.docs)
    written = lead_on(project, address(old), new)
    after_move = read_site(project, Problems())
    places = ((replace(one, file=files.get(one.file, one.file)).place, code) for one, code in behind.items())
    written += freshness.record(after_move, (), was_behind=dict(places))
    return list(dict.fromkeys([*files.values(), *(files.get(one, one) for one in changed), *written]))


def _write_links(site: Site, old: str, new: str) -> list[str]:
    """Writes everything that leads to the page as it is after the move; returns the files written."""
    project = site.project
    texts: dict[str, str] = {}
    for pages in site.pages.values():
        for page in pages.values():
            texts[page.file] = _in_page(_read(project, page.file), page.path, old, new)
    for file in _others(site):
        texts.setdefault(file, _from_root(_read(project, file), project, old, new))
    changed = [file for file, text in texts.items() if text != _read(project, file)]
    for file in changed:
        (project.root / file).write_text(texts[file], "utf-8")
    return changed


def _refuse(site: Site, old: str, new: str) -> None:
    project = site.project
    if old not in site.pages[project.default]:
        code = "generated" if old in site.anchors else "no_page"
        raise Refused(code, page=old, folder=f"docs/{project.default}/")
    if not _NAME.fullmatch(new):
        raise Refused("bad_name", page=new)
    if new == old:
        raise Refused("same", page=old)
    if new in site.paths or _is_there(project, new):
        raise Refused("exists", page=new)
    # What the program itself is made of has a page that it continues.
    for page, fixed in ((old, old in site.anchors), (new, False)):
        if fixed or Path(page).name == "index.md":
            raise Refused("fixed", page=page)


def _is_there(project: Project, page: str) -> bool:
    return any((project.docs / code / page).exists() for code in project.codes)


def _in_page(text: str, path: str, old: str, new: str) -> str:
    """Returns the text of the page at ``path`` with its links as they are after the move."""
    text = re.sub(
        rf"({re.escape(THIS_SITE)}(?:[a-z]{{2}}/)?){re.escape(address(old)[1:])}", rf"\g<1>{address(new)[1:]}", text
    )
    here, there = posixpath.dirname(path), posixpath.dirname(new if path == old else path)

    def mend(target: str) -> str:
        place, mark, rest = re.fullmatch(r"([^#?]*)([#?]?)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
        if not place or re.match(r"[a-zA-Z][\w+.-]*:|/", place):
            return target
        leads = posixpath.normpath(posixpath.join(here, place))
        to = new if leads == old else leads
        if to == leads and here == there:
            return target
        slash = "/" if place.endswith("/") else ""
        return posixpath.relpath(to, there or ".") + slash + mark + rest

    out, at = [], 0
    for match in _TARGET.finditer(without_code(text)):
        group = next(number for number in (1, 2, 3, 4) if match[number] is not None)
        start, end = match.span(group)
        out += [text[at:start], mend(text[start:end])]
        at = end
    return "".join([*out, text[at:]])


def _from_root(text: str, project: Project, old: str, new: str) -> str:
    """``text`` with the path of the page, from the language's folder or from the root, as it is after the move."""
    codes = "|".join((*project.codes, r"\{code\}", r"\*"))
    return re.sub(rf"(?<![\w./-])((?:docs/(?:{codes})/)?){re.escape(old)}(?!\w)", rf"\g<1>{new}", text)


def _others(site: Site) -> Iterator[str]:
    root = site.project.root
    found = {document.file for document in site.documents}
    for pattern in _OTHERS:
        found |= {path.relative_to(root).as_posix() for path in root.glob(pattern) if is_own(root, path)}
    yield from sorted(found - {"CHANGELOG.md"})


def _read(project: Project, file: str) -> str:
    with (project.root / file).open(encoding="utf-8", newline="") as opened:
        return opened.read()


def _drop_empty(file: Path, top: Path) -> None:
    """Takes away the folders that the move left empty."""
    for folder in file.parents:
        if folder.parent in (top, file.anchor) or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def refusal(error: Refused, texts: Texts) -> str:
    """Returns the sentence for whoever asked."""
    return fill(texts["move"][error.code], error.details)
