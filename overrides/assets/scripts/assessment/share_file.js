/*
 * Offers the share sheet of a phone for the file of an assessment. Where there is none, the file goes to the
 * downloads.
 */

import { download } from "../core/browser.js";
import { element, findAll } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { isTouched, share, shareable } from "../core/share.js";
import { addActions, announce } from "./assessment_bar.js";
import { store } from "./assessment_core.js";
import { assessmentText } from "./assessment_files.js";
import { words } from "./instrument.js";
import { named } from "./name_question.js";

const texts = words.assessments;
const text = () => assessmentText(store.current());

/** The file in a form that the browser hands on, or null. */
const fileToShare = () => shareable(text, (ending) => fileName(store.current(), new Date(), "", ending));

/** @param {string} said */
function given(said) {
  store.filed();
  announce(said);
}

const shareAssessment = () =>
  share(fileToShare(), {
    shared: () => given(texts.shared_file),
    failed() {
      download(fileName(store.current(), new Date()), "application/json", text());
      given(texts.saved_file);
    },
  });

if (isTouched() && fileToShare()) {
  addActions({ "assessment-share": () => named(() => void shareAssessment()) });
  for (const button of findAll(document, '[data-action="assessment-save"]')) {
    const made = element("button", { type: "button", textContent: texts.share_file });
    made.dataset.action = "assessment-share";
    button.after(" ", made);
  }
}
