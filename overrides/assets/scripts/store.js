/*
 * Assessments as they are kept (see storage.js): "abc.assessment.<uuid>", with "abc.current" for the one in
 * use. They hold ids and answers only, no text of any checklist; besides what every document has,
 *
 *   {round, checklists: {<checklist>: {version, criteria: {<criterion>: <see record.js>}}}}
 *
 * A checklist's version is the one whose changes the person has been told of.
 * A criterion that was cleared keeps only "updated", so that another tab does not bring it back.
 */
(function (abc) {
  "use strict";

  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const { isObject, either, newer } = abc.storage;

  const kind = {
    name: "assessment",
    format: 1,
    current: "abc.current",
    empty: () => ({ round: "", checklists: {} }),
    read,
    merge,
    holds: abc.hasAnswers,
  };

  /** The entries of a mapping whose keys are ids and whose values are mappings. */
  const entries = (mapping) =>
    Object.entries(isObject(mapping) ? mapping : {}).filter(([id, value]) => ID.test(id) && isObject(value));

  function read(found, mendTime) {
    if (!isObject(found.checklists)) return null;
    const checklists = {};
    for (const [id, checklist] of entries(found.checklists)) {
      const criteria = Object.fromEntries(entries(checklist.criteria));
      // Files of before criteria had a version of their own.
      for (const record of Object.values(criteria)) {
        if (abc.isAnswer(record.answer)) record.version ??= checklist.version;
        mendTime(record);
      }
      checklists[id] = { ...checklist, criteria };
    }
    return { round: typeof found.round === "string" ? found.round : "", checklists };
  }

  function merge(mine, theirs) {
    let changed = false;
    for (const [id, checklist] of Object.entries(theirs.checklists)) {
      const own = (mine.checklists[id] ||= { ...checklist, criteria: {} });
      const { criteria: _, version, ...unknown } = checklist;
      own.version = Math.max(own.version || 0, version || 0) || undefined;
      for (const [key, value] of Object.entries(unknown)) own[key] = either(own[key], value);
      for (const [criterion, record] of Object.entries(checklist.criteria)) {
        const before = own.criteria[criterion];
        if (before && newer(before, record) === before) continue;
        own.criteria[criterion] = record;
        changed = true;
      }
    }
    return changed;
  }

  /** An assessment without answers, for a municipality (`title`) and a `round`. */
  abc.newAssessment = ({ title, round }) => ({ ...abc.storage.fresh(kind, title), round });

  /** An assessment from the text of a stored entry or of a file: {document} or {problem}. */
  abc.parseAssessment = (text) => abc.storage.parse(kind, text);

  /** Puts into `mine` every criterion that is newer in `theirs`; tells whether there was any. */
  abc.mergeAssessments = (mine, theirs) => abc.storage.merge(kind, mine, theirs);

  /** Opens the store of assessments. */
  abc.openStore = function () {
    const store = abc.storage.open(kind);

    /** What is kept of a criterion, or an empty object. */
    store.get = (checklist, criterion) => store.current().checklists[checklist]?.criteria[criterion] || {};

    /** Whether a criterion has anything a person would miss. */
    store.has = (checklist, criterion) => abc.holds(store.get(checklist, criterion));

    /**
     * Changes criteria and saves.
     *
     * @param {{checklist: string, version: number, criterion: string, record: object}[]} changes
     *   each with the whole new record; an empty one clears the criterion.
     */
    store.put = (changes) =>
      store.change((assessment, stamp) => {
        for (const { checklist, version, criterion, record } of changes) {
          const own = (assessment.checklists[checklist] ||= { criteria: {} });
          own.version ??= version;
          const updated = stamp(own.criteria[criterion]?.updated);
          own.criteria[criterion] = { ...record, updated };
          assessment.updated = updated;
        }
      });

    /** Notes that a person was told what changed in a checklist up to `version`. */
    store.acknowledge = function (checklist, version) {
      const own = store.current().checklists[checklist];
      if (own && own.version < version) store.change(() => (own.version = version));
    };

    return store;
  };
})((window.abc = window.abc || {}));
