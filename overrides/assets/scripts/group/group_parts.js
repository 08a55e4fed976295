/*
 * Makes what is shown of a group: in figures, as a map of lists and people, criterion by criterion, what is missing
 * in common and where they are furthest apart. The same on the page, on paper and in a file of its own. Pure: no
 * page, no storage; the words are given. Pictures stand beside tables that say the same.
 */

import { percentOf, roundMean, standing, strictPart } from "../assessment/score.js";
import { element, table, unseen } from "../core/elements.js";
import { fill, NONE, plural } from "../core/format.js";
import { commonGaps, median, OTHERS, rowsOf, widest } from "./statistics.js";

/** @typedef {import("./statistics.js").Member} Member */
/** @typedef {import("./statistics.js").Row} Row */
/** @typedef {import("./statistics.js").Counts} Counts */
/** @typedef {import("../assessment/score.js").Score} Score */
/** @typedef {import("../assessment/score_text.js").ScoreText} ScoreText */
/** @typedef {Texts & {others: Texts, others_short: Texts, spreads: Texts}} GroupWords */

export const MOST_LISTED = 10;
// With more people than these, a cell of the map has no room for its number.
const NUMBERED = 36;
// From these parts on, people are said to be apart: somewhat, far.
const APART = [0.34, 0.67];

/** @param {string} className @param {...(Node | string)} children */
const part = (className, ...children) => element("div", { className }, ...children);

/** What shows the answers of some people to some criteria. */
export class GroupParts {
  /**
   * @param {object} given
   * @param {ScoreText} given.say
   * @param {GroupWords} given.own
   * @param {Checklist[]} given.checklists
   * @param {Member[]} given.members
   * @param {(member: Member) => string} given.nameOf
   * @param {(member: Member) => string} given.brief the same where the column says what it is
   * @param {(checklist: Checklist, criterion: Criterion) => Node | string} given.link
   */
  constructor({ say, own, checklists, members, nameOf, brief, link }) {
    this.say = say;
    this.own = own;
    this.checklists = checklists;
    this.members = members;
    this.nameOf = nameOf;
    this.brief = brief;
    this.link = link;
    /** @type {Row[]} */
    this.rows = rowsOf(checklists, members);
  }

  /** @param {number | null} spread */
  spreadText(spread) {
    if (spread === null) return NONE;
    const name = spread < APART[0] ? "near" : spread < APART[1] ? "apart" : "far";
    return fill(this.own.spreads[name], { percent: this.say.percent(spread) });
  }

  /** @param {number | null} mean */
  meanText(mean) {
    return mean === null ? NONE : this.say.format.decimal(roundMean(mean));
  }

  /* In figures */

  figures() {
    const { say, own, members } = this;
    const overall = members.map((one) => one.scores.overall);
    const final = overall.filter((one) => standing(one) === "final").map((one) => one.weighted ?? 0);
    const flagged = overall.filter((one) => one.flagged.length).length;
    /** @param {number[]} parts */
    const range = (parts) =>
      fill(own.range, { from: say.percent(Math.min(...parts)), to: say.percent(Math.max(...parts)) });
    /** @param {string} term @param {string} value @param {string} text */
    const figure = (term, value, text) =>
      element(
        "div",
        {},
        element("dt", {}, term),
        element("dd", {}, element("span", { className: "figure", textContent: value }), ` ${text}`),
      );
    const progress = overall.map((one) => one.completeness);
    const everyone = final.length === members.length;
    const scored = everyone
      ? ""
      : final.length
        ? fill(own.scored, { count: final.length, total: members.length })
        : own.scored_none;
    return element(
      "dl",
      { className: "figures group-figures" },
      figure(own.people, String(members.length), ""),
      figure(own.progress, say.part(median(progress)), members.length > 1 ? range(progress) : ""),
      figure(
        own.score,
        say.part(median(final)),
        [scored, final.length > 1 ? range(final) : ""].filter(Boolean).join(" "),
      ),
      figure(own.legal, fill(own.of, { count: flagged, total: members.length }), own.legal_text),
    );
  }

  /* Lists and people */

