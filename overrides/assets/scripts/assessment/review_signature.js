/* Says who signed a review: name, office and day, alike on every page and in every paper. Pure. */

/** @typedef {import("./reviews.js").Signed} Signed */

/**
 * Says who reviewed, by name and office.
 *
 * @param {InstrumentWords} words
 * @param {Signed} signed
 * @param {string} [unsigned] what is said where nobody is named
 */
export const nameOfReviewer = ({ reviews }, { name, office }, unsigned = reviews.unsigned) =>
  [name, office].filter(Boolean).join(", ") || unsigned;

/**
 * Says who reviewed, and on which day.
 *
 * @param {InstrumentWords} words
 * @param {Signed} signed
 * @param {import("../core/format.js").Formatter} format
 * @param {string} [unsigned] what is said where nobody is named
 */
export const signatureText = (words, signed, format, unsigned) =>
  [nameOfReviewer(words, signed, unsigned), format.dayText(signed.date)].filter(Boolean).join(", ");
