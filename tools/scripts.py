"""Bundles the scripts of the site: ``python -m tools.scripts``; with ``--check`` it only says what is not in step.

Pages load one classic script each, which also runs from a folder without a server. It is made by esbuild from a module
in ``entries/`` and all that it imports, and committed, so that whoever edits only content needs no Node. Its first
line names the state of its sources: what is not in step is told without Node, by ``make test`` and ``make serve``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from guide.reading import system
from guide.reading.texts import fill
from tools.packages import texts

ROOT = Path(__file__).parents[1]
SCRIPTS = "overrides/assets/scripts"
BUNDLES = "overrides/assets/bundles"
# What tests ask of modules apart from any page, and what it is made of.
_FOR_TESTS = ("tests/scripts/modules.bundle.js", "tests/scripts/modules.js")
_LOCK = "tools/node/package-lock.json"
_NODE = ".venv/node/node_modules/.bin/esbuild"
_OPTIONS = ("--bundle", "--minify", "--format=iife", "--target=es2023", "--charset=utf8", "--log-level=warning")
_IMPORT = re.compile(r"""^(?:import|(?:import|export)\s[^"';=()]*\sfrom)\s+["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
_HEAD = "/* make scripts: {} */"


def entries(root: Path = ROOT) -> Mapping[str, Path]:
    """Returns the module that each bundle begins with, by the bundle's file."""
    found = {f"{BUNDLES}/{path.name}": path for path in sorted((root / SCRIPTS / "entries").glob("*.js"))}
    name, entry = _FOR_TESTS
    return found | ({name: root / entry} if (root / entry).is_file() else {})


def imported(path: Path) -> dict[Path, None]:
    """Returns the modules that a module imports, in their order."""
    return dict.fromkeys((path.parent / name).resolve() for name in _IMPORT.findall(path.read_text("utf-8")))


def sources(entry: Path) -> list[Path]:
    """Returns a module and all that it imports, each once, in the order in which they run."""
    found: list[Path] = []

    def walk(path: Path, above: tuple[Path, ...]) -> None:
        # esbuild says it of a module that is not there.
        if path in found or path in above or not path.is_file():
            return
        for other in imported(path):
            walk(other, (*above, path))
        found.append(path)

    walk(entry.resolve(), ())
    return found


def head(entry: Path, root: Path = ROOT) -> str:
    """Returns the first line of a bundle: the state of its sources, and of what makes it of them."""
    packages = json.loads((root / _LOCK).read_text("utf-8"))["packages"]
    state = hashlib.sha256("\0".join((*_OPTIONS, packages["node_modules/esbuild"]["version"])).encode())
    for path in sources(entry):
        state.update(f"\0{path.relative_to(root.resolve()).as_posix()}\0".encode() + path.read_bytes())
    return _HEAD.format(state.hexdigest()[:16])


def out_of_step(root: Path = ROOT) -> list[str]:
    """Lists the bundles that are not made of the scripts as they are now, and those that nothing is to be made for."""
    wanted = entries(root)
    there = {path.relative_to(root).as_posix() for path in (root / BUNDLES).glob("*.js")}
    old = [name for name, entry in wanted.items() if _first_line(root / name) != head(entry, root)]
    return sorted({*old, *(there - wanted.keys())})


def _first_line(path: Path) -> str:
    """Returns what a bundle says of its sources; "" where it is not there."""
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8") as file:
        return file.readline().rstrip("\n")


def can_bundle(root: Path = ROOT) -> bool:
    """Returns whether Node and esbuild are there."""
    return (root / _NODE).exists()


def bundle(names: Sequence[str], root: Path = ROOT) -> None:
    """Makes bundles anew, and removes those that nothing is to be made for. Raises CalledProcessError, having said why."""
    wanted = entries(root)
    environment = {**os.environ, "PATH": f"{root / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}
    for name in names:
        if name not in wanted:
            (root / name).unlink()
            continue
        banner = head(wanted[name], root)
        command: list[str | Path] = [
            root / _NODE,
            wanted[name],
            *_OPTIONS,
            f"--banner:js={banner}",
            f"--outfile={root / name}",
        ]
        subprocess.run(command, cwd=root, env=environment, check=True)


def renew(root: Path = ROOT) -> None:
    """Brings bundles into step where Node is there; where it is not, says by which command they will be."""
    old = out_of_step(root)
    words = texts()["scripts"]
    if not old:
        return
    if not can_bundle(root):
        print(fill(words["old"], {"files": ", ".join(old)}), file=sys.stderr, flush=True)
        return
    try:
        bundle(old, root)
    except subprocess.CalledProcessError:
        # esbuild has said where the mistake is; the last good bundles stay.
        return
    print(fill(words["written"], {"files": ", ".join(old)}), file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Makes what is not in step, or only says it; gives the exit code."""
    words = texts()["scripts"]
    old = out_of_step()
    if not old:
        print(words["nothing"])
        return 0
    if "--check" in arguments:
        print(fill(words["old"], {"files": ", ".join(old)}), file=sys.stderr)
        return 1
    try:
        bundle(old)
    except subprocess.CalledProcessError:
        return 1
    print(fill(words["written"], {"files": ", ".join(old)}))
    return 0


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    sys.exit(main(sys.argv[1:]))
