/*
 * Hands pages what shows and opens what reviewers said of the answers in use: loaded where there is a review, or one
 * is opened.
 */

import { abc } from "../core/global.js";
import { showOnCriteria } from "../review/marks_on_criteria.js";
import { showInResults } from "../review/marks_in_results.js";
import { openReturned } from "../review/returned_file.js";

/** @typedef {import("../assessment/returned_reviews.js").Shared} Shared */
/** @typedef {typeof tools} ReviewTools */

const tools = {
  open: openReturned,

  /** Shows the reviews of the answers in use, wherever the page has a place for them. @param {Shared} page */
  show(page) {
    showOnCriteria(page);
    showInResults(page);
  },
};

abc.reviews = tools;
