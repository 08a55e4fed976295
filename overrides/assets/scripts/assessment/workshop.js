/*
 * Shows one criterion per screen, large enough for a projector: the workshop view, with keys of its own while it is
 * open. It is the page's own form; answers go the usual way.
 */

import { find, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { arriveAt, onReveal, tellArrival } from "../core/jumps.js";
import { words } from "./instrument.js";

/** @typedef {import("./checklist_page.js").ChecklistPage} ChecklistPage */
/** @typedef {import("./criterion_view.js").CriterionView} CriterionView */

const CURRENT = "workshop-current";

/** @param {string} name */
const button = (name) => find(document, `[data-action="workshop${name}"]`, HTMLButtonElement);

/** The view of one criterion at a time. */
export class Workshop {
  /** @type {CriterionView[]} */
  #criteria = [];
  #at = 0;
  /** @type {Record<string, () => void>} */
  #keys = {
    Escape: () => this.close(),
    PageDown: () => this.#show(this.#at + 1),
    PageUp: () => this.#show(this.#at - 1),
    i: () => this.#choose("no_information"),
    a: () => this.#choose("not_applicable"),
    ...Object.fromEntries(["0", "1", "2", "3"].map((level) => [level, () => this.#choose(level)])),
  };

  /** @param {ChecklistPage} page */
  constructor(page) {
    this.page = page;
    this.bar = slot(document, "workshop-bar");
    this.place = slot(this.bar, "workshop-place");
    this.previous = button("-previous");
    this.next = button("-next");
    this.previous.addEventListener("click", () => this.#show(this.#at - 1));
    this.next.addEventListener("click", () => this.#show(this.#at + 1));
    button("").addEventListener("click", () => this.open());
    button("-close").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => this.#onKey(event));
    // An address that names another criterion of the view shows that one.
    onReveal((target) => {
      const place = this.#isOpen ? this.#criteria.findIndex(({ section }) => section.contains(target)) : -1;
      if (place !== -1 && place !== this.#at) this.#show(place);
    });
  }

  get #isOpen() {
    return !this.bar.hidden;
  }

  /** @param {number} index */
  #show(index) {
    const last = this.#criteria.length - 1;
    this.#criteria[this.#at].section.classList.remove(CURRENT);
    this.#at = Math.max(0, Math.min(last, index));
    const { section, heading } = this.#criteria[this.#at];
    section.classList.add(CURRENT);
    const place = { list: this.page.title, number: this.#at + 1, total: this.#criteria.length };
    this.place.textContent = fill(words.workshop.place, place);
    this.previous.disabled = this.#at === 0;
    this.next.disabled = this.#at === last;
    scrollTo(0, 0);
    tellArrival(section);
    heading.focus({ preventScroll: true });
  }

  open() {
    this.#criteria = this.page.scope.shown();
    if (!this.#criteria.length) return;
    const next = this.#criteria.findIndex(({ section }) => !section.classList.contains("answered"));
    this.#at = 0;
    this.bar.hidden = false;
    document.documentElement.classList.add("workshop");
    this.page.results.announceText(words.workshop.opened);
    this.#show(Math.max(0, next));
  }

  close() {
    const { section, heading } = this.#criteria[this.#at];
    section.classList.remove(CURRENT);
    document.documentElement.classList.remove("workshop");
    this.bar.hidden = true;
    this.page.results.announceText(words.workshop.closed);
    arriveAt(section);
    heading.focus({ preventScroll: true });
  }

  /** Chooses an answer of the criterion on screen, where it offers it. @param {string} value */
  #choose(value) {
    const radio = this.#criteria[this.#at].radios.find((one) => one.value === value);
    if (!radio) return;
    radio.focus();
    radio.click();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.#isOpen || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof Element && event.target.matches("textarea, select, input:not([type=radio])");
    const action = this.#keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (typing && event.key !== "Escape")) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    action();
  }
}
