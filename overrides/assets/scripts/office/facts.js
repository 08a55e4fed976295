/*
 * Tells what the site knows of the fields of an office template (FACTS of guide/model/office_templates.py), as text:
 * from the assessment, from a review, from an agreement or plan, and from what the person says on the page. Nothing
 * is guessed: what nobody said stays to be filled in.
 */

import { fill, NONE } from "../core/format.js";
import { isPlanned, readEvidence, readPlan } from "../assessment/answer.js";
import { countsOf, isChanged } from "../assessment/reviews.js";
import { recordsOf } from "../assessment/score.js";
import { ScoreText } from "../assessment/score_text.js";
import { timeOf, isoDate } from "../planners/schedule.js";

/** @typedef {import("./matters.js").Matter} Matter */
/** @typedef {{government_end: string, agreement_end: string, members: string}} Said what the person says on the page */
/** @typedef {{one: Record<string, string>, lists: Record<string, Record<string, string>[]>}} Facts */

/**
 * @typedef {object} Known what a paper is filled with
 * @property {Assessment} assessment
 * @property {FullInstrument} instrument of the paper's language
 * @property {Matter | undefined} matter
 * @property {Matter[]} all what this browser keeps
 * @property {import("../assessment/reviews.js").Review} [review] what somebody said of the answers
 * @property {Said} said
 */

const MOST_MEMBERS = 100;

/** A date in words, "" where it is none. @param {string} date @param {string} locale */
const longDay = (date, locale) => {
  const time = timeOf(date);
  return time === null ? "" : new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(time);
};

/**
 * Whether an agreement binds the council beyond its term, and what majority that asks for: article 115, section II, item
 * b), of the Constitution. Where it does not, the state's law says which majority, and nothing is put in.
 *
 * @param {{government_end: string, agreement_end: string, members: string}} dates
 * @param {OfficeData} office
 */
function majority({ government_end, agreement_end, members }, { words, locale }) {
  const [government, agreement] = [timeOf(government_end), timeOf(agreement_end)];
  const count = /^\d+$/.test(members) && Number(members) > 0 && Number(members) <= MOST_MEMBERS ? Number(members) : 0;
  const counted = count ? String(count) : "";
  if (government === null || agreement === null) return { exceeds: "", asked: "", counted };
  const isBeyond = agreement > government;
  const exceeds = fill(isBeyond ? words.exceeds : words.stays, { date: longDay(government_end, locale) });
  const votes = Math.ceil((2 * count) / 3);
  const thirds = count ? fill(words.two_thirds_of, { votes, members: count }) : words.two_thirds;
  return { exceeds, asked: isBeyond ? thirds : "", counted };
}

/**
 * What the assessment says of each criterion of a template, with the documents that prove it.
 *
 * @param {Known} known
 * @param {string[]} criteria
 */
function answered({ assessment, instrument }, criteria) {
  const say = new ScoreText(instrument.words);
  const { report } = instrument.words;
  /** @type {Facts["lists"]} */
  const lists = { evidence: [], plans: [] };
  for (const checklist of instrument.checklists) {
    for (const criterion of checklist.criteria.filter(({ id }) => criteria.includes(id))) {
      const record = recordsOf(checklist, assessment)[criterion.id] || {};
      const papers = readEvidence(record).map(({ title, place, date, until, link }) => {
        const holds = until && fill(instrument.words.record.holds_until, { date: say.format.dayText(until) });
        return [title, place && fill(report.kept_in, { place }), say.format.dayText(date), holds, link]
          .filter(Boolean)
          .join(". ");
      });
      lists.evidence.push({
        criterion: criterion.statement,
        answer: say.answerText(record.answer),
        papers: papers.join("\n"),
      });
      const plan = readPlan(record);
      if (isPlanned(plan)) lists.plans.push({ what: plan.what || criterion.statement, who: plan.who, due: plan.due });
    }
  }
  return lists;
}

/**
 * What a reviewer said: who and how much, each mark, and those that are not supported.
 *
 * @param {Known} known
 * @param {string} locale
 * @returns {Facts}
 */
function reviewed({ assessment, instrument, review }, locale) {
  /** @type {Facts} */
  const found = { one: {}, lists: { marks: [], open: [] } };
  if (!review) return found;
  const say = new ScoreText(instrument.words);
  const { reviews } = instrument.words;
  for (const checklist of instrument.checklists) {
    const records = recordsOf(checklist, assessment);
    for (const { id, statement } of checklist.criteria) {
      const mark = review.marks.get(id);
      if (!mark?.mark) continue;
      const record = records[id] || {};
      const now = isChanged(mark, record) && fill(reviews.now, { answer: say.answerText(record.answer) });
      const row = {
        criterion: statement,
        answer: [say.answerText(mark.seen.answer), now].filter(Boolean).join("\n"),
        mark: reviews.marks[mark.mark],
        note: mark.note || NONE,
        reply: mark.reply || NONE,
      };
      found.lists.marks.push(row);
      if (mark.mark !== "supported") found.lists.open.push(row);
    }
  }
  // That there is none is known too.
  const none = { criterion: reviews.none, answer: NONE, mark: NONE, note: NONE, reply: NONE };
  for (const list of Object.values(found.lists)) if (!list.length) list.push(none);
  const { name, office, date } = review;
  const counts = countsOf(review, instrument.checklists, assessment);
  const all = { of: say.nameOf(assessment), name, office, date: longDay(date, locale), ...counts };
  found.one = Object.fromEntries(Object.entries(all).map(([key, value]) => [`review.${key}`, String(value)]));
  return found;
}

/**
 * Returns what is known of the fields of a template, for a paper in one language.
 *
 * @param {Known} known
 * @param {OfficeTemplate} template
 * @param {OfficeData} office
 * @returns {Facts}
 */
export function factsOf(known, template, office) {
  const { assessment, matter, said } = known;
  const { locale, words } = office;
  const ends = {
    government_end: said.government_end || matter?.government_end || "",
    agreement_end: said.agreement_end || matter?.agreement_end || "",
    members: said.members,
  };
  const { exceeds, asked, counted } = majority(ends, office);
  const until = longDay(ends.agreement_end, locale);
  const term = matter?.agreement.term || (until && fill(words.until, { date: until }));
  const facts = Object.entries({ ...matter?.agreement, term, exceeds, majority: asked });
  const lists = answered(known, template.criteria);
  const review = reviewed(known, locale);
  const plans = [...lists.plans, ...(matter?.plans ?? [])];
  const published = known.all.filter((one) => one.isPublic);
  const agreements = (published.length || !matter ? published : [matter]).map((one) => ({
    ...one.agreement,
    partner: one.partner,
  }));
  return {
    one: {
      municipality: assessment.title,
      today: longDay(isoDate(Date.now() - new Date().getTimezoneOffset() * 60_000), locale),
      partner: matter?.partner ?? "",
      prepares: matter?.prepares ?? "",
      decides: matter?.decides ?? "",
      members: counted,
      government_end: longDay(ends.government_end, locale),
      "agreement.term_exceeds": term && exceeds ? `${term}; ${exceeds}` : "",
      ...Object.fromEntries(facts.map(([name, value]) => [`agreement.${name}`, value])),
      ...review.one,
    },
    lists: {
      ...lists,
      ...review.lists,
      agreements,
      plans: plans.map((one) => ({ ...one, due: longDay(one.due, locale) })),
    },
  };
}
