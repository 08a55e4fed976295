/*
 * Makes the papers of an assessment: a page for the council, the dossier, the hand-over, the plan. Each is made as
 * elements in one language, whatever language was used to answer, and saved as one HTML file that opens anywhere,
 * asks nothing of anyone and can be opened by the site again. Texts that a person typed are only ever text.
 */

import { radar, shape } from "../core/charts.js";
import { element, table } from "../core/elements.js";
import { documentFile } from "../core/files.js";
import { fill, NONE, plural } from "../core/format.js";
import { p, paper, tag } from "../core/paper.js";
import { holdsAnything, isOld, isPlanned, nextReview, readAnswer, readPlan, reviewsOf } from "./answer.js";
import { assessmentText } from "./assessment_files.js";
import { evidenceList } from "./evidence_list.js";
import { signatureText } from "./review_signature.js";
import { isChanged, reviewsIn } from "./reviews.js";
import {
  firstSteps,
  flagOf,
  gapsOf,
  goalOf,
  isLegal,
  isLevel,
  recordsOf,
  scoresOf,
  standing,
  strictPart,
  targetsOf,
  valueOf,
} from "./score.js";
import { radarSeries, ScoreText } from "./score_text.js";
import { areasOf, voicesOf } from "./voices.js";

/** @typedef {"summary" | "dossier" | "handover" | "plan"} PaperKind */
/** @typedef {import("../core/elements.js").Content} Content */
/** @typedef {import("./answer.js").Evidence} Evidence */
/** @typedef {import("./answer.js").Plan} Plan */
/** @typedef {import("./answer.js").ReadAnswer} ReadAnswer */

const PRIORITIES = 5;
// With more letters than these, a page for the council has to be set closer to stay one page.
const LETTERS_AT_EASE = 2600;
const FLAGS_AT_EASE = 4;

/** What all papers of an assessment in one language are made of. */
class PaperMaker {
  /**
   * @param {Assessment} assessment
   * @param {FullInstrument} instrument of the paper's language
   * @param {number} top the level of the paper's own heading
   */
  constructor(assessment, instrument, top) {
    const { checklists, words, texts } = instrument;
    this.assessment = assessment;
    this.checklists = checklists;
    this.words = words;
    this.own = words.report;
    this.criterionTexts = texts;
    this.say = new ScoreText(words);
    this.scores = scoresOf(checklists, assessment);
    this.targets = targetsOf(checklists, assessment);
    this.gaps = gapsOf(checklists, assessment);
    this.reviews = reviewsOf(checklists, assessment);
    this.reviewed = reviewsIn(assessment);
    this.frame = paper(top);
  }

  /** @param {string} text */
  section(text) {
    return this.frame.heading(1, "report-section", text);
  }

  /** @param {Answer} answer */
  light(answer) {
    const name = this.say.lightOf(answer);
    return tag("span", `light light-${name}`, shape(name), ` ${this.say.answerText(answer)}`);
  }

  /** @param {string} title */
  head(title) {
    const { say, own, assessment } = this;
    const date = fill(own.date, { date: say.format.day(new Date()) });
    const updated = fill(own.updated, { date: say.format.stampText(assessment.updated) });
    return this.frame.head(title, say.nameOf(assessment), date, updated);
  }

  /** Why there are no gaps: nothing is answered, or everything has reached its target. */
  get withoutGaps() {
    return this.scores.overall.answered ? this.words.plan.none : this.words.plan.empty;
  }

  foot() {
    return this.frame.foot(this.own.definitions, this.own.made_with);
  }

