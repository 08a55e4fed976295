/*
 * Shows and reads what is kept of one criterion besides its answer, as fields: confidence, evidence, target and
 * plan. They are made from the page's <template data-slot="record-fields"> when they are first needed, so that a
 * page of a hundred criteria stays light.
 */

import { around, find, findAll, setText, slot, unseen } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { isPlanned, readAnswer, readLink, today } from "./answer.js";
import { say, words } from "./instrument.js";

/** @typedef {"title" | "place" | "date" | "until" | "link"} EvidenceField */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

// Letters of a note that are shown while its field is closed.
const SHORT = 120;
// Marks a piece of evidence that is in the record; another is only just being written.
const KEPT = "kept";
const PLAN = /** @type {const} */ (["what", "who", "due"]);
const texts = words.record;

/** Whether an element is one a person writes in. @param {Element} place @returns {Field} */
function asField(place) {
  const known = [HTMLInputElement, HTMLSelectElement, HTMLTextAreaElement].find((one) => place instanceof one);
  if (!known) throw new Error(`${place.outerHTML.slice(0, 80)} is no field`);
  return /** @type {Field} */ (place);
}

/** Writing the same again would move the cursor. @param {Field} input @param {string} text */
const setValue = (input, text) => {
  if (input.value !== text) input.value = text;
};

/** @param {HTMLElement} place @param {string} name */
const field = (place, name) => asField(find(place, `[data-record="${name}"]`));
/** @param {HTMLElement} place */
const items = (place) => findAll(place, "[data-evidence]");
/** @param {HTMLElement} item */
const evidenceFields = (item) =>
  findAll(item, "[data-evidence-field]").map((one) => ({
    name: /** @type {EvidenceField} */ (one.dataset.evidenceField),
    input: asField(one),
  }));

/** One piece of evidence, made from the template inside the template. @param {HTMLElement} place */
function addEvidence(place) {
  const list = slot(place, "evidence-list");
  list.append(slot(place, "evidence-item", HTMLTemplateElement).content.cloneNode(true));
  return find(list, ":scope > :last-child");
}

/** Says by a link that is not one what to write instead; tells whether it is fine. @param {HTMLElement} item */
function checkLink(item) {
  const input = find(item, '[data-evidence-field="link"]', HTMLInputElement);
  const fine = !input.value.trim() || readLink(input.value.trim()) !== "";
  slot(item, "link-problem").hidden = fine;
  if (fine) input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
  return fine;
}

/** Tells whether the fields of a criterion were made. @param {HTMLElement} place */
export const areOpen = (place) => place.childElementCount > 0;

/** Shows a record in the fields. @param {HTMLElement} place @param {AnswerRecord} record */
export function showDetails(place, record) {
  const { confidence, target, evidence, plan } = readAnswer(record);
  setValue(field(place, "confidence"), confidence);
  setValue(field(place, "target"), target === null ? "" : String(target));
  for (const name of PLAN) setValue(field(place, name), plan[name]);
  // The one that is being written stays as it is: while a link is being mended it is not in the record.
  const written = items(place).find((item) => item.contains(document.activeElement));
  const shown = items(place).filter((item) => item !== written || KEPT in item.dataset);
  for (const item of shown.slice(evidence.length)) if (item !== written) item.remove();
  evidence.forEach((one, index) => {
    const item = shown[index] || addEvidence(place);
    item.dataset[KEPT] = "";
    if (item === written) return;
    for (const { name, input } of evidenceFields(item)) setValue(input, one[name]);
    checkLink(item);
  });
}

/** What is written of one piece of evidence. @param {HTMLElement} item */
function readItem(item) {
  const fine = checkLink(item);
  /** @type {Partial<Record<EvidenceField, string>>} */
  const found = {};
  for (const { name, input } of evidenceFields(item)) {
    const text = input.value.trim();
    if (text && (name !== "link" || fine)) found[name] = text;
  }
  if (Object.keys(found).length) item.dataset[KEPT] = "";
  return found;
}

/**
 * Puts what the fields say into `record`; what is left empty goes.
 *
 * @param {HTMLElement} place
 * @param {AnswerRecord} record
 */
export function collectDetails(place, record) {
  /** @param {string} name @param {unknown} value @param {boolean} empty */
  const set = (name, value, empty) => {
    if (empty) delete record[name];
    else record[name] = value;
  };
  const { value: confidence } = field(place, "confidence");
  const { value: target } = field(place, "target");
  set("confidence", confidence, confidence === "");
  set("target", Number(target), target === "");
  const evidence = items(place)
    .map(readItem)
    .filter((one) => Object.keys(one).length);
  set("evidence", evidence, evidence.length === 0);
  const plan = Object.fromEntries(
    PLAN.map((name) => [name, field(place, name).value.trim()]).filter(([, text]) => text),
  );
  set("plan", plan, Object.keys(plan).length === 0);
  return record;
}

/**
 * Makes the fields inside `place`, once.
 *
 * @param {HTMLElement} place
 * @param {string} about what they are about, for those who hear them out of sight of it
 * @param {() => void} changed called when the person changed something
 */
export function openDetails(place, about, changed) {
  if (areOpen(place)) return;
  place.append(slot(document, "record-fields", HTMLTemplateElement).content.cloneNode(true));
  for (const legend of findAll(place, "legend")) legend.append(unseen(` (${about})`));
  place.addEventListener("input", changed);
  place.addEventListener("change", changed);
  place.addEventListener("click", (event) => {
    const button = around(event, "button");
    if (button?.dataset.recordAction === "add") {
      find(addEvidence(place), "input").focus();
    } else if (button?.dataset.recordAction === "remove") {
      button.closest("[data-evidence]")?.remove();
      find(place, '[data-record-action="add"]').focus();
      changed();
    }
  });
}

/**
 * Says in a few words what a record holds besides its answer; "" where that is nothing.
 *
 * @param {AnswerRecord} record
 */
export function detailsText(record) {
  const { note, confidence, target, evidence, plan } = readAnswer(record);
  return [
    note && fill(texts.has_note, { note: note.length > SHORT ? `${note.slice(0, SHORT)}…` : note }),
    evidence.length && plural(texts, "has_evidence", evidence.length),
    evidence.some(({ until }) => until && until < today()) && texts.evidence_ended,
    confidence && texts[confidence],
    target !== null && fill(texts.has_target, { level: target }),
    plan.due ? fill(texts.has_plan_due, { date: say.format.dayText(plan.due) }) : isPlanned(plan) && texts.has_plan,
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * Shows that text where it is closed, and whether there is any.
 *
 * @param {HTMLElement} place
 * @param {HTMLElement} fold
 * @param {AnswerRecord} record
 */
export function showDetailsText(place, fold, record) {
  const text = detailsText(record);
  setText(place, text);
  fold.classList.toggle("filled", text !== "");
}
