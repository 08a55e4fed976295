/* Shows on the page of results who reviewed, how much was marked each way, and what the owner has not attended to. */

import { element, findOptional, slot, table, unseen } from "../core/elements.js";
import { fill } from "../core/format.js";
import { addressOf } from "../assessment/instrument.js";
import { countsOf, isChanged, joinReviews, MARKS, reviewsIn } from "../assessment/reviews.js";
import { bringBack, putReview } from "./returned_file.js";
import { nameOfReviewer, signatureText } from "../assessment/review_signature.js";
import { SIGNS } from "./review_words.js";

/** @typedef {import("../assessment/returned_reviews.js").Shared} Shared */
/** @typedef {import("../assessment/reviews.js").Review} Review */

const COLUMNS = [...MARKS, .../** @type {const} */ (["unseen", "changed"])];

/** @param {Shared} page @param {Review} review */
function removeButton(page, review) {
  const { reviews } = page.words;
  const name = nameOfReviewer(page.words, review);
  const made = element("button", { type: "button", className: "quiet" }, reviews.remove, unseen(`: ${name}`));
  made.addEventListener("click", () => {
    const before = joinReviews(page.store.current().reviews, {})[review.id];
    putReview(page, review.id, { gone: true });
    page.done(fill(reviews.removed, { name }), () => bringBack(page, review.id, before));
  });
  return made;
}

/** The marks that lack something, and that nobody replied to nor changed the answer of. @param {Shared} page @param {Review[]} all */
function toAnswer({ store, words, checklists, say }, all) {
  return checklists.flatMap((checklist) =>
    checklist.criteria.flatMap((criterion) => {
      const record = store.get(checklist.id, criterion.id);
      const open = all.flatMap((review) => {
        const mark = review.marks.get(criterion.id);
        if (!mark?.mark || mark.mark === "supported" || mark.reply || isChanged(mark, record)) return [];
        return [`${SIGNS[mark.mark]} ${words.reviews.marks[mark.mark]} (${signatureText(words, review, say.format)})`];
      });
      if (!open.length) return [];
      const link = element("a", { href: addressOf(checklist, criterion.id), textContent: criterion.statement });
      return [element("li", {}, link, ` ${open.join("; ")}`)];
    }),
  );
}

/** Shows the reviews of the answers in use on the page of results. @param {Shared} page */
export function showInResults(page) {
  const box = findOptional(document, '[data-slot="reviews"]');
  if (!box) return;
  const { store, words, checklists, say } = page;
  const { reviews } = words;
  const all = reviewsIn(store.current());
  box.hidden = !all.length;
  const names = COLUMNS.map((name) => (name in reviews.marks ? reviews.marks[name] : reviews.columns[name]));
  const rows = all.map((review) => {
    const counts = countsOf(review, checklists, store.current());
    const figures = COLUMNS.map((name) => String(counts[name]));
    return [signatureText(words, review, say.format), ...figures, [removeButton(page, review)]];
  });
  slot(box, "reviews-table").replaceChildren(
    table("lines", reviews.title, [reviews.columns.reviewer, ...names, reviews.remove], rows),
  );
  const open = toAnswer(page, all);
  slot(box, "reviews-open-text").textContent = open.length ? reviews.to_answer_text : reviews.to_answer_none;
  slot(box, "reviews-open").replaceChildren(...open);
}
