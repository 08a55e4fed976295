"""Reports a section that lost or changed its id where that happened, and none of the links that lead nowhere by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guide.checks.corpus import Page, Site, redirects
from guide.model.addresses import address
from guide.reading.files import Files
from guide.reading.markdown import Block
from guide.reading.problems import Problem, Problems
from guide.reading.schema import listed

_SECTIONS = "data/published-sections.txt"
_LINKS = ("link_heading", "link_heading_near", "unknown_section", "unknown_section_near")
# What else is told of the heading itself.
_OF_HEADING = ("heading_without_id", "heading_braces", "want_identifier", "parity_heading_id")


def settle(site: Site, errors: Problems) -> None:
    """Puts the one heading in the place of everything that misses its id."""
    lost = {
        (page.file, id): (page, block)
        for pages in site.pages.values()
        for page in pages.values()
        for id, block in _lost(site, page).items()
    }
    for (file, id), (page, block) in lost.items():
        missed = [one for one in errors if _misses(site, one, page, id)]
        if not missed:
            continue
        follow = [one for one in errors if _follows(one, page, id, block)]
        errors.drop([*missed, *follow])
        code = "section_id_changed" if block.name else "section_id_lost"
        title = block.words.partition("{")[0].strip()
        count = sum(one.code in _LINKS for one in missed)
        errors.add(file, block.line, "", code, id=id, title=title, count=count)


def _published(site: Site, page: Page) -> frozenset[str]:
    """Returns the ids of the sections of ``page`` that others may link to, but for those that lead on."""
    files = site.project.files
    here = address(page.path)
    moved = {one.get("from", "").removeprefix(f"{here}#") for one in redirects(site)}
    return files.kept((_SECTIONS,), _by_page, files).get(here, frozenset()) - moved


def _by_page(files: Files) -> Mapping[str, frozenset[str]]:
    """Returns the ids of published sections by the address of their page; none where they are not listed."""
    try:
        lines = files.lines_joined(_SECTIONS).split()
    except OSError:
        return {}
    found: dict[str, set[str]] = {}
    for page, _, id in (line.partition("#") for line in lines):
        found.setdefault(page, set()).add(id)
    return {page: frozenset(ids) for page, ids in found.items()}


def known(site: Site, page: Page) -> dict[int, str]:
    """Returns the id of each heading that has none, by its place: the one it has in another language, or had."""
    headings = page.source.headings
    found: dict[int, str] = {}
    for twin in _twins(site, page):
        both = enumerate(zip(headings, twin.source.headings))
        found |= {place: their.name for place, (mine, their) in both if not mine.name and their.name}
    places = {block: place for place, block in enumerate(headings)}
    return found | {places[block]: id for id, block in _lost(site, page).items() if not block.name}


def _in_step(page: Page, other: Page) -> bool:
    """Returns whether two pages have headings of the same levels in the same order."""
    return [one.level for one in page.source.headings] == [one.level for one in other.source.headings]


def _twins(site: Site, page: Page) -> Iterator[Page]:
    """Yields the same page in other languages, where it has the same headings."""
    for code, pages in site.pages.items():
        twin = pages.get(page.path)
        if twin is not None and code != page.code and _in_step(page, twin):
            yield twin


def _lost(site: Site, page: Page) -> Mapping[str, Block]:
    """Each published id that is gone from ``page``, with the heading that had it.

    Where another language's page has the same headings, it tells which one that was; else there is but one of each.
    """
    listed_ids = _published(site, page)
    headings = page.source.headings
    here = {block.name for block in headings if block.name}
    gone, new = listed_ids - here, [block for block in headings if block.name not in listed_ids]
    found: dict[str, Block] = {}
    for twin in _twins(site, page):
        pairs = zip(headings, twin.source.headings)
        found |= {id: mine for mine, their in pairs if (id := their.name) and id in gone and mine in new}
    if not found and len(gone) == len(new) == 1:
        found[next(iter(gone))] = new[0]
    return found


def _misses(site: Site, one: Problem, page: Page, id: str) -> bool:
    """Returns whether a problem is that of a link to ``id`` on ``page``."""
    details = dict(one.details)
    if one.code == "published_section_gone":
        return one.path == page.file and details["id"] == id
    if one.code not in _LINKS or details["value"] != id:
        return False
    # Pages link within their language, data to the default one.
    if one.path.startswith("docs/") and one.path.split("/")[1] != page.code:
        return False
    if not one.path.startswith("docs/") and page.code != site.project.default:
        return False
    ids = site.ids(page.code, page.path) or ()
    # What the problem names instead tells which page it looked at.
    return details.get("known") == listed(ids) or details.get("near") in ids


def _follows(one: Problem, page: Page, id: str, block: Block) -> bool:
    details = dict(one.details)
    if one.path == page.file and one.line == block.line and one.code in _OF_HEADING:
        return True
    # The translation still has the right one.
    return one.code == "parity_heading_id" and details["found"] == id and details["wanted"] == (block.name or "")
