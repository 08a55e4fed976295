/* Shows one criterion on which areas agree: what each said, what is agreed and why. Pure: no page, no storage. */

import { readAnswer } from "../assessment/answer.js";
import { valueOf } from "../assessment/score.js";
import { voicesOf } from "../assessment/voices.js";
import { shape } from "../core/charts.js";
import { element, unseen } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { areasByAnswer, lateAreas, standingOf } from "./consensus.js";

/** @typedef {Texts & {options: Texts}} QuestionWords */

/**
 * @typedef {object} Given
 * @property {QuestionWords} own
 * @property {import("../assessment/score_text.js").ScoreText} say
 * @property {Checklist} checklist
 * @property {Criterion} criterion
 * @property {AnswerRecord} record
 * @property {Map<string, import("../assessment/voices.js").Area>} areas
 * @property {string[] | undefined} levels in the criterion's own words
 * @property {boolean} isOpen whether an answer is asked for
 */

/** What an area is called. @param {Given} given @param {string} key */
function nameOf({ areas, say }, key) {
  const area = areas.get(key);
  return area ? area.name || say.nameOf(area) : key;
}

/** @param {Given} given @param {Answer} answer */
const light = ({ say }, answer) => {
  const name = say.lightOf(answer);
  return element("span", { className: `light-word light-${name}` }, shape(name), ` ${say.answerText(answer)}`);
};

/** What the areas said, by answer, and with what. @param {Given} given */
function voicesList(given) {
  const { own, record } = given;
  const voices = voicesOf(record);
  const order = Array.from(areasByAnswer(record)).sort(
    ([one], [other]) => (valueOf(other) ?? -1) - (valueOf(one) ?? -1),
  );
  return element(
    "ul",
    { className: "voices" },
    ...order.map(([answer, keys]) => {
      const names = new Intl.ListFormat(given.say.format.locale).format(keys.map((key) => nameOf(given, key)));
      const said = keys.flatMap((key) => {
        const { note, reason, evidence } = readAnswer(voices.get(key) || {});
        const area = nameOf(given, key);
        return [
          note && fill(own.note_of, { area, note }),
          reason && answer === "not_applicable" && fill(own.note_of, { area, note: reason }),
          evidence.length && plurally(own, area, evidence.length),
        ].filter((one) => typeof one === "string" && one !== "");
      });
      const more = said.map((text) => element("li", { textContent: text }));
      return element(
        "li",
        {},
        light(given, answer),
        ` — ${names}`,
        ...(more.length ? [element("ul", { className: "fine" }, ...more)] : []),
      );
    }),
  );
}

/** @param {QuestionWords} own @param {string} area @param {number} count */
const plurally = (own, area, count) => fill(plural(own, "evidence_of", count), { area });

/** The answers to choose from: "does not apply" only where an area chose it, which the checklist lets. @param {Given} given */
function choices(given) {
  const { own, say, criterion, record, levels } = given;
  const others = ["no_information", ...(areasByAnswer(record).has("not_applicable") ? ["not_applicable"] : [])];
  const { answer } = readAnswer(record);
  const chosen = standingOf(record) === "open" && !lateAreas(record).length ? undefined : answer;
  return element(
    "fieldset",
    { className: "agree-levels" },
    element("legend", {}, own.level, unseen(` (${criterion.statement})`)),
    ...[0, 1, 2, 3, ...others].map((value) => {
      const radio = element("input", {
        type: "radio",
        name: `acuerdo-${criterion.id}`,
        value,
        checked: value === chosen,
      });
      const text = typeof value === "number" ? levels?.[value] : "";
      return element(
        "label",
        { className: "option" },
        radio,
        element("span", {}, element("strong", { textContent: say.answerText(value) }), text ? ` ${text}` : ""),
      );
    }),
  );
}

/** What is asked: an answer and why. @param {Given} given */
function questionForm(given) {
  const { own, criterion, record } = given;
  const id = `razon-${criterion.id}`;
  const { note, reason, answer } = readAnswer(record);
  const area = element("textarea", {
    id,
    rows: 2,
    maxLength: 2000,
    value: (answer === "not_applicable" && reason) || note,
  });
  area.setAttribute("aria-describedby", `${id}-ayuda`);
  const problem = element("p", { className: "field-problem", hidden: true });
  problem.dataset.slot = "question-problem";
  problem.setAttribute("role", "alert");
  const form = element(
    "form",
    { autocomplete: "off", noValidate: true },
    choices(given),
    element(
      "p",
      { className: "field" },
      element("label", { htmlFor: id, textContent: own.why }),
      element("span", { className: "hint", id: `${id}-ayuda`, textContent: own.why_hint }),
      area,
    ),
    problem,
    element("p", {}, element("button", { type: "submit", className: "primary", textContent: own.agree })),
  );
  form.dataset.criterion = criterion.id;
  return form;
}

/** What was agreed. @param {Given} given */
function agreedText(given) {
  const { own, say, criterion, record } = given;
  const { answer, note, reason } = readAnswer(record);
  const why = answer === "not_applicable" ? reason : note;
  const button = element("button", { type: "button", className: "quiet", textContent: own.change });
  button.dataset.consensus = "change";
  button.dataset.criterion = criterion.id;
  button.setAttribute("aria-label", `${own.change}: ${criterion.statement}`);
  const text = fill(own.agreed, { answer: say.answerText(answer) });
  return element(
    "p",
    { className: "agreed" },
    element("strong", { textContent: text }),
    why ? ` ${why} ` : " ",
    button,
  );
}

/**
 * Makes the item of a criterion: what the areas said, what was agreed, and the form where an answer is asked for.
 *
 * @param {Given} given
 */
export function questionItem(given) {
  const { own, checklist, criterion, record, isOpen } = given;
  const late = lateAreas(record).map((key) => nameOf(given, key));
  const agreed = standingOf(record) === "agreed" || late.length > 0;
  const made = element(
    "li",
    { className: "question" },
    element("h3", { id: `acuerdo-${criterion.id}`, textContent: criterion.statement }),
    element("p", { className: "fine", textContent: checklist.short }),
    voicesList(given),
    ...(agreed ? [agreedText(given)] : []),
    ...(late.length
      ? [element("p", { className: "notice", textContent: fill(own.late, { areas: late.join(", ") }) })]
      : []),
    ...(isOpen ? [questionForm(given)] : []),
  );
  made.dataset.question = criterion.id;
  return made;
}
