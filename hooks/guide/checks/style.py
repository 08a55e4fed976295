"""Checks the rules of style that a machine can judge; each language's are in ``prose`` of its locale file.

All of them give warnings: a quotation, a name or a table may be right as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import yaml

from guide.checks.corpus import Document, Page, Said, Site
from guide.reading.markdown import NAMES, RUNNING, Block
from guide.reading.problems import Problems
from guide.reading.schema import EXAMPLE_ADDRESS
from guide.reading.yaml_tree import line_of

# "60,000", "1.5", "2019-2021"
_NUMBER = r"\d+(?:[.,]\d+)*"
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\")\]*_]*\s+(?=[A-ZÁÉÍÓÚÑÜ¿¡«“\"(\[*_])")
LONG_SENTENCE = 40
# Where somebody meant to come back.
LEFT = re.compile(r"\b(?:TODO:|FIXME|TBD|XXX+\b)|[Ll]orem ipsum")


@dataclass(frozen=True)
class Rules:
    """How one language is written, as ``prose`` of its locale file says."""

    words: Mapping[str, str]
    unwritten: frozenset[str] = frozenset()
    """What stands in a new file where a text is still to be written."""

    @property
    def straight_quotes(self) -> bool:
        """Whether straight quotes may stand in prose."""
        return self.words["straight_quotes"] != "forbidden"

    @property
    def opening_marks(self) -> bool:
        """Whether questions and exclamations need their opening mark."""
        return self.words["opening_marks"] == "required"

    @cached_property
    def figure(self) -> re.Pattern[str]:
        """A number that somebody measured or counted: with per cent, money or a unit."""
        units = "|".join(map(re.escape, self._list("units")))
        return re.compile(rf"(?:{_NUMBER}\s*%|[$€£]\s*{_NUMBER}|\b{_NUMBER}\s+(?:{units})\b)", re.IGNORECASE)

    @cached_property
    def own(self) -> re.Pattern[str]:
        """Words that say that a figure is invented or a proposal of this site."""
        return re.compile("|".join(map(re.escape, self._list("own_figures"))), re.IGNORECASE)

    @cached_property
    def vague(self) -> frozenset[str]:
        """Link texts that say nothing out of their sentence."""
        return frozenset(self._list("vague_links"))

    @cached_property
    def common(self) -> frozenset[str]:
        """Words by which the language is told from others."""
        return frozenset(self._list("common_words"))

    @cached_property
    def twice(self) -> frozenset[str]:
        """Words that may stand twice in a row."""
        return frozenset(self._list("twice"))

    def _list(self, name: str) -> list[str]:
        return [one.strip().lower() for one in self.words[name].split(",") if one.strip()]


def check(site: Site, page: Page, rules: Rules, problems: Problems) -> None:
    """Records what reads badly on ``page``; figures without a source only in the default language,
    as the others must have the same figures and links."""
    for block in page.source.blocks:
        _check_block(page, block, rules, problems)
    if page.code == site.project.default:
        _figures(site, page, rules, problems)
    for key in ("title", "description"):
        if page.meta[key] in rules.unwritten:
            problems.add(page.file, page.meta.lines[key], key, "unwritten")
    for link in page.source.links:
        if not link.image and " ".join((link.label or "").lower().split()) in rules.vague:
            problems.add(page.file, link.line, "", "link_vague", label=link.label)


def _check_block(page: Page, block: Block, rules: Rules, problems: Problems) -> None:
    if block.kind in (*RUNNING, *NAMES, "table"):
        for offset, code, shown in _marks(block.prose, rules):
            problems.add(page.file, block.line_at(offset), "", code, text=shown)
    if block.kind == "paragraph":
        _needs_blank(page, block, problems)
    if block.kind not in ("code", "comment") and (block.text.strip() in rules.unwritten or LEFT.search(block.bare)):
        problems.add(page.file, block.line, "", "unwritten")


def check_text(text: Said, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records what reads badly in a text of a YAML file."""
    for code, value in text.texts.items():
        block = Block("paragraph", 0, value)
        for _, kind, shown in _marks(block.prose, rules[code]):
            problems.add(text.file, text.lines[code], f"{text.key}.{code}", kind, text=shown)


