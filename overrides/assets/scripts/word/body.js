/*
 * Writes a paper that is on the page as the body of a Word document: what is a heading, a list, a table there is one
 * here. The words and figures are those of the paper; none is made here.
 */

import { escape, tag, val } from "../core/xml.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {{strong?: boolean, emphasis?: boolean, style?: string}} Look how a piece of text looks */

// Between the margins, in twentieths of a point; a page for the council has narrower ones.
const WIDTH = 9360;
const COUNCIL_WIDTH = 10_080;
const LONGEST_WORD = 20;
const LETTER = 115;
const PADDING = 240;
// A pixel of the picture in the unit of drawings, by which it takes a good half of the page's width.
const PIXEL = 8_800;
// Of the figures on a page for the council, the last column holds the picture, smaller.
const PICTURE_COLUMN = 0.4;
const PIXEL_IN_COLUMN = 5_200;
/** The sign and the colour's style of a light; its word stands beside it. @type {Record<string, [string, string]>} */
const LIGHTS = {
  optimal: ["●", "LightOptimal"],
  "in-progress": ["◆", "LightInProgress"],
  behind: ["▲", "LightBehind"],
  unanswered: ["○", "LightNone"],
  not_applicable: ["▬", "LightNone"],
};
/** The style of a paragraph, by its class on the page. @type {Record<string, string>} */
const STYLES = { "report-kind": "PaperKind", "report-fine": "Fine", note: "Note", "plan-sentence": "Normal" };
const SMALL = ["TableText", "Detail"];
const HEADINGS = ["Title", "Heading1", "Heading2"];

/** Whether a node is one of these elements. @param {Node} node @param {...string} names */
const is = (node, ...names) => node instanceof Element && names.includes(node.localName);

/** Whether an element begins a paragraph of its own. @param {Node} node */
const isBlock = (node) =>
  is(node, "p", "ul", "ol", "dl", "div", "section", "table", "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6");

/** Returns what is read of a node. @param {Node} node */
export const wordsOf = (node) => (node.textContent ?? "").replace(/[ \n\t]+/g, " ").trim();

/** The body of one paper, and what it needs beside it. */
export class WordBody {
  /** @type {string[]} addresses of links, by their order */
  links = [];
  /** @type {Picture[]} */
  pictures = [];
  /** How many numbered lists there are: each begins at one. */
  lists = 0;
  #controls = 0;
  #level = 1;
  #language = "";
  /** Whether the papers are pages for the council, where all stands closer. */
  isCouncil = false;

  /**
   * @param {Map<Element, Picture>} drawn the pictures of the papers
   * @param {{missing: string, own_line: string, caption: string}} words
   */
  constructor(drawn, words) {
    this.drawn = drawn;
    this.words = words;
  }

  /**
   * A paper; `language` where it is not that of the document.
   *
   * @param {Element} article
   * @param {string} language
   */
  article(article, language) {
    this.#language = language;
    this.isCouncil = article.classList.contains("report-summary");
    const first = article.querySelector("h1, h2, h3, h4, h5, h6");
    this.#level = first ? Number(first.localName[1]) : 1;
    return this.blocks(article.childNodes);
  }

  /** How wide a line is. */
  get width() {
    return this.isCouncil ? COUNCIL_WIDTH : WIDTH;
  }

  /* Text */

  /** @param {string} text @param {Look} look */
  run(text, { strong, emphasis, style } = {}) {
    const properties = [
      style ? val("rStyle", style) : strong ? val("rStyle", "Strong") : emphasis ? val("rStyle", "Emphasis") : "",
      this.#language && val("lang", this.#language),
    ].join("");
    const pieces = text.split("\n").map((one) => tag("w:t", { "xml:space": "preserve" }, escape(one) || " "));
    return tag("w:r", {}, properties && tag("w:rPr", {}, properties), pieces.join("<w:br/>"));
  }

