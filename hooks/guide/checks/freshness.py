"""Records which version of the default language each translation follows, and reports those left behind.

A translation is recorded passage by passage: eight letters, four that stand for the original's text
and four for the translation's, spaces not counted. So it can be told, without dates and without git,
what happened since: only the original changed (the translation is *behind*), both changed (somebody
wrote both: nothing to say but that it should be *recorded*), or only the translation did (also).

A page's passages are its headings; the letters stand in its front matter (``follows``). A YAML file's
passages are its texts, those of a template to take away its headings; their letters stand by record in
``data/translations/<language>.yml``. ``make reviewed`` writes both. Git, where it has the earlier text, shows what changed.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import yaml

from guide.checks.corpus import READ, Document, Page, Site, said, scalars
from guide.reading import git, inline_markdown
from guide.reading.markdown import Source, code, parse
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.schema import Found
from guide.reading.yaml_tree import compose_text

_PAIR = re.compile(r"[b-t]{8}")
# A file of the ledger, or a record of it with its letters.
_ENTRY = re.compile(r"(?P<file>\S.*):|  (?P<record>\S+): (?P<pairs>[b-t ]+)")
# What a template to take away is recorded under, as a whole: it holds no ids.
_TEMPLATE = "text"
# Commands, addresses, what a program fills in, code, what holds a figure, and marks.
_NO_LANGUAGE = re.compile(r"\bmake [a-z]+|https?://\S+|\S+[@=]\S+|\{[^{}]*\}|`[^`]*`|\S*\d\S*|[^\w\s]")
_VERSIONS = 30
_LOOKED_UP = 12


@dataclass(frozen=True)
class Passage:
    """One text of the default language and its translation.

    ``file``, ``line`` and ``key`` are the translation's; ``record`` is what it is recorded under:
    an id or section of a YAML file, "" in a page. ``anchor`` is its heading on the page.
    """

    language: str
    file: str
    line: int
    key: str
    record: str
    source: str
    source_line: int
    title: str
    first: str
    other: str
    anchor: str | None = None

    @property
    def places(self) -> frozenset[str]:
        """What it may be called by: its file or the original's, and either with its line."""
        here, there = f"{self.file}:{self.line}", f"{self.source}:{self.source_line}"
        return frozenset({self.file, self.source, here, there})

    @property
    def place(self) -> tuple[object, ...]:
        """Where the translation stands, whatever it says."""
        return self.language, self.file, self.line, self.key

    @cached_property
    def pair(self) -> str:
        return code(self.first) + code(self.other)


@dataclass(frozen=True)
class Freshness:
    """``behind`` are the passages to look at, each with the letters of the original it follows;
    ``unrecorded`` those that are right but not written down."""

    behind: tuple[tuple[Passage, str], ...]
    unrecorded: tuple[Passage, ...]
    damaged: tuple[str, ...] = field(default=())
    """Records with lines that are no record, or stand there twice: two branches that were merged."""

    def on_page(self, language: str, file: str, sources: Collection[str] = ()) -> list[tuple[str, str]]:
        """(heading id, title) of what is behind on the page written in ``file``; both empty for what
        stands under no heading, and for what comes from other files: ``sources``, which may be
        patterns (``networks/*.yml``)."""
        found = []
        for one, _ in self.behind:
            if one.language == language and one.file == file:
                found.append((one.anchor or "", one.title if one.anchor else ""))
            elif one.language == language and any(fnmatchcase(one.file, source) for source in sources):
                found.append(("", ""))
        return list(dict.fromkeys(found))


def ledger(project: Project, code: str) -> Path:
    """Returns where what the YAML texts of a language follow is recorded."""
    return project.data / "translations" / f"{code}.yml"


