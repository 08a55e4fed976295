/*
 * Offers, on the page of all assessments, what was there before a file was opened or answers were cleared, to bring
 * back or delete.
 */

import { copyOf } from "../core/documents.js";
import { around, element, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { focusOn } from "../core/jumps.js";
import { announce, done, sayNoRoom, summaryText, whenBarShown } from "./assessment_bar.js";
import { store } from "./assessment_core.js";
import { checklists, say, words } from "./instrument.js";
import { forget, keptBefore } from "./kept_before.js";

/** @typedef {import("./kept_before.js").Before} Before */

const texts = words.before;
const clock = new Intl.DateTimeFormat(say.format.locale, { dateStyle: "medium", timeStyle: "short" });

/** @param {string} action @param {string} key @param {string} name */
function button(action, key, name) {
  const made = element("button", { type: "button", className: "quiet", textContent: texts[action] });
  made.setAttribute("aria-label", `${texts[action]}: ${name}`);
  made.dataset.before = action;
  made.dataset.key = key;
  return made;
}

/** @param {Before} one */
function item({ key, at, why, assessment }) {
  const name = `${fill(texts[why] ?? texts.merge, { date: clock.format(new Date(at)) })} ${say.nameOf(assessment)}`;
  const summary = element("span", { className: "fine", textContent: summaryText(assessment, checklists) });
  return element("li", {}, `${name} · `, summary, " ", button("recover", key, name), button("forget", key, name));
}

/** @param {Before} one */
function recover({ at, assessment }) {
  const round = [assessment.round, fill(texts.round, { date: clock.format(new Date(at)) })].filter(Boolean).join(" · ");
  const now = new Date().toISOString();
  const added = copyOf(assessment, { round, described: now });
  const before = store.current().id;
  if (!store.add(added)) return sayNoRoom();
  done(fill(texts.recovered, { name: say.nameOf(added) }), () => {
    store.remove([added.id]);
    store.use(before);
  });
}

/** Shows what there is, wherever the page has a place for it. @param {HTMLElement} root */
export function openRecovery(root) {
  const list = slot(root, "before-list");
  const show = () => {
    const all = keptBefore();
    root.hidden = all.length === 0;
    list.replaceChildren(...all.map(item));
  };
  root.addEventListener("click", (event) => {
    const pressed = around(event, "[data-before]");
    const one = pressed && keptBefore().find(({ key }) => key === pressed.dataset.key);
    if (!one) return;
    if (pressed.dataset.before === "recover") return recover(one);
    forget(one.key);
    show();
    announce(texts.forgotten);
    focusOn(root.hidden ? slot(document, "assessments-select") : list);
  });
  whenBarShown(show);
}
