/*
 * Shows the plan: every gap of the assessment in use, the most valuable first, with what will be done, who answers
 * for it and by when.
 */

import { debounce, download, print } from "../core/browser.js";
import { calendarText, fitsCalendar } from "../core/calendar_file.js";
import { element, slot, unseen } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { fill, plural } from "../core/format.js";
import { endingsOf, isOld, isPlanned, readPlan, reviewsOf, today } from "./answer.js";
import { collectDetails, openDetails, showDetails } from "./answer_details.js";
import { put, store, whenLeft, whenShown } from "./assessment_core.js";
import { chooseGrouping } from "./grouping.js";
import { addressOf, checklists, loadFullInstrument, say, words } from "./instrument.js";
import { named } from "./name_question.js";
import { pathOf, showPath } from "./path_state.js";
import { gapsOf, scoresOf } from "./score.js";
import { linkTo, showBeginning, showEnding, showFlags, showOld } from "./score_display.js";

/** @typedef {import("./answer.js").Plan} Plan */
/** @typedef {import("./score.js").Gap} Gap */

const SAVE_AFTER = 400;
const NOBODY = "\u0000";
const texts = words.plan;
const root = slot(document, "plan");
const owner = slot(root, "owner", HTMLSelectElement);
const when = slot(root, "when", HTMLSelectElement);
const quick = slot(root, "quick", HTMLInputElement);

/** @type {Record<string, (plan: Plan) => boolean>} */
const WHEN = {
  any: () => true,
  overdue: ({ due }) => due !== "" && due < today(),
  month: ({ due }) => due !== "" && due <= today(30),
  quarter: ({ due }) => due !== "" && due <= today(90),
  none: ({ due }) => due === "",
};

/* One gap */

/** How far one is and where one wants to be, as a picture; the same stands in words beside it. @param {Gap} gap */
function steps({ level, goal }) {
  const made = element("span", { className: "steps", ariaHidden: "true" });
  for (let step = 1; step <= 3; step += 1) {
    made.append(element("span", { className: step <= level ? "reached" : step <= goal ? "wanted" : "" }));
  }
  return made;
}

/** What is said of a gap in a word or two. @param {Gap} gap */
function tagsOf({ criterion, record, flag, near }) {
  return [
    flag && { text: texts[flag], className: "tag tag-critical" },
    near && { text: texts.quick_tag, className: "tag" },
    record.answer === "no_information" && { text: words.assessments.states.no_information, className: "tag" },
    isOld(criterion, record) && { text: words.review.tag, className: "tag" },
  ]
    .filter((one) => one !== null && one !== false)
    .map(({ text, className }) => element("li", { className, textContent: text }));
}

/** A gap in the list, with the fields of its plan. */
class GapItem {
  /** @type {HTMLElement | null} Made when it is first shown. */
  #item = null;

  /** @param {Gap} gap */
  constructor(gap) {
    this.gap = gap;
    this.kept = element("p", { className: "kept" });
    this.step = element("p", { className: "plan-step" });
    this.fields = element("div", { className: "record-fields" });
    this.save = debounce(() => this.#save(), SAVE_AFTER);
  }

  get record() {
    return store.get(this.gap.checklist.id, this.gap.criterion.id);
  }

  get plan() {
    return readPlan(this.record);
  }

  /** Its line in the list, made anew. */
  make() {
    const { checklist, criterion, level, goal } = this.gap;
    const link = element("a", { href: addressOf(checklist, criterion.id), textContent: criterion.statement });
    const where = fill(texts.where, { list: checklist.short, level, goal });
    const tags = tagsOf(this.gap);
    const fold = element(
      "details",
      { className: "note" },
      element("summary", {}, texts.edit, unseen(`: ${criterion.statement}`)),
      this.step,
      this.fields,
    );
    fold.addEventListener("toggle", () => fold.open && this.#open());
    this.#item = element(
      "li",
      { className: "gap" },
      element("h3", { id: `brecha-${criterion.id}` }, link),
      element("p", { className: "plan-where" }, steps(this.gap), where),
      ...(tags.length ? [element("ul", { className: "tags" }, ...tags)] : []),
      this.kept,
      fold,
    );
    this.#showKept();
    return this.#item;
  }

  #showKept() {
    const { what, who, due } = this.plan;
    this.kept.textContent = [what, who, say.format.dayText(due)].filter(Boolean).join(" · ");
    this.#item?.classList.toggle("overdue", due !== "" && due < today());
  }

  #save() {
    const { checklist, criterion } = this.gap;
    const record = collectDetails(this.fields, { ...this.record });
    put([{ checklist: checklist.id, version: checklist.version, criterion: criterion.id, record }]);
    this.#showKept();
    showSums();
  }

  async #open() {
    const { criterion } = this.gap;
    openDetails(this.fields, criterion.statement, this.save);
    showDetails(this.fields, this.record);
    const { texts: own } = await loadFullInstrument();
    this.step.textContent = fill(texts.step, { step: own[criterion.id].next_step });
  }

  /** Whether it is among those asked for. */
  get isWanted() {
    const { plan } = this;
    if (owner.value && plan.who !== (owner.value === NOBODY ? "" : owner.value)) return false;
    return WHEN[when.value](plan) && (!quick.checked || this.gap.near);
  }
}

/* All of them */

/** @type {GapItem[]} */
let gaps = [];
/** @type {import("./grouping.js").Grouped | null} */
let grouped = null;

const flush = () => {
  for (const gap of gaps) gap.save.flush();
};

