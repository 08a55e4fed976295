"""Checks all content at once: what ``make check`` lists and what stops a build.

Errors are what would break the site, put its languages out of step or use words the glossary forbids. Warnings are what a person
should look at: a translation left behind, a figure without its source, a space too many.
"""

from __future__ import annotations

import codecs
import difflib
import functools
import itertools
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from guide.checks import (
    broken_markdown,
    causes,
    damaged_text,
    figures,
    files,
    fixes,
    forbidden_terms,
    freshness,
    leavings,
    links,
    lost_ids,
    navigation,
    order,
    parity,
    published_lists,
    reading_dates,
    rendered,
    repeats,
    structure,
    style,
    untranslated,
    wrong_language,
    yaml_slips,
)
from guide.checks.corpus import Document, Page, Said, Site, read_site, said
from guide.checks.style import Rules
from guide.checks.surroundings import Look, find, found_in, surroundings
from guide.model import crosswalk, glossary
from guide.model.content import Content, load, load_for_preview
from guide.reading import counts, mentions
from guide.reading.kept import Work, kept
from guide.reading.problems import ContentError, Problem, Problems
from guide.reading.project import Project, open_texts
from guide.reading.yaml_tree import cure

# What a language may lack and still be told each of it.
_MANY = 50
# Mends that the check tells in other words.
_SAID = ("mend_encoding", "mend_heading_id", "mend_list", "mend_quotes")
# A file, its text, its text put right, what was put right.
_Mended = tuple[str, str, str, list[fixes.Mend]]


@dataclass(frozen=True)
class Report:
    """What the check found. ``content`` is None where the YAML files have errors."""

    site: Site
    errors: Problems
    warnings: Problems
    content: Content | None
    freshness: freshness.Freshness

    def valid(self) -> Content:
        """Returns the content, when nothing is wrong. Raises ContentError with every error."""
        if self.content is None or len(self.errors):
            raise ContentError(self.errors)
        return self.content

    def shown(self) -> Content:
        """Returns the content for a preview: where nothing is wrong but between languages, the default one stands in.

        Raises ContentError with every error otherwise.
        """
        return load_for_preview(self.site.project) if self.errors.between_languages else self.valid()


def check(
    project: Project, *, history: bool = True, then: Callable[[Content], Iterable[Work]] = lambda content: ()
) -> Report:
    """Checks all content of ``project``. ``history``: git may be asked what changed in originals.

    ``then``: what else can be made beside of the content, once its files are read.
    """
    with project.files.still():
        return _check(project, history, then)


def _check(project: Project, history: bool, then: Callable[[Content], Iterable[Work]]) -> Report:
    errors, warnings = Problems(), Problems()
    content = None
    try:
        content = load(project)
    except ContentError as error:
        errors.update(error.problems)
    site = read_site(project, errors)
    rules = _rules(project)
    around = kept.digest(surroundings(site)) if kept.on else b""
    kept.beside(itertools.chain(_beside(site, rules, around), then(content) if content is not None else ()))
    for pages in site.pages.values():
        for page in pages.values():
            read = page.code, page.path, project.files.raw(page.file), around
            look = functools.partial(_check_page, site, page, rules)
            found_in(look, "check of a page", *read, errors=errors, warnings=warnings)
    forbidden_terms.check(project, _terms(project, content), errors)
    parity.check(site, errors)
    navigation.check(site, errors)
    navigation.check_chapters(site, warnings)
    files.check(site, errors)
    rendered.check(site, errors)
    if rules:
        wrong_language.check(site, rules, warnings)
    texts = _check_documents(site, rules, around, errors, warnings)
    foreign = wrong_language.whole(site, rules) if rules else {}
    if rules:
        wrong_language.check_short(site, texts, rules, foreign, warnings)
    for file in _files(site):
        damaged_text.check(file, _text(project, file) or "", errors)
    _tell_mends(site, rules, around, warnings)
    if content is not None:
        reading_dates.check(site, content.contacts, warnings)
        asked = (criterion.id for one in content.checklists for criterion in one.criteria)
        crosswalk.check_missing(content.crosswalk, asked, warnings)
    if history:
        published_lists.check(project, errors)
    freshness.check_records(site, errors, history=history)
    fresh = freshness.judge(site)
    causes.whole_pages(site, foreign, errors, warnings)
    causes.settle(site, errors, warnings, history=history)
    errors = _gathered(site, errors)
    freshness.tell(site, fresh, warnings, history=history)
    return Report(site, errors, warnings, content, fresh)


