/*
 * Writes and reads answers as a learning platform keeps them: a few thousand letters at the most, so ids and answers
 * and nothing a person wrote. Pure: no page, no storage, no words.
 *
 *   1;acu-01=23.kc9,acu-02=n1.kca   format; id = answer, checklist's version . day it was answered
 *
 * An answer is 0 to 3, n (no information) or x (not applicable); version and day are in base 36.
 */

import { isAnswer } from "./score.js";

const FORMAT = 1;
// What SCORM 1.2 lets a package keep, less the running number before it.
const MOST = 4096 - 16;
const DAY = 24 * 60 * 60 * 1000;
const ENTRY = /^([a-z0-9]+(?:-[a-z0-9]+)*)=([0-3nx])([0-9a-z]*)(?:\.([0-9a-z]+))?$/;
/** @type {Record<string, Answer>} */
const OF_LETTER = { n: "no_information", x: "not_applicable" };

/** @typedef {{id: string, answer: Answer, version?: number, answered?: string}} KeptAnswer */

/** @param {Answer} answer */
const letterOf = (answer) => Object.keys(OF_LETTER).find((letter) => OF_LETTER[letter] === answer) ?? String(answer);

/** @param {unknown} value */
const short = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value.toString(36) : "";

/** @param {KeptAnswer[]} answers @param {boolean} withDays */
function written(answers, withDays) {
  const entries = answers.map(({ id, answer, version, answered }) => {
    const day = withDays ? short(Math.floor(Date.parse(answered ?? "") / DAY)) : "";
    return `${id}=${letterOf(answer)}${short(version)}${day && `.${day}`}`;
  });
  return `${FORMAT};${entries.join(",")}`;
}

/**
 * Writes answers as text; without their days where they would not fit, null where even so they do not.
 *
 * @param {KeptAnswer[]} answers
 */
export function stateText(answers) {
  const given = answers.filter((one) => isAnswer(one.answer));
  return [true, false].map((withDays) => written(given, withDays)).find((text) => text.length <= MOST) ?? null;
}

/** A number in base 36, undefined where nothing is said. @param {string | undefined} text */
const long = (text) => (text ? Number.parseInt(text, 36) : undefined);

/**
 * Reads the answers that a text holds; null where it is of a format that is not known here.
 *
 * @param {string} text
 * @returns {KeptAnswer[] | null}
 */
export function readState(text) {
  const [format, entries = ""] = text.split(";");
  if (text && format !== String(FORMAT)) return null;
  return entries.split(",").flatMap((entry) => {
    const [, id, letter, version, day] = ENTRY.exec(entry) ?? [];
    if (!id) return [];
    const time = long(day);
    return [
      {
        id,
        answer: OF_LETTER[letter] ?? Number(letter),
        version: long(version),
        answered: time === undefined || time > 1e6 ? undefined : new Date(time * DAY).toISOString(),
      },
    ];
  });
}

/**
 * Returns a weighted score, from 0 to 1, as a platform keeps it: from 0 to 100; 100 only where nothing is missing.
 *
 * @param {number} weighted
 */
export const gradeOf = (weighted) =>
  weighted >= 1 ? 100 : Math.min(99.99, Math.round(10_000 * weighted + 1e-7) / 100);
