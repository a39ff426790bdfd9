// One file, fetched whole and weighed: what does not have the hash that was announced is not kept.

import { ASKED } from "./listing.js";

/** @typedef {import("./listing.js").Listed} Listed */

const TOMBSTONE = 410;

/** A file did not arrive as it was announced. */
export class Damaged extends Error {}

/**
 * @param {Listed} file
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} arrived
 */
export async function fetched({ url, sha256 }, signal, arrived) {
  const answer = await fetch(url, { ...ASKED, cache: url.startsWith("/media/") ? "default" : "no-cache", signal });
  if (answer.status >= 500) throw new TypeError(`${answer.status}`);
  if (!answer.ok && answer.status !== TOMBSTONE) throw new Damaged(url);
  const body = await read(answer, arrived);
  if ((await hash(body)) !== sha256) throw new Damaged(url);
  return { answer, body };
}

/** @param {Response} answer @param {(bytes: number) => void} arrived */
async function read(answer, arrived) {
  const parts = [];
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (answer.body).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    arrived(part.value.byteLength);
  }
  return new Blob(parts);
}

/** @param {Blob} body */
async function hash(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
