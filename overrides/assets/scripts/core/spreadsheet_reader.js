/*
 * Reads workbooks (.xlsx) as Excel, LibreOffice and others write them, on the person's own machine: what stands in
 * each cell, not how it looks. Pure: no page, no storage, no words. A file comes from anywhere: what is too large,
 * damaged or of another kind is a problem with a name, and nothing in it is run, calculated or fetched.
 *
 *   const { spreadsheet, problem } = await readSpreadsheet(file);
 *   spreadsheet.sheets[0].rows.get(1)?.get(2)?.text    // B1 of the first sheet
 */

import { filesInZip, isZip } from "./zip_file.js";

/** @typedef {import("./files.js").FileLike} FileLike */
/** @typedef {"too_large" | "not_xlsx" | "open_document" | "locked" | "damaged"} SheetProblem "locked": an old .xls, or one
 * with a password: from outside they are alike */

/**
 * @typedef {object} Cell
 * @property {string} text what it says: a number without its looks, a day as YYYY-MM-DD, "" for an error
 * @property {number | null} number
 * @property {string} day YYYY-MM-DD where it is shown as a day, or ""
 * @property {boolean} formula whether the program calculated it
 * @property {boolean} error whether the program could not
 */

/** @typedef {Map<number, Map<number, Cell>>} Rows by row and column, from 1; what is empty is not there */
/** @typedef {{name: string, hidden: boolean, part: string, rows: Rows}} Sheet `part`: its file in the ZIP */
/** @typedef {{sheet: string, row: number, column: number, lastRow: number, lastColumn: number}} Area */
/** @typedef {{sheets: Sheet[], names: Map<string, Area>}} Spreadsheet `names`: what the workbook calls by a name */
/** @typedef {{styles: boolean[], strings: string[], from1904: boolean}} Shared `styles`: whether each shows days */

export const MOST_BYTES = 5_000_000;
const MOST_UNPACKED = 60_000_000;
const MOST_CELLS = 400_000;
const MOST_SHEETS = 200;
const [LAST_ROW, LAST_COLUMN] = [1_048_576, 16_384];
const LAST_DAY = 2_958_465;
const DAY = 86_400_000;
const LETTERS = 26;
const BEFORE_A = 64;
const PRECISION = 15;
// How old workbooks and those with a password begin.
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
// Ids of formats that show days and that no file describes: [first, last].
const DAY_FORMATS = [
  [14, 17],
  [22, 22],
  [27, 36],
  [50, 58],
];

/** A part that is not as any program writes it. */
class Damage extends Error {}
class TooLarge extends Error {}

/** Tells whether bytes begin as a workbook does, of this kind or another. @param {Uint8Array} bytes */
export const isWorkbook = (bytes) => isZip(bytes) || COMPOUND.every((one, at) => bytes[at] === one);

/** Elements of a name, whatever its namespace: Excel can write two. @param {Document | Element} within @param {string} name */
const all = (within, name) => Array.from(within.getElementsByTagNameNS("*", name));

/** An attribute by its name without prefix. @param {Element} of @param {string} name */
const attribute = (of, name) => Array.from(of.attributes).find((one) => one.localName === name)?.value ?? "";

/** @param {string} text */
function parse(text) {
  // No program writes one; entities that grow have to be declared in it.
  if (text.includes("<!DOCTYPE")) throw new Damage("a part declares a type");
  const read = new DOMParser().parseFromString(text, "application/xml");
  if (read.querySelector("parsererror")) throw new Damage("a part is no XML");
  return read;
}

/** The parts of a workbook by name; what all of them come to is not more than a workbook's. */
class Parts {
  /** @param {ArrayBuffer} buffer */
  constructor(buffer) {
    this.files = new Map(filesInZip(buffer).map((one) => [String(one.name), one]));
    this.left = MOST_UNPACKED;
  }

  /** @param {string} name @returns {Promise<Document | null>} */
  async read(name) {
    const file = this.files.get(name);
    if (!file) return null;
    this.left -= file.size;
    if (this.left < 0) throw new TooLarge("the parts come to too much");
    return parse(await file.text());
  }

