"""The whole guide as PDF: asked for, it is there and offered; it has bookmarks, numbers and tags."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from guide.pages.book import PDF
from guide.reading.project import Project
from tests.conftest import ROOT, SITE_URL, copy_small_site
from tests.documents import Document
from tests.sheets_of_paper import beginning
from tools.pdf import with_names


@pytest.fixture(scope="module")
def made(site: Path, project: Project, tmp_path_factory) -> dict[str, bytes]:
    """The files of the real guide, by language."""
    there = tmp_path_factory.mktemp("pdf") / "site"
    shutil.copytree(site, there, ignore=shutil.ignore_patterns("*.zip", "*.docx", "search"))
    # In a process of its own: the tests' browser is open in this one.
    code = (
        "import sys; from pathlib import Path; from guide.pages.addresses import by_language; from tools.pdf import write;"
        "write(Path(sys.argv[1]), by_language(tuple(sys.argv[3:]), True), sys.argv[2])"
    )
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'hooks'}:{ROOT}"}
    subprocess.run([sys.executable, "-c", code, str(there), SITE_URL, *project.codes], check=True, env=env)
    return {code: (there / PDF.format(code=code)).read_bytes() for code in project.codes}


def titles(outline: list) -> list[str]:
    """All bookmarks, in their order."""
    return [name for one in outline for name in (titles(one) if isinstance(one, list) else [one.title])]


def test_it_has_a_bookmark_for_every_heading_numbered_sheets_and_tags(made, documents, project: Project):
    for code, pdf in made.items():
        prefix = "" if code == project.default else f"{code}/"
        book = documents[f"{prefix}guia-completa/"]
        reader = PdfReader(io.BytesIO(pdf))
        found = titles(reader.outline)
        for heading in (*book.find("h3"), *book.find("h4")):
            assert " ".join(heading.text.split()) in found, (code, heading.text)
        catalog = reader.trailer["/Root"]
        assert catalog["/Lang"] == code and catalog["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalog
        assert book.find("h1")[0].text in reader.metadata.title
        # Each sheet but the first is numbered.
        for number, page in enumerate(reader.pages[1:20], 2):
            assert beginning(page).split()[0] == str(number)
        # Links lead to the published site, wherever it was printed; nothing says when.
        links = {
            one["/A"]["/URI"] for page in reader.pages for one in page.get("/Annots", []) if "/URI" in one.get("/A", {})
        }
        assert not [one for one in links if "127.0.0.1" in one or "localhost" in one]
        assert [one for one in links if one.startswith(SITE_URL)]
        assert re.findall(rb"\(node(\d{8})\)", pdf)[0] == b"00000000"
        assert not {"/CreationDate", "/ModDate"} & set(reader.metadata)
        assert 100 < len(reader.pages) < 250
        assert len(pdf) < 6_000_000


def test_bookmarks_are_named_as_the_headings_are():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    above = writer.add_outline_item(title="Losplanes", page_number=0)
    for name in ("UnoUno", "Dos", "Árbol de dosÁrbol dedos", "Sin título"):
        writer.add_outline_item(title=name, page_number=0, parent=above)
    made = io.BytesIO()
    writer.write(made)
    named = with_names(made.getvalue(), ["Los planes", "Uno", "Dos", "Árbol\n de dos"])
    found = titles(PdfReader(io.BytesIO(named)).outline)
    assert found == ["Los planes", "Uno", "Dos", "Árbol de dos", "Sin título"]


def test_the_page_offers_it_only_where_it_was_asked_for(documents, project: Project):
    for code in project.codes:
        prefix = "" if code == project.default else f"{code}/"
        assert f"abc-guia-{code}.pdf" not in documents[f"{prefix}guia-completa/"].source


def test_asked_for_it_is_built_and_offered(tmp_path: Path):
    copy_small_site(tmp_path)
    settings = tmp_path / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("omitted_files: warn", "omitted_files: info"), "utf-8")
    for code in ("es", "en"):
        page = tmp_path / f"docs/{code}/guia.md"
        page.write_text(re.sub(r".*mapa\.svg.*\n", "", page.read_text("utf-8")), "utf-8")
    env = {**os.environ, "ABC_PDF": "true", "PYTHONPATH": f"{ROOT / 'hooks'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.build", "site"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    book = Document((tmp_path / "site/guia-completa/index.html").read_text("utf-8"))
    (link,) = [one["href"] for one in book.find("a") if one["href"].endswith(".pdf")]
    assert (tmp_path / "site/guia-completa" / link).resolve().read_bytes().startswith(b"%PDF-")