def _check_page(site: Site, page: Page, rules: Mapping[str, Rules], errors: Problems, warnings: Problems) -> None:
    """Checks what one page says by itself."""
    structure.check(page, errors)
    links.check(site, page, errors)
    broken_markdown.check(page, errors, warnings)
    yaml_slips.check_front(page, warnings)
    bare = counts.without_code("\n".join(page.source.lines))
    counts.check(site.project, bare, functools.partial(_no_count, errors, page.file, 1, ""))
    figures.check(site.project, page, bare, errors)
    mentions.check(site.project, bare, functools.partial(_no_contact, errors, page.file, 1, ""))
    if rules:
        style.check(site, page, rules[page.code], warnings)
        leavings.check(page, rules[page.code], warnings)
    repeats.check(page, warnings)


def _check_documents(
    site: Site, rules: Mapping[str, Rules], around: bytes, errors: Problems, warnings: Problems
) -> list[Said]:
    """Checks every YAML file; returns the texts that are in several languages."""
    told = links.told(errors)
    texts: list[Said] = []
    for document in site.documents:
        own = frozenset(one for one in told if one[0] == document.file)
        look, read = _look_into(site, document, rules, around, own)
        found_in(look, *read, errors=errors, warnings=warnings)
        texts += said(document, site.project) if document.kind.name != "locale" else ()
    unwritten = frozenset().union(*(one.unwritten for one in rules.values()))
    repeats.check_texts(texts, unwritten, warnings)
    return texts


def _beside(site: Site, rules: Mapping[str, Rules], around: bytes) -> Iterator[Work]:
    """Yields what can be looked into while the pages are: every YAML file, as if no page had a wrong link to it."""
    for document in site.documents:
        for look, read in (_look_into(site, document, rules, around), _look_for_mends(site, document)):
            yield functools.partial(find, look), read


def _look_into(
    site: Site,
    document: Document,
    rules: Mapping[str, Rules],
    around: bytes,
    told: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Look, tuple[object, ...]]:
    look = functools.partial(_check_document, site, document, rules, told)
    return look, ("check of a file", document.kind.name, document.file, document.raw, sorted(told), around)


def _look_for_mends(site: Site, document: Document) -> tuple[Look, tuple[object, ...]]:
    look = functools.partial(_tell, functools.partial(_mends_of_document, site.project, document))
    return look, ("mends of a file", document.kind.name, document.file, document.raw)


def _check_document(
    site: Site,
    document: Document,
    rules: Mapping[str, Rules],
    told: Collection[tuple[str, str]],
    errors: Problems,
    warnings: Problems,
) -> None:
    yaml_slips.check(document, _text(site.project, document.file) or "", warnings)
    order.check(document, warnings)
    if document.kind.name == "locale":
        links.check_words(site, document, errors)
        return
    if rules:
        style.check_written(document, rules, warnings)
    for text in said(document, site.project):
        _check_text(site, text, rules, told, errors, warnings)


def _check_text(
    site: Site,
    text: Said,
    rules: Mapping[str, Rules],
    told: Collection[tuple[str, str]],
    errors: Problems,
    warnings: Problems,
) -> None:
    """Checks one text of a YAML file; ``told`` are those of which a link is already reported."""
    parity.check_text(text, site.project.default, errors)
    links.check_text(site, text, told, errors)
    for code, value in text.texts.items():
        place = (text.file, text.lines[code], f"{text.key}.{code}")
        counts.check(site.project, value, functools.partial(_no_count, errors, *place))
        mentions.check(site.project, value, functools.partial(_no_contact, errors, *place))
    yaml_slips.check_text(text, warnings)
    if rules:
        style.check_text(text, rules, warnings)
        leavings.check_text(text, rules, warnings)
        wrong_language.check_text(text, rules, warnings)


