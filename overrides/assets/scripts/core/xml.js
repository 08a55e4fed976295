/* Writes XML as documents of office programs hold it, with text as it may stand there. */

/** @typedef {Record<string, string | number>} Attributes */

// What XML 1.0 cannot hold: control characters, halves of pairs and two that are no characters.
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
/** @type {Record<string, string>} */
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Returns a text as it may stand in XML. @param {string} text */
export const escape = (text) => text.replace(UNFIT, "").replace(/[&<>"]/g, (sign) => SIGNS[sign]);

/**
 * Writes an element; its content is XML already.
 *
 * @param {string} name
 * @param {Attributes} attributes
 * @param {...string} content
 */
export function tag(name, attributes, ...content) {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const inside = content.join("");
  return inside ? `<${name}${said.join("")}>${inside}</${name}>` : `<${name}${said.join("")}/>`;
}

/** Writes an element of Word with one value. @param {string} name @param {string | number} value */
export const val = (name, value) => tag(`w:${name}`, { "w:val": value });
