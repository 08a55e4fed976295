"""MkDocs hook: completes every page, whoever wrote it, and hands its template what it needs."""

from __future__ import annotations

import headings
from building import build
from guide.pages.addresses import alternates
from guide.pages.home import HomeWriter
from guide.pages.redirects import with_old_sections
from guide.pages.registry import HOME_SCRIPTS, script_addresses
from guide.pages.revision import revision
from guide.pages.styles import style_address
from guide.pages.written import finished
from paths import path_of, written_in


def on_page_content(html, page, config, files):
    """What a page written by hand goes on with; old ids of its sections; tables that scroll."""
    writer, entry = build.writer(page), build.page(page)
    if entry is not None and entry.entry.continued:
        page.meta["template"] = entry.entry.frame
        part = entry.part(writer)
        headings.add(page, part)
        html += part.html
    if page in build.chapters and (revised := page.meta.get("revised")):
        html += revision(writer, str(revised), html)
    html = with_old_sections(html, path_of(page.file), build.content.redirects, writer.texts, writer.page_url)
    return finished(html, build.words[build.language]["t"]["page"]["table"], config.site_url)


def on_page_context(context, page, config, nav):
    found, path = build.page(page), path_of(page.file)
    entry = found and found.entry
    context.update(build.words[build.language])
    context["shown_in"] = written_in(page.file)
    context["alternates"] = alternates(path, build.written(path), build.addresses)
    context["kind"] = entry.kind if entry else page.meta.get("template", "").removesuffix(".html")
    context["styles"] = (style_address(entry.style if entry else context["kind"]),)
    context["scripts"] = script_addresses(found, build.language)
    if page is nav.homepage:
        context["start_here"] = HomeWriter.of(build.writer(page)).start()
        context["scripts"] = HOME_SCRIPTS
