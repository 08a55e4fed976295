/*
 * Reads what is kept of one criterion besides its answer, and tells what changed in a checklist since it was
 * answered. Pure: no page, no storage, no words. Records come from strangers' files: nothing in them is trusted to
 * have the right shape.
 *
 *   {answer, reason, note, confidence, target, evidence: [{title, place, date, until, link}],
 *    plan: {what, who, due}, version, answered, updated}
 *
 * `confidence` is "sure" or "estimated"; `target` a level; dates are YYYY-MM-DD; `version` is the
 * checklist's when it was answered, `answered` the time (older records have only `updated`, the time
 * of their last change).
 */

import { isAnswer, isLevel } from "./score.js";

/** @typedef {{title: string, place: string, date: string, until: string, link: string}} Evidence
 * `until`: the last day it holds */
/** @typedef {{what: string, who: string, due: string}} Plan */

const MOST_EVIDENCE = 50;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
// What says when and under which checklist something was kept, not what was kept.
const BOOKKEEPING = ["answered", "updated", "version", "settled", "heard"];

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");
/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** Tells whether a value is a date, YYYY-MM-DD. @param {unknown} value @returns {value is string} */
export const isDate = (value) => typeof value === "string" && DATE.test(value) && !Number.isNaN(Date.parse(value));

/** Returns a web address that may be followed, or "". @param {unknown} value */
export function readLink(value) {
  try {
    const url = new URL(text(value));
    return ["http:", "https:"].includes(url.protocol) ? url.href : "";
  } catch {
    return "";
  }
}

/**
 * Reads the evidence of a record: items with something in them, all five texts.
 *
 * @param {AnswerRecord} record
 * @returns {Evidence[]}
 */
export const readEvidence = ({ evidence }) =>
  (Array.isArray(evidence) ? evidence : [])
    .filter(isObject)
    .slice(0, MOST_EVIDENCE)
    .map((one) => ({
      title: text(one.title),
      place: text(one.place),
      date: isDate(one.date) ? one.date : "",
      until: isDate(one.until) ? one.until : "",
      link: readLink(one.link),
    }))
    .filter((one) => Object.values(one).some(Boolean));

/**
 * Reads the plan of a record: what, who and due, "" where nothing is said.
 *
 * @param {AnswerRecord} record
 * @returns {Plan}
 */
export function readPlan({ plan }) {
  const { what, who, due } = isObject(plan) ? plan : {};
  return { what: text(what), who: text(who), due: isDate(due) ? due : "" };
}

/** @typedef {ReturnType<typeof readAnswer>} ReadAnswer */

/** Reads everything that a page shows of a record. @param {AnswerRecord} record */
export const readAnswer = (record) => ({
  answer: isAnswer(record.answer) ? record.answer : undefined,
  reason: text(record.reason),
  note: text(record.note),
  confidence: ["sure", "estimated"].includes(text(record.confidence)) ? text(record.confidence) : "",
  target: isLevel(record.target) ? record.target : null,
  evidence: readEvidence(record),
  plan: readPlan(record),
});

/** Tells whether a plan says anything. @param {Plan} plan */
export const isPlanned = ({ what, who, due }) => Boolean(what || who || due);

/**
 * Tells whether a record holds anything a person would miss; voices (voices.js) where one of them does.
 *
 * @param {AnswerRecord} record
 * @returns {boolean}
 */
export const holdsAnything = ({ voices, ...record }) =>
  Object.keys(record).some((key) => !BOOKKEEPING.includes(key)) ||
  (isObject(voices) && Object.values(voices).some((one) => isObject(one) && holdsAnything(one)));

/**
 * Tells whether an assessment holds anything a person would miss: answers, or what reviewers said of them.
 *
 * @param {Pick<Assessment, "checklists" | "reviews">} assessment
 */
export const hasAnswers = ({ checklists, reviews }) =>
  Object.values(checklists).some((one) => Object.values(one.criteria).some(holdsAnything)) ||
  Object.keys(reviews ?? {}).length > 0;

/**
 * Returns what a record says, without when it was kept and in one order, to tell whether two say the same.
 *
 * @param {AnswerRecord} record
 */
