// Packs: museums that were taken along

async function packNames() {
  return (await caches.keys()).filter((name) => PACK.test(name));
}

/** A file that never changes: on its own shelf, or in a pack. */
async function keptFile(shelf, url) {
  const kept = await (await caches.open(shelf)).match(url);
  if (kept) return kept;
  const packed = await Promise.all((await packNames()).map(async (name) => (await caches.open(name)).match(url)));
  return packed.find(Boolean);
}

function isOf(name, url) {
  const museum = new URL(url).pathname.split("/")[1];
  return museum === PACK.exec(name)[1] || museum === "offline" || museum === "choices";
}

/** Lists of what was taken, the asked language first, then what was taken last. */
async function packs(museum = "", language = "") {
  const names = (await packNames()).map((name) => PACK.exec(name)).filter(([, of]) => !museum || of === museum);
  const lists = await Promise.all(names.map(packList));
  const rank = (pack) => (pack.language === language ? Infinity : pack.keptAt);
  return lists.filter(Boolean).sort((one, other) => rank(other) - rank(one));
}

async function packList([name, museum, language]) {
  const found = await (await caches.open(name)).match(`/api/v1/museums/${museum}/pack?lang=${language}`);
  return found && { museum, language, name, keptAt: keptAt(found), ...(await found.json()) };
}

/** What stands on a label: its code anywhere, its number in its museum. The server is asked too, and counts the scan. */
async function labelled(event) {
  const { request } = event;
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(request));
  event.waitUntil(answer.catch(() => {}));
  const url = new URL(request.url);
  const language = url.searchParams.get("lang") ?? (await spoken());
  const known = await leadsTo(url, language);
  if (known) return Response.redirect(known, 302);
  return answer.catch(async () => led(await leadsTo(url)) ?? unlisted(request.url));
}

function led(url) {
  return url && Response.redirect(url, 302);
}

async function leadsTo({ pathname, searchParams }, language = "") {
  const [, museum, last] = pathname.split("/");
  const typed = last === "go" ? searchParams.get("number") ?? "" : decoded(last);
  const fitting = (await packs(museum === "q" ? "" : museum)).filter((pack) => !language || pack.language === language);
  for (const { codes, numbers } of fitting) {
    const there = codes[tidy(typed)] ?? (museum === "q" ? undefined : numbers[digits(typed)]);
    if (there && (await keptPage(new URL(there, self.location.origin).href))) return there;
  }
  return undefined;
}

/** What cannot be read stands on no label; the server says so. @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The language of the page that was opened last: what a label leads to is in that one. */
async function spoken() {
  return (await (await caches.open("language")).match("/language"))?.text();
}

async function speak(language) {
  if (language && language !== (await spoken())) await (await caches.open("language")).put("/language", new Response(language));
}

/** As the server tidies what was typed: capitals, without spaces or hyphens. */
function tidy(typed) {
  return typed.normalize("NFKC").replace(/[\s\-\u00ad\u200b-\u200d\u2010-\u2015\u2212\ufeff]+/g, "").toUpperCase();
}

function digits(typed) {
  const number = typed.normalize("NFKC").replace(/\s+/g, "");
  return /^\d{1,6}$/.test(number) ? String(Number(number)) : "";
}

async function unlisted(url) {
  const { pathname, searchParams } = new URL(url);
  const [first] = pathname.split("/").slice(1);
  const [pack] = await packs(first === "q" ? "" : first, searchParams.get("lang"));
  const kept = pack && (await keptPage(new URL(`/${pack.museum}/unlisted?lang=${pack.language}`, url).href));
  return kept ? new Response(kept.body, { headers: kept.headers, status: 404 }) : offline(url);
}

async function data({ request }) {
  return fetch(request).catch(async () => (await caches.match(request.url)) ?? Response.error());
}
