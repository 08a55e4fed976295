/* Asks in a dialog what a document of a planner is called. */

import { find, slot } from "../core/elements.js";

export class NameDialog {
  /** @type {(title: string) => void} */
  #action = () => {};

  /** @param {HTMLDialogElement} dialog @param {() => void} named called once a name was given */
  constructor(dialog, named) {
    this.dialog = dialog;
    this.field = slot(dialog, "name-field", HTMLInputElement);
    find(dialog, "form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#action(this.field.value.trim());
      this.close();
      named();
    });
  }

  /** @param {string} title @param {string} name @param {(title: string) => void} action */
  ask(title, name, action) {
    slot(this.dialog, "name-title").textContent = title;
    this.field.value = name;
    this.#action = action;
    this.dialog.showModal();
    this.field.select();
  }

  close() {
    this.dialog.close();
  }
}
