/* Brings in a table of an office, column by column: what each says, what would change, and only then the change. */

import { element, table } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { readSpreadsheet } from "../core/spreadsheet_reader.js";
import { readTable } from "../core/table_text.js";
import { isWorkbook } from "../core/spreadsheet_reader.js";
import { guessColumns, headerRow, ID, importOf, monthsFirst, plainRows, TO_NOTES } from "./import_table.js";
import { itemsOfAgreements } from "./register_store.js";

/** @typedef {import("./register_page.js").RegisterPage} RegisterPage */
/** @typedef {import("./import_table.js").Target} Target */
/** @typedef {import("./import_table.js").Import} Import */
/** @typedef {{name: string, rows: string[][], first: number}} Sheet `first`: the number of its first row */

const MOST_BYTES = 5_000_000;
const MOST_ROWS = 5000;
const SAMPLES = 3;
const SAMPLE_LETTERS = 60;
const [MOST_LEFT, MOST_SHOWN] = [30, 8];

/** @param {string} text */
const short = (text) => (text.length > SAMPLE_LETTERS ? `${text.slice(0, SAMPLE_LETTERS)}…` : text);

export class ImportPanel {
  /** @type {Sheet[]} */
  #sheets = [];
  #sheet = 0;
  #header = 0;
  /** @type {Target[]} */
  #columns = [];
  /** @type {boolean | null} */
  #monthFirst = false;
  #name = "";

  /** @param {RegisterPage} page */
  constructor(page) {
    this.page = page;
    this.area = page.slot("import-area");
    this.problem = page.slot("import-problem");
    this.fields = [...page.say.fields.values()];
  }

  close() {
    this.area.hidden = true;
    this.area.replaceChildren();
  }

  /** @param {string} code */
  #wrong(code) {
    this.close();
    this.problem.hidden = false;
    this.problem.textContent = fill(this.page.texts.table_problems[code], { name: this.#name });
  }

  /** Opens a table: what its columns are is asked, and nothing changes yet. @param {File} file */
  async open(file) {
    this.#name = file.name;
    this.problem.hidden = true;
    if (file.size > MOST_BYTES) return this.#wrong("too_large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isWorkbook(bytes)) {
      const { spreadsheet, problem } = await readSpreadsheet(file);
      if (problem) return this.#wrong(problem);
      const seen = spreadsheet.sheets.filter(({ hidden }) => !hidden);
      this.#sheets = seen.map(({ name, rows }) => ({ name, ...plainRows(rows) }));
    } else if (bytes.subarray(0, 1000).includes(0) && bytes[0] < 0xfe) {
      return this.#wrong("not_table");
    } else {
      this.#sheets = [{ name: "", rows: readTable(bytes), first: 1 }];
    }
    this.#sheets = this.#sheets.filter(({ rows }) => rows.length > 1);
    if (!this.#sheets.length) return this.#wrong("empty");
    if (this.#sheets.some(({ rows }) => rows.length > MOST_ROWS)) return this.#wrong("too_large");
    this.#useSheet(this.#likeliest());
    this.area.hidden = false;
    this.area.querySelector("h3")?.focus();
  }

  /** The sheet with the most columns that are fields. */
  #likeliest() {
    const counts = this.#sheets.map(({ rows }) => this.#guess(rows, this.#headerOf(rows)).filter(Boolean).length);
    return counts.indexOf(Math.max(...counts));
  }

  /** @param {string[][]} rows */
  #headerOf(rows) {
    return headerRow(rows, this.fields, [this.page.own.id_column]);
  }

