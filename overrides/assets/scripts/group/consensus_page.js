/*
 * Runs the page on which areas that answered apart agree on one assessment. What they agree on is kept at once, as
 * any assessment of this browser.
 */

import { announce, hasRoom, sayNoRoom, showChanged } from "../assessment/assessment_bar.js";
import { put, store, whenShown } from "../assessment/assessment_core.js";
import { newAssessment } from "../assessment/assessment_store.js";
import { checklists, loadFullInstrument, say } from "../assessment/instrument.js";
import { takeBefore } from "../assessment/kept_before.js";
import { areasOf } from "../assessment/voices.js";
import { around, element, find, findOptional, readJson, slot } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { focusOn } from "../core/jumps.js";
import { agreedRecord, joinInto, standingOf } from "./consensus.js";
import { questionItem } from "./consensus_question.js";
import { FilePanel } from "./file_panel.js";

/** @typedef {import("./opened_files.js").Opened} Opened */
/** @typedef {import("./consensus_question.js").QuestionWords & {files: import("./file_panel.js").FileWords, nothing: Texts}} PageWords */
/** @typedef {{checklist: Checklist, criterion: Criterion, record: AnswerRecord, standing: import("./consensus.js").Standing}} Question */

const own = /** @type {PageWords} */ (readJson(document, "#consensus-words"));
const root = slot(document, "consensus");
const form = slot(root, "start", HTMLFormElement);
const nameField = slot(form, "result-name", HTMLInputElement);
const roundField = slot(form, "result-round", HTMLInputElement);
const addButton = find(form, '[data-consensus="add"]', HTMLButtonElement);
const filter = slot(root, "agree-filter", HTMLSelectElement);
/** @type {Map<string, string>} The names that were typed, by the key of the file. */
const typed = new Map();
/** @type {Set<string>} Criteria whose agreement is being changed. */
const changing = new Set();
/** @type {Record<string, CriterionTexts>} */
let texts = {};

const panel = new FilePanel(own.files, {
  changed: () => showStart(),
  item: (one) => [element("strong", { textContent: areaName(one) })],
});

/* The files, and who answered each */

