"""Puts together everything the YAML files say, as frozen, typed objects.

``load`` reads everything and raises ``ContentError`` with every mistake of every file. What a file may say is
declared in the module of its kind; ``schema`` does the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide.model import (
    bibliography,
    contacts,
    course,
    crosswalk,
    figures,
    glossary,
    journey,
    kinds,
    packages,
    planners,
    published_ids,
    register,
    search_words,
    signing,
    states,
)
from guide.model.addresses import Redirect, check_pages, check_sections, read_redirects
from guide.model.bibliography import Source
from guide.model.catalogue import Catalogue, read_catalogue, read_labels
from guide.model.checklists import Checklist, Criterion, check_published, checklists_in_order, read_checklists
from guide.model.course import Module
from guide.model.office_templates import Format, read_formats
from guide.model.scale import LEVELS, Level, Scale, read_scale
from guide.model.site_pages import (
    BIBLIOGRAPHY_PAGE,
    CHECKLIST_PAGE,
    CONTACTS_PAGE,
    CONTINUED_PAGES,
    FORMATS_PAGE,
    GLOSSARY_PAGE,
    MODULE_PAGE,
    PARTICIPANTS_PAGE,
    PRACTICE_PAGE,
    SINGLE_PAGES,
    STATES_PAGE,
)
from guide.model.written_pages import pages_and_sections, titles_of_pages
from guide.reading.entries import Known, read_file
from guide.reading.locale_files import check_locales
from guide.reading.problems import ContentError, Problems
from guide.reading.project import Project
from guide.reading.schema import Found
from guide.reading.shapes import shape_of

# What whoever shows the content needs beside it.
__all__ = ["LEVELS", "Checklist", "Content", "Criterion", "Level", "Source", "load", "load_for_preview"]


@dataclass(frozen=True)
class Content:
    """Everything the YAML files hold, in the order it is shown."""

    scale: Scale
    sources: Mapping[str, Source]
    checklists: tuple[Checklist, ...]
    catalogue: Catalogue
    contacts: tuple[contacts.Contact, ...]
    states: tuple[states.State, ...]
    signing: signing.Signing
    journey: journey.Journey
    register: register.Register
    crosswalk: crosswalk.Crosswalk
    glossary: glossary.Glossary
    tools: planners.Tools
    unlisted: tuple[str, ...]
    """Ids not yet in ``data/published-ids.yml``: ``checklist``, ``checklist/criterion``, ``networks/id``, ``terms/id``,
    ``packages/id``, and an id of the tools, of the journey and of the register as it is."""
    packages: Mapping[str, packages.PackageIds]
    """What stands in the manifests of each assessment's packages, by its id; first the quick one's."""
    formats: tuple[Format, ...]
    modules: tuple[Module, ...]
    redirects: tuple[Redirect, ...]
    search: search_words.SearchWords
    """What people type when they search."""
    new_pages: tuple[str, ...]
    """Addresses of pages not yet in ``data/published-pages.txt``."""
    new_sections: tuple[str, ...]
    """Those of sections not yet in ``data/published-sections.txt``."""
    figures: Mapping[str, figures.Figure]
    """The pictures that pages place, by their id."""
    plain: Mapping[str, tuple[Any, ...]]
    """What the files of each kind without rules of its own say, by the name of the kind, in order of names."""


def load(project: Project) -> Content:
    """Returns all content of ``project``.

    Raises ContentError with every mistake found in any file.
    """
    problems = Problems()
    content = _load(project, problems)
    if len(problems):
        raise ContentError(problems)
    return content


def load_for_preview(project: Project) -> Content:
    """Returns all content of ``project``, with the default language's where another one is not in step with it.

    Raises ContentError where anything else is wrong.
    """
    return _load(project.with_gaps(), Problems(), preview=True)


def _load(project: Project, problems: Problems, *, preview: bool = False) -> Content:
    """Reads in the order in which one file names what is in another: sources, terms, checklists, the rest."""
    check_locales(project, problems)
    scale = read_scale(project, problems)
    sources = bibliography.read_sources(project, problems)
    known, written = _known_at_first(project, sources)
    terms = glossary.read(project, problems, known)
    known["section"] |= {f"{GLOSSARY_PAGE}#{id}" for id in terms.ids}
    found, published, unlisted, walk = _read_checklists(project, problems, known)
    catalogue, new_entries = read_catalogue(project, problems, known, published)
    entries = _known_to_entries(project, known)
    found_contacts, new_contacts = contacts.read(project, problems, entries, published)
    found_states = states.read(project, problems, entries)
    new_terms = glossary.check_published(published["terms"], terms, problems)
    formats = _read_formats(project, problems, known)
    tree = signing.read(project, problems, entries)
    modules = course.read_course(project, problems, known, titles_of_pages(project))
    steps, new_steps = journey.read(project, problems, entries, published["journey"])
    kept, new_kept = register.read(project, problems, known, published["register"])
    redirects, words = read_redirects(project, problems, known), search_words.read(project, problems, known)
    new_pages, new_sections = _new_addresses(project, known["page"], written, redirects, problems)
    tools, new_tools = planners.read(project, problems, known, published["tools"])
    packed, new_packages = packages.read(published["packages"], found, problems)
    drawn, plain = figures.read_figures(project, problems, known), _read_plain(project, problems, known)
    if len(problems) and not (preview and problems.between_languages):
        raise ContentError(problems)
    return Content(
        scale=scale,
        sources=bibliography.sources_by_id(sources or ()),
        checklists=checklists_in_order(found),
        catalogue=catalogue,
        contacts=found_contacts,
        states=found_states,
        signing=tree,
        journey=steps,
        register=kept,
        crosswalk=walk,
        glossary=terms,
        tools=tools,
        unlisted=unlisted + new_entries + new_contacts + new_terms + new_tools + new_packages + new_steps + new_kept,
        packages=packed,
        formats=formats,
        modules=modules,
        redirects=redirects,
        search=words,
        new_pages=new_pages,
        new_sections=new_sections,
        figures=drawn,
        plain=plain,
    )


def _read_checklists(
    project: Project, problems: Problems, known: dict[str, set[str]]
) -> tuple[Mapping[str, Found], Any, tuple[str, ...], crosswalk.Crosswalk]:
    """Returns the checklists, the ids that were published, those of theirs that were not yet, and with what they go."""
    found = read_checklists(project, problems, known)
    published = read_file(project, published_ids.SOURCE, shape_of(published_ids.PublishedIds), problems)
    unlisted = check_published(published, found, problems)
    known["checklist"] = set(found)
    known["criterion"] = {one["id"] for each in found.values() for one in each["criteria"] or () if one["id"]}
    walk = crosswalk.read(project, problems, known, known["criterion"])
    return found, published, unlisted, walk


def _read_formats(project: Project, problems: Problems, known: dict[str, set[str]]) -> tuple[Format, ...]:
    """Returns the templates, which name criteria; their places on their page are linked to from here on."""
    formats = read_formats(project, problems, known)
    known["section"] |= {f"{FORMATS_PAGE}#{one.id}" for one in formats}
    return formats


def _known_at_first(project: Project, sources: list[Found] | None) -> tuple[dict[str, set[str]], set[str]]:
    """Returns what may be referred to before anything else is read, and the sections that are written.

    Whoever reads something that can be linked to adds it to the sections.
    """
    pages, written = pages_and_sections(project)
    sections = written | {f"{BIBLIOGRAPHY_PAGE}#{one['id']}" for one in sources or ()}
    known = {"page": pages | _made_pages(project), "section": sections}
    if sources is not None:
        known["source"] = {one["id"] for one in sources}
    return known, written


def _known_to_entries(project: Project, known: dict[str, set[str]]) -> Known:
    """What contacts, states and the tree may refer to; the places of contacts and states on their pages are linked
    to from here on."""
    for folder, page in ((contacts.FOLDER, CONTACTS_PAGE), (states.FOLDER, STATES_PAGE)):
        known["section"] |= {f"{page}#{id}" for id in _names_in(project, folder)}
    # Mistakes in the labels have just been told.
    _, labelled = read_labels(project, Problems(), known)
    names = {"network": _names_in(project, "networks"), "contact": _names_in(project, contacts.FOLDER)}
    return {**known, "language": labelled["language"], **names}


def _new_addresses(
    project: Project, pages: set[str], written: set[str], redirects: tuple[Redirect, ...], problems: Problems
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of pages and of sections that are not published yet; those published lead somewhere still."""
    new_pages = check_pages(project, pages, redirects, problems)
    return new_pages, check_sections(project, written, pages, redirects, problems)