  /**
   * What a part points to: [id, kind, name of the part].
   *
   * @param {string} name
   * @returns {Promise<[string, string, string][]>}
   */
  async relations(name) {
    const slash = name.lastIndexOf("/") + 1;
    const [folder, file] = [name.slice(0, slash), name.slice(slash)];
    const read = await this.read(`${folder}_rels/${file}.rels`);
    return (read ? all(read, "Relationship") : []).map((one) => {
      const target = new URL(attribute(one, "Target"), `file:///${folder}`).pathname.slice(1);
      const kind = attribute(one, "Type").replace(/^.*\//, "");
      return [attribute(one, "Id"), kind, decodeURIComponent(target)];
    });
  }
}

/* What cells share */

/** What stands in a text that may be in pieces, without how it is read aloud. @param {Element} within */
const textIn = (within) =>
  all(within, "t")
    .filter((one) => one.parentElement?.localName !== "rPh")
    .map((one) => one.textContent)
    .join("")
    .replace(/_x([0-9a-f]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, "\n");

/** Whether a format of numbers shows a day: not only a time. @param {string} code */
function showsDays(code) {
  const bare = code.split(";")[0].replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, "");
  return /[dy]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare));
}

/** Whether each style of cells shows days. @param {Document | null} read */
function dayStyles(read) {
  if (!read) return [];
  const codes = new Map(all(read, "numFmt").map((one) => [attribute(one, "numFmtId"), attribute(one, "formatCode")]));
  const formats = all(read, "cellXfs")[0];
  return (formats ? Array.from(formats.children) : []).map((one) => {
    const id = attribute(one, "numFmtId");
    const code = codes.get(id);
    if (code !== undefined) return showsDays(code);
    return DAY_FORMATS.some(([first, last]) => Number(id) >= first && Number(id) <= last);
  });
}

/** A day counted from where the workbook begins, or "". @param {number} count @param {boolean} from1904 */
function dayOf(count, from1904) {
  let days = Math.floor(count + 1e-9) + (from1904 ? 1462 : 0);
  if (!(days >= 1 && days <= LAST_DAY)) return "";
  // 1900 had no 29 February; workbooks count it.
  if (days < 60) days += 1;
  return new Date(Date.UTC(1899, 11, 30) + days * DAY).toISOString().slice(0, 10);
}

/* Cells */

/** @param {string} letters */
const columnNumber = (letters) =>
  Array.from(letters.toUpperCase()).reduce((sum, one) => sum * LETTERS + one.charCodeAt(0) - BEFORE_A, 0);

/** @param {string} value @param {boolean} asDay @param {boolean} from1904 */
function numberCell(value, asDay, from1904) {
  const exact = Number(value);
  if (value.trim() === "" || !Number.isFinite(exact)) return { text: value };
  // 0.1 + 0.2 as the program shows it.
  const number = Number(exact.toPrecision(PRECISION));
  const day = asDay ? dayOf(number, from1904) : "";
  return { text: day || String(number), number, day };
}

/**
 * What stands in a cell.
 *
 * @param {string} type
 * @param {string} value
 * @param {boolean} asDay
 * @param {Shared} shared
 * @returns {Partial<Cell>}
 */
function content(type, value, asDay, { strings, from1904 }) {
  switch (type) {
    case "s":
      return { text: strings[Number(value)] ?? "" };
    case "str":
      return { text: value.replace(/\r\n?/g, "\n") };
    case "b":
      return { text: value === "1" ? "true" : "false" };
    case "e":
      return { error: true };
    case "d":
      return { text: value.slice(0, 10), day: value.slice(0, 10) };
    default:
      return numberCell(value, asDay, from1904);
  }
}

/** @param {Element} element a cell @param {Shared} shared @returns {Cell | null} null where it is empty */
function cellOf(element, shared) {
  /** @param {string} name */
  const child = (name) => Array.from(element.children).find((one) => one.localName === name);
  const [inline, formula] = [child("is"), child("f") !== undefined];
  const value = child("v")?.textContent ?? "";
  const asDay = shared.styles[Number(attribute(element, "s") || 0)] ?? false;
  const found = inline ? { text: textIn(inline) } : content(attribute(element, "t"), value, asDay, shared);
  const cell = { text: "", number: null, day: "", error: false, ...found, formula };
  return cell.text || cell.error || formula ? cell : null;
}

/** @param {Document} read a sheet @param {Shared} shared @param {{cells: number}} left @returns {Rows} */
function rowsOf(read, shared, left) {
  /** @type {Rows} */
  const rows = new Map();
  let row = 0;
  for (const element of all(read, "row")) {
    row = Number(attribute(element, "r")) || row + 1;
    if (!(row >= 1 && row <= LAST_ROW)) throw new Damage("a row stands nowhere");
    /** @type {Map<number, Cell>} */
    const cells = new Map();
    let column = 0;
    for (const one of Array.from(element.children).filter(({ localName }) => localName === "c")) {
      const letters = /^[a-z]{1,3}(?=\d)/i.exec(attribute(one, "r"))?.[0];
      column = letters ? columnNumber(letters) : column + 1;
      if (column > LAST_COLUMN) throw new Damage("a cell stands nowhere");
      const cell = cellOf(one, shared);
      if (!cell) continue;
      cells.set(column, cell);
      left.cells -= 1;
      if (left.cells < 0) throw new TooLarge("there are too many cells");
    }
    if (cells.size) rows.set(row, cells);
  }
  return rows;
}

