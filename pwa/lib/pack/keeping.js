// A museum on this phone: one cache, in which every file lies under its own address and says its hash.

/** @typedef {import("./listing.js").List} List */
/** @typedef {import("./listing.js").Listed} Listed */

export class Keeping {
  /** @param {string} museum @param {string} language */
  constructor(museum, language) {
    this.name = `pack:${museum}:${language}`;
    this.listUrl = `/api/v1/museums/${museum}/pack?lang=${language}`;
  }

  /** What was taken, when, and whether all of it is here; nothing where nothing was. @returns {Promise<{list: List, keptAt: number, whole: boolean} | null>} */
  async taken() {
    if (!(await caches.has(this.name))) return null;
    const kept = await (await caches.open(this.name)).match(this.listUrl);
    if (!kept) return null;
    const { headers } = kept;
    return { list: await kept.json(), keptAt: Number(headers.get("x-kept-at")), whole: headers.get("x-state") === "whole" };
  }

  /** Hashes by address. @returns {Promise<Map<string, string>>} */
  async there() {
    if (!(await caches.has(this.name))) return new Map();
    const files = await (await caches.open(this.name)).matchAll();
    return new Map(files.map(({ headers }) => [headers.get("x-url") ?? "", headers.get("x-sha256") ?? ""]));
  }

  /** @param {Listed} file @param {Blob} body @param {Response} answer */
  async keep({ url, sha256 }, body, answer) {
    const headers = { "content-type": answer.headers.get("content-type") ?? "", ...marks(url), "x-sha256": sha256 };
    await (await caches.open(this.name)).put(url, new Response(body, { status: answer.status, headers: policy(headers, answer) }));
  }

  /** @param {List} list @param {"part" | "whole"} state */
  async announce(list, state) {
    const headers = { "content-type": "application/json", ...marks(this.listUrl), "x-state": state };
    await (await caches.open(this.name)).put(this.listUrl, new Response(JSON.stringify(list), { headers }));
  }

  /** What the museum no longer names goes, once everything that it names is here. @param {List} list */
  async dropOthers(list) {
    const cache = await caches.open(this.name);
    const ours = new Set([this.listUrl, ...list.files.map(({ url }) => url)].map((url) => new URL(url, location.href).href));
    await Promise.all((await cache.keys()).filter(({ url }) => !ours.has(url)).map((request) => cache.delete(request)));
  }

  async remove() {
    await caches.delete(this.name);
  }
}

/** @param {string} url */
function marks(url) {
  return { "x-url": url, "x-kept-at": String(Date.now()) };
}

/** A page stays under the rules it came with. @param {Record<string, string>} headers @param {Response} answer */
function policy(headers, answer) {
  const rules = answer.headers.get("content-security-policy");
  return rules ? { ...headers, "content-security-policy": rules } : headers;
}
