/*
 * Holds what the pages of the planners share: which document is in use, its name, its file, undo, and whether it was
 * saved, said in words. A planner's own page extends PlannerPage.
 */

import { debounce, download, pageLanguage, print } from "../core/browser.js";
import { PROBLEMS } from "../core/browser_storage.js";
import { around, element, find, findAll, readJson, setText, slot } from "../core/elements.js";
import { paperStyle } from "../core/paper.js";
import { documentFile, fileName } from "../core/files.js";
import { fill, formatter, plural } from "../core/format.js";
import { wordTools } from "../core/word_tools.js";
import { FileDialog } from "./file_dialog.js";
import { NameDialog } from "./name_dialog.js";
import { differences, duplicate, hasItems, newPlan, PlannerStore, withoutTime } from "./planner_storage.js";

/** @typedef {{[name: string]: unknown}} ItemPart */
/** @typedef {() => boolean | void} Undo takes something back; false where there is no room for it */

/**
 * @typedef {object} PlannerData the data that every planner's page holds
 * @property {Texts} format
 * @property {Texts & {state: Texts, letter: Texts}} kept the words all planners share
 * @property {Texts & {problems: Texts}} own the planner's own
 * @property {string} source
 */

const SAVE_AFTER = 400;
const SHOW_PAPER_AFTER = 150;
const REMIND_AFTER = 3 * 24 * 60 * 60 * 1000;

/**
 * Makes an item for each of some keys.
 *
 * @param {string[]} keys
 * @param {(key: string) => PlannerItem} make
 */
export const itemsOf = (keys, make) => Object.fromEntries(keys.map((key) => [key, make(key)]));

/**
 * The page of a planner.
 *
 * @template {PlannerData} D
 */
export class PlannerPage {
  /**
   * @type {Map<string, ItemPart>} Parts of items that were changed and not saved yet: joined with the rest only when they are saved, so that another tab's change of another part stays.
   */
  #waiting = new Map();
  #changedElsewhere = false;
  /** @type {EventTarget | null} The number that is being typed: it counts once its field is left. */
  #typed = null;
  #isLate = false;
  /** @type {Undo} */
  #undo = () => {};

