"""Lists small faults to put into code: where each could stand, and what stands there then.

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
    """Returns every fault that could be put into a file, in its order, each once."""
    found = _in_python(text) if language == "python" else _in_javascript(text)
    # What takes away whole functions is noticed by anything.
    small = {one for one in found if text.count("\n", one.start, one.end) < 3}
    different = [one for one in small if text[one.start : one.end] != one.after]
    return sorted(different, key=lambda one: (one.start, one.end, one.kind, one.after))


def can_be_read(text: str, language: str) -> bool:
    """Returns whether a file with a fault in it is still Python; of scripts nothing is asked."""
    try:
        if language == "python":
            ast.parse(text)
    except SyntaxError:
        return False
    return True


_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "===": "!==", "!==": "==="}
_WORDS = {"in": "not in", "not in": "in", "is": "is not", "is not": "is"}


def _around(number: str) -> list[str]:
    """Returns the whole numbers beside one; none where it is no whole number."""
    try:
        value = int(number.replace("_", ""))
    except ValueError:
        return []
    return [str(value + 1), str(value - 1)] if value else ["1"]


_MARKS = re.compile(r"\\(?P<escape>.)|\{(?P<least>\d+)(?P<comma>,?)(?P<most>\d*)\}|.", re.DOTALL)


def _in_pattern(pattern: str, start: int) -> Iterator[Fault]:
    """Yields the faults of a regular expression that stands at ``start``."""
    within = False
    for one in _MARKS.finditer(pattern):
        if within:
            within = one[0] != "]"
        elif one[0] == "[":
            within = True
        else:
            for after in _other_marks(one, pattern[: one.start()]):
                yield Fault(start + one.start(), start + one.end(), after, "pattern")


def _other_marks(one: re.Match[str], before: str) -> Iterator[str]:
    """Yields what can stand in the place of a mark of a regular expression that comes after ``before``."""
    mark, last = one[0], before[-1:]
    if mark in ("+", "*") and before:
        yield "*" if mark == "+" else "+"
    elif mark in ("^", "$") or (mark == "?" and last and last not in "(+*?}" + "\\"):
        yield ""
    elif one["least"]:
        yield from _other_counts(one)
    elif one["escape"] in ("d", "b"):
        yield r"\w" if one["escape"] == "d" else ""


def _other_counts(one: re.Match[str]) -> Iterator[str]:
    """Yields how often something may stand there: once more, or once less."""
    for number in _around(one["most"] or one["least"]):
        least, most = (one["least"], number) if one["most"] else (number, "")
        yield f"{{{least}{one['comma']}{most}}}"


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
    file = _Python(text, _Places(text))
    for node in _code(ast.parse(text)):
        yield from _of_node(node, file)


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes that do something: no types, no decorators, no documentation."""
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _does_nothing(child):
                    yield child
                    yield from _code(child)


def _does_nothing(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.dump(node.test)
    documentation = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return documentation or isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr)


@dataclass(frozen=True)
class _Python:
    """A file in Python, and where its nodes stand."""

    text: str
    places: _Places

    def source(self, one: ast.expr | ast.stmt) -> str:
        return self.text[self.places.start(one) : self.places.end(one)]

    def whole(self, one: ast.expr | ast.stmt, after: str, kind: str) -> Fault:
        """Returns the fault that puts ``after`` in the place of a node."""
        return Fault(self.places.start(one), self.places.end(one), after, kind)

    def between(self, left: ast.expr, right: ast.expr, wanted: str, after: str, kind: str) -> Iterator[Fault]:
        """Yields the fault that puts ``after`` in the place of what is between two nodes, where that is ``wanted``."""
        begin, end = self.places.end(left), self.places.start(right)
        if found := re.search(wanted, self.text[begin:end]):
            yield Fault(begin + found.start(), begin + found.end(), after, kind)


def _of_node(node: ast.AST, file: _Python) -> Iterator[Fault]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield file.whole(node.test, f"(not ({file.source(node.test)}))", "condition")
    if isinstance(node, ast.comprehension):
        yield from _of_filter(node, file)
    elif isinstance(node, ast.stmt):
        yield from _of_statement(node, file)
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        yield from _of_texts(node, file)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, file)
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node, file)
    elif isinstance(node, ast.expr):
        yield from _of_operator(node, file)


def _of_constant(node: ast.Constant, file: _Python) -> Iterator[Fault]:
    if isinstance(node.value, bool):
        yield file.whole(node, str(not node.value), "constant")
    elif isinstance(node.value, int):
        yield from (file.whole(node, number, "constant") for number in _around(file.source(node)))


