/* Makes papers on their page: which one, in which languages, on paper or as a file. */

import { download, pageLanguage, print } from "../core/browser.js";
import { around, element, enclosing, find, findAll, slot, targetOf } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { fill } from "../core/format.js";
import { abc } from "../core/global.js";
import { paperStyle } from "../core/paper.js";
import { spreadsheetBytes } from "../core/spreadsheet_file.js";
import { wordTools } from "../core/word_tools.js";
import { hasAnswers } from "./answer.js";
import { flush, store, whenShown } from "./assessment_core.js";
import { loadOnce } from "../core/load_once.js";
import { checklists, loadFullInstrument, say, words } from "./instrument.js";
import { named } from "./name_question.js";
import { paperArticles, paperFile, paperRows } from "./papers.js";
import { pathOf, showPath } from "./path_state.js";
import { signatureText } from "./review_signature.js";
import { reviewsIn } from "./reviews.js";
import { gapsOf, scoresOf } from "./score.js";

const texts = words.documents;
const root = slot(document, "documents");
const form = slot(root, "documents-form", HTMLFormElement);
const frame = slot(root, "report");
const state = slot(root, "documents-state");
const style = find(root, '[data-slot="report-style"]').textContent ?? "";
// Apart from the page's own look: what is seen here is what the file holds.
const preview = frame.attachShadow({ mode: "open" });
preview.adoptedStyleSheets = [paperStyle(style)];
let shown = Promise.resolve(true);
let turn = 0;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const office = slot(root, "office");
const matter = slot(office, "matter", HTMLSelectElement);
const review = slot(office, "review", HTMLSelectElement);

const chosenKind = () => find(form, '[name="kind"]:checked', HTMLInputElement);
const chosen = () => findAll(form, '[name="language"]:checked', HTMLInputElement);
/** @param {string} ending */
const paperName = (ending) => {
  const { value } = chosenKind();
  return fileName(store.current(), new Date(), texts.files[value] ?? value, ending);
};

/** The instruments of the languages chosen, with their texts. */
async function instruments() {
  /** @type {Record<string, FullInstrument>} */
  const found = {};
  for (const { value } of chosen()) found[value] = await loadFullInstrument(value);
  return found;
}

/** Lists the agreements and plans that this browser keeps. @param {import("../entries/word.js").WordTools} tools */
function listMatters(tools) {
  const { value } = matter;
  const found = tools
    .matters(chosen()[0].value)
    .map(({ id, name }) => element("option", { value: id, textContent: name || matter.dataset.untitled }));
  matter.replaceChildren(matter.options[0], ...found);
  // The one that was chosen, or the last changed.
  matter.value = found.some((one) => one.value === value) || matter.dataset.seen ? value : (found[0]?.value ?? "");
  matter.dataset.seen = "yes";
}

/** Lists the reviews of the assessment in use; the one that was chosen, or the last. Gives that one. */
function listReviews() {
  const all = reviewsIn(store.current());
  const options = all.map((one) => {
    const textContent = signatureText(words, one, say.format, review.dataset.untitled);
    return element("option", { value: one.id, textContent });
  });
  const { value } = review;
  review.replaceChildren(review.options[0], ...options);
  review.value = all.some(({ id }) => id === value) ? value : (all.at(-1)?.id ?? "");
  return all.find(({ id }) => id === review.value);
}

/**
 * The papers that are asked for, one for each language.
 *
 * @param {Record<string, FullInstrument>} found
 * @param {number} top the level of their headings
 */
async function articles(found, top) {
  const { value, dataset } = chosenKind();
  office.hidden = !dataset.office;
  if (!dataset.office) {
    return paperArticles(/** @type {import("./papers.js").PaperKind} */ (value), store.current(), found, top);
  }
  const tools = await wordTools(chosen().map((one) => one.value));
  listMatters(tools);
  for (const one of findAll(office, "[data-about]")) one.hidden = one.dataset.about !== dataset.office;
  /** @param {string} name */
  const field = (name) => find(office, `[name="${name}"]`, HTMLInputElement).value;
  const said = {
    government_end: field("government_end"),
    agreement_end: field("agreement_end"),
    members: field("members"),
  };
  const given = { assessment: store.current(), instruments: found, matter: matter.value, said, review: listReviews() };
  return tools.office(value, given, top);
}

