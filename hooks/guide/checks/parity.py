"""Compares every language with the default one: pages, headings, links, figures, tables, notes, lists."""

from __future__ import annotations

import difflib
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from guide.checks.corpus import Page, Said, Site, numbers
from guide.model import figures
from guide.reading import counts, half_translated, icons, inline_markdown, mentions
from guide.reading.kept import kept
from guide.reading.markdown import Block, Link
from guide.reading.problems import Problem, Problems

# Places of sections that belong together.
Sections = tuple[int, ...]

# A file, a line and a key in it.
Place = tuple[str, int, str]

# Blocks of which every language has as many, and the sentence where it has not.
_COUNTED = {
    "item": "parity_items",
    "code": "parity_code",
    "tab": "parity_tabs",
    "meaning": "parity_meanings",
    "abbreviation": "parity_abbreviations",
}
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
# Marks of which every language has the same, and the sentence where it has not. Abbreviations differ by language.
_MARKED: dict[str, Callable[[Block], Iterable[str]]] = {
    "parity_footnotes": lambda block: _NOTE.findall(block.text),
    "parity_icons": lambda block: (match["icon"] for match in icons.PLACE.finditer(block.text)),
}


def check(site: Site, problems: Problems) -> None:
    """Records where the pages of a language are not in step with the default language's."""
    project = site.project
    first = site.pages[project.default]
    for code in project.codes[1:]:
        others = site.pages[code]
        for path, page in first.items():
            if path in others and code in project.in_progress:
                # What is not translated yet is no error.
                first_source, source = half_translated.without_missing(page.source, others[path].source)
                _compare(replace(page, source=first_source), replace(others[path], source=source), problems)
            elif path in others:
                found = functools.partial(_compared, page, others[path])
                read = (page.file, others[path].file)
                problems.take_all(kept(found, "parity", *read, *map(project.files.raw, read)))
            elif code not in project.in_progress:
                problems.add(f"docs/{code}/{path}", 0, "", "parity_page_missing", source=page.file)
        for path in others.keys() - first.keys():
            wanted = f"docs/{project.default}/{path}"
            problems.add(others[path].file, 0, "", "parity_page_extra", source=wanted)


def check_text(text: Said, default: str, problems: Problems) -> None:
    """Records where a text of a YAML file has other figures or links than the default language's."""
    first = text.texts[default]
    for code, other in text.texts.items():
        if code == default:
            continue
        place = (text.file, text.lines[code], f"{text.key}.{code}")
        _numbers(numbers(first), numbers(other), place, f"{text.file}:{text.lines[default]}", problems)
        # Most texts have neither.
        if "](" in first or "](" in other:
            wanted, found = (Counter(inline_markdown.links(one)) for one in (first, other))
            _difference(wanted, found, place, "parity_links", problems)
        if "{" in first or "{" in other:
            wanted, found = (Counter(mentions.wanted(one)) for one in (first, other))
            _difference(wanted, found, place, "parity_contacts", problems)


def _compared(first: Page, other: Page) -> tuple[Problem, ...]:
    problems = Problems()
    _compare(first, other, problems)
    return tuple(problems)


def _compare(first: Page, other: Page, problems: Problems) -> None:
    for stretch in _headings(first, other, problems):
        # Where a heading is missing, its text may be there, under the heading before, or not: the reading
        # with the fewest differences is the likely one.
        found = []
        for mine, theirs in stretch:
            found.append(Problems())
            _sections(first, other, mine, theirs, found[-1])
        problems.update(min(found, key=len))


def _sections(first: Page, other: Page, before: Sections, after: Sections, problems: Problems) -> None:
    _links(first, other, before, after, problems)
    mine = [block for block in first.source.blocks if block.section in before]
    theirs = [block for block in other.source.blocks if block.section in after]
    line = theirs[0].line if theirs else other.source.start
    _figures(first, other, mine, theirs, line, problems)
    _difference(_drawn(mine), _drawn(theirs), (other.file, line, ""), "parity_figures", problems)
    _difference(_mentioned(mine), _mentioned(theirs), (other.file, line, ""), "parity_contacts", problems)
    for kind, code in _COUNTED.items():
        wanted, found = _of_kind(mine, kind), _of_kind(theirs, kind)
        if len(wanted) != len(found):
            last = found[0].line if found else line
            problems.add(other.file, last, "", code, wanted=len(wanted), found=len(found))
    _tables(mine, theirs, other.file, line, problems)
    _in_order(mine, theirs, other.file, line, problems)
    for code, look in _MARKED.items():
        _difference(_in_all(mine, look), _in_all(theirs, look), (other.file, line, ""), code, problems)


