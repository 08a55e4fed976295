/* Brings a self-assessment page to life: answers, results, quick or complete. */

import { debounce, print } from "../core/browser.js";
import { around, enclosing, find, findAll, setText, slot } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { sightLine } from "../core/frame.js";
import { abc } from "../core/global.js";
import { arriveAt, focusOnOrNear } from "../core/jumps.js";
import { hasProblem, put, showProblem, store, whenLeft, whenOpened, whenShown } from "./assessment_core.js";
import { showChanges } from "./checklist_changes.js";
import { CheckAnswers } from "./check_answers.js";
import { ChecklistResults, readSections } from "./checklist_results.js";
import { ChecklistScope } from "./checklist_scope.js";
import { CriterionView, viewAround } from "./criterion_view.js";
import { checklists, say, words } from "./instrument.js";
import { takeBefore } from "./kept_before.js";
import { named } from "./name_question.js";
import { OneByOne } from "./one_by_one.js";
import { counted, showPath } from "./path_state.js";

const SAVE_NOTES_AFTER = 400;
const now = () => new Date().toISOString();

/** @typedef {{view: CriterionView, record: AnswerRecord}} Kept */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/** The page of one checklist, or of the quick assessment of all. */
export class ChecklistPage {
  /** @type {Kept[]} What was cleared and can be brought back. */
  #undo = [];
  /** @type {Set<CriterionView>} Whose fields were written in and not saved yet. */
  #pending = new Set();
  #inUse = store.current().id;
  #clock = new Intl.DateTimeFormat(say.format.locale, { hour: "numeric", minute: "2-digit" });

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.form = find(root, ".assessment-form", HTMLFormElement);
    this.title = find(enclosing(root, "article"), "h1").textContent ?? "";
    this.checklist = checklists.find(({ id }) => id === root.dataset.assessment);
    const mapLinks = new Map(findAll(root, "[data-map]").map((link) => [link.dataset.map, link]));
    this.criteria = findAll(root, ".criterion").map(
      (section) => new CriterionView(section, mapLinks.get(section.dataset.criterion) ?? null),
    );
    this.views = new Map(this.criteria.map((one) => [one.id, one]));
    const sections = readSections(root, this.form, this.views);
    this.results = new ChecklistResults(root, this.views, sections, this.checklist !== undefined);
    this.scope = new ChecklistScope(root, this.criteria, sections, {
      saveFields: () => this.saveFields.flush(),
      shown: () => this.oneByOne.show(),
      changed: () => this.#showResults(),
    });
    this.check = new CheckAnswers(root, this.criteria);
    this.oneByOne = new OneByOne(root, this.scope, (time) => this.#clock.format(time));
    this.undoBox = slot(root, "undo");
    this.resetDialog = slot(root, "reset-dialog", HTMLDialogElement);
    this.storeText = slot(root, "store");
    this.saveFields = debounce(() => this.#saveWritten(), SAVE_NOTES_AFTER);
  }

  /* From the store to the page */

  #showResults() {
    const asked = this.scope.asked();
    this.results.show(asked);
    this.check.show(asked);
    showPath({ answer: counted(asked.filter((one) => one.isAnswered).length, asked.length) });
  }

