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