def check_written(document: Document, rules: Mapping[str, Rules], problems: Problems) -> None:
    """Records what stands in a YAML file as a new file has it."""
    unwritten = frozenset({EXAMPLE_ADDRESS}.union(*(one.unwritten for one in rules.values())))

    def look(node: yaml.Node, key: str, depth: int) -> None:
        if isinstance(node, yaml.ScalarNode):
            if node.value in unwritten or LEFT.search(node.value):
                problems.add(document.file, line_of(node), key, "unwritten")
        elif depth < 50 and isinstance(node, yaml.SequenceNode):
            for place, child in enumerate(node.value, 1):
                look(child, f"{key}.{place}", depth + 1)
        elif depth < 50:
            for name, child in node.value:
                look(child, f"{key}.{name.value}" if key else str(name.value), depth + 1)

    if document.node is not None:
        look(document.node, "", 0)


def sentences(block: Block) -> list[str]:
    """Returns the sentences of a paragraph, item or quote."""
    text = " ".join(block.words.split())
    return [one for one in _SENTENCE_END.split(text) if one.strip()]


def _marks(prose: str, rules: Rules) -> Iterator[tuple[int, str, str]]:
    """(offset, sentence, what is shown) of marks that are missing or wrong."""
    if rules.opening_marks:
        for opening, closing in ("¿?", "¡!"):
            last = -1
            for match in re.finditer(re.escape(closing) + "+", prose):
                start = prose[last + 1 : match.start()]
                if opening not in start and match.start() > 0 and re.search(r"\w", start):
                    yield match.start(), "opening_mark", f"…{_tail(start)}{closing}"
                last = match.end() - 1
    if not rules.straight_quotes:
        for match in re.finditer(r'"', prose):
            yield match.start(), "straight_quote", _around(prose, match.start())
            break


def _tail(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[-30:]


def _around(text: str, offset: int) -> str:
    return " ".join(text[max(0, offset - 15) : offset + 25].replace("\0", "").split())


def _needs_blank(page: Page, block: Block, problems: Problems) -> None:
    """A list or table right under a line of text is not one: Markdown wants a blank line between."""
    if block.text.startswith("|"):
        return
    for step, line in enumerate(block.text.split("\n")[1:], 1):
        if re.match(r"[-*+] \S|\d{1,2}\. \S|\|.*\|", line):
            problems.add(page.file, block.line + step, "", "needs_blank_line")
            return


@dataclass(frozen=True)
class _Unanswered:
    """A block with figures and no source; ``where`` are the sections in which one of them may have one."""

    block: Block
    figures: Mapping[str, str]
    where: frozenset[int]


def _figures(site: Site, page: Page, rules: Rules, problems: Problems) -> None:
    """Figures nobody answers for. A block has a source when it cites one, says that the figures are its
    own, or follows a paragraph that does and ends with a colon. A figure also has one where the same
    figure stands in a block with a source, under the same heading or one the block links to."""
    sections = {f"#{one.name}": place for place, one in enumerate(page.source.headings, 1)}
    answered: dict[int, set[str]] = {}
    left: list[_Unanswered] = []
    introduced = False
    for block, links in _with_links(page):
        sourced = _has_source(site, block, links, rules)
        if block.kind in ("paragraph", "heading"):
            introduced = sourced and block.words.rstrip().endswith(":")
        found = {" ".join(match[0].lower().split()): match[0] for match in rules.figure.finditer(block.words)}
        if sourced or introduced:
            answered.setdefault(block.section, set()).update(found)
        elif found and block.kind in RUNNING:
            linked = (sections[one] for one in links if one in sections)
            left.append(_Unanswered(block, found, frozenset({block.section, *linked})))
    for one in left:
        _tell_figure(page, one, answered, problems)


def _with_links(page: Page) -> Iterator[tuple[Block, list[str]]]:
    """Yields every block of a page with the targets of its links."""
    lines: dict[int, list[str]] = {}
    for link in page.source.links:
        lines.setdefault(link.line, []).append(link.target)
    for block in page.source.blocks:
        yield block, [target for line in _lines(block) for target in lines.get(line, ())]


def _has_source(site: Site, block: Block, links: list[str], rules: Rules) -> bool:
    """Returns whether a block cites a source, or says that its figures are its own."""
    cites = any("://" in one or (site.cited and site.cited in one) for one in links)
    return cites or rules.own.search(block.words) is not None


def _tell_figure(page: Page, one: _Unanswered, answered: Mapping[int, set[str]], problems: Problems) -> None:
    """Records the first figure of a block that has no source anywhere."""
    known = set().union(*(answered.get(section, ()) for section in one.where))
    figure = next((figure for name, figure in one.figures.items() if name not in known), None)
    if figure is not None:
        block = one.block
        line = block.line_at(block.text.find(figure)) if figure in block.text else block.line
        problems.add(page.file, line, "", "figure_without_source", figure=" ".join(figure.split()))


def _lines(block: Block) -> range:
    return range(block.line, block.line + block.text.count("\n") + 1)
