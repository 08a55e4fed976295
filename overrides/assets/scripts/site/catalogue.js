/*
 * Filters, searches and sorts the entries of a catalogue that are on the page.
 *
 * What is asked for lives in the address, so that it can be shared and comes back with the page:
 * `?q=agua&themes=climate,food&sort=name`. Values of one filter widen, filters narrow. Beside each
 * value stands how many entries it would show, given everything else that is asked for.
 */

import { around, element, enclosing, find, findAll, readJson, slot } from "../core/elements.js";
import { fill, plain } from "../core/format.js";
import { isShown, onReveal, placeOf } from "../core/jumps.js";

/**
 * @typedef {object} Option a value of a filter
 * @property {HTMLElement} label
 * @property {HTMLInputElement} input
 * @property {string} name
 * @property {HTMLElement} counter
 * @property {number} count
 * @property {number} written
 */
/** @typedef {{id: string, fold: HTMLDetailsElement, options: Option[]}} Filter */
/** @typedef {{section: HTMLElement, counter: HTMLElement, count: number}} Group */
/**
 * @typedef {object} Entry
 * @property {HTMLElement} element
 * @property {Group} group
 * @property {boolean} shown
 * @property {string} name
 * @property {string} place
 * @property {number | null} year
 * @property {string} text each word after a space: what is typed has to be how a word begins
 * @property {Option[][]} options for each filter, which of its options this entry has
 */

// No entry is lower, in pixels. What stands below the first screenful changes a little later, so that
// a key press stays quick in a catalogue of hundreds.
const LEAST_HEIGHT = 180;
const A_FRAME = 60;
// Browsers limit how often an address may change.
const ADDRESS_AFTER = 250;
const DEFAULT = "default";

/** The words of a text, each once. @param {string} text */
const wordsOf = (text) => Array.from(new Set(plain(text).match(/[\p{L}\p{N}]+/gu)));
/** @param {HTMLElement} entry */
const textOf = (entry) =>
  Array.from(entry.querySelectorAll("h3, p:not(.entry-source), dd, .tag"), (one) => one.textContent).join(" ");

/**
 * Sets a property only where it changes: an untouched element costs nothing.
 *
 * @template {HTMLElement} T
 * @template {keyof T} K
 * @param {T} place
 * @param {K} name
 * @param {T[K]} value
 */
function set(place, name, value) {
  if (place[name] !== value) place[name] = value;
}

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
/** @type {Record<string, (one: Entry, other: Entry) => number>} */
const ORDERS = {
  name: (one, other) => collator.compare(one.name, other.name),
  place: (one, other) => collator.compare(one.place, other.place),
  oldest: (one, other) => (one.year ?? Infinity) - (other.year ?? Infinity) || ORDERS.name(one, other),
  newest: (one, other) => (other.year ?? -Infinity) - (one.year ?? -Infinity) || ORDERS.name(one, other),
};

/* What is on the page */

/** @param {HTMLElement} root @returns {Filter[]} */
const readFilters = (root) =>
  findAll(root, "[data-filter]").map((group) => ({
    id: group.dataset.filter ?? "",
    fold: enclosing(group, "details", HTMLDetailsElement),
    options: findAll(group, "label").map((label) => ({
      label,
      input: find(label, "input", HTMLInputElement),
      name: find(label, ".filter-name").textContent ?? "",
      counter: find(label, ".filter-count"),
      count: 0,
      written: -1,
    })),
  }));

/** @param {HTMLElement} root @returns {Group[]} */
const readGroups = (root) =>
  findAll(root, "[data-group]").map((section) => ({ section, counter: find(section, ".group-count"), count: 0 }));

/** @param {Group[]} groups @param {Filter[]} filters @returns {Entry[]} */
const readEntries = (groups, filters) =>
  groups.flatMap((group) =>
    findAll(group.section, "[data-entry]").map((entry) => {
      const values = filters.map(({ id }) => (entry.getAttribute(`data-${id}`) || "").split(" "));
      return {
        element: entry,
        group,
        shown: true,
        name: find(entry, "h3").textContent ?? "",
        place: entry.dataset.place || "",
        year: Number(entry.dataset.year) || null,
        text: ["", ...wordsOf(textOf(entry))].join(" "),
        options: filters.map(({ options }, place) =>
          options.filter(({ input }) => values[place].includes(input.value)),
        ),
      };
    }),
  );

/** Shows and hides entries: at once what can be in sight, the rest in turns between frames. */
class Display {
  #pending = 0;
  /** @type {Entry[]} */
  #later = [];

  /** @param {HTMLElement} sortedList @param {Group[]} groups */
  constructor(sortedList, groups) {
    this.sortedList = sortedList;
    this.groups = groups;
  }