  /** @param {string[][]} rows @param {number} header */
  #guess(rows, header) {
    return guessColumns(rows[header], this.fields, [this.page.own.id_column]);
  }

  /** @param {number} sheet */
  #useSheet(sheet) {
    this.#sheet = sheet;
    this.#useHeader(this.#headerOf(this.#sheets[sheet].rows));
  }

  /** @param {number} header */
  #useHeader(header) {
    this.#header = header;
    this.#columns = this.#guess(this.#sheets[this.#sheet].rows, header);
    this.#monthFirst = monthsFirst(this.#body, this.#columns, this.page.say.fields);
    this.#show();
  }

  get #titles() {
    return this.#sheets[this.#sheet].rows[this.#header];
  }

  get #body() {
    return this.#sheets[this.#sheet].rows.slice(this.#header + 1);
  }

  /** What the table would change, as its columns are chosen now. @returns {Import} */
  #import() {
    const { store, say } = this.page;
    const first = this.#sheets[this.#sheet].first + this.#header + 1;
    const told = {
      header: this.#titles,
      rows: this.#body,
      columns: this.#columns,
      monthFirst: this.#monthFirst === true,
      first,
    };
    return importOf(told, say.fields, store.current());
  }

  /* What is shown */

  /**
   * @param {string} id
   * @param {string} label
   * @param {[string, string][]} options
   * @param {string} value
   * @param {(value: string) => void} chosen
   */
  #select(id, label, options, value, chosen) {
    const select = element(
      "select",
      { id },
      ...options.map(([one, text]) => element("option", { value: one, textContent: text })),
    );
    select.value = value;
    select.addEventListener("change", () => {
      chosen(select.value);
      document.getElementById(id)?.focus();
    });
    return element("p", { className: "field" }, element("label", { htmlFor: id, textContent: label }), select);
  }

  /** @param {number} at */
  #column(at) {
    const { own } = this.page;
    /** @type {[string, string][]} */
    const options = [
      ["", own.column_none],
      ...this.fields.map((one) => /** @type {[string, string]} */ ([one.id, one.label])),
      [TO_NOTES, own.column_notes],
      [ID, own.id_column],
    ];
    const samples = this.#body.map((row) => row[at] ?? "").filter(Boolean);
    const made = this.#select(
      `columna-${at}`,
      this.#titles[at] || fill(own.column_number, { number: at + 1 }),
      options,
      this.#columns[at],
      (value) => {
        // A field comes of one column.
        if (value && value !== TO_NOTES) this.#columns = this.#columns.map((one) => (one === value ? "" : one));
        this.#columns[at] = value;
        this.#show();
      },
    );
    // What stands in the column says which it is: to whoever listens as well.
    made.querySelector("select")?.setAttribute("aria-describedby", `columna-${at}-ayuda`);
    made.append(
      element("span", {
        className: "hint",
        id: `columna-${at}-ayuda`,
        textContent: [...new Set(samples)].slice(0, SAMPLES).map(short).join(" · "),
      }),
    );
    return made;
  }

  /** Which sheet, which row has the titles, in which order dates are. */
  #settings() {
    const { own } = this.page;
    const made = [];
    if (this.#sheets.length > 1) {
      const names = this.#sheets.map(({ name }, at) => /** @type {[string, string]} */ ([String(at), name]));
      made.push(
        this.#select("hoja", own.sheet_label, names, String(this.#sheet), (value) => this.#useSheet(Number(value))),
      );
    }
    const { rows, first } = this.#sheets[this.#sheet];
    const heads = rows.slice(0, 15).map((row, at) => {
      const said = short(row.filter(Boolean).join(" · "));
      return /** @type {[string, string]} */ ([String(at), `${first + at}: ${said}`]);
    });
    made.push(
      this.#select("titulos", own.header_label, heads, String(this.#header), (value) => this.#useHeader(Number(value))),
    );
    const read = monthsFirst(this.#body, this.#columns, this.page.say.fields);
    if (read === null) {
      const value = this.#monthFirst ? "month" : "day";
      made.push(
        this.#select(
          "orden-fechas",
          own.dates_order,
          [
            ["day", own.day_first],
            ["month", own.month_first],
          ],
          value,
          (chosen) => {
            this.#monthFirst = chosen === "month";
            this.#show();
          },
        ),
      );
    } else this.#monthFirst = read;
    return element("div", { className: "facts" }, ...made);
  }

  /** @param {Import} found */
  #preview(found) {
    const { own, say } = this.page;
    const counts = [
      plural(own, "import_added", found.added.length),
      plural(own, "import_changed", found.changed.length),
      plural(own, "import_same", found.same),
    ];
    const rows = [...found.added, ...found.changed].slice(0, MOST_SHOWN).map(({ id, facts }) => {
      const one = { ...this.page.find(id), ...facts, id, updated: "" };
      return [
        say.nameOf(one),
        say.say(one, "kind"),
        say.say(one, "signed"),
        say.say(one, "until"),
        say.say(one, "state"),
      ];
    });
    const heads = /** @type {const} */ (["partner", "kind", "signed", "until", "state"]).map(
      (one) => say.fields.get(one)?.label ?? one,
    );
    const left = found.left
      .slice(0, MOST_LEFT)
      .map(({ row, column, text }) =>
        element("li", { textContent: fill(own.left_cell, { row, column, text: short(text) }) }),
      );
    return element(
      "div",
      {},
      element("h3", { textContent: own.preview_title }),
      element("p", { textContent: counts.join(" · ") }),
      ...(rows.length ? [table("lines", own.preview_title, heads, rows)] : []),
      ...(found.left.length
        ? [element("p", { textContent: plural(own, "import_left", found.left.length) }), element("ul", {}, ...left)]
        : []),
    );
  }

  #show() {
    const { own } = this.page;
    const found = this.#import();
    const count = found.added.length + found.changed.length;
    const apply = element("button", {
      type: "button",
      className: "primary",
      id: "traer",
      disabled: !count,
      textContent: plural(own, "import_do", count),
    });
    apply.addEventListener("click", () => this.#apply(found));
    const cancel = element("button", { type: "button", className: "quiet", textContent: own.import_cancel });
    cancel.addEventListener("click", () => {
      this.close();
      this.page.slot("import-open").focus();
    });
    this.area.replaceChildren(
      element("h3", { tabIndex: -1, textContent: fill(own.import_title, { name: this.#name }) }),
      element("p", { textContent: own.import_text }),
      this.#settings(),
      element("div", { className: "facts" }, ...this.#titles.map((_, at) => this.#column(at))),
      this.#preview(found),
      element("p", { className: "tool-buttons" }, apply, cancel),
    );
  }

  /** @param {Import} found */
  #apply({ added, changed }) {
    const { page } = this;
    const items = itemsOfAgreements([...added, ...changed]);
    const before = Object.fromEntries(Object.keys(items).map((key) => [key, page.store.get(key)]));
    this.close();
    page.put(items);
    page.done(plural(page.own, "imported", added.length + changed.length), () => page.put(withoutTimes(before)));
  }
}

/** @param {Record<string, PlannerItem>} items */
const withoutTimes = (items) =>
  Object.fromEntries(Object.entries(items).map(([key, { updated, ...rest }]) => [key, rest]));