  /** @param {string} kind of its documents */
  constructor(kind) {
    this.kind = kind;
    this.root = find(document, `[data-tool="${kind}"]`);
    this.data = /** @type {D} */ (readJson(this.root, '[data-slot="tool-data"]'));
    this.format = formatter(this.data);
    this.words = this.data.kept;
    this.own = this.data.own;
    this.store = new PlannerStore(kind);
    this.clock = new Intl.DateTimeFormat(this.format.locale, { timeStyle: "short" });
    this.style = this.slot("paper-style").textContent ?? "";
    this.select = this.slot("kept-select", HTMLSelectElement);
    this.room = this.slot("kept-room");
    this.names = new NameDialog(this.slot("name-dialog", HTMLDialogElement), () => this.#sayNamed());
    /** @type {FileDialog} */
    this.files = new FileDialog(this);
    // Apart from the page's own look, so that what is seen is what the file holds.
    this.preview = this.slot("paper").attachShadow({ mode: "open" });
    this.preview.adoptedStyleSheets = [paperStyle(this.style)];
    this.showPaperLater = debounce(() => this.#showPaper(), SHOW_PAPER_AFTER);
    this.saveLater = debounce(() => this.#save(), SAVE_AFTER);
  }

  /* What a planner's own page says */

  /** What a document holds, in a few words. @param {PlannerDocument} _document @returns {string} */
  summary(_document) {
    throw new Error(`${this.kind}: no summary`);
  }

  /** Shows the document in use. */
  show() {
    throw new Error(`${this.kind}: nothing is shown`);
  }

  /** Takes a file of another kind, where the page has a use for it; tells whether it did. @param {File} _file */
  async take(_file) {
    return false;
  }

  /** How a file differs from the document that is kept of it. @param {PlannerDocument} known @param {PlannerDocument} found */
  differencesText(known, found) {
    return plural(this.words, "differences", differences(known, found).length);
  }

  /** The document in use, made to be printed, its heading of this level. @param {number} _top @returns {HTMLElement} */
  paper(_top) {
    throw new Error(`${this.kind}: no paper`);
  }

  /**
   * A place of the page.
   *
   * @template {Element} [T=HTMLElement]
   * @param {string} name
   * @param {import("../core/elements.js").Kind<T>} [kind]
   */
  slot(name, kind) {
    return slot(this.root, name, kind);
  }

  /** @param {Pick<PlannerDocument, "title">} document */
  nameOf({ title }) {
    return title || this.own.unnamed;
  }

  /* Items, and saving them */

  /** An item with what is about to be saved of it. @param {string} key @returns {PlannerItem} */
  get(key) {
    const record = withoutTime({ ...this.store.get(key), ...this.#waiting.get(key) });
    for (const [name, value] of Object.entries(record)) {
      if (value === null || value === undefined) delete record[name];
    }
    return record;
  }

  /**
   * Changes part of an item; what is null goes. Typing is saved once it pauses.
   *
   * @param {string} key
   * @param {ItemPart} part
   */
  set(key, part, atOnce = true) {
    this.#waiting.set(key, { ...this.#waiting.get(key), ...part });
    this.showPaperLater();
    if (atOnce) this.saveLater.now();
    else this.saveLater();
  }

  #save() {
    this.store.refresh();
    const changes = itemsOf(Array.from(this.#waiting.keys()), (key) => this.get(key));
    this.#waiting.clear();
    this.store.put(changes);
    this.#showState();
    this.showStrip();
  }

  flush() {
    this.saveLater.flush();
  }

  /** @param {Record<string, PlannerItem>} changes */
  put(changes) {
    this.flush();
    this.store.put(changes);
    this.showPaperLater();
    this.#showState();
    this.showStrip();
  }

  /** Removes items. @param {string[]} keys */
  drop(keys) {
    this.put(itemsOf(keys, () => ({})));
  }

  /* What is shown of keeping */

  #stateText() {
    const { state, savedAt } = this.store;
    const elsewhere = this.#changedElsewhere;
    this.#changedElsewhere = false;
    if (state === "saved" && elsewhere) return this.words.state.elsewhere;
    if (state === "saved" && !savedAt) return this.words.state.kept;
    return fill(this.words.state[state], { time: savedAt ? this.clock.format(savedAt) : "" });
  }

  #showState() {
    const text = this.#stateText();
    const problem = PROBLEMS.includes(this.store.state);
    const [line, alert] = [this.slot("kept-state"), this.slot("kept-problem")];
    alert.hidden = !problem;
    line.hidden = problem;
    setText(problem ? alert : line, text);
  }

  showStrip() {
    const current = this.store.current();
    const options = this.store.list().map((one) => [one.id, this.nameOf(one)]);
    const shown = Array.from(this.select.options, (one) => [one.value, one.textContent]);
    // An open list would close.
    if (JSON.stringify(shown) !== JSON.stringify(options)) {
      this.select.replaceChildren(...options.map(([value, textContent]) => element("option", { value, textContent })));
    }
    this.select.value = current.id;
    this.select.disabled = !this.store.canSwitch();
    this.slot("kept-summary").textContent = this.summary(current);
    const last = current.filed || current.created;
    const late = Date.now() - Date.parse(last) > REMIND_AFTER && current.updated > last;
    this.slot("kept-reminder").hidden = !(late && hasItems(current));
  }

  showAll() {
    // A field that is made anew loses what stands in it and does not count yet.
    this.#isLate = this.#typed !== null;
    if (this.#isLate) return;
    const focused = document.activeElement;
    this.#showState();
    this.showStrip();
    const isText = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
    const cursor = isText ? [focused.selectionStart, focused.selectionEnd] : [];
    this.show();
    this.showPaperLater();
    // What was made anew has lost the focus and the cursor.
    if (!focused?.id || this.root.contains(focused)) return;
    const again = document.getElementById(focused.id);
    again?.focus({ preventScroll: true });
    const [start, end] = cursor;
    // A number says nothing of its cursor: whoever came to it by Tab types over what is there.
    if (again instanceof HTMLInputElement && again.type === "number") again.select();
    if (typeof start !== "number" || typeof end !== "number") return;
    if (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement) again.setSelectionRange(start, end);
  }

  /** After a change that came from leaving a field: by then the next one has the focus. */
  showSoon() {
    setTimeout(() => this.showAll());
  }

  /** Says to those who listen what was done. @param {string} text */
  announce(text) {
    this.slot("kept-said").textContent = text;
  }

  #sayNamed() {
    this.showAll();
    this.announce(fill(this.words.switched, { name: this.nameOf(this.store.current()) }));
  }

  #showPaper() {
    this.preview.replaceChildren(this.paper(3));
  }

  /* Undo */

  /** @param {string} text @param {Undo} action */
  offerUndo(text, action) {
    this.#undo = action;
    const place = this.slot("kept-undo-text");
    place.textContent = text;
    this.slot("kept-undo").hidden = false;
    place.focus();
  }

  /** Shows what was done, and how to take it back. @param {string} text @param {Undo} action */
  done(text, action) {
    this.files.close();
    this.showAll();
    this.offerUndo(text, action);
  }

  #takeBack() {
    // What does not fit can be brought back once there is room.
    this.room.hidden = true;
    if (this.#undo() === false) {
      this.room.hidden = false;
      return;
    }
    this.#undo = () => {};
    this.slot("kept-undo").hidden = true;
    this.showAll();
    this.announce(this.words.undone);
    this.select.focus();
  }

  /* Documents: another one, another name, a copy, away with it, its files */

  #canAdd() {
    this.room.hidden = this.store.canSwitch();
    return this.store.canSwitch();
  }

  /** Keeps another document, or says that there is no room for it; tells which. @param {PlannerDocument} added */
  keep(added) {
    const kept = this.store.add(added);
    if (!kept) this.files.close();
    this.room.hidden = kept;
    return kept;
  }

  #begin() {
    if (this.#canAdd()) this.names.ask(this.own.new_title, "", (title) => this.keep(newPlan(this.kind, title)));
  }

  #rename() {
    this.names.ask(this.words.rename, this.store.current().title, (title) => this.store.describe({ title }));
  }

