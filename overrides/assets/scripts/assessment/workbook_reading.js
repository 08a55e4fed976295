/*
 * Reads the answers in a filled workbook, and tells what became of each of its cells. Pure: no page, no storage.
 *
 * A sheet is known by the names that the workbook gives to its columns (`abc_acuerdos_answer`), which stay whatever is
 * inserted or moved; one without them, by the titles of its columns. A row is known by the id of its criterion. So rows
 * may be sorted, inserted or left out, and workbooks of before still open.
 */

import { newAssessment } from "./assessment_store.js";
import { isLevel } from "./score.js";
import { AnswerWords, clean, dayIn, lineIn, squeezed, textIn } from "./workbook_cells.js";

/** @typedef {import("../core/spreadsheet_reader.js").Cell} Cell */
/** @typedef {import("../core/spreadsheet_reader.js").Sheet} Sheet */
/** @typedef {import("../core/spreadsheet_reader.js").Spreadsheet} Spreadsheet */
/** @typedef {Exclude<WorkbookColumn, "id">} FilledColumn */
/** @typedef {"not_understood" | "no_id" | "unknown_id" | "not_applicable" | "repeated" | "error"} Reason */

/**
 * @typedef {object} Told what became of a cell
 * @property {string} sheet
 * @property {string} cell such as H5
 * @property {string} criterion its id, or ""
 * @property {FilledColumn | "municipality" | "round" | "date"} column
 * @property {string} said what stands there
 * @property {unknown} [value] what was read
 * @property {Reason} [why] it was not
 */

/** @typedef {Map<FilledColumn, unknown>} Found */
/** @typedef {{taken: Told[], changed: Told[], refused: Told[]}} Report */
/** @typedef {{assessment: Assessment, report: Report}} FilledWorkbook */
/** @typedef {{checklist: Checklist | null, columns: Map<WorkbookColumn, number>, head: number}} Layout */

/** @type {FilledColumn[]} */
const FILLED = ["answer", "note", "place", "target", "what", "who", "due"];
const PLAN = /** @type {const} */ (["what", "who", "due"]);
const ID = /^[a-z]{2,6}-\d{1,3}$/;
// How far down the titles of columns are looked for.
const MOST_ROWS_ABOVE = 20;
const LETTERS = 26;

/** Returns the letters of a column. @param {number} column @returns {string} */
export const columnLetters = (column) =>
  column > 0
    ? columnLetters(Math.floor((column - 1) / LETTERS)) + String.fromCharCode(65 + ((column - 1) % LETTERS))
    : "";

/** Returns the name by which a workbook calls what it says of a checklist. @param {string} id @param {string} key */
export const markOf = (id, key) => ["abc", ...(id ? [id.replaceAll("-", "_")] : []), key].join("_");

/** A row of a sheet that says something of a criterion; `found` is what was read of it until then. */
class Row {
  /** @param {Reader} reader @param {Sheet} sheet @param {number} row @param {string} criterion @param {Found} found */
  constructor(reader, sheet, row, criterion, found) {
    this.reader = reader;
    this.sheet = sheet;
    this.row = row;
    this.criterion = criterion;
    this.found = found;
  }

  /** @param {FilledColumn} column @param {Cell} cell @returns {{value: unknown, exact: boolean} | Reason} */
  #read(column, cell) {
    const { words, never } = this.reader;
    if (cell.error) return "error";
    if (column === "answer") {
      const found = words.answer(cell) ?? "not_understood";
      const refused = typeof found === "object" && found.value === "not_applicable" && never.has(this.criterion);
      return refused ? "not_applicable" : found;
    }
    if (column === "target") return words.target(cell) ?? "not_understood";
    if (column === "due") return dayIn(cell) ?? "not_understood";
    return column === "note" || column === "place" ? textIn(cell) : lineIn(cell);
  }

  /** Takes what a cell says, or tells why not. @param {FilledColumn} column @param {Cell} cell @param {number} place @param {Reason | ""} why */
  take(column, cell, place, why) {
    const { report } = this.reader;
    const where = { sheet: this.sheet.name, cell: `${columnLetters(place)}${this.row}`, criterion: this.criterion };
    const told = { ...where, column, said: cell.text };
    const read = why || this.#read(column, cell);
    if (typeof read === "string") return report.refused.push({ ...told, why: read });
    // A criterion may stand twice, as long as both say the same.
    const before = this.found.get(column);
    if (before !== undefined && before !== read.value) return report.refused.push({ ...told, why: "repeated" });
    this.found.set(column, read.value);
    report[read.exact ? "taken" : "changed"].push({ ...told, value: read.value });
  }
}

