/*
 * Lists for a calendar what ends within twelve months: the last day, and a day to decide six months before, as
 * “Signing an agreement” says.
 */

import { fill } from "../core/format.js";
import { monthsAfter, standingOf } from "./standing.js";

/** @typedef {import("./register_page.js").RegisterPage} RegisterPage */
/** @typedef {import("../core/calendar_file.js").CalendarEvent} CalendarEvent */

const MONTHS_TO_DECIDE = 6;

/**
 * Lists the last day of each agreement that ends soon, and the day to decide before it.
 *
 * @param {RegisterPage} page
 * @returns {CalendarEvent[]}
 */
export function endingEvents(page) {
  const { own, say, today, store } = page;
  const { id: register } = store.current();
  return page.sorted().flatMap((one) => {
    const { soon, end } = standingOf(one, today);
    if (!soon) return [];
    const details = { name: say.nameOf(one), date: say.date(end) };
    const said = [say.say(one, "renewal"), say.say(one, "closing"), say.say(one, "person"), say.say(one, "file")];
    const text = [fill(own.calendar_ends, details), ...said].filter(Boolean).join("\n");
    const base = { category: own.title, url: location.href.split("#")[0], changed: one.updated, text };
    const decide = monthsAfter(end, -MONTHS_TO_DECIDE);
    const last = { ...base, uid: `${register}-${one.id}@abc`, start: end, title: fill(own.calendar_end, details) };
    const before = {
      ...base,
      uid: `${register}-${one.id}-decidir@abc`,
      start: decide,
      title: fill(own.calendar_decide, details),
    };
    return decide >= today ? [before, last] : [last];
  });
}