def judge(site: Site) -> Freshness:
    """Returns what every translation follows."""
    behind, unrecorded, damaged = [], [], []
    for language in site.project.codes[1:]:
        records, whole = _read_ledger(site.project, language)
        if not whole:
            damaged.append(ledger(site.project, language).relative_to(site.project.root).as_posix())
        for passage in passages(site, language):
            recorded = _recorded(site, passage, records)
            if _is_original(passage, recorded):
                continue
            old = _old(passage, recorded)
            if old:
                behind.append((passage, old))
            elif passage.pair not in recorded:
                unrecorded.append(passage)
    return Freshness(tuple(behind), tuple(unrecorded), tuple(damaged))


def untranslated(site: Site, language: str) -> list[Passage]:
    """Returns what stands in ``language`` as it stands in the original, and nobody has recorded as right."""
    records, _ = _read_ledger(site.project, language)
    return [one for one in passages(site, language) if _is_original(one, _recorded(site, one, records))]


def _is_original(passage: Passage, recorded: Collection[str]) -> bool:
    same = passage.first.split() == passage.other.split()
    return same and passage.pair not in recorded and _is_language(passage.first)


def _is_language(text: str) -> bool:
    """Returns whether there is anything to translate: not in names, codes, numbers and addresses.

    A single word may be the same in two languages, but that is for a person to say.
    """
    words = _NO_LANGUAGE.sub(" ", inline_markdown.plain(text)).split()
    if len(words) == 1:
        # A word of the interface, unless it is written as names and abbreviations are.
        return len(words[0]) > 2 and not re.search(r"\w[A-Z]", words[0])
    return any(one.islower() and len(one) > 3 for one in words)


def passages(site: Site, language: str) -> Iterator[Passage]:
    """Yields everything that is written in the default language and in ``language``."""
    default = site.project.default
    for path, other in site.pages[language].items():
        first = site.pages[default].get(path)
        if first is not None:
            yield from _of_page(first, other)
    yield from _of_templates(site.project, language)
    for document in site.documents:
        if document.kind.name == "locale":
            if document.file == f"locales/{language}.yml":
                yield from _of_words(site, document, language)
            continue
        for text in said(document, site.project):
            if language in text.texts:
                yield Passage(
                    language, document.file, text.lines[language], f"{text.key}.{language}", text.record,
                    document.file, text.lines[default], text.key, text.texts[default], text.texts[language],
                )  # fmt: skip


def _of_page(first: Page, other: Page) -> Iterator[Passage]:
    mine = {one.heading: one for one in first.source.passages(first.named)}
    for theirs in other.source.passages(other.named):
        one = mine.get(theirs.heading)
        if one is not None:
            title = inline_markdown.plain(theirs.title) or other.meta["title"] or ""
            yield Passage(
                other.code, other.file, theirs.line, "", "", first.file, one.line, title,
                one.text, theirs.text, theirs.heading,
            )  # fmt: skip


def _of_templates(project: Project, language: str) -> Iterator[Passage]:
    """Their headings have no ids: what stands at the same place is the same passage."""
    folder = project.root / "formats"
    for path in sorted((folder / language).glob("*.md")):
        twin = folder / project.default / path.name
        if not twin.is_file():
            continue
        first, other = (_source(project, one) for one in (twin, path))
        mine, theirs = first.passages(), other.passages()
        # Where they differ, the loader tells it.
        for one, its in zip(mine, theirs) if len(mine) == len(theirs) else ():
            title = inline_markdown.plain(its.title) or path.stem
            yield Passage(
                language, other.path, its.line, "", _TEMPLATE, first.path, one.line, title, one.text, its.text,
            )  # fmt: skip


def _source(project: Project, path: Path) -> Source:
    name = project.files.name(path)
    return project.files.kept((name,), _parsed, project, name)


def _parsed(project: Project, name: str) -> Source:
    return parse(name, project.files.lines_joined(name))


def _of_words(site: Site, document: Document, language: str) -> Iterator[Passage]:
    first = next((one for one in site.documents if one.file == f"locales/{site.project.default}.yml"), None)
    if first is None:
        return
    mine = dict(scalars(first.node))
    for key, (text, line) in scalars(document.node):
        if key in mine:
            yield Passage(
                language,
                document.file,
                line,
                key,
                key.partition(".")[0],
                first.file,
                mine[key][1],
                key,
                mine[key][0],
                text,
            )


