/* Hands pages what makes Word documents and the papers of the office: loaded when one is asked for. */

import { abc } from "../core/global.js";
import { fill } from "../core/format.js";
import { factsOf } from "../office/facts.js";
import { matters } from "../office/matters.js";
import { officeArticle } from "../office/paper.js";
import { WORD_TYPE, wordFile } from "../word/word_file.js";

/** @typedef {import("../office/facts.js").Said} Said */
/** @typedef {typeof tools} WordTools */

/** What Word documents of a language are made with. @param {string} code */
function officeOf(code) {
  const office = abc.office?.[code];
  if (!office) throw new Error(`assets/office/${code}.js was not loaded`);
  return office;
}

const tools = {
  type: WORD_TYPE,

  /** The agreements and plans that this browser keeps, as a language names them. @param {string} code */
  matters: (code) => matters(officeOf(code)),

  /**
   * Papers that are on the page, as one document.
   *
   * @param {HTMLElement[]} articles each in its language
   * @param {string} author
   */
  file(articles, author) {
    const [first] = articles;
    const names = [first.querySelector(".report-kind"), first.querySelector(".report-title")];
    const title = names
      .map((one) => one?.textContent)
      .filter(Boolean)
      .join(" · ");
    const papers = articles.map((article) => ({ article, office: officeOf(article.lang) }));
    return wordFile(papers, { title, author });
  },

  /**
   * A template of the office, filled, one article per language.
   *
   * @param {string} id
   * @param {{assessment: Assessment, instruments: Record<string, FullInstrument>, matter: string, said: Said, review?: import("../assessment/reviews.js").Review}} given
   * @param {number} top
   */
  office(id, { instruments, matter, ...given }, top) {
    return Object.entries(instruments).map(([code, instrument]) => {
      const office = officeOf(code);
      const template = office.templates[id];
      const all = matters(office);
      const found = all.find((one) => one.id === matter);
      const facts = factsOf({ ...given, instrument, matter: found, all }, template, office);
      return officeArticle(template, office, facts, code, top);
    });
  },

  /** How much of a paper is filled in. @param {HTMLElement} article */
  state: (article) =>
    fill(officeOf(article.lang).words.state, {
      filled: article.querySelectorAll(".filled").length,
      missing: article.querySelectorAll(".blank").length,
    }),
};

abc.word = tools;