  /** @param {Score} score */
  #cell(score) {
    const stands = standing(score);
    const cell = element("i", { className: stands === "final" ? "" : `is-${stands}` });
    cell.style.setProperty("--part", String(score.weighted ?? 0));
    return cell;
  }

  /** The map: a column for each person, a row for each list, and in each cell as much as is reached. */
  map() {
    const { checklists, members } = this;
    const numbered = members.length <= NUMBERED;
    /** @param {string} name @param {(member: Member) => Score} scoreOf @param {string} className */
    const row = (name, scoreOf, className = "heat-row") => {
      const cells = members.map((member) => {
        const score = scoreOf(member);
        const cell = this.#cell(score);
        if (numbered)
          cell.append(element("b", { textContent: score.weighted === null ? "" : percentOf(score.weighted) }));
        return cell;
      });
      return part(
        className,
        element("span", { className: "heat-name", textContent: name }),
        part("heat-cells", ...cells),
      );
    };
    const heads = part(
      "heat-row heat-heads",
      element("span", { className: "heat-name" }),
      part("heat-cells", ...members.map((one) => element("i", { textContent: one.number }))),
    );
    const made = part(
      numbered ? "heat is-numbered" : "heat",
      ...(numbered ? [heads] : []),
      ...checklists.map((one, place) => row(one.short, ({ scores }) => scores.each[place])),
      row(this.own.all, ({ scores }) => scores.overall, "heat-row heat-all"),
    );
    made.setAttribute("aria-hidden", "true");
    made.style.setProperty("--people", String(members.length));
    return made;
  }

  /** A score in as few signs as can be. @param {Score} score */
  #short(score) {
    const stands = standing(score);
    if (stands === "few") return this.own.few_short;
    const shown = this.say.part(score.weighted);
    return stands === "provisional" ? fill(this.own.provisional_short, { score: shown }) : shown;
  }

  /** The same in figures: a row for each person. */
  mapTable() {
    const { say, own, checklists, members } = this;
    const columns = [own.person, own.all, ...checklists.map((one) => one.short), own.progress_column, own.legal];
    const rows = members.map((member) => {
      const { overall, each } = member.scores;
      const flags = overall.flagged.length ? String(overall.flagged.length) : "0";
      return [
        this.brief(member),
        this.#short(overall),
        ...each.map((one) => this.#short(one)),
        say.percent(overall.completeness),
        flags,
      ];
    });
    const fine = element("p", { className: "fine", textContent: own.short_text });
    return part("", table("group-table", own.map_table, columns, rows), fine);
  }

  /* Criterion by criterion */

  /** The answers as one bar: in the order of the scale, each with a pattern of its own. @param {Counts} counts */
  bar({ levels, others }) {
    const bar = element("span", { className: "answers-bar", ariaHidden: "true" });
    const parts = [
      ...levels.map((count, level) => [`answers-${level}`, count]),
      ...OTHERS.map((one) => [`answers-${one}`, others[one]]),
    ];
    for (const [className, count] of parts) {
      if (!count) continue;
      const one = element("span", { className: String(className) });
      one.style.flexGrow = String(count);
      bar.append(one);
    }
    return bar;
  }

  /** @param {Row} row */
  #criterionRow({ checklist, criterion, counts }) {
    const { own } = this;
    const flags = counts.flagged
      ? [element("span", { className: "flag-mark", textContent: plural(own, "flagged", counts.flagged) })]
      : [];
    const statement = element("span", { className: "group-statement" }, this.link(checklist, criterion), ...flags);
    const numbers = [...counts.levels, ...OTHERS.map((one) => counts.others[one])];
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, statement, this.bar(counts)),
      ...numbers.map((one) => element("td", { className: one ? "" : "is-zero", textContent: one })),
      element("td", { textContent: this.meanText(counts.mean) }),
      element("td", { textContent: this.spreadText(counts.spread) }),
    );
  }

  /** All criteria of a list with the answers of all. @param {Checklist} checklist */
  criteriaTable(checklist) {
    const { own, say } = this;
    /** @param {string} short @param {string} long */
    const head = (short, long) => element("th", { scope: "col", title: long }, short, unseen(` ${long}`));
    const made = element(
      "table",
      { className: "group-criteria" },
      element("caption", { className: "visually-hidden", textContent: checklist.title }),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col", textContent: own.criterion }),
          ...say.words.levels.map((name, level) => head(String(level), name.replace(/^\d\s*/, ""))),
          ...OTHERS.map((one) => head(own.others_short[one], own.others[one])),
          element("th", { scope: "col", textContent: own.mean }),
          element("th", { scope: "col", textContent: own.spread }),
        ),
      ),
      element(
        "tbody",
        {},
        ...this.rows.filter((one) => one.checklist === checklist).map((one) => this.#criterionRow(one)),
      ),
    );
    const box = element(
      "div",
      { className: "table table-scroll", role: "group", tabIndex: 0, ariaLabel: checklist.title },
      made,
    );
    return box;
  }

  /** What the patterns of the bars mean. */
  key() {
    const names = [
      ...this.say.words.levels.map((name, level) => [String(level), name]),
      ...OTHERS.map((one) => [one, this.own.others[one]]),
    ];
    return element(
      "ul",
      { className: "answers-key" },
      ...names.map(([name, text]) =>
        element(
          "li",
          {},
          element(
            "span",
            { className: "answers-bar", ariaHidden: "true" },
            element("span", { className: `answers-${name}` }),
          ),
          ` ${text}`,
        ),
      ),
    );
  }

  /* What is missing in common, and where they are apart */

  gaps(most = MOST_LISTED) {
    const { own, checklists, members } = this;
    const items = commonGaps(checklists, members)
      .slice(0, most)
      .map(({ checklist, criterion, people, of, flagged }) => {
        const parts = [checklist.short, fill(own.below, { count: people, total: of })];
        if (flagged) parts.push(plural(own, "flagged", flagged));
        return element(
          "li",
          {},
          this.link(checklist, criterion),
          element("span", { className: "fine", textContent: ` ${parts.join(" · ")}` }),
        );
      });
    return items.length
      ? element("ol", { className: "overview-list" }, ...items)
      : element("p", { textContent: own.gaps_none });
  }

  apart(most = MOST_LISTED) {
    const { own } = this;
    const items = widest(this.rows)
      .slice(0, most)
      .map(({ checklist, criterion, counts }) =>
        element(
          "li",
          {},
          this.link(checklist, criterion),
          element("span", {
            className: "fine",
            textContent: ` ${checklist.short} · ${this.spreadText(counts.spread)}`,
          }),
          this.bar(counts),
        ),
      );
    return items.length
      ? element("ol", { className: "overview-list" }, ...items)
      : element("p", { textContent: own.apart_none });
  }

  /* For spreadsheets */

  /** @returns {(string | number | null)[][]} */
  criteriaRows() {
    const { own, say } = this;
    const head = [
      own.list,
      own.id,
      own.criterion,
      ...say.words.levels,
      ...OTHERS.map((one) => own.others[one]),
      own.mean,
      own.spread,
      own.legal,
    ];
    const rows = this.rows.map(({ checklist, criterion, counts }) => [
      checklist.short,
      criterion.id,
      criterion.statement,
      ...counts.levels,
      ...OTHERS.map((one) => counts.others[one]),
      this.meanText(counts.mean),
      counts.spread === null ? "" : say.percent(counts.spread),
      counts.flagged,
    ]);
    return [head, ...rows];
  }

  /** @returns {(string | number | null)[][]} */
  peopleRows() {
    const { own, say, checklists, members } = this;
    const criteria = checklists.flatMap((one) => one.criteria);
    const head = [
      own.person,
      own.progress_column,
      say.words.results.score,
      say.words.results.strict,
      own.legal,
      ...checklists.map((one) => one.short),
      ...criteria.map(({ id }) => id),
    ];
    const rows = members.map((member) => {
      const { overall, each } = member.scores;
      return [
        this.nameOf(member),
        say.percent(overall.completeness),
        say.scoreText(overall),
        say.part(strictPart(overall)),
        overall.flagged.length,
        ...each.map((one) => say.scoreText(one)),
        ...criteria.map(({ id }) => say.answerText(member.answers.get(id))),
      ];
    });
    return [head, ...rows];
  }
}
