// Pages: what is kept is answered at once; what came behind, the page hears when it asks for news.

/** By the window that shows it: what became of the kept page that it was given. */
const renewals = new Map();
const MOST_RENEWALS = 20;

function shelfOf(url) {
  return ORDERS.test(new URL(url, self.location.origin).pathname) ? "orders" : "pages";
}

function page(event) {
  const { url, mode } = event.request;
  const fresh = fromNetwork(event);
  const answer = answered(event, fresh);
  const chosen = mode === "navigate" ? new URL(url).searchParams.get("lang") : "";
  event.waitUntil(Promise.allSettled([fresh, answer]).then(() => speak(chosen)));
  return answer;
}

async function answered(event, fresh) {
  const { url, mode } = event.request;
  const order = shelfOf(url) === "orders";
  const exact = await keptPage(url);
  const kept = exact ?? (await nearest(url));
  if (!kept) return fresh.catch(() => (mode === "navigate" ? alone(url) : Response.error()));
  remember(event, renewed(url, fresh, kept.clone()));
  if (exact && !order && (await isSure(url, exact))) return dated(kept);
  const patience = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([fresh.catch(() => null), patience]);
  return answer && answer.status < 500 ? answer.clone() : dated(kept);
}

/** What was typed is not kept, but the page on which it was. */
async function alone(url) {
  const bare = isTyped(url) && (await keptPage(bareOf(url)));
  return bare ? dated(bare) : offline(url);
}

/** An address that says no language is answered in the one that was chosen last; the page of choices knows where one was. */
async function isSure(url, copy) {
  const { pathname, searchParams } = new URL(url);
  if (pathname === CHOICES) return false;
  const chosen = searchParams.has("lang") ? undefined : await spoken();
  return !chosen || copy.headers.get("content-language") === chosen;
}

/** The newest copy of the very address, or that it was taken back. */
async function keptPage(url) {
  const within = async (name) => (await caches.open(name)).match(url);
  const inPacks = packNames().then((names) => Promise.all(names.filter((name) => isOf(name, url)).map(within)));
  const [gone, kept, packed] = await Promise.all([tomb(url), within(shelfOf(url)), inPacks]);
  return newest([gone, kept, ...packed].filter(Boolean));
}

async function tomb(url) {
  const language = new URL(url, self.location.origin).searchParams.get("lang") ?? (await spoken());
  return (await caches.open("gone")).match(tombOf(url, language), { ignoreSearch: !language });
}

/** Whatever else its address asks. */
function tombOf(url, language) {
  return `${new URL(url, self.location.origin).pathname}?lang=${encodeURIComponent(language ?? "")}`;
}

async function bury(url, answer) {
  const cache = await caches.open("gone");
  const copy = await copied(answer);
  await renew(cache, tombOf(url, languageOf(url, answer)), copy.clone());
  await dropOldest(cache, CEILING.gone);
  await keepTools(await copy.text(), LULL);
}

async function unbury(url, answer) {
  await (await caches.open("gone")).delete(tombOf(url, languageOf(url, answer)));
}

function languageOf(url, answer) {
  return new URL(url, self.location.origin).searchParams.get("lang") ?? answer.headers.get("content-language");
}

/** The same page without what its address asks besides the language: a walk, words to search, a question. */
async function nearest(url) {
  const { pathname, searchParams } = new URL(url);
  if (shelfOf(url) === "orders") return (await caches.open("orders")).match(url, { ignoreSearch: true });
  for (const pack of await packs(pathname.split("/")[1], searchParams.get("lang"))) {
    const found = await keptPage(new URL(`${pathname}?lang=${pack.language}`, self.location.origin).href);
    if (found) return found;
  }
  return undefined;
}

function bareOf(url) {
  const { origin, pathname, searchParams } = new URL(url);
  const language = searchParams.get("lang");
  return origin + pathname + (language ? `?${new URLSearchParams({ lang: language })}` : "");
}

function isTyped(url) {
  return TYPED.test(new URL(url).pathname) && new URL(bareOf(url)).search !== new URL(url).search;
}

/** Older versions kept what somebody had typed. */
async function dropTyped() {
  const cache = await caches.open("pages");
  await Promise.all((await cache.keys()).filter(({ url }) => isTyped(url)).map((request) => cache.delete(request)));
}

function newest(copies) {
  return copies.sort((one, other) => keptAt(other) - keptAt(one))[0];
}

function keptAt(copy) {
  return Number(copy.headers.get("x-kept-at") ?? 0);
}

async function fromNetwork(event) {
  const { request } = event;
  const early = await event.preloadResponse;
  const answer = early ?? (await fetch(request));
  if ([200, 404, 410].includes(answer.status)) event.waitUntil(keepAnswer(request, answer.clone()));
  return answer;
}

