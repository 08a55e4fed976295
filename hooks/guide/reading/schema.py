"""Reads YAML by what it may say, declared once, and reports every mistake.

A kind (``Text``, ``Record``…) reads one node into a plain value. What it cannot read it records
as a problem and gives back as None, and goes on, so that an author sees all mistakes at once.
Nothing here knows what a checklist is: networks, practices or a glossary declare their own records.

The same kind also says itself to editors (``json_schema``) and gives an ``example`` to start from.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from guide.reading import counts, icons, mentions
from guide.reading.near_names import fold, nearest
from guide.reading.problems import Problems
from guide.reading.project import Project
from guide.reading.yaml_tree import ODD, line_of

# A text in every language: {"es": …, "en": …}.
Translated = Mapping[str, str]


def in_language(text: Translated, code: str) -> str:
    """``text`` in the language ``code``, or in the default one while it lacks it."""
    return text[code] if code in text else next(iter(text.values()))


IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAG = "tag:yaml.org,2002:"


def listed(known: Collection[str]) -> str:
    """Returns what is known, as a problem lists it; "…" where that would be too long to read."""
    return (", ".join(sorted(known)) or "—") if len(known) <= 30 else "…"


@dataclass(frozen=True)
class Context:
    """What reading a file needs to know of the rest.

    ``languages`` are the locale codes every text may have, the default first; those of
    ``in_progress`` may still lack it. ``known`` holds, for each kind of reference (``source``,
    ``page``…), what may be referred to.
    """

    path: str
    problems: Problems
    languages: tuple[str, ...]
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    in_progress: Collection[str] = ()
    project: Project | None = None

    @classmethod
    def of(cls, project: Project, path: str, problems: Problems, known: Mapping[str, Collection[str]] = {}) -> Context:
        """Returns the context of a file of ``project``; ``path`` is how messages call it."""
        return cls(path, problems, project.codes, known, project.in_progress, project)

    def problem(self, where: yaml.Node | int, key: str, code: str, /, **details: object) -> None:
        """Records a mistake at a node or line."""
        line = where if isinstance(where, int) else line_of(where)
        self.problems.add(self.path, line, key, code, **details)

    def unknown(self, where: yaml.Node | int, key: str, code: str, value: str, known: Collection[str]) -> str:
        """Records that ``value`` is none of ``known``; gives the nearest one, "" where none is near.

        ``known`` may say what people call each: ``{id: names}``.
        """
        near = nearest(value, known)
        if isinstance(known, Mapping) and not near:
            # What people see on the pages leads to the id.
            names = {name: id for id, named in known.items() for name in named}
            near = names.get(nearest(value, names), "")
        if near:
            self.problem(where, key, code + "_near", value=short(value), near=near)
            return near
        self.problem(where, key, code, value=short(value), known=listed(known))
        return ""


@dataclass(frozen=True)
class Notes:
    """What a JSON Schema tells besides the kinds: the languages, and what each key is for."""

    languages: tuple[str, ...]
    in_progress: Collection[str]
    describe: Callable[[str], str]
    """From the place of a key (``criteria.statement``) to a sentence, "" where there is none."""


@dataclass(frozen=True)
class Start:
    """What the example of a new file is made of."""

    id: str
    texts: Mapping[str, str]
    """What stands where a text is still to be written, by language, the default first."""
    known: Mapping[str, Collection[str]]
    values: Mapping[str, Any]
    """Values that no kind can guess, by the place of their key; WRITTEN for an optional key whose
    example is written too."""


WRITTEN = object()
EXAMPLE_ADDRESS = "https://example.org/"


class Kind:
    """One kind of value. ``read`` gives the value, or None with a problem recorded."""

    def read(self, node: yaml.Node, key: str, context: Context) -> Any:
        raise NotImplementedError

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        """Returns the kind as JSON Schema; {} accepts anything."""
        return {}

    def example(self, key: str, start: Start) -> Any:
        """Returns a value of this kind that can be read, for a new file."""
        return next(iter(start.texts.values()))


@dataclass(frozen=True)
class Text(Kind):
    """A text that is not empty. Bare numbers, dates and yes/no words need quotes."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            context.problem(node, key, "want_text")
        elif node.tag.startswith(("!", _TAG + "python")):
            context.problem(node, key, "yaml_start", letter="!")
        elif node.tag == _TAG + "null" or not node.value.strip(" \n\t" + ODD):
            context.problem(node, key, "empty_text")
        elif node.tag != _TAG + "str":
            context.problem(node, key, "quote_text", value=short(node.value))
        else:
            return str(node.value).strip()
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": "\\S"}


