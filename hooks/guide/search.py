"""What search works with, for each language: the index as scripts, and the words people type for a term.

Two scripts, not JSON, so that they also load from a folder opened without a server. Titles and headings
with the words people type come first, and are small; the texts follow in the same order.
``overrides/assets/scripts/search.js`` reads them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guide.glossary import PAGE as GLOSSARY_PAGE
from guide.glossary import Term
from guide.problems import Problems
from guide.project import Project
from guide.records import Known, check_link, read_file
from guide.schema import ByLanguage, Context, ListOf, Record, Text, Texts, in_language

if TYPE_CHECKING:
    from guide.catalogue import Practice
    from guide.content import Content

SOURCE = "data/search.yml"

TYPED = Record(
    {"typed": ByLanguage(ListOf(Text())), "means": Texts(), "see": Text()}, optional=frozenset({"means", "see"})
)
SEARCH = Record({"words": ListOf(TYPED, least=0), "ignored": ByLanguage(ListOf(Text()))})

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


@dataclass(frozen=True)
class Typed:
    """Words that people type, in each language; what the site calls it; where it is explained.

    ``see`` is ``page.md`` or ``page.md#heading``.
    """

    typed: Mapping[str, tuple[str, ...]]
    means: Mapping[str, str]
    see: str | None


@dataclass(frozen=True)
class SearchWords:
    """``data/search.yml``: words that people type, and those that say nothing of what is looked for."""

    words: tuple[Typed, ...] = ()
    ignored: Mapping[str, tuple[str, ...]] | None = None


def read(project: Project, problems: Problems, known: Known) -> SearchWords:
    """What ``data/search.yml`` says; nothing where there is no such file."""
    if not (project.root / SOURCE).is_file():
        return SearchWords()
    found = read_file(project, SOURCE, SEARCH, problems, known)
    context = Context.of(project, SOURCE, problems, known)
    made = []
    for place, one in enumerate(found["words"] or [], 1):
        if one["see"]:
            check_link(one["see"], one.lines["see"], f"words.{place}.see", context)
        made.append(Typed(_by_language(one["typed"]), one["means"] or {}, one["see"]))
    return SearchWords(tuple(made), _by_language(found["ignored"]))


def _by_language(found: Mapping[str, list[str | None]] | None) -> dict[str, tuple[str, ...]]:
    return {code: tuple(filter(None, texts)) for code, texts in (found or {}).items()}


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
