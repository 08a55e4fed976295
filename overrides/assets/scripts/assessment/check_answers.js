/* Lists all answers of a checklist under its questions, to check them before the result is read. */

import { element, setText, slot, unseen } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { say, words } from "./instrument.js";
import { flagOf } from "./score.js";

/** @typedef {import("./criterion_view.js").CriterionView} CriterionView */

const texts = words.check;

/** An answer in the list, with the way to change it. */
class Line {
  /** @param {CriterionView} view */
  constructor(view) {
    this.view = view;
    this.answer = element("span", { className: "check-answer" });
    this.word = element("span", {});
    const link = element("a", { href: `#${view.id}` }, this.word, unseen(`: ${view.statement}`));
    const question = element("span", { className: "check-question", textContent: view.statement });
    this.item = element("li", { value: view.number }, question, this.answer, link);
  }

  show() {
    const { view } = this;
    const flag = flagOf(view, view.answer);
    const said = say.answerText(view.answer);
    this.item.hidden = view.outOfDepth;
    setText(this.answer, flag ? `${said} · ${words.results.critical}` : said);
    this.answer.dataset.light = flag ? "behind" : say.lightOf(view.answer);
    setText(this.word, view.isAnswered ? texts.change : texts.answer);
  }
}

/** The list of answers. */
export class CheckAnswers {
  /** @param {HTMLElement} root @param {CriterionView[]} criteria */
  constructor(root, criteria) {
    this.root = slot(root, "check");
    this.text = slot(this.root, "check-text");
    this.lines = criteria.map((one) => new Line(one));
    slot(this.root, "check-list").append(...this.lines.map(({ item }) => item));
    this.root.hidden = false;
  }

  /** @param {CriterionView[]} asked */
  show(asked) {
    for (const line of this.lines) line.show();
    const missing = asked.filter((one) => !one.isAnswered).length;
    const total = asked.length;
    const text = missing ? plural(texts, "missing", missing) : texts.complete;
    setText(this.text, fill(text, { total }));
  }
}
