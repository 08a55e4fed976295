/*
 * Shows how far an agreement has come: the ticks of "Signing an agreement, from start to finish" are one entry of
 * this browser's storage, "abc.journey": {done: ["paso-carta", …]}.
 */

import { meter } from "../core/charts.js";
import { around, element, enclosing, find, findAll, slot, targetOf } from "../core/elements.js";
import { fill } from "../core/format.js";
import { keepTicks, keptTicks, storedItem } from "../core/ticks.js";

const KEY = "abc.journey";
const LIST = "done";

const steps = findAll(document, "[data-step]").map((place) => ({
  place,
  id: place.dataset.step ?? "",
  box: find(place, "input", HTMLInputElement),
  title: find(place, "h3"),
}));
const progress = slot(document, "progress");
const next = slot(document, "next");
const again = slot(document, "again");
const [words, bar] = [element("span", {}), meter(0)];
progress.append(words, bar);
let ticked = keptTicks(KEY, LIST);
/** What "begin another agreement" took off, to be brought back. @type {Set<string> | null} */
let before = null;

/** Keeps the ticks, or says that the browser does not. */
function keep() {
  if (keepTicks(KEY, LIST, ticked)) return;
  const note = slot(document, "ticks-note");
  note.textContent = note.dataset.denied ?? "";
}

/**
 * Ticks or clears a step, with whatever another tab ticked meanwhile.
 *
 * @param {string} id
 * @param {boolean} on
 */
function tick(id, on) {
  if (storedItem(KEY) !== null) ticked = keptTicks(KEY, LIST);
  if (on) ticked.add(id);
  else ticked.delete(id);
  before = null;
  keep();
  show();
}

function show() {
  for (const { place, id, box } of steps) {
    box.checked = ticked.has(id);
    place.classList.toggle("is-done", box.checked);
  }
  const left = steps.filter(({ id }) => !ticked.has(id));
  const done = steps.length - left.length;
  words.textContent = fill(progress.dataset.text ?? "", { done, total: steps.length });
  find(bar, "span").style.inlineSize = `${(100 * done) / steps.length}%`;
  const [first] = left;
  const link = first && element("a", { href: `#${first.id}` }, first.title.textContent ?? "");
  next.replaceChildren(...(link ? [`${next.dataset.text} `, link] : [next.dataset.done ?? ""]));
  const button = find(again, "button", HTMLButtonElement);
  button.dataset.again ??= button.textContent ?? "";
  button.textContent = before ? (button.dataset.undo ?? "") : button.dataset.again;
  slot(again, "again-said").textContent = before ? (slot(again, "again-said").dataset.text ?? "") : "";
  again.hidden = !before && done === 0;
}

/** Takes all ticks off, or brings back those that were. */
function beginAgain() {
  [ticked, before] = before ? [before, null] : [new Set(), ticked];
  keep();
  show();
}

show();
for (const one of [progress, next, slot(document, "ticks-note"), ...findAll(document, '[data-slot="tick"]')]) {
  one.hidden = false;
}
document.addEventListener("change", (event) => {
  if (!around(event, "[data-step]")) return;
  const box = targetOf(event, HTMLInputElement);
  tick(enclosing(box, "[data-step]").dataset.step ?? "", box.checked);
});
document.addEventListener("click", (event) => {
  if (around(event, '[data-action="again"]')) beginAgain();
});
const refresh = () => {
  ticked = keptTicks(KEY, LIST);
  before = null;
  show();
};
window.addEventListener("storage", ({ key }) => (key === null || key === KEY) && refresh());
window.addEventListener("pageshow", ({ persisted }) => persisted && refresh());
