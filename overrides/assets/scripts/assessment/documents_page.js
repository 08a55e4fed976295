/* The page that makes papers: which one, in which languages, on paper or as a file. */

import { download, pageLanguage, print } from "../core/browser.js";
import { around, enclosing, find, findAll, slot, targetOf } from "../core/elements.js";
import { fileName } from "../core/files.js";
import { fill } from "../core/format.js";
import { abc } from "../core/global.js";
import { paperStyle } from "../core/paper.js";
import { spreadsheetBytes } from "../core/spreadsheet_file.js";
import { hasAnswers } from "./answer.js";
import { flush, store, whenShown } from "./assessment_core.js";
import { checklists, loadFullInstrument, loadOnce, say, words } from "./instrument.js";
import { named } from "./name_question.js";
import { paperArticles, paperFile, paperRows } from "./papers.js";
import { pathOf, showPath } from "./path_state.js";
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

const kind = () =>
  /** @type {import("./papers.js").PaperKind} */ (find(form, '[name="kind"]:checked', HTMLInputElement).value);
const chosen = () => findAll(form, '[name="language"]:checked', HTMLInputElement);
/** @param {string} ending */
const paperName = (ending) => fileName(store.current(), new Date(), texts.files[kind()], ending);

/** The instruments of the languages chosen, with their texts. */
async function instruments() {
  /** @type {Record<string, FullInstrument>} */
  const found = {};
  for (const { value } of chosen()) found[value] = await loadFullInstrument(value);
  return found;
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
    const found = await instruments();
    if (mine !== turn) return shown;
    const articles = paperArticles(kind(), store.current(), found, 3);
    preview.replaceChildren(...articles);
    const empty = hasAnswers(store.current()) ? "" : texts.empty;
    state.textContent = [said, empty].filter(Boolean).join(" ");
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

/** What the buttons of the page do, by their data-document. @type {Record<string, () => void>} */
const actions = {
  print: () => print(shown),
  async html() {
    const title = say.nameOf(store.current());
    download(paperName("html"), "text/html", paperFile(kind(), store.current(), await instruments(), title, style));
  },
  async csv() {
    const [first] = Object.values(await instruments());
    const name = fileName(store.current(), new Date(), "", "csv");
    download(name, "text/csv", spreadsheetBytes(paperRows(store.current(), first)));
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
  const field = targetOf(event, HTMLInputElement);
  // A paper is in one language at least.
  if (chosen().length === 0) field.checked = true;
  show(field.name === "language" ? languagesText() : "");
});
find(form, `[name="language"][value="${CSS.escape(pageLanguage)}"]`, HTMLInputElement).checked = true;
whenShown(() => show());
store.onOthers(() => show());
root.hidden = false;
show();
