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

  /* Search */

  const dialog = document.getElementById("buscador");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ol");
  const status = dialog.querySelector('[role="status"]');
  const words = JSON.parse(document.getElementById("search-texts").textContent);
  const MOST = 20;
  const AROUND = 90;
  let index = null;
  let loading = null;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // The index is a script that calls this: it also loads from a folder without a server.
  abc.search = {
    load(entries) {
      index = new MiniSearch({
        fields: ["title", "text"],
        storeFields: ["location", "title", "page", "text"],
        processTerm: fold,
        searchOptions: {
          boost: { title: 3 },
          // A definition is short and would always come before the chapters about the matter.
          boostDocument: (id, term, entry) => (/(^|\/)glosario(\/|\.html)/.test(entry.location) ? 0.4 : 1),
          prefix: true,
          fuzzy: (term) => (term.length > 4 ? 0.2 : false),
          combineWith: "AND",
        },
      });
      index.addAll(entries.map((entry, id) => ({ ...entry, id })));
    },
  };

  const script = (address) =>
    new Promise((resolve, reject) => {
      const made = document.createElement("script");
      Object.assign(made, { src: address, onload: resolve, onerror: reject });
      document.head.append(made);
    });

  async function load() {
    status.textContent = words.loading;
    try {
      loading ||= script(dialog.dataset.library).then(() => script(dialog.dataset.index));
      await loading;
      status.textContent = words.hint;
      show();
    } catch {
      loading = null;
      status.textContent = words.failed;
    }
  }

  function show() {
    const query = input.value.trim();
    if (!index || !query) {
      list.replaceChildren();
      if (index) status.textContent = words.hint;
      return;
    }
    // One result a page: the best of its headings.
    const pages = new Map();
    for (const found of index.search(query)) {
      const address = found.location.split("#")[0];
      if (!pages.has(address)) pages.set(address, found);
      if (pages.size === MOST) break;
    }
    list.replaceChildren(...Array.from(pages.values(), resultItem));
    const count = pages.size;
    const sentence = count === 0 ? words.none : count === 1 ? words.count_one : words.count_other;
    status.textContent = sentence.replace("{query}", query).replace("{count}", count);
  }

  function resultItem(found) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = dialog.dataset.root + found.location;
    link.textContent = found.page === found.title ? found.title : `${found.page}: ${found.title}`;
    const text = document.createElement("p");
    text.append(...excerpt(found.text, found.terms));
    item.append(link, text);
    return item;
  }

  /** The text around the first word found, with the words marked. */
  function excerpt(text, terms) {
    const matches = Array.from(text.matchAll(/[\p{L}\p{N}]+/gu)).filter((match) => terms.includes(fold(match[0])));
    const start = Math.max(0, (matches[0]?.index ?? 0) - AROUND);
    const end = Math.min(text.length, start + 2.5 * AROUND);
    /** @type {(string | Node)[]} */
    const parts = [start > 0 ? "…" : ""];
    let place = start;
    for (const match of matches) {
      if (match.index + match[0].length > end) break;
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      parts.push(text.slice(place, match.index), mark);
      place = match.index + match[0].length;
    }
    parts.push(text.slice(place, end), end < text.length ? "…" : "");
    return parts;
  }

  const openSearch = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    if (!index) load();
  };
  press("search", openSearch);
  press("search-close", () => dialog.close());
  input.addEventListener("input", show);
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
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
