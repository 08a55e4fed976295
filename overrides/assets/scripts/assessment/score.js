/*
 * Scores answers, tells which of them break the law, and orders what to attend to first. Pure: no page, no storage,
 * no words. The same meaning is written down in docs/es/acerca.md, and held by tests/cases/score-vectors.yml and
 * tests/cases/order-vectors.yml here and in the workbook.
 *
 * A criterion is {id, weight, critical, quick}: `critical` is the highest level that still breaks the
 * law, null where no law asks. A checklist is {id, foundation, criteria}. Answers stand by criterion
 * id: a level from 0 to 3, "no_information" or "not_applicable"; anything else counts as unanswered.
 */

const TOP = 3;
const PROVISIONAL_BELOW = 0.8;
const NO_INFORMATION = "no_information";
const NOT_APPLICABLE = "not_applicable";
// What a division may miss of a number that a person sees as exact.
const HAIR = 1e-9;

/** @typedef {"breach" | "unproven"} Flag */
/** @typedef {Map<string, Answer>} Answers by criterion id */
/** @typedef {Pick<Assessment, "checklists">} Answered */

/**
 * @typedef {object} Score
 * @property {number} total
 * @property {number} answered
 * @property {number} notApplicable
 * @property {number} unanswered
 * @property {number | null} weighted from 0 to 1, or null when there is nothing to score
 * @property {number | null} mean the same from 0 to 3
 * @property {{reached: number, of: number, quick: boolean}} strict `quick` when it is said of the quick criteria only
 * @property {number} completeness from 0 to 1
 * @property {boolean} provisional whether it is too incomplete to read the score
 * @property {boolean} few whether too few criteria apply to have a score
 * @property {{id: string, kind: Flag}[]} flagged the criteria flagged for the law
 */

/**
 * @typedef {object} Gap
 * @property {Checklist} checklist
 * @property {Criterion} criterion
 * @property {AnswerRecord} record
 * @property {number} place among all gaps, in the order of the files
 * @property {number} level
 * @property {number} goal
 * @property {number} size weight times the levels to go
 * @property {boolean} near whether only one is to go
 * @property {Flag | null} flag
 */

/** Tells whether an answer is a level of the scale. @param {Answer} answer @returns {answer is number} */
export const isLevel = (answer) =>
  typeof answer === "number" && Number.isInteger(answer) && answer >= 0 && answer <= TOP;

/**
 * Tells whether a value is an answer: a level, no information, or not applicable.
 *
 * @param {Answer} answer
 * @returns {answer is number | "no_information" | "not_applicable"}
 */
export const isAnswer = (answer) => isLevel(answer) || answer === NO_INFORMATION || answer === NOT_APPLICABLE;

/** Returns the level an answer is worth, or null when it does not count. @param {Answer} answer */
export const valueOf = (answer) => (isLevel(answer) ? answer : answer === NO_INFORMATION ? 0 : null);

/* The law */

/** @typedef {Pick<ScoredCriterion, "critical">} Legal what the law asks of a criterion */

/** Tells whether a law asks for a criterion. @param {Legal} criterion */
export const isLegal = ({ critical }) => Number.isInteger(critical);

/**
 * Tells whether an answer says that the law is broken.
 *
 * @param {Legal} criterion
 * @param {Answer} answer
 */
export const isBreach = ({ critical }, answer) => critical !== null && isLevel(answer) && answer <= critical;

/**
 * Tells why an answer is flagged: "breach"; "unproven", when nobody can show that the law was kept; or null.
 *
 * @param {Legal} criterion
 * @param {Answer} answer
 * @returns {Flag | null}
 */
export function flagOf(criterion, answer) {
  if (isBreach(criterion, answer)) return "breach";
  return isLegal(criterion) && answer === NO_INFORMATION ? "unproven" : null;
}

/* Scores */

/**
 * Scores any set of criteria.
 *
 * @param {ScoredCriterion[]} criteria
 * @param {Answers} answers
 * @returns {Score}
 */