/** In which languages the paper is shown, said once it is. */
function languagesText() {
  const names = chosen().map((one) => (enclosing(one, "label").textContent ?? "").trim());
  return fill(texts.shown_in, { languages: new Intl.ListFormat(say.format.locale).format(names) });
}

/**
 * Shows the paper that is asked for; whether it came. Until then the one before is not it, nor printed.
 *
 * @param {string} said
 */
async function make(said) {
  turn += 1;
  const mine = turn;
  flush();
  frame.setAttribute("aria-busy", "true");
  try {
    const papers = await articles(await instruments(), 3);
    if (mine !== turn) return shown;
    preview.replaceChildren(...papers);
    const empty = hasAnswers(store.current()) ? "" : texts.empty;
    const more = chosenKind().dataset.office && abc.word ? abc.word.state(papers[0]) : empty;
    state.textContent = [said, more].filter(Boolean).join(" ");
    frame.setAttribute("aria-busy", "false");
    return true;
  } catch {
    if (mine !== turn) return shown;
    preview.replaceChildren();
    state.textContent = texts.failed;
    frame.setAttribute("aria-busy", "false");
    return false;
  }
}

function show(said = "") {
  showPath(pathOf(scoresOf(checklists, store.current()).overall, gapsOf(checklists, store.current())));
  shown = make(said);
}

/** The tables of the paper that is shown, as rows. */
const tableRows = () =>
  findAll(preview, "table", HTMLTableElement).flatMap((one) => [
    ...Array.from(one.rows, (row) => Array.from(row.cells, (cell) => cell.textContent ?? "")),
    [],
  ]);

/** What the buttons of the page do, by their data-document. @type {Record<string, () => void>} */
const actions = {
  print: () => print(shown),
  async word() {
    if (!(await shown)) return;
    try {
      const tools = await wordTools(chosen().map((one) => one.value));
      const papers = findAll(preview, ".report");
      download(paperName("docx"), tools.type, await tools.file(papers, say.nameOf(store.current())));
    } catch {
      state.textContent = texts.failed;
    }
  },
  async html() {
    const title = say.nameOf(store.current());
    const papers = await articles(await instruments(), 1);
    download(paperName("html"), "text/html", paperFile(papers, store.current(), title, style));
  },
  async csv() {
    const isOffice = chosenKind().dataset.office;
    const rows = isOffice ? tableRows() : paperRows(store.current(), Object.values(await instruments())[0]);
    const name = isOffice ? paperName("csv") : fileName(store.current(), new Date(), "", "csv");
    download(name, "text/csv", spreadsheetBytes(rows));
  },
  async xlsx() {
    try {
      await loadOnce("assets/bundles/workbook.js");
      const [[code, first]] = Object.entries(await instruments());
      const bytes = await abc.workbook?.fill(store.current(), first, code);
      if (bytes) download(fileName(store.current(), new Date(), "", "xlsx"), XLSX, bytes);
    } catch {
      state.textContent = texts.failed;
    }
  },
};

root.addEventListener("click", (event) => {
  const button = around(event, "[data-document]");
  if (button) named(actions[button.dataset.document ?? ""]);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => {
  const field = targetOf(event);
  // A paper is in one language at least.
  if (chosen().length === 0 && field instanceof HTMLInputElement) field.checked = true;
  show(field.getAttribute("name") === "language" ? languagesText() : "");
});
find(form, `[name="language"][value="${CSS.escape(pageLanguage)}"]`, HTMLInputElement).checked = true;
// Where an agreement or a plan is, its papers are linked to.
const asked = findAll(form, '[name="kind"]', HTMLInputElement).find((one) => location.hash === `#papel-${one.value}`);
if (asked) asked.checked = true;
whenShown(() => show());
store.onOthers(() => show());
root.hidden = false;
show();
