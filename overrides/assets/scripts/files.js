/*
 * Assessments as files: what a file says, whether it can be trusted, and how two are joined.
 * Pure: no page, no storage, no words.
 */
(function (abc) {
  "use strict";

  const KIND = "abc-assessment";
  // The element of a document that holds the assessment it was made from.
  const DATA = "abc-datos";
  const MOST_BYTES = 5_000_000;

  /** The text of the file of an assessment. */
  const text = (assessment) => `${JSON.stringify({ ...assessment, kind: KIND }, null, 2)}\n`;

  /**
   * A file name anyone can read: abc-<kind>-<title>-<round>-<date>.<ending>.
   *
   * @param {{title: string, round: string}} assessment
   * @param {Date} date
   */
  function name({ title, round }, date, kind = "", ending = "json") {
    const slug = `${kind} ${title} ${round}`
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 80);
    return ["abc", slug, date.toISOString().slice(0, 10)].filter(Boolean).join("-") + `.${ending}`;
  }

  /** The part of a document of this site that holds its assessment; any other text as it is. */
  function assessmentIn(text) {
    if (!/^\s*<!doctype html/i.test(text)) return text;
    // Parsed, never run: scripts and images of a document made this way stay dead.
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.getElementById(DATA)?.textContent ?? text;
  }

  /**
   * The assessment in a file: one saved as such, or a document of this site with its data.
   *
   * @param {{size: number, text: () => Promise<string>}} file as the browser gives it
   * @param {string} wanted the kind of file, and `parse` what makes of its text what is returned
   * @returns {Promise<{document?: object, mended?: number, problem?: string}>} problem: "too_large",
   *   "not_ours", "newer" or "damaged"; nothing is changed by any of them. `mended`: see storage.js.
   */
  async function read(file, wanted = KIND, parse = abc.parseAssessment) {
    if (file.size > MOST_BYTES) return { problem: "too_large" };
    const found = assessmentIn(await file.text());
    let kind;
    try {
      kind = JSON.parse(found)?.kind;
    } catch {
      // A file that was cut off still begins as ours do.
      return { problem: found.includes(`"${wanted}"`) ? "damaged" : "not_ours" };
    }
    return kind === wanted ? parse(found) : { problem: "not_ours" };
  }

  /** The records of an assessment that hold something, as [checklist, criterion, record]. */
  function* records(assessment) {
    for (const [checklist, { criteria }] of Object.entries(assessment.checklists)) {
      for (const [criterion, record] of Object.entries(criteria)) {
        if (abc.holds(record)) yield [checklist, criterion, record];
      }
    }
  }

  /**
   * How a file's assessment differs from the one in use.
   *
   * @returns {{same: number, onlyMine: number, onlyTheirs: object[], different: object[]}} the lists
   *   hold {checklist, version, criterion, mine, theirs}; a record that is not there is {}.
   */
  function compare(mine, theirs) {
    const { bare } = abc.record;
    const found = { same: 0, onlyMine: 0, onlyTheirs: [], different: [] };
    for (const [checklist, criterion, record] of records(theirs)) {
      const own = mine.checklists[checklist]?.criteria[criterion] || {};
      const item = { checklist, version: theirs.checklists[checklist].version, criterion, mine: own, theirs: record };
      if (bare(own) === "[]") found.onlyTheirs.push(item);
      else if (bare(own) === bare(record)) found.same += 1;
      else found.different.push(item);
    }
    for (const [checklist, criterion] of records(mine)) {
      const other = theirs.checklists[checklist]?.criteria[criterion] || {};
      if (bare(other) === "[]") found.onlyMine += 1;
    }
    return found;
  }

  /**
   * A document as the text of one HTML file that asks nothing of anyone, with its data: `read` finds
   * them again.
   *
   * @param {{title: string, language: string, style: string, articles: Node[], data: string}} parts
   */
  function page({ title, language, style, articles, data }) {
    const made = document.implementation.createHTMLDocument(title);
    made.documentElement.lang = language;
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
    made.head.prepend(made.createElement("meta"));
    made.head.firstElementChild.setAttribute("charset", "utf-8");
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

  abc.files = { text, name, read, compare, page };
})((window.abc = window.abc || {}));
