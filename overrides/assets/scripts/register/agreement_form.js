/* Shows an agreement as fields to fill in. */

import { element } from "../core/elements.js";
import { fill } from "../core/format.js";
import { isOfDates, readFact } from "./register_words.js";
import { tidy } from "./register_store.js";

/** @typedef {import("./register_page.js").RegisterPage} RegisterPage */
/** @typedef {import("./register_store.js").Agreement} Agreement */
/** @typedef {import("./register_words.js").Field} Field */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

const MOST_LETTERS = 5000;

/** @param {Field} field @param {string} id @param {string} value @param {RegisterPage} page @returns {Control} */
function control(field, id, value, page) {
  const { own, say } = page;
  if (field.kind === "choice") {
    const options = field.choices.map((one) => element("option", { value: one.id, textContent: one.name }));
    const select = element("select", { id }, element("option", { value: "", textContent: own.not_noted }), ...options);
    select.value = field.choices.some((one) => one.id === value) ? value : "";
    return select;
  }
  if (field.kind === "long") return element("textarea", { id, rows: 3, maxLength: MOST_LETTERS, value });
  const made = element("input", { type: "text", id, maxLength: MOST_LETTERS, value: say.typed(field, value) });
  made.autocomplete = "off";
  return made;
}

/** One fact of an agreement. @param {RegisterPage} page @param {string} agreement @param {Field} field @param {string} value */
function factField(page, agreement, field, value) {
  const { own } = page;
  const key = `${agreement}.${field.id}`;
  const made = control(field, key, value, page);
  const hint = field.hint && element("span", { className: "hint", id: `${key}.ayuda`, textContent: field.hint });
  const wrong = element("span", {
    className: "wrong",
    id: `${key}.error`,
    hidden: true,
    textContent: fill(own.date_wrong, { example: own.date_example }),
  });
  if (hint) made.setAttribute("aria-describedby", hint.id);
  const write = (/** @type {boolean} */ left) => {
    const read = readFact(field, made.value);
    // Half a date is no mistake while somebody writes it.
    const isWrong = read === null && left;
    wrong.hidden = !isWrong;
    made.toggleAttribute("aria-invalid", isWrong);
    if (isWrong) made.setAttribute("aria-invalid", "true");
    made.setAttribute("aria-describedby", [hint && hint.id, isWrong && wrong.id].filter(Boolean).join(" "));
    if (read !== null) page.set(key, { text: tidy(read) || null }, left);
    if (left) page.changed(agreement);
  };
  made.addEventListener("input", () => write(false));
  made.addEventListener("change", () => write(true));
  const label = element("label", { htmlFor: key, textContent: field.label });
  const parts = [label, ...(hint ? [hint] : []), made, ...(isOfDates(field) ? [wrong] : [])];
  return element("p", { className: field.kind === "long" ? "field whole" : "field" }, ...parts);
}

/**
 * Makes the fields of an agreement, group by group.
 *
 * @param {RegisterPage} page
 * @param {Agreement} agreement
 */
export function agreementForm(page, agreement) {
  const { own } = page;
  const groups = page.data.groups.map(({ title, fields }) =>
    element(
      "fieldset",
      { className: "facts" },
      element("legend", { textContent: title }),
      ...fields.map((one) => factField(page, agreement.id, one, agreement[one.id] ?? "")),
    ),
  );
  /** @param {string} action @param {string} text @param {string} className */
  const button = (action, text, className = "") => {
    const made = element("button", { type: "button", className, textContent: text });
    made.dataset.do = action;
    made.dataset.agreement = agreement.id;
    return made;
  };
  return element(
    "div",
    { className: "agreement-form" },
    element("p", { className: "fine", textContent: own.dates_text }),
    ...groups,
    element(
      "p",
      { className: "tool-buttons" },
      button("sheet", own.print_sheet),
      button("remove", own.remove_agreement, "quiet"),
    ),
  );
}
