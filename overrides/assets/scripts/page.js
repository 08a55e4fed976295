/*
 * What all pages of the self-assessment share: the store, the words, the criteria of every checklist,
 * and small helpers, as abc.page.
 *
 * Pages are complete without scripts; elements say what they are for with data-slot (something to
 * fill) and data-action (something to press). Words and criteria come as abc.instruments.<language>,
 * from assets/instrument/<language>.js, made at build time.
 */
(function (abc) {
  "use strict";

  const PROBLEMS = ["denied", "full", "damaged", "newer", "removed"];

  const { words, checklists: instrument } = abc.instruments[document.documentElement.lang];
  const store = abc.openStore();
  const shownBy = [];
  const flushes = [];
  const changeListeners = [];

  const fill = (text, details) =>
    text.replace(/\{(\w+)\}/g, (match, name) => (name in details ? details[name] : match));
  const plural = (texts, name, count) =>
    fill(texts[`${name}_${count === 1 ? "one" : "other"}`], { count });

  const { locale } = words.format;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  const percent = (part) => fill(words.format.percent, { value: abc.percent(part) });

  /** The light an answer shows: a status of the scale, "unanswered" or "not_applicable". */
  function lightOf(answer) {
    if (abc.isLevel(answer)) return words.statuses[answer];
    if (answer === "no_information") return words.statuses[0];
    return answer === "not_applicable" ? answer : "unanswered";
  }

  /** An assessment's answers to the criteria of one checklist, by id. */
  function answersOf(assessment, { id, criteria }) {
    const kept = assessment.checklists[id]?.criteria || {};
    return new Map(criteria.map((one) => [one.id, kept[one.id]?.answer]));
  }

  /** The scores of every checklist of the instrument, and of all of them together. */
  function scoresOf(assessment) {
    const each = instrument.map((one) => abc.score(one.criteria, answersOf(assessment, one)));
    return { each, overall: abc.overall(each) };
  }

  /** An answer in words. */
  function answerText(answer) {
    const { states } = words.assessments;
    return abc.isLevel(answer) ? words.levels[answer] : states[answer] || states.unanswered;
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    made.append(...children);
    return made;
  }

  function debounce(action, wait) {
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(later.now, wait);
    };
    later.now = () => {
      clearTimeout(timer);
      timer = 0;
      action();
    };
    later.flush = () => timer && later.now();
    return later;
  }

  /** Says at the top of any page what is wrong with keeping answers. */
  function showProblem() {
    const alert = document.querySelector('[data-slot="store-problem"]');
    const text = PROBLEMS.includes(store.state) ? words.store[store.state] : "";
    // An alert is read out when it changes: it must not change without need.
    if (text && alert.textContent !== text) alert.textContent = text;
    alert.hidden = !text;
  }

  /* On paper everything is open and every note at its full height. */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    const printed = document.querySelector('[data-slot="printed"]');
    if (printed) printed.textContent = fill(words.results.printed, { date: day.format(new Date()) });
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of opened) one.open = !one.matches(".note:not(.filled)");
    for (const area of document.querySelectorAll("textarea")) {
      area.style.blockSize = area.value ? `${area.scrollHeight}px` : "";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  /** Changes criteria (see store.put) and tells whoever shows them. */
  function put(changes) {
    changeListeners.forEach((listener) => listener());
    store.put(changes);
  }

  abc.page = {
    store,
    words,
    instrument,
    problems: PROBLEMS,
    locale,
    fill,
    plural,
    percent,
    element,
    debounce,
    lightOf,
    answersOf,
    scoresOf,
    answerText,
    put,
    showProblem,
    whenShown: (listener) => shownBy.push(listener),
    showAll: () => shownBy.forEach((show) => show()),
    whenLeft: (flush) => flushes.push(flush),
    flush: () => flushes.forEach((flush) => flush()),
    onChange: (listener) => changeListeners.push(listener),
  };

  shownBy.push(showProblem);
  showProblem();
})((window.abc = window.abc || {}));