  /**
   * A place to fill in, which a click selects.
   *
   * @param {string} name
   * @param {string} shown
   */
  blank(name, shown = `[${this.words.missing}: ${name}]`) {
    this.#controls += 1;
    const properties = [
      // A longer name is refused.
      val("alias", name.slice(0, 64)),
      val("id", this.#controls),
      // Of a control for mere text, LibreOffice does not show the looks.
      "<w:showingPlcHdr/>",
    ];
    const content = tag("w:sdtContent", {}, this.run(shown, { style: "Missing" }));
    return tag("w:sdt", {}, tag("w:sdtPr", {}, ...properties), content);
  }

  /** @param {Element} link @param {Look} look */
  #link(link, look) {
    this.links.push(link.getAttribute("href") ?? "");
    const text = this.run(link.textContent ?? "", { ...look, style: "Hyperlink" });
    return tag("w:hyperlink", { "r:id": `link${this.links.length}` }, text);
  }

  /** @param {Node} node @param {Look} look @returns {string} */
  #piece(node, look) {
    if (node instanceof Text) return node.data ? this.run(node.data, look) : "";
    if (!(node instanceof Element)) return "";
    const light = /shape-([\w-]+)/.exec(node.getAttribute("class") ?? "");
    if (light) return this.run(LIGHTS[light[1]][0], { style: LIGHTS[light[1]][1] });
    if (node.ariaHidden === "true" || node.getAttribute("aria-hidden") === "true") return "";
    if (is(node, "a")) return this.#link(node, look);
    if (is(node, "br")) return "<w:r><w:br/></w:r>";
    if (node.classList.contains("blank"))
      return this.blank(node.getAttribute("data-name") ?? "", node.textContent ?? "");
    if (node.classList.contains("law")) return this.inline(node.childNodes, { ...look, style: "LightBehind" });
    const more = is(node, "strong", "b") ? { strong: true } : is(node, "em", "i") ? { emphasis: true } : {};
    const text = this.inline(node.childNodes, { ...look, ...more });
    return node.classList.contains("step") ? `<w:r><w:br/></w:r>${text}` : text;
  }

  /** @param {Iterable<Node>} nodes @param {Look} look */
  inline(nodes, look = {}) {
    return Array.from(nodes, (one) => this.#piece(one, look)).join("");
  }

  /**
   * @param {string} style
   * @param {string} content runs
   * @param {...string} more properties
   */
  paragraph(style, content, ...more) {
    return tag("w:p", {}, tag("w:pPr", {}, val("pStyle", style), ...more), content);
  }

  /* Blocks */

  /** @param {Iterable<Node>} nodes @param {string} [style] of paragraphs that have none of their own @returns {string} */
  blocks(nodes, style = "Normal") {
    /** @type {string[]} */
    const made = [];
    /** @type {Node[]} */
    let loose = [];
    const gather = () => {
      if (loose.some(wordsOf)) made.push(this.paragraph(style, this.inline(loose)));
      loose = [];
    };
    for (const node of nodes) {
      if (!isBlock(node)) {
        loose.push(node);
        continue;
      }
      gather();
      made.push(this.#block(/** @type {Element} */ (node), style));
    }
    gather();
    return made.join("");
  }

  /** @param {Element} node @param {string} style @returns {string} */
  #block(node, style) {
    const own = BY_CLASS.find(([name]) => node.classList.contains(name));
    if (own) return own[1](this, node, style);
    if (node.ariaHidden === "true") return "";
    const maker = BY_NAME[node.localName];
    return maker ? maker(this, node, style) : this.blocks(node.childNodes, style);
  }

  /** @param {Element} node */
  heading(node) {
    const level = Number(node.localName[1]) - this.#level;
    return this.paragraph(HEADINGS[Math.min(level, HEADINGS.length - 1)], this.inline(node.childNodes));
  }

  /** @param {Element} list @param {string} style of the paragraphs around it */
  items(list, style) {
    const isNumbered = list.localName === "ol";
    if (isNumbered) this.lists += 1;
    /** @param {number} list */
    const numbers = (list) => tag("w:numPr", {}, val("ilvl", 0), val("numId", list));
    // Beside smaller text, an item is as small.
    const plain = SMALL.includes(style) ? [style, numbers(1)] : [style === "Alert" ? "AlertItem" : "ListBullet", ""];
    if (style === "Alert" && list.closest(".many")) return this.#together(list);
    const isTicked = list.classList.contains("checks");
    return Array.from(list.children, (item) => {
      const inside = Array.from(item.childNodes);
      const text = this.inline(inside.filter((one) => !isBlock(one)));
      const own = isTicked
        ? this.paragraph("Checklist", `${this.#box()}<w:r><w:tab/></w:r>${text}`)
        : isNumbered
          ? this.paragraph("ListNumber", text, numbers(this.lists + 2))
          : this.paragraph(plain[0], text, plain[1]);
      return own + this.blocks(inside.filter(isBlock));
    }).join("");
  }

  /** Items one after another, where a line each would take too many. @param {Element} list */
  #together(list) {
    const sign = this.run("● ", { style: "LightBehind" });
    const items = Array.from(list.children, (item) => sign + this.inline(item.childNodes));
    return this.paragraph("Alert", items.join(this.run("  ")));
  }

  #box() {
    this.#controls += 1;
    const states = ["checked", "0", "checkedState", "2612", "uncheckedState", "2610"];
    const said = [0, 2, 4].map((at) =>
      tag(`w14:${states[at]}`, { "w14:val": states[at + 1], ...(at ? { "w14:font": "Segoe UI Symbol" } : {}) }),
    );
    const properties = [val("alias", "☐"), val("id", this.#controls), tag("w14:checkbox", {}, ...said)];
    const content = tag("w:sdtContent", {}, this.run("☐", { style: "Box" }));
    return tag("w:sdt", {}, tag("w:sdtPr", {}, ...properties), content);
  }

  /** What is said of each term, in a paragraph. @param {Element} list */
  terms(list) {
    /** @type {string[]} */
    const made = [];
    for (const name of list.querySelectorAll(":scope > dt")) {
      const said = name.nextElementSibling;
      if (!said) continue;
      const inside = Array.from(said.childNodes);
      const text = said.classList.contains("unwritten")
        ? this.blank(wordsOf(name))
        : this.inline(inside.filter((one) => !isBlock(one)));
      made.push(this.paragraph("Detail", this.run(`${wordsOf(name)}: `, { strong: true }) + text));
      made.push(this.blocks(inside.filter(isBlock), "Detail"));
    }
    return made.join("");
  }

  /* Tables */

  /**
   * A table whose first row names the columns.
   *
   * @param {string} title
   * @param {string[][]} rows cells as paragraphs
   * @param {number[]} shares of the width
   * @param {boolean} named whether the first column names the rows
   */
  grid(title, rows, shares, named = true) {
    const widths = shares.map((share) => Math.round(share * this.width));
    /** @param {string} content @param {number} place */
    const cell = (content, place) =>
      tag("w:tc", {}, tag("w:tcPr", {}, tag("w:tcW", { "w:w": widths[place], "w:type": "dxa" })), content);
    const body = rows.map((cells, place) =>
      tag("w:tr", {}, tag("w:trPr", {}, "<w:cantSplit/>", place === 0 ? "<w:tblHeader/>" : ""), ...cells.map(cell)),
    );
    const look = {
      "w:val": named ? "06A0" : "0620",
      "w:firstRow": 1,
      "w:firstColumn": Number(named),
      "w:noHBand": 1,
      "w:noVBand": 1,
    };
    const properties = [
      val("tblStyle", "TemplateTable"),
      tag("w:tblW", { "w:w": this.width, "w:type": "dxa" }),
      tag("w:tblLayout", { "w:type": "fixed" }),
      tag("w:tblLook", look),
      title && val("tblCaption", title),
    ];
    const columns = widths.map((width) => tag("w:gridCol", { "w:w": width }));
    const made = tag("w:tbl", {}, tag("w:tblPr", {}, ...properties), tag("w:tblGrid", {}, ...columns), ...body);
    // Two tables without a paragraph between them would become one.
    return made + this.paragraph("AfterTable", "");
  }

  /** The paragraphs of a cell; there is always one. @param {Element} cell */
  cell(cell) {
    return this.blocks(cell.childNodes, "TableText") || this.paragraph("TableText", "");
  }

  /** @param {Element} table */
  table(table) {
    const rows = Array.from(table.querySelectorAll("tr"), (row) => Array.from(row.children));
    const title = table.closest("[aria-label]")?.getAttribute("aria-label") || table.getAttribute("aria-label") || "";
    const given = (table.closest("[data-shares]")?.getAttribute("data-shares") ?? "").split(" ").map(Number);
    const shares = given.length === rows[0].length ? given : sharesOf(rows);
    const cells = rows.map((row) => row.map((one) => this.cell(one)));
    return this.grid(
      title,
      cells,
      shares,
      rows.slice(1).some(([first]) => is(first, "th")),
    );
  }

  /** The figures of the whole: what each is called, what it is, what it says. @param {Element} box */
  figures(box) {
    const each = Array.from(box.children, (one) => Array.from(one.children));
    const rows = [
      each.map(([name]) => this.paragraph("TableText", this.inline(name.childNodes))),
      each.map(([, value, text]) =>
        [
          this.paragraph("FigureValue", this.inline(value.childNodes)),
          this.paragraph("Fine", this.inline(text.childNodes)),
        ].join(""),
      ),
    ];
    const shares = each.map(() => 1 / each.length);
    const pictures = this.isCouncil && box.parentElement?.querySelector(".pictures");
    const drawn = pictures && this.picture(pictures, pictures, 1, "", PIXEL_IN_COLUMN);
    if (drawn) {
      // Beside the figures it takes no lines of its own: the page stays one.
      const title = pictures.querySelector("[aria-label]")?.getAttribute("aria-label") ?? "";
      rows[0].push(this.paragraph("TableText", this.run(title)));
      rows[1].push(drawn);
      shares.fill((1 - PICTURE_COLUMN) / each.length);
      shares.push(PICTURE_COLUMN);
    }
    return this.grid(wordsOf(box.children[0].children[0]), rows, shares, false);
  }

  /** The scores, below their picture where it does not stand elsewhere. @param {Element} box */
  scores(box) {
    return (this.isCouncil ? "" : this.picture(box, box, 1)) + this.blocks(box.childNodes);
  }

  /** Who signs: what each is called, and room to sign; where nobody is named, as what. @param {Element} box */
  signatures(box) {
    const each = Array.from(box.children, (one) => Array.from(one.children, wordsOf));
    const names = each.map(([who, what]) => who.trim() || what);
    const rows = [
      names.map((name) => this.paragraph("TableText", this.run(name))),
      each.map(([, what]) => this.paragraph("TableText", this.blank(what))),
    ];
    return this.grid(
      names.join(", "),
      rows,
      each.map(() => 1 / each.length),
      false,
    );
  }

  /**
   * A picture, with what it shows in words, from the table beside it.
   *
   * @param {Element} box what holds both
   * @param {Element} picture
   * @param {number} column of the table, which it shows
   * @param {string} caption
   * @param {number} pixel how large one of its pixels is
   */
  picture(box, picture, column, caption = "", pixel = PIXEL) {
    const svg = picture.querySelector("svg");
    const drawn = svg && this.drawn.get(svg);
    if (!drawn) return "";
    this.pictures.push(drawn);
    const rows = Array.from(box.querySelectorAll("tbody tr"), (row) => Array.from(row.children, wordsOf));
    const title = [caption, box.querySelector("[aria-label]")?.getAttribute("aria-label")].filter(Boolean).join(", ");
    const text = `${this.words.caption} ${title}: ${rows.map((row) => `${row[0]}, ${row[column]}`).join("; ")}.`;
    const made = tag("w:r", {}, drawing(this.pictures.length, drawn, title, text, pixel));
    return this.paragraph("Picture", made + (caption && `<w:r><w:br/></w:r>${this.run(caption)}`));
  }

  /** Pictures of the columns of a table, each with its name. @param {Element} box */
  columnPictures(box) {
    const around = box.parentElement ?? box;
    const names = Array.from(around.querySelectorAll("thead th"), wordsOf);
    return Array.from(box.children, (figure) => {
      const caption = wordsOf(figure.querySelector("figcaption") ?? figure);
      return this.picture(around, figure, names.indexOf(caption), caption);
    }).join("");
  }

  /** The last line of a paper is the site's own: a note that is deleted. @param {Element} foot */
  foot(foot) {
    const lines = Array.from(foot.children);
    return lines
      .map((line, place) =>
        place < lines.length - 1
          ? this.paragraph("Fine", this.inline(line.childNodes))
          : this.paragraph(
              "Note",
              this.run(`${this.words.own_line} `, { strong: true }) + this.inline(line.childNodes),
            ),
      )
      .join("");
  }
}

