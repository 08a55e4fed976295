"""MkDocs hook: gives our templates what they need, and leaves out what of a theme is not to be published."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import _build_theme_template
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

import languages
from building import build
from guide.pages.policy import header_files
from guide.pages.sitemap import MAP, places
from guide.pages.styles import write_style_sheets


def on_config(config):
    """One 404 page only, and one map: each language would overwrite it."""
    config.theme.static_templates.discard(MAP)
    if languages.is_first(config):
        config.theme.static_templates.add("404.html")
    else:
        config.theme.static_templates.discard("404.html")
    config.edit_uri = f"{config.extra['repository'].rstrip('/')}/edit/main/docs/"


def on_files(files, config):
    """A theme's own scripts and styles are not used by our templates, and ours are joined: they stay at home.

    So do pictures that stand among the templates, which are part of pages.
    """
    # With ``--config-file mkdocs.yml`` the theme's folders are relative.
    ours = Path(config.theme.custom_dir).resolve()
    return Files(
        [
            file
            for file in files
            if not file.src_uri.startswith(("assets/", "partials/", "styles/"))
            or (
                file.src_uri.startswith("assets/")
                and not file.src_uri.startswith("assets/scripts/")
                and Path(file.abs_src_path).resolve().is_relative_to(ours)
            )
        ]
    )


def on_env(env, config, files):
    """Texts are shown as texts: a template says ``safe`` where it means HTML."""
    env.autoescape = True
    build.env, build.files = env, files


def on_template_context(context, template_name, config):
    context.update(build.words[build.language])
    if template_name == MAP:
        written = {path: build.written(path) for paths in build.shown.values() for path in paths}
        context["places"] = places(build.shown, written, build.addresses)
    return context


# Once all languages are built.
@event_priority(-200)
def on_post_build(config):
    if languages.is_first(config):
        _build_theme_template(MAP, build.env, build.files, config, build.nav)
        site = Path(config.site_dir)
        write_style_sheets(site)
        for name, text in header_files().items():
            (site / name).write_text(text, encoding="utf-8")
