"""The content as frozen, typed objects: checklists, their scale, sources, glossary and catalogues.

``load`` reads everything and raises ``ContentError`` with every mistake of every file. What a file
may say is declared in the records below; ``schema`` does the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guide.model import glossary, planners, search_words
from guide.model.addresses import Redirect, check_pages, check_sections, read_redirects
from guide.model.catalogue import Catalogue, read_catalogue
from guide.model.course import QUICK, Module, read_course
from guide.model.office_templates import Format, read_formats
from guide.model.site_pages import (
    BIBLIOGRAPHY_PAGE,
    CHECKLIST_PAGE,
    FORMATS_PAGE,
    GLOSSARY_PAGE,
    MODULE_PAGE,
    PRACTICE_PAGE,
    SINGLE_PAGES,
    names_beside,
)
from guide.reading import counts, inline_markdown
from guide.reading.entries import (
    Known,
    Placed,
    check_link,
    compare_ids,
    headings,
    placed,
    read_file,
    read_folder,
    unique_ids,
)
from guide.reading.locale_files import check_locales
from guide.reading.problems import ContentError, Problems
from guide.reading.project import Project
from guide.reading.schema import (
    Address,
    Boolean,
    Choice,
    Context,
    Day,
    Found,
    Identifier,
    Integer,
    Language,
    ListOf,
    Number,
    Record,
    Reference,
    Text,
    Texts,
    Translated,
    When,
)

LEVELS = 4
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_TITLE = re.compile(r"\A---\n(?:.*\n)*?title:[ \t]+(?:\"([^\"\n]+)\"|(\S.*))\n")
# Lists that do not say when they are built come after those that do, in their own order.
_AFTER_THE_OTHERS = 1_000_000
# No checklist can have the name of one of these pages.
_TAKEN = names_beside(CHECKLIST_PAGE)


@dataclass(frozen=True)
class Level:
    """One step of the scale; its place in ``Scale.levels`` is its value, 0 to 3."""

    name: Translated
    status: str


@dataclass(frozen=True)
class Status:
    """One light of the traffic light."""

    id: str
    name: Translated
    meaning: Translated


@dataclass(frozen=True)
class Band:
    """How a mean level of at least ``least`` reads."""

    least: float
    name: Translated
    meaning: Translated


@dataclass(frozen=True)
class Reading:
    """What a result is called, and what that means."""

    name: Translated
    meaning: Translated


@dataclass(frozen=True)
class Scale:
    """The scale every criterion is answered on."""

    levels: tuple[Level, ...]
    statuses: tuple[Status, ...]
    bands: tuple[Band, ...]
    over_flags: Reading
    """What is read instead of a band while something is flagged for the law."""


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography."""

    id: str
    author: str
    date: str | None
    title: str
    publisher: str | None
    language: str
    url: str | None
    cite: Translated
    seen: str
    note: Translated | None


@dataclass(frozen=True)
class Criterion:
    """One criterion of a checklist; ``section`` is ``page.md#id`` of the guide, or None."""

    id: str
    statement: Translated
    why: Translated
    levels: tuple[Translated, ...]
    evidence: Translated
    next_step: Translated
    section: str | None
    sources: tuple[str, ...]
    guidance: Translated | None
    weight: float
    quick: bool
    critical: int | None
    """The highest level that is still a breach of the law; None where no law demands it."""
    not_applicable: Translated | None
    review: str


@dataclass(frozen=True)
class Retired:
    """A criterion that was published once and is no longer asked; answers to it are kept."""

    id: str
    statement: Translated
    reason: Translated


@dataclass(frozen=True)
class Change:
    """What a version of a checklist changed for those who had answered an earlier one.

    Each list holds criterion ids: ``added``; ``reworded`` (the answer stands); ``meaning`` (another
    sense: the answer is to be reviewed); ``retired``.
    """

    version: int
    added: tuple[str, ...]
    reworded: tuple[str, ...]
    meaning: tuple[str, ...]
    retired: tuple[str, ...]


