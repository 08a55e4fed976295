"""Installs what the tests need of the system, where it may: quietly, and never asking anything.

``python -m tools.packages PROGRAM`` makes sure that a program starts; exit code 1 with a sentence where it does not.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from guide.reading.project import guess_project, message_texts
from guide.reading.texts import Texts, fill

ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
_APT = (*ROOT, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qy")
# Which package of Debian and Ubuntu has a library that machines without a compiler may lack.
_PACKAGES = {"libatomic.so.1": "libatomic1", "libstdc++.so.6": "libstdc++6"}


def texts() -> Texts:
    """Returns the words for whoever runs a command; ``mkdocs.yml`` may be what is wrong."""
    return message_texts(guess_project(Path(__file__).parents[1]))


def say(name: str, **details: object) -> None:
    """Writes a sentence of the set-up in the language of whoever runs it."""
    print(fill(texts()["setup"][name], details), file=sys.stderr, flush=True)


def run(*command: str, seconds: float = 300) -> bool:
    """Runs a command that may take long; tells whether it went well."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@functools.cache
def may_install() -> bool:
    """Tells whether whoever runs this can install packages of Debian or Ubuntu without being asked anything."""
    return shutil.which("apt-get") is not None and run(*ROOT, "true")


def install(package: str, *options: str) -> bool:
    """Installs a package of Debian or Ubuntu; tells whether it went well. Promises nothing where it may not."""
    if not may_install():
        return False
    say("installing", package=package)
    return run(*_APT, "update") and run(*_APT, "install", *options, package, seconds=900)


def starts(program: str) -> bool:
    """Returns whether ``program`` runs, with the library it may lack installed where that can be; says why not."""
    trouble = _trouble(program)
    library = re.search(r"([\w+.-]+\.so[\w.]*)", trouble)
    package = _PACKAGES.get(library[1], library[1]) if library else ""
    if library and library[1] in _PACKAGES and install(package):
        trouble = _trouble(program)
    if not trouble:
        return True
    name = Path(program).name.capitalize()
    if library:
        say("no_library", program=name, library=library[1], package=package)
    else:
        say("no_start", program=name, reason=trouble.splitlines()[-1])
    return False


def _trouble(program: str) -> str:
    """Returns what a program complains of when it is asked for its version; "" where it answers."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return (done.stderr.strip() or f"{done.returncode}") if done.returncode else ""


if __name__ == "__main__":
    sys.exit(0 if starts(sys.argv[1]) else 1)
