/*
 * Makes up a group that nobody is in, to see what the page shows before any file has come. Always the same one.
 * Pure.
 */

const PEOPLE = 24;

/** Numbers from 0 to 1, the same ones every time. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Makes up the files of people, around the answers of the site's own example.
 *
 * @param {Assessment} example
 * @param {Checklist[]} checklists
 * @param {string} name
 * @returns {import("../core/files.js").FileLike[]}
 */
export function madeUpGroup(example, checklists, name) {
  return Array.from({ length: PEOPLE }, (_, place) => {
    const next = numbers(place + 1);
    const [lean, diligence] = [next() * 2.4 - 0.4, 0.7 + next() * 0.6];
    /** @type {Assessment["checklists"]} */
    const made = {};
    for (const { id, version, criteria } of checklists) {
      const records = criteria.map((one) => {
        const before = example.checklists[id]?.criteria[one.id]?.answer;
        const level = Math.round((typeof before === "number" ? before : 1) + lean + (next() * 2 - 1) * 1.1);
        const answer =
          next() > diligence ? undefined : next() < 0.06 ? "no_information" : Math.max(0, Math.min(3, level));
        return [one.id, answer === undefined ? {} : { answer, version }];
      });
      made[id] = { version, criteria: Object.fromEntries(records) };
    }
    const text = JSON.stringify({ ...example, id: `ejemplo-${place + 1}`, title: name, round: "", checklists: made });
    return { name: `${name} ${place + 1}`, size: text.length, text: async () => text };
  });
}
