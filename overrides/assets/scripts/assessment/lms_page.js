/*
 * Runs an assessment inside a package for a learning platform: it resumes what the platform kept, tells it each
 * answer, and gives it the score when the person says so. The shell around the frame (lms/bridge.js) speaks first;
 * only the address that greeted is answered, and nothing is told but what was answered here: the storage of the site
 * is not looked at (core/browser_storage.js). platform.js loads it where there is a platform, and hands it what it
 * shares with the page.
 */

import { abc } from "../core/global.js";
import { around, element, find, findAll, setText, slot } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { gradeOf, readState, stateText } from "./lms_state.js";
import { scoreChecklist, scoreCriteria } from "./score.js";

/** @typedef {import("./checklist_page.js").ChecklistPage} ChecklistPage */
/** @typedef {import("./platform.js").PageParts} PageParts */
/** @typedef {{say: string, mode?: string, state?: string, wrong?: string, became?: string}} FromShell */

const ENOUGH = 0.8;
// So much of the window above a criterion may be taken by what stays there.
const ABOVE = 80;

export class LmsPage {
  /** @type {string | null} The address that greeted. */
  #origin = null;
  #mode = "";
  // What the platform has; nothing answered is nothing to tell.
  #told = stateText([]) ?? "";
  /** @type {string | null} What was told last, which may be on its way still. */
  #sent = null;
  /** @type {import("./lms_state.js").KeptAnswer[]} Answers to what is not asked any more: they stay as they are. */
  #others = [];

