"""The rooms of ``hooks/guide``: which may import which, and no circle, types included."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

GUIDE = ROOT / "hooks/guide"
# What each room may import beside itself.
MAY = {
    "reading": set(),
    "model": {"reading"},
    "checks": {"reading", "model"},
    "downloads": {"reading", "model"},
    "pages": {"reading", "model", "downloads"},
    "authoring": {"reading", "model", "checks", "downloads", "pages"},
}


def modules() -> dict[str, Path]:
    """Every module of the guide by its dotted name."""
    found = {}
    for path in GUIDE.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT / "hooks").with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def imports(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules that one imports, also inside functions and for types only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            below = {f"{node.module}.{one.name}" for one in node.names}
            found |= (below & known.keys()) or {node.module}
    return {one for one in found if one in known}


def test_every_module_stands_in_a_room():
    loose = {path.name for path in GUIDE.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert not loose
    assert {path.name for path in GUIDE.iterdir() if path.is_dir() and path.name != "__pycache__"} == MAY.keys()


@pytest.mark.parametrize("room", MAY)
def test_a_room_imports_only_what_stands_before_it(room):
    known = modules()
    there = {name: path for name, path in known.items() if name.split(".")[1:2] == [room]}
    assert there
    for name, path in there.items():
        rooms = {(*one.split("."), "")[1] for one in imports(path, known)}
        assert rooms <= MAY[room] | {room}, name


def test_no_module_imports_itself_by_way_of_others():
    known = modules()
    arrows = {name: imports(path, known) - {name} for name, path in known.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join([*way[way.index(name) :], name])
        if name not in done:
            for other in sorted(arrows[name]):
                visit(other, (*way, name))
            done.add(name)

    for name in arrows:
        visit(name, ())


def test_no_engine_is_imported():
    for path in GUIDE.rglob("*.py"):
        names = [
            one.name if isinstance(node, ast.Import) else node.module or ""
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for one in node.names
        ]
        assert not [name for name in names if name.split(".")[0] in ("mkdocs", "material")], path
