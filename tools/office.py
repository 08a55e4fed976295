"""Finds the office program of the tests: installs LibreOffice Calc and Writer where it may, runs it.

``python -m tools.office FILE`` writes ``{"executable": path}`` once the program has really
calculated something and set a page. Exit code 1 with a sentence when there is none: tests need it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.packages import install, say

_NAMES = ("soffice", "libreoffice", "localc")
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_PACKAGES = ("libreoffice-calc", "libreoffice-writer")
_TIMES = 3


def recalculate(files: Iterable[Path], folder: Path) -> None:
    """Opens spreadsheets, calculates them and writes each to ``folder`` as ``<stem>.fods``.

    All in one go: the program is slow to start. Raises RuntimeError where none has been set up or
    where it does not write a file.
    """
    convert(files, folder, "fods")


def convert(files: Iterable[Path], folder: Path, ending: str) -> None:
    """Opens spreadsheets or text documents and saves each to ``folder`` in the format that ``ending`` names, all in one go."""
    file = Path(sys.prefix, "office.json")
    if not file.is_file():
        raise RuntimeError("No office program has been set up. Run the tests with: make test")
    _convert(json.loads(file.read_text("utf-8"))["executable"], list(files), folder, ending)


def _convert(executable: str, files: list[Path], folder: Path, ending: str) -> None:
    left = files
    # The program may crash half way through files that nothing is wrong with: the rest is asked for again.
    for _ in range(_TIMES):
        with tempfile.TemporaryDirectory() as name:
            done = _run(executable, left, Path(name), ending)
            written = [one for one in left if Path(name, f"{one.stem}.{ending}").is_file()]
            # What it was at as it crashed may be half there.
            whole = written[:-1] if done.returncode else written
            for one in whole:
                shutil.move(Path(name, f"{one.stem}.{ending}"), folder / f"{one.stem}.{ending}")
        left = [one for one in left if one not in whole]
        if not left:
            return
    raise RuntimeError(f"{executable} did not write {[one.name for one in left]}: {done.stderr}")


def _run(executable: str, files: list[Path], folder: Path, ending: str) -> subprocess.CompletedProcess[str]:
    # A profile of its own: another window of the program may be open.
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            [
                executable, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
                "--convert-to", ending, "--outdir", str(folder), *map(str, files),
            ],
            capture_output=True, text=True, timeout=600,
            # Sheets read by several threads at once is where the program crashes, now and then.
            env={**os.environ, "MAX_CONCURRENCY": "1"},
        )  # fmt: skip


def works(executable: str) -> bool:
    """Returns whether the program starts, adds up and sets a page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sum.csv").write_text("=SUM(40;2)\n", "utf-8")
        (folder / "page.txt").write_text("42\n", "utf-8")
        try:
            _convert(executable, [folder / "sum.csv"], folder, "fods")
            _convert(executable, [folder / "page.txt"], folder, "fodt")
        except (OSError, RuntimeError, subprocess.TimeoutExpired):
            return False
        return 'office:value="42"' in (folder / "sum.fods").read_text("utf-8")


def installed() -> str | None:
    """Returns the path of a program of the system that works."""
    paths = (*map(shutil.which, _NAMES), _MAC)
    return next((path for path in paths if path and Path(path).exists() and works(path)), None)


def main(file: str) -> int:
    say("looking", program="LibreOffice")
    found = installed() or (install(_PACKAGES[0], "--no-install-recommends", *_PACKAGES[1:]) and installed())
    if not found:
        say("no_office", package=" ".join(_PACKAGES))
        return 1
    Path(file).write_text(json.dumps({"executable": found}), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
