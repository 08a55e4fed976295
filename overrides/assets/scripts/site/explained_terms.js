/* Explains terms where they stand. Without it, a term is a link to the glossary. */

import { around, find, findAll, readJson } from "../core/elements.js";

/** @typedef {Record<string, {title: string, definition: string}>} Terms */

/** The panel beside a term that says what it means. */
class Explanation {
  /** @type {HTMLAnchorElement | null} The term that is explained. */
  #opener = null;
  /** @type {HTMLAnchorElement | null} The one whose explanation this press has just closed. */
  #pressed = null;

  /** @param {HTMLElement} panel @param {Terms} terms */
  constructor(panel, terms) {
    this.panel = panel;
    this.terms = terms;
    const [name, text] = findAll(panel, "p");
    this.name = name;
    this.text = text;
    this.more = find(panel, "a", HTMLAnchorElement);
    panel.hidden = false;
    for (const term of findAll(document, "a.term", HTMLAnchorElement)) {
      term.setAttribute("role", "button");
      term.setAttribute("aria-haspopup", "dialog");
      term.setAttribute("aria-expanded", "false");
    }
    this.#listen();
  }

  /** @param {HTMLAnchorElement} term */
  #open(term) {
    const { title, definition } = this.terms[term.dataset.term ?? ""];
    this.#opener = term;
    this.name.textContent = title;
    this.text.textContent = definition;
    this.more.href = term.href;
    // Beside the term, so that the next stop of the keyboard is what follows it.
    term.after(this.panel);
    this.panel.showPopover();
    this.#place(term);
    this.panel.focus({ preventScroll: true });
    term.setAttribute("aria-expanded", "true");
  }

  /** Puts the panel under the end of the term, or above it where there is more room. @param {HTMLAnchorElement} term */
  #place(term) {
    const at = Array.from(term.getClientRects()).at(-1) ?? term.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.panel;
    const above = at.bottom + height + 16 > innerHeight && at.top > height + 16;
    const left = Math.min(at.left, document.documentElement.clientWidth - width - 8);
    this.panel.style.insetBlockStart = `${scrollY + (above ? at.top - height - 6 : at.bottom + 6)}px`;
    this.panel.style.left = `${scrollX + Math.max(8, left)}px`;
  }

  #close() {
    this.panel.hidePopover();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const term = around(event, "a.term", HTMLAnchorElement);
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (term === this.#pressed) this.#close();
    else this.#open(term);
    this.#pressed = null;
  }

  #onClosing() {
    const term = this.#opener;
    if (!term) return;
    this.#opener = null;
    term.setAttribute("aria-expanded", "false");
    if (this.panel.contains(document.activeElement)) term.focus({ preventScroll: true });
  }

  #listen() {
    const { panel } = this;
    // The press that closes an explanation from its own term must not open it again.
    const isOpen = () => panel.matches(":popover-open");
    document.addEventListener("pointerdown", () => (this.#pressed = isOpen() ? this.#opener : null), true);
    document.addEventListener("click", (event) => this.#onClick(event));
    document.addEventListener("keydown", (event) => {
      const term = event.key === " " && around(event, "a.term");
      if (!term) return;
      event.preventDefault();
      term.click();
    });
    find(panel, "button").addEventListener("click", () => this.#close());
    panel.addEventListener("focusout", ({ relatedTarget }) => {
      if (this.#opener && relatedTarget instanceof Node && !panel.contains(relatedTarget)) this.#close();
    });
    panel.addEventListener("beforetoggle", ({ newState }) => {
      if (newState !== "open") this.#onClosing();
    });
    addEventListener("resize", () => this.#close());
  }
}

/** Lets the terms of the page open what they mean, where there are any. */
export function explainTerms() {
  const panel = document.getElementById("explicacion");
  // An older browser without popovers keeps the links.
  if (!panel || !("showPopover" in panel)) return;
  new Explanation(panel, readJson(document, "#explicaciones"));
}
