/*
 * Keeps ticks in this browser: one entry of its storage, {list: [id, …]}, ids and nothing else. Without storage they
 * last as long as the page.
 */

const ID = /^[a-z0-9]+([/-][a-z0-9]+)*$/;
const MOST = 1000;

/** Returns what storage holds under a name; null where there is nothing or no storage. @param {string} name */
export function storedItem(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Returns what a text holds as JSON; null where it is none. @param {string | null} text @returns {unknown} */
export function parsed(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/**
 * Returns the ids that are kept; whatever else somebody put there is passed over.
 *
 * @param {string} key the name of the entry
 * @param {string} list the name of the list in it
 */
export function keptTicks(key, list) {
  const found = /** @type {Record<string, unknown> | null} */ (parsed(storedItem(key)))?.[list];
  const ids = (Array.isArray(found) ? found : []).filter((one) => typeof one === "string" && ID.test(one));
  return new Set(/** @type {string[]} */ (ids.slice(0, MOST)));
}

/**
 * Keeps ticks; tells whether the browser did.
 *
 * @param {string} key
 * @param {string} list
 * @param {Set<string>} ids
 */
export function keepTicks(key, list, ids) {
  try {
    localStorage.setItem(key, JSON.stringify({ [list]: Array.from(ids) }));
    return true;
  } catch {
    return false;
  }
}
