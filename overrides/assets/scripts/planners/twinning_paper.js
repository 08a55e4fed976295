/* Draws a twinning plan, and makes its road map on paper and its calendar. */

import { pageLanguage } from "../core/browser.js";
import { element, table } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { p, paper } from "../core/paper.js";
import { text } from "./planner_storage.js";
import { DAY, isoDate } from "./schedule.js";
import { phaseName } from "./twinning.js";

/** @typedef {import("./twinning.js").TwinningPlan} TwinningPlan */
/** @typedef {import("../core/calendar_file.js").CalendarEvent} CalendarEvent */

/**
 * The names of months below the bars.
 *
 * @param {TwinningPlan} plan
 * @param {number} start
 * @param {number} length
 * @param {(part: number) => string} at
 */
function months(plan, start, length, at) {
  const marks = element("div", { className: "timeline-months" });
  const first = new Date(start);
  const count = Math.ceil(length / (30 * DAY)) + 1;
  const step = Math.ceil(count / 8);
  for (let month = 1; month <= count; month += step) {
    const time = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    // One too near the end would stand outside.
    if (time - start > 0.93 * length) break;
    const mark = element("span", { textContent: plan.month.format(new Date(time)) });
    mark.style.insetInlineStart = at(time - start);
    marks.append(mark);
  }
  return element("div", { className: "timeline-row" }, element("span", { className: "timeline-name" }), marks);
}

/** Draws the stretches of a plan as bars, with months below where it has a start. @param {TwinningPlan} plan */
export function timeline(plan) {
  const all = plan.stretches();
  const { start } = plan;
  const length = Math.max(...all.map((one) => one.to));
  /** @param {number} part */
  const at = (part) => `${((100 * part) / length).toFixed(2)}%`;
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
  if (start !== null) rows.push(months(plan, start, length, at));
  return element("div", { className: "timeline", ariaHidden: "true" }, ...rows);
}

/** Names the columns of a table of stretches. @param {TwinningPlan} plan */
export const stretchColumns = ({ page: { own } }) => [own.stretch, own.weeks, own.start_column, own.end_column];

/** Makes the road map, its heading of level `top`. @param {TwinningPlan} plan @param {number} top */
export function roadMap(plan, top) {
  const { own, words, data, store, format } = plan.page;
  const { heading, head, letter, foot } = paper(top);
  const all = plan.stretches();
  /** @param {string} key */
  const said = (key) => text(plan.page.get(key).text).trim();
  const title = store.current().title || own.title;
  const partner = said("partner");
  const rows = all.map((one) => [one.name, String(one.weeks), plan.dayText(one.start), plan.dayText(one.end)]);
  const columns = [own.task, own.who, own.deliverable, own.due, own.state];
  const tasks = plan.phases().flatMap((phase) => {
    const lines = plan
      .tasksOf(phase, all)
      .map((task) => [
        `${task.title}${task.sourced ? ` (${own.sourced})` : ""}`,
        task.who,
        task.deliverable,
        plan.dayText(task.due),
        task.done ? `☑ ${own.state_done}` : `☐ ${own.state_pending}`,
      ]);
    const name = heading(1, "report-section", phaseName(phase));
    return [name, table("lines tasks", phase.title, columns, lines)];
  });
  return element(
    "article",
    { className: "report report-plan", lang: pageLanguage },
    head(own.paper, title),
    letter([
      [words.letter.to, said("decides")],
      [words.letter.from, said("prepares")],
      [words.letter.subject, partner ? fill(own.with_partner, { partner }) : title],
      [words.letter.date, format.day(new Date())],
    ]),
    ...[...plan.sentences(), ...plan.clashes()].map((one) => p("plan-sentence", one)),
    heading(1, "report-section", own.calendar_title),
    timeline(plan),
    table("lines", own.calendar_title, stretchColumns(plan), rows),
    ...tasks,
    foot(fill(own.paper_foot, { source: data.source }), own.paper_made),
  );
}

/**
 * Lists the days of the plan for a calendar, where it has a start: its stretches, and the tasks that are not done.
 *
 * @param {TwinningPlan} plan
 * @returns {CalendarEvent[]}
 */
export function planEvents(plan) {
  const { own, store } = plan.page;
  const { id, updated } = store.current();
  const base = { category: own.title, url: location.href.split("#")[0], changed: updated };
  /** @type {CalendarEvent[]} */
  const events = plan.stretches().flatMap((one) => {
    if (one.start === null || one.end === null) return [];
    const days = { start: isoDate(one.start), end: isoDate(one.end) };
    return [{ ...base, ...days, uid: `${id}-${one.id}@abc`, title: one.name, text: plural(own, "lasts", one.weeks) }];
  });
  for (const phase of plan.phases()) {
    for (const task of plan.tasksOf(phase)) {
      if (task.done || task.due === null) continue;
      const { who, deliverable } = task;
      const lines = [
        phaseName(phase),
        who && fill(own.responsible, { who }),
        deliverable && fill(own.delivers, { deliverable }),
      ];
      events.push({
        ...base,
        uid: `${id}-${task.id}@abc`,
        start: isoDate(task.due),
        title: task.title,
        text: lines.filter(Boolean).join("\n"),
      });
    }
  }
  return events;
}
