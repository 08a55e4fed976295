/*
 * Tells what a register can prove of the criteria that data/register.yml names: a level that it supports, or what
 * stands in the way. It proposes; the answer is the person's. Pure: no page, no storage, no words.
 */

import { firstDay, isDate, lastDay } from "./partial_dates.js";
import { isOfTheLaw, isSigned, monthsAfter, standingOf } from "./standing.js";

/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./standing.js").Standing} Standing */
/** @typedef {{agreement: Agreement, standing: Standing}} Looked */
/** @typedef {{level: number | null, code: string, of: number, looked: Agreement[]}} Proof `of`: how many it looks at;
 * `looked`: those that stand in the way, or that prove it */

const YEARS_LOOKED_AT = 3;

/** @param {Looked} one @param {string[]} codes */
const has = ({ standing }, codes) => standing.flags.some(({ code }) => codes.includes(code));

/** @param {Looked[]} of @param {Looked[]} looked @param {string} code @param {number | null} level @returns {Proof} */
const proof = (of, looked, code, level) => ({ level, code, of: of.length, looked: looked.map((one) => one.agreement) });

/** Those signed in the last three years, or the latest: what the criteria on signing look at. */
/** @param {Looked[]} all @param {string} today */
function recent(all, today) {
  const signed = all.filter(({ agreement }) => isSigned(agreement) && isOfTheLaw(agreement));
  const dated = signed.filter(({ agreement }) => isDate(agreement.signed ?? ""));
  const since = monthsAfter(today, -12 * YEARS_LOOKED_AT);
  const found = dated.filter(({ agreement }) => lastDay(agreement.signed ?? "") >= since);
  if (found.length) return found;
  const latest = dated
    .map(({ agreement }) => firstDay(agreement.signed ?? ""))
    .sort()
    .at(-1);
  return dated.filter(({ agreement }) => firstDay(agreement.signed ?? "") === latest);
}

/** @param {Looked[]} all */
function inventory(all) {
  const lacking = all.filter(({ standing }) => standing.missing.length);
  return lacking.length ? proof(all, lacking, "lacking", 1) : proof(all, all, "complete", 2);
}

/** @param {Looked[]} all @param {string} today */
function opinion(all, today) {
  const signed = recent(all, today);
  const asked = all.filter(({ agreement }) => ["requested", "favourable"].includes(agreement.opinion ?? ""));
  if (!signed.length) return asked.length ? proof(asked, asked, "asked", 1) : null;
  const broken = signed.filter((one) => one.standing.flags.some(({ code, law }) => law && code.startsWith("opinion")));
  if (broken.length) return proof(signed, broken, "broken", 0);
  const lacking = signed.filter(({ agreement }) => !agreement.opinion || !isDate(agreement.opined ?? ""));
  return lacking.length ? proof(signed, lacking, "lacking", null) : proof(signed, signed, "before", 2);
}

/** @param {Looked[]} all @param {string} today */
function council(all, today) {
  const signed = recent(all, today);
  if (!signed.length) return null;
  const broken = signed.filter((one) => has(one, ["vote_late"]));
  if (broken.length) return proof(signed, broken, "broken", 0);
  const lacking = signed.filter(
    ({ agreement: { voted = "", minutes, majority } }) => majority !== "not-needed" && !(isDate(voted) && minutes),
  );
  return lacking.length ? proof(signed, lacking, "lacking", null) : proof(signed, signed, "before", 1);
}

/** @param {Looked[]} all @param {string} today */
function registration(all, today) {
  const signed = recent(all, today);
  if (!signed.length) return null;
  const open = signed.filter(({ agreement }) => !isDate(agreement.registered ?? ""));
  if (!open.length) return proof(signed, signed, "registered", 3);
  const unsent = open.filter(({ agreement }) => !isDate(agreement.sent ?? ""));
  if (unsent.length) return proof(signed, unsent, "lacking", null);
  const late = open.filter((one) => has(one, ["sent_long_ago"]));
  return late.length ? proof(signed, late, "late", 1) : proof(signed, open, "sent", 2);
}

/** @param {Looked[]} all @param {string} today */
function programme(all, today) {
  const active = all.filter(({ standing, agreement }) => standing.inForce && agreement.kind !== "private");
  if (!active.length) return null;
  const planned = active.filter(({ agreement }) => agreement.year === today.slice(0, 4) && agreement.programme);
  const most = 2 * planned.length >= active.length;
  return most
    ? proof(active, planned, "planned", 1)
    : proof(
        active,
        active.filter((one) => !planned.includes(one)),
        "lacking",
        null,
      );
}

/** @param {Looked[]} all */
function closing(all) {
  const active = all.filter(({ standing, agreement }) => standing.inForce && agreement.kind !== "private");
  if (!active.length) return null;
  const without = active.filter(({ agreement }) => !agreement.closing || endless(agreement.until));
  if (!without.length) return proof(active, active, "all", 2);
  return without.length < active.length ? proof(active, without, "some", 1) : proof(active, without, "lacking", null);
}

/** Whether nobody wrote until when. @param {string | undefined} until */
const endless = (until) => !until || !isDate(until);

/** @param {Looked[]} all */
function files(all) {
  const without = all.filter(({ agreement }) => !agreement.file);
  return without.length ? proof(all, without, "lacking", null) : proof(all, all, "all", null);
}

/** @type {Record<string, (all: Looked[], today: string) => Proof | null>} */
const RULES = { inventory, opinion, council, registration, programme, closing, files };

/**
 * Tells what the agreements prove by a rule, null where they say nothing of it.
 *
 * @param {string} rule
 * @param {Agreement[]} agreements
 * @param {string} today
 */
export function proofOf(rule, agreements, today) {
  const all = agreements.map((agreement) => ({ agreement, standing: standingOf(agreement, today) }));
  return all.length ? (RULES[rule]?.(all, today) ?? null) : null;
}
