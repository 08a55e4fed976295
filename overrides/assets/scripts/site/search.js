/*
 * Searches the site: loaded when somebody first asks for it. Titles and headings come first and can be searched at
 * once; the texts follow when the browser has nothing else to do. Who types "sister city" finds "hermanamiento": the
 * words that people type for a term come with the titles.
 */

import { loadScript, whenIdle } from "../core/browser.js";
import { around, element, find, readJson } from "../core/elements.js";
import { plain } from "../core/format.js";
import { abc } from "../core/global.js";

/** @typedef {{location: string, title: string, page: string, text?: string}} Entry */
/** @typedef {{means: Set<string>, locations: Set<string>}} Meaning other words for a term, and where it is explained */
/** @typedef {{words: string[], meaning: Meaning | null}} Unit single words, or the longest phrase that means a term */
/** @typedef {{entry: Entry, terms: string[], score: number}} Scored */

const MOST = 20;
const AROUND = 90;
const IN_TITLE = { page: 6, heading: 2.5 };
const EXPLAINS = { place: 12, page: 2 };
const EXPLAINING = 0.3;

/** @param {string} text @returns {string[]} */
const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];
/**
 * A word without the ending of its plural, in Spanish and in English alike; both forms lose it.
 *
 * @param {string} word
 */
const stem = (word) => word.replace(/(?<=...)(?:e?s|e)+$/, "").replace(/(?<=...)y$/, "i");
/** @param {string} text */
const stemsOf = (text) => wordsOf(text).map(stem);
/** @param {Pick<Entry, "location">} entry */
const pageOf = ({ location }) => location.split("#")[0];
/** Every way of saying a unit, as stems. @param {Unit} unit */
const ways = ({ words, meaning }) => [words.map(stem), ...Array.from(meaning?.means || [], stemsOf)];

/**
 * How many letters two words do not share, wherever they stand: two that changed places are none.
 *
 * @param {string} one
 * @param {string} other
 */
