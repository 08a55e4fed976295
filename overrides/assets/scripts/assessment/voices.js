/*
 * Joins assessments that several areas of one government answered apart, without losing anything. Pure: no page, no
 * storage, no words.
 *
 * A joined assessment is one like any other, with two keys more, which a site that does not know them keeps:
 *
 *   areas: {<area>: {name, title, round, origin, updated, named}}      whose answers were joined
 *   …criteria: {<criterion>: {…record, voices: {<area>: <record>}, settled: {<field>: <value>}}}
 *
 * `voices` are the records as the areas gave them in. What all voices say alike is put into the record itself and
 * noted in `settled`: so it can be told from what a person wrote there, which nothing overwrites. A person who took
 * such a value away leaves null. `origin` is the id of the file's assessment; `named` when the area got its name.
 */

import { either, isObject, newer } from "../core/documents.js";
import { readEvidence } from "./answer.js";
import { isAnswer } from "./score.js";

/** @typedef {Record<string, AnswerRecord>} Voices */
/** @typedef {{name: string, title: string, round: string, origin: string, updated: string, named: string}} Area */

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/i;
const MOST_ID = 100;
const WITH_ANSWER = ["answered", "version", "reason"];

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");

/** A value as text, the same in whatever order its keys stand. @param {unknown} value */
const sorted = (value) =>
  JSON.stringify(value, (_, one) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );

/** Fourteen letters for a text; two texts rarely have the same (cyrb53). @param {string} value */
function digest(value) {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    one = Math.imul(one ^ unit, 2654435761);
    other = Math.imul(other ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & other) + (one >>> 0)).toString(16).padStart(14, "0");
}

/**
 * Returns what tells a file from others: two that began as one assessment and went apart have different keys, and
 * one that was saved twice has the same.
 *
 * @param {Assessment} assessment
 */
export const keyOf = ({ id, title, round, checklists }) => `${id}-${digest(sorted([title, round, checklists]))}`;

/**
 * Lists the entries of a mapping by ids, whoever wrote it.
 *
 * @param {unknown} mapping
 * @returns {[string, Record<string, unknown>][]}
 */
export const entriesOf = (mapping) =>
  Object.entries(isObject(mapping) ? mapping : {}).flatMap(([key, value]) =>
    ID.test(key) && key.length <= MOST_ID && isObject(value)
      ? [/** @type {[string, Record<string, unknown>]} */ ([key, value])]
      : [],
  );

/**
 * Returns whose answers were joined in an assessment, by key; none in one that a single person answered.
 *
 * @param {Pick<Assessment, "areas">} assessment
 * @returns {Map<string, Area>}
 */
export const areasOf = ({ areas }) =>
  new Map(
    entriesOf(areas).map(([key, found]) => {
      const fields = ["name", "title", "round", "origin", "updated", "named"].map((name) => [name, text(found[name])]);
      return [key, /** @type {Area} */ (Object.fromEntries(fields))];
    }),
  );

/**
 * Returns what each area said of a criterion, by the key of the area.
 *
 * @param {AnswerRecord} record
 * @returns {Map<string, AnswerRecord>}
 */
export const voicesOf = ({ voices }) => new Map(entriesOf(voices));

/* What voices come to */

/** The one value that all have, or undefined. @param {unknown[]} values */
function alike(values) {
  const texts = new Set(values.map(sorted));
  return texts.size === 1 ? values[0] : undefined;
}

/** The voices that answered. @param {AnswerRecord} record */
const answering = (record) =>
  Array.from(voicesOf(record))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, voice]) => voice)
    .filter(({ answer }) => isAnswer(answer));

/** Tells whether the areas that answered gave different answers. @param {AnswerRecord} record */
export const differs = (record) => new Set(answering(record).map(({ answer }) => answer)).size > 1;

/** Lists every piece of evidence that any of some records has, each once. @param {AnswerRecord[]} records */
export function allEvidence(records) {
  const found = new Map(records.flatMap(readEvidence).map((one) => [sorted(one), one]));
  return Array.from(found.values());
}

/**
 * What a record says where its voices say alike; all their evidence in any case.
 *
 * @param {AnswerRecord} record
 * @returns {AnswerRecord}
 */
function settledOf(record) {
  const voices = Array.from(voicesOf(record))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, voice]) => voice);
  const answers = answering(record);
  /** @type {AnswerRecord} */
  const found = {};
  const answer = alike(answers.map((one) => one.answer));
  if (answer !== undefined) {
    found.answer = answer;
    // The oldest answer is the first that has to be looked at again.
    const [answered] = answers.map((one) => text(one.answered) || text(one.updated)).sort();
    if (answered) found.answered = answered;
    const versions = answers.map((one) => one.version).filter((one) => typeof one === "number");
    if (versions.length) found.version = Math.min(...versions);
  }
  for (const name of ["reason", "confidence", "target", "plan"]) {
    const said = voices.map((one) => one[name]).filter((one) => one !== undefined && one !== "");
    const value = said.length ? alike(said) : undefined;
    if (value !== undefined) found[name] = value;
  }
  const evidence = allEvidence(voices);
  if (evidence.length) found.evidence = evidence;
  return found;
}

