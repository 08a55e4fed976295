/*
 * Says beside the answer that was just given, inside another site's page, whether it is kept and how many are
 * answered, since the page's own line may stand thousands of pixels away. Where the browser refuses to keep anything
 * there, it leads to a tab of the page's own, which takes along what was answered.
 */

import { element, enclosing, find, findAll, slot } from "../core/elements.js";
import { isFramed } from "../core/frame.js";
import { hasAnswers } from "./answer.js";
import { flush, store, whenShown } from "./assessment_core.js";
import { assessmentText } from "./assessment_files.js";
import { openFile } from "./open_file.js";
import { words } from "./instrument.js";

// What the tab says when it is ready for answers, and what brings them. Both are pages of this site.
const READY = "abc-ready";
const ANSWERS = "abc-answers";

const said = element("p", {});
const note = element("div", { className: "answer-note" }, said);
note.setAttribute("role", "status");

const isRefused = () => isFramed && store.state === "denied";

/** Says that nothing is kept here, with the way to where it is, at a criterion. @param {HTMLElement} section */
function refusal(section) {
  const page = new URL(location.href);
  page.search = "";
  page.hash = section.dataset.criterion ?? "";
  const link = element("a", { className: "button", target: "_blank", href: page.href, textContent: words.store.tab });
  // The page by itself, not inside the one around.
  link.dataset.whole = "";
  link.addEventListener("click", (event) => openTab(event, page.href));
  return [element("p", { textContent: words.store.tab_text }), element("p", {}, link)];
}

/** Puts the note beside the answer to a criterion. @param {HTMLElement} section */
function place(section) {
  const after = find(section, ".levels");
  if (after.nextElementSibling !== note) after.after(note);
  show();
  note.replaceChildren(said, ...(isRefused() ? refusal(section) : []));
}

function show() {
  const progress = hasAnswers(store.current()) ? slot(document, "completeness-text").textContent : "";
  const state = isRefused() ? "" : slot(document, "store").textContent;
  said.textContent = [state, progress].filter(Boolean).join(" · ");
  note.classList.toggle("notice", isRefused());
}

/** Opens the page in a tab, and hands over what was answered once it asks. @param {MouseEvent} event @param {string} href */
function openTab(event, href) {
  flush();
  const tab = window.open(href);
  // A frame that may not open windows leaves it to the link.
  if (!tab) return;
  event.preventDefault();
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== tab || origin !== location.origin || data?.type !== READY) return;
    if (hasAnswers(store.current())) tab.postMessage({ type: ANSWERS, text: assessmentText(store.current()) }, origin);
  });
}

/** Takes what was answered in a frame that could not keep it, as a file that is opened. */
function takeOver() {
  const opener = /** @type {Window | null} */ (window.opener);
  if (isFramed || !opener || location.origin === "null") return;
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== opener || origin !== location.origin || data?.type !== ANSWERS) return;
    const { text } = data;
    if (typeof text === "string") openFile({ name: words.store.tab, size: text.length, text: async () => text });
  });
  opener.postMessage({ type: READY }, location.origin);
}

/** Shows it with every answer, and before the first one where nothing can be kept. */
export function openAnswerNote() {
  takeOver();
  if (!isFramed || document.documentElement.classList.contains("lms")) return;
  const [first] = findAll(document, ".criterion");
  if (isRefused() && first) {
    // Above the first question, where it stays: what comes and goes above an answer would move it under the finger.
    find(first, ".levels").before(element("div", { className: "answer-note notice" }, ...refusal(first)));
  }
  // After the page's own listener, which keeps the answer.
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(".criterion .levels input"))
      place(enclosing(target, ".criterion"));
  });
  whenShown(() => note.isConnected && show());
}
