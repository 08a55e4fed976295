/* Opens the file of a planner in a dialog: a preview first, and nothing changes without being asked. */

import { find, slot, terms } from "../core/elements.js";
import { readFile } from "../core/files.js";
import { fill, plural } from "../core/format.js";
import { differences, duplicate, parsePlan, withoutTime } from "./planner_storage.js";

/** @typedef {import("./planner_page.js").PlannerPage<import("./planner_page.js").PlannerData>} PlannerPage */

export class FileDialog {
  /** @type {PlannerDocument | null} */
  #opened = null;

  /** @param {PlannerPage} page */
  constructor(page) {
    this.page = page;
    this.dialog = page.slot("file-dialog", HTMLDialogElement);
    this.input = page.slot("file-input", HTMLInputElement);
    this.input.addEventListener("change", () => {
      const file = this.input.files?.[0];
      if (file) this.#open(file);
      this.input.value = "";
    });
  }

  /** Lets a person choose a file. */
  choose() {
    this.input.click();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  /** @param {File} file */
  async #open(file) {
    const { kind } = this.page;
    this.page.flush();
    const read = await readFile(file, `abc-${kind}`, (text) => parsePlan(kind, text));
    if (read.problem === "not_ours" && (await this.page.take(file))) return;
    this.show(read, file.name);
  }

  /**
   * Shows what a file holds, or what is wrong with it.
   *
   * @param {import("../core/documents.js").Parsed<PlannerDocument> | {document?: undefined, mended?: undefined, problem: string}} read
   * @param {string} name
   * @param {string} [sentence] what is wrong, in the words of who knows better
   */
  show({ document: found, mended = 0, problem }, name, sentence) {
    const { own } = this.page;
    // Read out with the dialog's name.
    this.dialog.setAttribute("aria-describedby", problem ? "abrir-problema" : "abrir-texto");
    slot(this.dialog, "file-problem").hidden = !problem;
    slot(this.dialog, "file-preview").hidden = Boolean(problem);
    slot(this.dialog, "file-choices").hidden = Boolean(problem);
    if (problem) slot(this.dialog, "file-problem").textContent = sentence ?? fill(own.problems[problem], { name });
    else if (found) this.#preview(found, mended);
    this.dialog.showModal();
  }

  /** @param {PlannerDocument} found @param {number} mended */
  #preview(found, mended) {
    const { words, store, format } = this.page;
    const known = store.list().find((one) => one.id === found.id);
    const dates = { created: format.stampText(found.created), updated: format.stampText(found.updated) };
    /** @type {[string, string][]} */
    const rows = [
      [words.name, this.page.nameOf(found)],
      [words.changed, fill(words.dates, dates)],
      [words.holds, this.page.summary(found)],
    ];
    if (known) rows.push([words.known, this.page.differencesText(known, found)]);
    if (mended) rows.push([words.mended, plural(words, "mended_text", mended)]);
    slot(this.dialog, "file-preview").replaceChildren(...terms(rows));
    slot(this.dialog, "file-join").hidden = !known;
    find(this.dialog, '[data-action="file-apart"]', HTMLButtonElement).disabled = !store.canSwitch();
    this.#opened = found;
  }

  #inDialog() {
    if (!this.#opened) throw new Error(`${this.page.kind}: no file is open in the dialog`);
    return this.#opened;
  }

  openApart() {
    const { store, words } = this.page;
    const opened = this.#inDialog();
    const known = store.list().some((one) => one.id === opened.id);
    const added = known ? duplicate(opened) : opened;
    const before = store.current().id;
    if (!this.page.keep(added)) return;
    this.page.done(words.opened_apart, () => {
      store.remove([added.id]);
      store.use(before);
    });
  }

  join() {
    const { store, words } = this.page;
    const opened = this.#inDialog();
    store.use(opened.id);
    const before = structuredClone(store.current());
    const theirs = differences(before, opened).filter((key) => {
      const [mine, other] = [before.items[key], opened.items[key]];
      return other && (!mine || String(other.updated || "") > String(mine.updated || ""));
    });
    /** @param {PlannerDocument} document */
    const from = ({ items }) => Object.fromEntries(theirs.map((key) => [key, withoutTime(items[key])]));
    store.put(from(opened));
    this.page.done(plural(words, "joined", theirs.length), () => store.put(from(before)));
  }
}
