"""What a YAML file may say, declared once, and read with every mistake told.

A kind (``Text``, ``Record``…) reads one node into a plain value. What it cannot read it records
as a problem and gives back as None, and goes on, so that an author sees all mistakes at once.
Nothing here knows what a checklist is: networks, practices or a glossary declare their own records.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guide.document import compose, line_of
from guide.problems import Problems

# A text in every language: {"es": …, "en": …}.
Translated = Mapping[str, str]

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Context:
    """What reading a file needs to know of the rest.

    ``languages`` are the locale codes every text must have, the default first; ``known`` holds,
    for each kind of reference (``source``, ``page``…), what may be referred to.
    """

    path: str
    problems: Problems
    languages: tuple[str, ...]
    known: Mapping[str, Collection[str]] = field(default_factory=dict)

    def problem(self, where: yaml.Node | int, key: str, code: str, /, **details: object) -> None:
        """Records a mistake at a node or line."""
        line = where if isinstance(where, int) else line_of(where)
        self.problems.add(self.path, line, key, code, **details)

    def unknown(
        self, where: yaml.Node | int, key: str, code: str, value: str, known: Collection[str]
    ) -> None:
        """Records that ``value`` is none of ``known``, and the nearest one where there is one."""
        near = difflib.get_close_matches(value, known, 1, 0.6)
        if near:
            self.problem(where, key, code + "_near", value=_short(value), near=near[0])
        else:
            listed = ", ".join(sorted(known)) if len(known) <= 30 else "…"
            self.problem(where, key, code, value=_short(value), known=listed)


class Kind:
    """One kind of value. ``read`` gives the value, or None with a problem recorded."""

    def read(self, node: yaml.Node, key: str, context: Context) -> Any:
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Kind):
    """A text that is not empty. Bare numbers, dates and yes/no words need quotes."""

    def read(self, node, key, context):
        if not isinstance(node, yaml.ScalarNode):
            context.problem(node, key, "want_text")
        elif node.tag == _TAG + "null" or not node.value.strip():
            context.problem(node, key, "empty_text")
        elif node.tag != _TAG + "str":
            context.problem(node, key, "quote_text", value=_short(node.value))
        else:
            return node.value.strip()
        return None


@dataclass(frozen=True)
class Texts(Kind):
    """The same text in every language: ``{language: text}``."""

    def read(self, node, key, context):
        if not isinstance(node, yaml.MappingNode):
            context.problem(node, key, "want_texts", languages=", ".join(context.languages))
            return None
        text = Text()
        record = Record({language: text for language in context.languages}, missing="missing_language")
        found = record.read(node, key, context)
        return None if None in found.values() else {name: found[name] for name in context.languages}


@dataclass(frozen=True)
class ByLanguage(Kind):
    """Something that only some languages have: ``{language: item}``."""

    item: Kind

    def read(self, node, key, context):
        if not isinstance(node, yaml.MappingNode):
            context.problem(node, key, "want_texts", languages=", ".join(context.languages))
            return None
        record = Record({code: self.item for code in context.languages}, frozenset(context.languages))
        return {code: value for code, value in record.read(node, key, context).items() if value is not None}


@dataclass(frozen=True)
class Integer(Kind):
    """A whole number between ``least`` and ``most``."""

    least: int = 1
    most: int = 1_000_000

    def read(self, node, key, context):
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"-?[0-9]{1,15}", node.value):
            if node.tag == _TAG + "int" and self.least <= int(node.value) <= self.most:
                return int(node.value)
        context.problem(node, key, "want_integer", least=self.least, most=self.most)
        return None


@dataclass(frozen=True)
class Number(Kind):
    """A number between ``least`` and ``most``, decimals allowed."""

    least: float = 0
    most: float = 100

    def read(self, node, key, context):
        if isinstance(node, yaml.ScalarNode) and node.tag in (_TAG + "int", _TAG + "float"):
            if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", node.value):
                if self.least <= float(node.value) <= self.most:
                    return float(node.value)
        context.problem(node, key, "want_number", least=self.least, most=self.most)
        return None


@dataclass(frozen=True)
class Boolean(Kind):
    """``true`` or ``false``, in these words."""

    def read(self, node, key, context):
        if isinstance(node, yaml.ScalarNode) and node.value in ("true", "false"):
            return node.value == "true"
        context.problem(node, key, "want_boolean")
        return None


@dataclass(frozen=True)
class Choice(Kind):
    """One word of ``words``."""

    words: tuple[str, ...]

    def read(self, node, key, context):
        if isinstance(node, yaml.ScalarNode) and node.value in self.words:
            return node.value
        value = node.value if isinstance(node, yaml.ScalarNode) else "…"
        context.unknown(node, key, "unknown_word", value, self.words)
        return None


@dataclass(frozen=True)
class Identifier(Kind):
    """A permanent name: small letters without accents, digits and single hyphens."""

    def read(self, node, key, context):
        value = Text().read(node, key, context)
        if value is not None and not IDENTIFIER.fullmatch(value):
            context.problem(node, key, "want_identifier", value=_short(value))
            return None
        return value


@dataclass(frozen=True)
class Address(Kind):
    """A web address, http or https."""

    def read(self, node, key, context):
        value = Text().read(node, key, context)
        if value is not None and not re.fullmatch(r"https?://[^\s<>\"]+", value):
            context.problem(node, key, "want_address", value=_short(value))
            return None
        return value


@dataclass(frozen=True)
class When(Kind):
    """A year, a month or a span of years: ``2019``, ``2025-10``, ``2019-2021``; ``c. `` before it for about."""

    def read(self, node, key, context):
        # A bare year is a number to YAML; here it means the same with and without quotes.
        value = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if re.fullmatch(r"(c\. )?[12][0-9]{3}(-[12][0-9]{3}|-(0[1-9]|1[0-2]))?", value):
            return value
        context.problem(node, key, "want_when", value=_short(value))
        return None


@dataclass(frozen=True)
class Reference(Kind):
    """The name of something that stands elsewhere: one of ``context.known[to]``."""

    to: str

    def read(self, node, key, context):
        value = Text().read(node, key, context)
        if value is not None and value not in context.known.get(self.to, ()):
            context.unknown(node, key, f"unknown_{self.to}", value, context.known.get(self.to, ()))
            return None
        return value


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of one kind; ``length`` items where it is set, ``least`` or more otherwise."""

    item: Kind
    length: int | None = None
    least: int = 1

    def read(self, node, key, context):
        if not isinstance(node, yaml.SequenceNode):
            context.problem(node, key, "want_list")
            return None
        values = [
            self.item.read(child, f"{key}.{place}", context)
            for place, child in enumerate(node.value, 1)
        ]
        if self.length is not None and len(values) != self.length:
            context.problem(node, key, "want_length", length=self.length, found=len(values))
            return None
        if len(values) < self.least:
            context.problem(node, key, "empty_list")
            return None
        return values


