/*
 * Shows the activities of a module on a big screen: one thing at a time, by button or key, with the minutes of each
 * step.
 */

import { element, find, findAll, findOptional, slot } from "../core/elements.js";
import { fill } from "../core/format.js";

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " "];
const BEFORE = ["ArrowLeft", "ArrowUp", "PageUp"];

/** Copies of parts of the page, without the ids that stand on it. @param {(Element | null)[]} parts */
const copies = (...parts) =>
  parts.flatMap((part) => {
    if (!part) return [];
    const copy = /** @type {Element} */ (part.cloneNode(true));
    for (const one of [copy, ...copy.querySelectorAll("[id]")]) one.removeAttribute("id");
    return [copy];
  });

class Projector {
  #place = 0;
  /** @type {Node[][]} */
  #slides = [];

  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    this.slide = slot(dialog, "slide");
    this.place = slot(dialog, "place");
    this.length = slot(dialog, "length", HTMLSelectElement);
    this.length.addEventListener("change", () => this.#open());
    dialog.addEventListener("keydown", (event) => this.#press(event));
    /** @type {Record<string, () => void>} */
    const actions = {
      project: () => this.#open(),
      "slide-next": () => this.#show(this.#place + 1),
      "slide-previous": () => this.#show(this.#place - 1),
      "slide-close": () => dialog.close(),
    };
    for (const [name, action] of Object.entries(actions)) {
      for (const button of findAll(document, `[data-action="${name}"]`)) {
        button.addEventListener("click", action);
        button.hidden = false;
      }
    }
  }

  #open() {
    this.#slides = this.#made();
    if (!this.dialog.open) {
      this.#place = 0;
      this.dialog.showModal();
    }
    this.#show(Math.min(this.#place, this.#slides.length - 1));
    this.slide.focus();
  }

  /** Everything there is to show in the length that was chosen. */
  #made() {
    const title = find(document, "h1").textContent ?? "";
    const first = [element("h2", {}, title), ...copies(findOptional(document, ".objectives-list"))];
    return [first, ...findAll(document, "[data-activity]").flatMap((one) => this.#ofActivity(one))];
  }

  /** @param {HTMLElement} activity */
  #ofActivity(activity) {
    const name = find(activity, "h3").textContent ?? "";
    const steps = findAll(activity, "[data-step]").map((step) => ({
      text: find(step, ".step-text"),
      minutes: Number(step.dataset.step?.split(" ")[Number(this.length.value)]),
    }));
    const kept = steps.filter(({ minutes }) => minutes > 0);
    if (!kept.length) return [];
    const head = () => element("p", { className: "projector-activity" }, name);
    const handout = findOptional(activity, ".handout");
    const { step = "" } = this.dialog.dataset;
    return [
      [
        element("h2", {}, name),
        ...copies(...[".grouping", ".activity-title", ".materials"].map((part) => find(activity, part))),
      ],
      ...(handout ? [[head(), ...copies(handout)]] : []),
      ...kept.map(({ text, minutes }, place) => [
        head(),
        element("p", { className: "projector-step" }, fill(step, { number: place + 1, total: kept.length })),
        element("p", { className: "projector-text" }, ...copies(text)),
        element("p", { className: "projector-minutes" }, `${minutes} min`),
      ]),
      [head(), ...copies(find(activity, ".deliver"))],
    ];
  }

  /** @param {number} place */
  #show(place) {
    if (place < 0 || place >= this.#slides.length) return;
    this.#place = place;
    this.slide.replaceChildren(...this.#slides[place]);
    this.slide.scrollTop = 0;
    this.place.textContent = fill(this.dialog.dataset.place ?? "", { number: place + 1, total: this.#slides.length });
    find(this.dialog, '[data-action="slide-previous"]', HTMLButtonElement).disabled = place === 0;
    find(this.dialog, '[data-action="slide-next"]', HTMLButtonElement).disabled = place === this.#slides.length - 1;
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, target } = event;
    if (target instanceof HTMLSelectElement || (key === " " && target instanceof HTMLButtonElement)) return;
    const by = NEXT.includes(key) ? 1 : BEFORE.includes(key) ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    this.#show(this.#place + by);
  }
}

const dialog = findOptional(document, '[data-slot="projector"]', HTMLDialogElement);
if (dialog) new Projector(dialog);
