/*
 * Lays the phases of data/twinning.yml on a calendar that starts when one says, with waits that shift what follows;
 * says when the plan ends and what its dates meet with.
 *
 * Items of a plan: "partner", "prepares" and "decides" hold {text}; "start" {date}; "term" {date}, the last day of the government
 * in office; "parallel" {on}, whether the waits of a phase run at once; "phase.<id>" and "wait.<id>" {weeks};
 * "task.<id>" {title, who, deliverable, due, done, gone, phase}, where what is not said is as in the data, and
 * `phase` is that of one's own task.
 */

import { fill, NONE, plural } from "../core/format.js";
import { text, whole } from "./planner_storage.js";
import { closuresOf, DAY, halfYearBefore, stretchesOf, timeOf, WEEK, workingDay } from "./schedule.js";

/** @typedef {{title: string, who: string, deliverable: string, sourced: boolean}} TaskTexts */
/** @typedef {TaskTexts & {id: string, week?: number | null, after?: string | null}} PhaseTask */
/** @typedef {{id: string, title: string, reason: string, weeks: number, last: boolean}} PhaseWait */
/** @typedef {{id: string, title: string, weeks: number, sourced: boolean, tasks: PhaseTask[], waits: PhaseWait[]}} PhaseData */
/** @typedef {PhaseData & {number: number}} Phase with its weeks as the plan has them */
/** @typedef {import("./planner_page.js").PlannerData & {own: {clashes: Texts}, phases: PhaseData[]}} TwinningData */
/** @typedef {import("./schedule.js").Stretch & {name: string, start: number | null, end: number | null}} PlannedStretch the last day is a working one */

/**
 * @typedef {object} Task
 * @property {string} id
 * @property {boolean} sourced
 * @property {boolean} own whether the person added it
 * @property {string} title
 * @property {string} who
 * @property {string} deliverable
 * @property {boolean} done
 * @property {boolean} fixed whether the person set its day
 * @property {number | null} due
 * @property {number} offset
 * @property {number} order
 * @property {boolean} outside whether its day falls outside its phase
 */

export const MOST_WEEKS = 104;

/** Returns the number and the title of a phase. @param {Pick<Phase, "number" | "title">} phase */
export const phaseName = ({ number, title }) => `${number}. ${title}`;

/**
 * When the last wait of a phase is over.
 *
 * @param {PlannedStretch} place
 * @param {PlannedStretch[]} waits
 */
const endOf = (place, waits) => Math.max(place.to, ...waits.map((one) => one.to));

/** The plan in use, as its page keeps it. */
export class TwinningPlan {
  /** @param {import("./planner_page.js").PlannerPage<TwinningData>} page */
  constructor(page) {
    const { locale } = page.format;
    this.page = page;
    this.day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    this.month = new Intl.DateTimeFormat(locale, { month: "short", year: "2-digit", timeZone: "UTC" });
    this.list = new Intl.ListFormat(locale, { type: "conjunction" });
  }

  /** @param {number | null} time */
  dayText(time) {
    return time === null ? NONE : this.day.format(new Date(time));
  }

  get start() {
    return timeOf(this.page.get("start").date);
  }

  get term() {
    return timeOf(this.page.get("term").date);
  }

  get isParallel() {
    return this.page.get("parallel").on === true;
  }

  /** @returns {Phase[]} */
  phases() {
    const { page } = this;
    return page.data.phases.map((phase, place) => ({
      ...phase,
      number: place + 1,
      weeks: whole(page.get(`phase.${phase.id}`).weeks, 1, MOST_WEEKS) ?? phase.weeks,
      waits: phase.waits.map((wait) => ({
        ...wait,
        weeks: whole(page.get(`wait.${wait.id}`).weeks, 0, MOST_WEEKS) ?? wait.weeks,
      })),
    }));
  }

  /** Every stretch with its name and dates. @returns {PlannedStretch[]} */
  stretches() {
    const all = this.phases();
    const from = this.start;
    /** @type {Map<string, string>} */
    const names = new Map();
    for (const phase of all) {
      names.set(phase.id, phaseName(phase));
      for (const wait of phase.waits) names.set(wait.id, wait.title);
    }
    return stretchesOf(all, this.isParallel).map((one) => ({
      ...one,
      name: names.get(one.id) ?? "",
      start: from === null ? null : from + one.from,
      end: from === null ? null : workingDay(from + one.to - DAY),
    }));
  }

