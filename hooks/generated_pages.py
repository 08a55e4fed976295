"""MkDocs hook: the pages that are made from data, one per language.

MkDocs runs all events once per language on the same configuration: everything here may run again.
"""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import yaml
from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from guide.authoring import scaffold
from guide.checks import check
from guide.checks import report as reports
from guide.checks.corpus import Site
from guide.checks.freshness import Freshness
from guide.downloads import word, workbook
from guide.model.addresses import Redirect
from guide.model.content import BOOK_PAGE, WORKBOOK, Content
from guide.pages import book, explained_terms, planners, search_index
from guide.pages.planners import ToolsWriter
from guide.pages.redirects import redirect_page, with_old_sections
from guide.pages.registry import CONTINUED, EXAMPLE_SCRIPT, Generated, add_to_nav, example_script, generated_pages
from guide.pages.writer import Page, Part, Writer
from guide.reading import counts, half_translated, mentions
from guide.reading.inline_markdown import Foreign, foreign
from guide.reading.markdown import Source, parse
from guide.reading.problems import ContentError, Problem, report
from guide.reading.project import Project, message_texts, open_project, open_texts
from guide.reading.sanitiser import clean
from guide.reading.texts import Texts, fill

log = get_plugin_logger("abc")


@dataclass
class _Build:
    """What one build keeps between events."""

    project: Project
    content: Content
    freshness: Freshness
    generated: dict[str, Generated]
    """Every generated page by its path inside a language's folder."""
    site: Site | None = None
    """The pages as they are written."""
    errors: tuple[Problem, ...] = ()
    """What the preview shows and stops publication."""
    urls: dict[str, dict[str, str]] = field(default_factory=dict)
    """The address of every page and download from the site's root, by language and path."""
    entries: list[dict[str, str]] = field(default_factory=list)
    """What search finds on generated pages, in the form of MkDocs' search index."""
    language: str = ""
    """The one being built."""
    pages: dict[str, Page] = field(default_factory=dict)
    chapters: list = field(default_factory=list)
    """The pages of the language being built that are chapters of the guide, in order."""
    lexicons: dict[str, explained_terms.Lexicon] = field(default_factory=dict)
    """The terms to explain, by language."""


_build: _Build
# Whether the site is only a preview, for whoever is writing.
_preview = False


def on_startup(command, dirty):
    global _preview
    _preview = command == "serve"


def on_config(config):
    global _build
    if not config.plugins["i18n"].building:
        project = open_project(Path(config.config_file_path).parent)
        found, texts = check(project), message_texts(project)
        try:
            content = found.shown() if _preview else found.valid()
        except ContentError as error:
            raise PluginError(report(error, texts)) from None
        repository = config.extra["repository"].rstrip("/")
        generated = generated_pages(content, partial(scaffold.model, found.site), repository)
        shown = project.with_gaps() if _preview else project
        _build = _Build(shown, content, found.freshness, generated, found.site, tuple(found.errors))
        if len(found.errors):
            log.warning(reports.unpublished(found, texts))
        # Not as warnings: a translation left behind is to be looked at, not to stop a strict build.
        for line in reports.warnings(found, texts):
            log.info(line)
    add_to_nav(config.nav, [one.page for one in _build.content.checklists])


def on_files(files, config):
    for code in _build.project.codes:
        for path, generated in _build.generated.items():
            file = File(f"{code}/{path}", config.docs_dir, config.site_dir, config.use_directory_urls)
            if generated.listed_on:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)


def on_nav(nav, config, files):
    _build.language = config.plugins["i18n"].current_language
    pages = {_path(file): file.page for file in files.documentation_pages()}
    downloads = (WORKBOOK.format(code=code) for code in _build.project.codes)
    _build.urls[_build.language] = {path: page.file.url for path, page in pages.items()}
    _build.urls[_build.language] |= {path: path for path in downloads}
    for listing in {one.listed_on for one in _build.generated.values()} - {None}:
        listed = [pages[path] for path, one in _build.generated.items() if one.listed_on == listing]
        _stand_after(pages[listing], listed)
    whole = pages[BOOK_PAGE]
    section = whole.ancestors[-1:]
    _build.chapters = [page for page in _pages(section) if Path(page.file.abs_src_path).is_file()]
    _leave_the_way(whole)


def on_page_read_source(page, config):
    generated = _build.generated.get(_path(page.file))
    if generated is None or Path(page.file.abs_src_path).is_file():
        return _written(page)
    made = generated.write(_writer(page))
    _build.pages[page.file.src_uri] = made
    page.edit_url = generated.source and config.edit_uri.removesuffix("docs/") + generated.source
    meta = {"title": str(made.title), "short": str(made.short), "description": str(made.description)}
    if isinstance(made.title, Foreign):
        meta["title_language"] = made.title.language
    default = _build.project.default
    if _language(page) != default and foreign(default) in made.html:
        meta["partly_in"] = default
    # What comes from the data: reading it out of the HTML again takes longer than all else.
    if made.entries or not made.found:
        meta["search"] = {"exclude": True}
        for id, title, text in made.entries:
            location = page.file.url + (f"#{id}" if id else "")
            _build.entries.append({"location": location, "title": title, "text": escape(text)})
    if generated.template:
        meta["template"] = generated.template
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n"


