/*
 * Tells where the person is on a page that stands inside another site's page. A frame as high as its page never
 * scrolls, so where the person is can only be told by what they touch; the window's own edges are those of the whole
 * page.
 */

let lastPlace = 0;

/** Whether the page stands inside another one. */
export const isFramed = window.parent !== window;

/** Tells whether the page is framed as high as itself: no window of a screen is as high. */
export const isTall = () => isFramed && innerHeight > screen.availHeight;

/** Returns how far down the page the person last did something. */
export const placeOfPerson = () => lastPlace;

/** Returns the line above which stands what the person has passed. */
export const sightLine = () => (isTall() ? lastPlace : innerHeight / 3);

/** @param {Event} event */
function note(event) {
  if (event instanceof PointerEvent) lastPlace = event.clientY;
  else if (event.target instanceof Element && event.target.closest("main, dialog")) {
    lastPlace = event.target.getBoundingClientRect().top;
  }
}

if (isFramed) {
  for (const name of ["pointerdown", "keydown", "focusin"])
    addEventListener(name, note, { capture: true, passive: true });
}