@dataclass(frozen=True)
class Checklist:
    """One self-assessment; ``id`` is its file's name and never changes."""

    id: str
    version: int
    order: int
    foundation: int
    """When a municipality builds what the list asks, from 1; the plan goes by it among equals."""
    title: Translated
    short: Translated
    summary: Translated
    chapter: str | None
    minutes: int
    criteria: tuple[Criterion, ...]
    retired: tuple[Retired, ...]
    changes: tuple[Change, ...]
    """One for each version after the first, in order."""

    @property
    def page(self) -> str:
        """The path of its page inside a language's folder."""
        return CHECKLIST_PAGE.format(id=self.id)

    @property
    def source(self) -> str:
        """The path of its YAML file inside the project."""
        return f"checklists/{self.id}.yml"

    @property
    def quick(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.quick)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of this checklist that may never mean anything else."""
        return (*(one.id for one in self.criteria), *(one.id for one in self.retired))


@dataclass(frozen=True)
class Content:
    """Everything the YAML files hold, in the order it is shown."""

    scale: Scale
    sources: Mapping[str, Source]
    checklists: tuple[Checklist, ...]
    catalogue: Catalogue
    glossary: glossary.Glossary
    tools: planners.Tools
    unlisted: tuple[str, ...]
    """Ids not yet in ``data/published-ids.yml``: ``checklist``, ``checklist/criterion``, ``networks/id``, ``terms/id``,
    and an id of the tools as it is."""
    formats: tuple[Format, ...]
    modules: tuple[Module, ...]
    redirects: tuple[Redirect, ...]
    search: search_words.SearchWords
    """What people type when they search."""
    new_pages: tuple[str, ...]
    """Addresses of pages not yet in ``data/published-pages.txt``."""
    new_sections: tuple[str, ...]
    """Those of sections not yet in ``data/published-sections.txt``."""


# Each has a shape in templates/macros.html.jinja and a colour in the style sheet.
STATUS = Choice(("behind", "in-progress", "optimal"))

SCALE = Record(
    {
        "levels": ListOf(Record({"name": Texts(), "status": STATUS}), length=LEVELS),
        "statuses": ListOf(Record({"id": STATUS, "name": Texts(), "meaning": Texts()}), length=3),
        "bands": ListOf(Record({"from": Number(0, 3), "name": Texts(), "meaning": Texts()})),
        "over_flags": Record({"name": Texts(), "meaning": Texts()}),
    }
)

SOURCE = Record(
    {
        "id": Identifier(),
        "author": Text(),
        "date": When(),
        "title": Text(),
        "publisher": Text(),
        "language": Language(),
        "url": Address(),
        "cite": Texts(),
        "seen": Choice(("first-hand", "secondary", "background")),
        "note": Texts(),
    },
    optional=frozenset({"date", "publisher", "url", "note"}),
)

BIBLIOGRAPHY = Record({"sources": ListOf(SOURCE)})

CRITERION = Record(
    {
        "id": Identifier(),
        "statement": Texts(),
        "why": Texts(),
        "levels": ListOf(Texts(), length=LEVELS),
        "evidence": Texts(),
        "next_step": Texts(),
        "section": Text(),
        "sources": ListOf(Reference("source")),
        "guidance": Texts(),
        "weight": Integer(1, 10),
        "quick": Boolean(),
        # The highest level that is still a breach of the law; the top never is.
        "critical": Integer(0, LEVELS - 2, "want_threshold"),
        "not_applicable": Texts(),
        "review": Choice(("once", "annual")),
    },
    optional=frozenset({"section", "guidance", "weight", "quick", "critical", "not_applicable", "review"}),
)

RETIRED = Record({"id": Identifier(), "statement": Texts(), "reason": Texts()})

_CHANGED = ("added", "reworded", "meaning", "retired")
CHANGE = Record(
    {"version": Integer(2), "date": Day(), **{name: ListOf(Identifier()) for name in _CHANGED}},
    optional=frozenset(_CHANGED),
)

CHECKLIST = Record(
    {
        "version": Integer(),
        "order": Integer(),
        "foundation": Integer(),
        "title": Texts(),
        "short": Texts(),
        "summary": Texts(),
        "chapter": Reference("page"),
        "minutes": Integer(1, 600),
        "criteria": ListOf(CRITERION),
        "retired": ListOf(RETIRED),
        "changes": ListOf(CHANGE),
    },
    optional=frozenset({"foundation", "chapter", "retired", "changes"}),
)

PUBLISHED = Record(
    {
        "checklists": ListOf(Record({"id": Identifier(), "criteria": ListOf(Identifier())})),
        "networks": ListOf(Identifier()),
        "practices": ListOf(Identifier()),
        "terms": ListOf(Identifier()),
        "tools": ListOf(Identifier()),
    },
    optional=frozenset({"networks", "practices", "terms", "tools"}),
)


def load(project: Project) -> Content:
    """All content of ``project``.

    Raises ContentError with every mistake found in any file.
    """
    problems = Problems()
    content = _load(project, problems)
    if len(problems):
        raise ContentError(problems)
    return content


def load_for_preview(project: Project) -> Content:
    """All content of ``project``, with the default language's where another one is not in step with it.

    Raises ContentError where anything else is wrong.
    """
    return _load(project.with_gaps(), Problems(), preview=True)


def _load(project: Project, problems: Problems, *, preview: bool = False) -> Content:
    check_locales(project, problems)
    scale = read_file(project, "data/scale.yml", SCALE, problems)
    _check_scale(scale, problems)
    bibliography = read_file(project, "data/bibliography.yml", BIBLIOGRAPHY, problems)
    sources = [one for one in bibliography["sources"] or [] if one["id"]]
    unique_ids(placed("data/bibliography.yml", "sources", sources), problems)
    _check_sources(sources, problems)

    pages, sections = _pages_and_sections(project)
    written = frozenset(sections)
    paths = sorted(project.checklists.glob("*.yml"))
    pages |= {*SINGLE_PAGES}
    pages |= {CHECKLIST_PAGE.format(id=path.stem) for path in paths}
    pages |= {PRACTICE_PAGE.format(id=path.stem) for path in project.root.glob("practices/*.yml")}
    pages |= {MODULE_PAGE.format(id=path.stem) for path in project.root.glob("course/*.yml")}
    known = {"page": pages, "section": sections}
    if bibliography["sources"] is not None:
        known["source"] = {one["id"] for one in sources}
    sections |= {f"{BIBLIOGRAPHY_PAGE}#{one['id']}" for one in sources}
    terms = glossary.read(project, problems, known)
    sections |= {f"{GLOSSARY_PAGE}#{id}" for id in terms.ids}

    found = read_folder(project, "checklists", CHECKLIST, problems, known)
    if not found:
        problems.add("checklists", 0, "", "no_checklists")
    _check_across(found, project, known, problems)
    published = read_file(project, "data/published-ids.yml", PUBLISHED, problems)
    unlisted = _check_published(published, found, problems)
    known["checklist"] = set(found)
    catalogue, new = read_catalogue(project, problems, known, published)
    new += glossary.check_published(published["terms"], terms, problems)
    formats = read_formats(project, problems, known)
    sections |= {f"{FORMATS_PAGE}#{one.id}" for one in formats}
    modules = _read_modules(project, known | {"checklist": {*found, QUICK}}, problems)
    redirects = read_redirects(project, problems, known)
    words = search_words.read(project, problems, known)
    new_pages = check_pages(project, pages, redirects, problems)
    new_sections = check_sections(project, written, pages, redirects, problems)
    found_tools, new_tools = planners.read(project, problems, known, published["tools"])
    new += new_tools
    if len(problems) and not (preview and problems.between_languages):
        raise ContentError(problems)
    return Content(
        scale=_scale(scale),
        sources={one["id"]: Source(**one) for one in sources},
        checklists=tuple(sorted((_checklist(id, one) for id, one in found.items()), key=lambda one: one.order)),
        catalogue=catalogue,
        glossary=terms,
        tools=found_tools,
        unlisted=unlisted + new,
        formats=formats,
        modules=modules,
        redirects=redirects,
        search=words,
        new_pages=new_pages,
        new_sections=new_sections,
    )


def _check_sources(sources: Iterable[Found], problems: Problems) -> None:
    """No two sources are at one address, and what is cited is the year the source has."""
    path = "data/bibliography.yml"
    first: dict[str, str] = {}
    for one in sources:
        if one["url"]:
            # The same page, however it is asked for.
            bare = re.sub(r"^https?://(?:www\.)?", "", one["url"]).rstrip("/")
            other = first.setdefault(bare, one["id"])
            if other != one["id"]:
                problems.add(path, one.lines["url"], "url", "source_address_twice", id=one["id"], other=other)
        years = set(_YEAR.findall(one["date"] or ""))
        for code, text in (one["cite"] or {}).items() if years else ():
            cited = set(_YEAR.findall(text))
            if cited and not cited & years:
                key = f"cite.{code}"
                problems.add(path, one.lines["cite"], key, "cited_year", cited=min(cited), date=one["date"])


def _check_scale(scale: Found, problems: Problems) -> None:
    """Each status once, and bands that leave no mean unread."""
    path = "data/scale.yml"
    unique_ids(placed(path, "statuses", scale["statuses"]), problems)
    least = [one["from"] for one in scale["bands"] or []]
    if least and None not in least and (least[0] != 0 or least != sorted(set(least))):
        problems.add(path, scale.lines["bands"], "bands", "bands_order")


def _pages_and_sections(project: Project) -> tuple[set[str], set[str]]:
    """The pages written in the default language, and their headings as ``page.md#id``."""
    folder = project.docs / project.default
    pages, sections = set(), set()
    for path in folder.rglob("*.md"):
        page = path.relative_to(folder).as_posix()
        pages.add(page)
        headings = re.findall(r"^#+.*\{[^}]*#([\w-]+)[^}]*\}\s*$", _page_text(project, path), re.MULTILINE)
        sections |= {f"{page}#{heading}" for heading in headings}
    return pages, sections


