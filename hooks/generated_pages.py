"""MkDocs hook: the pages made from data, one per language."""

from __future__ import annotations

import yaml
from mkdocs.structure.files import File, InclusionLevel

import headings
from building import build, written_in
from guide.pages.front_matter import front_matter


def on_files(files, config):
    for code in build.project.codes:
        for path, page in build.pages.items():
            if not page.entry.continued:
                file = File(f"{code}/{path}", config.docs_dir, config.site_dir, config.use_directory_urls)
                if page.entry.listed_on:
                    file.inclusion = InclusionLevel.NOT_IN_NAV
                files.append(file)


def on_page_read_source(page, config):
    entry = build.generated(page)
    if entry is None:
        return None
    made = build.made[page.file.src_uri] = entry.page(build.writer(page))
    page.edit_url = entry.source and config.edit_uri.removesuffix("docs/") + entry.source
    meta = front_matter(entry, made, written_in(page.file), build.project.default)
    return f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n"


def on_page_content(html, page, config, files):
    made = build.made.get(page.file.src_uri)
    if made is None:
        return None
    headings.replace(page, made)
    return made.html