/**
 * Returns where a name points: `'A sheet'!$B$2:$C$9`; null where it is no such place.
 *
 * @param {string} text
 * @returns {Area | null}
 */
export function areaOf(text) {
  const found = /^\$?(?:'((?:[^']|'')+)'|([^'!$]+))!\$?([a-z]{1,3})\$?(\d+)(?::\$?([a-z]{1,3})\$?(\d+))?$/i.exec(
    text.trim(),
  );
  if (!found) return null;
  const [, quoted, plain, letters, first, lastLetters, last] = found;
  const [row, column] = [Number(first), columnNumber(letters)];
  return {
    sheet: (quoted ?? plain).replace(/''/g, "'"),
    row,
    column,
    lastRow: last ? Number(last) : row,
    lastColumn: lastLetters ? columnNumber(lastLetters) : column,
  };
}

/** @param {Document} workbook */
function namesOf(workbook) {
  /** @type {Map<string, Area>} */
  const names = new Map();
  for (const one of all(workbook, "definedName")) {
    const area = areaOf(one.textContent ?? "");
    // A copy of a sheet brings names of its own; those of the whole workbook come first.
    const name = attribute(one, "name");
    if (area && !(names.has(name) && attribute(one, "localSheetId"))) names.set(name, area);
  }
  return names;
}

/** @param {ArrayBuffer} buffer @returns {Promise<Spreadsheet | null>} null where it is no workbook */
async function open(buffer) {
  const parts = new Parts(buffer);
  const start = (await parts.relations("")).find(([, kind]) => kind === "officeDocument")?.[2];
  const workbook = start && (await parts.read(start));
  if (!start || !workbook || workbook.documentElement.localName !== "workbook") return null;
  const related = await parts.relations(start);
  /** @param {string} wanted */
  const part = async (wanted) => parts.read(related.find(([, kind]) => kind === wanted)?.[2] ?? "");
  const strings = await part("sharedStrings");
  const shared = {
    styles: dayStyles(await part("styles")),
    strings: strings ? all(strings, "si").map(textIn) : [],
    from1904: all(workbook, "workbookPr").some((one) => /^(1|true)$/.test(attribute(one, "date1904"))),
  };
  const left = { cells: MOST_CELLS };
  /** @type {Sheet[]} */
  const sheets = [];
  for (const one of all(workbook, "sheet").slice(0, MOST_SHEETS)) {
    const id = Array.from(one.attributes).find(({ localName, prefix }) => localName === "id" && prefix)?.value;
    const [, kind, name] = related.find(([found]) => found === id) ?? ["", "", ""];
    // A sheet may also be nothing but a chart.
    const read = kind === "worksheet" ? await parts.read(name) : null;
    const hidden = attribute(one, "state") !== "" && attribute(one, "state") !== "visible";
    if (read) sheets.push({ name: attribute(one, "name"), hidden, part: name, rows: rowsOf(read, shared, left) });
  }
  return { sheets, names: namesOf(workbook) };
}

/** What a file is that is no workbook of this kind. @param {Uint8Array} bytes @returns {SheetProblem | ""} */
function otherKind(bytes) {
  if (COMPOUND.every((one, at) => bytes[at] === one)) return "locked";
  if (!isZip(bytes)) return "not_xlsx";
  // LibreOffice's own files begin with a part that says what they are.
  const head = new TextDecoder("latin1").decode(bytes.subarray(30, 100));
  return head.startsWith("mimetypeapplication/vnd.oasis.opendocument") ? "open_document" : "";
}

/**
 * Reads what stands in a workbook.
 *
 * @param {Blob} file
 * @returns {Promise<{spreadsheet: Spreadsheet, problem?: undefined} | {spreadsheet?: undefined, problem: SheetProblem}>}
 */
export async function readSpreadsheet(file) {
  if (file.size > MOST_BYTES) return { problem: "too_large" };
  const buffer = await file.arrayBuffer();
  const other = otherKind(new Uint8Array(buffer));
  if (other) return { problem: other };
  try {
    const spreadsheet = await open(buffer);
    return spreadsheet ? { spreadsheet } : { problem: "not_xlsx" };
  } catch (error) {
    return { problem: error instanceof TooLarge ? "too_large" : "damaged" };
  }
}
