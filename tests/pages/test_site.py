"""The built site as files: languages in step, links that lead somewhere, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from guide.downloads import workbook
from guide.downloads.registry import WORKBOOK
from guide.model.content import Content
from guide.model.site_pages import BOOK_PAGE, FORM_PAGE
from guide.reading import inline_markdown
from guide.reading.project import Project, open_texts
from tests.conftest import REPOSITORY, ROOT, SITE_URL
from tests.documents import Document
from tests.search_index import search_entries

FORM = FORM_PAGE.removesuffix(".md") + "/"
BOOK = BOOK_PAGE.removesuffix(".md") + "/"
# Pages made of many files: there is no one file to open.
MADE_OF_MANY = (
    "autoevaluacion/rapida/",
    "directorio/redes/",
    "directorio/practicas/",
    "directorio/contactos/",
    "directorio/leyes-municipales/",
    BOOK,
)


def language_of(path: str, project: Project) -> str:
    first = path.split("/")[0]
    return first if first in project.codes else project.default


def bare(path: str, project: Project) -> str:
    """The path without its language."""
    code = language_of(path, project)
    return path if code == project.default else path.removeprefix(f"{code}/")


def plain(text: str) -> str:
    """A text of a checklist as a reader sees it."""
    return " ".join(inline_markdown.plain(text).split())


def in_language(path: str, code: str, project: Project) -> str:
    return path if code == project.default else f"{code}/{path}"


@pytest.fixture(scope="session")
def paths(documents: dict[str, Document], project: Project) -> list[str]:
    """The pages of the default language."""
    return [path for path in documents if language_of(path, project) == project.default]


def test_every_page_exists_in_every_language(documents, paths, project):
    for code in project.codes:
        found = {bare(path, project) for path in documents if language_of(path, project) == code}
        assert found == set(paths)


def test_every_page_has_the_same_headings_in_every_language(documents, paths, project):
    for path in paths:
        for code in project.codes:
            other = documents[in_language(path, code, project)]
            assert other.headings == documents[path].headings, (code, path)


def test_headings_have_ids_and_do_not_jump(documents):
    for path, document in documents.items():
        levels = [int(tag[1]) for tag, _ in document.headings]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), path
        assert all(id for tag, id in document.headings if tag != "h1"), path
        assert len(document.ids) == len(set(document.ids)), path


def test_the_contents_at_the_side_name_every_section_in_its_order(documents):
    for path, document in documents.items():
        named = [(one["href"], one.text) for one in document.find("a") if any("toc" in up.classes for up in one.inside)]
        sections = [
            (f"#{one['id']}", one.text) for one in document.find("h2") if any(up.tag == "main" for up in one.inside)
        ]
        assert not named or [one for one in named if one in sections] == sections, path
        assert {href.removeprefix("#") for href, _ in named} <= set(document.ids), path


def test_every_checklist_is_a_page_with_all_its_words(documents, content: Content, project):
    for checklist in content.checklists:
        for code in project.codes:
            path = in_language(f"autoevaluacion/{checklist.id}/", code, project)
            shown = documents[path].find("main")[0].text
            texts = [checklist.title, checklist.summary]
            for one in checklist.criteria:
                texts += [one.statement, one.why, *one.levels, one.evidence, one.next_step]
                texts += [text for text in (one.guidance, one.not_applicable) if text]
            for text in texts:
                assert plain(text[code]) in shown, (path, text[code])


def test_a_criterion_is_a_group_of_native_radio_buttons(documents, content: Content):
    for checklist in content.checklists:
        document = documents[f"autoevaluacion/{checklist.id}/"]
        for one in checklist.criteria:
            radios = document.find("input", type="radio", name=one.id)
            offered = ["0", "1", "2", "3", "no_information"]
            offered += ["not_applicable"] if one.not_applicable else []
            assert [radio["value"] for radio in radios] == offered
            assert all(any(up.tag == "fieldset" for up in radio.inside) for radio in radios)


def test_the_form_has_a_box_for_every_answer_of_every_criterion(documents, content: Content, project):
    for code in project.codes:
        document = documents[in_language(FORM, code, project)]
        words = open_texts(project, code)["assessment"]
        boxes = [one.text for one in document.find("li") if any("item" in up.classes for up in one.inside)]
        expected = []
        for one in (one for checklist in content.checklists for one in checklist.criteria):
            for value, text in enumerate(one.levels):
                # What is flagged for the law is marked.
                mark = "⚑ " if one.critical is not None and value <= one.critical else ""
                expected.append(f"{value} · {content.scale.levels[value].name[code]} {mark}{plain(text[code])}")
            expected.append(words["no_information"] + (" ⚑" if one.critical is not None else ""))
            if one.not_applicable:
                expected.append(f"{words['not_applicable']} {plain(one.not_applicable[code])}")
        assert boxes == expected
        shown = document.find("main")[0].text
        for checklist in content.checklists:
            for number, one in enumerate(checklist.criteria, 1):
                assert f"{number}. {plain(one.statement[code])}" in shown
                assert plain(one.evidence[code]) in shown
        (table,) = document.find("table")
        assert f"{sum(len(one.criteria) for one in content.checklists)}" in table.text


def test_the_form_and_the_index_need_no_script_to_be_of_use_offline(documents, content, site, project):
    for code in project.codes:
        form = documents[in_language(FORM, code, project)]
        fields = [*form.find("input"), *form.find("textarea"), *form.find("button")]
        assert not [one for one in fields if any(up.tag == "main" for up in one.inside)]
        index = in_language("autoevaluacion/", code, project)
        assert "/" + in_language(FORM, code, project) in links(documents, index)
        file = WORKBOOK.address(code)
        assert f"/{file}" in links(documents, index)
        assert (site / file).read_bytes() == workbook.write(content, open_texts(project, code))


def test_checklists_and_chapters_link_to_each_other(documents, content: Content):
    for checklist in content.checklists:
        if not checklist.chapter:
            continue
        chapter = "/" + checklist.chapter.removesuffix(".md") + "/"
        page = f"/autoevaluacion/{checklist.id}/"
        assert page in links(documents, chapter[1:])
        there = links(documents, page[1:])
        for one in checklist.criteria:
            assert one.section, f"{one.id} names no section of {checklist.chapter}"
            assert chapter + "#" + one.section.partition("#")[2] in there


def links(documents, path: str) -> list[str]:
    """Where the links of a page lead, as paths from the root, anchors kept."""
    return [urljoin("/" + path, one["href"]) for one in documents[path].find("a") if one["href"] is not None]


def test_every_link_leads_somewhere(documents, site: Path):
    for path in documents:
        for target in links(documents, path):
            parts = urlsplit(target)
            # Whom to call is called and written to.
            if parts.scheme in ("http", "https", "tel", "mailto"):
                continue
            assert not parts.scheme, f"{path}: {target}"
            there = unquote(parts.path).lstrip("/")
            assert there in documents or (site / there).is_file(), f"{path} links to {target}"
            if parts.fragment and there in documents:
                assert unquote(parts.fragment) in documents[there].ids, f"{path} links to {target}"


def test_nothing_is_asked_of_other_hosts(documents, site: Path):
    asks = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}
    kinds = {"canonical", "alternate"}
    for path, document in documents.items():
        for one in document.elements:
            if one.tag in asks and one["rel"] not in kinds and (target := one[asks[one.tag]]):
                assert not urlsplit(target).netloc, f"{path} asks for {target}"
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", style.read_text("utf-8"))


def test_language_links_lead_to_the_same_page(documents, paths, project):
    for path in paths:
        for code in project.codes:
            here = in_language(path, code, project)
            found = {
                one["hreflang"]: urljoin("/" + here, one["href"])
                for one in documents[here].find("a")
                if "data-language" in one.attributes
            }
            others = [other for other in project.codes if other != code]
            assert found == {other: "/" + in_language(path, other, project) for other in others}


def test_alternates_and_canonical_addresses(documents, paths, project):
    for path in paths:
        for code in project.codes:
            here = in_language(path, code, project)
            head = documents[here].find("link")
            assert [one["href"] for one in head if one["rel"] == "canonical"] == [SITE_URL + here]
            alternates = {one["hreflang"]: one["href"] for one in head if one["rel"] == "alternate"}
            assert alternates == {
                "x-default": SITE_URL + path,
                **{other: SITE_URL + in_language(path, other, project) for other in project.codes},
            }


def test_pages_say_their_language_title_and_description(documents, project):
    seen = set()
    for path, document in documents.items():
        code = language_of(path, project)
        assert document.find("html")[0]["lang"] == code
        title = document.find("title")[0].text
        assert title and (code, title) not in seen, path
        seen.add((code, title))
        (description,) = [one["content"] for one in document.find("meta", name="description")]
        assert 40 <= len(description) <= 320, (path, len(description))


def test_every_page_is_in_the_sitemap(documents, site: Path):
    tree = ElementTree.parse(site / "sitemap.xml")
    found = {one.text for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert found == {SITE_URL + path for path in documents}


def test_every_page_is_in_the_navigation(documents, paths, project):
    for code in project.codes:
        reached, queue = set(), [in_language("", code, project)]
        while queue:
            path = queue.pop()
            if path in reached or language_of(path, project) != code:
                continue
            reached.add(path)
            for one in documents[path].find("a"):
                if any(up.tag == "nav" for up in one.inside) and one["href"]:
                    queue.append(urlsplit(urljoin("/" + path, one["href"])).path.lstrip("/"))
        assert {bare(path, project) for path in reached} == set(paths)


def inside(document: Document, tag: str, class_: str) -> list:
    """The elements of a tag inside those of a class."""
    return [one for one in document.find(tag) if any(class_ in up.classes for up in one.inside)]


def test_chapters_follow_each_other_and_say_where_a_section_begins(documents, order, chapters, named, project):
    assert len({one.sections for one in chapters}) > 2
    for code in project.codes:
        for before, after in pairwise(order):
            if before not in chapters or after not in chapters:
                continue
            for here, there, rel, word in ((before, after, "next", "next"), (after, before, "prev", "previous")):
                page = in_language(here.path, code, project)
                (link,) = documents[page].find("a", rel=rel)
                assert urljoin("/" + page, link["href"]) == "/" + in_language(there.path, code, project)
                says = open_texts(project, code)["page"][word]
                if here.sections != there.sections:
                    says += f" · {named(there.sections[-1], code)}"
                (small,) = [one for one in documents[page].find("small") if link in one.inside]
                assert small.text == says, page


def test_the_home_page_stands_outside_the_way_in_every_language(documents, chapters, project):
    for code in project.codes:
        home = documents[in_language("", code, project)]
        assert not home.find("a", rel="next") + home.find("a", class_="term")
        assert not documents[in_language(chapters[0].path, code, project)].find("a", rel="prev")


def test_the_home_page_is_a_map_of_every_chapter(documents, chapters, named, project):
    for code in project.codes:
        home = in_language("", code, project)
        assert {"/" + in_language(one.path, code, project) for one in chapters} <= set(links(documents, home))
        (map_,) = documents[home].find("div", class_="map")
        titles = [one.text for one in documents[home].find("h3") if map_ in one.inside]
        assert titles == [*dict.fromkeys(named(one.sections[-1], code) for one in chapters)]


def test_the_side_opens_at_the_section_of_the_page(documents, chapters, named, project):
    for code in project.codes:
        for one in chapters:
            document = documents[in_language(one.path, code, project)]
            for shown in ("section-list", "section-menu"):
                (current,) = [link for link in inside(document, "a", shown) if link["aria-current"]]
                folded = [box for box in inside(document, "details", shown) if "section-menu" not in box.classes]
                (open_,) = [box for box in folded if "open" in box.attributes]
                assert open_ in current.inside and len(folded) > 1
                assert open_.text.startswith(named(one.sections[-1], code))


def test_the_breadcrumb_names_every_section_and_leads_nowhere_twice(documents, order, named, project):
    for code in project.codes:
        for one in order[1:]:
            path = in_language(one.path, code, project)
            crumbs = [crumb.text for crumb in inside(documents[path], "li", "breadcrumb")]
            home = open_texts(project, code)["page"]["home"]
            assert crumbs == [home, *(named(section, code) for section in one.sections)]
            leads = [urljoin("/" + path, link["href"]) for link in inside(documents[path], "a", "breadcrumb")]
            assert len(leads) == len({*leads, "/" + path}) - 1, path


def test_navigation_is_translated(documents, paths, project):
    """A section or page title of the default language never stands in another language's navigation."""

    def titles(path: str) -> list[str]:
        return [
            one.text
            for one in documents[path].find("a")
            if any("sections" in up.classes or "section-nav" in up.classes for up in one.inside)
        ]

    for path in paths:
        for code in project.codes[1:]:
            there = in_language(path, code, project)
            if documents[there].find("article", lang=project.default):
                continue
            assert not set(titles(path)) & set(titles(there)), path


