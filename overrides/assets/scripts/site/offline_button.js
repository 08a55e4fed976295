/* The button that keeps the site for where there is no network; what it does comes when it is needed. */

import { loadScript, pageLanguage, siteRoot } from "../core/browser.js";
import { findOptional } from "../core/elements.js";
import { abc } from "../core/global.js";

/** @type {Promise<unknown> | undefined} */
let loading;

async function copy() {
  const load = (/** @type {string} */ file) => loadScript(new URL(`assets/${file}.js`, siteRoot).href);
  // First the words.
  loading ??= load(`offline/${pageLanguage}`).then(() => load("bundles/offline_copy"));
  await loading;
  return abc.copy;
}

/** Shows it where the browser can, and says what is shown from a copy. */
export function openOfflineButton() {
  const button = findOptional(document, '[data-action="offline"]', HTMLButtonElement);
  if (!button || !("serviceWorker" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", async () => (await copy())?.press());
  if (navigator.serviceWorker.controller) copy().then((one) => one?.show());
}
