"""MkDocs hook: what an earlier build made of the same is not made again; templates are compiled once."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from jinja2 import FileSystemLoader
from mkdocs.plugins import event_priority

import languages
from building import build
from guide.pages.compiled import keep_compiled
from guide.reading import beside
from guide.reading.kept import kept


# Before anything is read.
@event_priority(100)
def on_config(config):
    if languages.is_first(config):
        root = Path(config.config_file_path).parent
        # What is made beside comes by way of what is kept.
        passing = beside.helps() and not build.preview
        kept.begin(root, root / "hooks", root / "overrides", remember=build.preview, passing=passing)
        config.theme.get_env = partial(_environment, config.theme)


# Once all languages are built, and everything beside them.
@event_priority(-400)
def on_post_build(config):
    if languages.is_first(config) and not build.preview:
        kept.end()


def on_shutdown():
    """However a build ended, nothing is left of it."""
    kept.end()


def _environment(theme):
    made = type(theme).get_env(theme)
    made.loader = _Loader(theme.dirs)
    keep_compiled(made)
    return made


class _Loader(FileSystemLoader):
    """Does not look through what is hidden: thousands of icons, of which the site publishes none."""

    def list_templates(self):
        return sorted({name for folder in self.searchpath for name in _names(folder)})


def _names(folder):
    for place, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if one[0] != "."]
        yield from (os.path.relpath(f"{place}/{name}", folder).replace(os.sep, "/") for name in files)
