/*
 * A catalogue: filters, search and sorting over the entries that are on the page.
 *
 * What is asked for lives in the address, so that it can be shared and comes back with the page:
 * `?q=agua&themes=climate,food&sort=name`. Values of one filter widen, filters narrow. Beside each
 * value stands how many entries it would show, given everything else that is asked for.
 */
(function (abc) {
  "use strict";

  const root = document.querySelector("[data-catalogue]");
  const slots = Object.fromEntries(
    Array.from(root.querySelectorAll("[data-slot]"), (element) => [element.dataset.slot, element]),
  );
  const words = JSON.parse(slots.words.textContent);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const wide = matchMedia("(min-width: 62em)");
  // No entry is lower, in pixels. What stands below the first screenful changes a little later, so that
  // a key press stays quick in a catalogue of hundreds.
  const LEAST_HEIGHT = 180;
  const A_FRAME = 60;
  // Browsers limit how often an address may change.
  const ADDRESS_AFTER = 250;

  /** Text as it is compared: without accents, in small letters. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  /** The words of a text, each once. */
  const wordsOf = (text) => Array.from(new Set(plain(text).match(/[\p{L}\p{N}]+/gu)));
  const textOf = (element) =>
    Array.from(element.querySelectorAll("h3, p:not(.entry-source), dd, .tag"), (one) => one.textContent).join(" ");
  const fill = (text, details) => text.replace(/\{(\w+)\}/g, (_, name) => details[name]);

  /** Sets a property only where it changes: an untouched element costs nothing. */
  function set(element, name, value) {
    if (element[name] !== value) element[name] = value;
  }

  /* What is on the page */

  const filters = Array.from(root.querySelectorAll("[data-filter]"), (group) => ({
    id: group.dataset.filter,
    fold: group.parentElement,
    options: Array.from(group.querySelectorAll("label"), (label) => ({
      label,
      input: label.querySelector("input"),
      name: label.querySelector(".filter-name").textContent,
      counter: label.querySelector(".filter-count"),
      count: 0,
      written: -1,
    })),
  }));

  const groups = Array.from(root.querySelectorAll("[data-group]"), (section) => ({
    section,
    counter: section.querySelector(".group-count"),
    count: 0,
  }));

  const entries = groups.flatMap((group) =>
    Array.from(group.section.querySelectorAll("[data-entry]"), (element) => {
      const values = filters.map(({ id }) => (element.getAttribute(`data-${id}`) || "").split(" "));
      return {
        element,
        group,
        shown: true,
        name: element.querySelector("h3").textContent,
        place: element.dataset.place || "",
        year: Number(element.dataset.year) || null,
        // Each word after a space: what is typed has to be how a word begins.
        text: ["", ...wordsOf(textOf(element))].join(" "),
        // For each filter, which of its options this entry has.
        options: filters.map(({ options }, place) =>
          options.filter(({ input }) => values[place].includes(input.value)),
        ),
      };
    }),
  );

  /* Filtering and counting */

  const terms = () => wordsOf(slots.query.value).map((word) => ` ${word}`);

  function filter() {
    const asked = terms();
    const chosen = filters.map(({ options }) => new Set(options.filter(({ input }) => input.checked)));
    for (const { options } of filters) for (const option of options) option.count = 0;
    for (const group of groups) group.count = 0;

    let found = 0;
    for (const entry of entries) {
      const named = asked.every((term) => entry.text.includes(term));
      let failed = -1;
      let fails = named ? 0 : 2;
      for (let place = 0; fails < 2 && place < filters.length; place += 1) {
        if (chosen[place].size && !entry.options[place].some((option) => chosen[place].has(option))) {
          failed = place;
          fails += 1;
        }
      }
      // What only one filter keeps out would come in with another value of that filter.
      if (fails === 1) for (const option of entry.options[failed]) option.count += 1;
      entry.shown = fails === 0;
      if (!entry.shown) continue;
      for (const options of entry.options) for (const option of options) option.count += 1;
      entry.group.count += 1;
      found += 1;
    }
    show(found, asked.length > 0 || chosen.some((one) => one.size));
  }

  let order = "default";
  let displayed = entries;
  let pending = 0;
  let later = [];

  /** Shows and hides entries: at once what can be in sight, the rest in turns between frames. */
  function reveal(found) {
    cancelAnimationFrame(pending);
    const sorted = order !== "default";
    const atOnce = Math.ceil(innerHeight / LEAST_HEIGHT) + 1;
    later = [];
    let place = 0;
    for (const entry of displayed) {
      const { element, shown, group } = entry;
      // A list that goes out of sight as a whole stays as it is: what comes back is mostly what went.
      if ((sorted ? found : group.count) === 0) continue;
      if (shown) place += 1;
      // Both ways out of sight, or neither: the second may not have followed yet.
      if (element.hidden !== shown && element.classList.contains("away") !== shown) continue;
      later.push(entry);
      if (place > atOnce) continue;
      // Out of sight, and back, at less cost than with `hidden`, which follows.
      element.classList.toggle("away", !shown);
      if (shown) element.hidden = false;
    }
    for (const { section, counter, count } of groups) {
      section.classList.toggle("away", count === 0);
      // Its contents are gone; its name would still be read out.
      section.ariaHidden = count === 0 ? "true" : null;
      set(section, "hidden", sorted);
      set(counter, "textContent", String(count));
    }
    slots.sorted.classList.toggle("away", found === 0);
    set(slots.sorted, "hidden", !sorted);
    const next = () => {
      settle(A_FRAME);
      if (later.length) pending = requestAnimationFrame(next);
    };
    // The frame that shows what is in sight comes first.
    if (later.length) pending = requestAnimationFrame(() => (pending = requestAnimationFrame(next)));
  }

  /** Shows and hides the next `count` of those that follow later. */
  function settle(count) {
    for (const { element, shown } of later.splice(0, count)) {
      element.classList.toggle("away", !shown);
      element.hidden = !shown;
    }
  }

  function show(found, narrowed) {
    reveal(found);
    writeCounts();
    const sentence = !narrowed ? words.total : found === 1 ? words.one : words.other;
    set(slots.count, "textContent", fill(sentence, { count: found }));
    set(slots.empty, "hidden", found > 0);
    showActive(narrowed);
  }

  /** How many entries each value would show; in folded filters only once they open. */
  function writeCounts() {
    if (!slots.filters.open) return;
    for (const { fold, options } of filters) {
      if (!fold.open) continue;
      for (const option of options) {
        if (option.count === option.written) continue;
        option.written = option.count;
        option.counter.textContent = String(option.count);
        option.label.classList.toggle("none", option.count === 0);
      }
    }
  }

  /* What is asked for, in sight and one press away from going */

  let lastActive = "";

  function showActive(narrowed) {
    const checked = filters.flatMap(({ options }) => options.filter(({ input }) => input.checked));
    set(slots.active, "hidden", !narrowed);
    const now = checked.map(({ input }) => input.value).join();
    if (now === lastActive) return;
    lastActive = now;
    slots.chips.replaceChildren(...checked.map(chip));
    const count = checked.length;
    set(slots["filters-title"], "textContent", count ? fill(words.filters_on, { count }) : words.filters);
  }

  function chip({ name, input }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const hint = document.createElement("span");
    button.type = "button";
    button.className = "chip";
    hint.className = "visually-hidden";
    hint.textContent = `${words.remove}: `;
    button.append(hint, name);
    button.addEventListener("click", () => {
      const place = Array.from(slots.chips.children).indexOf(item);
      input.checked = false;
      change();
      // The button is gone: focus goes to the one that took its place.
      (slots.chips.children[place]?.firstChild || slots.chips.lastChild?.firstChild || slots.query).focus();
    });
    item.append(button);
    return item;
  }

  /* Sorting: one list, or the groups as they came */

  const orders = {
    name: (a, b) => collator.compare(a.name, b.name),
    place: (a, b) => collator.compare(a.place, b.place),
    oldest: (a, b) => (a.year ?? Infinity) - (b.year ?? Infinity) || orders.name(a, b),
    newest: (a, b) => (b.year ?? -Infinity) - (a.year ?? -Infinity) || orders.name(a, b),
  };
  function sort() {
    if (slots.sort.value === order) return;
    order = slots.sort.value;
    displayed = order === "default" ? entries : [...entries].sort(orders[order]);
    for (const { element, group } of displayed) (order === "default" ? group.section : slots.sorted).append(element);
  }

  /* The address */

  function address() {
    const asked = new URLSearchParams();
    const query = slots.query.value.trim();
    if (query) asked.set("q", query);
    for (const { id, options } of filters) {
      const values = options.filter(({ input }) => input.checked).map(({ input }) => input.value);
      if (values.length) asked.set(id, values.join(","));
    }
    if (order !== "default") asked.set("sort", order);
    // A comma may stand in an address as it is.
    const text = asked.toString().replaceAll("%2C", ",");
    // Whoever follows it would be led to an entry that is filtered out, and the filters would go.
    const place = abc.places.of(location.hash);
    const hash = place && !abc.places.isShown(place) ? "" : location.hash;
    return location.pathname + (text && `?${text}`) + hash;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    slots.query.value = (asked.get("q") || "").slice(0, slots.query.maxLength);
    for (const { id, fold, options } of filters) {
      const values = (asked.get(id) || "").split(",");
      for (const { input } of options) input.checked = values.includes(input.value);
      if (options.some(({ input }) => input.checked)) fold.open = true;
    }
    slots.sort.value = asked.get("sort") in orders ? asked.get("sort") : "default";
    if (slots.sort.selectedIndex < 0) slots.sort.value = "default";
    sort();
    filter();
  }

  let waiting = 0;
  function write() {
    clearTimeout(waiting);
    waiting = 0;
    try {
      history.replaceState(history.state, "", address());
    } catch {
      // From a folder without a server some browsers refuse: then it is not shared.
    }
  }

  function change() {
    sort();
    filter();
    clearTimeout(waiting);
    waiting = setTimeout(write, ADDRESS_AFTER);
  }

  /* Everything a person does */

  const form = slots.tools;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", change);
  // Opening does not bubble.
  form.addEventListener("toggle", writeCounts, true);
  slots.sort.addEventListener("input", change);
  // An address that is about to be left has to hold what is on the screen.
  root.addEventListener("click", (event) => event.target.closest("a") && write());
  document.addEventListener("click", (event) => event.target.closest("a[data-language]") && write(), true);
  addEventListener("popstate", read);
  addEventListener("pageshow", (event) => event.persisted && read());
  function clear() {
    slots.query.value = "";
    for (const { options } of filters) for (const { input } of options) input.checked = false;
  }
  for (const button of root.querySelectorAll('[data-action="catalogue-reset"]')) {
    button.addEventListener("click", () => {
      clear();
      change();
      slots.query.focus();
    });
  }

  // A link to an entry, or to a group, that is filtered out or sorted away shows it.
  abc.places.onReveal((target) => {
    if (!root.contains(target)) return;
    settle(later.length);
    if (abc.places.isShown(target)) return;
    clear();
    if (groups.some(({ section }) => target === section.firstElementChild)) slots.sort.value = "default";
    change();
    settle(later.length);
  });

  // On a wide screen filters stand beside the list; on a narrow one they are folded above it.
  const place = () => (slots.filters.open = wide.matches);
  wide.addEventListener("change", place);
  place();
  form.hidden = false;
  slots.bar.hidden = false;
  read();
})((window.abc = window.abc || {}));
