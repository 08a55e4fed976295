"""Small faults to put into code: where each could stand, and what stands there then.

``faults(text, "python")`` and ``faults(text, "javascript")`` list every one of a file. Comments and words that people
read are left alone. A fault is one of the slips that programmers make: one more or less, the wrong comparison, a
condition turned round, a line left out, two arguments in the wrong order.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``text[start:end]`` becomes ``after``; ``kind`` says which slip it is."""

    start: int
    end: int
    after: str
    kind: str

    def put_into(self, text: str) -> str:
        return text[: self.start] + self.after + text[self.end :]


def faults(text: str, language: str) -> list[Fault]:
    """Every fault that could be put into a file, in its order, each once."""
    found = _in_python(text) if language == "python" else _in_javascript(text)
    # What takes away whole functions is noticed by anything.
    small = {one for one in found if text.count("\n", one.start, one.end) < 3}
    different = [one for one in small if text[one.start : one.end] != one.after]
    return sorted(different, key=lambda one: (one.start, one.end, one.kind, one.after))


def can_be_read(text: str, language: str) -> bool:
    """Whether a file with a fault in it is still Python; of scripts nothing is asked."""
    try:
        if language == "python":
            ast.parse(text)
    except SyntaxError:
        return False
    return True


_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "===": "!==", "!==": "==="}
_WORDS = {"in": "not in", "not in": "in", "is": "is not", "is not": "is"}


def _around(number: str) -> list[str]:
    """The whole numbers beside one; none where it is no whole number."""
    try:
        value = int(number.replace("_", ""))
    except ValueError:
        return []
    return [str(value + 1), str(value - 1)] if value else ["1"]


def _in_pattern(pattern: str, start: int) -> Iterator[Fault]:
    """Faults of a regular expression that stands at ``start``."""
    within = False
    for one in re.finditer(r"\\(?P<escape>.)|\{(?P<least>\d+)(?P<comma>,?)(?P<most>\d*)\}|.", pattern, re.DOTALL):
        begin, end, mark = start + one.start(), start + one.end(), one[0]
        before = pattern[: one.start()]
        if within:
            within = mark != "]"
        elif mark == "[":
            within = True
        elif mark in ("+", "*") and before:
            yield Fault(begin, end, "*" if mark == "+" else "+", "pattern")
        elif (mark == "?" and before and before[-1] not in "(+*?}" + "\\") or mark in ("^", "$"):
            yield Fault(begin, end, "", "pattern")
        elif one["least"]:
            last = one["most"] or one["least"]
            for number in _around(last):
                least = one["least"] if one["most"] else number
                yield Fault(begin, end, f"{{{least}{one['comma']}{number if one['most'] else ''}}}", "pattern")
        elif one["escape"] in ("d", "b"):
            yield Fault(begin, end, r"\w" if one["escape"] == "d" else "", "pattern")


# Python