def _tell_mends(site: Site, rules: dict[str, Rules], around: bytes, warnings: Problems) -> None:
    """Records what a machine can put right, but for what has a sentence of its own that says more."""
    for page in (page for pages in site.pages.values() for page in pages.values()) if rules else ():
        # The ids of its headings, which may stand in the other languages.
        read = page.file, site.project.files.raw(page.file), lost_ids.known(site, page), around
        look = functools.partial(_tell, functools.partial(_mends_of_page, site, page, rules[page.code]))
        found_in(look, "mends of a page", *read, errors=warnings, warnings=warnings)
    for document in site.documents:
        tell, read_of_it = _look_for_mends(site, document)
        found_in(tell, *read_of_it, errors=warnings, warnings=warnings)


def _tell(mends: Callable[[], Iterator[_Mended]], errors: Problems, warnings: Problems) -> None:
    for file, _, _, found in mends():
        for one in found:
            if one.code not in _SAID:
                warnings.add(file, one.line, "", one.code, **one.details)


def _gathered(site: Site, errors: Problems) -> Problems:
    """Returns the errors; of a language that lacks a great deal one that says how much, in the place of each.

    Somebody has begun to translate the site, and has not said so.
    """
    left = Problems()
    lacking = {code: [one for one in errors if one.lacks(code)] for code in site.project.codes[1:]}
    lacking = {code: found for code, found in lacking.items() if len(found) > _MANY}
    told = set().union(*lacking.values())
    for one in errors:
        if one not in told:
            left.take(one)
    for code in lacking:
        pages, texts = untranslated.totals(untranslated.missing(site, code))
        line = navigation.line_of_language(site, code)
        left.add(navigation.FILE, line, "", "language_incomplete", language=code, pages=pages, texts=texts)
    return left


def _no_count(errors: Problems, file: str, first: int, key: str, line: int, value: str, known: str) -> None:
    """Records a place that wants what is not counted. In YAML only the first line of a text is known."""
    errors.add(file, first if key else first + line, key, "unknown_count", value=value, known=known)


def _no_contact(errors: Problems, file: str, first: int, key: str, line: int, code: str, **details: str) -> None:
    """Records a mention of nobody. In YAML only the first line of a text is known."""
    errors.add(file, first if key else first + line, key, code, **details)


def _files(site: Site) -> Iterator[str]:
    """Yields every file that is looked into."""
    yield from (page.file for pages in site.pages.values() for page in pages.values())
    yield from (one.file for one in site.documents)
    root = site.project.root
    for path in sorted([*root.glob("formats/*/*.md"), *root.glob("data/*.txt")]):
        yield path.relative_to(root).as_posix()


def _terms(project: Project, content: Content | None) -> tuple[glossary.Term, ...]:
    """Returns the terms of the glossary: those that can be read, where some file has mistakes."""
    if content is not None:
        return content.glossary.terms
    return glossary.read(project, Problems(), {"page": (), "section": ()}).terms


def fix(project: Project) -> Problems:
    """Puts right what a machine can; gives what it did, as sentences."""
    done = Problems()
    rules = _rules(project)
    # The default language first: the others take its heading ids.
    for code in (project.default, None):
        site = read_site(project, Problems())
        for file, old, new, mends in _mends(site, rules, code):
            if new != old or any(one.code == "mend_encoding" for one in mends):
                (project.root / file).write_bytes(new.encode("utf-8"))
            for one in mends:
                done.add(file, one.line, "", one.code, **one.details)
    return done


def suggestions(project: Project, found: Report) -> dict[tuple[str, int], str]:
    """(file, line) → that line as it probably should be, where a machine can tell."""
    better: dict[tuple[str, int], str] = {}
    for file, old, new, _ in _mends(found.site, _rules(project)):
        better |= {(file, line): text for line, text in _changed_lines(old, new)}
    lines_of = functools.cache(lambda file: ["", *(_text(project, file) or "").split("\n")])
    for one in [*found.errors, *found.warnings]:
        lines, place = lines_of(one.path), (one.path, one.line)
        if not 0 < one.line < len(lines):
            continue
        if right := _put_right(one, better.get(place) or lines[one.line], lines[one.line - 1]):
            better[place] = right
        elif one.code == "empty_text":
            # A tidier line would still have no text.
            better.pop(place, None)
    return better


