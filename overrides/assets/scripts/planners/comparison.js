/*
 * Compares networks, up to five, rated by the criteria of data/selection.yml: what their ratings add up to, and what
 * that says.
 *
 * Items of a comparison: "question", "unverified", "recommendation", "prepares" and "decides" hold
 * {text}; "network.<id>" {ref, name, order}, with `ref` the id in the directory if it is there;
 * "weight.<criterion>" {weight} from 0 to 3; "rating.<network>.<criterion>" {value, reason}.
 */

import { fill, plain, plural } from "../core/format.js";
import { abc } from "../core/global.js";
import { text, whole } from "./planner_storage.js";

/** @typedef {{id: string, name: string, question: string}} SelectionCriterion */
/** @typedef {import("./planner_page.js").PlannerData & {own: {weights: Texts}, criteria: SelectionCriterion[], levels: string[], directory: string}} ComparisonData */
/** @typedef {{id: string, ref: string, name: string, order: string}} Network */
/** @typedef {{points: number, most: number, missing: number, part: number | null}} Result `part` is from 0 to 1 */
/** @typedef {{network: Network, points: number, most: number, part: number}} Ranked */

/** How many networks are compared at most. */
export const MOST = 5;
/** The highest rating, and the highest weight. */
export const TOP = 3;

/** What the directory calls its networks, as the page lists them. */
export class Directory {
  /** @param {HTMLOptionElement[]} options */
  constructor(options) {
    this.names = new Map(options.map((one) => [one.dataset.id ?? "", one.value]));
    this.acronyms = new Map(options.map((one) => [one.dataset.id ?? "", one.dataset.acronym ?? ""]));
  }

  /**
   * The network that is called so, with its acronym, without it, or by the acronym alone.
   *
   * @param {string} name
   * @returns {[string, string] | undefined} id and full name
   */
  find(name) {
    const wanted = plain(name).trim();
    if (!wanted) return undefined;
    return Array.from(this.names).find(([id, full]) =>
      [full, full.replace(/ \([^()]+\)$/, ""), this.acronyms.get(id) ?? ""]
        .map((one) => plain(one).trim())
        .includes(wanted),
    );
  }
}

/** Returns what the directory says of a network; it comes with a script of its own. @param {Network} network */
export const factsOf = ({ ref }) => abc.networks?.[ref];

/** Returns what a network is called in a table. @param {Network} network */
export const shortOf = (network) => factsOf(network)?.short || network.name;

/**
 * Lists the networks of a document, in their order.
 *
 * @param {Record<string, PlannerItem>} items
 * @param {Directory} directory
 * @returns {Network[]}
 */
export const networksIn = (items, directory) =>
  Object.entries(items)
    .filter(([key, record]) => key.startsWith("network.") && key.split(".").length === 2 && text(record.name))
    .map(([key, record]) => ({
      id: key.slice(8),
      ref: text(record.ref),
      name: text(record.name),
      order: text(record.order),
    }))
    .sort((one, other) => (one.order + one.id < other.order + other.id ? -1 : 1))
    .slice(0, MOST)
    .map((one) => ({ ...one, name: directory.names.get(one.ref) || one.name }));

/** Counts the ratings that a document holds. @param {Record<string, PlannerItem>} items */
export const countRatings = (items) =>
  Object.entries(items).filter(([key, one]) => key.startsWith("rating.") && whole(one.value, 0, TOP) !== null).length;

/** The comparison in use, as its page keeps it. */
export class Comparison {
  /**
   * @param {import("./planner_page.js").PlannerPage<ComparisonData>} page
   * @param {Directory} directory
   */
  constructor(page, directory) {
    this.page = page;
    this.directory = directory;
    this.criteria = page.data.criteria;
    this.list = new Intl.ListFormat(page.format.locale, { type: "conjunction" });
  }

  networks() {
    return networksIn(this.page.store.current().items, this.directory);
  }

  /** @param {string} criterion */
  weightOf(criterion) {
    return whole(this.page.get(`weight.${criterion}`).weight, 0, TOP) ?? 1;
  }

  /** @param {string} network @param {string} criterion */
  ratingOf(network, criterion) {
    return whole(this.page.get(`rating.${network}.${criterion}`).value, 0, TOP);
  }

  /** @param {string} network @param {string} criterion */
  reasonOf(network, criterion) {
    return text(this.page.get(`rating.${network}.${criterion}`).reason).trim();
  }

  /** @param {string} key */
  textOf(key) {
    return text(this.page.get(key).text).trim();
  }