def _recorded(site: Site, passage: Passage, records: Mapping[str, Mapping[str, str]]) -> Collection[str]:
    if passage.file.startswith("docs/"):
        path = passage.file.split("/", 2)[2]
        written = site.pages[passage.language][path].meta["follows"] or ""
    else:
        written = records.get(passage.file, {}).get(passage.record, "")
    return _PAIR.findall(written)


def _old(passage: Passage, recorded: Collection[str]) -> str:
    """Returns the letters of the original that a translation left behind follows, or ""."""
    first, other = passage.pair[:4], passage.pair[4:]
    if any(one[:4] == first for one in recorded):
        return ""
    return next((one[:4] for one in recorded if one[4:] == other), "")


def _read_ledger(project: Project, language: str) -> tuple[dict[str, dict[str, str]], bool]:
    """Returns what is recorded, and whether every line is a record that stands there once.

    Read line by line: after a merge, the letters of both branches count.
    """
    return _entries(_written(project, ledger(project, language)))


def _written(project: Project, path: Path) -> str:
    """Returns what the ledger at ``path`` says; nothing where there is none."""
    return project.files.lines_joined(project.files.name(path)) if path.is_file() else ""


def _entries(text: str) -> tuple[dict[str, dict[str, str]], bool]:
    found: dict[str, dict[str, str]] = {}
    records: dict[str, str] = {}
    whole = True
    for line in text.splitlines():
        entry = _ENTRY.fullmatch(line)
        if entry and entry["file"]:
            whole = whole and entry["file"] not in found
            records = found.setdefault(entry["file"], {})
        elif entry:
            name = entry["record"]
            whole = whole and name not in records
            records[name] = f"{records[name]} {entry['pairs']}" if name in records else entry["pairs"]
        else:
            whole = whole and (not line or line.startswith("#"))
    return found, whole


def check_records(site: Site, problems: Problems, *, history: bool = True) -> None:
    """Records what translations follow that was taken away, or brought along from another page.

    Without it, or with another's, a translation left behind would be recorded as fresh. ``history``: git may be asked.
    """
    base = (git.base(site.project.root) or "HEAD") if history else ""
    for language in site.project.codes[1:]:
        _copied(site, language, problems)
        if base:
            _gone(site, language, base, problems)


def _gone(site: Site, language: str, base: str, problems: Problems) -> None:
    for page in site.pages[language].values():
        if page.meta["follows"] or page.path not in site.pages[site.project.default]:
            continue
        front = parse(page.file, git.ask(site.project.root, "show", f"{base}:./{page.file}")).front or ""
        if written := re.search(r"^follows: *[b-t ]+$", front, re.MULTILINE):
            problems.add(page.file, 0, "follows", "follows_gone", line=written[0])
    _gone_from_ledger(site, language, base, problems)


def _gone_from_ledger(site: Site, language: str, base: str, problems: Problems) -> None:
    path = ledger(site.project, language)
    name = site.project.files.name(path)
    text = git.ask(site.project.root, "show", f"{base}:./{name}")
    if text in ("", _written(site.project, path)):
        return
    before, (now, whole) = _entries(text)[0], _read_ledger(site.project, language)
    if not whole:
        # That is told, and puts in order what can be read.
        return
    there = {(one.file, one.record) for one in passages(site, language)}
    for file, records in before.items():
        gone = [one for one in records if one not in now.get(file, {}) and (file, one) in there]
        if gone:
            shown = ", ".join(gone[:5]) + (", …" if gone[5:] else "")
            problems.add(name, 0, "", "ledger_gone", file=file, records=shown)


