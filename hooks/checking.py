"""MkDocs hook: reads and checks everything before a build, and stops it where something is wrong."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

import languages
import processes
from building import build
from guide.checks import report as reports
from guide.reading.problems import ContentError, report
from guide.reading.project import message_texts, open_project

log = get_plugin_logger("abc")


def on_startup(command, dirty):
    build.preview = command == "serve"


def on_config(config):
    if languages.is_first(config):
        # While the site is served, what has not changed since the build before is not read again.
        before = build.project and build.project.files
        project = open_project(Path(config.config_file_path).parent, before)
        texts = message_texts(project)
        try:
            build.start(project, config, partial(processes.downloads, project, config))
        except ContentError as error:
            raise PluginError(report(error, texts)) from None
        if len(build.found.errors):
            log.warning(reports.unpublished(build.found, texts))
        # Not as warnings: a translation left behind is to be looked at, not to stop a strict build.
        for line in reports.warnings(build.found, texts):
            log.info(line)


def on_pre_build(config):
    build.begin(languages.current(config))
