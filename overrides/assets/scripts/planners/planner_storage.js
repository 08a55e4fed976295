/*
 * Keeps what the planners hold (see browser_storage.js), documents of any kind: each is a flat mapping of items,
 * with the time each was changed. No page, no words.
 *
 *   {items: {<key>: {…, updated}}}
 *
 * A key is one to three ids joined by dots, such as "rating.c40.visibilidad". Of two versions of an item
 * the newer stands; one that was removed keeps only "updated", so that another tab does not bring it
 * back.
 */

import { DocumentStore } from "../core/browser_storage.js";
import { copyOf, isObject, newDocument, newer, parseDocument } from "../core/documents.js";

/** @typedef {import("../core/documents.js").Found} Found */
/** @typedef {Record<string, PlannerItem>} Items */

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*){0,2}$/;
const MOST_LETTERS = 5000;

/** Whether an item holds anything a person would miss. @param {PlannerItem} record */
const holds = (record) => Object.keys(record).some((key) => key !== "updated");

/** Tells whether a document holds anything a person would miss. @param {Pick<PlannerDocument, "items">} document */
export const hasItems = ({ items }) => Object.values(items).some(holds);

/** Returns what an item says, without when it was said. @param {PlannerItem} item */
export const withoutTime = ({ updated, ...record } = {}) => record;

/** The same as a text, to tell whether two say the same. @param {PlannerItem} item */
const contentOf = (item) =>
  JSON.stringify(Object.entries(withoutTime(item)).sort(([one], [other]) => (one < other ? -1 : 1)));

/** @param {Found} found @param {import("../core/documents.js").MendTime} mendTime */
function read({ items }, mendTime) {
  if (!isObject(items)) return null;
  /** @type {Items} */
  const found = {};
  for (const [key, one] of Object.entries(items)) {
    if (!KEY.test(key) || !isObject(one)) continue;
    mendTime(one);
    found[key] = one;
  }
  return { items: found };
}

/** @param {PlannerDocument} mine @param {PlannerDocument} theirs */
function merge(mine, theirs) {
  let changed = false;
  for (const [key, record] of Object.entries(theirs.items)) {
    const own = mine.items[key];
    if (own && newer(own, record) === own) continue;
    mine.items[key] = record;
    changed = true;
  }
  return changed;
}

/** @param {string} name @returns {import("../core/documents.js").DocumentKind<PlannerDocument>} */
const kindOf = (name) => ({
  name,
  format: 1,
  current: `abc.current-${name}`,
  empty: () => ({ items: {} }),
  read,
  merge,
  holds: hasItems,
});

/** Makes an empty document of a kind. @param {string} kind @param {string} title */
export const newPlan = (kind, title) => newDocument(kindOf(kind), title);

/** Reads a document of a kind from the text of a file. @param {string} kind @param {string} text */
export const parsePlan = (kind, text) => parseDocument(kindOf(kind), text);

/**
 * Lists the keys of the items that two documents say differently.
 *
 * @param {PlannerDocument} one
 * @param {PlannerDocument} other
 */
export const differences = (one, other) =>
  Array.from(new Set([...Object.keys(one.items), ...Object.keys(other.items)])).filter(
    (key) => contentOf(one.items[key]) !== contentOf(other.items[key]),
  );

/** Copies a document; the copy begins now. @param {PlannerDocument} document @param {string} [title] */
export function duplicate(document, title) {
  const now = new Date().toISOString();
  return copyOf(document, { created: now, updated: now, ...(title === undefined ? {} : { title, described: now }) });
}

/** The documents of a planner in this browser. @extends {DocumentStore<PlannerDocument>} */
export class PlannerStore extends DocumentStore {
  /** @param {string} kind */
  constructor(kind) {
    super(kindOf(kind));
  }

  /** An item of the document in use, or an empty object. @param {string} key @returns {PlannerItem} */
  get(key) {
    return this.current().items[key] || {};
  }

  /**
   * The items under a key that hold something, as [the rest of their key, item].
   *
   * @param {string} key
   * @returns {[string, PlannerItem][]}
   */
  under(key) {
    return Object.entries(this.current().items)
      .filter(([name, record]) => name.startsWith(`${key}.`) && holds(record))
      .map(([name, record]) => [name.slice(key.length + 1), record]);
  }

  /** Changes items, each the whole new record, and saves; an empty one is removed. @param {Items} changes */
  put(changes) {
    this.change((document, stamp) => {
      for (const [key, record] of Object.entries(changes)) {
        const updated = stamp(document.items[key]?.updated);
        document.items[key] = { ...record, updated };
        document.updated = updated;
      }
    });
  }
}

/* Reading items: they come from strangers' files, and nothing in them is trusted */

/** Returns a text of an item, "" where there is none. @param {unknown} value */
export const text = (value) => (typeof value === "string" ? value.slice(0, MOST_LETTERS) : "");

/**
 * Returns a whole number from `least` to `most`, or null.
 *
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 */
export const whole = (value, least, most) =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : null;
