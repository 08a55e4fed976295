/*
 * Reads what a paper of the office is about: an agreement or a plan that this browser keeps. Each is read into the
 * same few facts, "" where it says nothing; the fields that stay empty are filled in by hand.
 */

import { fill } from "../core/format.js";
import { hasItems, parsePlan, text } from "../planners/planner_storage.js";
import { timeOf } from "../planners/schedule.js";
import { INDEFINITE, isDate, lastDay } from "../register/partial_dates.js";
import { agreementsIn, KIND } from "../register/register_store.js";
import { FactWords } from "../register/register_words.js";

/** @typedef {import("../register/register_store.js").Agreement} Agreement */
/** @typedef {import("../register/register_store.js").FieldName} FieldName */

/**
 * @typedef {object} Matter
 * @property {string} id
 * @property {string} name
 * @property {boolean} isPublic whether it is an agreement of the municipality, to be published; neither plan nor contract
 * @property {string} partner
 * @property {Record<string, string>} agreement what is known of the agreement, by the last part of the fact's name
 * @property {string} government_end the last day of the government in office
 * @property {string} agreement_end
 * @property {string} prepares
 * @property {string} decides
 * @property {{what: string, who: string, due: string}[]} plans what is still to be done
 */

/** @param {unknown} date */
const day = (date) => (timeOf(date) === null ? "" : String(date));
// What has no end goes beyond every government.
const NEVER = "9999-12-31";

/** What a plan of a twinning says. @param {PlannerDocument} document @returns {Matter} */
function ofPlan({ id, title, items }) {
  /** @param {string} key */
  const said = (key) => text(items[key]?.text).trim();
  const plans = Object.entries(items)
    .filter(([key, one]) => key.startsWith("task.") && text(one.title) && one.done !== true && one.gone !== true)
    .map(([, one]) => ({ what: text(one.title), who: text(one.who), due: day(one.due) }));
  return {
    id,
    name: [title, said("partner")].filter(Boolean).join(" · "),
    isPublic: false,
    partner: said("partner"),
    agreement: { person: said("prepares") },
    government_end: day(items.term?.date),
    agreement_end: "",
    prepares: said("prepares"),
    decides: said("decides"),
    plans,
  };
}

/** The texts of all entries whose name begins so; none where the browser lends no storage. @param {string} prefix */
function entriesOf(prefix) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => localStorage.getItem(key) ?? "");
  } catch {
    return [];
  }
}

/**
 * What an agreement of the register says, in one language.
 *
 * @param {Agreement} one
 * @param {FactWords} say
 * @param {OfficeData} office
 * @returns {Matter}
 */
function ofAgreement(one, say, { words }) {
  /** @param {...FieldName} names */
  const said = (...names) =>
    names
      .map((name) => say.say(one, name))
      .filter(Boolean)
      .join(", ");
  const { until = "" } = one;
  const term = isDate(until) ? fill(words.until, { date: say.date(until) }) : said("until");
  return {
    id: one.id,
    name: [say.nameOf(one), said("subject")].filter(Boolean).join(" · "),
    isPublic: one.kind !== "private",
    partner: said("partner", "country"),
    agreement: {
      title: said("subject"),
      kind: said("kind"),
      languages: said("languages"),
      term: [term, said("renewal")].filter(Boolean).join("; "),
      opinion: said("opinion", "reference", "opined"),
      vote: said("minutes", "voted", "majority"),
      signed: said("signed"),
      registration: said("registration", "registered"),
      state: said("state"),
      programme: said("programme", "year"),
      person: said("person"),
      file: said("file"),
      notes: said("notes"),
    },
    government_end: "",
    agreement_end: until === INDEFINITE ? NEVER : isDate(until) ? lastDay(until) : "",
    prepares: said("person"),
    decides: "",
    plans: [],
  };
}

/**
 * Lists all that this browser keeps, in one language: agreements, then plans, the last changed first. Only read:
 * their own pages take care of what is damaged.
 *
 * @param {OfficeData} office
 */
export function matters(office) {
  const { fields, ...own } = office.register;
  const group = { id: "", title: "", fields: /** @type {import("../register/register_words.js").Field[]} */ (fields) };
  const say = new FactWords([group], own, office.locale);
  /** @param {string} kind */
  const kept = (kind) =>
    entriesOf(`abc.${kind}.`)
      .flatMap((found) => parsePlan(kind, found).document ?? [])
      .filter(hasItems)
      .sort((one, other) => other.updated.localeCompare(one.updated));
  return [
    ...kept(KIND)
      .flatMap(agreementsIn)
      .map((one) => ofAgreement(one, say, office)),
    ...kept("twinning").map(ofPlan),
  ];
}
