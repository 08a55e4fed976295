/*
 * What the tools keep (see storage.js), documents of any kind: all they hold is a flat mapping of items, each
 * with the time it was changed. No page, no words.
 *
 *   {items: {<key>: {…, updated}}}
 *
 * A key is one to three ids joined by dots, such as "rating.c40.visibilidad". Of two versions of an item
 * the newer stands; one that was removed keeps only "updated", so that another tab does not bring it
 * back.
 */
(function (abc) {
  "use strict";

  const KEY = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*){0,2}$/;
  const MOST_LETTERS = 5000;
  const { isObject, newer, copy, uuid } = abc.storage;

  /** Whether an item holds anything a person would miss. */
  const holds = (record) => Object.keys(record).some((key) => key !== "updated");
  const hasItems = (document) => Object.values(document.items).some(holds);

  /** What an item says, without when it was said. */
  const bare = ({ updated, ...record }) =>
    JSON.stringify(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));

  function read({ items }, mendTime) {
    if (!isObject(items)) return null;
    const found = Object.entries(items).filter(([key, one]) => KEY.test(key) && isObject(one));
    for (const [, one] of found) mendTime(one);
    return { items: Object.fromEntries(found) };
  }

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

  const kindOf = (name) => ({
    name,
    format: 1,
    current: `abc.current-${name}`,
    empty: () => ({ items: {} }),
    read,
    merge,
    holds: hasItems,
  });

  /** An empty document of a kind. */
  const fresh = (kind, title) => abc.storage.fresh(kindOf(kind), title);

  /** A document of a kind from the text of a file: {document} or {problem}. */
  const parse = (kind, text) => abc.storage.parse(kindOf(kind), text);

  /** The keys of the items that two documents say differently. */
  const differences = (one, other) =>
    Array.from(new Set([...Object.keys(one.items), ...Object.keys(other.items)])).filter(
      (key) => bare(one.items[key] || {}) !== bare(other.items[key] || {}),
    );

  /** A copy that begins now. */
  function duplicate(document, title) {
    const now = new Date().toISOString();
    return copy(document, { created: now, updated: now, ...(title === undefined ? {} : { title, described: now }) });
  }

  /** Opens the store of a kind of documents. */
  function open(kind) {
    const store = abc.storage.open(kindOf(kind));

    /** An item of the document in use, or an empty object. */
    store.get = (key) => store.current().items[key] || {};

    /** The items under a key that hold something, as [the rest of their key, item]. */
    store.under = (key) =>
      Object.entries(store.current().items)
        .filter(([name, record]) => name.startsWith(`${key}.`) && holds(record))
        .map(([name, record]) => [name.slice(key.length + 1), record]);

    /** Changes items, `{<key>: record}`, each the whole new record, and saves; an empty one is removed. */
    store.put = (changes) =>
      store.change((document, stamp) => {
        for (const [key, record] of Object.entries(changes)) {
          const updated = stamp(document.items[key]?.updated);
          document.items[key] = { ...record, updated };
          document.updated = updated;
        }
      });

    return store;
  }

  /* Reading items: they come from strangers' files, and nothing in them is trusted */

  /** A text of an item, "" where there is none. */
  const text = (value) => (typeof value === "string" ? value.slice(0, MOST_LETTERS) : "");
  /** A whole number from `least` to `most`, or null. */
  const whole = (value, least, most) => (Number.isInteger(value) && value >= least && value <= most ? value : null);

  abc.kept = { fresh, parse, differences, duplicate, open, hasItems, uuid, text, whole };
})((window.abc = window.abc || {}));
