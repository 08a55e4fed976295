"""Starts a new checklist, chapter or any other kind of file: valid at once, every key explained.

What stands in it comes from the records the loader reads by, the explanations from ``fields`` of the
locale file.
"""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from guide.authoring.json_schema import describe
from guide.checks import navigation
from guide.checks.corpus import Site
from guide.model.file_kind import FileKind
from guide.reading.project import open_texts
from guide.reading.schema import IDENTIFIER, Kind, ListOf, Record, Reference, Start
from guide.reading.texts import Texts, fill

CHAPTER = "chapter"
LANGUAGE = "language"
# More choices than this are not listed in a comment.
LISTED = 30
_NAME = re.compile(rf"({IDENTIFIER.pattern}/)*{IDENTIFIER.pattern}")


class Refused(Exception):
    """Nothing was written; the sentence of ``new`` that says why, and what fills it in."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def kinds(site: Site) -> dict[str, FileKind | None]:
    """Returns what can be made, by name."""
    found: dict[str, FileKind | None] = {CHAPTER: None, LANGUAGE: None}
    for kind in site.kinds:
        if kind.folder and kind.name != "locale":
            found[kind.name] = kind
    return found


def new(site: Site, name: str, id: str, texts: Texts, called: str = "") -> list[str]:
    """Writes a new file of the kind ``name``; gives the paths written, from the root. ``called`` is what a new
    language calls itself.

    Raises Refused.
    """
    choices = kinds(site)
    if name not in choices:
        raise Refused("unknown_kind", kind=name, known=", ".join(sorted(choices)))
    if name == LANGUAGE:
        return _language(site, id, called.strip(), texts)
    if called:
        raise Refused("no_name", kind=name)
    kind = choices[name]
    _refuse_name(kind, id)
    return _chapter(site, id) if kind is None else _file(site, kind, id, texts)


def _refuse_name(kind: FileKind | None, id: str) -> None:
    if kind is not None and kind.like and not kind.names.fullmatch(id):
        raise Refused("bad_name", id=id, like=kind.like)
    if not (_NAME if kind is None else kind.names).fullmatch(id):
        raise Refused("bad_id", id=id)


def _file(site: Site, kind: FileKind, id: str, texts: Texts) -> list[str]:
    """Writes a new file of a kind of YAML."""
    path = kind.files.replace("*", id)
    page = kind.page.replace("{id}", id) if kind.page else None
    # A page made otherwise, of no file of this kind.
    if page in site.paths and not (site.project.root / path).exists():
        raise Refused("exists", file=page)
    if (site.project.root / path).exists():
        raise Refused("exists", file=path)
    text = file_text(kind, site, id, texts)
    (site.project.root / path).parent.mkdir(parents=True, exist_ok=True)
    (site.project.root / path).write_text(text, "utf-8")
    return [path]


def file_text(kind: FileKind, site: Site, id: str, texts: Texts) -> str:
    """Returns a new file of ``kind``: its keys, what each is for, optional ones as comments."""
    project = site.project
    known = _known(site)
    written = {
        one.code: open_texts(project, one.code)["new"]["text"] for one in project.languages if not one.in_progress
    }
    start = Start(id, written, known, kind.start(project, id))
    up = "../" * (kind.files.count("/"))
    head = [f"# yaml-language-server: $schema={up}schemas/{kind.name}.json"]
    about = describe(texts, "files", kind.name)
    head += [line for one in (about, texts["new"]["how"]) if one for line in _comment(one)]
    body = _record(
        kind.record, kind.record.example("", start), "", _Sheet(kind, texts, start, _names(site, texts.code)), 0
    )
    return "\n".join([*head, *body]) + "\n"


def model(site: Site, folder: str, texts: Texts) -> str:
    """Returns what a new file of ``folder`` begins with, for whoever writes it in the browser."""
    kind = next(one for one in site.kinds if one.folder == folder)
    return file_text(kind, site, kind.like or kind.name, texts)


class _Dumper(yaml.SafeDumper):
    """Puts what needs quotation marks into double ones, as ``make format`` does."""

    def choose_scalar_style(self) -> str:
        style = super().choose_scalar_style()
        double = isinstance(self.event, yaml.ScalarEvent) and '"' not in self.event.value
        return '"' if style == "'" and double else style


@dataclass(frozen=True)
class _Sheet:
    """What does not change while one new file is written."""

    kind: FileKind
    texts: Texts
    start: Start
    names: Mapping[str, Mapping[str, str]]

    def note(self, key: str, inner: Kind, optional: bool) -> str:
        """Returns what a key is for and, where it names one of a few things, which there are."""
        words = self.texts["new"]
        parts = [f"({words['optional']})"] if optional else []
        parts.append(describe(self.texts, "fields", self.kind.name, key))
        item = inner.item if isinstance(inner, ListOf) else inner
        to = item.to if isinstance(item, Reference) else ""
        known = self.start.known.get(to, ())
        if 0 < len(known) <= LISTED:
            names = self.names.get(to, {})
            values = (f"{id} ({names[id]})" if id in names else id for id in known)
            parts.append(fill(words["choices"], {"values": ", ".join(values)}))
        return " ".join(filter(None, parts))


def _known(site: Site) -> dict[str, list[str]]:
    """Returns what may be referred to: pages, files of a folder, and what lists of a single file name.

    ``themes`` of some file, each with an ``id``, are what ``Reference("theme")`` refers to.
    """
    found = {"page": sorted(site.paths)}
    for kind in site.kinds:
        if kind.folder:
            found[kind.name] = [path.stem for path in kind.paths(site.project)]
    listed: set[str] = set()
    for listed_as, entry in _entries(site):
        if listed_as not in found or listed_as in listed:
            listed.add(listed_as)
            found.setdefault(listed_as, []).append(entry["id"])
    return found


def _names(site: Site, code: str) -> dict[str, dict[str, str]]:
    """Returns what people call, in a language, what may be referred to: ``{"region": {"europe": "Europa"}}``."""
    names: dict[str, dict[str, str]] = {}
    for kind, entry in _entries(site):
        if name := entry.get(f"name.{code}"):
            names.setdefault(kind, {})[entry["id"]] = name
    return names


def _entries(site: Site) -> Iterator[tuple[str, dict[str, str]]]:
    """Yields the records with an ``id`` in the lists of single files: what they are, and their texts by key."""
    for document in site.documents:
        if document.kind.folder or not isinstance(document.node, yaml.MappingNode):
            continue
        for name, value in document.node.value:
            for one in value.value if isinstance(value, yaml.SequenceNode) else ():
                texts = dict(_texts(one)) if isinstance(one, yaml.MappingNode) else {}
                if "id" in texts:
                    yield re.sub(r"ies$", "y", name.value).removesuffix("s"), texts


def _texts(node: yaml.MappingNode) -> Iterator[tuple[str, str]]:
    for key, value in node.value:
        if isinstance(value, yaml.ScalarNode):
            yield key.value, value.value
        elif isinstance(value, yaml.MappingNode):
            yield from ((f"{key.value}.{inner}", text) for inner, text in _texts(value))


def _record(record: Record, values: Mapping[str, Any], key: str, sheet: _Sheet, depth: int) -> list[str]:
    """Returns the keys of a record as lines; an optional one that is given no value is a comment."""
    lines: list[str] = []
    for name, inner in record.keys.items():
        place = f"{key}.{name}" if key else name
        optional = name in record.optional
        lines += ["  " * depth + line for line in _comment(sheet.note(place, inner, optional))]
        said = _value(inner, values[name], name, place, sheet, depth)
        # Whoever wants an optional key takes away the number signs, and all is in its column.
        if optional and place not in sheet.start.values:
            indent = "  " * depth
            said = [f"{indent}#{line.removeprefix(indent)}" for line in said if not line.lstrip().startswith("#")]
        lines += said
    return lines


def _value(inner: Kind, value: Any, name: str, place: str, sheet: _Sheet, depth: int) -> list[str]:
    indent = "  " * depth
    if isinstance(inner, Record):
        return [f"{indent}{name}:", *_record(inner, value, place, sheet, depth + 1)]
    if isinstance(inner, ListOf) and isinstance(inner.item, Record):
        records = [_item(_record(inner.item, one, place, sheet, depth + 2), indent) for one in value]
        return [f"{indent}{name}:", *(line for record in records for line in record)]
    dumped = yaml.dump({name: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    lines = []
    for line in dumped.rstrip("\n").split("\n"):
        # PyYAML puts the dashes of a list under its key's own column.
        lines.append(indent + ("  " + line if isinstance(value, list) and not line.startswith(name) else line))
    return lines


def _item(body: list[str], indent: str) -> list[str]:
    """Returns the lines of a record as an item of a list."""
    first = next(at for at, line in enumerate(body) if not line.lstrip().startswith("#"))
    # The dash goes before the first key; what explains it stays above, in the column of the dash.
    above = [line.removeprefix("  ") for line in body[:first]]
    return [*above, body[first].replace("    " + indent, "  " + indent + "- ", 1), *body[first + 1 :]]


def _comment(text: str) -> list[str]:
    """``text`` as comment lines of readable length."""
    lines, line = [], "#"
    for word in text.split():
        if len(line) + len(word) > 100:
            lines.append(line)
            line = "#"
        line += " " + word
    return [*lines, line] if line != "#" else lines


def _chapter(site: Site, id: str) -> list[str]:
    project = site.project
    written = []
    languages = [one.code for one in project.languages if not one.in_progress]
    paths = [f"docs/{code}/{id}.md" for code in languages]
    for path in paths:
        # Many pages are made from data, of no file of this name.
        if (project.root / path).exists() or f"{id}.md" in site.paths:
            raise Refused("exists", file=path)
    for code, path in zip(languages, paths):
        words = open_texts(project, code)["new"]
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        (project.root / path).write_text(chapter_text(words, code == project.default), "utf-8")
        written.append(path)
    if navigation.add(project.root / "mkdocs.yml", f"{id}.md"):
        written.append("mkdocs.yml")
    return written


def _language(site: Site, code: str, name: str, texts: Texts) -> list[str]:
    """Begins a language: the settings, where it is in progress, and a file for its words."""
    project = site.project
    if not re.fullmatch(r"[a-z]{2}", code):
        raise Refused("bad_code", id=code)
    if code in project.codes:
        raise Refused("language_exists", id=code)
    if not name or not name.isprintable():
        raise Refused("needs_name", id=code)
    navigation.add_language(project.root / "mkdocs.yml", code, name)
    written = ["mkdocs.yml"]
    path = project.locales / f"{code}.yml"
    if not path.exists():
        about = fill(texts["new"]["locale"], {"default": project.default, "code": code})
        lines = ["# yaml-language-server: $schema=../schemas/locale.json", *_comment(about)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        written.append(f"locales/{code}.yml")
    return written


def chapter_text(words: Mapping[str, str], is_default: bool) -> str:
    """Returns a new chapter in one language: front matter, objectives, two sections, what to do on Monday."""
    lines = [
        "---",
        *_comment(words["chapter_note"] if is_default else words["chapter_note_translation"]),
        f"title: {words['title']}",
        f"description: {words['description']}",
        f"revised: {datetime.date.today():%Y-%m}",
        "---",
        "",
        f'!!! objectives "{words["objectives"]}"',
        "",
        f"    - {words['text']}",
        "",
        words["opening"],
        "",
        f"## {words['section']} {{#apartado}}",
        "",
        words["text"],
        "",
        f"## {words['monday']} {{#lunes}}",
        "",
        f"1. {words['text']}",
    ]
    return "\n".join(lines) + "\n"


def better(site: Site, name: str, id: str, refused: Refused) -> str:
    """Returns the command as it could be written after ``refused``, with what was meant where that can be seen."""
    choices = kinds(site)
    near = [name] if name in choices else difflib.get_close_matches(name.lower(), sorted(choices), 1)
    if near == [LANGUAGE]:
        meant = id if refused.code == "needs_name" else "…"
        return f"make new kind=language id={meant} name=…"
    meant = _tidy(id, "/" if near == [CHAPTER] else "-")
    for kind in near:
        return f"make new kind={kind} id={_possible(choices[kind], meant, refused)}"
    return f"make new kind=… id={_possible(None, meant, refused)}"


def _possible(kind: FileKind | None, id: str, refused: Refused) -> str:
    """Returns a name that a file of the kind can have: ``id``, one like those that can be, or whichever."""
    if refused.code != "exists" and (kind.names if kind else _NAME).fullmatch(id):
        return id
    return (kind.like if kind and refused.code == "bad_name" else "") or "…"


def _tidy(id: str, between: str) -> str:
    """Returns a name as it may be: small letters without accents, digits and hyphens."""
    letters = unicodedata.normalize("NFD", id).encode("ascii", "ignore").decode().lower()
    return between.join(filter(None, (re.sub(r"[^a-z0-9]+", "-", one).strip("-") for one in letters.split("/"))))


def refusal(error: Refused, texts: Texts) -> str:
    """Returns the sentence for whoever asked."""
    return fill(texts["new"][error.code], error.details)
