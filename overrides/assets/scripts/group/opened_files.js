/*
 * Reads many files at once, and tells which hold answers, and which do not and why. Nothing of them is kept
 * anywhere. Pure: no page, no storage, no words.
 */

import { hasAnswers, holdsAnything } from "../assessment/answer.js";
import { readAssessmentFile } from "../assessment/assessment_files.js";
import { keyOf } from "../assessment/voices.js";
import { filesInZip, isZip } from "../core/zip_file.js";

/** @typedef {import("../core/files.js").FileLike} FileLike */

export const MOST_FILES = 200;
const MOST_ZIP_BYTES = 100_000_000;
// What systems leave beside the files of a person.
const LEAVINGS = /(^|\/)(\.|Thumbs\.db$|desktop\.ini$)/;

/**
 * @typedef {"too_large" | "not_ours" | "newer" | "damaged" | "other_tool" | "report" | "empty" | "same" | "too_many"
 *   | "zip"} SkipReason
 */

/** @typedef {{name: string, assessment: Assessment, mended: number} | {name: string, problem: SkipReason}} Read */

/**
 * @typedef {object} Opened
 * @property {string} key
 * @property {string} name of the file
 * @property {Assessment} assessment
 * @property {number} number in the order in which files came, those that came together in an order that says nothing
 * @property {number} mended how many of its times and ids were left out
 * @property {number} unknown how many of its answers are to criteria that this site does not ask
 */

/** @typedef {{name: string, problem: SkipReason, like?: string}} Skipped `like` is the file that it repeats */

/** What a file that is no assessment says it is. @param {string} text @returns {SkipReason} */
function foreign(text) {
  const kind = /"kind"\s*:\s*"abc-([a-z-]+)"/.exec(text)?.[1];
  return kind === "group-report" ? "report" : kind && kind !== "assessment" ? "other_tool" : "not_ours";
}

/** @param {FileLike} file @returns {Promise<Read>} */
async function readOne(file) {
  const name = file.name || "";
  try {
    const { document: assessment, mended = 0, problem } = await readAssessmentFile(file);
    if (problem === "not_ours") return { name, problem: foreign(await file.text()) };
    if (!assessment) return { name, problem: problem ?? "damaged" };
    return hasAnswers(assessment) ? { name, assessment, mended } : { name, problem: "empty" };
  } catch {
    return { name, problem: "damaged" };
  }
}

/** The files of a ZIP, or the file itself. @param {FileLike | File} file @returns {Promise<(FileLike | Read)[]>} */
async function unpack(file) {
  // Whoever says what it is need not be asked.
  if (
    !(file instanceof Blob) ||
    /\.(json|html?)$/i.test(file.name || "") ||
    !isZip(new Uint8Array(await file.slice(0, 4).arrayBuffer()))
  )
    return [file];
  const name = file.name || "";
  // An Excel workbook is a ZIP too, and not one of files to open.
  if (/\.(xlsx|docx|odt|ods|pptx)$/i.test(name)) return [{ name, problem: "not_ours" }];
  // An older browser cannot unpack it.
  if (!("DecompressionStream" in globalThis)) return [{ name, problem: "zip" }];
  if (file.size > MOST_ZIP_BYTES) return [{ name, problem: "too_large" }];
  try {
    return filesInZip(await file.arrayBuffer());
  } catch {
    return [{ name, problem: "zip" }];
  }
}

/**
 * Reads what some files hold, those inside a ZIP one by one.
 *
 * @param {(FileLike | File)[]} files
 * @returns {Promise<Read[]>}
 */
export async function readFiles(files) {
  const all = (await Promise.all(files.map(unpack))).flat();
  const wanted = all.filter(({ name = "" }) => !LEAVINGS.test(name));
  return Promise.all(wanted.map((one) => ("problem" in one || "assessment" in one ? one : readOne(one))));
}

/**
 * Returns a text that was pasted as files: one, or several one after another.
 *
 * @param {string} text
 * @param {(place: number) => string} nameOf
 * @returns {FileLike[]}
 */
export function pastedFiles(text, nameOf) {
  /** @type {string[]} */
  const parts = [];
  let [depth, start] = [0, 0];
  if (!/^\s*<!doctype html/i.test(text)) {
    for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
      if (sign === "{" && depth++ === 0) start = index;
      if (sign === "}" && --depth === 0) parts.push(text.slice(start, index + 1));
      if (depth < 0) break;
    }
  }
  const whole = depth === 0 && parts.length > 0 ? parts : [text];
  return whole.map((part, place) => ({ name: nameOf(place + 1), size: part.length, text: async () => part }));
}

/** The files that are open, and those that were passed over. */
export class OpenedFiles {
  /** @type {Opened[]} */
  opened = [];
  /** @type {Skipped[]} */
  skipped = [];
  #last = 0;

  /** @param {Checklist[]} checklists */
  constructor(checklists) {
    this.known = new Set(checklists.flatMap(({ criteria, retired }) => [...criteria, ...retired].map(({ id }) => id)));
  }

  /** @param {Assessment} assessment */
  #unknownIn({ checklists }) {
    const records = Object.values(checklists).flatMap(({ criteria }) => Object.entries(criteria));
    return records.filter(([id, record]) => !this.known.has(id) && holdsAnything(record)).length;
  }

  /** Adds what was read; tells what of it is new. @param {Read[]} reads @returns {Opened[]} */
  add(reads) {
    const keys = new Map(this.opened.map((one) => [one.key, one.name]));
    /** @type {Opened[]} */
    const added = [];
    for (const one of reads) {
      if ("problem" in one) {
        this.skipped.push(one);
        continue;
      }
      const { name, assessment, mended } = one;
      const key = keyOf(assessment);
      const like = keys.get(key);
      if (like !== undefined) this.skipped.push({ name, problem: "same", like });
      else if (keys.size >= MOST_FILES) this.skipped.push({ name, problem: "too_many" });
      else {
        keys.set(key, name);
        added.push({ key, name, assessment, mended, unknown: this.#unknownIn(assessment), number: 0 });
      }
    }
    // Keys are made at random: neither the names nor the order of files can be read from the numbers.
    added.sort((one, other) => (one.key < other.key ? -1 : 1));
    for (const one of added) one.number = ++this.#last;
    this.opened.push(...added);
    return added;
  }

  /** Closes a file. @param {string} key */
  close(key) {
    this.opened = this.opened.filter((one) => one.key !== key);
  }

  /** Those that began as one assessment and went apart, by the id of that one. @returns {Map<string, Opened[]>} */
  get kin() {
    /** @type {Map<string, Opened[]>} */
    const found = new Map();
    for (const one of this.opened) found.set(one.assessment.id, [...(found.get(one.assessment.id) || []), one]);
    return new Map(Array.from(found).filter(([, all]) => all.length > 1));
  }

  /** Closes, of those that began as one, all but the last changed. */
  closeOlder() {
    for (const all of this.kin.values()) {
      const last = all.reduce((one, other) => (other.assessment.updated > one.assessment.updated ? other : one));
      for (const one of all) if (one !== last) this.close(one.key);
    }
  }
}
