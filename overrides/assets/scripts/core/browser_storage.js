/*
 * Keeps documents (documents.js) in this browser's own storage and nowhere else; where it lends none, in the page's
 * memory. A document of kind "comparison" is one entry, "abc.comparison.<uuid>"; one entry more names the one in
 * use.
 */

import { isStamp, mergeDocuments, newDocument, parseDocument } from "./documents.js";
import { isInPlatform } from "./global.js";

const DAMAGED = ".damaged";
const FULL = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"];

/** What a store says of keeping that a person has to know. */
export const PROBLEMS = ["denied", "full", "damaged", "newer", "removed"];

/**
 * @typedef {object} Entries a storage: names and texts
 * @property {() => string[]} keys
 * @property {(key: string) => string | null} getItem
 * @property {(key: string, value: string) => void} setItem throws when it is full
 * @property {(key: string) => void} removeItem
 */

/**
 * @template {KeptDocument} D
 * @typedef {import("./documents.js").DocumentKind<D>} DocumentKind
 */

/**
 * @template {KeptDocument} D
 * @typedef {D[] & {others?: [string, string][]}} Removed what was taken away, with the entries of other kinds
 */

/** @typedef {"empty" | "saved" | "denied" | "full" | "damaged" | "newer" | "removed"} State */

/** A storage that lasts as long as the page. @returns {Entries} */
function memoryStorage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    keys: () => Array.from(kept.keys()),
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** The browser's own. @returns {Entries} */
function browserStorage() {
  const storage = window.localStorage;
  // Some browsers lend the object and refuse its use.
  storage.getItem("abc.current");
  return {
    keys: () => Object.keys(storage),
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => storage.setItem(key, value),
    removeItem: (key) => storage.removeItem(key),
  };
}

/** The storage there is, whether the browser denied its own, and whether other tabs share it. */
function openStorage() {
  // There, the platform keeps what is answered: what the site keeps of the same person is not looked at.
  if (isInPlatform) return { storage: memoryStorage(), denied: false, shared: false };
  try {
    return { storage: browserStorage(), denied: false, shared: true };
  } catch {
    return { storage: memoryStorage(), denied: true, shared: false };
  }
}

/**
 * The documents of a kind: which one is in use, changing it and keeping it, in step with other tabs.
 *
 * @template {KeptDocument} D
 */
export class DocumentStore {
  /**
   * "empty", "saved", "denied" (kept while the page lasts), "full", "damaged" (put aside, begun anew), "newer" (left
   * alone, nothing is saved) or "removed" (elsewhere, while open here).
   *
   * @type {State}
   */
  state = "empty";
  /** The last time of saving. @type {Date | null} */
  savedAt = null;

  /** @type {DocumentKind<D>} */
  #kind;
  #prefix;
  /** @type {Entries} */
  #storage;
  #denied;
  /** @type {(() => void)[]} */
  #listeners = [];
  /** @type {D} */
  #current;
  // Nothing of it is stored yet: should another tab begin one, it becomes ours.
  #isFresh = true;
  // The stored text as we last wrote or read it: while it is the same, there is nothing to merge.
  /** @type {string | null} */
  #lastText = null;
  #lastStamp = "";

  /** @param {DocumentKind<D>} kind */
  constructor(kind) {
    const { storage, denied, shared } = openStorage();
    this.#kind = kind;
    this.#prefix = `abc.${kind.name}.`;
    this.#storage = storage;
    this.#denied = denied;
    this.#current = newDocument(kind);
    if (denied) this.state = "denied";
    if (shared) window.addEventListener("storage", (event) => this.#take(event));
    this.#openCurrent();
  }

  /** @param {string} id */
  #key(id) {
    return this.#prefix + id;
  }

