/*
 * Shows the whole assessment on one page: every checklist as a bar and on a radar, what to attend to first, and what
 * changed since another round.
 */

import { debounce, print } from "../core/browser.js";
import { meter } from "../core/charts.js";
import { element, find, findAll, findOptional, slot } from "../core/elements.js";
import { fill, NONE } from "../core/format.js";
import { onChange, store, whenShown } from "./assessment_core.js";
import { chooseGrouping, foldOf } from "./grouping.js";
import { addressOf, checklists, say, words } from "./instrument.js";
import { named } from "./name_question.js";
import { pathOf, showPath } from "./path_state.js";
import {
  answersOf,
  firstSteps,
  gapsOf,
  scoreChecklist,
  scoresOf,
  standing,
  strictPart,
  targetsOf,
  valueOf,
} from "./score.js";
import { linkTo, showBeginning, showEnding, showFlags, showOld, showScore } from "./score_display.js";

/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./score.js").Scores} Scores */
/** @typedef {ReturnType<typeof targetsOf>} Targets */

const STEPS = 3;
// A legal matter is named at once; several are folded where they would push the figure off the screen.
const narrow = matchMedia("(max-width: 47.99em)");
const GAPS = 15;
const texts = words.overview;
const root = slot(document, "overview");
const compare = slot(root, "compare", HTMLSelectElement);
let compared = "";
/** @type {import("./grouping.js").Grouped | null} */
let grouped = null;

/** @param {string} text */
const fine = (text) => element("span", { className: "fine", textContent: text });
/** @param {Score | null | undefined} score */
const textOf = (score) => (score ? say.scoreText(score) : NONE);

/* The same in figures */

/**
 * A line of the table; `target` and `before` are null where there is none, undefined where nobody has any.
 *
 * @param {Node | string} heading
 * @param {Score} score
 * @param {Score | null | undefined} target
 * @param {Score | undefined} before
 */
function row(heading, score, target, before) {
  const flags = score.flagged.length
    ? [element("span", { className: "flag-mark", textContent: say.flagsText(score) })]
    : [];
  const cells = [
    element("td", { className: "overview-score" }, say.scoreWord(score), ...flags),
    element("td", { textContent: fill(texts.of, { count: score.answered, total: score.total }) }),
    element("td", { textContent: say.part(strictPart(score)) }),
  ];
  if (target !== undefined) cells.push(element("td", { textContent: textOf(target) }));
  // What changed comes first: on a narrow screen it is what one sees without scrolling the table.
  if (before !== undefined) {
    cells.splice(1, 0, element("td", { textContent: textOf(before) }));
    const change = say.points(score.weighted, before.weighted);
    cells.unshift(element("td", { className: "overview-change", textContent: change }));
  }
  return element("tr", {}, element("th", { scope: "row" }, heading), ...cells);
}

/** @param {Scores} now @param {Targets} target @param {Scores | undefined} before */
function showTable(now, target, before) {
  const rows = checklists.map((checklist, place) => {
    const link = element("a", { href: addressOf(checklist), textContent: checklist.short, title: checklist.title });
    return row(link, now.each[place], target?.each[place], before?.each[place]);
  });
  const all = row(texts.all, now.overall, target?.overall, before?.overall);
  all.className = "overview-all";
  slot(root, "rows").replaceChildren(...rows, all);
  for (const one of findAll(root, "[data-compared]")) one.hidden = !before;
  for (const one of findAll(root, "[data-targeted]")) one.hidden = !target;
}

/** @param {Scores} now @param {Targets} target @param {Scores | undefined} before */
function showBars(now, target, before) {
  slot(root, "provisional-key").hidden = !now.each.some((one) => standing(one) === "provisional");
  slot(root, "bars").replaceChildren(
    ...checklists.map(({ short }, place) => {
      const score = now.each[place];
      const goal = target?.each[place]?.weighted ?? null;
      const stands = standing(score);
      const earlier = before?.each[place].weighted ?? null;
      const bar =
        stands === "few" ? element("span", {}) : meter(score.weighted, goal, stands === "provisional", earlier);
      // A number that nobody should read yet is not shown: how much is answered stands in its place.
      const counted = fill(texts.of, { count: score.answered, total: score.total });
      const shown = stands === "provisional" ? counted : say.part(score.weighted);
      const value = element("span", { className: "bars-value" }, shown);
      return element("p", { className: "bars-line" }, element("span", { textContent: short }), bar, value);
    }),
  );
}

/* What to attend to */

/** @param {Assessment} assessment @returns {Map<string, Answer>} */
const allAnswers = (assessment) =>
  new Map(checklists.flatMap((checklist) => Array.from(answersOf(checklist, assessment))));

