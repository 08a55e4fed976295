"""MkDocs hook: what the theme needs, and what the published site should not carry."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from markupsafe import Markup, escape
from mkdocs.structure.files import Files

from guide.model.addresses import THIS_SITE
from guide.reading.project import Project, direction, open_project, open_texts
from guide.reading.texts import fill

_project: Project
_preview = False


def on_startup(command, dirty):
    global _preview
    _preview = command == "serve"


def on_config(config):
    """Once a build: what all pages share. One 404 page only: each language would overwrite it."""
    global _project
    if config.plugins["i18n"].building:
        config.theme.static_templates.discard("404.html")
    else:
        _project = open_project(Path(config.config_file_path).parent)
        # While a page is being written, the default language stands in for what others lack.
        _project = _project.with_gaps() if _preview else _project
        _words.cache_clear()
    config.edit_uri = f"{config.extra['repository'].rstrip('/')}/edit/main/docs/"


def on_files(files, config):
    """Material's own scripts and styles are not used by our templates: they stay at home. So do the modules that
    our bundles are made of."""
    # With ``--config-file mkdocs.yml`` the theme's folders are relative.
    ours = Path(config.theme.custom_dir).resolve()
    return Files(
        [
            file
            for file in files
            if not file.src_uri.startswith("assets/")
            or (
                Path(file.abs_src_path).resolve().is_relative_to(ours)
                and not file.src_uri.startswith("assets/scripts/")
            )
        ]
    )


def on_page_content(html, page, config, files):
    """Wide tables scroll inside themselves, by keyboard too; a figure keeps its per cent sign.

    What is offered for copying names this site by its own address.
    """
    html = html.replace(THIS_SITE, config.site_url)
    label = escape(_words(config.plugins["i18n"].current_language)["t"]["page"]["table"])
    opening = f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}"><table>'
    html = re.sub(r"(?<=\d) %", "\u00a0%", html)
    return html.replace("<table>", opening).replace("</table>", "</table></div>")


def on_env(env, config, files):
    """Texts are shown as texts: a template says ``safe`` where it means HTML."""
    env.autoescape = True


def on_page_context(context, page, config, nav):
    context.update(_words(config.plugins["i18n"].current_language))
    context["shown_in"] = page.file.src_uri.split("/", 1)[0]


def on_template_context(context, template_name, config):
    context.update(_words(config.plugins["i18n"].current_language))
    return context


@functools.cache
def _words(code):
    """What every template may use, in one language."""
    return {
        "t": open_texts(_project, code).words,
        "fill": lambda text, **details: fill(text, details),
        "language": code,
        "languages": _project.languages,
        "name_of": {one.code: one.name for one in _project.languages},
        "words_of": {one: open_texts(_project, one).words for one in _project.codes},
        "direction": direction,
        "written_in": _written_in,
        "name_written_in": functools.partial(_name_written_in, code),
        "first_page": _first_page,
    }


def _written_in(code):
    """The attributes of what is written in another language than the page around it."""
    return Markup(' lang="{}" dir="{}"').format(code, direction(code))


def _name_written_in(code, page):
    """The attributes of a page's name among words of ``code``; none where it is of that language."""
    language = page.meta.get("title_language") or page.file.src_uri.split("/", 1)[0]
    return "" if language == code else _written_in(language)


def _first_page(item):
    """Where a section of the navigation, however deep, begins; a page begins at itself."""
    return _first_page(item.children[0]) if item.is_section else item
