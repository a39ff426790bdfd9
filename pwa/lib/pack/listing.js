// What the museum says belongs to it, and what of that is not here yet.

/** @typedef {{url: string, bytes: number, sha256: string, kind: string}} Listed */
/** @typedef {{museum: string, language: string, edition: string, bytes: number, files: Listed[], waiting: number}} List */

/** Cookies stay at home: a page is taken as everybody gets it, and the choices of this phone are put on it when it is read. */
export const ASKED = /** @type {RequestInit} */ ({ credentials: "omit", headers: { "x-taking-along": "1" } });

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 * @returns {Promise<List>}
 */
export async function listed(url, signal) {
  const answer = await fetch(url, { ...ASKED, cache: "no-cache", signal });
  if (!answer.ok) throw new TypeError(`${answer.status}`);
  return answer.json();
}

/**
 * @param {List} list
 * @param {Map<string, string>} there hashes by address
 */
export function missing(list, there) {
  return list.files.filter(({ url, sha256 }) => there.get(url) !== sha256);
}

/** @param {Listed[]} files */
export function bytesOf(files) {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
