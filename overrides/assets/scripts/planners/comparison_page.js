/* Runs the page of the comparison of networks: choosing them, rating them, the result and the memo. */

import { loadScript, pageLanguage, siteRoot } from "../core/browser.js";
import { uuid } from "../core/documents.js";
import { element, find, findAll, setText, slot, terms, unseen } from "../core/elements.js";
import { fill, NONE, plain, plural } from "../core/format.js";
import { abc } from "../core/global.js";
import { Comparison, countRatings, Directory, MOST, networksIn, shortOf } from "./comparison.js";
import { memo, networkLink } from "./comparison_memo.js";
import { ratingsTable, resultBars, resultRadars } from "./comparison_result.js";
import { itemsOf, PlannerPage } from "./planner_page.js";
import { text } from "./planner_storage.js";

/** @typedef {import("./comparison.js").ComparisonData} ComparisonData */
/** @typedef {import("./comparison.js").Network} Network */
/** @typedef {import("./comparison.js").SelectionCriterion} SelectionCriterion */

const WEIGHTS = [0, 1, 2, 3];

/** @extends {PlannerPage<ComparisonData>} */
class ComparisonPage extends PlannerPage {
  #loading = false;

  constructor() {
    super("comparison");
    const form = this.slot("add-form", HTMLFormElement);
    /** @type {Comparison} */
    this.comparison = new Comparison(this, new Directory(findAll(form, "option", HTMLOptionElement)));
    this.fields = [
      ...findAll(this.root, "input[data-item]", HTMLInputElement),
      ...findAll(this.root, "textarea[data-item]", HTMLTextAreaElement),
    ];
    this.addName = slot(form, "add-name", HTMLInputElement);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#addTyped();
    });
    for (const field of this.fields) {
      field.addEventListener("input", () => this.set(field.dataset.item ?? "", { text: field.value || null }, false));
    }
    find(this.root, '[data-action="even-weights"]').addEventListener("click", () => this.#evenWeights());
  }

  /** @override @param {PlannerDocument} document */
  summary({ items }) {
    const count = networksIn(items, this.comparison.directory).length;
    if (!count) return this.own.nothing_yet;
    return `${plural(this.own, "networks", count)} · ${plural(this.own, "rated", countRatings(items))}`;
  }

  /** @override @param {number} top */
  paper(top) {
    return memo(this.comparison, top);
  }

  /* Networks: chosen, and what the directory says of them */

  /** Loads what the directory says, once; without it the page says so. */
  async #loadFacts() {
    if (this.#loading) return;
    this.#loading = true;
    await loadScript(new URL(`assets/networks/${pageLanguage}.js`, siteRoot).href).catch(() => {});
    this.showAll();
  }

  /** Adds a network by its name; gives what is to be said of it. @param {string} typed */
  #add(typed) {
    const name = typed.trim();
    const [ref, called] = this.comparison.directory.find(name) ?? ["", name];
    const chosen = this.comparison.networks();
    if (chosen.length >= MOST) return this.own.add_full;
    /** @param {Network} one */
    const isSame = (one) => (ref ? one.ref === ref : plain(one.name).trim() === plain(name).trim());
    if (chosen.some(isSame)) return fill(this.own.add_twice, { name: called });
    const id = ref || `x-${uuid().slice(0, 8)}`;
    this.put({ [`network.${id}`]: { ref: ref || undefined, name: called, order: new Date().toISOString() } });
    return fill(ref ? this.own.added : this.own.added_own, { name: called });
  }

  #addTyped() {
    const said = this.#add(this.addName.value);
    this.showAll();
    this.slot("add-state").textContent = said;
    this.addName.value = "";
    this.addName.focus();
  }

  /** @param {Network} network */
  #remove({ id, name }) {
    const keys = Object.keys(this.store.current().items).filter(
      (key) => key === `network.${id}` || key.startsWith(`rating.${id}.`),
    );
    const before = itemsOf(keys, (key) => this.store.get(key));
    this.drop(keys);
    this.showAll();
    this.offerUndo(fill(this.own.network_removed, { name }), () => this.put(before));
  }

  /** @param {Network} network */
  #chosenItem(network) {
    const { own } = this;
    const remove = element("button", {
      type: "button",
      id: `quitar-${network.id}`,
      className: "quiet",
      textContent: own.remove_network,
      ariaLabel: `${own.remove_network}: ${network.name}`,
    });
    remove.addEventListener("click", () => this.#remove(network));
    return element(
      "li",
      {},
      element("p", { className: "chosen-name" }, networkLink(this.comparison, network), remove),
      element("dl", {}, ...terms(this.comparison.factRows(network))),
    );
  }

  /* Ratings */

  #evenWeights() {
    const keys = this.data.criteria.map(({ id }) => `weight.${id}`);
    const before = itemsOf(keys, (key) => this.store.get(key));
    this.put(itemsOf(keys, () => ({ weight: 1 })));
    this.showAll();
    this.offerUndo(this.own.even_done, () => this.put(before));
  }

  /**
   * One rating to choose.
   *
   * @param {string} key
   * @param {number | null} value the one that is kept
   * @param {number | null} number
   * @param {string} sign what is seen
   * @param {string} name what it means
   */
  #choice(key, value, number, sign, name) {
    const radio = element("input", { type: "radio", name: key, value: String(number), checked: value === number });
    radio.id = `${key}.${number ?? "x"}`;
    radio.addEventListener("change", () => {
      this.set(key, { value: number });
      this.#showResult();
    });
    return element("label", { title: name }, radio, element("span", {}, sign, unseen(` ${name}`)));
  }

  /** @param {Network} network @param {SelectionCriterion} criterion */
  #ratingFields(network, criterion) {
    const { own } = this;
    const key = `rating.${network.id}.${criterion.id}`;
    const value = this.comparison.ratingOf(network.id, criterion.id);
    return element(
      "fieldset",
      { className: "rating" },
      element("legend", {}, element("span", {}, shortOf(network)), unseen(`, ${criterion.name}`)),
      element(
        "div",
        { className: "rating-levels" },
        ...this.data.levels.map((name, number) => this.#choice(key, value, number, String(number), name)),
        this.#choice(key, value, null, NONE, own.no_rating),
      ),
    );
  }

  /** Why each network is rated as it is, folded until somebody says it. @param {SelectionCriterion} criterion */
  #reasonFields(criterion) {
    const { own } = this;
    const fields = this.comparison.networks().map((network) => {
      const key = `rating.${network.id}.${criterion.id}`;
      const value = text(this.get(key).reason);
      const reason = element("textarea", { id: `${key}.reason`, rows: 1, maxLength: 600, value });
      reason.addEventListener("input", () => {
        this.set(key, { reason: reason.value || null }, false);
        showCount();
      });
      const about = unseen(`${own.reason}: `);
      return { reason, label: element("label", {}, about, shortOf(network), unseen(`, ${criterion.name}`), reason) };
    });
    const summary = element("summary", {});
    const showCount = () => {
      const count = fields.filter(({ reason }) => reason.value).length;
      setText(summary, fill(own.reasons_count, { count }));
      summary.append(unseen(`: ${criterion.name}`));
    };
    showCount();
    const id = `motivos-${criterion.id}`;
    // Shown anew, it stays as somebody left it.
    const before = document.getElementById(id);
    const open = before instanceof HTMLDetailsElement && before.open;
    return element("details", { id, className: "rating-reasons", open }, summary, ...fields.map(({ label }) => label));
  }

  /** @param {SelectionCriterion} criterion */
  #weightField({ id, name }) {
    const { weights } = this.data.own;
    const options = WEIGHTS.map((value) => element("option", { value, textContent: weights[`w${value}`] }));
    const select = element("select", { id: `peso-${id}` }, ...options);
    select.value = String(this.comparison.weightOf(id));
    select.addEventListener("change", () => {
      this.set(`weight.${id}`, { weight: Number(select.value) });
      this.#showResult();
    });
    const label = element("label", { htmlFor: select.id }, this.own.weight, unseen(`: ${name}`));
    return element("p", { className: "weight" }, label, " ", select);
  }

  /** @param {SelectionCriterion} criterion @param {number} place */
  #ratingBlock(criterion, place) {
    const { id, name, question } = criterion;
    return element(
      "section",
      { className: "criterion" },
      element("h3", { id: `puntaje-${id}`, textContent: `${place + 1}. ${name}` }),
      element(
        "div",
        { className: "criterion-head" },
        element("p", { textContent: question }),
        this.#weightField(criterion),
      ),
      element(
        "div",
        { className: "matrix-row" },
        ...this.comparison.networks().map((network) => this.#ratingFields(network, criterion)),
      ),
      this.#reasonFields(criterion),
    );
  }

  /** What the numbers mean, and over the columns the networks' names: the rows say both again to whoever hears them. */
  #matrixHead() {
    const { own } = this;
    const key = this.data.levels.map((name, number) => element("li", {}, element("strong", {}, `${number} `), name));
    const none = element("li", {}, element("strong", {}, `${NONE} `), own.no_rating);
    const names = this.comparison.networks().map((one) => element("span", {}, shortOf(one)));
    return [
      element("ul", { className: "levels-key" }, ...key, none),
      element("div", { className: "matrix-names", ariaHidden: "true" }, ...names),
    ];
  }

  /* What is shown */

  #showResult() {
    const { comparison, own } = this;
    const fine = element("p", { className: "fine", textContent: own.radar_text });
    const sentences = comparison.sentences().map((one) => element("p", { textContent: one }));
    this.slot("result-words").replaceChildren(...sentences);
    this.slot("result").replaceChildren(
      ...(comparison.networks().length
        ? [resultBars(comparison), resultRadars(comparison), fine, ratingsTable(comparison)]
        : []),
    );
  }

  /** @override */
  show() {
    for (const field of this.fields) {
      const kept = text(this.get(field.dataset.item ?? "").text);
      // Writing the same again would move the cursor.
      if (field.value !== kept) field.value = kept;
    }
    const all = this.comparison.networks();
    if (all.some((one) => one.ref) && !abc.networks) this.#loadFacts();
    this.slot("chosen").replaceChildren(...all.map((network) => this.#chosenItem(network)));
    const ratings = this.slot("ratings");
    ratings.style.setProperty("--networks", String(all.length));
    ratings.replaceChildren(
      ...(all.length
        ? [...this.#matrixHead(), ...this.data.criteria.map((one, place) => this.#ratingBlock(one, place))]
        : [element("p", { textContent: this.own.none })]),
    );
    this.#showResult();
  }
}

new ComparisonPage().open();