def _of_operator(node: ast.expr, file: _Python) -> Iterator[Fault]:
    match node:
        case ast.Compare(left=left, comparators=[right]):
            written = " ".join(file.text[file.places.end(left) : file.places.start(right)].strip("() \n").split())
            if other := (_COMPARISONS | _WORDS).get(written):
                yield from file.between(left, right, r"\s+".join(map(re.escape, written.split())), other, "comparison")
        case ast.BoolOp(op=operator, values=values):
            now, then = ("and", "or") if isinstance(operator, ast.And) else ("or", "and")
            for left, right in zip(values, values[1:], strict=False):
                yield from file.between(left, right, rf"\b{now}\b", then, "logic")
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
            if not (_is_text(left) or _is_text(right)):
                now, then = _ARITHMETIC[type(operator)]
                yield from file.between(left, right, re.escape(now), then, "arithmetic")
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield file.whole(node, f"({file.source(operand)})", "condition")


def _is_text(node: ast.expr) -> bool:
    """Returns whether a node is plainly a text or a list, which are joined and not added up."""
    texts = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)
    return isinstance(node, texts) or isinstance(getattr(node, "value", None), str)


def _of_texts(node: ast.Tuple | ast.List | ast.Set, file: _Python) -> Iterator[Fault]:
    """Yields the faults that leave out one text of a list of texts."""
    elements, places = node.elts, file.places
    if len(elements) < 2 or not all(isinstance(getattr(one, "value", None), str) for one in elements):
        return
    if len(elements) > 2 or not isinstance(node, ast.Tuple):
        for element, following in zip(elements, elements[1:], strict=False):
            yield Fault(places.start(element), places.start(following), "", "list")
    # What is left of a pair is still a tuple.
    comma = "," if isinstance(node, ast.Tuple) else ""
    yield Fault(places.end(elements[-2]), places.end(elements[-1]), comma, "list")


def _of_filter(node: ast.comprehension, file: _Python) -> Iterator[Fault]:
    if node.ifs:
        begin = file.places.start(node.ifs[0])
        if found := re.search(r"\s+if\s+$", file.text[:begin]):
            yield Fault(found.start(), file.places.end(node.ifs[0]), "", "filter")


def _of_statement(node: ast.stmt, file: _Python) -> Iterator[Fault]:
    match node:
        case ast.Continue():
            yield file.whole(node, "break", "statement")
        case ast.Break():
            yield file.whole(node, "continue", "statement")
        case ast.Raise() | ast.AugAssign() | ast.Expr() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield file.whole(node, "pass", "statement")
        case ast.Return(value=ast.expr() as value) if file.source(value) != "None":
            yield file.whole(node, "return None", "return")


def _of_call(node: ast.Call, file: _Python) -> Iterator[Fault]:
    yield from _of_arguments(node, file)
    match node.func:
        case ast.Name(id=name) if name in _OTHER_NAME and node.args:
            if _OTHER_NAME[name] == "list":
                yield file.whole(node, f"list({file.source(node.args[0])})", "order")
            else:
                yield file.whole(node.func, _OTHER_NAME[name], "order")
        case ast.Attribute(value=value, attr=name) if name in _TIDYING:
            yield file.whole(node, file.source(value), "tidying")
        case ast.Attribute(value=ast.Name(id="re"), attr=name) if name in _MATCHERS and node.args:
            yield from _of_matcher(node.args[0], file)


def _of_arguments(node: ast.Call, file: _Python) -> Iterator[Fault]:
    """Yields the first two arguments of a call in the place of each other."""
    if len(node.args) < 2 or any(isinstance(one, ast.Starred) for one in node.args[:2]):
        return
    first, second = node.args[:2]
    gap = file.text[file.places.end(first) : file.places.start(second)]
    after = f"{file.source(second)}{gap}{file.source(first)}"
    yield Fault(file.places.start(first), file.places.end(second), after, "arguments")


def _of_matcher(pattern: ast.expr, file: _Python) -> Iterator[Fault]:
    """Yields the faults of a regular expression; one on several lines, or written in another way, stays as it is."""
    if not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str):
        return
    opening = re.match(r"""[rR]?("(?!"")|')""", file.source(pattern))
    if opening and pattern.lineno == pattern.end_lineno:
        body = file.source(pattern)[opening.end() : -1]
        yield from _in_pattern(body, file.places.start(pattern) + opening.end())


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
    """Returns the tokens of a script; comments and spaces are left out."""
    return _Lexer(text).tokens()


