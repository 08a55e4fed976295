/* Hands a file to the share sheet of a phone: for a colleague, a chat, a mail. */

// As a text it may be handed on where files for programs may not; the site opens it by what it says.
const FORMS = { json: "application/json", txt: "text/plain" };

/** Tells whether the screen is touched: with a mouse, a file in the downloads is nearer than a sheet of the system. */
export const isTouched = () => matchMedia("(pointer: coarse)").matches;

/**
 * Makes a file of a text, in a form that the browser hands on; null where it hands on none.
 *
 * @param {() => string} text
 * @param {(ending: string) => string} nameOf
 */
export function shareable(text, nameOf) {
  if (!navigator.canShare) return null;
  for (const [ending, type] of Object.entries(FORMS)) {
    const file = new File([text()], nameOf(ending), { type });
    if (navigator.canShare({ files: [file] })) return file;
  }
  return null;
}

/**
 * Hands a file on; `failed` is called where that does not work, not where the person closed the sheet.
 *
 * @param {File | null} file
 * @param {{shared: () => void, failed: () => void}} then
 */
export async function share(file, { shared, failed }) {
  try {
    if (!file) return failed();
    await navigator.share({ files: [file], title: file.name });
    shared();
  } catch (error) {
    // Whoever closes the sheet wants no file at all.
    if (!(error instanceof DOMException && error.name === "AbortError")) failed();
  }
}
