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
   *   null, `decimal` a number, `points` a difference of two parts, `day` a Date, `dayText` a date
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

    const percent = (part) => abc.fill(words.format.percent, { value: abc.percent(part) });
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
      /** The band a mean from 0 to 3 is read by, or null. */
      bandOf: (mean) => (mean === null ? null : words.bands.findLast((one) => mean >= one.from)),
      meanText: (mean) => abc.fill(words.results.mean, { value: decimals.format(abc.roundMean(mean)) }),
      strictText: ({ strict }) => abc.fill(words.results.strict_text, { count: strict.reached, total: strict.of }),
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
