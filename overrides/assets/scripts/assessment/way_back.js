/* Shows on the home page the way back to what somebody has begun to answer in this browser. */

import { find, readJson, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { AssessmentStore } from "./assessment_store.js";
import { isAnswer } from "./score.js";

/** @typedef {{name: string, page: string, criteria: Record<string, string[]>}} Place what can be answered on a page */
/** @typedef {{words: Texts, results: string, quick: Place, checklists: Place[]}} WayBack */

const ways = /** @type {WayBack} */ (readJson(document, "#abc-regreso"));
const store = new AssessmentStore();

/** @param {string} checklist @param {string} criterion */
const isQuick = (checklist, criterion) => ways.quick.criteria[checklist]?.includes(criterion) ?? false;

/**
 * How far a page has come in an assessment, and when it was last touched.
 *
 * @param {Place} place
 * @param {Assessment} assessment
 */
function progressOf({ criteria }, assessment) {
  const asked = Object.entries(criteria).flatMap(([id, all]) =>
    all.map((one) => ({ quick: isQuick(id, one), record: assessment.checklists[id]?.criteria[one] ?? {} })),
  );
  const answered = asked.filter(({ record }) => isAnswer(record.answer));
  const times = answered.map(({ record: { updated } }) => (typeof updated === "string" ? updated : ""));
  const own = answered.some(({ quick }) => !quick);
  return { total: asked.length, answered: answered.length, own, last: times.sort().at(-1) ?? "" };
}

/**
 * Where somebody goes on: the page last answered on. A list counts once it has answers of its own, which the quick
 * assessment does not ask for. Null where nothing is answered.
 *
 * @param {WayBack} ways
 * @param {Assessment} assessment
 */
function wayBack({ quick, checklists }, assessment) {
  const found = [quick, ...checklists].map((place) => ({ ...place, ...progressOf(place, assessment) }));
  const last = found.reduce((best, one) => (one.own && one.last >= best.last ? one : best));
  return last.answered ? last : null;
}

function show() {
  const link = find(document, "[data-way-back]", HTMLAnchorElement);
  const assessment = store.current();
  const found = wayBack(ways, assessment);
  link.hidden = !found;
  document.documentElement.classList.toggle("begun", found !== null);
  if (!found) return;
  const { answered, total, name, page } = found;
  const whole = answered === total;
  link.href = whole ? ways.results : page;
  slot(link, "go-on").textContent = whole ? ways.words.results : ways.words.go_on;
  const place = fill(ways.words.place, { list: name, answered, total });
  slot(link, "place").textContent = [place, assessment.title].filter(Boolean).join(" · ");
  slot(link, "bar").style.inlineSize = `${(100 * answered) / total}%`;
}

show();
store.onOthers(show);