/** @param {Assessment} assessment @param {Score} overall */
function showGaps(assessment, { answered }) {
  const gaps = gapsOf(checklists, assessment);
  /** @param {import("./score.js").Gap} gap */
  const item = ({ checklist, criterion, record }) =>
    element("li", {}, linkTo(criterion.id), fine(` ${checklist.short} · ${say.answerText(record.answer)}`));
  const without = answered ? words.plan.none : texts.gaps_none;
  slot(root, "gaps-text").textContent = gaps.length ? texts.steps_text : without;
  slot(root, "gaps").replaceChildren(...firstSteps(gaps, STEPS).map(item));
  slot(root, "gaps-details").hidden = gaps.length === 0;
  slot(root, "gaps-all").replaceChildren(...gaps.slice(0, GAPS).map(item));
}

/* Since another round */

/** @param {Assessment} assessment @param {Assessment | undefined} earlier */
function showChanges(assessment, earlier) {
  slot(root, "changes-section").hidden = !earlier;
  if (!earlier) return;
  const before = allAnswers(earlier);
  const changes = Array.from(allAnswers(assessment)).filter(
    ([id, answer]) => (before.get(id) ?? "") !== (answer ?? ""),
  );
  const moves = changes.map(([id, answer]) => (valueOf(answer) ?? -1) - (valueOf(before.get(id)) ?? -1));
  const counted = { up: moves.filter((one) => one > 0).length, down: moves.filter((one) => one < 0).length };
  slot(root, "changes-text").textContent = changes.length ? fill(texts.changes_text, counted) : texts.changes_none;
  slot(root, "changes-details").hidden = changes.length === 0;
  slot(root, "changes").replaceChildren(
    ...changes.map(([id, answer]) =>
      element("li", {}, linkTo(id), fine(` ${say.answerText(before.get(id))} → ${say.answerText(answer)}`)),
    ),
  );
}

/* By another instrument than the lists */

/** @param {Assessment} assessment */
function showGrouped(assessment) {
  const box = findOptional(root, '[data-slot="grouped"]');
  if (!box) return;
  box.hidden = !grouped;
  if (!grouped) return;
  const answers = allAnswers(assessment);
  const rows = grouped.groups.map((group) => {
    const criteria = group.members.map(({ criterion }) => criterion);
    return row(foldOf(group, linkTo), scoreChecklist(criteria, answers), undefined, undefined);
  });
  slot(box, "grouped-text").textContent = grouped.words.several;
  slot(box, "grouped-name").textContent = find(root, '[data-slot="frame"]', HTMLSelectElement).selectedOptions[0].text;
  slot(box, "grouped-rows").replaceChildren(...rows);
}

/* The page */

function showChoices() {
  const names = say.namesOf(store.list());
  const others = store.list().filter((one) => one.id !== store.current().id);
  if (!others.some((one) => one.id === compared)) compared = "";
  compare.replaceChildren(
    element("option", { value: "", textContent: texts.compare_none }),
    ...others.map(({ id }) =>
      element("option", { value: id, textContent: names.get(id) ?? "", selected: id === compared }),
    ),
  );
  slot(root, "compare-line").hidden = others.length === 0;
}

/** @param {Score} overall */
function showOverall(overall) {
  showFlags(root, overall, linkTo);
  slot(root, "flagged-title").textContent = say.flagsText(overall);
  slot(root, "flagged-details", HTMLDetailsElement).open = overall.flagged.length < 2 || !narrow.matches;
  showScore(root, (name) => `overview-${name === "name" ? "score-name" : name}`, overall, texts.score);
  const counted = { count: overall.answered, total: overall.total };
  slot(root, "overview-completeness").textContent = fill(words.results.completeness_text, counted);
  slot(root, "overview-strict").textContent = `${say.part(strictPart(overall))} (${say.strictText(overall)})`;
}

function show() {
  showChoices();
  const assessment = store.current();
  const earlier = store.list().find((one) => one.id === compared && compared !== "");
  const now = scoresOf(checklists, assessment);
  const before = earlier && scoresOf(checklists, earlier);
  const target = targetsOf(checklists, assessment);
  slot(document, "overview-name").textContent = say.nameOf(assessment);
  showOverall(now.overall);
  showBeginning(root, now.overall);
  showPath(pathOf(now.overall, gapsOf(checklists, assessment)));
  showBars(now, target, before);
  showTable(now, target, before);
  showGaps(assessment, now.overall);
  showOld(root);
  showEnding(root);
  showChanges(assessment, earlier);
  showGrouped(assessment);
}

compare.addEventListener("change", () => {
  compared = compare.value;
  show();
});
chooseGrouping(root, (found) => {
  grouped = found;
  showGrouped(store.current());
});
find(root, '[data-action="print"]').addEventListener("click", () => named(() => print()));
whenShown(show);
store.onOthers(show);
onChange(debounce(show, 100));
root.hidden = false;
show();
