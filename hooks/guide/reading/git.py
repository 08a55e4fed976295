"""Asks git about the project; "" where there is no git, or it does not know."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def ask(root: Path, *arguments: str) -> str:
    """Returns what git answers."""
    # Far sooner seen than asked.
    if "GIT_DIR" not in os.environ and not any((one / ".git").exists() for one in (root, *root.absolute().parents)):
        return ""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def base(root: Path) -> str:
    """Returns the commit of the main branch that the work at hand began from."""
    for branch in ("origin/main", "main"):
        if found := ask(root, "merge-base", "HEAD", branch).strip():
            return found
    return ""
