/*
 * Opens the file of an assessment: where there is something to choose, a preview comes first; what is kept does not
 * change without being asked.
 */

import { element, find, findOptional, slot, terms } from "../core/elements.js";
import { copyOf } from "../core/documents.js";
import { fill, plural } from "../core/format.js";
import { changesSince, hasAnswers, holdsAnything, readAnswer } from "./answer.js";
import {
  addActions,
  announce,
  done,
  offerUndo,
  openDialog as dialog,
  sayNoRoom,
  showChanged,
  showUndo,
  summaryText,
} from "./assessment_bar.js";
import { goToUnanswered, store } from "./assessment_core.js";
import { joinAreas, withVoicesOf } from "./voices.js";
import { readAnswers } from "./answers_reading.js";
import { compareAssessments } from "./assessment_files.js";
import { loadInstrument, say, words } from "./instrument.js";
import { takeBefore } from "./kept_before.js";
import { openReview } from "./returned_reviews.js";

/** @typedef {import("./assessment_files.js").Comparison} Comparison */
/** @typedef {import("./assessment_files.js").Difference} Difference */
/** @typedef {import("../core/files.js").FileLike} FileLike */

const texts = words.assessments;
const input = slot(document, "open-input", HTMLInputElement);

/**
 * All checklists, and every criterion of them by id: to score and to name what a file holds.
 *
 * @param {Checklist[]} checklists
 */
const knownIn = (checklists) =>
  new Map(
    checklists
      .flatMap(({ criteria, retired }) => [...criteria, ...retired])
      .map((one) => [one.id, /** @type {{statement: string}} */ (one)]),
  );

/** A file that was read, and what it is held against. */
class OpenedFile {
  /** @param {Assessment} assessment @param {OpenedWorkbook} read @param {Checklist[]} checklists */
  constructor(assessment, { mended = 0, report, compared }, checklists) {
    this.assessment = assessment;
    this.mended = mended;
    this.report = report;
    this.checklists = checklists;
    this.known = knownIn(checklists);
    this.comparison = compareAssessments(store.current(), compared ?? assessment);
  }

  /** How many of its criteria this site does not ask. */
  get unknown() {
    return Object.values(this.assessment.checklists).flatMap((one) =>
      Object.keys(one.criteria).filter((id) => !this.known.has(id)),
    ).length;
  }

  /** @param {string} id */
  statementOf(id) {
    return this.known.get(id)?.statement || id;
  }

  get unknownText() {
    return this.unknown ? plural(texts, "unknown_text", this.unknown) : "";
  }

  get mendedText() {
    return this.mended ? plural(texts, "mended_text", this.mended) : "";
  }

  /**
   * What the checklists changed since the file was saved, in words: [term, list] by kind of change.
   *
   * @returns {[string, Node][]}
   */
  get changedRows() {
    /** @type {Record<string, string[]>} */
    const found = { added: [], reworded: [], meaning: [], retired: [] };
    for (const checklist of this.checklists) {
      const kept = this.assessment.checklists[checklist.id];
      if (!kept || !Number.isInteger(kept.version)) continue;
      for (const [name, ids] of Object.entries(changesSince(checklist, kept.version ?? 0))) {
        // What was never answered did not change for this person; what is new did.
        const told = name === "added" ? ids : ids.filter((id) => holdsAnything(kept.criteria[id] || {}));
        found[name].push(...told.map((id) => this.statementOf(id)));
      }
    }
    return Object.entries(found)
      .filter(([, statements]) => statements.length)
      .map(([name, statements]) => [
        words.changed[name],
        element("ul", {}, ...statements.map((one) => element("li", { textContent: one }))),
      ]);
  }

