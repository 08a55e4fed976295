/*
 * Shows what has been read and answered of the course, on its pages.
 *
 * Ticks are one entry of this browser's storage, "abc.course": {read: ["fundamentos/por-que", …]}, ids
 * of pages and nothing else. Answers are only looked at, as the assessment store keeps them. Without storage the
 * ticks last as long as the page.
 */

import { isAnswer } from "../assessment/score.js";
import { meter } from "../core/charts.js";
import { around, element, find, findAll, findOptional, slot, targetOf } from "../core/elements.js";
import { fill } from "../core/format.js";
import { keepTicks, keptTicks, parsed, storedItem } from "../core/ticks.js";

const KEY = "abc.course";
const LIST = "read";
const CURRENT = "abc.current";
const PREFIX = "abc.assessment.";

/** @typedef {{checklists?: Record<string, {criteria?: Record<string, {answer?: unknown} | null> | null} | null>}} KeptAnswers */

/** The ids of the pages that were ticked, also when they had another address. */
function readPages() {
  const pages = keptTicks(KEY, LIST);
  for (const { id, before } of stops) {
    const moved = before.filter((one) => pages.delete(one));
    if (moved.length) pages.add(id);
  }
  return pages;
}

/** The name of an assessment, should the name of the one in use be lost. */
function firstKey() {
  try {
    return Object.keys(localStorage).find((one) => one.startsWith(PREFIX) && !one.endsWith(".damaged"));
  } catch {
    return undefined;
  }
}

/** The checklists of the assessment in use, or an empty object. */
function answers() {
  const kept = storedItem(PREFIX + storedItem(CURRENT)) ?? storedItem(firstKey() ?? "");
  const found = /** @type {(KeptAnswers & {format?: unknown}) | null} */ (parsed(kept));
  return (found?.format === 1 && found.checklists) || {};
}

/* The page */

const stops = findAll(document, "[data-read]").map((place) => ({
  place,
  id: place.dataset.read ?? "",
  before: (place.dataset.readBefore ?? "").split(" ").filter(Boolean),
  box: find(place, "input", HTMLInputElement),
}));
const lists = findAll(document, "[data-criteria]").map((place) => ({
  text: slot(place, "answered"),
  criteria: (place.dataset.criteria ?? "").split(" ").map((one) => one.split("/")),
}));
const progress = findOptional(document, '[data-slot="progress"]');
const words = element("span", {});
const bar = meter(0);
progress?.append(words, bar);
let ticked = readPages();

/** @param {string} id @param {boolean} on */
function mark(id, on) {
  if (on) ticked.add(id);
  else ticked.delete(id);
}

/**
 * Ticks or clears a page, with whatever another tab ticked meanwhile.
 *
 * @param {string} id
 * @param {boolean} on
 */
function tick(id, on) {
  // Without storage, nothing is there to read: what this page knows stays.
  if (storedItem(KEY) !== null) ticked = readPages();
  mark(id, on);
  if (!keepTicks(KEY, LIST, ticked)) {
    const note = slot(document, "ticks-note");
    note.textContent = note.dataset.denied ?? "";
  }
  showTicks();
}

function showTicks() {
  if (!progress || !stops.length) return;
  for (const { place, id, box } of stops) {
    box.checked = ticked.has(id);
    place.classList.toggle("is-read", box.checked);
  }
  const pages = new Set(stops.map((one) => one.id));
  const done = Array.from(pages).filter((id) => ticked.has(id)).length;
  words.textContent = fill(progress.dataset.text ?? "", { done, total: pages.size });
  find(bar, "span").style.inlineSize = `${(100 * done) / pages.size}%`;
}

function showAnswers() {
  const kept = answers();
  for (const { text, criteria } of lists) {
    const done = criteria.filter(([list, id]) => isAnswer(kept[list]?.criteria?.[id]?.answer)).length;
    text.textContent = fill(text.dataset.text ?? "", { done, total: criteria.length });
    text.hidden = done === 0;
  }
}

function refresh() {
  ticked = readPages();
  showTicks();
  showAnswers();
}

showAnswers();
if (progress && stops.length) {
  showTicks();
  for (const one of [progress, slot(document, "ticks-note"), ...findAll(document, '[data-slot="tick"]')]) {
    one.hidden = false;
  }
}
document.addEventListener("change", (event) => {
  const stop = around(event, "[data-read]");
  if (stop) tick(stop.dataset.read ?? "", targetOf(event, HTMLInputElement).checked);
});
window.addEventListener("storage", ({ key }) => {
  if (key === null || key.startsWith("abc.")) refresh();
});
// Back from a checklist by the browser's own button, the page may not have been loaded again.
window.addEventListener("pageshow", ({ persisted }) => persisted && refresh());