def test_editing_a_page_opens_the_file_it_is_made_from(documents, project, content: Content):
    checklists = {one.id for one in content.checklists}
    for path, document in documents.items():
        name = bare(path, project).rstrip("/").split("/")[-1]
        if bare(path, project) in MADE_OF_MANY:
            assert not document.find("a", class_="edit")
            continue
        (edit,) = document.find("a", class_="edit")
        assert edit["href"].startswith(f"{REPOSITORY}/edit/main/"), path
        file = edit["href"].removeprefix(f"{REPOSITORY}/edit/main/")
        assert (ROOT / file).is_file(), (path, file)
        if name in checklists and bare(path, project).startswith("autoevaluacion/"):
            assert file == f"checklists/{name}.yml"


def test_search_has_every_page_in_its_own_language_only(documents, site: Path, project):
    assert not (site / "search/search_index.json").exists()
    for code in project.codes:
        entries = search_entries(site, code)
        pages = {one["location"].split("#")[0] for one in entries}
        # They say again what the pages of checklists and chapters say.
        again = {in_language(path, code, project) for path in (FORM, BOOK)}
        again |= {path for path in documents if "curso/participantes/" in path}
        assert pages == {path for path in documents if language_of(path, project) == code} - again
        for one in entries:
            path, _, heading = one["location"].partition("#")
            assert not heading or heading in documents[path].ids, one["location"]