  /** What the preview says, as terms. @returns {[string, string | Node][]} */
  get rows() {
    const { same, onlyMine, onlyTheirs, different } = this.comparison;
    const { created, updated } = this.assessment;
    const dates = { created: say.format.stampText(created), updated: say.format.stampText(updated) };
    const against = [
      plural(texts, "same", same),
      plural(texts, "only_theirs", onlyTheirs.length),
      plural(texts, "only_mine", onlyMine),
      plural(texts, "different", different.length),
    ];
    /** @type {[string, string | Node][]} */
    const rows = [
      [texts.name, say.nameOf(this.assessment)],
      [texts.changed, fill(texts.dates, dates)],
      [texts.holds, summaryText(this.assessment, this.checklists)],
      [texts.in_use, `${say.nameOf(store.current())} · ${summaryText(store.current(), this.checklists)}`],
      [texts.against, against.join(" · ")],
      ...this.changedRows,
    ];
    if (this.unknown) rows.push([texts.unknown, this.unknownText]);
    if (this.mended) rows.push([texts.mended, this.mendedText]);
    return rows;
  }
}

/** @type {OpenedFile | null} */
let opened = null;

/** The file that is open in the dialog; its buttons stand nowhere else. */
function inDialog() {
  if (!opened) throw new Error("no file is open in the dialog");
  return opened;
}

/** Opens a file: a preview of it, or it at once where there is nothing to choose. @param {FileLike} file */
export async function openFile(file) {
  const read = await readAnswers(file, store.current());
  /** @type {OpenedWorkbook | void} */
  const held = read.kind === "abc-review" ? await openReview(file) : read;
  if (!held) return;
  const { document: assessment, problem } = held;
  // The page of one checklist has no other until now.
  const whole = problem ? null : await loadInstrument().catch(() => null);
  const wrong = problem ?? (whole ? "" : "not_loaded");
  const found = assessment && whole ? new OpenedFile(assessment, held, whole.checklists) : null;
  // What became of the cells of a workbook is to be read first.
  if (found && !found.report && isEmpty()) return openAtOnce(found);
  // Read out with the dialog's name.
  dialog.setAttribute("aria-describedby", wrong ? "abrir-problema" : "abrir-texto");
  slot(dialog, "open-problem").hidden = !wrong;
  slot(dialog, "open-preview").hidden = Boolean(wrong);
  slot(dialog, "open-choices").hidden = Boolean(wrong);
  slot(dialog, "open-differences").hidden = true;
  if (found) {
    opened = found;
    slot(dialog, "open-preview").replaceChildren(...terms(found.rows), found.report ?? "");
    // With full storage a second assessment cannot be kept; combining with this one still works.
    find(dialog, '[data-action="open-new"]', HTMLButtonElement).disabled = !store.canSwitch();
  } else {
    slot(dialog, "open-problem").textContent = held.sentence ?? fill(texts.problems[wrong], { name: file.name });
  }
  dialog.showModal();
}

/** Whether this browser keeps nothing that a file could be opened beside, and nothing waits to be undone. */
function isEmpty() {
  const undone = findOptional(document, '[data-slot="undo"]');
  if (["newer", "full"].includes(store.state) || (undone && !undone.hidden)) return false;
  return store.list().every((one) => !one.title && !hasAnswers(one));
}

/** Opens a file where there is nothing to choose, and goes on where its answers end. @param {OpenedFile} found */
function openAtOnce(found) {
  dialog.close();
  const { assessment, checklists } = found;
  const before = store.list().map((one) => one.id);
  const added = before.includes(assessment.id) ? copyOf(assessment) : assessment;
  store.add(added);
  store.remove(before);
  showChanged();
  const text = [
    fill(texts.opened, { name: say.nameOf(added), summary: summaryText(added, checklists) }),
    found.unknown && `${texts.unknown}: ${found.unknownText}`,
    found.mendedText,
  ]
    .filter(Boolean)
    .join(" ");
  const takeBack = () => void store.remove([added.id]);
  showUndo(text, takeBack);
  if (goToUnanswered()) announce(text);
  else offerUndo(text, takeBack);
}

/* Joining two: both answers of every criterion that differs, side by side */

