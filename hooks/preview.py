"""MkDocs hook: keeps, while the site is served, what it takes to show one of its pages again."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from mkdocs.plugins import event_priority

from building import build


@dataclass(frozen=True)
class Kept:
    """What rendering a page of one language takes."""

    config: Any
    env: Any
    files: Any
    nav: Any
    chapters: list[Any]


# As it is for the pages: nothing changes it after.
@event_priority(-200)
def on_nav(nav, config, files):
    build.nav = nav


@event_priority(-200)
def on_env(env, config, files):
    if build.preview:
        # The next language changes the settings in place.
        settings = copy.copy(config)
        settings.theme = copy.copy(config.theme)
        build.kept[build.language] = Kept(settings, env, files, build.nav, build.chapters)