  #ids() {
    return this.#storage
      .keys()
      .filter((key) => key.startsWith(this.#prefix) && !key.endsWith(DAMAGED))
      .map((key) => key.slice(this.#prefix.length));
  }

  /** The stored document of an id, or null. @param {string} id @returns {D | null} */
  #read(id) {
    const text = this.#storage.getItem(this.#key(id));
    const found = text ? parseDocument(this.#kind, text).document : undefined;
    return found ? { ...found, id } : null;
  }

  #openCurrent() {
    let id = this.#storage.getItem(this.#kind.current);
    // The name of the one in use was lost, but not the document.
    if (!id || this.#storage.getItem(this.#key(id)) === null) id = this.#ids()[0] ?? null;
    const text = id ? this.#storage.getItem(this.#key(id)) : null;
    if (!id || !text) return;
    const { document: found, problem } = parseDocument(this.#kind, text);
    if (found) {
      this.#lastText = text;
      this.#current = { ...found, id };
      this.#isFresh = false;
      this.state = "saved";
    } else if (problem === "newer") {
      this.state = "newer";
    } else {
      this.state = "damaged";
      try {
        this.#storage.setItem(this.#key(id) + DAMAGED, text);
        this.#storage.removeItem(this.#key(id));
      } catch {
        // No room for the copy: it stays where it is, and the new one goes by another name.
      }
    }
  }

  /** Takes what another tab saved meanwhile; tells whether anything changed. */
  #takeOthers() {
    const other = this.#isFresh ? this.#storage.getItem(this.#kind.current) : null;
    // What cannot be read is not written over.
    if (other && (this.#read(other) || this.#storage.getItem(this.#key(other)) === null)) this.#current.id = other;
    const text = this.#storage.getItem(this.#key(this.#current.id));
    if (text === this.#lastText || text === null) return false;
    this.#lastText = text;
    const found = parseDocument(this.#kind, text).document;
    if (!found) return false;
    if (!this.#isFresh) return mergeDocuments(this.#kind, this.#current, found);
    const mine = this.#current;
    this.#current = { ...found, id: mine.id };
    this.#isFresh = false;
    if (!this.#denied) this.state = "saved";
    // Nobody named ours: its empty name is not newer than theirs.
    const named = mine.described === mine.created ? { ...mine, described: "" } : mine;
    mergeDocuments(this.#kind, this.#current, named);
    return true;
  }

  /** Whether it was deleted elsewhere since this page last wrote or read it. */
  #isGone() {
    return !this.#isFresh && this.#lastText !== null && this.#storage.getItem(this.#key(this.#current.id)) === null;
  }

  /** Says that it was; what is on this page stays until it closes, and the next change keeps it again. */
  #tellGone() {
    this.state = "removed";
    this.#tell();
    this.#lastText = null;
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  #save() {
    if (this.state === "newer") return;
    try {
      if (this.#isGone()) {
        // A change that was on its way does not bring back what a person deleted meanwhile.
        if (this.state !== "removed") setTimeout(() => this.#tellGone());
        this.state = "removed";
        return;
      }
      if (this.#takeOthers()) setTimeout(() => this.#tell());
      const { id } = this.#current;
      this.#lastText = JSON.stringify(this.#current);
      this.#storage.setItem(this.#key(id), this.#lastText);
      const unnamed = this.#isFresh || this.state === "removed" || !this.#storage.getItem(this.#kind.current);
      if (unnamed) this.#storage.setItem(this.#kind.current, id);
      this.#isFresh = false;
      this.state = this.#denied ? "denied" : "saved";
      this.savedAt = new Date();
    } catch (error) {
      this.#lastText = null;
      this.state = error instanceof Error && FULL.includes(error.name) ? "full" : "denied";
    }
  }

  /**
   * Now, but later than the last stamp and than `before`: merging goes by the order of changes,
   * and clocks are set back.
   *
   * @param {unknown} [before]
   */
  #stamp(before) {
    const times = [this.#lastStamp, before].filter(isStamp).map((one) => Date.parse(one));
    this.#lastStamp = new Date(Math.max(Date.now(), ...times.map((one) => one + 1))).toISOString();
    return this.#lastStamp;
  }

  /** Names the document in use; where that does not fit, the first one found is in use next time. @param {string} id */
  #name(id) {
    try {
      this.#storage.setItem(this.#kind.current, id);
    } catch {
      // Nothing is lost: every document is still there.
    }
  }

  /** Writes a document that is not in use; tells whether it is kept now. @param {D} document */
  #write(document) {
    try {
      this.#storage.setItem(this.#key(document.id), JSON.stringify(document));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {D} entered @param {boolean} entersFresh */
  #enter(entered, entersFresh) {
    this.#current = entered;
    this.#isFresh = entersFresh;
    this.#lastText = null;
    this.savedAt = null;
    this.state = this.#denied ? "denied" : entersFresh ? "empty" : "saved";
  }

  /* The document in use */

  /** The document in use; not to be changed from outside. */
  current() {
    return this.#current;
  }

  /**
   * Changes it and saves. `stamp` gives the time of a change, given that of the one before it.
   *
   * @param {(document: D, stamp: (before?: unknown) => string) => void} change
   */
  change(change) {
    change(this.#current, (before) => this.#stamp(before));
    this.#save();
  }

  /** Takes what another tab saved, before something is changed. */
  refresh() {
    if (this.state !== "newer" && this.#takeOthers()) setTimeout(() => this.#tell());
  }

  /** Gives it a name: {title} and what else a kind calls its documents by. @param {Partial<D>} named */
  describe(named) {
    this.change((document, stamp) => {
      const described = stamp(document.described);
      Object.assign(document, named, { described, updated: described });
    });
  }

  /** Notes that it was saved to a file. */
  filed() {
    this.#current.filed = this.#stamp(this.#current.updated);
    if (this.#kind.holds(this.#current)) this.#save();
  }

  /** Whether closing the page would lose something. */
  wouldLose() {
    return this.state !== "saved" && this.#kind.holds(this.#current);
  }

  /* All documents of the kind */

  /** Every one this browser keeps, with the one in use; the last changed first. @returns {D[]} */
  list() {
    const others = this.#ids()
      .filter((id) => id !== this.#current.id)
      .flatMap((id) => this.#read(id) ?? []);
    return [...others, this.#current].sort((one, other) => other.updated.localeCompare(one.updated));
  }

  /** Whether another can be put in use without losing what this one holds. */
  canSwitch() {
    return this.state !== "full" || !this.#kind.holds(this.#current);
  }

  /** Puts a kept document in use. @param {string} id */
  use(id) {
    const found = id !== this.#current.id && this.canSwitch() && this.#read(id);
    if (!found) return;
    this.#enter(found, false);
    this.#name(id);
  }

  /**
   * Keeps a document and puts it in use; tells whether it did. Where it does not fit, the one in use stays,
   * unless that holds nothing.
   *
   * @param {D} added
   */
  add(added) {
    // There may be room by now.
    if (!this.canSwitch()) this.#save();
    if (!this.canSwitch()) return false;
    const kept = this.#write(added);
    if (!kept && this.#kind.holds(this.#current)) return false;
    this.#enter(added, false);
    if (kept) {
      this.#lastText = this.#storage.getItem(this.#key(added.id));
      this.savedAt = new Date();
      this.#name(added.id);
    } else {
      this.#save();
    }
    return true;
  }

  /**
   * Puts a document in the place of the one in use, which goes only once the other is kept: [gone], or null.
   *
   * @param {D} added
   */
  replace(added) {
    const old = this.#current.id;
    return this.add(added) ? this.remove([old]) : null;
  }

  /**
   * Removes documents; gives them, so that it can be undone with `restore`.
   *
   * @param {string[]} removed
   * @returns {Removed<D>}
   */
  remove(removed) {
    const gone = this.list().filter((one) => removed.includes(one.id));
    for (const { id } of gone) {
      this.#storage.removeItem(this.#key(id));
      this.#storage.removeItem(this.#key(id) + DAMAGED);
    }
    if (removed.includes(this.#current.id)) {
      this.#storage.removeItem(this.#kind.current);
      const next = this.#ids()
        .map((id) => this.#read(id))
        .find((one) => one !== null);
      this.#enter(next ?? newDocument(this.#kind), !next);
      if (next) this.#name(next.id);
    }
    return gone;
  }

  /**
   * Removes everything this site keeps in the browser; gives the documents, and with them the rest.
   *
   * @returns {Removed<D>}
   */
  removeEverything() {
    const others = this.#storage
      .keys()
      .filter((key) => key.startsWith("abc.") && !key.startsWith(this.#prefix) && key !== this.#kind.current)
      .map((key) => /** @type {[string, string]} */ ([key, this.#storage.getItem(key) ?? ""]));
    const gone = Object.assign(this.remove(this.list().map((one) => one.id)), { others });
    for (const key of this.#storage.keys()) if (key.startsWith("abc.")) this.#storage.removeItem(key);
    return gone;
  }

  /** Brings back what was removed; tells whether all of it fits. @param {Removed<D>} removed */
  restore(removed) {
    const kept = [...removed].reverse().map((one) => this.add(one));
    try {
      for (const [key, text] of removed.others || []) this.#storage.setItem(key, text);
    } catch {
      this.state = "full";
    }
    return kept.every(Boolean) && this.state !== "full";
  }

  /* Other tabs */

  /** Calls `listener` when another tab changed the document in use. @param {() => void} listener */
  onOthers(listener) {
    this.#listeners.push(listener);
  }

  /** @param {StorageEvent} event */
  #take({ key, newValue }) {
    if (this.state === "newer") return;
    const own = this.#key(this.#current.id);
    const gone = key === null || (key === own && newValue === null);
    if (gone && !this.#isFresh) this.#tellGone();
    if (newValue === null) return;
    if (this.#isFresh && key === this.#kind.current && this.#takeOthers()) this.#tell();
    if (key !== this.#key(this.#current.id)) return;
    const { document: theirs } = parseDocument(this.#kind, newValue);
    if (!theirs) return;
    if (this.#isFresh ? this.#takeOthers() : mergeDocuments(this.#kind, this.#current, theirs)) this.#tell();
    // Both saved at once and theirs came last: what only we have goes in again.
    if (mergeDocuments(this.#kind, theirs, this.#current)) this.#save();
  }
}
