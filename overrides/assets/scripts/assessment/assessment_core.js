/*
 * Holds what all pages of the self-assessment share: the store, who shows what it holds, and what is said when it
 * cannot keep answers.
 *
 * Pages are complete without scripts; elements say what they are for with data-slot (something to
 * fill) and data-action (something to press).
 */

import { PROBLEMS } from "../core/browser_storage.js";
import { findAll, findOptional, setText, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { abc } from "../core/global.js";
import { AssessmentStore } from "./assessment_store.js";
import { loadFullInstrument, say, words } from "./instrument.js";

export const store = new AssessmentStore();

/** @typedef {() => void} Listener */
/** @type {Listener[]} */
const shownBy = [];
/** @type {Listener[]} */
const flushes = [];
/** @type {Listener[]} */
const changeListeners = [];
let goOn = () => false;

/** @param {Listener[]} listeners */
const call = (listeners) => {
  for (const listener of listeners) listener();
};

/** Calls what shows the assessment in use when another one is. @param {Listener} listener */
export const whenShown = (listener) => void shownBy.push(listener);
/** Shows the assessment in use anew, wherever the page shows it. */
export const showAll = () => call(shownBy);
/** Calls what saves at once what was only just written. @param {Listener} listener */
export const whenLeft = (listener) => void flushes.push(listener);
/** Saves at once what was only just written. */
export const flush = () => call(flushes);
/** Calls `listener` when answers change. @param {Listener} listener */
export const onChange = (listener) => void changeListeners.push(listener);

/**
 * Lets a page say how to go on with an assessment that was opened; `go` tells whether there is anything to answer.
 *
 * @param {() => boolean} go
 */
export const whenOpened = (go) => {
  goOn = go;
};
/** Goes on with an assessment that was opened, at what is not answered; tells whether there is anything. */
export const goToUnanswered = () => goOn();

/**
 * Changes criteria (see AssessmentStore.put) and tells whoever shows them.
 *
 * @param {import("./assessment_store.js").Change[]} changes
 */
export function put(changes) {
  call(changeListeners);
  store.put(changes);
}

/** Tells whether the store has a problem that a person has to know. */
export const hasProblem = () => PROBLEMS.includes(store.state);

/** Says at the top of any page what is wrong with keeping answers. */
export function showProblem() {
  const alert = slot(document, "store-problem");
  const text = hasProblem() ? words.store[store.state] : "";
  // An alert is read out when it changes: it must not change without need.
  if (text) setText(alert, text);
  alert.hidden = !text;
}

/* On paper everything is open and every note at its full height. */

/** @type {HTMLDetailsElement[]} */
let opened = [];
window.addEventListener("beforeprint", () => {
  const printed = findOptional(document, '[data-slot="printed"]');
  if (printed) printed.textContent = fill(words.results.printed, { date: say.format.day(new Date()) });
  opened = findAll(document, "details:not([open])", HTMLDetailsElement);
  for (const one of opened) one.open = !one.matches(".note:not(.filled)");
  for (const area of findAll(document, "textarea", HTMLTextAreaElement)) {
    area.style.blockSize = area.value ? `${area.scrollHeight}px` : "";
    area.classList.toggle("unfilled", !area.value);
  }
  for (const field of findAll(document, ".record-fields input", HTMLInputElement)) {
    field.classList.toggle("unfilled", !field.value);
  }
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});

// What tests look at.
abc.page = { store, words, say, showAll, loadFullInstrument };
whenShown(showProblem);
showProblem();
