/*
 * Makes, reads and merges what this site keeps, as documents: assessments (assessment_store.js) are a kind of
 * document, what a planner makes (planner_storage.js) is another. Pure: no page, no storage, no words.
 *
 *   {kind: "abc-comparison", format, id, title, created, updated, described, filed, …what the kind holds}
 *
 * `described` is when it got its name, `filed` when it was last saved to a file. What this version does
 * not know is kept as it is.
 */

// What a document's own address ends with; no file can name an entry of another kind, or one put aside.
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/i;
const MOST_ID = 64;
const MOST_DEPTH = 20;
const [QUOTE, BACKSLASH, BRACKET, BRACE] = Array.from('"\\[{', (sign) => sign.charCodeAt(0));
// What closes stands so far after what opens.
const CLOSES = 2;
// A time that can be followed by others, however they are sorted.
const STAMP = /^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** @typedef {Record<string, unknown>} Found what stands in a text of strangers */
/** @typedef {(record: Found, key?: string) => void} MendTime called of every record that says when it was changed */

/**
 * @template {KeptDocument} D
 * @typedef {object} DocumentKind
 * @property {string} name
 * @property {number} format
 * @property {string} current the entry that names the one in use
 * @property {() => Partial<D>} empty what a new document holds
 * @property {(found: Found, mendTime: MendTime) => Partial<D> | null} read what a found one holds, null where that is
 *   damaged
 * @property {(mine: D, theirs: D) => boolean} merge puts into `mine` what is newer in `theirs`; tells whether there
 *   was any
 * @property {(document: D) => boolean} holds whether it has anything a person would miss
 */

/**
 * @template {KeptDocument} D
 * @typedef {{document?: D, mended?: number, problem?: "damaged" | "newer"}} Parsed `mended`: how many of its times and
 *   ids no document of this site has, and were left out
 */

/** Tells whether a value is a mapping: no text, no list, not null. @param {unknown} value @returns {value is Found} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Makes a new id of any document. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Makes an empty document of a kind.
 *
 * @template {KeptDocument} D
 * @param {DocumentKind<D>} kind
 * @returns {D}
 */
export function newDocument({ name, format, empty }, title = "") {
  const now = new Date().toISOString();
  const made = { kind: `abc-${name}`, format, id: uuid(), title, created: now, updated: now, described: now };
  return /** @type {D} */ (/** @type {KeptDocument} */ ({ ...made, ...empty() }));
}

/**
 * Copies a document under a new id, with what is `changed`.
 *
 * @template {KeptDocument} D
 * @param {D} document
 * @param {Partial<KeptDocument>} changed
 * @returns {D}
 */
export const copyOf = (document, changed = {}) => ({ ...structuredClone(document), ...changed, id: uuid() });

/**
 * Tells whether brackets stand deeper inside one another than in any document: what walks it would not come back.
 *
 * @param {string} text
 */
export function isTooDeep(text) {
  let depth = 0;
  let inString = false;
  // Sign by sign: of many files at once, no other way is as quick.
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) inString = !inString;
    else if (inString) at += Number(sign === BACKSLASH);
    else if (sign === BRACKET || sign === BRACE) depth += 1;
    else if (sign === BRACKET + CLOSES || sign === BRACE + CLOSES) depth -= 1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/**
 * Tells whether a value is a time that others can follow, however they are sorted.
 *
 * @param {unknown} value
 * @returns {value is string}
 */
export const isStamp = (value) => typeof value === "string" && STAMP.test(value) && !Number.isNaN(Date.parse(value));

/** What a text holds as JSON; undefined where it is damaged. @param {string} text @returns {unknown} */
function jsonOf(text) {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a document from the text of a stored entry or of a file.
 *
 * @template {KeptDocument} D
 * @param {DocumentKind<D>} kind
 * @param {string} text
 * @returns {Parsed<D>}
 */
export function parseDocument({ name, format, read }, text) {
  const found = jsonOf(text);
  if (!isObject(found) || typeof found.format !== "number") return { problem: "damaged" };
  if (!Number.isInteger(found.format) || found.format < 1) return { problem: "damaged" };
  if (found.format > format) return { problem: "newer" };
  let mended = 0;
  // A time no clock shows would be newer than every change to come.
  /** @param {Found} record */
  const mendTime = (record, key = "updated") => {
    if (!(key in record) || isStamp(record[key])) return;
    mended += Number(record[key] !== "");
    record[key] = "";
  };
  const held = typeof found.id === "string" && read(found, mendTime);
  if (!held) return { problem: "damaged" };
  delete found["__proto__"];
  if (typeof found.id !== "string" || found.id.length > MOST_ID || !ID.test(found.id)) {
    mended += 1;
    found.id = uuid();
  }
  for (const key of ["updated", "described", "filed"]) mendTime(found, key);
  for (const key of ["title", "created", "updated"]) if (typeof found[key] !== "string") found[key] = "";
  const made = { ...found, kind: `abc-${name}`, ...held };
  return { document: /** @type {D} */ (/** @type {unknown} */ (made)), mended };
}

/**
 * Returns one of two values, the same one whoever asks.
 *
 * @template T
 * @param {T} one
 * @param {T} other
 */
export function either(one, other) {
  if (one === undefined) return other;
  return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
}

/**
 * Returns which of two records of one thing stands: the newer; the same one whoever asks.
 *
 * @template {{updated?: unknown}} T
 * @param {T} one
 * @param {T} other
 */
export function newer(one, other) {
  const [a, b] = [String(one.updated || ""), String(other.updated || "")];
  if (a !== b) return a > b ? one : other;
  return either(one, other);
}

/** Sorts by when a document was given its name, then by the name. @param {KeptDocument} document */
const naming = ({ described, title, round }) => JSON.stringify([String(described || ""), title, round]);

/**
 * Puts into `mine` all that is newer in `theirs`; tells whether there was any. Whichever of two is
 * merged into the other, both end with the same.
 *
 * @template {KeptDocument} D
 * @param {DocumentKind<D>} kind
 * @param {D} mine
 * @param {D} theirs
 */
export function mergeDocuments(kind, mine, theirs) {
  /** @type {Found} */
  const into = mine;
  const renamed = naming(theirs) > naming(mine);
  // Before what is only theirs is taken: whoever merges tells what came.
  const changed = kind.merge(mine, theirs);
  if (renamed) for (const key of ["title", "round", "described"]) if (key in theirs) into[key] = theirs[key];
  for (const key of Object.keys(theirs)) into[key] ??= theirs[key];
  for (const key of ["updated", "filed"]) {
    if (String(theirs[key] || "") > String(mine[key] || "")) into[key] = theirs[key];
  }
  return changed || renamed;
}
