/*
 * Groups criteria by what they correspond to in other instruments: indicators of the GDM, targets of the SDGs,
 * principles of the G20. What corresponds is loaded when one of them is first chosen.
 */

import { pageLanguage } from "../core/browser.js";
import { element, findOptional, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { abc } from "../core/global.js";
import { loadOnce } from "../core/load_once.js";
import { checklists } from "./instrument.js";

/** @typedef {{checklist: Checklist, criterion: Criterion}} Placed */
/** @typedef {{name: string, members: Placed[]}} Group */
/** @typedef {{groups: Group[], words: Texts}} Grouped `groups`: those with criteria, at the end what has no other */

/** @returns {Promise<Crosswalk>} */
async function load() {
  const address = `assets/crosswalk/${pageLanguage}.js`;
  await loadOnce(address);
  const found = abc.crosswalks?.[pageLanguage];
  if (!found) throw new Error(`${address} brought nothing`);
  return found;
}

/** The criteria by the entries of a frame. @param {string} id @returns {Promise<Grouped>} */
async function groupsBy(id) {
  const { frames, words } = await load();
  const all = checklists.flatMap((checklist) => checklist.criteria.map((criterion) => ({ checklist, criterion })));
  const placed = new Map(all.map((one) => [one.criterion.id, one]));
  /** @param {string} name @param {string[]} ids @returns {Group} */
  const group = (name, ids) => ({ name, members: ids.flatMap((one) => placed.get(one) ?? []) });
  const frame = frames.find((one) => one.id === id);
  const groups = (frame?.groups ?? []).map((one) =>
    // A number says which one it is; a name of ours says nothing.
    group(/^\d/.test(one.id) ? `${one.id} ${one.name}` : one.name, one.criteria),
  );
  groups.push(group(fill(words.none, { frame: frame?.short ?? "" }), frame?.none ?? []));
  return { groups: groups.filter(({ members }) => members.length), words };
}

/**
 * Lets a person choose by what criteria are grouped; `show` is called with the groups, or with null for none.
 *
 * @param {ParentNode} root
 * @param {(grouped: Grouped | null) => void} show
 */
export function chooseGrouping(root, show) {
  const select = findOptional(root, '[data-slot="frame"]', HTMLSelectElement);
  select?.addEventListener("change", async () => {
    const { value } = select;
    const grouped = value ? await groupsBy(value).catch(() => null) : null;
    // Another may have been chosen meanwhile.
    if (select.value !== value) return;
    const state = slot(root, "frame-state");
    state.textContent = value && !grouped ? (state.dataset.failed ?? "") : "";
    if (!grouped) select.value = "";
    show(grouped);
  });
}

/** Lists the criteria of a group, folded under its name. @param {Group} group @param {(id: string) => Node} link */
export const foldOf = ({ name, members }, link) =>
  element(
    "details",
    {},
    element("summary", { textContent: name }),
    element("ul", {}, ...members.map(({ criterion }) => element("li", {}, link(criterion.id)))),
  );
