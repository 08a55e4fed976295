/* Loads what a page in a package for a learning platform needs, and pages of the site do not carry. */

import { pageLanguage } from "../core/browser.js";
import { abc, isInPlatform } from "../core/global.js";
import { onChange, store } from "./assessment_core.js";
import { loadOnce } from "../core/load_once.js";
import { say } from "./instrument.js";

/**
 * What a page and the script loaded for it share: each bundle has modules of its own.
 *
 * @typedef {{store: typeof store, onChange: typeof onChange, locale: string}} PageParts
 */

/** Lets a page talk to the platform it is in, if it is in one. @param {import("./checklist_page.js").ChecklistPage} page */
export async function openLms(page) {
  if (!isInPlatform) return;
  // The shell speaks once the frame has loaded, and the frame has not while these are on their way.
  await Promise.all([
    abc.lms?.[pageLanguage] || loadOnce(`assets/instrument/${pageLanguage}-lms.js`),
    abc.openLms || loadOnce("assets/bundles/lms_page.js"),
  ]);
  const words = abc.lms?.[pageLanguage];
  if (words) abc.openLms?.(page, words, { store, onChange, locale: say.format.locale });
}