  #duplicate() {
    if (!this.#canAdd()) return;
    const name = fill(this.words.duplicate_of, { name: this.nameOf(this.store.current()) });
    this.names.ask(this.words.duplicate, name, (title) => this.keep(duplicate(this.store.current(), title)));
  }

  #remove() {
    const gone = this.store.remove([this.store.current().id]);
    this.done(fill(this.words.removed, { name: this.nameOf(gone[0]) }), () => this.store.restore(gone));
  }

  /** @param {string} ending */
  fileName(ending, name = this.own.file) {
    return fileName({ title: this.store.current().title, round: "" }, new Date(), name, ending);
  }

  /** The document in use as the text of its file. */
  dataText() {
    return `${JSON.stringify(this.store.current(), null, 2)}\n`;
  }

  saveData() {
    download(this.fileName("json"), "application/json", this.dataText());
    this.filed(this.words.saved_file);
  }

  /** After its file was given to somebody. @param {string} said */
  filed(said) {
    this.store.filed();
    this.announce(said);
    this.showStrip();
  }

  #savePaper() {
    const text = documentFile({
      title: `${this.own.paper}: ${this.nameOf(this.store.current())}`,
      language: pageLanguage,
      style: this.style,
      articles: [this.paper(1)],
      data: this.dataText(),
    });
    download(this.fileName("html"), "text/html", text);
    this.store.filed();
    this.showStrip();
  }

  /** Saves the document as one of Word. */
  async #saveWord() {
    this.#showPaper();
    const said = this.slot("word-said");
    try {
      const tools = await wordTools([pageLanguage]);
      const file = await tools.file(findAll(this.preview, ".report"), this.nameOf(this.store.current()));
      download(this.fileName("docx"), tools.type, file);
      said.textContent = "";
    } catch {
      said.textContent = said.dataset.failed ?? "";
    }
  }

  /** What buttons do, by their data-action. @type {Record<string, () => void>} */
  #actions = {
    "kept-new": () => this.#begin(),
    "kept-rename": () => this.#rename(),
    "kept-duplicate": () => this.#duplicate(),
    "kept-remove": () => this.#remove(),
    "kept-save": () => this.saveData(),
    "kept-open": () => this.files.choose(),
    "file-close": () => this.files.close(),
    "file-apart": () => this.files.openApart(),
    "file-join": () => this.files.join(),
    "kept-undo": () => this.#takeBack(),
    "name-close": () => this.names.close(),
    "paper-print": () => {
      this.#showPaper();
      print();
    },
    "paper-html": () => this.#savePaper(),
    "paper-word": () => this.#saveWord(),
  };

  #listenToTyping() {
    this.root.addEventListener("input", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "number") this.#typed = target;
    });
    this.root.addEventListener("change", () => {
      this.#typed = null;
    });
    this.root.addEventListener("focusout", () => {
      // Where somebody only looks into another window, the field is not left.
      if (this.#typed && document.activeElement === this.#typed) return;
      this.#typed = null;
      if (this.#isLate) this.showSoon();
    });
  }

  #listen() {
    this.root.addEventListener("click", (event) => {
      const action = this.#actions[around(event, "[data-action]")?.dataset.action ?? ""];
      if (!action) return;
      this.flush();
      action();
    });
    this.select.addEventListener("change", () => {
      this.flush();
      this.store.use(this.select.value);
      this.#sayNamed();
    });
    this.store.onOthers(() => {
      this.flush();
      this.#changedElsewhere = true;
      this.showAll();
    });
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("beforeunload", (event) => {
      this.flush();
      if (this.store.wouldLose()) event.preventDefault();
    });
    window.addEventListener("beforeprint", () => this.showPaperLater.flush());
  }

  open() {
    this.#listen();
    this.#listenToTyping();
    for (const one of findAll(document, "[data-needs-script]")) one.hidden = false;
    this.showAll();
    this.showPaperLater.now();
  }
}
