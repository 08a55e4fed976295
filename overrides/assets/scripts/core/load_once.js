/* Loads scripts of the site when they are needed, once. */

import { loadScript, siteRoot } from "./browser.js";

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** Loads a script of the site, once. @param {string} address from the site's root */
export function loadOnce(address) {
  const before = loading.get(address);
  if (before) return before;
  const begun = loadScript(new URL(address, siteRoot).href);
  loading.set(address, begun);
  // What failed may work the next time.
  begun.catch(() => loading.delete(address));
  return begun;
}
