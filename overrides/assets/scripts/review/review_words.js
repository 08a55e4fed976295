/* Says how much a review marked each way, and what changed since. Pure. */

import { fill, plural } from "../core/format.js";
import { MARKS } from "../assessment/reviews.js";

/** @typedef {import("../assessment/reviews.js").Counts} Counts */

/** A sign for each mark, beside its word: seen where colours are not. */
export const SIGNS = { supported: "✓", missing: "?", unsupported: "✗" };

/**
 * Says how much was marked each way, and how much nobody looked at.
 *
 * @param {InstrumentWords} words
 * @param {Counts} counts
 */
export const countsText = ({ reviews }, counts) =>
  [...MARKS, /** @type {const} */ ("unseen")].map((name) => plural(reviews.counts, name, counts[name])).join(" · ");

/**
 * Says what changed of an answer after it was marked.
 *
 * @param {InstrumentWords} words
 * @param {import("../assessment/score_text.js").ScoreText} say
 * @param {import("../assessment/reviews.js").Seen} seen
 * @param {AnswerRecord} record
 */
export const changedText = ({ reviews }, say, seen, record) =>
  seen.answer === record.answer
    ? reviews.other_papers
    : fill(reviews.other_answer, { answer: say.answerText(seen.answer) });
