"""MkDocs hook: builds one language after the other, in the place of the plugin that does it today.

The whole of what taking the plugin away asks for: this file as ``hooks/languages.py``, and the languages under
``extra`` in ``mkdocs.yml``. ``test_exits`` holds that the site is the same to the byte.
"""

from __future__ import annotations

from unittest import mock

from mkdocs import utils
from mkdocs.commands import build as commands
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from building import build


def current(config):
    """The code of the language being built."""
    return getattr(build, "turn", None) or build.project.default


def is_first(config):
    """Whether a build begins: that of the first language, which starts the others when it is done."""
    return getattr(build, "turn", None) is None


def others(config):
    """Those that may be built beside: none, this one builds them one after the other."""
    return []


class _Files(Files):
    """The files of one language, found by their path inside its folder too; the default one's stand in."""

    def get_file_from_path(self, path):
        start, _, rest = path.partition("/")
        inside = rest if start in build.project.codes else path
        for one in (f"{current(None)}/{inside}", f"{build.project.default}/{inside}", path):
            if one in self.src_uris:
                return self.src_uris[one]
        return None


@event_priority(-100)
def on_files(files, config):
    code, default = current(config), build.project.default
    shared, chosen = [], {}
    for file in files:
        language, _, inside = file.src_uri.partition("/")
        if language not in build.project.codes:
            shared.append(file)
        elif language == code:
            chosen[inside] = _placed(file, code, config)
        elif language == default:
            chosen.setdefault(inside, _placed(file, code if file.is_documentation_page() else default, config))
    return _Files([*shared, *chosen.values()])


def _placed(file, code, config):
    """The file where the language ``code`` has it."""
    there = build.addresses[code].start + file.dest_uri.partition("/")[2]
    return File(
        file.src_uri,
        config.docs_dir,
        config.site_dir,
        config.use_directory_urls,
        dest_uri=there,
        inclusion=file.inclusion,
    )


@event_priority(-100)
def on_nav(nav, config, files):
    (said,) = (one for one in config.extra["languages"] if one["locale"] == current(config))
    names = said.get("nav_translations") or {}
    sections = [item for item in nav.items if item.is_section]
    for section in sections:
        section.title = names.get(section.title, section.title)
        sections += [item for item in section.children if item.is_section]
    nav.homepage = files.get_file_from_path("index.md").page


@event_priority(-100)
def on_post_build(config):
    if is_first(config):
        # MkDocs empties the folder before it builds: the languages before would be gone.
        with mock.patch.object(utils, "clean_directory"):
            for code in build.project.codes[1:]:
                build.turn = code
                commands.build(config)
        build.turn = None
