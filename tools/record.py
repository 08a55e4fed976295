"""Records on the main branch what people who propose changes in the browser cannot: ``make record``.

New ids and pages go into the lists of what was published (``guide ids``), translations that are in step are
recorded (``guide reviewed``). Both are safe at any time. Runs in the workflow of the main branch, where git may
push; exit code 1 where the content has mistakes. A push that is refused (the branch is protected, or has gone
on) is said and is no error: the next change tries again, and anybody may run the two commands.
"""

from __future__ import annotations

import subprocess
import sys

from guide.__main__ import main as guide

_AUTHOR = (
    "-c",
    "user.name=github-actions[bot]",
    "-c",
    "user.email=41898282+github-actions[bot]@users.noreply.github.com",
)
_MESSAGE = "Record new ids, pages and translations"


def main() -> int:
    """Runs the command in the current directory; gives the exit code."""
    for command in ("ids", "reviewed"):
        if code := guide([command]):
            return code
    if not _git("status", "--porcelain", "--untracked-files=no").stdout:
        return 0
    _git(*_AUTHOR, "commit", "--quiet", "--all", "--message", _MESSAGE, check=True)
    pushed = _git("push", "--quiet", "origin", "HEAD:main")
    if pushed.returncode:
        print(f"::warning::Not recorded on main; run make ids and make reviewed. {pushed.stderr.strip()}")
    return 0


def _git(*arguments: str, check: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=check)


if __name__ == "__main__":
    sys.exit(main())
