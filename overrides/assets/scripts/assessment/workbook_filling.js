/*
 * Fills the site's own workbook with the answers of an assessment: its formulas, drop-down lists and looks stay.
 * What formulas gave when it was blank is taken out, so that every program calculates them when it opens the file.
 */

import { readSpreadsheet } from "../core/spreadsheet_reader.js";
import { filesInZip } from "../core/zip_file.js";
import { zip } from "../core/zip_writer.js";
import { readAnswer } from "./answer.js";
import { gapsOf, recordsOf } from "./score.js";
import { ANSWERS, clean } from "./workbook_cells.js";
import { evidenceLine, reasonedNote } from "./workbook_laying.js";
import { columnLetters, markOf } from "./workbook_reading.js";

/** @typedef {import("../core/spreadsheet_reader.js").Area} Area */

// The most that any program keeps in a cell.
const MOST_LETTERS = 32_767;
const [DAY, BEFORE_1970] = [86_400_000, 25_569];
const WORKBOOK = "xl/workbook.xml";

/** @param {string} base64 */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

/** A text as the part of a workbook has it; a day, as YYYY-MM-DD, is counted. @param {string} text */
const written = (text) =>
  clean(text)
    .slice(0, MOST_LETTERS)
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, "")
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");

/** One sheet that is being filled. */
class FilledSheet {
  /** @param {string} text of its part */
  constructor(text) {
    this.document = new DOMParser().parseFromString(text, "application/xml");
    const cells = Array.from(this.document.getElementsByTagNameNS("*", "c"));
    this.cells = new Map(cells.map((one) => [one.getAttribute("r") ?? "", one]));
    for (const cell of cells) this.#forget(cell);
  }

  /** Takes out what a formula gave. @param {Element} cell */
  #forget(cell) {
    const parts = Array.from(cell.children);
    if (!parts.some(({ localName }) => localName === "f")) return;
    for (const part of parts) if (part.localName === "v") part.remove();
    cell.removeAttribute("t");
  }

  /** @param {string} place @param {string} text @param {boolean} [asDay] */
  put(place, text, asDay = false) {
    const cell = this.cells.get(place);
    if (!cell || !text) return;
    /** @param {string} name */
    const part = (name) => this.document.createElementNS(cell.namespaceURI, name);
    if (asDay) {
      const value = part("v");
      value.textContent = String(Date.parse(text) / DAY + BEFORE_1970);
      return cell.replaceChildren(value);
    }
    const [inside, said] = [part("is"), part("t")];
    said.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
    said.textContent = written(text);
    inside.append(said);
    cell.setAttribute("t", "inlineStr");
    cell.replaceChildren(inside);
  }

  get text() {
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${new XMLSerializer().serializeToString(this.document.documentElement)}`;
  }
}

/** What the cells of a criterion say, by column. @param {AnswerRecord} record @param {string[]} answers */
function cellsOf(record, answers) {
  const { answer, reason, note, target, evidence, plan } = readAnswer(record);
  return {
    answer: answers[ANSWERS.indexOf(answer)] ?? "",
    note: answer === "not_applicable" ? reasonedNote({ reason, note }) : note,
    place: evidence.map(evidenceLine).join("\n"),
    target: target === null ? "" : answers[target],
    what: plan.what,
    who: plan.who,
    due: plan.due,
  };
}

/** A place of the workbook: its sheet and the cell in a row. @param {Area | undefined} area @param {number} [row] */
const placeOf = (area, row = area?.row) => (area ? `${columnLetters(area.column)}${row}` : "");

/**
 * The area that is printed of the plan, with as many rows as it has.
 *
 * @param {string} text of the part that names places
 * @param {string} sheet
 * @param {number} rows
 */
const printed = (text, sheet, rows) =>
  text.replace(/(<definedName name="_xlnm\.Print_Area"[^>]*>)([^<]*)/g, (whole, open, place) => {
    const own = place.startsWith(`${sheet}!`) || place.startsWith(`'${sheet}'!`);
    return own ? open + place.replace(/\d+$/, String(rows + 1)) : whole;
  });

/**
 * Fills a blank workbook with the answers of an assessment.
 *
 * @param {string} blank in base 64
 * @param {Assessment} assessment
 * @param {Checklist[]} checklists
 * @param {WorkbookWords} words
 */
export async function fillWorkbook(blank, assessment, checklists, words) {
  const { buffer } = bytesOf(blank);
  const { spreadsheet } = await readSpreadsheet(new Blob([buffer]));
  if (!spreadsheet) throw new Error("the site's own workbook cannot be read");
  const { sheets, names } = spreadsheet;
  const texts = new Map(
    await Promise.all(filesInZip(buffer).map(async (one) => /** @type {const} */ ([one.name ?? "", await one.text()]))),
  );
  const filled = new Map(sheets.map(({ name, part }) => [name, new FilledSheet(texts.get(part) ?? "")]));
  const about = { municipality: assessment.title, round: assessment.round, date: assessment.updated.slice(0, 10) };
  for (const [key, text] of Object.entries(about)) {
    const area = names.get(markOf("", key));
    filled.get(area?.sheet ?? "")?.put(placeOf(area), text, key === "date");
  }
  for (const checklist of checklists) {
    const ids = names.get(markOf(checklist.id, "id"));
    const rows = sheets.find(({ name }) => name === ids?.sheet)?.rows ?? new Map();
    const records = recordsOf(checklist, assessment);
    for (const [row, cells] of rows) {
      const record = records[cells.get(ids?.column ?? 0)?.text ?? ""];
      for (const [key, text] of Object.entries(record ? cellsOf(record, words.answers) : {})) {
        const area = names.get(markOf(checklist.id, key));
        filled.get(area?.sheet ?? "")?.put(placeOf(area, row), text, key === "due");
      }
    }
  }
  for (const { name, part } of sheets) texts.set(part, filled.get(name)?.text ?? "");
  const plan = names.get(markOf("", "plan"))?.sheet ?? "";
  const gaps = Math.max(1, gapsOf(checklists, assessment).length);
  texts.set(WORKBOOK, printed(texts.get(WORKBOOK) ?? "", plan, gaps));
  return zip(Array.from(texts));
}
