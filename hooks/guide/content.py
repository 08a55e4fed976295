"""The content as frozen, typed objects: checklists, their scale, sources, glossary and catalogues.

``load`` reads everything and raises ``ContentError`` with every mistake of every file. What a file
may say is declared in the records below; ``schema`` does the reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guide import glossary, inline, tools
from guide.catalogue import NETWORKS_PAGE, PRACTICES_PAGE, Catalogue, read_catalogue
from guide.course import QUICK, Module, read_course
from guide.formats import FORMATS_PAGE, Format, read_formats
from guide.problems import ContentError, Problems
from guide.project import Project
from guide.published import Redirect, check_pages, read_redirects
from guide.schema import (
    Address,
    Boolean,
    Choice,
    Context,
    Found,
    Identifier,
    Integer,
    ListOf,
    Number,
    Record,
    Reference,
    Text,
    Texts,
    Translated,
    read_file,
)
from guide.words import check_locales

LEVELS = 4
INDEX_PAGE = "autoevaluacion/index.md"
QUICK_PAGE = "autoevaluacion/rapida.md"
ASSESSMENTS_PAGE = "autoevaluacion/diagnosticos.md"
OVERVIEW_PAGE = "autoevaluacion/resultados.md"
PLAN_PAGE = "autoevaluacion/plan.md"
DOCUMENTS_PAGE = "autoevaluacion/documentos.md"
FORM_PAGE = "autoevaluacion/formulario.md"
BIBLIOGRAPHY_PAGE = "bibliografia.md"
# All chapters on one page.
BOOK_PAGE = "guia-completa.md"
_ASSESSMENT_PAGES = (
    INDEX_PAGE,
    QUICK_PAGE,
    ASSESSMENTS_PAGE,
    OVERVIEW_PAGE,
    PLAN_PAGE,
    DOCUMENTS_PAGE,
    FORM_PAGE,
)
# The address of a language's workbook from the site's root.
WORKBOOK = "assets/descargas/abc-autoevaluacion-{code}.xlsx"
# No checklist can have the name of one of these pages.
_TAKEN = tuple(Path(page).stem for page in _ASSESSMENT_PAGES)


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
class Scale:
    """The scale every criterion is answered on."""

    levels: tuple[Level, ...]
    statuses: tuple[Status, ...]
    bands: tuple[Band, ...]


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
    critical: bool
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
        return f"autoevaluacion/{self.id}.md"

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
    tools: tools.Tools
    unlisted: tuple[str, ...]
    """Ids not yet in ``data/published-ids.yml``: ``checklist``, ``checklist/criterion``, ``networks/id``, ``terms/id``,
    and an id of the tools as it is."""
    formats: tuple[Format, ...]
    modules: tuple[Module, ...]
    redirects: tuple[Redirect, ...]
    new_pages: tuple[str, ...]
    """Addresses of pages not yet in ``data/published-pages.txt``."""


# Each has a shape in templates/macros.html.jinja and a colour in the style sheet.
STATUS = Choice(("behind", "in-progress", "optimal"))

SCALE = Record(
    {
        "levels": ListOf(Record({"name": Texts(), "status": STATUS}), length=LEVELS),
        "statuses": ListOf(Record({"id": STATUS, "name": Texts(), "meaning": Texts()}), length=3),
        "bands": ListOf(Record({"from": Number(0, 3), "name": Texts(), "meaning": Texts()})),
    }
)

SOURCE = Record(
    {
        "id": Identifier(),
        "author": Text(),
        "date": Text(),
        "title": Text(),
        "publisher": Text(),
        "language": Text(),
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
        "critical": Boolean(),
        "not_applicable": Texts(),
        "review": Choice(("once", "annual")),
    },
    optional=frozenset({"section", "guidance", "weight", "quick", "critical", "not_applicable", "review"}),
)

RETIRED = Record({"id": Identifier(), "statement": Texts(), "reason": Texts()})

_CHANGED = ("added", "reworded", "meaning", "retired")
CHANGE = Record(
    {"version": Integer(2), "date": Text(), **{name: ListOf(Identifier()) for name in _CHANGED}},
    optional=frozenset(_CHANGED),
)

CHECKLIST = Record(
    {
        "version": Integer(),
        "order": Integer(),
        "title": Texts(),
        "short": Texts(),
        "summary": Texts(),
        "chapter": Reference("page"),
        "minutes": Integer(1, 600),
        "criteria": ListOf(CRITERION),
        "retired": ListOf(RETIRED),
        "changes": ListOf(CHANGE),
    },
    optional=frozenset({"chapter", "retired", "changes"}),
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


def _load(project: Project, problems: Problems) -> Content:
    check_locales(project, problems)
    scale = _read(project.data / "scale.yml", project, SCALE, problems, {})
    _check_scale(scale, problems)
    bibliography = _read(project.data / "bibliography.yml", project, BIBLIOGRAPHY, problems, {})
    sources = [one for one in bibliography["sources"] or [] if one["id"]]
    _no_repeats(sources, "sources", "data/bibliography.yml", problems)

    pages, sections = _pages_and_sections(project)
    paths = sorted(project.checklists.glob("*.yml"))
    pages |= {*_ASSESSMENT_PAGES, BIBLIOGRAPHY_PAGE, BOOK_PAGE, glossary.PAGE}
    pages |= {tools.COMPARE_PAGE, tools.TWINNING_PAGE}
    pages |= {f"autoevaluacion/{path.stem}.md" for path in paths}
    pages |= {NETWORKS_PAGE, PRACTICES_PAGE}
    pages |= {f"directorio/practicas/{path.stem}.md" for path in project.root.glob("practices/*.yml")}
    pages |= {f"curso/{path.stem}.md" for path in project.root.glob("course/*.yml")}
    known = {"page": pages, "section": sections}
    if bibliography["sources"] is not None:
        known["source"] = {one["id"] for one in sources}
    sections |= {f"{BIBLIOGRAPHY_PAGE}#{one['id']}" for one in sources}
    terms = glossary.read(project, problems, known)
    sections |= {f"{glossary.PAGE}#{id}" for id in terms.ids}

    found = {path.stem: _read(path, project, CHECKLIST, problems, known) for path in paths}
    if not found:
        problems.add("checklists", 0, "", "no_checklists")
    for path in project.checklists.glob("*.yaml"):
        problems.add(f"checklists/{path.name}", 0, "", "file_ending")
    _check_across(found, project, known, problems)
    published = _read(project.data / "published-ids.yml", project, PUBLISHED, problems, {})
    unlisted = _check_published(published, found, problems)
    known["checklist"] = set(found)
    catalogue, new = read_catalogue(project, problems, known, published)
    new += glossary.check_published(published["terms"] or [], terms, problems)
    formats = read_formats(project, problems, known)
    sections |= {f"{FORMATS_PAGE}#{one.id}" for one in formats}
    modules = _read_modules(project, known | {"checklist": {*found, QUICK}}, problems)
    redirects = read_redirects(project, problems, known)
    new_pages = check_pages(project, pages, redirects, problems)
    found_tools, new_tools = tools.read(project, problems, known, published["tools"] or [])
    new += new_tools
    if len(problems):
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
        new_pages=new_pages,
    )


def _check_scale(scale: Found, problems: Problems) -> None:
    """Each status once, and bands that leave no mean unread."""
    path = "data/scale.yml"
    _no_repeats(scale["statuses"] or [], "statuses", path, problems)
    least = [one["from"] for one in scale["bands"] or []]
    if least and None not in least and (least[0] != 0 or least != sorted(set(least))):
        problems.add(path, scale.lines["bands"], "bands", "bands_order")


def _read(path: Path, project: Project, record: Record, problems: Problems, known: Mapping) -> Found:
    name = path.relative_to(project.root).as_posix()
    return read_file(path, record, Context.of(project, name, problems, known))


def _pages_and_sections(project: Project) -> tuple[set[str], set[str]]:
    """The pages written in the default language, and their headings as ``page.md#id``."""
    folder = project.docs / project.default
    pages, sections = set(), set()
    for path in folder.rglob("*.md"):
        page = path.relative_to(folder).as_posix()
        pages.add(page)
        text = path.read_text("utf-8", errors="replace")
        headings = re.findall(r"^#+ .*\{[^}]*#([\w-]+)[^}]*\}\s*$", text, re.MULTILINE)
        sections |= {f"{page}#{heading}" for heading in headings}
    return pages, sections


