/*
 * Lists all assessments of this browser on a page of their own, where one is begun, renamed, copied or deleted, or
 * all of them are.
 */

import { copyOf } from "../core/documents.js";
import { around, element, find, findOptional, slot } from "../core/elements.js";
import { fill } from "../core/format.js";
import { abc } from "../core/global.js";
import { focusOn } from "../core/jumps.js";
import {
  addActions,
  announce,
  done,
  hasRoom,
  sayNoRoom,
  showChanged,
  summaryText,
  switchedText,
  whenBarShown,
} from "./assessment_bar.js";
import { store } from "./assessment_core.js";
import { newAssessment } from "./assessment_store.js";
import { loadOnce } from "../core/load_once.js";
import { checklists, say, words } from "./instrument.js";
import { openFile } from "./open_file.js";
import { openRecovery } from "./recover.js";

/** @typedef {{title: string, round: string}} Described what an assessment is called by */
/** @typedef {{id: string, action?: string, text: string}} Made which card to go to, at which button, and what to say */

// A script: from a folder opened without a server, nothing else can be loaded.
const EXAMPLE = "assets/example.js";
const texts = words.assessments;

async function openExample() {
  try {
    await loadOnce(EXAMPLE);
  } catch {
    return announce(texts.example_failed);
  }
  const text = JSON.stringify(abc.example);
  openFile({ name: "example.json", size: text.length, text: async () => text });
}

/* The list */

/** @param {HTMLElement} list @param {string} action @param {string} id */
const buttonOf = (list, action, id) =>
  findOptional(list, `[data-assessment-action="${action}"][data-id="${CSS.escape(id)}"]`);

/** @param {Assessment} one @param {string} name */
function card(one, name) {
  const current = one.id === store.current().id;
  /** @param {string} action */
  const make = (action) => {
    const made = element("button", { type: "button", className: "quiet", textContent: texts[action] });
    made.setAttribute("aria-label", `${texts[action]}: ${name}`);
    made.dataset.assessmentAction = action;
    made.dataset.id = one.id;
    return made;
  };
  const { stampText } = say.format;
  const dates = fill(texts.dates, { created: stampText(one.created), updated: stampText(one.updated) });
  return element(
    "li",
    { className: current ? "card card-current" : "card" },
    element("h3", { id: `diagnostico-${one.id}`, textContent: name }),
    ...(current ? [element("p", { className: "tag", textContent: texts.current })] : []),
    element("p", { textContent: summaryText(one, checklists) }),
    element("p", { className: "fine", textContent: dates }),
    element(
      "p",
      { className: "card-actions" },
      ...(current ? [] : [make("use")]),
      ...["rename", "duplicate", "remove"].map(make),
    ),
  );
}

/** @param {HTMLElement} list */
function showList(list) {
  const focused = document.activeElement;
  const { assessmentAction, id = "" } = focused instanceof HTMLElement ? focused.dataset : {};
  const all = store.list();
  const names = say.namesOf(all);
  list.replaceChildren(...all.map((one) => card(one, names.get(one.id) ?? "")));
  // The buttons are made anew.
  if (assessmentAction) buttonOf(list, assessmentAction, id)?.focus({ preventScroll: true });
}

/**
 * Goes to an assessment in the list: to a button of it, or to its name where that is gone.
 *
 * @param {HTMLElement} list
 * @param {string} id
 */
function goToCard(list, id, action = "") {
  const place = (action && buttonOf(list, action, id)) || document.getElementById(`diagnostico-${id}`);
  if (place) focusOn(place);
}

/* Title and round, for a new one, a new round or another name */

/** The dialog that asks what an assessment is called. */
class DescribeDialog {
  /** Which assessment gets the name, where there is one already. */
  #id = "";
  /** @type {(described: Described) => Made | void} */
  #finish = () => {};