class Found(dict):
    """The values of a record by key, None where optional or wrong; ``lines`` tells where each stands."""

    lines: dict[str, int]


@dataclass(frozen=True)
class Record(Kind):
    """A mapping with known keys. Keys outside ``optional`` must be there."""

    keys: Mapping[str, Kind]
    optional: frozenset[str] = frozenset()
    missing: str = "missing_key"

    def read(self, node, key, context):
        found = Found.fromkeys(self.keys)
        found.lines = {}
        if not isinstance(node, yaml.MappingNode):
            context.problem(node, key, "want_mapping")
            return found
        for name_node, value_node in node.value:
            name = name_node.value if isinstance(name_node, yaml.ScalarNode) else "…"
            place = f"{key}.{_short(name)}" if key else _short(name)
            if name in found.lines:
                context.problem(name_node, place, "repeated_key", first=found.lines[name])
            elif name not in self.keys:
                context.unknown(name_node, place, "unknown_key", name, self.keys)
            else:
                found.lines[name] = line_of(name_node)
                found[name] = self.keys[name].read(value_node, place, context)
        for name in self.keys:
            if name not in found.lines and name not in self.optional:
                place = f"{key}.{name}" if key else name
                context.problem(node, place, self.missing, language=name)
        return found


def read_file(path: Path, record: Record, context: Context) -> Found:
    """What the file at ``path`` says; ``context.path`` is how messages call it."""
    node = compose(path, context.path, context.problems)
    if node is None:
        found = Found.fromkeys(record.keys)
        found.lines = {}
        return found
    return record.read(node, "", context)


def _short(value: str) -> str:
    """``value`` as it can stand in a one-line sentence."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else line[:59] + "…"
