/*
 * Keeps the register of agreements (see planner_storage.js): a document of kind "abc-register", whose items are
 * single facts of single agreements, so that of two versions of a register the newer stands fact by fact.
 *
 *   {items: {"<agreement>.<field>": {text, updated}}}
 *
 * An agreement is there as long as one of its facts is. Which facts there are, and what each may say, is declared in
 * data/register.yml; here every one is a text. Dates are YYYY-MM-DD, YYYY-MM or YYYY, "unknown" where nobody could find
 * out, and for `until` also "indefinite".
 */

import { uuid } from "../core/documents.js";
import { parsePlan, PlannerStore, text } from "../planners/planner_storage.js";

/** The kind of document. */
export const KIND = "register";

/**
 * @typedef {object} Agreement one agreement, only with the facts that somebody wrote
 * @property {string} id
 * @property {string} updated when any of its facts was last changed
 * @property {string} [partner] the other party
 * @property {string} [country]
 * @property {string} [kind] "twinning", "cooperation", "intent" or "private"
 * @property {string} [subject] what it is called and what it is about
 * @property {string} [languages] those its text is in
 * @property {string} [state] "preparing", "active", "inactive" or "ended"
 * @property {string} [voted] the date of the council's vote
 * @property {string} [majority] "simple", "two-thirds" or "not-needed"
 * @property {string} [minutes] the minutes and the votes
 * @property {string} [opinion] the ministry's: "favourable", "unfavourable", "requested" or "none"
 * @property {string} [opined] its date
 * @property {string} [reference] its number
 * @property {string} [signed] the date
 * @property {string} [sent] when it was sent to be registered
 * @property {string} [registered] the date
 * @property {string} [registration] its number, or the acknowledgement of receipt
 * @property {string} [until] the last day of its term
 * @property {string} [renewal] "ends", "agreed", "automatic" or "silent"
 * @property {string} [closing] the clause or rule by which it ends
 * @property {string} [year] of the annual programme
 * @property {string} [programme] the annual programme
 * @property {string} [activity] the date of the last activity
 * @property {string} [person] who answers for it
 * @property {string} [file] where its file is
 * @property {string} [notes]
 */

/** @typedef {Omit<Agreement, "id" | "updated">} Facts */
/** @typedef {keyof Facts} FieldName */

// A text that spreadsheets, JSON and pages all give back as it was: no sign that no file can hold.
const UNKEPT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Returns a text as it is kept. @param {string} typed */
export const tidy = (typed) =>
  text(typed.replace(/\r\n?/g, "\n").replace(UNKEPT, "").replace(LONE, "").trim())
    // The last sign may have been cut in two.
    .replace(LONE, "")
    .trim();

/** Makes a new id of an agreement. */
export const newId = () => uuid().replace(/-/g, "").slice(0, 12);

/**
 * Lists the agreements of a register, in the order in which they came.
 *
 * @param {Pick<PlannerDocument, "items">} document
 * @returns {Agreement[]}
 */
export function agreementsIn({ items }) {
  /** @type {Map<string, Agreement>} */
  const found = new Map();
  for (const [key, item] of Object.entries(items)) {
    const [id, field, more] = key.split(".");
    const said = tidy(text(item.text));
    if (!field || more !== undefined || !said) continue;
    const one = found.get(id) ?? { id, updated: "" };
    const updated = typeof item.updated === "string" && item.updated > one.updated ? item.updated : one.updated;
    found.set(id, { ...one, [field]: said, updated });
  }
  return Array.from(found.values());
}

/**
 * Returns agreements as items to put into a register.
 *
 * @param {{id: string, facts: Facts}[]} agreements
 * @returns {Record<string, PlannerItem>}
 */
export const itemsOfAgreements = (agreements) =>
  Object.fromEntries(
    agreements.flatMap(({ id, facts }) =>
      Object.entries(facts).map(([field, said]) => [`${id}.${field}`, said ? { text: tidy(said) } : {}]),
    ),
  );

/** Reads the register in the text of a file. @param {string} found */
export const parseRegister = (found) => parsePlan(KIND, found);

/** The registers of this browser. */
export class RegisterStore extends PlannerStore {
  constructor() {
    super(KIND);
  }

  /** The agreements of the register in use. */
  agreements() {
    return agreementsIn(this.current());
  }
}
