/*
 * What reviewers said of the answers in use, and the files that bring it: what opens and shows them is loaded where
 * there is one (assets/bundles/reviews.js).
 */

import { findOptional } from "../core/elements.js";
import { abc } from "../core/global.js";
import { loadOnce } from "../core/load_once.js";
import { announce, done, sayNoRoom, summaryText, whenBarShown } from "./assessment_bar.js";
import { store, whenLeft } from "./assessment_core.js";
import { loadInstrument, say } from "./instrument.js";
import { takeBefore } from "./kept_before.js";

let isShown = false;

/** What they share with the page. */
async function shared() {
  await loadOnce("assets/bundles/reviews.js");
  const { words, checklists } = await loadInstrument();
  return { store, words, checklists, say, announce, done, sayNoRoom, summaryText, takeBefore, whenLeft };
}

/** @typedef {Awaited<ReturnType<typeof shared>>} Shared */

/** Opens the file of a review; tells whether it could. @param {import("../core/files.js").FileLike} file */
export async function openReview(file) {
  try {
    const page = await shared();
    await abc.reviews?.open(file, page);
    return true;
  } catch {
    return false;
  }
}

/** Shows what there is, wherever the page has a place for it. */
async function show() {
  if (!isShown && !Object.keys(store.current().reviews ?? {}).length) return;
  if (!findOptional(document, '.criterion, [data-slot="reviews"]')) return;
  isShown = true;
  try {
    const page = await shared();
    abc.reviews?.show(page);
  } catch {
    // Next time, perhaps: the answers are there without it.
    isShown = false;
  }
}

whenBarShown(() => void show());
store.onOthers(() => void show());
