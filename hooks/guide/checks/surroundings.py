"""Tells what the check of one file reads beside that file: while both stay as they are, so does what it found."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Iterator

from guide.checks.corpus import Site
from guide.model.figures import ids
from guide.reading import counts, mentions
from guide.reading.kept import kept
from guide.reading.problems import Problem, Problems
from guide.reading.project import SETTINGS

Found = tuple[tuple[Problem, ...], tuple[Problem, ...]]
# Records errors and warnings.
Look = Callable[[Problems, Problems], None]


def surroundings(site: Site) -> object:
    """All that ``links``, ``style``, ``counts`` and the other checks of one file read of ``site`` beside it."""
    project = site.project
    pages = {
        code: {path: sorted(page.source.ids) for path, page in sorted(pages.items())}
        for code, pages in site.pages.items()
    }
    anchors = {path: None if found is None else sorted(found) for path, found in sorted(site.anchors.items())}
    words = [one.raw for one in site.documents if one.kind.name == "locale"]
    settings = project.files.raw(SETTINGS), site.address, site.cited, project.languages, sorted(project.in_progress)
    known = dict(counts.counts(project)), dict(mentions.names(project)), ids(project)
    return pages, anchors, words, settings, known, list(_names(site)), f"{datetime.date.today()}"


def _names(site: Site) -> Iterator[str]:
    """What a link may lead to that is no page."""
    for folder in ("docs", "overrides"):
        for place, folders, names in os.walk(site.project.root / folder):
            folders.sort()
            yield from sorted(f"{place}/{name}" for name in names)


def find(look: Look) -> Found:
    """Returns what ``look`` finds in a file: errors and warnings."""
    own = Problems(), Problems()
    look(*own)
    return tuple(own[0]), tuple(own[1])


def found_in(look: Look, *read: object, errors: Problems, warnings: Problems) -> None:
    """Takes over what ``look`` finds in a file, kept by all that it has ``read``."""
    wrong, doubtful = kept(functools.partial(find, look), *read)
    errors.take_all(wrong)
    warnings.take_all(doubtful)
