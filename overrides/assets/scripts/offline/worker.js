/*
 * Keeps a copy of the whole site in the browser and answers from it where there is no network (a service worker). With a
 * network every page comes from there: nobody is shown an old list without a word (copy.js says what is a copy).
 * The build writes what it begins with: the files and their digests, which make the version.
 */

/** @typedef {{files: Record<string, string>, saved: string}} Kept what was kept, and when */

const scope = /** @type {CopyScope} */ (/** @type {unknown} */ (self));
const { version, files, gone } = scope.abcCopy;
// Other sites may stand at the same origin.
const OURS = `abc-copy ${scope.registration.scope} `;
const NAME = OURS + version;
const LIST = addressOf("kept.json");
const AT_ONCE = 6;
// A network that does not answer in so many milliseconds is none.
const PATIENCE = 4000;
/** The pages that were answered from the copy. @type {Set<string>} */
const copies = new Set();

/** Where a file of the site is asked for, whatever is asked of it. @param {string} file or its address */
function addressOf(file) {
  const [path] = file.split(/[?#]/);
  return new URL(path.replace(/(^|\/)index\.html$/, "$1"), scope.registration.scope).href;
}

/* Filling it */

/** @returns {Promise<Kept | undefined>} */
async function keptIn(/** @type {string} */ name) {
  const list = await (await caches.open(name)).match(LIST);
  return list?.json();
}

/** The copies there are, the one to answer from first. */
async function names() {
  const all = (await caches.keys()).filter((one) => one.startsWith(OURS));
  return all.sort((one, other) => Number(other === NAME) - Number(one === NAME));
}

/** @param {object} said */
async function tellAll(said) {
  for (const one of await scope.clients.matchAll({ includeUncontrolled: true }))
    one.postMessage({ abc: "copy", ...said });
}

async function fill() {
  const [before] = (await names()).filter((one) => one !== NAME);
  const old = before ? await keptIn(before) : undefined;
  const [from, into] = [before && (await caches.open(before)), await caches.open(NAME)];
  const waiting = Object.entries(files);
  const total = waiting.length;
  const take = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [file, digest] = next;
      const address = addressOf(file);
      const same = from && old?.files[file] === digest && (await from.match(address));
      const response = same || (await fetch(address, { cache: "no-cache" }));
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      await into.put(address, response);
      if (waiting.length % 20 === 0) tellAll({ done: total - waiting.length, total });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  await into.put(LIST, new Response(JSON.stringify({ files, saved: new Date().toISOString() })));
  await scope.skipWaiting();
}

async function takeOver() {
  for (const one of await names()) if (one !== NAME) await caches.delete(one);
  await scope.clients.claim();
}

/* Answering */

/** What is kept of what is asked for. @param {Request} request */
async function keptOf({ url }) {
  return (await caches.open(NAME)).match(addressOf(url));
}

/** @param {Request} request @param {string} client the page it will be */
async function page(request, client) {
  // The browser's own store would give a page it took for fresh.
  const asked = fetch(request, { cache: "no-cache" }).catch(() => null);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const response = /** @type {Response | null} */ (await Promise.race([asked, late]));
  // A server that fails is no better than none.
  if (response && response.status < 500) return response;
  const kept = await keptOf(request);
  if (kept) copies.add(client);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" };
  return kept ?? (await asked) ?? new Response(gone, { status: 503, headers });
}

/** @param {Request} request @param {string} client the page that asks */
async function part(request, client) {
  // What belongs to a copy is of the same version.
  const kept = copies.has(client) && (await keptOf(request));
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const last = await keptOf(request);
    if (last) return last;
    throw error;
  }
}

scope.addEventListener("install", (event) => event.waitUntil(fill()));
scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));
scope.addEventListener("fetch", (event) => {
  const { request, clientId, resultingClientId } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope.registration.scope)) return;
  event.respondWith(request.mode === "navigate" ? page(request, resultingClientId) : part(request, clientId));
});
scope.addEventListener("message", ({ source, ports: [port] }) => {
  keptIn(NAME).then((kept) => port?.postMessage({ isCopy: copies.has(source?.id ?? ""), saved: kept?.saved }));
});
