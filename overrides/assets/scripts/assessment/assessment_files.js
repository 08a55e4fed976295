/* Writes assessments as files, reads them, and tells how two differ. Pure: no page, no storage, no words. */

import { readFile } from "../core/files.js";
import { contentOf, holdsAnything } from "./answer.js";
import { parseAssessment } from "./assessment_store.js";

const KIND = "abc-assessment";

/**
 * @typedef {object} Difference a record that is not there is {}
 * @property {string} checklist
 * @property {number | undefined} version
 * @property {string} criterion
 * @property {AnswerRecord} mine
 * @property {AnswerRecord} theirs
 */

/** @typedef {{same: number, onlyMine: number, onlyTheirs: Difference[], different: Difference[]}} Comparison */

/** Writes the text of the file of an assessment. @param {Assessment} assessment */
export const assessmentText = (assessment) => `${JSON.stringify({ ...assessment, kind: KIND }, null, 2)}\n`;

/**
 * Reads the assessment in a file: one saved as such, or a document of this site with its data.
 *
 * @param {import("../core/files.js").FileLike} file
 */
export const readAssessmentFile = (file) => readFile(file, KIND, parseAssessment);

/**
 * The records of an assessment that hold something, as [checklist, criterion, record].
 *
 * @param {Assessment} assessment
 * @returns {Generator<[string, string, AnswerRecord]>}
 */
function* records(assessment) {
  for (const [checklist, { criteria }] of Object.entries(assessment.checklists)) {
    for (const [criterion, record] of Object.entries(criteria)) {
      if (holdsAnything(record)) yield [checklist, criterion, record];
    }
  }
}

/**
 * Tells how a file's assessment differs from the one in use.
 *
 * @param {Assessment} mine
 * @param {Assessment} theirs
 */
export function compareAssessments(mine, theirs) {
  /** @type {Comparison} */
  const found = { same: 0, onlyMine: 0, onlyTheirs: [], different: [] };
  for (const [checklist, criterion, record] of records(theirs)) {
    const own = mine.checklists[checklist]?.criteria[criterion] || {};
    const item = { checklist, version: theirs.checklists[checklist].version, criterion, mine: own, theirs: record };
    if (contentOf(own) === "[]") found.onlyTheirs.push(item);
    else if (contentOf(own) === contentOf(record)) found.same += 1;
    else found.different.push(item);
  }
  for (const [checklist, criterion] of records(mine)) {
    const other = theirs.checklists[checklist]?.criteria[criterion] || {};
    if (contentOf(other) === "[]") found.onlyMine += 1;
  }
  return found;
}
