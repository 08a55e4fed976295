/* Small things that pages do with elements; everything a person typed goes in as text. */
(function (abc) {
  "use strict";

  /** A new element with properties and children. */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.assign(made, attributes);
    made.append(...children);
    return made;
  }

  /** Runs `action` once things are quiet; `now` runs it at once, `flush` only if it waits. */
  function debounce(action, wait) {
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(later.now, wait);
    };
    later.now = () => {
      clearTimeout(timer);
      timer = 0;
      action();
    };
    later.flush = () => timer && later.now();
    return later;
  }

  /** Hands a file to the browser's downloads. */
  function download(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  // A face that does not come is no reason not to print.
  const FACES = 5_000;

  /**
   * Opens the window to print once what is to be printed is there: `ready`, which may say false where it will not
   * come, and the face of its words; with another face they would take other pages.
   */
  async function print(ready) {
    if ((await ready) === false) return;
    await Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, FACES))]);
    window.print();
  }

  /** A table whose first column names the rows; on a narrow screen it scrolls, by keyboard too. */
  function table(className, label, columns, rows) {
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
    abc.watchWidth?.(box);
    return box;
  }

  /** Terms of a list of definitions, each row a term and what is said of it. */
  const terms = (rows) =>
    rows.flatMap(([term, ...said]) => [element("dt", {}, term), ...said.map((one) => element("dd", {}, one))]);

  /** What the documents on paper are made with; `top` is the level of their own heading. */
  function paper(top) {
    const tag = (name, className, ...children) => element(name, { className }, ...children);
    const heading = (level, className, ...children) => tag(`h${Math.min(6, top + level)}`, className, ...children);
    const p = (className, ...children) => tag("p", className, ...children);
    const head = (kind, title, ...lines) =>
      tag(
        "header",
        "report-head",
        p("report-kind", kind),
        heading(0, "report-title", title),
        p("report-fine", lines.filter(Boolean).join(" · ")),
      );
    const foot = (...lines) => tag("footer", "report-foot", ...lines.map((one) => p("report-fine", one)));
    return { tag, heading, p, head, foot };
  }

  abc.dom = { element, debounce, download, print, table, terms, paper };
})((window.abc = window.abc || {}));
