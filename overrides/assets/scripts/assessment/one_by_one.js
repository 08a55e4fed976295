/*
 * Shows one question at a time: on a phone, and in any window where it is asked for. It is the page's own form, a
 * criterion at a time; then the answers to check; then the result, where there is no room for it beside. Each has
 * its address: Back, a link and loading again lead to it. Which is first the page chooses before this comes
 * (early_view).
 */

import { find, setText, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { arriveAt, focusOn, onReveal } from "../core/jumps.js";
import { hasProblem, store } from "./assessment_core.js";
import { words } from "./instrument.js";

/** @typedef {import("./checklist_scope.js").ChecklistScope} ChecklistScope */
/** @typedef {"one" | "all"} View */

const VIEW = "abc.view";
const CURRENT = "current";
const texts = words.one_by_one;
const page = document.documentElement;
// The result stands beside the questions.
const wide = matchMedia("(min-width: 64em)");
const narrow = matchMedia("(max-width: 47.99em)");

/** What names a step, and is its address. @param {HTMLElement} step */
const headingOf = (step) => find(step, ":is(h2, h3)[id]");

/** @returns {View | null} */
function chosenView() {
  try {
    const chosen = localStorage.getItem(VIEW);
    return chosen === "one" || chosen === "all" ? chosen : null;
  } catch {
    return null;
  }
}

/** The questions of a list one after the other, and what comes after them. */
export class OneByOne {
  /** Where one is. @type {HTMLElement} */
  #current;
  /** Where the page was opened without an address of its own. @type {HTMLElement} */
  #first;

  /**
   * @param {HTMLElement} root
   * @param {ChecklistScope} scope
   * @param {(time: Date) => string} timeText
   */
  constructor(root, scope, timeText) {
    this.scope = scope;
    this.timeText = timeText;
    this.check = slot(root, "check");
    this.results = slot(root, "results");
    this.row = slot(root, "question-row");
    this.place = slot(this.row, "question-place");
    this.fill = slot(this.row, "question-fill");
    this.view = slot(this.row, "question-view");
    this.bar = slot(root, "question-bar");
    this.back = find(this.bar, '[data-action="question-back"]');
    this.next = slot(this.bar, "question-next");
    this.kept = slot(this.bar, "question-kept");
    this.#current = find(root, `.${CURRENT}`);
    this.#first = this.#current;
    onReveal((target) => this.#reveal(target));
    addEventListener("popstate", () => location.hash || this.#show(this.#first));
    for (const width of [wide, narrow]) width.addEventListener("change", () => this.#followWidth());
  }

  get isOn() {
    return page.classList.contains("one") && !page.classList.contains("workshop");
  }

  open() {
    this.row.hidden = false;
    this.bar.hidden = false;
    this.show();
  }

  /** All there is to go through, in order. */
  #steps() {
    const questions = this.scope.shown().map(({ section }) => section);
    return [...questions, this.check, ...(wide.matches ? [] : [this.results])];
  }

  /* Where one is */

  /** @param {HTMLElement} step */
  #show(step) {
    this.#current.classList.remove(CURRENT);
    this.#current = step;
    step.classList.add(CURRENT);
    this.show();
  }

  /** Shows anew what answers, filters and widths change. */
  show() {
    const steps = this.#steps();
    if (!steps.includes(this.#current)) return this.#show(steps[0]);
    for (const { heading, criteria } of this.scope.sections) {
      heading.classList.toggle(
        CURRENT,
        criteria.some(({ section }) => section === this.#current),
      );
    }
    this.#showRow();
    this.#showBar(steps);
  }

  #showRow() {
    const questions = this.scope.shown();
    const at = questions.findIndex(({ section }) => section === this.#current);
    const place = fill(texts.place, { number: at + 1, total: questions.length });
    const end = this.#current === this.check ? texts.checking : texts.result;
    setText(this.place, this.isOn ? (at === -1 ? end : place) : texts.every);
    setText(this.view, this.isOn ? texts.all : texts.one);
    this.fill.style.inlineSize = `${at === -1 ? 100 : (100 * (at + 1)) / questions.length}%`;
  }

  /** @param {HTMLElement[]} steps */
  #showBar(steps) {
    const at = steps.indexOf(this.#current);
    const following = steps[at + 1];
    this.back.hidden = at === 0;
    this.next.hidden = !following;
    const name = following === this.check ? texts.check : following === this.results ? texts.result_next : texts.next;
    setText(this.next, name);
    this.#showKept();
  }

  #showKept() {
    const lost = hasProblem();
    const { savedAt, state } = store;
    const time = savedAt && fill(texts.saved, { time: this.timeText(savedAt) });
    setText(this.kept, lost ? texts.lost : time || (state === "empty" ? "" : texts.kept));
    this.kept.classList.toggle("alert", lost);
  }

  /** What an address names is shown, with the step it is in. @param {HTMLElement} target */
  #reveal(target) {
    if (!this.isOn) return;
    const section = this.scope.sections.find(({ heading }) => heading === target);
    const wanted = section ? section.criteria[0].section : target;
    const step = this.#steps().find((one) => one.contains(wanted));
    if (step) this.#show(step);
  }

  /* From one to the next */

  /** Goes to a step as to another page: Back leads to where one was. @param {HTMLElement} step */
  go(step) {
    const heading = headingOf(step);
    if (location.hash !== `#${heading.id}`) {
      history.pushState({ from: headingOf(this.#current).id }, "", `#${heading.id}`);
    }
    this.#show(step);
    arriveAt(heading);
    focusOn(heading);
  }

  /** @param {number} by */
  move(by) {
    const steps = this.#steps();
    const step = steps[steps.indexOf(this.#current) + by];
    if (!step) return;
    // Where one came from it, it is the page before.
    if (by < 0 && history.state?.from === headingOf(step).id) history.back();
    else this.go(step);
  }

  /* One, or all */

  /** @param {View} view */
  #setView(view) {
    page.classList.toggle("one", view === "one");
    this.show();
  }

  /** The other view, from now on. */
  change() {
    const view = page.classList.contains("one") ? "all" : "one";
    try {
      localStorage.setItem(VIEW, view);
    } catch {
      // Then it lasts as long as the page.
    }
    this.#setView(view);
    if (view === "one") return;
    arriveAt(headingOf(this.#current));
    focusOn(headingOf(this.#current));
  }

  #followWidth() {
    if (!chosenView()) this.#setView(narrow.matches ? "one" : "all");
    else this.show();
  }
}
