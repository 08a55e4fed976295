/*
 * What this site keeps: documents in this browser's own storage and nowhere else; where it lends none,
 * in the page's memory. Assessments (store.js) are a kind of document, what a tool makes (kept.js) is another.
 *
 * A document of kind "comparison" is one entry, "abc.comparison.<uuid>"; one entry more names the one in use.
 *
 *   {kind: "abc-comparison", format, id, title, created, updated, described, filed, …what the kind holds}
 *
 * `described` is when it got its name, `filed` when it was last saved to a file. What this version does
 * not know is kept as it is.
 *
 * A kind is {name, format, current, empty, read, merge, holds}: `current` the entry that names the one in
 * use; `empty()` what a new document holds; `read(found, mendTime)` what a found one holds, or null where
 * that is damaged, with `mendTime(record)` called of every record in it that says when it was changed; `merge(mine, theirs)` puts into `mine` what is newer in `theirs` and tells whether there was
 * any; `holds(document)` whether it has anything a person would miss.
 */
(function (abc) {
  "use strict";

  const DAMAGED = ".damaged";
  const FULL = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"];

  // What a document's own address ends with; no file can name an entry of another kind, or one put aside.
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/i;
  const MOST_ID = 64;
  const MOST_DEPTH = 20;
  // A time that can be followed by others, however they are sorted.
  const STAMP = /^(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** A storage that lasts as long as the page. */
  function memoryStorage() {
    const kept = new Map();
    return {
      keys: () => Array.from(kept.keys()),
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }

  /** The browser's own; `setItem` throws when it is full. */
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

  /** The storage there is, and whether the browser denied its own. */
  function openStorage() {
    try {
      return { storage: browserStorage(), denied: false };
    } catch {
      return { storage: memoryStorage(), denied: true };
    }
  }

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /** An empty document of a kind. */
  function fresh({ name, format, empty }, title = "") {
    const now = new Date().toISOString();
    return {
      kind: `abc-${name}`,
      format,
      id: uuid(),
      title,
      created: now,
      updated: now,
      described: now,
      ...empty(),
    };
  }

  /** A copy under a new id, with what is `changed`. */
  const copy = (document, changed = {}) => ({ ...structuredClone(document), ...changed, id: uuid() });

  /** Whether brackets stand deeper inside one another than in any document: what walks it would not come back. */
  function isTooDeep(text) {
    let depth = 0;
    for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
      if (sign === "[" || sign === "{") depth += 1;
      else if (sign === "]" || sign === "}") depth -= 1;
      if (depth > MOST_DEPTH) return true;
    }
    return false;
  }

  const isStamp = (value) => typeof value === "string" && STAMP.test(value) && !Number.isNaN(Date.parse(value));

  /**
   * A document from the text of a stored entry or of a file.
   *
   * @returns {{document?: any, mended?: number, problem?: "damaged"|"newer"}} `mended`: how many of its
   *   times and ids no document of this site has, and were left out.
   */
  function parse({ name, format, read }, text) {
    let found;
    if (isTooDeep(text)) return { problem: "damaged" };
    try {
      found = JSON.parse(text);
    } catch {
      return { problem: "damaged" };
    }
    if (!isObject(found) || !Number.isInteger(found.format) || found.format < 1) return { problem: "damaged" };
    if (found.format > format) return { problem: "newer" };
    let mended = 0;
    // A time no clock shows would be newer than every change to come.
    const mendTime = (record, key = "updated") => {
      if (!(key in record) || isStamp(record[key])) return;
      mended += Number(record[key] !== "");
      record[key] = "";
    };
    const held = typeof found.id === "string" && read(found, mendTime);
    if (!held) return { problem: "damaged" };
    delete found["__proto__"];
    if (found.id.length > MOST_ID || !ID.test(found.id)) {
      mended += 1;
      found.id = uuid();
    }
    for (const key of ["updated", "described", "filed"]) mendTime(found, key);
    for (const key of ["title", "created", "updated"]) if (typeof found[key] !== "string") found[key] = "";
    return { document: { ...found, kind: `abc-${name}`, ...held }, mended };
  }

  /** One of two values, the same one whoever asks. */
  function either(one, other) {
    if (one === undefined) return other;
    return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
  }

  /** Which of two records of one thing stands: the newer; the same one whoever asks. */
  function newer(one, other) {
    const [a, b] = [String(one.updated || ""), String(other.updated || "")];
    if (a !== b) return a > b ? one : other;
    return either(one, other);
  }

  /** Sorts by when a document was given its name, then by the name. */
  const naming = ({ described, title, round }) => JSON.stringify([String(described || ""), title, round]);

  /**
   * Puts into `mine` all that is newer in `theirs`; tells whether there was any. Whichever of two is
   * merged into the other, both end with the same.
   */
  function merge(kind, mine, theirs) {
    const renamed = naming(theirs) > naming(mine);
    if (renamed) for (const key of ["title", "round", "described"]) if (key in theirs) mine[key] = theirs[key];
    for (const key of Object.keys(theirs)) mine[key] ??= theirs[key];
    for (const key of ["updated", "filed"]) {
      if (String(theirs[key] || "") > String(mine[key] || "")) mine[key] = theirs[key];
    }
    return kind.merge(mine, theirs) || renamed;
  }

  /**
   * Opens the store of a kind of documents.
   *
   * `state` is "empty", "saved", "denied" (kept while the page lasts), "full", "damaged" (put aside,
   * begun anew), "newer" (left alone, nothing is saved) or "removed" (elsewhere, while open here);
   * `savedAt` is the last time of saving.
   */
  function open(kind) {
    const PREFIX = `abc.${kind.name}.`;
    const CURRENT = kind.current;
    const listeners = [];
    const store = { state: "empty", savedAt: null };
    /** @type {any} */
    let current = fresh(kind);
    // Nothing of it is stored yet: should another tab begin one, it becomes ours.
    let isFresh = true;
    // The stored text as we last wrote or read it: while it is the same, there is nothing to merge.
    let lastText = null;
    let lastStamp = "";

    const { storage, denied } = openStorage();
    if (denied) store.state = "denied";

    const ids = () =>
      storage
        .keys()
        .filter((key) => key.startsWith(PREFIX) && !key.endsWith(DAMAGED))
        .map((key) => key.slice(PREFIX.length));

    /** The stored document of an id, or null. */
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
        } catch {
          // No room for the copy: it stays where it is, and the new one goes by another name.
        }
      }
    }

    /** Takes what another tab saved meanwhile; tells whether anything changed. */
    function takeOthers() {
      const other = isFresh && storage.getItem(CURRENT);
      // What cannot be read is not written over.
      if (other && (read(other) || storage.getItem(PREFIX + other) === null)) current.id = other;
      const text = storage.getItem(PREFIX + current.id);
      if (text === lastText || text === null) return false;
      lastText = text;
      const found = parse(kind, text).document;
      if (!found) return false;
      if (!isFresh) return merge(kind, current, found);
      const mine = current;
      current = { ...found, id: mine.id };
      isFresh = false;
      if (!denied) store.state = "saved";
      // Nobody named ours: its empty name is not newer than theirs.
      merge(kind, current, mine.described === mine.created ? { ...mine, described: "" } : mine);
      return true;
    }

    /** Whether it was deleted elsewhere since this page last wrote or read it. */
    const isGone = () => !isFresh && lastText !== null && storage.getItem(PREFIX + current.id) === null;

    /** Says that it was; what is on this page stays until it closes, and the next change keeps it again. */
    function tellGone() {
      store.state = "removed";
      tell();
      lastText = null;
    }

    function save() {
      if (store.state === "newer") return;
      try {
        if (isGone()) {
          // A change that was on its way does not bring back what a person deleted meanwhile.
          if (store.state !== "removed") setTimeout(tellGone);
          store.state = "removed";
          return;
        }
        if (takeOthers()) setTimeout(tell);
        lastText = JSON.stringify(current);
        storage.setItem(PREFIX + current.id, lastText);
        if (isFresh || store.state === "removed" || !storage.getItem(CURRENT)) storage.setItem(CURRENT, current.id);
        isFresh = false;
        store.state = denied ? "denied" : "saved";
        store.savedAt = new Date();
      } catch (error) {
        lastText = null;
        store.state = FULL.includes(error.name) ? "full" : "denied";
      }
    }

    const tell = () => listeners.forEach((listener) => listener());

    /**
     * Now, but later than the last stamp and than `before`: merging goes by the order of changes,
     * and clocks are set back.
     */
    function stamp(before) {
      const times = [lastStamp, before].filter(isStamp).map(Date.parse);
      lastStamp = new Date(Math.max(Date.now(), ...times.map((one) => one + 1))).toISOString();
      return lastStamp;
    }

    /** Names the document in use; where that does not fit, the first one found is in use next time. */
    function name(id) {
      try {
        storage.setItem(CURRENT, id);
      } catch {
        // Nothing is lost: every document is still there.
      }
    }

    /** Writes a document that is not in use; tells whether it is kept now. */
    function write(document) {
      try {
        storage.setItem(PREFIX + document.id, JSON.stringify(document));
        return true;
      } catch {
        return false;
      }
    }

    function enter(entered, entersFresh) {
      current = entered;
      isFresh = entersFresh;
      lastText = null;
      store.savedAt = null;
      store.state = denied ? "denied" : entersFresh ? "empty" : "saved";
    }

    /* The document in use */

    /** The document in use; not to be changed from outside. */
    store.current = () => current;

    /** Changes it and saves: `change(document, stamp)`, with `stamp` as above. */
    store.change = function (change) {
      change(current, stamp);
      save();
    };

    /** Takes what another tab saved, before something is changed. */
    store.refresh = function () {
      if (store.state !== "newer" && takeOthers()) setTimeout(tell);
    };

    /** Gives it a name: {title} and what else a kind calls its documents by. */
    store.describe = (named) =>
      store.change((document) => {
        const described = stamp(document.described);
        Object.assign(document, named, { described, updated: described });
      });

    /** Notes that it was saved to a file. */
    store.filed = function () {
      current.filed = stamp(current.updated);
      if (kind.holds(current)) save();
    };

    /** Whether closing the page would lose something. */
    store.wouldLose = () => store.state !== "saved" && kind.holds(current);

    /* All documents of the kind */

    /** Every one this browser keeps, with the one in use; the last changed first. */
    store.list = () =>
      [
        ...ids()
          .filter((id) => id !== current.id)
          .map(read)
          .filter(Boolean),
        current,
      ].sort((one, other) => other.updated.localeCompare(one.updated));

    /** Whether another can be put in use without losing what this one holds. */
    store.canSwitch = () => store.state !== "full" || !kind.holds(current);

    /** Puts a kept document in use. */
    store.use = function (id) {
      const found = id !== current.id && store.canSwitch() && read(id);
      if (!found) return;
      enter(found, false);
      name(id);
    };

    /**
     * Keeps a document and puts it in use; tells whether it did. Where it does not fit, the one in use stays,
     * unless that holds nothing.
     */
    store.add = function (added) {
      // There may be room by now.
      if (!store.canSwitch()) save();
      if (!store.canSwitch()) return false;
      const kept = write(added);
      if (!kept && kind.holds(current)) return false;
      enter(added, false);
      if (kept) {
        lastText = storage.getItem(PREFIX + added.id);
        store.savedAt = new Date();
        name(added.id);
      } else {
        save();
      }
      return true;
    };

    /** Puts a document in the place of the one in use, which goes only once the other is kept: [gone], or null. */
    store.replace = function (added) {
      const old = current.id;
      if (!store.add(added)) return null;
      return store.remove([old]);
    };

    /** Removes documents; gives them, so that it can be undone with `restore`. */
    store.remove = function (removed) {
      const gone = store.list().filter((one) => removed.includes(one.id));
      for (const { id } of gone) {
        storage.removeItem(PREFIX + id);
        storage.removeItem(PREFIX + id + DAMAGED);
      }
      if (removed.includes(current.id)) {
        storage.removeItem(CURRENT);
        const next = ids().map(read).find(Boolean);
        enter(next || fresh(kind), !next);
        if (next) name(next.id);
      }
      return gone;
    };

    /** Removes everything this site keeps in the browser; gives the documents, and with them the rest. */
    store.removeEverything = function () {
      const others = storage
        .keys()
        .filter((key) => key.startsWith("abc.") && !key.startsWith(PREFIX) && key !== CURRENT)
        .map((key) => [key, storage.getItem(key)]);
      const gone = Object.assign(store.remove(store.list().map((one) => one.id)), { others });
      for (const key of storage.keys()) if (key.startsWith("abc.")) storage.removeItem(key);
      return gone;
    };

    /** Brings back what was removed; tells whether all of it fits. */
    store.restore = function (removed) {
      const kept = [...removed].reverse().map(store.add);
      try {
        for (const [key, text] of removed.others || []) storage.setItem(key, text);
      } catch {
        store.state = "full";
      }
      return kept.every(Boolean) && store.state !== "full";
    };

    /* Other tabs */

    /** Calls `listener` when another tab changed the document in use. */
    store.onOthers = (listener) => listeners.push(listener);

    window.addEventListener("storage", (event) => {
      if (denied || store.state === "newer") return;
      const gone = event.key === null || (event.key === PREFIX + current.id && event.newValue === null);
      if (gone && !isFresh) tellGone();
      if (event.newValue === null) return;
      if (isFresh && event.key === CURRENT && takeOthers()) tell();
      if (event.key !== PREFIX + current.id) return;
      const { document: theirs } = parse(kind, event.newValue);
      if (!theirs) return;
      if (isFresh ? takeOthers() : merge(kind, current, theirs)) tell();
      // Both saved at once and theirs came last: what only we have goes in again.
      if (merge(kind, theirs, current)) save();
    });

    openCurrent();
    return store;
  }

  abc.storage = { isObject, isStamp, isTooDeep, uuid, fresh, copy, parse, either, newer, merge, open };
})((window.abc = window.abc || {}));