@dataclass(frozen=True)
class Texts(Kind):
    """The same text in every language: ``{language: text}``; one in progress may be left out."""

    def read(self, node: yaml.Node, key: str, context: Context) -> dict[str, str] | None:
        if not isinstance(node, yaml.MappingNode):
            context.problem(node, key, "want_texts", languages=", ".join(context.languages))
            return None
        text = Text()
        record = Record(
            dict.fromkeys(context.languages, text),
            optional=frozenset(context.in_progress),
            missing="missing_language",
        )
        found = record.read(node, key, context)
        languages = [one for one in context.languages if one in found.lines or one not in context.in_progress]
        values = {name: found[name] for name in languages}
        if None in values.values():
            return None
        project = context.project
        if project is None:
            return values
        return {name: mentions.fill(project, counts.fill(project, text, name), name) for name, text in values.items()}

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        text = Text().json_schema(key, notes)
        return {
            "type": "object",
            "properties": dict.fromkeys(notes.languages, text),
            "required": [one for one in notes.languages if one not in notes.in_progress],
            "additionalProperties": False,
        }

    def example(self, key: str, start: Start) -> dict[str, str]:
        return dict(start.texts)


@dataclass(frozen=True)
class ByLanguage(Kind):
    """Something that only some languages have: ``{language: item}``."""

    item: Kind

    def read(self, node: yaml.Node, key: str, context: Context) -> dict[str, Any] | None:
        if not isinstance(node, yaml.MappingNode):
            context.problem(node, key, "want_texts", languages=", ".join(context.languages))
            return None
        record = Record(dict.fromkeys(context.languages, self.item), frozenset(context.languages))
        return {code: value for code, value in record.read(node, key, context).items() if value is not None}

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        item = self.item.json_schema(key, notes)
        properties = dict.fromkeys(notes.languages, item)
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def example(self, key: str, start: Start) -> dict[str, Any]:
        return {language: self.item.example(key, start) for language in start.texts}


@dataclass(frozen=True)
class Integer(Kind):
    """A whole number between ``least`` and ``most``."""

    least: int = 1
    most: int = 1_000_000
    wanted: str = "want_integer"
    """The sentence that tells what goes here."""

    def read(self, node: yaml.Node, key: str, context: Context) -> int | None:
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"-?[0-9]{1,15}", node.value):
            if node.tag == _TAG + "int" and self.least <= int(node.value) <= self.most:
                return int(node.value)
        context.problem(node, key, self.wanted, least=self.least, most=self.most)
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def example(self, key: str, start: Start) -> int:
        return self.least


@dataclass(frozen=True)
class Number(Kind):
    """A number between ``least`` and ``most``, decimals allowed."""

    least: float = 0
    most: float = 100

    def read(self, node: yaml.Node, key: str, context: Context) -> float | None:
        if isinstance(node, yaml.ScalarNode) and node.tag in (_TAG + "int", _TAG + "float"):
            if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", node.value):
                if self.least <= float(node.value) <= self.most:
                    return float(node.value)
        context.problem(node, key, "want_number", least=self.least, most=self.most)
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "number", "minimum": self.least, "maximum": self.most}

    def example(self, key: str, start: Start) -> float:
        return self.least


@dataclass(frozen=True)
class Boolean(Kind):
    """``true`` or ``false``, in these words."""

    def read(self, node: yaml.Node, key: str, context: Context) -> bool | None:
        if isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "bool" and node.value in ("true", "false"):
            return bool(node.value == "true")
        context.problem(node, key, "want_boolean")
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "boolean"}

    def example(self, key: str, start: Start) -> bool:
        return False


@dataclass(frozen=True)
class Choice(Kind):
    """One word of ``words``."""

    words: tuple[str, ...]

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        if isinstance(node, yaml.ScalarNode) and node.value in self.words:
            return str(node.value)
        value = node.value if isinstance(node, yaml.ScalarNode) else "…"
        context.unknown(node, key, "unknown_word", value, self.words)
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}

    def example(self, key: str, start: Start) -> str:
        return self.words[0]


