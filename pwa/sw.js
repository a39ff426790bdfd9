// The worker at the door of the network, version __VERSION__.
//
//   what is it                         strategy        how long
//   --------------------------------   -------------   ---------------------------------------------
//   the shell and /assets/*            cache first     until another version names other files
//   an order, or a ticket handed on    network first   3 s of patience, then the kept copy, dated; 100
//   /{museum}/tickets, /orders/{code}/…  network only  else /offline: places, prices, payments of before are wrong
//   the gate: /gate                    network first   2 s of patience, then the kept copy, with all it works with
//   pages (navigations)                network first   3 s of patience, then the kept copy, dated; 60
//   narration (/media/*.mp3 …)         cache first     only what was saved, 300 MB, the oldest out
//   pictures (/media/*.svg …)          cache first     200, the oldest out
//   everything else: /api, /studio …   network only
//
// A sound is never kept as it streams: a saved file is fetched whole and answered in slices.

const SHELL = __SHELL__;
const GATE_TOOLS = __GATE__;
const OFFLINE = "/offline";
const GATE = "/gate";
const PATIENCE = 3000;
const GATE_PATIENCE = 2000;
const MEGABYTE = 1 << 20;
const CEILING = { media: 300 * MEGABYTE, pages: 60, pictures: 200, orders: 100 };
const SOUNDS = /^\/media\/[^/]+\.(mp3|webm|vtt)$/;
const PICTURES = /^\/media\/[^/]+\.(svg|png|webp|gif)$/;

const ORDERS = /^\/orders\/(handed\/)?[^/]+$/;
const LIVE = /^\/([^/]+\/tickets(\/basket)?$|orders\/(?!handed\/)[^/]+\/)/;
const OTHERS = /^\/(api|studio|office|gate|counter)\b/;

const TABLE = [
  { is: ({ path }) => path.startsWith("/assets/"), answer: asset },
  { is: ({ path }) => SOUNDS.test(path), answer: sound },
  { is: ({ path }) => PICTURES.test(path), answer: picture },
  { is: ({ request, path }) => request.mode === "navigate" && path === GATE, answer: gate },
  { is: ({ request, path }) => request.mode === "navigate" && LIVE.test(path) && !OTHERS.test(path), answer: live },
  { is: ({ request, path }) => request.mode === "navigate" && !OTHERS.test(path), answer: page },
];

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepShell(), renewGate()]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOld(), self.registration.navigationPreload?.enable()]).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname: path } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const row = TABLE.find(({ is }) => is({ request, path }));
  if (row) event.respondWith(row.answer(event));
});

self.addEventListener("message", (event) => {
  const { type, urls = [] } = event.data ?? {};
  const act = { save: () => save(urls), gate: readyGate, forget }[type];
  if (act) event.waitUntil(act().then((answer) => event.ports[0]?.postMessage(answer)));
});

// The shell

async function keepShell(urls = SHELL) {
  const cache = await caches.open("assets");
  const there = await Promise.all(urls.map((url) => url !== OFFLINE && cache.match(url)));
  const missing = urls.filter((_, place) => !there[place]);
  await cache.addAll(missing.map((url) => new Request(url, { cache: url === OFFLINE ? "reload" : "default" })));
}

async function dropOld() {
  const kept = ["assets", "gate", ...Object.keys(CEILING)];
  await Promise.all((await caches.keys()).filter((name) => !kept.includes(name)).map((name) => caches.delete(name)));
  const cache = await caches.open("assets");
  const tools = (await caches.has("gate")) ? GATE_TOOLS : [];
  const wanted = new Set([...SHELL, ...tools].map((url) => new URL(url, self.location.origin).href));
  await Promise.all((await cache.keys()).filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
}

async function asset({ request }) {
  const cache = await caches.open("assets");
  const exact = await cache.match(request);
  if (exact) return exact;
  // A page that was kept under an older version asks for the older file: the newer one serves where nothing else can.
  return fetch(request).catch(async () => (await cache.match(request, { ignoreSearch: true })) ?? Response.error());
}

// Pages

function shelfOf(url) {
  return ORDERS.test(new URL(url, self.location.origin).pathname) ? "orders" : "pages";
}

async function page(event) {
  const fresh = fromNetwork(event);
  event.waitUntil(fresh.catch(() => {}));
  const shelf = shelfOf(event.request.url);
  const cache = await caches.open(shelf);
  const kept = (await cache.match(event.request)) ?? (shelf === "orders" ? await cache.match(event.request, { ignoreSearch: true }) : undefined);
  if (!kept) return fresh.catch(() => caches.match(OFFLINE).then((there) => there ?? Response.error()));
  const patience = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([fresh.catch(() => null), patience]);
  return answer && answer.status < 500 ? answer : dated(kept);
}

async function fromNetwork(event) {
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  const cache = await caches.open(shelfOf(event.request.url));
  if (answer.status === 200 && isPage(answer)) event.waitUntil(keepPage(event.request, answer.clone()));
  if (answer.status === 404 || answer.status === 410) await cache.delete(event.request);
  return answer;
}

async function keepPage(request, answer) {
  const shelf = shelfOf(request.url ?? request);
  const cache = await caches.open(shelf);
  await renew(cache, request, await copied(answer));
  await dropOldest(cache, CEILING[shelf]);
}

async function copied(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["vary", "content-encoding", "content-length"]) headers.delete(name);
  headers.set("x-kept-at", String(Date.now()));
  return new Response(await answer.blob(), { headers });
}

