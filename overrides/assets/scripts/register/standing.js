/*
 * Tells how an agreement stands on a day, by its dates: when its term ends, what of the law is not on record, what
 * its entry lacks. Pure: no page, no storage, no words: codes and numbers.
 */

import {
  daysBetween,
  firstDay,
  INDEFINITE,
  isBefore,
  isDate,
  lastDay,
  monthsBetween,
  UNKNOWN,
} from "./partial_dates.js";

/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_store.js").FieldName} FieldName */
/** @typedef {{code: string, count?: number, date?: string}} Told something to say: the code of a sentence and its details */
/** @typedef {Told & {law: boolean}} Flag `law`: what was written says that the law was not kept */

/**
 * @typedef {object} Standing
 * @property {Told} term
 * @property {Flag[]} flags
 * @property {FieldName[]} missing what the entry of an inventory lacks
 * @property {string} end the last day of its term, "" where there is none
 * @property {boolean} inForce signed, and neither ended nor past its term
 * @property {boolean} soon whether its term ends within twelve months
 * @property {boolean} expired whether it is past its term
 */

// The law of treaties came into force on 3 January 1992.
const LAW = "1992-01-03";
// Those the law speaks of.
const OF_THE_LAW = ["twinning", "cooperation"];
// What this site proposes: fifteen working days to send it, six months for a reminder.
const [DAYS_TO_SEND, MONTHS_TO_REMIND] = [21, 6];
const YEAR = 12;

/** Returns the day so many months after another. @param {string} day @param {number} months */
export function monthsAfter(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const end = new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10);
  const same = `${end.slice(0, 8)}${String(date).padStart(2, "0")}`;
  return same < end ? same : end;
}

/** @param {string | undefined} value @returns {value is string} */
const known = (value) => value !== undefined && isDate(value);

/** Tells whether somebody signed it. @param {Agreement} agreement */
export const isSigned = ({ signed, state }) => state !== "preparing" && Boolean(signed);

/** Tells whether the law of treaties asks for an opinion and a register. @param {Agreement} agreement */
export const isOfTheLaw = ({ kind = "", signed }) =>
  OF_THE_LAW.includes(kind) && !(known(signed) && isBefore(signed, LAW));

/** How far away a day is. @param {string} today @param {string} day @param {string} prefix @returns {Told} */
function distance(today, day, prefix) {
  const [from, to] = day < today ? [day, today] : [today, day];
  const months = monthsBetween(from, to);
  if (months < 2) return { code: `${prefix}_days`, count: daysBetween(from, to), date: day };
  if (months < 2 * YEAR) return { code: `${prefix}_months`, count: months, date: day };
  return { code: `${prefix}_years`, count: Math.floor(months / YEAR), date: day };
}

/** @param {Agreement} agreement @param {string} today @returns {Told} */
function termOf(agreement, today) {
  const { until = "", renewal, state, opinion } = agreement;
  if (state === "ended") return { code: "ended" };
  if (!isSigned(agreement) && !until) {
    return { code: ["favourable", "requested"].includes(opinion ?? "") ? `unsigned_${opinion}` : "unsigned" };
  }
  if (until === INDEFINITE) return { code: "indefinite" };
  if (until === UNKNOWN) return { code: "term_unknown" };
  if (!isDate(until)) return { code: "term_missing" };
  const end = lastDay(until);
  const renews = renewal === "automatic";
  if (end === today) return { code: renews ? "renews_today" : "ends_today", date: end };
  if (end > today) return distance(today, end, renews ? "renews" : "ends");
  return renews ? { code: "renewed", date: end } : distance(today, end, "ended");
}

/** What is not in order with the ministry's opinion. @param {Agreement} agreement */
function opinionFlag({ opinion, opined, signed }) {
  if (!opinion) return "opinion_missing";
  if (opinion !== "favourable") return `opinion_${opinion}`;
  return known(opined) && known(signed) && isBefore(signed, opined) ? "opinion_late" : "";
}

/** What is not in order with the council's vote. @param {Agreement} agreement */
function voteFlag({ voted, majority, minutes, signed }) {
  if (majority === "not-needed") return "";
  if (known(voted)) return known(signed) && isBefore(signed, voted) ? "vote_late" : "";
  if (voted === UNKNOWN) return "vote_unknown";
  return minutes ? "" : "vote_missing";
}

/** What is not in order with the registration. @param {Agreement} agreement @param {string} today @returns {Told | null} */
function registrationFlag({ registered, registration, sent, signed }, today) {
  if (registered && registered !== UNKNOWN) return null;
  if (known(sent)) {
    const months = monthsBetween(firstDay(sent), today);
    const late = lastDay(sent) < monthsAfter(today, -MONTHS_TO_REMIND);
    return late ? { code: "sent_long_ago", count: months, date: sent } : null;
  }
  if (registered === UNKNOWN || sent === UNKNOWN) return { code: "registration_unknown" };
  const recent = known(signed) && daysBetween(lastDay(signed), today) < DAYS_TO_SEND;
  return registration || recent ? null : { code: "registration_missing" };
}

const BROKEN = ["opinion_none", "opinion_unfavourable", "opinion_requested", "opinion_late", "vote_late"];

/** @param {Agreement} agreement @param {string} today @returns {Flag[]} */
function flagsOf(agreement, today) {
  /** @type {(Told | null)[]} */
  const found = [];
  if (isSigned(agreement) && isOfTheLaw(agreement)) {
    found.push({ code: opinionFlag(agreement) }, { code: voteFlag(agreement) }, registrationFlag(agreement, today));
  }
  const { until, state, activity, renewal } = agreement;
  const past = known(until) && lastDay(until) < today && renewal !== "automatic";
  if (past && state === "active") found.push({ code: "expired_active" });
  if (state === "active" && known(activity) && lastDay(activity) < monthsAfter(today, -YEAR)) {
    found.push({ code: "no_activity", date: activity });
  }
  return found.flatMap((one) => (one?.code ? { ...one, law: BROKEN.includes(one.code) } : []));
}

/** What the entry of an inventory lacks; what nobody could find is not lacking. @param {Agreement} agreement @returns {FieldName[]} */
function missingIn(agreement) {
  /** @type {FieldName[]} */
  const wanted = ["partner", "country", "kind", "state"];
  if (agreement.state !== "preparing") {
    wanted.push("signed", "until");
    const told = agreement.registered || agreement.sent || agreement.registration;
    if (isOfTheLaw(agreement) && !told) wanted.push("registered");
  }
  return wanted.filter((one) => !agreement[one]);
}

/**
 * Tells how an agreement stands on a day.
 *
 * @param {Agreement} agreement
 * @param {string} today YYYY-MM-DD
 * @returns {Standing}
 */
export function standingOf(agreement, today) {
  const { until, state, renewal } = agreement;
  const end = known(until) && state !== "ended" ? lastDay(until) : "";
  const expired = end !== "" && end < today && renewal !== "automatic";
  return {
    term: termOf(agreement, today),
    flags: flagsOf(agreement, today),
    missing: missingIn(agreement),
    end,
    inForce: isSigned(agreement) && state !== "ended" && !expired,
    soon: end >= today && end <= monthsAfter(today, YEAR),
    expired,
  };
}
