"""Writes a template as a Word document: real styles and headings, blanks to fill in, the same bytes each time.

python-docx joins the parts. Its own styles, theme, thumbnail and properties stay out: what an office
opens holds only the styles of ``word_parts/``, which it can change in one place.
"""

from __future__ import annotations

import datetime
import functools
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches
from docx.text.paragraph import Paragraph as WordParagraph

from guide.model.office_templates import Block, Format, Heading, Items, Paragraph, Runs, Table, plain
from guide.reading.schema import in_language
from guide.reading.texts import Texts, fill

_PARTS = Path(__file__).parent / "word_parts"
_KEPT = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
}
_ITEM_STYLES = {"bullet": "List Bullet", "number": "List Number", "check": "Checklist"}
# The definition of numbered lists in numbering.xml.
_NUMBERS = "2"
_MARGIN = Inches(1)
_TEXT_WIDTH = Inches(6.5)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def write(format: Format, texts: Texts) -> bytes:
    """Returns the .docx file of ``format`` in the language of ``texts``."""
    code, words = format.written(texts.code), texts["formats"]
    return _write(
        in_language(format.title, code),
        format.blocks[code],
        format.revised,
        texts["format"]["locale"] if code == texts.code else code,
        texts["site"]["name"],
        fill(words["licence"], {"site": texts["site"]["name"], "date": format.revised.isoformat()}),
        words["page"],
        words["about"],
        words["crest"],
        words["own_line"],
    )


@functools.lru_cache(maxsize=256)
def _write(
    title: str,
    blocks: tuple[Block, ...],
    revised: datetime.date,
    locale: str,
    author: str,
    licence: str,
    page: str,
    about: str,
    crest: str,
    own_line: str,
) -> bytes:
    document = docx.Document()
    _strip(document)
    _fill_part(document.styles.element, "styles.xml", locale)
    _fill_part(document.settings.element, "settings.xml", locale)
    _fill_part(document.part.numbering_part.element, "numbering.xml", locale)
    # python-docx walks all styles each time one is asked for.
    document.part.get_style_id = functools.cache(document.part.get_style_id)  # type: ignore[method-assign]
    _set_page(document)
    _set_properties(document, title, author, licence, locale, revised)
    _write_footer(document, page)
    body = _Body(document)
    document.add_paragraph(style="Letterhead")._p.append(body.blank(crest))
    document.add_paragraph(title, "Title")
    document.add_paragraph(about, "Note")
    for block in blocks:
        body.add(block)
    # What names the site is deleted as any note is: the paper is the office's.
    last = document.add_paragraph(style="Note")
    last.add_run(f"{own_line} ", "Strong")
    last.add_run(licence)
    raw = io.BytesIO()
    document.save(raw)
    return _same_bytes(raw)


def _strip(document: Document) -> None:
    """Leaves out what python-docx's own template brings along."""
    for part in (document.part.package, document.part):
        for id, relation in list(part.rels.items()):
            if relation.reltype not in _KEPT:
                del part.rels[id]


def _fill_part(element: BaseOxmlElement, name: str, locale: str) -> None:
    """Puts the content of one of our parts in the place of python-docx's."""
    ours = parse_xml((_PARTS / name).read_text("utf-8").replace("LOCALE", locale).encode("utf-8"))
    for child in list(element):
        element.remove(child)
    for child in list(ours):
        element.append(child)


def _set_page(document: Document) -> None:
    """Letter, with margins that leave ``_TEXT_WIDTH``."""
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN


def _set_properties(
    document: Document, title: str, author: str, licence: str, locale: str, revised: datetime.date
) -> None:
    day = datetime.datetime.combine(revised, datetime.time())
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.comments, properties.language, properties.revision = licence, locale, 1
    properties.created = properties.modified = day
    properties.keywords = properties.category = properties.subject = ""


def _write_footer(document: Document, page: str) -> None:
    """The page number, at the right."""
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    before, between, after = page.replace("{total}", "{page}").split("{page}")
    paragraph.add_run(f"\t{before}")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(between)
    _add_field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _add_field(paragraph: WordParagraph, code: str) -> None:
    field = _element("w:fldSimple", instr=code)
    run = _element("w:r")
    run.append(_text("1"))
    field.append(run)
    paragraph._p.append(field)