def _mentioned(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(id for block in blocks for id in mentions.wanted(block.text))


def _of_kind(blocks: Iterable[Block], kind: str) -> list[Block]:
    return [block for block in blocks if block.kind == kind]


def _in_order(mine: list[Block], theirs: list[Block], file: str, line: int, problems: Problems) -> None:
    """Boxes of the same kinds, and ticks of what is done, in the same order."""
    for kind, code, name in (("admonition", "parity_admonitions", _box), ("item", "parity_ticks", _tick)):
        kinds = [[name(one) for one in _of_kind(blocks, kind) if name(one)] for blocks in (mine, theirs)]
        if kinds[0] != kinds[1]:
            first = next((one for one in theirs if one.kind == kind), None)
            wanted, found = (", ".join(one) or "—" for one in kinds)
            problems.add(file, first.line if first else line, "", code, wanted=wanted, found=found)


def _box(block: Block) -> str:
    return f"{('!!!', '???', '???+')[block.level]} {block.name or ''}".strip() if block.level else block.name or ""


def _tick(block: Block) -> str:
    return f"[{block.ticked}]" if block.ticked else ""


def _in_all(blocks: Iterable[Block], look: Callable[[Block], Iterable[str]]) -> Counter[str]:
    silent = ("code", "comment", "html")
    return Counter(one for block in blocks if block.kind not in silent for one in look(block))


def _headings(first: Page, other: Page, problems: Problems) -> list[list[tuple[Sections, Sections]]]:
    """Records headings out of step; gives the sections to compare, each pair with what else it may be."""
    mine, theirs = first.source.headings, other.source.headings
    keys, others = ([(b.level, b.name) for b in blocks] for blocks in (mine, theirs))
    stretches: list[list[tuple[Sections, Sections]]] = [[((0,), (0,))]]
    for tag, i, j, k, end in difflib.SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and j - i == end - k):
            for step in range(j - i):
                stretches.append([((i + step + 1,), (k + step + 1,))])
                if tag == "replace":
                    _heading_differs(mine[i + step], theirs[k + step], first, other, problems)
            continue
        ((before,), (after,)) = stretches[-1][0]
        stretches[-1].append(((before, *range(i + 1, j + 1)), (after, *range(k + 1, end + 1))))
        for block in mine[i:j]:
            line = theirs[k].line if k < len(theirs) else len(other.source.lines)
            problems.add(
                other.file, line, "", "parity_heading_missing",
                heading="#" * block.level + (f" … {{#{block.name}}}" if block.name else f" {block.text[:60]}"),
                where=f"{first.file}:{block.line}",
            )  # fmt: skip
        for block in theirs[k:end]:
            problems.add(other.file, block.line, "", "parity_heading_extra", title=block.text[:60], source=first.file)
    return stretches


def _heading_differs(mine: Block, theirs: Block, first: Page, other: Page, problems: Problems) -> None:
    # A heading without an id has been told already.
    if theirs.name and mine.name and theirs.name != mine.name:
        problems.add(
            other.file, theirs.line, "", "parity_heading_id",
            wanted=mine.name, found=theirs.name, where=f"{first.file}:{mine.line}",
        )  # fmt: skip
    if theirs.level != mine.level:
        problems.add(
            other.file, theirs.line, "", "parity_heading_level",
            wanted="#" * mine.level, found="#" * theirs.level, where=f"{first.file}:{mine.line}",
        )  # fmt: skip


