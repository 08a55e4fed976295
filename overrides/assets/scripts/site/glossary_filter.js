/* Filters the glossary: the terms that hold all words typed stay. Without it, the glossary shows everything. */

import { find, findAll, findOptional } from "../core/elements.js";
import { plain } from "../core/format.js";
import { isShown, onReveal } from "../core/jumps.js";

/** @param {HTMLElement} filter */
function openFilter(filter) {
  const input = find(filter, "input", HTMLInputElement);
  const status = find(filter, '[role="status"]');
  const letters = find(document, ".glossary-letters");
  const groups = findAll(document, ".glossary-letter");
  const entries = findAll(document, ".glossary-term").map((element) => ({
    element,
    text: plain(element.textContent ?? ""),
  }));

  /** @param {number} count */
  const sentence = (count) => {
    const { none, countOne, countOther } = status.dataset;
    return (count === 0 ? none : count === 1 ? countOne : countOther) ?? "";
  };

  function show() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) count += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector(".glossary-term:not([hidden])");
    letters.hidden = words.length > 0;
    status.textContent = words.length
      ? sentence(count).replace("{count}", String(count)).replace("{query}", input.value.trim())
      : "";
  }

  filter.hidden = false;
  input.addEventListener("input", show);
  // A link to a term that the filter hides shows everything again.
  onReveal((target) => {
    if (!target.closest(".glossary-letter, .glossary-letters") || isShown(target)) return;
    input.value = "";
    show();
  });
}

const filter = findOptional(document, '[data-slot="glossary-filter"]');
if (filter) openFilter(filter);
