/*
 * Writes a table as a workbook (.xlsx) of one sheet. Pure: no page, no storage, no words. Texts are texts whatever
 * they begin with: no program calculates them.
 */

import { escape } from "./xml.js";
import { zip } from "./zip_writer.js";

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

/** @param {number} place from 0 */
function letters(place) {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : String.fromCharCode(64 + Math.floor(place / 26)) + last;
}

/** @param {string} reference @param {number} style @param {string} text */
const textCell = (reference, style, text) =>
  `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escape(text.replace(CODE, "_x005F$&"))}</t></is></c>`;

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
      `${HEAD}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="${escape(name)}" sheetId="1" ` +
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

/**
 * Writes a workbook of one sheet: a row of titles that stays in sight, and rows.
 *
 * @param {string} name of the sheet
 * @param {SheetColumn[]} columns
 * @param {SheetCell[][]} rows
 */
export const workbookFile = async (name, columns, rows) => new Blob([await zip(parts(name, columns, rows))]);
