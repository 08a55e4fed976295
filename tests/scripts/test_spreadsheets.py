"""Workbooks as programs write them, read in the browser: what stands in each cell, and what is no workbook."""

from __future__ import annotations

import base64
import io
import random
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Page

from tests.conftest import add_modules
from tools.office import convert

TEXTS = [
    "Sí, con «comillas» y ñ",
    "dos\nlíneas",
    "  espacios  ",
    "=1+1",
    "<b>&amp;</b>",
    "_x0041_",
    "🏛️ 国",
    "'",
    "0012",
    "2027-06-30",
]
DAYS = [date(1900, 1, 15), date(1900, 2, 28), date(1900, 3, 1), date(1999, 12, 31), date(2027, 6, 30)]
NUMBERS = [0, -1.5, 0.1 + 0.2, 1e-7, 123456789012]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write(path: Path, **options) -> None:
    """A workbook with every kind of cell, and with names of places."""
    book = xlsxwriter.Workbook(path, options)
    first, second = book.add_worksheet("Una hoja"), book.add_worksheet("L'otra")
    shown = book.add_format({"num_format": "dd/mm/yyyy"})
    long = book.add_format({"num_format": '[$-80A]d "de" mmmm "de" yyyy'})
    time, money = book.add_format({"num_format": "h:mm"}), book.add_format({"num_format": '"mil d" #,##0.00'})
    for row, text in enumerate(TEXTS):
        first.write_string(row, 0, text)
        if row < len(DAYS):
            first.write_datetime(row, 1, datetime.combine(DAYS[row], datetime.min.time()), long if row % 2 else shown)
        if row < len(NUMBERS):
            first.write_number(row, 2, NUMBERS[row], money)
        if row == 0:
            first.write_number(row, 3, 0.5, time)
            first.write_boolean(row, 4, True)
        if row == 1:
            first.write_formula(row, 3, "=C2*2", None, -3)
            first.write_formula(row, 4, '=A1&"!"', None, TEXTS[0] + "!")
            first.write_formula(row, 5, "=1/0", None, "#DIV/0!")
    second.write_string(1_000, 700, "lejos")
    second.hide()
    book.define_name("aqui", "='L''otra'!$ZY$1001")
    book.define_name("todo", "='Una hoja'!$A$1:$F$10")
    book.close()


def expected(since: int = 1900) -> dict:
    cells = {f"{row},1": [text, ""] for row, text in enumerate(TEXTS, 1)}
    cells |= {f"{row},2": [day.isoformat(), day.isoformat()] for row, day in enumerate(DAYS, 1) if day.year >= since}
    shown = ["0", "-1.5", "0.3", "1e-7", "123456789012"]
    cells |= {f"{row},3": [text, ""] for row, text in enumerate(shown, 1)}
    cells |= {"1,4": ["0.5", ""], "1,5": ["true", ""], "2,4": ["-3", ""], "2,5": [TEXTS[0] + "!", ""]}
    return cells | {"2,6": ["", ""]}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, bytes]:
    """The same table as several programs write it."""
    folder, again = tmp_path_factory.mktemp("tables"), tmp_path_factory.mktemp("again")
    write(folder / "shared.xlsx")
    write(folder / "inline.xlsx", constant_memory=True)
    book = openpyxl.load_workbook(folder / "shared.xlsx")
    # It has no value for what it did not calculate: only for what the real program then does.
    book.save(folder / "other.xlsx")
    convert(sorted(folder.glob("*.xlsx")), again, "xlsx")
    found = {f"office-{path.stem}": path.read_bytes() for path in again.glob("*.xlsx")}
    return found | {name: (folder / f"{name}.xlsx").read_bytes() for name in ("shared", "inline")}


@pytest.fixture
def page(open_page) -> Page:
    return add_modules(open_page("autoevaluacion/"))


def read(page: Page, file: bytes) -> dict:
    """What the script reads of a file: its sheets as cells by place, its names, its problem."""
    return page.evaluate(
        """async (data) => {
          const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
          const { spreadsheet, problem } = await abc.modules.readSpreadsheet(new Blob([bytes]));
          if (problem) return { problem };
          const sheets = spreadsheet.sheets.map(({ name, hidden, rows }) => {
            const cells = {};
            for (const [row, columns] of rows) {
              for (const [column, { text, day, error, formula }] of columns)
                cells[`${row},${column}`] = [text, day, ...(error || formula ? [error, formula] : [])];
            }
            return { name, hidden, cells };
          });
          return { sheets, names: Object.fromEntries(spreadsheet.names) };
        }""",
        base64.b64encode(file).decode(),
    )