/** A record in words: the answer, and all that is kept with it. @param {AnswerRecord} record */
function recordText(record) {
  const { answer, note, reason, confidence, target, evidence, plan } = readAnswer(record);
  const { dayText } = say.format;
  return [
    say.answerText(answer),
    reason,
    note,
    confidence && words.record[confidence],
    target !== null && fill(words.record.has_target, { level: target }),
    ...evidence.map(({ title, place, date, until, link }) =>
      [title, place, dayText(date), until && fill(words.record.holds_until, { date: dayText(until) }), link]
        .filter(Boolean)
        .join(", "),
    ),
    [plan.what, plan.who, dayText(plan.due)].filter(Boolean).join(", "),
  ]
    .filter(Boolean)
    .join(" — ");
}

/**
 * One fieldset a criterion that differs; the later answer is chosen.
 *
 * @param {OpenedFile} file
 * @param {Difference} difference
 */
function differenceItem(file, { criterion, mine, theirs }) {
  /** @param {"mine" | "theirs"} value @param {AnswerRecord} record */
  const choice = (value, record) => {
    const radio = element("input", { type: "radio", name: `merge-${criterion}`, value });
    radio.checked = String(theirs.updated) > String(mine.updated) === (value === "theirs");
    const text = element("span", {}, element("strong", { textContent: texts[value] }), ` ${recordText(record)}`);
    return element("label", { className: "merge-choice" }, radio, text);
  };
  return element(
    "fieldset",
    { className: "merge" },
    element("legend", { textContent: file.statementOf(criterion) }),
    choice("mine", mine),
    choice("theirs", theirs),
  );
}

/** @param {OpenedFile} file */
function showDifferences(file) {
  slot(dialog, "merge-list").replaceChildren(...file.comparison.different.map((one) => differenceItem(file, one)));
  slot(dialog, "open-choices").hidden = true;
  slot(dialog, "open-differences").hidden = false;
  slot(dialog, "merge-title").focus();
}

function mergeChosen() {
  const { onlyTheirs, different } = inDialog().comparison;
  const chosen = different.filter(({ criterion }) => {
    const name = CSS.escape(criterion);
    return find(dialog, `[name="merge-${name}"]:checked`, HTMLInputElement).value === "theirs";
  });
  const taken = [...onlyTheirs, ...chosen];
  const kept = different.filter((one) => !chosen.includes(one) && one.theirs.voices);
  /** @param {Difference[]} some @param {(difference: Difference) => AnswerRecord} recordOf */
  const changes = (some, recordOf) =>
    some.map((one) => {
      const { checklist, version, criterion } = one;
      return { checklist, version, criterion, record: recordOf(one) };
    });
  // Whatever stands, what areas said of it (voices.js) is lost in neither.
  const keep = takeBefore("merge");
  store.put(changes(taken, ({ mine, theirs }) => withVoicesOf(theirs, mine)));
  store.put(changes(kept, ({ mine, theirs }) => withVoicesOf(mine, theirs)));
  const { areas } = inDialog().assessment;
  if (areas) store.change((one) => (one.areas = joinAreas(one.areas, areas)));
  keep();
  done(plural(texts, "merged", taken.length), () => store.put(changes([...taken, ...kept], ({ mine }) => mine)));
}

function openAsNew() {
  const { assessment } = inDialog();
  if (isEmpty()) return openAtOnce(inDialog());
  const known = store.list().some((one) => one.id === assessment.id);
  const added = known ? copyOf(assessment) : assessment;
  const before = store.current().id;
  if (!store.add(added)) return sayNoRoom();
  done(texts.opened_new, () => {
    store.remove([added.id]);
    store.use(before);
  });
}

function openInPlace() {
  const added = copyOf(inDialog().assessment);
  const keep = takeBefore("replace");
  const gone = store.replace(added);
  if (!gone) return sayNoRoom();
  keep();
  done(texts.replaced, () => {
    if (!store.restore(gone)) return false;
    store.remove([added.id]);
  });
}

addActions({
  "assessment-open": () => input.click(),
  "open-close": () => dialog.close(),
  "open-new": openAsNew,
  "open-replace": openInPlace,
  "open-merge": () => (inDialog().comparison.different.length ? showDifferences(inDialog()) : mergeChosen()),
  "merge-confirm": mergeChosen,
});
input.addEventListener("change", () => {
  const file = input.files?.[0];
  if (file) openFile(file);
  input.value = "";
});
