/*
 * Reads, compares and says dates as registers have them: a day, a month or a year; "unknown" where nobody could find
 * out; "indefinite" for a term without an end. Pure: no page, no storage. They are read as people and spreadsheets
 * write them, day first unless told.
 */

import { plain } from "../core/format.js";

export const UNKNOWN = "unknown";
export const INDEFINITE = "indefinite";

const DATE = /^\d{4}(-\d{2}){0,2}$/;
const DAY = 86_400_000;
const [FIRST_YEAR, LAST_YEAR] = [1500, 2200];
// Days since 1899-12-30, from 1910 on: what is less is a year.
const [FIRST_SERIAL, LAST_SERIAL] = [3654, 109_575];

// Names of months as written in the languages of the site, in full and cut short, from plain letters to a number.
const MONTHS = new Map(
  ["es-MX", "en-GB", "en-US"].flatMap((locale) =>
    /** @type {("long" | "short")[]} */ (["long", "short"]).flatMap((month) => {
      const format = new Intl.DateTimeFormat(locale, { month, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, at) => {
        const name = plain(format.format(Date.UTC(2026, at, 1))).replace(/\.$/, "");
        return /** @type {[string, number]} */ ([name, at + 1]);
      });
    }),
  ),
);
MONTHS.set("setiembre", 9);

const NOT_KNOWN = [
  "no consta",
  "no se sabe",
  "se desconoce",
  "desconocido",
  "s/d",
  "n/d",
  "nd",
  "not on record",
  "unknown",
];
const NO_END = [
  ...[
    "indefinida",
    "indefinido",
    "indeterminada",
    "permanente",
    "sin vencimiento",
    "sin termino",
    "sin fecha de termino",
  ],
  ...["indefinite", "permanent", "no end date", "open-ended"],
];

/** @param {number} value @param {number} size */
const digits = (value, size) => String(value).padStart(size, "0");

/** A date of numbers, "" where there is none such. @param {number} year @param {number} [month] @param {number} [day] */
function dateOf(year, month, day) {
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return "";
  if (month === undefined) return digits(year, 4);
  if (!(month >= 1 && month <= 12)) return "";
  if (day === undefined) return `${digits(year, 4)}-${digits(month, 2)}`;
  const made = new Date(Date.UTC(year, month - 1, day));
  // What rolls over, such as 31 February, is no date.
  return made.getUTCMonth() === month - 1 && day >= 1 ? made.toISOString().slice(0, 10) : "";
}

/** Tells whether a kept text is a date. @param {string} value */
export function isDate(value) {
  if (!DATE.test(value)) return false;
  const [year, month, day] = value.split("-").map(Number);
  return dateOf(year, month, day) === value;
}

/** @param {string} said @param {boolean} monthFirst */
function fromNumbers(said, monthFirst) {
  const year = /^(\d{4})$/.exec(said);
  if (year) return dateOf(Number(year[1]));
  const yearFirst = /^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?(?:[ t]\d.*)?$/.exec(said);
  if (yearFirst)
    return dateOf(Number(yearFirst[1]), Number(yearFirst[2]), yearFirst[3] ? Number(yearFirst[3]) : undefined);
  const month = /^(\d{1,2})[-/. ](\d{4})$/.exec(said);
  if (month) return dateOf(Number(month[2]), Number(month[1]));
  const day = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: \d.*)?$/.exec(said);
  if (!day) return "";
  const [one, two] = [Number(day[1]), Number(day[2])];
  return monthFirst ? dateOf(Number(day[3]), one, two) : dateOf(Number(day[3]), two, one);
}

/** @param {string} said */
function fromWords(said) {
  const parts = said
    .replace(/[,.]/g, " ")
    .replace(/\b(de|del|of|the)\b/g, " ")
    .split(/[\s/-]+/);
  const found = parts.filter(Boolean);
  const at = found.findIndex((one) => MONTHS.has(one));
  if (at < 0 || found.length > 3) return "";
  const month = MONTHS.get(found[at]);
  const numbers = found
    .filter((_, place) => place !== at)
    .map((one) => Number(one.replace(/(\d)(st|nd|rd|th|o|º)$/, "$1")));
  const year = numbers.pop() ?? Number.NaN;
  return dateOf(year, month, numbers[0]);
}

/**
 * Reads what somebody wrote, as it is kept: "" for nothing, null where it cannot be told.
 *
 * @param {string} typed
 * @param {{monthFirst?: boolean, endless?: boolean, serial?: boolean}} [how] `endless`: it may have no end; `serial`:
 *   a number of a spreadsheet may be a day
 */
export function parseDate(typed, { monthFirst = false, endless = false, serial = false } = {}) {
  const said = plain(typed).trim().replace(/\s+/g, " ").replace(/\.$/, "");
  if (!said) return "";
  if (said === UNKNOWN || NOT_KNOWN.includes(said)) return UNKNOWN;
  if (endless && NO_END.includes(said)) return INDEFINITE;
  const count = Number(said);
  if (serial && /^\d{4,6}(\.\d+)?$/.test(said) && count >= FIRST_SERIAL && count <= LAST_SERIAL) {
    return new Date(Date.UTC(1899, 11, 30) + Math.floor(count) * DAY).toISOString().slice(0, 10);
  }
  return fromNumbers(said, monthFirst) || fromWords(said) || null;
}

/** Returns a date as it is typed: 14/03/2015, 03/2015 or 2015. @param {string} value */
export const typedDate = (value) => value.split("-").reverse().join("/");

/**
 * Says a kept date in words.
 *
 * @param {string} value
 * @param {string} locale
 * @param {{unknown: string, indefinite: string}} words
 */
export function dateWords(value, locale, words) {
  if (value === UNKNOWN) return words.unknown;
  if (value === INDEFINITE) return words.indefinite;
  if (!isDate(value)) return value;
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", timeZone: "UTC" };
  if (value.length > 4) parts.month = value.length > 7 ? "short" : "long";
  if (value.length > 7) parts.day = "numeric";
  return new Intl.DateTimeFormat(locale, parts).format(new Date(firstDay(value)));
}

/** Returns the first day that a date may be. @param {string} value */
export const firstDay = (value) => `${value}-01-01`.slice(0, 10);

/** Returns the last day that a date may be. @param {string} value */
export function lastDay(value) {
  if (value.length > 7) return value;
  const [year, month = 12] = value.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/**
 * Tells whether one date is surely before another: where both are of one month and a day is missing, nobody knows.
 *
 * @param {string} one
 * @param {string} other
 */
export const isBefore = (one, other) => lastDay(one) < firstDay(other);

/** Counts the whole months from a day to a later one. @param {string} from @param {string} to */
export function monthsBetween(from, to) {
  const [year, month, day] = from.split("-").map(Number);
  const [toYear, toMonth, toDay] = to.split("-").map(Number);
  return (toYear - year) * 12 + (toMonth - month) - (toDay < day && to !== lastDay(to.slice(0, 7)) ? 1 : 0);
}

/** Counts the days from one day to another. @param {string} from @param {string} to */
export const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** Returns today, as the person's clock has it. */
export function today() {
  const now = new Date();
  return `${digits(now.getFullYear(), 4)}-${digits(now.getMonth() + 1, 2)}-${digits(now.getDate(), 2)}`;
}
