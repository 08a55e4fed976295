/*
 * What the pages of the tools share: which document is in use, its name, its file, undo, and whether it
 * was saved, said in words. Runs after kept.js; the page's own script calls abc.openTool.
 */
(function (abc) {
  "use strict";

  const SAVE_AFTER = 400;
  const REMIND_AFTER = 3 * 24 * 60 * 60 * 1000;
  const PROBLEMS = ["denied", "full", "damaged", "newer", "removed"];

  const { element, debounce, download, terms } = abc.dom;

  /**
   * Opens a tool.
   *
   * @param {object} tool
   * @param {string} tool.kind of its documents
   * @param {(document: object) => string} tool.summary what a document holds, in a few words
   * @param {() => void} tool.show shows the document in use
   * @param {(level: number) => Node} tool.paper the document in use, made to be printed, its heading of this level
   */
  abc.openTool = function ({ kind, summary, show, paper }) {
    const root = document.querySelector(`[data-tool="${kind}"]`);
    const data = JSON.parse(root.querySelector('[data-slot="tool-data"]').textContent);
    const speech = abc.speech({ words: data });
    const { fill } = abc;
    const words = data.kept;
    const own = data.own;
    const store = abc.kept.open(kind);
    const clock = new Intl.DateTimeFormat(speech.locale, { timeStyle: "short" });
    const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
    const nameOf = ({ title }) => title || own.unnamed;

    /* Saving, and saying so */

    // What was changed and not saved yet: parts of items, joined with the rest only when they are saved, so
    // that another tab's change of another part stays.
    const waiting = new Map();
    const saving = debounce(() => {
      store.refresh();
      const changes = Object.fromEntries(Array.from(waiting.keys(), (key) => [key, get(key)]));
      waiting.clear();
      store.put(changes);
      showState();
      showStrip();
    }, SAVE_AFTER);
    const flush = () => saving.flush();

    /** An item with what is about to be saved of it. */
    function get(key) {
      const { updated, ...record } = { ...store.get(key), ...waiting.get(key) };
      for (const [name, value] of Object.entries(record))
        if (value === null || value === undefined) delete record[name];
      return record;
    }

    /** Changes part of an item; what is null goes. Typing is saved once it pauses. */
    function set(key, part, atOnce = true) {
      waiting.set(key, { ...waiting.get(key), ...part });
      later();
      if (atOnce) saving.now();
      else saving();
    }

    const drop = (keys) => put(Object.fromEntries(keys.map((key) => [key, {}])));

    function put(changes) {
      flush();
      store.put(changes);
      later();
      showState();
      showStrip();
    }

    let elsewhere = false;
    function showState() {
      const { state, savedAt } = store;
      const line = slot("kept-state");
      const text =
        state === "saved" && elsewhere
          ? words.state.elsewhere
          : state === "saved" && !savedAt
            ? words.state.kept
            : fill(words.state[state], { time: savedAt ? clock.format(savedAt) : "" });
      elsewhere = false;
      const problem = PROBLEMS.includes(state);
      const alert = slot("kept-problem");
      // What is read out when it changes must not change without need.
      if (problem && alert.textContent !== text) alert.textContent = text;
      alert.hidden = !problem;
      line.hidden = problem;
      if (!problem && line.textContent !== text) line.textContent = text;
    }

    /* The strip */

    function showStrip() {
      const current = store.current();
      const select = slot("kept-select");
      const options = store.list().map((one) => [one.id, nameOf(one)]);
      const shown = Array.from(select.options, (one) => [one.value, one.textContent]);
      // An open list would close.
      if (JSON.stringify(shown) !== JSON.stringify(options)) {
        select.replaceChildren(...options.map(([value, textContent]) => element("option", { value, textContent })));
      }
      select.value = current.id;
      select.disabled = !store.canSwitch();
      slot("kept-summary").textContent = summary(current);
      const last = current.filed || current.created;
      const late = Date.now() - Date.parse(last) > REMIND_AFTER && current.updated > last;
      slot("kept-reminder").hidden = !(late && abc.kept.hasItems(current));
    }

    function showAll() {
      const focused = document.activeElement;
      const { id, selectionStart, selectionEnd } = /** @type {any} */ (focused) || {};
      showState();
      showStrip();
      show();
      later();
      // What was made anew has lost the focus and the cursor.
      const again = id && root.contains(focused) === false && document.getElementById(id);
      if (!again) return;
      again.focus({ preventScroll: true });
      if (typeof selectionStart === "number" && again.setSelectionRange)
        again.setSelectionRange(selectionStart, selectionEnd);
    }

    let undo = null;
    function offerUndo(text, action) {
      undo = action;
      slot("kept-undo-text").textContent = text;
      slot("kept-undo").hidden = false;
      slot("kept-undo-text").focus();
    }

    /* Names */

    const form = slot("name-dialog");
    let named = null;
    function askName(title, name, action) {
      slot("name-title").textContent = title;
      slot("name-field").value = name;
      named = action;
      form.showModal();
      slot("name-field").select();
    }

    function canAdd() {
      slot("kept-room").hidden = store.canSwitch();
      return store.canSwitch();
    }

    /* Files */

    const fileName = (ending, name = own.file) =>
      abc.files.name({ title: store.current().title, round: "" }, new Date(), name, ending);
    const dataText = () => `${JSON.stringify(store.current(), null, 2)}\n`;

    const dialog = slot("file-dialog");
    let opened = null;

    async function openFile(file) {
      flush();
      const parse = (text) => abc.kept.parse(kind, text);
      const { document: found, mended, problem } = await abc.files.read(file, `abc-${kind}`, parse);
      // Read out with the dialog's name.
      dialog.setAttribute("aria-describedby", problem ? "abrir-problema" : "abrir-texto");
      slot("file-problem").hidden = !problem;
      slot("file-preview").hidden = Boolean(problem);
      slot("file-choices").hidden = Boolean(problem);
      if (problem) {
        slot("file-problem").textContent = fill(own.problems[problem], { name: file.name });
      } else {
        opened = found;
        const known = store.list().find((one) => one.id === found.id);
        const rows = [
          [words.name, nameOf(found)],
          [
            words.changed,
            fill(words.dates, { created: speech.stampText(found.created), updated: speech.stampText(found.updated) }),
          ],
          [words.holds, summary(found)],
        ];
        if (known)
          rows.push([words.known, speech.plural(words, "differences", abc.kept.differences(known, found).length)]);
        if (mended) rows.push([words.mended, speech.plural(words, "mended_text", mended)]);
        slot("file-preview").replaceChildren(...terms(rows));
        slot("file-join").hidden = !known;
        root.querySelector('[data-action="file-apart"]').disabled = !store.canSwitch();
      }
      dialog.showModal();
    }

    function done(text, action) {
      if (dialog.open) dialog.close();
      showAll();
      offerUndo(text, action);
    }

    const goBack = (added, before) => () => {
      store.remove([added.id]);
      store.use(before);
    };

    /** Keeps another document, or says that there is no room for it; tells which. */
    function keep(added) {
      const kept = store.add(added);
      if (!kept && dialog.open) dialog.close();
      slot("kept-room").hidden = kept;
      return kept;
    }

    const style = slot("paper-style").textContent;
    const actions = {
      "kept-new": () => canAdd() && askName(own.new_title, "", (title) => keep(abc.kept.fresh(kind, title))),
      "kept-rename": () => askName(words.rename, store.current().title, (title) => store.describe({ title })),
      "kept-duplicate": () =>
        canAdd() &&
        askName(words.duplicate, fill(words.duplicate_of, { name: nameOf(store.current()) }), (title) =>
          keep(abc.kept.duplicate(store.current(), title)),
        ),
      "kept-remove"() {
        const gone = store.remove([store.current().id]);
        done(fill(words.removed, { name: nameOf(gone[0]) }), () => store.restore(gone));
      },
      "kept-save"() {
        download(fileName("json"), "application/json", dataText());
        store.filed();
        slot("kept-said").textContent = words.saved_file;
        showStrip();
      },
      "kept-open": () => slot("file-input").click(),
      "file-close": () => dialog.close(),
      "file-apart"() {
        const known = store.list().some((one) => one.id === opened.id);
        const added = known ? abc.kept.duplicate(opened) : opened;
        const before = store.current().id;
        if (!keep(added)) return;
        done(words.opened_apart, goBack(added, before));
      },
      "file-join"() {
        store.use(opened.id);
        const before = structuredClone(store.current());
        const theirs = abc.kept.differences(before, opened).filter((key) => {
          const [mine, other] = [before.items[key], opened.items[key]];
          return other && (!mine || String(other.updated || "") > String(mine.updated || ""));
        });
        const from = ({ items }) => Object.fromEntries(theirs.map((key) => [key, without(items[key])]));
        store.put(from(opened));
        done(speech.plural(words, "joined", theirs.length), () => store.put(from(before)));
      },
      "kept-undo"() {
        // What does not fit can be brought back once there is room.
        slot("kept-room").hidden = true;
        if (undo() === false) {
          slot("kept-room").hidden = false;
          return;
        }
        undo = null;
        slot("kept-undo").hidden = true;
        showAll();
        slot("kept-said").textContent = words.undone;
        slot("kept-select").focus();
      },
      "name-close": () => form.close(),
      "paper-print"() {
        showPaper();
        abc.dom.print();
      },
      "paper-html"() {
        const text = abc.files.page({
          title: `${own.paper}: ${nameOf(store.current())}`,
          language: document.documentElement.lang,
          style,
          articles: [paper(1)],
          data: dataText(),
        });
        download(fileName("html"), "text/html", text);
        store.filed();
        showStrip();
      },
    };
    const without = (record = {}) => {
      const { updated, ...rest } = record;
      return rest;
    };

    /* On paper: apart from the page's own look, so that what is seen is what the file holds */

    const preview = slot("paper").attachShadow({ mode: "open" });
    function showPaper() {
      preview.replaceChildren(element("style", { textContent: style }), paper(3));
    }
    const later = debounce(showPaper, 150);

    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-action]");
      if (!button || !actions[button.dataset.action]) return;
      flush();
      actions[button.dataset.action]();
    });
    slot("kept-select").addEventListener("change", ({ target }) => {
      flush();
      store.use(target.value);
      showAll();
      slot("kept-said").textContent = fill(words.switched, { name: nameOf(store.current()) });
    });
    slot("file-input").addEventListener("change", ({ target }) => {
      if (target.files[0]) openFile(target.files[0]);
      target.value = "";
    });
    form.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      named(slot("name-field").value.trim());
      form.close();
      showAll();
      slot("kept-said").textContent = fill(words.switched, { name: nameOf(store.current()) });
    });
    store.onOthers(() => {
      flush();
      elsewhere = true;
      showAll();
    });
    window.addEventListener("pagehide", flush);
    window.addEventListener("beforeunload", (event) => {
      flush();
      if (store.wouldLose()) event.preventDefault();
    });
    window.addEventListener("beforeprint", () => later.flush());

    return {
      root,
      data,
      own,
      speech,
      store,
      slot,
      get,
      set,
      put,
      drop,
      flush,
      offerUndo,
      fileName,
      nameOf,
      open() {
        for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;
        showAll();
        later.now();
      },
      showAll,
      // After a change that came from leaving a field: by then the next one has the focus.
      showSoon: () => setTimeout(showAll),
    };
  };
})((window.abc = window.abc || {}));
