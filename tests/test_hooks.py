"""The hooks: thin, one concern each, one build object and no other state, events on top."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml
from mkdocs.plugins import EVENTS

from tests.conftest import ROOT

HOOKS = sorted((ROOT / "hooks").glob("*.py"))
# What hooks share; MkDocs is not told of them.
SHARED = {"building.py", "headings.py", "paths.py"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> list[str]:
    return [node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", HOOKS, ids=lambda path: path.name)
def test_a_hook_is_short_and_says_what_it_is_about(path: Path):
    assert len(path.read_text("utf-8").splitlines()) < 80
    assert ast.get_docstring(tree(path))
    names = functions(path)
    events = [name for name in names if name.startswith("on_")]
    assert names[: len(events)] == events, "events stand on top"
    assert {name.removeprefix("on_") for name in events} <= {*EVENTS}


def test_every_hook_is_listed_once():
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert sorted(settings["hooks"]) == [f"hooks/{path.name}" for path in HOOKS if path.name not in SHARED]


def test_there_is_one_build_and_no_other_state():
    """A name of a module is bound once, to what does not change: but ``build``, made in one place."""
    made = []
    for path in HOOKS:
        for node in ast.walk(tree(path)):
            assert not isinstance(node, ast.Global | ast.Nonlocal), path.name
            if isinstance(node, ast.FunctionDef):
                # Nothing is kept by a cache either.
                assert all(ast.unparse(one).startswith("event_priority(") for one in node.decorator_list), node.name
        bound = [ast.unparse(node) for node in tree(path).body if isinstance(node, ast.Assign | ast.AnnAssign)]
        made += [one for one in bound if one != "log = get_plugin_logger('abc')"]
    assert made == ["build = Build()"]


def test_no_hook_rearranges_the_navigation():
    """What comes before and after a page is told by ``guide.pages.order``; one hook writes it down."""
    order = {"previous_page", "next_page", "parent", "children", "items"}
    writing = {
        path.name
        for path in HOOKS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in order
    }
    # The items of a table of contents are its headings.
    assert writing == {"navigation.py", "headings.py"}