class _Body:
    """Adds blocks to a document and counts what needs a number of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.controls = 0
        self.heading = ""

    def add(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.heading = plain(block.runs)
            self._write(self.document.add_paragraph(style=f"Heading {block.level - 1}"), block.runs)
        elif isinstance(block, Paragraph):
            style = "Note" if block.note else "Normal"
            self._write(self.document.add_paragraph(style=style), block.runs)
        elif isinstance(block, Items):
            self._add_items(block)
        else:
            self._add_table(block)

    def _add_items(self, block: Items) -> None:
        number = self._new_numbers() if block.kind == "number" else None
        for runs in block.items:
            paragraph = self.document.add_paragraph(style=_ITEM_STYLES[block.kind])
            if number is not None:
                properties = _element("w:numPr")
                properties.append(_element("w:ilvl", val="0"))
                properties.append(_element("w:numId", val=number))
                paragraph._p.get_or_add_pPr().append(properties)
            if block.kind == "check":
                paragraph._p.append(self._box())
                paragraph.add_run("\t")
            self._write(paragraph, runs)

    def _new_numbers(self) -> str:
        """Returns the name of a list that begins at one."""
        numbering = self.document.part.numbering_part.element
        name = str(len(numbering.findall(qn("w:num"))) + 1)
        number = _element("w:num", numId=name)
        number.append(_element("w:abstractNumId", val=_NUMBERS))
        override = _element("w:lvlOverride", ilvl="0")
        override.append(_element("w:startOverride", val="1"))
        number.append(override)
        numbering.append(number)
        return name

    def _add_table(self, block: Table) -> None:
        table = self.document.add_table(len(block.rows), len(block.widths), "Template Table")
        table.autofit = False
        properties = table._tbl.tblPr
        properties.append(_element("w:tblCaption", val=self.heading))
        for column, share in zip(table.columns, block.widths):
            column.width = int(_TEXT_WIDTH * share)
        for place, (row, cells) in enumerate(zip(table.rows, block.rows)):
            rules = row._tr.get_or_add_trPr()
            rules.append(_element("w:cantSplit"))
            if place == 0:
                rules.append(_element("w:tblHeader"))
            for cell, runs, share in zip(row.cells, cells, block.widths):
                cell.width = int(_TEXT_WIDTH * share)
                cell.paragraphs[0].style = "Table Text"
                self._write(cell.paragraphs[0], runs)
        # Two tables without a paragraph between them would become one.
        self.document.add_paragraph(style="After Table")

    def _write(self, paragraph: WordParagraph, runs: Runs) -> None:
        for run in runs:
            if run.field:
                paragraph._p.append(self.blank(run.text))
            elif run.url:
                paragraph._p.append(self._link(run.text, run.url))
            else:
                style = "Strong" if run.strong else "Emphasis" if run.emphasis else None
                paragraph.add_run(run.text, style)

    def _link(self, text: str, url: str) -> BaseOxmlElement:
        relation = self.document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        link.append(_run(text, "Hyperlink"))
        return link

    def _control(self, name: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        """Returns an empty content control: what a person clicks and fills in."""
        self.controls += 1
        control, properties = _element("w:sdt"), _element("w:sdtPr")
        # A longer name is refused.
        properties.append(_element("w:alias", val=name[:64]))
        properties.append(_element("w:id", val=str(self.controls)))
        control.append(properties)
        return control, properties

    def blank(self, text: str) -> BaseOxmlElement:
        """Returns a place to fill in, which a click selects."""
        control, properties = self._control(text)
        # Of a control for mere text, LibreOffice does not show the looks.
        properties.append(_element("w:showingPlcHdr"))
        content = _element("w:sdtContent")
        content.append(_run(f"[{text}]", "Placeholder Text"))
        control.append(content)
        return control

    def _box(self) -> BaseOxmlElement:
        control, properties = self._control("☐")
        # Not among the prefixes python-docx knows.
        properties.append(
            parse_xml(
                '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
                '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="Segoe UI Symbol"/>'
                '<w14:uncheckedState w14:val="2610" w14:font="Segoe UI Symbol"/></w14:checkbox>'
            )
        )
        content = _element("w:sdtContent")
        content.append(_run("☐", "Box"))
        control.append(content)
        return control


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _text(text: str) -> BaseOxmlElement:
    made = OxmlElement("w:t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def _run(text: str, style: str) -> BaseOxmlElement:
    run, properties = _element("w:r"), _element("w:rPr")
    properties.append(_element("w:rStyle", val=style.replace(" ", "")))
    run.append(properties)
    run.append(_text(text))
    return run


def _same_bytes(raw: io.BytesIO) -> bytes:
    """Returns the same package with its parts in order and without the time of day."""
    made = io.BytesIO()
    with zipfile.ZipFile(raw) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as sorted_one:
        # The list of content types comes first, as in every package of an office program.
        for name in sorted(package.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            sorted_one.writestr(entry, package.read(name), compresslevel=9)
    return made.getvalue()