def test_untouched_parts_of_material_stay_at_home(site: Path):
    for path in site.rglob("*"):
        assert "material" not in path.name.lower() and path.suffix != ".map", path
    # What templates are put together from is in the pages.
    assert not (site / "partials").exists()


def test_a_page_that_does_not_exist_speaks_every_language(site: Path, project):
    document = Document((site / "404.html").read_text("utf-8"))
    for code in project.codes:
        words = open_texts(project, code)["page"]
        assert words["not_found"] in [one.text for one in document.find("h1") + document.find("h2")]
    assert list(site.rglob("404.html")) == [site / "404.html"]


def test_first_load_stays_small(documents, site: Path, chapters, project: Project):
    """Compressed, with both faces: 90 kB a page, 190 kB the whole guide, 60 kB a chapter and home; scripts with their data 60 kB; where nobody answers, scripts, styles and data 40 kB."""
    chapter_paths = {in_language(one.path, code, project) for one in chapters for code in project.codes}
    light = {*chapter_paths, *(in_language("", code, project) for code in project.codes)}
    for path, document in documents.items():
        scripts = document.find("script")
        weigh = lambda found: sum(len(gzip.compress(one)) for one in found)  # noqa: E731
        read = lambda one: (site / urljoin("/" + path, one).lstrip("/")).read_bytes()  # noqa: E731
        code = [read(one["src"]) for one in scripts if one["src"]]
        styles = [read(one["href"]) for one in document.find("link", rel="stylesheet")]
        data = [one.text.encode() for one in scripts if one["type"] == "application/json"]
        assert weigh(code + data) <= 60_000, (path, weigh(code + data))
        if "/autoevaluacion/" not in f"/{path}":
            assert weigh(code + styles + data) <= 40_000, (path, weigh(code + styles + data))
        # The others are fetched where a page has a letter of theirs.
        faces = [one["href"] for one in document.find("link", rel="preload")]
        fonts = sum(len(read(one)) for one in faces)
        assert len(faces) == 2
        # The data stand in the page.
        files = weigh([*code, *styles, document.source.encode()])
        most = 190_000 if path.endswith(BOOK) else 60_000 if path in light else 90_000
        # Each network more makes the directory longer.
        most = 92_000 if path.endswith("directorio/redes/") else most
        assert files + fonts <= most, (path, files + fonts)


def test_no_word_is_what_python_calls_so(documents):
    """A word named like a method of a mapping, ``copy``, is the word all the same."""
    assert [path for path, document in documents.items() if "built-in method" in document.source] == []


def test_texts_are_shown_as_texts(documents, site: Path):
    """No template lets a text of a file become HTML."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(autoescape=True, loader=FileSystemLoader(ROOT / "overrides"))
    for name in environment.list_templates(filter_func=lambda one: one.endswith(".html")):
        source = (ROOT / "overrides" / name).read_text("utf-8")
        assert set(re.findall(r"([\w.]+) \| safe", source)) <= {"page.content", "item.title", "opener"}, name
