/* Counts days, waits and the days on which little can be done. Pure: no page, no storage, no words. Times are UTC. */

export const DAY = 24 * 60 * 60 * 1000;
export const WEEK = 7 * DAY;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @typedef {{id: string, weeks: number, last?: boolean}} PhaseWait `last` comes after all others of its phase */
/** @typedef {{id: string, weeks: number, waits: PhaseWait[]}} PhaseLength */
/** @typedef {{id: string, wait: boolean, weeks: number, from: number, to: number}} Stretch `to` is the first instant after it */

/** Returns the date of a time, as YYYY-MM-DD. @param {number} time */
export const isoDate = (time) => new Date(time).toISOString().slice(0, 10);

/** Returns the time of a date as YYYY-MM-DD, or null. @param {unknown} value */
export function timeOf(value) {
  const time = typeof value === "string" && DATE.test(value) ? Date.parse(value) : Number.NaN;
  // What rolls over, such as 31 February, is no date.
  return Number.isFinite(time) && isoDate(time) === value ? time : null;
}

/** Returns the last day from Monday to Friday up to `time`. @param {number} time */
export function workingDay(time) {
  const day = new Date(time).getUTCDay();
  return time - (day === 6 ? 1 : day === 0 ? 2 : 0) * DAY;
}

/**
 * Tells where each stretch falls, in milliseconds after the start of the plan; waits of no weeks are left out.
 *
 * @param {PhaseLength[]} phases
 * @param {boolean} parallel whether the waits of a phase run at once, but for those that come last
 */
export function stretchesOf(phases, parallel) {
  /** @type {Stretch[]} */
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
}

/** Returns the same day six months before, or the last of that month where it is shorter. @param {number} time */
export function halfYearBefore(time) {
  const day = new Date(time);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 5, 0));
  return last.getTime() - Math.max(0, last.getUTCDate() - day.getUTCDate()) * DAY;
}

/** Easter Sunday of a year (the rule of Meeus, Jones and Butcher). @param {number} year */
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

/** The first Sunday of June, when Mexico votes (Constitution, art. 116-IV; LGIPE, art. 22). @param {number} year */
function polling(year) {
  const first = Date.UTC(year, 5, 1);
  return first + ((7 - new Date(first).getUTCDay()) % 7) * DAY;
}

/** @typedef {{kind: "holy" | "election" | "year_end", from: number, to: number}} Closure `to` is the last day */

/**
 * Lists the days of some years on which little can be done: Holy Week and Easter week, the end of the year, and the
 * campaigns of years with federal elections (2027 and every third one), of at most 90 days.
 *
 * @param {number} first
 * @param {number} last
 */
export function closuresOf(first, last) {
  /** @type {Closure[]} */
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
}