def _page_text(project: Project, path: Path) -> str:
    """A page however it was saved; whoever reads it tells what is wrong with that."""
    try:
        return re.sub(r"\r\n?", "\n", project.files.decoded(project.files.name(path))[0])
    except OSError:
        return ""


def _check_across(found: Mapping[str, Found], project: Project, known: Known, problems: Problems) -> None:
    """What no file can tell by itself: ids and places used twice, sections that do not exist."""
    unique_ids((one for name, checklist in found.items() for one in _criteria(name, checklist)), problems)
    taken: dict[tuple[str, int], str] = {}
    for name, checklist in found.items():
        path = f"checklists/{name}.yml"
        context = Context.of(project, path, problems, known)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or name in _TAKEN:
            problems.add(path, 0, "", "file_name", taken=", ".join(_TAKEN))
        for key in ("order", "foundation"):
            place = checklist[key]
            if (key, place) in taken:
                context.problem(checklist.lines[key], key, "repeated_order", order=place, where=taken[key, place])
            elif place is not None:
                taken[key, place] = path
        chapter = checklist["chapter"] or ("" if "chapter" in checklist.lines else None)
        for _, key, record in _criteria(name, checklist):
            _check_targets(record, key, chapter, context)
        _check_changes(checklist, context)


def _criteria(name: str, checklist: Found) -> list[Placed]:
    """Every criterion of a checklist, those retired too."""
    path = f"checklists/{name}.yml"
    return [one for key in ("criteria", "retired") for one in placed(path, key, checklist[key])]