  /**
   * What the ratings of a network add up to. A criterion without rating is left out, never zero.
   *
   * @param {Network} network
   * @param {(criterion: string) => number} weigh
   * @returns {Result}
   */
  resultOf(network, weigh = (id) => this.weightOf(id)) {
    const found = { points: 0, most: 0, missing: 0 };
    for (const { id } of this.criteria) {
      const [weight, value] = [weigh(id), this.ratingOf(network.id, id)];
      if (weight === 0) continue;
      if (value === null) {
        found.missing += 1;
      } else {
        found.points += weight * value;
        found.most += TOP * weight;
      }
    }
    return { ...found, part: found.most ? found.points / found.most : null };
  }

  /** The networks with a result, the best first. @param {(criterion: string) => number} [weigh] */
  ranked(weigh) {
    return this.networks()
      .flatMap((network) => {
        const { points, most, part } = this.resultOf(network, weigh);
        return part === null ? [] : [{ network, points, most, part }];
      })
      .sort((one, other) => other.part - one.part);
  }

  /** @param {number} part */
  percent(part) {
    return this.page.format.percent(Math.round(100 * part));
  }

  /** @param {Pick<Ranked, "points" | "most" | "part">} result */
  pointsText({ points, most, part }) {
    return fill(this.page.own.points, { points, most, percent: this.percent(part) });
  }

  /** Which network is best, and what follows. @param {Ranked[]} found @param {string[]} first */
  #leaders(found, first) {
    const { own } = this.page;
    const points = this.pointsText(found[0]);
    if (found.length === 1) return [fill(own.single, { name: first[0], points })];
    if (first.length > 1) return [fill(own.tie, { names: this.list.format(first), points })];
    const second = found[1];
    const others = found.filter((one) => one.part === second.part).map(({ network }) => shortOf(network));
    return [
      fill(own.leader, { name: first[0], points }),
      fill(own.follows, { names: this.list.format(others), points: this.pointsText(second) }),
    ];
  }

  /** The result as sentences. */
  sentences() {
    const { own } = this.page;
    const all = this.networks();
    if (!all.length) return [own.none];
    const found = this.ranked();
    if (!found.length) return [own.unrated];
    const first = firstOf(found);
    const sentences = this.#leaders(found, first);
    const missing = all.reduce((sum, one) => sum + this.resultOf(one).missing, 0);
    if (missing) sentences.push(plural(own, "missing", missing));
    const weights = this.criteria.map(({ id }) => this.weightOf(id));
    if (found.length > 1 && weights.some((one) => one !== weights[0])) {
      const even = firstOf(this.ranked(() => 1));
      const same = even.join() === first.join();
      sentences.push(same ? own.even_same : fill(own.even_other, { names: this.list.format(even) }));
    }
    return sentences;
  }

  /** What a reader of the memo must know is not checked. */
  unverified() {
    const { own } = this.page;
    const found = this.networks().flatMap((network) => {
      const known = factsOf(network);
      if (!known) return [fill(own.memo_unknown, { name: shortOf(network) })];
      const doubts = this.list.format(known.doubts);
      return [
        known.verified ? "" : fill(own.memo_unverified, { name: known.short }),
        known.active ? "" : fill(own.memo_status, { name: known.short, status: known.status }),
        known.doubts.length ? fill(own.memo_doubts, { name: known.short, fields: doubts }) : "",
      ].filter(Boolean);
    });
    return [...found, ...this.textOf("unverified").split(/\n+/).filter(Boolean)];
  }

  /**
   * What the directory says of a network, as [term, sentence].
   *
   * @param {Network} network
   * @returns {[string, string][]}
   */
  factRows(network) {
    const { own } = this.page;
    const found = factsOf(network);
    if (!found) return [[own.verified, network.ref ? own.not_loaded : own.not_in_directory]];
    const doubts = found.doubts.length ? fill(own.doubts, { fields: this.list.format(found.doubts) }) : "";
    const sources = (found.sources.join("; ") || own.no_source).replace(/\.$/, "");
    return [
      [own.fee, found.fee],
      [own.status, `${found.status}. ${found.mexico}`],
      [own.verified, [found.checked, doubts].filter(Boolean).join(". ")],
      [own.source, `${sources}. ${fill(own.as_of, { date: found.as_of })}`],
    ];
  }
}

/** Who is first of those ranked. @param {Ranked[]} found */
const firstOf = (found) => found.filter((one) => one.part === found[0].part).map(({ network }) => shortOf(network));
