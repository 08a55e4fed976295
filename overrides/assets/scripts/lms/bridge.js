/*
 * Holds the session with the learning platform (SCORM 1.2) while the assessment stands in a frame: it is the shell
 * of a package. They talk by messages, and this side speaks first. Why it does what it does:
 * decisions/0010-platforms.md.
 */

import { debounce } from "../core/browser.js";
import { find, slot } from "../core/elements.js";

const [COMMIT_AFTER, SILENT_AFTER, LONGEST] = [2_000, 20_000, 86_399_000];
const frame = find(document, "iframe", HTMLIFrameElement);
const page = new URL(frame.dataset.page ?? "", location.href);
// In Moodle's app the package is a file of the device: the app keeps what is written, and sends it when it can.
const inApp = !/^https?:$/.test(location.protocol) || location.pathname.includes("/_app_file_/");
/** "normal", "browse" or "review"; "none" without a platform; "ended" once the session is over. */
let mode = "none";
let state = "";
// Grows with each writing: a value that is as before is not sent again, whether or not it arrived.
let writings = 0;
let unsent = false;
let doubts = 0;

/** The API, in a window, above it or above the one that opened it. @param {any} place @returns {LmsApi | null} */
function findApi(place, up = 0) {
  if (!place || up > 20) return null;
  try {
    if (place.API) return place.API;
  } catch {
    // A window of another site tells nothing of itself.
  }
  return findApi(place.parent === place ? place.opener : place.parent, up + 1);
}
const api = findApi(window);
/** @param {"LMSInitialize" | "LMSCommit" | "LMSFinish" | "LMSSetValue"} name @param {string[]} said */
const call = (name, ...said) => String(api?.[name](...said)) === "true";
/** @param {string} name */
const read = (name) => String(api?.LMSGetValue(`cmi.${name}`) ?? "");
/** @param {string} name @param {string | number} value */
const write = (name, value) => call("LMSSetValue", `cmi.${name}`, String(value));
const writeState = () => write("suspend_data", `${(++writings).toString(36)}~${state}`);
/** @param {object} said */
const tell = (said) =>
  frame.contentWindow?.postMessage({ type: "abc-lms", ...said }, page.origin === "null" ? "*" : page.origin);

function open() {
  if (!call("LMSInitialize", "")) return;
  mode = /^(browse|review)$/.exec(read("core.lesson_mode"))?.[0] ?? "normal";
  const [, count = "", kept = ""] = /^(\w+)~(.*)$/s.exec(read("suspend_data")) ?? [];
  [writings, state] = [Number.parseInt(count, 36) || 0, kept];
  // What was finished stays finished.
  if (mode !== "normal" || !["not attempted", "browsed", ""].includes(read("core.lesson_status"))) return;
  if (write("core.lesson_status", "incomplete")) call("LMSCommit", "");
}

/** Why nothing would arrive now, or "": what a commit answers proves nothing. */
async function trouble() {
  if (inApp || !navigator.onLine) return inApp ? "" : "offline";
  try {
    const answer = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" });
    return answer.type === "opaqueredirect" || [401, 403].includes(answer.status) ? "session" : "";
  } catch {
    return "offline";
  }
}

async function keep() {
  const found = await trouble();
  if (mode !== "normal") return tell({ say: "kept", wrong: mode });
  const wrong = found || (!writeState() ? "refused" : call("LMSCommit", "") ? "" : "session");
  unsent = wrong !== "";
  tell({ say: "kept", wrong });
}
const keepSoon = debounce(keep, COMMIT_AFTER);

/** Gives the score, null where there is none; tells what became of it. @param {number | null} score */
async function send(score) {
  const wrong = await trouble();
  if (mode !== "normal" || wrong) return mode === "normal" ? wrong : mode;
  // After a doubt, the same status and the same number would not be sent again.
  if (doubts && write("core.lesson_status", "incomplete")) call("LMSCommit", "");
  if (score !== null) {
    const raw = doubts ? (score + (score > 50 ? -1e-7 : 1e-7) * doubts).toFixed(7) : score;
    for (const [name, value] of Object.entries({ min: 0, max: 100, raw }))
      if (!write(`core.score.${name}`, value)) return "refused";
  }
  if (!write("core.lesson_status", "completed") || !writeState()) return "refused";
  doubts += 1;
  if (!call("LMSCommit", "")) return "session";
  if (await trouble()) return "doubt";
  doubts = 0;
  return inApp ? "app" : "sent";
}

/** Takes what is answered from the page, where it is of this site: its message would come after the end. */
function askPage() {
  try {
    const now = frame.contentWindow?.abc?.lmsState?.();
    if (typeof now === "string" && now !== state) [state, unsent] = [now, true];
  } catch {
    // A window of another site tells nothing of itself.
  }
}

function finish() {
  askPage();
  // In a preview, to finish would mark the activity as done, with a grade of 0; in a review nothing is written either.
  if (mode === "normal") {
    if (unsent) writeState();
    write("core.session_time", `00${new Date(Math.min(performance.now(), LONGEST)).toISOString().slice(11, 19)}`);
    write("core.exit", "suspend");
    call("LMSFinish", "");
  }
  mode = mode === "none" ? mode : "ended";
}

const silence = setTimeout(() => (slot(document, "silent").hidden = false), SILENT_AFTER);
window.addEventListener("message", async ({ data, origin, source }) => {
  // What a page says when it goes, as to the other language, comes from no window any more.
  if (source && source !== frame.contentWindow) return;
  if (origin !== page.origin || data?.type !== "abc-lms") return;
  clearTimeout(silence);
  if (data.say !== "here") [state, unsent] = [String(data.state), true];
  if (data.say === "state") keepSoon();
  if (data.say === "send")
    tell({ say: "sent", became: await send(typeof data.score === "number" ? data.score : null) });
});
window.addEventListener("online", () => unsent && keep());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  askPage();
  if (unsent && mode === "normal" && writeState()) call("LMSCommit", "");
});
window.addEventListener("pagehide", finish);
frame.addEventListener("load", () => tell({ say: "open", mode, state }));
open();
frame.src = page.href;
