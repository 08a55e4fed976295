/*
 * Reads the files inside a ZIP: what participants gave in, as learning platforms hand it over, and workbooks. Only
 * what those make: stored or deflated, in one part, without a password. What a ZIP claims of itself is not believed
 * beyond some sizes.
 */

/** @typedef {import("./files.js").FileLike} FileLike */

// The signs and numbers of the format, also for zip_writer.js.
export const END = 0x06054b50;
export const ENTRY = 0x02014b50;
export const STORED = 0;
export const DEFLATED = 8;
const END_LENGTH = 22;
const MOST_COMMENT = 0xffff;
const ENCRYPTED = 1;
const MOST_FILES = 2_000;

/** Tells whether bytes begin as a ZIP does. @param {Uint8Array} bytes */
export const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * A stream to its end, as text; not further than `most` bytes, whatever it grows to.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} most
 */
async function textOf(stream, most) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw new RangeError("a file in the ZIP is larger than it says");
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Where the list of files is told, from the end. @param {DataView} view */
function endOf(view) {
  const least = Math.max(0, view.byteLength - END_LENGTH - MOST_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= least; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new RangeError("the ZIP has no list of its files");
}

/**
 * Lists the files of a ZIP, folders left out. Throws where it is damaged; a file that cannot be read says so when it
 * is.
 *
 * @param {ArrayBuffer} buffer
 * @returns {FileLike[]}
 */
export function filesInZip(buffer) {
  const view = new DataView(buffer);
  const end = endOf(view);
  const count = Math.min(view.getUint16(end + 10, true), MOST_FILES);
  /** @type {FileLike[]} */
  const found = [];
  let at = view.getUint32(end + 16, true);
  for (let place = 0; place < count; place += 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new RangeError("the list of the ZIP is damaged");
    /** @param {number} offset */
    const long = (offset) => view.getUint32(at + offset, true);
    /** @param {number} offset */
    const short = (offset) => view.getUint16(at + offset, true);
    const [flags, method, packed, size, start] = [short(8), short(10), long(20), long(24), long(42)];
    const lengths = [short(28), short(30), short(32)];
    const name = new TextDecoder().decode(new Uint8Array(buffer, at + 46, lengths[0]));
    at += 46 + lengths[0] + lengths[1] + lengths[2];
    if (name.endsWith("/") || name.startsWith("__MACOSX/")) continue;
    const text = async () => {
      if (flags & ENCRYPTED || ![STORED, DEFLATED].includes(method)) throw new RangeError("it cannot be unpacked");
      // Its own head has lengths of its own.
      const body = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      const bytes = new Blob([new Uint8Array(buffer, body, packed)]).stream();
      const opened = method === STORED ? bytes : bytes.pipeThrough(new DecompressionStream("deflate-raw"));
      return textOf(opened, size);
    };
    found.push({ name, size, text });
  }
  return found;
}