class _Lexer:
    """Tells the tokens of a script apart, one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.found: list[Token] = []
        self.depth = 0
        # How deep the braces are in which a template goes on after its value.
        self.templates: list[int] = []

    def tokens(self) -> list[Token]:
        while self.place < len(self.text):
            if self._in_template():
                self._template()
                continue
            one = self._next()
            if one.kind == "mark":
                self.depth += {"{": 1, "}": -1}.get(one.text, 0)
            if one.kind != "space":
                self.found.append(one)
            self.place = one.end
        return self.found

    def _in_template(self) -> bool:
        """Returns whether a template begins here, or goes on."""
        mark = self.text[self.place]
        return mark == "`" or (mark == "}" and self.templates[-1:] == [self.depth])

    def _template(self) -> None:
        # The mark that opens it belongs to it; the brace is one of a pair.
        begin = self.place
        if self.text[begin] == "}":
            self.templates.pop()
            self.found.append(Token("mark", "}", begin))
            begin += 1
        match = _PIECE.match(self.text, self.place + 1)
        end = match.end() if match else len(self.text)
        if match and match[1] == "${":
            self.templates.append(self.depth)
            self.found.append(Token("template", self.text[begin : end - 2], begin))
            self.found.append(Token("mark", "${", end - 2))
        else:
            self.found.append(Token("template", self.text[begin:end], begin))
        self.place = end

    def _next(self) -> Token:
        if self.text[self.place] == "/" and not self._after_value() and self.text[self.place + 1] not in "/*":
            pattern = _PATTERN.match(self.text, self.place)
            return Token("pattern", pattern[0] if pattern else "/", self.place)
        match = _TOKEN.match(self.text, self.place)
        assert match, "the last mark is anything"
        return Token(str(match.lastgroup), match[0], self.place)

    def _after_value(self) -> bool:
        """Returns whether a value ends here: then a slash divides, and begins no pattern."""
        last = self.found[-1] if self.found else Token("mark", ";", 0)
        if last.kind == "template":
            return last.text.endswith("`")
        if last.kind == "name":
            return last.text not in _BEFORE_PATTERN
        return last.kind in ("number", "string", "pattern") or last.text in (")", "]", "}")


_OPEN, _CLOSE = ("(", "[", "{", "${"), (")", "]", "}")
_OTHER_WORD = {"true": "false", "false": "true", "continue": "break", "break": "continue"}
_OTHER_METHOD = {"min": "max", "max": "min", "some": "every", "every": "some"}
_LEFT_OUT = {"filter": "filter", "sort": "order", "toSorted": "order", "reverse": "order", "trim": "tidying"}
_ARITHMETIC_MARKS = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"}


def _in_javascript(text: str) -> Iterator[Fault]:
    return _Script(text).faults()


_START, _NONE = Token("mark", ";", 0), Token("mark", "", 0)
_NO_OPERANDS = _KEYWORDS - {"this"}


class _Script:
    """The tokens of a script, with where its brackets are closed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = tokens(text)
        self.pairs = _pairs(self.found)

    def at(self, place: int) -> Token:
        return self.found[place] if 0 <= place < len(self.found) else _NONE

    def mark(self, place: int) -> str:
        one = self.at(place)
        return one.text if one.kind in ("mark", "name") else ""

    def statement_end(self, place: int) -> int | None:
        """Returns the semicolon that ends what begins at ``place``."""
        while place < len(self.found):
            if self.mark(place) == ";":
                return place
            if self.mark(place) in _CLOSE:
                return None
            place = self.pairs.get(place, place) + 1
        return None

    def between(self, first: int, last: int) -> str:
        """Returns the text from a token to another, both included."""
        return self.text[self.found[first].start : self.found[last].end]

    def after_value(self, place: int) -> bool:
        """Returns whether what stands before ``place`` is a value."""
        before = self.at(place - 1) if place else _START
        if before.kind == "name":
            return before.text not in _NO_OPERANDS
        return before.kind in ("number", "string", "template") or before.text in (")", "]", "}")

    def faults(self) -> Iterator[Fault]:
        """Yields every fault of the script."""
        for place, one in enumerate(self.found):
            if one.kind == "number":
                yield from (Fault(one.start, one.end, other, "constant") for other in _around(one.text))
            elif one.kind == "pattern":
                yield from _in_pattern(one.text[1 : one.text.rindex("/")], one.start + 1)
            elif one.kind == "mark":
                yield from self._of_mark(place, one)
            elif one.kind == "name":
                yield from self._of_word(place, one)
                yield from self._of_call(place, one)
                yield from self._of_statement(place, one)

    def _of_mark(self, place: int, one: Token) -> Iterator[Fault]:
        if one.text in _COMPARISONS:
            yield Fault(one.start, one.end, _COMPARISONS[one.text], "comparison")
        elif one.text in ("&&", "||"):
            yield Fault(one.start, one.end, "||" if one.text == "&&" else "&&", "logic")
        elif self.after_value(place):
            if one.text in _ARITHMETIC_MARKS and not self._joins_texts(place):
                yield Fault(one.start, one.end, _ARITHMETIC_MARKS[one.text], "arithmetic")
        elif one.text == "!":
            yield Fault(one.start, one.end, "", "condition")
        elif one.text == "[" and place in self.pairs:
            yield from _of_list(self.found[place + 1 : self.pairs[place]])

    def _joins_texts(self, place: int) -> bool:
        """Returns whether a mark is a plus beside a text."""
        kinds = {self.at(place - 1).kind, self.at(place + 1).kind}
        return self.mark(place) == "+" and bool(kinds & {"string", "template"})

    def _of_word(self, place: int, one: Token) -> Iterator[Fault]:
        """Yields the words of the language that may be others, and conditions turned round."""
        if one.text in ("true", "false") and not self._is_method(place):
            yield Fault(one.start, one.end, _OTHER_WORD[one.text], "constant")
        elif one.text in ("if", "while"):
            yield from self._of_condition(place)
        elif one.text == "return":
            yield from self._of_return(place, one)
        elif one.text in ("continue", "break") and self.mark(place + 1) == ";":
            yield Fault(one.start, one.end, _OTHER_WORD[one.text], "statement")

    def _of_return(self, place: int, one: Token) -> Iterator[Fault]:
        end = self.statement_end(place + 1)
        if end is not None and self.mark(place + 1) not in (";", "null"):
            yield Fault(one.start, self.found[end].start, "return null", "return")

    def _of_condition(self, place: int) -> Iterator[Fault]:
        closing = self._closing(place)
        if closing is not None:
            start, end = self.found[place + 1].end, self.found[closing].start
            yield Fault(start, end, f"!({self.text[start:end]})", "condition")

    def _is_method(self, place: int) -> bool:
        return self.mark(place - 1) in (".", "?.")

    def _closing(self, place: int) -> int | None:
        """Returns where the brackets after a name are closed."""
        return self.pairs.get(place + 1) if self.mark(place + 1) == "(" else None

    def _of_call(self, place: int, one: Token) -> Iterator[Fault]:
        closing = self._closing(place)
        if closing is None or one.text in _KEYWORDS:
            return
        if self._is_method(place) and one.text in _OTHER_METHOD:
            yield Fault(one.start, one.end, _OTHER_METHOD[one.text], "order")
        if self._is_method(place) and one.text in _LEFT_OUT:
            yield Fault(self.found[place - 1].start, self.found[closing].end, "", _LEFT_OUT[one.text])
        if self.mark(place - 1) != "function" and self.mark(closing + 1) not in ("{", "=>"):
            yield from self._of_arguments(place + 2, closing)

    def _of_arguments(self, begin: int, closing: int) -> Iterator[Fault]:
        """Yields the first two arguments of a call in the place of each other."""
        commas, at = [], begin
        while at < closing:
            if self.mark(at) == ",":
                commas.append(at)
            at = self.pairs.get(at, at) + 1
        if not commas or commas[0] + 1 >= closing:
            return
        last = (commas[1] if len(commas) > 1 else closing) - 1
        last -= self.mark(last) == ","
        first, second = self.between(begin, commas[0] - 1), self.between(commas[0] + 1, last)
        if not (first + second).startswith("...") and not second.startswith("..."):
            yield Fault(self.found[begin].start, self.found[last].end, f"{second}, {first}", "arguments")

    def _of_statement(self, place: int, one: Token) -> Iterator[Fault]:
        """Yields the fault that leaves out a statement that does something."""
        before = self.at(place - 1) if place else _START
        starts = before.kind == "mark" and before.text in (";", "{", "}")
        if not starts or one.text in _NO_OPERANDS or self.mark(place + 1) == ":":
            return
        end = self.statement_end(place)
        if end is not None and any(self.mark(at) in ("(", "=", "++", "+=") for at in range(place, end)):
            yield Fault(one.start, self.found[end].start, "", "statement")


def _pairs(found: list[Token]) -> dict[int, int]:
    """Returns where each bracket is closed, by the place of its token."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, one in enumerate(found):
        if one.kind == "mark" and one.text in _OPEN:
            opened.append(place)
        elif one.kind == "mark" and one.text in _CLOSE and opened:
            pairs[opened.pop()] = place
    return pairs


def _of_list(inside: list[Token]) -> Iterator[Fault]:
    """Yields the faults that leave out one text of a list of texts."""
    texts = [one for one in inside if one.kind == "string"]
    if len(texts) > 1 and all(one.kind == "string" or one.text == "," for one in inside):
        for one, other in zip(texts, texts[1:], strict=False):
            yield Fault(one.start, other.start, "", "list")
        yield Fault(texts[-2].end, texts[-1].end, "", "list")


def line(text: str, place: int) -> int:
    """Returns the number of the line where ``place`` is."""
    return bisect([one.end() for one in re.finditer("\n", text)], place) + 1
