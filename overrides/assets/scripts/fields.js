/*
 * The fields of one criterion besides its answer: confidence, evidence, target and plan. They are
 * made from the page's <template data-slot="record-fields"> when they are first needed, so that a
 * page of a hundred criteria stays light. Runs after page.js.
 */
(function (abc) {
  "use strict";

  // Letters of a note that are shown while its field is closed.
  const SHORT = 120;
  // Marks a piece of evidence that is in the record; another is only just being written.
  const KEPT = "kept";
  const { words, fill, plural, element, dayText } = abc.page;
  const texts = words.record;
  const template = document.querySelector('template[data-slot="record-fields"]');
  const value = (input, text) => {
    // Writing the same again would move the cursor.
    if (input.value !== text) input.value = text;
  };

  /** One piece of evidence, made from the template inside the template. */
  function evidenceItem(place) {
    const made = place.querySelector('template[data-slot="evidence-item"]').content.cloneNode(true).firstElementChild;
    place.querySelector('[data-slot="evidence-list"]').append(made);
    return made;
  }

  const items = (place) => Array.from(place.querySelectorAll("[data-evidence]"));
  const field = (place, name) => place.querySelector(`[data-record="${name}"]`);

  /** Says by a link that is not one what to write instead; tells whether it is fine. */
  function checkLink(item) {
    const input = item.querySelector('[data-evidence-field="link"]');
    const fine = !input.value.trim() || abc.record.link(input.value.trim()) !== "";
    const problem = item.querySelector('[data-slot="link-problem"]');
    problem.hidden = fine;
    if (fine) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
    return fine;
  }

  /** Shows a record in the fields. */
  function show(place, record) {
    const { confidence, target, evidence, plan } = abc.record.read(record);
    value(field(place, "confidence"), confidence);
    value(field(place, "target"), target === null ? "" : String(target));
    for (const name of ["what", "who", "due"]) value(field(place, name), plan[name]);
    // The one that is being written stays as it is: while a link is being mended it is not in the record.
    const written = items(place).find((item) => item.contains(document.activeElement));
    const shown = items(place).filter((item) => item !== written || KEPT in item.dataset);
    for (const item of shown.slice(evidence.length)) if (item !== written) item.remove();
    evidence.forEach((one, index) => {
      const item = shown[index] || evidenceItem(place);
      item.dataset[KEPT] = "";
      if (item === written) return;
      for (const input of item.querySelectorAll("[data-evidence-field]")) {
        value(input, one[input.dataset.evidenceField]);
      }
      checkLink(item);
    });
  }

  /** What the fields say, put into `record`; what is left empty goes. */
  function collect(place, record) {
    const set = (name, found) => {
      if (found === "" || found === null || found.length === 0) delete record[name];
      else record[name] = found;
    };
    const target = field(place, "target").value;
    set("confidence", field(place, "confidence").value);
    set("target", target === "" ? null : Number(target));
    const evidence = items(place).map((item) => {
      const fine = checkLink(item);
      const one = {};
      for (const input of item.querySelectorAll("[data-evidence-field]")) {
        const name = input.dataset.evidenceField;
        const text = input.value.trim();
        if (text && (name !== "link" || fine)) one[name] = text;
      }
      if (Object.keys(one).length) item.dataset[KEPT] = "";
      return one;
    });
    set(
      "evidence",
      evidence.filter((one) => Object.keys(one).length),
    );
    const plan = {};
    for (const name of ["what", "who", "due"]) {
      const text = field(place, name).value.trim();
      if (text) plan[name] = text;
    }
    if (Object.keys(plan).length) record.plan = plan;
    else delete record.plan;
    return record;
  }

  /**
   * Makes the fields inside `place`, once.
   *
   * @param {HTMLElement} place
   * @param {string} about what they are about, for those who hear them out of sight of it
   * @param {() => void} changed called when the person changed something
   */
  function open(place, about, changed) {
    if (place.childElementCount) return;
    place.append(template.content.cloneNode(true));
    for (const legend of place.querySelectorAll("legend")) {
      legend.append(element("span", { className: "visually-hidden", textContent: ` (${about})` }));
    }
    place.addEventListener("input", changed);
    place.addEventListener("change", changed);
    place.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.dataset.recordAction === "add") {
        evidenceItem(place).querySelector("input").focus();
      } else if (button?.dataset.recordAction === "remove") {
        button.closest("[data-evidence]").remove();
        place.querySelector('[data-record-action="add"]').focus();
        changed();
      }
    });
  }

  /** What a record holds besides its answer, in a few words, or "". */
  function summary(record) {
    const { note, confidence, target, evidence, plan } = abc.record.read(record);
    return [
      note && fill(texts.has_note, { note: note.length > SHORT ? `${note.slice(0, SHORT)}…` : note }),
      evidence.length && plural(texts, "has_evidence", evidence.length),
      confidence && texts[confidence],
      target !== null && fill(texts.has_target, { level: target }),
      plan.due ? fill(texts.has_plan_due, { date: dayText(plan.due) }) : abc.record.isPlanned(plan) && texts.has_plan,
    ]
      .filter(Boolean)
      .join(" · ");
  }

  abc.fields = { open, show, collect, summary };
})((window.abc = window.abc || {}));
