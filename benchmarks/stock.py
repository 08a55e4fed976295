"""Measures what this project takes beside Material for MkDocs as it comes, with its plugin for languages.

The same guide is built by both, in turns, so that a machine that slows down slows down both; what counts is the
processor's time of a command and all it starts, ours over theirs. Waiting for an edit to be seen is measured in
seconds, in turns as well.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from benchmarks import corpus
from tests.conftest import ROOT

SIZES = (62, 302, 1202)
TURNS = 3
EDITS = 3
_PORTS = {"ours": 8431, "stock": 8432}
_WAIT = 300
# What is to be reached: (ratio to stock of a cold build, of a kept one with one page changed) by pages.
COLD, KEPT = {302: 0.8, 1202: 0.4}, {302: 0.15, 1202: 0.08}
SEEN, GROWTH, MEGABYTES = 0.05, 0.9, 200


def run(command: list[str], folder: Path, **environment: str) -> tuple[float, float]:
    """Runs a command of Python; gives the processor's seconds of it and all it started, and peak memory in MB."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**_environment(), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{folder}: {' '.join(command)} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def _environment() -> dict[str, str]:
    # What Python keeps of modules counts for both.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = f"{ROOT / 'hooks'}{os.pathsep}{ROOT}"
    return {**inherited, "PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1", "ABC_LANG": "en"}


def compare(root: Path, sizes: tuple[int, ...] = SIZES, turns: int = TURNS) -> None:
    """Builds the guide in every size, and prints what ours takes for what theirs takes."""
    print(f"Builds of the same guide, the processor's time over stock Material's: median of {turns} turns")
    cold: dict[int, float] = {}
    for pages in sizes:
        cold[pages] = _compare(root, pages, turns)
    if len(sizes) > 1:
        small, large = sizes[-2:]
        growth = math.log(cold[large] / cold[small]) / math.log(large / small)
        print(f"  growth from {small} to {large} pages: exponent {growth:.2f} (at most {GROWTH})")


def _compare(root: Path, pages: int, turns: int) -> float:
    folders = {name: corpus.write(root / f"{name}-{pages}", pages, name) for name in ("ours", "stock")}
    run(["guide", "ids"], folders["ours"], ABC_CACHE="")
    run(["guide", "reviewed", "--all"], folders["ours"], ABC_CACHE="")
    cache = root / f"kept-{pages}"
    taken: dict[str, list[tuple[float, float]]] = {"cold": [], "kept": [], "stock": []}
    for turn in range(turns):
        shutil.rmtree(cache, ignore_errors=True)
        taken["cold"].append(_build(folders["ours"], cache))
        taken["stock"].append(run(["mkdocs", "build", "--quiet", "--site-dir", "site"], folders["stock"]))
        corpus.changed(folders["ours"], turn)
        taken["kept"].append(_build(folders["ours"], cache))
    for name, most in (("cold", COLD), ("kept", KEPT)):
        ratio = statistics.median(one[0] / other[0] for one, other in zip(taken[name], taken["stock"], strict=True))
        goal = f"at most {most[pages]}" if pages in most else "no goal"
        seconds = statistics.median(one[0] for one in taken[name])
        said = "nothing kept" if name == "cold" else "kept, one page changed"
        print(f"  {pages:5} pages, {said:<23} {ratio:5.2f} ({goal}), {seconds:.1f} s")
    memory = {name: max(one[1] for one in found) for name, found in taken.items()}
    goal = f", at most {MEGABYTES}" if pages == SIZES[-1] else ""
    print(
        f"  {pages:5} pages, peak memory {memory['cold']:.0f} MB{goal}; kept {memory['kept']:.0f}, stock {memory['stock']:.0f}"
    )
    return statistics.median(one[0] for one in taken["cold"])


def _build(folder: Path, cache: Path) -> tuple[float, float]:
    return run(["tools.build", "--quiet", "site"], folder, ABC_CACHE=str(cache))


def measure_edits(root: Path, pages: int = SIZES[1]) -> None:
    """Measures how long it takes from a sentence that is saved to its page that has it, served by both, in turns."""
    folders = {name: corpus.write(root / f"edited-{name}", pages, name) for name in _PORTS}
    run(["guide", "ids"], folders["ours"], ABC_CACHE="")
    run(["guide", "reviewed", "--all"], folders["ours"], ABC_CACHE="")
    commands = {"ours": ["tools.serve"], "stock": ["mkdocs", "serve", "--quiet", "--dev-addr"]}
    servers = {name: _serve(commands[name], name, folders[name]) for name in _PORTS}
    waited: dict[str, list[float]] = {name: [] for name in _PORTS}
    try:
        for name in _PORTS:
            _seen(name, 0, "")
        for turn in range(EDITS):
            for name in _PORTS:
                corpus.changed(folders[name], turn)
                waited[name].append(_seen(name, turn, f"{'ya' * (turn + 1)}."))
    finally:
        for server in servers.values():
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()
    ours, stock = (statistics.median(waited[name]) for name in ("ours", "stock"))
    print(
        f"An edit seen at {pages} pages, seconds over stock's: {ours / stock:.3f} (at most {SEEN}), {ours:.2f} s for {stock:.2f} s"
    )


def _serve(command: list[str], name: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *command, f"127.0.0.1:{_PORTS[name]}"],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _seen(name: str, turn: int, text: str) -> float:
    """Returns how long it takes until the page that was changed has the text."""
    start = time.perf_counter()
    while time.perf_counter() - start < _WAIT:
        with suppress(OSError):
            address = f"http://127.0.0.1:{_PORTS[name]}/partes/capitulo-{turn + 3}/"
            with urllib.request.urlopen(address, timeout=_WAIT) as page:
                if text.encode() in page.read():
                    return time.perf_counter() - start
        time.sleep(0.02)
    sys.exit(f"{name}: the edit was not seen")
