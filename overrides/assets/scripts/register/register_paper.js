/* Makes the papers of the register: the inventory of all agreements, and a sheet for each. */

import { pageLanguage } from "../core/browser.js";
import { element, table, terms } from "../core/elements.js";
import { fill, NONE } from "../core/format.js";
import { p, paper, tag } from "../core/paper.js";
import { standingOf } from "./standing.js";

/** @typedef {import("./register_page.js").RegisterPage} RegisterPage */
/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_store.js").FieldName} FieldName */

/** What is said of a fact, or the line for it. @param {string[]} said */
const orNone = (...said) => said.filter(Boolean).join(", ") || NONE;

/**
 * Tables of some agreements: what they are, and their papers.
 *
 * @param {RegisterPage} page
 * @param {Agreement[]} agreements
 * @param {string} title
 * @param {(level: number, className: string, ...children: string[]) => Node} heading
 * @param {boolean} isPrivate
 */
function inventoryTables(page, agreements, title, heading, isPrivate) {
  const { own, say } = page;
  if (!agreements.length) return [];
  /** @param {FieldName} name */
  const label = (name) => say.fields.get(name)?.label ?? "";
  const what = agreements.map((one, at) => [
    `${at + 1}. ${say.nameOf(one)}`,
    orNone(say.say(one, "kind"), say.say(one, "subject")),
    orNone(say.say(one, "signed")),
    orNone(say.say(one, "until")),
    orNone(say.say(one, "state")),
  ]);
  const first = table(
    "lines inventory",
    title,
    [label("partner"), label("kind"), label("signed"), label("until"), label("state")],
    what,
  );
  const papers = agreements.map((one, at) => [
    `${at + 1}. ${say.nameOf(one)}`,
    orNone(say.say(one, "voted"), say.say(one, "majority"), say.say(one, "minutes")),
    orNone(say.say(one, "opinion"), say.say(one, "opined"), say.say(one, "reference")),
    orNone(say.say(one, "registered"), say.say(one, "registration")),
    orNone(say.say(one, "person"), say.say(one, "file")),
  ]);
  const columns = [label("partner"), own.council, label("opinion"), own.registration_short, own.file_short];
  return [
    heading(1, "report-section", title),
    first,
    ...(isPrivate
      ? []
      : [
          heading(1, "report-section", own.papers_of_each),
          table("lines inventory", own.papers_of_each, columns, papers),
        ]),
  ];
}

/** Makes the inventory of all agreements as an article. @param {RegisterPage} page @param {number} top */
export function inventoryPaper(page, top) {
  const { own, store, format } = page;
  const { heading, head, foot } = paper(top);
  const all = page.sorted();
  const [others, apart] = [all.filter(({ kind }) => kind !== "private"), all.filter(({ kind }) => kind === "private")];
  return element(
    "article",
    { className: "report report-register", lang: pageLanguage },
    head(own.paper, store.current().title || own.title, fill(own.cut_date, { date: format.day(new Date()) })),
    ...(all.length ? [] : [p("", own.none)]),
    ...inventoryTables(page, others, own.agreements_title, heading, false),
    ...inventoryTables(page, apart, own.private_title, heading, true),
    foot(own.paper_foot, own.paper_made),
  );
}

/**
 * A sheet for one agreement, with its own heading.
 *
 * @param {RegisterPage} page
 * @param {Agreement} agreement
 * @param {number} top
 */
function sheet(page, agreement, top) {
  const { own, say, store, format, today, texts } = page;
  const { heading, head, foot } = paper(top);
  const { term, flags, missing } = standingOf(agreement, today);
  const told = [
    ...flags.map((one) => (one.law ? `${own.law_mark} ` : "") + say.told(texts.flags, one)),
    ...(missing.length
      ? [fill(own.lacks, { fields: missing.map((one) => say.fields.get(one)?.label.toLowerCase()).join(", ") })]
      : []),
  ];
  const groups = page.data.groups.flatMap(({ title, fields }) => [
    heading(1, "report-section", title),
    element(
      "dl",
      { className: "report-letter" },
      ...terms(fields.map(({ id, label }) => [label, say.say(agreement, id) || NONE])),
    ),
  ]);
  return tag(
    "section",
    "sheet",
    head(
      own.sheet_kind,
      say.nameOf(agreement),
      store.current().title,
      fill(own.cut_date, { date: format.day(new Date()) }),
    ),
    p("sheet-term", [say.say(agreement, "kind"), say.told(texts.terms, term)].filter(Boolean).join(" · ")),
    ...(told.length ? [element("ul", {}, ...told.map((one) => element("li", { textContent: one })))] : []),
    ...groups,
    foot(own.paper_made),
  );
}

/**
 * Makes a sheet for each of some agreements, in one article.
 *
 * @param {RegisterPage} page
 * @param {Agreement[]} agreements
 * @param {number} top
 */
export const sheetsPaper = (page, agreements, top) =>
  element(
    "article",
    { className: "report report-register", lang: pageLanguage },
    ...agreements.map((one) => sheet(page, one, top)),
  );
