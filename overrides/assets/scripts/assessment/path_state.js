/* Shows how far one has come on the path of a self-assessment: answers, result, plan. */

import { findOptional, setText, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { isPlanned, readPlan } from "./answer.js";
import { store, whenShown } from "./assessment_core.js";
import { checklists, say, words } from "./instrument.js";
import { gapsOf, scoresOf, standing } from "./score.js";

/** @typedef {{text: string, done: boolean}} PathState */

/** Says a part of a whole, as a state. @param {number} count @param {number} total @returns {PathState} */
export const counted = (count, total) => ({
  text: fill(words.results.in_short, { count, total }),
  done: total > 0 && count === total,
});

/**
 * Shows how far each step of the path has come, where the page has it.
 *
 * @param {Partial<Record<"answer" | "results" | "plan", PathState>>} states
 */
export function showPath(states) {
  for (const [name, { text, done }] of Object.entries(states)) {
    const step = findOptional(document, `[data-path="${name}"]`);
    if (!step) continue;
    setText(slot(step, "path-state"), done ? `${text} ✓` : text);
    step.classList.toggle("done", done);
  }
}

/**
 * Returns the states that all answers together have.
 *
 * @param {import("./score.js").Score} overall
 * @param {import("./score.js").Gap[]} gaps
 */
export function pathOf(overall, gaps) {
  const planned = gaps.filter(({ record }) => isPlanned(readPlan(record))).length;
  const final = standing(overall) === "final";
  return {
    answer: counted(overall.answered, overall.total),
    results: {
      text: overall.weighted === null ? "" : final ? say.part(overall.weighted) : words.results.provisional,
      done: final,
    },
    plan: gaps.length ? counted(planned, gaps.length) : { text: "", done: false },
  };
}

/** Keeps the state of all answers in sight, on a page that shows it of itself in no other way. */
export function followPath() {
  const show = () => {
    const assessment = store.current();
    showPath(pathOf(scoresOf(checklists, assessment).overall, gapsOf(checklists, assessment)));
  };
  whenShown(show);
  store.onOthers(show);
  show();
}