  /**
   * The score, or while it is provisional, how much is answered in its place.
   *
   * @param {(name: string, value: string, ...text: (string | Node)[]) => HTMLElement} figure
   */
  #scoreFigure(figure) {
    const { say, words } = this;
    const { overall } = this.scores;
    if (overall.weighted === null) return figure(words.overview.score, NONE, words.results.none);
    if (standing(overall) === "final") {
      const text = `${say.readingOf(overall)?.name}. ${say.meanText(overall)}.`;
      return figure(words.overview.score, say.part(overall.weighted), text);
    }
    const answered = fill(words.overview.of, { count: overall.answered, total: overall.total });
    const shown = tag("strong", "hatched", say.scoreText(overall));
    return figure(words.results.answered, answered, shown, ` ${words.results.provisional_text}`);
  }

  /** The figures of the whole. */
  figures() {
    const { say, words } = this;
    const { overall } = this.scores;
    /** @param {string} name @param {string} value @param {...(string | Node)} text */
    const figure = (name, value, ...text) =>
      tag("div", "figure", p("figure-name", name), p("figure-value", value), p("report-fine", ...text));
    const completeness = fill(words.results.completeness_text, { count: overall.answered, total: overall.total });
    return tag(
      "div",
      "figures",
      this.#scoreFigure(figure),
      figure(words.results.strict, say.part(strictPart(overall)), say.strictText(overall)),
      figure(words.results.completeness, say.percent(overall.completeness), completeness),
    );
  }

  /** One sentence that says which figure answers what, and what the reading means. */
  howToRead() {
    const reading = this.say.readingOf(this.scores.overall);
    return p("report-fine", this.own.how_to_read, reading ? ` ${reading.name}: ${reading.meaning}` : "");
  }

  scoresTable() {
    const { say, words, targets } = this;
    const columns = [words.overview.checklist, words.results.score, words.results.strict, words.results.completeness];
    if (targets) columns.splice(2, 0, words.overview.target);
    const rows = this.checklists.map((one, place) => {
      const score = this.scores.each[place];
      const target = targets?.each[place];
      /** @type {Content[]} */
      const row = [
        one.short,
        say.scoreCell(score, target ? target.weighted : null),
        say.part(strictPart(score)),
        fill(words.overview.of, { count: score.answered, total: score.total }),
      ];
      if (targets) row.splice(2, 0, target ? say.scoreText(target) : NONE);
      return row;
    });
    return table("scores", words.overview.checklists, columns, rows);
  }

  /** The scores as a picture and as a table. */
  pictures() {
    const { each } = this.scores;
    const target = this.targets?.each.map((one, place) => (one || each[place]).weighted);
    const names = this.checklists.map((one) => one.short);
    return tag(
      "div",
      "pictures",
      tag("div", "radar", radar(names, { ...radarSeries(each), target })),
      this.scoresTable(),
    );
  }

  flags() {
    const { words, say } = this;
    const { flagged } = this.scores.overall;
    if (!flagged.length) return [];
    const criteria = this.checklists.flatMap((one) => one.criteria);
    const statements = new Map(criteria.map(({ id, statement }) => [id, statement]));
    const items = flagged.map(({ id, kind }) => element("li", {}, say.flagText(statements.get(id) ?? id, kind)));
    return [
      tag(
        "section",
        flagged.length > FLAGS_AT_EASE ? "flags many" : "flags",
        this.section(words.results.critical),
        p("", words.results.critical_text),
        element("ul", {}, ...items),
      ),
    ];
  }

  /** @param {Plan} plan */
  planText({ what, who, due }) {
    return [what, who, this.say.format.dayText(due)].filter(Boolean).join(" · ");
  }

  /** @param {Evidence[]} evidence */
  evidenceList(evidence) {
    return evidenceList(this.words, this.say.format, evidence);
  }
}

/* A page for the council */

/** What comes first, with what is planned for it. @param {PaperMaker} maker */
function priorities(maker) {
  const { own, words } = maker;
  const items = firstSteps(maker.gaps, PRIORITIES).map(({ checklist, criterion, record, level, goal }) => {
    const plan = readPlan(record);
    const next = () => fill(words.plan.step, { step: maker.criterionTexts[criterion.id].next_step });
    return element(
      "li",
      {},
      tag("strong", "", criterion.statement),
      ` (${fill(words.plan.where, { list: checklist.short, level, goal })}) `,
      tag("span", "step", isPlanned(plan) ? fill(own.planned, { plan: maker.planText(plan) }) : next()),
    );
  });
  return items.length ? [element("ol", { className: "priorities" }, ...items)] : [p("", maker.withoutGaps)];
}

/** What the council is asked, by what was found. @param {PaperMaker} maker */
function askedOfCouncil({ own, gaps, reviews, assessment, say, scores: { overall } }) {
  const next = nextReview(reviews, assessment);
  const old = reviews.filter((one) => one.old).length;
  const asks = [
    overall.flagged.length && plural(own, "ask_flags", overall.flagged.length),
    standing(overall) !== "final" && fill(own.ask_answers, { count: overall.unanswered }),
    gaps.length > 0 && own.ask_steps,
    old && plural(own, "ask_old", old),
    overall.answered > 0 && !gaps.length && own.ask_keep,
    next && fill(own.ask_review, { date: say.format.dayText(next) }),
  ];
  return p("asked", tag("strong", "", own.asked), ` ${asks.filter(Boolean).join("; ")}.`);
}

