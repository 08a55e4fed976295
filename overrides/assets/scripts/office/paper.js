/* Makes a paper of an office template: its own text, with what is known put in and what is missing marked in words. */

import { element, table } from "../core/elements.js";
import { p, paper, tag } from "../core/paper.js";

/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {Record<string, string>} Row what is known of one row of a list */

/** The text of one template in one language. */
class PaperText {
  /**
   * @param {OfficeData} office
   * @param {Facts} facts
   * @param {number} top the level of the paper's own heading
   */
  constructor({ words }, facts, top) {
    this.words = words;
    this.facts = facts;
    this.frame = paper(top);
    this.title = "";
  }

  /** @param {string} field what is to be written there @param {string} fact what could have been known of it */
  blank(field, fact) {
    const made = tag("mark", "blank", `[${this.words.missing}: ${field}]`);
    Object.assign(made.dataset, { name: field, fact });
    return made;
  }

  /** @param {OfficeRun} run @param {Row} row @returns {string | Node} */
  piece(run, row) {
    if (typeof run === "string") return run;
    if ("strong" in run) return tag("strong", "", run.strong);
    if ("emphasis" in run) return tag("em", "", run.emphasis);
    if ("link" in run) return element("a", { href: run.url, rel: "noopener noreferrer", textContent: run.link });
    const { field, fact = "" } = run;
    const known = row[fact] ?? this.facts.one[fact];
    return known ? tag("span", "filled", known) : this.blank(field, fact);
  }

  /** @param {OfficeRun[]} runs @param {Row} [row] */
  text(runs, row = {}) {
    return runs.map((one) => this.piece(one, row));
  }

  /**
   * A row as it is, or once for each thing that its list knows of.
   *
   * @param {OfficeRun[][]} cells
   * @returns {(string | Node)[][][]}
   */
  rows(cells) {
    const facts = cells.flat().map((run) => (typeof run === "object" && "fact" in run ? (run.fact ?? "") : ""));
    const list = facts.map((fact) => fact.split(".")[0]).find((name) => name in this.facts.lists);
    const known = list ? this.facts.lists[list] : [];
    if (!known.length) return [cells.map((one) => this.text(one))];
    return known.map((one) => {
      const row = Object.fromEntries(Object.entries(one).map(([name, value]) => [`${list}.${name}`, value]));
      return cells.map((cell) => this.text(cell, row));
    });
  }

  /** @param {OfficeRun[][][]} rows @param {number[]} shares */
  table([names, ...rows], shares) {
    const columns = names.map((one) => one.map((run) => (typeof run === "string" ? run : "")).join(""));
    const made = table(
      "lines",
      this.title,
      columns,
      rows.flatMap((one) => this.rows(one)),
    );
    made.dataset.shares = shares.join(" ");
    return made;
  }

  /** @param {OfficeBlock} block @returns {Node} */
  block(block) {
    if (block[0] === "table") return this.table(block[1], block[2]);
    if (block[0] === "bullet" || block[0] === "number" || block[0] === "check") {
      const items = block[1].map((one) => element("li", {}, ...this.text(one)));
      const list = element(block[0] === "number" ? "ol" : "ul", {}, ...items);
      if (block[0] !== "check") return list;
      list.className = "checks";
      list.style.listStyleType = '"☐ "';
      return list;
    }
    const text = this.text(block[1]);
    if (block[0] === "p") return p("", ...text);
    if (block[0] === "note") return p("note asked", ...text);
    const made = this.frame.heading(Number(block[0][1]) - 1, "report-section", ...text);
    this.title = made.textContent ?? "";
    return made;
  }
}

/**
 * Makes the paper of a template as an article in one language.
 *
 * @param {OfficeTemplate} template
 * @param {OfficeData} office
 * @param {Facts} facts
 * @param {string} code the language
 * @param {number} top
 */
export function officeArticle(template, office, facts, code, top) {
  const text = new PaperText(office, facts, top);
  text.title = template.title;
  return element(
    "article",
    { className: "report report-office", lang: code, dir: "auto" },
    tag("header", "report-head", text.frame.heading(0, "report-title", template.title)),
    p("note asked", office.words.about),
    ...template.blocks.map((one) => text.block(one)),
    text.frame.foot(template.licence),
  );
}