class _Places:
    """Where the nodes of a tree stand in its text: the tree counts bytes in lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def _at(self, line: int, byte: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:byte].decode())

    def start(self, node: ast.expr | ast.stmt) -> int:
        return self._at(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> int:
        return self._at(node.end_lineno or node.lineno, node.end_col_offset or 0)


_OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "list"}
_MATCHERS = ("compile", "match", "fullmatch", "search", "sub", "split", "finditer", "findall")
_TIDYING = ("strip", "lstrip", "rstrip", "lower", "casefold")
_ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "//"), ast.FloorDiv: ("//", "*"), ast.Mod: ("%", "//"),
}  # fmt: skip


def _in_python(text: str) -> Iterator[Fault]:
    places = _Places(text)
    for node in _code(ast.parse(text)):
        yield from _of_node(node, text, places)


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that do something: no types, no decorators, no documentation."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr):
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            yield child
            yield from _code(child)


def _of_node(node: ast.AST, text: str, places: _Places) -> Iterator[Fault]:
    def between(left: ast.expr, right: ast.expr, wanted: str, after: str, kind: str) -> Iterator[Fault]:
        begin, end = places.end(left), places.start(right)
        if found := re.search(wanted, text[begin:end]):
            yield Fault(begin + found.start(), begin + found.end(), after, kind)

    def whole(one: ast.expr | ast.stmt, after: str, kind: str) -> Fault:
        return Fault(places.start(one), places.end(one), after, kind)

    def source(one: ast.expr | ast.stmt) -> str:
        return text[places.start(one) : places.end(one)]

    match node:
        case ast.Constant(value=bool() as value):
            yield whole(node, str(not value), "constant")
        case ast.Constant(value=int()):
            yield from (whole(node, number, "constant") for number in _around(source(node)))
        case ast.Compare(left=left, comparators=[right]):
            written = " ".join(text[places.end(left) : places.start(right)].strip("() \n").split())
            if other := (_COMPARISONS | _WORDS).get(written):
                yield from between(left, right, r"\s+".join(map(re.escape, written.split())), other, "comparison")
        case ast.BoolOp(op=operator, values=values):
            now, then = ("and", "or") if isinstance(operator, ast.And) else ("or", "and")
            for left, right in zip(values, values[1:], strict=False):
                yield from between(left, right, rf"\b{now}\b", then, "logic")
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
            texts = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)
            if not any(isinstance(one, texts) or isinstance(getattr(one, "value", None), str) for one in (left, right)):
                now, then = _ARITHMETIC[type(operator)]
                yield from between(left, right, re.escape(now), then, "arithmetic")
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield whole(node, f"({source(operand)})", "condition")
        case ast.Call():
            yield from _of_call(node, source, whole, places)
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            if len(elements) > 1 and all(isinstance(getattr(one, "value", None), str) for one in elements):
                if len(elements) > 2 or not isinstance(node, ast.Tuple):
                    for element, following in zip(elements, elements[1:], strict=False):
                        yield Fault(places.start(element), places.start(following), "", "list")
                # What is left of a pair is still a tuple.
                comma = "," if isinstance(node, ast.Tuple) else ""
                yield Fault(places.end(elements[-2]), places.end(elements[-1]), comma, "list")
        case ast.comprehension(ifs=[condition, *_]):
            begin = places.start(condition)
            if found := re.search(r"\s+if\s+$", text[:begin]):
                yield Fault(found.start(), places.end(condition), "", "filter")
        case ast.Continue():
            yield whole(node, "break", "statement")
        case ast.Break():
            yield whole(node, "continue", "statement")
        case ast.Raise() | ast.AugAssign() | ast.Expr():
            yield whole(node, "pass", "statement")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield whole(node, "pass", "statement")
        case ast.Return(value=ast.expr() as value) if source(value) != "None":
            yield whole(node, "return None", "return")
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield whole(node.test, f"(not ({source(node.test)}))", "condition")


def _of_call(node: ast.Call, source, whole, places: _Places) -> Iterator[Fault]:  # type: ignore[no-untyped-def]
    arguments = node.args
    if len(arguments) > 1 and not any(isinstance(one, ast.Starred) for one in arguments[:2]):
        first, second = arguments[:2]
        gap = source(node)[places.end(first) - places.start(node) : places.start(second) - places.start(node)]
        after = f"{source(second)}{gap}{source(first)}"
        yield Fault(places.start(first), places.end(second), after, "arguments")
    match node.func:
        case ast.Name(id=name) if name in _OTHER_NAME and arguments:
            if _OTHER_NAME[name] == "list":
                yield whole(node, f"list({source(arguments[0])})", "order")
            else:
                yield whole(node.func, _OTHER_NAME[name], "order")
        case ast.Attribute(value=value, attr=name) if name in _TIDYING:
            yield whole(node, source(value), "tidying")
        case ast.Attribute(value=ast.Name(id="re"), attr=name) if name in _MATCHERS and arguments:
            if isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, str):
                # Parts of a text on several lines and marks that are written otherwise stay as they are.
                opening = re.match(r"""[rR]?("(?!"")|')""", source(arguments[0]))
                if opening and arguments[0].lineno == arguments[0].end_lineno:
                    body = source(arguments[0])[opening.end() : -1]
                    yield from _in_pattern(body, places.start(arguments[0]) + opening.end())


# JavaScript


