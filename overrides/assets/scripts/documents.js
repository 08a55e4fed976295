/* The page that makes documents: which one, in which languages, on paper or as a file. Runs after report.js. */
(function (abc) {
  "use strict";

  const root = document.querySelector('[data-slot="documents"]');
  const { store, words, language, fill, download, whenShown } = abc.page;
  const texts = words.documents;
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const form = slot("documents-form");
  const style = slot("report-style").textContent;
  // Apart from the page's own look: what is seen here is what the file holds.
  const preview = slot("report").attachShadow({ mode: "open" });

  const kind = () => form.querySelector('[name="kind"]:checked').value;
  const codes = () => Array.from(form.querySelectorAll('[name="language"]:checked'), (one) => one.value);
  const fileName = (ending) => abc.files.name(store.current(), new Date(), texts.files[kind()], ending);

  /** The instruments of the languages chosen, with their texts. */
  async function instruments() {
    const found = {};
    for (const code of codes()) {
      const { words: said, checklists } = await abc.page.loadInstrument(code);
      found[code] = { words: said, checklists, texts: await abc.page.loadTexts(code) };
    }
    return found;
  }

  /** In which languages the document is shown, said once it is. */
  function languagesText() {
    const labels = Array.from(form.querySelectorAll('[name="language"]:checked'), (one) => one.closest("label"));
    const names = labels.map((one) => one.textContent.trim());
    return fill(texts.shown_in, { languages: new Intl.ListFormat(abc.page.locale).format(names) });
  }

  const frame = slot("report");
  let shown = Promise.resolve(true);
  let turn = 0;

  /** Shows the document that is asked for; whether it came. Until then the one before is not it, nor printed. */
  async function make(said) {
    const mine = (turn += 1);
    abc.page.flush();
    frame.setAttribute("aria-busy", "true");
    try {
      const chosen = await instruments();
      if (mine !== turn) return shown;
      const sheet = document.createElement("style");
      sheet.textContent = style;
      preview.replaceChildren(sheet, ...abc.report.articles(kind(), store.current(), chosen, 3));
      const empty = abc.hasAnswers(store.current()) ? "" : texts.empty;
      slot("documents-state").textContent = [said, empty].filter(Boolean).join(" ");
      frame.setAttribute("aria-busy", "false");
      return true;
    } catch {
      if (mine !== turn) return shown;
      preview.replaceChildren();
      slot("documents-state").textContent = texts.failed;
      frame.setAttribute("aria-busy", "false");
      return false;
    }
  }

  function show(said = "") {
    shown = make(said);
  }

  const actions = {
    print: () => abc.dom.print(shown),
    async html() {
      const text = abc.report.file(kind(), store.current(), await instruments(), style);
      download(fileName("html"), "text/html", text);
    },
    async csv() {
      const rows = abc.report.rows(store.current(), Object.values(await instruments())[0]);
      download(abc.files.name(store.current(), new Date(), "", "csv"), "text/csv", abc.spreadsheet(rows));
    },
  };

  root.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-document]");
    if (button) abc.page.named(actions[button.dataset.document]);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    // A document is in one language at least.
    if (codes().length === 0) target.checked = true;
    show(target.name === "language" ? languagesText() : "");
  });
  form.querySelector(`[name="language"][value="${CSS.escape(language)}"]`).checked = true;
  whenShown(() => show());
  store.onOthers(() => show());
  root.hidden = false;
  show();
})((window.abc = window.abc || {}));
