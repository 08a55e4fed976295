"""YAML documents as trees of nodes that know their line.

PyYAML's ready-made loading throws lines away, lets a repeated key win silently and turns a
bare ``no`` into ``False``. Here a file is only composed into nodes; ``schema`` reads values
from them. The C parser makes this as cheap as an ordinary load.
"""

from __future__ import annotations

import codecs
import re
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
    """The root node of the YAML ``text``, or None with a problem recorded.

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
    if code == "yaml_odd_space":
        return _ODD.sub(" ", line)
    if code == "yaml_space":
        return line.replace(":", ": ", 1)
    if code == "yaml_no_colon":
        indent, indent_above = (len(one) - len(one.lstrip()) for one in (line, above))
        if re.fullmatch(r"\s*(?:- )?[a-z_]+\s*", line):
            return line.rstrip() + ":"
        # A language without its colon, or a text that goes on below.
        if indent == indent_above and re.match(r"\s*[a-z]{2} \S", line):
            return re.sub(r"^(\s*[a-z]{2}) ", r"\1: ", line)
        if indent < indent_above and " " in line.strip():
            return " " * (indent_above + 2) + line.strip()
        return ""
    value = re.fullmatch(r"(\s*(?:- )?[\w-]+: +|\s*- +)([^\s\"'][^\"]*)", line.rstrip())
    # After a key comes a text, not a second key on the same line.
    if value and (code == "yaml_start" or (code == "yaml_colon" and re.match(r"(?![a-z]{2}: ).*: ", value[2]))):
        # Quotes from a word processor were meant to do the same.
        text = re.sub(r"^[“«](.*)[”»]$", r"\1", value[2])
        return f'{value[1]}"{text}"'
    return ""


def decode(raw: bytes) -> tuple[str, int]:
    """The text of a file, and the line that is not UTF-8 (0: none); then it is what Windows probably wrote."""
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
    """The line where ``node`` begins, from 1."""
    # Only a node made by hand has no mark; the parser gives one to each.
    assert node.start_mark is not None
    return node.start_mark.line + 1


def value_of(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """What stands under the key ``name`` of a mapping; None where ``node`` is none, or has no such key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if getattr(key, "value", None) == name), None)


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """The items of a list; none where ``node`` is no list."""
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _repeated(text: str) -> int:
    """The line of the first text that repeats another, or is named to be repeated, in ``text``; or 0."""
    for event in yaml.parse(text, Loader=Loader):
        if getattr(event, "anchor", None) and event.start_mark:
            return event.start_mark.line + 1
    return 0


def _too_deep(text: str) -> int:
    """The line where ``text`` nests deeper than ``MAX_DEPTH``, or 0."""
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


def _add_syntax_problem(error: yaml.YAMLError, text: str, name: str, problems: Problems) -> tuple[int, str]:
    """Records a syntax error with the line it comes from and, for the usual traps, their cure; gives the line
    (0: unknown) and the code."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML")
    _, code, began = next((trap for trap in _TRAPS if trap[0] in reason), ("", "yaml_syntax", False))
    if began:
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line + 1 if mark else 0
    # YAML counts some marks as ends of lines that nobody sees: a line may not be there.
    lines = dict(enumerate(text.splitlines(), 1))
    shown = lines.get(line, "")
    # Where a key lacks its colon, the parser only stops at the next line.
    near = next((at for at in (line, line - 1) if _ODD.search(lines.get(at, ""))), 0)
    if conflict := next((at for at, one in lines.items() if CONFLICT.match(one) or CONFLICT_BETWEEN.match(one)), 0):
        line, code = conflict, "conflict"
    elif odd := near or (0 if mark else next((at for at, one in lines.items() if _ODD.search(one)), 0)):
        line, code = odd, "yaml_odd_space"
    elif "\t" in shown[: len(shown) - len(shown.lstrip())]:
        code = "yaml_tab"
    elif re.search(r"\{\s*[a-z]{2}\s*:", shown) or re.match(r"\s*(?:- )?[\w-]+: +[a-z]{2}: ", shown):
        code = "yaml_flow_pair"
    elif code in ("yaml_colon", "yaml_no_colon"):
        # The line above may be the one with the slip, if it cannot be right as it stands.
        for place in (line, line - 1):
            if re.match(r"\s*(?:- )?[\w-]+:[^\s/:]", lines.get(place, "")):
                code, line = "yaml_space", place
                break
            if code == "yaml_colon" and re.fullmatch(r"\s*(?:- )?[\w-]+\s*", lines.get(place, "")):
                code, line = "yaml_no_colon", place
                break
    elif code == "yaml_indent" and re.search(r"(?::|-) +[\"']", shown):
        code = "yaml_quotes"
    letter = shown[mark.column : mark.column + 1] if mark else ""
    # A link at the beginning of a text is a list to YAML.
    if code == "yaml_indent" and (opened := re.search(r"(?::|-) +([\[{])", shown)):
        code, letter = "yaml_start", opened[1]
    problems.add(name, line, "", code, reason=reason, letter=letter)
    return line, code