  /** @param {Entry[]} displayed @param {boolean} sorted @param {number} found */
  show(displayed, sorted, found) {
    cancelAnimationFrame(this.#pending);
    const atOnce = Math.ceil(innerHeight / LEAST_HEIGHT) + 1;
    this.#later = [];
    let place = 0;
    for (const entry of displayed) {
      const { element: item, shown, group } = entry;
      // A list that goes out of sight as a whole stays as it is: what comes back is mostly what went.
      if ((sorted ? found : group.count) === 0) continue;
      if (shown) place += 1;
      // Both ways out of sight, or neither: the second may not have followed yet.
      if (item.hidden !== shown && item.classList.contains("away") !== shown) continue;
      this.#later.push(entry);
      if (place > atOnce) continue;
      // Out of sight, and back, at less cost than with `hidden`, which follows.
      item.classList.toggle("away", !shown);
      if (shown) item.hidden = false;
    }
    this.#showLists(sorted, found);
    const next = () => {
      this.settle(A_FRAME);
      if (this.#later.length) this.#pending = requestAnimationFrame(next);
    };
    // The frame that shows what is in sight comes first.
    if (this.#later.length) {
      this.#pending = requestAnimationFrame(() => (this.#pending = requestAnimationFrame(next)));
    }
  }

  /** @param {boolean} sorted @param {number} found */
  #showLists(sorted, found) {
    for (const { section, counter, count } of this.groups) {
      section.classList.toggle("away", count === 0);
      // Its contents are gone; its name would still be read out.
      section.ariaHidden = count === 0 ? "true" : null;
      set(section, "hidden", sorted);
      set(counter, "textContent", String(count));
    }
    this.sortedList.classList.toggle("away", found === 0);
    set(this.sortedList, "hidden", !sorted);
  }

  /** Shows and hides the next `count` of those that follow later. */
  settle(count = this.#later.length) {
    for (const { element: item, shown } of this.#later.splice(0, count)) {
      item.classList.toggle("away", !shown);
      item.hidden = !shown;
    }
  }
}

/** The page of a catalogue. */
class Catalogue {
  #order = DEFAULT;
  #waiting = 0;
  #lastActive = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = /** @type {Texts} */ (readJson(root, '[data-slot="words"]'));
    this.form = slot(root, "tools", HTMLFormElement);
    this.query = slot(root, "query", HTMLInputElement);
    this.sortField = slot(root, "sort", HTMLSelectElement);
    this.fold = slot(root, "filters", HTMLDetailsElement);
    this.foldTitle = slot(root, "filters-title");
    this.active = slot(root, "active");
    this.chips = slot(root, "chips");
    this.countText = slot(root, "count");
    this.empty = slot(root, "empty");
    this.filters = readFilters(root);
    this.groups = readGroups(root);
    this.entries = readEntries(this.groups, this.filters);
    this.displayed = this.entries;
    this.display = new Display(slot(root, "sorted"), this.groups);
  }

  /* Filtering and counting */

