"""The page for the comptroller: every criterion of the law, in the words of the performance guide, with its paper."""

from __future__ import annotations

from guide.model.content import Content
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from guide.reading.texts import fill
from tests.pages.test_accessibility import violations
from tests.pages.test_site import in_language

PAGE = "autoevaluacion/contraloria/"


def test_it_has_every_criterion_of_the_law_with_its_levels_and_its_paper(open_page, content: Content, project: Project):
    legal = [one for checklist in content.checklists for one in checklist.criteria if one.critical is not None]
    for code in project.codes:
        words = open_texts(project, code)["comptroller"]
        page = open_page(in_language(PAGE, code, project))
        assert page.locator("section.format").count() == len(legal)
        said = " ".join(inline_markdown.plain(fill(words["law_text"], {"count": len(legal)})).split())
        assert said in " ".join(page.locator("main").inner_text().split())
        statuses = {one.id: one.name[code] for one in content.scale.statuses}
        for one in legal:
            section = page.locator("section.format", has=page.locator(f"#{one.id}"))
            rows = [row.all_inner_texts() for row in (section.locator("dt"), section.locator("dd"))]
            said = dict(zip(*rows, strict=True))
            plain = [" ".join(inline_markdown.plain(level[code]).split()) for level in one.levels]
            breach = fill(words["breach_up"], {"level": one.critical}) if one.critical else words["breach"]
            assert said[statuses["behind"]] == f"{plain[0]} {breach}"
            assert said[statuses["in-progress"]] == f"{plain[1]} {plain[2]}" and said[statuses["optimal"]] == plain[3]
            assert said[words["ask"]] == " ".join(inline_markdown.plain(one.evidence[code]).split())
            found = content.crosswalk.by_criterion[one.id].gdm
            names = {each.id: each.name[code] for frame in content.crosswalk.frames for each in frame.entries}
            assert said[words["gdm"]] == ("; ".join(f"{id} {names[id]}" for id in found) or "—")
            assert all(mark in said[words["finding"]] for mark in words["marks"].values())
            assert section.get_by_role("link").first.get_attribute("href").endswith(f"#{one.id}")
        annual = {one.id for checklist in content.checklists for one in checklist.criteria if one.review == "annual"}
        listed = page.locator("#cada-ano ~ ul a").evaluate_all("all => all.map((one) => one.hash.slice(1))")
        assert set(listed) == annual - {one.id for one in legal}
        assert violations(page) == []
