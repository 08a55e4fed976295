/*
 * Writes and reads tables as text (CSV) that comes back as it was. Pure: no page, no storage, no words. A text that
 * a program would take for a formula gets an apostrophe before it; whoever reads it here takes it away again.
 */

import { FORMULA_SIGNS, NUMBER, tabbedBytes } from "./spreadsheet_file.js";

const UTF16 = ["utf-16le", "utf-16be"];
// What shows nothing: programs pass over it, and what comes after it would be the first letter.
const UNSEEN = /[\s\p{M}\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
const FORMULA = new RegExp(`^'*[${FORMULA_SIGNS}]`, "u");
const SEPARATORS = ["\t", ";", ","];
const LOOKED_AT = 50_000;

/** Whether a program could take a text for a formula. @param {string} text */
const isFormula = (text) => FORMULA.test(text.replace(UNSEEN, "")) && !NUMBER.test(text);

/** @param {string} text */
function cell(text) {
  const safe = isFormula(text) ? `'${text}` : text;
  return /["\t\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** What a cell said before it was made safe. @param {string} text */
const unescaped = (text) => (text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : text);

/** Writes a table as bytes, whose cells come back as they were. @param {string[][]} rows */
export const tableBytes = (rows) => tabbedBytes(rows, cell);

/** The text in bytes, whatever program of an office wrote them. @param {Uint8Array} bytes */
function decoded(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder(UTF16[0]).decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder(UTF16[1]).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Excel in Spanish, where nobody chose otherwise.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {string[]} row */
const isBlank = (row) => row.every((one) => !one.trim());

/** The cells of a table, row by row; empty rows at the end are left out. @param {string} body @param {string} separator */
function cellsOf(body, separator) {
  /** @type {string[][]} */
  const rows = [[]];
  let at = 0;
  while (at < body.length) {
    let said = "";
    if (body[at] === '"') {
      const quoted = /"((?:[^"]|"")*)"?/y;
      quoted.lastIndex = at;
      const found = quoted.exec(body);
      said = (found?.[1] ?? "").replace(/""/g, '"');
      at = quoted.lastIndex;
    }
    const start = at;
    while (at < body.length && body[at] !== separator && body[at] !== "\n") at += 1;
    said += body.slice(start, at).replace(/\r$/, "");
    rows[rows.length - 1].push(unescaped(said.replace(/\r\n?/g, "\n")));
    if (body[at] === "\n") rows.push([]);
    // A row that ends with a separator has one empty cell more.
    else if (at === body.length - 1) rows[rows.length - 1].push("");
    at += 1;
  }
  while (rows.length && isBlank(rows[rows.length - 1])) rows.pop();
  return rows;
}

/** Which part of the rows has as many cells as most have; a little more with more of them. @param {string[][]} rows */
function evenness(rows) {
  const counts = new Map();
  const said = rows.filter((row) => !isBlank(row));
  for (const { length } of said) counts.set(length, (counts.get(length) ?? 0) + 1);
  const found = [...counts].filter(([cells]) => cells > 1).map(([cells, count]) => (count * cells) / (cells + 1));
  return Math.max(0, ...found) / Math.max(1, said.length);
}

/** Which sign stands between columns: that by which the rows are the most alike. @param {string} text */
function separatorOf(text) {
  const found = SEPARATORS.map((one) => evenness(cellsOf(text.slice(0, LOOKED_AT), one)));
  return SEPARATORS[found.indexOf(Math.max(...found))];
}

/** @param {string} text @param {boolean} isWide whether its letters are of two bytes each */
function tableIn(text, isWide) {
  const told = /^sep=(.)\r?\n/i.exec(text);
  // So is what Excel calls Unicode text, and what is written here.
  if (isWide) return cellsOf(text, "\t");
  return told ? cellsOf(text.slice(told[0].length), told[1]) : cellsOf(text, separatorOf(text));
}

/** Reads the table in the bytes of a text file. @param {Uint8Array} bytes */
export const readTable = (bytes) => tableIn(decoded(bytes).replace(/^\ufeff/, ""), bytes[0] >= 0xfe);
