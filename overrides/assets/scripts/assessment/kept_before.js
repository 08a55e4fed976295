/*
 * Keeps for a week, in this browser, the assessment as it was before a file or areas were joined with it or a file
 * took its place, or before its answers were cleared: it is offered on the page of all assessments. Whoever deletes
 * everything deletes this too.
 */

import { isObject } from "../core/documents.js";
import { hasAnswers } from "./answer.js";
import { store } from "./assessment_core.js";
import { parseAssessment } from "./assessment_store.js";

const PREFIX = "abc.before.";
const WEEK = 7 * 24 * 60 * 60 * 1000;
const MOST = 5;

/** @typedef {"merge" | "replace" | "reset" | "join"} Why */
/** @typedef {{key: string, at: string, why: Why, assessment: Assessment}} Before */

/** What an entry holds, or null where it is old or damaged. @param {string} key @returns {Before | null} */
function read(key) {
  const at = key.slice(PREFIX.length);
  if (!(Date.now() - Date.parse(at) < WEEK)) return null;
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "");
    const { document: assessment } = parseAssessment(JSON.stringify(isObject(found) ? found.assessment : null));
    return assessment ? { key, at, why: found.why, assessment } : null;
  } catch {
    return null;
  }
}

/** Lists what is kept of the last week, the newest first; what is older goes. @returns {Before[]} */
export function keptBefore() {
  try {
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(PREFIX));
    const found = keys
      .sort()
      .reverse()
      .map((key) => ({ key, before: read(key) }));
    for (const { key, before } of found) if (!before) localStorage.removeItem(key);
    return found.flatMap(({ before }) => before ?? []);
  } catch {
    return [];
  }
}

/**
 * Takes the assessment in use as it is now. What it gives back keeps it: to be called once what takes its place is
 * kept, which must not go without room for this one's sake.
 *
 * @param {Why} why
 */
export function takeBefore(why) {
  const assessment = store.current();
  // As it is now: what comes changes the same object.
  const text = hasAnswers(assessment) ? JSON.stringify({ why, assessment }) : "";
  return () => {
    if (!text || store.state === "denied") return;
    for (const { key } of keptBefore().slice(MOST - 1)) forget(key);
    try {
      localStorage.setItem(PREFIX + new Date().toISOString(), text);
    } catch {
      // No room for a second copy: what is done can still be taken back at once.
    }
  };
}

/** Deletes what is kept under a key. @param {string} key */
export const forget = (key) => localStorage.removeItem(key);
