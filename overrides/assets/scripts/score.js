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

  /** Whether an answer breaks the law: `critical` is the highest level that does, null where no law asks. */
  const isBreach = ({ critical }, answer) => Number.isInteger(critical) && isLevel(answer) && answer <= critical;

  /** Why a criterion is flagged: a "breach", or "unproven" when nobody can show that the law was kept; or null. */
  function flagOf(criterion, answer) {
    if (isBreach(criterion, answer)) return "breach";
    return Number.isInteger(criterion.critical) && answer === NO_INFORMATION ? "unproven" : null;
  }

  /**
   * Scores answers.
   *
   * @param {{id: string, weight: number, critical?: number|null}[]} criteria
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
        reached += Number(answer) * weight;
        possible += TOP * weight;
        if (isBreach({ critical }, answer)) flagged.push(id);
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
      weighted: weighted.length ? weighted.reduce((one, other) => one + other, 0) / weighted.length : null,
      strict: { reached: sum((one) => one.strict.reached), of: sum((one) => one.strict.of) },
      completeness,
      provisional: completeness < PROVISIONAL_BELOW,
    };
  };

  /** The level an answer is worth, or null when there is none to speak of. */
  const valueOf = (answer) => (isLevel(answer) ? answer : answer === NO_INFORMATION ? 0 : null);

  /** The level a criterion should reach: the target set for it, or the top. */
  const goalOf = (record) => (isLevel(record.target) ? record.target : TOP);

  /**
   * Answers as they would be with every target reached; a target below the level reached changes
   * nothing, and what is not answered stays so.
   *
   * @param {{id: string}[]} criteria
   * @param {Record<string, {answer?: number|string, target?: number}>} records by criterion id
   * @returns {Map<string, number|string>|null} null when no answered criterion has a target.
   */
  function withTargets(criteria, records) {
    const answers = new Map();
    let any = false;
    for (const { id } of criteria) {
      const { answer, target } = records[id] || {};
      const value = valueOf(answer);
      const reached = value !== null && isLevel(target);
      any ||= reached;
      answers.set(id, reached ? Math.max(value, target) : answer);
    }
    return any ? answers : null;
  }

  /**
   * What is left to do, the most valuable first: by weight and distance to the target, then legal
   * compliance, then the order of the checklists.
   *
   * @param {{id: string, criteria: {id: string, weight: number, critical?: number|null}[]}[]} instrument
   * @param {Assessment} assessment as the store keeps it
   * @returns {{checklist: object, criterion: object, record: object, level: number, goal: number,
   *   size: number, quick: boolean}[]} `quick`: one level to go.
   */
  function gaps(instrument, assessment) {
    const found = [];
    for (const checklist of instrument) {
      const records = assessment.checklists[checklist.id]?.criteria || {};
      for (const criterion of checklist.criteria) {
        const record = records[criterion.id] || {};
        const level = valueOf(record.answer);
        const goal = goalOf(record);
        if (level === null || level >= goal) continue;
        const size = criterion.weight * (goal - level);
        found.push({ checklist, criterion, record, level, goal, size, quick: goal - level === 1 });
      }
    }
    const critical = ({ criterion, record }) => Number(flagOf(criterion, record.answer) !== null);
    return found.sort((one, other) => critical(other) - critical(one) || other.size - one.size);
  }

  Object.assign(abc, { isBreach, flagOf, valueOf, goalOf, withTargets, gaps });

  /** A part from 0 to 1 as whole percent; 100 only when nothing is missing. */
  abc.percent = (part) => (part >= 1 ? 100 : Math.min(99, Math.round(100 * part)));

  /** A mean from 0 to 3 as it is shown, never above the band it is read by. */
  abc.roundMean = (mean) => Math.floor(mean * 10 + 1e-9) / 10;

  /** The strict figure from 0 to 1, or null when no criterion applies. */
  abc.strictPart = ({ strict }) => (strict.of ? strict.reached / strict.of : null);

  abc.isLevel = isLevel;
  abc.isAnswer = (answer) => isLevel(answer) || answer === NO_INFORMATION || answer === NOT_APPLICABLE;
})((window.abc = window.abc || {}));
