/* Makes the parts that all papers share: headings, head, letter, foot. */

import { element } from "./elements.js";

/** @typedef {Node | string} Child */

/**
 * Makes an element of a class.
 *
 * @param {keyof HTMLElementTagNameMap} name
 * @param {string} className
 * @param {...Child} children
 */
export const tag = (name, className, ...children) => element(name, { className }, ...children);

/** Makes a paragraph of a class. @param {string} className @param {...Child} children */
export const p = (className, ...children) => tag("p", className, ...children);

/** Makes the style of papers, as a page's policy lets it be added. @param {string} css */
export function paperStyle(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

/**
 * Returns what makes the parts of a document whose own heading is of level `top`.
 *
 * @param {number} top
 */
export function paper(top) {
  /** @param {number} level @param {string} className @param {...Child} children */
  const heading = (level, className, ...children) => {
    const name = /** @type {"h1" | "h2" | "h3" | "h4" | "h5" | "h6"} */ (`h${Math.min(6, top + level)}`);
    return tag(name, className, ...children);
  };
  /** @param {string} kind @param {string} title @param {...(string | false)} lines */
  const head = (kind, title, ...lines) =>
    tag(
      "header",
      "report-head",
      p("report-kind", kind),
      heading(0, "report-title", title),
      ...(lines.some(Boolean) ? [p("report-fine", lines.filter(Boolean).join(" · "))] : []),
    );
  /**
   * Whom it is for, who writes, what about and when; what is not known is a line to write on.
   *
   * @param {[string, string][]} rows
   */
  const letter = (rows) =>
    tag(
      "dl",
      "report-letter",
      ...rows.flatMap(([name, said]) => [tag("dt", "", name), tag("dd", said ? "" : "unwritten", said || "\u00a0")]),
    );
  /** @param {...string} lines */
  const foot = (...lines) => tag("footer", "report-foot", ...lines.map((one) => p("report-fine", one)));
  return { heading, head, letter, foot };
}