def test_a_table_reads_the_same_whoever_wrote_it(page, written):
    assert len(written) == 5
    for name, file in written.items():
        found = read(page, file)
        (first, second), cells = found["sheets"], expected()
        assert [first["name"], second["name"], second["hidden"]] == ["Una hoja", "L'otra", True], name
        for place in ("2,4", "2,5"):
            cells[place] += [False, True]
        cells["2,6"] += [True, True]
        # LibreOffice writes what is true as a formula that says so.
        del first["cells"]["1,5"][2:]
        assert first["cells"] == cells, name
        assert second["cells"] == {"1001,701": ["lejos", ""]}, name
        assert found["names"]["aqui"]["sheet"] == "L'otra" and found["names"]["aqui"]["row"] == 1001, name
        assert {**found["names"]["todo"], "sheet": ""} == {
            "sheet": "", "row": 1, "column": 1, "lastRow": 10, "lastColumn": 6,
        }, name  # fmt: skip


def test_days_counted_from_1904_are_the_same_days(page, tmp_path):
    path = tmp_path / "mac.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    book.add_worksheet().write_datetime(0, 0, datetime(2027, 6, 30), book.add_format({"num_format": 14}))
    book.close()
    assert read(page, path.read_bytes())["sheets"][0]["cells"] == {"1,1": ["2027-06-30", "2027-06-30"]}


def by_hand(rows: str, main: str = MAIN, strings: str = "", target: str = "sheet.xml", **more: bytes) -> bytes:
    """A workbook written by hand: `rows` is what stands in its only sheet."""
    kinds = RELATIONS if main == MAIN else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{kinds}/officeDocument" '
        'Target="/book/main.xml"/></Relationships>',
        "book/main.xml": f'<x:workbook xmlns:x="{main}" xmlns:r="{kinds}"><x:sheets>'
        '<x:sheet name="Hoja" sheetId="1" r:id="b"/></x:sheets></x:workbook>',
        "book/_rels/main.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="b" Type="{kinds}/worksheet" Target="{target}"/>'
        f'<Relationship Id="c" Type="{kinds}/sharedStrings" Target="strings.xml"/></Relationships>',
        "book/sheet.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        "book/strings.xml": f'<sst xmlns="{main}">{strings}</sst>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, more.get(name.rpartition("/")[2].split(".")[0], content))
    return file.getvalue()


@pytest.mark.parametrize("main", [MAIN, STRICT], ids=["transitional", "strict"])
def test_what_programs_may_leave_out_or_split_is_understood(page, main):
    sheet = (
        '<row><c t="s"><v>0</v></c><c/><c t="inlineStr"><is><r><t>en </t></r><r><t>dos</t></r></is></c></row>'
        '<row r="4"><c r="C4" t="d"><v>2027-06-30T00:00:00Z</v></c><c><v>7</v></c><c t="s"><v>99</v></c></row>'
    )
    strings = '<si><r><t xml:space="preserve">a </t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>leído</t></rPh></si>'
    found = read(page, by_hand(sheet, main, strings))
    assert found["sheets"][0]["cells"] == {
        "1,1": ["a b", ""], "1,3": ["en dos", ""], "4,3": ["2027-06-30", "2027-06-30"], "4,4": ["7", ""],
    }  # fmt: skip


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


def test_what_is_no_workbook_has_a_name_and_does_nothing(page, written):
    good = written["shared"]
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    cases = {
        "too_large": [
            bytes(5_000_001),
            by_hand("", sheet=b" " * 70_000_000),
            by_hand('<row r="1">' + "<c><v>1</v></c>" * 16_000 + "</row>" + ("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>") * 30),
        ],
        "not_xlsx": [b"", b"a,b\n", b"%PDF-1.7", other.getvalue()],
        "open_document": [document.getvalue()],
        "locked": [b"\xd0\xcf\x11\xe0" + bytes(600)],
        "damaged": [
            good[: len(good) // 2],
            by_hand("<row>"),
            by_hand("", sheet=BOMB.encode()),
            by_hand('<row r="9999999"><c><v>1</v></c></row>'),
            by_hand('<row><c r="ZZZ1"><v>1</v></c></row>'),
            larger_than_it_says(by_hand("", sheet=b" " * 9_000_000)),
        ],
    }  # fmt: skip
    for problem, files in cases.items():
        for place, file in enumerate(files):
            assert read(page, file) == {"problem": problem}, (problem, place)
    # What it points to outside is not asked for: the fixture of the page holds that there was no request.
    assert read(page, by_hand("", target="https://other.example/x.xml"))["sheets"] == []


def larger_than_it_says(file: bytes) -> bytes:
    """The same ZIP whose list says that every file is of nine bytes."""
    found, at = bytearray(file), file.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", found, at + 24, 9)
        at = file.find(b"PK\x01\x02", at + 1)
    return bytes(found)


def test_a_damaged_byte_never_stops_the_page(page, written):
    chance, good = random.Random(16), written["office-shared"]
    for _ in range(150):
        spoilt = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        found = read(page, bytes(spoilt))
        assert "sheets" in found or found["problem"] in ("damaged", "not_xlsx", "too_large")
