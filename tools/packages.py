"""Installs what the tests need of the system, where it may: quietly, and never asking anything."""

from __future__ import annotations

import os
import subprocess

ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
_APT = (*ROOT, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qy")


def run(*command: str, seconds: float = 300) -> bool:
    """Runs a command that may take long; whether it went well."""
    print("…", " ".join(command), flush=True)
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install(package: str, *options: str) -> bool:
    """Installs a package of Debian or Ubuntu; whether it went well."""
    return run(*_APT, "update") and run(*_APT, "install", *options, package, seconds=900)
