"""Composes YAML into trees of nodes that know their line.

PyYAML's ready-made loading throws lines away, lets a repeated key win silently and turns a
bare ``no`` into ``False``. Here a file is only composed into nodes; ``schema`` reads values
from them. The C parser makes this as cheap as an ordinary load.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from guide.reading.problems import Problems

if TYPE_CHECKING:
    Loader = yaml.SafeLoader
else:
    # The one in C, where PyYAML was built with it.
    Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Far more than any real file needs.
MAX_BYTES = 2_000_000
MAX_DEPTH = 50

# Every open block collection takes a column of a line's start (a sequence may share its parent's),
# every open flow collection a bracket: twice the first plus the second is never less than the depth.
_LINE_START = re.compile(r"^[ ?:-]+", re.MULTILINE)
# Where a text repeats another by YAML's signs, or is named to be repeated.
_REPEATED = re.compile(r"(?:^|[\s\[,{])[*&][\w-]")
# What git leaves where two versions could not be joined.
CONFLICT = re.compile(r"^[ ]*(?:(?:<{7}|>{7}) |\|{7}(?: |$))", re.MULTILINE)
# Between the two versions; in Markdown the same line may stand under a title.
CONFLICT_BETWEEN = re.compile(r"^={7}$", re.MULTILINE)
# Spaces and signs that come from other programs, and letters no keyboard writes.
ODD_SPACES = "\u00a0\u2007\u2009\u202f\u2028\u2029\x0b\x0c"
_HIDDEN = "\u200b\u00ad\u2060\ufeff"
ODD = ODD_SPACES + _HIDDEN
UNSEEN = rf"{_HIDDEN}\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_ODD = re.compile(f"[{ODD_SPACES}{UNSEEN}]")

# The C composer calls itself once a level and brings the process down when the stack ends.
_SAFE_BOUND = 1_000
# Syntax errors told of a file at once.
_REPAIRS = 30


def compose_text(text: str, name: str, problems: Problems) -> yaml.Node | None:
    """Returns the root node of the YAML ``text``, or None with a problem recorded.

    After a slip whose cure is known the text is read on as if it had been cured: one mistake must not hide
    the others of its file.
    """
    told: set[int] = set()
    for _ in range(_REPAIRS):
        try:
            line = _too_deep(text)
            if line:
                problems.add(name, line, "", "too_deep", limit=MAX_DEPTH)
                return None
            node = yaml.compose(text, Loader=Loader)
            # A few lines of aliases of aliases are millions of nodes for whoever walks them.
            if _REPEATED.search(text) and (line := _repeated(text)):
                problems.add(name, line, "", "yaml_alias")
                return None
        except yaml.YAMLError as error:
            found = Problems()
            line, code = _add_syntax_problem(error, text, name, found)
            # What was no cure is not told a second time.
            if line in told:
                return None
            told.add(line)
            problems.update(found)
            lines = text.split("\n")
            cured = _passable(code, lines[line - 1], lines[line - 2]) if 1 < line <= len(lines) else ""
            if not cured:
                return None
            lines[line - 1] = cured
            text = "\n".join(lines)
            continue
        if node is None:
            problems.add(name, 0, "", "empty_file")
        return node
    return None


def _passable(code: str, line: str, above: str) -> str:
    """``line`` as it can be read, be it right or not, so that what follows is read too; "" where it cannot."""
    if code == "yaml_flow_pair" and "{" not in line:
        key, _, value = line.partition(": ")
        return key + ': "' + value.strip().replace('"', "") + '"'
    return cure(code, line, above)


def cure(code: str, line: str, above: str) -> str:
    """``line`` without the syntax error ``code``, "" where only a person can tell how it should be."""
    known = _CURES.get(code)
    return known(line, above) if known else ""


def _add_colon(line: str, above: str) -> str:
    indent, indent_above = (len(one) - len(one.lstrip()) for one in (line, above))
    if re.fullmatch(r"\s*(?:- )?[a-z_]+\s*", line):
        return line.rstrip() + ":"
    # A language without its colon, or a text that goes on below.
    if indent == indent_above and re.match(r"\s*[a-z]{2} \S", line):
        return re.sub(r"^(\s*[a-z]{2}) ", r"\1: ", line)
    if indent < indent_above and " " in line.strip():
        return " " * (indent_above + 2) + line.strip()
    return ""


def _unquoted(line: str) -> re.Match[str] | None:
    """Returns a line in two: its key or dash, and a text without quotation marks."""
    return re.fullmatch(r"(\s*(?:- )?[\w-]+: +|\s*- +)([^\s\"'][^\"]*)", line.rstrip())


def _quote(line: str, above: str) -> str:
    value = _unquoted(line)
    if value is None:
        return ""
    # Quotes from a word processor were meant to do the same.
    text = re.sub(r"^[“«](.*)[”»]$", r"\1", value[2])
    return f'{value[1]}"{text}"'


def _quote_after_key(line: str, above: str) -> str:
    # After a key comes a text, not a second key on the same line.
    value = _unquoted(line)
    return _quote(line, above) if value and re.match(r"(?![a-z]{2}: ).*: ", value[2]) else ""


# What a line is without the mistake, given the line above it.
_CURES: dict[str, Callable[[str, str], str]] = {
    "yaml_colon": _quote_after_key,
    "yaml_no_colon": _add_colon,
    "yaml_odd_space": lambda line, above: _ODD.sub(" ", line),
    "yaml_space": lambda line, above: line.replace(":", ": ", 1),
    "yaml_start": _quote,
}


def decode(raw: bytes) -> tuple[str, int]:
    """Returns the text of a file, and the line that is not UTF-8 (0: none); then it is what Windows probably wrote."""
    try:
        return raw.decode("utf-8-sig"), 0
    except UnicodeDecodeError as error:
        if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return raw.decode("utf-16", errors="replace"), 1
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        return raw.decode("cp1252"), line
    except UnicodeDecodeError:
        return raw.decode("latin-1"), line


def line_of(node: yaml.Node | yaml.Event) -> int:
    """Returns the line where ``node`` begins, from 1."""
    # Only a node made by hand has no mark; the parser gives one to each.
    assert node.start_mark is not None
    return node.start_mark.line + 1


def value_of(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """Returns what stands under the key ``name`` of a mapping; None where ``node`` is none, or has no such key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if getattr(key, "value", None) == name), None)


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """Returns the items of a list; none where ``node`` is no list."""
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _repeated(text: str) -> int:
    """Returns the line of the first text that repeats another, or is named to be repeated, in ``text``; or 0."""
    for event in yaml.parse(text, Loader=Loader):
        if getattr(event, "anchor", None) and event.start_mark:
            return event.start_mark.line + 1
    return 0


