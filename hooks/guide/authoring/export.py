"""Writes one plain project per language, which any engine that knows MkDocs' format can build.

Pages written by hand go as they are, with their title as a heading; pages made from data become
Markdown files that hold their HTML, in an ``article`` that no engine touches. Such a page stands in a
folder of its own, ``glosario/index.md`` for ``glosario.md``, with the same address: Zensical rewrites the
addresses in the HTML of other pages, MkDocs does not, and in an ``index.md`` both mean the same. No hook, no plugin, no
template of ours is needed any more; styles, scripts and downloads go along. The engine's own theme
gives the frame: header, navigation, search.
"""

from __future__ import annotations

import copy
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import yaml
from markupsafe import escape

from guide.authoring import scaffold
from guide.checks.corpus import read_site
from guide.downloads.registry import FILES, Given, written
from guide.model.addresses import THIS_SITE
from guide.model.content import Content
from guide.model.site_pages import BOOK_PAGE
from guide.pages import figures
from guide.pages.addresses import Addresses, by_language
from guide.pages.order import add_to_nav
from guide.pages.packaged import PackedPages, early
from guide.pages.redirects import redirect_pages
from guide.pages.registry import SitePage, script_addresses, site_pages_of
from guide.pages.styles import EVERYWHERE, FIGURES, KINDS, beside, own_sheets, plain, style_address, style_sheet
from guide.pages.writer import Page, Writer
from guide.reading import counts, mentions
from guide.reading.forms import icons_in_markdown
from guide.reading.markdown import parse
from guide.reading.problems import Problems
from guide.reading.project import Language, Project, language_settings, open_texts, read_settings
from guide.reading.texts import Texts

STYLES = "assets/styles/export.css"
# What of a page's front matter any engine understands.
_KEPT = ("title", "description")
_HEAD = "# Written by `make export` from the sources of the guide. It needs no hooks and no plugins.\n"
# What every page does before it is shown.
_START = '<script>document.documentElement.classList.add("scripts")</script>'
# A theme that takes the ground from a filled button, or gives its words the colour of links, would hide them.
_BUTTONS = """:root :is(.button, button.primary) {
  padding: 0.45rem 1.1rem;
  background: var(--accent);
  color: var(--on-accent);
}
"""
# Where a link of Markdown leads to a file; code is passed over.
_TARGET = re.compile(
    r"(?P<code>^(?P<fence>```+|~~~+).*?^(?P=fence)|`[^`\n]+`)"
    r"|(?P<before>\]\(|^ {0,3}\[[^\]\n]+\]:[ ]+)(?P<target>[^\s()#:<>]+\.\w+)",
    re.DOTALL | re.MULTILINE,
)


# A project a language: each begins at its own root.
_ADDRESSES = Addresses()


class NotEmpty(Exception):
    """There is something already where the projects are to be written."""


@dataclass(frozen=True)
class _Exit:
    """What one language's project is made of; ``folder`` is where its pages go."""

    project: Project
    content: Content
    settings: Mapping[str, Any]
    language: Language
    folder: Path

    @property
    def code(self) -> str:
        return self.language.code

    @cached_property
    def pages(self) -> Mapping[str, SitePage]:
        """The pages of the table but that of all chapters: it is made of pages as our engine renders them."""
        return {path: page for path, page in site_pages_of(self.content).items() if path != BOOK_PAGE}

    @cached_property
    def chapters(self) -> frozenset[str]:
        """The pages of the guide: what stands with the page of all chapters in the navigation."""
        return frozenset(counts.chapters(self.project))

    @cached_property
    def new_file(self) -> Callable[[str, Texts], str]:
        return partial(scaffold.model, read_site(self.project, Problems()))

    def place(self, page: str) -> str:
        """Returns where the file of ``page`` stands among the pages: in its own folder where it holds HTML."""
        if Path(page).name == "index.md" or page not in self.pages:
            return page
        return page.removesuffix(".md") + "/index.md"

    @property
    def texts(self) -> Texts:
        return open_texts(self.project, self.code)

    @property
    def site_url(self) -> str:
        return _site_url(self.settings, self.project, self.code)

    def writer(self, page: str) -> Writer:
        """Returns a writer of ``page``, whose addresses are as seen from it."""
        return Writer(
            self.content,
            self.texts,
            partial(_ADDRESSES.seen_from, page),
            self.project.languages,
            self.settings["extra"]["repository"].rstrip("/"),
            self.new_file,
            self.settings["site_url"],
        )