export const contentOf = (record) =>
  JSON.stringify(
    Object.entries(record)
      .filter(([key]) => !BOOKKEEPING.includes(key))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** @typedef {{added: string[], reworded: string[], meaning: string[], retired: string[]}} Changes criterion ids */

/**
 * Returns what changed in a checklist after a version of it.
 *
 * @param {Pick<Checklist, "changes">} checklist
 * @param {number} version
 * @returns {Changes}
 */
export function changesSince({ changes }, version) {
  const later = changes.filter((one) => one.version > version);
  /** @param {keyof Changes} name */
  const all = (name) => Array.from(new Set(later.flatMap((one) => one[name] || [])));
  const retired = all("retired");
  /** @param {keyof Changes} name */
  const standing = (name) => all(name).filter((id) => !retired.includes(id));
  const added = standing("added");
  const meaning = standing("meaning").filter((id) => !added.includes(id));
  const reworded = standing("reworded").filter((id) => !added.includes(id) && !meaning.includes(id));
  return { added, reworded, meaning, retired };
}

/**
 * Tells whether a criterion asks something else now than when it was answered.
 *
 * @param {Pick<Checklist, "changes">} checklist
 * @param {string} id
 * @param {AnswerRecord} record
 */
export const needsReview = (checklist, id, { answer, version }) =>
  isAnswer(answer) &&
  typeof version === "number" &&
  Number.isInteger(version) &&
  changesSince(checklist, version).meaning.includes(id);

/** A day where the person is, as YYYY-MM-DD. @param {Date} date */
const dayOf = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

/** Returns the day `add` days from now. */
export const today = (add = 0) => {
  const now = new Date();
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + add));
};

/**
 * When the answer to a criterion of yearly review is a year old, or "".
 *
 * @param {Pick<Criterion, "review">} criterion
 * @param {AnswerRecord} record
 */
function reviewDay({ review }, { answer, answered, updated }) {
  if (review !== "annual" || !isAnswer(answer)) return "";
  const stamp = [answered, updated].find((one) => !Number.isNaN(Date.parse(text(one))));
  const date = new Date(text(stamp));
  date.setFullYear(date.getFullYear() + 1);
  const day = dayOf(date);
  return isDate(day) ? day : "";
}

/**
 * Tells whether the day of a yearly review is over: the level stands, but is to be looked at again.
 *
 * @param {Pick<Criterion, "review">} criterion
 * @param {AnswerRecord} record
 */
export const isOld = (criterion, record) => {
  const day = reviewDay(criterion, record);
  return day !== "" && day < today();
};

/** @typedef {{checklist: Checklist, criterion: Criterion, record: AnswerRecord, day: string, old: boolean}} Review */

/**
 * Lists the yearly reviews of an assessment, the earliest first.
 *
 * @param {Checklist[]} checklists
 * @param {Pick<Assessment, "checklists">} assessment
 * @returns {Review[]}
 */
export const reviewsOf = (checklists, assessment) =>
  checklists
    .flatMap((checklist) =>
      checklist.criteria.map((criterion) => {
        const record = assessment.checklists[checklist.id]?.criteria[criterion.id] || {};
        return { checklist, criterion, record, day: reviewDay(criterion, record), old: isOld(criterion, record) };
      }),
    )
    .filter(({ day }) => day !== "")
    .sort((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day)));

/** @typedef {{checklist: Checklist, criterion: Criterion, record: AnswerRecord, evidence: Evidence, place: number}} Ending
 * `place`: which of the record's it is */

/**
 * Lists the evidence of an assessment that holds until a day, the earliest first.
 *
 * @param {Checklist[]} checklists
 * @param {Pick<Assessment, "checklists">} assessment
 * @returns {Ending[]}
 */
export const endingsOf = (checklists, assessment) =>
  checklists
    .flatMap((checklist) =>
      checklist.criteria.flatMap((criterion) => {
        const record = assessment.checklists[checklist.id]?.criteria[criterion.id] || {};
        return readEvidence(record).map((evidence, place) => ({ checklist, criterion, record, evidence, place }));
      }),
    )
    .filter(({ evidence }) => evidence.until !== "")
    .sort((one, other) => one.evidence.until.localeCompare(other.evidence.until));

/**
 * Returns the day to look at an assessment again: the next yearly review, or a year after its last change or today.
 *
 * @param {Review[]} found
 * @param {Pick<Assessment, "updated">} assessment
 */
export function nextReview(found, { updated }) {
  const next = found.find(({ old }) => !old);
  if (next) return next.day;
  /** @param {string} stamp */
  const yearAfter = (stamp) => reviewDay({ review: "annual" }, { answer: 0, answered: stamp, updated: stamp });
  const day = yearAfter(updated);
  return day >= today() ? day : yearAfter(new Date().toISOString());
}