/** What makes the XML of a block. @typedef {(body: WordBody, node: Element, style: string) => string} Maker */

/** @type {[string, Maker][]} */
const BY_CLASS = [
  ["figures", (body, node) => body.figures(node)],
  ["signatures", (body, node) => body.signatures(node)],
  ["radars", (body, node) => body.columnPictures(node)],
  ["radar", () => ""],
  ["pictures", (body, node) => body.scores(node)],
  ["flags", (body, node) => body.blocks(node.childNodes, "Alert")],
  ["report-foot", (body, node) => body.foot(node)],
];
/** @type {Maker} */
const heading = (body, node) => body.heading(node);
/** @type {Maker} */
const items = (body, node, style) => body.items(node, style);
/** @type {Record<string, Maker>} */
const BY_NAME = {
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  ul: items,
  ol: items,
  dl: (body, node) => body.terms(node),
  table: (body, node) => body.table(node),
  p: (body, node, style) => body.paragraph(STYLES[node.classList[0]] ?? style, body.inline(node.childNodes)),
};

/** How wide each column is: its longest word has room, and what is left goes to those that say more. @param {Element[][]} rows */
function sharesOf(rows) {
  const columns = rows[0].map((_, place) => {
    const texts = rows.map((row) => (row[place] ? wordsOf(row[place]) : ""));
    const longest = Math.max(...texts.flatMap((one) => one.split(" ")).map((one) => one.length));
    const mean = texts.reduce((sum, one) => sum + one.length, 0) / texts.length;
    return { least: Math.min(LONGEST_WORD, longest) * LETTER + PADDING, says: mean };
  });
  const left = Math.max(0, WIDTH - columns.reduce((sum, { least }) => sum + least, 0));
  const said = columns.reduce((sum, { says }) => sum + says, 0);
  const wide = columns.map(({ least, says }) => least + (left * says) / said);
  const all = wide.reduce((sum, one) => sum + one, 0);
  return wide.map((one) => one / all);
}

