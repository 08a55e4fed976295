/*
 * Writes papers that are on the page as one Word document: styles and headings that are some, tables that name their
 * columns, pictures with words. Nothing is sent; the styles are those of the office templates
 * (guide/downloads/word_parts).
 */

import { zip } from "../core/zip_writer.js";
import { WordBody } from "./body.js";
import { pictureOf } from "./picture.js";
import { escape, tag, val } from "../core/xml.js";

/** @typedef {{article: Element, office: OfficeData}} WordPaper a paper, with what its language brings */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const SPACES = {
  "xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  "xmlns:r": `${OFFICE}/relationships`,
  "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
  "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
  "xmlns:pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
  "xmlns:w14": "http://schemas.microsoft.com/office/word/2010/wordml",
};
export const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const MARGIN = 1440;
const PAGE = 12_240;
// How much smaller and closer a page for the council is set, to be one page: as a rule, and where there is much to say.
const AT_EASE = { size: 0.82, space: 0.5, line: 240 };
const CLOSE = { size: 0.75, space: 0.35, line: 230 };
// Where what breaks the law has many lines.
const CLOSEST = { size: 0.72, space: 0.2, line: 216 };
// Nothing is smaller, in half points.
const SMALLEST = 14;
/** The parts that every document has, by what they are. */
const PARTS = ["styles", "numbering", "settings", "footer"];

/**
 * Room for what an office puts above: its crest, and the number and the day where the paper names none.
 *
 * @param {WordBody} body
 * @param {OfficeData} office
 * @param {boolean} isLetter whether it names its own number, as those of the office do
 */
function letterhead(body, { words }, isLetter) {
  const crest = body.blank(words.crest, `[${words.crest}]`);
  if (isLetter) return body.paragraph("Letterhead", crest);
  /** @param {string} name @param {string} what */
  const line = (name, what) => `<w:r><w:tab/></w:r>${body.run(`${name} `)}${body.blank(what)}`;
  return [
    body.paragraph("Letterhead", crest + line(words.number_name, words.number)),
    body.paragraph("Letterhead", line(words.place_name, words.place)),
  ].join("");
}

/** @param {WordBody} body @param {WordPaper} paper @param {boolean} isOther whether it is not in the first language */
function paperBody(body, { article, office }, isOther) {
  const isLetter = article.classList.contains("report-office");
  const text = body.article(article, isOther ? office.locale : "");
  if (isLetter) return letterhead(body, office, true) + text;
  const copy = body.paragraph("Normal", body.run(`${office.words.copy_name} `) + body.blank(office.words.copy_to));
  return letterhead(body, office, false) + text.replace(LAST_NOTE, (note) => copy + note);
}
// The site's own line comes last of all.
const LAST_NOTE = /<w:p><w:pPr><w:pStyle w:val="Note"\/><\/w:pPr>(?:(?!<w:p>).)*$/s;

/** @param {string} title @param {string} author @param {string} locale */
function properties(title, author, locale) {
  const now = new Date().toISOString().replace(/\.\d+/, "");
  const spaces = {
    "xmlns:cp": `${PACKAGE}/metadata/core-properties`,
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
  };
  const day = { "xsi:type": "dcterms:W3CDTF" };
  return tag(
    "cp:coreProperties",
    spaces,
    tag("dc:title", {}, escape(title)),
    tag("dc:creator", {}, escape(author)),
    tag("dc:language", {}, locale),
    tag("dcterms:created", day, now),
    tag("dcterms:modified", day, now),
  );
}

/** The foot of every page: which it is, of how many. @param {OfficeData} office @param {WordBody} body */
function footer({ words }, body) {
  /** @param {string} code */
  const field = (code) => tag("w:fldSimple", { "w:instr": code }, body.run("1"));
  const [before, between, after] = words.page.split(/\{page\}|\{total\}/);
  const line = ["<w:r><w:tab/></w:r>", body.run(before), field("PAGE"), body.run(between), field("NUMPAGES")];
  return tag("w:ftr", SPACES, body.paragraph("Footer", [...line, after && body.run(after)].join("")));
}

/** @param {{id: string, type: string, target: string, outside?: boolean}[]} relations */
const relationships = (relations) =>
  tag(
    "Relationships",
    { xmlns: `${PACKAGE}/relationships` },
    ...relations.map(({ id, type, target, outside }) =>
      tag("Relationship", { Id: id, Type: type, Target: target, ...(outside ? { TargetMode: "External" } : {}) }),
    ),
  );

/** @param {WordBody} body */
function bodyRelations({ links, pictures }) {
  return relationships([
    ...PARTS.map((name) => ({ id: name, type: `${OFFICE}/relationships/${name}`, target: `${name}.xml` })),
    ...links.map((target, at) => ({
      id: `link${at + 1}`,
      type: `${OFFICE}/relationships/hyperlink`,
      target,
      outside: true,
    })),
    ...pictures.map((_, at) => ({
      id: `picture${at + 1}`,
      type: `${OFFICE}/relationships/image`,
      target: `media/image${at + 1}.png`,
    })),
  ]);
}

