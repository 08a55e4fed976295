"""The templates to take away: what their sources may say, and what an office opens."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Inches

from guide.downloads import word
from guide.downloads.registry import DOCUMENT
from guide.model.content import Content
from guide.model.office_templates import Heading, Items, Table, parse, plain, read_formats, shape
from guide.model.site_pages import FORMATS_PAGE
from guide.reading.problems import Problems
from guide.reading.project import Project, open_project, open_texts
from tests.conftest import ROOT

LETTER = (12240, 15840)
# Everything python-docx's own template brings along that an office did not ask for.
LEFTOVERS = ("theme", "thumbnail", "customXml", "stylesWithEffects", "webSettings", "fontTable", "app.xml")


@pytest.fixture(scope="module")
def opened(content: Content, project: Project) -> dict[tuple[str, str], docx.document.Document]:
    """Every template in every language, as python-docx reads it."""
    return {
        (one.id, code): docx.Document(io.BytesIO(word.write(one, open_texts(project, code))))
        for one in content.formats
        for code in project.codes
    }


def text_of(element) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def styles_of(document) -> list[str]:
    return [one.style.name for one in document.paragraphs]


def test_there_are_templates_in_every_language(content: Content, project: Project):
    assert [one.id for one in content.formats] == [
        "ficha-proyecto", "acuerdo-interinstitucional", "reglamento-comite", "programa-anual", "memorando-red",
        "inventario-acuerdos", "oficio-sre", "entrega-internacional", "punto-de-acuerdo", "cartas-exterior",
        "informe-mision", "acta-comite", "entrega-acuerdo", "renglones-transparencia", "acta-revision",
        "opinion-revision",
    ]  # fmt: skip
    for one in content.formats:
        assert set(one.blocks) == set(project.codes)


def test_headings_are_headings_and_no_text_is_lost(opened, content: Content):
    names = {2: "Heading 1", 3: "Heading 2"}
    for one in content.formats:
        for code, blocks in one.blocks.items():
            document = opened[one.id, code]
            wanted = [("Title", one.title[code])]
            wanted += [(names[b.level], plain(b.runs)) for b in blocks if isinstance(b, Heading)]
            found = [
                (p.style.name, text_of(p._p))
                for p in document.paragraphs
                if p.style.name == "Title" or p.style.name.startswith("Heading")
            ]
            assert found == wanted
            everything = text_of(document.element)
            for block in blocks:
                rows = block.rows if isinstance(block, Table) else ()
                texts = list(block.items) if isinstance(block, Items) else [c for row in rows for c in row]
                for runs in texts or [block.runs]:
                    assert plain(runs) in everything


# What is written, and what is read of it: kind, texts, and what a run is.
READ = [
    ("Uno.\nDos.  ", [("Paragraph", ["Uno. Dos."])]),
    ("> \n> Nota.", [("Paragraph", ["Nota."])]),
    ("> Nota que\n> sigue. ", [("Paragraph", ["Nota que sigue."])]),
    ("##   Título  ", []),
    ("## Título  \n\n### Otro", [("Heading", ["Título"]), ("Heading", ["Otro"])]),
    ("- Uno \n  y medio\n- Dos", [("Items", ["Uno y medio", "Dos"])]),
    ("|  a | b  |\n|--|-|\n| 1|2 |", [("Table", ["a", "b", "1", "2"])]),
    ("Ante [[ nombre ]] y **fuerte** y *leve*", [("Paragraph", ["Ante [nombre] y fuerte y leve"])]),
]


@pytest.mark.parametrize(("text", "blocks"), READ, ids=[repr(text[:20]) for text, _ in READ])
def test_a_text_is_read_without_the_spaces_around_it(text: str, blocks: list[tuple[str, list[str]]]):
    problems = Problems()
    found, _ = parse(text, "x.md", problems)
    texts = [
        [*(plain(cell) for row in one.rows for cell in row)]
        if isinstance(one, Table)
        else [plain(item) for item in (one.items if isinstance(one, Items) else [one.runs])]
        for one in found
    ]
    assert [(type(one).__name__, said) for one, said in zip(found, texts)] == blocks
    assert bool(len(problems)) == (not blocks)


def test_every_paragraph_has_a_style_of_its_own_sheet(opened):
    for document in opened.values():
        known = {style.name for style in document.styles}
        assert set(styles_of(document)) <= known
        assert "List Bullet" in known and len(known) < 40
        assert {"Title", "Note", "Heading 1"} <= set(styles_of(document))


def test_tables_say_which_row_is_their_header_and_repeat_it(opened):
    tables = [table for document in opened.values() for table in document.tables]
    assert tables
    for table in tables:
        headers = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert headers[0] and not any(headers[1:])
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert all(cell.text.strip() for cell in table.rows[0].cells)
        # As wide as the text; programs read the one width or the other.
        widths = [column.width for column in table.columns]
        assert sum(widths) == pytest.approx(Inches(6.5), rel=0.01)
        assert all([cell.width for cell in row.cells] == widths for row in table.rows)


def test_blanks_are_controls_and_boxes_can_be_ticked(opened, content: Content):
    for one in content.formats:
        for code, blocks in one.blocks.items():
            element = opened[one.id, code].element
            # One more is room for the crest.
            wanted = 1 + sum(int(n) for b in blocks for n in re.findall(r"\[\[ \]\] × (\d+)", shape(b)))
            boxes = sum(len(b.items) for b in blocks if isinstance(b, Items) and b.kind == "check")
            blanks = [c for c in element.iter(qn("w:sdt")) if c.find(f".//{qn('w:showingPlcHdr')}") is not None]
            ticks = [c for c in element.iter() if c.tag.endswith("}checkbox")]
            assert (len(blanks), len(ticks)) == (wanted, boxes)
            ids = [c.get(qn("w:val")) for c in element.iter(qn("w:id"))]
            assert len(ids) == len(set(ids))


def test_every_numbered_list_begins_at_one(opened, content: Content):
    for one in content.formats:
        for code, blocks in one.blocks.items():
            lists = [b for b in blocks if isinstance(b, Items) and b.kind == "number"]
            paragraphs = [p for p in opened[one.id, code].paragraphs if p.style.name == "List Number"]
            names = [p._p.find(f".//{qn('w:numId')}").get(qn("w:val")) for p in paragraphs]
            assert len(names) == sum(len(b.items) for b in lists)
            assert len(set(names)) == len(lists)
            numbering = opened[one.id, code].part.numbering_part.element
            known = numbering.findall(qn("w:num"))
            assert len({number.get(qn("w:numId")) for number in known}) == len(known)
            for name in set(names):
                (own,) = (number for number in known if number.get(qn("w:numId")) == name)
                assert own.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_language_page_and_footer(opened, content: Content, project: Project):
    for (_, code), document in opened.items():
        locale = open_texts(project, code)["format"]["locale"]
        assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == locale
        section = document.sections[0]
        assert (section.page_width.twips, section.page_height.twips) == LETTER
        footer = section.footer.paragraphs[0]._p
        fields = [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_what_names_the_site_is_a_note_to_delete_and_there_is_room_for_the_crest(opened, project: Project):
    for (_, code), document in opened.items():
        texts = open_texts(project, code)
        crest, *between, last = document.paragraphs
        assert (crest.style.name, text_of(crest._p)) == ("Letterhead", f"[{texts['formats']['crest']}]")
        assert last.style.name == "Note"
        assert last.text.startswith(f"{texts['formats']['own_line']} {texts['site']['name']} · CC BY 4.0")
        assert not any(texts["site"]["name"] in one.text for one in between)
        assert texts["site"]["name"] not in text_of(document.sections[0].footer._element)


def test_properties_are_ours_and_nothing_is_left_over(opened, content: Content, project: Project):
    for one in content.formats:
        for code in project.codes:
            texts = open_texts(project, code)
            found = opened[one.id, code].core_properties
            assert (found.title, found.author) == (one.title[code], texts["site"]["name"])
            assert found.last_modified_by == found.author
            assert found.language == texts["format"]["locale"]
            assert found.created.date() == found.modified.date() == one.revised
            names = zipfile.ZipFile(io.BytesIO(word.write(one, texts))).namelist()
            assert not [name for name in names if any(left in name for left in LEFTOVERS)]
            assert b"python-docx" not in b"".join(
                zipfile.ZipFile(io.BytesIO(word.write(one, texts))).read(name) for name in names
            )


def test_the_same_bytes_each_time(content: Content, project: Project):
    for one in content.formats:
        texts = open_texts(project, project.default)
        first = word.write(one, texts)
        word._write.cache_clear()
        assert word.write(one, texts) == first
        entries = zipfile.ZipFile(io.BytesIO(first)).infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert entries[0].filename == "[Content_Types].xml"


def test_an_agreement_says_what_must_be_known_before_signing(content: Content):
    """Each of these is a line an office must not miss."""
    (agreement,) = [one for one in content.formats if one.id == "acuerdo-interinstitucional"]
    said = {
        code: " ".join(
            plain(runs) for block in blocks for runs in (getattr(block, "items", ()) or [getattr(block, "runs", ())])
        )
        for code, blocks in agreement.blocks.items()
    }
    for words in (
        "no es asesoría legal",
        "antes de firmar",
        "artículo 2, fracción II",
        "117, fracción VIII",
        "29 de noviembre de 2026",
        "115, fracción II, inciso b",
        "las dos terceras partes de los miembros del ayuntamiento",
        "con las adecuaciones de forma que indique la SRE",
    ):
        assert words in said["es"]
    for words in (
        "neither legal advice",
        "before signing",
        "article 2, section II",
        "117, section VIII",
        "29 November 2026",
        "115, section II, item b",
        "two thirds of the members of the council",
        "with the changes of form that SRE may ask for",
    ):
        assert words in said["en"]


def test_the_page_offers_every_document_with_its_size(documents, site: Path, content: Content, project: Project):
    path = FORMATS_PAGE.removesuffix(".md") + "/"
    for code in project.codes:
        page = documents[path if code == project.default else f"{code}/{path}"]
        links = [one for one in page.find("a") if (one["href"] or "").endswith(".docx")]
        assert [Path(one["href"]).name for one in links] == [f"{one.id}-{code}.docx" for one in content.formats]
        for one, link in zip(content.formats, links):
            file = site / DOCUMENT.address(code, one)
            assert file.read_bytes() == word.write(one, open_texts(project, code))
            assert f"{-(-file.stat().st_size // 1000)} kB" in link["aria-label"]
            assert one.id in page.ids
            fills = [
                a for a in page.find("a") if (a["href"] or "").endswith(f"autoevaluacion/documentos/#papel-{one.id}")
            ]
            assert len(fills) == int(one.is_filled)
            main = page.find("main")[0].text
            assert all(heading in main for heading in one.outline(code))


# What an author may get wrong: the text of formats/es/uno.md and the sentence that tells of it.
GOOD = "## Uno\n\nTexto con [[campo]].\n"
WRONG = [
    ("# Uno\n", "formats/es/uno.md:1: un título se escribe"),
    ("### Uno\n", "formats/es/uno.md:1: un título se escribe"),
    ("## Uno\ntexto pegado\n", "formats/es/uno.md:1: un título se escribe"),
    ("## Uno\n\n```\ncódigo\n```\n", "formats/es/uno.md:3: esto no se entiende"),
    ("## Uno\n\n- a\n  - b\n", "formats/es/uno.md:4: esto no se entiende"),
    ("## Uno\n\nPárrafo\n- a\n", "formats/es/uno.md:4: esto no se entiende"),
    ("## Uno\n\n| a | b |\n| 1 | 2 |\n| 3 | 4 |\n", "formats/es/uno.md:3: una tabla lleva encabezado"),
    ("## Uno\n\n| a | b |\n|---|---|\n| 1 |\n", "formats/es/uno.md:5: este renglón tiene 1 columnas y la tabla 2"),
    ("## Uno\n\nUn <b>texto</b>.\n", "formats/es/uno.md:3: «<b>texto</b>.» no se entiende"),
    ("## Uno\n\nUn **texto.\n", "formats/es/uno.md:3: «**texto.» no se entiende"),
    ("## Uno\n\nUn [[campo.\n", "formats/es/uno.md:3: «[[campo.» no se entiende"),
    ("## Uno\n\nUn [[nada.hay=campo]].\n", "formats/es/uno.md:3: «nada.hay» no es un dato que el sitio sepa llenar"),
    (
        "## Uno\n\nTexto con [[partner=campo]].\n",
        "formats/en/uno.md:3: aquí hay «¶ [[ ]] × 1» y en formats/es/uno.md:3 hay «¶ [[ ]] × 1 partner=»",
    ),
    ("## Uno\n\nUn [enlace](otra.md).\n", "formats/es/uno.md:3: «](otra.md).» no se entiende"),
    ("## Uno\n\n- [ ] a\n- b\n", "formats/es/uno.md:4: esto no se entiende"),
    ("## Uno\n\n- [] Firma\n", "formats/es/uno.md:3: «- [] Firma» no es una casilla"),
    ("## Uno\n\n- [ ] a\n- [x] b\n", "formats/es/uno.md:4: «- [x] b» no es una casilla"),
    ("", "formats/es/uno.md: el archivo está vacío"),
    ("## Uno\n\nTexto.\n", "formats/en/uno.md:3: aquí hay «¶ [[ ]] × 1» y en formats/es/uno.md:3 hay «¶»"),
    ("## Uno\n", "formats/en/uno.md:3: aquí hay «¶ [[ ]] × 1» y en formats/es/uno.md:1 hay «—»"),
]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project with one template, right as it stands."""
    shutil.copytree(ROOT / "tests/project", tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    texts = "".join(f"    {key}:\n      es: a\n      en: b\n" for key in ("title", "purpose", "when"))
    index = f'formats:\n  - id: uno\n{texts}    page: guia.md\n    revised: "2026-11-25"\n'
    for code in ("es", "en"):
        (tmp_path / f"formats/{code}").mkdir(parents=True)
        (tmp_path / f"formats/{code}/uno.md").write_text(GOOD, "utf-8")
    (tmp_path / "formats/formats.yml").write_text(index, "utf-8")
    return tmp_path


def told(root: Path) -> list[str]:
    project, problems = open_project(root), Problems()
    read_formats(project, problems, {"page": {"guia.md"}})
    return problems.report(open_texts(project, "es")).splitlines()


@pytest.mark.parametrize("text, sentence", WRONG)
def test_an_author_is_told_what_is_wrong_and_where(small: Path, text: str, sentence: str):
    assert told(small) == []
    (small / "formats/es/uno.md").write_text(text, "utf-8")
    assert any(line.startswith(sentence) for line in told(small)), told(small)


def test_an_author_is_told_of_files_that_are_missing_or_in_no_list(small: Path):
    (small / "formats/en/uno.md").rename(small / "formats/en/dos.md")
    lines = told(small)
    assert any(line.startswith("formats/en/dos.md: «dos» no está en formats/formats.yml") for line in lines)
    assert any(
        line.startswith("formats/en/uno.md: falta esta página; tradúzcala de formats/es/uno.md") for line in lines
    )


def test_a_wrong_day_is_told(small: Path):
    index = small / "formats/formats.yml"
    index.write_text(index.read_text("utf-8").replace("2026-11-25", "25 de noviembre"), "utf-8")
    assert told(small) == [
        'formats/formats.yml:13: formats.1.revised: «25 de noviembre» no es un día; escríbalo como "2026-11-25".'
    ]
