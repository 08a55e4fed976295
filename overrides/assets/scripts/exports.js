/*
 * What leaves the site for other programs: calendars and spreadsheets. Pure: no page, no storage, no
 * words.
 */
(function (abc) {
  "use strict";

  const LINE = 75;
  const DAY = 24 * 60 * 60 * 1000;
  const encoder = new TextEncoder();

  /* Calendars: RFC 5545 */

  const compact = (date) => date.toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
  // Beyond these, programs refuse the whole calendar.
  const [FIRST_DAY, LAST_DAY] = ["1900-01-01", "2200-12-31"];
  const isCalendarDay = (day) =>
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && FIRST_DAY <= day && day <= LAST_DAY;
  /** Whether an event can stand in a calendar. */
  abc.fitsCalendar = ({ start, end }) => [start, end || start].every(isCalendarDay);
  const dateOnly = (day, add = 0) => new Date(Date.parse(day) + add * DAY).toISOString().slice(0, 10).replace(/-/g, "");
  const escaped = (text) =>
    text
      .replace(/[\\;,]/g, "\\$&")
      .replace(/\r\n|\r|\n/g, "\\n")
      .replace(/[\u0000-\u001f\u007f]/g, "");

  /** A line in pieces of 75 octets at the most, never in the middle of a letter (3.1). */
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

  /**
   * A calendar of whole days, each with a reminder a week before.
   *
   * @param {string} name of the calendar
   * @param {{uid: string, start: string, end?: string, title: string, text: string, url?: string,
   *   category?: string, changed?: string}[]} events `start` and `end` (the last day, included) are
   *   YYYY-MM-DD; `changed` is an ISO time: importing again replaces what is older.
   * @param {Date} now
   */
  abc.calendar = function (name, events, now) {
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ABC//ABC//ES", "CALSCALE:GREGORIAN"];
    lines.push(`X-WR-CALNAME:${escaped(name)}`);
    for (const { uid, start, end, title, text, url, category, changed } of events) {
      if (!abc.fitsCalendar({ start, end })) continue;
      lines.push("BEGIN:VEVENT", `UID:${escaped(uid)}`, `DTSTAMP:${compact(now)}`);
      lines.push(`SEQUENCE:${Math.max(0, Math.floor(Date.parse(changed || "") / 60000) || 0)}`);
      lines.push(`DTSTART;VALUE=DATE:${dateOnly(start)}`, `DTEND;VALUE=DATE:${dateOnly(end || start, 1)}`);
      lines.push(`SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(text)}`, "TRANSP:TRANSPARENT");
      if (category) lines.push(`CATEGORIES:${escaped(category)}`);
      if (url) lines.push(`URL:${url}`);
      lines.push("BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(title)}`, "TRIGGER:-P7D", "END:VALARM");
      lines.push("END:VEVENT");
    }
    lines.push("END:VCALENDAR");
    return lines.map((line) => `${folded(line)}\r\n`).join("");
  };

  /* Spreadsheets */

  /** A cell that no program takes for a formula, on one line. */
  function cell(value) {
    // What shows nothing is dropped: programs pass over it, and what comes after it would be the first letter.
    const text = String(value ?? "")
      .replace(/\s*[\r\n\t]+\s*/g, " ")
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "");
    const safe =
      /^[\s\p{M}]*[=+\-@|%＝＋－＠｜％﹢﹣﹦﹪﹫−]/u.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
    return /["\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  /**
   * A table as bytes that Excel opens with its columns and accents right in any country: UTF-16 with
   * tabs. With UTF-8, Excel splits at semicolons in Spain and at commas in Mexico.
   *
   * @param {(string|number|null)[][]} rows
   * @returns {Uint8Array}
   */
  abc.spreadsheet = function (rows) {
    const text = `\ufeff${rows.map((row) => `${row.map(cell).join("\t")}\r\n`).join("")}`;
    const bytes = new Uint8Array(2 * text.length);
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      bytes[2 * at] = unit & 0xff;
      bytes[2 * at + 1] = unit >> 8;
    }
    return bytes;
  };
})((window.abc = window.abc || {}));