/**
 * @param {number} number
 * @param {Picture} picture
 * @param {string} title
 * @param {string} text what it shows
 * @param {number} pixel
 */
function drawing(number, { width, height }, title, text, pixel) {
  const size = { cx: Math.round(width * pixel), cy: Math.round(height * pixel) };
  const name = { id: number, name: `${title} ${number}`, descr: text };
  const picture = tag(
    "pic:pic",
    {},
    tag("pic:nvPicPr", {}, tag("pic:cNvPr", name), "<pic:cNvPicPr/>"),
    tag("pic:blipFill", {}, tag("a:blip", { "r:embed": `picture${number}` }), "<a:stretch><a:fillRect/></a:stretch>"),
    tag(
      "pic:spPr",
      {},
      tag("a:xfrm", {}, tag("a:off", { x: 0, y: 0 }), tag("a:ext", size)),
      tag("a:prstGeom", { prst: "rect" }, "<a:avLst/>"),
    ),
  );
  return tag(
    "w:drawing",
    {},
    tag(
      "wp:inline",
      { distT: 0, distB: 0, distL: 0, distR: 0 },
      tag("wp:extent", size),
      tag("wp:docPr", name),
      tag(
        "a:graphic",
        {},
        tag("a:graphicData", { uri: "http://schemas.openxmlformats.org/drawingml/2006/picture" }, picture),
      ),
    ),
  );
}