def _no_repeats(records: list[Found], key: str, path: str, problems: Problems) -> None:
    first: dict[str, int] = {}
    for place, record in enumerate(records, 1):
        line = record.lines.get("id", 0)
        if record["id"] in first:
            problems.add(
                path, line, f"{key}.{place}.id", "repeated_id",
                id=record["id"], where=f"{path}:{first[record['id']]}",
            )  # fmt: skip
        elif record["id"]:
            first[record["id"]] = line


def _check_across(found: Mapping[str, Found], project: Project, known: Mapping, problems: Problems) -> None:
    """What no file can tell by itself: ids and places used twice, sections that do not exist."""
    ids: dict[str, str] = {}
    orders: dict[int, str] = {}
    for name, checklist in found.items():
        path = f"checklists/{name}.yml"
        context = Context.of(project, path, problems, known)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or name in _TAKEN:
            problems.add(path, 0, "", "file_name", taken=", ".join(_TAKEN))
        order = checklist["order"]
        if order in orders:
            line = checklist.lines["order"]
            context.problem(line, "order", "repeated_order", order=order, where=orders[order])
        elif order is not None:
            orders[order] = path
        for key in ("criteria", "retired"):
            for place, record in enumerate(checklist[key] or [], 1):
                line = record.lines.get("id", 0)
                if record["id"] in ids:
                    context.problem(
                        line, f"{key}.{place}.id", "repeated_id",
                        id=record["id"], where=ids[record["id"]],
                    )  # fmt: skip
                elif record["id"]:
                    ids[record["id"]] = f"{path}:{line}"
                _check_targets(record, f"{key}.{place}", checklist["chapter"], context)
        _check_changes(checklist, context)


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
    """Every link of a criterion leads to a page and heading of the guide."""
    targets = [
        (record.lines[name], f"{key}.{name}", target)
        for name, value in record.items()
        for texts in (value if isinstance(value, list) else [value])
        if isinstance(texts, dict)
        for text in texts.values()
        for target in inline.links(text or "")
    ]
    section = record.get("section")
    if section and "#" in section:
        targets.append((record.lines["section"], f"{key}.section", section))
    elif section and chapter:
        target = f"{chapter}#{section}"
        if target not in context.known["section"]:
            ids = [one.split("#")[1] for one in context.known["section"] if one.startswith(f"{chapter}#")]
            context.unknown(record.lines["section"], f"{key}.section", "unknown_section", section, ids)
        record["section"] = target
    elif section:
        context.problem(record.lines["section"], f"{key}.section", "section_without_chapter")
    elif chapter and "statement" in record and key.startswith("criteria"):
        context.problem(record.lines.get("id", 0), f"{key}.section", "missing_section")
    for line, place, target in targets:
        _check_target(target, line, place, context)


