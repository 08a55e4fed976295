/*
 * The whole assessment on one page: every checklist as a bar and on a radar, what to attend to
 * first, and what changed since another round. Runs after assessments.js.
 */
(function (abc) {
  "use strict";

  const root = document.querySelector('[data-slot="overview"]');
  if (!root) return;

  const { store, words, instrument, fill, element, onChange, debounce, whenShown } = abc.page;
  const { answersOf, scoresOf, answerText, addressOf, linkTo, nameOf, part, points, scoreText, strictText } = abc.page;
  const texts = words.overview;
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const STEPS = 5;
  const GAPS = 15;

  const weights = (scores) => scores.map((one) => one.weighted);
  const textOf = (score) => (score ? scoreText(score) : abc.page.NONE);

  /* The same in figures */

  /** A line of the table; `target` and `before` are null where there is none, undefined where nobody has any. */
  function row(heading, score, target, before) {
    const head = element("th", { scope: "row" }, heading);
    const cells = [
      element(
        "td",
        { className: "overview-score" },
        ...abc.scoreCell(abc.page, score, target ? target.weighted : null),
        ...(score.flagged.length
          ? [
              element("span", {
                className: "flag-mark",
                textContent: abc.page.flagsText(score),
              }),
            ]
          : []),
      ),
      element("td", { textContent: fill(texts.of, { count: score.answered, total: score.total }) }),
      element("td", { textContent: part(abc.strictPart(score)) }),
    ];
    if (target !== undefined) cells.push(element("td", { textContent: textOf(target) }));
    // What changed comes first: on a narrow screen it is what one sees without scrolling the table.
    if (before !== undefined) {
      cells.splice(1, 0, element("td", { textContent: textOf(before) }));
      const change = points(score.weighted, before.weighted);
      cells.unshift(element("td", { className: "overview-change", textContent: change }));
    }
    return element("tr", {}, head, ...cells);
  }

  function showTable(now, target, before) {
    const rows = instrument.map((checklist, place) => {
      const link = element("a", { href: addressOf(checklist), textContent: checklist.short, title: checklist.title });
      return row(link, now.each[place], target?.each[place], before?.each[place]);
    });
    rows.push(row(texts.all, now.overall, target?.overall, before?.overall));
    rows.at(-1).className = "overview-all";
    slot("rows").replaceChildren(...rows);
    for (const one of root.querySelectorAll("[data-compared]")) one.hidden = !before;
    for (const one of root.querySelectorAll("[data-targeted]")) one.hidden = !target;
  }

  /* What to attend to */

  function* asked(assessment) {
    for (const checklist of instrument) {
      const answers = answersOf(assessment, checklist);
      for (const criterion of checklist.criteria) yield [checklist, criterion, answers.get(criterion.id)];
    }
  }

  const { valueOf } = abc;

  function showGaps(assessment) {
    const gaps = abc.gaps(instrument, assessment);
    const item = ({ checklist, criterion, record }) =>
      element(
        "li",
        {},
        linkTo(criterion.id),
        element("span", { className: "fine", textContent: ` ${checklist.short} · ${answerText(record.answer)}` }),
      );
    slot("gaps-text").textContent = gaps.length ? texts.steps_text : texts.gaps_none;
    slot("gaps").replaceChildren(...abc.firstSteps(gaps, STEPS).map(item));
    slot("gaps-details").hidden = gaps.length === 0;
    slot("gaps-all").replaceChildren(...gaps.slice(0, GAPS).map(item));
  }

  /* Since another round */

  function showChanges(assessment, earlier) {
    slot("changes-section").hidden = !earlier;
    if (!earlier) return;
    const before = new Map(Array.from(asked(earlier), ([, criterion, answer]) => [criterion.id, answer]));
    const changes = Array.from(asked(assessment)).filter(
      ([, criterion, answer]) => (before.get(criterion.id) ?? "") !== (answer ?? ""),
    );
    const moves = changes.map(
      ([, criterion, answer]) => (valueOf(answer) ?? -1) - (valueOf(before.get(criterion.id)) ?? -1),
    );
    slot("changes-text").textContent = changes.length
      ? fill(texts.changes_text, {
          up: moves.filter((one) => one > 0).length,
          down: moves.filter((one) => one < 0).length,
        })
      : texts.changes_none;
    slot("changes-details").hidden = changes.length === 0;
    slot("changes").replaceChildren(
      ...changes.map(([checklist, criterion, answer]) =>
        element(
          "li",
          {},
          linkTo(criterion.id),
          element("span", {
            className: "fine",
            textContent: ` ${answerText(before.get(criterion.id))} → ${answerText(answer)}`,
          }),
        ),
      ),
    );
  }

  /* The page */

  const compare = slot("compare");
  let compared = "";

  function showChoices() {
    const names = abc.page.namesOf(store.list());
    const others = store.list().filter((one) => one.id !== store.current().id);
    if (!others.some((one) => one.id === compared)) compared = "";
    compare.replaceChildren(
      element("option", { value: "", textContent: texts.compare_none }),
      ...others.map((one) =>
        element("option", { value: one.id, textContent: names.get(one.id), selected: one.id === compared }),
      ),
    );
    slot("compare-line").hidden = others.length === 0;
  }

  function show() {
    showChoices();
    const assessment = store.current();
    const earlier = store.list().find((one) => one.id === compared && compared !== "");
    const now = scoresOf(assessment);
    const before = earlier && scoresOf(earlier);
    const { overall } = now;
    slot("overview-name").textContent = nameOf(assessment);
    abc.page.showFlags(slot("flagged"), slot("flagged-list"), overall.flagged, linkTo);
    abc.page.showScore((name) => slot(`overview-${name === "name" ? "score-name" : name}`), overall, texts.score);
    slot("overview-completeness").textContent = fill(words.results.completeness_text, {
      count: overall.answered,
      total: overall.total,
    });
    slot("overview-strict").textContent = `${part(abc.strictPart(overall))} (${strictText(overall)})`;
    const target = abc.targetsOf(instrument, assessment);
    slot("provisional-key").hidden = !now.each.some((one) => abc.standing(one) === "provisional");
    slot("radar").replaceChildren(
      abc.radar(
        instrument.map((one) => one.short),
        {
          ...abc.series(now.each),
          before: before && weights(before.each),
          target: target && target.each.map((one, place) => (one || now.each[place]).weighted),
        },
      ),
    );
    showTable(now, target, before);
    showGaps(assessment);
    abc.page.showOld(root);
    showChanges(assessment, earlier);
  }

  compare.addEventListener("change", () => {
    compared = compare.value;
    show();
  });
  const print = root.querySelector('[data-action="print"]');
  print.addEventListener("click", () => abc.page.named(() => abc.dom.print()));
  whenShown(show);
  store.onOthers(show);
  onChange(debounce(show, 100));
  root.hidden = false;
  show();
})((window.abc = window.abc || {}));
