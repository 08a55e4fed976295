/* Shows the results beside a checklist: score, lights, where to begin; says aloud what changes of them. */

import { debounce } from "../core/browser.js";
import { element, findAll, setText, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { store } from "./assessment_core.js";
import { checklists, say, words } from "./instrument.js";
import { firstSteps, flagOf, gapsOf, scoreChecklist, scoreCriteria, standing, strictPart } from "./score.js";
import { showFlags, showScore } from "./score_display.js";

/** @typedef {import("./criterion_view.js").CriterionView} CriterionView */
/** @typedef {import("./score.js").Score} Score */
/** @typedef {{heading: HTMLElement, places: HTMLElement[], criteria: CriterionView[]}} Section */

const ANNOUNCE_AFTER = 1500;
const NEXT_STEPS = 5;
/** @type {Partial<Record<import("./score_display.js").ScorePlace, string>>} */
const SLOTS = { name: "score-name", meaning: "band-meaning" };

/** Makes a link to a criterion on this page. @param {CriterionView} one */
export const linkHere = (one) => element("a", { href: `#${one.id}` }, one.statement);

/**
 * Reads the groups of criteria under a heading, with the places that tell how far each has come.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} form
 * @param {Map<string, CriterionView>} views
 * @returns {Section[]}
 */
export function readSections(root, form, views) {
  /** @type {Section[]} */
  const found = [];
  for (const part of findAll(form, ".criterion, h2[id]")) {
    const view = views.get(part.dataset.criterion ?? "");
    if (view) found.at(-1)?.criteria.push(view);
    else found.push({ heading: part, places: findAll(root, `[data-section-state="${part.id}"]`), criteria: [] });
  }
  return found.filter((one) => one.criteria.length);
}

/** The results of the criteria that are asked. */
export class ChecklistResults {
  /** @type {Score | null} */
  #score = null;
  #lastNext = "";

  /**
   * @param {HTMLElement} root
   * @param {Map<string, CriterionView>} views
   * @param {Section[]} sections
   * @param {boolean} single whether the page is of one checklist: it is scored as that is everywhere
   */
  constructor(root, views, sections, single) {
    this.root = root;
    this.views = views;
    this.sections = sections;
    this.single = single;
    // Looked up once: a page of a hundred criteria has thousands of elements to look through.
    this.counts = findAll(root, "[data-count]");
    this.bars = findAll(root, "[data-bar]");
    this.nextButtons = findAll(root, '[data-action="next-unanswered"]');
    this.resetButtons = findAll(root, '[data-action="reset"]');
    this.places = {
      panel: slot(root, "results"),
      completenessBar: slot(root, "completeness-bar"),
      bar: slot(root, "bar"),
      barFill: slot(root, "bar-fill"),
      announce: slot(root, "announce"),
      breach: slot(root, "breach"),
      nextText: slot(root, "next-text"),
      nextList: slot(root, "next-list"),
    };
    const { panel, bar } = this.places;
    this.texts = {
      completeness: slot(panel, "completeness"),
      completenessText: slot(panel, "completeness-text"),
      strict: slot(panel, "strict"),
      strictText: slot(panel, "strict-text"),
      barProgress: slot(bar, "bar-progress"),
      barScore: slot(bar, "bar-score"),
    };
    this.announce = debounce(() => this.#announceScore(), ANNOUNCE_AFTER);
  }

  /** @param {CriterionView[]} scope what is asked */
  show(scope) {
    const answers = new Map(scope.map((one) => [one.id, one.answer]));
    const score = this.single ? scoreChecklist(scope, answers) : scoreCriteria(scope, answers);
    this.#score = score;
    this.#showFigures(score);
    this.#showLight(scope);
    this.#showNext(scope, score);
    this.#showSections();
    this.#showBar(score);
    for (const button of this.nextButtons) button.hidden = score.unanswered === 0;
    for (const button of this.resetButtons) button.hidden = !scope.some((one) => one.hasRecord);
  }

  /** @param {Score} score */
  #showFigures(score) {
    const { texts } = this;
    const { panel, completenessBar } = this.places;
    const strict = strictPart(score);
    showFlags(panel, score, (id) => linkHere(this.#view(id)));
    showScore(panel, (name) => SLOTS[name] ?? name, score, words.results.score);
    setText(texts.completeness, say.percent(score.completeness));
    const counted = { count: score.answered, total: score.total };
    setText(texts.completenessText, fill(words.results.completeness_text, counted));
    completenessBar.style.inlineSize = `${100 * score.completeness}%`;
    setText(texts.strict, say.part(strict));
    setText(texts.strictText, say.strictText(score));
  }

  /** @param {Score} score */
  #showBar(score) {
    const { bar, barFill } = this.places;
    const inShort = fill(words.results.in_short, { count: score.answered, total: score.total });
    barFill.style.inlineSize = `${100 * score.completeness}%`;
    setText(
      this.texts.barProgress,
      say.shortText(score, inShort, () => ""),
    );
    setText(this.texts.barScore, standing(score) === "none" ? "" : ` · ${say.scoreText(score)}`);
    bar.classList.toggle("flagged", score.flagged.length > 0);
  }

  /** @param {string} id */
  #view(id) {
    const found = this.views.get(id);
    if (!found) throw new Error(`no criterion "${id}" on this page`);
    return found;
  }

  /** @param {CriterionView[]} scope */
  #showLight(scope) {
    /** @type {Record<string, number>} */
    const lights = {};
    for (const one of scope) {
      const light = say.lightOf(one.answer);
      lights[light] = (lights[light] || 0) + 1;
    }
    for (const place of this.counts) place.textContent = String(lights[place.dataset.count ?? ""] || 0);
    for (const bar of this.bars) bar.style.flexGrow = String(lights[bar.dataset.bar ?? ""] || 0);
  }

  /**
   * Where to begin: the first steps of the plan, among what is asked here.
   *
   * @param {CriterionView[]} scope
   * @param {Score} score
   */
  #showNext(scope, score) {
    const { nextText, nextList } = this.places;
    const asked = new Set(scope.map((one) => one.id));
    const here = checklists.map((one) => ({ ...one, criteria: one.criteria.filter(({ id }) => asked.has(id)) }));
    const steps = firstSteps(gapsOf(here, store.current()), NEXT_STEPS);
    const key = steps.map(({ criterion, record }) => `${criterion.id}=${record.answer}`).join();
    const text = steps.length
      ? words.results.next_steps_text
      : words.results[score.answered > score.notApplicable ? "next_steps_done" : "next_steps_none"];
    if (key + text === this.#lastNext) return;
    this.#lastNext = key + text;
    nextText.textContent = text;
    nextList.replaceChildren(
      ...steps.map(({ criterion, record }) => {
        const one = this.#view(criterion.id);
        const step = element("p", {});
        if (record.answer === "no_information") step.append(words.results.next_unknown, " ");
        step.append(...Array.from(one.nextStep.childNodes, (node) => node.cloneNode(true)));
        return element("li", {}, linkHere(one), step);
      }),
    );
  }

  #showSections() {
    for (const { places, criteria } of this.sections) {
      const counted = criteria.filter((one) => !one.outOfDepth);
      const count = counted.filter((one) => one.isAnswered).length;
      const total = counted.length;
      for (const place of places) {
        setText(place, fill(words.results[place.tagName === "P" ? "completeness_text" : "in_short"], { count, total }));
        place.classList.toggle("complete", count === total);
      }
    }
  }

  /** Says aloud once answers come to rest: what is flagged for the law, then the score. */
  #announceScore() {
    const score = this.#score;
    if (!score) return;
    const flags = say.flagsText(score);
    const text = score.weighted === null ? words.results.announce_none : words.results.announce;
    const details = { count: score.answered, total: score.total, score: say.scoreText(score) };
    this.announceText((flags && `${flags}. `) + fill(text, details));
  }

  /** @param {string} text */
  announceText(text) {
    this.places.announce.textContent = text;
  }

  /**
   * Says at once what the page shows elsewhere: that with an answer the law is not kept, or nobody can show it.
   *
   * @param {CriterionView} one
   * @param {Answer} answer
   */
  announceBreach(one, answer) {
    const flag = flagOf(one, answer);
    setText(this.places.breach, flag ? fill(words.results.said[flag], { statement: one.statement }) : "");
  }
}
