/* Says scores and answers in a language. Pure: the words come with the instrument. */

import { meter } from "../core/charts.js";
import { element } from "../core/elements.js";
import { fill, formatter, NONE } from "../core/format.js";
import { isLevel, percentOf, roundMean, standing } from "./score.js";

/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./score.js").Flag} Flag */
/** @typedef {import("../core/format.js").Formatter} Formatter */

/** One language's way of saying scores, answers and what an assessment is called. */
export class ScoreText {
  /** @param {InstrumentWords} words */
  constructor(words) {
    this.words = words;
    /** @type {Formatter} */
    this.format = formatter(words);
  }

  /** A part from 0 to 1. @param {number} part */
  percent(part) {
    return this.format.percent(percentOf(part));
  }

  /** The same, or null. @param {number | null} value */
  part(value) {
    return value === null ? NONE : this.percent(value);
  }

  /** The difference of two parts. @param {number | null} now @param {number | null} before */
  points(now, before) {
    if (now === null || before === null) return NONE;
    const points = this.format.difference(percentOf(now) - percentOf(before));
    return fill(this.words.overview.points, { points });
  }

  /** @param {number} mean */
  #bandOf(mean) {
    return this.words.bands.findLast((one) => mean >= one.from);
  }

  /**
   * How a score is read, {name, meaning}, or null: one that is provisional has no reading, and no
   * reading praises over an open flag.
   *
   * @param {Score} score
   */
  readingOf(score) {
    if (standing(score) !== "final" || score.mean === null) return null;
    return score.flagged.length ? this.words.over_flags : (this.#bandOf(score.mean) ?? null);
  }

  /**
   * The mean level; where it is read by a band and rounding takes it into the next, that it is not there yet.
   *
   * @param {Score} score
   */
  meanText({ mean, flagged }) {
    if (mean === null) return "";
    const shown = roundMean(mean);
    const name = flagged.length || this.#bandOf(shown) === this.#bandOf(mean) ? "mean" : "mean_below";
    return fill(this.words.results[name], { value: this.format.decimal(shown) });
  }

  /** That only few criteria apply. @param {Score} score */
  fewText({ total, notApplicable }) {
    const count = total - notApplicable;
    return fill(this.words.results[`few_${count === 1 ? "one" : "other"}`], { count, total });
  }

  /**
   * A score in a line or a cell: the percentage, named provisional where it is; how many criteria apply.
   *
   * @param {Score} score
   */
  scoreText(score) {
    if (standing(score) === "few") return this.fewText(score);
    if (score.weighted === null) return NONE;
    const shown = this.percent(score.weighted);
    return standing(score) === "final" ? shown : fill(this.words.results.provisional_score, { score: shown });
  }

  /**
   * A score in a line, after what is flagged for the law and how much is answered; `named` says what it is.
   *
   * @param {Score} score
   * @param {string} progress
   * @param {(text: string) => string} named
   */
  shortText(score, progress, named = (text) => text) {
    const shown = standing(score) === "none" ? "" : named(this.scoreText(score));
    return [this.flagsText(score), progress, shown].filter(Boolean).join(" · ");
  }

  /** How many criteria are flagged for the law, or "". @param {Score} score */
  flagsText({ flagged }) {
    return flagged.length ? fill(this.words.results.flags_short, { count: flagged.length }) : "";
  }

  /** @param {Score} score */
  strictText({ strict }) {
    const text = this.words.results[strict.quick ? "strict_quick" : "strict_text"];
    return fill(text, { count: strict.reached, total: strict.of });
  }

  /**
   * The statement of a flagged criterion, with what nobody can show said of it.
   *
   * @param {string} statement
   * @param {Flag} kind
   */
  flagText(statement, kind) {
    return kind === "unproven" ? fill(this.words.results.unproven, { criterion: statement }) : statement;
  }

  /** @param {Answer} answer */
  answerText(answer) {
    const { states } = this.words.assessments;
    if (isLevel(answer)) return this.words.levels[answer];
    return (typeof answer === "string" && states[answer]) || states.unanswered;
  }

  /** The light an answer shows: a status of the scale, "unanswered" or "not_applicable". @param {Answer} answer */
  lightOf(answer) {
    if (isLevel(answer)) return this.words.statuses[answer];
    if (answer === "no_information") return this.words.statuses[0];
    return answer === "not_applicable" ? answer : "unanswered";
  }

  /** What an assessment is called. @param {{title: string, round: string}} assessment */
  nameOf({ title, round }) {
    return [title || this.words.assessments.unnamed, round].filter(Boolean).join(" · ");
  }

  /**
   * What each of some assessments is called, by id; equal names are told apart by when they were begun.
   *
   * @param {Assessment[]} assessments
   */
  namesOf(assessments) {
    const stamp = new Intl.DateTimeFormat(this.format.locale, { dateStyle: "medium", timeStyle: "short" });
    const { begun } = this.words.assessments;
    /** @param {Assessment} one @param {string} date */
    const since = (one, date) => fill(begun, { name: this.nameOf(one), date });
    /** @type {((one: Assessment, place: number) => string)[]} */
    const ways = [
      (one) => this.nameOf(one),
      (one) => since(one, this.format.stampText(one.created)),
      (one) => since(one, stamp.format(new Date(Date.parse(one.created) || 0))),
      (one, place) => since(one, `${this.format.stampText(one.created)}, ${place + 1}`),
    ];
    /** @type {Map<string, string>} */
    const names = new Map();
    let alike = assessments;
    for (const way of ways) {
      alike.forEach((one, place) => names.set(one.id, way(one, place)));
      const all = Array.from(names.values());
      alike = assessments.filter(({ id }) => all.filter((name) => name === names.get(id)).length > 1);
    }
    return names;
  }

  /**
   * A score in a cell, as text and bar; where too few criteria apply there is no bar.
   *
   * @param {Score} score
   * @param {number | null} target
   */
  scoreCell(score, target = null) {
    const stands = standing(score);
    const text = this.scoreWord(score);
    return stands === "few" ? [text] : [text, meter(score.weighted, target, stands === "provisional")];
  }

  /** The same without its bar. @param {Score} score */
  scoreWord(score) {
    const stands = standing(score);
    const text = element(stands === "few" ? "span" : "strong", { textContent: this.scoreText(score) });
    if (stands === "provisional") text.className = "hatched";
    return text;
  }
}

/** Returns what a radar shows of scores. @param {Score[]} scores */
export const radarSeries = (scores) => ({
  now: scores.map((one) => one.weighted),
  provisional: scores.map((one) => standing(one) === "provisional"),
});
