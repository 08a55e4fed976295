/*
 * What every page does: light or dark, search, keeping one's place when changing language, and being
 * shown inside another site's page.
 * Without it, pages are complete; the buttons it serves are hidden until it runs.
 */
(function (abc) {
  "use strict";

  const page = document.documentElement;
  const press = (name, action) => {
    for (const button of document.querySelectorAll(`[data-action="${name}"]`)) {
      button.addEventListener("click", action);
      button.hidden = false;
    }
  };

  /* Light or dark: the system's choice until a person makes their own */

  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : system.matches);
  const showTheme = () => {
    for (const button of document.querySelectorAll('[data-action="theme"]')) button.ariaPressed = String(isDark());
  };
  system.addEventListener("change", showTheme);
  showTheme();

  press("theme", () => {
    page.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
    try {
      localStorage.setItem("abc.theme", page.dataset.theme);
    } catch {
      // Then it lasts as long as the page.
    }
  });

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

  /* The other language opens at the same place: ids are the same in every language */

  const PLACES = "main :is(h1, h2, h3, h4, li, .glossary-term)[id]";
  for (const link of document.querySelectorAll("a[data-language]")) {
    const address = link.href;
    link.addEventListener("click", () => {
      const passed = Array.from(document.querySelectorAll(PLACES)).filter(
        (one) => isShown(one) && !one.closest("aside") && one.getBoundingClientRect().top < innerHeight / 3,
      );
      const place = scrollY > 0 && passed.at(-1);
      // What a page keeps in its address, such as filters, holds in every language.
      link.href = address + location.search + (place ? `#${place.id}` : "");
    });
  }

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

  /* Search is loaded when it is first asked for */

  const dialog = document.getElementById("buscador");

  abc.loadScript = (address) =>
    new Promise((resolve, reject) => {
      const made = document.createElement("script");
      Object.assign(made, { src: address, onload: resolve, onerror: reject });
      document.head.append(made);
    });

  function openSearch() {
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector("input").select();
    const status = dialog.querySelector('[role="status"]');
    const words = JSON.parse(document.getElementById("search-texts").textContent);
    const ready = abc.search ? Promise.resolve() : abc.loadScript(dialog.dataset.script);
    ready
      .then(() => abc.search.start())
      .catch(() => {
        status.textContent = words.failed;
      });
  }

  press("search", openSearch);
  press("search-close", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    openSearch();
  });

  /* A wide table shows on which side it goes on */

  function watchWidth(box) {
    const mark = () => {
      // Read from right to left, a box scrolls to negative places. Half a pixel is nobody's column.
      const before = Math.abs(box.scrollLeft);
      const after = box.scrollWidth - box.clientWidth - before;
      box.classList.toggle("goes-on-before", before > 1);
      box.classList.toggle("goes-on-after", after > 1);
    };
    const sizes = new ResizeObserver(mark);
    for (const one of [box, ...box.children]) sizes.observe(one);
    box.addEventListener("scroll", mark, { passive: true });
  }
  for (const box of document.querySelectorAll(".table-scroll")) watchWidth(box);
  abc.watchWidth = watchWidth;

  /* Inside another page: ?embed leaves the content alone (the head's script sets the class) */

  if (page.classList.contains("embed")) {
    const site = new URL(dialog.dataset.root, location.href).href;

    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (link.href.startsWith(site) && !("whole" in link.dataset)) {
        const there = new URL(link.href);
        there.search = location.search;
        link.href = there.href;
      } else {
        link.target = "_blank";
        link.relList.add("noopener");
      }
    });

    // The frame cannot know how tall the page is. Its height is all that is told.
    if (window.parent !== window) {
      const tell = () => {
        const height = Math.ceil(document.body.getBoundingClientRect().height);
        window.parent.postMessage({ type: "abc-height", height }, "*");
      };
      new ResizeObserver(tell).observe(document.body);
    }
  }
})((window.abc = window.abc || {}));