def export(project: Project, content: Content, folder: Path) -> tuple[str, ...]:
    """Writes a project a language into ``folder``, which is empty or not there; gives their names.

    ``folder/<code>`` has ``docs/`` and the settings for MkDocs and for Zensical. Raises NotEmpty, and writes nothing then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(folder)
    settings = read_settings(project)
    for language in project.languages:
        one = _Exit(project, content, settings, language, folder / language.code / "docs")
        _copy_files(one)
        _write_pages(one)
        _write_data(one)
        _write_redirects(one)
        config = _config(one)
        theme = {"name": "mkdocs", "locale": one.code, "highlightjs": False}
        written = yaml.safe_dump({**config, "theme": theme}, allow_unicode=True, sort_keys=False, width=100)
        _write(folder / language.code / "mkdocs.yml", _HEAD + written)
        _write(folder / language.code / "zensical.toml", _HEAD + _zensical(config, one.code))
    return project.codes


def _copy_files(one: _Exit) -> None:
    """Our assets, and whatever stands beside the pages: the default language's under its own."""
    root = one.project.root
    shutil.copytree(root / "overrides/assets", one.folder / "assets", ignore=shutil.ignore_patterns("scripts"))
    if (one.project.docs / "assets").is_dir():
        shutil.copytree(one.project.docs / "assets", one.folder / "assets", dirs_exist_ok=True)
    for code in dict.fromkeys((one.project.default, one.code)):
        for path in (one.project.docs / code).rglob("*"):
            if path.is_file() and path.suffix != ".md":
                there = one.folder / path.relative_to(one.project.docs / code)
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, there)
    # Ours give way to every rule of the theme, but colours and sizes are there for our parts of a page.
    _write(one.folder / STYLES, f"@layer guide {{\n{style_sheet(*EVERYWHERE)}}}\n{beside(FIGURES)}\n{_BUTTONS}")
    for kind in set(KINDS) - set(EVERYWHERE):
        _write(one.folder / style_address(kind), plain(own_sheets(kind)))


def _write_pages(one: _Exit) -> None:
    for page, path in _written(one.project, one.code).items():
        language = path.relative_to(one.project.docs).parts[0]
        text = counts.fill_page(one.project, path.read_text("utf-8"), language)
        source = parse(page, mentions.fill_page(one.project, text, language, page))
        meta = yaml.safe_load(source.front or "") or {}
        body = "\n".join(source.lines[source.start - 1 :]).strip("\n")
        body = body.replace(THIS_SITE, _site_url(one.settings, one.project, one.project.default))
        body = icons_in_markdown(figures.fill_markdown(body, one.writer(page)))
        opener = f"{figures.opener(page)}\n\n" if page in one.chapters else ""
        entry = one.pages.get(page)
        made = _as_html(entry.part(one.writer(page)).html) if entry else ""
        if entry or "template" in meta:
            made += _needs(one, page, entry)
        kept = {key: meta[key] for key in _KEPT if key in meta}
        text = f"{_front(kept)}\n# {meta['title']}\n\n{opener}{_with_places(one, page, body)}\n{made}"
        _write(one.folder / one.place(page), text)
    for page, found in one.pages.items():
        if not found.entry.continued:
            text = _generated_page(one, page, found.page(one.writer(page)), found)
            _write(one.folder / one.place(page), text)


