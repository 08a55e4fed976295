/*
 * The plan: every gap of the assessment in use, the most valuable first, with what will be done, who
 * answers for it and by when. Runs after fields.js.
 */
(function (abc) {
  "use strict";

  const SAVE_AFTER = 400;

  const root = document.querySelector('[data-slot="plan"]');
  const { store, words, instrument, fill, plural, element, debounce, put, whenShown, whenLeft } = abc.page;
  const texts = words.plan;
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const owner = slot("owner");
  const when = slot("when");
  const quick = slot("quick");
  const NOBODY = "\u0000";

  const recordOf = ({ checklist, criterion }) => store.get(checklist.id, criterion.id);
  const planOf = (gap) => abc.record.plan(recordOf(gap));
  const { today } = abc.record;

  const WHEN = {
    any: () => true,
    overdue: ({ due }) => due !== "" && due < today(),
    month: ({ due }) => due !== "" && due <= today(30),
    quarter: ({ due }) => due !== "" && due <= today(90),
    none: ({ due }) => due === "",
  };

  let gaps = [];

  /* One gap */

  /** How far one is and where one wants to be, as a picture; the same stands in words beside it. */
  function steps({ level, goal }) {
    const made = element("span", { className: "steps", ariaHidden: "true" });
    for (let step = 1; step <= 3; step += 1) {
      made.append(element("span", { className: step <= level ? "reached" : step <= goal ? "wanted" : "" }));
    }
    return made;
  }

  function row(gap) {
    const { checklist, criterion, record, level, goal } = gap;
    const title = element(
      "h3",
      {},
      element("a", { href: abc.page.addressOf(checklist, criterion.id), textContent: criterion.statement }),
    );
    title.id = `brecha-${criterion.id}`;
    const tags = element("ul", { className: "tags" });
    const tag = (text, name = "tag") => tags.append(element("li", { className: name, textContent: text }));
    if (gap.flag) tag(texts[gap.flag], "tag tag-critical");
    if (gap.near) tag(texts.quick_tag);
    if (record.answer === "no_information") tag(words.assessments.states.no_information);
    if (abc.record.isOld(criterion, record)) tag(words.review.tag);
    const where = element(
      "p",
      { className: "plan-where" },
      steps(gap),
      fill(texts.where, { list: checklist.short, level, goal }),
    );
    const kept = element("p", { className: "kept" });
    const place = element("div", { className: "record-fields" });
    const step = element("p", { className: "plan-step" });
    const details = element(
      "details",
      { className: "note" },
      element(
        "summary",
        {},
        texts.edit,
        element("span", { className: "visually-hidden", textContent: `: ${criterion.statement}` }),
      ),
      step,
      place,
    );
    const item = element(
      "li",
      { className: "gap" },
      title,
      where,
      ...(tags.childElementCount ? [tags] : []),
      kept,
      details,
    );

    const showKept = () => {
      const { what, who, due } = planOf(gap);
      kept.textContent = [what, who, abc.page.dayText(due)].filter(Boolean).join(" · ");
      item.classList.toggle("overdue", due !== "" && due < today());
    };
    const save = debounce(() => {
      const changed = abc.fields.collect(place, { ...recordOf(gap) });
      put([{ checklist: checklist.id, version: checklist.version, criterion: criterion.id, record: changed }]);
      showKept();
      showSums();
    }, SAVE_AFTER);
    gap.flush = save.flush;
    details.addEventListener("toggle", async () => {
      if (!details.open) return;
      abc.fields.open(place, criterion.statement, save);
      abc.fields.show(place, recordOf(gap));
      const { next_step: next } = (await abc.page.loadTexts())[criterion.id];
      step.textContent = fill(texts.step, { step: next });
    });
    showKept();
    return item;
  }

  /* All of them */

  const wanted = (gap) => {
    const plan = planOf(gap);
    if (owner.value && plan.who !== (owner.value === NOBODY ? "" : owner.value)) return false;
    return WHEN[when.value](plan) && (!quick.checked || gap.near);
  };

  function showOwners() {
    const before = owner.value;
    const names = Array.from(new Set(gaps.map((gap) => planOf(gap).who).filter(Boolean))).sort((one, other) =>
      one.localeCompare(other, abc.page.locale),
    );
    owner.replaceChildren(
      element("option", { value: "", textContent: texts.owner_any }),
      ...names.map((name) => element("option", { value: name, textContent: name })),
      element("option", { value: NOBODY, textContent: texts.owner_none }),
    );
    owner.value = Array.from(owner.options).some((one) => one.value === before) ? before : "";
  }

  function showSums() {
    const plans = gaps.map(planOf);
    const planned = plans.filter(abc.record.isPlanned).length;
    const overdue = plans.filter(WHEN.overdue).length;
    slot("plan-sums").textContent = gaps.length
      ? [
          plural(texts, "gaps", gaps.length),
          plural(texts, "planned", planned),
          overdue && plural(texts, "overdue", overdue),
        ]
          .filter(Boolean)
          .join(" · ")
      : texts.none;
    slot("plan-bar").style.inlineSize = `${gaps.length ? (100 * planned) / gaps.length : 0}%`;
    slot("calendar").disabled = events().length === 0;
  }

  function showList() {
    const shown = gaps.filter(wanted);
    slot("plan-list").replaceChildren(...shown.map(row));
    slot("plan-shown").textContent = !gaps.length
      ? ""
      : shown.length
        ? fill(texts.shown, { count: shown.length, total: gaps.length })
        : texts.none_shown;
  }

  function show() {
    flush();
    gaps = abc.gaps(instrument, store.current());
    const { overall } = abc.page.scoresOf(store.current());
    abc.page.showFlags(slot("flagged"), slot("flagged-list"), overall.flagged, abc.page.linkTo);
    abc.page.showOld(root);
    slot("plan-filters").hidden = gaps.length === 0;
    showOwners();
    showSums();
    showList();
  }

  const flush = () => gaps.forEach((gap) => gap.flush?.());

  /** A day of the calendar about a criterion: `record` is what is kept of it. */
  function event(uid, start, title, text, { checklist, criterion, record }) {
    return {
      uid: `${store.current().id}-${uid}@abc`,
      start,
      title,
      text: [criterion.statement, ...text].filter(Boolean).join("\n"),
      url: abc.page.addressOf(checklist, criterion.id),
      category: checklist.short,
      changed: record.updated,
    };
  }

  /** What is planned for a day, and when every yearly review is due. */
  function events() {
    const planned = gaps.flatMap((gap) => {
      const { checklist, criterion, level, goal } = gap;
      const { what, who, due } = planOf(gap);
      if (!due) return [];
      const text = [who && fill(texts.event_who, { who }), fill(texts.where, { list: checklist.short, level, goal })];
      return [event(criterion.id, due, what || criterion.statement, text, { ...gap, record: recordOf(gap) })];
    });
    const reviews = abc.record.reviews(instrument, store.current()).map((one) => {
      const title = fill(words.review.event, { criterion: one.criterion.statement });
      return event(`${one.criterion.id}-revision`, one.day, title, [words.review.criterion], one);
    });
    return [...planned, ...reviews];
  }

  function calendar() {
    flush();
    const assessment = store.current();
    const left = events().filter((one) => !abc.fitsCalendar(one)).length;
    if (left) slot("plan-shown").textContent = plural(texts, "calendar_left", left);
    const name = fill(texts.calendar_name, { name: abc.page.nameOf(assessment) });
    abc.page.download(
      abc.files.name(assessment, new Date(), texts.file, "ics"),
      "text/calendar",
      abc.calendar(name, events(), new Date()),
    );
  }

  for (const one of [owner, when, quick]) {
    one.addEventListener("change", () => {
      flush();
      showList();
    });
  }
  slot("plan-filters").addEventListener("submit", (event) => event.preventDefault());
  slot("calendar").addEventListener("click", () => abc.page.named(calendar));
  slot("print").addEventListener("click", () => abc.page.named(() => abc.dom.print()));
  whenShown(show);
  whenLeft(flush);
  store.onOthers(show);
  window.addEventListener("pagehide", flush);
  root.hidden = false;
  show();
})((window.abc = window.abc || {}));
