/*
 * Joins what several areas answered into one assessment, and tells where each criterion stands. Pure: no page, no
 * storage, no words.
 */

import { mergeAssessments } from "../assessment/assessment_store.js";
import { isAnswer } from "../assessment/score.js";
import { differs, isAgreed, voiced, voicesOf } from "../assessment/voices.js";
import { isObject } from "../core/documents.js";

/** @typedef {"open" | "agreed" | "alike" | "alone"} Standing */
/** @typedef {{key: string, name: string, assessment: Assessment}} Given what an area gave in */

/**
 * Puts what areas gave in into an assessment. In whatever order and company they come, it ends the same.
 *
 * @param {Assessment} into
 * @param {Given[]} given
 * @param {string} named when the areas got their names
 */
export function joinInto(into, given, named = "") {
  for (const { key, name, assessment } of given) {
    const { kind, format, id, updated, areas, checklists } = voiced(key, name, structuredClone(assessment), named);
    // Its name and when it was saved to a file are its own.
    const part = { kind, format, id, updated, areas, checklists, title: "", round: "", created: "", described: "" };
    mergeAssessments(into, /** @type {Assessment} */ (part));
  }
  return into;
}

/**
 * Returns the areas that answered, by the answer they gave.
 *
 * @param {AnswerRecord} record
 * @returns {Map<Answer, string[]>}
 */
export function areasByAnswer(record) {
  /** @type {Map<Answer, string[]>} */
  const found = new Map();
  for (const [area, { answer }] of voicesOf(record)) {
    if (isAnswer(answer)) found.set(answer, [...(found.get(answer) || []), area]);
  }
  return found;
}

/** Lists the areas that answered something else after it was agreed. @param {AnswerRecord} record */
export function lateAreas(record) {
  if (!isAgreed(record) || !Array.isArray(record.heard)) return [];
  const heard = new Set(record.heard);
  return Array.from(voicesOf(record))
    .filter(([area, { answer }]) => isAnswer(answer) && !heard.has(area) && answer !== record.answer)
    .map(([area]) => area);
}

/**
 * Tells where a criterion stands among the areas, or null where none answered it.
 *
 * @param {AnswerRecord} record
 * @returns {Standing | null}
 */
export function standingOf(record) {
  const count = Array.from(areasByAnswer(record).values()).flat().length;
  if (!count) return null;
  if (isAgreed(record)) return lateAreas(record).length ? "open" : "agreed";
  if (differs(record)) return "open";
  return count > 1 ? "alike" : "alone";
}

/** A record whose answer is not what voices settle by themselves. @param {AnswerRecord} record @param {unknown} settled */
function chosen(record, settled) {
  if (!isObject(settled)) return record;
  const { answer: _, answered: __, version: ___, reason: ____, ...others } = settled;
  return { ...record, settled: others };
}

/**
 * Returns a record in which an answer is agreed on, with its reason.
 *
 * @param {AnswerRecord} record
 * @param {{answer: Answer, reason: string, version: number, answered: string}} agreed
 * @returns {AnswerRecord}
 */
export const agreedRecord = ({ settled, ...record }, { answer, reason, version, answered }) => ({
  ...chosen(record, settled),
  answer,
  version,
  answered,
  [answer === "not_applicable" ? "reason" : "note"]: reason,
  heard: Array.from(voicesOf(record).keys()).sort(),
});
