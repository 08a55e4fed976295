/* Brings a self-assessment page to life: answers, results, quick or complete. Runs after page.js. */
(function (abc) {
  "use strict";

  const ANNOUNCE_AFTER = 1500;
  const SAVE_NOTES_AFTER = 400;
  const NEXT_STEPS = 5;
  const FIELDS = ["note", "reason"];

  const root = document.querySelector("[data-assessment]");
  const { store, words, locale, fill, plural, percent, element, debounce, lightOf } = abc.page;
  const { showProblem, whenShown, whenLeft, put: putAll } = abc.page;
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
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
  const criteria = Array.from(root.querySelectorAll(".criterion"), openCriterion);
  const byId = new Map(criteria.map((one) => [one.id, one]));
  let undo = null;
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
      critical: "critical" in section.dataset,
      quick: "quick" in section.dataset,
      statement: statement.textContent.trim(),
      nextStep: section.querySelector('[data-slot="next-step"]'),
      reason: section.querySelector('[data-slot="reason"]'),
      radios: Array.from(section.querySelectorAll("input[type=radio]")),
      fields: FIELDS.map((name) => section.querySelector(`[data-field="${name}"]`)).filter(Boolean),
      clear: section.querySelector('[data-action="clear"]'),
    };
  }

  const recordOf = (one) => store.get(one.checklist, one.id);
  const shown = () => criteria.filter((one) => !one.section.hidden);
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
      field.closest(".note, .reason").classList.toggle("filled", text !== "");
      if (text && field.dataset.field === "note") field.closest("details").open = true;
    }
    showState(one, answer);
  }

  function showState(one, answer) {
    const answered = abc.isAnswer(answer);
    one.section.classList.toggle("answered", answered);
    one.clear.hidden = !answered;
    if (one.reason) one.reason.hidden = answer !== "not_applicable";
  }

  function showResults() {
    const asked = shown();
    const answers = new Map(asked.map((one) => [one.id, recordOf(one).answer]));
    const score = abc.score(asked, answers);
    const scored = score.weighted !== null;
    const band = scored && words.bands.findLast((one) => score.mean >= one.from);
    const strict = abc.strictPart(score);
    const counted = { count: score.answered, total: score.total };

    const put = (name, text) => {
      const place = slot(name);
      if (place.textContent !== text) place.textContent = text;
    };
    put("score", scored ? percent(score.weighted) : "—");
    put("band", band ? band.name : "");
    put(
      "mean",
      scored
        ? fill(words.results.mean, { value: decimal.format(abc.roundMean(score.mean)) })
        : words.results[score.notApplicable && !score.unanswered ? "none_applicable" : "none"],
    );
    slot("ring").style.strokeDasharray = `${scored ? 100 * score.weighted : 0} 100`;
    slot("band-meaning").hidden = !band;
    put("band-meaning", band ? band.meaning : "");
    slot("provisional").hidden = !(scored && score.provisional);
    put("completeness", percent(score.completeness));
    put("completeness-text", fill(words.results.completeness_text, counted));
    slot("completeness-bar").style.inlineSize = `${100 * score.completeness}%`;
    put("strict", strict === null ? "—" : percent(strict));
    put("strict-text", fill(words.results.strict_text, { count: score.strict.reached, total: score.strict.of }));
    showLight(asked, answers);
    showFlagged(score.flagged);
    showNext(asked, answers, score);
    slot("bar-fill").style.inlineSize = `${100 * score.completeness}%`;
    const inShort = fill(words.results.in_short, counted);
    put("bar-text", scored ? `${percent(score.weighted)} · ${inShort}` : inShort);
    for (const button of nextButtons) button.hidden = score.unanswered === 0;
    resetButton.hidden = !asked.some(has);
    announce.score = score;
  }

  function announcement(score) {
    const details = { count: score.answered, total: score.total };
    if (score.weighted === null) return fill(words.results.announce_none, details);
    return fill(words.results.announce, { ...details, score: percent(score.weighted) });
  }

  function showLight(asked, answers) {
    const lights = {};
    for (const one of asked) {
      const light = lightOf(answers.get(one.id));
      lights[light] = (lights[light] || 0) + 1;
    }
    for (const place of counts) place.textContent = lights[place.dataset.count] || 0;
    for (const bar of bars) bar.style.flexGrow = lights[bar.dataset.bar] || 0;
  }

  function showFlagged(flagged) {
    slot("flagged").hidden = flagged.length === 0;
    slot("flagged-list").replaceChildren(
      ...flagged.map((id) => element("li", {}, linkTo(byId.get(id)))),
    );
  }

  const linkTo = (one) => element("a", { href: `#${one.id}` }, one.statement);

  /** The weakest criteria first: by level, then legal compliance, then weight. */
  function showNext(asked, answers, score) {
    const value = (one) => (answers.get(one.id) === "no_information" ? 0 : answers.get(one.id));
    const weakest = asked
      .filter((one) => Number.isInteger(value(one)) && value(one) < 3)
      .sort((a, b) => value(a) - value(b) || b.critical - a.critical || b.weight - a.weight)
      .slice(0, NEXT_STEPS);
    const key = weakest.map((one) => `${one.id}=${answers.get(one.id)}`).join();
    const text = weakest.length
      ? words.results.next_steps_text
      : words.results[score.weighted === null ? "next_steps_none" : "next_steps_done"];
    if (key + text === lastNext) return;
    lastNext = key + text;
    slot("next-text").textContent = text;
    slot("next-list").replaceChildren(
      ...weakest.map((one) => {
        const step = element("p", {});
        if (answers.get(one.id) === "no_information") step.append(words.results.next_unknown, " ");
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
    criteria.forEach(showCriterion);
    showResults();
    showStore();
  }

  /* From the person to the store */

  function answer(one, value) {
    put([[one, { ...recordOf(one), answer: value }]]);
    showState(one, value);
    showResults();
    showStore();
    announce();
  }

  const pending = new Set();
  const saveFields = debounce(() => {
    const changes = Array.from(pending, (one) => {
      const record = { ...recordOf(one) };
      for (const field of one.fields) {
        const text = field.value.trim() ? field.value : "";
        if (text) record[field.dataset.field] = text;
        else delete record[field.dataset.field];
        field.closest(".note, .reason").classList.toggle("filled", text !== "");
      }
      return [one, record];
    });
    pending.clear();
    put(changes);
    showResults();
    showStore();
  }, SAVE_NOTES_AFTER);

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target.name === "depth") return setDepth(target.value);
    const one = byId.get(target.name);
    if (one) answer(one, /^\d$/.test(target.value) ? Number(target.value) : target.value);
  });
  form.addEventListener("input", ({ target }) => {
    if (!target.dataset.field) return;
    pending.add(byId.get(target.closest(".criterion").dataset.criterion));
    saveFields();
  });

  const actions = {
    clear(button) {
      saveFields.flush();
      const one = byId.get(button.closest(".criterion").dataset.criterion);
      const { answer: _, reason: __, ...record } = recordOf(one);
      put([[one, record]]);
      one.radios[0].focus();
      showCriterion(one);
      showResults();
      showStore();
      announce();
    },
    print() {
      window.print();
    },
    "next-unanswered"() {
      const asked = shown();
      const line = innerHeight / 3;
      const passed = asked.filter((one) => one.section.getBoundingClientRect().top < line).length;
      const ahead = [...asked.slice(passed), ...asked.slice(0, passed)];
      const next = ahead.find((one) => !abc.isAnswer(recordOf(one).answer));
      if (!next) return;
      next.section.scrollIntoView();
      next.radios[0].focus({ preventScroll: true });
    },
    reset() {
      saveFields.flush();
      const count = shown().filter(has).length;
      slot("reset-text").textContent = plural(words.reset, "text", count);
      slot("reset-dialog").showModal();
    },
    "reset-cancel"() {
      slot("reset-dialog").close();
    },
    "reset-confirm"() {
      slot("reset-dialog").close();
      undo = shown()
        .filter(has)
        .map((one) => [one, recordOf(one)]);
      put(undo.map(([one]) => [one, {}]));
      showAll();
      for (const { section } of criteria) section.querySelector(".note").open = false;
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

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (button) actions[button.dataset.action]?.(button);
  });

  /* Quick or complete */

  const depthKey = `abc.depth.${root.dataset.assessment}`;
  const depthRadio = (value) => form.querySelector(`[name=depth][value=${value}]`);

  function setDepth(value) {
    for (const one of criteria) one.section.hidden = value === "quick" && !one.quick;
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

  /** A link to a criterion that the quick assessment hides shows it. */
  function showTarget() {
    const one = byId.get(location.hash.slice(1));
    if (!one || !one.section.hidden) return;
    depthRadio("complete").checked = true;
    setDepth("complete");
    one.section.scrollIntoView();
  }

  /* The life of the page */


  whenShown(showAll);
  whenLeft(saveFields.flush);
  store.onOthers(() => {
    showAll();
    if (store.state === "saved") slot("store").textContent = words.store.elsewhere;
  });
  window.addEventListener("hashchange", showTarget);
  window.addEventListener("pagehide", saveFields.flush);
  document.addEventListener("visibilitychange", saveFields.flush);
  window.addEventListener("beforeunload", (event) => {
    saveFields.flush();
    if (store.wouldLose()) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => event.persisted && showAll());
  for (const name of ["tools", "results", "bar"]) slot(name).hidden = false;
  showAll();
  openDepth();
  showTarget();
})((window.abc = window.abc || {}));
