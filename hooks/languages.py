"""Returns which language is being built: all that the hooks know of the plugin that builds one after the other."""

from __future__ import annotations


def current(config):
    """The code of the language being built."""
    plugin = config.plugins["i18n"]
    return plugin.current_language or plugin.default_language


def is_first(config):
    """Whether a build begins: that of the first language, which starts the others when it is done."""
    return not config.plugins["i18n"].building


def others(config):
    """The codes of those that are built after the first one, in their order."""
    plugin = config.plugins["i18n"]
    return [code for code in plugin.build_languages if code != plugin.current_language]


def leave_out(config, *codes):
    """Has the plugin not build them: others have."""
    for one in config.plugins["i18n"].config.languages:
        one.build = one.build and one.locale not in codes


def build_alone(config, code):
    """Builds one of the others, as the plugin does when the first is done."""
    leave_out(config, *(one for one in others(config) if one != code))
    config.plugins["i18n"].on_post_build(config)


def go_to(config, code):
    """Goes back to a language that was built."""
    config.plugins["i18n"].current_language = code
