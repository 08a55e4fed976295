/*
 * Reads what a cell of the workbook says, as an answer, a day or a text. Pure: no page, no storage. What a person
 * typed instead of choosing is understood where there is only one way to; where there are two, it is not.
 */

import { plain } from "../core/format.js";
import { isDate } from "./answer.js";

/** @typedef {import("../core/spreadsheet_reader.js").Cell} Cell */
/**
 * @template T
 * @typedef {{value: T, exact: boolean}} Read `exact`: as the workbook offers it; else how it was taken has to be told
 */

/** The answers in the order in which the workbook offers them. @type {unknown[]} */
export const ANSWERS = [0, 1, 2, 3, "no_information", "not_applicable"];
const LEVELS = 4;
// What counts days in a cell that does not show them as such: from 2000 to 2099.
const [FIRST_DAY, LAST_DAY] = [36_526, 73_050];
const BEFORE_1970 = 25_569;
const DAY = 86_400_000;
const LEVEL = /^\s*[0-3]\s*[.):·]?\s*$/;
const TYPED_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/** Returns a text as it is compared: accents, capitals, signs and spaces aside. @param {string} text */
export const squeezed = (text) =>
  plain(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Returns a text without what shows nothing, and without spaces around. @param {string} text */
export const clean = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();

/** What all languages of the site offer as answers. */
export class AnswerWords {
  /** @param {WorkbookWords[]} languages */
  constructor(languages) {
    /** @type {Map<string, Answer>} */
    this.exact = new Map();
    /** @type {Map<string, Answer>} */
    this.likely = new Map([
      ["n a", "not_applicable"],
      ["na", "not_applicable"],
    ]);
    for (const { answers } of languages) {
      answers.forEach((text, place) => {
        this.exact.set(text, ANSWERS[place]);
        this.likely.set(squeezed(text), ANSWERS[place]);
        // The name of a level without its number.
        this.likely.set(squeezed(text).replace(/^\d /, ""), ANSWERS[place]);
      });
    }
  }

  /** @param {Cell} cell @returns {Read<Answer> | null} */
  answer({ text }) {
    if (this.exact.has(text)) return { value: this.exact.get(text), exact: true };
    const said = squeezed(text);
    const value = this.likely.get(said) ?? (LEVEL.test(text) ? Number(said) : undefined);
    return value === undefined ? null : { value, exact: false };
  }

  /** @param {Cell} cell @returns {Read<Answer> | null} */
  target(cell) {
    const found = this.answer(cell);
    return found && ANSWERS.indexOf(found.value) < LEVELS ? found : null;
  }
}

/**
 * Reads a day in a cell, however it was typed; null where it is none.
 *
 * @param {Cell} cell
 * @returns {Read<string> | null}
 */
export function dayIn({ day, number, text }) {
  if (day) return isDate(day) ? { value: day, exact: true } : null;
  if (number !== null) {
    const counted = number >= FIRST_DAY && number <= LAST_DAY;
    const value = counted ? new Date((Math.floor(number) - BEFORE_1970) * DAY).toISOString().slice(0, 10) : "";
    return value ? { value, exact: false } : null;
  }
  const said = text.trim();
  const [, date = "", month = "", year = ""] = TYPED_DAY.exec(said) ?? [];
  const value = year ? `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}` : said;
  // 31 June would be taken for 1 July.
  const real = isDate(value) && new Date(value).toISOString().slice(0, 10) === value;
  return real ? { value, exact: false } : null;
}

/** Reads a text on one line, as the fields of the site have it. @param {Cell} cell @returns {Read<string>} */
export function lineIn({ text }) {
  const value = clean(text)
    .split(/\s*[\n\t]+\s*/)
    .join(" · ");
  return { value, exact: value === text.trim() };
}

/** Reads a text, with its lines. @param {Cell} cell @returns {Read<string>} */
export const textIn = ({ text }) => ({ value: clean(text), exact: clean(text) === text.trim() });
