/*
 * The workshop view: one criterion a screen, large enough for a projector, with keys of its own while
 * it is open. It shows the page's own form; answers go the usual way. Runs after assessment.js.
 */
(function (abc) {
  "use strict";

  const { words, fill } = abc.page;
  const { sheet } = abc;
  const page = document.documentElement;
  const bar = document.querySelector('[data-slot="workshop-bar"]');
  const place = bar.querySelector('[data-slot="workshop-place"]');
  const button = (name) => document.querySelector(`[data-action="workshop${name}"]`);
  let criteria = [];
  let at = 0;

  const isOpen = () => !bar.hidden;

  function show(index) {
    criteria[at].section.classList.remove("workshop-current");
    at = Math.max(0, Math.min(criteria.length - 1, index));
    const { section } = criteria[at];
    section.classList.add("workshop-current");
    place.textContent = fill(words.workshop.place, { list: sheet.title, number: at + 1, total: criteria.length });
    button("-previous").disabled = at === 0;
    button("-next").disabled = at === criteria.length - 1;
    scrollTo(0, 0);
    section.querySelector("h3").focus({ preventScroll: true });
  }

  function open() {
    criteria = sheet.shown();
    if (!criteria.length) return;
    const next = criteria.findIndex(({ section }) => !section.classList.contains("answered"));
    bar.hidden = false;
    page.classList.add("workshop");
    sheet.announce(words.workshop.opened);
    show(Math.max(0, next));
  }

  function close() {
    const { section } = criteria[at];
    section.classList.remove("workshop-current");
    page.classList.remove("workshop");
    bar.hidden = true;
    sheet.announce(words.workshop.closed);
    abc.places.arrive(section);
    section.querySelector("h3").focus({ preventScroll: true });
  }

  /** Chooses an answer of the criterion on screen, where it offers it. */
  function choose(value) {
    const radio = criteria[at].radios.find((one) => one.value === value);
    if (!radio) return;
    radio.focus();
    radio.click();
  }

  const keys = {
    Escape: close,
    PageDown: () => show(at + 1),
    PageUp: () => show(at - 1),
    i: () => choose("no_information"),
    a: () => choose("not_applicable"),
    ...Object.fromEntries(["0", "1", "2", "3"].map((level) => [level, () => choose(level)])),
  };

  // An address that names another criterion of the view shows that one.
  abc.places.onReveal((target) => {
    const place = isOpen() ? criteria.findIndex(({ section }) => section.contains(target)) : -1;
    if (place !== -1 && place !== at) show(place);
  });

  document.addEventListener("keydown", (event) => {
    if (!isOpen() || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /** @type {Element} */ (event.target).matches("textarea, select, input:not([type=radio])");
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (typing && event.key !== "Escape")) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    action();
  });

  button("").addEventListener("click", open);
  button("-previous").addEventListener("click", () => show(at - 1));
  button("-next").addEventListener("click", () => show(at + 1));
  button("-close").addEventListener("click", close);
})((window.abc = window.abc || {}));
