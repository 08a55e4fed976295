/*
 * A table as a workbook (.xlsx) of one sheet. Pure: no page, no storage, no words. Texts are texts whatever they begin
 * with: no program calculates them.
 */

const encoder = new TextEncoder();
const DAY = 86_400_000;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const [TEXT, HEADING, DATE] = [1, 2, 3];
// What Excel takes for the code of a letter that no file can hold.
const CODE = /_x[0-9a-f]{4}_/gi;

/** @typedef {{title: string, width: number}} SheetColumn */
/** @typedef {{day: string} | string} SheetCell a day as YYYY-MM-DD, or a text */

const escapes = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (one) => escapes[one]);

/** @param {number} place from 0 */
function letters(place) {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : String.fromCharCode(64 + Math.floor(place / 26)) + last;
}

/** @param {string} reference @param {number} style @param {string} text */
const textCell = (reference, style, text) =>
  `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.replace(CODE, "_x005F$&"))}</t></is></c>`;

/** @param {SheetCell} cell @param {string} reference */
function cellXml(cell, reference) {
  if (typeof cell === "string") return cell ? textCell(reference, TEXT, cell) : "";
  const count = Math.round((Date.parse(cell.day) - Date.UTC(1899, 11, 30)) / DAY);
  return `<c r="${reference}" s="${DATE}"><v>${count}</v></c>`;
}

/** @param {SheetColumn[]} columns @param {SheetCell[][]} rows */
function sheetXml(columns, rows) {
  const last = `${letters(columns.length - 1)}${rows.length + 1}`;
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${TEXT}" customWidth="1"/>`,
  );
  const head = columns.map(({ title }, at) => textCell(`${letters(at)}1`, HEADING, title)).join("");
  const body = rows.map((row, at) => {
    const cells = row.map((one, place) => cellXml(one, `${letters(place)}${at + 2}`)).join("");
    return `<row r="${at + 2}">${cells}</row>`;
  });
  return (
    `${HEAD}<worksheet xmlns="${SHEETS}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join("")}</cols><sheetData><row r="1">${head}</row>${body.join("")}</sheetData>` +
    `<autoFilter ref="A1:${last}"/></worksheet>`
  );
}

const STYLES =
  `${HEAD}<styleSheet xmlns="${SHEETS}"><fonts count="2"><font><sz val="10"/><name val="Calibri"/></font>` +
  '<font><b/><sz val="10"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/>' +
  '</fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor ' +
  'rgb="FFE8EEF3"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>' +
  '</cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">' +
  '<alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="2" applyFont="1" applyFill="1" ' +
  'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="14" applyNumberFormat="1" ' +
  'applyAlignment="1"><alignment horizontal="left" vertical="top"/></xf></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** @param {string} name of the sheet @param {SheetColumn[]} columns @param {SheetCell[][]} rows @returns {[string, string][]} */
function parts(name, columns, rows) {
  /** @param {string} id @param {string} kind @param {string} target */
  const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  /** @param {string} inner */
  const relations = (inner) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
  /** @param {string} part @param {string} type */
  const type = (part, type) => `<Override PartName="/xl/${part}.xml" ContentType="${TYPES}.${type}+xml"/>`;
  return [
    [
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `${type("workbook", "sheet.main")}${type("worksheets/sheet1", "worksheet")}${type("styles", "styles")}</Types>`,
    ],
    ["_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml"))],
    [
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" ` +
        'r:id="rId1"/></sheets></workbook>',
    ],
    [
      "xl/_rels/workbook.xml.rels",
      relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "styles", "styles.xml")),
    ],
    ["xl/styles.xml", STYLES],
    ["xl/worksheets/sheet1.xml", sheetXml(columns, rows)],
  ];
}

/** The check sum of a ZIP. @param {Uint8Array} bytes */
function crc(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** Numbers of two or of four bytes, the last byte first. @param {...[number, 2 | 4]} numbers */
function packed(...numbers) {
  const bytes = numbers.flatMap(([value, size]) =>
    Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 0xff),
  );
  return new Uint8Array(bytes);
}

/** Texts as the files of a ZIP, stored as they are. @param {[string, string][]} files @returns {Blob} */
function zip(files) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const bodies = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const heads = [];
  let at = 0;
  for (const [name, text] of files) {
    const [path, body] = [encoder.encode(name), encoder.encode(text)];
    // 1980-01-01: no file says when it was made.
    const told = packed(
      [20, 2],
      [0x800, 2],
      [0, 2],
      [0, 2],
      [0x21, 2],
      [crc(body), 4],
      [body.length, 4],
      [body.length, 4],
      [path.length, 2],
      [0, 2],
    );
    bodies.push(packed([0x04034b50, 4]), told, path, body);
    heads.push(packed([0x02014b50, 4], [20, 2]), told, packed([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), path);
    at += 4 + told.length + path.length + body.length;
  }
  const size = heads.reduce((sum, one) => sum + one.length, 0);
  const end = packed([0x06054b50, 4], [0, 4], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]);
  return new Blob([...bodies, ...heads, end]);
}

/**
 * A workbook of one sheet: a row of titles that stays in sight, and rows.
 *
 * @param {string} name of the sheet
 * @param {SheetColumn[]} columns
 * @param {SheetCell[][]} rows
 */
export const workbookFile = (name, columns, rows) => zip(parts(name, columns, rows));