def _links(first: Page, other: Page, before: Sections, after: Sections, problems: Problems) -> None:
    mine, theirs = _links_in(first, before), _links_in(other, after)
    wanted = Counter({target: len(links) for target, links in mine.items()})
    found = Counter({target: len(links) for target, links in theirs.items()})
    missing, extra = wanted - found, found - wanted
    # Where one is missing, one that is too many is probably it.
    lines = [links[0].line for target, links in theirs.items() if target in extra]
    for target in missing:
        source = mine[target][0]
        problems.add(
            other.file, lines[0] if lines else _start(other, after[0]), "", "parity_link_missing",
            target=source.target, where=f"{first.file}:{source.line}",
        )  # fmt: skip
    for target in extra if not missing else ():
        link = theirs[target][0]
        problems.add(other.file, link.line, "", "parity_link_extra", target=link.target, source=first.file)


def _links_in(page: Page, sections: Sections) -> dict[str, list[Link]]:
    """Returns the links of some sections by what they lead to."""
    found: dict[str, list[Link]] = {}
    for link in page.source.links:
        if link.section in sections:
            found.setdefault(_address(link), []).append(link)
    return found


def _address(link: Link) -> str:
    """Returns what a link leads to; pages outside often have an address of their own in each language."""
    return ("!" if link.image else "") + ("http…" if "://" in link.target else link.target)


def _start(page: Page, section: int) -> int:
    return page.source.headings[section - 1].line if section else page.source.start


def _figures(
    first: Page, other: Page, mine: Sequence[Block], theirs: Sequence[Block], line: int, problems: Problems
) -> None:
    if Counter(_in(mine)) == Counter(_in(theirs)):
        return
    if [block.kind for block in mine] == [block.kind for block in theirs]:
        for a, b in (pair for blocks in zip(mine, theirs) for pair in _row_by_row(*blocks)):
            _numbers(_in([a]), _in([b]), (other.file, b.line, ""), f"{first.file}:{a.line}", problems)
    else:
        where = f"{first.file}:{mine[0].line}" if mine else first.file
        _numbers(_in(mine), _in(theirs), (other.file, line, ""), where, problems)


def _row_by_row(a: Block, b: Block) -> Iterable[tuple[Block, Block]]:
    """Two blocks, or their rows where both are tables of one shape."""
    return zip(_rows(a), _rows(b)) if a.kind == "table" and a.shape == b.shape else [(a, b)]


def _in(blocks: Sequence[Block]) -> list[str]:
    silent = ("code", "comment", "definition", "html")
    # What is counted at build is a figure too.
    return [
        one for block in blocks if block.kind not in silent for one in [*numbers(block.words), *_counted(block.text)]
    ]


def _drawn(blocks: Sequence[Block]) -> Counter[str]:
    """Returns the figures that blocks place."""
    return Counter(id for block in blocks for _, id, _ in figures.placed(block.text))


def _counted(text: str) -> list[str]:
    return [f"{{{counts.same(place.wanted)}}}" for place in counts.places(text) if not counts.is_figure(place)]


def _rows(table: Block) -> list[Block]:
    return [Block("row", table.line + step, row) for step, row in enumerate(table.text.split("\n"))]


def _tables(mine: Iterable[Block], theirs: Iterable[Block], file: str, line: int, problems: Problems) -> None:
    tables = [_of_kind(blocks, "table") for blocks in (mine, theirs)]
    if len(tables[0]) != len(tables[1]):
        problems.add(file, line, "", "parity_tables", wanted=len(tables[0]), found=len(tables[1]))
        return
    for a, b in zip(*tables):
        if a.shape != b.shape:
            problems.add(
                file, b.line, "", "parity_table",
                rows=a.shape[0] - 1, columns=a.shape[1], found_rows=b.shape[0] - 1, found_columns=b.shape[1],
            )  # fmt: skip


def _numbers(wanted: list[str], found: list[str], place: Place, where: str, problems: Problems) -> None:
    if wanted == found:
        return
    missing, extra = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    if missing or extra:
        problems.add(
            *place, "parity_numbers",
            missing=", ".join(missing.elements()) or "—", extra=", ".join(extra.elements()) or "—", where=where,
        )  # fmt: skip


def _difference(wanted: Counter[str], found: Counter[str], place: Place, code: str, problems: Problems) -> None:
    missing, extra = wanted - found, found - wanted
    if missing or extra:
        problems.add(
            *place, code, missing=", ".join(missing.elements()) or "—", extra=", ".join(extra.elements()) or "—"
        )
