/*
 * Makes the copy of the site in the browser and takes it away, by the button in the footer, and says aloud where
 * what is shown comes from it or is older than it. Loaded when the button is pressed or there is a copy.
 */

import { pageLanguage, siteRoot } from "../core/browser.js";
import { element, find, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { abc } from "../core/global.js";

/** @typedef {{isCopy: boolean, saved?: string}} Answer */

const WORKER = new URL("sw.js", siteRoot).href;
// Who opened the page so many milliseconds ago has what the network has.
const FRESH = 60_000;
const ANSWERS = 2000;

const { serviceWorker } = navigator;
const words = abc.offline?.[pageLanguage] ?? {};
const footer = find(document, "footer.footer");
const button = find(footer, '[data-action="offline"]', HTMLButtonElement);
const state = slot(footer, "offline-state");
const opened = Date.now();
const dated = new Intl.DateTimeFormat(pageLanguage, { dateStyle: "long", timeStyle: "short" });

/** @param {string} text @param {string} [named] the words of a button that loads the page again */
function notice(text, named) {
  const again = element("button", { type: "button", className: "quiet", textContent: named });
  again.addEventListener("click", () => location.reload());
  const box = element("div", { className: "notice" }, element("p", { textContent: text }), ...(named ? [again] : []));
  box.setAttribute("role", "status");
  box.dataset.offline = "";
  document.querySelector("[data-offline]")?.remove();
  find(document, "main").prepend(box);
}

/** @param {boolean} kept */
function showButton(kept) {
  button.textContent = kept ? words.remove : words.save;
  button.toggleAttribute("data-kept", kept);
}

/** What the worker says of this page; nothing where it does not answer. @returns {Promise<Answer | undefined>} */
function ask() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, ANSWERS);
    serviceWorker.controller?.postMessage("how", [port2]);
  });
}

/** Says where the page came from, and when there is a newer one. */
async function show() {
  showButton(true);
  const answer = await ask();
  const saved = answer?.saved ? dated.format(new Date(answer.saved)) : "";
  if (answer?.isCopy) {
    notice(fill(words.is_copy, { date: saved }));
    addEventListener("online", () => notice(words.online_again, words.reload), { once: true });
  } else if (saved) {
    state.textContent = fill(words.kept, { date: saved });
  }
  serviceWorker.addEventListener("controllerchange", () => {
    if (answer?.isCopy || Date.now() - opened > FRESH) notice(words.newer, words.reload);
  });
  const registration = await serviceWorker.getRegistration();
  const look = () => registration?.update().catch(() => {});
  document.addEventListener("visibilitychange", () => document.hidden || look());
  look();
}

async function save() {
  button.disabled = true;
  state.textContent = words.saving;
  const hear = (/** @type {MessageEvent} */ { data }) => {
    if (data?.abc === "copy") state.textContent = fill(words.saving_part, data);
  };
  serviceWorker.addEventListener("message", hear);
  try {
    const registration = await serviceWorker.register(WORKER);
    const made = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise((resolve, reject) => {
      const follow = () => {
        if (made?.state === "activated") resolve(undefined);
        if (made?.state === "redundant") reject(new Error("the copy could not be filled"));
      };
      made?.addEventListener("statechange", follow);
      follow();
    });
    showButton(true);
    state.textContent = words.saved;
  } catch {
    state.textContent = words.failed;
  } finally {
    serviceWorker.removeEventListener("message", hear);
    button.disabled = false;
  }
}

async function remove() {
  const registration = await serviceWorker.getRegistration(siteRoot.href);
  for (const name of await caches.keys()) {
    if (name.startsWith(`abc-copy ${siteRoot.href} `)) await caches.delete(name);
  }
  await registration?.unregister();
  showButton(false);
  state.textContent = words.removed;
}

abc.copy = { show, press: () => ("kept" in button.dataset ? remove() : save()) };
