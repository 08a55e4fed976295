"""Reports figures that a page places and that are not there, or stand where none can."""

from __future__ import annotations

from guide.checks.corpus import Page
from guide.model.figures import ids, placed
from guide.reading.near_names import nearest
from guide.reading.problems import Problems
from guide.reading.project import Project


def check(project: Project, page: Page, text: str, problems: Problems) -> None:
    """Records every place of ``text``, the page's Markdown without its code, that no figure can fill."""
    found = list(placed(text))
    known = ids(project) if found else ()
    before: set[str] = set()
    for line, id, alone in found:
        place = (page.file, line + 1, "")
        if id not in known:
            near = nearest(id, known)
            if near:
                problems.add(*place, "unknown_figure_near", value=id, near=near)
            else:
                problems.add(*place, "unknown_figure", value=id, known=", ".join(known) or "—")
        elif not alone:
            problems.add(*place, "figure_not_alone", id=id)
        elif id in before:
            problems.add(*place, "figure_twice", id=id)
        before.add(id)
