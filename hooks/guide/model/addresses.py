"""Keeps addresses: no page or section that was ever published goes without leading somewhere.

``data/published-pages.txt`` lists the address of every page, without its language, one a line, and
``data/published-sections.txt`` that of every section of a page written by hand: ``/page/#id``.
``data/redirects.yml`` says where the address of a page or section that moved leads now.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml

from guide.model.file_kind import FileKind
from guide.reading.entries import Known, headings, read_file
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Context, Kind, Notes, Start, Text
from guide.reading.shapes import Key, list_of, make, shape_of

# How a text calls the site's own address, which stands in mkdocs.yml.
THIS_SITE = "https://este-sitio.example/"
_PUBLISHED = "data/published-pages.txt"
_SECTIONS = "data/published-sections.txt"
_REDIRECTS = "data/redirects.yml"


class _Address(Kind):
    """The address of a page or section from the root of its language: ``/curso/modulo-1/``, ``/acerca/#licencia``."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = Text().read(node, key, context)
        if value is not None and not re.fullmatch(r"/([a-z0-9-]+/)+|/([a-z0-9-]+/)*#[a-z0-9-]+", value):
            context.problem(node, key, "want_page_address", value=value[:60])
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": "^/(.*/)?(#.+)?$"}

    def example(self, key: str, start: Start) -> str:
        return "/vieja/direccion/"


@dataclass(frozen=True)
class Redirect:
    """An old address, ``/old/place/`` or ``/place/#old``, and where it leads to, ``new/place.md#heading``."""

    source: Annotated[str, _Address(), Key("from")]
    target: Annotated[str, Text(), Key("to")]

    @property
    def page(self) -> str:
        """The address of the page it is about."""
        return self.source.partition("#")[0]

    @property
    def section(self) -> str:
        """The id of the section that it leads on from; "" where a whole page moved."""
        return self.source.partition("#")[2]


@dataclass(frozen=True)
class Redirects:
    """What ``data/redirects.yml`` lists."""

    redirects: Annotated[tuple[Redirect, ...], list_of(Redirect, least=0)]


KINDS = (FileKind("redirects", _REDIRECTS, shape_of(Redirects)),)


def address(page: str) -> str:
    """Returns the address of ``page.md`` from the root of its language: ``/page/``."""
    path = page.removesuffix("index.md") if Path(page).name == "index.md" else page.removesuffix(".md") + "/"
    return f"/{path}"


def read_redirects(project: Project, problems: Problems, known: Known) -> tuple[Redirect, ...]:
    """Returns the redirects of ``project``, which lead to pages that exist and stand in no page's place.

    ``known`` has ``page``, every page of the site, and ``section``, the headings of those written in
    Markdown. Without the file there are none.
    """
    if not (project.root / _REDIRECTS).is_file():
        return ()
    found = read_file(project, _REDIRECTS, shape_of(Redirects), problems, known)["redirects"] or []
    taken = {address(page): page for page in known["page"]}
    seen: dict[str, int] = {}
    for place, one in enumerate(found, 1):
        key = f"redirects.{place}"
        if one["from"]:
            _check_source(one["from"], one.lines["from"], f"{key}.from", taken, seen, problems, known)
        if one["to"]:
            _check_target(one["to"], one.lines["to"], f"{key}.to", problems, known)
    return tuple(make(Redirect, one) for one in found if shape_of(Redirect).is_whole(one))


def _check_source(
    source: str,
    line: int,
    key: str,
    taken: Mapping[str, str],
    seen: dict[str, int],
    problems: Problems,
    known: Known,
) -> None:
    """An old address is no page's, no section's and no other redirect's; ``seen`` gets its line."""
    page, _, section = source.partition("#")
    if section and section in headings(taken.get(page, ""), known):
        problems.add(_REDIRECTS, line, key, "redirect_section_taken", address=source, page=taken[page])
    if source in taken:
        problems.add(_REDIRECTS, line, key, "redirect_taken", address=source, page=taken[source])
    if source in seen:
        problems.add(_REDIRECTS, line, key, "repeated_redirect", address=source, first=seen[source])
    seen.setdefault(source, line)


def _check_target(target: str, line: int, key: str, problems: Problems, known: Known) -> None:
    page, _, heading = target.partition("#")
    ids = headings(page, known)
    if page not in known["page"]:
        problems.add(_REDIRECTS, line, key, "unknown_page", value=page)
    # The headings of a page made from data are not known here.
    elif heading and ids and heading not in ids:
        problems.add(_REDIRECTS, line, key, "unknown_section", value=heading, known=", ".join(sorted(ids)))


def check_pages(
    project: Project, pages: Collection[str], redirects: Collection[Redirect], problems: Problems
) -> tuple[str, ...]:
    """Every published address is still a page or leads to one; gives those not on the list yet."""
    lines = list(_lines(project, _PUBLISHED, problems))
    here = {address(page) for page in pages}
    moved = {one.source for one in redirects}
    for number, line in lines:
        if line and not line.startswith("#") and line not in here | moved:
            problems.add(_PUBLISHED, number, "", "published_page_gone", address=line)
    return tuple(sorted(here.difference(line for _, line in lines)))


def _lines(project: Project, name: str, problems: Problems) -> Iterator[tuple[int, str]]:
    """Returns the lines of a list of what was published, with their numbers; none where there is no list."""
    text = project.files.text(name, problems) if (project.root / name).is_file() else ""
    return enumerate(map(str.strip, (text or "").splitlines()), 1)


def check_sections(
    project: Project,
    sections: Collection[str],
    pages: Collection[str],
    redirects: Collection[Redirect],
    problems: Problems,
) -> tuple[str, ...]:
    """Every published section is still one or leads to one; gives those not on the list yet.

    ``sections`` are those of the pages written by hand, as ``page.md#id``.
    """
    listed = dict.fromkeys(one for _, one in _lines(project, _SECTIONS, problems) if one[:1] not in ("", "#"))
    here = {f"{address(page)}#{id}" for page, _, id in (one.partition("#") for one in sections)}
    moved = {one.source: one.target.partition("#")[0] for one in redirects}
    files = {address(page): page for page in pages}
    new = tuple(sorted(here - set(listed)))
    for line in (one for one in listed if one not in here and one not in moved):
        start, _, id = line.partition("#")
        if start in files:
            page, better = files[start], _renamed(files[start], new)
        elif _stayed(moved.get(start, ""), id, sections):
            page, better = moved[start], f"{moved[start]}#…"
        else:
            # That the page is gone has been told.
            continue
        file = f"docs/{project.default}/{page}"
        problems.add(file, 0, "", "published_section_gone", id=id, address=line, better=better)
    return new


def _stayed(page: str, id: str, sections: Collection[str]) -> bool:
    """Returns whether a page that moved, and is written by hand, did not take a section along."""
    return f"{page}#{id}" not in sections and bool(headings(page, {"section": sections}))


def _renamed(page: str, new: Collection[str]) -> str:
    """One section of a page that is new where one is gone: it is probably the same under another name."""
    fresh = [one.partition("#")[2] for one in new if one.startswith(f"{address(page)}#")]
    return f"{page}#{fresh[0]}" if len(fresh) == 1 else f"{page}#…"


def lead_on(project: Project, old: str, page: str) -> list[str]:
    """Writes that the address ``old`` leads to ``page`` now; gives the files written.

    One that was never published needs nothing; where ``page`` takes an address that led on, it does no longer.
    """
    listed = project.root / _PUBLISHED
    path = project.root / _REDIRECTS
    text = path.read_text("utf-8") if path.is_file() else ""
    entry = rf"^ *- from: [\"']?{re.escape(address(page))}[\"']? *\n +to: .*\n"
    new = re.sub(entry, "", text, flags=re.MULTILINE)
    if listed.is_file() and old in listed.read_text("utf-8").splitlines():
        new = re.sub(r"^redirects: *\[\] *\n?", "", new, flags=re.MULTILINE)
        new = new if re.search(r"^redirects:", new, re.MULTILINE) else new + "redirects:\n"
        new = new.rstrip("\n") + f"\n  - from: {old}\n    to: {page}\n"
    elif re.search(r"^redirects: *\Z", new.rstrip("\n"), re.MULTILINE):
        new = new.rstrip("\n") + " []\n"
    if new == text:
        return []
    path.write_text(new, "utf-8")
    return [_REDIRECTS]


def add_pages(project: Project, new: Collection[str]) -> None:
    """Writes ``new`` addresses into the list, which stays in order; its comments stay on top."""
    _add(project.root / _PUBLISHED, new)


def add_sections(project: Project, new: Collection[str]) -> None:
    """Writes ``new`` sections into their list."""
    _add(project.root / _SECTIONS, new)


def _add(path: Path, new: Collection[str]) -> None:
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    head = [line for line in lines if line.startswith("#")]
    listed = {line for line in lines if line and not line.startswith("#")}
    path.write_text("\n".join([*head, *sorted(listed | set(new))]) + "\n", "utf-8")