def _written(page) -> str | None:
    """The text of a page written by hand as it is shown: with its counts, and whole. Sections that are not translated
    yet stand in the default language."""
    project, path, code = _build.project, _path(page.file), _language(page)
    first, other = (_filled(path, one) for one in (project.default, code))
    if other is None:
        return None
    text = None
    if first is not None and code in project.in_progress:
        text = half_translated.completed(first, other, project.default)
    if text is None:
        return "\n".join(other.lines)
    return text.replace("---\n", f"---\npartly_in: {project.default}\n", 1)


def _filled(path: str, code: str) -> Source | None:
    page = _build.site.pages[code].get(path) if _build.site else None
    if page is None:
        return None
    text = counts.fill_page(_build.project, "\n".join(page.source.lines), code)
    return parse(page.file, mentions.fill_page(_build.project, text, code, path))


def on_page_content(html, page, config, files):
    made = _build.pages.pop(page.file.src_uri, None)
    if made is not None:
        _has_headings(page, made)
        return _with_old_sections(made.html, page)
    # Nothing of what contributors write gets past this, whatever the check has seen of it.
    html, dropped = clean(html)
    if dropped:
        words = message_texts(_build.project)["problems"]
        log.warning(fill(words["page_dropped"], {"file": f"docs/{page.file.src_uri}"}))
    if _path(page.file) in CONTINUED:
        continued = CONTINUED[_path(page.file)]
        if continued.template:
            page.meta["template"] = continued.template
        html += _add_part(page, continued.write(_writer(page)))
    return _with_old_sections(html, page)


def _with_old_sections(html: str, page) -> str:
    writer = _writer(page)
    return with_old_sections(html, _path(page.file), _build.content.redirects, writer.texts, writer.page_url)


# All pages are rendered and none is written yet.
def on_env(env, config, files):
    """The page of all chapters, made of what they hold."""
    whole = next(file.page for file in files.documentation_pages() if _path(file) == BOOK_PAGE)
    chapters = (
        book.Chapter(
            path=_path(page.file),
            url=page.file.url,
            section=page.parent.title,
            title=page.meta.get("title") or page.title,
            language=_language(page),
            html=page.content,
        )
        for page in _build.chapters
    )
    made = book.write(_writer(whole), lambda url: get_relative_url(url, whole.file.url), chapters)
    whole.content = made.html
    _has_headings(whole, made)


# After search has read the page: explanations are not part of its text.
@event_priority(-100)
def on_page_context(context, page, config, nav):
    """Explains terms of the glossary; says how long a chapter is and whether a translation is behind."""
    code, path = page.file.src_uri.split("/", 1)
    if page in _build.chapters:
        context["reading_time"] = book.reading_time(_writer(page), page.content)
    context["unpublished"] = _unpublished(code, path)
    context["behind"] = _build.freshness.on_page(code, f"docs/{page.file.src_uri}", _made_of(path))
    original = page.file.alternates.get(_build.project.default)
    context["original"] = original and original.url
    context["explained"] = None if page is nav.homepage else _explained(page, code)


def _unpublished(code: str, path: str) -> list[str]:
    """What stops publication of the page at ``path`` in any language, as sentences in the language ``code``."""
    texts = open_texts(_build.project, code)
    files = {f"docs/{one}/{path}" for one in _build.project.codes} | _made_of(path)
    # The names of sections and the words of the interface are on all pages of their language.
    files |= {f"locales/{code}.yml", "mkdocs.yml"}
    return [one.sentence(texts) for one in _build.errors if any(fnmatch.fnmatchcase(one.path, file) for file in files)]


def _made_of(path: str) -> set[str]:
    """The files that a page shows, beside its own; they may be patterns."""
    if path == BOOK_PAGE:
        return {f"docs/{chapter.file.src_uri}" for chapter in _build.chapters}
    made = _build.generated.get(path) or CONTINUED.get(path)
    source = getattr(made, "source", None)
    return {*(made.made_of if made else ()), *([source] if source else ())}


def _explained(page, code: str):
    """The terms explained on a page, which their places now link to; None where nothing is."""
    written = Path(page.file.abs_src_path).is_file()
    if not (written or page.meta.get("template") == "assessment.html"):
        return None
    writer = _writer(page)
    if code not in _build.lexicons:
        _build.lexicons[code] = explained_terms.Lexicon(_build.content.glossary.terms, code)
    manner = explained_terms.CHAPTER if written else explained_terms.CHECKLIST
    page.content, terms = explained_terms.explain(page.content, _build.lexicons[code], manner, writer.page_url)
    return writer.explanations(terms)


