/*
 * Reads files that hold answers: those of this site, its documents, and its workbook, whose reader comes when one is
 * opened.
 */

import { abc } from "../core/global.js";
import { loadOnce } from "../core/load_once.js";
import { readAssessmentFile } from "./assessment_files.js";

/** @param {import("../core/files.js").FileLike} file @param {Assessment} mine @returns {Promise<OpenedWorkbook>} */
async function read(file, mine) {
  if (!/\.(xls.?|ods)$/i.test(/** @type {string} */ (file.name))) return readAssessmentFile(file);
  await loadOnce("assets/bundles/workbook.js");
  return /** @type {Required<SiteGlobal>} */ (abc).workbook.open(/** @type {File} */ (file), mine);
}

/**
 * Reads what a file holds.
 *
 * @param {import("../core/files.js").FileLike} file
 * @param {Assessment} mine the answers that those of a workbook are compared with
 * @returns {Promise<OpenedWorkbook>}
 */
export const readAnswers = (file, mine) => read(file, mine).catch(() => ({ problem: "not_loaded" }));
