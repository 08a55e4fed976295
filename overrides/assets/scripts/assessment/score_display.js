/* Shows scores, and what is flagged or old, in the places of a page. */

import { element, enclosing, findOptional, setText, slot } from "../core/elements.js";
import { fill, NONE, plural } from "../core/format.js";
import { endingsOf, reviewsOf, today } from "./answer.js";
import { store } from "./assessment_core.js";
import { addressOf, checklists, say, words } from "./instrument.js";
import { standing } from "./score.js";

/** @typedef {import("./score.js").Score} Score */
/** @typedef {"score" | "name" | "ring" | "mean" | "band" | "meaning" | "provisional"} ScorePlace */

// In days: time enough to obtain a document again.
const SOON = 90;
/** @type {Map<string, [Checklist, Criterion]>} */
const criterionOf = new Map(
  checklists.flatMap((checklist) => checklist.criteria.map((one) => [one.id, [checklist, one]])),
);

/**
 * The large figure of a score, what it is called, and how much of the ring it fills.
 *
 * @param {Score} score
 * @param {string} name
 * @returns {[string, string, number]}
 */
function figureOf(score, name) {
  const { results } = words;
  const { answered, total, notApplicable, weighted, completeness } = score;
  const stands = standing(score);
  if (stands === "few") return [fill(results.in_short, { count: total - notApplicable, total }), results.few, 0];
  if (weighted === null) return [NONE, name, 0];
  if (stands === "final") return [say.part(weighted), name, weighted];
  return [fill(results.in_short, { count: answered, total }), results.answered, completeness];
}

/** What stands below the figure. @param {Score} score */
function remarkOn(score) {
  const { results } = words;
  const all = score.notApplicable === score.total;
  const none = score.total > 0 && all ? results.none_applicable : results.none;
  return {
    none,
    few: all ? none : results.few_text,
    provisional: "",
    final: score.mean === null ? "" : say.meanText(score),
  }[standing(score)];
}

/**
 * Says a score in large. While it is provisional, how much is answered stands in its place.
 *
 * @param {HTMLElement} root
 * @param {(name: ScorePlace) => string} slotOf the name of the slot of a place
 * @param {Score} score
 * @param {string} name what the score is called
 */
export function showScore(root, slotOf, score, name) {
  const stands = standing(score);
  const reading = say.readingOf(score);
  /** @param {ScorePlace} which @param {string} text */
  const put = (which, text) => {
    const place = slot(root, slotOf(which));
    setText(place, text);
    place.hidden = text === "";
  };
  const [figure, title, part] = figureOf(score, name);
  put("score", figure);
  put("name", title);
  put("mean", remarkOn(score));
  put("band", reading ? reading.name : "");
  put("meaning", reading ? reading.meaning : "");
  const ring = findOptional(root, `[data-slot="${slotOf("ring")}"]`, SVGElement);
  if (ring) ring.style.strokeDasharray = `${100 * part} 100`;
  enclosing(slot(root, slotOf("score")), ".score").dataset.standing = stands;
  const provisional = slot(root, slotOf("provisional"));
  provisional.hidden = stands !== "provisional";
  if (provisional.hidden) provisional.replaceChildren();
  else {
    const shown = element("strong", { className: "hatched", textContent: say.scoreText(score) });
    provisional.replaceChildren(shown, ` ${words.results.provisional_text}`);
  }
}

/** Makes a link to a criterion on the page of its checklist, saying what it asks. @param {string} id */
export function linkTo(id) {
  const found = criterionOf.get(id);
  if (!found) throw new Error(`no criterion "${id}" in the checklists of this page`);
  const [checklist, { statement }] = found;
  return element("a", { href: addressOf(checklist, id), textContent: statement });
}

/**
 * Names what was answered over a year ago and is reviewed every year, in the part of `root` for it.
 *
 * @param {HTMLElement} root
 */
export function showOld(root) {
  const old = reviewsOf(checklists, store.current()).filter((one) => one.old);
  slot(root, "old").hidden = old.length === 0;
  slot(root, "old-text").textContent = old.length ? plural(words.review, "text", old.length) : "";
  slot(root, "old-list").replaceChildren(
    ...old.map(({ criterion, day }) => {
      const since = fill(words.review.since, { date: say.format.dayText(day) });
      const fine = element("span", { className: "fine", textContent: ` ${since}` });
      return element("li", {}, linkTo(criterion.id), fine);
    }),
  );
}

/**
 * Names the evidence that has ended or ends soon, in the part of `root` for it.
 *
 * @param {HTMLElement} root
 */
export function showEnding(root) {
  const found = endingsOf(checklists, store.current()).filter(({ evidence }) => evidence.until <= today(SOON));
  slot(root, "ending").hidden = found.length === 0;
  slot(root, "ending-list").replaceChildren(
    ...found.map(({ criterion, evidence: { title, place, until } }) => {
      const told = until < today() ? words.plan.evidence_ended : words.plan.evidence_ends;
      const text = [title || place, fill(told, { date: say.format.dayText(until) })].filter(Boolean).join(": ");
      return element("li", {}, linkTo(criterion.id), element("span", { className: "fine", textContent: ` ${text}` }));
    }),
  );
}

/**
 * Offers to begin where nothing is answered yet, and otherwise what one does with answers.
 *
 * @param {HTMLElement} root
 * @param {Score} score
 */
export function showBeginning(root, { answered }) {
  slot(root, "begin").hidden = answered > 0;
  slot(root, "go-on").hidden = answered === 0;
}

/**
 * Names what is flagged for the law, before any score is read.
 *
 * @param {HTMLElement} root
 * @param {Score} score
 * @param {(id: string) => HTMLElement} link
 */
export function showFlags(root, { flagged }, link) {
  const list = slot(root, "flagged-list");
  slot(root, "flagged").hidden = flagged.length === 0;
  const text = flagged.map(({ id, kind }) => `${id} ${kind}`).join();
  if (list.dataset.shown === text) return;
  list.dataset.shown = text;
  list.replaceChildren(
    ...flagged.map(({ id, kind }) => {
      const made = link(id);
      made.textContent = say.flagText(made.textContent ?? "", kind);
      return element("li", {}, made);
    }),
  );
}
