/* Shows how far each checklist has come, on its card of the index. */

import { findAll, findOptional, slot } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { reviewsOf } from "./answer.js";
import { store, whenShown } from "./assessment_core.js";
import { checklists, say, words } from "./instrument.js";
import { followPath } from "./path_state.js";
import { answersOf, scoreChecklist } from "./score.js";

/** @param {HTMLElement} list */
function showProgress(list) {
  for (const card of findAll(list, "[data-checklist]")) {
    const checklist = checklists.find(({ id }) => id === card.dataset.checklist);
    if (!checklist) continue;
    const score = scoreChecklist(checklist.criteria, answersOf(checklist, store.current()));
    const text = score.answered
      ? fill(words.index.progress, { answered: score.answered, total: score.total })
      : words.index.not_started;
    const old = reviewsOf([checklist], store.current()).filter((one) => one.old).length;
    const said = [say.shortText(score, text), old && plural(words.review, "due", old)];
    slot(card, "card-text").textContent = said.filter(Boolean).join(" · ");
    slot(card, "card-bar").style.inlineSize = `${100 * score.completeness}%`;
    slot(card, "card-progress").hidden = false;
  }
}

const list = findOptional(document, "[data-progress]");

if (list) {
  const show = () => showProgress(list);
  whenShown(show);
  store.onOthers(show);
  show();
}
followPath();
