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
   *   levels: how many criteria have each level; noInformation, notApplicable, unanswered: how many;
   *   weighted: from 0 to 1, or null when there is nothing to score; mean: the same from 0 to 3;
   *   strict: {reached, of}; completeness: from 0 to 1; provisional: whether it is too low;
   *   flagged: ids of critical criteria at level 0.
   */
  abc.score = function (criteria, answers) {
    const levels = new Array(TOP + 1).fill(0);
    const flagged = [];
    let noInformation = 0;
    let notApplicable = 0;
    let reached = 0;
    let possible = 0;
    for (const { id, weight, critical } of criteria) {
      const answer = answers.get(id);
      if (answer === NOT_APPLICABLE) {
        notApplicable += 1;
      } else if (answer === NO_INFORMATION) {
        noInformation += 1;
        possible += TOP * weight;
      } else if (isLevel(answer)) {
        levels[answer] += 1;
        reached += answer * weight;
        possible += TOP * weight;
        if (critical && answer === 0) flagged.push(id);
      }
    }
    const total = criteria.length;
    const answered = levels.reduce((sum, count) => sum + count, noInformation + notApplicable);
    const weighted = possible ? reached / possible : null;
    const completeness = total ? answered / total : 0;
    return {
      total,
      answered,
      levels,
      noInformation,
      notApplicable,
      unanswered: total - answered,
      weighted,
      mean: weighted === null ? null : TOP * weighted,
      strict: { reached: levels[TOP], of: total - notApplicable },
      completeness,
      provisional: completeness < PROVISIONAL_BELOW,
      flagged,
    };
  };

  /** A part from 0 to 1 as whole percent; 100 only when nothing is missing. */
  abc.percent = (part) => (part >= 1 ? 100 : Math.min(99, Math.round(100 * part)));

  /** The strict figure from 0 to 1, or null when no criterion applies. */
  abc.strictPart = ({ strict }) => (strict.of ? strict.reached / strict.of : null);

  abc.isLevel = isLevel;
  abc.isAnswer = (answer) =>
    isLevel(answer) || answer === NO_INFORMATION || answer === NOT_APPLICABLE;
})((window.abc = window.abc || {}));
