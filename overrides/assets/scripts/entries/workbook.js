/* Hands pages what reads a filled workbook and fills one: loaded when one is opened or asked for. */

import { pageLanguage } from "../core/browser.js";
import { findAll } from "../core/elements.js";
import { abc } from "../core/global.js";
import { readSpreadsheet } from "../core/spreadsheet_reader.js";
import { loadOnce } from "../core/load_once.js";
import { loadInstrument, say } from "../assessment/instrument.js";
import { fillWorkbook } from "../assessment/workbook_filling.js";
import { layOver } from "../assessment/workbook_laying.js";
import { readWorkbook } from "../assessment/workbook_reading.js";
import { problemText, reportOf } from "../assessment/workbook_report.js";

/** The words of a language's workbook. @param {string} code */
async function wordsOf(code) {
  await loadOnce(`assets/workbook/${code}.js`);
  const found = abc.workbooks?.[code];
  if (!found) throw new Error(`assets/workbook/${code}.js brought no words`);
  return found;
}

/** A workbook may be in any language of the site. */
async function allWords() {
  const codes = new Set([pageLanguage, ...findAll(document, "a[data-language]").map(({ lang }) => lang)]);
  return Promise.all(Array.from(codes, wordsOf));
}

/** @param {File} file @param {Assessment} mine @returns {Promise<OpenedWorkbook>} */
async function open(file, mine) {
  const { checklists } = await loadInstrument();
  const languages = await allWords();
  const [own] = languages;
  const { spreadsheet, problem } = await readSpreadsheet(file);
  const found = spreadsheet && readWorkbook(spreadsheet, checklists, languages, file.lastModified);
  const filled = found && Object.values(found.report).some((one) => one.length);
  const wrong = problem ?? (found ? !filled && "empty" : "not_ours");
  if (wrong || !found) return { problem: wrong || "not_ours", sentence: problemText(wrong || "", file.name, own) };
  const document = found.assessment;
  return { document, compared: layOver(mine, document), report: reportOf(found.report, own, say) };
}

/** @param {Assessment} assessment @param {Instrument} instrument @param {string} code */
async function fill(assessment, { checklists }, code) {
  const words = await wordsOf(code);
  await loadOnce(`assets/workbook/${code}-file.js`);
  return fillWorkbook(abc.workbookFiles?.[code] ?? "", assessment, checklists, words);
}

abc.workbook = { open, fill };