/** @param {PaperMaker} maker */
const summary = (maker) => [
  maker.head(maker.own.summary),
  ...maker.flags(),
  maker.figures(),
  maker.howToRead(),
  maker.section(maker.words.overview.checklists),
  maker.pictures(),
  maker.section(maker.own.priorities),
  ...priorities(maker),
  askedOfCouncil(maker),
  maker.foot(),
];

/* The whole file */

/**
 * What each of several areas said of a criterion, or null where one person answered.
 *
 * @param {PaperMaker} maker
 * @param {AnswerRecord} record
 */
function voicesList({ say, assessment }, record) {
  const areas = areasOf(assessment);
  const items = Array.from(voicesOf(record)).flatMap(([key, voice]) => {
    const { answer, note, reason } = readAnswer(voice);
    const area = areas.get(key);
    const name = area?.name || (area ? say.nameOf(area) : key);
    const more = answer === "not_applicable" ? reason || note : note;
    return answer === undefined && !note
      ? []
      : [element("li", {}, [`${name}: ${say.answerText(answer)}`, more].filter(Boolean).join(". "))];
  });
  return items.length ? element("ul", {}, ...items) : null;
}

/**
 * What reviewers marked of a criterion, with what the owner replied, or null.
 *
 * @param {PaperMaker} maker
 * @param {string} id
 * @param {AnswerRecord} record
 */
function reviewList({ say, words, reviewed }, id, record) {
  const { reviews } = words;
  const items = reviewed.flatMap((review) => {
    const mark = review.marks.get(id);
    if (!mark) return [];
    const who = signatureText(words, review, say.format);
    const older = isChanged(mark, record) && fill(reviews.then, { answer: say.answerText(mark.seen.answer) });
    const reply = mark.reply && fill(reviews.replied, { text: mark.reply });
    const named = mark.mark ? reviews.marks[mark.mark] : reviews.unmarked;
    return [
      element("li", {}, tag("strong", "", named), ` (${who}) `, [older, mark.note, reply].filter(Boolean).join(" — ")),
    ];
  });
  return items.length ? element("ul", {}, ...items) : null;
}

/**
 * What is kept of a criterion, as terms.
 *
 * @param {PaperMaker} maker
 * @param {Criterion} criterion
 * @param {ReadAnswer} found
 * @param {AnswerRecord} record
 */
function details(maker, criterion, found, record) {
  const { own, words } = maker;
  /** @type {HTMLElement[]} */
  const rows = [];
  /** @param {string} term @param {string | Node} value */
  const row = (term, value) => rows.push(element("dt", {}, term), element("dd", {}, value));
  const { answer, reason, note, confidence, target, evidence, plan } = found;
  const texts = maker.criterionTexts[criterion.id];
  if (isLevel(answer)) row(own.descriptor, texts.levels[answer]);
  if (reason && answer === "not_applicable") row(own.reason, reason);
  if (confidence) row(words.record.confidence, words.record[confidence]);
  if (note) row(own.note, note);
  if (evidence.length) row(words.record.evidence, maker.evidenceList(evidence));
  else if ((valueOf(answer) ?? 0) >= 2) {
    row(words.record.evidence, tag("em", "", fill(own.no_evidence, { evidence: texts.evidence })));
  }
  if (target !== null) row(words.record.target, words.levels[target]);
  if (isPlanned(plan)) row(words.record.plan, maker.planText(plan));
  const said = voicesList(maker, record);
  if (said) row(own.voices, said);
  const reviewed = reviewList(maker, criterion.id, record);
  if (reviewed) row(words.reviews.title, reviewed);
  return rows.length ? [element("dl", {}, ...rows)] : [];
}

/**
 * What is said beside an answer: the law, and that it is to be looked at again.
 *
 * @param {PaperMaker} maker
 * @param {Criterion} criterion
 * @param {AnswerRecord} record
 */
function marks({ own, words }, criterion, record) {
  const flag = flagOf(criterion, record.answer);
  const law = flag ? tag("strong", "law", words.plan[flag]) : isLegal(criterion) ? own.critical : "";
  const old = isOld(criterion, record) ? words.review.tag : "";
  return [law, old].filter(Boolean).flatMap((one) => [" · ", one]);
}

