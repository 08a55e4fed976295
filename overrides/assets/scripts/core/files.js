/* Documents as files: their names, what a file says and whether it can be trusted. No storage, no words. */

// The element of a document that holds the data it was made from.
const DATA = "abc-datos";
const MOST_BYTES = 5_000_000;

/** @typedef {"too_large" | "not_ours" | "newer" | "damaged"} FileProblem */
/** @typedef {{name?: string, size: number, text: () => Promise<string>}} FileLike a file as the browser gives it */

/**
 * A file name anyone can read: abc-<kind>-<title>-<round>-<date>.<ending>.
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

/** The part of a document of this site that holds its data; any other text as it is. @param {string} text */
function dataIn(text) {
  if (!/^\s*<!doctype html/i.test(text)) return text;
  // Parsed, never run: scripts and images of a document made this way stay dead.
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.getElementById(DATA)?.textContent ?? text;
}

/**
 * What a file holds: one saved as such, or a document of this site with its data. Nothing is changed by any problem.
 *
 * @template {object} R
 * @param {FileLike} file
 * @param {string} wanted the kind of file
 * @param {(text: string) => R} parse what makes of its text what is returned
 * @returns {Promise<R | {document?: undefined, mended?: undefined, problem: FileProblem}>}
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
  return kind === wanted ? parse(found) : { problem: "not_ours" };
}

/**
 * A document as the text of one HTML file that asks nothing of anyone, with its data: `readFile` finds
 * them again.
 *
 * @param {{title: string, language: string, style: string, articles: Node[], data: string}} parts
 */
export function documentFile({ title, language, style, articles, data }) {
  const made = document.implementation.createHTMLDocument(title);
  made.documentElement.lang = language;
  /** @param {string} name @param {Record<string, string>} attributes */
  const add = (name, attributes, content = "") => {
    const one = made.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    one.textContent = content;
    made.head.append(one);
  };
  made.head.prepend(
    Object.assign(made.createElement("meta"), {
      httpEquiv: "Content-Security-Policy",
      content: "default-src 'none'; style-src 'unsafe-inline'",
    }),
  );
  const charset = made.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  made.head.prepend(charset);
  add("meta", { name: "viewport", content: "width=device-width, initial-scale=1" });
  add("style", {}, style);
  const main = made.createElement("main");
  main.append(...articles);
  made.body.append(main);
  const kept = made.createElement("script");
  kept.type = "application/json";
  kept.id = DATA;
  kept.textContent = data.replace(/</g, "\\u003c");
  made.body.append(kept);
  return `<!doctype html>\n${made.documentElement.outerHTML}\n`;
}
