"""Reads everything the checks look at: the pages of every language, the YAML files, what can be linked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from guide.model.file_kind import FileKind
from guide.model.kinds import file_kinds
from guide.model.site_pages import ANCHORS, CONTINUED_PAGES, SINGLE_PAGES
from guide.reading.markdown import Source
from guide.reading.problems import Problems
from guide.reading.project import SETTINGS, Project, read_settings
from guide.reading.schema import (
    Boolean,
    ByLanguage,
    Choice,
    Context,
    Found,
    Kind,
    ListOf,
    Record,
    Text,
    When,
    nothing_found,
)
from guide.reading.yaml_tree import compose_text, items_of, line_of, value_of

# What of a page's front matter is read by people.
READ = ("title", "short", "description", "headline", "claim")


@dataclass(frozen=True)
class Page:
    """A page written by hand: ``path`` inside its language's folder, its source, its front matter."""

    code: str
    path: str
    source: Source
    meta: Found

    @property
    def file(self) -> str:
        return self.source.path

    @property
    def named(self) -> tuple[str, ...]:
        """What readers see of the front matter."""
        return tuple(self.meta[key] or "" for key in READ)


@dataclass(frozen=True)
class Document:
    """One YAML file, composed; ``node`` is None where it cannot be read."""

    kind: FileKind
    file: str
    node: yaml.Node | None


@dataclass(frozen=True)
class Site:
    """``pages`` by language and path; ``anchors`` of generated pages, None where any will do."""

    project: Project
    kinds: tuple[FileKind, ...]
    pages: Mapping[str, Mapping[str, Page]]
    documents: tuple[Document, ...]
    anchors: Mapping[str, frozenset[str] | None]
    cited: str | None = None
    """The page of the bibliography."""
    config: yaml.Node | None = field(default=None, compare=False)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every page that can be linked to, from a language's folder."""
        return frozenset({*self.pages[self.project.default], *self.anchors})

    @cached_property
    def address(self) -> str:
        """The address of the published site, without the slash at its end."""
        return str((read_settings(self.project) or {}).get("site_url") or "").rstrip("/")

    def ids(self, code: str, path: str) -> Collection[str] | None:
        """Returns the ids on a page as ``code`` shows it; None where any will do."""
        page = self.pages[code].get(path) or self.pages[self.project.default].get(path)
        if page is None:
            return self.anchors.get(path)
        # The page of cards is written by hand and goes on with generated headings.
        extra = self.anchors.get(path, frozenset())
        if extra is None:
            return None
        # What is not translated yet stands there all the same.
        first = self.pages[self.project.default].get(path) if code in self.project.in_progress else None
        return {*page.source.ids, *(first.source.ids if first else ()), *extra}

    def has_file(self, code: str, path: str) -> bool:
        """Returns whether a file that is no page can be reached at ``path`` of a language's folder."""
        root = self.project.root
        return any(
            (folder / path).is_file()
            for folder in (
                root / "docs" / code,
                self.project.docs / self.project.default,
                root / "docs",
                root / "overrides",
            )
        )


def read_site(project: Project, problems: Problems) -> Site:
    """Reads all pages and YAML files; records what is wrong with the pages' front matter.

    What is wrong in YAML files ``content.load`` tells.
    """
    kinds = file_kinds(project)
    record = _front_matter(project)
    pages = {code: _pages(project, code, record, problems) for code in project.codes}
    documents = tuple(
        Document(kind, project.files.name(path), project.files.node(project.files.name(path), Problems()))
        for kind in kinds
        for path in kind.paths(project)
    )
    anchors = _generated(kinds, documents)
    cited = next((kind.page for kind in kinds if kind.name == "bibliography"), None)
    config = project.files.node(SETTINGS, problems)
    return Site(project, kinds, pages, documents, anchors, cited, config)


