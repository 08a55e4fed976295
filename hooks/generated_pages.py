"""MkDocs hook: adds the pages made from data, one per language."""

from __future__ import annotations

from mkdocs.structure.files import File, InclusionLevel

import headings
from building import build


def on_files(files, config):
    for code in build.project.codes:
        for path, page in build.pages.items():
            if not page.entry.continued:
                file = File(f"{code}/{path}", config.docs_dir, config.site_dir, config.use_directory_urls)
                if page.entry.listed_on:
                    file.inclusion = InclusionLevel.NOT_IN_NAV
                files.append(file)


def on_page_content(html, page, config, files):
    made = build.made.get(page.file.src_uri)
    if made is None:
        return None
    headings.replace(page, made)
    return made.html
