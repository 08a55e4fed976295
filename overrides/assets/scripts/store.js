/*
 * Where answers are kept: this browser's own storage, and nothing else.
 *
 * One assessment is one entry, "abc.assessment.<uuid>"; "abc.current" names the one in use.
 * It holds ids and answers only, no text of any checklist:
 *
 *   {kind, format, id, title, round, created, updated, described, filed, checklists: {
 *     <checklist>: {version, criteria: {<criterion>: <see record.js>}}}}
 *
 * A checklist's version is the one whose changes the person has been told of.
 * A criterion that was cleared keeps only "updated", so that another tab does not bring it back.
 * What this version does not know (ids, keys) is kept as it is.
 */
(function (abc) {
  "use strict";

  const KIND = "abc-assessment";
  const FORMAT = 1;
  const PREFIX = "abc.assessment.";
  const CURRENT = "abc.current";
  const DAMAGED = ".damaged";
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** The entries of a mapping whose keys are ids and whose values are mappings. */
  const entries = (mapping) =>
    Object.entries(isObject(mapping) ? mapping : {}).filter(([id, value]) => ID.test(id) && isObject(value));

  /** An assessment without answers, for a municipality (`title`) and a `round`. */
  abc.newAssessment = function ({ title = "", round = "" } = {}) {
    const now = new Date().toISOString();
    return {
      kind: KIND,
      format: FORMAT,
      id: uuid(),
      title,
      round,
      created: now,
      updated: now,
      described: now,
      checklists: {},
    };
  };

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /**
   * An assessment from the text of a stored entry or of a file.
   *
   * @returns {{assessment?: object, problem?: "damaged"|"newer"}}
   */
  abc.parseAssessment = function (text) {
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
      const criteria = Object.fromEntries(entries(checklist.criteria));
      // Files of before criteria had a version of their own.
      for (const record of Object.values(criteria)) {
        if (abc.isAnswer(record.answer)) record.version ??= checklist.version;
      }
      checklists[id] = { ...checklist, criteria };
    }
    delete found["__proto__"];
    for (const name of ["title", "round", "created", "updated"]) {
      if (typeof found[name] !== "string") found[name] = "";
    }
    return { assessment: { ...found, kind: KIND, checklists } };
  };

  /** Which of two records of one criterion stands: the newer; the same one whoever asks. */
  function newer(one, other) {
    const [a, b] = [String(one.updated || ""), String(other.updated || "")];
    if (a !== b) return a > b ? one : other;
    return either(one, other);
  }

  /** One of two values, the same one whoever asks. */
  function either(one, other) {
    if (one === undefined) return other;
    return JSON.stringify(one) >= JSON.stringify(other) ? one : other;
  }

  /** Sorts by when an assessment was given its name, then by the name. */
  const described = ({ described: when, title, round }) => JSON.stringify([String(when || ""), title, round]);

  /**
   * Puts into `mine` every criterion that is newer in `theirs`; tells whether there was any. Whichever
   * of two is merged into the other, both end with the same criteria.
   */
  function merge(mine, theirs) {
    let changed = false;
    if (described(theirs) > described(mine)) {
      const { title, round, described: when } = theirs;
      Object.assign(mine, { title, round, described: when });
      changed = true;
    }
    for (const key of Object.keys(theirs)) mine[key] ??= theirs[key];
    if (String(theirs.filed || "") > String(mine.filed || "")) mine.filed = theirs.filed;
    for (const [id, checklist] of Object.entries(theirs.checklists)) {
      const own = (mine.checklists[id] ||= { ...checklist, criteria: {} });
      const { criteria: _, version, ...unknown } = checklist;
      own.version = Math.max(own.version || 0, version || 0) || undefined;
      for (const [key, value] of Object.entries(unknown)) own[key] = either(own[key], value);
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

  abc.mergeAssessments = merge;

  /**
   * Opens the store.
   *
   * `state` is "empty", "saved", "denied" (kept while the page lasts), "full", "damaged" (put aside,
   * started anew), "newer" (left alone, nothing is saved) or "removed" (elsewhere, while open here); `savedAt` is the last time of saving.
   */
  abc.openStore = function () {
    const listeners = [];
    const store = { state: "empty", savedAt: null };
    let assessment = abc.newAssessment();
    let lastStamp = "";
    // Nothing of this assessment is stored yet: should another tab begin one, it becomes ours.
    let fresh = true;
    // The stored text as we last wrote or read it: while it is the same, there is nothing to merge.
    let lastText = null;
    let leftAlone = null;

    const { storage, denied } = abc.openStorage();
    if (denied) store.state = "denied";
    openCurrent();

    const ids = () =>
      storage
        .keys()
        .filter((key) => key.startsWith(PREFIX) && !key.endsWith(DAMAGED))
        .map((key) => key.slice(PREFIX.length));

    /** The stored assessment of an id, or null. */
    function read(id) {
      const text = storage.getItem(PREFIX + id);
      const found = text && abc.parseAssessment(text).assessment;
      return found ? { ...found, id } : null;
    }

    function openCurrent() {
      let id = storage.getItem(CURRENT);
      if (!id || storage.getItem(PREFIX + id) === null) {
        // The name of the one in use was lost, but not the assessment.
        const key = storage.keys().find((name) => name.startsWith(PREFIX) && !name.endsWith(DAMAGED));
        id = key ? key.slice(PREFIX.length) : id;
      }
      const text = id && storage.getItem(PREFIX + id);
      if (!text) return;
      lastText = text;
      const { assessment: found, problem } = abc.parseAssessment(text);
      if (found) {
        assessment = { ...found, id };
        fresh = false;
        store.state = "saved";
      } else if (problem === "newer") {
        store.state = "newer";
      } else {
        putAside(id, text);
      }
    }

    function putAside(id, text) {
      try {
        storage.setItem(PREFIX + id + DAMAGED, text);
        storage.removeItem(PREFIX + id);
      } catch {
        // No room for the copy: it stays where it is, and the new one goes by another name.
        leftAlone = id;
      }
      store.state = "damaged";
    }

    /** Takes what another tab saved meanwhile; tells whether anything changed. */
    function takeOthers() {
      const current = storage.getItem(CURRENT);
      if (fresh && current && current !== leftAlone) assessment.id = current;
      const text = storage.getItem(PREFIX + assessment.id);
      if (text === lastText) return false;
      lastText = text;
      const found = text && abc.parseAssessment(text).assessment;
      if (!found) return false;
      if (!fresh) return merge(assessment, found);
      const mine = assessment;
      assessment = { ...found, id: mine.id };
      fresh = false;
      if (!denied) store.state = "saved";
      merge(assessment, mine);
      return true;
    }

    function save() {
      if (store.state === "newer") return;
      try {
        if (takeOthers()) setTimeout(tellOthers);
        lastText = JSON.stringify(assessment);
        storage.setItem(PREFIX + assessment.id, lastText);
        if (fresh || !storage.getItem(CURRENT)) storage.setItem(CURRENT, assessment.id);
        fresh = false;
        store.state = denied ? "denied" : "saved";
        store.savedAt = new Date();
      } catch (error) {
        lastText = null;
        const full = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"].includes(error.name);
        store.state = full ? "full" : "denied";
      }
    }

    const tellOthers = () => listeners.forEach((listener) => listener());

    /**
     * Now, but later than the last stamp and than `before`: merging goes by the order of changes,
     * and clocks are set back.
     */
    function stamp(before) {
      const times = [lastStamp, before].map(Date.parse).filter(Number.isFinite);
      lastStamp = new Date(Math.max(Date.now(), ...times.map((one) => one + 1))).toISOString();
      return lastStamp;
    }

    /* The assessment in use */

    /** The assessment in use; not to be changed from outside. */
    store.current = () => assessment;

    /** What is kept of a criterion, or an empty object. */
    store.get = (checklist, criterion) => assessment.checklists[checklist]?.criteria[criterion] || {};

    /** Whether a criterion has anything a person would miss. */
    store.has = (checklist, criterion) => abc.holds(store.get(checklist, criterion));

    /**
     * Changes criteria and saves.
     *
     * @param {{checklist: string, version: number, criterion: string, record: object}[]} changes
     *   each with the whole new record; an empty one clears the criterion.
     */
    store.put = function (changes) {
      for (const { checklist, version, criterion, record } of changes) {
        const own = (assessment.checklists[checklist] ||= { criteria: {} });
        own.version ??= version;
        const updated = stamp(own.criteria[criterion]?.updated);
        own.criteria[criterion] = { ...record, updated };
        assessment.updated = updated;
      }
      save();
    };

    /** Notes that a person was told what changed in a checklist up to `version`. */
    store.acknowledge = function (checklist, version) {
      const own = assessment.checklists[checklist];
      if (!own || own.version >= version) return;
      own.version = version;
      save();
    };

    /** Whether closing the page would lose answers. */
    store.wouldLose = () => store.state !== "saved" && abc.hasAnswers(assessment);

    /* All assessments */

    /** Every assessment this browser keeps, with the one in use; the last changed first. */
    store.list = () =>
      [
        ...ids()
          .filter((id) => id !== assessment.id)
          .map(read)
          .filter(Boolean),
        assessment,
      ].sort((one, other) => other.updated.localeCompare(one.updated));

    /** Whether another assessment can be put in use without losing what this one holds. */
    store.canSwitch = () => store.state !== "full" || !abc.hasAnswers(assessment);

    function enter(entered, isFresh) {
      assessment = entered;
      fresh = isFresh;
      lastText = null;
      store.savedAt = null;
      store.state = denied ? "denied" : isFresh ? "empty" : "saved";
    }

    /** Puts a kept assessment in use. */
    store.use = function (id) {
      const found = id !== assessment.id && store.canSwitch() && read(id);
      if (!found) return;
      enter(found, false);
      storage.setItem(CURRENT, id);
    };

    /** Keeps an assessment and puts it in use. */
    store.add = function (added) {
      if (!store.canSwitch()) return;
      enter(added, false);
      save();
      if (store.state !== "full") storage.setItem(CURRENT, added.id);
    };

    /** Gives the one in use a title and a round. */
    store.describe = function ({ title, round }) {
      const described = stamp(assessment.described);
      Object.assign(assessment, { title, round, described, updated: described });
      save();
    };

    /** Notes that the one in use was saved to a file. */
    store.filed = function () {
      assessment.filed = stamp(assessment.updated);
      if (abc.hasAnswers(assessment)) save();
    };

    /** Removes assessments; gives them, so that it can be undone with `restore`. */
    store.remove = function (removed) {
      const gone = store.list().filter((one) => removed.includes(one.id));
      for (const { id } of gone) {
        storage.removeItem(PREFIX + id);
        storage.removeItem(PREFIX + id + DAMAGED);
      }
      if (removed.includes(assessment.id)) {
        storage.removeItem(CURRENT);
        const next = ids().map(read).find(Boolean);
        enter(next || abc.newAssessment(), !next);
        if (next) storage.setItem(CURRENT, next.id);
      }
      return gone;
    };

    /** Removes everything this site keeps in the browser; gives the assessments, and with them the rest. */
    store.removeEverything = function () {
      const others = storage
        .keys()
        .filter((key) => key.startsWith("abc.") && !key.startsWith(PREFIX) && key !== CURRENT)
        .map((key) => [key, storage.getItem(key)]);
      const gone = Object.assign(store.remove(store.list().map((one) => one.id)), { others });
      for (const key of storage.keys()) if (key.startsWith("abc.")) storage.removeItem(key);
      return gone;
    };

    /** Brings back what was removed. */
    store.restore = function (removed) {
      [...removed].reverse().forEach(store.add);
      try {
        for (const [key, text] of removed.others || []) storage.setItem(key, text);
      } catch {
        store.state = "full";
      }
    };

    /** Calls `listener` when another tab changed answers. */
    store.onOthers = (listener) => listeners.push(listener);

    window.addEventListener("storage", (event) => {
      if (denied) return;
      const gone = event.key === null || (event.key === PREFIX + assessment.id && event.newValue === null);
      if (gone && !fresh) {
        // Deleted on purpose or cleared by the browser: what is on this page stays until it closes.
        lastText = null;
        store.state = "removed";
        tellOthers();
      }
      if (event.newValue === null) return;
      if (fresh && event.key === CURRENT && takeOthers()) tellOthers();
      if (event.key !== PREFIX + assessment.id) return;
      const { assessment: theirs } = abc.parseAssessment(event.newValue);
      if (!theirs) return;
      if (fresh ? takeOthers() : merge(assessment, theirs)) tellOthers();
      // Both saved at once and theirs came last: what only we have goes in again.
      if (merge(theirs, assessment)) save();
    });

    return store;
  };
})((window.abc = window.abc || {}));
