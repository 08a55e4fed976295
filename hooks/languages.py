"""Returns which language is being built: all that the hooks know of the plugin that builds one after the other."""

from __future__ import annotations


def current(config):
    """The code of the language being built."""
    plugin = config.plugins["i18n"]
    return plugin.current_language or plugin.default_language


def is_first(config):
    """Whether a build begins: that of the first language, which starts the others when it is done."""
    return not config.plugins["i18n"].building


def go_to(config, code):
    """Goes back to a language that was built."""
    config.plugins["i18n"].current_language = code
