/* Shows the button that keeps the site for where there is no network; what it does comes when it is needed. */

import { pageLanguage } from "../core/browser.js";
import { findOptional } from "../core/elements.js";
import { abc } from "../core/global.js";
import { loadOnce } from "../core/load_once.js";

async function copy() {
  // First the words.
  await loadOnce(`assets/offline/${pageLanguage}.js`);
  await loadOnce("assets/bundles/offline_copy.js");
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
