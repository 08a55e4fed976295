"""Writes what the scripts of every self-assessment page share, as scripts of one language.

A file a language, and one a checklist, so that pages stay small however many checklists there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from guide.downloads.data_script import compact, data_script
from guide.model.content import Checklist, Content
from guide.model.scale import Scale
from guide.reading import inline_markdown
from guide.reading.schema import Translated, in_language
from guide.reading.texts import Texts

# The words the scripts need; they hold none themselves.
_WORDS = (
    "format",
    "results",
    "store",
    "reset",
    "index",
    "assessments",
    "before",
    "record",
    "filter",
    "changed",
    "review",
    "reviews",
    "workshop",
    "one_by_one",
    "check",
    "overview",
    "plan",
    "documents",
    "report",
)
# Words of theirs that stand on a page already.
ON_PAGES = {
    "assessments": frozenset(
        [
            "description",
            "no_script",
            "manage",
            "list_text",
            "file_text",
            "areas_text",
            "shared_text",
            "save_file",
            "open_title",
            "open_text",
            "open_new",
            "open_new_text",
            "open_merge",
            "open_merge_text",
            "open_replace",
            "open_replace_text",
            "merge_title",
            "merge_text",
            "merge_confirm",
            "name_hint",
            "round_hint",
            "ask_name",
            "ask_name_text",
            "ask_name_skip",
            "ask_name_save",
            "clear_all",
            "clear_title",
            "clear_text",
        ]
    ),
    "record": frozenset(
        [
            "unsaid",
            "no_target",
            "evidence_hint",
            "evidence_add",
            "evidence_title",
            "evidence_place",
            "evidence_date",
            "evidence_until",
            "evidence_link",
            "evidence_remove",
            "link_problem",
            "who_hint",
        ]
    ),
    "results": frozenset({"next_unanswered", "next_short", "next_steps"}),
    "changed": frozenset({"retired_text"}),
    "workshop": frozenset({"keys_text"}),
}
# Those that say what is on pages of all checklists together.
_OF_ALL = frozenset({"before", "index", "overview", "plan", "documents", "report", "reviews"})
_WORDS_OF_ALL = {
    "assessments": frozenset(
        {
            "lead",
            "round_number",
            "taken",
            "rename",
            "duplicate",
            "new_title",
            "renamed",
            "cleared",
            "example",
            "example_failed",
            "open_file",
        }
    ),
    "results": frozenset({"critical_text"}),
    "changed": frozenset({"retired_title"}),
    "review": frozenset({"title", "tag", "text_one", "text_other", "since", "event"}),
}


def script(content: Content, texts: Texts, address: Callable[[str], str]) -> str:
    """Words and criteria; ``address`` gives that of ``page.md`` from the site's root."""
    words = {name: _words(texts, name) for name in _WORDS}
    return _script("instruments", words, content.checklists, content, texts, address)


def checklist_script(checklist: Checklist, content: Content, texts: Texts, address: Callable[[str], str]) -> str:
    """Returns the same for the page of one checklist, which needs no other until a file is opened."""
    return _script("parts", _words_of_one(texts), (checklist,), content, texts, address)


def quick_script(content: Content, texts: Texts, address: Callable[[str], str]) -> str:
    """Returns the same for the quick self-assessment: of every checklist, only the criteria that it asks about."""
    asked = [replace(one, criteria=one.quick, retired=(), changes=()) for one in content.checklists]
    return _script("parts", _words_of_one(texts), asked, content, texts, address)


def _script(
    name: str,
    words: Mapping[str, Mapping[str, Any]],
    checklists: Iterable[Checklist],
    content: Content,
    texts: Texts,
    address: Callable[[str], str],
) -> str:
    data = {
        "words": {**words, **_scale(content.scale, texts.code)},
        "checklists": [_checklist(one, texts.code, address) for one in checklists],
    }
    return data_script(name, texts.code, data)


def _words_of_one(texts: Texts) -> dict[str, dict[str, Any]]:
    """Returns the words of pages that do not speak of all checklists together."""
    return {
        name: {key: text for key, text in _words(texts, name).items() if key not in _WORDS_OF_ALL.get(name, ())}
        for name in _WORDS
        if name not in _OF_ALL
    }


def _words(texts: Texts, name: str) -> dict[str, Any]:
    left_out = ON_PAGES.get(name, ())
    return {key: text for key, text in texts[name].items() if key not in left_out}


def texts_script(content: Content, texts: Texts) -> str:
    """Returns the longer texts of every criterion, for the pages that show all of them."""
    code = texts.code
    found = {
        one.id: {
            "levels": [_plain(level, code) for level in one.levels],
            "evidence": _plain(one.evidence, code),
            "next_step": _plain(one.next_step, code),
        }
        for checklist in content.checklists
        for one in checklist.criteria
    }
    return f"abc.instruments[{json.dumps(code)}].texts = {compact(found)};\n"


def platform_script(texts: Texts) -> str:
    """Returns the words of a page inside a package for a learning platform: pages of the site do not carry them."""
    return data_script("lms", texts.code, texts["lms"])


def example_script(root: Path) -> str:
    """Returns the example as a script: from a folder opened without a server, browsers load nothing else."""
    example = (root / "overrides/assets/example.json").read_text("utf-8")
    return f"(window.abc = window.abc || {{}}).example = {example.strip()};\n"


def _scale(scale: Scale, code: str) -> dict[str, Any]:
    over = scale.over_flags
    return {
        "bands": [
            {"from": one.least, "name": in_language(one.name, code), "meaning": in_language(one.meaning, code)}
            for one in scale.bands
        ],
        "over_flags": {"name": in_language(over.name, code), "meaning": in_language(over.meaning, code)},
        "statuses": [level.status for level in scale.levels],
        "levels": [f"{value} {in_language(level.name, code)}" for value, level in enumerate(scale.levels)],
    }


def _checklist(checklist: Checklist, code: str, address: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": checklist.id,
        "version": checklist.version,
        "title": in_language(checklist.title, code),
        "short": in_language(checklist.short, code),
        "url": address(checklist.page),
        "foundation": checklist.foundation,
        "criteria": [
            {
                "id": one.id,
                "weight": one.weight,
                "critical": one.critical,
                "quick": one.quick,
                "review": one.review,
                "statement": _plain(one.statement, code),
            }
            for one in checklist.criteria
        ],
        "retired": [{"id": one.id, "statement": _plain(one.statement, code)} for one in checklist.retired],
        "changes": [{**asdict(one), "date": one.date.isoformat()} for one in checklist.changes],
    }


def _plain(text: Translated, code: str) -> str:
    return inline_markdown.plain(in_language(text, code))
