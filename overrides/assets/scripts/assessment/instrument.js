/*
 * Gives the words and criteria of the self-assessment, and loads what of them a page did not bring. They come as
 * abc.instruments.<language>, from assets/instrument/<language>.js, made at build time; on the page of one checklist
 * as abc.parts.<language>, with that checklist alone: the others are loaded when they are first needed.
 */

import { pageLanguage, siteRoot } from "../core/browser.js";
import { abc } from "../core/global.js";
import { loadOnce } from "../core/load_once.js";
import { ScoreText } from "./score_text.js";

const own = abc.instruments?.[pageLanguage] ?? abc.parts?.[pageLanguage];
if (!own) throw new Error(`${location.pathname}: the words and checklists in "${pageLanguage}" were not loaded`);

/** The words of the page's language, and the checklists that came with it. */
export const { words, checklists } = own;
/** How scores and answers are said on this page. */
export const say = new ScoreText(words);

/** Loads the words and all checklists of a language. */
export async function loadInstrument(code = pageLanguage) {
  if (!abc.instruments?.[code]) await loadOnce(`assets/instrument/${code}.js`);
  const found = abc.instruments?.[code];
  if (!found) throw new Error(`assets/instrument/${code}.js brought no words in "${code}"`);
  return found;
}

/**
 * Loads the words and all checklists of a language, with the longer texts of every criterion.
 *
 * @returns {Promise<FullInstrument>}
 */
export async function loadFullInstrument(code = pageLanguage) {
  const found = await loadInstrument(code);
  if (!found.texts) await loadOnce(`assets/instrument/${code}-texts.js`);
  const { texts } = found;
  if (!texts) throw new Error(`assets/instrument/${code}-texts.js brought no texts in "${code}"`);
  return { ...found, texts };
}

/** Returns the address of a checklist, or of a criterion of it. @param {Pick<Checklist, "url">} checklist */
export const addressOf = ({ url }, criterion = "") => new URL(url, siteRoot).href + (criterion && `#${criterion}`);