/** What was taken back beats the copy in a pack, also without a network. */
async function keepAnswer(request, answer) {
  if (answer.status === 200 && new URL(request.url).pathname === CHOICES) return savePage(request.url);
  if (answer.status === 200) return isPage(answer) ? keepPage(request.url, answer, LULL) : undefined;
  if (answer.status !== 404 && answer.status !== 410) return undefined;
  await (await caches.open(shelfOf(request.url))).delete(request.url);
  if (answer.status === 410 && shelfOf(request.url) === "pages") return bury(request.url, answer);
  return (await keptPage(request.url)) ? keepPage(request.url, answer) : undefined;
}

async function keepPage(url, answer, lull = 0) {
  if (isTyped(url)) return;
  if (answer.status === 200) await unbury(url, answer);
  const shelf = shelfOf(url);
  const cache = await caches.open(shelf);
  const copy = await copied(answer);
  await renew(cache, url, copy.clone());
  await dropOldest(cache, CEILING[shelf]);
  await keepTools(await copy.text(), lull);
}

async function copied(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["vary", "content-encoding", "content-length", "set-cookie"]) headers.delete(name);
  headers.set("x-kept-at", String(Date.now()));
  return new Response(await answer.blob(), { headers, status: answer.status });
}

/** The page with which a visit began was there before the worker. */
async function keepOpen() {
  const windows = await self.clients.matchAll({ type: "window" });
  const pages = windows.filter(({ url }) => !OTHERS.test(new URL(url).pathname) && !LIVE.test(new URL(url).pathname));
  await Promise.all(pages.map(async ({ url }) => (await keptPage(url)) ?? savePage(url).catch(() => {})));
}

function remember({ resultingClientId, request }, outcome) {
  if (resultingClientId) renewals.set(resultingClientId, { url: request.url.split("#")[0], outcome });
  for (const client of [...renewals.keys()].slice(0, -MOST_RENEWALS)) renewals.delete(client);
}

/** `same`, `alone` (no network), or `renewed` with the words that are new. A stop that moved is read where it is now. */
async function renewed(url, fresh, kept) {
  try {
    const answer = await fresh;
    const now = answer.type === "opaqueredirect" ? await moved(url) : answer.clone();
    if (!now || now.status >= 500 || !isPage(now)) return { news: "same" };
    const main = mainOf(await now.text());
    return main === mainOf(await kept.text()) ? { news: "same" } : { news: "renewed", main };
  } catch {
    return { news: "alone" };
  }
}

async function moved(url) {
  const answer = await fetch(url);
  if (answer.status === 200) await keepPage(url, answer.clone());
  return answer;
}

function mainOf(html) {
  return html.slice(html.indexOf("<main"), html.indexOf("</main>"));
}

/** A worker that was asleep has forgotten what it answered with, and looks again; its copy may be a newer one by then. */
async function news(client, { url, keptAt: seen = Infinity }) {
  const known = renewals.get(client.id);
  if (known?.url === url) {
    renewals.delete(client.id);
    return known.outcome;
  }
  const kept = await keptPage(url);
  if (!kept) return { news: "same" };
  if (keptAt(kept) > seen) return { news: "renewed", main: mainOf(await kept.text()) };
  const fresh = fetch(url, { headers: { [TAKING]: "1" } });
  fresh.then((answer) => keepAnswer({ url }, answer.clone())).catch(() => {});
  return renewed(url, fresh, kept);
}

async function live(event) {
  const answer = Promise.resolve(event.preloadResponse).then((early) => early ?? fetch(event.request));
  return answer.catch(() => offline(event.request.url));
}

function isPage(answer) {
  return (answer.headers.get("content-type") ?? "").startsWith("text/html");
}

/** The copy, with its date on the root element, so that it can say how old it is. */
async function dated(kept) {
  const html = (await kept.text()).replace("<html", `<html data-kept-at="${kept.headers.get("x-kept-at")}"`);
  return new Response(html, { headers: kept.headers, status: kept.status });
}

/** Without a network and without a copy. Whoever opens the guide itself comes to the museum that was taken along. */
async function offline(url) {
  const { pathname, searchParams } = new URL(url);
  const [pack] = await packs(pathname.split("/")[1], searchParams.get("lang"));
  const [any] = await packs();
  if (pathname === "/" && any) return Response.redirect(`/${any.museum}?lang=${any.language}`, 302);
  const own = pack && (await caches.match(`${OFFLINE}?lang=${pack.language}`));
  return own ?? (await caches.match(OFFLINE)) ?? Response.error();
}

/** Sent without a network, a question goes to the page that can answer it alone. */
async function question({ request }) {
  const sent = request.clone();
  return fetch(request).catch(async () => {
    const { pathname, searchParams } = new URL(request.url);
    const typed = new URLSearchParams(await sent.text());
    const asked = ["q", "stop"].filter((name) => typed.get(name)).map((name) => [name, typed.get(name)]);
    const lang = searchParams.get("lang") ?? (await packs(pathname.split("/")[1]))[0]?.language ?? "";
    return Response.redirect(`${pathname}?${new URLSearchParams([...asked, ["lang", lang]])}`, 303);
  });
}
