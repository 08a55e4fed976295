/* Finds and makes elements; everything a person typed goes in as text. */

/**
 * @template {Element} T
 * @typedef {{new (): T, prototype: T}} Kind the class of an element
 */

/**
 * Returns the element that a selector names inside `root`. Throws an error that says what the page lacks.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {Kind<T>} [kind]
 * @returns {T}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  return checked(found, kind, `${describe(root)} ${selector}`);
}

/**
 * Returns the element that a selector names inside `root`, or null where there is none.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {Kind<T>} [kind]
 * @returns {T | null}
 */
export function findOptional(root, selector, kind) {
  const found = root.querySelector(selector);
  return found && checked(found, kind, `${describe(root)} ${selector}`);
}

/**
 * Returns all elements that a selector names inside `root`.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {Kind<T>} [kind]
 * @returns {T[]}
 */
export function findAll(root, selector, kind) {
  return Array.from(root.querySelectorAll(selector), (one) => checked(one, kind, `${describe(root)} ${selector}`));
}

/**
 * Returns the place of `root` that is to be filled: [data-slot="name"].
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} name
 * @param {Kind<T>} [kind]
 */
export const slot = (root, name, kind) => find(root, `[data-slot="${name}"]`, kind);

/**
 * Returns the element around another, or itself, that a selector names. Throws where there is none.
 *
 * @template {Element} [T=HTMLElement]
 * @param {Element} inner
 * @param {string} selector
 * @param {Kind<T>} [kind]
 * @returns {T}
 */
export const enclosing = (inner, selector, kind) =>
  checked(inner.closest(selector), kind, `${describe(inner)} inside ${selector}`);

/**
 * Returns the element around the target of an event that a selector names, or null.
 *
 * @template {Element} [T=HTMLElement]
 * @param {Event} event
 * @param {string} selector
 * @param {Kind<T>} [kind]
 * @returns {T | null}
 */
export function around({ target }, selector, kind) {
  const found = target instanceof Element ? target.closest(selector) : null;
  return found && checked(found, kind, selector);
}

/**
 * Returns the element an event happened to. Throws where it is of another kind.
 *
 * @template {Element} [T=HTMLElement]
 * @param {Event} event
 * @param {Kind<T>} [kind]
 * @returns {T}
 */
export const targetOf = ({ target, type }, kind) => checked(target, kind, `the target of ${type}`);

/**
 * @template {Element} T
 * @param {unknown} found
 * @param {Kind<T> | undefined} kind
 * @param {string} what
 * @returns {T}
 */
function checked(found, kind, what) {
  const wanted = kind ?? HTMLElement;
  if (found instanceof wanted) return /** @type {T} */ (found);
  throw new Error(`${location.pathname}: ${what} ${found ? "is no" : "is not there; it should be a"} ${wanted.name}`);
}

/** @param {ParentNode} root */
const describe = (root) => (root instanceof Element && root.id ? `#${root.id}` : root.nodeName.toLowerCase());

/**
 * Reads the data that a page holds as JSON inside one of its elements; the page's template says its shape.
 *
 * @template T
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export const readJson = (root, selector) => JSON.parse(find(root, selector).textContent ?? "");

/**
 * Makes a new element with properties and children.
 *
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Partial<Record<keyof HTMLElementTagNameMap[N], unknown>>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[N]}
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.assign(made, attributes);
  made.append(...children);
  return made;
}

/**
 * Writes a text only where it changes: what is read out when it changes must not change without need.
 *
 * @param {Element} place
 * @param {string} text
 */
export function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @typedef {string | Node | (string | Node)[]} Content what stands in a cell */

/**
 * Makes a table whose first column names the rows; on a narrow screen it scrolls, by keyboard too.
 *
 * @param {string} className
 * @param {string} label
 * @param {string[]} columns
 * @param {Content[][]} rows
 */
export function table(className, label, columns, rows) {
  /** @param {"th" | "td"} name @param {object} attributes @param {Content} content */
  const cell = (name, attributes, content) => element(name, attributes, ...[content].flat());
  const made = element(
    "table",
    { className },
    element("thead", {}, element("tr", {}, ...columns.map((one) => cell("th", { scope: "col" }, one)))),
    element(
      "tbody",
      {},
      ...rows.map(([first, ...rest]) =>
        element("tr", {}, cell("th", { scope: "row" }, first), ...rest.map((one) => cell("td", {}, one))),
      ),
    ),
  );
  const box = element("div", { className: "table table-scroll", role: "group", tabIndex: 0, ariaLabel: label }, made);
  watchWidth(box);
  return box;
}

/**
 * Lets a wide table show on which side it goes on.
 *
 * @param {HTMLElement} box
 */
export function watchWidth(box) {
  const mark = () => {
    // Read from right to left, a box scrolls to negative places. Half a pixel is nobody's column.
    const before = Math.abs(box.scrollLeft);
    const after = box.scrollWidth - box.clientWidth - before;
    box.classList.toggle("goes-on-before", before > 1);
    box.classList.toggle("goes-on-after", after > 1);
  };
  const sizes = new ResizeObserver(mark);
  for (const one of [box, ...box.children]) sizes.observe(one);
  box.addEventListener("scroll", mark, { passive: true });
}

/**
 * Makes the terms of a list of definitions, each row a term and what is said of it.
 *
 * @param {[string, ...(string | Node)[]][]} rows
 */
export const terms = (rows) =>
  rows.flatMap(([term, ...said]) => [element("dt", {}, term), ...said.map((one) => element("dd", {}, one))]);

/** Makes a text that is heard and not seen. @param {string} text */
export const unseen = (text) => element("span", { className: "visually-hidden", textContent: text });
