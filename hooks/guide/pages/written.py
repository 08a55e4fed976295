"""Completes the pages written by hand, as they are shown: with their counts, whole, and with tables that scroll."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

from guide.model.addresses import THIS_SITE
from guide.reading import counts, half_translated, mentions
from guide.reading.markdown import Source, parse
from guide.reading.project import Project

# What a chapter is for, and the opening that follows it, down to the first heading or anything that is no paragraph.
_OBJECTIVES = re.compile(
    r'\A\s*(?P<objectives><div class="admonition objectives">.*?</div>)\s*(?P<opening>(?:<p>.*?</p>\s*)+)', re.DOTALL
)


def shown_text(project: Project, sources: Mapping[str, Source], code: str) -> str | None:
    """Returns the Markdown of a page in the language ``code``; None where it has no page of its own.

    ``sources`` are its files by language. Sections that are not translated yet stand in the default language.
    """
    if code not in sources:
        return None
    text = _filled(project, sources[code], code)
    if project.default in sources and code in project.in_progress:
        first, own = (parse(sources[one].path, _filled(project, sources[one], one)) for one in (project.default, code))
        whole = half_translated.completed(first, own, project.default)
        if whole is not None:
            return whole.replace("---\n", f"---\npartly_in: {project.default}\n", 1)
    return text


def _filled(project: Project, source: Source, code: str) -> str:
    """A page with its counts and with links to whom it mentions; its path inside the language's folder says from where."""
    text = counts.fill_page(project, "\n".join(source.lines), code)
    return mentions.fill_page(project, text, code, source.path.split("/", 2)[-1])


def finished(html: str, table: str, site_url: str) -> str:
    """Returns the HTML of a page whose wide tables, called ``table``, scroll inside themselves, by keyboard too.

    A figure keeps its per cent sign; what is offered for copying names this site by its own address.
    """
    html = html.replace(THIS_SITE, site_url)
    html = re.sub(r"(?<=\d) %", "\u00a0%", html)
    opening = f'<div class="table-scroll" role="group" tabindex="0" aria-label="{escape(table)}"><table>'
    return html.replace("<table>", opening).replace("</table>", "</table></div>")


def opened(html: str) -> str:
    """Returns the HTML of a chapter whose opening comes first and then what it is for, however they are written."""
    return _OBJECTIVES.sub(lambda match: f"{match['opening']}{match['objectives']}\n", html, count=1)
