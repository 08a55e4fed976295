/*
 * Reads and joins what reviewers said of the answers of an assessment, kept beside the answers and never in them.
 * Pure: no page, no storage, no words. Nothing in it is trusted to have the right shape.
 *
 *   reviews: {<review>: {name, office, date, updated,
 *     marks: {<criterion>: {mark, note, seen: {answer, reason, note, evidence}, updated}},
 *     replies: {<criterion>: {text, updated}}}}
 *
 * A mark is "supported", "missing" (evidence) or "unsupported"; `seen` is what the answer said when it was made. The
 * owner of the answers writes `replies`. A review that was taken away leaves {gone: true, updated}.
 */

import { isObject, newer } from "../core/documents.js";
import { isDate, readAnswer } from "./answer.js";
import { isAnswer } from "./score.js";
import { entriesOf } from "./voices.js";

/** The marks, the best first. */
export const MARKS = /** @type {const} */ (["supported", "missing", "unsupported"]);
const MOST_LETTERS = 5000;

/** @typedef {typeof MARKS[number]} MarkName */
/** @typedef {Pick<import("./answer.js").ReadAnswer, "answer" | "reason" | "note" | "evidence">} Seen */
/** @typedef {{mark: MarkName | "", note: string, seen: Seen, reply: string}} Mark */
/** @typedef {{name: string, office: string, date: string}} Signed */
/** @typedef {Signed & {id: string, updated: string, marks: Map<string, Mark>}} Review */
/** @typedef {Record<MarkName | "unseen" | "changed", number>} Counts */

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value.slice(0, MOST_LETTERS) : "");
/** Tells whether a value is the name of a mark. @param {unknown} value @returns {value is MarkName} */
export const isMark = (value) => MARKS.some((one) => one === value);

/** Lists every record of reviews that says when it was changed. @param {unknown} reviews */
export const recordsOfReviews = (reviews) =>
  entriesOf(reviews).flatMap(([, review]) => [
    review,
    ...[review.marks, review.replies].flatMap((all) => entriesOf(all).map(([, one]) => one)),
  ]);

/** The newer of each record of two mappings. @param {unknown} one @param {unknown} other */
function joinEach(one, other) {
  const found = Object.fromEntries(entriesOf(one));
  for (const [key, record] of entriesOf(other)) found[key] = found[key] ? newer(found[key], record) : record;
  return found;
}

/**
 * Two copies of a review: who signs by the newer, of every mark and every reply the newer.
 *
 * @param {Record<string, unknown>} one
 * @param {Record<string, unknown>} other
 */
function joinReview({ marks, replies, ...one }, { marks: otherMarks, replies: otherReplies, ...other }) {
  const head = newer(one, other);
  if (head.gone === true) return head;
  return { ...head, marks: joinEach(marks, otherMarks), replies: joinEach(replies, otherReplies) };
}

/**
 * Joins two copies of the reviews of an assessment: all of both.
 *
 * @param {unknown} one
 * @param {unknown} other
 * @returns {Record<string, Record<string, unknown>>}
 */
export function joinReviews(one, other) {
  const found = Object.fromEntries(entriesOf(one));
  for (const [id, review] of entriesOf(other)) found[id] = found[id] ? joinReview(found[id], review) : review;
  return found;
}

/** Returns what a reviewer sees of a record. @param {unknown} record @returns {Seen} */
export function seenOf(record) {
  const { answer, reason, note, evidence } = readAnswer(isObject(record) ? record : {});
  return { answer, reason: answer === "not_applicable" ? reason : "", note, evidence };
}

/**
 * Tells whether an answer says something else than when it was marked.
 *
 * @param {Pick<Mark, "seen">} mark
 * @param {AnswerRecord} record
 */
export const isChanged = ({ seen }, record) => JSON.stringify(seen) !== JSON.stringify(seenOf(record));

/**
 * Reads who signed a review: name, office and day, "" where nothing is said.
 *
 * @param {Record<string, unknown>} one
 * @returns {Signed}
 */
export const readSigned = ({ name, office, date }) => ({
  name: text(name),
  office: text(office),
  date: isDate(date) ? date : "",
});

/**
 * Lists the reviews of an assessment, the earliest first.
 *
 * @param {Pick<Assessment, "reviews">} assessment
 * @returns {Review[]}
 */
export const reviewsIn = ({ reviews }) =>
  entriesOf(reviews)
    .filter(([, one]) => one.gone !== true)
    .map(([id, one]) => {
      const replies = new Map(entriesOf(one.replies));
      const marks = entriesOf(one.marks).flatMap(([criterion, { mark, note, seen }]) => {
        const found = { mark: isMark(mark) ? mark : "", note: text(note), seen: seenOf(seen) };
        const reply = text(replies.get(criterion)?.text);
        return found.mark || found.note ? [/** @type {[string, Mark]} */ ([criterion, { ...found, reply }])] : [];
      });
      return { id, ...readSigned(one), updated: text(one.updated), marks: new Map(marks) };
    })
    .sort((one, other) => one.date.localeCompare(other.date) || one.id.localeCompare(other.id));

/** @typedef {{id: string, criteria: {id: string}[]}} Asked a list and what it asks */

/** Returns the lists as answers know them, without their texts. @param {Pick<Assessment, "checklists">} assessment */
export const listsIn = ({ checklists }) =>
  Object.entries(checklists).map(([id, { criteria }]) => ({
    id,
    criteria: Object.keys(criteria).map((one) => ({ id: one })),
  }));

/**
 * Counts how many answers a review marked each way, how many it did not look at, and how many changed since.
 *
 * @param {Pick<Review, "marks">} review
 * @param {Asked[]} checklists
 * @param {Pick<Assessment, "checklists">} assessment
 */
export function countsOf({ marks }, checklists, assessment) {
  /** @type {Counts} */
  const counts = { supported: 0, missing: 0, unsupported: 0, unseen: 0, changed: 0 };
  for (const { id, criteria } of checklists) {
    for (const criterion of criteria) {
      const record = assessment.checklists[id]?.criteria[criterion.id] || {};
      const mark = marks.get(criterion.id);
      if (mark?.mark) {
        counts[mark.mark] += 1;
        counts.changed += Number(isChanged(mark, record));
      } else if (isAnswer(record.answer)) counts.unseen += 1;
    }
  }
  return counts;
}
