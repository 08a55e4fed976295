"""How long and how winding the functions of the code may be: whoever reads one has it on one screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDERS = ("hooks", "tools")
LINES = 50
MOST = 15
# At most so many of a hundred functions have more than ten turns.
TURNS, SHARE = 10, 2.5
Function = ast.FunctionDef | ast.AsyncFunctionDef
_TURNS = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)


@dataclass(frozen=True)
class Figures:
    """A function with its lines and its turns: 1, and 1 for each place where it may go either way."""

    file: str
    name: str
    lines: int
    turns: int


def turns(function: Function) -> int:
    """How many ways there are through a function, each condition of a condition counted, functions in it not."""
    found, left = 1, list(ast.iter_child_nodes(function))
    while left:
        node = left.pop()
        if isinstance(node, Function):
            continue
        if isinstance(node, ast.BoolOp):
            found += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            found += 1 + len(node.ifs)
        elif isinstance(node, _TURNS):
            found += 1
        left += ast.iter_child_nodes(node)
    return found


def measured(path: Path) -> Iterator[Figures]:
    """Every function of a file, those in classes and in other functions too."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, Function):
            yield Figures(name, node.name, (node.end_lineno or 0) - node.lineno + 1, turns(node))


@pytest.fixture(scope="module")
def functions() -> list[Figures]:
    return [one for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")) for one in measured(path)]


def test_no_function_is_longer_than_a_screen(functions: list[Figures]):
    assert len(functions) > 1000
    assert [one for one in functions if one.lines > LINES] == []


def test_no_function_has_too_many_turns(functions: list[Figures]):
    assert [one for one in functions if one.turns > MOST] == []


def test_few_functions_have_many_turns(functions: list[Figures]):
    many = sorted((one for one in functions if one.turns > TURNS), key=lambda one: -one.turns)
    share = 100 * len(many) / len(functions)
    listed = "\n".join(f"{one.turns} {one.file} {one.name}" for one in many)
    assert share <= SHARE, f"{share:.1f} % of {len(functions)} functions:\n{listed}"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("return 1", 1),
        ("if a:\n  return 1\nelif b:\n  return 2\nelse:\n  return 3", 3),
        ("return a and b or c", 3),
        ("return [x for x in a if x if not x]", 4),
        ("for x in a:\n  try:\n    f()\n  except OSError:\n    continue", 3),
        ("def inner():\n  if a:\n    return 1\nreturn inner", 1),
        ("match a:\n  case 1:\n    return 1\n  case _:\n    return 2", 3),
    ],
)
def test_turns_are_counted(tmp_path: Path, body: str, wanted: int):
    path = tmp_path / "one.py"
    path.write_text("def outer(a, b, c):\n" + "".join(f"  {line}\n" for line in body.split("\n")), "utf-8")
    (outer,) = (one for one in measured(path) if one.name == "outer")
    assert outer.turns == wanted and outer.lines == body.count("\n") + 2