  /**
   * When a wait is over; one of no weeks, when those before it are.
   *
   * @param {Phase} phase
   * @param {PlannedStretch} place
   * @param {PlannedStretch[]} waits
   * @param {string} id
   */
  #over(phase, place, waits, id) {
    const order = phase.waits.findIndex((wait) => wait.id === id);
    const before = waits.filter((one) => phase.waits.findIndex((wait) => wait.id === one.id) < order);
    return waits.find((one) => one.id === id)?.to ?? endOf(place, before);
  }

  /**
   * The tasks of a phase that the person added, as the data would say them.
   *
   * @param {Phase} phase
   * @returns {PhaseTask[]}
   */
  #addedTo(phase) {
    return this.page.store
      .under("task")
      .filter(([id, record]) => text(record.phase) === phase.id && !phase.tasks.some((one) => one.id === id))
      .map(([id]) => ({ id, title: "", who: "", deliverable: "", sourced: false }));
  }

  /**
   * The tasks of a phase that were not removed, each with when it is due, in that order.
   *
   * @param {Phase} phase
   * @param {PlannedStretch[]} all
   * @returns {Task[]}
   */
  tasksOf(phase, all = this.stretches()) {
    const place = all.find((one) => one.id === phase.id);
    if (!place) throw new Error(`phase "${phase.id}" has no place in the plan`);
    const waits = all.filter((one) => phase.waits.some(({ id }) => id === one.id));
    /** @param {PhaseTask} task @param {boolean} own */
    const offsetOf = (task, own) => {
      if (task.week) return Math.min(place.from + task.week * WEEK, place.to);
      return own ? place.to : this.#over(phase, place, waits, task.after ?? "");
    };
    const start = this.start;
    const last = endOf(place, waits);
    const added = this.#addedTo(phase);
    return [...phase.tasks, ...added]
      .map((task) => ({ task, record: this.page.get(`task.${task.id}`), own: added.includes(task) }))
      .filter(({ record }) => record.gone !== true)
      .map(({ task, record, own }, order) => {
        const offset = offsetOf(task, own);
        const fixed = timeOf(record.due);
        const outside = fixed !== null && start !== null && (fixed < start + place.from || fixed >= start + last);
        const due = fixed ?? (start === null ? null : workingDay(start + offset - DAY));
        return { ...this.#texts(task, record), own, fixed: fixed !== null, due, offset, order, outside };
      })
      .sort((one, other) => (one.due ?? one.offset) - (other.due ?? other.offset) || one.order - other.order);
  }

  /**
   * What a task says: what the person wrote, or else the data.
   *
   * @param {PhaseTask} task
   * @param {PlannerItem} record
   */
  #texts(task, record) {
    return {
      id: task.id,
      sourced: task.sourced,
      title: text(record.title) || task.title || this.page.own.untitled,
      who: record.who === undefined ? task.who : text(record.who),
      deliverable: record.deliverable === undefined ? task.deliverable : text(record.deliverable),
      done: record.done === true,
    };
  }

  /** What the dates of the plan meet with, a sentence each. */
  clashes() {
    const { clashes: texts } = this.page.data.own;
    const { start, term } = this;
    if (start === null) return [];
    const all = this.stretches();
    const end = Math.max(...all.map((one) => one.end ?? 0));
    /** @param {number} time */
    const yearOf = (time) => new Date(time).getUTCFullYear();
    const found = closuresOf(yearOf(start), yearOf(end)).flatMap(({ kind, from, to }) => {
      const names = all.filter((one) => (one.start ?? 0) <= to && (one.end ?? 0) >= from).map((one) => one.name);
      if (!names.length) return [];
      const details = { from: this.dayText(from), to: this.dayText(to), stretches: this.list.format(names) };
      return [fill(texts[kind], details)];
    });
    if (term === null) return found;
    const when = { end: this.dayText(end), term: this.dayText(term) };
    if (end > term) found.push(fill(texts.after_term, when));
    else if (end > halfYearBefore(term)) found.push(fill(texts.late_term, when));
    return [...found, fill(texts.votes, when)];
  }

  /** The plan in sentences. */
  sentences() {
    const { own } = this.page;
    const { start } = this;
    const all = this.stretches();
    const weeks = Math.round(Math.max(...all.map((one) => one.to)) / WEEK);
    const waited = weeks - this.phases().reduce((sum, one) => sum + one.weeks, 0);
    const end = Math.max(...all.map((one) => one.end ?? 0));
    const tasks = this.phases().flatMap((phase) => this.tasksOf(phase));
    return [
      start === null
        ? fill(own.no_start, { weeks })
        : fill(own.ends, { weeks, start: this.dayText(start), end: this.dayText(end) }),
      waited > 0 ? plural(own, "waited", waited) : own.no_wait,
      fill(own.progress, { done: tasks.filter((one) => one.done).length, total: tasks.length }),
    ];
  }

  /** What a task is, in a line. @param {Task} task */
  lineOf({ who, deliverable, due }) {
    const { own } = this.page;
    return [
      who,
      deliverable && fill(own.delivers, { deliverable }),
      due !== null && fill(own.due_on, { date: this.dayText(due) }),
    ]
      .filter(Boolean)
      .join(" · ");
  }
}
