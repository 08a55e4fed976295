/*
 * Runs the page of a reviewer: the answers that were given in, a mark and a note on each, who signs, the file, the
 * papers.
 */

import { pageLanguage } from "../core/browser.js";
import { element, findAll, setText } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { isTouched, share, shareable } from "../core/share.js";
import { wordTools } from "../core/word_tools.js";
import { hasAnswers, isDate } from "../assessment/answer.js";
import { readAnswers } from "../assessment/answers_reading.js";
import { newAssessment } from "../assessment/assessment_store.js";
import { loadFullInstrument, say } from "../assessment/instrument.js";
import { countsOf, listsIn, reviewsIn } from "../assessment/reviews.js";
import { newPlan } from "../planners/planner_storage.js";
import { PlannerPage } from "../planners/planner_page.js";
import { MarkList } from "./mark_list.js";
import { countsText } from "./review_words.js";
import { answersIn, itemsOfAnswers, KIND, readReview, signedIn } from "./review_store.js";

/** @typedef {import("../planners/planner_page.js").PlannerData} ReviewData */

const SIGNED = /** @type {const} */ (["name", "office", "date"]);

/** @extends {PlannerPage<ReviewData>} */
export class ReviewPage extends PlannerPage {
  /** @type {FullInstrument | null} It comes when there is something to review. */
  #instrument = null;
  /** @type {import("../entries/word.js").WordTools | null} */
  #tools = null;

  constructor() {
    super(KIND);
    this.paperChoice = this.slot("paper-choice", HTMLSelectElement);
    this.list = new MarkList(this);
    this.fields = findAll(this.root, "[data-signed]", HTMLInputElement);
    for (const field of this.fields) {
      field.addEventListener("input", () => {
        this.set(`signed.${field.dataset.signed}`, { text: field.value.trim() || null }, false);
      });
      field.addEventListener("change", () => this.showSum());
    }
    const button = this.slot("share");
    button.hidden = !isTouched() || !this.#fileToShare();
    button.addEventListener("click", () => void this.#share());
    this.paperChoice.addEventListener("change", () => void this.#choosePaper());
  }

  /** The instrument, once it has come. */
  get instrument() {
    if (!this.#instrument) throw new Error("the instrument was not loaded");
    return this.#instrument;
  }

  /** The answers that are reviewed. */
  answers() {
    return answersIn(this.store.current());
  }

  /** The review with what is about to be saved of it. */
  review() {
    this.flush();
    return readReview(this.store.current());
  }

  /** @override @param {PlannerDocument} document */
  summary(document) {
    const assessment = answersIn(document);
    if (!assessment) return "";
    // A file may be opened before the lists have come; what it answers tells as much.
    const lists = this.#instrument?.checklists ?? listsIn(assessment);
    const counts = countsOf(readReview(document), lists, assessment);
    const marked = counts.supported + counts.missing + counts.unsupported;
    return marked ? fill(this.own.progress, { marked, total: marked + counts.unseen }) : this.own.nothing_yet;
  }

  /* A file of answers */

  /** @override @param {File} file */
  async take(file) {
    const held = await readAnswers(file, newAssessment({ title: "", round: "" }));
    const { document: assessment, problem } = held;
    if (!assessment || problem) {
      this.files.show({ problem: problem || "damaged" }, file.name, held.sentence);
      return true;
    }
    if (!hasAnswers(assessment)) {
      this.files.show({ problem: "empty" }, file.name, fill(this.own.empty, { name: file.name }));
      return true;
    }
    const known = this.store.list().find((one) => answersIn(one)?.id === assessment.id);
    const made = { ...newPlan(KIND, say.nameOf(assessment)), items: itemsOfAnswers(assessment) };
    this.#showReport(held.report);
    // The same answers again: to go on with what was marked, or to begin anew.
    if (known) this.files.show({ document: { ...made, id: known.id } }, file.name);
    else this.#begin(made);
    return true;
  }

  /** @param {PlannerDocument} made */
  #begin(made) {
    const before = this.store.current().id;
    if (!this.keep(made)) return;
    this.done(fill(this.own.opened, { name: made.title }), () => {
      this.store.remove([made.id]);
      this.store.use(before);
    });
  }

  /** @override @param {PlannerDocument} known @param {PlannerDocument} found */
  differencesText(known, found) {
    return Object.keys(found.items).length > 1 ? super.differencesText(known, found) : this.own.again;
  }

  /** What became of the cells of a workbook. @param {Node | undefined} report */
  #showReport(report) {
    this.slot("workbook-report").hidden = !report;
    this.slot("workbook-cells").replaceChildren(report ?? "");
  }

  /* What is shown */

  /** @override */
  show() {
    const assessment = this.answers();
    this.slot("with-answers").hidden = !assessment;
    if (!assessment) return;
    if (!this.#instrument) {
      void this.#load();
      return;
    }
    const others = reviewsIn(assessment).length;
    const notice = this.slot("other-reviews");
    notice.hidden = !others;
    notice.textContent = others ? plural(this.own, "other_reviews", others) : "";
    for (const field of this.fields) {
      const said = this.get(`signed.${field.dataset.signed}`).text;
      const value = typeof said === "string" && (field.type !== "date" || isDate(said)) ? said : "";
      if (field.value !== value && field !== document.activeElement) field.value = value;
    }
    this.list.show();
    this.showSum();
  }

  async #load() {
    try {
      this.#instrument = await loadFullInstrument();
      this.showAll();
    } catch {
      this.files.show({ problem: "not_loaded" }, this.nameOf(this.store.current()));
    }
  }

  /** How many are marked each way, and what is missing to sign. */
  showSum() {
    const assessment = this.answers();
    if (!assessment || !this.#instrument) return;
    const { checklists, words } = this.#instrument;
    const review = this.review();
    setText(this.slot("sum"), countsText(words, countsOf(review, checklists, assessment)));
    const signed = signedIn(this.store.current());
    const lacking = SIGNED.filter((name) => !signed[name]).map((name) => this.own[name]);
    const what = new Intl.ListFormat(this.format.locale).format(lacking);
    setText(this.slot("lacks"), lacking.length ? fill(this.own.lacks, { what }) : "");
  }

  /* The file to give back, by the share sheet of a phone */

  #fileToShare() {
    return shareable(
      () => this.dataText(),
      (ending) => this.fileName(ending),
    );
  }

  #share() {
    this.flush();
    return share(this.#fileToShare(), {
      shared: () => this.filed(say.words.assessments.shared_file),
      failed: () => this.saveData(),
    });
  }

  /* The papers */

  async #choosePaper() {
    const { value } = this.paperChoice;
    const failed = this.slot("paper-failed");
    try {
      if (value) this.#tools = await wordTools([pageLanguage]);
      failed.hidden = true;
    } catch {
      failed.hidden = false;
      this.paperChoice.value = "";
    }
    this.slot("paper-area").hidden = !this.paperChoice.value;
    this.showPaperLater.now();
  }

  /** @override @param {number} top */
  paper(top) {
    const assessment = this.answers();
    if (!this.paperChoice.value || !this.#tools || !assessment) return element("article", { className: "report" });
    const given = {
      assessment,
      instruments: { [pageLanguage]: this.instrument },
      review: this.review(),
      matter: "",
      said: { government_end: "", agreement_end: "", members: "" },
    };
    return this.#tools.office(this.paperChoice.value, given, top)[0];
  }
}