  /** @param {ChecklistPage} page @param {Texts} words @param {PageParts} parts */
  constructor(page, words, { store, onChange, locale }) {
    this.page = page;
    this.words = words;
    this.store = store;
    this.clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
    this.number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    const [box, send] = [slot(page.root, "lms"), slot(page.root, "lms-send")];
    this.places = {
      mode: slot(box, "lms-mode"),
      kept: slot(box, "lms-kept"),
      text: slot(send, "lms-text"),
      said: slot(send, "lms-said"),
      button: find(send, '[data-action="lms-send"]', HTMLButtonElement),
    };
    for (const one of [box, send]) one.hidden = false;
    this.#showLanguages(slot(box, "lms-languages"));
    this.#show();
    window.addEventListener("message", (event) => this.#hear(event));
    this.places.button.addEventListener("click", () => this.#send());
    // What is changed is in the store once all that hears of it has been told.
    onChange(() => setTimeout(() => this.#changed()));
    // Who leaves at once, for another language or altogether, leaves nothing behind; the shell asks without a message.
    window.addEventListener("pagehide", () => this.#changed());
    abc.lmsState = () => this.#untold() ?? this.#sent;
    document.addEventListener("click", (event) => openApart(event));
  }

  /** The other languages of the page, which open in the same frame and at the same place. @param {HTMLElement} place */
  #showLanguages(place) {
    const links = new Map(findAll(document, "a[data-language]", HTMLAnchorElement).map((one) => [one.hreflang, one]));
    for (const { href, hreflang, lang, textContent } of links.values()) {
      const link = element("a", { href: href + location.search, hreflang, lang, textContent });
      link.dataset.inFrame = "";
      link.addEventListener("click", () => {
        const here = this.page.criteria.find(({ section }) => section.getBoundingClientRect().bottom > ABOVE);
        link.hash = here && scrollY > 0 ? here.id : "";
      });
      place.append(link, " ");
    }
  }

  /* What the shell says */

  /** @param {MessageEvent} event */
  #hear({ data, origin, source }) {
    if (source !== window.parent || window.parent === window || data?.type !== "abc-lms") return;
    if (data.say === "open" && this.#origin === null) this.#open(data, origin);
    else if (origin !== this.#origin) return;
    else if (data.say === "kept") this.#showKept(String(data.wrong));
    else if (data.say === "sent") this.#showSent(String(data.became));
  }

  /** @param {FromShell} said @param {string} origin */
  #open({ mode = "", state = "" }, origin) {
    this.#origin = origin;
    this.#mode = mode;
    this.#tell({ say: "here" });
    const kept = readState(String(state));
    if (kept === null) {
      // It stays as it is: what is known here would take its place.
      this.#mode = "newer";
    } else {
      if (state) this.#told = String(state);
      this.#resume(kept);
    }
    const host = origin === "null" ? "" : new URL(origin).host;
    setText(this.places.mode, fill(this.words[`mode_${this.#mode}`] ?? "", { host }));
    this.#show();
  }

  /** @param {import("./lms_state.js").KeptAnswer[]} kept */
  #resume(kept) {
    const { views } = this.page;
    this.#others = kept.filter(({ id }) => !views.has(id));
    // What was answered before the shell spoke is newer.
    const mine = kept.flatMap(({ id, ...record }) => {
      const view = views.get(id);
      return view && !view.isAnswered ? [view.change({ ...record })] : [];
    });
    this.store.put(mine);
    this.page.showAll();
    this.#changed();
  }

  /** @param {object} said */
  #tell(said) {
    const origin = this.#origin === "null" ? "*" : this.#origin;
    if (origin) window.parent.postMessage({ type: "abc-lms", ...said }, origin);
  }

  /* What the person does */

  #state() {
    const answers = this.page.criteria.map(({ id, answer, record }) => {
      const { version, answered } = record;
      return /** @type {import("./lms_state.js").KeptAnswer} */ ({ id, answer, version, answered });
    });
    return stateText([...answers, ...this.#others]);
  }

  /** What the platform has not been told yet, told from now on; `null` where that is nothing, or too long for it. */
  #untold() {
    if (this.#origin === null || this.#mode === "newer") return null;
    const state = this.#state();
    if (state === this.#told) return null;
    if (state === null) this.#showKept("refused");
    else this.#told = this.#sent = state;
    return state;
  }

  #changed() {
    this.#show();
    const state = this.#untold();
    if (state === null) return;
    this.#tell({ say: "state", state });
    if (this.#mode === "normal") setText(this.places.kept, this.words.keeping);
  }

  #send() {
    const { weighted } = this.#score();
    this.places.button.disabled = true;
    setText(this.places.said, this.words.sending);
    this.#told = this.#sent = this.#state() ?? this.#told;
    this.#tell({ say: "send", state: this.#told, score: weighted === null ? null : gradeOf(weighted) });
  }

  /* What is shown */

  #score() {
    const { criteria, checklist } = this.page;
    const answers = new Map(criteria.map((one) => [one.id, one.answer]));
    return checklist ? scoreChecklist(criteria, answers) : scoreCriteria(criteria, answers);
  }

  /** The score as the platform will have it. */
  #shown() {
    const { weighted } = this.#score();
    return { score: weighted === null ? "" : this.number.format(gradeOf(weighted)) };
  }

  /** What the button would send; while too little is answered it would be no score yet. */
  #show() {
    const { total, answered, weighted } = this.#score();
    const { words, places } = this;
    const lacking = Math.ceil(ENOUGH * total - 1e-9) - answered;
    places.button.disabled = this.#mode !== "normal" || lacking > 0;
    const ready = fill(words[weighted === null ? "no_score" : "will_send"], this.#shown());
    setText(places.text, lacking > 0 ? plural(words, "lacking", lacking) : ready);
  }

  #time() {
    return { ...this.#shown(), time: this.clock.format(new Date()) };
  }

  /** @param {string} wrong "" where it was kept */
  #showKept(wrong) {
    const text = fill(this.words[wrong ? `kept_${wrong}` : "kept"] ?? "", this.#time());
    setText(this.places.kept, text);
    this.places.kept.classList.toggle("alert", wrong !== "");
    // That all is well is seen; only what is wrong is said aloud.
    if (wrong) this.page.results.announceText(text);
  }

  /** @param {string} became */
  #showSent(became) {
    const done = ["sent", "app"].includes(became);
    const name = done && this.#score().weighted === null ? `became_${became}_no_score` : `became_${became}`;
    setText(this.places.said, fill(this.words[name] ?? this.words.became_refused, this.#time()));
    this.places.said.classList.toggle("alert", !done);
    if (done) this.#showKept("");
    this.#show();
  }
}

/** In a package there is one page: whatever else is opened has a tab of its own. @param {Event} event */
function openApart(event) {
  const link = around(event, "a[href]", HTMLAnchorElement);
  const isHere = link && (link.getAttribute("href")?.startsWith("#") || "inFrame" in link.dataset);
  if (!link || isHere || link.hasAttribute("download")) return;
  link.target = "_blank";
  link.relList.add("noopener");
}