/** What an area is called until somebody types it. @param {Opened} one */
function guessedName({ assessment, name }) {
  const known = say.nameOf(assessment);
  const alike = panel.files.opened.filter((other) => say.nameOf(other.assessment) === known).length > 1;
  return (alike || !assessment.title) && name ? name.replace(/^.*\//, "").replace(/\.\w+$/, "") : known;
}

/** @param {Opened} one */
const areaName = (one) => typed.get(one.key)?.trim() || guessedName(one);

/** @param {Opened} one */
function nameItem(one) {
  const id = `area-${one.number}`;
  const areas = areasOf(one.assessment);
  const file = one.name;
  if (areas.size) {
    return element(
      "p",
      {},
      element("strong", { textContent: file }),
      ` ${plural(own, "brings", areas.size)}: ${namesOf(areas)}`,
    );
  }
  const field = element("input", { type: "text", id, maxLength: 80, value: typed.get(one.key) ?? guessedName(one) });
  field.dataset.area = one.key;
  return element(
    "p",
    { className: "field" },
    element("label", { htmlFor: id, textContent: fill(own.area, { file }) }),
    field,
  );
}

/** @param {Map<string, import("../assessment/voices.js").Area>} areas */
const namesOf = (areas) =>
  new Intl.ListFormat(say.format.locale).format(
    Array.from(areas.values(), ({ name, title, round }) => name || say.nameOf({ title, round })),
  );

/** Whether the assessment in use is of several areas. */
const isJoined = () => areasOf(store.current()).size > 0;

function showStart() {
  const { opened } = panel.files;
  form.hidden = opened.length === 0;
  if (!opened.length) return;
  slot(form, "area-names").replaceChildren(...opened.map(nameItem));
  const titles = opened.map(({ assessment }) => assessment.title).filter(Boolean);
  nameField.value ||= titles[0] ?? "";
  roundField.value ||= own.round;
  const adds = isJoined();
  addButton.hidden = !adds;
  addButton.textContent = fill(own.add, { name: say.nameOf(store.current()) });
  slot(form, "start-button").className = adds ? "" : "primary";
}

/** What the areas gave in. */
const given = () =>
  panel.files.opened.map((one) => ({ key: one.key, name: areaName(one), assessment: one.assessment }));

/** Says what came of it, and goes to what differs. @param {number} count */
function joined(count) {
  panel.close();
  typed.clear();
  changing.clear();
  filter.value = "open";
  showChanged();
  const open = questions().filter(({ standing }) => standing === "open").length;
  announce(fill(own.joined, { count, open }));
  focusOn(find(root, "#acuerdo"));
  find(root, "#acuerdo").scrollIntoView();
}

function start() {
  if (!hasRoom()) return;
  const all = given();
  const made = newAssessment({ title: nameField.value.trim(), round: roundField.value.trim() });
  if (!store.add(joinInto(made, all, new Date().toISOString()))) return sayNoRoom();
  joined(all.length);
}

function add() {
  const all = given();
  const keep = takeBefore("join");
  store.change((assessment, stamp) => {
    joinInto(assessment, all, new Date().toISOString());
    assessment.updated = stamp(assessment.updated);
  });
  keep();
  joined(all.length);
}

/* What they agree on */

/** Every criterion that an area answered. @returns {Question[]} */
function questions() {
  const { checklists: kept } = store.current();
  return checklists.flatMap((checklist) =>
    checklist.criteria.flatMap((criterion) => {
      const record = kept[checklist.id]?.criteria[criterion.id] || {};
      const standing = standingOf(record);
      return standing ? [{ checklist, criterion, record, standing }] : [];
    }),
  );
}

/** @param {Question} question */
function item({ checklist, criterion, record, standing }) {
  const areas = areasOf(store.current());
  const isOpen = standing === "open" || changing.has(criterion.id);
  return questionItem({ own, say, checklist, criterion, record, areas, levels: texts[criterion.id]?.levels, isOpen });
}

/** @param {Question[]} all */
function showState(all) {
  /** @param {string[]} names */
  const count = (...names) => all.filter(({ standing }) => names.includes(standing)).length;
  const counted = {
    differ: count("open", "agreed"),
    agreed: count("agreed"),
    alike: count("alike"),
    alone: count("alone"),
  };
  slot(root, "agree-state").textContent = fill(own.state, counted);
  slot(root, "areas").textContent = fill(own.areas, { areas: namesOf(areasOf(store.current())) });
}

function show() {
  const agree = slot(root, "agree");
  agree.hidden = !isJoined();
  showStart();
  if (agree.hidden) return;
  const all = questions();
  const asked = all.filter(({ standing }) => standing === filter.value);
  showState(all);
  slot(root, "questions").replaceChildren(...asked.map(item));
  const nothing = slot(root, "agree-nothing");
  nothing.hidden = asked.length > 0;
  nothing.textContent = own.nothing[filter.value];
}

/** Shows one criterion anew where it stands: the list does not change under the hand. @param {string} id */
function showOne(id) {
  const all = questions();
  const found = all.find(({ criterion }) => criterion.id === id);
  const place = findOptional(root, `[data-question="${CSS.escape(id)}"]`);
  if (found && place) place.replaceWith(item(found));
  showState(all);
  return all;
}

/** @param {HTMLFormElement} asked */
function agree(asked) {
  const id = asked.dataset.criterion ?? "";
  const found = questions().find(({ criterion }) => criterion.id === id);
  if (!found) return;
  const chosen = findOptional(asked, "input:checked", HTMLInputElement);
  const reason = find(asked, "textarea", HTMLTextAreaElement);
  const problem = !chosen ? own.no_level : reason.value.trim() ? "" : own.no_reason;
  const told = slot(asked, "question-problem");
  told.textContent = problem;
  told.hidden = !problem;
  if (problem) return chosen ? reason.focus() : find(asked, "input").focus();
  const answer = /^\d$/.test(chosen?.value ?? "") ? Number(chosen?.value) : chosen?.value;
  const { checklist, record } = found;
  const agreed = {
    answer,
    reason: reason.value.trim(),
    version: checklist.version,
    answered: new Date().toISOString(),
  };
  changing.delete(id);
  put([{ checklist: checklist.id, version: checklist.version, criterion: id, record: agreedRecord(record, agreed) }]);
  const left = showOne(id).filter(({ standing }) => standing === "open");
  slot(root, "agree-said").textContent = fill(own.said_agreed, { count: left.length });
  goOn(id);
}

/** To the next one that waits for an answer, or to the one just answered. @param {string} id */
function goOn(id) {
  const place = find(root, `[data-question="${CSS.escape(id)}"]`);
  const items = Array.from(slot(root, "questions").children);
  const next = items.slice(items.indexOf(place) + 1).find((one) => one.querySelector("form"));
  focusOn(find(next ?? place, "h3"));
  (next ?? place).scrollIntoView({ block: "nearest" });
}

root.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target === form) start();
  else if (event.target instanceof HTMLFormElement) agree(event.target);
});
root.addEventListener("click", (event) => {
  const button = around(event, "[data-consensus]");
  if (button?.dataset.consensus === "add") add();
  else if (button?.dataset.consensus === "change") {
    const { criterion = "" } = button.dataset;
    changing.add(criterion);
    showOne(criterion);
    find(root, `[data-question="${CSS.escape(criterion)}"] input`).focus();
  }
});
form.addEventListener("input", (event) => {
  const field = around(event, "[data-area]", HTMLInputElement);
  if (field) typed.set(field.dataset.area ?? "", field.value);
});
filter.addEventListener("change", () => {
  changing.clear();
  show();
});
whenShown(show);
store.onOthers(show);
root.hidden = false;
panel.show();
show();
// The words of every level come after: whoever has opened no files yet needs none.
loadFullInstrument().then(
  (full) => {
    texts = full.texts;
    if (isJoined()) show();
  },
  () => {},
);
