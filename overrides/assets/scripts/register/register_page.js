/* Runs the page of the register: its agreements, a table of an office, what it proves, its papers and files. */

import { download, loadScript, siteRoot } from "../core/browser.js";
import { calendarText } from "../core/calendar_file.js";
import { element, findAll } from "../core/elements.js";
import { fill, plain, plural } from "../core/format.js";
import { abc } from "../core/global.js";
import { PlannerPage } from "../planners/planner_page.js";
import { AgreementList } from "./agreement_list.js";
import { today } from "./partial_dates.js";
import { proofOf } from "./proofs.js";
import { endingEvents } from "./register_calendar.js";
import { inventoryPaper, sheetsPaper } from "./register_paper.js";
import { agreementsIn, itemsOfAgreements, KIND, newId } from "./register_store.js";
import { FactWords } from "./register_words.js";

/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_words.js").Group} Group */
/** @typedef {import("./register_words.js").RegisterWords} RegisterWords */
/** @typedef {import("./register_words.js").ProofData} ProofData */
/** @typedef {import("../planners/planner_page.js").PlannerData & {groups: Group[], proofs: ProofData[]}} RegisterData */

const TABLES = "assets/bundles/register_tables.js";
const WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** @extends {PlannerPage<RegisterData>} */
export class RegisterPage extends PlannerPage {
  constructor() {
    super(KIND);
    this.today = today();
    /** @type {FactWords} */
    this.say = new FactWords(this.data.groups, this.data.own, this.format.locale);
    // What its words say by codes.
    this.texts = /** @type {RegisterWords} */ (/** @type {unknown} */ (this.data.own));
    this.paperChoice = this.slot("paper-choice", HTMLSelectElement);
    this.list = new AgreementList(this);
    this.input = this.slot("import-input", HTMLInputElement);
    /** @type {import("./import_panel.js").ImportPanel | null} */
    this.import = null;
    this.input.addEventListener("change", () => {
      const file = this.input.files?.[0];
      if (file) this.#openTable(file);
      this.input.value = "";
    });
    this.paperChoice.addEventListener("change", () => this.showPaperLater());
    this.root.addEventListener("click", (event) => this.#pressed(event));
  }

  /** The agreements of the register in use. */
  agreements() {
    return agreementsIn(this.store.current());
  }

  /** @param {string} id */
  find(id) {
    return this.agreements().find((one) => one.id === id);
  }

  /** The same by name. */
  sorted() {
    const { locale } = this.format;
    return this.agreements().sort((one, other) =>
      plain(this.say.nameOf(one)).localeCompare(plain(this.say.nameOf(other)), locale),
    );
  }

  /** @override @param {PlannerDocument} document */
  summary(document) {
    const count = agreementsIn(document).length;
    return count ? plural(this.own, "agreements", count) : this.own.nothing_yet;
  }

  /** @override @param {number} top */
  paper(top) {
    const chosen = this.paperChoice.value;
    if (chosen === "inventory") return inventoryPaper(this, top);
    const all = this.sorted();
    return sheetsPaper(this, chosen === "sheets" ? all : all.filter(({ id }) => id === chosen), top);
  }

  /* What buttons do */

  /** @param {Event} event */
  #pressed({ target }) {
    const button = target instanceof Element ? target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement)) return;
    this.flush();
    const id = button.dataset.agreement ?? "";
    /** @type {Record<string, () => void>} */
    const actions = {
      add: () => this.#add(),
      remove: () => this.#remove(id),
      sheet: () => this.#printSheet(id),
      table: () => this.input.click(),
      clear: () => {
        this.list.clear();
        this.list.show();
        this.list.query.focus();
      },
      excel: () => this.#saveTable("xlsx", WORKBOOK),
      csv: () => this.#saveTable("csv", "text/csv"),
      calendar: () => this.#saveCalendar(),
    };
    actions[button.dataset.do ?? ""]?.();
  }

  #add() {
    const id = newId();
    // Something is kept of it from the first moment, or another tab would not know of it.
    this.put(itemsOfAgreements([{ id, facts: { state: "preparing" } }]));
    this.list.opened.add(id);
    this.list.clear();
    this.showAll();
    document.getElementById(`${id}.partner`)?.focus();
  }

  /** @param {string} id */
  #remove(id) {
    const found = this.find(id);
    if (!found) return;
    const keys = Object.keys(this.store.current().items).filter((key) => key.startsWith(`${id}.`));
    const before = keys.map((key) => /** @type {[string, PlannerItem]} */ ([key, this.get(key)]));
    this.list.opened.delete(id);
    this.drop(keys);
    this.done(fill(this.own.agreement_removed, { name: this.say.nameOf(found) }), () =>
      this.put(Object.fromEntries(before)),
    );
  }

  /** @param {string} id */
  #printSheet(id) {
    this.#showChoices();
    this.paperChoice.value = id;
    this.root.querySelector('[data-action="paper-print"]')?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }

  /** What reads and writes tables; it comes when it is first needed. Null where it does not. */
  async #tables() {
    try {
      if (!abc.registerTables) await loadScript(new URL(TABLES, siteRoot).href);
    } catch {
      const problem = this.slot("import-problem");
      problem.hidden = false;
      problem.textContent = this.texts.table_problems.not_loaded;
    }
    return abc.registerTables ?? null;
  }

  /** @param {File} file */
  async #openTable(file) {
    const tables = await this.#tables();
    if (!tables) return;
    this.import ??= new tables.ImportPanel(this);
    await this.import.open(file);
  }

  /** @param {"xlsx" | "csv"} ending @param {string} type */
  async #saveTable(ending, type) {
    const tables = await this.#tables();
    if (!tables) return;
    const make = ending === "csv" ? tables.registerTable : tables.registerWorkbook;
    download(this.fileName(ending), type, await make(this.say, this.sorted()));
  }

  #saveCalendar() {
    const events = endingEvents(this);
    const said = this.slot("calendar-said");
    if (!events.length) {
      said.textContent = this.own.calendar_none;
      return;
    }
    const name = fill(this.own.calendar_name, { name: this.nameOf(this.store.current()) });
    download(this.fileName("ics"), "text/calendar", calendarText(name, events, new Date()));
    said.textContent = plural(this.own, "calendar_saved", events.length);
  }

  /** After a fact was written: what is told of its agreement, and of all. @param {string} id */
  changed(id) {
    this.list.renew(id);
    this.#showChoices();
    this.#showProofs();
  }

  /* What is shown */

  #showChoices() {
    const chosen = this.paperChoice.value;
    const { own } = this;
    /** @type {[string, string][]} */
    const options = [
      ["inventory", own.paper_inventory],
      ["sheets", own.paper_sheets],
      ...this.sorted().map(
        (one) => /** @type {[string, string]} */ ([one.id, fill(own.paper_sheet, { name: this.say.nameOf(one) })]),
      ),
    ];
    this.paperChoice.replaceChildren(
      ...options.map(([value, textContent]) => element("option", { value, textContent })),
    );
    this.paperChoice.value = options.some(([value]) => value === chosen) ? chosen : "inventory";
  }

  #showProofs() {
    const { own, say } = this;
    const all = this.agreements();
    const found = this.data.proofs.flatMap(({ id, criterion, statement, levels, url }) => {
      const proof = proofOf(id, all, this.today);
      if (!proof) return [];
      const names = proof.looked.map((one) => say.nameOf(one)).join("; ");
      const reason = fill(this.texts.proofs[id][proof.code], { count: proof.looked.length, of: proof.of });
      const level =
        proof.level === null
          ? own.proves_nothing
          : fill(own.proposes, { level: proof.level, text: levels[proof.level] });
      return element(
        "li",
        {},
        element("p", {}, element("a", { href: url, textContent: statement }), ` (${criterion})`),
        element("p", {}, element("strong", { textContent: level })),
        element("p", {
          className: "fine",
          textContent: `${reason} ${proof.looked.length && proof.looked.length <= 12 ? names : ""}`,
        }),
      );
    });
    this.slot("proofs").replaceChildren(...found);
    this.slot("no-proofs").hidden = found.length > 0;
  }

  /** @override */
  show() {
    this.list.show();
    this.#showChoices();
    this.#showProofs();
    for (const one of findAll(this.root, "[data-needs-agreements]", HTMLButtonElement))
      one.disabled = !this.agreements().length;
  }
}