class Reader {
  /** @param {Spreadsheet} spreadsheet @param {Checklist[]} checklists @param {WorkbookWords[]} languages */
  constructor(spreadsheet, checklists, languages) {
    this.spreadsheet = spreadsheet;
    this.checklists = checklists;
    this.languages = languages;
    this.words = new AnswerWords(languages);
    this.never = new Set(languages.flatMap(({ applicable }) => applicable));
    /** @type {Report} */
    this.report = { taken: [], changed: [], refused: [] };
    /** @type {Map<string, Checklist>} */
    this.known = new Map(checklists.flatMap((one) => [...one.criteria, ...one.retired].map(({ id }) => [id, one])));
    /** @type {Map<WorkbookColumn, Set<string>>} */
    this.titles = new Map(
      /** @type {WorkbookColumn[]} */ (["id", ...FILLED]).map((key) => [
        key,
        new Set(languages.map(({ columns }) => squeezed(columns[key]))),
      ]),
    );
    /** What was read of each criterion. @type {Map<string, Found>} */
    this.found = new Map();
  }

  /** The place of a name in a sheet, or undefined. @param {Sheet} sheet @param {string} name */
  #mark({ name: sheet }, name) {
    const area = this.spreadsheet.names.get(name);
    return area?.sheet === sheet ? area : undefined;
  }

  /** Where the titles of columns stand: [row, columns]. @param {Sheet} sheet @returns {[number, Layout["columns"]]} */
  #titled({ rows }) {
    for (const [row, cells] of rows) {
      if (row > MOST_ROWS_ABOVE) break;
      /** @type {Layout["columns"]} */
      const columns = new Map();
      for (const [place, { text }] of cells) {
        const said = squeezed(text);
        for (const [key, titles] of this.titles) if (titles.has(said) && !columns.has(key)) columns.set(key, place);
      }
      // The plan has ids and answers too, but nothing to fill in beside them.
      if (["id", "answer", "note"].every((key) => columns.has(/** @type {WorkbookColumn} */ (key)))) {
        return [row, columns];
      }
    }
    return [0, new Map()];
  }

  /** What stands where on a sheet; null where it is none of a checklist. @param {Sheet} sheet @returns {Layout | null} */
  layout(sheet) {
    const [head, columns] = this.#titled(sheet);
    const checklist = this.checklists.find((one) => this.#mark(sheet, markOf(one.id, "id"))) ?? null;
    for (const key of this.titles.keys()) {
      const marked = checklist && this.#mark(sheet, markOf(checklist.id, key));
      if (marked) columns.set(key, marked.column);
    }
    return columns.has("id") && columns.size > 1 ? { checklist, columns, head } : null;
  }

  /** @param {Sheet} sheet @param {Layout} layout @param {number} row @param {Map<number, Cell>} cells */
  #readRow(sheet, { columns }, row, cells) {
    /** @param {WorkbookColumn} key */
    const at = (key) => cells.get(columns.get(key) ?? 0);
    const said = squeezed(at("id")?.text ?? "").replace(" ", "-");
    const id = ID.test(said) ? said : "";
    const why = id ? (this.known.has(id) ? "" : "unknown_id") : "no_id";
    /** @type {Found} */
    const found = this.found.get(id) ?? new Map();
    if (!why) this.found.set(id, found);
    const made = new Row(this, sheet, row, id, found);
    for (const key of FILLED) {
      const cell = at(key);
      if (cell && (clean(cell.text) || cell.error)) made.take(key, cell, columns.get(key) ?? 0, why);
    }
  }

  /** Reads every sheet of a checklist; how many there are. */
  readSheets() {
    let count = 0;
    for (const sheet of this.spreadsheet.sheets) {
      const layout = this.layout(sheet);
      if (!layout) continue;
      count += 1;
      for (const [row, cells] of sheet.rows) if (row > layout.head) this.#readRow(sheet, layout, row, cells);
    }
    return count;
  }

  /** What the first sheet says of the whole. @param {"municipality" | "round" | "date"} key */
  about(key) {
    const names = [markOf("", key), ...this.languages.map((one) => one.names[key])];
    const area = names.map((name) => this.spreadsheet.names.get(name)).find(Boolean);
    const sheet = this.spreadsheet.sheets.find(({ name }) => name === area?.sheet);
    const cell = area && sheet?.rows.get(area.row)?.get(area.column);
    if (!area || !cell || !clean(cell.text)) return "";
    const place = `${columnLetters(area.column)}${area.row}`;
    /** @type {Told} */
    const told = { sheet: area.sheet, cell: place, criterion: "", column: key, said: cell.text };
    const read = key === "date" ? dayIn(cell) : lineIn(cell);
    if (read) this.report[read.exact ? "taken" : "changed"].push({ ...told, value: read.value });
    else this.report.refused.push({ ...told, why: "not_understood" });
    return read?.value ?? "";
  }

  /** The version of a checklist that the workbook was made of. @param {Checklist} checklist */
  version({ id, version }) {
    const area = this.spreadsheet.names.get(markOf(id, "version"));
    const sheet = this.spreadsheet.sheets.find(({ name }) => name === area?.sheet);
    const said = area && sheet?.rows.get(area.row)?.get(area.column)?.text;
    const found = Number(/\d+/.exec(said ?? "")?.[0] ?? version);
    return Math.min(found, version);
  }
}

