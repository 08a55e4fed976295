/* Chooses what of a checklist is asked and shown: quick or complete, and a filter. */

import { find, findOptional, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { onReveal } from "../core/jumps.js";
import { readEvidence } from "./answer.js";
import { words } from "./instrument.js";
import { goalOf, valueOf } from "./score.js";

/** @typedef {import("./criterion_view.js").CriterionView} CriterionView */
/** @typedef {import("./checklist_results.js").Section} Section */
/** @typedef {"quick" | "complete"} Depth */

const ALL = "all";

/** Whether it is here and not to be seen: what one question at a time hides is no less asked. @param {HTMLElement} one */
const isLeftOut = (one) => one.closest("[hidden]") !== null;

/** @type {Record<string, (one: CriterionView) => boolean>} */
const FILTERS = {
  [ALL]: () => true,
  unanswered: (one) => !one.isAnswered,
  behind: (one) => valueOf(one.answer) === 0,
  gap: (one) => {
    const value = valueOf(one.answer);
    return value !== null && value < goalOf(one, one.record);
  },
  estimated: (one) => one.record.confidence === "estimated",
  no_evidence: (one) => (valueOf(one.answer) ?? 0) >= 2 && readEvidence(one.record).length === 0,
  review: (one) => one.reviewText !== "",
};

/** Which criteria are asked, and which of these are in sight. */
export class ChecklistScope {
  #filter = ALL;

  /**
   * @param {HTMLElement} root
   * @param {CriterionView[]} criteria
   * @param {Section[]} sections
   * @param {{saveFields: () => void, shown: () => void, changed: () => void}} page what the page does before the scope changes,
   *   after it did, and after the depth did
   */
  constructor(root, criteria, sections, page) {
    this.criteria = criteria;
    this.sections = sections;
    this.page = page;
    this.form = find(root, ".assessment-form", HTMLFormElement);
    this.select = slot(root, "filter", HTMLSelectElement);
    this.state = slot(root, "filter-state");
    this.text = slot(root, "filter-text");
    this.depthText = slot(root, "depth-text");
    this.depthKey = `abc.depth.${root.dataset.assessment}`;
    this.select.addEventListener("change", () => this.setFilter(this.select.value));
    onReveal((target) => this.#reveal(target));
  }

  /** The criteria of the depth chosen: what is scored. */
  asked() {
    return this.criteria.filter((one) => !one.outOfDepth);
  }

  /** Of these, the ones the filter lets be seen. */
  shown() {
    return this.asked().filter((one) => !one.filteredOut);
  }

  /**
   * Shows the criteria that are in a case now. Answering one does not take it away: the choice is
   * made again only when the person says so.
   */
  setFilter(name = this.#filter) {
    this.page.saveFields();
    this.#filter = name;
    this.select.value = name;
    for (const one of this.criteria) one.filteredOut = !FILTERS[name](one);
    this.#show();
  }

  showEverything() {
    this.setFilter(ALL);
  }

  #show() {
    for (const one of this.criteria) one.section.hidden = one.outOfDepth || one.filteredOut;
    for (const { heading, criteria } of this.sections) {
      const empty = criteria.every((one) => one.section.hidden);
      for (let part = /** @type {Element | null} */ (heading); part; part = part.nextElementSibling) {
        if (part.matches(".criterion")) break;
        if (part instanceof HTMLElement) part.hidden = empty && this.sections.length > 1;
      }
    }
    const counted = { count: this.shown().length, total: this.asked().length };
    const filtered = this.#filter !== ALL;
    this.state.hidden = !filtered;
    this.text.textContent = !filtered ? "" : counted.count ? fill(words.filter.text, counted) : words.filter.none;
    this.page.shown();
  }

  /* Quick or complete */

  /** @param {Depth} value */
  #depthRadio(value) {
    return findOptional(this.form, `[name=depth][value=${value}]`, HTMLInputElement);
  }

  /** @param {Depth} value */
  setDepth(value) {
    for (const one of this.criteria) one.outOfDepth = value === "quick" && !one.quick;
    this.#show();
    this.depthText.hidden = value !== "quick";
    try {
      sessionStorage.setItem(this.depthKey, value);
    } catch {
      // Only a convenience: without it the page opens complete.
    }
    this.page.changed();
  }

  /** Opens the page as deep as it was left. */
  openDepth() {
    let value = null;
    try {
      value = sessionStorage.getItem(this.depthKey);
    } catch {
      // As above.
    }
    const quick = this.#depthRadio("quick");
    if (value !== "quick" || !quick) return;
    quick.checked = true;
    this.setDepth("quick");
  }

  /** A link to what the filter or the quick assessment hides shows it. @param {HTMLElement} target */
  #reveal(target) {
    if (!this.form.contains(target) || !isLeftOut(target)) return;
    if (document.documentElement.classList.contains("workshop")) return;
    if (this.#filter !== ALL) this.showEverything();
    if (!isLeftOut(target) || !this.#depthRadio("quick")?.checked) return;
    const complete = this.#depthRadio("complete");
    if (complete) complete.checked = true;
    this.setDepth("complete");
  }
}
