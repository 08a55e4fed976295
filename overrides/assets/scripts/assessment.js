/* Brings a self-assessment page to life: answers, results, quick or complete. Runs after page.js. */
(function (abc) {
  "use strict";

  const ANNOUNCE_AFTER = 1500;
  const SAVE_NOTES_AFTER = 400;
  const NEXT_STEPS = 5;
  const FIELDS = ["note", "reason"];

  const root = document.querySelector("[data-assessment]");
  const { store, words, locale, fill, plural, percent, element, terms, debounce, lightOf } = abc.page;
  const { showProblem, whenShown, whenLeft, instrument, put: putAll } = abc.page;
  const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });

  // Looked up once: a page of a hundred criteria has thousands of elements to look through.
  const slots = new Map(
    Array.from(root.querySelectorAll("[data-slot]:not(.criterion *)"), (one) => [one.dataset.slot, one]),
  );
  const slot = (name) => slots.get(name);
  const counts = Array.from(root.querySelectorAll("[data-count]"));
  const bars = Array.from(root.querySelectorAll("[data-bar]"));
  const nextButtons = root.querySelectorAll('[data-action="next-unanswered"]');
  const resetButton = root.querySelector('[data-action="reset"]');
  const form = root.querySelector(".assessment-form");
  const checklistOf = new Map(instrument.map((one) => [one.id, one]));
  const criterionOf = new Map(instrument.flatMap((one) => one.criteria.map((each) => [each.id, each])));
  const mapLinks = new Map(Array.from(root.querySelectorAll("[data-map]"), (link) => [link.dataset.map, link]));
  const criteria = Array.from(root.querySelectorAll(".criterion"), openCriterion);
  const byId = new Map(criteria.map((one) => [one.id, one]));
  const sections = openSections();
  let undo = null;
  let filter = "all";
  let inUse = store.current().id;
  let lastNext = "";

  function openCriterion(section) {
    const heading = section.querySelector("h3");
    const statement = heading.cloneNode(true);
    statement.querySelector(".criterion-number").remove();
    return {
      section,
      id: section.dataset.criterion,
      checklist: section.dataset.checklist,
      version: Number(section.dataset.version),
      weight: Number(section.dataset.weight),
      critical: "critical" in section.dataset ? Number(section.dataset.critical) : null,
      quick: "quick" in section.dataset,
      statement: statement.textContent.trim(),
      nextStep: section.querySelector('[data-slot="next-step"]'),
      reason: section.querySelector('[data-slot="reason"]'),
      radios: Array.from(section.querySelectorAll("input[type=radio]")),
      fields: FIELDS.map((name) => section.querySelector(`[data-field="${name}"]`)).filter(Boolean),
      details: section.querySelector(".note"),
      kept: section.querySelector('[data-slot="kept"]'),
      more: section.querySelector('[data-slot="fields"]'),
      review: section.querySelector('[data-slot="review"]'),
      number: section.querySelector(".criterion-number").textContent,
      mapLink: mapLinks.get(section.dataset.criterion),
      outOfDepth: false,
      filteredOut: false,
      written: {},
      clear: section.querySelector('[data-action="clear"]'),
    };
  }

  /** The groups of criteria under a heading, with the places that tell how far each has come. */
  function openSections() {
    const found = [];
    for (const part of form.querySelectorAll(".criterion, h2[id]")) {
      if (part.tagName === "H2") {
        const places = root.querySelectorAll(`[data-section-state="${part.id}"]`);
        found.push({ heading: part, places, criteria: [] });
      } else {
        found.at(-1).criteria.push(byId.get(part.dataset.criterion));
      }
    }
    return found.filter((one) => one.criteria.length);
  }

  const recordOf = (one) => store.get(one.checklist, one.id);
  /** The criteria of the depth chosen: what is scored. */
  const asked = () => criteria.filter((one) => !one.outOfDepth);
  /** Of these, the ones the filter lets be seen. */
  const shown = () => asked().filter((one) => !one.filteredOut);
  const now = () => new Date().toISOString();
  const has = (one) => store.has(one.checklist, one.id);

  function put(changes) {
    putAll(
      changes.map(([one, record]) => ({
        checklist: one.checklist,
        version: one.version,
        criterion: one.id,
        record,
      })),
    );
  }

  /* From the store to the page */

  function showCriterion(one) {
    const { answer, ...record } = recordOf(one);
    for (const radio of one.radios) radio.checked = radio.value === String(answer);
    for (const field of one.fields) {
      const text = typeof record[field.dataset.field] === "string" ? record[field.dataset.field] : "";
      if (field.value !== text) field.value = text;
      field.closest(".reason")?.classList.toggle("filled", text !== "");
    }
    if (one.more.childElementCount) abc.fields.show(one.more, record);
    one.written = collect(one, {});
    showKept(one, record);
    showState(one, answer);
  }

  /** What is kept besides the answer, in a few words, while its fields are closed. */
  function showKept(one, record) {
    const text = abc.fields.summary(record);
    if (one.kept.textContent !== text) one.kept.textContent = text;
    one.details.classList.toggle("filled", text !== "");
  }

  /** Makes the fields of a criterion when they are first opened. */
  function openFields(one) {
    if (!one.more.childElementCount) {
      const about = fill(words.record.about, { number: one.number });
      abc.fields.open(one.more, about, () => later(one));
    }
    abc.fields.show(one.more, recordOf(one));
    one.written = collect(one, {});
  }

  function showState(one, answer) {
    const answered = abc.isAnswer(answer);
    const light = lightOf(answer);
    one.section.classList.toggle("answered", answered);
    one.clear.hidden = !answered;
    if (one.reason) one.reason.hidden = answer !== "not_applicable";
    showReview(one);
    if (!one.mapLink || one.mapLink.dataset.light === light) return;
    one.mapLink.dataset.light = light;
    one.mapLink.querySelector('[data-slot="map-state"]').textContent = abc.page.answerText(answer);
  }

  /** Whether an answer is to be looked at again: the question changed, or a year has gone by. */
  const review = (one, record) =>
    abc.record.needsReview(checklistOf.get(one.checklist), one.id, record)
      ? words.changed.review
      : abc.record.isOld(criterionOf.get(one.id), record)
        ? words.review.criterion
        : "";

  function showReview(one) {
    const text = review(one, recordOf(one));
    one.review.hidden = text === "";
    if (text) one.review.querySelector("span").textContent = text;
  }

  function showSections() {
    for (const { places, criteria: group } of sections) {
      const counted = group.filter((one) => !one.outOfDepth);
      const count = counted.filter((one) => abc.isAnswer(recordOf(one).answer)).length;
      const total = counted.length;
      for (const place of places) {
        const text = fill(words.results[place.tagName === "P" ? "completeness_text" : "in_short"], { count, total });
        if (place.textContent !== text) place.textContent = text;
        place.classList.toggle("complete", count === total);
      }
    }
  }

  /** A page of one checklist is scored as that checklist is everywhere. */
  const scoreOf = (scope, answers) => (single ? abc.scoreList(scope, answers) : abc.score(scope, answers));

  function showResults() {
    const scope = asked();
    const answers = new Map(scope.map((one) => [one.id, recordOf(one).answer]));
    const score = scoreOf(scope, answers);
    const strict = abc.strictPart(score);
    const counted = { count: score.answered, total: score.total };

    const put = (name, text) => {
      const place = slot(name);
      if (place.textContent !== text) place.textContent = text;
    };
    abc.page.showFlags(slot("flagged"), slot("flagged-list"), score.flagged, (id) => linkTo(byId.get(id)));
    abc.page.showScore(
      (name) => slot({ name: "score-name", meaning: "band-meaning" }[name] || name),
      score,
      words.results.score,
    );
    put("completeness", percent(score.completeness));
    put("completeness-text", fill(words.results.completeness_text, counted));
    slot("completeness-bar").style.inlineSize = `${100 * score.completeness}%`;
    put("strict", strict === null ? "—" : percent(strict));
    put("strict-text", abc.page.strictText(score));
    showLight(scope, answers);
    showNext(scope, score);
    showSections();
    slot("bar-fill").style.inlineSize = `${100 * score.completeness}%`;
    const inShort = fill(words.results.in_short, counted);
    put(
      "bar-progress",
      abc.page.shortText(score, inShort, () => ""),
    );
    put("bar-score", abc.standing(score) === "none" ? "" : ` · ${abc.page.scoreText(score)}`);
    slot("bar").classList.toggle("flagged", score.flagged.length > 0);
    for (const button of nextButtons) button.hidden = score.unanswered === 0;
    resetButton.hidden = !scope.some(has);
    announce.score = score;
  }

  /** What is said aloud once answers come to rest: what is flagged for the law, then the score. */
  function announcement(score) {
    const counted = { count: score.answered, total: score.total };
    const flags = abc.page.flagsText(score);
    const text = score.weighted === null ? words.results.announce_none : words.results.announce;
    return (flags && `${flags}. `) + fill(text, { ...counted, score: abc.page.scoreText(score) });
  }

  function showLight(scope, answers) {
    const lights = {};
    for (const one of scope) {
      const light = lightOf(answers.get(one.id));
      lights[light] = (lights[light] || 0) + 1;
    }
    for (const place of counts) place.textContent = lights[place.dataset.count] || 0;
    for (const bar of bars) bar.style.flexGrow = lights[bar.dataset.bar] || 0;
  }

  const linkTo = (one) => element("a", { href: `#${one.id}` }, one.statement);

  /** Where to begin: the first steps of the plan, among what is asked here. */
  function showNext(scope, score) {
    const asked = new Set(scope.map((one) => one.id));
    const here = instrument.map((one) => ({ ...one, criteria: one.criteria.filter(({ id }) => asked.has(id)) }));
    const steps = abc.firstSteps(abc.gaps(here, store.current()), NEXT_STEPS);
    const key = steps.map(({ criterion, record }) => `${criterion.id}=${record.answer}`).join();
    const text = steps.length
      ? words.results.next_steps_text
      : words.results[score.answered > score.notApplicable ? "next_steps_done" : "next_steps_none"];
    if (key + text === lastNext) return;
    lastNext = key + text;
    slot("next-text").textContent = text;
    slot("next-list").replaceChildren(
      ...steps.map(({ criterion, record }) => {
        const one = byId.get(criterion.id);
        const step = element("p", {});
        if (record.answer === "no_information") step.append(words.results.next_unknown, " ");
        step.append(...Array.from(one.nextStep.childNodes, (node) => node.cloneNode(true)));
        return element("li", {}, linkTo(one), step);
      }),
    );
  }

  function showStore() {
    const { state, savedAt } = store;
    const text =
      state === "saved" && !savedAt
        ? words.store.kept
        : fill(words.store[state], { time: savedAt ? clock.format(savedAt) : "" });
    slot("store").textContent = text;
    slot("store").classList.toggle("alert", abc.page.problems.includes(state));
    showProblem();
  }

  const announce = debounce(() => {
    slot("announce").textContent = announcement(announce.score);
  }, ANNOUNCE_AFTER);

  function showAll() {
    saveFields.flush();
    if (inUse !== store.current().id) {
      inUse = store.current().id;
      // What could be undone was another's.
      undo = null;
      slot("undo").hidden = true;
      setFilter("all");
    }
    criteria.forEach(showCriterion);
    showResults();
    showChanges();
    showStore();
  }

  /* What the checklist changed since it was answered */

  const single = checklistOf.get(root.dataset.assessment);

  function showChanges() {
    const kept = single && store.current().checklists[single.id];
    const answered = kept && Object.values(kept.criteria).some(abc.holds);
    const changes = answered && abc.record.changesSince(single, kept.version ?? single.version);
    const statements = new Map(
      [...(single?.criteria ?? []), ...(single?.retired ?? [])].map((one) => [one.id, one.statement]),
    );
    const parts = Object.entries(changes || {}).filter(([, ids]) => ids.length);
    slot("changed").hidden = parts.length === 0;
    slot("changed-list").replaceChildren(
      ...terms(
        parts.map(([name, ids]) => [
          words.changed[name],
          ...ids.map((id) => (byId.has(id) ? linkTo(byId.get(id)) : (statements.get(id) ?? id))),
        ]),
      ),
    );
    const gone = (single?.retired ?? []).filter(({ id }) => abc.holds(store.get(single.id, id)));
    slot("retired").hidden = gone.length === 0;
    slot("retired-list").replaceChildren(
      ...terms(
        gone.map(({ id, statement }) => {
          const { answer, note } = abc.record.read(store.get(single.id, id));
          return [statement, [abc.page.answerText(answer), note].filter(Boolean).join(" — ")];
        }),
      ),
    );
  }

  /* Narrowing down what is shown */

  const FILTERS = {
    all: () => true,
    unanswered: (one, { answer }) => !abc.isAnswer(answer),
    behind: (one, { answer }) => abc.valueOf(answer) === 0,
    gap: (one, record) => abc.valueOf(record.answer) !== null && abc.valueOf(record.answer) < abc.goalOf(one, record),
    estimated: (one, record) => record.confidence === "estimated",
    no_evidence: (one, record) => abc.valueOf(record.answer) >= 2 && abc.record.evidence(record).length === 0,
    review: (one, record) => review(one, record) !== "",
  };

  /**
   * Shows the criteria that are in a case now. Answering one does not take it away: the choice is
   * made again only when the person says so.
   */
  function setFilter(name) {
    saveFields.flush();
    filter = name;
    slot("filter").value = name;
    for (const one of criteria) one.filteredOut = !FILTERS[name](one, recordOf(one));
    showScope();
  }

  function showScope() {
    for (const one of criteria) one.section.hidden = one.outOfDepth || one.filteredOut;
    for (const { heading, criteria: group } of sections) {
      const empty = group.every((one) => one.section.hidden);
      for (let part = heading; part && !part.matches(".criterion"); part = part.nextElementSibling) {
        part.hidden = empty && sections.length > 1;
      }
    }
    const counted = { count: shown().length, total: asked().length };
    slot("filter-state").hidden = filter === "all";
    slot("filter-text").textContent =
      filter === "all" ? "" : counted.count ? fill(words.filter.text, counted) : words.filter.none;
  }

  /** Brings the first of some criteria that is not answered to the top, with the focus; tells whether there is one. */
  function goToUnanswered(some) {
    const next = some.find((one) => !abc.isAnswer(recordOf(one).answer));
    if (!next) return false;
    if (next.filteredOut) setFilter("all");
    abc.places.arrive(next.section);
    next.radios[0].focus({ preventScroll: true });
    return true;
  }

  /* From the person to the store */

  function answer(one, value) {
    put([[one, { ...recordOf(one), answer: value, version: one.version, answered: now() }]]);
    showState(one, value);
    showResults();
    showStore();
    announceBreach(one, value);
    announce();
  }

  /** Says at once what the page shows elsewhere: that with an answer the law is not kept, or nobody can show it. */
  function announceBreach(one, value) {
    const flag = abc.flagOf(one, value);
    const text = flag ? fill(words.results.said[flag], { statement: one.statement }) : "";
    if (slot("breach").textContent !== text) slot("breach").textContent = text;
  }

  /** What the fields of a criterion say, put into a record. */
  function collect(one, record) {
    for (const field of one.fields) {
      const text = field.value.trim() ? field.value : "";
      if (text) record[field.dataset.field] = text;
      else delete record[field.dataset.field];
    }
    return one.more.childElementCount ? abc.fields.collect(one.more, record) : record;
  }

  const pending = new Set();
  const saveFields = debounce(() => {
    const changes = Array.from(pending, (one) => {
      const record = { ...recordOf(one) };
      const before = one.written || {};
      const now = collect(one, {});
      // Only what was changed here: another tab may have changed the rest meanwhile.
      for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
        if (JSON.stringify(before[key]) === JSON.stringify(now[key])) continue;
        if (key in now) record[key] = now[key];
        else delete record[key];
      }
      one.written = now;
      for (const field of one.fields) {
        field.closest(".reason")?.classList.toggle("filled", Boolean(record[field.dataset.field]));
      }
      showKept(one, record);
      return [one, record];
    });
    pending.clear();
    put(changes);
    showResults();
    showStore();
  }, SAVE_NOTES_AFTER);

  function later(one) {
    pending.add(one);
    saveFields();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target.name === "depth") return setDepth(target.value);
    const one = byId.get(target.name);
    if (one) answer(one, /^\d$/.test(target.value) ? Number(target.value) : target.value);
  });
  form.addEventListener("input", ({ target }) => {
    if (target.dataset.field) later(byId.get(target.closest(".criterion").dataset.criterion));
  });
  // It does not bubble.
  form.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.matches(".note")) openFields(byId.get(target.closest(".criterion").dataset.criterion));
    },
    true,
  );
  slot("filter").addEventListener("change", ({ target }) => setFilter(target.value));

  const actions = {
    clear(button) {
      saveFields.flush();
      const one = byId.get(button.closest(".criterion").dataset.criterion);
      const { answer: _, reason: __, version: ___, answered: ____, ...record } = recordOf(one);
      put([[one, record]]);
      one.radios[0].focus();
      showCriterion(one);
      showResults();
      showStore();
      announce();
    },
    print() {
      abc.page.named(() => abc.dom.print());
    },
    "next-unanswered"() {
      const scope = asked();
      const line = innerHeight / 3;
      const passed =
        scope.findLastIndex(({ section }) => !section.hidden && section.getBoundingClientRect().top < line) + 1;
      const ahead = [...scope.slice(passed), ...scope.slice(0, passed)];
      goToUnanswered(ahead);
    },
    reset() {
      saveFields.flush();
      const count = asked().filter(has).length;
      slot("reset-text").textContent = plural(words.reset, "text", count);
      slot("reset-dialog").showModal();
    },
    "reset-cancel"() {
      slot("reset-dialog").close();
    },
    "reset-confirm"() {
      slot("reset-dialog").close();
      undo = asked()
        .filter(has)
        .map((one) => [one, recordOf(one)]);
      put(undo.map(([one]) => [one, {}]));
      showAll();
      for (const { details } of criteria) details.open = false;
      slot("undo").hidden = false;
      slot("undo-text").focus();
    },
    undo() {
      // What was answered since stays.
      put(undo.filter(([one]) => !has(one)));
      undo = null;
      slot("undo").hidden = true;
      showAll();
      slot("announce").textContent = words.reset.undone;
      resetButton.focus();
    },
  };

  Object.assign(actions, {
    "filter-again": () => setFilter(filter),
    "filter-all"() {
      setFilter("all");
      slot("filter").focus();
    },
    "changed-seen"() {
      store.acknowledge(single.id, single.version);
      showChanges();
      slot("filter").focus();
    },
    "review-stands"(button) {
      saveFields.flush();
      const one = byId.get(button.closest(".criterion").dataset.criterion);
      put([[one, { ...recordOf(one), version: one.version, answered: now() }]]);
      one.section.querySelector("h3").focus();
      showCriterion(one);
      showStore();
    },
  });

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button) actions[button.dataset.action]?.(button);
  });

  /* Quick or complete */

  const depthKey = `abc.depth.${root.dataset.assessment}`;
  const depthRadio = (value) => form.querySelector(`[name=depth][value=${value}]`);

  function setDepth(value) {
    for (const one of criteria) one.outOfDepth = value === "quick" && !one.quick;
    showScope();
    slot("depth-text").hidden = value !== "quick";
    try {
      sessionStorage.setItem(depthKey, value);
    } catch {
      // Only a convenience: without it the page opens complete.
    }
    showResults();
  }

  function openDepth() {
    let value = "complete";
    try {
      value = sessionStorage.getItem(depthKey) || value;
    } catch {
      // As above.
    }
    if (value !== "quick" || !depthRadio("quick")) return;
    depthRadio("quick").checked = true;
    setDepth("quick");
  }

  /** A link to what the filter or the quick assessment hides shows it. */
  abc.places.onReveal((target) => {
    const { isShown } = abc.places;
    if (!form.contains(target) || isShown(target) || document.documentElement.classList.contains("workshop")) return;
    if (filter !== "all") setFilter("all");
    if (isShown(target) || !depthRadio("quick")?.checked) return;
    depthRadio("complete").checked = true;
    setDepth("complete");
  });

  /* Before this script */

  /** What was chosen and written while it was on its way: the page could be used, and nothing kept it. */
  function earlyUse() {
    return Array.from(abc.early.used)
      .filter((control) => form.contains(control))
      .map((control) => ({ control, value: control.value, checked: control.checked }));
  }

  function takeEarly(found) {
    for (const { control, value, checked } of found) {
      if (control.type === "radio") {
        if (!checked) continue;
        control.checked = true;
      } else {
        // What was kept could not be seen yet: it stays, and what was written follows.
        control.value = [control.value, value].filter((text) => text.trim()).join("\n");
      }
      control.dispatchEvent(new Event(control.type === "radio" ? "change" : "input", { bubbles: true }));
    }
    saveFields.flush();
  }

  /* The life of the page */

  whenShown(showAll);
  whenLeft(saveFields.flush);
  store.onOthers(() => {
    showAll();
    if (store.state === "saved") slot("store").textContent = words.store.elsewhere;
  });
  window.addEventListener("pagehide", saveFields.flush);
  document.addEventListener("visibilitychange", saveFields.flush);
  window.addEventListener("beforeunload", (event) => {
    saveFields.flush();
    if (store.wouldLose()) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => event.persisted && showAll());
  for (const name of ["tools", "results", "bar"]) slot(name).hidden = false;
  abc.sheet = {
    shown,
    answer,
    title: root.closest("article").querySelector("h1").textContent,
    announce: (text) => (slot("announce").textContent = text),
    toUnanswered: () => goToUnanswered(asked()),
  };
  const early = earlyUse();
  showAll();
  openDepth();
  for (const one of criteria) if (one.details.open) openFields(one);
  takeEarly(early);
})((window.abc = window.abc || {}));
