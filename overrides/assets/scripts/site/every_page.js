/*
 * Does what every page does: light or dark, search, keeping one's place when changing language, explaining terms,
 * and being shown inside another site's page. Without it, pages are complete; the buttons it serves are hidden until
 * it runs.
 */

import { loadScript, whenIdle } from "../core/browser.js";
import { find, findAll, findOptional, readJson, watchWidth } from "../core/elements.js";
import { isTall, sightLine } from "../core/frame.js";
import { abc } from "../core/global.js";
import { isShown } from "../core/jumps.js";
import { openEmbedded } from "./embedded.js";
import { explainTerms } from "./explained_terms.js";
import { openOfflineButton } from "./offline_button.js";

const PLACES = "main :is(h1, h2, h3, h4, li, .glossary-term)[id]";
const page = document.documentElement;

/**
 * Shows the buttons of an action and gives it to them.
 *
 * @param {string} name
 * @param {() => void} action
 */
function press(name, action) {
  for (const button of findAll(document, `[data-action="${name}"]`)) {
    button.addEventListener("click", action);
    button.hidden = false;
  }
}

/** Light or dark: the system's choice until a person makes their own. */
function openTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : system.matches);
  const show = () => {
    for (const button of findAll(document, '[data-action="theme"]')) button.ariaPressed = String(isDark());
  };
  system.addEventListener("change", show);
  show();
  press("theme", () => {
    page.dataset.theme = isDark() ? "light" : "dark";
    show();
    try {
      localStorage.setItem("abc.theme", page.dataset.theme);
    } catch {
      // Then it lasts as long as the page.
    }
  });
}

/** Escape closes the drawer of a phone's header, and the focus stays at what opens it. */
function closeDrawer() {
  const drawer = findOptional(document, ".drawer", HTMLDetailsElement);
  drawer?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.open) return;
    drawer.open = false;
    find(drawer, "summary").focus();
  });
}

/** The other language opens at the same place: ids are the same in every language. */
function keepPlaceInOtherLanguages() {
  for (const link of findAll(document, "a[data-language]", HTMLAnchorElement)) {
    const address = link.href;
    link.addEventListener("click", () => {
      const passed = findAll(document, PLACES).filter(
        (one) => isShown(one) && !one.closest("aside") && one.getBoundingClientRect().top < sightLine(),
      );
      const place = (scrollY > 0 || isTall()) && passed.at(-1);
      // What a page keeps in its address, such as filters, holds in every language.
      link.href = address + location.search + (place ? `#${place.id}` : "");
    });
  }
}

/** The whole guide is laid out piece by piece while nothing else is to be done, so that it answers at once. */
function layOutBook() {
  const waiting = findAll(document, ".book-chapter, .book-sources");
  const layOutNext = () => {
    const piece = waiting.shift();
    if (!piece) return;
    piece.dataset.laidOut = "";
    // Asking for its height lays it out now, not together with the next.
    void piece.offsetHeight;
    whenIdle(layOutNext, 50);
  };
  addEventListener("load", () => whenIdle(layOutNext, 50));
}

/** Search is loaded when it is first asked for. @param {HTMLDialogElement} dialog */
function openSearchDialog(dialog) {
  const { failed } = /** @type {Texts} */ (readJson(document, "#search-texts"));
  async function open() {
    if (dialog.open) return;
    dialog.showModal();
    find(dialog, "input", HTMLInputElement).select();
    try {
      if (!abc.search) await loadScript(dialog.dataset.script ?? "");
      await abc.search?.start();
    } catch {
      find(dialog, '[role="status"]').textContent = failed;
    }
  }

  press("search", open);
  press("search-close", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
  });
}

openTheme();
openOfflineButton();
closeDrawer();
keepPlaceInOtherLanguages();
layOutBook();
for (const box of findAll(document, ".table-scroll")) watchWidth(box);
// Under another site's theme there is no search of ours.
const dialog = document.querySelector("dialog#buscador");
if (dialog instanceof HTMLDialogElement) {
  openSearchDialog(dialog);
  if (page.classList.contains("embed")) openEmbedded(new URL(dialog.dataset.root ?? "", location.href).href);
}
explainTerms();
