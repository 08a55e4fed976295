"""Lists the pages made from data: who writes each, in which look, of which files, whether search finds it.

A page is one entry here, with its address and its ids in ``guide.model.site_pages``, and one template. What
builds the site, the navigation, the tags of styles and scripts and ``make export`` read this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guide.model import crosswalk, glossary, journey, planners, register, signing, site_pages
from guide.model.content import Content
from guide.pages.assessment import AssessmentWriter
from guide.pages.book import BookWriter
from guide.pages.catalogue import CatalogueWriter
from guide.pages.course import CourseWriter
from guide.pages.directory import DirectoryWriter
from guide.pages.explained_terms import CHECKLIST, Manner
from guide.pages.formats import FormatsWriter
from guide.pages.group import GroupWriter
from guide.pages.journey import JourneyWriter
from guide.pages.packages import PackagesWriter
from guide.pages.planners import ToolsWriter
from guide.pages.reference import ReferenceWriter
from guide.pages.register import RegisterWriter
from guide.pages.signing import SigningWriter
from guide.pages.writer import Page, Part, Writer
from guide.reading.kept import kept


@dataclass(frozen=True)
class Entry:
    """A page, or a page for each of many things, as the table has it.

    ``page`` is its address (``guide.model.site_pages``) and ``kind`` what styles and scripts know it by; ``body``
    writes what it says. ``{id}``, in an address and a file, is the name of the thing.
    """

    page: str
    kind: str | None = None
    body: Callable[[Writer, Any], Page | Part] | None = None
    """None: its template says it all; template and words have the name of its kind."""
    frame: str = "main.html"
    """The template of ``overrides/`` that it stands in."""
    style: str = "page"
    """The style sheet, one of ``guide.pages.styles``."""
    scripts: tuple[str, ...] = ("page",)
    """By name: the data that ``guide.downloads`` writes for the language ``{code}``, which have a slash, and the one
    bundle of its kind, which brings what every page does."""
    search: bool = True
    """Whether search finds it."""
    source: str | None = None
    """The file it is made from, which whoever reads it may edit; None for one made of many."""
    made_of: tuple[str, ...] = ()
    """The files whose texts it shows, beside ``source``; patterns."""
    each: Callable[[Content], Iterable[Any]] | None = None
    """The things there is a page for each of."""
    listed_on: str | None = None
    """The page it stands after, for one that is not in the navigation itself."""
    passed_by: bool = False
    """Whether the way from page to page leaves it out: it is reached by its links."""
    explains: Manner | None = None
    """How much it explains of the glossary."""

    @property
    def anchors(self) -> tuple[str, ...] | None:
        """The ids on it that can be linked to; None: any."""
        return site_pages.ANCHORS[self.page]

    @property
    def continued(self) -> bool:
        """Whether it is written by hand and goes on with what the data say."""
        return self.page in site_pages.CONTINUED_PAGES


# Of the home page, which is written by hand.
HOME_SCRIPTS = ("assets/bundles/home.js",)
_INSTRUMENT = "instrument/{code}"
_TEMPLATES = "hooks/guide/pages/templates"

# In the order in which search has them.
PAGES = (
    Entry(
        site_pages.CHECKLIST_PAGE,
        "assessment",
        lambda writer, one: AssessmentWriter.of(writer).checklist(one),
        frame="labelled.html",
        style="assessment",
        scripts=("instrument/{code}/{id}", "checklist"),
        source="checklists/{id}.yml",
        each=lambda content: content.checklists,
        explains=CHECKLIST,
    ),
    Entry(
        site_pages.MODULE_PAGE,
        "course",
        lambda writer, one: CourseWriter.of(writer).module(one),
        style="course",
        scripts=("course",),
        source="course/{id}.yml",
        each=lambda content: content.modules,
    ),
    Entry(
        site_pages.PARTICIPANTS_PAGE,
        "course",
        lambda writer, one: CourseWriter.of(writer).module(one, teacher=False),
        style="course",
        scripts=("course",),
        # Its module says it all, and is what search finds.
        search=False,
        source="course/{id}.yml",
        each=lambda content: content.modules,
        listed_on=site_pages.COURSE_PAGE,
        passed_by=True,
    ),
    Entry(
        site_pages.QUICK_PAGE,
        "assessment",
        lambda writer, _: AssessmentWriter.of(writer).quick(),
        frame="labelled.html",
        style="assessment",
        scripts=(f"{_INSTRUMENT}-quick", "checklist"),
        made_of=("checklists/*.yml",),
        explains=CHECKLIST,
    ),
    Entry(
        site_pages.OVERVIEW_PAGE,
        "overview",
        frame="labelled.html",
        style="results",
        scripts=(_INSTRUMENT, "overview"),
        source=f"{_TEMPLATES}/overview.html.jinja",
    ),
    Entry(
        site_pages.PLAN_PAGE,
        "plan",
        lambda writer, _: AssessmentWriter.of(writer).plan(),
        frame="labelled.html",
        style="results",
        scripts=(_INSTRUMENT, "plan"),
        source=f"{_TEMPLATES}/plan.html.jinja",
    ),
    Entry(
        site_pages.DOCUMENTS_PAGE,
        "documents",
        lambda writer, _: AssessmentWriter.of(writer).documents(),
        frame="labelled.html",
        style="results",
        scripts=(_INSTRUMENT, "documents"),
        source=f"{_TEMPLATES}/documents.html.jinja",
    ),
    Entry(
        site_pages.CONSENSUS_PAGE,
        "consensus",
        lambda writer, _: GroupWriter.of(writer).consensus(),
        frame="labelled.html",
        style="group",
        scripts=(_INSTRUMENT, "consensus"),
        source=f"{_TEMPLATES}/consensus.html.jinja",
    ),
    Entry(
        site_pages.GROUP_PAGE,
        "group",
        lambda writer, _: GroupWriter.of(writer).group(),
        frame="labelled.html",
        style="group",
        scripts=(_INSTRUMENT, "group"),
        source=f"{_TEMPLATES}/group.html.jinja",
    ),
    Entry(
        site_pages.ASSESSMENTS_PAGE,
        "assessment_index",
        lambda writer, _: AssessmentWriter.of(writer).your_assessments(),
        style="results",
        scripts=(_INSTRUMENT, "assessment_index"),
        source=f"{_TEMPLATES}/your_assessments.html.jinja",
    ),
    Entry(
        site_pages.FORM_PAGE,
        "form",
        lambda writer, _: AssessmentWriter.of(writer).form(),
        frame="wide.html",
        style="form",
        search=False,
        source=f"{_TEMPLATES}/form.html.jinja",
        made_of=("checklists/*.yml",),
    ),
    Entry(
        site_pages.COMPTROLLER_PAGE,
        "comptroller",
        lambda writer, _: AssessmentWriter.of(writer).comptroller(),
        source=f"{_TEMPLATES}/comptroller.html.jinja",
        made_of=("checklists/*.yml", crosswalk.SOURCE),
    ),
    Entry(
        site_pages.CROSSWALK_PAGE,
        "crosswalk",
        lambda writer, _: AssessmentWriter.of(writer).crosswalk(),
        frame="wide.html",
        source=crosswalk.SOURCE,
    ),
    Entry(
        site_pages.REVIEW_PAGE,
        "review",
        lambda writer, _: ToolsWriter.of(writer).review(),
        frame="wide.html",
        style="review",
        scripts=(_INSTRUMENT, "review"),
        source=f"{_TEMPLATES}/review.html.jinja",
    ),
    Entry(
        site_pages.BIBLIOGRAPHY_PAGE,
        body=lambda writer, _: ReferenceWriter.of(writer).bibliography(),
        source="data/bibliography.yml",
    ),
    Entry(
        # Its chapters stand on it once they are rendered.
        site_pages.BOOK_PAGE,
        "book",
        lambda writer, _: BookWriter.of(writer).book(),
        frame="titled.html",
        style="book",
        search=False,
        passed_by=True,
    ),
    Entry(
        site_pages.COMPARE_PAGE,
        "compare",
        lambda writer, _: ToolsWriter.of(writer).compare(),
        frame="wide.html",
        style="tools",
        scripts=("compare",),
        source=planners.SELECTION_SOURCE,
    ),
    Entry(
        site_pages.TWINNING_PAGE,
        "twinning",
        lambda writer, _: ToolsWriter.of(writer).twinning(),
        frame="wide.html",
        style="tools",
        scripts=("twinning",),
        source=planners.TWINNING_SOURCE,
    ),
    Entry(
        site_pages.REGISTER_PAGE,
        "register",
        lambda writer, _: RegisterWriter.of(writer).register(),
        frame="wide.html",
        style="register",
        scripts=("register",),
        source=register.SOURCE,
    ),
    Entry(
        site_pages.GLOSSARY_PAGE,
        "glossary",
        lambda writer, _: ReferenceWriter.of(writer).glossary(),
        frame="uncharted.html",
        style="glossary",
        scripts=("glossary",),
        source=glossary.SOURCE,
    ),
    Entry(
        site_pages.NETWORKS_PAGE,
        "catalogue",
        lambda writer, _: CatalogueWriter.of(writer).networks(),
        frame="wide.html",
        style="catalogue",
        scripts=("catalogue",),
        made_of=("networks/*.yml",),
    ),
    Entry(
        site_pages.PRACTICES_PAGE,
        "catalogue",
        lambda writer, _: CatalogueWriter.of(writer).practices(),
        frame="wide.html",
        style="catalogue",
        scripts=("catalogue",),
        made_of=("practices/*.yml",),
    ),
    Entry(
        site_pages.PRACTICE_PAGE,
        "practice",
        lambda writer, one: CatalogueWriter.of(writer).practice(one),
        style="catalogue",
        source="practices/{id}.yml",
        each=lambda content: content.catalogue.practices,
        listed_on=site_pages.PRACTICES_PAGE,
    ),
    Entry(
        site_pages.CONTACTS_PAGE,
        "contacts",
        lambda writer, _: DirectoryWriter.of(writer).contacts(),
        frame="wide.html",
        style="catalogue",
        made_of=("contacts/*.yml",),
    ),
    Entry(
        site_pages.STATES_PAGE,
        "states",
        lambda writer, _: DirectoryWriter.of(writer).states(),
        frame="wide.html",
        style="catalogue",
        made_of=("states/*.yml",),
    ),
    Entry(
        site_pages.SIGNING_PAGE,
        "signing",
        lambda writer, _: SigningWriter.of(writer).signing(),
        style="signing",
        scripts=("signing",),
        source=signing.SOURCE,
    ),
    Entry(
        site_pages.JOURNEY_PAGE,
        "journey",
        lambda writer, _: JourneyWriter.of(writer).journey(),
        style="signing",
        scripts=("journey",),
        source=journey.SOURCE,
    ),
    Entry(
        site_pages.INDEX_PAGE,
        "assessment_index",
        lambda writer, _: AssessmentWriter.of(writer).index(),
        style="results",
        scripts=(_INSTRUMENT, "assessment_index"),
    ),
    Entry(
        site_pages.FORMATS_PAGE,
        body=lambda writer, _: FormatsWriter.of(writer).formats(),
        made_of=("formats/*",),
    ),
    Entry(
        site_pages.COURSE_PAGE,
        "course",
        lambda writer, _: CourseWriter.of(writer).course(),
        style="course",
        scripts=("course",),
        made_of=("course/*.yml",),
    ),
    Entry(
        site_pages.SESSIONS_PAGE,
        "sessions",
        lambda writer, _: CourseWriter.of(writer).sessions(),
        style="course",
        scripts=("sessions",),
        source=f"{_TEMPLATES}/sessions.html.jinja",
        made_of=("course/*.yml",),
    ),
    Entry(
        site_pages.PACKAGES_PAGE,
        body=lambda writer, _: PackagesWriter.of(writer).packages(),
        style="course",
        made_of=("checklists/*.yml",),
    ),
)


@dataclass(frozen=True)
class SitePage:
    """One page of the table, of the thing it is about where there are many."""

    entry: Entry
    one: Any = None

    @property
    def path(self) -> str:
        """Its address inside a language's folder."""
        return self._named(self.entry.page)

    @property
    def source(self) -> str | None:
        return self._named(self.entry.source) if self.entry.source else None

    @property
    def files(self) -> frozenset[str]:
        """The files that it shows, beside its own; they may be patterns."""
        return frozenset({*self.entry.made_of, *([self.source] if self.source else ())})

    def page(self, writer: Writer) -> Page:
        """Returns the whole page, of one that is made from data."""
        made = self._write(writer)
        assert isinstance(made, Page), self.path
        return made

    def part(self, writer: Writer) -> Part:
        """Returns what follows the text of a page that is written by hand."""
        made = self._write(writer)
        assert isinstance(made, Part), self.path
        return made

    def _write(self, writer: Writer) -> Page | Part:
        return kept(lambda: self._made(writer), "page", self.path, *writer.read)

    def _made(self, writer: Writer) -> Page | Part:
        if self.entry.body is None:
            return writer.of_template(self.entry.kind or "")
        return self.entry.body(writer, self.one)

    def _named(self, pattern: str) -> str:
        return pattern.replace("{id}", getattr(self.one, "id", ""))


def site_pages_of(content: Content, table: Iterable[Entry] = PAGES) -> Mapping[str, SitePage]:
    """Returns every page of ``table``, by its path inside a language's folder."""
    found = (SitePage(entry, one) for entry in table for one in (entry.each(content) if entry.each else (None,)))
    return {page.path: page for page in found}


def script_addresses(page: SitePage | None, code: str) -> tuple[str, ...]:
    """Returns the scripts of a page, from the site's root; those of any page where the table has none."""
    names = page.entry.scripts if page else Entry.scripts
    id = getattr(page.one, "id", "") if page else ""
    named = (name.replace("{code}", code).replace("{id}", id) for name in names)
    return tuple(f"assets/{name}.js" if "/" in name else f"assets/bundles/{name}.js" for name in named)
