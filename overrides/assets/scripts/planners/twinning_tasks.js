/* Shows the tasks of a twinning plan as fields, a block per phase. */

import { uuid } from "../core/documents.js";
import { element, unseen } from "../core/elements.js";
import { fill, plural } from "../core/format.js";
import { isoDate, timeOf } from "./schedule.js";
import { phaseName } from "./twinning.js";

/** @typedef {import("./twinning.js").Phase} Phase */
/** @typedef {import("./twinning.js").Task} Task */
/** @typedef {import("./twinning.js").TwinningPlan} TwinningPlan */
/** @typedef {"title" | "who" | "deliverable" | "due"} TaskField */

/** The list of tasks: which are open to be edited, and what is done with them. */
export class TaskList {
  /** @type {Set<string>} */
  #opened = new Set();

  /**
   * @param {TwinningPlan} plan
   * @param {() => void} changed called when what is said of the whole plan may differ
   */
  constructor(plan, changed) {
    this.plan = plan;
    this.page = plan.page;
    this.changed = changed;
  }

  /** @param {Task} task */
  #tags(task) {
    const { own } = this.page;
    return [task.sourced && own.sourced, task.own && own.own_task, task.outside && own.outside]
      .filter((one) => one !== false)
      .map((one) => element("span", { className: "tag", textContent: one }));
  }

  /**
   * One field of a task.
   *
   * @param {string} key
   * @param {TaskField} name
   * @param {string} label
   * @param {string} value
   * @param {() => void} written called when it was written in
   */
  #field(key, name, label, value, written) {
    const isDay = name === "due";
    const field = element("input", { type: isDay ? "date" : "text", id: `${key}.${name}`, value });
    if (isDay) Object.assign(field, { min: "2000-01-01", max: "2100-12-31" });
    else field.maxLength = 300;
    field.addEventListener("input", () => {
      const given = field.value.trim();
      // Left empty, the name and the date go back to what the data say; the others stay empty.
      const empty = name === "title" || isDay ? null : "";
      if (!isDay || !given || timeOf(given) !== null) this.page.set(key, { [name]: given || empty }, false);
      written();
    });
    return element("p", { className: "field" }, element("label", { htmlFor: field.id, textContent: label }), field);
  }

  /** @param {Task} task @param {string} key @param {() => void} written */
  #fields(task, key, written) {
    const { own } = this.page;
    const title = task.title === own.untitled ? "" : task.title;
    const due = task.due === null ? "" : isoDate(task.due);
    return element(
      "div",
      { className: "memo-fields" },
      this.#field(key, "title", own.task, title, written),
      this.#field(key, "who", own.who, task.who, written),
      this.#field(key, "deliverable", own.deliverable, task.deliverable, written),
      this.#field(key, "due", task.fixed ? own.due_fixed : own.due, due, written),
    );
  }

  /** @param {Task} task @param {string} key */
  #removeButton(task, key) {
    const { own, store } = this.page;
    const button = element("button", {
      type: "button",
      id: `${key}.remove`,
      className: "quiet",
      textContent: own.remove_task,
    });
    button.addEventListener("click", () => {
      const before = store.get(key);
      this.#opened.delete(task.id);
      this.page.put({ [key]: task.own ? {} : { ...before, gone: true } });
      this.page.showAll();
      this.page.offerUndo(fill(own.task_removed, { title: task.title }), () => this.page.put({ [key]: before }));
    });
    return button;
  }

  /**
   * What is edited of a task, folded.
   *
   * @param {Task} task
   * @param {string} key
   * @param {() => void} written
   */
  #edit(task, key, written) {
    const { own } = this.page;
    const fold = element(
      "details",
      { open: this.#opened.has(task.id) },
      element("summary", { id: `${key}.edit` }, own.edit, unseen(`: ${task.title}`)),
      this.#fields(task, key, written),
      element("p", {}, this.#removeButton(task, key)),
    );
    fold.addEventListener("toggle", () => {
      if (fold.open) this.#opened.add(task.id);
      else this.#opened.delete(task.id);
    });
    return fold;
  }

  /** @param {Task} task @param {Phase} phase */
  #item(task, phase) {
    const key = `task.${task.id}`;
    const box = element("input", { type: "checkbox", id: `${key}.done`, checked: task.done });
    const title = element("span", { className: "task-title", textContent: task.title });
    const line = element("p", { className: "fine task-line", textContent: this.plan.lineOf(task) });
    const marks = element("span", {}, ...this.#tags(task));
    // Making the list anew would take the field away from whoever writes in it.
    const written = () => {
      const all = this.plan.phases().flatMap((one) => (one.id === phase.id ? this.plan.tasksOf(one) : []));
      const now = all.find(({ id }) => id === task.id) ?? task;
      title.textContent = now.title;
      line.textContent = this.plan.lineOf(now);
      marks.replaceChildren(...this.#tags(now));
    };
    const item = element(
      "li",
      { className: task.done ? "task done" : "task" },
      element("label", { className: "task-name" }, box, title),
      marks,
      line,
      this.#edit(task, key, written),
    );
    box.addEventListener("change", () => {
      this.page.set(key, { done: box.checked || null });
      item.classList.toggle("done", box.checked);
      this.changed();
    });
    return item;
  }

  /** @param {Phase} phase */
  #addButton(phase) {
    const { own } = this.page;
    const button = element("button", {
      type: "button",
      id: `agregar-${phase.id}`,
      textContent: own.add_task,
      ariaLabel: `${own.add_task}: ${phaseName(phase)}`,
    });
    button.addEventListener("click", () => {
      const id = `x-${uuid().slice(0, 8)}`;
      this.page.put({ [`task.${id}`]: { phase: phase.id } });
      this.#opened.add(id);
      this.page.showAll();
      document.getElementById(`task.${id}.title`)?.focus();
    });
    return button;
  }

  /** Brings back the tasks of a phase that were removed, where there are any. @param {Phase} phase */
  #backButtons(phase) {
    const { own, store } = this.page;
    const gone = phase.tasks.map(({ id }) => `task.${id}`).filter((key) => this.page.get(key).gone === true);
    if (!gone.length) return [];
    const button = element("button", {
      type: "button",
      id: `recuperar-${phase.id}`,
      className: "quiet",
      textContent: plural(own, "bring_back", gone.length),
    });
    button.addEventListener("click", () => {
      this.page.put(Object.fromEntries(gone.map((key) => [key, { ...store.get(key), gone: undefined }])));
      this.page.showAll();
      document.getElementById(`agregar-${phase.id}`)?.focus();
    });
    return [button];
  }

  /** The block of a phase. @param {Phase} phase */
  block(phase) {
    const { own } = this.page;
    const items = this.plan.tasksOf(phase).map((task) => this.#item(task, phase));
    return element(
      "section",
      { className: "criterion" },
      element("h3", { id: `tareas-${phase.id}`, textContent: phaseName(phase) }),
      element("p", { className: "fine", textContent: phase.sourced ? own.phase_sourced : own.phase_reading }),
      element("ul", { className: "task-list" }, ...items),
      element("p", { className: "tool-buttons" }, this.#addButton(phase), ...this.#backButtons(phase)),
    );
  }
}
