/*
 * What every page does: light or dark, search, keeping one's place when changing language, and being
 * shown inside another site's page.
 * Without it, pages are complete; the buttons it serves are hidden until it runs. Runs after places.js.
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

  /* The other language opens at the same place: ids are the same in every language */

  const PLACES = "main :is(h1, h2, h3, h4, li, .glossary-term)[id]";
  for (const link of document.querySelectorAll("a[data-language]")) {
    const address = link.href;
    link.addEventListener("click", () => {
      const passed = Array.from(document.querySelectorAll(PLACES)).filter(
        (one) => abc.places.isShown(one) && !one.closest("aside") && one.getBoundingClientRect().top < innerHeight / 3,
      );
      const place = scrollY > 0 && passed.at(-1);
      // What a page keeps in its address, such as filters, holds in every language.
      link.href = address + location.search + (place ? `#${place.id}` : "");
    });
  }

  /* The whole guide is laid out piece by piece while nothing else is to be done, so that it answers at once */

  const waiting = Array.from(document.querySelectorAll(".book-chapter, .book-sources"));
  const idle = window.requestIdleCallback || ((action) => setTimeout(action, 50));
  const layOutNext = () => {
    const piece = waiting.shift();
    if (!piece) return;
    piece.dataset.laidOut = "";
    // Asking for its height lays it out now, not together with the next.
    void piece.offsetHeight;
    idle(layOutNext);
  };
  addEventListener("load", () => idle(layOutNext));

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
  dialog?.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if (!dialog || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
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
