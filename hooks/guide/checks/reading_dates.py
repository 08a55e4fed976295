"""Reports what was to be read again and has not been: the month that an entry itself sets has gone by."""

from __future__ import annotations

import datetime

from guide.checks.corpus import Site
from guide.model.contacts import Contact, overdue
from guide.reading.problems import Problems
from guide.reading.yaml_tree import line_of, value_of


def check(site: Site, contacts: tuple[Contact, ...], warnings: Problems, today: datetime.date | None = None) -> None:
    """Records every contact whose ``next_check`` has passed."""
    nodes = {one.file: one.node for one in site.documents}
    for one in contacts:
        if overdue(one, today or datetime.date.today()):
            node = value_of(nodes.get(one.source), "next_check")
            warnings.add(one.source, line_of(node) if node else 0, "next_check", "check_due", month=one.next_check)