def _check_changes(checklist: Found, context: Context) -> None:
    """Every version after the first says what it changed, of criteria that exist."""
    changes = checklist["changes"] or []
    versions = [one["version"] for one in changes]
    last = checklist["version"]
    if last is not None and None not in versions and versions != list(range(2, last + 1)):
        line = checklist.lines.get("changes") or checklist.lines["version"]
        context.problem(line, "changes", "changes_order", version=last)
    ids = {one["id"] for key in ("criteria", "retired") for one in checklist[key] or []}
    for place, change in enumerate(changes, 1):
        for name in _CHANGED:
            for id in change[name] or []:
                if id and id not in ids:
                    key = f"changes.{place}.{name}"
                    context.unknown(change.lines[name], key, "unknown_criterion", id, ids)


def _check_targets(record: Found, key: str, chapter: str | None, context: Context) -> None:
    """Every link of a criterion leads to a page and heading of the guide.

    ``chapter`` is "" where it does not exist: that has been told, and says nothing of its sections.
    """
    targets = [
        (record.lines[name], f"{key}.{name}", target)
        for name, value in record.items()
        for texts in (value if isinstance(value, list) else [value])
        if isinstance(texts, dict)
        for text in texts.values()
        for target in inline_markdown.links(text or "")
    ]
    section = record.get("section")
    if section and "#" in section[1:]:
        targets.append((record.lines["section"], f"{key}.section", section))
    elif section and chapter:
        target = f"{chapter}#{section}"
        if target not in context.known["section"]:
            ids = headings(chapter, context.known)
            context.unknown(record.lines["section"], f"{key}.section", "unknown_section", section, ids)
        record["section"] = target
    elif section and chapter is None:
        context.problem(record.lines["section"], f"{key}.section", "section_without_chapter")
    elif chapter and "statement" in record and key.startswith("criteria"):
        context.problem(record.lines.get("id", 0), f"{key}.section", "missing_section")
    for line, place, target in targets:
        _check_target(target, line, place, context)


