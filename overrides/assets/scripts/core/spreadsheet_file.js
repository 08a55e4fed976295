/* Writes tables as text that spreadsheet programs open right. Pure: no page, no storage, no words. */

// What programs take for the beginning of a formula, and what is a number all the same.
export const FORMULA_SIGNS = "=+\\-@|%＝＋－＠｜％﹢﹣﹦﹪﹫−";
export const NUMBER = /^-?\d+([.,]\d+)?$/;
const FORMULA = new RegExp(`^[\\s\\p{M}]*[${FORMULA_SIGNS}]`, "u");

/** A cell that no program takes for a formula, on one line. @param {string | number | null} value */
function cell(value) {
  // What shows nothing is dropped: programs pass over it, and what comes after it would be the first letter.
  const text = String(value ?? "")
    .replace(/\s*[\r\n\t]+\s*/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "");
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /["\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/**
 * Writes a table as bytes that Excel opens with its columns and accents right in any country: UTF-16 with tabs. With
 * UTF-8, Excel splits at semicolons in Spain and at commas in Mexico.
 *
 * @template T
 * @param {T[][]} rows
 * @param {(value: T) => string} safe a cell as it may stand between tabs
 */
export function tabbedBytes(rows, safe) {
  const text = `\ufeff${rows.map((row) => `${row.map(safe).join("\t")}\r\n`).join("")}`;
  const bytes = new Uint8Array(2 * text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[2 * at] = unit & 0xff;
    bytes[2 * at + 1] = unit >> 8;
  }
  return bytes;
}

/** Writes a table for reading, one row per line, as Excel opens it right. @param {(string | number | null)[][]} rows */
export const spreadsheetBytes = (rows) => tabbedBytes(rows, cell);
