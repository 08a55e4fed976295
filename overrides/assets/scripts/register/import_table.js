/*
 * Reads a table of an office as agreements: which column says what, what each row says, what is new and what was
 * there. Pure: no page, no storage. Nothing in a table is trusted; a cell that cannot be told is kept in the notes,
 * as it is.
 */

import { plain } from "../core/format.js";
import { agreementsIn, newId, tidy } from "./register_store.js";
import { isOfDates, readFact } from "./register_words.js";

/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_store.js").Facts} Facts */
/** @typedef {import("./register_words.js").Field} Field */
/** @typedef {string} Target the id of a field, "id", "+notes" for what is added there with the name of its column, or "" */
/** @typedef {{row: number, column: string, text: string}} Left a cell that could not be told */
/** @typedef {{id: string, facts: Facts}} Given */
/** @typedef {{id: string, facts: Facts, extra: string}} Row `extra` goes into the notes */

/**
 * @typedef {object} Import what a table would change
 * @property {Given[]} added
 * @property {Given[]} changed only with what differs
 * @property {number} same rows that say what is kept already
 * @property {Left[]} left
 */

const MOST_ROWS_BEFORE = 15;
const MOST_LETTERS = 5000;
const SHORT = 4;
export const ID = "id";
export const TO_NOTES = "+notes";

/**
 * Returns the rows of a sheet as texts, without what is empty before them.
 *
 * @param {import("../core/spreadsheet_reader.js").Rows} rows
 * @returns {{rows: string[][], first: number}}
 */
export function plainRows(rows) {
  const numbers = [...rows.keys()].sort((one, other) => one - other);
  const width = Math.max(0, ...[...rows.values()].flatMap((row) => [...row.keys()]));
  const last = numbers.at(-1) ?? 0;
  const first = numbers[0] ?? 1;
  const found = Array.from({ length: last - first + 1 }, (_, at) =>
    Array.from({ length: width }, (_, column) => rows.get(first + at)?.get(column + 1)?.text ?? ""),
  );
  return { rows: found, first };
}

/** The words of a title, so that "Núm. de acta" is "num de acta". @param {string} title */
const bare = (title) =>
  plain(title)
    .replace(/[^\p{L}\p{N}/]+/gu, " ")
    .trim();

/** How well a title is that of a field: 0 for not at all. @param {string} said @param {string[]} names all bare */
function likeness(said, names) {
  if (!said) return 0;
  if (names[0] === said) return 3;
  if (names.includes(said)) return 2;
  const inside = names.filter((one) => one.length >= SHORT && ` ${said} `.includes(` ${one} `));
  return Math.max(0, ...inside.map((one) => Math.min(1, one.length / said.length)));
}

/** What a column may say, and its names, bare. @param {Field[]} fields @param {string[]} idNames @returns {[Target, string[]][]} */
const targets = (fields, idNames) => [
  ...fields.map(({ id, label, also }) => /** @type {[Target, string[]]} */ ([id, [label, ...also].map(bare)])),
  [ID, idNames.map(bare)],
];

/** @param {string[]} header @param {[Target, string[]][]} known @returns {Target[]} */
function columnsOf(header, known) {
  const found = header
    .map(bare)
    .flatMap((said, column) => known.map(([target, names]) => ({ column, target, score: likeness(said, names) })))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.column - other.column);
  /** @type {Target[]} */
  const columns = header.map(() => "");
  for (const { column, target } of found) {
    if (!columns[column] && !columns.includes(target)) columns[column] = target;
  }
  return columns;
}

/**
 * Guesses which column says what, by its title; each field once.
 *
 * @param {string[]} header
 * @param {Field[]} fields
 * @param {string[]} idNames
 * @returns {Target[]}
 */
export const guessColumns = (header, fields, idNames) => columnsOf(header, targets(fields, idNames));

/**
 * Finds the row of titles: that whose cells are the most like fields'.
 *
 * @param {string[][]} rows
 * @param {Field[]} fields
 * @param {string[]} idNames
 */
export function headerRow(rows, fields, idNames) {
  const known = targets(fields, idNames);
  const short = (/** @type {string} */ cell) => (cell.length < 80 ? cell : "");
  const counts = rows.slice(0, MOST_ROWS_BEFORE).map((row) => columnsOf(row.map(short), known).filter(Boolean).length);
  return Math.max(0, counts.indexOf(Math.max(0, ...counts)));
}

/**
 * Tells whether the dates of a table have the month first: true, false, or null where it cannot be told.
 *
 * @param {string[][]} rows without titles
 * @param {Target[]} columns
 * @param {Map<string, Field>} fields
 */