function showOwners() {
  const before = owner.value;
  const names = Array.from(new Set(gaps.map(({ plan }) => plan.who).filter(Boolean))).sort((one, other) =>
    one.localeCompare(other, say.format.locale),
  );
  owner.replaceChildren(
    element("option", { value: "", textContent: texts.owner_any }),
    ...names.map((name) => element("option", { value: name, textContent: name })),
    element("option", { value: NOBODY, textContent: texts.owner_none }),
  );
  owner.value = Array.from(owner.options).some((one) => one.value === before) ? before : "";
}

/**
 * How many gaps there are, how many are planned, and how many are overdue.
 *
 * @param {number} planned
 * @param {number} overdue
 */
const sumsText = (planned, overdue) =>
  [plural(texts, "gaps", gaps.length), plural(texts, "planned", planned), overdue && plural(texts, "overdue", overdue)]
    .filter(Boolean)
    .join(" · ");

function showSums() {
  const { overall } = scoresOf(checklists, store.current());
  showBeginning(root, overall);
  showPath(pathOf(overall, gapsOf(checklists, store.current())));
  const plans = gaps.map(({ plan }) => plan);
  const planned = plans.filter(isPlanned).length;
  const overdue = plans.filter(WHEN.overdue).length;
  slot(root, "plan-sums").textContent = gaps.length
    ? sumsText(planned, overdue)
    : overall.answered
      ? texts.none
      : texts.empty;
  slot(root, "plan-bar").style.inlineSize = `${gaps.length ? (100 * planned) / gaps.length : 0}%`;
  slot(root, "calendar", HTMLButtonElement).disabled = events().length === 0;
}

/** The gaps under the names of their groups, each once: in the first that it belongs to. @param {GapItem[]} shown */
function inGroups(shown) {
  const left = new Set(shown);
  return (grouped?.groups ?? []).flatMap(({ name, members }) => {
    const ids = new Set(members.map(({ criterion }) => criterion.id));
    const own = Array.from(left).filter(({ gap }) => ids.has(gap.criterion.id));
    for (const one of own) left.delete(one);
    const head = element("li", { className: "plan-group" }, element("strong", { textContent: name }));
    return own.length ? [head, ...own.map((one) => one.make())] : [];
  });
}

function showList() {
  const shown = gaps.filter((gap) => gap.isWanted);
  const counted = { count: shown.length, total: gaps.length };
  slot(root, "plan-list").replaceChildren(...(grouped ? inGroups(shown) : shown.map((gap) => gap.make())));
  const text = shown.length ? fill(texts.shown, counted) : texts.none_shown;
  slot(root, "plan-shown").textContent = gaps.length ? text : "";
}

function show() {
  flush();
  gaps = gapsOf(checklists, store.current()).map((gap) => new GapItem(gap));
  showFlags(root, scoresOf(checklists, store.current()).overall, linkTo);
  showOld(root);
  showEnding(root);
  slot(root, "plan-filters").hidden = gaps.length === 0;
  showOwners();
  showSums();
  showList();
}

/* The calendar: what is planned for a day, when every yearly review is due, and until when evidence holds */

/**
 * A day of the calendar about a criterion: `record` is what is kept of it.
 *
 * @param {string} uid
 * @param {string} start
 * @param {string} title
 * @param {string[]} lines
 * @param {{checklist: Checklist, criterion: Criterion, record: AnswerRecord}} about
 * @returns {import("../core/calendar_file.js").CalendarEvent}
 */
const event = (uid, start, title, lines, { checklist, criterion, record }) => ({
  uid: `${store.current().id}-${uid}@abc`,
  start,
  title,
  text: [criterion.statement, ...lines].filter(Boolean).join("\n"),
  url: addressOf(checklist, criterion.id),
  category: checklist.short,
  changed: record.updated,
});

function events() {
  const planned = gaps
    .filter(({ plan }) => plan.due)
    .map(({ gap, plan: { what, who, due }, record }) => {
      const { checklist, criterion, level, goal } = gap;
      const where = fill(texts.where, { list: checklist.short, level, goal });
      const lines = [who && fill(texts.event_who, { who }), where];
      return event(criterion.id, due, what || criterion.statement, lines, { ...gap, record });
    });
  const reviews = reviewsOf(checklists, store.current()).map((one) => {
    const title = fill(words.review.event, { criterion: one.criterion.statement });
    return event(`${one.criterion.id}-revision`, one.day, title, [words.review.criterion], one);
  });
  const endings = endingsOf(checklists, store.current()).map((one) => {
    const { title, place: kept, until } = one.evidence;
    const name = fill(texts.evidence_event, { evidence: title || kept || one.criterion.statement });
    return event(`${one.criterion.id}-evidencia-${one.place}`, until, name, [kept], one);
  });
  return [...planned, ...reviews, ...endings];
}

function saveCalendar() {
  flush();
  const assessment = store.current();
  const left = events().filter((one) => !fitsCalendar(one)).length;
  if (left) slot(root, "plan-shown").textContent = plural(texts, "calendar_left", left);
  const name = fill(texts.calendar_name, { name: say.nameOf(assessment) });
  const file = fileName(assessment, new Date(), texts.file, "ics");
  download(file, "text/calendar", calendarText(name, events(), new Date()));
}

for (const field of [owner, when, quick]) {
  field.addEventListener("change", () => {
    flush();
    showList();
  });
}
chooseGrouping(root, (found) => {
  flush();
  grouped = found;
  showList();
});
slot(root, "plan-filters").addEventListener("submit", (event) => event.preventDefault());
slot(root, "calendar").addEventListener("click", () => named(saveCalendar));
slot(root, "print").addEventListener("click", () => named(() => print()));
whenShown(show);
whenLeft(flush);
store.onOthers(show);
window.addEventListener("pagehide", flush);
root.hidden = false;
show();
