/*
 * What has been read and answered of the course, on its pages.
 *
 * Ticks are one entry of this browser's storage, "abc.course": {read: ["fundamentos/por-que", …]}, ids
 * of pages and nothing else. Answers are only looked at, as store.js keeps them. Without storage the
 * ticks last as long as the page.
 */
(function () {
  "use strict";

  const KEY = "abc.course";
  const CURRENT = "abc.current";
  const PREFIX = "abc.assessment.";
  const ID = /^[a-z0-9]+([/-][a-z0-9]+)*$/;
  const MOST = 1000;

  const slot = (name, within = document) => within.querySelector(`[data-slot="${name}"]`);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);

  /** What storage holds under a name; null where there is nothing or no storage. */
  function item(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  function parse(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  /* Ticks */

  /** The ids of the pages that were ticked. */
  function readPages() {
    const found = parse(item(KEY))?.read;
    return new Set(
      (Array.isArray(found) ? found : []).filter((one) => typeof one === "string" && ID.test(one)).slice(0, MOST),
    );
  }

  let ticked = readPages();

  /** Ticks or clears a page, with whatever another tab ticked meanwhile. */
  function tick(id, on) {
    try {
      localStorage.getItem(KEY);
      ticked = readPages();
      ticked[on ? "add" : "delete"](id);
      localStorage.setItem(KEY, JSON.stringify({ read: Array.from(ticked) }));
    } catch {
      ticked[on ? "add" : "delete"](id);
      const note = slot("ticks-note");
      note.textContent = note.dataset.denied;
    }
    show();
  }

  /* Answers */

  const isAnswer = (answer) =>
    (Number.isInteger(answer) && answer >= 0 && answer <= 3) ||
    answer === "no_information" ||
    answer === "not_applicable";

  /** The checklists of the assessment in use, or an empty object. */
  function answers() {
    const kept = item(PREFIX + item(CURRENT)) ?? item(firstKey());
    const found = parse(kept);
    return (found?.format === 1 && found.checklists) || {};
  }

  /** The name of an assessment, should the name of the one in use be lost. */
  function firstKey() {
    try {
      return Object.keys(localStorage).find((one) => one.startsWith(PREFIX) && !one.endsWith(".damaged"));
    } catch {
      return undefined;
    }
  }

  /* The page */

  const stops = Array.from(document.querySelectorAll("[data-read]"), (place) => ({
    place,
    id: place.dataset.read,
    box: place.querySelector("input"),
  }));
  const lists = Array.from(document.querySelectorAll("[data-criteria]"), (place) => ({
    text: slot("answered", place),
    criteria: place.dataset.criteria.split(" ").map((one) => one.split("/")),
  }));
  const progress = slot("progress");
  const words = document.createElement("span");
  const meter = document.createElement("span");
  const bar = document.createElement("span");
  meter.className = "meter";
  meter.setAttribute("aria-hidden", "true");
  meter.append(bar);
  progress?.append(words, meter);

  function show() {
    for (const { place, id, box } of stops) {
      box.checked = ticked.has(id);
      place.classList.toggle("is-read", box.checked);
    }
    const pages = new Set(stops.map((one) => one.id));
    const done = Array.from(pages).filter((id) => ticked.has(id)).length;
    words.textContent = fill(progress.dataset.text, { done, total: pages.size });
    bar.style.inlineSize = `${(100 * done) / pages.size}%`;
  }

  function showAnswers() {
    const kept = answers();
    for (const { text, criteria } of lists) {
      const done = criteria.filter(([list, id]) => isAnswer(kept[list]?.criteria?.[id]?.answer)).length;
      text.textContent = fill(text.dataset.text, { done, total: criteria.length });
      text.hidden = done === 0;
    }
  }

  showAnswers();
  if (progress && stops.length) {
    show();
    for (const one of [progress, slot("ticks-note"), ...document.querySelectorAll('[data-slot="tick"]')]) {
      one.hidden = false;
    }
  }
  document.addEventListener("change", (event) => {
    const stop = event.target.closest("[data-read]");
    if (stop) tick(stop.dataset.read, event.target.checked);
  });
  const refresh = () => {
    ticked = readPages();
    if (progress && stops.length) show();
    showAnswers();
  };
  window.addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith("abc.")) refresh();
  });
  // Back from a checklist by the browser's own button, the page may not have been loaded again.
  window.addEventListener("pageshow", (event) => event.persisted && refresh());
})();
