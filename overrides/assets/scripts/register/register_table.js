/*
 * Writes registers as tables for other programs; import_table.js reads them: `id` is the column by which an
 * agreement is found again.
 */

import { tableBytes } from "../core/table_text.js";
import { workbookFile } from "../core/workbook_file.js";
import { isDate } from "./partial_dates.js";
import { isOfDates } from "./register_words.js";

/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_words.js").FactWords} FactWords */
/** @typedef {import("./register_words.js").Field} Field */

// From here on, all programs count days alike.
const FIRST_DAY = "1900-03-01";
const WIDTHS = { text: 26, long: 50, date: 14, year: 12, until: 14, choice: 20 };
const ID_WIDTH = 16;

/** @param {FactWords} words */
const fieldsOf = (words) => words.groups.flatMap(({ fields }) => fields);

/** The titles of the columns. @param {FactWords} words */
const titles = (words) => [...fieldsOf(words).map(({ label }) => label), words.own.id_column];

/** Writes a register as a text table: bytes. @param {FactWords} words @param {Agreement[]} agreements */
export function registerTable(words, agreements) {
  const rows = agreements.map((one) => [...fieldsOf(words).map((field) => words.inTable(one, field)), one.id]);
  return tableBytes([titles(words), ...rows]);
}

/** Writes a register as a workbook. @param {FactWords} words @param {Agreement[]} agreements */
export function registerWorkbook(words, agreements) {
  const fields = fieldsOf(words);
  /** @param {Agreement} one @param {Field} field */
  const cell = (one, field) => {
    const value = one[field.id] ?? "";
    const isDay = isOfDates(field) && isDate(value) && value.length > 7 && value >= FIRST_DAY;
    return isDay ? { day: value } : words.inTable(one, field);
  };
  const columns = [
    ...fields.map(({ label, kind }) => ({ title: label, width: WIDTHS[kind] })),
    { title: words.own.id_column, width: ID_WIDTH },
  ];
  const rows = agreements.map((one) => [...fields.map((field) => cell(one, field)), one.id]);
  return workbookFile(words.own.sheet, columns, rows);
}