  #checked() {
    return this.filters.flatMap(({ options }) => options.filter(({ input }) => input.checked));
  }

  filter() {
    const asked = wordsOf(this.query.value).map((word) => ` ${word}`);
    const chosen = this.filters.map(({ options }) => new Set(options.filter(({ input }) => input.checked)));
    for (const { options } of this.filters) for (const option of options) option.count = 0;
    for (const group of this.groups) group.count = 0;
    let found = 0;
    for (const entry of this.entries) {
      entry.shown = this.#passes(entry, asked, chosen);
      if (!entry.shown) continue;
      for (const options of entry.options) for (const option of options) option.count += 1;
      entry.group.count += 1;
      found += 1;
    }
    this.#show(found, asked.length > 0 || chosen.some((one) => one.size > 0));
  }

  /**
   * Whether an entry is what was asked for; what only one filter keeps out counts for the other values of that filter.
   *
   * @param {Entry} entry
   * @param {string[]} asked
   * @param {Set<Option>[]} chosen
   */
  #passes(entry, asked, chosen) {
    let failed = -1;
    let fails = asked.every((term) => entry.text.includes(term)) ? 0 : 2;
    for (let place = 0; fails < 2 && place < this.filters.length; place += 1) {
      if (chosen[place].size && !entry.options[place].some((option) => chosen[place].has(option))) {
        failed = place;
        fails += 1;
      }
    }
    if (fails === 1) for (const option of entry.options[failed]) option.count += 1;
    return fails === 0;
  }

  /** @param {number} found @param {boolean} narrowed */
  #show(found, narrowed) {
    this.display.show(this.displayed, this.#order !== DEFAULT, found);
    this.writeCounts();
    const sentence = !narrowed ? this.words.total : found === 1 ? this.words.one : this.words.other;
    set(this.countText, "textContent", fill(sentence, { count: found }));
    set(this.empty, "hidden", found > 0);
    this.#showActive(narrowed);
  }

  /** How many entries each value would show; in folded filters only once they open. */
  writeCounts() {
    if (!this.fold.open) return;
    for (const { fold, options } of this.filters) {
      if (!fold.open) continue;
      for (const option of options) {
        if (option.count === option.written) continue;
        option.written = option.count;
        option.counter.textContent = String(option.count);
        option.label.classList.toggle("none", option.count === 0);
      }
    }
  }

  /** What is asked for, in sight and one press away from going. @param {boolean} narrowed */
  #showActive(narrowed) {
    const checked = this.#checked();
    set(this.active, "hidden", !narrowed);
    const now = checked.map(({ input }) => input.value).join();
    if (now === this.#lastActive) return;
    this.#lastActive = now;
    this.chips.replaceChildren(...checked.map((one) => this.#chip(one)));
    const count = checked.length;
    set(this.foldTitle, "textContent", count ? fill(this.words.filters_on, { count }) : this.words.filters);
  }

  /** @param {Option} option */
  #chip({ name, input }) {
    const hint = element("span", { className: "visually-hidden", textContent: `${this.words.remove}: ` });
    const button = element("button", { type: "button", className: "chip" }, hint, name);
    const item = element("li", {}, button);
    button.addEventListener("click", () => {
      const place = Array.from(this.chips.children).indexOf(item);
      input.checked = false;
      this.change();
      // The button is gone: focus goes to the one that took its place.
      const buttons = findAll(this.chips, "button");
      (buttons[place] ?? buttons.at(-1) ?? this.query).focus();
    });
    return item;
  }

  /** One list, or the groups as they came. */
  sort() {
    if (this.sortField.value === this.#order) return;
    this.#order = this.sortField.value;
    const sorted = this.#order !== DEFAULT;
    this.displayed = sorted ? [...this.entries].sort(ORDERS[this.#order]) : this.entries;
    for (const { element: item, group } of this.displayed) {
      (sorted ? this.display.sortedList : group.section).append(item);
    }
  }

  /* The address */

  #address() {
    const asked = new URLSearchParams();
    const query = this.query.value.trim();
    if (query) asked.set("q", query);
    for (const { id, options } of this.filters) {
      const values = options.filter(({ input }) => input.checked).map(({ input }) => input.value);
      if (values.length) asked.set(id, values.join(","));
    }
    if (this.#order !== DEFAULT) asked.set("sort", this.#order);
    // A comma may stand in an address as it is.
    const text = asked.toString().replaceAll("%2C", ",");
    // Whoever follows it would be led to an entry that is filtered out, and the filters would go.
    const place = placeOf(location.hash);
    const hash = place && !isShown(place) ? "" : location.hash;
    return location.pathname + (text && `?${text}`) + hash;
  }

  read() {
    const asked = new URLSearchParams(location.search);
    this.query.value = (asked.get("q") || "").slice(0, this.query.maxLength);
    for (const { id, fold, options } of this.filters) {
      const values = (asked.get(id) || "").split(",");
      for (const { input } of options) input.checked = values.includes(input.value);
      if (options.some(({ input }) => input.checked)) fold.open = true;
    }
    const order = asked.get("sort") ?? "";
    this.sortField.value = Object.hasOwn(ORDERS, order) ? order : DEFAULT;
    if (this.sortField.selectedIndex < 0) this.sortField.value = DEFAULT;
    this.sort();
    this.filter();
  }

  write() {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    try {
      history.replaceState(history.state, "", this.#address());
    } catch {
      // From a folder without a server some browsers refuse: then it is not shared.
    }
  }

  change() {
    this.sort();
    this.filter();
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.write(), ADDRESS_AFTER);
  }

  clear() {
    this.query.value = "";
    for (const { options } of this.filters) for (const { input } of options) input.checked = false;
  }

  /** A link to an entry, or to a group, that is filtered out or sorted away shows it. @param {HTMLElement} target */
  reveal(target) {
    if (!this.root.contains(target)) return;
    this.display.settle();
    if (isShown(target)) return;
    this.clear();
    if (this.groups.some(({ section }) => target === section.firstElementChild)) this.sortField.value = DEFAULT;
    this.change();
    this.display.settle();
  }

  open() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.change());
    // Opening does not bubble.
    this.form.addEventListener("toggle", () => this.writeCounts(), true);
    this.sortField.addEventListener("input", () => this.change());
    // An address that is about to be left has to hold what is on the screen.
    this.root.addEventListener("click", (event) => around(event, "a") && this.write());
    document.addEventListener("click", (event) => around(event, "a[data-language]") && this.write(), true);
    addEventListener("popstate", () => this.read());
    addEventListener("pageshow", ({ persisted }) => persisted && this.read());
    for (const button of findAll(this.root, '[data-action="catalogue-reset"]')) {
      button.addEventListener("click", () => {
        this.clear();
        this.change();
        this.query.focus();
      });
    }
    onReveal((target) => this.reveal(target));
    // On a wide screen filters stand beside the list; on a narrow one they are folded above it.
    const wide = matchMedia("(min-width: 62em)");
    const place = () => (this.fold.open = wide.matches);
    wide.addEventListener("change", place);
    place();
    this.form.hidden = false;
    slot(this.root, "bar").hidden = false;
    this.read();
  }
}

new Catalogue(find(document, "[data-catalogue]")).open();
