/*
 * Search: loaded when somebody first asks for it. Titles and headings come first and can be searched at
 * once; the texts follow when the browser has nothing else to do.
 * Who types "sister city" finds "hermanamiento": the words that people type for a term come with the titles.
 */
(function (abc) {
  "use strict";

  const dialog = document.getElementById("buscador");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ol");
  const status = dialog.querySelector('[role="status"]');
  const words = JSON.parse(document.getElementById("search-texts").textContent);
  const MOST = 20;
  const AROUND = 90;
  const IN_TITLE = { page: 6, heading: 2.5 };
  const EXPLAINS = { place: 12, page: 2 };

  const EXPLAINING = 0.3;

  let loading = null;
  let index = null;
  let entries = [];
  let ignored = new Set();
  /** What people type, as stems joined by spaces: other words for it, and where it is explained. */
  const typed = new Map();
  let longest = 1;
  let worth = [];

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  /** A word without the ending of its plural, in Spanish and in English alike; both forms lose it. */
  const stem = (word) => word.replace(/(?<=...)(?:e?s|e)+$/, "").replace(/(?<=...)y$/, "i");
  const stemsOf = (text) => wordsOf(text).map(stem);
  const inLanguage = (location) => location.slice(dialog.dataset.start.length);

  function build(texts) {
    const made = new MiniSearch({
      fields: ["title", "page", "text"],
      tokenize: wordsOf,
      processTerm: stem,
      searchOptions: { boost: { title: 4, page: 0.5 }, combineWith: "AND" },
    });
    made.addAll(entries.map((entry, id) => ({ ...entry, id, text: texts ? texts[id] : "" })));
    return made;
  }

  abc.search = {
    /** Loads what is not there yet; site.js says so where it cannot be had. */
    start() {
      if (!loading) {
        status.textContent = words.loading;
        loading = abc.loadScript(dialog.dataset.library).then(() => abc.loadScript(dialog.dataset.titles));
        loading.then(show, () => {
          loading = null;
        });
      }
      return loading;
    },

    // The scripts of the index call these two.
    titles(data) {
      const pages = new Map();
      entries = data.titles.map(([location, title]) => {
        const [page, heading] = location.split("#");
        if (!heading) pages.set(page, title);
        return { location, title, page: heading ? pages.get(page) || "" : "" };
      });
      ignored = new Set(data.ignored.flatMap(wordsOf));
      worth = data.worth;
      for (const [means, location, ...forms] of data.typed) {
        for (const form of forms) {
          const stems = stemsOf(form);
          const key = stems.join(" ");
          longest = Math.max(longest, stems.length);
          const others = typed.get(key) || { means: new Set(), locations: new Set() };
          if (means && stemsOf(means).join(" ") !== key) others.means.add(means);
          if (location) others.locations.add(location);
          typed.set(key, others);
        }
      }
      index = build(null);
      dialog.dataset.found = "titles";
      const later = window.requestIdleCallback || ((action) => setTimeout(action, 200));
      later(() => abc.loadScript(dialog.dataset.texts).catch(() => {}));
    },
    texts(data) {
      entries.forEach((entry, id) => {
        entry.text = data[id];
      });
      index = build(data);
      dialog.dataset.found = "texts";
      show();
    },
  };

  /** What was typed as units: single words, or the longest phrases that mean a term. */
  function unitsOf(query) {
    const all = wordsOf(query);
    const asked = all.map(stem);
    const units = [];
    for (let place = 0; place < asked.length; ) {
      let length = Math.min(longest, asked.length - place);
      while (length > 0 && !typed.has(asked.slice(place, place + length).join(" "))) length -= 1;
      const taken = all.slice(place, place + Math.max(1, length));
      const meaning = length ? typed.get(asked.slice(place, place + length).join(" ")) : null;
      if (meaning || !ignored.has(taken[0])) units.push({ words: taken, meaning });
      place += taken.length;
    }
    // Nothing but small words is still something to look for.
    return units.length ? units : all.map((word) => ({ words: [word], meaning: null }));
  }

  /** One unit as MiniSearch asks it: its own words, or any other way of saying the same. */
  function asked({ words: own, meaning }, last) {
    const telling = own.filter((word) => !ignored.has(word));
    const phrase = (words, least) => ({
      queries: [words.join(" ")],
      combineWith: "AND",
      // The last word may not be finished yet; a short one inside the question begins too many others.
      prefix: (term, place, terms) => place === terms.length - 1 && term.length >= least,
    });
    const others = meaning ? Array.from(meaning.means, (text) => phrase(wordsOf(text), Infinity)) : [];
    return { combineWith: "OR", queries: [phrase(telling.length ? telling : own, last ? 3 : 4), ...others] };
  }

  /** How many letters two words do not share, wherever they stand: two that changed places are none. */
  function unlike(one, other) {
    const rest = Array.from(other);
    const missing = Array.from(one).filter((letter) => {
      const at = rest.indexOf(letter);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
    return missing.length + rest.length;
  }

  /** A unit that is nowhere is taken for a slip of the pen: one letter, or two in a long word. */
  function forgive(unit, query) {
    if (index.search(query).length) return { unit, query };
    const near = (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false);
    const slip = { queries: [unit.words.join(" ")], combineWith: "AND", fuzzy: near };
    const written = stem(unit.words.join(" "));
    const known = new Set(index.search(slip).flatMap(({ terms }) => terms.filter((term) => typed.has(term))));
    const [meant] = Array.from(known).sort((one, other) => unlike(one, written) - unlike(other, written));
    return { unit: meant ? { words: [meant], meaning: typed.get(meant) } : unit, query: slip };
  }

  function search(text) {
    const asking = unitsOf(text).map((unit, place, all) => forgive(unit, asked(unit, place === all.length - 1)));
    const queries = asking.map(({ query }) => query);
    const units = asking.map(({ unit }) => unit);
    let found = index.search({ combineWith: "AND", queries });
    const all = found.length > 0;
    if (!all && units.length > 1) found = index.search({ combineWith: "OR", queries });
    const places = units.flatMap(({ meaning }) => Array.from(meaning?.locations || []));
    // A definition helps who asks for the term alone.
    const explained = new Set(units.length === 1 ? places : places.filter((one) => worthOfPage(one) >= EXPLAINING));
    const scored = found.map((one) => {
      const entry = entries[one.id];
      return { entry, terms: one.terms, score: one.score * worthOf(entry, one, units) * explains(entry, explained) };
    });
    // The whole question is a term: the page that explains it comes first, found or not.
    const best = Math.max(0, ...scored.map(({ score }) => score));
    for (const location of units.length === 1 ? explained : []) {
      const entry = entries.find((one) => one.location === location);
      const there = scored.filter((one) => pageOf(one.entry) === location.split("#")[0]);
      const first = there.find((one) => one.entry === entry) || (location.includes("#") ? null : there[0]);
      if (worthOfPage(location) < EXPLAINING) continue;
      if (first) first.score += best;
      else if (entry) scored.push({ entry, terms: units[0].words, score: 2 * best + 1 });
    }
    scored.sort((one, other) => other.score - one.score);
    return { found: scored, all };
  }

  const pageOf = (entry) => entry.location.split("#")[0];
  const worthOfPage = (location) => worth.find(([start]) => inLanguage(location).startsWith(start))?.[1] ?? 1;

  /** A page whose title says all that was asked comes before one whose heading or text does. */
  function worthOf(entry, { match }, units) {
    const saidIn = (...fields) =>
      Object.keys(match).filter((term) => fields.some((field) => match[term].includes(field)));
    const says = (said) =>
      units.every((unit) => ways(unit).some((way) => way.every((one) => said.some((term) => term.startsWith(one)))));
    const title = saidIn("title");
    const heading = title.length > 0 && says([...title, ...saidIn("page")]);
    const place = entry.page ? (heading ? IN_TITLE.heading : 1) : says(title) ? IN_TITLE.page : 1;
    return place * worthOfPage(entry.location);
  }

  /** And so does the place that explains a term that was asked for. */
  function explains(entry, locations) {
    if (locations.has(entry.location)) return EXPLAINS.place;
    return Array.from(locations).some((one) => one.split("#")[0] === pageOf(entry)) ? EXPLAINS.page : 1;
  }

  /** Every way of saying a unit, as stems. */
  const ways = ({ words: own, meaning }) => [own.map(stem), ...Array.from(meaning?.means || [], stemsOf)];

  function show() {
    const query = input.value.trim();
    if (!index || !query) {
      list.replaceChildren();
      if (index) status.textContent = words.hint;
      return;
    }
    // One result a page: the best of its headings.
    const pages = new Map();
    const { found, all } = search(query);
    for (const one of found) {
      const address = one.entry.location.split("#")[0];
      if (!pages.has(address)) pages.set(address, one);
      if (pages.size === MOST) break;
    }
    list.replaceChildren(...Array.from(pages.values(), resultItem));
    const count = pages.size;
    const sentence = count === 0 ? words.none : !all ? words.some : count === 1 ? words.count_one : words.count_other;
    status.textContent = sentence.replace("{query}", query).replace("{count}", count);
  }

  function resultItem({ entry, terms }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = dialog.dataset.root + entry.location;
    link.textContent = entry.page ? `${entry.page}: ${entry.title}` : entry.title;
    const text = document.createElement("p");
    text.append(...excerpt(entry.text || "", terms));
    item.append(link, text);
    return item;
  }

  /** The text around the first word found, with the words marked. */
  function excerpt(text, terms) {
    const all = Array.from(text.matchAll(/[\p{L}\p{N}]+/gu));
    const matches = all.filter((match) => terms.includes(stem(fold(match[0]))));
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

  input.addEventListener("input", show);
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
})((window.abc = window.abc || {}));
