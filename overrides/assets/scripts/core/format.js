/* Says numbers and dates in a language. Pure: the words come with the data of a page. */

/** Stands where there is nothing to say. */
export const NONE = "—";

/**
 * Returns `text` with every {name} of `details` put in; other braces stay as they are.
 *
 * @param {string} text
 * @param {Record<string, unknown>} details
 * @returns {string}
 */
export const fill = (text, details) =>
  text.replace(/\{(\w+)\}/g, (match, name) => (name in details ? String(details[name]) : match));

/** Returns a text as it is compared: without accents, in small letters. @param {string} text */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Says the text of one or of several.
 *
 * @param {Texts} texts
 * @param {string} name
 * @param {number} count
 */
export const plural = (texts, name, count) => fill(texts[`${name}_${count === 1 ? "one" : "other"}`], { count });

/** @typedef {ReturnType<typeof formatter>} Formatter */

/**
 * Returns functions from values to text: `day` takes a Date, `dayText` a date as YYYY-MM-DD, `stampText` an ISO
 * time.
 *
 * @param {FormatWords} words of one language
 */
export function formatter({ format }) {
  const { locale } = format;
  const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  const long = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  const medium = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const plainDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  return {
    locale,
    /** A whole number as a percentage. @param {number} value */
    percent: (value) => fill(format.percent, { value }),
    /** @param {number} value */
    decimal: (value) => decimals.format(value),
    /** The sign of a number is a minus, not the hyphen that some languages' formats write. @param {number} value */
    difference: (value) => signed.format(value).replace("-", "\u2212"),
    /** @param {Date} date */
    day: (date) => long.format(date),
    /** @param {string} date */
    dayText: (date) => (date ? plainDay.format(new Date(date)) : ""),
    /** @param {string} stamp */
    stampText: (stamp) => (Number.isNaN(Date.parse(stamp)) ? NONE : medium.format(new Date(stamp))),
  };
}
