"""Returns where MkDocs' file of a page stands in the project."""

from __future__ import annotations


def path_of(file):
    """The path of a page inside its language's folder."""
    return file.src_uri.split("/", 1)[-1]


def written_in(file):
    """The language a page is written in."""
    return file.src_uri.split("/", 1)[0]
