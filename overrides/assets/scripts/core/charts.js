/* Draws pictures of scores. Each stands beside a table that says the same. Pure. */

import { element } from "./elements.js";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 100;

/** @param {number} place @param {number} value @param {number} count @returns {[number, number]} */
function point(place, value, count) {
  const angle = (2 * Math.PI * place) / count - Math.PI / 2;
  return [RADIUS * value * Math.cos(angle), RADIUS * value * Math.sin(angle)];
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** @param {(number | null)[]} values */
const points = (values) =>
  values
    .map((value, place) =>
      point(place, value ?? 0, values.length)
        .map((at) => at.toFixed(1))
        .join(),
    )
    .join(" ");

/** @param {string} name @param {number} place @param {number} count */
function axis(name, place, count) {
  const [x, y] = point(place, 1, count);
  const [left, top] = point(place, 1.12, count);
  const anchor = Math.abs(left) < 10 ? "middle" : left > 0 ? "start" : "end";
  return [
    svg("line", { class: "radar-axis", x1: 0, y1: 0, x2: x, y2: y }),
    svg("text", { class: "radar-name", x: left, y: top + 3, "text-anchor": anchor }, name),
  ];
}

/**
 * Draws a radar: an axis per name, from the middle (0) to the rim (1). What is provisional has a hollow point, and
 * makes the shape an outline of dashes.
 *
 * @param {string[]} names
 * @param {{now: (number | null)[], provisional?: boolean[], before?: (number | null)[], target?: (number | null)[]}} series
 */
export function radar(names, { now, provisional = [], before, target }) {
  const count = names.length;
  const parts = [1, 2, 3].map((level) =>
    svg("polygon", { class: "radar-ring", points: points(new Array(count).fill(level / 3)) }),
  );
  parts.push(...names.flatMap((name, place) => axis(name, place, count)));
  if (before) parts.push(svg("polygon", { class: "radar-before", points: points(before) }));
  if (target) parts.push(svg("polygon", { class: "radar-target", points: points(target) }));
  parts.push(
    svg("polygon", {
      class: provisional.includes(true) ? "radar-now is-provisional" : "radar-now",
      points: points(now),
    }),
  );
  now.forEach((value, place) => {
    if (value === null) return;
    const [cx, cy] = point(place, value, count);
    parts.push(
      svg("circle", { class: provisional[place] ? "radar-point is-provisional" : "radar-point", cx, cy, r: 3 }),
    );
  });
  return svg("svg", { viewBox: "-190 -130 380 260", "aria-hidden": "true", focusable: "false" }, ...parts);
}

/**
 * Draws a bar from 0 to 1, hatched while it is provisional, with a mark where the target is and a dot where it was
 * before.
 *
 * @param {number | null} value
 * @param {number | null} target
 * @param {boolean} provisional
 * @param {number | null} before
 */
export function meter(value, target = null, provisional = false, before = null) {
  const made = element("span", { className: provisional ? "meter is-provisional" : "meter", ariaHidden: "true" });
  const bar = element("span", {});
  bar.style.inlineSize = `${100 * (value ?? 0)}%`;
  made.append(bar);
  for (const [name, place] of /** @type {const} */ ([
    ["i", target],
    ["b", before],
  ])) {
    if (place === null) continue;
    const mark = element(name, {});
    mark.style.insetInlineStart = `${100 * place}%`;
    made.append(mark);
  }
  return made;
}

/** @type {Record<string, [string, Record<string, string | number>]>} */
const SHAPES = {
  optimal: ["circle", { cx: 8, cy: 8, r: 7 }],
  "in-progress": ["path", { d: "M8 .5 15.5 8 8 15.5.5 8z" }],
  behind: ["path", { d: "M8 1.5 15.7 15H.3z" }],
  unanswered: ["circle", { cx: 8, cy: 8, r: 6, fill: "none", stroke: "currentColor", "stroke-width": 2 }],
  not_applicable: ["path", { d: "M1 6.5h14v3H1z" }],
};

/** Draws the shape of a light; its word stands beside it. @param {string} light */
export const shape = (light) =>
  svg(
    "svg",
    { class: `shape shape-${light}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    svg(...SHAPES[light]),
  );
