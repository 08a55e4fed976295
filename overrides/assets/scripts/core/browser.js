/* Asks the browser for what pages need: to wait, to keep a file, to print, to load a script. */

import { element } from "./elements.js";

// A face that does not come is no reason not to print.
const FACES = 5_000;
const ASKED_TO_KEEP = "abc.keep-asked";

/** @typedef {{(): void, now: () => void, flush: () => void}} Debounced */

/**
 * Runs `action` once things are quiet; `now` runs it at once, `flush` only if it waits.
 *
 * @param {() => void} action
 * @param {number} wait in milliseconds
 * @returns {Debounced}
 */
export function debounce(action, wait) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(later.now, wait);
  };
  later.now = () => {
    clearTimeout(timer);
    timer = 0;
    action();
  };
  later.flush = () => {
    if (timer) later.now();
  };
  return later;
}

/**
 * Runs `action` when the browser has nothing else to do, or after a while.
 *
 * @param {() => void} action
 * @param {number} wait
 */
export function whenIdle(action, wait) {
  if ("requestIdleCallback" in window) requestIdleCallback(action);
  else setTimeout(action, wait);
}

/**
 * Hands a file to the browser's downloads.
 *
 * @param {string} name
 * @param {string} type
 * @param {BlobPart} content
 */
export function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Asks the browser, once, not to clear what the site keeps when it runs out of room or after days without a visit.
 * Some ask the person: so it is asked only when they have just shown that they want to keep something.
 */
export async function keepForLong() {
  try {
    if (localStorage.getItem(ASKED_TO_KEEP) || (await navigator.storage.persisted())) return;
    localStorage.setItem(ASKED_TO_KEEP, new Date().toISOString());
    await navigator.storage.persist();
  } catch {
    // Then it is kept as long as the browser likes, and the page says to save a file.
  }
}

/**
 * Opens the window to print once what is to be printed is there: `ready`, which may say false where it will not
 * come, and the face of its words; with another face they would take other pages.
 *
 * @param {Promise<boolean>} [ready]
 */
export async function print(ready) {
  if ((await ready) === false) return;
  await Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, FACES))]);
  window.print();
}

/**
 * Loads a script: from a folder opened without a server, nothing else can be loaded.
 *
 * @param {string} address
 * @returns {Promise<void>}
 */
export const loadScript = (address) =>
  new Promise((resolve, reject) => {
    document.head.append(element("script", { src: address, onload: () => resolve(), onerror: reject }));
  });

const script = document.currentScript;
/** Where the site begins: bundles stand in assets/bundles/. */
export const siteRoot = new URL("../../", script instanceof HTMLScriptElement ? script.src : location.href);

/** The language of the page. */
export const pageLanguage = document.documentElement.lang;
