/*
 * The twinning planner: the phases of data/twinning.yml on a calendar that starts when one says, with
 * waits that shift what follows. Runs after tool.js.
 *
 * Items of a plan: "partner" holds {text}; "start" {date}; "term" {date}, the last day of the government
 * in office; "parallel" {on}, whether the waits of a phase run at once; "phase.<id>" and "wait.<id>" {weeks}; "task.<id>" {title, who, deliverable, due,
 * done, gone, phase}, where what is not said is as in the data, and `phase` is that of one's own task.
 */
(function (abc) {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const WEEK = 7 * DAY;
  const MOST_WEEKS = 104;
  const DATE = /^\d{4}-\d{2}-\d{2}$/;
  const { element, paper, table, download } = abc.dom;
  const { fill } = abc;
  const { text, whole } = abc.kept;

  const isoDate = (time) => new Date(time).toISOString().slice(0, 10);
  const timeOf = (value) => {
    const time = typeof value === "string" && DATE.test(value) ? Date.parse(value) : NaN;
    // What rolls over, such as 31 February, is no date.
    return Number.isFinite(time) && isoDate(time) === value ? time : null;
  };
  /** The last day from Monday to Friday up to `time`. */
  function workingDay(time) {
    const day = new Date(time).getUTCDay();
    return time - (day === 6 ? 1 : day === 0 ? 2 : 0) * DAY;
  }

  /**
   * Where each stretch falls, in milliseconds after the start of the plan.
   *
   * @param {{id: string, weeks: number, waits: {id: string, weeks: number, last: boolean}[]}[]} phases
   * @param {boolean} parallel whether the waits of a phase run at once, but for those that come last
   * @returns {{id: string, wait: boolean, weeks: number, from: number, to: number}[]} `to` is the first
   *   instant after it; waits of no weeks are left out
   */
  abc.stretches = function (phases, parallel) {
    const found = [];
    let at = 0;
    for (const { id, weeks, waits } of phases) {
      found.push({ id, wait: false, weeks, from: at, to: at + weeks * WEEK });
      at += weeks * WEEK;
      let end = at;
      for (const wait of waits.filter((one) => one.weeks > 0)) {
        const from = parallel && !wait.last ? at : end;
        found.push({ id: wait.id, wait: true, weeks: wait.weeks, from, to: from + wait.weeks * WEEK });
        end = Math.max(end, from + wait.weeks * WEEK);
      }
      at = end;
    }
    return found;
  };

  /** The same day six months before, or the last of that month where it is shorter. */
  function halfYearBefore(time) {
    const day = new Date(time);
    const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 5, 0));
    return last.getTime() - Math.max(0, last.getUTCDate() - day.getUTCDate()) * DAY;
  }

  /** Easter Sunday of a year (the rule of Meeus, Jones and Butcher). */
  function easter(year) {
    const moon = year % 19;
    const century = Math.floor(year / 100);
    const rest = year % 100;
    const shift = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
    const full = (19 * moon + shift + 15) % 30;
    const days = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - full - (rest % 4)) % 7;
    const late = Math.floor((moon + 11 * full + 22 * days) / 451);
    return Date.UTC(year, 2, 22 + full + days - 7 * late);
  }

  /** The first Sunday of June, when Mexico votes (Constitution, art. 116-IV; LGIPE, art. 22). */
  function polling(year) {
    const first = Date.UTC(year, 5, 1);
    return first + ((7 - new Date(first).getUTCDay()) % 7) * DAY;
  }

  /**
   * The days of some years on which little can be done: Holy Week and Easter week, the end of the year,
   * and the campaigns of years with federal elections (2027 and every third one), of at most 90 days.
   *
   * @returns {{kind: string, from: number, to: number}[]} `to` is the last day
   */
  abc.closures = function (first, last) {
    const found = [];
    for (let year = first - 1; year <= last; year += 1) {
      const sunday = easter(year);
      found.push({ kind: "holy", from: sunday - 6 * DAY, to: sunday + 5 * DAY });
      if (year % 3 === 2027 % 3) {
        found.push({ kind: "election", from: polling(year) - 90 * DAY, to: polling(year) });
      }
      found.push({ kind: "year_end", from: Date.UTC(year, 11, 20), to: Date.UTC(year + 1, 0, 6) });
    }
    return found;
  };

  const tool = abc.openTool({ kind: "twinning", summary, show, paper: roadMap });
  const { slot, own, data, store, get, speech } = tool;
  const dayMonth = new Intl.DateTimeFormat(speech.locale, { dateStyle: "medium", timeZone: "UTC" });
  const monthOf = new Intl.DateTimeFormat(speech.locale, { month: "short", year: "2-digit", timeZone: "UTC" });
  const list = new Intl.ListFormat(speech.locale, { type: "conjunction" });
  const said = (time) => (time === null ? speech.NONE : dayMonth.format(new Date(time)));

  /* The plan in use */

  const start = () => timeOf(get("start").date);
  const term = () => timeOf(get("term").date);
  const phases = () =>
    data.phases.map((phase, place) => ({
      ...phase,
      number: place + 1,
      weeks: whole(get(`phase.${phase.id}`).weeks, 1, MOST_WEEKS) ?? phase.weeks,
      waits: phase.waits.map((wait) => ({
        ...wait,
        weeks: whole(get(`wait.${wait.id}`).weeks, 0, MOST_WEEKS) ?? wait.weeks,
      })),
    }));
  const nameOf = ({ number, title }) => `${number}. ${title}`;

  /** Every stretch with its name and dates; the last day is a working one. */
  function stretches() {
    const all = phases();
    const from = start();
    const names = new Map(
      all.flatMap((phase) => [[phase.id, nameOf(phase)], ...phase.waits.map((wait) => [wait.id, wait.title])]),
    );
    return abc.stretches(all, get("parallel").on === true).map((one) => ({
      ...one,
      name: names.get(one.id),
      start: from === null ? null : from + one.from,
      end: from === null ? null : workingDay(from + one.to - DAY),
    }));
  }

  /** The tasks of a phase that were not removed, each with when it is due, in that order. */
  function tasksOf(phase, all = stretches()) {
    const place = all.find((one) => one.id === phase.id);
    const waits = all.filter((one) => phase.waits.some(({ id }) => id === one.id));
    /** When a wait is over; one of no weeks, when those before it are. */
    function over(id) {
      const order = phase.waits.findIndex((wait) => wait.id === id);
      const before = waits.filter((one) => phase.waits.findIndex((wait) => wait.id === one.id) < order);
      return waits.find((one) => one.id === id)?.to ?? Math.max(place.to, ...before.map((one) => one.to));
    }
    const from = start();
    const known = phase.tasks.map((task) => [task, get(`task.${task.id}`)]);
    const added = store
      .under("task")
      .filter(([id, record]) => text(record.phase) === phase.id && !phase.tasks.some((one) => one.id === id))
      .map(([id]) => [
        { id, title: "", who: "", deliverable: "", week: null, last: true, sourced: false },
        get(`task.${id}`),
      ]);
    return [...known, ...added]
      .filter(([, record]) => record.gone !== true)
      .map(([task, record], order) => {
        const offset = task.week
          ? Math.min(place.from + task.week * WEEK, place.to)
          : task.last
            ? place.to
            : over(task.after);
        const fixed = timeOf(record.due);
        return {
          id: task.id,
          sourced: task.sourced,
          own: Boolean(task.last),
          title: text(record.title) || task.title || own.untitled,
          who: record.who === undefined ? task.who : text(record.who),
          deliverable: record.deliverable === undefined ? task.deliverable : text(record.deliverable),
          done: record.done === true,
          fixed: fixed !== null,
          due: fixed ?? (from === null ? null : workingDay(from + offset - DAY)),
          offset,
          order,
          outside:
            fixed !== null &&
            from !== null &&
            (fixed < from + place.from || fixed >= Math.max(from + place.to, ...waits.map((one) => from + one.to))),
          updated: record.updated,
        };
      })
      .sort((one, other) => (one.due ?? one.offset) - (other.due ?? other.offset) || one.order - other.order);
  }

  const allTasks = () => phases().flatMap((phase) => tasksOf(phase));

  function summary({ items }) {
    const date = timeOf(items.start?.date);
    const done = Object.entries(items).filter(
      ([key, one]) => key.startsWith("task.") && one.done === true && one.gone !== true,
    ).length;
    return date === null && !done
      ? own.nothing_yet
      : [date !== null && fill(own.starts, { date: said(date) }), speech.plural(own, "done", done)]
          .filter(Boolean)
          .join(" · ");
  }

  /** What the dates of the plan meet with, a sentence each. */
  function clashes() {
    const all = stretches();
    if (start() === null) return [];
    const end = Math.max(...all.map((one) => one.end));
    const yearOf = (time) => new Date(time).getUTCFullYear();
    const found = abc.closures(yearOf(start()), yearOf(end)).flatMap(({ kind, from, to }) => {
      const names = all.filter((one) => one.start <= to && one.end >= from).map((one) => one.name);
      return names.length
        ? [fill(own.clashes[kind], { from: said(from), to: said(to), stretches: list.format(names) })]
        : [];
    });
    if (term() === null) return found;
    const when = { end: said(end), term: said(term()) };
    if (end > term()) found.push(fill(own.clashes.after_term, when));
    else if (end > halfYearBefore(term())) found.push(fill(own.clashes.late_term, when));
    return [...found, fill(own.clashes.votes, when)];
  }

  /** The plan in sentences. */
  function sentences() {
    const all = stretches();
    const weeks = Math.round(Math.max(...all.map((one) => one.to)) / WEEK);
    const waited = weeks - phases().reduce((sum, one) => sum + one.weeks, 0);
    const end = Math.max(...all.map((one) => one.end ?? 0));
    const tasks = allTasks();
    return [
      start() === null
        ? fill(own.no_start, { weeks })
        : fill(own.ends, { weeks, start: said(start()), end: said(end) }),
      waited > 0 ? speech.plural(own, "waited", waited) : own.no_wait,
      fill(own.progress, { done: tasks.filter((one) => one.done).length, total: tasks.length }),
    ];
  }

  /* The picture */

  function timeline() {
    const all = stretches();
    const length = Math.max(...all.map((one) => one.to));
    const at = (part) => `${((100 * part) / length).toFixed(2)}%`;
    const marks = element("div", { className: "timeline-months" });
    const from = start();
    if (from !== null) {
      const first = new Date(from);
      const count = Math.ceil(length / (30 * DAY)) + 1;
      const step = Math.ceil(count / 8);
      for (let month = 1; month <= count; month += step) {
        const time = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
        // One too near the end would stand outside.
        if (time - from > 0.93 * length) break;
        const mark = element("span", { textContent: monthOf.format(new Date(time)) });
        mark.style.insetInlineStart = at(time - from);
        marks.append(mark);
      }
    }
    const rows = all.map((one) => {
      const bar = element("span", { className: one.wait ? "timeline-bar timeline-wait" : "timeline-bar" });
      bar.style.insetInlineStart = at(one.from);
      bar.style.inlineSize = at(one.to - one.from);
      return element(
        "div",
        { className: "timeline-row" },
        element("span", { className: "timeline-name", textContent: one.name }),
        element("span", { className: "timeline-track" }, bar),
      );
    });
    return element(
      "div",
      { className: "timeline", ariaHidden: "true" },
      ...rows,
      ...(from === null
        ? []
        : [element("div", { className: "timeline-row" }, element("span", { className: "timeline-name" }), marks)]),
    );
  }

  /* The table of stretches, where lengths are changed */

  function weeksField(key, label, value, least, preset) {
    const field = element("input", {
      type: "number",
      id: key,
      min: least,
      max: MOST_WEEKS,
      step: 1,
      value,
      required: true,
    });
    field.setAttribute("aria-label", `${own.weeks}: ${label}`);
    field.addEventListener("change", () => {
      const weeks = whole(Number(field.value), least, MOST_WEEKS);
      if (field.value === "" || weeks === null) {
        field.value = value;
        slot("plan-words").textContent = fill(own.weeks_wrong, { least, most: MOST_WEEKS });
        return;
      }
      tool.set(key, { weeks: weeks === preset ? null : weeks });
      tool.showSoon();
    });
    return field;
  }

  function showStretches() {
    const found = new Map(stretches().map((one) => [one.id, one]));
    const rows = phases().flatMap((phase) => [
      [
        nameOf(phase),
        weeksField(`phase.${phase.id}`, phase.title, phase.weeks, 1, data.phases[phase.number - 1].weeks),
        said(found.get(phase.id).start),
        said(found.get(phase.id).end),
      ],
      ...phase.waits.map((wait, order) => {
        const place = found.get(wait.id);
        const preset = data.phases[phase.number - 1].waits[order].weeks;
        const name = element(
          "span",
          { className: "wait-name" },
          wait.title,
          element("span", { className: "fine", textContent: wait.reason }),
        );
        return [
          name,
          weeksField(`wait.${wait.id}`, wait.title, wait.weeks, 0, preset),
          place ? said(place.start) : speech.NONE,
          place ? said(place.end) : speech.NONE,
        ];
      }),
    ]);
    const parallel = element("input", { type: "checkbox", id: "parallel", checked: get("parallel").on === true });
    parallel.addEventListener("change", () => {
      tool.set("parallel", { on: parallel.checked || null });
      tool.showSoon();
    });
    slot("stretches").replaceChildren(
      table("stretches", own.calendar_title, [own.stretch, own.weeks, own.start_column, own.end_column], rows),
      element("p", { className: "check" }, element("label", {}, parallel, ` ${own.parallel}`)),
      element("p", { className: "fine", textContent: own.end_text }),
    );
  }

  /* Tasks */

  const tags = (task) =>
    [task.sourced && own.sourced, task.own && own.own_task, task.outside && own.outside]
      .filter(Boolean)
      .map((one) => element("span", { className: "tag", textContent: one }));

  function lineOf(task) {
    return [
      task.who,
      task.deliverable && fill(own.delivers, { deliverable: task.deliverable }),
      task.due !== null && fill(own.due_on, { date: said(task.due) }),
    ]
      .filter(Boolean)
      .join(" · ");
  }

  const opened = new Set();

  function taskItem(task, phase) {
    const key = `task.${task.id}`;
    const box = element("input", { type: "checkbox", id: `${key}.done`, checked: task.done });
    const title = element("span", { className: "task-title", textContent: task.title });
    const line = element("p", { className: "fine task-line", textContent: lineOf(task) });
    const marks = element("span", {}, ...tags(task));
    box.addEventListener("change", () => {
      tool.set(key, { done: box.checked || null });
      item.classList.toggle("done", box.checked);
      showWords();
    });
    const input = (name, label, value, type = "text") => {
      const field = element("input", { type, id: `${key}.${name}`, value });
      if (type === "text") field.maxLength = 300;
      else Object.assign(field, { min: "2000-01-01", max: "2100-12-31" });
      const save = () => {
        const given = field.value.trim();
        if (name === "due" && given && timeOf(given) === null) return;
        // Left empty, the name and the date go back to what the data say; the others stay empty.
        tool.set(key, { [name]: given || (name === "title" || name === "due" ? null : "") }, false);
      };
      field.addEventListener("input", () => {
        save();
        // Making the list anew would take the field away from whoever writes in it.
        const now = tasksOf(phases().find(({ id }) => id === phase.id)).find(({ id }) => id === task.id);
        title.textContent = now.title;
        line.textContent = lineOf(now);
        marks.replaceChildren(...tags(now));
      });
      return element("p", { className: "field" }, element("label", { htmlFor: field.id, textContent: label }), field);
    };
    const remove = element("button", {
      type: "button",
      id: `${key}.remove`,
      className: "quiet",
      textContent: own.remove_task,
    });
    remove.addEventListener("click", () => {
      const before = store.get(key);
      opened.delete(task.id);
      tool.put({ [key]: task.own ? {} : { ...before, gone: true } });
      tool.showAll();
      tool.offerUndo(fill(own.task_removed, { title: task.title }), () => tool.put({ [key]: before }));
    });
    const edit = element(
      "details",
      { open: opened.has(task.id) },
      element(
        "summary",
        { id: `${key}.edit` },
        own.edit,
        element("span", { className: "visually-hidden", textContent: `: ${task.title}` }),
      ),
      element(
        "div",
        { className: "memo-fields" },
        input("title", own.task, task.title === own.untitled ? "" : task.title),
        input("who", own.who, task.who),
        input("deliverable", own.deliverable, task.deliverable),
        input("due", task.fixed ? own.due_fixed : own.due, task.due === null ? "" : isoDate(task.due), "date"),
      ),
      element("p", {}, remove),
    );
    edit.addEventListener("toggle", () => (edit.open ? opened.add(task.id) : opened.delete(task.id)));
    const item = element(
      "li",
      { className: task.done ? "task done" : "task" },
      element("label", { className: "task-name" }, box, title),
      marks,
      line,
      edit,
    );
    return item;
  }

  function phaseBlock(phase) {
    const adding = element("button", { type: "button", id: `agregar-${phase.id}`, textContent: own.add_task });
    adding.setAttribute("aria-label", `${own.add_task}: ${nameOf(phase)}`);
    adding.addEventListener("click", () => {
      const id = `x-${abc.kept.uuid().slice(0, 8)}`;
      tool.put({ [`task.${id}`]: { phase: phase.id } });
      opened.add(id);
      tool.showAll();
      document.getElementById(`task.${id}.title`).focus();
    });
    const gone = phase.tasks.filter((task) => get(`task.${task.id}`).gone === true);
    const back = element("button", {
      type: "button",
      id: `recuperar-${phase.id}`,
      className: "quiet",
      textContent: speech.plural(own, "bring_back", gone.length),
    });
    back.addEventListener("click", () => {
      tool.put(
        Object.fromEntries(gone.map(({ id }) => [`task.${id}`, { ...store.get(`task.${id}`), gone: undefined }])),
      );
      tool.showAll();
      document.getElementById(adding.id).focus();
    });
    return element(
      "section",
      { className: "criterion" },
      element("h3", { id: `tareas-${phase.id}`, textContent: nameOf(phase) }),
      element("p", { className: "fine", textContent: phase.sourced ? own.phase_sourced : own.phase_reading }),
      element("ul", { className: "task-list" }, ...tasksOf(phase).map((task) => taskItem(task, phase))),
      element("p", { className: "tool-buttons" }, adding, ...(gone.length ? [back] : [])),
    );
  }

  /* The road map on paper */

  function roadMap(top) {
    const { heading, p, head, foot } = paper(top);
    const all = stretches();
    const partner = text(get("partner").text).trim();
    const rows = all.map((one) => [one.name, String(one.weeks), said(one.start), said(one.end)]);
    const tasks = phases().flatMap((phase) => [
      heading(1, "report-section", nameOf(phase)),
      table(
        "lines tasks",
        phase.title,
        [own.task, own.who, own.deliverable, own.due, own.state],
        tasksOf(phase, all).map((task) => [
          `${task.title}${task.sourced ? ` (${own.sourced})` : ""}`,
          task.who,
          task.deliverable,
          said(task.due),
          task.done ? `☑ ${own.state_done}` : `☐ ${own.state_pending}`,
        ]),
      ),
    ]);
    return element(
      "article",
      { className: "report report-plan", lang: document.documentElement.lang },
      head(
        own.paper,
        store.current().title || own.title,
        partner && fill(own.with_partner, { partner }),
        fill(own.made_on, { date: speech.day(new Date()) }),
      ),
      ...[...sentences(), ...clashes()].map((one) => p("plan-sentence", one)),
      heading(1, "report-section", own.calendar_title),
      timeline(),
      table("lines", own.calendar_title, [own.stretch, own.weeks, own.start_column, own.end_column], rows),
      ...tasks,
      foot(fill(own.paper_foot, { source: data.source }), own.paper_made),
    );
  }

  function calendar() {
    const plan = store.current();
    const base = { category: own.title, url: location.href.split("#")[0] };
    const events = stretches().map((one) => ({
      ...base,
      uid: `${plan.id}-${one.id}@abc`,
      start: isoDate(one.start),
      end: isoDate(one.end),
      title: one.name,
      text: speech.plural(own, "lasts", one.weeks),
      changed: plan.updated,
    }));
    for (const phase of phases()) {
      for (const task of tasksOf(phase).filter((one) => !one.done)) {
        events.push({
          ...base,
          uid: `${plan.id}-${task.id}@abc`,
          start: isoDate(task.due),
          title: task.title,
          text: [
            nameOf(phase),
            task.who && fill(own.responsible, { who: task.who }),
            task.deliverable && fill(own.delivers, { deliverable: task.deliverable }),
          ]
            .filter(Boolean)
            .join("\n"),
          changed: plan.updated,
        });
      }
    }
    const name = fill(own.calendar_name, { name: tool.nameOf(plan) });
    download(tool.fileName("ics"), "text/calendar", abc.calendar(name, events, new Date()));
    showWords();
    const left = events.filter((one) => !abc.fitsCalendar(one)).length;
    if (left) slot("plan-words").append(` ${speech.plural(own, "calendar_left", left)}`);
  }

  /* The page */

  const partner = tool.root.querySelector('[data-item="partner"]');
  partner.addEventListener("input", () => tool.set("partner", { text: partner.value || null }, false));
  slot("start").addEventListener("change", ({ target }) => {
    const time = timeOf(target.value);
    const fine = target.value === "" ? !target.validity.badInput : time !== null && target.validity.valid;
    if (!fine) return;
    tool.set("start", { date: target.value || null });
    tool.showSoon();
  });
  slot("term").addEventListener("change", ({ target }) => {
    const time = timeOf(target.value);
    if (target.value === "" ? target.validity.badInput : time === null || !target.validity.valid) return;
    tool.set("term", { date: target.value || null });
    tool.showSoon();
  });
  const buttons = tool.root.querySelectorAll('[data-action="calendar"]');
  for (const button of buttons) button.addEventListener("click", calendar);

  function showWords() {
    const found = clashes();
    const told = found.length ? [speech.plural(own, "clashes_told", found.length)] : [];
    slot("plan-words").textContent = [...sentences(), ...told].join(" ");
    slot("clashes").hidden = !found.length;
    slot("clashes").replaceChildren(
      element("p", { className: "admonition-title", textContent: own.clashes_title }),
      element("ul", {}, ...found.map((one) => element("li", { textContent: one }))),
    );
  }

  function show() {
    const kept = text(get("partner").text);
    if (partner.value !== kept) partner.value = kept;
    slot("start").value = start() === null ? "" : isoDate(start());
    slot("term").value = term() === null ? "" : isoDate(term());
    for (const button of buttons) button.disabled = start() === null;
    showWords();
    slot("timeline").replaceChildren(timeline());
    showStretches();
    slot("tasks").replaceChildren(...phases().map(phaseBlock));
  }

  tool.open();
})((window.abc = window.abc || {}));
