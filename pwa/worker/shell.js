// The shell, and what else was used of /assets

async function keepShell(urls = SHELL) {
  const cache = await caches.open("assets");
  const there = await Promise.all(urls.map((url) => url !== OFFLINE && cache.match(url)));
  const missing = urls.filter((_, place) => !there[place]);
  await cache.addAll(missing.map((url) => new Request(url, { cache: url === OFFLINE ? "reload" : "default" })));
}

/** Of what the shell and the gate work with only this version stays, once it is here; other tools stay with the pages that use them. */
async function dropOld() {
  const kept = ["assets", "gate", "language", ...Object.keys(CEILING)];
  const names = (await caches.keys()).filter((name) => !kept.includes(name) && !PACK.test(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  const cache = await caches.open("assets");
  const ours = new Map([...SHELL, ...GATE_TOOLS].map((url) => [url.split("?")[0], url]));
  const all = (await cache.keys()).map(({ url }) => new URL(url));
  const there = new Set(all.map(({ pathname, search }) => pathname + search));
  const old = ({ pathname, search }) => ours.get(pathname) !== pathname + search && there.has(ours.get(pathname));
  await Promise.all(all.filter(old).map(({ href }) => cache.delete(href)));
}

async function asset(event) {
  const { request } = event;
  const exact = await keptFile("assets", request.url);
  if (exact) return exact;
  const cache = await caches.open("assets");
  try {
    const answer = await fetch(request);
    if (new URL(request.url).search) event.waitUntil(keepTool(cache, request, answer.clone()));
    return answer;
  } catch {
    // A page that was kept under an older version asks for the older file: the newer one serves where nothing else can.
    return (await caches.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

/** What is being fetched for a page that was kept. */
const sought = new Set();

/** A page that is kept brings what it works with; what was opened lets its own sound and pictures go first. */
async function keepTools(html, lull) {
  const named = [...new Set(html.match(/\/assets\/(?!bundles\/)[\w./-]+\?v=\w+/g))];
  const urls = lull ? named.filter((url) => !sought.has(url)) : named;
  urls.forEach((url) => sought.add(url));
  if (lull && urls.length) await new Promise((done) => setTimeout(done, lull));
  const cache = await caches.open("assets");
  await Promise.all(urls.map((url) => bring(cache, url).catch(() => sought.delete(url))));
}

async function bring(cache, url) {
  if (!(await keptFile("assets", url))) await keepTool(cache, url, await fetch(url));
}

async function keepTool(cache, request, answer) {
  if (answer.status !== 200) return;
  await cache.put(request, answer);
  const shell = new Set([...SHELL, ...GATE_TOOLS].map((url) => new URL(url, self.location.origin).href));
  const others = (await cache.keys()).filter(({ url }) => !shell.has(url));
  const oldest = others.slice(0, Math.max(0, others.length - MOST_TOOLS));
  oldest.map(({ url }) => new URL(url)).forEach(({ pathname, search }) => sought.delete(pathname + search));
  await Promise.all(oldest.map((other) => cache.delete(other)));
}