def _copied(site: Site, language: str, problems: Problems) -> None:
    recorded = {page.path: _PAIR.findall(page.meta["follows"] or "") for page in site.pages[language].values()}
    where = _by_pair(recorded)
    for path, pairs in recorded.items():
        others = [other for pair in set(pairs) for other in where[pair] - {path}]
        if others and 2 * len(others) >= len(pairs) and not _is_its_own(site, language, path, pairs):
            page, other = site.pages[language][path], site.pages[language][max(set(others), key=others.count)]
            problems.add(page.file, page.meta.lines["follows"], "follows", "follows_copied", where=other.file)


def _by_pair(recorded: Mapping[str, Collection[str]]) -> Mapping[str, set[str]]:
    """Returns the pages that record each pair of letters."""
    where: dict[str, set[str]] = {}
    for path, pairs in recorded.items():
        for pair in pairs:
            where.setdefault(pair, set()).add(path)
    return where


def _is_its_own(site: Site, language: str, path: str, pairs: list[str]) -> bool:
    """Returns whether half of what a page records, or more, is of the page itself."""
    page, first = site.pages[language][path], site.pages[site.project.default].get(path)
    mine = {one.pair for one in _of_page(first, page)} if first else set()
    halves = {half for pair in mine for half in (pair[:4], pair[4:])}
    return 2 * sum(pair[:4] in halves or pair[4:] in halves for pair in pairs) >= len(pairs)


# Recording


def record(
    site: Site,
    files: Collection[str],
    *,
    everything: bool = False,
    was_behind: Mapping[tuple[object, ...], str] = {},
) -> list[str]:
    """Writes down what translations follow now; gives the files written.

    ``files`` (from the root, ``file:line`` for one passage of it; a page of the default language stands
    for its translations) are recorded even where they are behind. Elsewhere what is behind stays as it is recorded,
    unless ``everything``. ``was_behind`` are the places that were, with the letters of the original they follow: they
    still are, though a machine has since touched original and translation.
    """
    written = []
    behind = dict(judge(site).behind)
    for language in site.project.codes[1:]:
        records, whole = _read_ledger(site.project, language)
        pages: dict[str, list[str]] = {}
        texts: dict[str, dict[str, list[str]]] = {}
        for passage in passages(site, language):
            looked_at = everything or not passage.places.isdisjoint(files)
            # Nobody has translated it.
            if not looked_at and _is_original(passage, _recorded(site, passage, records)):
                continue
            old = "" if looked_at else behind.get(passage, "")
            pair = _followed(passage, old or was_behind.get(passage.place, ""))
            if passage.file.startswith("docs/"):
                pages.setdefault(passage.file, []).append(pair)
            else:
                texts.setdefault(passage.file, {}).setdefault(passage.record, []).append(pair)
        written += _write_pages(site, language, pages)
        found = {file: _joined(of_file) for file, of_file in texts.items()}
        if found != records or not whole:
            written.append(_write_ledger(site.project, language, found))
    return written


def _followed(passage: Passage, old: str) -> str:
    """Returns the letters of a passage; those of the original it follows still are ``old``, where there are any."""
    return old + passage.pair[4:] if old else passage.pair


def _joined(records: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: " ".join(dict.fromkeys(pairs)) for name, pairs in records.items()}


def _write_pages(site: Site, language: str, pages: Mapping[str, list[str]]) -> list[str]:
    """Writes what pages follow into their front matter; returns the files written."""
    return [
        page.file
        for page in site.pages[language].values()
        if page.file in pages and _write_follows(site.project, page, " ".join(pages[page.file]))
    ]


def _write_ledger(project: Project, language: str, found: Mapping[str, Mapping[str, str]]) -> str:
    """Writes what the texts of YAML files follow; returns the file written."""
    path = ledger(project, language)
    path.parent.mkdir(exist_ok=True)
    path.write_text(_ledger_text(found), "utf-8")
    return project.files.name(path)


def _ledger_text(found: Mapping[str, Mapping[str, str]]) -> str:
    lines = [
        "# Qué texto original sigue cada traducción. Lo escribe `make reviewed`; no se edita a mano.\n"
        "# Which original each translation follows. Written by `make reviewed`; not edited by hand.\n"
    ]
    for file, records in sorted(found.items()):
        lines.append(f"{file}:\n")
        lines += [f"  {name}: {pairs}\n" for name, pairs in records.items()]
    return "".join(lines)


