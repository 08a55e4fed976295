/* Plans the sessions of a course: from a start date and a length to days, a calendar and a table to paste. */

import { download, print } from "../core/browser.js";
import { calendarText } from "../core/calendar_file.js";
import { element, find, findAll, readJson, slot } from "../core/elements.js";
import { fill, formatter, plural } from "../core/format.js";
import { sessionsOf } from "./session_plan.js";

/** @typedef {import("./session_plan.js").Part} Part */
/** @typedef {{parts: Part[], hours: number[], minutes: number[], words: Texts, format: Texts}} SessionData */

// The first Sunday of a calendar that any browser knows.
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY = 24 * 60 * 60 * 1000;

/** @type {SessionData} */
const data = readJson(document, "#session-data");
const { words } = data;
const say = formatter({ format: data.format });
const form = find(document, "[data-sessions]", HTMLFormElement);
const places = {
  start: slot(form, "start", HTMLInputElement),
  time: slot(form, "time", HTMLInputElement),
  minutes: slot(form, "minutes", HTMLInputElement),
  home: slot(form, "home", HTMLInputElement),
  days: slot(form, "days"),
  state: slot(document, "sessions-state"),
  result: slot(document, "sessions-result"),
  rows: slot(document, "sessions-rows"),
};

/** @param {string} day */
const weekdayOf = (day) => new Date(Date.parse(day)).getUTCDay();
const length = () => data.hours.indexOf(Number(new FormData(form).get("length")));
const chosenDays = () => findAll(places.days, "input:checked", HTMLInputElement).map((one) => Number(one.value));

function showDays() {
  const names = new Intl.DateTimeFormat(say.locale, { weekday: "long", timeZone: "UTC" });
  const monday = [1, 2, 3, 4, 5, 6, 0];
  places.days.append(
    ...monday.map((day) => {
      const box = element("input", { type: "checkbox", value: String(day) });
      return element("label", {}, box, ` ${names.format(new Date(SUNDAY + day * DAY))}`);
    }),
  );
}

/** The day of the start is one of those chosen, until somebody chooses. */
function followStart() {
  const boxes = findAll(places.days, "input", HTMLInputElement);
  if (boxes.some((one) => one.dataset.chosen !== undefined)) return;
  for (const one of boxes)
    one.checked = places.start.value !== "" && Number(one.value) === weekdayOf(places.start.value);
}

const wished = () => ({
  start: places.start.value,
  weekdays: chosenDays(),
  minutes: Number(places.minutes.value),
  length: length(),
  atHome: places.home.checked,
});

const planned = () => {
  const wishes = wished();
  const ready = wishes.start && wishes.weekdays.length && wishes.minutes >= 30;
  return ready ? sessionsOf(data.parts, wishes) : [];
};

/** @typedef {import("./session_plan.js").Session} Session */

/** @param {Part} part */
const kindOf = (part) => words[part.kind];

/** What a session holds, as lines. @param {Session} session */
const lines = ({ pieces, before }) => [
  ...before.map((part) => `${words.before} ${part.module}. ${kindOf(part)} ${part.title}`),
  ...pieces.map(({ part, minutes, goesOn }) =>
    fill(goesOn ? words.line_on : words.line, { module: part.module, kind: kindOf(part), title: part.title, minutes }),
  ),
];

function show() {
  const sessions = planned();
  places.result.hidden = sessions.length === 0;
  const last = sessions.at(-1);
  const counted = plural(words, "count", sessions.length);
  const days = last ? { first: say.dayText(sessions[0].day), last: say.dayText(last.day) } : {};
  places.state.textContent = last ? `${counted} ${fill(words.between, days)}` : words.wanting;
  places.rows.replaceChildren(
    ...sessions.map((session, place) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, fill(words.session, { number: place + 1 })),
        element("td", {}, `${say.dayText(session.day)}, ${places.time.value}`),
        element("td", {}, element("ul", {}, ...lines(session).map((line) => element("li", {}, line)))),
      ),
    ),
  );
}

function saveCalendar() {
  const sessions = planned();
  const events = sessions.map((session, place) => ({
    uid: `abc-curso-${session.day}-${place + 1}@abc`,
    start: session.day,
    time: places.time.value,
    minutes: Number(places.minutes.value),
    title: `${words.calendar} · ${fill(words.session, { number: place + 1 })}`,
    text: lines(session).join("\n"),
  }));
  download(
    `${words.file}-${places.start.value}.ics`,
    "text/calendar",
    calendarText(words.calendar, events, new Date()),
  );
}

showDays();
form.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === "checkbox" && places.days.contains(target)) {
    target.dataset.chosen = "";
  }
  if (target instanceof HTMLInputElement && target.name === "length")
    places.minutes.value = String(data.minutes[length()]);
  followStart();
  show();
});
form.addEventListener("submit", (event) => event.preventDefault());
for (const [name, action] of Object.entries({ "sessions-calendar": saveCalendar, "sessions-print": () => print() })) {
  find(document, `[data-action="${name}"]`).addEventListener("click", action);
}
form.hidden = false;
places.state.hidden = false;
show();
