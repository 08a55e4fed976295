"""Writes what the directory contains of each network, as a script of one language: loaded when one is compared."""

from __future__ import annotations

import json
from typing import Any

from guide.model.catalogue import Network
from guide.model.content import Content
from guide.reading import inline_markdown
from guide.reading.schema import in_language
from guide.reading.texts import Texts, fill, when

# Of those a memo has room for, so that it stays one page.
_MOST_SOURCES = 2


def script(content: Content, texts: Texts) -> str:
    """Returns what a memo says of every network of the directory: ``abc.networks = {id: …}``."""
    made = {one.id: _facts(one, content, texts) for one in content.catalogue.networks}
    return f"(window.abc ||= {{}}).networks = {json.dumps(made, ensure_ascii=False, separators=(',', ':'))};\n"


def _facts(network: Network, content: Content, texts: Texts) -> dict[str, Any]:
    """Returns what the directory says of a network, as it can stand in a memo: plain sentences."""
    words, own, code = texts["catalogue"], texts["tools"]["compare"], texts.code
    sources = _sources(network, content, texts)
    if network.verified and network.checked:
        checked = fill(own["checked"], {"date": when(network.checked, words)})
    else:
        checked = own["unchecked"] if sources else own["general"]
    return {
        "name": network.listed_name(code),
        "short": network.acronym or in_language(network.name, code),
        "fee": _fee(network, texts),
        "status": words["status"][network.status],
        "active": network.status == "active",
        "mexico": words["mexico"][network.mexico],
        "verified": network.verified,
        "checked": checked,
        "as_of": when(network.as_of, words),
        "doubts": [own["fields"][one] for one in network.unconfirmed],
        "sources": sources,
    }


def _fee(network: Network, texts: Texts) -> str:
    fee: str = texts["catalogue"]["fee"][network.fee] if network.fee else texts["tools"]["compare"]["fee_none"]
    if network.fee_note:
        fee += f". {inline_markdown.plain(in_language(network.fee_note, texts.code)).rstrip('.')}"
    return fee


def _sources(network: Network, content: Content, texts: Texts) -> list[str]:
    sources = [in_language(content.sources[id].cite, texts.code) for id in network.cites]
    sources += [one.title for one in network.sources]
    if more := len(sources[_MOST_SOURCES:]):
        # All of them stand in its entry, to which its name leads.
        name = "more_sources_one" if more == 1 else "more_sources_other"
        sources[_MOST_SOURCES:] = [fill(texts["tools"]["compare"][name], {"count": more})]
    return sources