/** Why something does not apply, and what else is noted: an empty line stands between. @param {string} text */
function reasonAndNote(text) {
  const [reason, ...rest] = text.split(/\n\s*\n/);
  return { reason, ...(rest.length && { note: rest.join("\n\n") }) };
}

/** What a row says, as it is kept. @param {Found} found @returns {AnswerRecord} */
function recordOf(found) {
  const note = String(found.get("note") ?? "");
  const plan = Object.fromEntries(PLAN.filter((key) => found.has(key)).map((key) => [key, found.get(key)]));
  const places = String(found.get("place") ?? "")
    .split(/\s*\n\s*/)
    .filter(Boolean);
  const answer = found.get("answer");
  return {
    ...(answer !== undefined && { answer }),
    ...(note && (answer === "not_applicable" ? reasonAndNote(note) : { note })),
    ...(isLevel(found.get("target")) && { target: found.get("target") }),
    ...(places.length && { evidence: places.map((place) => ({ place })) }),
    ...(Object.keys(plan).length && { plan }),
  };
}

/** @param {string} day @param {number} changed @param {number} now */
function stampOf(day, changed, now) {
  const stamp = day ? Math.min(Date.parse(`${day}T12:00:00.000Z`), now) : Math.min(changed, now);
  return new Date(stamp).toISOString();
}

/**
 * Reads the answers of a workbook as an assessment of its own; null where none of its sheets is one of ours.
 *
 * @param {Spreadsheet} spreadsheet
 * @param {Checklist[]} checklists
 * @param {WorkbookWords[]} languages
 * @param {number} changed when its file was last changed
 * @returns {FilledWorkbook | null}
 */
export function readWorkbook(spreadsheet, checklists, languages, changed) {
  const reader = new Reader(spreadsheet, checklists, languages);
  const [title, round, day] = /** @type {const} */ (["municipality", "round", "date"]).map((key) => reader.about(key));
  if (reader.readSheets() === 0) return null;
  const now = Date.now();
  const updated = stampOf("", changed, now);
  const answered = stampOf(day, changed, now);
  const assessment = { ...newAssessment({ title, round }), created: updated, updated, described: updated };
  for (const [id, found] of reader.found) {
    const checklist = reader.known.get(id);
    const record = recordOf(found);
    if (!checklist || Object.keys(record).length === 0) continue;
    const version = reader.version(checklist);
    assessment.checklists[checklist.id] ??= { version, criteria: {} };
    assessment.checklists[checklist.id].criteria[id] = {
      ...record,
      ...("answer" in record && { version, answered }),
      updated,
    };
  }
  return { assessment, report: reader.report };
}