def _check_target(target: str, line: int, key: str, context: Context) -> None:
    # What is cited is checked by its id.
    if not target.startswith(f"{BIBLIOGRAPHY_PAGE}#"):
        check_link(target, line, key, context)


def _read_modules(project: Project, known: Known, problems: Problems) -> tuple[Module, ...]:
    def check_links(texts: Mapping[str, str], line: int, key: str, path: str) -> None:
        context = Context.of(project, path, problems, known)
        for text in texts.values():
            for target in inline_markdown.links(text):
                _check_target(target, line, key, context)

    return read_course(project, problems, known, _titles(project), check_links)


def _titles(project: Project) -> dict[str, Translated]:
    """The titles of the pages written in Markdown; a page not yet translated keeps its first title."""
    titles: dict[str, dict[str, str]] = {}
    for code in project.codes:
        folder = project.docs / code
        for path in folder.rglob("*.md"):
            found = _TITLE.search(_page_text(project, path))
            page = path.relative_to(folder).as_posix()
            # Whoever reads the page tells that it has no title.
            title = counts.fill_page(project, (found[1] or found[2]).strip(), code) if found else page
            titles.setdefault(page, {})[code] = title
    return {
        page: {code: title.get(code, title[project.default]) for code in project.codes}
        for page, title in titles.items()
        if project.default in title
    }


def _check_published(listed_ids: Found, found: Mapping[str, Found], problems: Problems) -> tuple[str, ...]:
    """Nothing that was ever published is gone; gives what is not on the list yet."""
    published = {one["id"]: one["criteria"] for one in listed_ids["checklists"] or [] if one["id"]}
    unlisted = []
    for id in published:
        if id not in found:
            problems.add("data/published-ids.yml", 0, f"checklists.{id}", "published_file_gone", id=id)
    for id, checklist in found.items():
        here = [one["id"] for _, _, one in _criteria(id, checklist) if one["id"]]
        gone, new = compare_ids(published.get(id), here)
        # A file that cannot be read has already been told; its ids are not gone.
        for criterion in gone if checklist["criteria"] is not None else ():
            line = checklist.lines["criteria"]
            problems.add(f"checklists/{id}.yml", line, "criteria", "published_id_gone", id=criterion)
        if id not in published:
            unlisted.append(id)
        unlisted += [f"{id}/{one}" for one in new]
    return tuple(unlisted)


def _scale(found: Found) -> Scale:
    return Scale(
        levels=tuple(Level(one["name"], one["status"]) for one in found["levels"]),
        statuses=tuple(Status(**one) for one in found["statuses"]),
        bands=tuple(Band(one["from"], one["name"], one["meaning"]) for one in found["bands"]),
        over_flags=Reading(**found["over_flags"]),
    )


def _checklist(id: str, found: Found) -> Checklist:
    values = {
        **found,
        "foundation": found["foundation"] or _AFTER_THE_OTHERS + found["order"],
        "criteria": tuple(_criterion(one) for one in found["criteria"]),
        "retired": tuple(Retired(**one) for one in found["retired"] or []),
        "changes": tuple(_change(one) for one in found["changes"] or []),
    }
    return Checklist(id=id, **values)


def _change(found: Found) -> Change:
    return Change(found["version"], **{name: tuple(found[name] or ()) for name in _CHANGED})


def _criterion(found: Found) -> Criterion:
    values = dict(found)
    return Criterion(
        **{
            **values,
            "levels": tuple(values["levels"]),
            "sources": tuple(values["sources"]),
            "weight": values["weight"] or 1,
            "quick": bool(values["quick"]),
            "review": values["review"] or "once",
        }
    )