export function scoreCriteria(criteria, answers) {
  /** @type {{id: string, kind: Flag}[]} */
  const flagged = [];
  let answered = 0;
  let notApplicable = 0;
  let atTop = 0;
  let reached = 0;
  let weights = 0;
  for (const criterion of criteria) {
    const answer = answers.get(criterion.id);
    const value = valueOf(answer);
    const kind = flagOf(criterion, answer);
    if (isAnswer(answer)) answered += 1;
    if (answer === NOT_APPLICABLE) notApplicable += 1;
    if (answer === TOP) atTop += 1;
    if (kind) flagged.push({ id: criterion.id, kind });
    if (value !== null) {
      reached += value * criterion.weight;
      weights += criterion.weight;
    }
  }
  const total = criteria.length;
  const completeness = total ? answered / total : 0;
  return {
    total,
    answered,
    notApplicable,
    unanswered: total - answered,
    weighted: weights ? reached / (TOP * weights) : null,
    mean: weights ? reached / weights : null,
    strict: { reached: atTop, of: total - notApplicable, quick: false },
    completeness,
    provisional: completeness < PROVISIONAL_BELOW,
    few: false,
    flagged,
  };
}

/**
 * Scores a checklist: of which fewer than half of the criteria apply, it has no score.
 *
 * @param {ScoredCriterion[]} criteria
 * @param {Answers} answers
 * @returns {Score}
 */
export function scoreChecklist(criteria, answers) {
  const score = scoreCriteria(criteria, answers);
  const few = 2 * (score.total - score.notApplicable) < score.total;
  return few ? { ...score, few, weighted: null, mean: null } : score;
}

/**
 * Scores everything; after the quick assessment alone the strict figure is said of its criteria.
 *
 * @param {ScoredCriterion[]} criteria
 * @param {Answers} answers
 * @returns {Score}
 */
function scoreAll(criteria, answers) {
  const score = scoreCriteria(criteria, answers);
  const quick = criteria.filter((one) => one.quick);
  const alone = criteria.every((one) => one.quick || !isAnswer(answers.get(one.id)));
  if (!score.answered || !alone || quick.length === criteria.length) return score;
  return { ...score, strict: { ...scoreCriteria(quick, answers).strict, quick: true } };
}

/**
 * Returns what an assessment keeps of the criteria of a checklist, by id.
 *
 * @param {Pick<Checklist, "id">} checklist
 * @param {Answered} assessment
 * @returns {Record<string, AnswerRecord>}
 */
export const recordsOf = ({ id }, assessment) => assessment.checklists[id]?.criteria || {};

/**
 * Returns an assessment's answers to the criteria of a checklist, by id.
 *
 * @param {Checklist} checklist
 * @param {Answered} assessment
 * @returns {Answers}
 */
export function answersOf(checklist, assessment) {
  const records = recordsOf(checklist, assessment);
  return new Map(checklist.criteria.map(({ id }) => [id, records[id]?.answer]));
}

/**
 * The scores of every checklist and of all their criteria together.
 *
 * @param {Checklist[]} checklists
 * @param {Answers[]} answers
 */
function scoresFrom(checklists, answers) {
  return {
    each: checklists.map(({ criteria }, place) => scoreChecklist(criteria, answers[place])),
    overall: scoreAll(
      checklists.flatMap((one) => one.criteria),
      new Map(answers.flatMap((one) => Array.from(one))),
    ),
  };
}

/** @typedef {ReturnType<typeof scoresFrom>} Scores */

/**
 * Scores every checklist of an assessment as the store keeps it, and all their criteria together.
 *
 * @param {Checklist[]} checklists
 * @param {Answered} assessment
 */
export const scoresOf = (checklists, assessment) =>
  scoresFrom(
    checklists,
    checklists.map((one) => answersOf(one, assessment)),
  );

/** Tells how a score is to be shown: "none", "few" criteria apply, "provisional" or "final". @param {Score} score */
export const standing = ({ few, weighted, provisional }) =>
  few ? "few" : weighted === null ? "none" : provisional ? "provisional" : "final";