/** What a person wrote in a record of joined voices. @param {AnswerRecord} record @returns {AnswerRecord} */
function ownOf({ voices: _, settled, ...record }) {
  if (!isObject(settled)) return record;
  /** @type {AnswerRecord} */
  const own = { ...record };
  const answered = sorted(record.answer) !== sorted(settled.answer);
  for (const [name, value] of Object.entries(settled)) {
    // Whoever chose another answer chose what goes with it too, if it is the same.
    if (answered && WITH_ANSWER.includes(name) && name in own) continue;
    if (!(name in own)) own[name] = null;
    else if (sorted(own[name]) === sorted(value)) delete own[name];
  }
  return own;
}

/** Puts what voices say alike where a person wrote nothing. @param {AnswerRecord} own @param {Voices} voices */
function settle(own, voices) {
  /** @type {AnswerRecord} */
  const settled = {};
  for (const [name, value] of Object.entries(settledOf({ voices }))) {
    const chosen = name in own || ("answer" in own && WITH_ANSWER.includes(name));
    if (!chosen) settled[name] = value;
  }
  const held = Object.keys(settled).length ? { settled } : {};
  return /** @type {AnswerRecord} */ ({ ...settled, ...own, voices, ...held });
}

/**
 * Joins two copies of what is said of a criterion: all voices, the newer of each; of what persons wrote, the newer.
 *
 * @param {AnswerRecord} one
 * @param {AnswerRecord} other
 * @returns {AnswerRecord}
 */
export function joinRecords(one, other) {
  if (!isObject(one.voices) && !isObject(other.voices)) return newer(one, other);
  const voices = Object.fromEntries(voicesOf(one));
  for (const [key, voice] of voicesOf(other)) voices[key] = voices[key] ? newer(voices[key], voice) : voice;
  const joined = settle(newer(ownOf(one), ownOf(other)), voices);
  return sorted(joined) === sorted(one) ? one : joined;
}

/**
 * Joins two copies of whose answers were joined: all, each by the name given to it last.
 *
 * @param {unknown} one
 * @param {unknown} other
 */
export function joinAreas(one, other) {
  const found = Object.fromEntries(entriesOf(one));
  for (const [key, area] of entriesOf(other)) {
    const before = found[key];
    const [mine, theirs] = [text(before?.named), text(area.named)];
    found[key] = !before || theirs > mine ? area : mine > theirs ? before : either(before, area);
  }
  return found;
}

/**
 * Returns the voices of a record that a person changes: those taken away, and those brought back, are newer than
 * what another copy still has.
 *
 * @param {AnswerRecord} before
 * @param {AnswerRecord} record
 * @param {string} stamp
 * @returns {{voices?: Voices}}
 */
export function voicesNow(before, record, stamp) {
  const had = voicesOf(before);
  if (!had.size) return {};
  const voices = Object.fromEntries(voicesOf(record));
  for (const [key, voice] of had) {
    if (!voices[key]) voices[key] = { updated: stamp };
    else if (text(voice.updated) > text(voices[key].updated)) voices[key] = { ...voices[key], updated: stamp };
  }
  return { voices };
}

/**
 * Returns a record with the voices of another too.
 *
 * @param {AnswerRecord} record
 * @param {AnswerRecord} other
 */
export const withVoicesOf = (record, other) =>
  isObject(other.voices) ? joinRecords(record, { voices: other.voices }) : record;

/**
 * Returns what an area gave in, as an assessment of voices: nothing in it is said by the whole yet. One that was
 * joined before is taken as it is, with all its areas and what was agreed.
 *
 * @param {string} key
 * @param {string} name
 * @param {Assessment} assessment
 * @param {string} named when it got that name
 * @returns {Assessment}
 */
export function voiced(key, name, assessment, named = "") {
  if (areasOf(assessment).size) return assessment;
  const { id: origin, title, round, updated } = assessment;
  const checklists = Object.fromEntries(
    Object.entries(assessment.checklists).map(([id, { criteria, ...rest }]) => [
      id,
      {
        ...rest,
        criteria: Object.fromEntries(Object.entries(criteria).map(([one, record]) => [one, asVoice(key, record)])),
      },
    ]),
  );
  const areas = { [key]: { name, title, round, origin, updated, named } };
  return { ...assessment, areas, checklists };
}

/** @param {string} key @param {AnswerRecord} record */
const asVoice = (key, record) => settle({}, { [key]: record });

/** Tells whether a person chose the answer, not all voices alike. @param {AnswerRecord} record */
export const isAgreed = (record) => isAnswer(record.answer) && !("answer" in settledIn(record));

/** What of `settled` still stands as it was put. @param {AnswerRecord} record @returns {Record<string, unknown>} */
const settledIn = ({ settled, ...record }) =>
  isObject(settled)
    ? Object.fromEntries(Object.entries(settled).filter(([name, value]) => sorted(record[name]) === sorted(value)))
    : {};
