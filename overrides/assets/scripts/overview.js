/*
 * The whole assessment on one page: every checklist as a bar and on a radar, what to attend to
 * first, and what changed since another round. Runs after assessments.js.
 */
(function (abc) {
  "use strict";

  const siteRoot = new URL("../../", document.currentScript.src);
  const root = document.querySelector('[data-slot="overview"]');
  if (!root) return;

  const { store, words, instrument, fill, percent, element, onChange, debounce, whenShown } = abc.page;
  const { answersOf, scoresOf, answerText } = abc.page;
  const texts = words.overview;
  const slot = (name) => root.querySelector(`[data-slot="${name}"]`);
  const decimal = new Intl.NumberFormat(words.format.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(words.format.locale, { signDisplay: "exceptZero" });
  const SVG = "http://www.w3.org/2000/svg";
  const GAPS = 15;
  const NONE = "—";

  const addressOf = ({ url }) => new URL(url, siteRoot).href;
  const part = (value) => (value === null ? NONE : percent(value));
  const strictText = (score) => part(abc.strictPart(score));

  /* The picture: an axis a checklist, from the middle (0) to the rim (100 %) */

  const RADIUS = 100;

  function point(place, value, count) {
    const angle = (2 * Math.PI * place) / count - Math.PI / 2;
    return [RADIUS * value * Math.cos(angle), RADIUS * value * Math.sin(angle)];
  }

  function svg(name, attributes, text = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  const points = (values) =>
    values.map((value, place) => point(place, value ?? 0, values.length).map((at) => at.toFixed(1)).join()).join(" ");

  function showRadar(now, before) {
    const count = instrument.length;
    const parts = [1, 2, 3].map((level) =>
      svg("polygon", { class: "radar-ring", points: points(new Array(count).fill(level / 3)) }),
    );
    instrument.forEach((checklist, place) => {
      const [x, y] = point(place, 1, count);
      parts.push(svg("line", { class: "radar-axis", x1: 0, y1: 0, x2: x, y2: y }));
      const [left, top] = point(place, 1.12, count);
      const anchor = Math.abs(left) < 10 ? "middle" : left > 0 ? "start" : "end";
      parts.push(svg("text", { class: "radar-name", x: left, y: top + 3, "text-anchor": anchor }, checklist.short));
    });
    if (before) parts.push(svg("polygon", { class: "radar-before", points: points(before.each.map((one) => one.weighted)) }));
    parts.push(svg("polygon", { class: "radar-now", points: points(now.each.map((one) => one.weighted)) }));
    now.each.forEach(({ weighted }, place) => {
      if (weighted === null) return;
      const [cx, cy] = point(place, weighted, count);
      parts.push(svg("circle", { class: "radar-point", cx, cy, r: 3 }));
    });
    slot("radar").replaceChildren(...parts);
  }

  /* The same in figures */

  function changeText(now, before) {
    if (now === null || before === null) return NONE;
    return fill(texts.points, { points: signed.format(abc.percent(now) - abc.percent(before)) });
  }

  function row(heading, score, weighted, before) {
    const bar = element("span", { className: "meter", ariaHidden: "true" }, element("span", {}));
    bar.firstChild.style.inlineSize = `${100 * (weighted ?? 0)}%`;
    const head = element("th", { scope: "row" }, heading);
    const cells = [
      element("td", { className: "overview-score" }, element("strong", { textContent: part(weighted) }), bar),
      element("td", { textContent: fill(texts.of, { count: score.answered, total: score.total }) }),
      element("td", { textContent: strictText(score) }),
    ];
    if (before !== undefined) {
      cells.push(element("td", { textContent: part(before) }), element("td", { textContent: changeText(weighted, before) }));
    }
    return element("tr", {}, head, ...cells);
  }

  function showTable(now, before) {
    const rows = instrument.map((checklist, place) => {
      const score = now.each[place];
      const link = element("a", { href: addressOf(checklist), textContent: checklist.short, title: checklist.title });
      return row(link, score, score.weighted, before && before.each[place].weighted);
    });
    rows.push(row(texts.all, now.overall, now.overall.weighted, before && before.overall.weighted));
    rows.at(-1).className = "overview-all";
    slot("rows").replaceChildren(...rows);
    for (const one of root.querySelectorAll("[data-compared]")) one.hidden = !before;
  }

  /* What to attend to */

  const linkTo = (checklist, criterion) =>
    element("a", { href: `${addressOf(checklist)}#${criterion.id}`, textContent: criterion.statement });

  function* asked(assessment) {
    for (const checklist of instrument) {
      const answers = answersOf(assessment, checklist);
      for (const criterion of checklist.criteria) yield [checklist, criterion, answers.get(criterion.id)];
    }
  }

  const valueOf = (answer) => (abc.isLevel(answer) ? answer : answer === "no_information" ? 0 : null);

  function showGaps(assessment) {
    const flagged = [];
    const gaps = [];
    for (const [checklist, criterion, answer] of asked(assessment)) {
      if (criterion.critical && answer === 0) flagged.push([checklist, criterion]);
      const value = valueOf(answer);
      if (value !== null && value < 3) gaps.push({ checklist, criterion, answer, size: criterion.weight * (3 - value) });
    }
    gaps.sort((one, other) => other.size - one.size || Boolean(other.criterion.critical) - Boolean(one.criterion.critical));
    slot("flagged").hidden = flagged.length === 0;
    slot("flagged-list").replaceChildren(...flagged.map((one) => element("li", {}, linkTo(...one))));
    slot("gaps-text").textContent = gaps.length ? texts.gaps_text : texts.gaps_none;
    slot("gaps").replaceChildren(
      ...gaps.slice(0, GAPS).map(({ checklist, criterion, answer }) =>
        element(
          "li",
          {},
          linkTo(checklist, criterion),
          element("span", { className: "fine", textContent: ` ${checklist.short} · ${answerText(answer)}` }),
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
    const moves = changes.map(([, criterion, answer]) => (valueOf(answer) ?? -1) - (valueOf(before.get(criterion.id)) ?? -1));
    slot("changes-text").textContent = changes.length
      ? fill(texts.changes_text, { up: moves.filter((one) => one > 0).length, down: moves.filter((one) => one < 0).length })
      : texts.changes_none;
    slot("changes-details").hidden = changes.length === 0;
    slot("changes").replaceChildren(
      ...changes.map(([checklist, criterion, answer]) =>
        element(
          "li",
          {},
          linkTo(checklist, criterion),
          element("span", { className: "fine", textContent: ` ${answerText(before.get(criterion.id))} → ${answerText(answer)}` }),
        ),
      ),
    );
  }

  /* The page */

  const compare = slot("compare");
  let compared = "";

  function showChoices() {
    const others = store.list().filter((one) => one.id !== store.current().id);
    if (!others.some((one) => one.id === compared)) compared = "";
    compare.replaceChildren(
      element("option", { value: "", textContent: texts.compare_none }),
      ...others.map((one) => element("option", { value: one.id, textContent: abc.page.nameOf(one), selected: one.id === compared })),
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
    slot("overview-name").textContent = abc.page.nameOf(assessment);
    slot("overview-score").textContent = part(overall.weighted);
    slot("overview-ring").style.strokeDasharray = `${100 * (overall.weighted ?? 0)} 100`;
    const band = overall.weighted === null ? null : words.bands.findLast((one) => 3 * overall.weighted >= one.from);
    slot("overview-band").textContent = band ? band.name : "";
    slot("overview-mean").textContent =
      overall.weighted === null ? words.results.none : fill(words.results.mean, { value: decimal.format(abc.roundMean(3 * overall.weighted)) });
    slot("overview-provisional").hidden = !(overall.provisional && overall.weighted !== null);
    slot("overview-completeness").textContent = fill(words.results.completeness_text, { count: overall.answered, total: overall.total });
    slot("overview-strict").textContent = `${strictText(overall)} (${fill(words.results.strict_text, { count: overall.strict.reached, total: overall.strict.of })})`;
    showRadar(now, before);
    showTable(now, before);
    showGaps(assessment);
    showChanges(assessment, earlier);
  }

  compare.addEventListener("change", () => {
    compared = compare.value;
    show();
  });
  root.querySelector('[data-action="print"]').addEventListener("click", () => window.print());
  whenShown(show);
  store.onOthers(show);
  onChange(debounce(show, 100));
  root.hidden = false;
  show();
})((window.abc = window.abc || {}));
