/*
 * What the tools keep: documents in this browser's own storage, and nothing else. As store.js does for
 * assessments, for documents of any kind. No page, no words. Runs after files.js.
 *
 * A document of kind "comparison" is one entry, "abc.comparison.<uuid>"; "abc.current-comparison"
 * names the one in use. All it holds is a flat mapping of items, each with the time it was changed:
 *
 *   {kind: "abc-comparison", format, id, title, created, updated, described, filed,
 *    items: {<key>: {…, updated}}}
 *
 * A key is one to three ids joined by dots, such as "rating.c40.visibilidad". Of two versions of an item
 * the newer stands; one that was removed keeps only "updated", so that another tab does not bring it
 * back. What this version does not know is kept as it is.
 */
(function (abc) {
  "use strict";

  const FORMAT = 1;
  const DAMAGED = ".damaged";
  const KEY = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*){0,2}$/;
  const MOST_LETTERS = 5000;

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** A new id: random, as those of assessments. */
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** An empty document of a kind. */
  function fresh(kind, title = "") {
    const now = new Date().toISOString();
    return {
      kind: `abc-${kind}`,
      format: FORMAT,
      id: uuid(),
      title,
      created: now,
      updated: now,
      described: now,
      items: {},
    };
  }

  /**
   * A document from the text of a stored entry or of a file.
   *
   * @returns {{document?: object, problem?: "damaged"|"newer"}}
   */
  function parse(kind, text) {
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      return { problem: "damaged" };
    }
    if (!isObject(found) || !Number.isInteger(found.format) || found.format < 1) return { problem: "damaged" };
    if (found.format > FORMAT) return { problem: "newer" };
    if (typeof found.id !== "string" || !isObject(found.items)) return { problem: "damaged" };
    const items = Object.fromEntries(
      Object.entries(found.items).filter(([key, record]) => KEY.test(key) && isObject(record)),
    );
    delete found["__proto__"];
    for (const name of ["title", "created", "updated"]) if (typeof found[name] !== "string") found[name] = "";
    return { document: { ...found, kind: `abc-${kind}`, items } };
  }

  /** Whether an item holds anything a person would miss. */
  const holds = (record) => Object.keys(record).some((key) => key !== "updated");
  const hasItems = (document) => Object.values(document.items).some(holds);

  const order = (record) => [String(record.updated || ""), JSON.stringify(record)];
  /** Whether `one` stands against `other`: the newer does, and of two of one time the same whoever asks. */
  function stands(one, other) {
    const [a, b] = [order(one), order(other)];
    return a[0] === b[0] ? a[1] >= b[1] : a[0] > b[0];
  }

  /** What an item says, without when it was said. */
  const bare = ({ updated, ...record }) =>
    JSON.stringify(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));

  /** Puts into `mine` what is newer in `theirs`; tells whether there was any. */
  function merge(mine, theirs) {
    let changed = false;
    const described = ({ described: when, title }) => JSON.stringify([String(when || ""), title]);
    if (described(theirs) > described(mine)) {
      Object.assign(mine, { title: theirs.title, described: theirs.described });
      changed = true;
    }
    for (const name of ["updated", "filed"]) {
      if (String(theirs[name] || "") > String(mine[name] || "")) mine[name] = theirs[name];
    }
    for (const name of Object.keys(theirs)) mine[name] ??= theirs[name];
    for (const [key, record] of Object.entries(theirs.items)) {
      const own = mine.items[key];
      if (own && stands(own, record)) continue;
      mine.items[key] = record;
      changed = true;
    }
    return changed;
  }

  /** The keys of the items that two documents say differently. */
  const differences = (one, other) =>
    Array.from(new Set([...Object.keys(one.items), ...Object.keys(other.items)])).filter(
      (key) => bare(one.items[key] || {}) !== bare(other.items[key] || {}),
    );

  /** A copy under a new id. */
  const duplicate = (document, title) => {
    const { id, created, updated, described } = fresh("");
    return { ...structuredClone(document), id, created, updated, ...(title === undefined ? {} : { title, described }) };
  };

  /**
   * Opens the store of a kind of documents.
   *
   * `state` is "empty", "saved", "denied" (kept while the page lasts), "full", "damaged" (put aside,
   * begun anew), "newer" (left alone, nothing is saved) or "removed" (elsewhere, while open here);
   * `savedAt` is the last time of saving.
   */
  function open(kind) {
    const PREFIX = `abc.${kind}.`;
    const CURRENT = `abc.current-${kind}`;
    const listeners = [];
    const store = { state: "empty", savedAt: null };
    /** @type {any} */
    let current = fresh(kind);
    // Nothing of it is stored yet: should another tab begin one, it becomes ours.
    let isFresh = true;
    // The stored text as we last wrote or read it: while it is the same, there is nothing to merge.
    let lastText = null;
    let lastStamp = "";

    const { storage, denied } = abc.openStorage();
    if (denied) store.state = "denied";

    const ids = () =>
      storage
        .keys()
        .filter((key) => key.startsWith(PREFIX) && !key.endsWith(DAMAGED))
        .map((key) => key.slice(PREFIX.length));

    function read(id) {
      const text = storage.getItem(PREFIX + id);
      const found = text && parse(kind, text).document;
      return found ? { ...found, id } : null;
    }

    function openCurrent() {
      let id = storage.getItem(CURRENT);
      // The name of the one in use was lost, but not the document.
      if (!id || storage.getItem(PREFIX + id) === null) id = ids()[0];
      const text = id && storage.getItem(PREFIX + id);
      if (!text) return;
      const { document: found, problem } = parse(kind, text);
      if (found) {
        lastText = text;
        current = { ...found, id };
        isFresh = false;
        store.state = "saved";
      } else if (problem === "newer") {
        store.state = "newer";
      } else {
        store.state = "damaged";
        try {
          storage.setItem(PREFIX + id + DAMAGED, text);
          storage.removeItem(PREFIX + id);
          storage.removeItem(CURRENT);
        } catch {
          // No room for the copy: it stays where it is; the new one goes by another name.
        }
      }
    }

    /** Takes what another tab saved meanwhile; tells whether anything changed. */
    function takeOthers() {
      const other = isFresh && storage.getItem(CURRENT);
      if (other && read(other)) current.id = other;
      const text = storage.getItem(PREFIX + current.id);
      if (text === lastText) return false;
      lastText = text;
      const found = text && parse(kind, text).document;
      if (!found) return false;
      const mine = current;
      current = isFresh ? { ...found, id: mine.id } : current;
      const changed = isFresh || merge(current, found);
      if (isFresh) merge(current, { ...mine, title: "", described: "" });
      isFresh = false;
      return changed;
    }

    function save() {
      if (store.state === "newer") return;
      try {
        if (takeOthers()) setTimeout(tell);
        lastText = JSON.stringify(current);
        storage.setItem(PREFIX + current.id, lastText);
        if (isFresh || store.state === "removed") storage.setItem(CURRENT, current.id);
        isFresh = false;
        store.savedAt = new Date();
        store.state = denied ? "denied" : "saved";
      } catch {
        store.state = "full";
      }
    }

    const tell = () => listeners.forEach((listener) => listener());

    /** Now, but later than the last stamp and than `before`: clocks are set back. */
    function stamp(before) {
      const times = [lastStamp, before].map(Date.parse).filter(Number.isFinite);
      lastStamp = new Date(Math.max(Date.now(), ...times.map((one) => one + 1))).toISOString();
      return lastStamp;
    }

    function enter(entered, entersFresh) {
      current = entered;
      isFresh = entersFresh;
      lastText = null;
      store.savedAt = null;
      store.state = denied ? "denied" : entersFresh ? "empty" : "saved";
    }

    /** The document in use; not to be changed from outside. */
    store.current = () => current;

    /** An item of it, or an empty object. */
    store.get = (key) => current.items[key] || {};

    /** The items under a key that hold something, as [the rest of their key, item]. */
    store.under = (key) =>
      Object.entries(current.items)
        .filter(([name, record]) => name.startsWith(`${key}.`) && holds(record))
        .map(([name, record]) => [name.slice(key.length + 1), record]);

    /** Takes what another tab saved, before something is changed. */
    store.refresh = function () {
      if (store.state !== "newer" && takeOthers()) setTimeout(tell);
    };

    /** Changes items, `{<key>: record}`, each the whole new record, and saves; an empty one is removed. */
    store.put = function (changes) {
      for (const [key, record] of Object.entries(changes)) {
        const updated = stamp(current.items[key]?.updated);
        current.items[key] = { ...record, updated };
        current.updated = updated;
      }
      save();
    };

    /** Every document of the kind, the last changed first. */
    store.list = () =>
      [
        ...ids()
          .filter((id) => id !== current.id)
          .map(read)
          .filter(Boolean),
        current,
      ].sort((one, other) => other.updated.localeCompare(one.updated));

    /** Whether another can be put in use without losing what this one holds. */
    store.canSwitch = () => store.state !== "full" || !hasItems(current);

    store.use = function (id) {
      const found = id !== current.id && store.canSwitch() && read(id);
      if (!found) return;
      enter(found, false);
      storage.setItem(CURRENT, id);
    };

    /** Keeps a document and puts it in use. */
    store.add = function (added) {
      if (!store.canSwitch()) return;
      enter(added, false);
      save();
      if (store.state !== "full") storage.setItem(CURRENT, added.id);
    };

    store.describe = function (title) {
      const described = stamp(current.described);
      Object.assign(current, { title, described, updated: described });
      save();
    };

    /** Notes that the one in use was saved to a file. */
    store.filed = function () {
      current.filed = stamp(current.updated);
      if (hasItems(current)) save();
    };

    /** Removes a document; gives it, so that `add` can undo it. */
    store.remove = function (id) {
      const gone = store.list().find((one) => one.id === id);
      storage.removeItem(PREFIX + id);
      if (id === current.id) {
        storage.removeItem(CURRENT);
        const next = ids().map(read).find(Boolean);
        enter(next || fresh(kind), !next);
        if (next) storage.setItem(CURRENT, next.id);
      }
      return gone;
    };

    /** Whether closing the page would lose something. */
    store.wouldLose = () => store.state !== "saved" && hasItems(current);

    /** Calls `listener` when another tab changed the document in use. */
    store.onOthers = (listener) => listeners.push(listener);

    window.addEventListener("storage", (event) => {
      if (denied || store.state === "newer") return;
      const gone = event.key === null || (event.key === PREFIX + current.id && event.newValue === null);
      if (gone && !isFresh) {
        // Deleted on purpose or cleared by the browser: what is on this page stays until it closes.
        lastText = null;
        store.state = "removed";
        tell();
      }
      if (event.newValue === null) return;
      if (isFresh && event.key === CURRENT && takeOthers()) {
        store.state = "saved";
        tell();
      }
      if (event.key !== PREFIX + current.id) return;
      const { document: theirs } = parse(kind, event.newValue);
      if (!theirs) return;
      if (isFresh ? takeOthers() : merge(current, theirs)) tell();
      // Both saved at once and theirs came last: what only we have goes in again.
      if (merge(theirs, current)) save();
    });

    openCurrent();
    return store;
  }

  /* Reading items: they come from strangers' files, and nothing in them is trusted */

  /** A text of an item, "" where there is none. */
  const text = (value) => (typeof value === "string" ? value.slice(0, MOST_LETTERS) : "");
  /** A whole number from `least` to `most`, or null. */
  const whole = (value, least, most) => (Number.isInteger(value) && value >= least && value <= most ? value : null);

  abc.kept = { FORMAT, fresh, parse, merge, differences, duplicate, open, hasItems, holds, uuid, text, whole };
})((window.abc = window.abc || {}));
