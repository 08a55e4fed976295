/* Lists the evidence of an answer to be read, on a page and in papers. */

import { element } from "../core/elements.js";
import { fill } from "../core/format.js";

/**
 * Lists pieces of evidence: what each is, where it is kept, its dates and its link.
 *
 * @param {InstrumentWords} words
 * @param {import("../core/format.js").Formatter} format
 * @param {import("./answer.js").Evidence[]} evidence
 */
export function evidenceList({ report, record }, { dayText }, evidence) {
  const items = evidence.map(({ title, place, date, until, link }) => {
    const kept = place && fill(report.kept_in, { place });
    const holds = until && fill(record.holds_until, { date: dayText(until) });
    const text = [title, kept, dayText(date), holds].filter(Boolean).join(". ");
    const href = link && element("a", { href: link, rel: "noopener noreferrer", textContent: link });
    return element("li", {}, text, text && href ? " " : "", href);
  });
  return element("ul", {}, ...items);
}
