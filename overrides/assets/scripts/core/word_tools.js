/* Loads what makes Word documents when one is asked for: nobody else needs it. */

import { loadOnce } from "./load_once.js";
import { abc } from "./global.js";

/** Loads what makes documents in these languages. @param {string[]} codes */
export async function wordTools(codes) {
  await Promise.all(
    ["bundles/word", ...codes.map((code) => `office/${code}`)].map((one) => loadOnce(`assets/${one}.js`)),
  );
  if (!abc.word) throw new Error("assets/bundles/word.js brought nothing");
  return abc.word;
}
