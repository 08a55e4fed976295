/*
 * Where links lead and what has the focus, on every page and under any other site's theme: what an address
 * names stands at the top of the screen, also when something hides it or the page is still growing.
 * Other scripts of a page run after it and say as abc.places.onReveal how they show what they hide.
 */
(function (abc) {
  "use strict";

  /* Places on the page: what stands after # in an address */

  const INPUTS = ["wheel", "touchstart", "pointerdown", "keydown"];
  // A page still moves for a while after all of it has come: tools appear, entries follow.
  const SETTLED = 2000;
  const NEAR = 80;
  const reveals = [];
  let release = () => {};

  /** The element that a text such as "#gen-07" names, or null: not every text after # is one. */
  function placeOf(hash) {
    const name = hash.slice(1);
    try {
      return document.getElementById(name) || document.getElementById(decodeURIComponent(name));
    } catch {
      return null;
    }
  }

  const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

  /** Gives the focus to any element, also to one that has none of its own. */
  function focus(element) {
    element.focus({ preventScroll: true });
    if (document.activeElement === element) return;
    element.setAttribute("tabindex", "-1");
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
    element.focus({ preventScroll: true });
  }

  const loaded = new Promise((done) => {
    if (document.readyState === "complete") done(null);
    else addEventListener("load", done, { once: true });
  });

  /** Keeps a place at the top while the page above it is still changing, until the person does something. */
  function hold(element) {
    release();
    const align = () => element.scrollIntoView({ block: "start", behavior: "instant" });
    const sizes = new ResizeObserver(align);
    const stop = () => {
      sizes.disconnect();
      for (const name of INPUTS) removeEventListener(name, stop, true);
    };
    release = stop;
    for (const name of INPUTS) addEventListener(name, stop, { capture: true, passive: true });
    align();
    sizes.observe(document.body);
    // Letters and pictures that are still on their way move it too.
    Promise.all([loaded, document.fonts?.ready]).then(() => setTimeout(stop, SETTLED));
  }

  /** Brings an element to the top of the screen; what hides it makes way. */
  function arrive(element) {
    const hidden = !isShown(element);
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      // A title that folds is in sight as it is.
      if (!element.closest("summary")) fold.open = true;
    }
    for (const reveal of reveals) reveal(element);
    hold(element);
    if (hidden) focus(element);
  }

  /** `onReveal` takes what shows an element that a page's own tools hide. */
  abc.places = { of: placeOf, arrive, focus, isShown, onReveal: (reveal) => reveals.push(reveal) };

  let followed = "";
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#"]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    if (link.href.split("#")[0] !== location.href.split("#")[0] || !placeOf(link.hash)) return;
    followed = link.hash;
    // A second press on the same link changes no address.
    if (link.hash === location.hash) requestAnimationFrame(follow);
  });
  function follow() {
    const element = placeOf(location.hash);
    const pressed = followed === location.hash;
    followed = "";
    if (!element) return;
    // On the way back the browser returns to where the person was, which may be elsewhere.
    const { top } = element.getBoundingClientRect();
    if (pressed || !isShown(element) || (top >= 0 && top < NEAR)) arrive(element);
  }
  addEventListener("hashchange", follow);
  // By then every script of the page has done its part.
  document.addEventListener("DOMContentLoaded", () => {
    const element = placeOf(location.hash);
    const [visit] = performance.getEntriesByType("navigation");
    if (!element || abc.early?.moved) return;
    // On the way back and on loading again the browser returns to where the person was.
    if (/** @type {PerformanceNavigationTiming} */ (visit)?.type === "navigate") arrive(element);
  });

  /* Focus is never lost: where what had it goes away, what held it takes it */

  let path = [];
  document.addEventListener("focusin", ({ target }) => {
    path = [];
    for (let one = /** @type {Element} */ (target); one && one !== document.body; one = one.parentElement)
      path.push(one);
  });
  function recover() {
    if ((document.activeElement && document.activeElement !== document.body) || !path.length) return;
    const left = path.find((one) => one.isConnected && isShown(one));
    // Whoever pressed beside it left of their own will.
    if (left && left !== path[0]) focus(left);
    path = [];
  }
  for (const name of ["click", "keyup", "change", "submit", "close"]) {
    addEventListener(name, () => requestAnimationFrame(() => setTimeout(recover)), true);
  }
})((window.abc = window.abc || {}));
