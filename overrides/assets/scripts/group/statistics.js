/*
 * Adds up what a group answered, criterion by criterion and list by list. Pure: no page, no storage, no words. What
 * an answer is worth, a gap and a score are those of score.js: a group has no formula of its own.
 */

import { answersOf, flagOf, gapsOf, isAnswer, isLevel, scoresOf, valueOf } from "../assessment/score.js";

/** @typedef {import("../assessment/score.js").Scores} Scores */

// The furthest apart that a group can be: half at one end of the scale, half at the other.
const FURTHEST = 1.5;
// Answers that are not a level, in the order in which they are shown.
export const OTHERS = /** @type {const} */ (["no_information", "not_applicable", "unanswered"]);

/**
 * @typedef {object} Member whose answers a file holds
 * @property {number} number by which the person is called where names are hidden
 * @property {Assessment} assessment
 * @property {Map<string, Answer>} answers by criterion
 * @property {Scores} scores
 */

/**
 * @typedef {object} Counts how many gave each answer to a criterion
 * @property {number[]} levels
 * @property {Record<typeof OTHERS[number], number>} others
 * @property {number} valued how many answers count in a score
 * @property {number | null} mean of those, from 0 to 3
 * @property {number | null} spread from 0, where all say the same, to 1; null for fewer than two
 * @property {number} flagged how many are flagged for the law
 */

/** @typedef {{checklist: Checklist, criterion: Criterion, counts: Counts}} Row */

/**
 * @typedef {object} CommonGap
 * @property {Checklist} checklist
 * @property {Criterion} criterion
 * @property {number} people how many are below their target
 * @property {number} of how many answered
 * @property {number} size what the gaps of all are worth together
 * @property {number} flagged
 */

/**
 * Returns what a group looks at of an assessment.
 *
 * @param {number} number
 * @param {Assessment} assessment
 * @param {Checklist[]} checklists
 * @returns {Member}
 */
export const memberOf = (number, assessment, checklists) => ({
  number,
  assessment,
  answers: new Map(checklists.flatMap((one) => Array.from(answersOf(one, assessment)))),
  scores: scoresOf(checklists, assessment),
});

/**
 * Tells how far apart values from 0 to 3 are: their standard deviation, as a part of the greatest there can be.
 *
 * @param {number[]} values
 */
export function spreadOf(values) {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return Math.sqrt(squares / values.length) / FURTHEST;
}

/**
 * Counts how many gave each answer to a criterion, and what those come to.
 *
 * @param {Pick<Criterion, "id" | "critical">} criterion
 * @param {Pick<Member, "answers">[]} members
 * @returns {Counts}
 */
export function countsOf(criterion, members) {
  const levels = [0, 0, 0, 0];
  const others = { no_information: 0, not_applicable: 0, unanswered: 0 };
  /** @type {number[]} */
  const values = [];
  let flagged = 0;
  for (const { answers } of members) {
    const answer = answers.get(criterion.id);
    const value = valueOf(answer);
    if (isLevel(answer)) levels[answer] += 1;
    else others[isAnswer(answer) ? /** @type {"no_information" | "not_applicable"} */ (answer) : "unanswered"] += 1;
    if (value !== null) values.push(value);
    if (flagOf(criterion, answer)) flagged += 1;
  }
  const mean = values.length ? values.reduce((sum, one) => sum + one, 0) / values.length : null;
  return { levels, others, valued: values.length, mean, spread: spreadOf(values), flagged };
}

/**
 * Returns every criterion with the answers of all.
 *
 * @param {Checklist[]} checklists
 * @param {Pick<Member, "answers">[]} members
 * @returns {Row[]}
 */
export const rowsOf = (checklists, members) =>
  checklists.flatMap((checklist) =>
    checklist.criteria.map((criterion) => ({ checklist, criterion, counts: countsOf(criterion, members) })),
  );

/**
 * Lists the gaps of all, the one that is worth most to the group first; among equals, as in the files.
 *
 * @param {Checklist[]} checklists
 * @param {Member[]} members
 * @returns {CommonGap[]}
 */
export function commonGaps(checklists, members) {
  /** @type {Map<string, CommonGap>} */
  const found = new Map();
  for (const { checklist, criterion, counts } of rowsOf(checklists, members)) {
    const { valued, flagged } = counts;
    found.set(criterion.id, { checklist, criterion, people: 0, of: valued, size: 0, flagged });
  }
  for (const { assessment } of members) {
    for (const { criterion, size } of gapsOf(checklists, assessment)) {
      const gap = found.get(criterion.id);
      if (!gap) continue;
      gap.people += 1;
      gap.size += size;
    }
  }
  return Array.from(found.values())
    .filter(({ people }) => people > 0)
    .sort((one, other) => other.size - one.size);
}

/** Lists where a group is apart, the furthest first. @param {Row[]} rows */
export const widest = (rows) =>
  rows
    .filter(({ counts }) => counts.spread !== null && counts.spread > 0)
    .sort((one, other) => (other.counts.spread ?? 0) - (one.counts.spread ?? 0));

/** Returns the middle of some numbers, or null where there are none. @param {number[]} values */
export function median(values) {
  if (!values.length) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