def _too_deep(text: str) -> int:
    """Returns the line where ``text`` nests deeper than ``MAX_DEPTH``, or 0."""
    starts = max((len(start) for start in _LINE_START.findall(text)), default=0)
    if 2 * starts + text.count("[") + text.count("{") <= _SAFE_BOUND:
        return 0
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return line_of(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0


# What PyYAML says of the usual traps, the sentence for it, and whether it is the line where it began
# that is meant: it may be noticed much further down.
_TRAPS = (
    ("but found another document", "yaml_documents", False),
    ("mapping values are not allowed", "yaml_colon", False),
    ("could not find expected ':'", "yaml_no_colon", True),
    ("found unexpected end of stream", "yaml_quote", True),
    ("did not find expected ',' or", "yaml_bracket", True),
    ("cannot start any token", "yaml_start", False),
    ("did not find expected alphabetic", "yaml_start", True),
    ("undefined alias", "yaml_start", False),
    ("block sequence entries are not allowed", "yaml_start", False),
    ("did not find expected key", "yaml_indent", False),
    ("did not find expected '-' indicator", "yaml_indent", False),
    ("did not find expected <document start>", "yaml_indent", False),
)


@dataclass(frozen=True)
class _Slip:
    """A syntax error as the parser tells it: the ``code`` of its trap and its ``line``, 0 where there is none."""

    code: str
    line: int
    marked: bool
    lines: Mapping[int, str]
    """All lines of the text. YAML counts some marks as ends of lines that nobody sees: one may not be there."""

    @property
    def shown(self) -> str:
        return self.lines.get(self.line, "")

    def first(self, wrong: Callable[[str], object]) -> int:
        """Returns the first line of the text that is ``wrong``, or 0."""
        return next((at for at, one in self.lines.items() if wrong(one)), 0)

    def near(self, wrong: Callable[[str], object]) -> int:
        """The line itself or the one above it, whichever is ``wrong``, or 0.

        Where a key lacks its colon, the parser only stops at the next line.
        """
        return next((at for at in (self.line, self.line - 1) if wrong(self.lines.get(at, ""))), 0)


def _conflict(slip: _Slip) -> tuple[str, int] | None:
    line = slip.first(lambda one: CONFLICT.match(one) or CONFLICT_BETWEEN.match(one))
    return ("conflict", line) if line else None


def _odd_space(slip: _Slip) -> tuple[str, int] | None:
    line = slip.near(_ODD.search) or (0 if slip.marked else slip.first(_ODD.search))
    return ("yaml_odd_space", line) if line else None


def _tab(slip: _Slip) -> tuple[str, int] | None:
    indent = slip.shown[: len(slip.shown) - len(slip.shown.lstrip())]
    return ("yaml_tab", slip.line) if "\t" in indent else None


def _flow_pair(slip: _Slip) -> tuple[str, int] | None:
    pair = re.search(r"\{\s*[a-z]{2}\s*:", slip.shown) or re.match(r"\s*(?:- )?[\w-]+: +[a-z]{2}: ", slip.shown)
    return ("yaml_flow_pair", slip.line) if pair else None


def _colon(slip: _Slip) -> tuple[str, int] | None:
    """The line above may be the one with the slip, if it cannot be right as it stands."""
    for line in (slip.line, slip.line - 1) if slip.code in ("yaml_colon", "yaml_no_colon") else ():
        text = slip.lines.get(line, "")
        if re.match(r"\s*(?:- )?[\w-]+:[^\s/:]", text):
            return "yaml_space", line
        if slip.code == "yaml_colon" and re.fullmatch(r"\s*(?:- )?[\w-]+\s*", text):
            return "yaml_no_colon", line
    return None


def _quotes(slip: _Slip) -> tuple[str, int] | None:
    found = slip.code == "yaml_indent" and re.search(r"(?::|-) +[\"']", slip.shown)
    return ("yaml_quotes", slip.line) if found else None


# What the lines themselves say of a syntax error, before what the parser does; the first that knows is right.
_GUESSES = (_conflict, _odd_space, _tab, _flow_pair, _colon, _quotes)


def _trap(error: yaml.YAMLError) -> tuple[str, str, yaml.Mark | None]:
    """Returns what the parser says of an error, the sentence for it, and the mark of the place that is meant."""
    began: yaml.Mark | None = getattr(error, "context_mark", None)
    noticed: yaml.Mark | None = getattr(error, "problem_mark", None)
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML")
    _, code, from_start = next((trap for trap in _TRAPS if trap[0] in reason), ("", "yaml_syntax", False))
    return reason, code, (began or noticed) if from_start else (noticed or began)


def _add_syntax_problem(error: yaml.YAMLError, text: str, name: str, problems: Problems) -> tuple[int, str]:
    """Records a syntax error with the line it comes from and, for the usual traps, their cure; gives the line
    (0: unknown) and the code."""
    reason, code, mark = _trap(error)
    line = mark.line + 1 if mark else 0
    slip = _Slip(code, line, mark is not None, dict(enumerate(text.splitlines(), 1)))
    code, line = next(filter(None, (guess(slip) for guess in _GUESSES)), (code, line))
    letter = slip.shown[mark.column : mark.column + 1] if mark else ""
    # A link at the beginning of a text is a list to YAML.
    if code == "yaml_indent" and (opened := re.search(r"(?::|-) +([\[{])", slip.shown)):
        code, letter = "yaml_start", opened[1]
    problems.add(name, line, "", code, reason=reason, letter=letter)
    return line, code
