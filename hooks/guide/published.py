"""Permanent links: no page that was ever published goes without leading somewhere.

``data/published-pages.txt`` lists the address of every page, without its language, one a line.
``data/redirects.yml`` says where the address of a page that moved leads now.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from guide.document import read_text
from guide.problems import Problems
from guide.project import Project, Texts
from guide.records import Known, headings, read_file
from guide.schema import Context, Kind, ListOf, Notes, Record, Start, Text

# How a text calls the site's own address, which stands in mkdocs.yml.
THIS_SITE = "https://este-sitio.example/"
_PUBLISHED = "data/published-pages.txt"
_REDIRECTS = "data/redirects.yml"


@dataclass(frozen=True)
class Redirect:
    """An old address, ``/old/place/``, and the page it leads to, ``new/place.md#heading``."""

    source: str
    target: str


class _Address(Kind):
    """The address of a page from the root of its language: ``/curso/modulo-1/``."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = Text().read(node, key, context)
        if value is not None and not re.fullmatch(r"/([a-z0-9-]+/)+", value):
            context.problem(node, key, "want_page_address", value=value[:60])
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": "^/.*/$"}

    def example(self, key: str, start: Start) -> str:
        return "/vieja/direccion/"


_REDIRECT = Record({"from": _Address(), "to": Text()})
REDIRECTS = Record({"redirects": ListOf(_REDIRECT, least=0)})


def address(page: str) -> str:
    """The address of ``page.md`` from the root of its language: ``/page/``."""
    path = page.removesuffix("index.md") if Path(page).name == "index.md" else page.removesuffix(".md") + "/"
    return f"/{path}"


def read_redirects(project: Project, problems: Problems, known: Known) -> tuple[Redirect, ...]:
    """The redirects of ``project``, which lead to pages that exist and stand in no page's place.

    ``known`` has ``page``, every page of the site, and ``section``, the headings of those written in
    Markdown. Without the file there are none.
    """
    if not (project.root / _REDIRECTS).is_file():
        return ()
    found = read_file(project, _REDIRECTS, REDIRECTS, problems, known)["redirects"] or []
    taken = {address(page): page for page in known["page"]}
    seen: dict[str, int] = {}
    for place, one in enumerate(found, 1):
        line, key = one.lines.get("from", 0), f"redirects.{place}"
        source, target = one["from"], one["to"]
        if source in taken:
            problems.add(_REDIRECTS, line, f"{key}.from", "redirect_taken", address=source, page=taken[source])
        if source in seen:
            problems.add(_REDIRECTS, line, f"{key}.from", "repeated_redirect", address=source, first=seen[source])
        elif source:
            seen[source] = line
        if target:
            _check_target(target, one.lines["to"], f"{key}.to", problems, known)
    return tuple(Redirect(one["from"], one["to"]) for one in found if one["from"] and one["to"])


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
    path = project.root / _PUBLISHED
    text = read_text(path, _PUBLISHED, problems) if path.is_file() else ""
    lines = [line.strip() for line in (text or "").splitlines()]
    here = {address(page) for page in pages}
    moved = {one.source for one in redirects}
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#") and line not in here | moved:
            problems.add(_PUBLISHED, number, "", "published_page_gone", address=line)
    return tuple(sorted(here - set(lines)))


def add_pages(project: Project, new: Collection[str]) -> None:
    """Writes ``new`` addresses into the list, which stays in order; its comments stay on top."""
    path = project.root / _PUBLISHED
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    head = [line for line in lines if line.startswith("#")]
    listed = {line for line in lines if line and not line.startswith("#")}
    path.write_text("\n".join([*head, *sorted(listed | set(new))]) + "\n", "utf-8")


def redirect_page(texts: Texts, url: str, canonical: str) -> str:
    """The page at an old address. ``url`` is the new one as seen from it, ``canonical`` the whole.

    What was asked of the old address (``?embed``, ``#heading``) goes along where scripts run.
    """
    return _template().render(t=texts.words, code=texts.code, url=url, canonical=canonical)


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("redirect.html.jinja")
