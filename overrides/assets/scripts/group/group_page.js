/*
 * Runs the page that shows what a group answered: files in, pictures and tables out. Nothing is kept or sent; names
 * are hidden until they are asked for, and what is downloaded has none unless that is asked for too.
 */

import { addressOf, checklists, say, words } from "../assessment/instrument.js";
import { standing } from "../assessment/score.js";
import { download, loadScript, pageLanguage, print, siteRoot } from "../core/browser.js";
import { around, element, find, findAll, readJson, slot } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { fill, plural } from "../core/format.js";
import { abc } from "../core/global.js";
import { spreadsheetBytes } from "../core/spreadsheet_file.js";
import { madeUpGroup } from "./example_group.js";
import { FilePanel } from "./file_panel.js";
import { GroupParts } from "./group_parts.js";
import { reportFile } from "./group_report.js";
import { Projector } from "./projector.js";
import { memberOf } from "./statistics.js";

/** @typedef {import("./statistics.js").Member} Member */
/** @typedef {import("./opened_files.js").Opened} Opened */
/** @typedef {import("./group_parts.js").GroupWords & {files: import("./file_panel.js").FileWords, scopes: Texts}} PageWords */

const own = /** @type {PageWords} */ (readJson(document, "#group-words"));
const root = slot(document, "group");
const form = slot(root, "group-filters", HTMLFormElement);
const style = find(root, '[data-slot="report-style"]').textContent ?? "";
const projector = new Projector(root, { place: own.place });
const EXAMPLE = "assets/example.js";

/** @param {string} name */
const select = (name) => find(form, `[name="${name}"]`, HTMLSelectElement);
/** @param {string} name */
const isChecked = (name) => find(root, `[name="${name}"]`, HTMLInputElement).checked;

/** What a person is called while names are hidden. @param {{number: number}} one */
const hiddenName = ({ number }) => fill(own.person_number, { number });
/** @param {{number: number, assessment: Assessment}} one */
const fullName = (one) => `${hiddenName(one)} · ${say.nameOf(one.assessment)}`;

const panel = new FilePanel(own.files, {
  changed: () => show(),
  item: (one) => [element("strong", { textContent: fullName(one) })],
});

/* What is asked for */

/** The checklists with the criteria that are asked for. */
function askedChecklists() {
  const [list, scope] = [select("list").value, select("scope").value];
  return checklists
    .filter(({ id }) => !list || id === list)
    .map((one) => ({
      ...one,
      criteria: one.criteria.filter(
        ({ quick, critical }) => scope === "all" || (scope === "quick" ? quick : critical !== null),
      ),
    }))
    .filter(({ criteria }) => criteria.length);
}

/** The people who are asked for. @param {Checklist[]} asked @returns {Member[]} */
function askedMembers(asked) {
  const round = select("round").value;
  const found = panel.files.opened
    .filter(({ assessment }) => !round || assessment.round === round)
    .map((one) => memberOf(one.number, one.assessment, asked));
  return isChecked("complete") ? found.filter(({ scores }) => standing(scores.overall) === "final") : found;
}

/** In words. @param {Member[]} members */
function shownText(members) {
  const said = [plural(own, "shown", members.length)];
  for (const name of ["list", "scope", "round"]) {
    const field = select(name);
    if (field.selectedIndex > 0) said.push(field.selectedOptions[0].textContent ?? "");
  }
  if (isChecked("complete")) said.push(own.complete);
  return said.join(" · ");
}

/** What makes pictures and tables; `named` tells who may see names. @param {boolean} named @param {boolean} linked */
function partsOf(named, linked) {
  const asked = askedChecklists();
  return new GroupParts({
    say,
    own,
    checklists: asked,
    members: askedMembers(asked),
    nameOf: named ? fullName : hiddenName,
    brief: named ? fullName : ({ number }) => String(number),
    link: (checklist, { id, statement }) =>
      linked ? element("a", { href: addressOf(checklist, id), textContent: statement }) : statement,
  });
}

/* The page */

function showRounds() {
  const field = select("round");
  const rounds = Array.from(new Set(panel.files.opened.map(({ assessment }) => assessment.round))).filter(Boolean);
  const before = field.value;
  field.replaceChildren(
    element("option", { value: "", textContent: own.any_round }),
    ...rounds.sort().map((one) => element("option", { value: one, textContent: one, selected: one === before })),
  );
  slot(form, "round-line").hidden = rounds.length < 2;
}

/** The table of the map is long, and made when it is first opened. @param {GroupParts} parts */
function showMapTable(parts) {
  const fold = slot(root, "map-fold", HTMLDetailsElement);
  const place = slot(fold, "map-table");
  const make = () => place.replaceChildren(parts.mapTable());
  place.replaceChildren();
  fold.ontoggle = () => fold.open && !place.childElementCount && make();
  if (fold.open) make();
}

/** @param {GroupParts} parts */
function showCriteria(parts) {
  slot(root, "key").replaceChildren(parts.key());
  slot(root, "criteria").replaceChildren(
    ...parts.checklists.map((one) => {
      const heading = element("h3", { id: `lista-${one.id}`, textContent: one.title });
      const made = element("section", {}, heading, parts.criteriaTable(one));
      made.dataset.slide = "";
      return made;
    }),
  );
}

function show() {
  const any = panel.files.opened.length > 0;
  showRounds();
  const parts = partsOf(isChecked("names"), true);
  slot(root, "results").hidden = !any;
  slot(root, "nobody").hidden = !any || parts.members.length > 0;
  for (const one of findAll(root, "[data-slide]")) one.hidden = parts.members.length === 0;
  slot(root, "shown").textContent = any ? shownText(parts.members) : "";
  if (!parts.members.length) return;
  slot(root, "figures").replaceChildren(parts.figures());
  slot(root, "map").replaceChildren(parts.map());
  showMapTable(parts);
  slot(root, "gaps").replaceChildren(parts.gaps());
  slot(root, "apart").replaceChildren(parts.apart());
  showCriteria(parts);
}

async function openExample() {
  if (!abc.example) await loadScript(new URL(EXAMPLE, siteRoot).href);
  await panel.open(madeUpGroup(/** @type {Assessment} */ (abc.example), checklists, own.example_name));
}

/** @param {string} kind @param {string} ending */
const nameOf = (kind, ending) => fileName({ title: kind, round: "" }, new Date(), own.file, ending);

/** What buttons do, by their data-group. @type {Record<string, () => void>} */
const actions = {
  example: () => void openExample().catch(() => (slot(root, "shown").textContent = words.assessments.example_failed)),
  projector: () => projector.open(),
  print: () => print(),
  html() {
    const parts = partsOf(isChecked("export-names"), false);
    download(
      nameOf(own.file_report, "html"),
      "text/html",
      reportFile(parts, shownText(parts.members), pageLanguage, style),
    );
  },
  criteria() {
    const rows = partsOf(false, false).criteriaRows();
    download(nameOf(own.file_criteria, "csv"), "text/csv", spreadsheetBytes(rows));
  },
  people() {
    const rows = partsOf(isChecked("export-names"), false).peopleRows();
    download(nameOf(own.file_people, "csv"), "text/csv", spreadsheetBytes(rows));
  },
};

root.addEventListener("click", (event) => {
  const button = around(event, "[data-group]");
  if (button) actions[button.dataset.group ?? ""]?.();
});
root.addEventListener("change", (event) => {
  if (around(event, "[data-shows]")) show();
});
form.addEventListener("submit", (event) => event.preventDefault());
select("list").append(...checklists.map(({ id, title }) => element("option", { value: id, textContent: title })));
root.hidden = false;
panel.show();
