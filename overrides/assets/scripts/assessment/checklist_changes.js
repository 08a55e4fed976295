/* Shows what a checklist changed since it was answered, and what is kept of criteria it no longer asks. */

import { slot, terms } from "../core/elements.js";
import { changesSince, holdsAnything, readAnswer } from "./answer.js";
import { store } from "./assessment_core.js";
import { linkHere } from "./checklist_results.js";
import { say, words } from "./instrument.js";

/** @typedef {import("./criterion_view.js").CriterionView} CriterionView */

/**
 * What changed since the version the person was told of, where something of the checklist was answered.
 *
 * @param {Checklist} checklist
 */
function changesOf(checklist) {
  const kept = store.current().checklists[checklist.id];
  if (!kept || !Object.values(kept.criteria).some(holdsAnything)) return {};
  return changesSince(checklist, kept.version ?? checklist.version);
}

/**
 * Shows what a checklist changed, and the answers to criteria it no longer asks.
 *
 * @param {HTMLElement} root
 * @param {Checklist | undefined} checklist undefined on a page of several
 * @param {Map<string, CriterionView>} views
 */
export function showChanges(root, checklist, views) {
  const retired = checklist?.retired ?? [];
  const statements = new Map([...(checklist?.criteria ?? []), ...retired].map((one) => [one.id, one.statement]));
  const parts = Object.entries(checklist ? changesOf(checklist) : {}).filter(([, ids]) => ids.length);
  /** @param {string} id */
  const nameOf = (id) => {
    const view = views.get(id);
    return view ? linkHere(view) : (statements.get(id) ?? id);
  };
  slot(root, "changed").hidden = parts.length === 0;
  slot(root, "changed-list").replaceChildren(
    ...terms(parts.map(([name, ids]) => [words.changed[name], ...ids.map(nameOf)])),
  );
  const gone = checklist ? retired.filter(({ id }) => store.has(checklist.id, id)) : [];
  slot(root, "retired").hidden = gone.length === 0;
  slot(root, "retired-list").replaceChildren(
    ...terms(
      gone.map(({ id, statement }) => {
        const { answer, note } = readAnswer(store.get(checklist?.id ?? "", id));
        return [statement, [say.answerText(answer), note].filter(Boolean).join(" — ")];
      }),
    ),
  );
}
