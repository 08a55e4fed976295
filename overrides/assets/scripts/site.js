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

  press("theme", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    page.dataset.theme = (page.dataset.theme || system) === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("abc.theme", page.dataset.theme);
    } catch {
      // Then it lasts as long as the page.
    }
  });

  /* The other language opens at the same heading: ids are the same in every language */

  for (const link of document.querySelectorAll("a[data-language]")) {
    const address = link.href;
    link.addEventListener("click", () => {
      const headings = document.querySelectorAll("main :is(h1, h2, h3)");
      const passed = Array.from(headings).filter(
        (one) =>
          one.id && one.offsetParent && !one.closest("aside") && one.getBoundingClientRect().top < innerHeight / 3,
      );
      const place = scrollY > 0 && passed.at(-1);
      // What a page keeps in its address, such as filters, holds in every language.
      link.href = address + location.search + (place ? `#${place.id}` : "");
    });
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
