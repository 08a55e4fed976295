/* Spreads the parts of a course over sessions, day by day. Pure: no page, no storage, no words. */

const DAY = 24 * 60 * 60 * 1000;
// So little is left of a session or a part that it is no reason to begin something, or to come back for it.
const SCRAP = 10;
// A year of days without one that was chosen is no plan.
const MOST_DAYS = 2_000;

/** @typedef {{module: number, title: string, url: string, kind: "read" | "answer" | "activity", minutes: number[]}} Part */
/** @typedef {{part: Part, minutes: number, goesOn: boolean}} Piece */
/** @typedef {{day: string, pieces: Piece[], before: Part[]}} Session */
/** @typedef {{start: string, weekdays: number[], minutes: number, length: number, atHome: boolean}} Wishes */

/**
 * The days of a course, from `start`, that fall on the chosen days of the week (0 is Sunday).
 *
 * @param {string} start YYYY-MM-DD
 * @param {number[]} weekdays
 * @returns {Generator<string, void>}
 */
function* daysFrom(start, weekdays) {
  for (let add = 0; add < MOST_DAYS; add += 1) {
    const date = new Date(Date.parse(start) + add * DAY);
    if (weekdays.includes(date.getUTCDay())) yield date.toISOString().slice(0, 10);
  }
}

/**
 * Returns the sessions that hold all parts, in their order; a part that does not fit goes on in the next.
 *
 * @param {Part[]} parts
 * @param {Wishes} wishes `length` is the place of the course's length; with `atHome`, what is read and answered is done before
 * @returns {Session[]}
 */
export function sessionsOf(parts, { start, weekdays, minutes, length, atHome }) {
  const days = daysFrom(start, weekdays);
  /** @type {Session[]} */
  const found = [];
  let left = 0;
  const begin = () => {
    const { value: day, done } = days.next();
    if (done || !day) return null;
    left = minutes;
    found.push({ day, pieces: [], before: [] });
    return found[found.length - 1];
  };
  let session = begin();
  for (const part of parts) {
    let rest = part.minutes[length] ?? 0;
    if (atHome && part.kind !== "activity") {
      if (rest) (left < SCRAP ? (session = begin()) : session)?.before.push(part);
      continue;
    }
    for (let goesOn = false; rest > 0; goesOn = true) {
      if (left < Math.min(SCRAP, rest)) session = begin();
      if (!session) return found;
      const now = rest - left <= SCRAP ? rest : left;
      session.pieces.push({ part, minutes: now, goesOn });
      rest -= now;
      left -= now;
    }
  }
  return withoutRest(found.filter(({ pieces, before }) => pieces.length || before.length));
}

/** A last session of a few minutes is the end of the one before it. @param {Session[]} sessions */
function withoutRest(sessions) {
  const [last, before] = [sessions.at(-1), sessions.at(-2)];
  const minutes = last?.pieces.reduce((sum, one) => sum + one.minutes, 0) ?? 0;
  if (!last || !before || last.before.length || minutes > 2 * SCRAP) return sessions;
  for (const piece of last.pieces) {
    const begun = before.pieces.find((one) => one.part === piece.part);
    if (begun) begun.minutes += piece.minutes;
    else before.pieces.push(piece);
  }
  return sessions.slice(0, -1);
}
