"""Reports what a proposal takes away from the lists of what was published."""

from __future__ import annotations

from guide.reading import git
from guide.reading.problems import Problems
from guide.reading.project import Project


def check(project: Project, problems: Problems) -> None:
    """Records what the main branch lists and the files in hand do not; nothing where git does not know."""
    base = git.base(project.root)
    for path in sorted(project.data.glob("published-*")) if base else ():
        name = project.files.name(path)
        now = project.files.lines_joined(name)
        before = git.ask(project.root, "show", f"{base}:./{name}")
        # A list that is not sorted as before has the same lines.
        for id in sorted(_listed(before) - _listed(now)) if before != now else ():
            problems.add(name, 0, "", "published_line_gone", id=id)


def _listed(text: str) -> set[str]:
    lines = (line.strip() for line in text.splitlines())
    return {line.removeprefix("- ").removeprefix("id: ") for line in lines if line and line[0] in "-/"}
