"""What search works with, for each language: the index as scripts.

Two scripts, not JSON, so that they also load from a folder opened without a server. Titles and headings
with the words people type come first, and are small; the texts follow in the same order.
``overrides/assets/scripts/search.js`` reads them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping

from guide.model.catalogue import Practice
from guide.model.content import Content
from guide.model.glossary import PAGE as GLOSSARY_PAGE
from guide.model.glossary import Term
from guide.model.search_words import Typed
from guide.reading.schema import in_language

_TAGS = re.compile(r"<[^>]*>")
_BRACKETS = re.compile(r"\s*\([^)]*\)")

# Pages that help somebody who looks for a matter less than the chapter about it: (beginning of the
# address inside its language, worth). Other pages are worth 1.
WORTH = (
    ("bibliografia", 0.05),
    ("glosario", 0.25),
    ("directorio/practicas/", 1),
    ("directorio", 0.5),
    ("curso", 0.5),
    ("autoevaluacion", 0.7),
    ("contribuir", 0.3),
    ("alojar", 0.3),
    ("acerca", 0.6),
)


def split(entries: Iterable[Mapping[str, str]], languages: tuple[str, ...]) -> dict[str, list[dict[str, str]]]:
    """Entries by language; ``languages[0]`` lives at the root, the others under ``<code>/``.

    An entry is ``{"location": "page/#heading", "title": …, "text": HTML}``; in the result its
    text is plain. The entry of a page comes before those of its headings.
    """
    found: dict[str, list[dict[str, str]]] = {code: [] for code in languages}
    for entry in entries:
        first = entry["location"].split("/", 1)[0]
        language = first if first in languages[1:] else languages[0]
        found[language].append(
            {"location": entry["location"], "title": _plain(entry["title"]), "text": _plain(entry["text"])}
        )
    return found


def titles_script(entries: list[dict[str, str]], content: Content, code: str, url: Callable[[str], str]) -> str:
    """The titles and headings of ``entries``, and the words people type, as a script.

    ``url`` gives the address of ``page.md#heading`` as ``location`` has it.
    """
    data = {
        "titles": [[one["location"], one["title"]] for one in entries],
        "ignored": list((content.search.ignored or {}).get(code, ())),
        "typed": [
            *_typed(content.search.words, code, url),
            *_terms(content.glossary.terms, code, url),
            *_places(content.catalogue.practices, code, url),
        ],
        "worth": WORTH,
    }
    return _script("titles", data)


def texts_script(entries: list[dict[str, str]]) -> str:
    """The texts of ``entries``, in the same order, as a script."""
    return _script("texts", [one["text"] for one in entries])


def _typed(words: Iterable[Typed], code: str, url: Callable[[str], str]) -> list[list[str]]:
    """``[what the site calls it, where, form, form…]`` of each; all languages' forms count."""
    return [
        [one.means.get(code, ""), url(one.see) if one.see else "", *dict.fromkeys(_all(one.typed.values()))]
        for one in words
    ]


def _terms(terms: Iterable[Term], code: str, url: Callable[[str], str]) -> list[list[str]]:
    """The same of the glossary: its other forms, the forms to avoid, and those of other languages."""
    found = []
    for one in terms:
        own = _BRACKETS.sub("", one.name(code))
        avoided = (form for several in one.avoid.values() for each in several for form in each.forms)
        forms = [own, *_all(one.recognised(other) for other in one.term), *avoided]
        found.append([own, url(one.see or f"{GLOSSARY_PAGE}#{one.id}"), *dict.fromkeys(forms)])
    return found


def _places(practices: Iterable[Practice], code: str, url: Callable[[str], str]) -> list[list[str]]:
    """The same of the places of practices, whose titles need not name them."""
    return [["", url(one.page), _BRACKETS.sub("", in_language(one.place, code))] for one in practices]


def _all(several: Iterable[Iterable[str]]) -> list[str]:
    return [one for each in several for one in each]


def _script(name: str, data: object) -> str:
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"abc.search.{name}({made});\n"


def _plain(markup: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", markup)).split())
