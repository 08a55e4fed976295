/* Lists the agreements: what is looked for, in which order, and each one's line. */

import { element } from "../core/elements.js";
import { fill, plain, plural } from "../core/format.js";
import { agreementForm } from "./agreement_form.js";
import { standingOf } from "./standing.js";

/** @typedef {import("./register_page.js").RegisterPage} RegisterPage */
/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./standing.js").Standing} Standing */

const LAST = "9999";

/** @type {Record<string, (standing: Standing) => boolean>} */
const SITUATIONS = {
  soon: ({ soon }) => soon,
  expired: ({ expired }) => expired,
  law: ({ flags }) => flags.some(({ law }) => law),
  opinion: ({ flags }) => flags.some(({ code }) => code.startsWith("opinion")),
  vote: ({ flags }) => flags.some(({ code }) => code.startsWith("vote")),
  registration: ({ flags }) => flags.some(({ code }) => code.startsWith("registration") || code === "sent_long_ago"),
  incomplete: ({ missing }) => missing.length > 0,
};

export class AgreementList {
  /** @type {Set<string>} */
  opened = new Set();

  /** @param {RegisterPage} page */
  constructor(page) {
    this.page = page;
    this.place = page.slot("agreements");
    this.query = page.slot("query", HTMLInputElement);
    this.kind = page.slot("kind-filter", HTMLSelectElement);
    this.state = page.slot("state-filter", HTMLSelectElement);
    this.situation = page.slot("situation-filter", HTMLSelectElement);
    this.order = page.slot("order", HTMLSelectElement);
    this.query.addEventListener("input", () => this.show());
    for (const one of [this.kind, this.state, this.situation, this.order]) {
      one.addEventListener("change", () => this.show());
    }
  }

  /** What is looked for, and what fits. @param {Agreement} agreement @param {Standing} standing */
  #fits(agreement, standing) {
    const text = plain(Object.values(agreement).join(" "));
    const asked = plain(this.query.value).split(/\s+/).filter(Boolean);
    if (!asked.every((one) => text.includes(one))) return false;
    if (this.kind.value && agreement.kind !== this.kind.value) return false;
    if (this.state.value && agreement.state !== this.state.value) return false;
    return !this.situation.value || SITUATIONS[this.situation.value](standing);
  }

  /** @param {Agreement} agreement @param {Standing} standing */
  #sortKey(agreement, standing) {
    const name = plain(this.page.say.nameOf(agreement));
    if (this.order.value === "end") return `${standing.end || LAST} ${name}`;
    if (this.order.value === "signed") return `${agreement.signed || LAST} ${name}`;
    return name;
  }

  /** Whether anything is looked for. */
  get isNarrowed() {
    return [this.query, this.kind, this.state, this.situation].some((one) => one.value);
  }

  clear() {
    for (const one of [this.query, this.kind, this.state, this.situation]) one.value = "";
  }

  show() {
    const { page } = this;
    const all = page.agreements().map((one) => ({ agreement: one, standing: standingOf(one, page.today) }));
    const found = all
      .filter(({ agreement, standing }) => this.#fits(agreement, standing))
      .map((one) => ({ ...one, key: this.#sortKey(one.agreement, one.standing) }))
      .sort((one, other) => one.key.localeCompare(other.key, page.format.locale));
    const { own } = page;
    const shown = fill(own.shown, { shown: found.length, total: all.length });
    const text = !all.length ? own.none : this.isNarrowed ? shown : plural(own, "agreements", all.length);
    page.slot("agreements-count").textContent = text;
    page.slot("filters").hidden = !all.length;
    this.place.replaceChildren(...found.map(({ agreement, standing }) => this.#item(agreement, standing)));
  }

  /** What is said of an agreement before it is opened. @param {Agreement} agreement @param {Standing} standing */
  #line(agreement, standing) {
    const { own, say, texts } = this.page;
    const kind = say.say(agreement, "kind");
    const missing = standing.missing.map((one) => say.fields.get(one)?.label.toLowerCase());
    const flags = standing.flags.map((one) => ({ text: say.told(texts.flags, one), law: one.law }));
    if (missing.length) flags.push({ text: fill(own.lacks, { fields: missing.join(", ") }), law: false });
    return [
      element("strong", { className: "agreement-name", textContent: say.nameOf(agreement) }),
      element(
        "span",
        { className: "agreement-line" },
        [kind, say.told(texts.terms, standing.term)].filter(Boolean).join(" · "),
      ),
      ...flags.map(({ text, law }) =>
        element(
          "span",
          { className: law ? "agreement-flag law" : "agreement-flag" },
          law ? `${own.law_mark} ${text}` : text,
        ),
      ),
    ];
  }

  /** @param {Agreement} agreement @param {Standing} standing */
  #item(agreement, standing) {
    const { id } = agreement;
    const summary = element("summary", { id: `${id}.abrir` }, ...this.#line(agreement, standing));
    const fold = element("details", { className: "agreement" }, summary);
    fold.dataset.agreement = id;
    const open = () => {
      if (fold.childElementCount === 1) fold.append(agreementForm(this.page, this.page.find(id) ?? agreement));
    };
    if (this.opened.has(id)) {
      open();
      fold.open = true;
    }
    fold.addEventListener("toggle", () => {
      if (fold.open) this.opened.add(id);
      else this.opened.delete(id);
      if (fold.open) open();
    });
    return element("li", {}, fold);
  }

  /** Says anew of one agreement how it stands, while somebody writes in its fields. @param {string} id */
  renew(id) {
    const agreement = this.page.find(id) ?? { id, updated: "" };
    const summary = document.getElementById(`${id}.abrir`);
    summary?.replaceChildren(...this.#line(agreement, standingOf(agreement, this.page.today)));
  }
}