def _write_follows(project: Project, page: Page, follows: str) -> bool:
    if page.meta["follows"] == follows or page.source.front is None:
        return False
    path = project.root / page.file
    lines = path.read_text("utf-8").split("\n")
    at = page.meta.lines.get("follows")
    if at:
        lines[at - 1] = f"follows: {follows}"
    else:
        lines.insert(page.source.start - 2, f"follows: {follows}")
    path.write_text("\n".join(lines), "utf-8")
    return True


# What changed


def tell(site: Site, freshness: Freshness, warnings: Problems, *, history: bool = True) -> None:
    """Records what is to be looked at, with what changed where git may be asked (``history``)."""
    found = changes(site, freshness) if history else {}
    for passage, _ in freshness.behind:
        details = {"title": passage.title, "where": f"{passage.source}:{passage.source_line}"}
        if passage in found:
            details["change"] = found[passage]
        kind = "behind_change" if passage in found else "behind"
        warnings.add(passage.file, passage.line, passage.key, kind, **details)
    for file in freshness.damaged:
        warnings.add(file, 0, "", "ledger_damaged")


def changes(site: Site, freshness: Freshness) -> Mapping[Passage, str]:
    """Returns what changed in the originals of what is behind, as far as git has the earlier text.

    Words taken out stand between ``[-`` and ``-]``, words put in between ``{+`` and ``+}``.
    """
    found = {}
    root = site.project.root
    head = git.ask(root, "rev-parse", "HEAD").strip() if freshness.behind else ""
    for passage, old in freshness.behind[:_LOOKED_UP] if head else ():
        for version in _versions(root, passage.source, head):
            before = next((text for text in _texts(site, passage.source, version) if code(text) == old), None)
            if before is not None:
                found[passage] = difference(before, passage.first)
                break
    return found


def difference(before: str, after: str) -> str:
    """Returns what changed from one text to the other, by words, with a little of what stands around."""
    a, b = before.split(), after.split()
    shown: list[str] = []
    for tag, i, j, k, end in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            words = a[i:j]
            shown += (
                words if len(words) <= 8 else [*(words[:4] if shown else []), "…", *(words[-4:] if j < len(a) else [])]
            )
            continue
        if j > i:
            shown.append(f"[-{' '.join(a[i:j])}-]")
        if end > k:
            shown.append(f"{{+{' '.join(b[k:end])}+}}")
    text = " ".join(shown)
    return text if len(text) <= 400 else text[:399] + "…"


def _texts(site: Site, file: str, version: str) -> Iterator[str]:
    """Yields the default language's passages of an earlier version of a file."""
    if file.endswith(".md"):
        yield from _texts_of_page(file, version)
        return
    node = compose_text(version, file, Problems())
    if file.startswith("locales/"):
        yield from (text for _, (text, _) in scalars(node))
        return
    kind = next(one.kind for one in site.documents if one.file == file)
    for one in said(Document(kind, file, node), site.project):
        yield one.texts[site.project.default]


def _texts_of_page(file: str, version: str) -> Iterator[str]:
    source = parse(file, version)
    node = compose_text(source.front, file, Problems()) if source.front else None
    meta = Found.fromkeys(READ, "")
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value in meta and isinstance(value, yaml.ScalarNode):
            meta[name.value] = value.value.strip()
    yield from (passage.text for passage in source.passages(tuple(meta.values())))


@functools.lru_cache(maxsize=64)
def _versions(root: Path, file: str, head: str) -> tuple[str, ...]:
    """Returns the versions of a file up to the commit ``head``, the newest first; as far as git has them."""
    hashes = git.ask(root, "log", f"-n{_VERSIONS}", "--format=%H", head, "--", file).split()
    return tuple(filter(None, (git.ask(root, "show", f"{one}:./{file}") for one in hashes)))
