/* Texts as a ZIP, for documents of other programs. Pure: no page, no storage, no words. */

const [ENTRY, LISTED, END] = [0x04034b50, 0x02014b50, 0x06054b50];
const VERSION = 20;
const UTF8 = 0x0800;
const DEFLATED = 8;
// 1 January 1980, when the days of a ZIP begin: nothing is said of when it was made.
const FIRST_DAY = 0x21;

/** @type {Uint32Array | undefined} */
let table;

/** What tells whether bytes came through whole (CRC 32). @param {Uint8Array} bytes */
function checksum(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, place) => {
    let value = place;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let sum = 0xffffffff;
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/**
 * Numbers of two or four bytes, one after another.
 *
 * @param {[number, 2 | 4][]} fields
 */
function numbers(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/**
 * A ZIP of files with these names and texts, in their order.
 *
 * @param {[string, string][]} files
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function zipOf(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const list = [];
  let at = 0;
  for (const [name, text] of files) {
    const [path, bytes] = [encoder.encode(name), encoder.encode(text)];
    const packed = await deflated(bytes);
    /** @type {[number, 2 | 4][]} */
    const about = [
      [VERSION, 2],
      [UTF8, 2],
      [DEFLATED, 2],
      [0, 2],
      [FIRST_DAY, 2],
      [checksum(bytes), 4],
      [packed.length, 4],
      [bytes.length, 4],
      [path.length, 2],
      [0, 2],
    ];
    const head = numbers([[ENTRY, 4], ...about]);
    // No comment, on the first disk, nothing special, where it begins.
    list.push(numbers([[LISTED, 4], [VERSION, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), path);
    parts.push(head, path, packed);
    at += head.length + path.length + packed.length;
  }
  const size = list.reduce((sum, one) => sum + one.length, 0);
  const end = numbers([
    [END, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [size, 4],
    [at, 4],
    [0, 2],
  ]);
  return new Uint8Array(await new Blob([...parts, ...list, end]).arrayBuffer());
}