/**
 * The answers to criteria that the checklist no longer asks.
 *
 * @param {PaperMaker} maker
 * @param {Checklist} checklist
 */
function retiredAnswers({ frame, words, say, assessment }, checklist) {
  const records = recordsOf(checklist, assessment);
  const items = checklist.retired
    .filter(({ id }) => records[id] && holdsAnything(records[id]))
    .map(({ id, statement }) => {
      const { answer, note } = readAnswer(records[id]);
      return element("li", {}, `${statement} (${say.answerText(answer)}${note ? `; ${note}` : ""})`);
    });
  if (!items.length) return [];
  return [frame.heading(2, "criterion-title", words.changed.retired_title), element("ul", {}, ...items)];
}

/** @param {PaperMaker} maker @param {Checklist} checklist @param {number} place */
function chapter(maker, checklist, place) {
  const { say, words, frame } = maker;
  const score = maker.scores.each[place];
  const records = recordsOf(checklist, maker.assessment);
  const line = [
    say.flagsText(score),
    `${words.results.score}: ${say.scoreText(score)}`,
    `${words.results.strict}: ${say.part(strictPart(score))}`,
    fill(words.results.completeness_text, { count: score.answered, total: score.total }),
  ];
  const items = checklist.criteria.map((criterion, at) => {
    const record = records[criterion.id] || {};
    const found = readAnswer(record);
    return tag(
      "section",
      "criterion",
      frame.heading(2, "criterion-title", `${at + 1}. ${criterion.statement}`),
      p("answer", maker.light(found.answer), ...marks(maker, criterion, record)),
      ...details(maker, criterion, found, record),
    );
  });
  return tag(
    "section",
    "chapter",
    maker.section(checklist.title),
    p("report-fine", line.filter(Boolean).join(" · ")),
    ...items,
    ...retiredAnswers(maker, checklist),
  );
}

/** @param {PaperMaker} maker */
const dossier = (maker) => [
  maker.head(maker.own.dossier),
  ...maker.flags(),
  maker.figures(),
  maker.howToRead(),
  maker.pictures(),
  ...maker.checklists.map((one, place) => chapter(maker, one, place)),
  maker.foot(),
];

/* The hand-over */

/**
 * The rows of the tables of a hand-over: evidence that is kept, what is missing, and what is planned.
 *
 * @param {PaperMaker} maker
 */
function handoverRows(maker) {
  /** @type {{kept: Content[][], missing: Content[][], planned: Content[][]}} */
  const rows = { kept: [], missing: [], planned: [] };
  for (const checklist of maker.checklists) {
    const records = recordsOf(checklist, maker.assessment);
    for (const criterion of checklist.criteria) {
      const { answer, evidence, plan } = readAnswer(records[criterion.id] || {});
      const name = `${checklist.short}: ${criterion.statement}`;
      if (evidence.length) rows.kept.push([name, maker.light(answer), maker.evidenceList(evidence)]);
      else if ((valueOf(answer) ?? 0) >= 2) {
        rows.missing.push([name, maker.light(answer), maker.criterionTexts[criterion.id].evidence]);
      }
      if (isPlanned(plan)) rows.planned.push([name, plan.what, plan.who, maker.say.format.dayText(plan.due)]);
    }
  }
  return rows;
}

/** @param {PaperMaker} maker */
function handover(maker) {
  const { own, words } = maker;
  const { kept, missing, planned } = handoverRows(maker);
  const old = maker.reviews
    .filter((one) => one.old)
    .map(({ checklist, criterion, record, day }) => [
      `${checklist.short}: ${criterion.statement}`,
      maker.light(record.answer),
      maker.say.format.dayText(day),
    ]);
  /**
   * @param {string} title
   * @param {string} text
   * @param {string[]} columns
   * @param {Content[][]} rows
   */
  const part = (title, text, columns, rows) => [
    maker.section(title),
    p("", rows.length ? text : own.nothing),
    ...(rows.length ? [table("lines", title, columns, rows)] : []),
  ];
  /** @param {string} who */
  const signature = (who) => tag("div", "signature", p("", who), p("report-fine", own.signature));
  const { criterion, answer } = own;
  return [
    maker.head(own.handover),
    p("", own.handover_lead),
    ...maker.flags(),
    maker.figures(),
    maker.howToRead(),
    ...part(own.evidence_kept, own.evidence_kept_text, [criterion, answer, words.record.evidence], kept),
    ...part(own.evidence_missing, own.evidence_missing_text, [criterion, answer, own.expected], missing),
    ...part(own.pending, own.pending_text, [criterion, words.record.what, words.record.who, words.record.due], planned),
    ...part(words.review.title, own.old_text, [criterion, answer, own.review_day], old),
    tag("div", "signatures", signature(own.gives), signature(own.receives)),
    maker.foot(),
  ];
}

