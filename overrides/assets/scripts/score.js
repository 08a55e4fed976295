/*
 * What answers are worth. Pure: no page, no storage, no words.
 * The same meaning is written down in docs/es/acerca.md and held by tests/score-vectors.yml.
 */
(function (abc) {
  "use strict";

  const TOP = 3;
  const PROVISIONAL_BELOW = 0.8;
  const NO_INFORMATION = "no_information";
  const NOT_APPLICABLE = "not_applicable";

  const isLevel = (answer) => Number.isInteger(answer) && answer >= 0 && answer <= TOP;

  /**
   * Scores answers.
   *
   * @param {{id: string, weight: number, critical?: boolean}[]} criteria
   * @param {Map<string, number|string>} answers by criterion id: a level from 0 to 3,
   *   "no_information" or "not_applicable"; anything else counts as unanswered.
   * @returns an object with
   *   total, answered: numbers of criteria;
   *   notApplicable, unanswered: how many of them;
   *   weighted: from 0 to 1, or null when there is nothing to score; mean: the same from 0 to 3;
   *   strict: {reached, of}; completeness: from 0 to 1; provisional: whether it is too low;
   *   flagged: ids of critical criteria at level 0.
   */
  abc.score = function (criteria, answers) {
    const flagged = [];
    let answered = 0;
    let atTop = 0;
    let notApplicable = 0;
    let reached = 0;
    let possible = 0;
    for (const { id, weight, critical } of criteria) {
      const answer = answers.get(id);
      if (answer === NOT_APPLICABLE) {
        answered += 1;
        notApplicable += 1;
      } else if (answer === NO_INFORMATION) {
        answered += 1;
        possible += TOP * weight;
      } else if (isLevel(answer)) {
        answered += 1;
        if (answer === TOP) atTop += 1;
        reached += answer * weight;
        possible += TOP * weight;
        if (critical && answer === 0) flagged.push(id);
      }
    }
    const total = criteria.length;
    const weighted = possible ? reached / possible : null;
    const completeness = total ? answered / total : 0;
    return {
      total,
      answered,
      notApplicable,
      unanswered: total - answered,
      weighted,
      mean: weighted === null ? null : TOP * weighted,
      strict: { reached: atTop, of: total - notApplicable },
      completeness,
      provisional: completeness < PROVISIONAL_BELOW,
      flagged,
    };
  };

  /**
   * Several checklists together: counts are added up, `weighted` is the mean of the checklists'
   * own, over those that have one.
   */
  abc.overall = function (scores) {
    const sum = (pick) => scores.reduce((total, one) => total + pick(one), 0);
    const weighted = scores.map((one) => one.weighted).filter((one) => one !== null);
    const total = sum((one) => one.total);
    const answered = sum((one) => one.answered);
    const completeness = total ? answered / total : 0;
    return {
      total,
      answered,
      weighted: weighted.length
        ? weighted.reduce((one, other) => one + other, 0) / weighted.length
        : null,
      strict: { reached: sum((one) => one.strict.reached), of: sum((one) => one.strict.of) },
      completeness,
      provisional: completeness < PROVISIONAL_BELOW,
    };
  };

  /** A part from 0 to 1 as whole percent; 100 only when nothing is missing. */
  abc.percent = (part) => (part >= 1 ? 100 : Math.min(99, Math.round(100 * part)));

  /** A mean from 0 to 3 as it is shown, never above the band it is read by. */
  abc.roundMean = (mean) => Math.floor(mean * 10 + 1e-9) / 10;

  /** The strict figure from 0 to 1, or null when no criterion applies. */
  abc.strictPart = ({ strict }) => (strict.of ? strict.reached / strict.of : null);

  abc.isLevel = isLevel;
  abc.isAnswer = (answer) =>
    isLevel(answer) || answer === NO_INFORMATION || answer === NOT_APPLICABLE;
})((window.abc = window.abc || {}));
