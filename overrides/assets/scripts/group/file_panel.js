/*
 * Opens many files at once, dropped, chosen or pasted, and says what became of each. They are read here and go
 * nowhere.
 */

import { checklists } from "../assessment/instrument.js";
import { around, element, find, slot } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { focusOn } from "../core/jumps.js";
import { OpenedFiles, pastedFiles, readFiles } from "./opened_files.js";

/** @typedef {import("./opened_files.js").Opened} Opened */
/** @typedef {Texts & {problems: Texts, skipped: Texts}} FileWords */

/** A file of a folder that was dropped. @param {FileSystemFileEntry} entry @returns {Promise<File>} */
const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

/** Everything in a folder that was dropped, however deep. @param {FileSystemEntry} entry @returns {Promise<File[]>} */
async function filesIn(entry) {
  if (entry instanceof FileSystemFileEntry) return [await fileOf(entry)];
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  /** @type {File[]} */
  const found = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    for (const one of some) found.push(...(await filesIn(one)));
  }
}

/** What was dropped, folders opened. @param {DataTransfer} transfer */
async function droppedFiles(transfer) {
  // Both lists are empty once the event is over.
  const files = Array.from(transfer.files);
  const entries = Array.from(transfer.items, (one) => (one.kind === "file" ? one.webkitGetAsEntry?.() : null));
  if (!entries.some((one) => one?.isDirectory)) return files;
  return (await Promise.all(entries.flatMap((one) => (one ? [filesIn(one)] : [])))).flat();
}

/** The part of a page that opens files. */
export class FilePanel {
  /** @type {() => void} */
  #changed;
  /** @type {(one: Opened) => (Node | string)[]} */
  #item;

  /**
   * @param {FileWords} words
   * @param {{changed: () => void, item: (one: Opened) => (Node | string)[]}} page what shows the files, and what it says
   *   of each in the list
   */
  constructor(words, { changed, item }) {
    this.words = words;
    this.root = slot(document, "files");
    this.files = new OpenedFiles(checklists);
    this.#changed = changed;
    this.#item = item;
    this.input = slot(this.root, "files-input", HTMLInputElement);
    this.paste = slot(this.root, "paste-box");
    this.text = slot(this.root, "paste-text", HTMLTextAreaElement);
    this.details = slot(this.root, "files-details", HTMLDetailsElement);
    this.#listen();
  }

  #listen() {
    this.input.addEventListener("change", async () => {
      const chosen = Array.from(this.input.files || []);
      await this.open(chosen);
      this.input.value = "";
    });
    this.root.addEventListener("click", (event) => {
      const button = around(event, "[data-files]");
      if (button) this.#actions[button.dataset.files ?? ""]?.(button);
    });
    this.details.addEventListener("toggle", () => this.#showList());
    // The whole page takes what is dropped: a file that misses its place would be opened in this one's stead.
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.root.classList.add("dropping");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) this.root.classList.remove("dropping");
    });
    document.addEventListener("drop", async (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.root.classList.remove("dropping");
      await this.open(await droppedFiles(event.dataTransfer));
    });
    document.addEventListener("paste", async (event) => {
      const inField = event.target instanceof Element && event.target.matches("input, textarea, select");
      if (inField || !event.clipboardData) return;
      const files = Array.from(event.clipboardData.files);
      const text = event.clipboardData.getData("text/plain");
      if (files.length) await this.open(files);
      else if (text.trim()) await this.open(this.#pasted(text));
    });
  }

  /** @type {Record<string, (button: HTMLElement) => void>} */
  #actions = {
    choose: () => this.input.click(),
    paste: (button) => {
      this.paste.hidden = !this.paste.hidden;
      button.setAttribute("aria-expanded", String(!this.paste.hidden));
      if (!this.paste.hidden) this.text.focus();
    },
    "paste-add": async () => {
      if (!this.text.value.trim()) return this.text.focus();
      await this.open(this.#pasted(this.text.value));
      this.text.value = "";
    },
    close: (button) => {
      this.files.close(button.dataset.key ?? "");
      this.show();
      focusOn(find(this.details, "summary"));
    },
    "close-older": () => {
      this.files.closeOlder();
      this.show();
      focusOn(slot(this.root, "files-state"));
    },
    "close-all": () => {
      this.close();
      find(this.root, '[data-files="choose"]').focus();
    },
  };

  /** Closes all files. */
  close() {
    this.files = new OpenedFiles(checklists);
    this.show();
  }

  /** @param {string} text */
  #pasted(text) {
    return pastedFiles(text, (number) => fill(this.words.pasted, { number }));
  }

  /** @param {(import("./opened_files.js").FileLike | File)[]} files */
  async open(files) {
    if (!files.length) return;
    this.root.setAttribute("aria-busy", "true");
    this.files.add(await readFiles(files));
    this.show();
    this.root.setAttribute("aria-busy", "false");
  }

  /** How many were passed over, by why. */
  get #skippedTexts() {
    /** @type {Map<string, number>} */
    const counted = new Map();
    for (const { problem } of this.files.skipped) counted.set(problem, (counted.get(problem) || 0) + 1);
    return Array.from(counted, ([problem, count]) => plural(this.words.skipped, problem, count));
  }

  /** @param {Opened} one */
  #openedItem(one) {
    const { words } = this;
    const remarks = [
      one.unknown && plural(words, "unknown", one.unknown),
      one.mended && plural(words, "mended", one.mended),
    ].filter(Boolean);
    const name = element("bdi", { textContent: one.name });
    const button = element("button", { type: "button", className: "quiet", textContent: words.close });
    button.setAttribute("aria-label", `${words.close}: ${one.name}`);
    button.dataset.files = "close";
    button.dataset.key = one.key;
    const fine = element("span", { className: "fine" }, name, remarks.length ? ` · ${remarks.join(" · ")}` : "");
    return element("li", {}, ...this.#item(one), " ", fine, " ", button);
  }

  #showList() {
    const { opened, skipped } = this.files;
    this.details.hidden = opened.length + skipped.length === 0;
    // Long, and made only for whoever looks at it.
    if (!this.details.open) return;
    const names = opened.map((one) => this.#openedItem(one));
    slot(this.root, "files-opened").replaceChildren(...names);
    const passed = slot(this.root, "files-skipped");
    passed.hidden = skipped.length === 0;
    slot(passed, "files-skipped-list").replaceChildren(
      ...skipped.map(({ name, problem, like = "" }) =>
        element("li", { textContent: fill(this.words.problems[problem], { name, like }) }),
      ),
    );
  }

  #showKin() {
    const { kin } = this.files;
    slot(this.root, "files-kin").hidden = kin.size === 0;
    const count = Array.from(kin.values()).reduce((sum, all) => sum + all.length, 0);
    if (count) slot(this.root, "files-kin-text").textContent = fill(this.words.kin, { count });
  }

  /** Shows what is open, and tells the page. */
  show() {
    const { opened, skipped } = this.files;
    const said = opened.length + skipped.length === 0 ? [] : [plural(this.words, "opened", opened.length)];
    if (skipped.length) said.push(fill(this.words.passed, { reasons: this.#skippedTexts.join(", ") }));
    slot(this.root, "files-state").textContent = said.join(" ");
    find(this.root, '[data-files="close-all"]').hidden = !said.length;
    this.#showKin();
    this.#showList();
    this.#changed();
  }
}