@dataclass(frozen=True)
class Token:
    """``kind`` is "name", "number", "string", "pattern", "template" or "mark"."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_KEYWORDS = frozenset((
    "async", "await", "break", "case", "catch", "class", "const", "continue", "default", "delete", "do", "else",
    "export", "finally", "for", "function", "get", "if", "in", "instanceof", "let", "new", "of", "return", "set",
    "static", "switch", "this", "throw", "try", "typeof", "var", "void", "while", "yield",
))  # fmt: skip
_BEFORE_PATTERN = frozenset((
    "return", "typeof", "case", "in", "of", "delete", "void",
))  # fmt: skip
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<name>[#$\w]+)
    | (?P<mark>=>|[!=]==|[<>]=|&&=|\|\|=|\?\?=|&&|\|\||\?\?|\?\.(?!\d)|\.\.\.|\*\*|\+\+|--|[-+*/%]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_PIECE = re.compile(r"(?:\\.|\$(?!\{)|[^`$\\])*(`|\$\{)", re.DOTALL)


def tokens(text: str) -> list[Token]:
    """The tokens of a script; comments and spaces are left out."""
    found: list[Token] = []
    # How deep the braces are in which a template goes on after its value.
    templates: list[int] = []
    depth, place = 0, 0
    while place < len(text):
        last = found[-1] if found else Token("mark", ";", 0)
        operand = (
            last.kind in ("number", "string", "pattern")
            or (last.kind == "template" and last.text.endswith("`"))
            or (last.kind == "name" and last.text not in _BEFORE_PATTERN)
            or last.text in (")", "]", "}")
        )
        one: Token
        if text[place] == "`" or (text[place] == "}" and templates and templates[-1] == depth):
            # The mark that opens it belongs to it; the brace is one of a pair.
            begin = place + (text[place] == "}")
            if begin > place:
                templates.pop()
                found.append(Token("mark", "}", place))
            match = _PIECE.match(text, place + 1)
            end = match.end() if match else len(text)
            if match and match[1] == "${":
                templates.append(depth)
                found.append(Token("template", text[begin : end - 2], begin))
                found.append(Token("mark", "${", end - 2))
            else:
                found.append(Token("template", text[begin:end], begin))
            place = end
            continue
        if text[place] == "/" and not operand and text[place + 1] not in "/*":
            pattern = _PATTERN.match(text, place)
            one = Token("pattern", pattern[0] if pattern else "/", place)
        else:
            match = _TOKEN.match(text, place)
            assert match, "the last mark is anything"
            one = Token(str(match.lastgroup), match[0], place)
        depth += {"{": 1, "}": -1}.get(one.text, 0) if one.kind == "mark" else 0
        if one.kind != "space":
            found.append(one)
        place = one.end
    return found


_OPEN, _CLOSE = ("(", "[", "{", "${"), (")", "]", "}")
_OTHER_METHOD = {"min": "max", "max": "min", "some": "every", "every": "some"}
_LEFT_OUT = {"filter": "filter", "sort": "order", "toSorted": "order", "reverse": "order", "trim": "tidying"}
_ARITHMETIC_MARKS = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"}


def _in_javascript(text: str) -> Iterator[Fault]:
    found = tokens(text)
    pairs = _pairs(found)

    def mark(place: int) -> str:
        one = found[place] if 0 <= place < len(found) else Token("mark", "", 0)
        return one.text if one.kind in ("mark", "name") else ""

    def statement_end(place: int) -> int | None:
        """The semicolon that ends what begins at ``place``."""
        while place < len(found):
            if mark(place) == ";":
                return place
            if mark(place) in _CLOSE:
                return None
            place = pairs.get(place, place) + 1
        return None

    for place, one in enumerate(found):
        before = found[place - 1] if place else Token("mark", ";", 0)
        operand = before.kind in ("number", "string", "template") or before.text in (")", "]", "}")
        operand = operand or (before.kind == "name" and before.text not in _KEYWORDS - {"this"})
        if one.kind == "number":
            yield from (Fault(one.start, one.end, other, "constant") for other in _around(one.text))
        elif one.kind == "pattern":
            yield from _in_pattern(one.text[1 : one.text.rindex("/")], one.start + 1)
        elif one.kind == "mark":
            if one.text in _COMPARISONS:
                yield Fault(one.start, one.end, _COMPARISONS[one.text], "comparison")
            elif one.text in ("&&", "||"):
                yield Fault(one.start, one.end, "||" if one.text == "&&" else "&&", "logic")
            elif one.text == "!" and not operand:
                yield Fault(one.start, one.end, "", "condition")
            elif one.text in _ARITHMETIC_MARKS and operand:
                after = found[place + 1]
                if one.text != "+" or not {before.kind, after.kind} & {"string", "template"}:
                    yield Fault(one.start, one.end, _ARITHMETIC_MARKS[one.text], "arithmetic")
            elif one.text == "[" and not operand and place in pairs:
                yield from _of_list(found[place + 1 : pairs[place]])
        elif one.kind == "name":
            yield from _of_name(text, found, pairs, place, mark, statement_end)
        starts = before.kind == "mark" and before.text in (";", "{", "}")
        if starts and one.kind == "name" and one.text not in _KEYWORDS - {"this"} and mark(place + 1) != ":":
            end = statement_end(place)
            if end is not None and any(mark(at) in ("(", "=", "++", "+=") for at in range(place, end)):
                yield Fault(one.start, found[end].start, "", "statement")


def _pairs(found: list[Token]) -> dict[int, int]:
    """Where each bracket is closed, by the place of its token."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, one in enumerate(found):
        if one.kind == "mark" and one.text in _OPEN:
            opened.append(place)
        elif one.kind == "mark" and one.text in _CLOSE and opened:
            pairs[opened.pop()] = place
    return pairs


