"""The words of the interface: the same in every language."""

from __future__ import annotations

import re

from guide.reading.project import Project, open_texts


def flat(words: dict, path: str = "") -> dict[str, str]:
    found = {}
    for key, value in words.items():
        found |= flat(value, f"{path}{key}.") if isinstance(value, dict) else {path + key: value}
    return found


def test_every_language_has_the_same_words_with_the_same_blanks(project: Project):
    first = flat(open_texts(project, project.default).words)
    for code in project.codes:
        other = flat(open_texts(project, code).words)
        assert other.keys() == first.keys()
        for key, text in other.items():
            assert isinstance(text, str) and text.strip(), key
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", first[key])), key


def test_words_do_not_hide_behind_methods_of_a_mapping(project: Project):
    """``t.x.clear`` in a template would be the method, not the word."""
    for key in flat(open_texts(project, project.default).words):
        name = key.rpartition(".")[2]
        assert not hasattr({}, name), key
