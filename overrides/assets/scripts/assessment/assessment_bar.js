/*
 * Runs the bar on every page of the self-assessment: which assessment is in use, saving it to a file, and taking
 * back the last thing that took something away.
 */

import { debounce, download, keepForLong } from "../core/browser.js";
import { around, element, find, findAll, slot } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { fill } from "../core/format.js";
import { focusOnOrNear } from "../core/jumps.js";
import { hasAnswers } from "./answer.js";
import { flush, onChange, showAll, store } from "./assessment_core.js";
import { assessmentText } from "./assessment_files.js";
import { say, words } from "./instrument.js";
import { named, onNamed } from "./name_question.js";
import { scoresOf } from "./score.js";

/** @typedef {() => boolean | void} Undo takes something back; false where there is no room for it */

const REMIND_AFTER = 3 * 24 * 60 * 60 * 1000;
const texts = words.assessments;

const bar = slot(document, "assessments");
/** The dialog of a file that is being opened. */
export const openDialog = slot(document, "open-dialog", HTMLDialogElement);
const select = slot(bar, "assessments-select", HTMLSelectElement);
const reminder = slot(document, "assessments-reminder");
const problem = slot(document, "assessments-problem");
const undoBox = slot(document, "assessments-undo");
const undoText = slot(document, "assessments-undo-text");
const state = slot(document, "assessments-state");
/** @type {Undo} */
let undo = () => {};
/** @type {(() => void)[]} */
const shownWith = [];

/**
 * Says how far an assessment has come over all checklists, and its score.
 *
 * @param {Assessment} assessment
 * @param {Checklist[]} checklists all there are
 */
export function summaryText(assessment, checklists) {
  const { overall } = scoresOf(checklists, assessment);
  const progress = fill(texts.progress, { ...overall });
  return say.shortText(overall, progress, (score) => fill(texts.score, { score }));
}

/** Says to those who listen what was done. @param {string} text */
export const announce = (text) => {
  state.textContent = text;
};

/** Says that another assessment is in use now. */
export const switchedText = () =>
  fill(texts.switched, { name: say.namesOf(store.list()).get(store.current().id) ?? "" });

/* Undo: the last thing done that took something away */

/** Shows what was done, with the button that takes it back. @param {string} text @param {Undo} action */
export function showUndo(text, action) {
  undo = action;
  undoText.textContent = text;
  undoBox.hidden = false;
}

/**
 * Shows what was done, with the button that takes it back, and gives it the focus.
 *
 * @param {string} text
 * @param {Undo} action
 */
export function offerUndo(text, action) {
  showUndo(text, action);
  undoText.focus();
}

/** Shows what was done, and how to take it back. @param {string} text @param {Undo} action */
export function done(text, action) {
  if (openDialog.open) openDialog.close();
  showChanged();
  offerUndo(text, action);
}

/** Says that there is no room in this browser for another assessment. */
export function sayNoRoom() {
  if (openDialog.open) openDialog.close();
  problem.textContent = texts.no_room;
  problem.hidden = false;
}

/** Tells whether there is room for another assessment; says so where there is none. */
export function hasRoom() {
  if (store.canSwitch()) return true;
  sayNoRoom();
  return false;
}

function takeBack() {
  // What does not fit can be brought back once there is room.
  if (undo() === false) return sayNoRoom();
  undo = () => {};
  problem.hidden = true;
  undoBox.hidden = true;
  showChanged();
  announce(texts.undone);
  // With full storage there is nothing to choose.
  focusOnOrNear(select.disabled ? bar : select);
}

/* What is shown */

/** Whether answers have gone long without a file: some browsers clear what they keep. @param {Assessment} assessment */
function needsFile({ filed, created, updated }) {
  const last = filed || created;
  const late = Date.now() - Date.parse(last) > REMIND_AFTER;
  return late && updated > last && hasAnswers(store.current());
}

function show() {
  reminder.hidden = !needsFile(store.current());
  const all = store.list();
  const names = say.namesOf(all);
  const current = store.current().id;
  select.replaceChildren(
    ...all.map(({ id }) =>
      element("option", { value: id, textContent: names.get(id) ?? "", selected: id === current }),
    ),
  );
  select.disabled = !store.canSwitch();
  for (const listener of shownWith) listener();
}

/** Calls what shows assessments together with the bar. @param {() => void} listener */
export const whenBarShown = (listener) => void shownWith.push(listener);

/** Shows the whole page anew: another assessment may be in use. */
export function showChanged() {
  showAll();
  show();
}

/* What a person does */

function saveFile() {
  const assessment = store.current();
  download(fileName(assessment, new Date()), "application/json", assessmentText(assessment));
  store.filed();
  // Whoever takes a file away wants to keep what is here too.
  keepForLong();
  announce(texts.saved_file);
  show();
}

/** What buttons do, by their data-action. @type {Record<string, () => void>} */
const actions = {
  "assessment-save": () => named(saveFile),
  "assessments-undo": takeBack,
};

/** Gives buttons of a page to what they do. @param {Record<string, () => void>} more */
export const addActions = (more) => void Object.assign(actions, more);

document.addEventListener("click", (event) => {
  flush();
  const button = around(event, "[data-action]");
  if (button) actions[button.dataset.action ?? ""]?.();
});
select.addEventListener("change", () => {
  flush();
  store.use(select.value);
  showChanged();
  announce(switchedText());
});
// The file was chosen in a window of the browser's own, or the button was made anew meanwhile.
openDialog.addEventListener("close", () => {
  const { activeElement } = document;
  if (activeElement === document.body || openDialog.contains(activeElement)) {
    focusOnOrNear(find(bar, '[data-action="assessment-open"]'));
  }
});
onNamed(showChanged);
onChange(debounce(show, 300));

/** Shows the bar, once every module of the page has said what it does. */
export function openBar() {
  bar.hidden = false;
  for (const one of findAll(document, "[data-needs-script]")) one.hidden = false;
  show();
}
