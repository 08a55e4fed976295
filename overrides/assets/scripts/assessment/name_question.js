/* Asks for the name of the municipality, once: when the first file or paper is made. */

import { keepForLong } from "../core/browser.js";
import { find, slot } from "../core/elements.js";
import { flush, store } from "./assessment_core.js";

const ASKED = "abc.name-asked";

const question = slot(document, "municipality-dialog", HTMLDialogElement);
const field = slot(question, "municipality-name", HTMLInputElement);
/** @type {(() => void) | null} */
let wanted = null;
let nameGiven = () => {};

/** Calls what shows the name when one was given. @param {() => void} listener */
export const onNamed = (listener) => {
  nameGiven = listener;
};

/** Whether the question can be put; that it was is noted, so that it never comes again. */
function mayAsk() {
  if (store.current().title || store.state === "newer") return false;
  try {
    if (localStorage.getItem(ASKED)) return false;
    localStorage.setItem(ASKED, new Date().toISOString());
    return true;
  } catch {
    // What cannot be remembered would be asked again on every page.
    return false;
  }
}

/** Does what makes a file or a paper, after asking for the name that will stand on it. @param {() => void} action */
export function named(action) {
  flush();
  if (!mayAsk()) return action();
  wanted = action;
  field.value = "";
  question.showModal();
}

find(question, "form", HTMLFormElement).addEventListener("submit", () => {
  const title = field.value.trim();
  if (!title) return;
  store.describe({ title, round: store.current().round });
  keepForLong();
  nameGiven();
});
find(question, '[data-action="municipality-skip"]').addEventListener("click", () => question.close());
// Without a name, by the button or by Escape, it goes on all the same.
question.addEventListener("close", () => {
  const action = wanted;
  wanted = null;
  action?.();
});