def _of_list(inside: list[Token]) -> Iterator[Fault]:
    """One text of a list of texts is left out."""
    texts = [one for one in inside if one.kind == "string"]
    if len(texts) > 1 and all(one.kind == "string" or one.text == "," for one in inside):
        for one, other in zip(texts, texts[1:], strict=False):
            yield Fault(one.start, other.start, "", "list")
        yield Fault(texts[-2].end, texts[-1].end, "", "list")


def _of_name(text, found, pairs, place, mark, statement_end) -> Iterator[Fault]:  # type: ignore[no-untyped-def]
    one = found[place]
    closing = pairs.get(place + 1) if mark(place + 1) == "(" else None
    method = mark(place - 1) in (".", "?.")
    if one.text in ("true", "false") and not method:
        yield Fault(one.start, one.end, "false" if one.text == "true" else "true", "constant")
    elif one.text in ("if", "while") and closing is not None:
        condition = text[found[place + 1].end : found[closing].start]
        yield Fault(found[place + 1].end, found[closing].start, f"!({condition})", "condition")
    elif one.text == "return" and mark(place + 1) != ";":
        end = statement_end(place + 1)
        if end is not None and mark(place + 1) != "null":
            yield Fault(one.start, found[end].start, "return null", "return")
    elif one.text in ("continue", "break") and mark(place + 1) == ";":
        yield Fault(one.start, one.end, "break" if one.text == "continue" else "continue", "statement")
    if closing is None or one.text in _KEYWORDS:
        return
    if method and one.text in _OTHER_METHOD:
        yield Fault(one.start, one.end, _OTHER_METHOD[one.text], "order")
    if method and one.text in _LEFT_OUT:
        yield Fault(found[place - 1].start, found[closing].end, "", _LEFT_OUT[one.text])
    if mark(place - 1) != "function" and mark(closing + 1) not in ("{", "=>"):
        commas, at = [], place + 2
        while at < closing:
            if mark(at) == ",":
                commas.append(at)
            at = pairs.get(at, at) + 1
        if commas and commas[0] + 1 < closing:
            first = text[found[place + 2].start : found[commas[0] - 1].end]
            last = (commas[1] if len(commas) > 1 else closing) - 1
            last -= mark(last) == ","
            second = text[found[commas[0] + 1].start : found[last].end]
            if not (first + second).startswith("...") and not second.startswith("..."):
                yield Fault(found[place + 2].start, found[last].end, f"{second}, {first}", "arguments")


def line(text: str, place: int) -> int:
    """The number of the line where ``place`` is."""
    return bisect([one.end() for one in re.finditer("\n", text)], place) + 1
