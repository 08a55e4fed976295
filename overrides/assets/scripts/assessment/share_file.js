/*
 * The share sheet of a phone for the file of an assessment: to a colleague, a chat, a mail. Where there is none, the
 * file goes to the downloads.
 */

import { download } from "../core/browser.js";
import { element, findAll } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { addActions, announce } from "./assessment_bar.js";
import { store } from "./assessment_core.js";
import { assessmentText } from "./assessment_files.js";
import { words } from "./instrument.js";
import { named } from "./name_question.js";

const texts = words.assessments;
// As a text it may be handed on where files for programs may not; the site opens it by what it says.
const FORMS = [
  { ending: "json", type: "application/json" },
  { ending: "txt", type: "text/plain" },
];

/** The file in a form that the browser hands on, or null. */
function shareable() {
  if (!navigator.canShare) return null;
  const assessment = store.current();
  for (const { ending, type } of FORMS) {
    const file = new File([assessmentText(assessment)], fileName(assessment, new Date(), "", ending), { type });
    if (navigator.canShare({ files: [file] })) return file;
  }
  return null;
}

async function share() {
  const file = shareable();
  try {
    if (!file) throw new TypeError("no file can be shared");
    await navigator.share({ files: [file], title: file.name });
    store.filed();
    announce(texts.shared_file);
  } catch (error) {
    // Whoever closes the sheet wants no file at all.
    if (error instanceof DOMException && error.name === "AbortError") return;
    const assessment = store.current();
    download(fileName(assessment, new Date()), "application/json", assessmentText(assessment));
    store.filed();
    announce(texts.saved_file);
  }
}

// With a mouse, a file in the downloads is nearer than a sheet of the system.
if (matchMedia("(pointer: coarse)").matches && shareable()) {
  addActions({ "assessment-share": () => named(() => void share()) });
  for (const button of findAll(document, '[data-action="assessment-save"]')) {
    const made = element("button", { type: "button", textContent: texts.share_file });
    made.dataset.action = "assessment-share";
    button.after(" ", made);
  }
}
