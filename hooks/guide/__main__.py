"""Runs the commands for whoever writes, from the project's root (``make`` has all of them):

python -m guide check [--fix] [--report]    every problem of the content; 1 when there are errors
python -m guide check --annotations         the same, and once more on the lines of a proposal on GitHub
python -m guide check --findings FILE       the same as data, in every language, for ``tools.answer``
python -m guide ids                         add new ids and pages to the lists of what was published
python -m guide reviewed [--all] [path…]    record which original each translation follows
python -m guide reviewed --typo path…       the original changed in a typo only: nothing to look at
python -m guide missing [--list] <language> how much is still to be translated, or what
python -m guide new <kind> <id> [name]      start a checklist, a chapter, a language… with every key explained
python -m guide move <page> <page>          move a page in every language, and all that leads to it
python -m guide schemas                     write the JSON Schemas that editors use
python -m guide export <folder>             write a plain project a language, for any other engine

``--root DIR`` takes the content of another folder, with the code of this one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from guide.authoring.terminal import option, tell
from guide.reading import system
from guide.reading.everything import everything
from guide.reading.kept import kept
from guide.reading.problems import ContentError
from guide.reading.project import Project, open_project

_COMMANDS = ("check", "ids", "reviewed", "missing", "new", "move", "schemas", "export")


def main(arguments: list[str]) -> int:
    """Runs a command; gives the exit code: 0 well, 1 mistakes in the content, 2 wrong usage."""
    arguments, root = option("--root", arguments)
    if not arguments or arguments[0] not in _COMMANDS:
        # For whoever calls this without ``make``.
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(root or Path.cwd())
    try:
        project = open_project(folder)
    except ContentError as error:
        from guide.authoring import commands

        return commands.cannot_open(folder, error, arguments)
    if arguments[0] == "check" and kept.on and {"--report", "--annotations"}.issuperset(arguments[1:]):
        return _check(project, arguments[1:])
    from guide.authoring import commands

    return commands.run(project, arguments)


def _check(project: Project, arguments: list[str]) -> int:
    """Checks what was not checked before as it is; only then all that can check is read."""

    def told() -> tuple[list[str], str]:
        from guide.authoring import commands

        return commands.told(project, arguments)

    try:
        return tell(*kept(told, "check", arguments, everything(project)))
    except BrokenPipeError:
        raise
    except OSError:
        from guide.authoring import commands

        # It tells what the system refuses.
        return commands.run(project, ["check", *arguments])


if __name__ == "__main__":
    system.forgive_readers_who_leave()
    kept.begin(Path(__file__).parents[2])
    code = main(sys.argv[1:])
    kept.end()
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(code)
