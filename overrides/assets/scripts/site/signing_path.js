/*
 * Asks whether this may be signed, one question at a time, taken from the list on the same page: shows what was
 * answered, and what comes next. Nothing is kept.
 */

import { around, element, enclosing, find, findAll, findOptional, slot } from "../core/elements.js";

/** @typedef {{question: HTMLElement, answer: HTMLElement}} Given a question and the answer that was chosen */

const path = slot(document, "path");
const trail = slot(path, "trail");
const now = slot(path, "now");
const again = slot(path, "again");
const first = find(document, "[data-question]");
/** @type {Given[]} */
let given = [];

/** @param {Element} one */
const textOf = (one) => (one.textContent ?? "").trim();

/** A copy of what stands in the list, without the ids that stay there. @param {Element} one */
function copy(one) {
  const made = /** @type {HTMLElement} */ (one.cloneNode(true));
  for (const each of [made, ...findAll(made, "[id]")]) each.removeAttribute("id");
  return made;
}

/** What is to be read next, where the reader is taken. @param {string} text */
const heading = (text) => element("h2", { tabIndex: -1 }, text);

/** @param {HTMLElement} question */
function asked(question) {
  const title = textOf(find(question, "h3"));
  const answers = findAll(question, "[data-to]").map((one) => {
    const button = element("button", { type: "button" }, textOf(find(one, "strong")).replace(/\.$/, ""));
    button.dataset.answer = one.dataset.to;
    return button;
  });
  const group = element("div", { className: "ask-answers", role: "group", ariaLabel: title }, ...answers);
  return [heading(title), copy(find(question, "p")), group];
}

/** @param {string} id */
function ended(id) {
  const end = find(document, `[data-end="${id}"]`);
  const box = element("div", { className: `ask-end ask-${end.dataset.tone}` }, heading(textOf(find(end, "h3"))));
  box.append(...findAll(end, "p").map(copy));
  return [box];
}

/** @param {Given} one @param {number} place */
function told({ question, answer }, place) {
  const title = textOf(find(question, "h3"));
  const change = element("button", { type: "button", className: "quiet" }, path.dataset.change ?? "");
  change.append(element("span", { className: "visually-hidden" }, `: ${title}`));
  change.dataset.back = String(place);
  const before = findOptional(answer, '[data-slot="do"]');
  const row = element("li", {}, `${title} `, element("strong", {}, textOf(find(answer, "strong"))), " ", change);
  if (before) row.append(element("p", { className: "ask-do" }, ...copy(before).childNodes));
  return row;
}

function show() {
  const to = given.at(-1)?.answer.dataset.to;
  const question = to ? findOptional(document, `[data-question="${to}"]`) : first;
  trail.replaceChildren(...given.map(told));
  now.replaceChildren(...(question ? asked(question) : ended(to ?? "")));
  now.dataset.at = question?.dataset.question ?? "";
  again.hidden = given.length === 0;
  trail.hidden = given.length === 0;
}

/** Shows what the answers lead to, and takes the reader there. @param {Given[]} answers */
function goOn(answers) {
  given = answers;
  show();
  find(now, "h2").focus();
}

show();
path.hidden = false;
path.addEventListener("click", (event) => {
  const answer = around(event, "[data-answer]");
  const back = around(event, "[data-back]");
  if (answer) {
    const question = find(document, `[data-question="${now.dataset.at}"]`);
    const chosen = find(question, `[data-to="${enclosing(answer, "button").dataset.answer}"]`);
    goOn([...given, { question, answer: chosen }]);
  } else if (back) goOn(given.slice(0, Number(back.dataset.back)));
  else if (around(event, '[data-action="ask-again"]')) goOn([]);
});
