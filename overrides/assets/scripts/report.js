/*
 * The documents of an assessment: a page for the council, the whole file, the hand-over. Each is made
 * as elements in one language, whatever language was used to answer, and saved as one HTML file that
 * opens anywhere, asks nothing of anyone and can be opened by the site again. Texts that a person
 * typed are only ever text. Runs after page.js and charts.js.
 */
(function (abc) {
  "use strict";

  const PRIORITIES = 5;
  // With more letters than these, a page for the council has to be set closer to stay one page.
  const LETTERS_AT_EASE = 2600;
  const FLAGS_AT_EASE = 4;
  const { element, paper, table } = abc.dom;

  /**
   * @param {Assessment} assessment
   * @param {Instrument} instrument of the document's language
   * @param {number} top the level of the document's own heading
   */
  function builder(assessment, instrument, top) {
    const speech = abc.speech(instrument);
    const { words } = speech;
    const texts = words.report;
    const { checklists } = instrument;
    const fill = abc.fill;

    const recordsOf = ({ id }) => assessment.checklists[id]?.criteria || {};
    const { each, overall } = abc.scoresOf(checklists, assessment);
    const targets = abc.targetsOf(checklists, assessment);
    const gaps = abc.gaps(checklists, assessment);
    const reviews = abc.record.reviews(checklists, assessment);
    const statements = new Map(checklists.flatMap((one) => one.criteria.map(({ id, statement }) => [id, statement])));

    const { tag, heading, p, ...frame } = paper(top);
    const light = (answer) => {
      const name = speech.lightOf(answer);
      return tag("span", `light light-${name}`, abc.shape(name), ` ${speech.answerText(answer)}`);
    };

    const head = (title) =>
      frame.head(
        title,
        speech.nameOf(assessment),
        fill(texts.date, { date: speech.day(new Date()) }),
        fill(texts.updated, { date: speech.stampText(assessment.updated) }),
      );

    /** The figures of the whole; while the score is provisional, how much is answered stands in its place. */
    function figures() {
      const counted = { count: overall.answered, total: overall.total };
      const reading = speech.readingOf(overall);
      const figure = (name, value, ...text) =>
        tag("div", "figure", p("figure-name", name), p("figure-value", value), p("report-fine", ...text));
      const score = {
        none: () => figure(words.overview.score, speech.NONE, words.results.none),
        provisional: () =>
          figure(
            words.results.answered,
            fill(words.overview.of, counted),
            tag("strong", "hatched", speech.scoreText(overall)),
            ` ${words.results.provisional_text}`,
          ),
        final: () =>
          figure(words.overview.score, speech.part(overall.weighted), `${reading?.name}. ${speech.meanText(overall)}.`),
      };
      return tag(
        "div",
        "figures",
        score[abc.standing(overall)](),
        figure(words.results.strict, speech.part(abc.strictPart(overall)), speech.strictText(overall)),
        figure(
          words.results.completeness,
          speech.percent(overall.completeness),
          fill(words.results.completeness_text, counted),
        ),
      );
    }

    /** One sentence that says which figure answers what, and what the reading means. */
    function howToRead() {
      const reading = speech.readingOf(overall);
      return p("report-fine", texts.how_to_read, reading ? ` ${reading.name}: ${reading.meaning}` : "");
    }

    function scores() {
      const columns = [words.overview.checklist, words.results.score, words.results.strict, words.results.completeness];
      if (targets) columns.splice(2, 0, words.overview.target);
      const rows = checklists.map((one, place) => {
        const target = targets?.each[place];
        const row = [
          one.short,
          abc.scoreCell(speech, each[place], target ? target.weighted : null),
          speech.part(abc.strictPart(each[place])),
          fill(words.overview.of, { count: each[place].answered, total: each[place].total }),
        ];
        if (targets) row.splice(2, 0, target ? speech.scoreText(target) : speech.NONE);
        return row;
      });
      return table("scores", words.overview.checklists, columns, rows);
    }

    function radar() {
      return abc.radar(
        checklists.map((one) => one.short),
        {
          ...abc.series(each),
          target: targets ? targets.each.map((one, place) => (one || each[place]).weighted) : undefined,
        },
      );
    }

    function flags() {
      const { flagged } = overall;
      if (!flagged.length) return [];
      return [
        tag(
          "section",
          flagged.length > FLAGS_AT_EASE ? "flags many" : "flags",
          heading(1, "report-section", words.results.critical),
          p("", words.results.critical_text),
          element(
            "ul",
            {},
            ...flagged.map(({ id, kind }) => element("li", {}, speech.flagText(statements.get(id), kind))),
          ),
        ),
      ];
    }

    const planText = ({ what, who, due }) => [what, who, speech.dayText(due)].filter(Boolean).join(" · ");

    function priorities() {
      const items = abc.firstSteps(gaps, PRIORITIES).map(({ checklist, criterion, record, level, goal }) => {
        const plan = abc.record.plan(record);
        const planned = abc.record.isPlanned(plan);
        return element(
          "li",
          {},
          tag("strong", "", criterion.statement),
          ` (${fill(words.plan.where, { list: checklist.short, level, goal })}) `,
          tag(
            "span",
            "step",
            planned
              ? fill(texts.planned, { plan: planText(plan) })
              : fill(words.plan.step, { step: instrument.texts[criterion.id].next_step }),
          ),
        );
      });
      return items.length ? [element("ol", { className: "priorities" }, ...items)] : [p("", words.overview.gaps_none)];
    }

    /** What the council is asked, by what was found. */
    function asked() {
      const next = abc.record.nextReview(reviews, assessment);
      const old = reviews.filter((one) => one.old).length;
      const asks = [
        overall.flagged.length && speech.plural(texts, "ask_flags", overall.flagged.length),
        abc.standing(overall) !== "final" && fill(texts.ask_answers, { count: overall.unanswered }),
        gaps.length > 0 && texts.ask_steps,
        old && speech.plural(texts, "ask_old", old),
        overall.answered > 0 && !gaps.length && texts.ask_keep,
        next && fill(texts.ask_review, { date: speech.dayText(next) }),
      ];
      return p("asked", tag("strong", "", texts.asked), ` ${asks.filter(Boolean).join("; ")}.`);
    }

    const foot = () => frame.foot(texts.definitions, texts.made_with);

    function summary() {
      return [
        head(texts.summary),
        ...flags(),
        figures(),
        howToRead(),
        heading(1, "report-section", words.overview.checklists),
        tag("div", "pictures", tag("div", "radar", radar()), scores()),
        heading(1, "report-section", texts.priorities),
        ...priorities(),
        asked(),
        foot(),
      ];
    }

    /* The whole file */

    function evidenceItem({ title, place, date, link }) {
      const parts = [title, place && fill(texts.kept_in, { place }), speech.dayText(date)].filter(Boolean).join(". ");
      const item = element("li", {}, parts);
      if (link)
        item.append(parts ? " " : "", element("a", { href: link, rel: "noopener noreferrer", textContent: link }));
      return item;
    }

    function details(criterion, found) {
      const rows = [];
      const row = (term, ...values) => rows.push(element("dt", {}, term), element("dd", {}, ...values));
      const { answer, reason, note, confidence, target, evidence, plan } = found;
      if (abc.isLevel(answer)) row(texts.descriptor, instrument.texts[criterion.id].levels[answer]);
      if (reason && answer === "not_applicable") row(words.report.reason, reason);
      if (confidence) row(words.record.confidence, words.record[confidence]);
      if (note) row(texts.note, note);
      if (evidence.length) row(words.record.evidence, element("ul", {}, ...evidence.map(evidenceItem)));
      else if (abc.valueOf(answer) >= 2)
        row(
          words.record.evidence,
          tag("em", "", fill(texts.no_evidence, { evidence: instrument.texts[criterion.id].evidence })),
        );
      if (target !== null) row(words.record.target, words.levels[target]);
      if (abc.record.isPlanned(plan)) row(words.record.plan, planText(plan));
      return rows.length ? [element("dl", {}, ...rows)] : [];
    }

    /** What is said beside an answer: the law, and that it is to be looked at again. */
    function marks(criterion, record) {
      const flag = abc.flagOf(criterion, record.answer);
      const law = flag ? tag("strong", "law", words.plan[flag]) : abc.isLegal(criterion) ? texts.critical : "";
      const old = abc.record.isOld(criterion, record) ? words.review.tag : "";
      return [law, old].filter(Boolean).flatMap((one) => [" · ", one]);
    }

    function chapter(checklist, place) {
      const score = each[place];
      const records = recordsOf(checklist);
      const line = [
        speech.flagsText(score),
        `${words.results.score}: ${speech.scoreText(score)}`,
        `${words.results.strict}: ${speech.part(abc.strictPart(score))}`,
        fill(words.results.completeness_text, { count: score.answered, total: score.total }),
      ];
      const items = checklist.criteria.map((criterion, at) => {
        const found = abc.record.read(records[criterion.id] || {});
        const title = heading(2, "criterion-title", `${at + 1}. ${criterion.statement}`);
        return tag(
          "section",
          "criterion",
          title,
          p("answer", light(found.answer), ...marks(criterion, records[criterion.id] || {})),
          ...details(criterion, found),
        );
      });
      const retired = checklist.retired
        .map(({ id, statement }) => [statement, abc.record.read(records[id] || {}), records[id]])
        .filter(([, , record]) => record && abc.holds(record))
        .map(([statement, found]) =>
          element("li", {}, `${statement} (${speech.answerText(found.answer)}${found.note ? `; ${found.note}` : ""})`),
        );
      return tag(
        "section",
        "chapter",
        heading(1, "report-section", checklist.title),
        p("report-fine", line.filter(Boolean).join(" · ")),
        ...items,
        ...(retired.length
          ? [heading(2, "criterion-title", words.changed.retired_title), element("ul", {}, ...retired)]
          : []),
      );
    }

    const dossier = () => [
      head(texts.dossier),
      ...flags(),
      figures(),
      howToRead(),
      tag("div", "pictures", tag("div", "radar", radar()), scores()),
      ...checklists.map(chapter),
      foot(),
    ];

    /* The hand-over */

    function handover() {
      const kept = [];
      const missing = [];
      const planned = [];
      for (const checklist of checklists) {
        for (const criterion of checklist.criteria) {
          const found = abc.record.read(recordsOf(checklist)[criterion.id] || {});
          const name = `${checklist.short}: ${criterion.statement}`;
          if (found.evidence.length)
            kept.push([name, light(found.answer), element("ul", {}, ...found.evidence.map(evidenceItem))]);
          else if (abc.valueOf(found.answer) >= 2)
            missing.push([name, light(found.answer), instrument.texts[criterion.id].evidence]);
          if (abc.record.isPlanned(found.plan))
            planned.push([name, found.plan.what, found.plan.who, speech.dayText(found.plan.due)]);
        }
      }
      const part = (title, text, columns, rows) => [
        heading(1, "report-section", title),
        p("", rows.length ? text : texts.nothing),
        ...(rows.length ? [table("lines", title, columns, rows)] : []),
      ];
      const signature = (who) => tag("div", "signature", p("", who), p("report-fine", texts.signature));
      return [
        head(texts.handover),
        p("", texts.handover_lead),
        ...flags(),
        figures(),
        howToRead(),
        ...part(
          texts.evidence_kept,
          texts.evidence_kept_text,
          [texts.criterion, texts.answer, words.record.evidence],
          kept,
        ),
        ...part(
          texts.evidence_missing,
          texts.evidence_missing_text,
          [texts.criterion, texts.answer, texts.expected],
          missing,
        ),
        ...part(
          texts.pending,
          texts.pending_text,
          [texts.criterion, words.record.what, words.record.who, words.record.due],
          planned,
        ),
        ...part(
          words.review.title,
          texts.old_text,
          [texts.criterion, texts.answer, texts.review_day],
          reviews
            .filter((one) => one.old)
            .map(({ checklist, criterion, record, day }) => [
              `${checklist.short}: ${criterion.statement}`,
              light(record.answer),
              speech.dayText(day),
            ]),
        ),
        tag("div", "signatures", signature(texts.gives), signature(texts.receives)),
        foot(),
      ];
    }

    return { summary, dossier, handover };
  }

  /**
   * A document as elements, one article a language.
   *
   * @param {"summary"|"dossier"|"handover"} kind
   * @param {Assessment} assessment
   * @param {Record<string, Instrument>} instruments by language code, with their texts
   * @param {number} top the level of its headings: 1 in a file of its own
   */
  function articles(kind, assessment, instruments, top = 1) {
    return Object.entries(instruments).map(([code, instrument]) => {
      const made = element(
        "article",
        { className: `report report-${kind}`, lang: code, dir: "auto" },
        ...builder(assessment, instrument, top)[kind](),
      );
      made.classList.toggle("close", made.textContent.length > LETTERS_AT_EASE);
      return made;
    });
  }

  /** The same as the text of one HTML file with its data, which the site can open again. */
  function file(kind, assessment, instruments, style) {
    return abc.files.page({
      title: abc.page.nameOf(assessment),
      language: Object.keys(instruments)[0],
      style,
      articles: articles(kind, assessment, instruments),
      data: abc.files.text(assessment),
    });
  }

  /** Every criterion as a row of a table, the first row naming the columns. */
  function rows(assessment, instrument) {
    const speech = abc.speech(instrument);
    const { words } = speech;
    const texts = words.report;
    const head = [
      words.overview.checklist,
      texts.id,
      texts.criterion,
      texts.weight,
      texts.critical,
      texts.answer,
      texts.level,
      words.record.confidence,
      words.record.target,
      texts.gap,
      words.report.reason,
      texts.note,
      words.record.evidence,
      words.record.what,
      words.record.who,
      words.record.due,
    ];
    const body = instrument.checklists.flatMap((checklist) =>
      checklist.criteria.map((criterion) => {
        const record = assessment.checklists[checklist.id]?.criteria[criterion.id] || {};
        const { answer, reason, note, confidence, target, evidence, plan } = abc.record.read(record);
        const level = abc.valueOf(answer);
        return [
          checklist.short,
          criterion.id,
          criterion.statement,
          criterion.weight,
          criterion.critical !== null ? texts.yes : "",
          speech.answerText(answer),
          level ?? "",
          confidence && words.record[confidence],
          target ?? "",
          level === null ? "" : Math.max(0, abc.goalOf(criterion, record) - level),
          answer === "not_applicable" ? reason : "",
          note,
          evidence
            .map(({ title, place, date, link }) => [title, place, date, link].filter(Boolean).join(", "))
            .join(" | "),
          plan.what,
          plan.who,
          plan.due,
        ];
      }),
    );
    return [head, ...body];
  }

  abc.report = { articles, file, rows };
})((window.abc = window.abc || {}));
