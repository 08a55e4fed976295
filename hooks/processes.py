"""MkDocs hook: other languages and downloads are made in processes beside this one, where the system has any.

What such a process did not come to the end of, the plugin of the languages and whoever asks for a download do here.
"""

from __future__ import annotations

from functools import partial
from itertools import takewhile

from mkdocs.plugins import event_priority

import languages
from building import build
from guide.downloads.registry import Given, before_pages
from guide.pages.addresses import by_language
from guide.pages.packaged import PackedPages
from guide.reading import beside
from guide.reading.project import open_texts


# Everything is checked, and the folder of the site is empty.
@event_priority(100)
def on_files(files, config):
    if languages.is_first(config):
        # While the site is served, this process shows single pages of all languages again.
        codes = languages.others(config) if beside.helps() and not build.preview else ()
        build.beside = {code: beside.begin(partial(_build, config, code)) for code in codes}


# Before the plugin goes on to the others.
@event_priority(-90)
def on_post_build(config):
    if languages.is_first(config):
        # In the order of the languages: after one that was not built, the others are built here too.
        made = ((code, one.result()) for code, one in build.beside.items())
        for code, shown in takewhile(lambda one: one[1] is not None, made):
            build.shown[code] = shown
            languages.leave_out(config, code)
        on_shutdown()


def on_shutdown():
    """However a build ended, nothing goes on."""
    for one in build.beside.values():
        one.end()
    build.beside = {}


def downloads(project, config, content):
    """The downloads that can be made of the content, before it is checked."""
    addresses = by_language(project.codes, config.use_directory_urls)
    packed = PackedPages(content, project, addresses, config.site_url or "")
    texts = ((addresses[code].of, open_texts(project, code)) for code in project.codes)
    return before_pages([Given(content, one, of, project.root, packed=packed) for of, one in texts])


def _build(config, code):
    languages.build_alone(config, code)
    return build.shown[code]