export function monthsFirst(rows, columns, fields) {
  const dates = columns.flatMap((target, at) => {
    const field = fields.get(target);
    return field && isOfDates(field) ? rows.map((row) => row[at] ?? "") : [];
  });
  const pairs = dates.flatMap((one) => {
    const found = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}/.exec(one);
    return found ? [[Number(found[1]), Number(found[2])]] : [];
  });
  if (pairs.some(([first]) => first > 12)) return false;
  if (pairs.some(([, second]) => second > 12)) return true;
  return pairs.length ? null : false;
}

/** What rows say, one at a time. */
class RowReader {
  /** @type {Left[]} */
  left = [];

  /** @param {string[]} header @param {Target[]} columns @param {Map<string, Field>} fields @param {boolean} monthFirst */
  constructor(header, columns, fields, monthFirst) {
    this.header = header;
    this.columns = columns;
    this.fields = fields;
    this.how = { monthFirst, serial: true };
  }

  /** @param {string[]} row @param {number} number @returns {Row} */
  read(row, number) {
    /** @type {Record<string, string>} */
    const facts = {};
    /** @type {string[]} */
    const extra = [];
    let id = "";
    this.columns.forEach((target, at) => {
      const text = (row[at] ?? "").trim();
      const field = this.fields.get(target);
      if (!text) return;
      if (target === ID) id = text;
      else if (target === TO_NOTES) extra.push(`${this.header[at]}: ${text}`);
      else if (field) this.#take(field, text, { row: number, at }, facts, extra);
    });
    const kept = Object.entries(facts).map(([name, said]) => [name, tidy(said)]);
    return { id, facts: Object.fromEntries(kept), extra: extra.join("\n") };
  }

  /**
   * @param {Field} field
   * @param {string} text
   * @param {{row: number, at: number}} place
   * @param {Record<string, string>} facts
   * @param {string[]} extra
   */
  #take(field, text, { row, at }, facts, extra) {
    const read = readFact(field, text, this.how);
    const column = this.header[at] || field.label;
    if (read !== null) facts[field.id] = read;
    else extra.push(`${column}: ${text}`);
    if (read === null || text.length > MOST_LETTERS) this.left.push({ row, column, text });
  }
}

/** Notes with others after them, unless they say so already. @param {string} [notes] @param {string} [more] */
const joined = (notes = "", more = "") => (notes.includes(more) ? notes : [notes, more].filter(Boolean).join("\n"));

/** @param {Facts} facts @param {string} notes @returns {Facts} */
const withNotes = (facts, notes) => (notes ? { ...facts, notes: tidy(notes) } : facts);

/** By what an agreement is found again that has no id: its partner and when it was signed. @param {Facts} facts */
const keyOf = ({ partner = "", signed = "" }) => (partner ? `${bare(partner)}|${signed}` : "");

const KEPT_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Returns what a table would change in a register.
 *
 * @param {{header: string[], rows: string[][], columns: Target[], monthFirst: boolean, first: number}} table `first`:
 *   the number of its first row, as the program that made it counts
 * @param {Map<string, Field>} fields
 * @param {Pick<PlannerDocument, "items">} register
 * @returns {Import}
 */
export function importOf({ header, rows, columns, monthFirst, first }, fields, register) {
  const reader = new RowReader(header, columns, fields, monthFirst);
  const kept = agreementsIn(register);
  const byId = new Map(kept.map((one) => [one.id, one]));
  const byKey = new Map(kept.map((one) => [keyOf(one), one]));
  /** @type {Import} */
  const found = { added: [], changed: [], same: 0, left: reader.left };
  const taken = new Set();
  rows.forEach((row, at) => {
    const { id, facts: read, extra } = reader.read(row, first + at);
    if (!Object.values(read).some(Boolean) && !extra) return;
    const own = byId.get(id) ?? (id ? undefined : byKey.get(keyOf(read)));
    if (!own || taken.has(own.id)) {
      const made = KEPT_ID.test(id) && !byId.has(id) && !taken.has(id) ? id : newId();
      taken.add(made);
      found.added.push({ id: made, facts: withNotes(read, joined(read.notes, extra)) });
      return;
    }
    taken.add(own.id);
    // What this site wrote, it takes back; an office's table adds to what somebody noted here.
    const notes = own.id === id && read.notes ? read.notes : joined(own.notes, read.notes);
    const facts = withNotes(read, joined(notes, extra));
    // An empty cell takes nothing away.
    const differs = Object.entries(facts).filter(([name, said]) => said && own[/** @type {"notes"} */ (name)] !== said);
    if (differs.length) found.changed.push({ id: own.id, facts: Object.fromEntries(differs) });
    else found.same += 1;
  });
  return found;
}
