/* Writes the memo of a comparison, made to be printed. */

import { pageLanguage } from "../core/browser.js";
import { element, table } from "../core/elements.js";
import { fill, NONE } from "../core/format.js";
import { p, paper } from "../core/paper.js";
import { shortOf } from "./comparison.js";
import { ratingsTable, resultRadars } from "./comparison_result.js";

/** @typedef {import("./comparison.js").Comparison} Comparison */
/** @typedef {import("./comparison.js").Network} Network */

// With more letters than these, the memo has to be set closer to stay one page.
const LETTERS_AT_EASE = 2400;

/**
 * Makes the name of a network a link to its entry in the directory, where it has one.
 *
 * @param {Comparison} comparison
 * @param {Network} network
 */
export function networkLink({ page, directory }, { ref, name }) {
  const address = new URL(page.data.directory, location.href).href;
  return directory.names.has(ref) && ref
    ? element("a", { href: `${address}#${ref}`, textContent: name })
    : element("span", { textContent: name });
}

/**
 * What the directory says of every network.
 *
 * @param {Comparison} comparison
 * @param {Network[]} all
 */
function factsTable(comparison, all) {
  const { own } = comparison.page;
  const rows = all.map((network) => {
    const found = new Map(comparison.factRows(network));
    return [
      networkLink(comparison, network),
      found.get(own.fee) || NONE,
      found.get(own.status) || NONE,
      found.get(own.verified) ?? "",
      found.get(own.source) || NONE,
    ];
  });
  const columns = [own.network, own.fee, own.status, own.verified, own.source];
  return table("lines facts", own.networks_title, columns, rows);
}

/** Why networks were rated as they are. @param {Comparison} comparison @param {Network[]} all */
function reasons(comparison, all) {
  const { own } = comparison.page;
  return comparison.criteria.flatMap(({ id, name }) =>
    all
      .filter((one) => comparison.reasonOf(one.id, id))
      .map((one) => {
        const rating = comparison.ratingOf(one.id, id) ?? own.no_rating;
        const head = element("strong", { textContent: `${name}, ${shortOf(one)} (${rating}): ` });
        return element("li", {}, head, comparison.reasonOf(one.id, id));
      }),
  );
}

/**
 * What the memo is called: its name, or else what it compares.
 *
 * @param {Comparison} comparison
 * @param {Network[]} all
 */
const titleOf = ({ page, list }, all) =>
  page.store.current().title || (all.length ? list.format(all.map(shortOf)) : page.own.title);

/** @param {string} who @param {string} role */
const signature = (who, role) =>
  element("div", { className: "signature" }, p("", who || "\u00a0"), p("report-fine", role));

/**
 * The result and what is not verified, side by side.
 *
 * @param {Comparison} comparison
 * @param {(title: string, ...content: Node[]) => Node[]} section
 */
function columns(comparison, section) {
  const { own } = comparison.page;
  const doubts = comparison.unverified();
  const list = element("ul", {}, ...doubts.map((one) => element("li", { textContent: one })));
  return element(
    "div",
    { className: "memo-columns" },
    element("section", {}, ...section(own.result_title, ...comparison.sentences().map((one) => p("", one)))),
    element("section", {}, ...section(own.unverified, doubts.length ? list : p("", own.not_said))),
  );
}

/**
 * Makes the memo of a comparison as an article in the language of the page.
 *
 * @param {Comparison} comparison
 * @param {number} top the level of its heading
 */
export function memo(comparison, top) {
  const { own, words, data, format } = comparison.page;
  const all = comparison.networks();
  const { heading, head, letter, foot } = paper(top);
  /** @param {string} title @param {...Node} content */
  const section = (title, ...content) => [heading(1, "report-section", title), ...content];
  /** @param {string} key */
  const said = (key) => comparison.textOf(key) || own.not_said;
  const why = reasons(comparison, all);
  const pictures = () =>
    element(
      "div",
      { className: all.length > 3 ? "memo-pictures" : "memo-pictures few" },
      ratingsTable(comparison),
      resultRadars(comparison),
    );
  const made = element(
    "article",
    { className: "report report-memo", lang: pageLanguage },
    head(own.paper, titleOf(comparison, all)),
    letter([
      [words.letter.to, comparison.textOf("decides")],
      [words.letter.from, comparison.textOf("prepares")],
      [words.letter.subject, comparison.textOf("question")],
      [words.letter.date, format.day(new Date())],
    ]),
    ...section(own.networks_title, all.length ? factsTable(comparison, all) : p("", own.none)),
    ...(all.length ? section(own.ratings_title, pictures()) : []),
    ...(why.length ? section(own.reasons_title, element("ul", { className: "reasons" }, ...why)) : []),
    columns(comparison, section),
    ...section(own.recommendation, p("lines-kept", said("recommendation"))),
    element(
      "div",
      { className: "signatures" },
      signature(comparison.textOf("prepares"), own.prepares),
      signature(comparison.textOf("decides"), own.decides),
    ),
    foot(fill(own.memo_foot, { source: data.source }), own.memo_made),
  );
  made.classList.toggle("close", (made.textContent ?? "").length > LETTERS_AT_EASE);
  return made;
}
