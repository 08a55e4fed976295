/*
 * Loads what shows the marks of reviewers on the answers in use, and what opens the files that bring them: only
 * where there is one, nobody else needs it (assets/bundles/reviews.js).
 */

import { findOptional } from "../core/elements.js";
import { abc } from "../core/global.js";
import { loadOnce } from "../core/load_once.js";
import { done, sayNoRoom, whenBarShown } from "./assessment_bar.js";
import { store } from "./assessment_core.js";
import { loadInstrument, say } from "./instrument.js";
import { takeBefore } from "./kept_before.js";

let isShown = false;

/** What they share with the page. */
async function shared() {
  await loadOnce("assets/bundles/reviews.js");
  return { ...(await loadInstrument()), store, say, done, sayNoRoom, takeBefore };
}

/** @typedef {Awaited<ReturnType<typeof shared>>} Shared */

/** Opens the file of a review; gives what is wrong where it cannot. @param {import("../core/files.js").FileLike} file */
export const openReview = (file) =>
  shared()
    .then((page) => abc.reviews?.open(file, page))
    .catch(() => ({ problem: "not_loaded" }));

/** Shows what there is, wherever the page has a place for it; where that cannot come, answers are there without it. */
function show() {
  isShown ||= Boolean(store.current().reviews);
  if (isShown && findOptional(document, '.criterion, [data-slot="reviews"]')) {
    shared().then(
      (page) => abc.reviews?.show(page),
      () => {},
    );
  }
}

whenBarShown(show);
store.onOthers(show);
