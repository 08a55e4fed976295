/* Packs a few files into a ZIP, as documents of office programs are packed. zip_file.js reads what others packed. */

import { DEFLATED, END, ENTRY, STORED } from "./zip_file.js";

const LOCAL = 0x04034b50;
const VERSION = 20;
// Names are UTF-8.
const FLAGS = 0x0800;
// The first day a ZIP can name: what was packed, not when, is what counts.
const DAY = 0x21;

const TABLE = Array.from({ length: 256 }, (_, value) => {
  let sum = value;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

/** The sum by which an opened file is checked. @param {Uint8Array} bytes */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** The bytes made smaller, or null where the browser cannot. @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    // Older browsers: a file that is stored opens as well.
    return null;
  }
}

/**
 * Numbers one after another, each in so many bytes, the least first.
 *
 * @param {[number, number][]} numbers a number and its bytes
 */
function packed(numbers) {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}

/**
 * Packs files of these names into one ZIP, in their order; texts are UTF-8.
 *
 * @param {[string, string | Uint8Array<ArrayBuffer>][]} files
 */
export async function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const bodies = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const entries = [];
  let at = 0;
  for (const [name, content] of files) {
    const title = encoder.encode(name);
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const small = await deflated(bytes);
    const body = small ?? bytes;
    /** @type {[number, number][]} */
    const facts = [
      [VERSION, 2],
      [FLAGS, 2],
      [small ? DEFLATED : STORED, 2],
      [0, 2],
      [DAY, 2],
      [checksum(bytes), 4],
      [body.length, 4],
      [bytes.length, 4],
      [title.length, 2],
      [0, 2],
    ];
    const head = packed([[LOCAL, 4], ...facts]);
    // Comment, part and two kinds of attributes, then where the file begins.
    const rest = packed([...[2, 2, 2, 4].map((size) => /** @type {[number, number]} */ ([0, size])), [at, 4]]);
    entries.push(packed([[ENTRY, 4], [VERSION, 2], ...facts]), rest, title);
    bodies.push(head, title, body);
    at += head.length + title.length + body.length;
  }
  const length = entries.reduce((sum, one) => sum + one.length, 0);
  const end = packed([
    [END, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [length, 4],
    [at, 4],
    [0, 2],
  ]);
  return new Uint8Array(await new Blob([...bodies, ...entries, end]).arrayBuffer());
}
