/*
 * Lays the answers of a workbook over those in use. Pure. A workbook says less of a criterion than the site keeps
 * (no confidence, one text for all evidence), and a cell that was left empty says nothing: so what it does not say
 * stays.
 */

import { isObject } from "../core/documents.js";
import { contentOf, readAnswer, readEvidence } from "./answer.js";

/** @typedef {import("./answer.js").Evidence} Evidence */

/** Says a piece of evidence on one line, as a workbook has it. @param {Evidence} evidence */
export const evidenceLine = ({ title, place, date, link }) =>
  [title, place, date, link]
    .map((one) => one.replace(/\s*\n\s*/g, " "))
    .filter(Boolean)
    .join(", ");

/**
 * Says what is noted where a criterion does not apply: why, and what else.
 *
 * @param {{reason: string, note: string}} said
 */
export const reasonedNote = ({ reason, note }) =>
  [reason.replace(/\n\s*\n/g, "\n").trim(), note].filter(Boolean).join("\n\n");

/** All evidence that is kept, and what a workbook adds. @param {AnswerRecord} mine @param {AnswerRecord} theirs */
function evidenceOf(mine, theirs) {
  const kept = Array.isArray(mine.evidence) ? mine.evidence : [];
  const known = new Set(readEvidence(mine).flatMap((one) => [evidenceLine(one), one.place]));
  const added = readEvidence(theirs).filter(({ place }) => !known.has(place));
  return [...kept, ...added.map(({ place }) => ({ place }))];
}

/** @param {AnswerRecord} mine @param {AnswerRecord} theirs @returns {AnswerRecord} */
function laid(mine, theirs) {
  /** @type {AnswerRecord} */
  const made = { ...mine, ...theirs };
  if (theirs.evidence) made.evidence = evidenceOf(mine, theirs);
  if (isObject(mine.plan) && isObject(theirs.plan)) made.plan = { ...mine.plan, ...theirs.plan };
  // Why it does not apply and what is noted share a cell, and are not always told apart.
  if (theirs.answer === "not_applicable" && reasonedNote(readAnswer(mine)) === reasonedNote(readAnswer(theirs))) {
    for (const key of ["reason", "note"]) {
      if (key in mine) made[key] = mine[key];
      else delete made[key];
    }
  }
  return contentOf(made) === contentOf(mine) ? mine : made;
}

/**
 * Returns what a workbook says, completed with what is kept of the same criteria.
 *
 * @param {Assessment} mine
 * @param {Assessment} theirs
 * @returns {Assessment}
 */
export function layOver(mine, theirs) {
  const made = structuredClone(theirs);
  for (const [id, { criteria }] of Object.entries(made.checklists)) {
    const own = mine.checklists[id]?.criteria ?? {};
    for (const [criterion, record] of Object.entries(criteria)) {
      if (own[criterion]) criteria[criterion] = structuredClone(laid(own[criterion], record));
    }
  }
  return made;
}