def _generated(kinds: Iterable[FileKind], documents: Iterable[Document]) -> dict[str, frozenset[str] | None]:
    """Returns the pages made from data, and the ids on each; None where any will do."""
    # Of these, a file says everything.
    of_a_file = {*(kind.page for kind in kinds), *(page for page in CONTINUED_PAGES if ANCHORS[page] == ())}
    anchors = {page: _all(ANCHORS[page]) for page in SINGLE_PAGES if page not in of_a_file}
    for document in documents:
        for page in (document.kind.page, *document.kind.more) if document.kind.page else ():
            path = str(page).replace("{id}", Path(document.file).stem)
            anchors[path] = _all(document.kind.anchors if document.node else None, _ids(document.node))
    return anchors


def _all(ids: Collection[str] | None, more: Collection[str] = ()) -> frozenset[str] | None:
    """Ids and more of them; None where any will do."""
    return None if ids is None else frozenset({*ids, *more})


def _pages(project: Project, code: str, record: Record, problems: Problems) -> dict[str, Page]:
    folder = project.docs / code
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
    found = {path: _page(project, code, path, record, problems) for path in paths}
    return {path: page for path, page in found.items() if page is not None}


def _page(project: Project, code: str, path: str, record: Record, problems: Problems) -> Page | None:
    source = project.files.page(project.files.name(project.docs / code / path), problems)
    return Page(code, path, source, _meta(source, record, project, problems)) if source else None


def read_page(site: Site, name: str) -> Page | None:
    """The page of ``site`` in the file ``name`` as it stands there now; None where it is none or cannot be read."""
    _, code, path = (*name.split("/", 2), "", "")[:3]
    if path not in site.pages.get(code, {}) or name != f"docs/{code}/{path}":
        return None
    return _page(site.project, code, path, _front_matter(site.project), Problems())


def _front_matter(project: Project) -> Record:
    """Returns the closed list of what a page's front matter may say."""
    skeletons = {"main.html", "404.html"}
    templates = sorted(path.name for path in (project.root / "overrides").glob("*.html") if path.name not in skeletons)
    text = Text()
    return Record(
        {
            "title": text,
            "description": text,
            "short": text,
            "headline": text,
            "claim": text,
            "template": Choice(tuple(templates)),
            "hide_toc": Boolean(),
            "follows": text,
            "revised": When(),
        },
        optional=frozenset({"short", "headline", "claim", "template", "hide_toc", "follows", "revised"}),
    )


def _meta(source: Source, record: Record, project: Project, problems: Problems) -> Found:
    empty = nothing_found(record)
    if source.front is None:
        problems.add(source.path, 1, "", "no_front_matter")
        return empty
    if not source.front.strip():
        problems.add(source.path, 1, "", "no_front_matter")
        return empty
    node = compose_text(source.front, source.path, problems)
    if node is None:
        return empty
    return record.read(node, "", Context.of(project, source.path, problems))


