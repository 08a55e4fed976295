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
    return element("div", { className: "table table-scroll", role: "group", tabIndex: 0, ariaLabel: label }, made);
  }

  abc.dom = { element, debounce, download, table };
})((window.abc = window.abc || {}));
