/*
 * Terms explained where they stand, and the filter of the glossary.
 * Without it, a term is a link to the glossary, and the glossary shows everything.
 */
(function (abc) {
  "use strict";

  /* A term opens its definition beside it */

  const panel = document.getElementById("explicacion");
  // An older browser without popovers keeps the links.
  if (panel && panel.showPopover) explain();

  function explain() {
    const terms = JSON.parse(document.getElementById("explicaciones").textContent);
    const [name, text] = panel.querySelectorAll("p");
    const more = panel.querySelector("a");
    const isOpen = () => panel.matches(":popover-open");
    /** The term that is explained, and the one whose explanation this press has just closed. */
    let opener = null;
    let pressed = null;

    panel.hidden = false;
    for (const term of document.querySelectorAll("a.term")) {
      term.setAttribute("role", "button");
      term.setAttribute("aria-haspopup", "dialog");
      term.setAttribute("aria-expanded", "false");
    }

    function open(term) {
      const { title, definition } = terms[term.dataset.term];
      opener = term;
      name.textContent = title;
      text.textContent = definition;
      more.href = term.href;
      // Beside the term, so that the next stop of the keyboard is what follows it.
      term.after(panel);
      panel.showPopover();
      place(term);
      panel.focus({ preventScroll: true });
      term.setAttribute("aria-expanded", "true");
    }

    /** Puts the panel under the end of the term, or above it where there is more room. */
    function place(term) {
      const at = Array.from(term.getClientRects()).at(-1);
      const { offsetWidth: width, offsetHeight: height } = panel;
      const above = at.bottom + height + 16 > innerHeight && at.top > height + 16;
      const left = Math.min(at.left, document.documentElement.clientWidth - width - 8);
      panel.style.insetBlockStart = `${scrollY + (above ? at.top - height - 6 : at.bottom + 6)}px`;
      panel.style.left = `${scrollX + Math.max(8, left)}px`;
    }

    // The press that closes an explanation from its own term must not open it again.
    document.addEventListener("pointerdown", () => (pressed = isOpen() ? opener : null), true);
    document.addEventListener("click", (event) => {
      const term = event.target.closest("a.term");
      if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (term === pressed) panel.hidePopover();
      else open(term);
      pressed = null;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== " " || !event.target.closest("a.term")) return;
      event.preventDefault();
      event.target.click();
    });
    panel.querySelector("button").addEventListener("click", () => panel.hidePopover());
    panel.addEventListener("focusout", (event) => {
      if (opener && event.relatedTarget && !panel.contains(event.relatedTarget)) panel.hidePopover();
    });
    panel.addEventListener("beforetoggle", (event) => {
      if (event.newState === "open" || !opener) return;
      const term = opener;
      opener = null;
      term.setAttribute("aria-expanded", "false");
      if (panel.contains(document.activeElement)) term.focus({ preventScroll: true });
    });
    addEventListener("resize", () => panel.hidePopover());
  }

  /* The glossary shows the terms that hold all words typed */

  const filter = document.querySelector('[data-slot="glossary-filter"]');
  if (filter) {
    const input = filter.querySelector("input");
    const status = filter.querySelector('[role="status"]');
    const letters = document.querySelector(".glossary-letters");
    const groups = document.querySelectorAll(".glossary-letter");
    const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const entries = Array.from(document.querySelectorAll(".glossary-term"), (element) => ({
      element,
      text: fold(element.textContent),
    }));

    function show() {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { element, text } of entries) {
        element.hidden = !words.every((word) => text.includes(word));
        if (!element.hidden) count += 1;
      }
      for (const group of groups) group.hidden = !group.querySelector(".glossary-term:not([hidden])");
      letters.hidden = words.length > 0;
      const sentence =
        count === 0 ? status.dataset.none : count === 1 ? status.dataset.countOne : status.dataset.countOther;
      status.textContent = words.length
        ? sentence.replace("{count}", count).replace("{query}", input.value.trim())
        : "";
    }

    filter.hidden = false;
    input.addEventListener("input", show);
    // A link to a term that the filter hides shows everything again.
    abc.places.onReveal((target) => {
      if (!target.closest(".glossary-letter, .glossary-letters") || abc.places.isShown(target)) return;
      input.value = "";
      show();
    });
  }
})((window.abc = window.abc || {}));
