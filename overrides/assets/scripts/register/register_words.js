/* Says what is kept of an agreement, in one language, and reads what somebody writes of it. */

import { fill, NONE, plain } from "../core/format.js";
import { dateWords, isDate, parseDate, typedDate } from "./partial_dates.js";

/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_store.js").FieldName} FieldName */
/** @typedef {import("./standing.js").Told} Told */
/** @typedef {{id: string, name: string, also: string[]}} Choice `also`: what else tables call it, in any language */
/** @typedef {"text" | "long" | "date" | "year" | "until" | "choice"} FieldKind */
/** @typedef {{id: FieldName, kind: FieldKind, label: string, hint: string, also: string[], choices: Choice[]}} Field */
/** @typedef {{id: string, criterion: string, statement: string, levels: string[], url: string}} ProofData */

/**
 * @typedef {object} RegisterWords
 * @property {Texts} terms
 * @property {Texts} flags
 * @property {Texts} situations
 * @property {Texts} orders
 * @property {Texts} problems
 * @property {Texts} table_problems
 * @property {Record<string, Texts>} proofs
 */

/** @typedef {{id: string, title: string, fields: Field[]}} Group */

/** Tells whether a field holds a date. @param {Field} field */
export const isOfDates = ({ kind }) => ["date", "year", "until"].includes(kind);

/** Words as they are compared: lists of cells have no commas. @param {string} said */
const bare = (said) =>
  plain(said)
    .replace(/[.,;\s]+/g, " ")
    .trim();

/**
 * Reads what somebody wrote in a field, as it is kept: null where it cannot be told.
 *
 * @param {Field} field
 * @param {string} typed
 * @param {{monthFirst?: boolean, serial?: boolean}} [how]
 */
export function readFact({ kind, choices }, typed, how = {}) {
  if (kind === "choice") {
    const said = bare(typed);
    if (!said) return "";
    return choices.find((one) => [one.id, one.name, ...one.also].some((name) => bare(name) === said))?.id ?? null;
  }
  if (kind === "text" || kind === "long") return typed;
  const read = parseDate(typed, { ...how, endless: kind === "until", serial: how.serial && kind !== "year" });
  return kind === "year" && read && isDate(read) ? read.slice(0, 4) : read;
}

/** The words in which the facts of agreements are said. */
export class FactWords {
  /** @param {Group[]} groups @param {Texts} own @param {string} locale */
  constructor(groups, own, locale) {
    this.groups = groups;
    this.own = own;
    this.locale = locale;
    /** @type {Map<string, Field>} */
    this.fields = new Map(groups.flatMap(({ fields }) => fields.map((one) => [one.id, one])));
    this.dates = { unknown: own.unknown, indefinite: own.indefinite };
  }

  /** A date in words. @param {string} value */
  date(value) {
    return dateWords(value, this.locale, this.dates);
  }

  /** A fact in words, "" where nobody wrote it. @param {Agreement} agreement @param {FieldName} name */
  say(agreement, name) {
    const [field, value] = [this.fields.get(name), agreement[name] ?? ""];
    if (!field || !value) return "";
    if (isOfDates(field)) return this.date(value);
    return field.kind === "choice" ? (field.choices.find(({ id }) => id === value)?.name ?? "") : value;
  }

  /** The same for tables, where it is read again. @param {Agreement} agreement @param {Field} field */
  inTable(agreement, { id, kind }) {
    const value = agreement[id] ?? "";
    if (kind !== "choice" && kind !== "text" && kind !== "long" && isDate(value))
      return value.length > 7 ? value : typedDate(value);
    return this.say(agreement, id);
  }

  /** What a fact says in the field where it is written. @param {Field} field @param {string} value */
  typed(field, value) {
    if (!isOfDates(field)) return value;
    return isDate(value) ? typedDate(value) : this.date(value);
  }

  /** @param {Agreement} agreement */
  nameOf({ partner = "", country = "" }) {
    return [partner || this.own.unnamed_partner, country].filter(Boolean).join(", ");
  }

  /** What a code says. @param {Texts} texts @param {Told} told */
  told(texts, { code, count = 0, date = "" }) {
    const one = count === 1 ? texts[`${code}_one`] : undefined;
    return fill(one ?? texts[code] ?? NONE, { count, date: this.date(date) });
  }
}
