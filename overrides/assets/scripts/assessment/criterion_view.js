/*
 * Shows one criterion on the page of its checklist, and reads what is written there: its answer, its fields, and
 * what is said of them.
 */

import { enclosing, find, findAll, findOptional, setText, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { isOld, needsReview } from "./answer.js";
import { areOpen, collectDetails, openDetails, showDetails, showDetailsText } from "./answer_details.js";
import { store } from "./assessment_core.js";
import { checklists, say, words } from "./instrument.js";
import { flagOf, isAnswer } from "./score.js";

/** @typedef {import("./assessment_store.js").Change} Change */

const checklistOf = new Map(checklists.map((one) => [one.id, one]));
const criterionOf = new Map(checklists.flatMap((one) => one.criteria.map((each) => [each.id, each])));

/** A criterion as the page shows it. Its properties are those that scores ask for. */
export class CriterionView {
  /** Whether the quick assessment leaves it out. */
  outOfDepth = false;
  /** Whether the filter does. */
  filteredOut = false;
  /** @type {AnswerRecord} What its fields said when they were last in step with the store. */
  #written = {};

  /**
   * @param {HTMLElement} section
   * @param {HTMLElement | null} mapLink its place on the map of the page
   */
  constructor(section, mapLink) {
    const { criterion, checklist, version, weight, critical, quick } = section.dataset;
    this.section = section;
    this.mapLink = mapLink;
    this.id = criterion ?? "";
    this.checklist = checklist ?? "";
    this.version = Number(version);
    this.weight = Number(weight);
    this.critical = critical === undefined ? null : Number(critical);
    this.quick = quick !== undefined;
    this.heading = find(section, "h3");
    const number = find(this.heading, ".criterion-number");
    this.number = number.textContent ?? "";
    const statement = /** @type {HTMLElement} */ (this.heading.cloneNode(true));
    find(statement, ".criterion-number").remove();
    this.statement = (statement.textContent ?? "").trim();
    this.nextStep = slot(section, "next-step");
    this.reason = findOptional(section, '[data-slot="reason"]');
    this.radios = findAll(section, "input[type=radio]", HTMLInputElement);
    this.fields = findAll(section, "textarea[data-field]", HTMLTextAreaElement);
    this.fold = find(section, ".note", HTMLDetailsElement);
    this.kept = slot(section, "kept");
    this.details = slot(section, "fields");
    this.law = findOptional(section, '[data-slot="law"]');
    this.review = slot(section, "review");
    this.clearButton = find(section, '[data-action="clear"]');
  }

  get record() {
    return store.get(this.checklist, this.id);
  }

  get answer() {
    return this.record.answer;
  }

  get isAnswered() {
    return isAnswer(this.answer);
  }

  get hasRecord() {
    return store.has(this.checklist, this.id);
  }

  /** A change of it for the store. @param {AnswerRecord} record @returns {Change} */
  change(record) {
    return { checklist: this.checklist, version: this.version, criterion: this.id, record };
  }

  /* From the store to the page */

  show() {
    const { answer, ...record } = this.record;
    for (const radio of this.radios) radio.checked = radio.value === String(answer);
    for (const field of this.fields) {
      const kept = record[field.dataset.field ?? ""];
      const text = typeof kept === "string" ? kept : "";
      if (field.value !== text) field.value = text;
      this.#markFilled(field, text !== "");
    }
    if (areOpen(this.details)) showDetails(this.details, record);
    this.#written = this.#collect({});
    showDetailsText(this.kept, this.fold, record);
    this.showState(answer);
  }

  /** @param {HTMLElement} field @param {boolean} filled */
  #markFilled(field, filled) {
    field.closest(".reason")?.classList.toggle("filled", filled);
  }

  /** Makes its fields when they are first opened. @param {() => void} changed */
  openDetails(changed) {
    openDetails(this.details, fill(words.record.about, { number: this.number }), changed);
    showDetails(this.details, this.record);
    this.#written = this.#collect({});
  }

  /** @param {Answer} answer */
  showState(answer) {
    const answered = isAnswer(answer);
    const light = say.lightOf(answer);
    this.section.classList.toggle("answered", answered);
    this.clearButton.hidden = !answered;
    if (this.reason) this.reason.hidden = answer !== "not_applicable";
    this.#showReview();
    this.#showLaw(answer);
    if (!this.mapLink || this.mapLink.dataset.light === light) return;
    this.mapLink.dataset.light = light;
    slot(this.mapLink, "map-state").textContent = say.answerText(answer);
  }

  /** Why its answer is to be looked at again, or "": the question changed, or a year has gone by. */
  get reviewText() {
    const { record } = this;
    const [checklist, criterion] = [checklistOf.get(this.checklist), criterionOf.get(this.id)];
    if (checklist && needsReview(checklist, this.id, record)) return words.changed.review;
    return criterion && isOld(criterion, record) ? words.review.criterion : "";
  }

  #showReview() {
    const text = this.reviewText;
    this.review.hidden = text === "";
    if (text) find(this.review, "span").textContent = text;
  }

  /** That the answer breaks the law, where it was given. @param {Answer} answer */
  #showLaw(answer) {
    const flag = flagOf(this, answer);
    if (this.law) setText(this.law, flag ? words.results.law[flag] : "");
  }

  /* From the page to the store */

  /** What its fields say, put into a record. @param {AnswerRecord} record */
  #collect(record) {
    for (const field of this.fields) {
      const name = field.dataset.field ?? "";
      if (field.value.trim()) record[name] = field.value;
      else delete record[name];
    }
    return areOpen(this.details) ? collectDetails(this.details, record) : record;
  }

  /** The record with what was written here: only what was changed, another tab may have changed the rest meanwhile. */
  takeWritten() {
    const record = { ...this.record };
    const before = this.#written;
    const now = this.#collect({});
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      if (JSON.stringify(before[key]) === JSON.stringify(now[key])) continue;
      if (key in now) record[key] = now[key];
      else delete record[key];
    }
    this.#written = now;
    for (const field of this.fields) this.#markFilled(field, Boolean(record[field.dataset.field ?? ""]));
    showDetailsText(this.kept, this.fold, record);
    return record;
  }
}

/**
 * Returns the criterion that something inside it belongs to.
 *
 * @param {Map<string, CriterionView>} views
 * @param {Element} inner
 */
export function viewAround(views, inner) {
  const { criterion = "" } = enclosing(inner, ".criterion").dataset;
  const found = views.get(criterion);
  if (!found) throw new Error(`no criterion "${criterion}" on this page`);
  return found;
}
