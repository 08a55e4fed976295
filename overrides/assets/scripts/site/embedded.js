/*
 * Shows a page inside another site's page: ?embed leaves the content alone (the head's script sets the class). Links
 * stay inside or open apart, and the page around is told how high this one is and, whenever the person goes
 * somewhere in it, where that stands: a frame as high as its page cannot scroll there by itself.
 */

import { around, findAll } from "../core/elements.js";
import { isFramed, isTall, placeOfPerson } from "../core/frame.js";
import { isInPlatform } from "../core/global.js";
import { onArrive, placeOf } from "../core/jumps.js";

// What `embed` is in the address of a page that was gone to from another one in the same frame.
const WITHIN = "in";
// Some pages around begin to listen late.
const AGAIN = [1_000, 3_000, 10_000];
const ABOVE = 120;
const EDGE = 8;
const root = document.documentElement;

/** The address of a page inside the same frame. @param {string} href */
function within(href) {
  const there = new URL(href);
  const asked = new URLSearchParams(location.search);
  asked.set("embed", WITHIN);
  there.search = asked.toString();
  return there.href;
}

/** Whether the page was gone to inside the frame, not opened with the page around. */
function wasGoneTo() {
  const [visit] = performance.getEntriesByType("navigation");
  const isBack = visit instanceof PerformanceNavigationTiming && visit.type === "back_forward";
  return isBack || new URLSearchParams(location.search).get("embed") === WITHIN;
}

/** Tells the page around how high this one is, and where the person went. */
function tellParent() {
  let mayMove = wasGoneTo();
  /** @param {number} [top] */
  const tell = (top) => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    const place = top === undefined ? {} : { top: Math.max(0, Math.round(top)) };
    window.parent.postMessage({ type: "abc-height", height, ...place }, "*");
  };
  // What is opened together with the page around must not carry the person off.
  for (const name of ["pointerdown", "keydown"])
    addEventListener(name, () => (mayMove = true), { capture: true, once: true });
  onArrive((element) => mayMove && tell(element.getBoundingClientRect().top + scrollY));
  new ResizeObserver(() => tell()).observe(document.body);
  addEventListener("message", ({ data, source }) => {
    if (source === window.parent && data?.type === "abc-hello") tell();
  });
  for (const wait of AGAIN) setTimeout(tell, wait);
  if (mayMove && !placeOf(location.hash)) tell(0);
}

/** Lets dialogs open where the person is, in a frame whose middle may be far from there. */
function keepDialogsNear() {
  const place = () => {
    root.classList.toggle("tall", isTall());
    if (isTall()) setPlace(placeOfPerson() - ABOVE);
  };
  /** @param {number} top */
  const setPlace = (top) => {
    root.style.setProperty("--here", `${Math.max(EDGE, Math.round(top))}px`);
    root.style.setProperty("--screen", `${screen.availHeight}px`);
  };
  // After frame.js has noted it: it listens first.
  for (const name of ["pointerdown", "keydown", "focusin"])
    addEventListener(name, place, { capture: true, passive: true });
  addEventListener("resize", place);
  place();
  const opened = new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLDialogElement) || !target.open || !isTall()) continue;
      const { top, height } = target.getBoundingClientRect();
      if (top + height > innerHeight - EDGE) setPlace(innerHeight - EDGE - height);
    }
  });
  for (const dialog of findAll(document, "dialog")) opened.observe(dialog, { attributeFilter: ["open"] });
}

/**
 * Leaves the page to its content.
 *
 * @param {string} site where all pages of this site begin
 */
export function openEmbedded(site) {
  document.addEventListener("click", (event) => {
    const link = around(event, "a[href]", HTMLAnchorElement);
    if (!link || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // There, assessment/lms_page.js says where links open.
    if (isInPlatform) return;
    const onPage = link.href.split("#")[0] === location.href.split("#")[0];
    if (link.href.startsWith(site) && !("whole" in link.dataset)) {
      if (!onPage) link.href = within(link.href);
    } else {
      link.target = "_blank";
      link.relList.add("noopener");
    }
  });
  if (!isFramed) return;
  tellParent();
  keepDialogsNear();
}
