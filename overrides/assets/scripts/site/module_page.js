/*
 * Runs a module's page: what only a trainer wants behind a switch, off until somebody asks; texts to paste into a
 * learning platform; worksheets on paper.
 */

import { print } from "../core/browser.js";
import { around, enclosing, find, findOptional, slot } from "../core/elements.js";
import { isShown, onReveal } from "../core/jumps.js";

const page = document.documentElement.classList;
const teacherSwitch = findOptional(document, '[data-action="teacher-view"]');

/** @param {boolean} on */
function showTeacher(on) {
  page.toggle("shows-teacher", on);
  if (teacherSwitch) teacherSwitch.ariaPressed = String(on);
}

/** What is copied, with links that lead back from anywhere. @param {HTMLElement} source */
function copied(source) {
  const html = /** @type {HTMLElement} */ (source.cloneNode(true));
  for (const link of html.querySelectorAll("a"))
    link.href = new URL(link.getAttribute("href") ?? "", location.href).href;
  // What makes a table scroll here is nothing for elsewhere.
  for (const box of html.querySelectorAll(".table-scroll")) box.replaceWith(...box.childNodes);
  // As it is laid out: a list as lines, a table with its columns.
  getSelection()?.selectAllChildren(source);
  const plain = getSelection()?.toString() ?? "";
  getSelection()?.removeAllRanges();
  return { "text/html": html.innerHTML.trim(), "text/plain": plain.trim() };
}

/** Where the clipboard is not given, what is selected is copied as it stands. @param {HTMLElement} source */
function copySelected(source) {
  const selection = getSelection();
  selection?.selectAllChildren(source);
  const done = document.execCommand("copy");
  if (done) selection?.removeAllRanges();
  return done;
}

/** @param {HTMLElement} button */
async function copy(button) {
  const part = enclosing(button, ".task, .rubric");
  const source = find(part, "[data-copied]");
  const said = slot(part, "copied");
  let done = true;
  try {
    const types = Object.entries(copied(source)).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(types))]);
  } catch {
    done = copySelected(source);
  }
  said.textContent = (done ? said.dataset.text : said.dataset.refused) ?? "";
}

function printSheets() {
  page.add("prints-sheets");
  window.addEventListener("afterprint", () => page.remove("prints-sheets"), { once: true });
  print();
}

/** @type {Record<string, (button: HTMLElement) => void>} */
const actions = {
  "teacher-view": () => showTeacher(!page.contains("shows-teacher")),
  copy,
  "print-sheets": printSheets,
};

document.addEventListener("click", (event) => {
  const button = around(event, "[data-action]");
  if (button) actions[button.dataset.action ?? ""]?.(button);
});
for (const button of document.querySelectorAll(
  Object.keys(actions)
    .map((name) => `[data-action="${name}"]`)
    .join(),
)) {
  if (button instanceof HTMLElement) button.hidden = false;
}
// A link to what the switch hides turns it on, where there is one.
onReveal((target) => {
  if (teacherSwitch && target.closest(".teacher") && !isShown(target)) showTeacher(true);
});
