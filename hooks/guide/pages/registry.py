"""Which pages are made from data, by whom, in whose look, and where they stand in the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from guide.model import contacts, glossary, planners, signing, states
from guide.model.catalogue import NETWORKS_PAGE, PRACTICES_PAGE, Practice
from guide.model.content import (
    ASSESSMENTS_PAGE,
    BIBLIOGRAPHY_PAGE,
    BOOK_PAGE,
    DOCUMENTS_PAGE,
    FORM_PAGE,
    INDEX_PAGE,
    OVERVIEW_PAGE,
    PLAN_PAGE,
    QUICK_PAGE,
    Content,
)
from guide.model.course import COURSE_PAGE
from guide.model.office_templates import FORMATS_PAGE
from guide.pages import book
from guide.pages.directory import DirectoryWriter
from guide.pages.planners import ToolsWriter
from guide.pages.signing import SigningWriter
from guide.pages.writer import Page, Part, Writer
from guide.reading.project import Project
from guide.reading.texts import Texts

EXAMPLE_SCRIPT = "assets/example.js"


@dataclass(frozen=True)
class Generated:
    """How one generated page is made."""

    write: Callable[[Writer], Page]
    source: str | None
    """The file it is made from, None for one made of many."""
    template: str | None = "assessment.html"
    listed_on: str | None = None
    """The page it stands after, for one that is not in the navigation itself."""
    made_of: tuple[str, ...] = ()
    """The files whose texts it shows, beside ``source``; patterns."""


@dataclass(frozen=True)
class Continued:
    """How a page written in Markdown goes on with what the data say."""

    write: Callable[[Writer], Part]
    template: str | None = None
    made_of: tuple[str, ...] = ()


CONTINUED: Mapping[str, Continued] = {
    INDEX_PAGE: Continued(Writer.index, "assessment_index.html"),
    FORMATS_PAGE: Continued(Writer.formats, made_of=("formats/*",)),
    COURSE_PAGE: Continued(Writer.course, "course.html", ("course/*.yml",)),
}


def generated_pages(content: Content, new_file: Callable[[str, Texts], str], repository: str) -> dict[str, Generated]:
    """Every generated page by its path inside a language's folder.

    ``repository`` is its address, where new files are proposed; ``new_file`` gives what one of a folder begins with.
    """
    templates = "hooks/guide/pages/templates"

    def catalogue(writer: Writer) -> DirectoryWriter:
        return DirectoryWriter(
            writer.content,
            writer.texts,
            writer.page_url,
            writer.languages,
            repository=repository,
            model=lambda folder: new_file(folder, writer.texts),
        )

    def tool(writer: Writer) -> ToolsWriter:
        return ToolsWriter(writer.content, writer.texts, writer.page_url, writer.languages)

    def practice(writer: Writer, one: Practice) -> Page:
        return catalogue(writer).practice(one)

    return {
        **{one.page: Generated(_writing(Writer.checklist, one), one.source) for one in content.checklists},
        **{one.page: Generated(_writing(Writer.module, one), one.source, "course.html") for one in content.modules},
        QUICK_PAGE: Generated(Writer.quick, None, made_of=("checklists/*.yml",)),
        OVERVIEW_PAGE: Generated(Writer.overview, f"{templates}/overview.html.jinja", "overview.html"),
        PLAN_PAGE: Generated(Writer.plan, f"{templates}/plan.html.jinja", "plan.html"),
        DOCUMENTS_PAGE: Generated(Writer.documents, f"{templates}/documents.html.jinja", "documents.html"),
        ASSESSMENTS_PAGE: Generated(
            Writer.your_assessments, f"{templates}/your_assessments.html.jinja", "assessment_index.html"
        ),
        FORM_PAGE: Generated(Writer.form, f"{templates}/form.html.jinja", "form.html", made_of=("checklists/*.yml",)),
        BIBLIOGRAPHY_PAGE: Generated(Writer.bibliography, "data/bibliography.yml", None),
        BOOK_PAGE: Generated(book.write, None, "book.html"),
        planners.COMPARE_PAGE: Generated(
            lambda writer: tool(writer).compare(), planners.SELECTION_SOURCE, "compare.html"
        ),
        planners.TWINNING_PAGE: Generated(
            lambda writer: tool(writer).twinning(), planners.TWINNING_SOURCE, "twinning.html"
        ),
        signing.PAGE: Generated(
            lambda writer: SigningWriter(writer.content, writer.texts, writer.page_url).signing(),
            signing.SOURCE,
            "signing.html",
        ),
        glossary.PAGE: Generated(Writer.glossary, glossary.SOURCE, "glossary.html"),
        NETWORKS_PAGE: Generated(
            lambda writer: catalogue(writer).networks(), None, "catalogue.html", made_of=("networks/*.yml",)
        ),
        PRACTICES_PAGE: Generated(
            lambda writer: catalogue(writer).practices(), None, "catalogue.html", made_of=("practices/*.yml",)
        ),
        contacts.PAGE: Generated(
            lambda writer: catalogue(writer).contacts(), None, "directory.html", made_of=("contacts/*.yml",)
        ),
        states.PAGE: Generated(
            lambda writer: catalogue(writer).states(), None, "directory.html", made_of=("states/*.yml",)
        ),
        **{
            one.page: Generated(_writing(practice, one), one.source, "practice.html", PRACTICES_PAGE)
            for one in content.catalogue.practices
        },
    }


def _writing(write: Callable[[Writer, Any], Page], one: object) -> Callable[[Writer], Page]:
    """``write`` of the one thing a page is about."""
    return lambda writer: write(writer, one)


def example_script(project: Project) -> str:
    """The example as a script: from a folder opened without a server, browsers load nothing else."""
    example = (project.root / "overrides/assets/example.json").read_text("utf-8")
    return f"(window.abc = window.abc || {{}}).example = {example.strip()};\n"


def add_to_nav(items: list, pages: list[str]) -> bool:
    """Puts ``pages`` at the end of the navigation section that holds the index of self-assessments.

    ``items`` is ``nav`` as ``mkdocs.yml`` has it; False where no section of it holds that index.
    """
    for item in items:
        if item == INDEX_PAGE:
            items += [page for page in pages if page not in items]
            return True
        for below in item.values() if isinstance(item, dict) else ():
            if isinstance(below, list) and add_to_nav(below, pages):
                return True
    return False
