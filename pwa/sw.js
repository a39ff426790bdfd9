// The worker at the door of the network, version __VERSION__.
//
//   what is it                            strategy         how long
//   -----------------------------------   --------------   ---------------------------------------------------
//   /assets/*                             cache first      the shell until another version; what else was used: 200
//   a code, a number: /q/… /{m}/101 …     pack first       the pack knows where it leads; else the network; else the
//                                                          kind page that says so, with the number pad
//   an order, or a ticket handed on       network first    3 s of patience, then the kept copy, dated; 100
//   /{m}/tickets, /orders/{code}/…        network only     else /offline: places, prices, payments of before are wrong
//   the gate: /gate                       network first    2 s of patience, then the kept copy, with all it works with
//   pages (opened, or asked by a script)  kept at once     the newest of pages (60) and packs, renewed behind, and the
//                                                          page hears of it; with other questions in the address the
//                                                          network has 3 s, then the kept page without them; of
//                                                          asking and searching only the bare page is kept; without a
//                                                          language only what is in the one chosen last is at once
//   what was taken back (410)            kept at once     beats pages and packs, whatever else is asked, until it is back
//   a question that a form sends          network only     else the kept page, with the question in its address
//   narration (/media/*.mp3 …), tiles     cache first      what was saved, 300 MB, the oldest out; and packs
//   pictures (/media/*.svg …)             cache first      200, the oldest out; and packs
//   data of a museum (/api/v1/museums/…)  network first    then what a pack holds
//   everything else: /api, /studio …      network only
//
// A sound is never kept as it streams: a saved file is fetched whole and answered in slices.
// How each row is answered stands in worker/, which is served in one piece with this.
// A pack, `pack:{museum}:{language}`, is filled and emptied by the page that takes it; here it is only read.

const SHELL = __SHELL__;
const GATE_TOOLS = __GATE__;
const OFFLINE = "/offline";
const GATE = "/gate";
const PATIENCE = 3000;
const GATE_PATIENCE = 2000;
const LULL = 3000; // what is being read and heard goes before what is kept for later
const MEGABYTE = 1 << 20;
const CEILING = { media: 300 * MEGABYTE, pages: 60, pictures: 200, orders: 100, gone: 100, given: 40 };
const MOST_TOOLS = 200;
const SOUNDS = /^\/media\/[^/]+\.(mp3|webm|vtt|pmtiles)$/;
const PICTURES = /^\/media\/[^/]+\.(svg|png|webp|gif)$/;
const TAKING = "x-taking-along"; // asks the server itself, and counts as no visit
const PACK = /^pack:([^:]+):(.+)$/;

const ORDERS = /^\/orders\/(handed\/)?[^/]+$/;
const LIVE = /^\/([^/]+\/tickets(\/basket)?$|orders\/(?!handed\/)[^/]+\/)/;
const OTHERS = /^\/(api|studio|office|gate|counter)\b/;
const LABELS = /^\/(q\/[^/]+|(?!api\/|assets\/|media\/|orders\/)[^/]+\/(go|(\d|%20)+))$/;
const ASKING = /^\/[^/]+\/ask$/;
const TYPED = /^\/[^/]+\/(ask|search)$/; // what somebody typed stands in the address, and is not kept
const CHOICES = "/choices"; // knows where somebody came from

const opened = ({ request }) => request.mode === "navigate";
const wanted = ({ request }) => request.mode === "navigate" || request.headers.get("accept") === "text/html";

const TABLE = [
  { is: ({ path }) => path.startsWith("/assets/"), answer: asset },
  { is: ({ path }) => SOUNDS.test(path), answer: sound },
  { is: ({ path }) => PICTURES.test(path), answer: picture },
  { is: ({ path }) => path.startsWith("/api/v1/museums/"), answer: data },
  { is: ({ path, ...asked }) => opened(asked) && path === GATE, answer: gate },
  { is: ({ path, ...asked }) => opened(asked) && LIVE.test(path) && !OTHERS.test(path), answer: live },
  { is: ({ path, ...asked }) => opened(asked) && LABELS.test(path), answer: labelled },
  { is: ({ path, ...asked }) => wanted(asked) && !OTHERS.test(path), answer: page },
];
const SENT = [{ is: ({ path, ...asked }) => opened(asked) && ASKING.test(path), answer: question }];

self.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepShell(), renewGate()]).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const ready = Promise.all([dropOld(), dropTyped(), self.registration.navigationPreload?.enable()]);
  event.waitUntil(ready.then(() => self.clients.claim()).then(keepOpen));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname: path } = new URL(request.url);
  const table = { GET: TABLE, POST: SENT }[request.method];
  if (!table || origin !== self.location.origin || request.headers.has(TAKING)) return;
  const row = table.find(({ is }) => is({ request, path }));
  if (row) event.respondWith(row.answer(event));
});

self.addEventListener("message", (event) => {
  const { type, urls = [] } = event.data ?? {};
  const act = { save: () => save(urls), gate: readyGate, news: () => news(event.source, event.data), forget }[type];
  if (act) event.waitUntil(act().then((answer) => event.ports[0]?.postMessage(answer)));
});
