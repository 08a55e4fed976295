/*
 * How numbers, dates and answers are said in a language. Pure: the words come with the instrument.
 */
(function (abc) {
  "use strict";

  /** `text` with every {name} of `details` put in; other braces stay as they are. */
  abc.fill = (text, details) => text.replace(/\{(\w+)\}/g, (match, name) => (name in details ? details[name] : match));

  /**
   * @param {Pick<Instrument, "words">} instrument of one language
   * @returns functions from values to text: `percent` takes a part from 0 to 1, `part` the same or
   *   null, those that take a `score` one of score.js, `decimal` a number, `points` a difference of two parts, `day` a Date, `dayText` a date
   *   as YYYY-MM-DD, `stampText` an ISO time, `answerText` an answer.
   */
  abc.speech = function ({ words }) {
    const { locale } = words.format;
    const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
    const long = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
    const medium = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
    const plain = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    const NONE = "—";
    // The sign of a number is a minus, not the hyphen that some languages' formats write.
    const difference = (value) => signed.format(value).replace("-", "\u2212");

    const bandOf = (mean) => words.bands.findLast((one) => mean >= one.from);
    const fewText = ({ total, notApplicable }) =>
      abc.fill(words.results[`few_${total - notApplicable === 1 ? "one" : "other"}`], {
        count: total - notApplicable,
        total,
      });
    const percent = (part) => abc.fill(words.format.percent, { value: abc.percent(part) });
    /** A score in a line or a cell: the percentage, named provisional where it is; how many criteria apply. */
    function scoreText(score) {
      const standing = abc.standing(score);
      if (standing === "none") return NONE;
      if (standing === "few") return fewText(score);
      const shown = percent(score.weighted);
      return standing === "final" ? shown : abc.fill(words.results.provisional_score, { score: shown });
    }
    /** How many criteria are flagged for the law, or "". */
    const flagsText = ({ flagged }) =>
      flagged.length ? abc.fill(words.results.flags_short, { count: flagged.length }) : "";
    return {
      words,
      locale,
      percent,
      NONE,
      part: (value) => (value === null ? NONE : percent(value)),
      decimal: (value) => decimals.format(value),
      plural: (texts, name, count) => abc.fill(texts[`${name}_${count === 1 ? "one" : "other"}`], { count }),
      points: (now, before) =>
        now === null || before === null
          ? NONE
          : abc.fill(words.overview.points, { points: difference(abc.percent(now) - abc.percent(before)) }),
      day: (date) => long.format(date),
      dayText: (date) => (date ? plain.format(new Date(date)) : ""),
      stampText: (stamp) => (Number.isNaN(Date.parse(stamp)) ? NONE : medium.format(new Date(stamp))),
      /**
       * How a score is read, {name, meaning}, or null: one that is provisional has no reading, and no
       * reading praises over an open flag.
       */
      readingOf(score) {
        if (abc.standing(score) !== "final") return null;
        return score.flagged.length ? words.over_flags : bandOf(score.mean);
      },
      /** The mean level; where it is read by a band and rounding takes it into the next, that it is not there yet. */
      meanText({ mean, flagged }) {
        const shown = abc.roundMean(mean);
        const name = flagged.length || bandOf(shown) === bandOf(mean) ? "mean" : "mean_below";
        return abc.fill(words.results[name], { value: decimals.format(shown) });
      },
      scoreText,
      fewText,
      /** A score in a line, after what is flagged for the law and how much is answered; `named` says what it is. */
      shortText(score, progress, named = (text) => text) {
        const shown = abc.standing(score) === "none" ? "" : named(scoreText(score));
        return [flagsText(score), progress, shown].filter(Boolean).join(" · ");
      },
      flagsText,
      strictText: ({ strict }) =>
        abc.fill(words.results[strict.quick ? "strict_quick" : "strict_text"], {
          count: strict.reached,
          total: strict.of,
        }),
      /** The statement of a flagged criterion, with what nobody can show said of it. */
      flagText: (statement, kind) =>
        kind === "unproven" ? abc.fill(words.results.unproven, { criterion: statement }) : statement,
      answerText(answer) {
        const { states } = words.assessments;
        return abc.isLevel(answer) ? words.levels[answer] : states[answer] || states.unanswered;
      },
      /** The light an answer shows: a status of the scale, "unanswered" or "not_applicable". */
      lightOf(answer) {
        if (abc.isLevel(answer)) return words.statuses[answer];
        if (answer === "no_information") return words.statuses[0];
        return answer === "not_applicable" ? answer : "unanswered";
      },
      nameOf: ({ title, round }) => [title || words.assessments.unnamed, round].filter(Boolean).join(" · "),
    };
  };
})((window.abc = window.abc || {}));