def _check_target(target: str, line: int, key: str, context: Context) -> None:
    """A link leads to a page that exists, and to a heading of it."""
    page, _, heading = target.partition("#")
    if page not in context.known["page"]:
        context.unknown(line, key, "unknown_page", page, context.known["page"])
    elif heading and target not in context.known["section"] and page != BIBLIOGRAPHY_PAGE:
        ids = [one.split("#")[1] for one in context.known["section"] if one.startswith(f"{page}#")]
        context.unknown(line, key, "unknown_section", heading, ids)


def _read_modules(project: Project, known: Mapping, problems: Problems) -> tuple[Module, ...]:
    def check_links(texts: Mapping[str, str], line: int, key: str, path: str) -> None:
        context = Context.of(project, path, problems, known)
        for text in texts.values():
            for target in inline.links(text):
                _check_target(target, line, key, context)

    return read_course(project, problems, known, _titles(project), check_links)


def _titles(project: Project) -> dict[str, Translated]:
    """The titles of the pages written in Markdown; a page not yet translated keeps its first title."""
    titles: dict[str, dict[str, str]] = {}
    for code in project.codes:
        folder = project.docs / code
        for path in folder.rglob("*.md"):
            text = path.read_text("utf-8", errors="replace")
            found = re.search(r"\A---\n(?:.*\n)*?title: (?:\"([^\"\n]+)\"|(\S.*))\n", text)
            if found:
                page = path.relative_to(folder).as_posix()
                first = titles.setdefault(page, {})
                first[code] = (found[1] or found[2]).strip()
    return {
        page: {code: title.get(code, title[project.default]) for code in project.codes}
        for page, title in titles.items()
        if project.default in title
    }


def _check_published(listed_ids: Found, found: Mapping[str, Found], problems: Problems) -> tuple[str, ...]:
    """Nothing that was ever published is gone; gives what is not on the list yet."""
    name = "data/published-ids.yml"
    published = {
        one["id"]: [id for id in one["criteria"] or [] if id] for one in listed_ids["checklists"] or [] if one["id"]
    }
    unlisted = []
    for id, listed in published.items():
        if id not in found:
            problems.add(name, 0, f"checklists.{id}", "published_file_gone", id=id)
            continue
        checklist = found[id]
        present = {one["id"] for key in ("criteria", "retired") for one in checklist[key] or []}
        # A file that cannot be read has already been told; its ids are not gone.
        if checklist["criteria"] is None:
            continue
        for criterion in listed:
            if criterion not in present:
                problems.add(
                    f"checklists/{id}.yml", checklist.lines.get("criteria", 0), "criteria",
                    "published_id_gone", id=criterion,
                )  # fmt: skip
    for id, checklist in found.items():
        if id not in published:
            unlisted.append(id)
        for key in ("criteria", "retired"):
            for one in checklist[key] or []:
                if one["id"] and one["id"] not in published.get(id, ()):
                    unlisted.append(f"{id}/{one['id']}")
    return tuple(unlisted)


def _scale(found: Found) -> Scale:
    return Scale(
        levels=tuple(Level(one["name"], one["status"]) for one in found["levels"]),
        statuses=tuple(Status(**one) for one in found["statuses"]),
        bands=tuple(Band(one["from"], one["name"], one["meaning"]) for one in found["bands"]),
    )


def _checklist(id: str, found: Found) -> Checklist:
    values = {
        **found,
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
            "critical": bool(values["critical"]),
            "review": values["review"] or "once",
        }
    )
