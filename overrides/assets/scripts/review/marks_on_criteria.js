/* Shows on the page of a checklist what reviewers marked, at its criterion, and the place for the owner's reply. */

import { debounce } from "../core/browser.js";
import { element, find, findAll, setText } from "../core/elements.js";
import { isChanged, joinReviews, reviewsIn } from "../assessment/reviews.js";
import { signatureText } from "../assessment/review_signature.js";
import { changedText, SIGNS } from "./review_words.js";

/** @typedef {import("../assessment/returned_reviews.js").Shared} Shared */
/** @typedef {import("../assessment/reviews.js").Review} Review */
/** @typedef {import("../assessment/reviews.js").Mark} Mark */

const SAVE_AFTER = 400;
/** @type {Map<string, MarkBox>} What is shown, by criterion and review. */
const boxes = new Map();

/** One mark on one answer. */
class MarkBox {
  /** @param {Shared} page @param {HTMLElement} section @param {string} review */
  constructor(page, section, review) {
    this.page = page;
    this.review = review;
    this.criterion = section.dataset.criterion ?? "";
    this.checklist = section.dataset.checklist ?? "";
    this.said = element("strong", {});
    this.who = element("span", {});
    this.note = element("p", {});
    this.changed = element("p", { className: "fine" });
    const id = `respuesta-${review}-${this.criterion}`;
    this.reply = element("textarea", { id, rows: 2, maxLength: 5000, autocomplete: "off" });
    this.label = element("label", { htmlFor: id });
    this.save = debounce(() => this.#save(), SAVE_AFTER);
    this.reply.addEventListener("input", () => this.save());
    this.reply.addEventListener("change", () => this.save.flush());
    window.addEventListener("pagehide", () => this.save.flush());
    this.box = element(
      "div",
      { className: "notice review-mark" },
      element("p", {}, this.said, " · ", this.who),
      this.note,
      this.changed,
      element("p", { className: "field" }, this.label, this.reply),
    );
    this.box.setAttribute("role", "group");
    find(section, ".note").before(this.box);
  }

  #save() {
    const { store } = this.page;
    store.change((assessment, stamp) => {
      const all = joinReviews(assessment.reviews, {});
      const review = all[this.review];
      if (!review) return;
      const replies = /** @type {Record<string, {updated?: unknown}>} */ (review.replies ?? {});
      const updated = stamp(replies[this.criterion]?.updated);
      const text = this.reply.value.trim() ? { text: this.reply.value } : {};
      review.replies = { ...replies, [this.criterion]: { ...text, updated } };
      assessment.reviews = all;
      assessment.updated = updated;
    });
  }

  /** @param {Review} review @param {Mark} mark */
  show(review, { mark, note, seen, reply }) {
    const { words, say, store } = this.page;
    const { reviews } = words;
    const record = store.get(this.checklist, this.criterion);
    const signature = signatureText(words, review, say.format);
    const named = mark ? `${SIGNS[mark]} ${reviews.marks[mark]}` : reviews.unmarked;
    setText(this.said, named);
    setText(this.who, signature);
    this.box.setAttribute("aria-label", `${mark ? reviews.marks[mark] : reviews.unmarked}: ${signature}`);
    setText(this.note, note);
    this.note.hidden = !note;
    const older = mark !== "" && isChanged({ seen }, record);
    this.changed.hidden = !older;
    setText(this.changed, older ? changedText(words, say, seen, record) : "");
    setText(this.label, reviews.reply);
    if (this.reply.value !== reply && this.reply !== document.activeElement) this.reply.value = reply;
  }
}

/** Shows each mark at its criterion, and takes away those that are gone. @param {Shared} page */
export function showOnCriteria(page) {
  const sections = findAll(document, ".criterion[data-criterion]");
  if (!sections.length) return;
  const reviews = reviewsIn(page.store.current());
  const shown = new Set();
  for (const section of sections) {
    const criterion = section.dataset.criterion ?? "";
    for (const review of reviews) {
      const mark = review.marks.get(criterion);
      if (!mark) continue;
      const key = `${criterion} ${review.id}`;
      shown.add(key);
      const box = boxes.get(key) ?? new MarkBox(page, section, review.id);
      boxes.set(key, box);
      box.show(review, mark);
    }
  }
  for (const [key, { box }] of boxes) {
    if (shown.has(key)) continue;
    box.remove();
    boxes.delete(key);
  }
}
