/* Says what became of each cell of a filled workbook: taken, read in another way, not understood. */

import { element, table } from "../core/elements.js";
import { fill, plural } from "../core/format.js";

/** @typedef {import("./score_text.js").ScoreText} ScoreText */
/** @typedef {import("./workbook_reading.js").Report} Report */
/** @typedef {import("./workbook_reading.js").Told} Told */

/** @param {Told} told @param {ScoreText} say */
function readText({ column, value }, say) {
  if (column === "answer" || column === "target") return say.answerText(value);
  return column === "due" || column === "date" ? say.format.dayText(String(value)) : String(value);
}

/**
 * Says what became of each cell, as a row of the preview: what was not understood stands open and first.
 *
 * @param {Report} report
 * @param {WorkbookWords} own
 * @param {ScoreText} say
 */
export function reportOf(report, own, say) {
  const { words, columns, about } = own;
  /** @type {Record<string, string>} */
  const names = { ...columns, ...about };
  /** @param {keyof Report} kind @param {string} last @param {(told: Told) => string} lastOf @param {boolean} open */
  const part = (kind, last, lastOf, open) => {
    const found = report[kind];
    if (!found.length) return [];
    const rows = found.map((told) => [
      `${told.sheet} · ${told.cell}`,
      [told.criterion, names[told.column]].filter(Boolean).join(" · "),
      told.said,
      ...(last ? [lastOf(told)] : []),
    ]);
    const titles = [words.cell, words.about, words.said, ...(last ? [last] : [])];
    const title = plural(words, kind, found.length);
    const fold = element("details", { open }, element("summary", { textContent: title }));
    fold.append(table("lines", title, titles, rows));
    return [fold];
  };
  const all = report.taken.length + report.changed.length + report.refused.length;
  // A row of the preview that takes all of its columns.
  const made = element(
    "dd",
    { className: "cells-report" },
    element("p", { textContent: `${plural(words, "filled", all)} ${words.empty_cells}` }),
    ...part("refused", words.why, ({ why }) => words.reasons[why ?? ""], true),
    ...part("changed", words.read, (told) => readText(told, say), true),
    ...part("taken", "", () => "", false),
  );
  made.style.gridColumn = "1 / -1";
  const rows = document.createDocumentFragment();
  rows.append(element("dt", { textContent: words.title }), made);
  return rows;
}

/**
 * Says in a sentence what is wrong with a file.
 *
 * @param {string} problem
 * @param {string} name
 * @param {WorkbookWords} own
 */
export const problemText = (problem, name, { words }) => fill(words.problems[problem], { name });