async function live(event) {
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  return answer.catch(() => caches.match(OFFLINE).then((there) => there ?? Response.error()));
}

function isPage(answer) {
  return (answer.headers.get("content-type") ?? "").startsWith("text/html");
}

/** The copy, with its date on the root element, so that it can say how old it is. */
async function dated(kept) {
  const html = (await kept.text()).replace("<html", `<html data-kept-at="${kept.headers.get("x-kept-at")}"`);
  return new Response(html, { headers: kept.headers });
}

// The gate: one page whatever its address asks, and everything that it works with, once somebody opened it here.

async function gate(event) {
  const fresh = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  event.waitUntil(fresh.then((answer) => keepGate(answer.clone())).catch(() => {}));
  const kept = await (await caches.open("gate")).match(GATE);
  if (!kept) return fresh;
  const patience = new Promise((done) => setTimeout(done, GATE_PATIENCE));
  const answer = await Promise.race([fresh.catch(() => null), patience]);
  return answer && answer.status < 500 ? answer : kept;
}

async function keepGate(answer) {
  if (answer.status !== 200 || !isPage(answer)) return;
  await keepShell(GATE_TOOLS);
  await (await caches.open("gate")).put(GATE, await copied(answer));
}

async function readyGate() {
  await keepGate(await fetch(GATE));
  return { kept: await caches.has("gate") };
}

/** A new version brings the gate's new tools with it, before the old ones go. */
async function renewGate() {
  if (await caches.has("gate")) await keepGate(await fetch(GATE, { cache: "reload" }));
}

// Pictures

async function picture({ request }) {
  const cache = await caches.open("pictures");
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) {
    await cache.put(request, answer.clone());
    await dropOldest(cache, CEILING.pictures);
  }
  return answer;
}

// Narration

async function sound({ request }) {
  const kept = await (await caches.open("media")).match(request.url, { ignoreSearch: true });
  return kept ? slice(kept, request.headers.get("range")) : fetch(request);
}

/** A saved file, answered as a server with ranges would. */
async function slice(kept, range) {
  const whole = await kept.blob();
  const asked = wanted(range ?? "", whole.size);
  if (!asked) return new Response(whole, { headers: told(kept, whole.size) });
  const [first, last] = asked;
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const headers = told(kept, last - first + 1);
  headers.set("content-range", `bytes ${first}-${last}/${whole.size}`);
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}

/** The first and the last byte; nothing where one whole file is the right answer. */
function wanted(range, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!first && !last) return null;
  if (!first) return [Number(last) ? Math.max(0, size - Number(last)) : size, size - 1];
  if (last && Number(last) < Number(first)) return null;
  return [Number(first), Math.min(last ? Number(last) : size - 1, size - 1)];
}

function told(kept, length) {
  const type = kept.headers.get("content-type") ?? "application/octet-stream";
  return new Headers({ "content-type": type, "accept-ranges": "bytes", "content-length": String(length) });
}

async function save(urls) {
  const done = await Promise.all(urls.map((url) => saveOne(url).catch(() => false)));
  await dropHeaviest();
  return { saved: urls.filter((_, place) => done[place]), failed: urls.filter((_, place) => !done[place]) };
}

async function saveOne(url) {
  const { href, pathname } = new URL(url, self.location.origin);
  if (!SOUNDS.test(pathname) && !PICTURES.test(pathname)) return savePage(href);
  const cache = await caches.open(SOUNDS.test(pathname) ? "media" : "pictures");
  if (await cache.match(pathname)) return true;
  const answer = await fetch(href);
  if (answer.status !== 200) return false;
  await cache.put(pathname, answer);
  return true;
}

async function savePage(href) {
  const answer = await fetch(href);
  if (answer.status !== 200 || !isPage(answer)) return false;
  await keepPage(href, answer);
  return true;
}

async function forget() {
  await Promise.all(Object.keys(CEILING).map((name) => caches.delete(name)));
  return { forgotten: true };
}

// Ceilings: a cache lists its files in the order they came.

async function renew(cache, request, answer) {
  await cache.delete(request);
  await cache.put(request, answer);
}

async function dropOldest(cache, most) {
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - most)).map((request) => cache.delete(request)));
}

async function dropHeaviest() {
  const cache = await caches.open("media");
  const newestFirst = (await cache.keys()).reverse();
  let bytes = 0;
  for (const request of newestFirst) {
    bytes += (await (await cache.match(request)).blob()).size;
    if (bytes > CEILING.media) await cache.delete(request);
  }
}