def _names_in(project: Project, folder: str) -> set[str]:
    return {path.stem for path in project.root.glob(f"{folder}/*.yml")}


def _made_pages(project: Project) -> set[str]:
    """Returns the pages that are made from data."""
    # Those that go on with what the data say are there where somebody wrote them.
    pages = set(SINGLE_PAGES) - CONTINUED_PAGES
    made = {"checklists": (CHECKLIST_PAGE,), "practices": (PRACTICE_PAGE,), "course": (MODULE_PAGE, PARTICIPANTS_PAGE)}
    for folder, kinds_of_page in made.items():
        names = [path.stem for path in project.root.glob(f"{folder}/*.yml")]
        pages |= {page.format(id=name) for page in kinds_of_page for name in names}
    return pages


def _read_plain(project: Project, problems: Problems, known: Known) -> dict[str, tuple[Any, ...]]:
    """Returns what the files of kinds without rules of their own say."""
    plain: dict[str, tuple[Any, ...]] = {}
    for kind in kinds.file_kinds(project):
        if kind.plain:
            files = [project.files.name(path) for path in kind.paths(project)]
            found = [read_file(project, file, kind.record, problems, known) for file in files]
            plain[kind.name] = tuple(kind.make(file, one) for file, one in zip(files, found, strict=True))
    return plain