# After the i18n plugin has built the other languages.
@event_priority(-200)
def on_post_build(config):
    """What the scripts share, what search finds and the workbooks, once all languages are built."""
    if config.plugins["i18n"].building:
        return
    folder = Path(config.site_dir, "assets/instrument")
    index = Path(config.site_dir, "search/search_index.json")
    entries = search_index.split(json.loads(index.read_text("utf-8"))["docs"] + _build.entries, _build.project.codes)
    # Of all languages together; each has its own.
    index.unlink()
    _write(Path(config.site_dir, EXAMPLE_SCRIPT), example_script(_build.project))
    for code in _build.project.codes:
        texts = open_texts(_build.project, code)
        titles = search_index.titles_script(entries[code], _build.content, code, _address(code))
        _write(index.with_name(f"{code}-titles.js"), titles)
        _write(index.with_name(f"{code}.js"), search_index.texts_script(entries[code]))
        writer = Writer(_build.content, texts, _build.urls[code].__getitem__)
        _write(folder / f"{code}.js", writer.instrument())
        _write(folder / f"{code}-texts.js", writer.criterion_texts())
        networks = ToolsWriter(_build.content, texts, _build.urls[code].__getitem__).networks_script()
        _write(Path(config.site_dir, planners.NETWORKS_SCRIPT.format(code=code)), networks)
        _write(Path(config.site_dir, WORKBOOK.format(code=code)), workbook.write(_build.content, texts))
        for one in _build.content.formats:
            _write(Path(config.site_dir, one.file(code)), word.write(one, texts))
        for one in _build.content.redirects:
            if not one.section:
                _write_redirect(one, texts, config)


def _address(code: str) -> Callable[[str], str]:
    """The address of ``page.md#heading`` from the site's root, in one language."""

    def address(target: str) -> str:
        page, hash, heading = target.partition("#")
        return _build.urls[code][page].removeprefix("./") + hash + heading

    return address


def _write_redirect(redirect: Redirect, texts: Texts, config) -> None:
    """The page at an old address, in one language."""
    urls = _build.urls[texts.code]
    there = _address(texts.code)(redirect.target)
    start = urls["index.md"].removeprefix("./").removesuffix("index.html")
    old = start + redirect.source.removeprefix("/")
    sections = {
        one.section: get_relative_url(_address(texts.code)(one.target), old)
        for one in _build.content.redirects
        if one.section and one.page == redirect.source
    }
    made = redirect_page(texts, get_relative_url(there, old), config.site_url.rstrip("/") + "/" + there, sections)
    _write(Path(config.site_dir, old, "index.html"), made)


def _write(file: Path, content: str | bytes) -> None:
    """A file of the site, in a folder that may not be there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _add_part(page, part: Part) -> str:
    """Puts the headings of ``part`` among those of its page; gives its HTML."""
    page.toc.items += [AnchorLink(escape(title), id, 2) for id, title in part.headings]
    page.present_anchor_ids |= {id for id, _ in part.headings}
    return part.html


def _path(file) -> str:
    """The path of a page inside its language's folder."""
    return file.src_uri.split("/", 1)[-1]


def _language(page) -> str:
    """The language a page is written in."""
    return page.file.src_uri.split("/", 1)[0]


def _pages(items: Iterable) -> Iterator:
    """Every page of these items of the navigation, in order."""
    for item in items:
        yield from _pages(item.children) if item.is_section else [item] if item.is_page else []


def _has_headings(page, made: Page) -> None:
    page.toc = TableOfContents([AnchorLink(escape(title), id, 2) for id, title in made.headings])
    # Links from chapters to a criterion or a source are checked against these.
    page.present_anchor_ids = {id for id, _ in made.headings}


def _writer(page) -> Writer:
    def page_url(target: str) -> str:
        path, hash, heading = target.partition("#")
        there = urls[path] if path.endswith(".md") else path
        return get_relative_url(there, page.file.url) + hash + heading

    urls = _build.urls[_build.language]
    texts = open_texts(_build.project, _language(page))
    return Writer(_build.content, texts, page_url, _build.project.languages)


def _stand_after(listing, pages: list) -> None:
    """Pages that are not in the navigation follow, one by one, the page that lists them."""
    chain = [listing, *pages, listing.next_page]
    for before, after in zip(chain, chain[1:]):
        before.next_page = after
        if after is not None:
            after.previous_page = before
    for page in pages:
        page.parent = listing.parent


def _leave_the_way(page) -> None:
    """The pages before and after this one follow each other; it is reached by its links."""
    before, after = page.previous_page, page.next_page
    if before is not None:
        before.next_page = after
    if after is not None:
        after.previous_page = before
    page.previous_page = page.next_page = None