function unlike(one, other) {
  const rest = Array.from(other);
  const missing = Array.from(one).filter((letter) => {
    const at = rest.indexOf(letter);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return missing.length + rest.length;
}

/** What can be found in one language, by what people type. */
class Index {
  /** @type {Entry[]} */
  #entries;
  #ignored;
  #worth;
  /** @type {Map<string, Meaning>} What people type, as stems joined by spaces. */
  #typed = new Map();
  #longest = 1;
  #index;

  /**
   * @param {SearchTitles} data
   * @param {string} start what every address of the language begins with
   */
  constructor(data, start) {
    /** @type {Map<string, string>} */
    const pages = new Map();
    this.start = start;
    let before = "";
    this.#entries = data.titles.map(([said, title]) => {
      // A heading of the page before it says its id alone.
      const location = said.startsWith("#") ? before + said : said;
      const [page, heading] = location.split("#");
      before = page;
      if (!heading) pages.set(page, title);
      return { location, title, page: heading ? pages.get(page) || "" : "" };
    });
    this.#ignored = new Set(data.ignored.flatMap(wordsOf));
    this.#worth = data.worth;
    for (const [means, see, ...forms] of data.typed) {
      const location = typeof see === "number" ? this.#entries[see].location : see;
      for (const form of forms) this.#learn(form, means, location);
    }
    this.#index = this.#build(null);
  }

  /** @param {string} form @param {string} means @param {string} location */
  #learn(form, means, location) {
    const stems = stemsOf(form);
    const key = stems.join(" ");
    this.#longest = Math.max(this.#longest, stems.length);
    const others = this.#typed.get(key) || { means: new Set(), locations: new Set() };
    if (means && stemsOf(means).join(" ") !== key) others.means.add(means);
    if (location) others.locations.add(location);
    this.#typed.set(key, others);
  }

  /** @param {string[] | null} texts */
  #build(texts) {
    const made = new MiniSearch({
      fields: ["title", "page", "text"],
      tokenize: wordsOf,
      processTerm: stem,
      searchOptions: { boost: { title: 4, page: 0.5 }, combineWith: "AND" },
    });
    made.addAll(this.#entries.map((entry, id) => ({ ...entry, id, text: texts ? texts[id] : "" })));
    return made;
  }

  /** Lets the texts of all entries be found too. @param {string[]} texts in the order of the titles */
  addTexts(texts) {
    this.#entries.forEach((entry, id) => {
      entry.text = texts[id];
    });
    this.#index = this.#build(texts);
  }

  /** What was typed as units. @param {string} query @returns {Unit[]} */
  #unitsOf(query) {
    const all = wordsOf(query);
    const asked = all.map(stem);
    /** @type {Unit[]} */
    const units = [];
    for (let place = 0; place < asked.length; ) {
      let length = Math.min(this.#longest, asked.length - place);
      while (length > 0 && !this.#typed.has(asked.slice(place, place + length).join(" "))) length -= 1;
      const taken = all.slice(place, place + Math.max(1, length));
      const meaning = (length && this.#typed.get(asked.slice(place, place + length).join(" "))) || null;
      if (meaning || !this.#ignored.has(taken[0])) units.push({ words: taken, meaning });
      place += taken.length;
    }
    // Nothing but small words is still something to look for.
    return units.length ? units : all.map((word) => ({ words: [word], meaning: null }));
  }

  /**
   * One unit as MiniSearch asks it: its own words, or any other way of saying the same.
   *
   * @param {Unit} unit
   * @param {boolean} last
   * @returns {MiniSearchQuery}
   */
  #asked({ words: own, meaning }, last) {
    const telling = own.filter((word) => !this.#ignored.has(word));
    /** @param {string[]} words @param {number} least @returns {MiniSearchQuery} */
    const phrase = (words, least) => ({
      queries: [words.join(" ")],
      combineWith: "AND",
      // The last word may not be finished yet; a short one inside the question begins too many others.
      prefix: (term, place, terms) => place === terms.length - 1 && term.length >= least,
    });
    const others = meaning ? Array.from(meaning.means, (text) => phrase(wordsOf(text), Infinity)) : [];
    return { combineWith: "OR", queries: [phrase(telling.length ? telling : own, last ? 3 : 4), ...others] };
  }

  /**
   * A unit that is nowhere is taken for a slip of the pen: one letter, or two in a long word.
   *
   * @param {Unit} unit
   * @param {MiniSearchQuery} query
   * @returns {{unit: Unit, query: MiniSearchQuery}}
   */
  #forgive(unit, query) {
    if (this.#index.search(query).length) return { unit, query };
    /** @param {string} term */
    const near = (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false);
    /** @type {MiniSearchQuery} */
    const slip = { queries: [unit.words.join(" ")], combineWith: "AND", fuzzy: near };
    const written = stem(unit.words.join(" "));
    const found = this.#index.search(slip).flatMap(({ terms }) => terms.filter((term) => this.#typed.has(term)));
    const [meant] = [...new Set(found)].sort((one, other) => unlike(one, written) - unlike(other, written));
    const meaning = this.#typed.get(meant ?? "") ?? null;
    return { unit: meant ? { words: [meant], meaning } : unit, query: slip };
  }

  /**
   * @param {string} text
   * @returns {{found: Scored[], all: boolean}} the best first; whether all that was asked is in them
   */
  search(text) {
    const asking = this.#unitsOf(text).map((unit, place, all) =>
      this.#forgive(unit, this.#asked(unit, place === all.length - 1)),
    );
    const queries = asking.map(({ query }) => query);
    const units = asking.map(({ unit }) => unit);
    let found = this.#index.search({ combineWith: "AND", queries });
    const all = found.length > 0;
    if (!all && units.length > 1) found = this.#index.search({ combineWith: "OR", queries });
    const places = units.flatMap(({ meaning }) => Array.from(meaning?.locations || []));
    // A definition helps who asks for the term alone.
    const alone = units.length === 1;
    const explained = new Set(alone ? places : places.filter((one) => this.#worthOfPage(one) >= EXPLAINING));
    const scored = found.map((one) => {
      const entry = this.#entries[one.id];
      return {
        entry,
        terms: one.terms,
        score: one.score * this.#worthOf(entry, one, units) * explains(entry, explained),
      };
    });
    if (alone) this.#putExplainingFirst(scored, explained, units[0]);
    scored.sort((one, other) => other.score - one.score);
    return { found: scored, all };
  }

  /**
   * The whole question is a term: the page that explains it comes first, found or not.
   *
   * @param {Scored[]} scored
   * @param {Set<string>} explained
   * @param {Unit} unit
   */
  #putExplainingFirst(scored, explained, unit) {
    const best = Math.max(0, ...scored.map(({ score }) => score));
    for (const location of explained) {
      const entry = this.#entries.find((one) => one.location === location);
      const there = scored.filter((one) => pageOf(one.entry) === location.split("#")[0]);
      const first = there.find((one) => one.entry === entry) || (location.includes("#") ? null : there[0]);
      if (this.#worthOfPage(location) < EXPLAINING) continue;
      if (first) first.score += best;
      else if (entry) scored.push({ entry, terms: unit.words, score: 2 * best + 1 });
    }
  }

  /** @param {string} location */
  #worthOfPage(location) {
    return this.#worth.find(([start]) => location.slice(this.start.length).startsWith(start))?.[1] ?? 1;
  }

  /**
   * A page whose title says all that was asked comes before one whose heading or text does.
   *
   * @param {Entry} entry
   * @param {MiniSearchResult} result
   * @param {Unit[]} units
   */
  #worthOf(entry, { match }, units) {
    /** @param {...string} fields */
    const saidIn = (...fields) =>
      Object.keys(match).filter((term) => fields.some((field) => match[term].includes(field)));
    /** @param {string[]} said */
    const says = (said) =>
      units.every((unit) => ways(unit).some((way) => way.every((one) => said.some((term) => term.startsWith(one)))));
    const title = saidIn("title");
    const heading = title.length > 0 && says([...title, ...saidIn("page")]);
    const place = entry.page ? (heading ? IN_TITLE.heading : 1) : says(title) ? IN_TITLE.page : 1;
    return place * this.#worthOfPage(entry.location);
  }
}

/**
 * And so does the place that explains a term that was asked for.
 *
 * @param {Entry} entry
 * @param {Set<string>} locations
 */
function explains(entry, locations) {
  if (locations.has(entry.location)) return EXPLAINS.place;
  return Array.from(locations).some((one) => one.split("#")[0] === pageOf(entry)) ? EXPLAINS.page : 1;
}

/**
 * The text around the first word found, with the words marked.
 *
 * @param {string} text
 * @param {string[]} terms
 */
function excerpt(text, terms) {
  const all = Array.from(text.matchAll(/[\p{L}\p{N}]+/gu));
  const matches = all.filter((match) => terms.includes(stem(plain(match[0]))));
  const start = Math.max(0, (matches[0]?.index ?? 0) - AROUND);
  const end = Math.min(text.length, start + 2.5 * AROUND);
  /** @type {(string | Node)[]} */
  const parts = [start > 0 ? "…" : ""];
  let place = start;
  for (const match of matches) {
    if (match.index + match[0].length > end) break;
    parts.push(text.slice(place, match.index), element("mark", { textContent: match[0] }));
    place = match.index + match[0].length;
  }
  parts.push(text.slice(place, end), end < text.length ? "…" : "");
  return parts;
}

/* The dialog */

const dialog = find(document, "#buscador", HTMLDialogElement);
const input = find(dialog, "input", HTMLInputElement);
const list = find(dialog, "ol");
const status = find(dialog, '[role="status"]');
const words = /** @type {Texts} */ (readJson(document, "#search-texts"));
/** @type {Promise<void> | null} */
let loading = null;
/** @type {Index | null} */
let index = null;

/** @param {Scored} result */
function resultItem({ entry, terms }) {
  const link = element("a", {
    href: dialog.dataset.root + entry.location,
    textContent: entry.page ? `${entry.page}: ${entry.title}` : entry.title,
  });
  return element("li", {}, link, element("p", {}, ...excerpt(entry.text || "", terms)));
}

function show() {
  const query = input.value.trim();
  if (!index || !query) {
    list.replaceChildren();
    if (index) status.textContent = words.hint;
    return;
  }
  // One result a page: the best of its headings.
  /** @type {Map<string, Scored>} */
  const pages = new Map();
  const { found, all } = index.search(query);
  for (const one of found) {
    const address = pageOf(one.entry);
    if (!pages.has(address)) pages.set(address, one);
    if (pages.size === MOST) break;
  }
  list.replaceChildren(...Array.from(pages.values(), resultItem));
  const count = pages.size;
  const sentence = count === 0 ? words.none : !all ? words.some : count === 1 ? words.count_one : words.count_other;
  status.textContent = sentence.replace("{query}", query).replace("{count}", String(count));
}

/** @param {string} name */
const load = (name) => loadScript(dialog.dataset[name] ?? "");

abc.search = {
  /** Loads what is not there yet; whoever asked says so where it cannot be had. */
  start() {
    if (!loading) {
      status.textContent = words.loading;
      loading = load("library").then(() => load("titles"));
      loading.then(show, () => {
        loading = null;
      });
    }
    return loading;
  },

  // The scripts of the index call these two.
  titles(data) {
    index = new Index(data, dialog.dataset.start ?? "");
    dialog.dataset.found = "titles";
    whenIdle(() => load("texts").catch(() => {}), 200);
  },
  texts(data) {
    index?.addTexts(data);
    dialog.dataset.found = "texts";
    show();
  },
};
input.addEventListener("input", show);
list.addEventListener("click", (event) => around(event, "a") && dialog.close());
