/*
 * Where answers are kept: this browser's own storage, and nothing else.
 *
 * One assessment is one entry, "abc.assessment.<uuid>"; "abc.current" names the one in use.
 * It holds ids and answers only, no text of any checklist:
 *
 *   {format, id, title, round, created, updated, checklists: {
 *     <checklist>: {version, criteria: {<criterion>: {answer, reason, note, updated}}}}}
 *
 * A criterion that was cleared keeps only "updated", so that another tab does not bring it back.
 * What this version does not know (ids, keys) is kept as it is.
 */
(function (abc) {
  "use strict";

  const FORMAT = 1;
  const PREFIX = "abc.assessment.";
  const CURRENT = "abc.current";
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

  const isObject = (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value);

  /** The entries of a mapping whose keys are ids and whose values are mappings. */
  const entries = (mapping) =>
    Object.entries(isObject(mapping) ? mapping : {}).filter(
      ([id, value]) => ID.test(id) && isObject(value),
    );

  function newAssessment() {
    const now = new Date().toISOString();
    return { format: FORMAT, id: uuid(), title: "", round: "", created: now, updated: now, checklists: {} };
  }

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /**
   * An assessment from the text of a stored entry.
   *
   * @returns {{assessment?: object, problem?: "damaged"|"newer"}}
   */
  function parse(text) {
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      return { problem: "damaged" };
    }
    if (!isObject(found) || !Number.isInteger(found.format) || found.format < 1) {
      return { problem: "damaged" };
    }
    if (found.format > FORMAT) return { problem: "newer" };
    if (typeof found.id !== "string" || !isObject(found.checklists)) return { problem: "damaged" };
    const checklists = {};
    for (const [id, checklist] of entries(found.checklists)) {
      checklists[id] = { ...checklist, criteria: Object.fromEntries(entries(checklist.criteria)) };
    }
    delete found["__proto__"];
    return { assessment: { ...found, checklists } };
  }

  /** Which of two records of one criterion stands: the newer; the same one whoever asks. */
  function newer(one, other) {
    const [a, b] = [String(one.updated || ""), String(other.updated || "")];
    if (a !== b) return a > b ? one : other;
    return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
  }

  /** Puts into `mine` every criterion that is newer in `theirs`; tells whether there was any. */
  function merge(mine, theirs) {
    let changed = false;
    for (const [id, checklist] of Object.entries(theirs.checklists)) {
      const own = (mine.checklists[id] ||= { ...checklist, criteria: {} });
      own.version = Math.max(own.version || 0, checklist.version || 0) || undefined;
      for (const [criterion, record] of Object.entries(checklist.criteria)) {
        const before = own.criteria[criterion];
        const after = before ? newer(before, record) : record;
        if (before !== after && JSON.stringify(before) !== JSON.stringify(after)) {
          own.criteria[criterion] = after;
          changed = true;
        }
      }
    }
    return changed;
  }

  /**
   * Opens the store.
   *
   * `state` is "empty", "saved", "denied", "full", "damaged" (put aside, started anew) or "newer"
   * (left alone, nothing is saved); `savedAt` is the last time of saving.
   */
  abc.openStore = function () {
    const listeners = [];
    const store = { state: "empty", savedAt: null };
    let storage = null;
    let assessment = newAssessment();
    let lastStamp = "";
    // Nothing of this assessment is stored yet: should another tab begin one, it becomes ours.
    let fresh = true;
    // The stored text as we last wrote or read it: while it is the same, there is nothing to merge.
    let lastText = null;

    try {
      storage = window.localStorage;
      open();
    } catch {
      store.state = "denied";
    }

    function open() {
      let id = storage.getItem(CURRENT);
      if (!id || storage.getItem(PREFIX + id) === null) {
        // The name of the one in use was lost, but not the assessment.
        const key = Object.keys(storage).find((name) => /^abc\.assessment\.[0-9a-f-]{36}$/.test(name));
        id = key ? key.slice(PREFIX.length) : id;
      }
      const text = id && storage.getItem(PREFIX + id);
      if (!text) return;
      const { assessment: found, problem } = parse(text);
      if (found) {
        assessment = { ...found, id };
        fresh = false;
        store.state = "saved";
      } else if (problem === "newer") {
        store.state = "newer";
      } else {
        storage.setItem(`${PREFIX}${id}.damaged`, text);
        storage.removeItem(PREFIX + id);
        store.state = "damaged";
      }
    }

    /** Takes what another tab saved meanwhile; tells whether anything changed. */
    function takeOthers() {
      const current = storage.getItem(CURRENT);
      if (fresh && current) assessment.id = current;
      const text = storage.getItem(PREFIX + assessment.id);
      if (text === lastText) return false;
      lastText = text;
      const found = text && parse(text).assessment;
      if (!found) return false;
      if (!fresh) return merge(assessment, found);
      const mine = assessment;
      assessment = { ...found, id: mine.id };
      fresh = false;
      merge(assessment, mine);
      return true;
    }

    function save() {
      if (store.state === "newer") return;
      try {
        if (!storage) throw new DOMException("", "SecurityError");
        takeOthers();
        lastText = JSON.stringify(assessment);
        storage.setItem(PREFIX + assessment.id, lastText);
        if (storage.getItem(CURRENT) !== assessment.id) storage.setItem(CURRENT, assessment.id);
        fresh = false;
        store.state = "saved";
        store.savedAt = new Date();
      } catch (error) {
        const full = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].includes(error.name);
        store.state = full ? "full" : "denied";
      }
    }

    /** Now, but never the same twice: the order of changes is what merging goes by. */
    function stamp() {
      const now = new Date().toISOString();
      lastStamp = now > lastStamp ? now : new Date(Date.parse(lastStamp) + 1).toISOString();
      return lastStamp;
    }

    /** What is kept of a criterion, or an empty object. */
    store.get = (checklist, criterion) =>
      assessment.checklists[checklist]?.criteria[criterion] || {};

    /** Whether a criterion has anything a person would miss. */
    store.has = (checklist, criterion) =>
      Object.keys(store.get(checklist, criterion)).some((key) => key !== "updated");

    /**
     * Changes criteria and saves.
     *
     * @param {{checklist: string, version: number, criterion: string, record: object}[]} changes
     *   each with the whole new record; an empty one clears the criterion.
     */
    store.put = function (changes) {
      for (const { checklist, version, criterion, record } of changes) {
        const own = (assessment.checklists[checklist] ||= { criteria: {} });
        own.version = version;
        const updated = stamp();
        own.criteria[criterion] = { ...record, updated };
        assessment.updated = updated;
      }
      save();
    };

    /** Whether closing the page would lose answers. */
    store.wouldLose = () =>
      store.state !== "saved" &&
      Object.values(assessment.checklists).some((one) => Object.keys(one.criteria).length > 0);

    /** Calls `listener` when another tab changed answers. */
    store.onOthers = (listener) => listeners.push(listener);

    window.addEventListener("storage", (event) => {
      if (!storage || event.newValue === null) return;
      const ours = event.key === PREFIX + assessment.id || (fresh && event.key === CURRENT);
      if (ours && takeOthers()) listeners.forEach((listener) => listener());
    });

    return store;
  };
})((window.abc = window.abc || {}));
