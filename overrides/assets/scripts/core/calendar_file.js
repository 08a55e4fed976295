/* Writes calendars for other programs: RFC 5545. Pure: no page, no storage, no words. */

const LINE = 75;
const DAY = 24 * 60 * 60 * 1000;
// Beyond these, programs refuse the whole calendar.
const [FIRST_DAY, LAST_DAY] = ["1900-01-01", "2200-12-31"];
const encoder = new TextEncoder();

/**
 * @typedef {object} CalendarEvent
 * @property {string} uid
 * @property {string} start YYYY-MM-DD
 * @property {string} [end] the last day, included
 * @property {string} [time] HH:MM, where it begins at an hour of the day, wherever that is read
 * @property {number} [minutes] how long it lasts then
 * @property {string} title
 * @property {string} text
 * @property {string} [url]
 * @property {string} [category]
 * @property {unknown} [changed] an ISO time: importing again replaces what is older
 */

/** @param {Date} date */
const compact = (date) => date.toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");

/** @param {string} day */
const isCalendarDay = (day) =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && FIRST_DAY <= day && day <= LAST_DAY;

/** Tells whether an event can stand in a calendar. @param {Pick<CalendarEvent, "start" | "end">} event */
export const fitsCalendar = ({ start, end }) => [start, end || start].every(isCalendarDay);

/** @param {string} day @param {number} add */
const dateOnly = (day, add = 0) => new Date(Date.parse(day) + add * DAY).toISOString().slice(0, 10).replace(/-/g, "");

/** @param {string} text */
const escaped = (text) =>
  text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\u0000-\u001f\u007f]/g, "");

/** A line in pieces of 75 octets at the most, never in the middle of a letter (3.1). @param {string} line */
function folded(line) {
  const pieces = [""];
  let size = 0;
  for (const letter of line) {
    const more = encoder.encode(letter).length;
    if (size + more > LINE) {
      pieces.push(" ");
      size = 1;
    }
    pieces[pieces.length - 1] += letter;
    size += more;
  }
  return pieces.join("\r\n");
}

/** @param {unknown} changed */
const sequenceOf = (changed) => Math.max(0, Math.floor(Date.parse(String(changed || "")) / 60000) || 0);

/**
 * When an event is, as two lines: whole days, or an hour that is no zone's: a session begins by the clock of its place.
 *
 * @param {CalendarEvent} event
 */
function times({ start, end, time, minutes = 60 }) {
  if (!time) return [`DTSTART;VALUE=DATE:${dateOnly(start)}`, `DTEND;VALUE=DATE:${dateOnly(end || start, 1)}`];
  const begins = Date.parse(`${start}T${time}:00Z`);
  const [from, to] = [begins, begins + minutes * 60_000].map((one) => compact(new Date(one)).replace("Z", ""));
  return [`DTSTART:${from}`, `DTEND:${to}`];
}

/**
 * Writes a calendar of whole days, each with a reminder a week before, and of hours, with one a day before.
 *
 * @param {string} name of the calendar
 * @param {CalendarEvent[]} events
 * @param {Date} now
 */
export function calendarText(name, events, now) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ABC//ABC//ES", "CALSCALE:GREGORIAN"];
  lines.push(`X-WR-CALNAME:${escaped(name)}`);
  for (const event of events.filter(fitsCalendar)) {
    const { uid, time, title, text, url, category, changed } = event;
    lines.push("BEGIN:VEVENT", `UID:${escaped(uid)}`, `DTSTAMP:${compact(now)}`);
    lines.push(`SEQUENCE:${sequenceOf(changed)}`);
    lines.push(...times(event), `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`);
    lines.push(`TRANSP:${time ? "OPAQUE" : "TRANSPARENT"}`);
    if (category) lines.push(`CATEGORIES:${escaped(category)}`);
    if (url) lines.push(`URL:${url}`);
    lines.push(
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(title)}`,
      `TRIGGER:-P${time ? 1 : 7}D`,
      "END:VALARM",
    );
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}
