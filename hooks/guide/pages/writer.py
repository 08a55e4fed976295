"""Generated pages as HTML: the self-assessments, their index, the bibliography, the glossary.

Pure functions from content to HTML; whoever builds the site says what a page's address is.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guide.downloads import word
from guide.model import glossary
from guide.model.content import (
    ASSESSMENTS_PAGE,
    BIBLIOGRAPHY_PAGE,
    DOCUMENTS_PAGE,
    FORM_PAGE,
    PLAN_PAGE,
    QUICK_PAGE,
    WORKBOOK,
    Checklist,
    Content,
    Criterion,
    Source,
    Translated,
)
from guide.model.course import HOURS, QUICK, Module, add_up
from guide.model.glossary import Term
from guide.pages.styles import paper_style
from guide.reading import inline_markdown
from guide.reading.project import Language
from guide.reading.texts import Texts, fill

# The words the scripts need; they hold none themselves.
_SCRIPT_WORDS = (
    "format",
    "results",
    "store",
    "reset",
    "index",
    "assessments",
    "record",
    "filter",
    "changed",
    "review",
    "workshop",
    "overview",
    "plan",
    "documents",
    "report",
)
# What assessment.js can narrow a checklist to.
_FILTERS = ("all", "unanswered", "behind", "gap", "estimated", "no_evidence", "review")
_MINUTES_PER_QUICK_CRITERION = 1.5


@dataclass(frozen=True)
class Page:
    """A generated page: its front matter, its HTML and its headings as (id, title)."""

    title: str
    short: str
    description: str
    html: str
    headings: tuple[tuple[str, str], ...]
    entries: tuple[tuple[str, str, str], ...] = ()
    """What search finds: (heading id, title, plain text). Empty: whatever the HTML says."""
    found: bool = True
    """Whether search finds it."""


@dataclass(frozen=True)
class Part:
    """What is put under the text of a page that is written in Markdown; ``headings`` as in Page."""

    html: str
    headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Group:
    heading: str
    title: Translated
    checklist: Checklist
    criteria: tuple[tuple[int, Criterion], ...]
    complete: str | None = None


@dataclass(frozen=True)
class Writer:
    """Writes the generated pages of one language.

    ``page_url`` gives the address of ``page.md#id`` (from the language's root), or of a download
    (from the site's), as seen from the page being written.
    """

    content: Content
    texts: Texts
    page_url: Callable[[str], str]
    languages: tuple[Language, ...] = ()
    """The languages of the site: a document can be made in each."""

    def checklist(self, checklist: Checklist) -> Page:
        """The page of one checklist with all its criteria."""
        group = _Group(
            "criterios",
            {self.texts.code: self.texts["assessment"]["criteria"]},
            checklist,
            tuple(enumerate(checklist.criteria, 1)),
        )
        return self._assessment(
            id=checklist.id,
            title=self._say(checklist.title),
            short=self._say(checklist.short),
            description=inline_markdown.plain(self._say(checklist.summary)),
            summary=self._say(checklist.summary),
            minutes=checklist.minutes,
            version=checklist.version,
            chapter=checklist.chapter,
            quick_count=len(checklist.quick),
            groups=[group],
        )

    def quick(self) -> Page:
        """The quick assessment: the quick criteria of every checklist."""
        words = self.texts["quick"]
        numbers = itertools.count(1)
        groups = [
            _Group(one.id, one.title, one, tuple((next(numbers), each) for each in one.quick), one.page)
            for one in self.content.checklists
            if one.quick
        ]
        total = sum(len(group.criteria) for group in groups)
        return self._assessment(
            id="rapida",
            title=words["title"],
            short=words["short"],
            description=words["description"],
            summary=fill(words["summary"], {"count": total, "lists": len(self.content.checklists)}),
            minutes=quick_minutes(self.content),
            version=None,
            chapter=None,
            quick_count=0,
            groups=groups,
        )

    def index(self) -> Part:
        """The cards of all self-assessments, to stand under the index page's own text."""
        html = self._render(
            "index.html.jinja",
            quick_page=QUICK_PAGE,
            quick_count=sum(len(one.quick) for one in self.content.checklists),
            quick_minutes=quick_minutes(self.content),
            manage=ASSESSMENTS_PAGE,
        )
        return Part(html, (("descargas", self.texts["downloads"]["title"]),))

    def formats(self) -> Part:
        """The templates to take away, to stand under their page's own text."""
        documents = {one.id: word.write(one, self.texts) for one in self.content.formats}
        html = self._render(
            "formats.html.jinja",
            formats=self.content.formats,
            sizes={id: math.ceil(len(document) / 1000) for id, document in documents.items()},
            code=self.texts.code,
            names={one.code: one.name for one in self.languages},
        )
        return Part(html, tuple((one.id, self._say(one.title)) for one in self.content.formats))

    def module(self, module: Module) -> Page:
        """The page of one module of the course."""
        words = self.texts["course"]
        html = self._render("module.html.jinja", module=module, **self._course())
        headings = [("duracion", words["lengths"]), ("objetivos", words["objectives"]), ("recorrido", words["path"])]
        headings.append(("actividades", words["activities"]))
        headings += [(one.id, self._say(one.title)) for one in module.activities]
        headings.append(("evaluacion", words["assessment"]))
        headings += [("rubrica", words["rubric"])] if module.rubric else []
        headings += [("preguntas", words["questions"])] if module.questions else []
        headings.append(("notas", words["notes"]))
        number = fill(words["module"], {"number": module.number})
        return Page(
            f"{number}. {self._say(module.title)}",
            f"{module.number}. {self._say(module.short)}",
            inline_markdown.plain(self._say(module.summary)),
            html,
            tuple(headings),
        )

    def course(self) -> Part:
        """All modules with their paths, to stand under the course page's own text."""
        words = self.texts["course"]
        html = self._render("course.html.jinja", modules=self.content.modules, **self._course())
        return Part(html, (("modulos", words["modules"]), ("duraciones", words["durations"])))

    def _course(self) -> dict[str, Any]:
        """What the templates of the course use."""
        checklists = {
            one.id: (one.page, self._say(one.title), [f"{one.id}/{c.id}" for c in one.criteria])
            for one in self.content.checklists
        }
        quick = [f"{one.id}/{c.id}" for one in self.content.checklists for c in one.quick]
        checklists[QUICK] = (QUICK_PAGE, self.texts["course"]["quick"], quick)
        return {"lists": checklists, "hours": HOURS, "duration": self._duration, "add_up": add_up}

    def _duration(self, minutes: int) -> str:
        words = self.texts["course"]
        if minutes < 60:
            return fill(words["minutes"], {"count": minutes})
        if minutes % 60 == 0:
            return fill(words["hours"], {"count": minutes // 60})
        return fill(words["hours_minutes"], {"hours": minutes // 60, "minutes": minutes % 60})

    def your_assessments(self) -> Page:
        """The page that lists, names, saves and opens assessments."""
        words = self.texts["assessments"]
        html = self._render("your_assessments.html.jinja", manage=None)
        headings = (("lista", words["list"]), ("archivo", words["file"]), ("compartida", words["shared"]))
        return Page(words["title"], words["title"], words["description"], html, headings)

    def plan(self) -> Page:
        """The page that lists every gap with its plan."""
        return self._filled("plan", (("brechas", self.texts["plan"]["title_gaps"]),))

    def documents(self) -> Page:
        """The page that makes documents of an assessment."""
        words = self.texts["documents"]
        return self._filled("documents", (("elegir", words["choose"]), ("vista", words["preview"])))

    def _filled(self, name: str, headings: tuple[tuple[str, str], ...]) -> Page:
        """A page that a script fills in; ``name`` is that of its template and of its words."""
        words = self.texts[name]
        html = self._render(
            f"{name}.html.jinja",
            manage=ASSESSMENTS_PAGE,
            documents=DOCUMENTS_PAGE,
            plan=PLAN_PAGE,
            scale=self.content.scale,
            languages=self.languages,
        )
        entries = (("", words["title"], words["description"]),)
        return Page(words["title"], words["title"], words["description"], html, headings, entries)

    def overview(self) -> Page:
        """The page that shows the results of all checklists together."""
        return self._filled("overview", ())

    def form(self) -> Page:
        """Every checklist as a blank form for paper, with the table that adds it up."""
        words = self.texts["form"]
        html = self._render("form.html.jinja", scale=self.content.scale)
        headings = [("diagnostico", words["about"]), ("contestar", words["how"])]
        headings += [(one.id, self._say(one.title)) for one in self.content.checklists]
        headings.append(("suma", words["sum"]))
        return Page(words["title"], words["title"], words["description"], html, tuple(headings), found=False)

    def instrument(self) -> str:
        """What the scripts of every self-assessment page share, as a script: words and criteria.

        One file a language, so that pages stay small however many checklists there are.
        """
        words: dict[str, Any] = {name: self.texts[name] for name in _SCRIPT_WORDS}
        words["bands"] = [
            {"from": one.least, "name": self._say(one.name), "meaning": self._say(one.meaning)}
            for one in self.content.scale.bands
        ]
        over = self.content.scale.over_flags
        words["over_flags"] = {"name": self._say(over.name), "meaning": self._say(over.meaning)}
        words["statuses"] = [level.status for level in self.content.scale.levels]
        words["levels"] = [f"{value} {self._say(level.name)}" for value, level in enumerate(self.content.scale.levels)]
        checklists = [
            {
                "id": checklist.id,
                "version": checklist.version,
                "title": self._say(checklist.title),
                "short": self._say(checklist.short),
                "url": self.page_url(checklist.page),
                "foundation": checklist.foundation,
                "criteria": [
                    {
                        "id": one.id,
                        "weight": one.weight,
                        "critical": one.critical,
                        "quick": one.quick,
                        "review": one.review,
                        "statement": inline_markdown.plain(self._say(one.statement)),
                    }
                    for one in checklist.criteria
                ],
                "retired": [
                    {"id": one.id, "statement": inline_markdown.plain(self._say(one.statement))}
                    for one in checklist.retired
                ],
                "changes": [asdict(one) for one in checklist.changes],
            }
            for checklist in self.content.checklists
        ]
        data = {"words": words, "checklists": checklists}
        made = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return f"((window.abc ||= {{}}).instruments ||= {{}})[{json.dumps(self.texts.code)}] = {made};\n"

    def criterion_texts(self) -> str:
        """The longer texts of every criterion as a script, for the pages that show all of them."""
        found = {
            one.id: {
                "levels": [inline_markdown.plain(self._say(level)) for level in one.levels],
                "evidence": inline_markdown.plain(self._say(one.evidence)),
                "next_step": inline_markdown.plain(self._say(one.next_step)),
            }
            for checklist in self.content.checklists
            for one in checklist.criteria
        }
        made = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        return f"abc.instruments[{json.dumps(self.texts.code)}].texts = {made};\n"

    def bibliography(self) -> Page:
        """Every source, ordered by author without regard to case and accents."""
        words = self.texts["bibliography"]
        sources = sorted(self.content.sources.values(), key=by_author)
        html = self._render("bibliography.html.jinja", sources=sources, source_id=str)
        headings = tuple((one.id, self._say(one.cite)) for one in sources)
        entries = tuple(
            (one.id, self._say(one.cite), " ".join(filter(None, (one.author, one.title, one.publisher))))
            for one in sources
        )
        return Page(
            words["title"],
            words["title"],
            words["description"],
            html,
            headings,
            (("", words["title"], words["description"]), *entries),
        )

    def glossary(self) -> Page:
        """Every term, in the order of the language's own alphabet."""
        words, code = self.texts["glossary"], self.texts.code
        letters = glossary.alphabetical(self.content.glossary.terms, code, words["alphabet"])
        terms = [term for _, group in letters for term in group]
        html = self._render(
            "glossary.html.jinja",
            letters=letters,
            count=len(terms),
            by_id={one.id: one for one in terms},
            code=code,
            others=self._others(),
            sources=self.content.sources,
            bibliography=BIBLIOGRAPHY_PAGE,
        )
        return Page(
            words["title"],
            words["title"],
            words["description"],
            html,
            tuple((one.id, self._say(one.term)) for one in terms),
            (("", words["title"], words["description"]), *(self._term_entry(one) for one in terms)),
        )

    def explanations(self, terms: Iterable[Term]) -> dict[str, dict[str, str]]:
        """What a page says of the terms it explains: ``{id: {"title", "definition"}}``, plain texts."""
        return {
            one.id: {"title": self._name(one), "definition": inline_markdown.plain(self._say(one.definition))}
            for one in terms
        }

    def _assessment(self, *, groups: list[_Group], title: str, short: str, description: str, **values: Any) -> Page:
        criteria = [criterion for group in groups for _, criterion in group.criteria]
        used = {name for criterion in criteria for name in criterion.sources}
        html = self._render(
            "assessment.html.jinja",
            groups=groups,
            scale=self.content.scale,
            statuses={one.id: one for one in self.content.scale.statuses},
            light=self._light(),
            sources={name: self.content.sources[name] for name in used},
            bibliography=BIBLIOGRAPHY_PAGE,
            total=len(criteria),
            critical=sum(one.critical is not None for one in criteria),
            manage=ASSESSMENTS_PAGE,
            filters=_FILTERS,
            **values,
        )
        headings = [("puntaje", self.texts["assessment"]["how"])]
        for group in groups:
            headings.append((group.heading, self._say(group.title)))
            headings += [(one.id, inline_markdown.plain(self._say(one.statement))) for _, one in group.criteria]
        entries = (("", title, description), *(self._entry(one) for one in criteria))
        return Page(title, short, description, html, tuple(headings), entries)

    def _entry(self, criterion: Criterion) -> tuple[str, str, str]:
        texts = [criterion.why, *criterion.levels, criterion.evidence, criterion.guidance]
        texts += [criterion.not_applicable, criterion.next_step]
        text = " ".join(inline_markdown.plain(self._say(one)) for one in texts if one)
        return criterion.id, inline_markdown.plain(self._say(criterion.statement)), text

    def _term_entry(self, term: Term) -> tuple[str, str, str]:
        texts = [self._say(term.definition), *([self._say(term.note)] if term.note else [])]
        names = [term.term[one.code] for one in self._others() if one.code in term.term]
        return term.id, self._name(term), " ".join([*map(inline_markdown.plain, texts), *names])

    def _others(self) -> list[Language]:
        return [one for one in self.content.glossary.languages if one.code != self.texts.code]

    def _name(self, term: Term) -> str:
        abbreviation = term.abbreviation.get(self.texts.code)
        return self._say(term.term) + (f" ({abbreviation})" if abbreviation else "")

    def _light(self) -> list[dict[str, str]]:
        """The lights in the order they are shown: best first, then what has none."""
        words = self.texts["results"]
        lights = [
            {"id": one.id, "name": self._say(one.name), "meaning": self._say(one.meaning)}
            for one in reversed(self.content.scale.statuses)
        ]
        lights.append({"id": "unanswered", "name": words["unanswered"], "meaning": ""})
        lights.append({"id": "not_applicable", "name": words["not_applicable"], "meaning": ""})
        return lights

    def _say(self, text: Translated) -> str:
        """The text in this language, or the default language's, which says so in HTML."""
        if self.texts.code in text:
            return text[self.texts.code]
        language, words = next(iter(text.items()))
        return inline_markdown.Foreign(words, language)

    def _render(self, template: str, **values: Any) -> str:
        return (
            _environment()
            .get_template(template)
            .render(
                t=self.texts.words,
                say=self._say,
                inline=lambda text: inline_markdown.html(text, self.page_url),
                plain=inline_markdown.plain,
                page_url=self.page_url,
                fill=lambda text, **details: fill(text, details),
                plural=plural,
                paper_style=paper_style,
                number=lambda value: f"{value:g}",
                checklists=self.content.checklists,
                form_page=FORM_PAGE,
                workbook=WORKBOOK.format(code=self.texts.code),
                **values,
            )
        )


def quick_minutes(content: Content) -> int:
    """How long the quick assessment takes, in minutes, rounded up to five."""
    count = sum(len(one.quick) for one in content.checklists)
    return max(5, math.ceil(count * _MINUTES_PER_QUICK_CRITERION / 5) * 5)


def plural(words: Mapping[str, str], name: str, count: int) -> str:
    """The form of ``name`` for ``count``: ``<name>_one`` or ``<name>_other``."""
    return fill(words[f"{name}_one" if count == 1 else f"{name}_other"], {"count": count})


def by_author(source: Source) -> tuple[str, str]:
    """The key that orders sources by author without regard to case and accents."""
    letters = unicodedata.normalize("NFD", source.author)
    author = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return author.casefold(), source.date or ""


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
