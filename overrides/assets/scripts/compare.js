/*
 * The comparison of networks: up to five, rated by the criteria of data/selection.yml, and the memo
 * made of it. Runs after tool.js.
 *
 * Items of a comparison: "question", "unverified", "recommendation", "prepares" and "decides" hold
 * {text}; "network.<id>" {ref, name, order}, with `ref` the id in the directory if it is there;
 * "weight.<criterion>" {weight} from 0 to 3; "rating.<network>.<criterion>" {value, reason}.
 */
(function (abc) {
  "use strict";

  const MOST = 5;
  // With more letters than these, the memo has to be set closer to stay one page.
  const LETTERS_AT_EASE = 2400;
  const TOP = 3;
  const WEIGHTS = [0, 1, 2, 3];
  const { element, paper, table, terms } = abc.dom;
  const { fill } = abc;
  const { text, whole } = abc.kept;
  const FACTS = new URL(`../networks/${document.documentElement.lang}.js`, document.currentScript.src).href;

  const tool = abc.openTool({ kind: "comparison", summary, show, paper: memo });
  const { slot, own, data, store, get, speech } = tool;
  const { criteria, levels } = data;
  const directory = new URL(data.directory, location.href).href;
  const listed = Array.from(slot("add-form").querySelectorAll("option"));
  const options = new Map(listed.map((one) => [one.dataset.id, one.value]));
  const acronyms = new Map(listed.map((one) => [one.dataset.id, one.dataset.acronym]));
  const list = new Intl.ListFormat(speech.locale, { type: "conjunction" });
  const percent = (part) => fill(data.format.percent, { value: Math.round(100 * part) });

  /* What is compared */

  /** The networks of a document, in their order: {id, ref, name}. */
  function networksOf(items) {
    return Object.entries(items)
      .filter(([key, record]) => key.startsWith("network.") && key.split(".").length === 2 && text(record.name))
      .map(([key, record]) => ({
        id: key.slice(8),
        ref: text(record.ref),
        name: text(record.name),
        order: text(record.order),
      }))
      .sort((one, other) => (one.order + one.id < other.order + other.id ? -1 : 1))
      .slice(0, MOST)
      .map((one) => ({ ...one, name: options.get(one.ref) || one.name }));
  }
  const networks = () => networksOf(store.current().items);
  const facts = ({ ref }) => abc.networks?.[ref];
  const shortOf = (network) => facts(network)?.short || network.name;
  const weightOf = (criterion) => whole(get(`weight.${criterion}`).weight, 0, TOP) ?? 1;
  const ratingOf = (network, criterion) => whole(get(`rating.${network}.${criterion}`).value, 0, TOP);
  const reasonOf = (network, criterion) => text(get(`rating.${network}.${criterion}`).reason).trim();
  const textOf = (key) => text(get(key).text).trim();

  /**
   * What the ratings of a network add up to. A criterion without rating is left out, never zero.
   *
   * @returns {{points: number, most: number, missing: number, part: number|null}} part from 0 to 1
   */
  function resultOf(network, weigh = weightOf) {
    const found = { points: 0, most: 0, missing: 0, part: null };
    for (const { id } of criteria) {
      const [weight, value] = [weigh(id), ratingOf(network.id, id)];
      if (weight === 0) continue;
      if (value === null) {
        found.missing += 1;
      } else {
        found.points += weight * value;
        found.most += TOP * weight;
      }
    }
    if (found.most) found.part = found.points / found.most;
    return found;
  }

  /** The networks with a result, the best first. */
  const ranked = (weigh) =>
    networks()
      .map((network) => ({ network, ...resultOf(network, weigh) }))
      .filter((one) => one.part !== null)
      .sort((one, other) => other.part - one.part);
  const firstOf = (found) => found.filter((one) => one.part === found[0].part).map(({ network }) => shortOf(network));
  const points = ({ points: value, most, part }) => fill(own.points, { points: value, most, percent: percent(part) });

  /** The result as sentences. */
  function sentences() {
    const all = networks();
    if (!all.length) return [own.none];
    const found = ranked();
    if (!found.length) return [own.unrated];
    const said = [];
    const first = firstOf(found);
    if (found.length === 1) said.push(fill(own.single, { name: first[0], points: points(found[0]) }));
    else if (first.length > 1) said.push(fill(own.tie, { names: list.format(first), points: points(found[0]) }));
    else {
      const second = found[1];
      said.push(fill(own.leader, { name: first[0], points: points(found[0]) }));
      const others = found.filter((one) => one.part === second.part).map(({ network }) => shortOf(network));
      said.push(fill(own.follows, { names: list.format(others), points: points(second) }));
    }
    const missing = all.reduce((sum, one) => sum + resultOf(one).missing, 0);
    if (missing) said.push(speech.plural(own, "missing", missing));
    const weights = criteria.map(({ id }) => weightOf(id));
    if (found.length > 1 && weights.some((one) => one !== weights[0])) {
      const even = firstOf(ranked(() => 1));
      const same = even.join() === first.join();
      said.push(same ? own.even_same : fill(own.even_other, { names: list.format(even) }));
    }
    return said;
  }

  function summary({ items }) {
    const names = networksOf(items).map((one) => one.name);
    const rated = Object.entries(items).filter(
      ([key, one]) => key.startsWith("rating.") && whole(one.value, 0, TOP) !== null,
    );
    return names.length
      ? `${speech.plural(own, "networks", names.length)} · ${speech.plural(own, "rated", rated.length)}`
      : own.nothing_yet;
  }

  /* Networks: chosen, and what the directory says of them */

  let loading = false;
  function loadFacts() {
    if (loading) return;
    loading = true;
    new Promise((resolve) => {
      document.head.append(element("script", { src: FACTS, onload: resolve, onerror: resolve }));
    }).then(() => tool.showAll());
  }

  const plain = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  /** All that a network of the directory is called: with its acronym, without it, by the acronym alone. */
  const calledSo = (id, full) => [full, full.replace(/ \([^()]+\)$/, ""), acronyms.get(id)].map(plain);
  function add(typed) {
    const name = typed.trim();
    const wanted = plain(name);
    const [ref, called] = Array.from(options).find(([id, full]) => wanted && calledSo(id, full).includes(wanted)) || [
      "",
      name,
    ];
    const chosen = networks();
    if (chosen.length >= MOST) return own.add_full;
    if (chosen.some((one) => (ref ? one.ref === ref : plain(one.name) === wanted)))
      return fill(own.add_twice, { name: called });
    const id = ref || `x-${abc.kept.uuid().slice(0, 8)}`;
    tool.put({ [`network.${id}`]: { ref: ref || undefined, name: called, order: new Date().toISOString() } });
    return fill(ref ? own.added : own.added_own, { name: called });
  }

  function removeNetwork(network) {
    const keys = Object.keys(store.current().items).filter(
      (key) => key === `network.${network.id}` || key.startsWith(`rating.${network.id}.`),
    );
    const before = Object.fromEntries(keys.map((key) => [key, store.get(key)]));
    tool.drop(keys);
    tool.showAll();
    tool.offerUndo(fill(own.network_removed, { name: network.name }), () => tool.put(before));
  }

  const link = (network, content) =>
    network.ref && options.has(network.ref)
      ? element("a", { href: `${directory}#${network.ref}`, textContent: content })
      : element("span", { textContent: content });

  /** What the directory says of a network, as [term, sentence]. */
  function factsOf(network) {
    const found = facts(network);
    if (!found) return [[own.verified, network.ref ? own.not_loaded : own.not_in_directory]];
    return [
      [own.fee, found.fee],
      [own.status, `${found.status}. ${found.mexico}`],
      [
        own.verified,
        [found.checked, found.doubts.length && fill(own.doubts, { fields: list.format(found.doubts) })]
          .filter(Boolean)
          .join(". "),
      ],
      [
        own.source,
        `${(found.sources.join("; ") || own.no_source).replace(/\.$/, "")}. ${fill(own.as_of, { date: found.as_of })}`,
      ],
    ];
  }

  function showChosen() {
    const all = networks();
    if (all.some((one) => one.ref) && !abc.networks) loadFacts();
    slot("chosen").replaceChildren(
      ...all.map((network) => {
        const remove = element("button", {
          type: "button",
          id: `quitar-${network.id}`,
          className: "quiet",
          textContent: own.remove_network,
        });
        remove.setAttribute("aria-label", `${own.remove_network}: ${network.name}`);
        remove.addEventListener("click", () => removeNetwork(network));
        return element(
          "li",
          {},
          element("p", { className: "chosen-name" }, link(network, network.name), remove),
          element("dl", {}, ...terms(factsOf(network))),
        );
      }),
    );
  }

  /* Ratings */

  function ratingFields(network, criterion) {
    const key = `rating.${network.id}.${criterion.id}`;
    const value = ratingOf(network.id, criterion.id);
    const choice = (number, label) => {
      const radio = element("input", { type: "radio", name: key, value: String(number), checked: value === number });
      radio.id = `${key}.${number ?? "x"}`;
      radio.addEventListener("change", () => {
        tool.set(key, { value: number });
        showResult();
      });
      return element("label", {}, radio, element("span", { textContent: label }));
    };
    const hidden = element("span", { className: "visually-hidden", textContent: `, ${criterion.name}` });
    const reason = element("textarea", { id: `${key}.reason`, rows: 1, maxLength: 600, value: text(get(key).reason) });
    reason.addEventListener("input", () => tool.set(key, { reason: reason.value || null }, false));
    return element(
      "fieldset",
      { className: "rating" },
      element("legend", {}, shortOf(network), hidden),
      element(
        "div",
        { className: "rating-levels" },
        ...levels.map((name, number) => choice(number, `${number} ${name}`)),
        choice(null, own.no_rating),
      ),
      element(
        "label",
        { className: "rating-reason" },
        own.reason,
        element("span", { className: "visually-hidden", textContent: `: ${shortOf(network)}, ${criterion.name}` }),
        reason,
      ),
    );
  }

  function ratingBlock(criterion, place) {
    const key = `weight.${criterion.id}`;
    const select = element(
      "select",
      { id: `peso-${criterion.id}` },
      ...WEIGHTS.map((value) => element("option", { value, textContent: own.weights[`w${value}`] })),
    );
    select.value = weightOf(criterion.id);
    select.addEventListener("change", () => {
      tool.set(key, { weight: Number(select.value) });
      showResult();
    });
    const label = element(
      "label",
      { htmlFor: select.id },
      own.weight,
      element("span", { className: "visually-hidden", textContent: `: ${criterion.name}` }),
    );
    return element(
      "section",
      { className: "criterion" },
      element("h3", { id: `puntaje-${criterion.id}`, textContent: `${place + 1}. ${criterion.name}` }),
      element(
        "div",
        { className: "criterion-head" },
        element("p", { textContent: criterion.question }),
        element("p", { className: "weight" }, label, " ", select),
      ),
      ...networks().map((network) => ratingFields(network, criterion)),
    );
  }

  /* The result: words, a table with bars, a radar a network, and every rating */

  function bars() {
    const rows = networks().map((network) => {
      const found = resultOf(network);
      const rated = fill(own.rated_of, {
        count: criteria.filter(({ id }) => weightOf(id) && ratingOf(network.id, id) !== null).length,
        total: criteria.filter(({ id }) => weightOf(id)).length,
      });
      return [
        shortOf(network),
        found.part === null
          ? [speech.NONE]
          : [element("strong", { textContent: percent(found.part) }), abc.meter(found.part)],
        found.part === null ? speech.NONE : fill(own.points_of, found),
        rated,
      ];
    });
    return table("scores", own.result_title, [own.network, own.part, own.points_label, own.rated_label], rows);
  }

  function radars() {
    const numbers = criteria.map((_, place) => String(place + 1));
    return element(
      "div",
      { className: "radars" },
      ...networks().map((network) => {
        const now = criteria.map(({ id }) => {
          const value = ratingOf(network.id, id);
          return value === null ? null : value / TOP;
        });
        const picture = abc.radar(numbers, { now });
        picture.setAttribute("viewBox", "-130 -130 260 260");
        return element(
          "figure",
          { className: "radar" },
          picture,
          element("figcaption", { textContent: shortOf(network) }),
        );
      }),
    );
  }

  function ratings() {
    const all = networks();
    const value = (network, id) => ratingOf(network.id, id) ?? speech.NONE;
    const rows = criteria.map(({ id, name }, place) => [
      `${place + 1}. ${name}`,
      String(weightOf(id)),
      ...all.map((one) => String(value(one, id))),
    ]);
    const totals = all.map((one) => {
      const found = resultOf(one);
      return element("strong", { textContent: found.part === null ? speech.NONE : points(found) });
    });
    rows.push([element("strong", { textContent: own.total }), "", ...totals]);
    return table("lines", own.ratings_title, [own.criterion, own.weight, ...all.map(shortOf)], rows);
  }

  function showResult() {
    const said = sentences().map((one) => element("p", { textContent: one }));
    slot("result-words").replaceChildren(...said);
    slot("result").replaceChildren(
      ...(networks().length
        ? [bars(), radars(), element("p", { className: "fine", textContent: own.radar_text }), ratings()]
        : []),
    );
  }

  /* The memo */

  /** What a reader of the memo must know is not checked. */
  function unverified() {
    const found = networks().flatMap((network) => {
      const known = facts(network);
      if (!known) return [fill(own.memo_unknown, { name: shortOf(network) })];
      return [
        !known.verified && fill(own.memo_unverified, { name: known.short }),
        !known.active && fill(own.memo_status, { name: known.short, status: known.status }),
        known.doubts.length && fill(own.memo_doubts, { name: known.short, fields: list.format(known.doubts) }),
      ].filter(Boolean);
    });
    return [...found, ...textOf("unverified").split(/\n+/).filter(Boolean)];
  }

  /** What the memo is called: its name, or else what it compares. */
  const paperTitle = (all) => store.current().title || (all.length ? list.format(all.map(shortOf)) : own.title);

  function memo(top) {
    const all = networks();
    const { heading, p, head, foot } = paper(top);
    const section = (title, ...content) => [heading(1, "report-section", title), ...content];
    const multiline = (content) => p("lines-kept", content);
    const reasons = criteria.flatMap(({ id, name }) =>
      all
        .filter((one) => reasonOf(one.id, id))
        .map((one) =>
          element(
            "li",
            {},
            element("strong", { textContent: `${name}, ${shortOf(one)} (${ratingOf(one.id, id) ?? own.no_rating}): ` }),
            reasonOf(one.id, id),
          ),
        ),
    );
    const factRows = all.map((network) => {
      const found = new Map(/** @type {[string, string][]} */ (factsOf(network)));
      return [
        link(network, network.name),
        found.get(own.fee) || speech.NONE,
        found.get(own.status) || speech.NONE,
        found.get(own.verified),
        found.get(own.source) || speech.NONE,
      ];
    });
    const doubts = unverified();
    const signature = (who, role) =>
      element("div", { className: "signature" }, p("", who || "\u00a0"), p("report-fine", role));
    const made = element(
      "article",
      { className: "report report-memo", lang: document.documentElement.lang },
      head(own.paper, paperTitle(all), fill(own.made_on, { date: speech.day(new Date()) })),
      ...section(own.question, p("memo-question", textOf("question") || own.not_said)),
      ...section(
        own.networks_title,
        all.length
          ? table(
              "lines facts",
              own.networks_title,
              [own.network, own.fee, own.status, own.verified, own.source],
              factRows,
            )
          : p("", own.none),
      ),
      ...(all.length
        ? section(
            own.ratings_title,
            element("div", { className: all.length > 3 ? "memo-pictures" : "memo-pictures few" }, ratings(), radars()),
          )
        : []),
      ...(reasons.length ? section(own.reasons_title, element("ul", { className: "reasons" }, ...reasons)) : []),
      element(
        "div",
        { className: "memo-columns" },
        element("section", {}, ...section(own.result_title, ...sentences().map((one) => p("", one)))),
        element(
          "section",
          {},
          ...section(
            own.unverified,
            doubts.length
              ? element("ul", {}, ...doubts.map((one) => element("li", { textContent: one })))
              : p("", own.not_said),
          ),
        ),
      ),
      ...section(own.recommendation, multiline(textOf("recommendation") || own.not_said)),
      element(
        "div",
        { className: "signatures" },
        signature(textOf("prepares"), own.prepares),
        signature(textOf("decides"), own.decides),
      ),
      foot(fill(own.memo_foot, { source: data.source }), own.memo_made),
    );
    made.classList.toggle("close", made.textContent.length > LETTERS_AT_EASE);
    return made;
  }

  /* The page */

  const fields = Array.from(tool.root.querySelectorAll("[data-item]"));
  for (const field of fields) {
    field.addEventListener("input", () => tool.set(field.dataset.item, { text: field.value || null }, false));
  }

  function show() {
    for (const field of fields) {
      const kept = text(get(field.dataset.item).text);
      // Writing the same again would move the cursor.
      if (field.value !== kept) field.value = kept;
    }
    showChosen();
    const all = networks();
    slot("ratings").replaceChildren(
      ...(all.length ? criteria.map(ratingBlock) : [element("p", { textContent: own.none })]),
    );
    showResult();
  }

  slot("add-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = slot("add-name");
    const said = add(field.value);
    tool.showAll();
    slot("add-state").textContent = said;
    field.value = "";
    field.focus();
  });
  tool.root.querySelector('[data-action="even-weights"]').addEventListener("click", () => {
    const keys = criteria.map(({ id }) => `weight.${id}`);
    const before = Object.fromEntries(keys.map((key) => [key, store.get(key)]));
    tool.put(Object.fromEntries(keys.map((key) => [key, { weight: 1 }])));
    tool.showAll();
    tool.offerUndo(own.even_done, () => tool.put(before));
  });

  tool.open();
})((window.abc = window.abc || {}));