def _changed_lines(old: str, new: str) -> Iterator[tuple[int, str]]:
    """Yields the lines of a text that stand in the place of others, each with its number."""
    before, after = old.replace("\r\n", "\n").split("\n"), new.split("\n")
    if before == after:
        return
    for kind, start, end, there, to in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "replace" and end - start == to - there:
            yield from ((start + n + 1, after[there + n]) for n in range(end - start))


def _put_right(one: Problem, line: str, above: str) -> str:
    """Returns the line without the mistake, "" where a machine cannot tell."""
    details = dict(one.details)
    wrong, right = ("found", "wanted") if one.code == "parity_heading_id" else ("value", "near")
    if wrong in details and right in details:
        # Several in one place are not one that is misspelt.
        if "," in details[wrong] or "…" in details[wrong]:
            return ""
        pattern = rf"(?<![\w-]){re.escape(details[wrong])}(?![\w-])"
        # What a contributor wrote is put in as it is: a backslash in it means nothing.
        line, count = re.subn(pattern, lambda match: details[right], line)
        return line if count == 1 else ""
    return cure(one.code, line, above)


def _mends(site: Site, rules: dict[str, Rules], only: str | None = None) -> Iterator[_Mended]:
    """(file, text, text put right, what was put right), of one language's pages or of everything."""
    for code, pages in site.pages.items() if rules else ():
        for page in pages.values() if only in (None, code) else ():
            yield from _mends_of_page(site, page, rules[code])
    for document in site.documents if only is None else ():
        yield from _mends_of_document(site.project, document)


def _mends_of_page(site: Site, page: Page, rules: Rules) -> Iterator[_Mended]:
    project = site.project
    text = _text(project, page.file)
    if text is not None:
        ids = lost_ids.known(site, page)
        # A translation has the ids of its original, and none of its own.
        new, mends = fixes.page(page.file, text, rules, ids, invent=page.code == project.default)
        yield page.file, text, new, _encoding(project, page.file) + mends


def _mends_of_document(project: Project, document: Document) -> Iterator[_Mended]:
    text = _text(project, document.file)
    # A file that is empty or no YAML at all is not the machine's to touch, but for its odd letters.
    wrong = _encoding(project, document.file)
    if text and document.node is None and not wrong:
        new = fixes.ordinary(text)
        yield document.file, text, new, [fixes.Mend(1, "mend_space")] if new != text else []
    elif text:
        folder = posixpath.dirname(document.file)
        schema = posixpath.relpath(f"schemas/{document.kind.name}.json", folder)
        new, mends = fixes.data(text, schema, spaces=document.kind.name != "locale")
        yield document.file, text, new, wrong + mends


def _text(project: Project, file: str) -> str | None:
    """Returns the text of a file as it stands, its mark of byte order too; None where it cannot be read."""
    try:
        text, wrong = project.files.decoded(file)
    except OSError:
        return None
    return "\ufeff" + text if not wrong and project.files.raw(file).startswith(codecs.BOM_UTF8) else text


def _encoding(project: Project, file: str) -> list[fixes.Mend]:
    """Returns what is mended by writing the file, where it is not UTF-8."""
    wrong = project.files.decoded(file)[1]
    return [fixes.Mend(wrong, "mend_encoding")] if wrong else []


def _rules(project: Project) -> dict[str, Rules]:
    """Returns how each language is written; nothing where a locale file cannot be read."""
    try:
        rules = {}
        for code in project.codes:
            texts = open_texts(project, code)
            new = texts["new"]
            unwritten = {new[key] for key in ("text", "title", "description", "opening", "section")}
            rules[code] = Rules(texts["prose"], frozenset(unwritten))
        for one in rules.values():
            _ = (one.figure, one.own, one.vague, one.straight_quotes, one.opening_marks, one.common, one.twice)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, yaml.YAMLError):
        # Whatever is wrong in a locale file has been told by then.
        return {}
    return rules
