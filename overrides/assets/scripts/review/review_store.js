/*
 * Keeps a review as its reviewer makes it (see planner_storage.js): a document of kind "abc-review" that holds the
 * answers as they were given in, and beside them what is marked, so that nothing of the answers is changed by it.
 *
 *   {items: {"answers": {assessment}, "signed.name" | "signed.office" | "signed.date": {text},
 *     "mark.<criterion>": {mark, note, seen}}}
 *
 * What the owner takes over is the review (assessment/reviews.js), not the answers.
 */

import { isObject } from "../core/documents.js";
import { parseAssessment } from "../assessment/assessment_store.js";
import { isMark, readSigned, reviewsIn, seenOf } from "../assessment/reviews.js";
import { parsePlan, text } from "../planners/planner_storage.js";

/** The kind of document. */
export const KIND = "review";
const MARK = "mark.";

/** @typedef {Pick<PlannerDocument, "items">} Held */

/** @type {WeakMap<object, Assessment | null>} Read once: they are long, and asked for with every mark. */
const read = new WeakMap();

/** Returns the answers that are reviewed, or null. @param {Held} document */
export function answersIn({ items: { answers } }) {
  const found = answers?.assessment;
  if (!isObject(found)) return null;
  if (!read.has(found)) read.set(found, parseAssessment(JSON.stringify(found)).document ?? null);
  return read.get(found) ?? null;
}

/** Returns what a review begins with. @param {Assessment} assessment @returns {Record<string, PlannerItem>} */
export const itemsOfAnswers = (assessment) => ({ answers: { assessment, updated: new Date().toISOString() } });

/** @param {Held} document @param {string} name */
const signedText = ({ items }, name) => text(items[`signed.${name}`]?.text).trim();

/** Returns who reviews, and when. @param {Held} document */
export const signedIn = (document) =>
  readSigned({
    name: signedText(document, "name"),
    office: signedText(document, "office"),
    date: signedText(document, "date"),
  });

/** Returns the key of the item of a mark. @param {string} criterion */
export const keyOfMark = (criterion) => MARK + criterion;

/**
 * Returns what is to be kept beside the answers.
 *
 * @param {PlannerDocument} document
 */
export function reviewOf(document) {
  const found = Object.entries(document.items).flatMap(([key, { mark, note, seen, updated }]) => {
    if (!key.startsWith(MARK)) return [];
    const kept = { mark: isMark(mark) ? mark : "", note: text(note), seen: seenOf(seen), updated };
    return [[key.slice(MARK.length), kept]];
  });
  return { ...signedIn(document), updated: document.updated, marks: Object.fromEntries(found), replies: {} };
}

/** Reads what is to be kept beside the answers as their assessment will have it. @param {PlannerDocument} document */
export const readReview = (document) => reviewsIn({ reviews: { [document.id]: reviewOf(document) } })[0];

/** Counts the marks that nobody can read. @param {Held} document */
export const unreadIn = ({ items }) =>
  Object.entries(items).filter(([key, { mark }]) => key.startsWith(MARK) && mark !== undefined && !isMark(mark)).length;

/** Reads the review in the text of a file. @param {string} found */
export const parseReview = (found) => parsePlan(KIND, found);