  #showStore() {
    const { state, savedAt } = store;
    const time = savedAt ? this.#clock.format(savedAt) : "";
    const text = state === "saved" && !savedAt ? words.store.kept : fill(words.store[state], { time });
    this.storeText.textContent = text;
    this.storeText.classList.toggle("alert", hasProblem());
    this.oneByOne.show();
    showProblem();
  }

  #showChanges() {
    showChanges(this.root, this.checklist, this.views);
  }

  showAll() {
    this.saveFields.flush();
    if (this.#inUse !== store.current().id) {
      this.#inUse = store.current().id;
      // What could be undone was another's.
      this.#undo = [];
      this.undoBox.hidden = true;
      this.scope.showEverything();
    }
    for (const one of this.criteria) one.show();
    this.#showResults();
    this.#showChanges();
    this.#showStore();
  }

  /** Brings the first of some criteria that is not answered to the top, with the focus; tells whether there is one. */
  goToUnanswered(some = this.scope.asked()) {
    const next = some.find((one) => !one.isAnswered);
    if (!next) return false;
    if (next.filteredOut) this.scope.showEverything();
    if (this.oneByOne.isOn) this.oneByOne.go(next.section);
    else arriveAt(next.section);
    next.radios[0].focus({ preventScroll: true });
    return true;
  }

  /* From the person to the store */

  /** @param {CriterionView} one @param {Answer} value */
  #answer(one, value) {
    put([one.change({ ...one.record, answer: value, version: one.version, answered: now() })]);
    one.showState(value);
    this.#showResults();
    this.#showStore();
    this.results.announceBreach(one, value);
    this.results.announce();
  }

  #saveWritten() {
    const changes = Array.from(this.#pending, (one) => one.change(one.takeWritten()));
    this.#pending.clear();
    put(changes);
    this.#showResults();
    this.#showStore();
  }

  /** @param {CriterionView} one */
  #saveLater(one) {
    this.#pending.add(one);
    this.saveFields();
  }

  /** @param {CriterionView} one */
  #openDetails(one) {
    one.openDetails(() => this.#saveLater(one));
  }

  /** What the buttons of the page do, by their data-action. @type {Record<string, (button: HTMLElement) => void>} */
  #actions = {
    clear: (button) => this.#clear(viewAround(this.views, button)),
    print: () => named(() => print()),
    "next-unanswered": () => this.#goToNext(),
    "question-next": () => this.oneByOne.move(1),
    "question-back": () => this.oneByOne.move(-1),
    view: () => this.oneByOne.change(),
    reset: () => this.#askReset(),
    "reset-cancel": () => this.resetDialog.close(),
    "reset-confirm": () => this.#reset(),
    undo: () => this.#bringBack(),
    "filter-again": () => this.scope.setFilter(),
    "filter-all": () => {
      this.scope.showEverything();
      focusOnOrNear(this.scope.select);
    },
    "changed-seen": () => {
      if (this.checklist) store.acknowledge(this.checklist.id, this.checklist.version);
      this.#showChanges();
      focusOnOrNear(this.scope.select);
    },
    "review-stands": (button) => this.#letStand(viewAround(this.views, button)),
  };

  /** @param {CriterionView} one */
  #clear(one) {
    this.saveFields.flush();
    const { answer: _, reason: __, version: ___, answered: ____, ...record } = one.record;
    put([one.change(record)]);
    one.radios[0].focus();
    one.show();
    this.#showResults();
    this.#showStore();
    this.results.announce();
  }

  #goToNext() {
    const scope = this.scope.asked();
    const line = sightLine();
    const passed =
      scope.findLastIndex(({ section }) => !section.hidden && section.getBoundingClientRect().top < line) + 1;
    this.goToUnanswered([...scope.slice(passed), ...scope.slice(0, passed)]);
  }

  #askReset() {
    this.saveFields.flush();
    const count = this.scope.asked().filter((one) => one.hasRecord).length;
    slot(this.root, "reset-text").textContent = plural(words.reset, "text", count);
    this.resetDialog.showModal();
  }

  #reset() {
    this.resetDialog.close();
    const kept = this.scope.asked().filter((one) => one.hasRecord);
    const keep = takeBefore("reset");
    this.#undo = kept.map((view) => ({ view, record: view.record }));
    put(kept.map((one) => one.change({})));
    keep();
    this.showAll();
    for (const { fold } of this.criteria) fold.open = false;
    this.undoBox.hidden = false;
    slot(this.root, "undo-text").focus();
  }

  #bringBack() {
    // What was answered since stays.
    put(this.#undo.filter(({ view }) => !view.hasRecord).map(({ view, record }) => view.change(record)));
    this.#undo = [];
    this.undoBox.hidden = true;
    this.showAll();
    this.results.announceText(words.reset.undone);
    focusOnOrNear(this.results.resetButtons[0]);
  }

  /** @param {CriterionView} one */
  #letStand(one) {
    this.saveFields.flush();
    put([one.change({ ...one.record, version: one.version, answered: now() })]);
    one.heading.focus();
    one.show();
    this.#showStore();
  }

  /* Before this script */

  /** What was chosen and written while it was on its way: the page could be used, and nothing kept it. */
  #earlyUse() {
    return Array.from(abc.early?.used ?? [])
      .filter((control) => this.form.contains(control))
      .map((place) => /** @type {Control} */ (place))
      .map((control) => ({ control, value: control.value, checked: "checked" in control && control.checked }));
  }

  /** @param {{control: Control, value: string, checked: boolean}[]} found */
  #takeEarly(found) {
    for (const { control, value, checked } of found) {
      const isRadio = control instanceof HTMLInputElement && control.type === "radio";
      if (isRadio) {
        if (!checked) continue;
        control.checked = true;
      } else {
        // What was kept could not be seen yet: it stays, and what was written follows.
        control.value = [control.value, value].filter((text) => text.trim()).join("\n");
      }
      control.dispatchEvent(new Event(isRadio ? "change" : "input", { bubbles: true }));
    }
    this.saveFields.flush();
  }

  /* The life of the page */

  #listenToForm() {
    const { form } = this;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      if (target.name === "depth") return this.scope.setDepth(target.value === "quick" ? "quick" : "complete");
      const one = this.views.get(target.name);
      if (one) this.#answer(one, /^\d$/.test(target.value) ? Number(target.value) : target.value);
    });
    form.addEventListener("input", (event) => {
      const field = around(event, "[data-field]");
      if (field) this.#saveLater(viewAround(this.views, field));
    });
    // It does not bubble.
    form.addEventListener(
      "toggle",
      ({ target }) => {
        if (!(target instanceof HTMLDetailsElement) || !target.open || !target.matches(".note")) return;
        this.#openDetails(viewAround(this.views, target));
      },
      true,
    );
    this.root.addEventListener("click", (event) => {
      const button = around(event, "[data-action]");
      if (button) this.#actions[button.dataset.action ?? ""]?.(button);
    });
  }

  #listenToBrowser() {
    const flush = () => this.saveFields.flush();
    whenShown(() => this.showAll());
    whenLeft(flush);
    whenOpened(() => this.goToUnanswered());
    store.onOthers(() => {
      this.showAll();
      if (store.state === "saved") setText(this.storeText, words.store.elsewhere);
    });
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("beforeunload", (event) => {
      flush();
      if (store.wouldLose()) event.preventDefault();
    });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.showAll());
  }

  open() {
    this.#listenToForm();
    this.#listenToBrowser();
    for (const name of ["tools", "results", "bar"]) slot(this.root, name).hidden = false;
    const early = this.#earlyUse();
    this.showAll();
    this.scope.openDepth();
    this.oneByOne.open();
    for (const one of this.criteria) if (one.fold.open) this.#openDetails(one);
    this.#takeEarly(early);
  }
}
