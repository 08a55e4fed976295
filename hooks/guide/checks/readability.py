"""Measures how hard the pages are to read: a score by the language's formula and the share of words in tables.

A report, not a gate: a formula sees the length of words and sentences, and knows nothing of sense.
``readability`` in ``prose`` of a language's locale file names its formula; a language without one is
measured by its tables alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from guide.checks.corpus import Page, Site
from guide.checks.style import sentences
from guide.reading.markdown import NAMES, RUNNING
from guide.reading.project import open_texts
from guide.reading.texts import fill

# A word as a reader counts it: what apostrophes and hyphens join is one. Figures are read at a glance
# and count neither as words nor as syllables, but in a table they fill cells as words do.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_FILLED = re.compile(r"\w[\w'’-]*")
# What a reader does not see as it is written: who is mentioned by an id, and what the build fills in.
_MENTION = re.compile(r"\{contact:[\w-]+\s*([^{}]*)\}")
_FILLED_IN = re.compile(r"\{[^{}]*\}")
_SHOWN = (*RUNNING, *NAMES, "table")


def syllables_es(word: str) -> int:
    """Counts the syllables of a Spanish word by the rules of the Ortografía of the academies (2010).

    Each open vowel, and each í or ú beside one, is the heart of a syllable; a group of closed vowels
    alone is one. A silent u (que, gui) and an h between vowels do not count, and y is a vowel only
    before a consonant or at the end.
    """
    total = 0
    for part in re.findall(r"[^\W\d_]+", word.lower()):
        part = re.sub(r"([qg])u(?=[eéií])", r"\1", part)
        part = re.sub(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóú])", "", part)
        part = re.sub(r"y(?![aeiouáéíóú])", "i", part)
        count = 0
        for group in re.findall(r"[aeiouáéíóúü]+", part):
            hearts = len(re.findall(r"[aeoáéó]", group))
            count += (
                hearts + len(re.findall(r"[íú]", group)) if hearts else 1 + len(re.findall(r"i(?=i)|u(?=u)", group))
            )
        # What has no vowel (an acronym, a symbol) is said as one syllable at least.
        total += max(count, 1)
    return total


# Vowels in English that are written and not said, each a syllable less than its groups of vowels.
_EN_SILENT = re.compile(
    r"(?<=[^aeiouy])e$(?<![^aeiouyrw]le)"  # make, but not table
    r"|(?<=[^aeiouytd])ed$|(?<=[aeiouy][^aeiouytd])ed$"  # asked
    r"|(?<=[^aeiouycgsxz])es$(?<!ches)(?<!shes)(?<![^aeiouyrw]les)"  # makes, but not places or tables
    r"|(?<=[^aeiouy])e(?=(?:ly|ments?|ness|ful|less|work|where|thing|times?)$)(?<!le)"  # statement
)
# Neighbours that are two syllables, each one more than its groups of vowels.
_EN_APART = re.compile(
    r"(?<![ctsxg])i(?=a)(?!a[ig])|(?<=[tc])i(?=at)"  # diary, negotiate; not special, marriage
    r"|i(?=u[ms])|e(?=um)|(?<![ctsxgn])i(?=o)|e(?=o(?!u|p))"  # stadium, museum, period, video
    r"|(?<=[tc])i(?=et)|(?<=sc)i(?=e)|(?<![fchtlnrd])i(?=e(?:t|nc|nt))"  # society, science, client
    r"|(?<![gq])u(?=a(?!r?d|de))|u(?=ou)|(?<=n)ui(?=t)"  # actual, continuous, annuity
    r"|(?<=[aeiouy][^aeiouy])ea(?=s?$)|(?<=r)ea(?=t[ei])"  # area, create
    r"|[aeiouy](?=ing)|(?<=[aeo])y(?=[ao])|sm$"  # going, mayor, tourism
)


def syllables_en(word: str) -> int:
    """Counts the syllables of an English word: its groups of vowels, less those not said, more those said apart.

    English is not written as it is said, so this is right for most words and not for all.
    """
    total = 0
    for part in re.findall(r"[a-z]+", _plain(word)):
        groups = len(re.findall(r"[aeiouy]+", part))
        total += max(groups - len(_EN_SILENT.findall(part)) + len(_EN_APART.findall(part)), 1)
    return total


def _plain(word: str) -> str:
    """``word`` in small letters without accents and without the end of a contraction or genitive."""
    bare = "".join(one for one in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(one))
    return re.sub(r"['’](?:s|d|m|ll|re|ve|t)?(?=$|-)", "", bare)


@dataclass(frozen=True)
class Formula:
    """A score of 206.835 less what long words and long sentences cost: the higher, the easier to read."""

    name: str
    syllables: Callable[[str], int]
    a_word: float
    """What each syllable in the mean word costs."""
    a_sentence: float
    """What each word in the mean sentence costs."""

    def score(self, listed: Iterable[str]) -> float | None:
        """Returns the score of these sentences; None where no words are left."""
        counted = [words for one in listed if (words := _WORD.findall(one))]
        if not counted:
            return None
        words = [word for sentence in counted for word in sentence]
        syllables = sum(map(self.syllables, words))
        return 206.835 - self.a_word * syllables / len(words) - self.a_sentence * len(words) / len(counted)


FORMULAS = {
    # Szigriszt Pazos, F., Sistemas predictivos de legilibilidad del mensaje escrito: fórmula de perspicuidad (thesis,
    # Universidad Complutense de Madrid, 1993), read on the INFLESZ scale: 55 to 65 normal, 65 to 80 fairly easy
    # (Barrio-Cantalejo, I. M. et al., Anales del Sistema Sanitario de Navarra 31(2), 2008).
    "inflesz": Formula("INFLESZ", syllables_es, 62.3, 1.0),
    # Flesch, R., "A new readability yardstick", Journal of Applied Psychology 32(3), 1948: 60 to 70 standard.
    "flesch": Formula("Flesch", syllables_en, 84.6, 1.015),
}


def text(site: Site, words: Mapping[str, str]) -> str:
    """Score and share of words in tables of every page; ``words`` are those of ``reading`` in a locale file."""
    lines = [words["measures"]]
    for code, pages in site.pages.items():
        formula = FORMULAS.get(open_texts(site.project, code)["prose"]["readability"])
        for page in pages.values():
            share = in_tables(page)
            score = formula and formula.score(running(page, site.cited))
            if share is None:
                continue
            details = {"file": page.file, "tables": f"{100 * share:.0f}"}
            if formula and score is not None:
                lines.append(fill(words["scored"], {**details, "formula": formula.name, "score": f"{score:.1f}"}))
            else:
                lines.append(fill(words["unscored"], details))
    return "\n".join(lines)


def running(page: Page, cited: str | None) -> Iterator[str]:
    """Yields the sentences of a page's paragraphs, items and quotes, without the sources in parentheses."""
    # A parenthesis that begins with a link to the bibliography: ([SRE, 2019](../bibliografia.md#sre), p. 3)
    source = (
        re.compile(rf"\s*\(\[[^\[\]]*\]\([^()\s]*{re.escape(cited)}[^()\s]*\)(?:[^()]|\([^()]*\))*\)")
        if cited
        else None
    )
    for block in page.source.blocks:
        if block.kind in RUNNING:
            shown = _FILLED_IN.sub(" ", _MENTION.sub(r"\1", block.text))
            yield from sentences(replace(block, text=source.sub("", shown) if source else shown))


def in_tables(page: Page) -> float | None:
    """Returns the share of a page's words that stands in tables; None for a page without words."""
    counted = [(block.kind, len(_FILLED.findall(block.words))) for block in page.source.blocks if block.kind in _SHOWN]
    total = sum(count for _, count in counted)
    return sum(count for kind, count in counted if kind == "table") / total if total else None
