/* Shows the result of a comparison as elements: a table with bars, a radar per network, and every rating. */

import { meter, radar } from "../core/charts.js";
import { element, table } from "../core/elements.js";
import { fill, NONE } from "../core/format.js";
import { shortOf, TOP } from "./comparison.js";

/** @typedef {import("./comparison.js").Comparison} Comparison */
/** @typedef {import("../core/elements.js").Content} Content */

/** Makes the table of what each network's ratings add up to, with bars. @param {Comparison} comparison */
export function resultBars(comparison) {
  const { criteria, page } = comparison;
  const { own } = page;
  const rows = comparison.networks().map((network) => {
    const found = comparison.resultOf(network);
    const weighed = criteria.filter(({ id }) => comparison.weightOf(id));
    const rated = fill(own.rated_of, {
      count: weighed.filter(({ id }) => comparison.ratingOf(network.id, id) !== null).length,
      total: weighed.length,
    });
    if (found.part === null) return [shortOf(network), NONE, NONE, rated];
    const bar = [element("strong", { textContent: comparison.percent(found.part) }), meter(found.part)];
    return [shortOf(network), bar, fill(own.points_of, { ...found }), rated];
  });
  return table("scores", own.result_title, [own.network, own.part, own.points_label, own.rated_label], rows);
}

/** Draws a radar per network, of its ratings. @param {Comparison} comparison */
export function resultRadars(comparison) {
  const { criteria } = comparison;
  const numbers = criteria.map((_, place) => String(place + 1));
  return element(
    "div",
    { className: "radars" },
    ...comparison.networks().map((network) => {
      const now = criteria.map(({ id }) => {
        const value = comparison.ratingOf(network.id, id);
        return value === null ? null : value / TOP;
      });
      const picture = radar(numbers, { now });
      picture.setAttribute("viewBox", "-130 -130 260 260");
      const caption = element("figcaption", { textContent: shortOf(network) });
      return element("figure", { className: "radar" }, picture, caption);
    }),
  );
}

/** Makes the table of every rating, with the points of each network. @param {Comparison} comparison */
export function ratingsTable(comparison) {
  const { criteria, page } = comparison;
  const { own } = page;
  const all = comparison.networks();
  /** @type {Content[][]} */
  const rows = criteria.map(({ id, name }, place) => [
    `${place + 1}. ${name}`,
    String(comparison.weightOf(id)),
    ...all.map((one) => String(comparison.ratingOf(one.id, id) ?? NONE)),
  ]);
  const totals = all.map((one) => {
    const { points, most, part } = comparison.resultOf(one);
    const text = part === null ? NONE : comparison.pointsText({ points, most, part });
    return element("strong", { textContent: text });
  });
  rows.push([element("strong", { textContent: own.total }), "", ...totals]);
  return table("lines", own.ratings_title, [own.criterion, own.weight, ...all.map(shortOf)], rows);
}