/* The plan */

/** @param {PaperMaker} maker */
function plan(maker) {
  const { own, words, say, gaps } = maker;
  const rows = gaps.map(({ checklist, criterion, record, level, goal, flag }) => {
    const { what, who, due } = readPlan(record);
    const law = flag ? [" ", tag("strong", "law", words.plan[flag])] : [];
    return [
      [`${checklist.short}: ${criterion.statement}`, ...law],
      `${level} → ${goal}`,
      what || fill(words.plan.step, { step: maker.criterionTexts[criterion.id].next_step }),
      who,
      say.format.dayText(due),
    ];
  });
  const columns = [own.criterion, own.levels, words.record.what, words.record.who, words.record.due];
  return [
    maker.head(own.plan),
    ...maker.flags(),
    maker.section(words.plan.title_gaps),
    p("", rows.length ? plural(words.plan, "gaps", rows.length) : maker.withoutGaps),
    ...(rows.length ? [table("lines", own.plan, columns, rows)] : []),
    p("report-fine", words.plan.how),
    maker.foot(),
  ];
}

const MAKERS = { summary, dossier, handover, plan };

/**
 * Makes a paper as elements, one article per language.
 *
 * @param {PaperKind} kind
 * @param {Assessment} assessment
 * @param {Record<string, FullInstrument>} instruments by language code
 * @param {number} top the level of its headings: 1 in a file of its own
 */
export function paperArticles(kind, assessment, instruments, top = 1) {
  return Object.entries(instruments).map(([code, instrument]) => {
    const made = element(
      "article",
      { className: `report report-${kind}`, lang: code, dir: "auto" },
      ...MAKERS[kind](new PaperMaker(assessment, instrument, top)),
    );
    made.classList.toggle("close", (made.textContent ?? "").length > LETTERS_AT_EASE);
    return made;
  });
}

/**
 * Writes papers as the text of one HTML file with the assessment's data, which the site can open again.
 *
 * @param {HTMLElement[]} articles their headings begin at 1
 * @param {Assessment} assessment
 * @param {string} title
 * @param {string} style
 */
export const paperFile = (articles, assessment, title, style) =>
  documentFile({ title, language: articles[0].lang, style, articles, data: assessmentText(assessment) });

/** The names of the columns of the table of all criteria. @param {InstrumentWords} words */
const columnsOf = ({ overview, record, report }) => [
  overview.checklist,
  report.id,
  report.criterion,
  report.weight,
  report.critical,
  report.answer,
  report.level,
  record.confidence,
  record.target,
  report.gap,
  report.reason,
  report.note,
  record.evidence,
  record.what,
  record.who,
  record.due,
];

/**
 * Returns every criterion as a row of a table, the first row naming the columns.
 *
 * @param {Assessment} assessment
 * @param {Instrument} instrument
 */
export function paperRows(assessment, { words, checklists }) {
  const say = new ScoreText(words);
  const body = checklists.flatMap((checklist) =>
    checklist.criteria.map((criterion) => {
      const record = recordsOf(checklist, assessment)[criterion.id] || {};
      const { answer, reason, note, confidence, target, evidence, plan } = readAnswer(record);
      const level = valueOf(answer);
      return [
        checklist.short,
        criterion.id,
        criterion.statement,
        criterion.weight,
        criterion.critical !== null ? words.report.yes : "",
        say.answerText(answer),
        level ?? "",
        confidence && words.record[confidence],
        target ?? "",
        level === null ? "" : Math.max(0, goalOf(criterion, record) - level),
        answer === "not_applicable" ? reason : "",
        note,
        evidence
          .map(({ title, place, date, until, link }) =>
            [title, place, date, until && fill(words.record.holds_until, { date: until }), link]
              .filter(Boolean)
              .join(", "),
          )
          .join(" | "),
        plan.what,
        plan.who,
        plan.due,
      ];
    }),
  );
  return [columnsOf(words), ...body];
}