@dataclass(frozen=True)
class Identifier(Kind):
    """A permanent name: small letters without accents, digits and single hyphens."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = Text().read(node, key, context)
        if value is not None and not IDENTIFIER.fullmatch(value):
            context.problem(node, key, "want_identifier", value=short(value))
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{IDENTIFIER.pattern}$"}

    def example(self, key: str, start: Start) -> str:
        return start.id


def is_address(value: str) -> bool:
    """Returns whether ``value`` is a web address that others can open too."""
    return (
        re.fullmatch(r"https?://[^\s/<>\"]+\.[^\s<>\"]+", value) is not None
        and re.match(r"https?://(localhost|127\.|10\.|192\.168\.)", value) is None
    )


def tidy_address(value: str) -> str:
    """``value`` without the second beginning it was pasted after, and without what a browser adds to find a passage."""
    value = re.sub(r"^(?:https?:?/*)+(?=https?://)", "", value)
    return re.sub(r"(#[^#:]*)?:~:text=.*$", lambda match: (match[1] or "").rstrip("#"), value)


@dataclass(frozen=True)
class Address(Kind):
    """A web address, http or https."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = Text().read(node, key, context)
        if value is not None and (near := tidy_address(value)) != value and is_address(near):
            code = "address_passage_near" if ":~:" in value else "address_twice_near"
            context.problem(node, key, code, value=short(value), near=short(near))
            return None
        if value is not None and not is_address(value):
            # Without its beginning, or with spaces: what was meant can be told.
            near = re.sub(r"\s+", "%20", value.strip())
            near = near if re.match(r"https?://", near) else f"https://{near}"
            sure = re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(/[^<>\"]*)?", near) and is_address(near)
            code = "want_address_near" if sure and len(value) <= 60 else "want_address"
            context.problem(node, key, code, value=short(value), near=near)
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": "^https?://[^\\s/]+\\.\\S+$"}

    def example(self, key: str, start: Start) -> str:
        return EXAMPLE_ADDRESS


@dataclass(frozen=True)
class When(Kind):
    """A year, a month or a span of years: ``2019``, ``2025-10``, ``2019-2021``; ``c. `` before it for about."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        # A bare year is a number to YAML; here it means the same with and without quotes.
        value = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if re.fullmatch(r"(c\. )?[12][0-9]{3}(-[12][0-9]{3}|-(0[1-9]|1[0-2]))?", value):
            first, _, last = value.removeprefix("c. ").partition("-")
            if len(last) == 4 and last < first:
                context.problem(node, key, "period_backwards", value=value)
                return None
            # What goes on may end later, but nothing begins later than today.
            day = f"{datetime.date.today()}"
            begins = first if len(last) == 4 else value.removeprefix("c. ")
            if begins > day[: len(begins)]:
                context.problem(node, key, "in_future", value=begins)
                return None
            return value
        near = _as_when(value)
        code = "want_when_near" if near else "want_when"
        context.problem(node, key, code, value=short(value), near=near)
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        pattern = r"^(c\. )?[12][0-9]{3}(-[12][0-9]{3}|-(0[1-9]|1[0-2]))?$"
        return {"type": ["string", "integer"], "pattern": pattern, "minimum": 1000, "maximum": 2999}

    def example(self, key: str, start: Start) -> str:
        return "2026"


@dataclass(frozen=True)
class Icon(Kind):
    """The name of an icon of the theme: ``material-account``."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if icons.svg(value) is not None:
            return value
        near = icons.alike(value)
        context.problem(node, key, "icon_unknown_near" if near else "icon_unknown", value=short(value), near=near)
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{'|'.join(icons.SETS)})-[a-z0-9-]+$"}

    def example(self, key: str, start: Start) -> str:
        return "material-map-outline"


