/*
 * Assessments as things of their own: which one is in use, their list, saving to and opening files.
 * Runs after assessment.js, which shares its store and words as abc.page.
 */
(function (abc) {
  "use strict";

  const REMIND_AFTER = 3 * 24 * 60 * 60 * 1000;
  // A script: from a folder opened without a server, nothing else can be loaded.
  const EXAMPLE = "assets/example.js";
  const { store, words, fill, plural, element, debounce, terms, instrument, onChange } = abc.page;
  const { answerText, scoresOf, shortText, nameOf, namesOf, stampText, dayText, download } = abc.page;
  const texts = words.assessments;
  const strip = document.querySelector('[data-slot="assessments"]');
  const slot = (name) => document.querySelector(`[data-slot="${name}"]`);

  /* The instrument: every criterion of every checklist, to score and to name what a file holds */

  const known = new Map(
    instrument.flatMap(({ criteria, retired }) => [...criteria, ...retired].map((one) => [one.id, one])),
  );

  /** How far an assessment has come over all checklists, and its score. */
  function summaryText(assessment) {
    const { overall } = scoresOf(assessment);
    return shortText(overall, fill(texts.progress, overall), (score) => fill(texts.score, { score }));
  }

  /* Undo: the last thing done that took something away */

  let undo = null;
  function showUndo(text, action) {
    undo = action;
    slot("assessments-undo-text").textContent = text;
    slot("assessments-undo").hidden = false;
  }
  function offerUndo(text, action) {
    showUndo(text, action);
    slot("assessments-undo-text").focus();
  }

  /** Says to those who listen what was done. */
  const say = (text) => (slot("assessments-state").textContent = text);
  const nameInUse = () => namesOf(store.list()).get(store.current().id);

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
    const all = store.list();
    const names = namesOf(all);
    select.replaceChildren(
      ...all.map((one) =>
        element("option", { value: one.id, textContent: names.get(one.id), selected: one.id === store.current().id }),
      ),
    );
    select.disabled = !store.canSwitch();
  }

  /* The name, asked once: when the first file or paper is made */

  const ASKED = "abc.name-asked";
  const question = slot("municipality-dialog");
  let wanted = null;

  /** Whether the question can be put; that it was is noted, so that it never comes again. */
  function mayAsk() {
    if (store.current().title || store.state === "newer") return false;
    try {
      if (localStorage.getItem(ASKED)) return false;
      localStorage.setItem(ASKED, new Date().toISOString());
      return true;
    } catch {
      // What cannot be remembered would be asked again on every page.
      return false;
    }
  }

  /** Does what makes a file or a paper, after asking for the name that will stand on it. */
  function named(action) {
    abc.page.flush();
    if (!mayAsk()) return action();
    wanted = action;
    slot("municipality-name").value = "";
    question.showModal();
  }
  abc.page.named = named;

  question.querySelector("form").addEventListener("submit", () => {
    const title = slot("municipality-name").value.trim();
    if (!title) return;
    store.describe({ title, round: store.current().round });
    changed();
  });
  // Without a name, by the button or by Escape, it goes on all the same.
  question.addEventListener("close", () => {
    const action = wanted;
    wanted = null;
    action?.();
  });

  function saveFile() {
    const assessment = store.current();
    download(abc.files.name(assessment, new Date()), "application/json", abc.files.text(assessment));
    store.filed();
    say(texts.saved_file);
    show();
  }

  /* Opening a file: a preview first, and nothing changes without being asked */

  const dialog = slot("open-dialog");
  const input = slot("open-input");
  let opened = null;

  async function openFile(file) {
    const { document: assessment, mended, problem } = await abc.files.read(file);
    if (!problem && isEmpty()) return openAtOnce(assessment, mended);
    // Read out with the dialog's name.
    dialog.setAttribute("aria-describedby", problem ? "abrir-problema" : "abrir-texto");
    slot("open-problem").hidden = !problem;
    slot("open-preview").hidden = Boolean(problem);
    slot("open-choices").hidden = Boolean(problem);
    slot("open-differences").hidden = true;
    if (problem) {
      slot("open-problem").textContent = fill(texts.problems[problem], { name: file.name });
    } else {
      opened = { assessment, differences: abc.files.compare(store.current(), assessment) };
      showPreview(assessment, opened.differences, mended);
      // With full storage a second assessment cannot be kept; combining with this one still works.
      dialog.querySelector('[data-action="open-new"]').disabled = !store.canSwitch();
    }
    dialog.showModal();
  }

  /** Whether this browser keeps nothing that a file could be opened beside, and nothing waits to be undone. */
  function isEmpty() {
    const undone = slot("undo");
    if (["newer", "full"].includes(store.state) || (undone && !undone.hidden)) return false;
    return store.list().every((one) => !one.title && !abc.hasAnswers(one));
  }

  /** Opens a file where there is nothing to choose, and goes on where its answers end. */
  function openAtOnce(assessment, mended) {
    const before = store.list().map((one) => one.id);
    const added = before.includes(assessment.id) ? abc.storage.copy(assessment) : assessment;
    store.add(added);
    store.remove(before);
    changed();
    const unknown = unknownIn(assessment);
    const text = [
      fill(texts.opened, { name: nameOf(added), summary: summaryText(added) }),
      unknown && `${texts.unknown}: ${plural(texts, "unknown_text", unknown)}`,
      mended && plural(texts, "mended_text", mended),
    ]
      .filter(Boolean)
      .join(" ");
    const takeBack = () => store.remove([added.id]);
    showUndo(text, takeBack);
    if (abc.sheet?.toUnanswered()) say(text);
    else offerUndo(text, takeBack);
  }

  /** How many criteria of an assessment this site does not ask. */
  const unknownIn = ({ checklists }) =>
    Object.values(checklists).flatMap((one) => Object.keys(one.criteria).filter((id) => !known.has(id))).length;

  function showPreview(assessment, { same, onlyMine, onlyTheirs, different }, mended) {
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
    const unknown = unknownIn(assessment);
    if (unknown) rows.push([texts.unknown, plural(texts, "unknown_text", unknown)]);
    if (mended) rows.push([texts.mended, plural(texts, "mended_text", mended)]);
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

  const buttonOf = (action, id) =>
    list?.querySelector(`[data-assessment-action="${action}"][data-id="${CSS.escape(id)}"]`);

  function showList() {
    if (!list) return;
    const { assessmentAction, id } = /** @type {HTMLElement} */ (document.activeElement).dataset;
    const all = store.list();
    const names = namesOf(all);
    list.replaceChildren(
      ...all.map((one) => {
        const current = one.id === store.current().id;
        const name = names.get(one.id);
        const make = (action, text) => {
          const made = element("button", { type: "button", className: "quiet", textContent: text });
          made.setAttribute("aria-label", `${text}: ${name}`);
          made.dataset.assessmentAction = action;
          made.dataset.id = one.id;
          return made;
        };
        const heading = element("h3", { id: `diagnostico-${one.id}`, textContent: name });
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
    // The buttons are made anew.
    if (assessmentAction) buttonOf(assessmentAction, id)?.focus({ preventScroll: true });
  }

  /** Goes to an assessment in the list: to a button of it, or to its name where that is gone. */
  function goToCard(id, action = "") {
    const place = (action && buttonOf(action, id)) || document.getElementById(`diagnostico-${id}`);
    if (place) abc.places.focus(place);
  }

  /** Whether there is room for another assessment; says so where there is none. */
  function canAdd() {
    if (store.canSwitch()) return true;
    sayNoRoom();
    return false;
  }

  function sayNoRoom() {
    if (dialog.open) dialog.close();
    slot("assessments-problem").textContent = texts.no_room;
    slot("assessments-problem").hidden = false;
  }

  /* Title and round, for a new one, a new round or another name */

  const form = slot("describe-dialog");
  let describe = null;

  /**
   * Asks for title and round; `id` is the assessment that gets them, where there is one already.
   * `done` takes them and gives the id of what was named.
   */
  function askDescription(title, { id = "", round = "", title: name = "" }, done) {
    slot("describe-title").textContent = title;
    slot("describe-name").value = name;
    slot("describe-round").value = round;
    showTaken(false);
    describe = { id, done };
    form.showModal();
    slot("describe-name").select();
  }

  /** Says that another assessment has this name and round already. */
  function showTaken(taken) {
    const field = slot("describe-round");
    slot("describe-problem").hidden = !taken;
    if (taken) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", taken ? "datos-ronda-ayuda datos-problema" : "datos-ronda-ayuda");
  }

  /** A round for another one like `source`: this year where its round is a year, else the next number. */
  function nextRound(source) {
    const alike = store.list().filter((one) => one.title === source.title);
    const isTaken = (round) => alike.some((one) => one.round === round);
    const year = String(new Date().getFullYear());
    if (/^\d{4}$/.test(source.round) && !isTaken(year)) return year;
    let number = alike.length + 1;
    while (isTaken(fill(texts.round_number, { number }))) number += 1;
    return fill(texts.round_number, { number });
  }

  const actions = {
    "assessment-save": () => named(saveFile),
    "municipality-skip": () => question.close(),
    "assessment-open": () => input.click(),
    async "assessment-example"() {
      try {
        await abc.page.loadOnce(EXAMPLE);
        const text = JSON.stringify(abc.example);
        openFile({ name: "example.json", size: text.length, text: async () => text });
      } catch {
        say(texts.example_failed);
      }
    },
    "open-close": () => dialog.close(),
    "open-new"() {
      const { assessment } = opened;
      const known = store.list().some((one) => one.id === assessment.id);
      const added = known ? abc.storage.copy(assessment) : assessment;
      const before = store.current().id;
      if (!store.add(added)) return sayNoRoom();
      done(texts.opened_new, () => {
        store.remove([added.id]);
        store.use(before);
      });
    },
    "open-replace"() {
      const added = abc.storage.copy(opened.assessment);
      const gone = store.replace(added);
      if (!gone) return sayNoRoom();
      done(texts.replaced, () => {
        if (!store.restore(gone)) return false;
        store.remove([added.id]);
      });
    },
    "open-merge"() {
      if (opened.differences.different.length) showDifferences();
      else mergeChosen();
    },
    "merge-confirm": mergeChosen,
    "assessments-undo"() {
      // What does not fit can be brought back once there is room.
      if (undo() === false) return sayNoRoom();
      undo = null;
      slot("assessments-problem").hidden = true;
      slot("assessments-undo").hidden = true;
      changed();
      say(texts.undone);
      // With full storage there is nothing to choose.
      const select = slot("assessments-select");
      abc.places.focus(select.disabled ? strip : select);
    },
    "assessment-new"() {
      if (!canAdd()) return;
      const { title } = store.current();
      const like = { title, round: "" };
      const taken = title && store.list().some((one) => one.title === title);
      askDescription(texts.new_title, taken ? { title, round: nextRound(like) } : like, (described) => {
        const added = abc.newAssessment(described);
        if (!store.add(added)) return sayNoRoom();
        return { id: added.id, text: fill(texts.switched, { name: nameInUse() }) };
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
    use(id) {
      store.use(id);
      changed();
      goToCard(id);
      say(fill(texts.switched, { name: nameInUse() }));
    },
    rename(id) {
      const one = store.list().find((each) => each.id === id);
      const before = store.current().id;
      if (id !== before && !canAdd()) return;
      askDescription(texts.rename, one, (described) => {
        store.use(id);
        store.describe(described);
        store.use(before);
        return { id, action: "rename", text: fill(texts.renamed, { name: nameOf(described) }) };
      });
    },
    duplicate(id) {
      if (!canAdd()) return;
      const source = store.list().find((one) => one.id === id);
      const { title } = source;
      askDescription(texts.duplicate, { title, round: nextRound(source) }, (described) => {
        const now = new Date().toISOString();
        const added = abc.storage.copy(source, { ...described, created: now, updated: now });
        if (!store.add(added)) return sayNoRoom();
        return { id: added.id, text: fill(texts.switched, { name: nameInUse() }) };
      });
    },
    remove(id) {
      const before = store.current().id;
      const name = namesOf(store.list()).get(id);
      const gone = store.remove([id]);
      done(fill(texts.removed, { name }), () => {
        if (!store.restore(gone)) return false;
        store.use(before);
      });
    },
  };

  document.addEventListener("click", ({ target }) => {
    abc.page.flush();
    const button = target.closest("[data-action]");
    if (button && actions[button.dataset.action]) actions[button.dataset.action]();
    const inList = target.closest("[data-assessment-action]");
    if (inList) listActions[inList.dataset.assessmentAction](inList.dataset.id);
  });
  // The file was chosen in a window of the browser's own, or the button was made anew meanwhile.
  dialog.addEventListener("close", () => {
    const { activeElement } = document;
    if (activeElement === document.body || dialog.contains(activeElement))
      slot("assessments").querySelector('[data-action="assessment-open"]').focus();
  });
  slot("assessments-select").addEventListener("change", ({ target }) => {
    abc.page.flush();
    store.use(target.value);
    changed();
    say(fill(texts.switched, { name: nameInUse() }));
  });
  input.addEventListener("change", () => {
    if (input.files[0]) openFile(input.files[0]);
    input.value = "";
  });
  form?.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const described = { title: slot("describe-name").value.trim(), round: slot("describe-round").value.trim() };
    const alike = (one) => one.id !== describe.id && one.title === described.title && one.round === described.round;
    if (store.list().some(alike)) {
      showTaken(true);
      slot("describe-round").focus();
      return;
    }
    const made = describe.done(described);
    form.close();
    changed();
    // Without room for it nothing was made, and that has been said.
    if (!made) return;
    goToCard(made.id, made.action);
    say(made.text);
  });
  slot("describe-round")?.addEventListener("input", () => showTaken(false));
  slot("describe-name")?.addEventListener("input", () => showTaken(false));

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
