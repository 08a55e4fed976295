/*
 * What a paper of the office is about: an agreement or a plan that this browser keeps. Each is read into the same few
 * facts, "" where it says nothing; the fields that stay empty are filled in by hand.
 */

import { hasItems, parsePlan, text } from "../planners/planner_storage.js";
import { timeOf } from "../planners/schedule.js";

/**
 * @typedef {object} Matter
 * @property {string} id
 * @property {string} name
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

/** All that this browser keeps, the last changed first. Only read: their own pages take care of what is damaged. */
export function matters() {
  const plans = entriesOf("abc.twinning.").flatMap((kept) => parsePlan("twinning", kept).document ?? []);
  return plans
    .filter(hasItems)
    .sort((one, other) => other.updated.localeCompare(one.updated))
    .map(ofPlan);
}