/* Targets and gaps */

/**
 * Returns the level a criterion should reach: the target set for it, or the top; never one that breaks the law.
 *
 * @param {Legal} criterion
 * @param {Pick<AnswerRecord, "target">} record
 */
export const goalOf = ({ critical }, { target }) =>
  Math.max(isLevel(target) ? target : TOP, critical === null ? 0 : critical + 1);

/**
 * Scores an assessment as if every target were reached. A target below the level reached changes nothing, and what
 * is not answered stays so.
 *
 * @param {Checklist[]} checklists
 * @param {Answered} assessment
 * @returns {{each: (Score | null)[], overall: Score} | null} null where no answered criterion has a target.
 */
export function targetsOf(checklists, assessment) {
  const targeted = checklists.map(() => false);
  const answers = checklists.map((checklist, place) => {
    const records = recordsOf(checklist, assessment);
    return new Map(
      checklist.criteria.map((criterion) => {
        const { answer, ...record } = records[criterion.id] || {};
        const value = valueOf(answer);
        if (value === null || !isLevel(record.target)) return /** @type {[string, Answer]} */ ([criterion.id, answer]);
        targeted[place] = true;
        return /** @type {[string, Answer]} */ ([criterion.id, Math.max(value, goalOf(criterion, record))]);
      }),
    );
  });
  if (!targeted.includes(true)) return null;
  const { each, overall } = scoresFrom(checklists, answers);
  return { each: each.map((one, place) => (targeted[place] ? one : null)), overall };
}

/** @param {unknown} one @param {unknown} other */
const first = (one, other) => Number(Boolean(other)) - Number(Boolean(one));

/**
 * The most valuable gap first; among equals quick criteria, then by foundation, then as in the files.
 *
 * @param {Gap} one
 * @param {Gap} other
 */
const byValue = (one, other) =>
  other.size - one.size ||
  first(one.criterion.quick, other.criterion.quick) ||
  one.checklist.foundation - other.checklist.foundation ||
  one.place - other.place;

/**
 * Lists what is left to do, in the order of the plan: what is flagged for the law, then the most valuable.
 *
 * @param {Checklist[]} checklists
 * @param {Answered} assessment
 */
export function gapsOf(checklists, assessment) {
  /** @type {Gap[]} */
  const found = [];
  for (const checklist of checklists) {
    const records = recordsOf(checklist, assessment);
    for (const criterion of checklist.criteria) {
      const record = records[criterion.id] || {};
      const level = valueOf(record.answer);
      const goal = goalOf(criterion, record);
      if (level === null || level >= goal) continue;
      const flag = flagOf(criterion, record.answer);
      const [place, size, near] = [found.length, criterion.weight * (goal - level), goal - level === 1];
      found.push({ checklist, criterion, record, place, level, goal, size, near, flag });
    }
  }
  return found.sort((one, other) => first(one.flag, other.flag) || byValue(one, other));
}

/**
 * Returns the first steps: the first gap of the plan, then the most valuable of the others, flagged or not. What is
 * flagged is named above them in any case, and must not hide where everybody begins.
 *
 * @param {Gap[]} gaps
 * @param {number} most
 */
export const firstSteps = ([start, ...others], most) => (start ? [start, ...others.sort(byValue)].slice(0, most) : []);

/* Figures as they are shown */

/** Returns a part from 0 to 1 as whole percent; 100 only when nothing is missing. @param {number} part */
export const percentOf = (part) => (part >= 1 ? 100 : Math.min(99, Math.round(100 * part + HAIR)));

/** Rounds a mean from 0 to 3 to one decimal; 3 only when nothing is missing. @param {number} mean */
export const roundMean = (mean) => (mean >= TOP ? TOP : Math.min(TOP - 0.1, Math.round(10 * mean + HAIR) / 10));

/** Returns the strict figure from 0 to 1, or null when too few criteria apply to have one. @param {Score} score */
export const strictPart = ({ strict, few }) => (strict.of && !few ? strict.reached / strict.of : null);
