/*
 * Writes documents as files and reads them: their names, what a file says and whether it can be trusted. No storage,
 * no words.
 */

// The element of a document that holds the data it was made from.
const DATA = "abc-datos";
const MOST_BYTES = 5_000_000;

/** @typedef {"too_large" | "not_ours" | "newer" | "damaged"} FileProblem */
/** @typedef {{name?: string, size: number, text: () => Promise<string>}} FileLike a file as the browser gives it */

/**
 * Makes a file name anyone can read: abc-<kind>-<title>-<round>-<date>.<ending>.
 *
 * @param {{title: string, round: string}} document
 * @param {Date} date
 */
export function fileName({ title, round }, date, kind = "", ending = "json") {
  const slug = `${kind} ${title} ${round}`
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 80);
  return ["abc", slug, date.toISOString().slice(0, 10)].filter(Boolean).join("-") + `.${ending}`;
}

// As it stands between its tags: a text of the document would write the sign that opens one in another way. It is not
// parsed as a page, since this page's own policy would apply to its styles.
const HOLDS_DATA = new RegExp(`<script\\b[^>]*\\bid=["']?${DATA}\\b[^>]*>([^]*?)</script`, "i");

/** The part of a document of this site that holds its data; any other text as it is. @param {string} text */
function dataIn(text) {
  return /^\s*<!doctype html/i.test(text) ? (HOLDS_DATA.exec(text)?.[1] ?? text) : text;
}

/**
 * Reads what a file holds: one saved as such, or a document of this site with its data. Nothing is changed by any
 * problem.
 *
 * @template {object} R
 * @param {FileLike} file
 * @param {string} wanted the kind of file
 * @param {(text: string) => R} parse what makes of its text what is returned
 * @returns {Promise<R | {document?: undefined, mended?: undefined, problem: FileProblem, kind?: unknown}>} `kind`: that
 *   of a file of another
 */
export async function readFile(file, wanted, parse) {
  if (file.size > MOST_BYTES) return { problem: "too_large" };
  const found = dataIn(await file.text());
  let kind;
  try {
    kind = /** @type {{kind?: unknown} | null} */ (JSON.parse(found))?.kind;
  } catch {
    // A file that was cut off still begins as ours do.
    return { problem: found.includes(`"${wanted}"`) ? "damaged" : "not_ours" };
  }
  return kind === wanted ? parse(found) : { problem: "not_ours", kind };
}

/**
 * Writes a document as the text of one HTML file that asks nothing of anyone, with its data: `readFile` finds them
 * again.
 *
 * @param {{title: string, language: string, style: string, articles: Node[], data: string}} parts
 */
export function documentFile({ title, language, style, articles, data }) {
  // In no document: this page's own policy would apply to what is in one.
  const [head, body] = [document.createElement("head"), document.createElement("body")];
  /** @param {string} name @param {Record<string, string>} attributes */
  const add = (name, attributes, content = "") => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    one.textContent = content;
    head.append(one);
  };
  add("meta", { charset: "utf-8" });
  add("meta", { "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" });
  add("title", {}, title);
  add("meta", { name: "viewport", content: "width=device-width, initial-scale=1" });
  add("style", {}, style);
  const main = document.createElement("main");
  main.append(...articles);
  const kept = document.createElement("script");
  kept.type = "application/json";
  kept.id = DATA;
  kept.textContent = data.replace(/</g, "\\u003c");
  body.append(main, kept);
  const made = document.createElement("html");
  made.lang = language;
  made.append(head, body);
  return `<!doctype html>\n${made.outerHTML}\n`;
}