  /** @param {HTMLDialogElement} dialog @param {HTMLElement} list */
  constructor(dialog, list) {
    this.dialog = dialog;
    this.list = list;
    this.title = slot(dialog, "describe-name", HTMLInputElement);
    this.round = slot(dialog, "describe-round", HTMLInputElement);
    this.problem = slot(dialog, "describe-problem");
    this.round.addEventListener("input", () => this.#showTaken(false));
    this.title.addEventListener("input", () => this.#showTaken(false));
    find(dialog, "form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /**
   * Asks for title and round; `finish` takes them and gives the id of what was named.
   *
   * @param {string} heading
   * @param {{id?: string, round?: string, title?: string}} before
   * @param {(described: Described) => Made | void} finish
   */
  ask(heading, { id = "", round = "", title = "" }, finish) {
    slot(this.dialog, "describe-title").textContent = heading;
    this.title.value = title;
    this.round.value = round;
    this.#showTaken(false);
    this.#id = id;
    this.#finish = finish;
    this.dialog.showModal();
    this.title.select();
  }

  /** Says that another assessment has this name and round already. @param {boolean} taken */
  #showTaken(taken) {
    this.problem.hidden = !taken;
    if (taken) this.round.setAttribute("aria-invalid", "true");
    else this.round.removeAttribute("aria-invalid");
    this.round.setAttribute("aria-describedby", taken ? "datos-ronda-ayuda datos-problema" : "datos-ronda-ayuda");
  }

  #submit() {
    const described = { title: this.title.value.trim(), round: this.round.value.trim() };
    /** @param {Assessment} one */
    const alike = (one) => one.id !== this.#id && one.title === described.title && one.round === described.round;
    if (store.list().some(alike)) {
      this.#showTaken(true);
      this.round.focus();
      return;
    }
    const made = this.#finish(described);
    this.dialog.close();
    showChanged();
    // Without room for it nothing was made, and that has been said.
    if (!made) return;
    goToCard(this.list, made.id, made.action);
    announce(made.text);
  }
}

/**
 * A round for another one like `source`: this year where its round is a year, else the next number.
 *
 * @param {Described} source
 */
function nextRound(source) {
  const alike = store.list().filter((one) => one.title === source.title);
  /** @param {string} round */
  const isTaken = (round) => alike.some((one) => one.round === round);
  const year = String(new Date().getFullYear());
  if (/^\d{4}$/.test(source.round) && !isTaken(year)) return year;
  let number = alike.length + 1;
  while (isTaken(fill(texts.round_number, { number }))) number += 1;
  return fill(texts.round_number, { number });
}

/* What buttons do */

/** Keeps an assessment that was just named, and puts it in use. @param {Assessment} added @returns {Made | void} */
function keep(added) {
  if (!store.add(added)) return sayNoRoom();
  return { id: added.id, text: switchedText() };
}

/** @param {DescribeDialog} dialog */
function begin(dialog) {
  if (!hasRoom()) return;
  const { title } = store.current();
  const like = { title, round: "" };
  const taken = title && store.list().some((one) => one.title === title);
  const before = taken ? { title, round: nextRound(like) } : like;
  dialog.ask(texts.new_title, before, (described) => keep(newAssessment(described)));
}

/** @param {DescribeDialog} dialog @param {Assessment} one */
function rename(dialog, one) {
  const before = store.current().id;
  if (one.id !== before && !hasRoom()) return;
  dialog.ask(texts.rename, one, (described) => {
    store.use(one.id);
    store.describe(described);
    store.use(before);
    return { id: one.id, action: "rename", text: fill(texts.renamed, { name: say.nameOf(described) }) };
  });
}

/** @param {DescribeDialog} dialog @param {Assessment} source */
function duplicate(dialog, source) {
  if (!hasRoom()) return;
  const { title } = source;
  dialog.ask(texts.duplicate, { title, round: nextRound(source) }, (described) => {
    const now = new Date().toISOString();
    return keep(copyOf(source, { ...described, created: now, updated: now }));
  });
}

/** @param {Assessment} one */
function remove({ id }) {
  const before = store.current().id;
  const name = say.namesOf(store.list()).get(id) ?? "";
  const gone = store.remove([id]);
  done(fill(texts.removed, { name }), () => {
    if (!store.restore(gone)) return false;
    store.use(before);
  });
}

/** @param {HTMLDialogElement} dialog */
function removeEverything(dialog) {
  dialog.close();
  const gone = store.removeEverything();
  done(texts.cleared, () => store.restore(gone));
}

/** @param {HTMLElement} list */
function openList(list) {
  const describe = new DescribeDialog(slot(document, "describe-dialog", HTMLDialogElement), list);
  const clear = slot(document, "clear-dialog", HTMLDialogElement);
  addActions({
    "assessment-example": openExample,
    "assessment-new": () => begin(describe),
    "describe-close": () => describe.dialog.close(),
    "assessments-clear": () => clear.showModal(),
    "clear-close": () => clear.close(),
    "clear-confirm": () => removeEverything(clear),
  });
  /** @type {Record<string, (one: Assessment) => void>} */
  const actions = {
    use({ id }) {
      store.use(id);
      showChanged();
      goToCard(list, id);
      announce(switchedText());
    },
    rename: (one) => rename(describe, one),
    duplicate: (one) => duplicate(describe, one),
    remove,
  };
  document.addEventListener("click", (event) => {
    const button = around(event, "[data-assessment-action]");
    const one = button && store.list().find(({ id }) => id === button.dataset.id);
    if (one) actions[button.dataset.assessmentAction ?? ""](one);
  });
  whenBarShown(() => showList(list));
}

const list = findOptional(document, '[data-slot="assessments-list"]');
if (list) openList(list);
const recovery = findOptional(document, '[data-slot="before"]');
if (recovery) openRecovery(recovery);
