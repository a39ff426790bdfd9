// A museum that was taken along is renewed behind whenever one of its pages is read with a network: closures come first.

import { Keeping } from "./keeping.js";
import { bytesOf, listed, missing } from "./listing.js";
import { take } from "./taking.js";

const PAUSE = 10 * 60_000;
const UNASKED = 2_000_000; // bytes; more is only fetched when the visitor says so
const FIRST = ["page", "data", "tool"]; // what tells of closures, and works; sounds and pictures wait to be asked for

/** Whether it was renewed. @param {string} museum @param {string} language */
export async function renew(museum, language) {
  const keeping = new Keeping(museum, language);
  const here = await keeping.taken();
  if (!here?.whole || !isDue(keeping.name)) return false;
  const list = await listed(listUrl(keeping, here.list));
  looked(keeping.name);
  const wanted = missing(list, await keeping.there());
  const only = bytesOf(wanted) > UNASKED ? isSmall : () => true;
  if (!wanted.some(only)) return false;
  const { signal } = new AbortController();
  await take(keeping, listUrl(keeping, here.list), { signal, progress: () => {} }, only);
  return true;
}

/** @param {import("./listing.js").Listed} file */
function isSmall({ kind, bytes }) {
  return FIRST.includes(kind) && bytes <= UNASKED;
}

/** In the kind of file that this phone plays. @param {Keeping} keeping @param {import("./listing.js").List} list */
function listUrl({ listUrl }, { files }) {
  return files.some(({ url }) => url.endsWith(".mp3")) ? `${listUrl}&sound=mp3` : listUrl;
}

/** @param {string} name */
function isDue(name) {
  try {
    return Date.now() - Number(sessionStorage.getItem(name)) > PAUSE;
  } catch {
    return true;
  }
}

/** @param {string} name */
function looked(name) {
  try {
    sessionStorage.setItem(name, String(Date.now()));
  } catch {
    // a browser that remembers nothing looks again on the next page
  }
}