const contentTypes = () =>
  tag(
    "Types",
    { xmlns: `${PACKAGE}/content-types` },
    tag("Default", { Extension: "rels", ContentType: "application/vnd.openxmlformats-package.relationships+xml" }),
    tag("Default", { Extension: "xml", ContentType: "application/xml" }),
    tag("Default", { Extension: "png", ContentType: "image/png" }),
    tag("Override", { PartName: "/word/document.xml", ContentType: `${TYPES}.document.main+xml` }),
    ...PARTS.map((name) => tag("Override", { PartName: `/word/${name}.xml`, ContentType: `${TYPES}.${name}+xml` })),
    tag("Override", {
      PartName: "/docProps/core.xml",
      ContentType: "application/vnd.openxmlformats-package.core-properties+xml",
    }),
  );

/**
 * The styles of these papers: those of a page for the council are smaller, with less room between.
 *
 * @param {string} part
 * @param {WordPaper[]} papers
 * @param {WordBody} body
 */
function stylesOf(part, papers, { isCouncil, width }) {
  if (!isCouncil) return part;
  const articles = papers.map((one) => one.article);
  const isClose = articles.some((one) => one.classList.contains("close"));
  const { size, space, line } = articles[0].querySelector(".many") ? CLOSEST : isClose ? CLOSE : AT_EASE;
  return part
    .replace(/(<w:sz(?:Cs)? w:val=")(\d+)/g, (_, before, value) => {
      const least = Math.min(SMALLEST, Number(value));
      return before + Math.max(least, Math.round(Number(value) * size));
    })
    .replace(/(w:(?:before|after)=")(\d+)/g, (_, before, value) => before + Math.round(Number(value) * space))
    .replace(/w:line="2[57]\d"/g, `w:line="${line}"`)
    .replace(/(<w:tab w:val="right" w:pos=")\d+/g, (_, before) => before + width);
}

/** Numbered lists, each of which begins at one. @param {string} part @param {number} lists */
function numbering(part, lists) {
  const numbers = Array.from({ length: lists }, (_, at) =>
    tag(
      "w:num",
      { "w:numId": at + 3 },
      val("abstractNumId", 2),
      tag("w:lvlOverride", { "w:ilvl": 0 }, val("startOverride", 1)),
    ),
  );
  return part.replace("</w:numbering>", `${numbers.join("")}</w:numbering>`);
}

/**
 * Writes the bytes of the document of these papers, each in its language, one after another on pages of their own.
 *
 * @param {WordPaper[]} papers as they are on the page
 * @param {{title: string, author: string}} about
 */
export async function wordFile(papers, { title, author }) {
  const [{ office }] = papers;
  /** @type {Map<Element, import("./picture.js").Picture>} */
  const drawn = new Map();
  for (const { article } of papers) {
    for (const svg of article.querySelectorAll(".radar > svg")) drawn.set(svg, pictureOf(svg));
  }
  const body = new WordBody(drawn, office.words);
  const bodies = papers.map((paper, at) => {
    body.words = paper.office.words;
    return paperBody(body, paper, at > 0);
  });
  const page = tag(
    "w:sectPr",
    {},
    tag("w:footerReference", { "w:type": "default", "r:id": "footer" }),
    tag("w:pgSz", { "w:w": PAGE, "w:h": 15840 }),
    tag("w:pgMar", {
      "w:top": MARGIN / 2,
      "w:right": (PAGE - body.width) / 2,
      "w:bottom": MARGIN / 2,
      "w:left": (PAGE - body.width) / 2,
      "w:header": MARGIN / 4,
      "w:footer": MARGIN / 4,
      "w:gutter": 0,
    }),
  );
  const between = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>';
  const text = tag("w:document", SPACES, tag("w:body", {}, bodies.join(between), page));
  const parts = office.parts;
  /** @type {[string, string][]} */
  const files = [
    ["[Content_Types].xml", HEAD + contentTypes()],
    [
      "_rels/.rels",
      HEAD +
        relationships([
          { id: "document", type: `${OFFICE}/relationships/officeDocument`, target: "word/document.xml" },
          {
            id: "core",
            type: `${PACKAGE}/relationships/metadata/core-properties`,
            target: "docProps/core.xml",
          },
        ]),
    ],
    ["docProps/core.xml", HEAD + properties(title, author, office.locale)],
    ["word/document.xml", HEAD + text],
    ["word/_rels/document.xml.rels", HEAD + bodyRelations(body)],
    ["word/footer.xml", HEAD + footer(office, body)],
    ["word/styles.xml", stylesOf(parts.styles, papers, body)],
    ["word/numbering.xml", numbering(parts.numbering, body.lists)],
    ["word/settings.xml", parts.settings],
  ];
  return zip([
    ...files,
    ...body.pictures.map(
      ({ bytes }, at) => /** @type {[string, typeof bytes]} */ ([`word/media/image${at + 1}.png`, bytes]),
    ),
  ]);
}