@dataclass(frozen=True)
class Month(Kind):
    """A month, also one to come: ``2027-05``."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", value):
            return value
        near = _as_when(value)
        near = near if re.fullmatch(r"20[0-9]{2}-[0-9]{2}", near) else ""
        context.problem(node, key, "want_month_near" if near else "want_month", value=short(value), near=near)
        return None

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^20[0-9]{2}-(0[1-9]|1[0-2])$"}

    def example(self, key: str, start: Start) -> str:
        return f"{datetime.date.today() + datetime.timedelta(days=183):%Y-%m}"


@dataclass(frozen=True)
class Day(Kind):
    """A day that has been, as ``"2026-11-25"``."""

    def read(self, node: yaml.Node, key: str, context: Context) -> datetime.date | None:
        # A bare day is a date to YAML; here it means the same with and without quotes.
        bare = isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "timestamp"
        value = node.value.strip() if bare else Text().read(node, key, context)
        if value is None:
            return None
        try:
            day = datetime.date.fromisoformat(value if len(value) == 10 else "")
        except ValueError:
            context.problem(node, key, "format_day", value=short(value))
            return None
        if day > datetime.date.today():
            context.problem(node, key, "in_future", value=value)
            return None
        return day

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def example(self, key: str, start: Start) -> str:
        return "2026-01-31"


# Those that have two letters (ISO 639-1).
_LANGUAGES = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "af",
        "ak",
        "am",
        "an",
        "ar",
        "as",
        "av",
        "ay",
        "az",
        "ba",
        "be",
        "bg",
        "bh",
        "bi",
        "bm",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ce",
        "ch",
        "co",
        "cr",
        "cs",
        "cu",
        "cv",
        "cy",
        "da",
        "de",
        "dv",
        "dz",
        "ee",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "ff",
        "fi",
        "fj",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gu",
        "gv",
        "ha",
        "he",
        "hi",
        "ho",
        "hr",
        "ht",
        "hu",
        "hy",
        "hz",
        "ia",
        "id",
        "ie",
        "ig",
        "ii",
        "ik",
        "io",
        "is",
        "it",
        "iu",
        "ja",
        "jv",
        "ka",
        "kg",
        "ki",
        "kj",
        "kk",
        "kl",
        "km",
        "kn",
        "ko",
        "kr",
        "ks",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lo",
        "lt",
        "lu",
        "lv",
        "mg",
        "mh",
        "mi",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "na",
        "nb",
        "nd",
        "ne",
        "ng",
        "nl",
        "nn",
        "no",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pa",
        "pi",
        "pl",
        "ps",
        "pt",
        "qu",
        "rm",
        "rn",
        "ro",
        "ru",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "si",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sq",
        "sr",
        "ss",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "to",
        "tr",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "uk",
        "ur",
        "uz",
        "ve",
        "vi",
        "vo",
        "wa",
        "wo",
        "xh",
        "yi",
        "yo",
        "za",
        "zh",
        "zu",
    ]
)
# «eng» is «en»: three letters are for languages that have no two.
_THREE_LETTERS = re.compile("(?!eng|spa|esp|ing|fra|fre|por|deu|ger|ita|cat)[a-z]{3}")


@dataclass(frozen=True)
class Language(Kind):
    """The language of a document, by its code: two letters, or three where it has no two (``nah``)."""

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = Text().read(node, key, context)
        if value is not None and value not in _LANGUAGES and not _THREE_LETTERS.fullmatch(value):
            context.problem(node, key, "want_language", value=short(value))
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[a-z]{2,3}$"}

    def example(self, key: str, start: Start) -> str:
        return next(iter(start.texts))


@dataclass(frozen=True)
class Reference(Kind):
    """The name of something that stands elsewhere: one of ``context.known[to]``."""

    to: str

    def read(self, node: yaml.Node, key: str, context: Context) -> str | None:
        value = Text().read(node, key, context)
        # What it refers to could not be read: that has been told, and this may well be right.
        known = context.known.get(self.to)
        if value is not None and known is not None and value not in known:
            context.unknown(node, key, f"unknown_{self.to}", value, known)
            return None
        return value

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        return {"type": "string"}

    def example(self, key: str, start: Start) -> str:
        return next(iter(start.known.get(self.to, ())), start.id)


# What a list names once.
_NAMES = (Choice, Identifier, Reference)


@dataclass(frozen=True)
class ListOf(Kind):
    """A list of one kind; ``length`` items where it is set, ``least`` or more otherwise."""

    item: Kind
    length: int | None = None
    least: int = 1

    def read(self, node: yaml.Node, key: str, context: Context) -> list[Any] | None:
        if not isinstance(node, yaml.SequenceNode):
            context.problem(node, key, "want_list")
            return None
        values = []
        for place, child in enumerate(node.value, 1):
            joined = self._joined(child, f"{key}.{place}", context)
            values.append(None if joined else self.item.read(child, f"{key}.{place}", context))
        if isinstance(self.item, _NAMES):
            self._check_repeated(node, values, key, context)
        if self.length is not None and len(values) != self.length:
            context.problem(node, key, "want_length", length=self.length, found=len(values))
            return None
        if len(values) < self.least:
            if values:
                context.problem(node, key, "want_least", least=self.least, found=len(values))
            else:
                context.problem(node, key, "empty_list")
            return None
        return values

    def _check_repeated(self, node: yaml.SequenceNode, values: list[Any], key: str, context: Context) -> None:
        for place, value in enumerate(values):
            if value is not None and value in values[:place]:
                context.problem(node.value[place], f"{key}.{place + 1}", "repeated_item", value=value)

    def _joined(self, node: yaml.Node, key: str, context: Context) -> bool:
        """Returns whether an item is several names without the comma between them; then that is told."""
        if not isinstance(self.item, _NAMES) or not isinstance(node, yaml.ScalarNode):
            return False
        names = node.value.split()
        if len(names) < 2 or not all(IDENTIFIER.fullmatch(name) for name in names):
            return False
        known = self._known(names, context)
        # «salud publica» may be one name, written with a space.
        if not all(name in known for name in names[:-1]) and fold(node.value) in map(fold, known):
            return False
        if all(name in known for name in names):
            context.problem(node, key, "list_comma_near", value=short(node.value), near=", ".join(names))
        else:
            context.problem(node, key, "list_comma", value=short(node.value))
        return True

    def _known(self, names: list[str], context: Context) -> Collection[str]:
        """Returns which names an item may be; any where it is an id of its own."""
        if isinstance(self.item, Reference):
            return context.known.get(self.item.to, ())
        return self.item.words if isinstance(self.item, Choice) else names

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        items = self.item.json_schema(key, notes)
        most = {} if self.length is None else {"maxItems": self.length}
        once = {"uniqueItems": True} if isinstance(self.item, _NAMES) else {}
        return {"type": "array", "items": items, "minItems": self.length or self.least, **most, **once}

    def example(self, key: str, start: Start) -> list[Any]:
        return [self.item.example(key, start) for _ in range(self.length or max(self.least, 1))]


class Found(dict[str, Any]):
    """The values of a record by key, None where optional or wrong; ``lines`` tells where each stands."""

    lines: dict[str, int]


def nothing_found(record: Record) -> Found:
    """Returns what is known of a record that could not be read."""
    found = Found(dict.fromkeys(record.keys))
    found.lines = {}
    return found


@dataclass(frozen=True)
class Record(Kind):
    """A mapping with known keys. Keys outside ``optional`` must be there."""

    keys: Mapping[str, Kind]
    optional: frozenset[str] = frozenset()
    missing: str = "missing_key"

    def read(self, node: yaml.Node, key: str, context: Context) -> Found:
        found = nothing_found(self)
        if not isinstance(node, yaml.MappingNode):
            context.problem(node, key, "want_mapping")
            return found
        misspelt = set()
        for name_node, value_node in node.value:
            name = name_node.value if isinstance(name_node, yaml.ScalarNode) else "…"
            place = f"{key}.{short(name)}" if key else short(name)
            if name in found.lines:
                context.problem(name_node, place, "repeated_key", first=found.lines[name])
            elif name not in self.keys:
                misspelt.add(context.unknown(name_node, place, "unknown_key", name, list(self.keys)))
            else:
                found.lines[name] = line_of(name_node)
                found[name] = self.keys[name].read(value_node, place, context)
        # Once is enough: a key that is there with a slip of the pen has been told.
        for name in self.keys.keys() - found.lines.keys() - self.optional - misspelt:
            context.problem(node, f"{key}.{name}" if key else name, self.missing, language=name)
        return found

    def json_schema(self, key: str, notes: Notes) -> dict[str, Any]:
        properties = {}
        for name, kind in self.keys.items():
            place = f"{key}.{name}" if key else name
            about = notes.describe(place)
            properties[name] = kind.json_schema(place, notes) | ({"description": about} if about else {})
        required = [name for name in self.keys if name not in self.optional]
        return {
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
            "additionalProperties": False,
        }

    def example(self, key: str, start: Start) -> dict[str, Any]:
        """Returns every key, optional ones too: who writes the file leaves those as comments."""
        found = {}
        for name, kind in self.keys.items():
            place = f"{key}.{name}" if key else name
            given = start.values.get(place, WRITTEN)
            found[name] = kind.example(place, start) if given is WRITTEN else given
        return found


def slug(title: str) -> str:
    """``title`` as an identifier: small letters without accents, digits and hyphens."""
    letters = unicodedata.normalize("NFD", title.lower())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "apartado"


def _as_when(value: str) -> str:
    """Returns a date as people write it, as ``When`` reads it; "" where it cannot be told."""
    if found := re.fullmatch(r"(?:\d{1,2}/)?(\d{1,2})/([12]\d{3})", value):
        return f"{found[2]}-{int(found[1]):02}" if 1 <= int(found[1]) <= 12 else ""
    if found := re.fullmatch(r"([12]\d{3}-(?:0[1-9]|1[0-2]))-\d{2}", value):
        return found[1]
    found = re.search(r"^\D*([12]\d{3})\D{1,5}([12]\d{3})$", value)
    return f"{found[1]}-{found[2]}" if found else ""


def short(value: str) -> str:
    """``value`` as it can stand in a one-line sentence."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else line[:59] + "…"
