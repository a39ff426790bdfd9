// Pictures

async function picture({ request }) {
  const { pathname } = new URL(request.url);
  const kept = await keptFile("pictures", pathname);
  if (kept) return kept;
  const cache = await caches.open("pictures");
  const answer = await fetch(request);
  if (answer.status === 200) {
    await cache.put(pathname, answer.clone());
    await dropOldest(cache, CEILING.pictures);
  }
  return answer;
}

// Narration

async function sound(event) {
  const { request, clientId } = event;
  const { pathname: path } = new URL(request.url);
  const range = request.headers.get("range");
  const other = otherKind(path);
  const begins = other !== path && (!range || range.startsWith("bytes=0-"));
  const [before, exact] = await Promise.all([other === path ? path : given(clientId, path), keptFile("media", path)]);
  const kind = before ?? (begins && !exact && (await keptFile("media", other)) ? other : path);
  if (begins && !before) event.waitUntil(give(clientId, path, kind));
  const kept = kind === path ? exact : await keptFile("media", kind);
  if (kept) return slice(kept, range);
  return fetch(request).catch(async (problem) => {
    const instead = begins && (await keptFile("media", other));
    if (!instead) throw problem;
    event.waitUntil(give(clientId, path, other));
    return slice(instead, range);
  });
}

function otherKind(path) {
  return path.endsWith(".mp3") ? path.replace(/mp3$/, "webm") : path.replace(/webm$/, "mp3");
}

/** What a page was given, at hand while this is awake. */
const kinds = new Map();

/** In the middle of a sound no other kind of file goes on: the kind that a page was given first stays. Also when this slept. */
async function given(client, path) {
  const as = givenAs(client, path);
  return kinds.get(as) ?? (await (await caches.open("given")).match(as))?.text();
}

/** The next slice may be asked for before this is written down. */
async function give(client, path, kind) {
  const as = givenAs(client, path);
  kinds.set(as, kind);
  for (const old of [...kinds.keys()].slice(0, -CEILING.given)) kinds.delete(old);
  const cache = await caches.open("given");
  await cache.put(as, new Response(kind));
  await dropOldest(cache, CEILING.given);
}

function givenAs(client, path) {
  return `${path}?to=${encodeURIComponent(client)}`;
}

/** The file, or the same recording in the other kind of file: of a pack only one is there. */
async function keptSound(path) {
  return (await keptFile("media", path)) ?? keptFile("media", otherKind(path));
}

/** A saved file, answered as a server with ranges would. */
async function slice(kept, range) {
  const whole = await kept.blob();
  const asked = slicedAt(range ?? "", whole.size);
  if (!asked) return new Response(whole, { headers: told(kept, whole.size) });
  const [first, last] = asked;
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const headers = told(kept, last - first + 1);
  headers.set("content-range", `bytes ${first}-${last}/${whole.size}`);
  return new Response(whole.slice(first, last + 1), { status: 206, headers });
}

/** The first and the last byte; nothing where one whole file is the right answer. */
function slicedAt(range, size) {
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
  if (SOUNDS.test(pathname) ? await keptSound(pathname) : await keptFile("pictures", pathname)) return true;
  const cache = await caches.open(SOUNDS.test(pathname) ? "media" : "pictures");
  const answer = await fetch(href);
  if (answer.status !== 200) return false;
  await cache.put(pathname, answer);
  return true;
}

async function savePage(href) {
  const answer = await fetch(href, { headers: { [TAKING]: "1" } });
  if (answer.status !== 200 || !isPage(answer)) return false;
  await keepPage(href, answer);
  return true;
}

async function forget() {
  sought.clear();
  await Promise.all([...Object.keys(CEILING), ...(await packNames())].map((name) => caches.delete(name)));
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
