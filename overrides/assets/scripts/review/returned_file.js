/*
 * Opens the file of a review that came back: a preview first, then it is kept beside the answers, which stay as they
 * are.
 */

import { copyOf } from "../core/documents.js";
import { element, slot, terms } from "../core/elements.js";
import { readFile } from "../core/files.js";
import { fill, plural } from "../core/format.js";
import { hasAnswers } from "../assessment/answer.js";
import { addressOf } from "../assessment/instrument.js";
import { countsOf, joinReviews, reviewsIn } from "../assessment/reviews.js";
import { answersIn, parseReview, readReview, reviewOf, unreadIn } from "./review_store.js";
import { nameOfReviewer, signatureText } from "../assessment/review_signature.js";
import { countsText } from "./review_words.js";

/** @typedef {import("../assessment/returned_reviews.js").Shared} Shared */
/** @typedef {(assessment: Assessment) => void} Change */

/** @type {HTMLDialogElement | null} */
let dialog = null;

/** @param {string} title */
function emptyDialog(title) {
  const made = (dialog ??= document.body.appendChild(element("dialog", {})));
  made.setAttribute("aria-labelledby", "revision-titulo");
  const heading = element("p", { className: "dialog-title", id: "revision-titulo", textContent: title });
  heading.setAttribute("role", "heading");
  heading.setAttribute("aria-level", "2");
  made.replaceChildren(heading);
  return made;
}

/**
 * Puts a review beside the answers of the assessment in use.
 *
 * @param {Shared} page
 * @param {string} id
 * @param {object} review
 */
export function putReview({ store }, id, review) {
  store.change((assessment, stamp) => {
    const all = joinReviews(assessment.reviews, {});
    const updated = stamp(all[id]?.updated);
    assessment.reviews = { ...all, [id]: { ...review, updated } };
    assessment.updated = updated;
  });
}

/**
 * Brings back what was there before, newer than what came meanwhile: nothing, or every mark and reply as it was.
 *
 * @param {Shared} page
 * @param {string} id
 * @param {Record<string, unknown> | undefined} before
 */
export const bringBack = (page, id, before) => putReview(page, id, before ?? { gone: true });

/**
 * Adds to what was just said a link to the first criterion that the review marked: on a phone, which shows one question
 * at a time, it is the next thing to see.
 *
 * @param {Shared} page
 * @param {PlannerDocument} found
 */
function leadToMarks({ words, checklists }, found) {
  const { marks } = readReview(found);
  const [href] = checklists.flatMap((one) =>
    one.criteria.filter(({ id }) => marks.has(id)).map(({ id }) => addressOf(one, id)),
  );
  if (!href) return;
  const link = element("a", { className: "button", href, textContent: words.reviews.first_mark });
  slot(document, "assessments-undo-text").append(" ", link);
}

/** @param {Shared} page @param {PlannerDocument} document */
function keepHere(page, document) {
  const { store, words, checklists, takeBefore, done } = page;
  const before = joinReviews(store.current().reviews, {})[document.id];
  const keep = takeBefore("merge");
  const joined = joinReviews(before && before.gone !== true ? { [document.id]: before } : {}, {
    [document.id]: reviewOf(document),
  });
  putReview(page, document.id, joined[document.id]);
  keep();
  const [review] = reviewsIn({ reviews: joined });
  const counts = countsText(words, countsOf(review, checklists, store.current()));
  done(fill(words.reviews.kept, { name: nameOfReviewer(words, review), counts }), () =>
    bringBack(page, document.id, before),
  );
  leadToMarks(page, document);
}

/** @param {Shared} page @param {PlannerDocument} document @param {Assessment} answers */
function openApart(page, document, answers) {
  const { store, words, done, sayNoRoom } = page;
  const known = store.list().some((one) => one.id === answers.id);
  const reviews = joinReviews(answers.reviews, { [document.id]: reviewOf(document) });
  const added = known ? copyOf(answers, { reviews }) : { ...answers, reviews };
  const before = store.current().id;
  if (!store.add(added)) return sayNoRoom();
  done(words.reviews.opened_apart, () => {
    store.remove([added.id]);
    store.use(before);
  });
  leadToMarks(page, document);
}

/**
 * What a review brings, as terms.
 *
 * @param {Shared} page
 * @param {PlannerDocument} document
 * @param {Assessment} target the answers it would be kept with
 */
function rowsOf({ words, checklists, say }, document, target) {
  const { reviews } = words;
  const review = readReview(document);
  const reviewed = answersIn(document) ?? target;
  const known = new Set(checklists.flatMap(({ criteria, retired }) => [...criteria, ...retired]).map(({ id }) => id));
  const unknown = Array.from(review.marks.keys()).filter((id) => !known.has(id)).length;
  const unread = unreadIn(document);
  const counts = countsOf(review, checklists, target);
  const isThere = reviewsIn(target).some(({ id }) => id === document.id);
  /** @type {[string, string][]} */
  const rows = [
    [reviews.of, say.nameOf(reviewed)],
    [reviews.reviewer, signatureText(words, review, say.format)],
    [reviews.found, countsText(words, countsOf(review, checklists, reviewed))],
  ];
  if (counts.changed) rows.push([reviews.since, plural(reviews, "changed", counts.changed)]);
  if (unknown) rows.push([reviews.unknown, plural(reviews, "unknown", unknown)]);
  if (unread) rows.push([reviews.unread, plural(reviews, "unread", unread)]);
  if (isThere) rows.push([reviews.again, reviews.again_text]);
  return rows;
}

/** @param {string} className @param {string} text @param {() => void} action */
function choice(className, text, action) {
  const made = element("button", { type: "button", className, textContent: text });
  made.addEventListener("click", () => {
    dialog?.close();
    action();
  });
  return made;
}

/**
 * Opens the file of a review.
 *
 * @param {import("../core/files.js").FileLike} file
 * @param {Shared} page
 */
export async function openReturned(file, page) {
  const { store, words, say } = page;
  const { reviews, assessments, reset } = words;
  const { document: found, mended = 0, problem } = await readFile(file, "abc-review", parseReview);
  const shown = emptyDialog(reviews.received);
  const cancel = element(
    "p",
    { className: "dialog-buttons" },
    choice("", reset.cancel, () => {}),
  );
  if (!found) {
    const said = fill(assessments.problems[problem ?? "damaged"], { name: file.name });
    shown.append(element("p", { className: "notice", textContent: said }), cancel);
    shown.showModal();
    return;
  }
  const answers = answersIn(found);
  const own = store.list().find(({ id }) => id === answers?.id);
  const target = own ?? store.current();
  const rows = rowsOf(page, found, target);
  if (mended) rows.push([assessments.mended, plural(assessments, "mended_text", mended)]);
  const keep = choice("primary", reviews.keep, () => {
    if (own) store.use(own.id);
    keepHere(page, found);
  });
  const apart = choice(own ? "" : "primary", reviews.apart, () => answers && openApart(page, found, answers));
  const kept = element("p", {}, keep, ` ${fill(reviews.keep_text, { name: say.nameOf(target) })}`);
  const opened = element("p", {}, apart, ` ${reviews.apart_text}`);
  // Where its answers are not, they come with it; it can be kept with others, of whoever saved them under another id.
  if (!own) keep.className = "";
  const choices = [own || hasAnswers(target) ? kept : "", own || !answers ? "" : opened];
  shown.append(
    element("dl", { className: "preview" }, ...terms(rows)),
    element("p", { textContent: reviews.received_text }),
    element("div", { className: "choices" }, ...(own ? choices : choices.reverse())),
    cancel,
  );
  shown.showModal();
}
