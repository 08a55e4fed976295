/*
 * Assessments as things of their own: which one is in use, their list, saving to and opening files.
 * Runs after assessment.js, which shares its store and words as abc.page.
 */
(function (abc) {
  "use strict";

  const REMIND_AFTER = 3 * 24 * 60 * 60 * 1000;
  const EXAMPLE = new URL("../example.json", document.currentScript.src);
  const { store, words, fill, plural, percent, element, debounce, terms, instrument, onChange } = abc.page;
  const { answerText, scoresOf, nameOf, stampText, dayText, download } = abc.page;
  const texts = words.assessments;
  const strip = document.querySelector('[data-slot="assessments"]');
  const slot = (name) => document.querySelector(`[data-slot="${name}"]`);

  /* The instrument: every criterion of every checklist, to score and to name what a file holds */

  const known = new Map(
    instrument.flatMap(({ criteria, retired }) => [...criteria, ...retired].map((one) => [one.id, one])),
  );

  /** How far an assessment has come over all checklists, and the mean of their scores. */
  function summaryText(assessment) {
    const { answered, total, weighted } = scoresOf(assessment).overall;
    const text = fill(texts.progress, { answered, total });
    return weighted === null ? text : `${text} · ${fill(texts.score, { score: percent(weighted) })}`;
  }

  /* Undo: the last thing done that took something away */

  let undo = null;
  function offerUndo(text, action) {
    undo = action;
    slot("assessments-undo-text").textContent = text;
    slot("assessments-undo").hidden = false;
    slot("assessments-undo-text").focus();
  }

  /* The strip on every page */

  /** Whether answers have gone long without a file: some browsers clear what they keep. */
  function needsFile({ filed, created, updated }) {
    const last = filed || created;
    const late = Date.now() - Date.parse(last) > REMIND_AFTER;
    return late && updated > last && abc.hasAnswers(store.current());
  }

  function showStrip() {
    slot("assessments-reminder").hidden = !needsFile(store.current());
    const select = slot("assessments-select");
    select.replaceChildren(
      ...store
        .list()
        .map((one) =>
          element("option", { value: one.id, textContent: nameOf(one), selected: one.id === store.current().id }),
        ),
    );
    select.disabled = !store.canSwitch();
  }

  function saveFile() {
    const assessment = store.current();
    download(abc.files.name(assessment, new Date()), "application/json", abc.files.text(assessment));
    store.filed();
    slot("assessments-state").textContent = texts.saved_file;
    show();
  }

  /* Opening a file: a preview first, and nothing changes without being asked */

  const dialog = slot("open-dialog");
  const input = slot("open-input");
  let opened = null;

  async function openFile(file) {
    const { document: assessment, problem } = await abc.files.read(file);
    slot("open-problem").hidden = !problem;
    slot("open-preview").hidden = Boolean(problem);
    slot("open-choices").hidden = Boolean(problem);
    slot("open-differences").hidden = true;
    if (problem) {
      slot("open-problem").textContent = fill(texts.problems[problem], { name: file.name });
    } else {
      opened = { assessment, differences: abc.files.compare(store.current(), assessment) };
      showPreview(assessment, opened.differences);
      // With full storage a second assessment cannot be kept; combining with this one still works.
      dialog.querySelector('[data-action="open-new"]').disabled = !store.canSwitch();
    }
    dialog.showModal();
  }

  function showPreview(assessment, { same, onlyMine, onlyTheirs, different }) {
    const rows = [
      [texts.name, nameOf(assessment)],
      [
        texts.changed,
        fill(texts.dates, { created: stampText(assessment.created), updated: stampText(assessment.updated) }),
      ],
      [texts.holds, summaryText(assessment)],
      [texts.in_use, `${nameOf(store.current())} · ${summaryText(store.current())}`],
      [
        texts.against,
        [
          plural(texts, "same", same),
          plural(texts, "only_theirs", onlyTheirs.length),
          plural(texts, "only_mine", onlyMine),
          plural(texts, "different", different.length),
        ].join(" · "),
      ],
    ];
    rows.push(...changedRows(assessment));
    const unknown = Object.values(assessment.checklists).flatMap((one) =>
      Object.keys(one.criteria).filter((id) => !known.has(id)),
    );
    if (unknown.length) rows.push([texts.unknown, plural(texts, "unknown_text", unknown.length)]);
    slot("open-preview").replaceChildren(...terms(rows));
  }

  /** What the checklists changed since the file was saved, in words: [term, list] by kind of change. */
  function changedRows({ checklists }) {
    const found = { added: [], reworded: [], meaning: [], retired: [] };
    for (const checklist of instrument) {
      const kept = checklists[checklist.id];
      if (!Number.isInteger(kept?.version)) continue;
      const changes = abc.record.changesSince(checklist, kept.version);
      for (const [name, ids] of Object.entries(changes)) {
        // What was never answered did not change for this person; what is new did.
        const told = name === "added" ? ids : ids.filter((id) => abc.holds(kept.criteria[id] || {}));
        found[name].push(...told.map((id) => known.get(id)?.statement || id));
      }
    }
    return Object.entries(found)
      .filter(([, statements]) => statements.length)
      .map(([name, statements]) => [
        words.changed[name],
        element("ul", {}, ...statements.map((one) => element("li", { textContent: one }))),
      ]);
  }

  /** One fieldset a criterion that differs, both answers side by side; the later one is chosen. */
  function showDifferences() {
    const item = ({ criterion, mine, theirs }) => {
      const choice = (value, record, label) => {
        const radio = element("input", { type: "radio", name: `merge-${criterion}`, value });
        radio.checked = String(theirs.updated) > String(mine.updated) === (value === "theirs");
        const said = element("span", {}, element("strong", { textContent: label }), ` ${recordText(record)}`);
        return element("label", { className: "merge-choice" }, radio, said);
      };
      return element(
        "fieldset",
        { className: "merge" },
        element("legend", { textContent: known.get(criterion)?.statement || criterion }),
        choice("mine", mine, texts.mine),
        choice("theirs", theirs, texts.theirs),
      );
    };
    slot("merge-list").replaceChildren(...opened.differences.different.map(item));
    slot("open-choices").hidden = true;
    slot("open-differences").hidden = false;
    slot("merge-title").focus();
  }

  /** A record in words: the answer, and all that is kept with it. */
  function recordText(record) {
    const { answer, note, reason, confidence, target, evidence, plan } = abc.record.read(record);
    const about = words.record;
    return [
      answerText(answer),
      reason,
      note,
      confidence && about[confidence],
      target !== null && fill(about.has_target, { level: target }),
      ...evidence.map(({ title, place, date, link }) => [title, place, dayText(date), link].filter(Boolean).join(", ")),
      [plan.what, plan.who, dayText(plan.due)].filter(Boolean).join(", "),
    ]
      .filter(Boolean)
      .join(" — ");
  }

  function mergeChosen() {
    const { onlyTheirs, different } = opened.differences;
    const chosen = different.filter(
      ({ criterion }) => dialog.querySelector(`[name="merge-${CSS.escape(criterion)}"]:checked`).value === "theirs",
    );
    const taken = [...onlyTheirs, ...chosen];
    const changes = (pick) =>
      taken.map(({ checklist, version, criterion, ...records }) => ({
        checklist,
        version,
        criterion,
        record: records[pick],
      }));
    store.put(changes("theirs"));
    done(plural(texts, "merged", taken.length), () => store.put(changes("mine")));
  }

  function done(text, undoAction) {
    if (dialog.open) dialog.close();
    changed();
    offerUndo(text, undoAction);
  }

  /* The list, on its own page */

  const list = slot("assessments-list");

  function showList() {
    if (!list) return;
    list.replaceChildren(
      ...store.list().map((one) => {
        const current = one.id === store.current().id;
        const make = (action, text) => {
          const made = element("button", { type: "button", className: "quiet", textContent: text });
          made.setAttribute("aria-label", `${text}: ${nameOf(one)}`);
          made.dataset.assessmentAction = action;
          made.dataset.id = one.id;
          return made;
        };
        const heading = element("h3", { id: `diagnostico-${one.id}`, textContent: nameOf(one) });
        const item = element("li", { className: current ? "card card-current" : "card" }, heading);
        if (current) item.append(element("p", { className: "tag", textContent: texts.current }));
        item.append(
          element("p", { textContent: summaryText(one) }),
          element("p", {
            className: "fine",
            textContent: fill(texts.dates, { created: stampText(one.created), updated: stampText(one.updated) }),
          }),
          element(
            "p",
            { className: "card-actions" },
            ...(current ? [] : [make("use", texts.use)]),
            make("rename", texts.rename),
            make("duplicate", texts.duplicate),
            make("remove", texts.remove),
          ),
        );
        return item;
      }),
    );
  }

  /** Whether there is room for another assessment; says so where there is none. */
  function canAdd() {
    if (store.canSwitch()) return true;
    slot("assessments-problem").textContent = texts.no_room;
    slot("assessments-problem").hidden = false;
    return false;
  }

  /* Title and round, for a new one, a new round or another name */

  const form = slot("describe-dialog");
  let describe = null;

  function askDescription(title, described, action) {
    slot("describe-title").textContent = title;
    slot("describe-name").value = described.title;
    slot("describe-round").value = described.round;
    describe = action;
    form.showModal();
    slot("describe-name").select();
  }

  const actions = {
    "assessment-save": saveFile,
    "assessment-open": () => input.click(),
    async "assessment-example"() {
      try {
        const answer = await fetch(EXAMPLE);
        const text = await answer.text();
        openFile({ name: "example.json", size: text.length, text: async () => text });
      } catch {
        slot("assessments-state").textContent = texts.example_failed;
      }
    },
    "open-close": () => dialog.close(),
    "open-new"() {
      const { assessment } = opened;
      const known = store.list().some((one) => one.id === assessment.id);
      const added = known ? abc.storage.copy(assessment) : assessment;
      const before = store.current().id;
      store.add(added);
      done(texts.opened_new, () => {
        store.remove([added.id]);
        store.use(before);
      });
    },
    "open-replace"() {
      const added = abc.storage.copy(opened.assessment);
      const gone = store.remove([store.current().id]);
      store.add(added);
      done(texts.replaced, () => {
        store.remove([added.id]);
        store.restore(gone);
      });
    },
    "open-merge"() {
      if (opened.differences.different.length) showDifferences();
      else mergeChosen();
    },
    "merge-confirm": mergeChosen,
    "assessments-undo"() {
      undo();
      undo = null;
      slot("assessments-undo").hidden = true;
      changed();
      slot("assessments-state").textContent = texts.undone;
      slot("assessments-select").focus();
    },
    "assessment-new"() {
      if (!canAdd()) return;
      askDescription(texts.new_title, { title: store.current().title, round: "" }, (described) => {
        store.add(abc.newAssessment(described));
      });
    },
    "describe-close": () => form.close(),
    "assessments-clear": () => slot("clear-dialog").showModal(),
    "clear-close": () => slot("clear-dialog").close(),
    "clear-confirm"() {
      slot("clear-dialog").close();
      const gone = store.removeEverything();
      done(texts.cleared, () => store.restore(gone));
    },
  };

  const listActions = {
    use: (id) => store.use(id),
    rename(id) {
      store.use(id);
      askDescription(texts.rename, store.current(), (described) => store.describe(described));
    },
    duplicate(id) {
      if (!canAdd()) return;
      const source = store.list().find((one) => one.id === id);
      askDescription(texts.duplicate, { title: source.title, round: "" }, (described) => {
        const now = new Date().toISOString();
        store.add(abc.storage.copy(source, { ...described, created: now, updated: now }));
      });
    },
    remove(id) {
      const before = store.current().id;
      const gone = store.remove([id]);
      done(fill(texts.removed, { name: nameOf(gone[0]) }), () => {
        store.restore(gone);
        store.use(before);
      });
    },
  };

  document.addEventListener("click", ({ target }) => {
    abc.page.flush();
    const button = target.closest("[data-action]");
    if (button && actions[button.dataset.action]) actions[button.dataset.action]();
    const inList = target.closest("[data-assessment-action]");
    if (inList) {
      listActions[inList.dataset.assessmentAction](inList.dataset.id);
      changed();
    }
  });
  slot("assessments-select").addEventListener("change", ({ target }) => {
    abc.page.flush();
    store.use(target.value);
    changed();
  });
  input.addEventListener("change", () => {
    if (input.files[0]) openFile(input.files[0]);
    input.value = "";
  });
  form?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    describe({ title: slot("describe-name").value.trim(), round: slot("describe-round").value.trim() });
    form.close();
    changed();
  });

  function changed() {
    abc.page.showAll();
    show();
  }

  function show() {
    showStrip();
    showList();
  }

  onChange(debounce(show, 300));
  strip.hidden = false;
  for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;
  show();
})((window.abc = window.abc || {}));
