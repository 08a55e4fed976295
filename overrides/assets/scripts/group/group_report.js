/*
 * Writes the results of a group as one HTML file that opens anywhere and asks nothing of anyone. It holds what the
 * answers come to and no answer of anybody; names only where the person who makes it asks for them.
 */

import { element } from "../core/elements.js";
import { documentFile } from "../core/files.js";
import { fill } from "../core/format.js";
import { p, paper, tag } from "../core/paper.js";

/** @typedef {import("./group_parts.js").GroupParts} GroupParts */

/**
 * Makes the report as an article in the language of the page.
 *
 * @param {GroupParts} parts
 * @param {string} shown which criteria and people it is of, in words
 * @param {number} top the level of its own heading
 */
export function reportArticle(parts, shown, top = 1) {
  const { own, say, checklists, members } = parts;
  const { head, foot, heading } = paper(top);
  /** @param {string} text */
  const section = (text) => heading(1, "report-section", text);
  const date = fill(say.words.report.date, { date: say.format.day(new Date()) });
  return tag(
    "article",
    "report report-group",
    head(own.report_kind, own.report_title, date, shown),
    parts.figures(),
    section(own.map_title),
    p("report-fine", own.map_text),
    tag("div", "heat-box", parts.map()),
    parts.mapTable(),
    section(own.gaps_title),
    p("report-fine", own.gaps_text),
    parts.gaps(),
    section(own.apart_title),
    p("report-fine", own.apart_text),
    parts.apart(),
    section(own.criteria_title),
    parts.key(),
    ...checklists.flatMap((one) => [heading(2, "criterion-title", one.title), parts.criteriaTable(one)]),
    foot(fill(own.report_foot, { count: members.length }), say.words.report.definitions),
  );
}

/**
 * Writes the text of the report's file.
 *
 * @param {GroupParts} parts
 * @param {string} shown
 * @param {string} language
 * @param {string} style
 */
export function reportFile(parts, shown, language, style) {
  const article = reportArticle(parts, shown);
  article.lang = language;
  const rows = parts.rows.map(({ criterion, counts }) => ({ criterion: criterion.id, ...counts }));
  const data = JSON.stringify({ kind: "abc-group-report", format: 1, people: parts.members.length, rows });
  return documentFile({
    title: parts.own.report_title,
    language,
    style,
    articles: [element("div", {}, article)],
    data,
  });
}
