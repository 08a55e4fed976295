/* Shows one part of the page per screen, in large letters for a projector, with keys of its own while it is open. */

import { find, findAll, slot } from "../core/elements.js";
import { fill } from "../core/format.js";

const CURRENT = "slide-current";

/** The parts of a page one at a time. */
export class Projector {
  /** @type {HTMLElement[]} */
  #slides = [];
  #at = 0;
  /** @type {Record<string, () => void>} */
  #keys = {
    Escape: () => this.close(),
    PageDown: () => this.#show(this.#at + 1),
    PageUp: () => this.#show(this.#at - 1),
  };

  /**
   * @param {HTMLElement} root whose parts are shown
   * @param {{place: string}} words
   */
  constructor(root, words) {
    this.root = root;
    this.words = words;
    this.bar = slot(document, "projector-bar");
    /** @param {string} name */
    const button = (name) => find(this.bar, `[data-projector="${name}"]`, HTMLButtonElement);
    this.previous = button("previous");
    this.next = button("next");
    this.previous.addEventListener("click", () => this.#show(this.#at - 1));
    this.next.addEventListener("click", () => this.#show(this.#at + 1));
    button("close").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get #isOpen() {
    return !this.bar.hidden;
  }

  /** @param {number} index */
  #show(index) {
    this.#slides[this.#at].classList.remove(CURRENT);
    this.#at = Math.max(0, Math.min(this.#slides.length - 1, index));
    const slide = this.#slides[this.#at];
    slide.classList.add(CURRENT);
    const heading = find(slide, "h2, h3");
    const place = { title: heading.textContent ?? "", number: this.#at + 1, total: this.#slides.length };
    slot(this.bar, "projector-place").textContent = fill(this.words.place, place);
    this.previous.disabled = this.#at === 0;
    this.next.disabled = this.#at === this.#slides.length - 1;
    scrollTo(0, 0);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  open() {
    this.#slides = findAll(this.root, "[data-slide]").filter((one) => !one.hidden);
    this.#at = 0;
    this.bar.hidden = false;
    document.documentElement.classList.add("workshop", "projector");
    this.#show(0);
  }

  close() {
    this.#slides[this.#at].classList.remove(CURRENT);
    document.documentElement.classList.remove("workshop", "projector");
    this.bar.hidden = true;
    const button = find(document, '[data-group="projector"]');
    button.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.#isOpen || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.#keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }
}
