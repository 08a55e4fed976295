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
  const answersOf = (assessment, checklist) => abc.answersOf(checklist, assessment);

  /** The scores of every checklist of the instrument, and of all of them together. */
  const scoresOf = (assessment) => abc.scoresOf(instrument, assessment);

  /**
   * Says a score in large. While it is provisional, how much is answered stands in its place.
   *
   * @param {(name: string) => HTMLElement} place the place of "score", "name", "ring", "mean", "band",
   *   "meaning" and "provisional"
   * @param {string} name what the score is called
   */
  function showScore(place, score, name) {
    const { results } = words;
    const standing = abc.standing(score);
    const counted = { count: score.answered, total: score.total };
    const reading = speech.readingOf(score);
    const large = {
      none: [speech.NONE, name, 0],
      few: [fill(results.in_short, { count: score.total - score.notApplicable, total: score.total }), results.few, 0],
      provisional: [fill(results.in_short, counted), results.answered, score.completeness],
      final: [speech.part(score.weighted), name, score.weighted],
    };
    const none = score.total > 0 && score.notApplicable === score.total ? results.none_applicable : results.none;
    const small = {
      none,
      few: score.notApplicable === score.total ? none : results.few_text,
      provisional: "",
      final: score.mean === null ? "" : speech.meanText(score),
    };
    const put = (which, text) => {
      const there = place(which);
      if (there.textContent !== text) there.textContent = text;
      there.hidden = text === "";
    };
    const [figure, title, part] = large[standing];
    put("score", figure);
    put("name", title);
    put("mean", small[standing]);
    put("band", reading ? reading.name : "");
    put("meaning", reading ? reading.meaning : "");
    place("ring").style.strokeDasharray = `${100 * (part ?? 0)} 100`;
    place("ring").closest(".score").dataset.standing = standing;
    place("provisional").hidden = standing !== "provisional";
    place("provisional").replaceChildren(
      ...(standing === "provisional"
        ? [
            element("strong", { className: "hatched", textContent: speech.scoreText(score) }),
            ` ${results.provisional_text}`,
          ]
        : []),
    );
  }

  const criterionOf = new Map(
    instrument.flatMap((checklist) => checklist.criteria.map((one) => [one.id, [checklist, one]])),
  );

  /** A link to a criterion on the page of its checklist, saying what it asks. */
  function linkTo(id) {
    const [checklist, { statement }] = criterionOf.get(id);
    return element("a", { href: addressOf(checklist, id), textContent: statement });
  }

  /** Names what was answered over a year ago and is reviewed every year, in the part of `root` for it. */
  function showOld(root) {
    const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
    const old = abc.record.reviews(instrument, store.current()).filter((one) => one.old);
    slot("old").hidden = old.length === 0;
    slot("old-text").textContent = old.length ? speech.plural(words.review, "text", old.length) : "";
    slot("old-list").replaceChildren(
      ...old.map(({ criterion, day }) => {
        const since = fill(words.review.since, { date: speech.dayText(day) });
        return element(
          "li",
          {},
          linkTo(criterion.id),
          element("span", { className: "fine", textContent: ` ${since}` }),
        );
      }),
    );
  }

  /** Names what is flagged for the law, before any score is read. */
  function showFlags(box, list, flagged, link) {
    box.hidden = flagged.length === 0;
    const text = flagged.map(({ id, kind }) => `${id} ${kind}`).join();
    if (list.dataset.shown === text) return;
    list.dataset.shown = text;
    list.replaceChildren(
      ...flagged.map(({ id, kind }) => {
        const made = link(id);
        made.textContent = speech.flagText(made.textContent, kind);
        return element("li", {}, made);
      }),
    );
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
    showScore,
    showFlags,
    showOld,
    linkTo,
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
