/*
 * Brings what a link or an address names to the top of the screen, on every page and under any other site's theme,
 * also when something hides it or the page is still growing; sees that the focus is never lost. Other modules of a
 * page say by `onReveal` how they show what they hide.
 */

import { around } from "./elements.js";
import { abc } from "./global.js";

const INPUTS = ["wheel", "touchstart", "pointerdown", "keydown"];
// A page still moves after all of it has come: tools appear, entries follow, a long guide is laid out piece by piece.
// It has settled when nothing moved for so many milliseconds.
const SETTLED = 2000;
const NEAR = 80;
/** @type {((element: HTMLElement) => void)[]} */
const reveals = [];
/** @type {((element: Element) => void)[]} */
const arrivals = [];
let release = () => {};

/* Places on the page: what stands after # in an address */

/**
 * Returns the element that a text such as "#gen-07" names, or null: not every text after # is one.
 *
 * @param {string} hash
 */
export function placeOf(hash) {
  const name = hash.slice(1);
  try {
    return document.getElementById(name) || document.getElementById(decodeURIComponent(name));
  } catch {
    return null;
  }
}

/** Tells whether an element is to be seen. @param {Element} element */
export const isShown = (element) =>
  element.checkVisibility?.() ?? (element instanceof HTMLElement && element.offsetParent !== null);

/** Gives the focus to any element, also to one that has none of its own. @param {HTMLElement} element */
export function focusOn(element) {
  element.focus({ preventScroll: true });
  if (document.activeElement === element) return;
  element.setAttribute("tabindex", "-1");
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus({ preventScroll: true });
}

/** Gives the focus to an element, or to the title of what it is folded in. @param {HTMLElement} element */
export function focusOnOrNear(element) {
  const fold = isShown(element) ? null : element.closest("details:not([open])")?.querySelector("summary");
  focusOn(fold ?? element);
}

/** @type {Promise<void>} */
const loaded = new Promise((done) => {
  if (document.readyState === "complete") done();
  else addEventListener("load", () => done(), { once: true });
});

/**
 * Keeps a place at the top while the page above it is still changing, until the person does something.
 *
 * @param {Element} element
 */
function hold(element) {
  release();
  const align = () => {
    element.scrollIntoView({ block: "start", behavior: "instant" });
    tellArrival(element);
  };
  let settling = 0;
  let stopped = false;
  const waitUntilSettled = () => {
    clearTimeout(settling);
    settling = setTimeout(stop, SETTLED);
  };
  const sizes = new ResizeObserver(() => {
    align();
    if (settling) waitUntilSettled();
  });
  const stop = () => {
    sizes.disconnect();
    clearTimeout(settling);
    stopped = true;
    for (const name of INPUTS) removeEventListener(name, stop, true);
  };
  release = stop;
  for (const name of INPUTS) addEventListener(name, stop, { capture: true, passive: true });
  align();
  sizes.observe(document.body);
  // Letters and pictures that are still on their way move it too.
  Promise.all([loaded, document.fonts?.ready]).then(() => {
    if (!stopped) waitUntilSettled();
  });
}

/** Brings an element to the top of the screen; what hides it makes way. @param {HTMLElement} element */
export function arriveAt(element) {
  const hidden = !isShown(element);
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    // A title that folds is in sight as it is.
    if (!element.closest("summary")) fold.open = true;
  }
  for (const reveal of reveals) reveal(element);
  hold(element);
  if (hidden) focusOn(element);
}

/** Takes what shows an element that a page's own tools hide. @param {(element: HTMLElement) => void} reveal */
export const onReveal = (reveal) => void reveals.push(reveal);

/** Takes who is to know that a person went to an element, and that it moved since. @param {(element: Element) => void} arrival */
export const onArrive = (arrival) => void arrivals.push(arrival);

/** Tells them, where something was brought to the top in another way. @param {Element} element */
export function tellArrival(element) {
  for (const arrival of arrivals) arrival(element);
}

/* Links on the page, and the address it is opened at */

let followed = "";

function follow() {
  const element = placeOf(location.hash);
  const pressed = followed === location.hash;
  followed = "";
  if (!element) return;
  // On the way back the browser returns to where the person was, which may be elsewhere.
  const { top } = element.getBoundingClientRect();
  if (pressed || !isShown(element) || (top >= 0 && top < NEAR)) arriveAt(element);
}

document.addEventListener("click", (event) => {
  const link = around(event, 'a[href*="#"]', HTMLAnchorElement);
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  if (link.href.split("#")[0] !== location.href.split("#")[0] || !placeOf(link.hash)) return;
  followed = link.hash;
  // A second press on the same link changes no address.
  if (link.hash === location.hash) requestAnimationFrame(follow);
});
addEventListener("hashchange", follow);
// By then every module of the page has done its part.
document.addEventListener("DOMContentLoaded", () => {
  const element = placeOf(location.hash);
  const [visit] = performance.getEntriesByType("navigation");
  if (!element || abc.early?.moved) return;
  // On the way back and on loading again the browser returns to where the person was.
  if (visit instanceof PerformanceNavigationTiming && visit.type === "navigate") arriveAt(element);
});

/* Focus is never lost: where what had it goes away, what held it takes it */

/** @type {HTMLElement[]} */
let path = [];

document.addEventListener("focusin", ({ target }) => {
  path = [];
  for (let one = target instanceof Element ? target : null; one && one !== document.body; one = one.parentElement) {
    if (one instanceof HTMLElement) path.push(one);
  }
});

function recover() {
  if ((document.activeElement && document.activeElement !== document.body) || !path.length) return;
  const left = path.find((one) => one.isConnected && isShown(one));
  // Whoever pressed beside it left of their own will.
  if (left && left !== path[0]) focusOn(left);
  path = [];
}

for (const name of ["click", "keyup", "change", "submit", "close"]) {
  addEventListener(name, () => requestAnimationFrame(() => setTimeout(recover)), true);
}
