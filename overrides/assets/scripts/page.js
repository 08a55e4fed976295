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

  const siteRoot = new URL("../../", document.currentScript.src);
  const language = document.documentElement.lang;
  const PROBLEMS = ["denied", "full", "damaged", "newer", "removed"];

  const { words, checklists: instrument } = abc.instruments[language];
  const store = abc.openStore();
  const shownBy = [];
  const flushes = [];
  const changeListeners = [];

  const speech = abc.speech(abc.instruments[language]);
  const { fill } = abc;
  const { element } = abc.dom;

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

  /** What each of some assessments is called, by id; equal names are told apart by when they were begun. */
  function namesOf(assessments) {
    const stamp = new Intl.DateTimeFormat(speech.locale, { dateStyle: "medium", timeStyle: "short" });
    const { begun } = words.assessments;
    const ways = [
      (one) => speech.nameOf(one),
      (one) => fill(begun, { name: speech.nameOf(one), date: speech.stampText(one.created) }),
      (one) => fill(begun, { name: speech.nameOf(one), date: stamp.format(new Date(Date.parse(one.created) || 0)) }),
      (one, place) => fill(begun, { name: speech.nameOf(one), date: `${speech.stampText(one.created)}, ${place + 1}` }),
    ];
    const names = new Map();
    let alike = assessments;
    for (const way of ways) {
      alike.forEach((one, place) => names.set(one.id, way(one, place)));
      const all = Array.from(names.values());
      alike = assessments.filter(({ id }) => all.filter((name) => name === names.get(id)).length > 1);
    }
    return names;
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
    if (printed) printed.textContent = fill(words.results.printed, { date: speech.day(new Date()) });
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of opened) one.open = !one.matches(".note:not(.filled)");
    for (const area of document.querySelectorAll("textarea")) {
      area.style.blockSize = area.value ? `${area.scrollHeight}px` : "";
      area.classList.toggle("unfilled", !area.value);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });

  /** Where a checklist, or a criterion of it, stands. */
  const addressOf = ({ url }, criterion = "") => new URL(url, siteRoot).href + (criterion && `#${criterion}`);

  function script(address) {
    return new Promise((resolve, reject) => {
      document.head.append(
        element("script", { src: new URL(address, siteRoot).href, onload: resolve, onerror: reject }),
      );
    });
  }

  const loading = new Map();
  function loadOnce(address) {
    if (!loading.has(address)) {
      const begun = script(address);
      loading.set(address, begun);
      // What failed may work the next time.
      begun.catch(() => loading.delete(address));
    }
    return loading.get(address);
  }

  /** The words and checklists of a language. */
  async function loadInstrument(code = language) {
    if (!abc.instruments[code]) await loadOnce(`assets/instrument/${code}.js`);
    return abc.instruments[code];
  }

  /** The longer texts of every criterion in a language: {<id>: {levels, evidence, next_step}}. */
  async function loadTexts(code = language) {
    await loadInstrument(code);
    if (!abc.instruments[code].texts) await loadOnce(`assets/instrument/${code}-texts.js`);
    return abc.instruments[code].texts;
  }

  /** Changes criteria (see store.put) and tells whoever shows them. */
  function put(changes) {
    changeListeners.forEach((listener) => listener());
    store.put(changes);
  }

  abc.page = {
    ...speech,
    store,
    instrument,
    problems: PROBLEMS,
    ...abc.dom,
    fill,
    answersOf,
    scoresOf,
    namesOf,
    addressOf,
    language,
    loadOnce,
    loadInstrument,
    loadTexts,
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
