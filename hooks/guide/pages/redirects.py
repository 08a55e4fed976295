"""Writes pages at old addresses, and old ids of sections at their new place."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from guide.model.addresses import Redirect, address
from guide.pages.addresses import Addresses, relative
from guide.pages.policy import policy
from guide.reading.texts import Texts


def redirect_pages(
    texts: Texts, redirects: Collection[Redirect], addresses: Addresses, site_url: str
) -> Iterator[tuple[str, str]]:
    """Yields the file and the HTML of the page at every old address of one language.

    ``site_url`` is the address of the site, from whose root ``addresses`` go.
    """
    for one in redirects:
        if one.section:
            continue
        old, there = addresses.start + one.source.lstrip("/"), addresses.of(one.target)
        sections = {
            other.section: relative(addresses.of(other.target), old)
            for other in redirects
            if other.section and other.page == one.source
        }
        canonical = f"{site_url.rstrip('/')}/{there}"
        yield f"{old}index.html", redirect_page(texts, relative(there, old), canonical, sections)


def redirect_page(texts: Texts, url: str, canonical: str, sections: Mapping[str, str] = {}) -> str:
    """Returns the page at an old address. ``url`` is the new one as seen from it, ``canonical`` the whole.

    What was asked of the old address (``?embed``, ``#heading``) goes along where scripts run; ``sections`` are
    the places of those that did not move with the page, by id.
    """
    return _template("redirect").render(
        t=texts.words, code=texts.code, url=url, canonical=canonical, sections=dict(sections), policy=policy()
    )


def with_old_sections(
    html: str, page: str, redirects: Collection[Redirect], texts: Texts, page_url: Callable[[str], str]
) -> str:
    """Returns the HTML of ``page`` with every old id of its sections where it leads to.

    On the same page it stands in the new heading, and needs no script. One that leads to another page stands at
    the end and is shown to whoever comes for it, with the link.
    """
    for one in redirects:
        if not one.section or one.page != address(page):
            continue
        there, _, heading = one.target.partition("#")
        here = str(Markup('<span id="{}"></span>').format(one.section))
        if there == page and heading:
            opening = re.compile(rf'<(?:h[1-6])\b[^>]* ?id="{re.escape(heading)}"[^>]*>')
            html, placed = opening.subn(lambda match: match[0] + here, html, count=1)
            if not placed:
                html = re.sub(rf'(?=<\w+[^>]* id="{re.escape(heading)}")', lambda match: here, html, count=1)
        elif there == page:
            html = here + html
        else:
            html += _template("moved").render(t=texts.words, id=one.section, url=page_url(one.target))
    return html


@functools.cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(f"{name}.html.jinja")
