"""Writes what a browser needs for Word documents: the parts all share, and the office templates that it can fill.

It is loaded when a paper is asked for, a file per language. The text of a template is the one of its blank document
(``word.py``): a paper that is filled in and one that is not say the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from guide.downloads.data_script import data_script
from guide.model.content import Content
from guide.model.office_templates import Block, Format, Heading, Paragraph, Run, Runs, Table
from guide.reading.schema import in_language
from guide.reading.texts import Texts, fill

_PARTS = Path(__file__).parent / "word_parts"
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_BETWEEN = re.compile(r">\s+<")


def filled(content: Content) -> tuple[Format, ...]:
    """Returns the templates of which the site knows something."""
    return tuple(one for one in content.formats if one.is_filled)


def script(content: Content, texts: Texts) -> str:
    """Returns the words, parts and templates of one language."""
    code = texts.code
    locale = texts["format"]["locale"]
    data = {
        "locale": locale,
        "words": {
            **texts["office"],
            **{name: texts["formats"][name] for name in ("about", "page", "crest", "own_line")},
        },
        "parts": {name: part(name, locale) for name in ("styles", "numbering", "settings")},
        "register": _register(content, texts),
        "templates": {one.id: _template(one, texts) for one in filled(content)},
    }
    return data_script("office", code, data)


def _register(content: Content, texts: Texts) -> dict[str, Any]:
    """Returns how the facts of a kept agreement are said."""
    fields = [
        {
            "id": one.id,
            "kind": one.kind,
            "label": in_language(one.label, texts.code),
            "choices": [{"id": item.id, "name": in_language(item.name, texts.code)} for item in one.choices],
        }
        for one in content.register.fields
    ]
    words = texts["tools"]["register"]
    return {"fields": fields, **{name: words[name] for name in ("unknown", "indefinite", "unnamed_partner")}}


def part(name: str, locale: str) -> str:
    """Returns a part of a document, without what only its authors read."""
    text = (_PARTS / f"{name}.xml").read_text("utf-8").replace("LOCALE", locale)
    return _BETWEEN.sub("><", _COMMENT.sub("", text)).strip()


def _template(one: Format, texts: Texts) -> dict[str, Any]:
    site, words = texts["site"]["name"], texts["formats"]
    return {
        "title": in_language(one.title, texts.code),
        "criteria": one.criteria,
        "licence": fill(words["licence"], {"site": site, "date": one.revised.isoformat()}),
        "blocks": [_block(block) for block in one.blocks[one.written(texts.code)]],
    }


def _block(block: Block) -> list[Any]:
    """Returns what a block is, and its texts."""
    if isinstance(block, Heading):
        return [f"h{block.level}", _runs(block.runs)]
    if isinstance(block, Paragraph):
        return ["note" if block.note else "p", _runs(block.runs)]
    if isinstance(block, Table):
        return ["table", [[_runs(cell) for cell in row] for row in block.rows], [round(one, 4) for one in block.widths]]
    return [block.kind, [_runs(item) for item in block.items]]


def _runs(runs: Runs) -> list[Any]:
    return [_run(run) for run in runs]


def _run(run: Run) -> Any:
    """Returns a text as it is, or what it is with its text."""
    if run.field:
        return {"field": run.text, "fact": run.fact} if run.fact else {"field": run.text}
    if run.url:
        return {"link": run.text, "url": run.url}
    if run.strong or run.emphasis:
        return {"strong" if run.strong else "emphasis": run.text}
    return run.text
