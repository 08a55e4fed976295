/*
 * Keeps assessments in this browser (see browser_storage.js): "abc.assessment.<uuid>", with "abc.current" for the
 * one in use. They hold ids and answers only, no text of any checklist; besides what every document has,
 *
 *   {round, checklists: {<checklist>: {version, criteria: {<criterion>: <see answer.js>}}}}
 *
 * One that several areas answered has their names and voices too (voices.js), one that was reviewed what reviewers said
 * (reviews.js).
 * A checklist's version is the one whose changes the person has been told of.
 * A criterion that was cleared keeps only "updated", so that another tab does not bring it back.
 */

import { DocumentStore } from "../core/browser_storage.js";
import { either, isObject, mergeDocuments, newDocument, parseDocument } from "../core/documents.js";
import { hasAnswers, holdsAnything } from "./answer.js";
import { isAnswer } from "./score.js";
import { joinReviews, recordsOfReviews } from "./reviews.js";
import { joinAreas, joinRecords, voicesNow, voicesOf } from "./voices.js";

/** @typedef {import("../core/documents.js").Found} Found */
/** @typedef {import("../core/documents.js").MendTime} MendTime */

/**
 * @typedef {object} Change of one criterion: `record` is the whole new one; an empty one clears the criterion
 * @property {string} checklist
 * @property {number | undefined} version
 * @property {string} criterion
 * @property {AnswerRecord} record
 */

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @type {import("../core/documents.js").DocumentKind<Assessment>} */
const KIND = {
  name: "assessment",
  format: 1,
  current: "abc.current",
  empty: () => ({ round: "", checklists: {} }),
  read,
  merge,
  holds: hasAnswers,
};

/** The entries of a mapping whose keys are ids and whose values are mappings. @param {unknown} mapping */
const entries = (mapping) =>
  Object.entries(isObject(mapping) ? mapping : {}).flatMap(([id, value]) =>
    ID.test(id) && isObject(value) ? [/** @type {[string, Found]} */ ([id, value])] : [],
  );

/** @param {Found} found @param {MendTime} mendTime */
function read(found, mendTime) {
  if (!isObject(found.checklists)) return null;
  /** @type {Assessment["checklists"]} */
  const checklists = {};
  for (const [id, checklist] of entries(found.checklists)) {
    const criteria = Object.fromEntries(entries(checklist.criteria));
    // Files of before criteria had a version of their own.
    for (const record of Object.values(criteria)) {
      if (isAnswer(record.answer)) record.version ??= checklist.version;
      mendTime(record);
      for (const voice of voicesOf(record).values()) mendTime(voice);
    }
    checklists[id] = { ...checklist, criteria };
  }
  for (const area of Object.values(isObject(found.areas) ? found.areas : {})) {
    if (isObject(area)) mendTime(area, "named");
  }
  for (const record of recordsOfReviews(found.reviews)) mendTime(record);
  return { round: typeof found.round === "string" ? found.round : "", checklists };
}

/** @param {Assessment} mine @param {Assessment} theirs */
function merge(mine, theirs) {
  let changed = false;
  for (const [id, checklist] of Object.entries(theirs.checklists)) {
    mine.checklists[id] ||= { ...checklist, criteria: {} };
    const own = mine.checklists[id];
    const { criteria: _, version, ...unknown } = checklist;
    own.version = Math.max(own.version || 0, version || 0) || undefined;
    /** @type {Found} */
    const others = own;
    for (const [key, value] of Object.entries(unknown)) others[key] = either(others[key], value);
    for (const [criterion, record] of Object.entries(checklist.criteria)) {
      const before = own.criteria[criterion];
      const joined = before ? joinRecords(before, record) : record;
      if (joined === before) continue;
      own.criteria[criterion] = joined;
      changed = true;
    }
  }
  const areas = mergeBeside("areas", joinAreas, mine, theirs);
  const reviews = mergeBeside("reviews", joinReviews, mine, theirs);
  return areas || reviews || changed;
}

/**
 * What stands beside the answers; tells whether anything came.
 *
 * @param {"areas" | "reviews"} name
 * @param {(one: unknown, other: unknown) => object} join
 * @param {Assessment} mine
 * @param {Assessment} theirs
 */
function mergeBeside(name, join, mine, theirs) {
  if (!theirs[name]) return false;
  const before = JSON.stringify(mine[name]);
  mine[name] = join(mine[name], theirs[name]);
  return JSON.stringify(mine[name]) !== before;
}

/**
 * Makes an assessment without answers, for a municipality (`title`) and a `round`.
 *
 * @param {{title: string, round: string}} named
 */
export const newAssessment = ({ title, round }) => ({ ...newDocument(KIND, title), round });

/** Reads an assessment from the text of a stored entry or of a file. @param {string} text */
export const parseAssessment = (text) => parseDocument(KIND, text);

/**
 * Puts into `mine` every criterion that is newer in `theirs`; tells whether there was any.
 *
 * @param {Assessment} mine
 * @param {Assessment} theirs
 */
export const mergeAssessments = (mine, theirs) => mergeDocuments(KIND, mine, theirs);

/** The assessments of this browser. @extends {DocumentStore<Assessment>} */
export class AssessmentStore extends DocumentStore {
  constructor() {
    super(KIND);
  }

  /**
   * What is kept of a criterion, or an empty object.
   *
   * @param {string} checklist
   * @param {string} criterion
   * @returns {AnswerRecord}
   */
  get(checklist, criterion) {
    return this.current().checklists[checklist]?.criteria[criterion] || {};
  }

  /**
   * Whether a criterion has anything a person would miss.
   *
   * @param {string} checklist
   * @param {string} criterion
   */
  has(checklist, criterion) {
    return holdsAnything(this.get(checklist, criterion));
  }

  /** Changes criteria and saves. @param {Change[]} changes */
  put(changes) {
    this.change((assessment, stamp) => {
      for (const { checklist, version, criterion, record } of changes) {
        assessment.checklists[checklist] ||= { criteria: {} };
        const own = assessment.checklists[checklist];
        own.version ??= version;
        const before = own.criteria[criterion] || {};
        const updated = stamp(before.updated);
        own.criteria[criterion] = { ...record, ...voicesNow(before, record, updated), updated };
        assessment.updated = updated;
      }
    });
  }

  /**
   * Notes that a person was told what changed in a checklist up to `version`.
   *
   * @param {string} checklist
   * @param {number} version
   */
  acknowledge(checklist, version) {
    const own = this.current().checklists[checklist];
    if (own?.version !== undefined && own.version < version) this.change(() => (own.version = version));
  }
}
