/* Lists the answers of a municipality on the page of their reviewer, with the mark and the note of each. */

import { shape } from "../core/charts.js";
import { element, setText, terms, unseen } from "../core/elements.js";
import { plural } from "../core/format.js";
import { evidenceList } from "../assessment/evidence_list.js";
import { say } from "../assessment/instrument.js";
import { isChanged, isMark, MARKS, seenOf } from "../assessment/reviews.js";
import { isAnswer, isLevel } from "../assessment/score.js";
import { keyOfMark } from "./review_store.js";
import { changedText, SIGNS } from "./review_words.js";

/** @typedef {import("./review_page.js").ReviewPage} ReviewPage */
/** @typedef {{checklist: Checklist, criterion: Criterion, record: AnswerRecord}} Reviewed */

/** One answer, with its mark. */
class MarkRow {
  /** @param {ReviewPage} page @param {Reviewed} reviewed */
  constructor(page, reviewed) {
    this.page = page;
    this.reviewed = reviewed;
    this.key = keyOfMark(reviewed.criterion.id);
    const { id } = reviewed.criterion;
    this.radios = MARKS.map((value) => element("input", { type: "radio", name: this.key, value, autocomplete: "off" }));
    this.note = element("textarea", { id: `nota-${id}`, rows: 2, maxLength: 5000, autocomplete: "off" });
    this.note.setAttribute("aria-describedby", `ayuda-${id}`);
    this.changed = element("p", { className: "wrong", hidden: true });
    this.unmark = element("button", { type: "button", className: "quiet", hidden: true, textContent: page.own.unmark });
    this.unmark.append(unseen(`: ${reviewed.criterion.statement}`));
    this.item = element("li", { id }, ...this.#answer(), this.changed, ...this.#fields());
    this.#listen();
  }

  /** What was answered, as it was given in. */
  #answer() {
    const { own, instrument } = this.page;
    const { checklist, criterion, record } = this.reviewed;
    const { answer, reason, note, evidence } = seenOf(record);
    const texts = instrument.texts[criterion.id];
    const { words } = instrument;
    const light = say.lightOf(answer);
    const papers = evidence.length
      ? evidenceList(words, say.format, evidence)
      : element("em", { textContent: own.no_evidence });
    const rows = /** @type {[string, string | Node][]} */ ([
      [
        own.answered,
        element("span", { className: `light light-${light}` }, shape(light), ` ${say.answerText(answer)}`),
      ],
      [words.report.descriptor, isLevel(answer) ? texts.levels[answer] : ""],
      [words.report.reason, reason],
      [words.report.note, note],
      [words.record.evidence, papers],
      [own.expected, texts.evidence],
    ]).filter(([, said]) => said);
    return [
      element("h3", { textContent: criterion.statement }),
      element("p", { className: "fine", textContent: `${checklist.title} · ${criterion.id}` }),
      element("dl", { className: "preview" }, ...terms(rows)),
    ];
  }

  #fields() {
    const { own, instrument } = this.page;
    const { id, statement } = this.reviewed.criterion;
    const { marks } = instrument.words.reviews;
    const choices = this.radios.map((radio, at) =>
      element("label", {}, radio, element("span", { textContent: `${SIGNS[MARKS[at]]} ${marks[MARKS[at]]}` })),
    );
    const about = () => unseen(` (${statement})`);
    return [
      element(
        "fieldset",
        {},
        element("legend", {}, own.mark, about()),
        element("div", { className: "rating-levels tool-buttons" }, ...choices),
      ),
      element(
        "p",
        { className: "field" },
        element("label", { htmlFor: this.note.id }, own.note, about()),
        element("span", { className: "hint", id: `ayuda-${id}`, textContent: own.note_hint }),
        this.note,
      ),
      element("p", {}, this.unmark),
    ];
  }

  #listen() {
    const { page, key, reviewed } = this;
    for (const radio of this.radios) {
      radio.addEventListener("change", () => {
        page.set(key, { mark: radio.value, seen: seenOf(reviewed.record) });
        this.show();
        page.showSum();
      });
    }
    this.note.addEventListener("input", () => {
      const seen = page.get(key).seen ?? seenOf(reviewed.record);
      page.set(key, { note: this.note.value.trim() ? this.note.value : null, seen }, false);
    });
    this.unmark.addEventListener("click", () => {
      page.set(key, { mark: null });
      this.show();
      page.showSum();
      this.radios[0].focus();
    });
  }

  /** What is kept of the mark. */
  get kept() {
    const { mark, note, seen } = this.page.get(this.key);
    return { mark, note: typeof note === "string" ? note : "", seen: seenOf(seen) };
  }

  get isMarked() {
    return isMark(this.kept.mark);
  }

  show() {
    const { mark, note, seen } = this.kept;
    for (const radio of this.radios) radio.checked = radio.value === mark;
    if (this.note.value !== note && this.note !== document.activeElement) this.note.value = note;
    this.unmark.hidden = !this.isMarked;
    const older = this.isMarked && isChanged({ seen }, this.reviewed.record);
    this.changed.hidden = !older;
    setText(this.changed, older ? changedText(this.page.instrument.words, say, seen, this.reviewed.record) : "");
  }
}

/** All answers that are reviewed, and which of them are shown. */
export class MarkList {
  /** @type {MarkRow[]} */
  #rows = [];
  /** @type {Assessment | null} Whose answers stand there. */
  #of = null;

  /** @param {ReviewPage} page */
  constructor(page) {
    this.page = page;
    this.place = page.slot("reviewed");
    this.listFilter = page.slot("list-filter", HTMLSelectElement);
    this.showFilter = page.slot("show-filter", HTMLSelectElement);
    for (const select of [this.listFilter, this.showFilter]) select.addEventListener("change", () => this.#choose());
  }

  show() {
    const answers = this.page.answers();
    if (answers !== this.#of) this.#make(answers);
    for (const row of this.#rows) row.show();
  }

  /** @param {Assessment | null} answers */
  #make(answers) {
    this.#of = answers;
    this.#rows = this.page.instrument.checklists.flatMap((checklist) =>
      checklist.criteria.flatMap((criterion) => {
        const record = answers?.checklists[checklist.id]?.criteria[criterion.id] || {};
        const isHeld = isAnswer(record.answer) || isMark(this.page.get(keyOfMark(criterion.id)).mark);
        return isHeld ? [new MarkRow(this.page, { checklist, criterion, record })] : [];
      }),
    );
    this.#choose();
  }

  /** Shows those that are asked for. One that was just marked stays until something else is. */
  #choose() {
    /** @type {Record<string, (row: MarkRow) => boolean>} */
    const shows = {
      unseen: (row) => !row.isMarked,
      marked: (row) => row.isMarked,
      evidence: ({ reviewed }) => seenOf(reviewed.record).evidence.length > 0,
    };
    const wanted = shows[this.showFilter.value] ?? (() => true);
    const list = this.listFilter.value;
    const shown = this.#rows.filter((row) => (!list || row.reviewed.checklist.id === list) && wanted(row));
    this.place.replaceChildren(...shown.map(({ item }) => item));
    for (const row of shown) row.show();
    const { own } = this.page;
    setText(this.page.slot("shown-count"), shown.length ? plural(own, "shown", shown.length) : own.none_shown);
  }
}
