/* Runs the page of the twinning planner: when it starts, how long each stretch lasts, its tasks and its papers. */

import { download } from "../core/browser.js";
import { calendarText, fitsCalendar } from "../core/calendar_file.js";
import { element, findAll, table } from "../core/elements.js";
import { fill, NONE, plural } from "../core/format.js";
import { PlannerPage } from "./planner_page.js";
import { text, whole } from "./planner_storage.js";
import { isoDate, timeOf } from "./schedule.js";
import { MOST_WEEKS, phaseName, TwinningPlan } from "./twinning.js";
import { planEvents, roadMap, stretchColumns, timeline } from "./twinning_paper.js";
import { TaskList } from "./twinning_tasks.js";

/** @typedef {import("./twinning.js").Phase} Phase */
/** @typedef {import("./twinning.js").PlannedStretch} PlannedStretch */
/** @typedef {import("./twinning.js").TwinningData} TwinningData */

/** @extends {PlannerPage<TwinningData>} */
class TwinningPage extends PlannerPage {
  constructor() {
    super("twinning");
    /** @type {TwinningPlan} */
    this.plan = new TwinningPlan(this);
    this.tasks = new TaskList(this.plan, () => this.#showWords());
    this.fields = findAll(this.root, "input[data-item]", HTMLInputElement);
    this.start = this.slot("start", HTMLInputElement);
    this.term = this.slot("term", HTMLInputElement);
    this.calendarButtons = findAll(this.root, '[data-action="calendar"]', HTMLButtonElement);
    for (const field of this.fields) {
      field.addEventListener("input", () => this.set(field.dataset.item ?? "", { text: field.value || null }, false));
    }
    this.start.addEventListener("change", () => this.#setDay("start", this.start));
    this.term.addEventListener("change", () => this.#setDay("term", this.term));
    for (const button of this.calendarButtons) button.addEventListener("click", () => this.#saveCalendar());
  }

  /** @override @param {PlannerDocument} document */
  summary({ items }) {
    const { own } = this;
    const date = timeOf(items.start?.date);
    const done = Object.entries(items).filter(
      ([key, one]) => key.startsWith("task.") && one.done === true && one.gone !== true,
    ).length;
    if (date === null && !done) return own.nothing_yet;
    const starts = date === null ? "" : fill(own.starts, { date: this.plan.dayText(date) });
    return [starts, plural(own, "done", done)].filter(Boolean).join(" · ");
  }

  /** @override @param {number} top */
  paper(top) {
    return roadMap(this.plan, top);
  }

  /** @param {"start" | "term"} key @param {HTMLInputElement} field */
  #setDay(key, field) {
    const fine = field.value === "" ? !field.validity.badInput : timeOf(field.value) !== null && field.validity.valid;
    if (!fine) return;
    this.set(key, { date: field.value || null });
    this.showSoon();
  }

  #saveCalendar() {
    const events = planEvents(this.plan);
    const name = fill(this.own.calendar_name, { name: this.nameOf(this.store.current()) });
    download(this.fileName("ics"), "text/calendar", calendarText(name, events, new Date()));
    this.#showWords();
    const left = events.filter((one) => !fitsCalendar(one)).length;
    if (left) this.slot("plan-words").append(` ${plural(this.own, "calendar_left", left)}`);
  }

  /* The table of stretches, where lengths are changed */

  /**
   * @param {string} key
   * @param {string} label
   * @param {number} value
   * @param {number} least
   * @param {number} preset
   */
  #weeksField(key, label, value, least, preset) {
    const { own } = this;
    const field = element("input", {
      type: "number",
      id: key,
      min: String(least),
      max: String(MOST_WEEKS),
      step: "1",
      value: String(value),
      required: true,
      ariaLabel: `${own.weeks}: ${label}`,
    });
    field.addEventListener("change", () => {
      const weeks = whole(Number(field.value), least, MOST_WEEKS);
      if (field.value === "" || weeks === null) {
        field.value = String(value);
        this.slot("plan-words").textContent = fill(own.weeks_wrong, { least, most: MOST_WEEKS });
        return;
      }
      this.set(key, { weeks: weeks === preset ? null : weeks });
      this.showSoon();
    });
    return field;
  }

  /**
   * The rows of a phase and its waits.
   *
   * @param {Phase} phase
   * @param {Map<string, PlannedStretch>} found
   */
  #rowsOf(phase, found) {
    const preset = this.data.phases[phase.number - 1];
    /** @param {string} id @returns {string[]} */
    const days = (id) => {
      const place = found.get(id);
      return place ? [this.plan.dayText(place.start), this.plan.dayText(place.end)] : [NONE, NONE];
    };
    const own = this.#weeksField(`phase.${phase.id}`, phase.title, phase.weeks, 1, preset.weeks);
    const waits = phase.waits.map((wait, order) => {
      const reason = element("span", { className: "fine", textContent: wait.reason });
      const name = element("span", { className: "wait-name" }, wait.title, reason);
      const field = this.#weeksField(`wait.${wait.id}`, wait.title, wait.weeks, 0, preset.waits[order].weeks);
      return [name, field, ...days(wait.id)];
    });
    return [[phaseName(phase), own, ...days(phase.id)], ...waits];
  }

  #showStretches() {
    const { own, plan } = this;
    const found = new Map(plan.stretches().map((one) => [one.id, one]));
    const rows = plan.phases().flatMap((phase) => this.#rowsOf(phase, found));
    const parallel = element("input", { type: "checkbox", id: "parallel", checked: plan.isParallel });
    parallel.addEventListener("change", () => {
      this.set("parallel", { on: parallel.checked || null });
      this.showSoon();
    });
    this.slot("stretches").replaceChildren(
      table("stretches", own.calendar_title, stretchColumns(plan), rows),
      element("p", { className: "check" }, element("label", {}, parallel, ` ${own.parallel}`)),
      element("p", { className: "fine", textContent: own.end_text }),
    );
  }

  /* What is shown */

  #showWords() {
    const { own } = this;
    const found = this.plan.clashes();
    const told = found.length ? [plural(own, "clashes_told", found.length)] : [];
    this.slot("plan-words").textContent = [...this.plan.sentences(), ...told].join(" ");
    const box = this.slot("clashes");
    box.hidden = !found.length;
    box.replaceChildren(
      element("p", { className: "admonition-title", textContent: own.clashes_title }),
      element("ul", {}, ...found.map((one) => element("li", { textContent: one }))),
    );
  }

  /** @override */
  show() {
    const { plan } = this;
    for (const field of this.fields) {
      const kept = text(this.get(field.dataset.item ?? "").text);
      if (field.value !== kept) field.value = kept;
    }
    this.start.value = plan.start === null ? "" : isoDate(plan.start);
    this.term.value = plan.term === null ? "" : isoDate(plan.term);
    for (const button of this.calendarButtons) button.disabled = plan.start === null;
    this.#showWords();
    this.slot("timeline").replaceChildren(timeline(plan));
    this.#showStretches();
    this.slot("tasks").replaceChildren(...plan.phases().map((phase) => this.tasks.block(phase)));
  }
}

new TwinningPage().open();