def _ids(node: yaml.Node | None) -> set[str]:
    """Returns every ``id`` said anywhere in a document."""
    found: set[str] = set()
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode):
                if getattr(key, "value", None) == "id":
                    found.add(value.value)
            else:
                found |= _ids(value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            found |= _ids(child)
    return found


@dataclass(frozen=True)
class Said:
    """A text in several languages in a YAML file: its key, the record it belongs to, and each
    language's text with its line. ``texts`` holds the default language's."""

    file: str
    key: str
    record: str
    texts: Mapping[str, str]
    lines: Mapping[str, int]


def said(document: Document, project: Project) -> list[Said]:
    """Returns every text in several languages of one YAML file."""
    return list(_said(document.node, document.kind.record, _Where(document.file, "", "", 0), project))


# Deeper than any file that is read.
_DEEPEST = 50


@dataclass(frozen=True)
class _Where:
    """A place in a file: its key, the id of the record it belongs to, how deep it is."""

    file: str
    key: str
    record: str
    depth: int

    def below(self, name: str, record: str) -> _Where:
        return _Where(self.file, f"{self.key}.{name}" if self.key else name, record, self.depth + 1)


def _said(node: yaml.Node | None, kind: Kind | None, where: _Where, project: Project) -> Iterator[Said]:
    """``kind`` is what the node should be; None where it is nothing that the records know."""
    if isinstance(node, yaml.SequenceNode) and where.depth <= _DEEPEST:
        item = kind.item if isinstance(kind, ListOf) else None
        for place, child in enumerate(node.value, 1):
            inner = _Where(where.file, f"{where.key}.{place}", where.record, where.depth + 1)
            yield from _said(child, item, inner, project)
    elif isinstance(node, yaml.MappingNode) and where.depth <= _DEEPEST:
        pairs = [(key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
        if _is_text(pairs, kind, project):
            yield from _texts(pairs, where, project)
            return
        yield from _said_below(pairs, kind, where, project)


def _said_below(
    pairs: list[tuple[str, yaml.Node]], kind: Kind | None, where: _Where, project: Project
) -> Iterator[Said]:
    own = _own_id(pairs) or where.record
    for name, value in pairs:
        yield from _said(value, _kind_below(kind, name), where.below(name, own), project)


def _own_id(pairs: list[tuple[str, yaml.Node]]) -> str:
    return next((node.value for name, node in pairs if name == "id" and isinstance(node, yaml.ScalarNode)), "")


def _is_text(pairs: list[tuple[str, yaml.Node]], kind: Kind | None, project: Project) -> bool:
    """Returns whether a mapping is a text in several languages. What only some have is no text and its translation."""
    names = {name for name, _ in pairs}
    return not isinstance(kind, ByLanguage) and project.default in names and names <= set(project.codes)


def _texts(pairs: list[tuple[str, yaml.Node]], where: _Where, project: Project) -> Iterator[Said]:
    nodes = {name: node for name, node in pairs if isinstance(node, yaml.ScalarNode)}
    if project.default in nodes:
        texts = {name: node.value.strip() for name, node in nodes.items()}
        lines = {name: line_of(node) for name, node in nodes.items()}
        yield Said(where.file, where.key, where.record or where.key.partition(".")[0], texts, lines)


def _kind_below(kind: Kind | None, name: str) -> Kind | None:
    if isinstance(kind, ByLanguage):
        return kind.item
    return kind.keys.get(name) if isinstance(kind, Record) else None


def scalars(node: yaml.Node | None, key: str = "") -> Iterator[tuple[str, tuple[str, int]]]:
    """(key, (text, line)) of every text below ``node``."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            place = f"{key}.{name.value}" if key else str(name.value)
            if isinstance(value, yaml.ScalarNode):
                yield place, (value.value, value.start_mark.line + 1)
            elif len(key) < 200:
                yield from scalars(value, place)


def numbers(text: str) -> list[str]:
    """The numbers in a text, without separators of thousands; of 250,000 the 250, which may be followed by "mil".

    What is not followed by three digits begins the decimals, a comma as well as a point.
    """
    found = re.findall(r"\d+(?:[.,]\d+)*", text)
    whole = [re.sub(r"[.,](?=\d{3}(?!\d))", "", re.sub(r"([.,]000)+$", "", one)) for one in found]
    return [one.replace(",", ".") for one in whole]


def redirects(site: Site) -> list[dict[str, str]]:
    """Returns what ``data/redirects.yml`` says: ``from`` and ``to`` of each, where they are texts."""
    node = next((one.node for one in site.documents if one.kind.name == "redirects"), None)
    return _records(node, "redirects")


def _records(node: yaml.Node | None, name: str) -> list[dict[str, str]]:
    return [
        {key: inner.value for key, inner in _pairs(one) if isinstance(inner, yaml.ScalarNode)}
        for one in items_of(value_of(node, name))
    ]


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """Yields every key of a mapping with its node; none where it is no mapping."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value