def _with_places(one: _Exit, page: str, body: str) -> str:
    """Returns the Markdown of ``page`` with links to where files stand in the project."""
    folder, place = posixpath.dirname(page), one.place(page)

    def link(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        there = posixpath.normpath(posixpath.join(folder, match["target"]))
        if there == BOOK_PAGE:
            there = "index.md"
            return match["before"] + posixpath.relpath(there, posixpath.dirname(place) or ".")
        if one.place(there) == there and place == page:
            return match[0]
        return match["before"] + posixpath.relpath(one.place(there), posixpath.dirname(place) or ".")

    return _TARGET.sub(link, body)


def _written(project: Project, code: str) -> dict[str, Path]:
    """Returns the file of every page written by hand; the default language's where there is no other."""
    found: dict[str, Path] = {}
    for folder in (project.docs / project.default, project.docs / code):
        found |= {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.md"))}
    return found


def _generated_page(one: _Exit, page: str, made: Page, found: SitePage) -> str:
    meta = {"title": str(made.title), "description": str(made.description)}
    title = f"<h1>{escape(made.title)}</h1>\n"
    return f"{_front(meta)}{_as_html(title + made.html)}{_needs(one, page, found)}"


def _front(meta: Mapping[str, str]) -> str:
    return f"---\n{yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False, width=1000)}---\n"


def _as_html(html: str) -> str:
    """HTML that Markdown leaves alone."""
    return f'\n<article class="prose">\n{html.strip()}\n</article>\n'


def _needs(one: _Exit, page: str, found: SitePage | None) -> str:
    """Returns the styles and scripts of a page as the table has them, as seen from it."""
    entry = found.entry if found else None
    if entry and not entry.kind:
        return ""

    def url(target: str) -> str:
        return _ADDRESSES.seen_from(page, target)

    lines = [_START, early(one.project.root)]
    style = found.entry.style if found else "page"
    if style not in EVERYWHERE:
        lines.append(f'<link rel="stylesheet" href="{url(style_address(style))}">')
    lines += [f'<script src="{url(each)}" defer></script>' for each in script_addresses(found, one.code)]
    return "\n" + "\n".join(lines) + "\n"


def _write_data(one: _Exit) -> None:
    """What the scripts share, in every language, and the documents to take away."""
    for code in one.project.codes:
        table = [file for file in FILES if not file.of_search and (code == one.code or not file.offered)]
        # They lead to the published site, whose addresses stay.
        packed = PackedPages(one.content, one.project, by_language(one.project.codes, True), one.settings["site_url"])
        given = Given(one.content, open_texts(one.project, code), _ADDRESSES.of, one.project.root, packed=packed)
        for name, data in written(given, table):
            path = one.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _write_redirects(one: _Exit) -> None:
    """The page at every old address, as a file that engines copy."""
    for name, html in redirect_pages(one.texts, one.content.redirects, _ADDRESSES, one.site_url):
        _write(one.folder / name, html)


def _config(one: _Exit) -> dict[str, Any]:
    """Returns the settings of one language: names, navigation, extensions, and nothing else."""
    settings, own = one.settings, _own_settings(one.settings, one.code)
    nav = copy.deepcopy(settings["nav"])
    add_to_nav(nav, [checklist.page for checklist in one.content.checklists])
    return {
        "site_name": own.get("site_name") or settings["site_name"],
        "site_description": own.get("site_description") or settings.get("site_description", ""),
        "site_url": one.site_url,
        "extra_css": [STYLES],
        "extra": {
            "alternate": [
                {"name": other.name, "link": _site_url(settings, one.project, other.code), "lang": other.code}
                for other in one.project.languages
            ]
        },
        "nav": _own_nav(one, nav, own.get("nav_translations") or {}),
        "markdown_extensions": settings["markdown_extensions"],
    }


def _zensical(config: Mapping[str, Any], code: str) -> str:
    """Returns the same settings as Zensical reads them; no font of another host."""
    extensions = {
        name: options
        for one in config["markdown_extensions"]
        for name, options in (one if isinstance(one, dict) else {one: {}}).items()
    }
    project = {
        **config,
        "theme": {"language": code, "font": False},
        "extra": {**config["extra"], "generator": False},
        "markdown_extensions": extensions,
    }
    return "[project]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in project.items())


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(str(key))} = {_toml(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_toml(below)},\n" for below in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _own_settings(settings: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """Returns what the settings say of one language."""
    return next(one for one in language_settings(settings) if one["locale"] == code)


def _site_url(settings: Mapping[str, Any], project: Project, code: str) -> str:
    base = settings["site_url"].rstrip("/") + "/"
    return base if code == project.default else f"{base}{code}/"


def _own_nav(one: _Exit, nav: list[Any], words: Mapping[str, str]) -> list[Any]:
    """``nav`` with the names of sections in one language, and files where they stand."""
    return [
        {
            counts.fill(one.project, words.get(name, name), one.code): _own_nav(one, below, words)
            for name, below in item.items()
        }
        if isinstance(item, dict)
        else one.place(item)
        for item in nav
        if item != BOOK_PAGE
    ]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
