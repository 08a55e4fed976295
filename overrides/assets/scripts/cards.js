/* How far each checklist has come, on its card of the index. Runs after page.js. */
(function (abc) {
  "use strict";

  const { store, words, instrument, answersOf, fill, shortText, whenShown } = abc.page;
  const list = document.querySelector("[data-progress]");
  if (!list) return;

  function show() {
    for (const card of list.querySelectorAll("[data-checklist]")) {
      const checklist = instrument.find(({ id }) => id === card.dataset.checklist);
      const score = abc.scoreList(checklist.criteria, answersOf(store.current(), checklist));
      const text = score.answered
        ? fill(words.index.progress, { answered: score.answered, total: score.total })
        : words.index.not_started;
      card.querySelector('[data-slot="card-text"]').textContent = shortText(score, text);
      card.querySelector('[data-slot="card-bar"]').style.inlineSize = `${100 * score.completeness}%`;
      card.querySelector('[data-slot="card-progress"]').hidden = false;
    }
  }

  whenShown(show);
  store.onOthers(show);
  show();
})((window.abc = window.abc || {}));
