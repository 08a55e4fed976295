"""Every chapter says when it was last revised, and by which sources: those it cites."""

from __future__ import annotations

import re

from guide.model.content import Content
from guide.pages.revision import revision
from guide.pages.writer import Writer
from guide.reading.project import Project, open_texts
from tests.pages.test_site import in_language


def test_every_chapter_says_when_it_was_revised_and_by_which_sources(documents, chapters, content: Content, project):
    for code in project.codes:
        for chapter in chapters:
            document = documents[in_language(chapter.path, code, project)]
            (end,) = document.find("div", class_="revision")
            links = [one["href"] for one in document.find("a") if "#" in (one["href"] or "")]
            inside = [one["href"] for one in document.find("a") if end in one.inside]
            cited = {one for one in links if "bibliografia" in one and one not in inside} | set(inside)
            assert len(inside) == len(set(inside)) == len(cited), chapter.path
            assert all(one.rpartition("#")[2] in content.sources for one in inside)


def test_it_counts_how_each_source_is_known(content: Content, project: Project):
    first = next(one for one in content.sources.values() if one.seen == "first-hand")
    second = next(one for one in content.sources.values() if one.seen == "secondary")
    html = "".join(f'<a href="../bibliografia/#{id}">x</a>' for id in (first.id, second.id, first.id, "no-hay"))
    said = re.sub(r"<[^>]+>", "", revision(Writer(content, open_texts(project, "es"), str), "2026-11", html))
    assert "Revisado en noviembre de 2026." in said
    assert "2 fuentes: 1 que leímos, 1 que conocemos por otra o en parte." in said
    alone = revision(Writer(content, open_texts(project, "es"), str), "2026-11", "<p>Nada</p>")
    assert "Revisado en noviembre de 2026." in alone and "<details>" not in alone
