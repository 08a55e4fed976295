/*
 * The whole assessment on one page: every checklist as a bar and on a radar, what to attend to
 * first, and what changed since another round. Runs after assessments.js.
 */
(function (abc) {
  "use strict";

  const root = document.querySelector('[data-slot="overview"]');
  if (!root) return;

  const { store, words, instrument, fill, element, onChange, debounce, whenShown } = abc.page;
  const { answersOf, scoresOf, answerText, addressOf, nameOf, part, points, bandOf, meanText, strictText } = abc.page;
  const texts = words.overview;
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const GAPS = 15;

  const strictPart = (score) => part(abc.strictPart(score));
  const weights = (scores) => scores.map((one) => one.weighted);

  /** The scores with every target reached, by checklist and overall, or null without any target. */
  function targetsOf(assessment, now) {
    const answers = instrument.map(({ id, criteria }) =>
      abc.withTargets(criteria, assessment.checklists[id]?.criteria || {}),
    );
    if (answers.every((one) => one === null)) return null;
    const each = instrument.map(({ criteria }, place) =>
      answers[place] ? abc.score(criteria, answers[place]) : now.each[place],
    );
    return { each, overall: abc.overall(each) };
  }

  /* The same in figures */

  function row(heading, score, target, before) {
    const { weighted } = score;
    const head = element("th", { scope: "row" }, heading);
    const figures = element("strong", { textContent: part(weighted) });
    const cells = [
      element("td", { className: "overview-score" }, figures, abc.meter(weighted, target)),
      element("td", { textContent: fill(texts.of, { count: score.answered, total: score.total }) }),
      element("td", { textContent: strictPart(score) }),
    ];
    if (target !== undefined) cells.push(element("td", { textContent: part(target) }));
    // What changed comes first: on a narrow screen it is what one sees without scrolling the table.
    if (before !== undefined) {
      cells.splice(1, 0, element("td", { textContent: part(before) }));
      cells.unshift(element("td", { className: "overview-change", textContent: points(weighted, before) }));
    }
    return element("tr", {}, head, ...cells);
  }

  function showTable(now, target, before) {
    const rows = instrument.map((checklist, place) => {
      const link = element("a", { href: addressOf(checklist), textContent: checklist.short, title: checklist.title });
      return row(link, now.each[place], target?.each[place].weighted, before?.each[place].weighted);
    });
    rows.push(row(texts.all, now.overall, target?.overall.weighted, before?.overall.weighted));
    rows.at(-1).className = "overview-all";
    slot("rows").replaceChildren(...rows);
    for (const one of root.querySelectorAll("[data-compared]")) one.hidden = !before;
    for (const one of root.querySelectorAll("[data-targeted]")) one.hidden = !target;
  }

  /* What to attend to */

  const linkTo = (checklist, criterion) =>
    element("a", { href: addressOf(checklist, criterion.id), textContent: criterion.statement });

  function* asked(assessment) {
    for (const checklist of instrument) {
      const answers = answersOf(assessment, checklist);
      for (const criterion of checklist.criteria) yield [checklist, criterion, answers.get(criterion.id)];
    }
  }

  const { valueOf } = abc;

  function showGaps(assessment) {
    const flagged = Array.from(asked(assessment)).filter(
      ([, criterion, answer]) => abc.flagOf(criterion, answer) !== null,
    );
    const gaps = abc.gaps(instrument, assessment);
    slot("flagged").hidden = flagged.length === 0;
    slot("flagged-list").replaceChildren(...flagged.map((one) => element("li", {}, linkTo(...one))));
    slot("gaps-text").textContent = gaps.length ? texts.gaps_text : texts.gaps_none;
    slot("gaps").replaceChildren(
      ...gaps
        .slice(0, GAPS)
        .map(({ checklist, criterion, record }) =>
          element(
            "li",
            {},
            linkTo(checklist, criterion),
            element("span", { className: "fine", textContent: ` ${checklist.short} · ${answerText(record.answer)}` }),
          ),
        ),
    );
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
          linkTo(checklist, criterion),
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
    slot("overview-score").textContent = part(overall.weighted);
    slot("overview-ring").style.strokeDasharray = `${100 * (overall.weighted ?? 0)} 100`;
    const band = bandOf(overall.weighted === null ? null : 3 * overall.weighted);
    slot("overview-band").textContent = band ? band.name : "";
    slot("overview-mean").textContent = overall.weighted === null ? words.results.none : meanText(3 * overall.weighted);
    slot("overview-provisional").hidden = !(overall.provisional && overall.weighted !== null);
    slot("overview-completeness").textContent = fill(words.results.completeness_text, {
      count: overall.answered,
      total: overall.total,
    });
    slot("overview-strict").textContent = `${strictPart(overall)} (${strictText(overall)})`;
    const target = targetsOf(assessment, now);
    slot("radar").replaceChildren(
      abc.radar(
        instrument.map((one) => one.short),
        { now: weights(now.each), before: before && weights(before.each), target: target && weights(target.each) },
      ),
    );
    showTable(now, target, before);
    showGaps(assessment);
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
